"""A crowd: the example cohort multiplied to any number of learners, with invented names, the same every time.

As a program it writes a workbook: python tests/crowd.py 1000 input/crowd.xlsx (with --after: after the stay)
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "input" / "Example cohort.xlsx"
AFTER = ROOT / "pipeline" / "kit" / "after" / "Example cohort.xlsx"

FAMILIES = ("Nováková", "Grün-Weiß", "Åström", "Çelik", "Đorđević", "Ó Conaill", "Łukasiewicz", "Ñúñez", "Øster", "Žižka",
            "Papadópoulou", "Szabó", "D'Amico", "Nguyễn", "Ševčík", "Brânză", "Kārkliņa", "Jõgi", "Þórsdóttir")  # fmt: skip
GIVEN = ("Tereza", "José María", "Zoë", "Björn", "Anežka", "François", "Jürgen", "Małgorzata", "Siân", "Ahmet", "Mai Thị",
         "Krešimir", "Aoife")  # fmt: skip

Name = Callable[[int], tuple[str, str]]


def invented(number: int) -> tuple[str, str]:
    """Give the family name and the given names of the learner with this number: nobody's twice up to 20,000."""
    family, given = FAMILIES[number % len(FAMILIES)], GIVEN[number // len(FAMILIES) % len(GIVEN)]
    second = number // (len(FAMILIES) * len(GIVEN)) % (len(GIVEN) + 1)
    return family, f"{given} {GIVEN[second - 1]}" if second else given


def crowd(
    target: Path, learners: int, *, name: Name = invented, partner: Callable[[str], str] = str, after: bool = False
) -> Path:
    """Write a cohort of so many learners; `name` invents theirs, `partner` changes those of organisations.

    With `after` it is a cohort after the stay, with results.
    """
    example = load_workbook(AFTER if after else EXAMPLE, read_only=True)
    book = Workbook(write_only=True)
    titles = ("Cohort", "Partners", "Qualifications", "Units", "Learners", "Unit choices", "Accompanying")
    for title in (*titles, "Results") if after else titles:
        sheet = book.create_sheet(title)
        header, *rows = [list(row) for row in example[title].iter_rows(values_only=True)]
        at = {str(column).removesuffix(" *"): index for index, column in enumerate(header)}
        sheet.append(header)
        if title == "Learners":
            rows = list(_multiplied(rows, at, learners, name))
        elif title in ("Unit choices", "Results"):
            rows = [[_id(number), *row[1:]] for number in range(learners) for row in rows if row[0] == _origin(number)]
        elif title == "Partners":
            for row in rows:
                row[at["Places"]] = learners
                row[at["Name"]] = partner(row[at["Name"]])
        for row in rows:
            if any(cell is not None for cell in row):
                sheet.append(row)
    book.save(target)
    return target


def _id(number: int) -> str:
    return f"L{number + 1:04}"


def _origin(number: int) -> str:
    """Say which learner of the example this one is like."""
    return f"L{number % 12 + 1:02}"


def _multiplied(rows: list[list[Any]], at: dict[str, int], learners: int, name: Name) -> Iterator[list[Any]]:
    stays: dict[str, list[list[Any]]] = {}
    for row in rows:
        stays.setdefault(row[0], []).append(row)
    for number in range(learners):
        for stay in stays[_origin(number)]:
            row = list(stay)
            row[0] = _id(number)
            row[at["Family name"]], row[at["Given names"]] = name(number)
            if row[at["E-mail"]]:
                row[at["E-mail"]] = f"learner{number + 1}@zaci.example.org"
            for column in ("Mobility ID", "Europass number"):  # nobody's twice
                row[at[column]] = row[at[column]] and f"{row[at[column]]}-{number}"
            yield row


if __name__ == "__main__":
    crowd(Path(sys.argv[2]), int(sys.argv[1]), after="--after" in sys.argv)
