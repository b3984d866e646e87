"""Make small faults in a room of the pipeline, one at a time, and see whether its own tests notice: `python -m tests.mutants cells`.

Two things keep mutmut from being run by itself: it leaves out functions with a decorator (each rule has its `@check`), and it
knows one choice of tests, while a room is to be held by its own. So each room gets a copy of the project below `mutants/`,
with its tests chosen in the copy's `[tool.mutmut]`. There `@check`, `@property` and the cache that each run empties are
applied a line later, and other decorators (`lru_cache`) are left out. What came out, and why the survivors do not matter,
stands in `mutants.md`.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIES = ROOT / "mutants"
TESTS = {
    "outbox": ("test_outbox.py", "test_runs_again.py"),
    "cells": ("test_cells.py",),
    "checks/__init__": ("test_checks.py", "test_flat.py"),
    "checks/rule": ("test_checks.py", "test_problem.py"),
    "checks/stays": ("test_checks_stays.py",),
    "checks/credit": ("test_checks_credit.py", "test_checks_repeated.py"),
    "checks/contacts": ("test_checks_contacts.py",),
    "checks/learners": ("test_checks_learners.py",),
    "checks/memorandum": ("test_checks_memorandum.py",),
    "checks/partners": ("test_checks_memorandum.py",),
    "checks/programme": ("test_checks_programme.py",),
    "checks/assessment": ("test_checks_assessment.py",),
    "checks/typed_flat": ("test_flat.py",),
    "checks/results": ("test_checks_results.py",),
    "checks/recognition": ("test_checks_recognition.py",),
    "checks/transcript": (
        "test_checks_results.py", "test_checks_recognition.py", "test_checks_outcomes.py", "test_checks_afterwards.py",
    ),
    "checks/outcomes": ("test_checks_outcomes.py",),
    "checks/afterwards": ("test_checks_afterwards.py",),
    "checks/repeated": ("test_checks_repeated.py",),
}
"""The rooms, and the tests that are to hold each."""


KEPT = ("check", "property", "lru_cache(maxsize=1)")
"""How decorators begin that are applied all the same: rules, properties, and the cache that `checks.run` empties."""


def undecorated(source: str) -> str:
    """Apply what is kept of decorators a line below each function, where mutmut does not mind it, and leave out the others."""
    lines = source.splitlines()
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef) and node.decorator_list]
    for node in sorted(functions, key=lambda node: node.lineno, reverse=True):
        asked = [ast.unparse(each) for each in node.decorator_list]
        lines[node.end_lineno : node.end_lineno] = [
            f"{' ' * node.col_offset}{node.name} = {each}({node.name})" for each in asked if each.startswith(KEPT)
        ]
        del lines[node.decorator_list[0].lineno - 1 : node.lineno - 1]
    return "\n".join(lines) + "\n"


def copied(room: str) -> Path:
    """Copy the project for one room, its rules undecorated and its tests chosen."""
    copy = COPIES / room.replace("/", "-")
    shutil.rmtree(copy, ignore_errors=True)
    for name in ("pipeline", "tests", "templates", "input"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    tests = [f"tests/{name}" for name in TESTS[room]]
    chosen = f'only_mutate = ["pipeline/{room}.py"]\npytest_add_cli_args_test_selection = {tests}\n'
    (copy / "pyproject.toml").write_text(settings.replace("[tool.mutmut]\n", f"[tool.mutmut]\n{chosen}"), "utf-8")
    mutated = copy / "pipeline" / f"{room}.py"
    mutated.write_text(undecorated(mutated.read_text("utf-8")), "utf-8")
    return copy


def main(rooms: list[str]) -> None:
    """Run mutmut in each room's copy, and say which mutants no test noticed."""
    for room in rooms or TESTS:
        copy = copied(room)
        subprocess.run(["mutmut", "run", "--max-children", "1"], cwd=copy, check=True)
        survived = subprocess.run(["mutmut", "results"], cwd=copy, check=True, capture_output=True, text=True).stdout
        for name in [line.split(":")[0].strip() for line in survived.splitlines()]:
            subprocess.run(["mutmut", "show", name], cwd=copy, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
