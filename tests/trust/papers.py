"""The papers of the example cohort, of every pack, of adopted and of drawn forms: nothing is wrong in them that is new."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.adoption import adopt
from pipeline.contexts import Contexts
from pipeline.form import open_form
from pipeline.plan import plan
from pipeline.room import kit
from pipeline.word.soundness import paper_flaws
from pipeline.workbook import read_cohort
from tests.trust import microsoft
from tests.trust.board import Row
from tests.untouched.drawn import draw, every

ROOT = Path(__file__).parents[2]


def forms(folder: Path, quick: bool) -> Iterator[Path]:
    """The forms of the packs, and official and drawn ones that were adopted in this folder."""
    yield from sorted((ROOT / "templates").rglob("*.docx"))
    for path in sorted((ROOT / "tests" / "forms").glob("*.docx")):
        shutil.copy(path, folder)
    for form, language, layout, ticks in list(every())[:: 250 if quick else 6]:
        (folder / f"{form} {language}-{layout}-{ticks}.docx").write_bytes(draw(form, language, layout, ticks).data)
    for path in sorted(folder.glob("*.docx")):
        adopt(path)
        yield path


def printed(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every paper of the example cohort that is made of a form, also of after the stay: whom it is for, and its bytes."""
    form = open_form(path)
    cohort = read_cohort(kit("after" if form.asks_results else "input") / "Example cohort.xlsx").cohort
    assert cohort is not None
    contexts = Contexts(cohort)
    assert form.usable, [problem.message for problem in form.problems]
    for order in plan(cohort, [form], ()):
        paper = form.print(contexts.values(order.scope, order.language, cohort.date or dt.date(2027, 1, 1)), order.language)
        yield order.job.subject, paper.data


def outputs(quick: bool) -> Row:
    """Look through every paper with our own gate, compared with its form."""
    count = made_of = 0
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for path in forms(Path(folder), quick):
            own = set(paper_flaws(path.read_bytes()))
            made_of += 1
            for subject, data in islice(printed(path), 4 if quick else None):
                count += 1
                new = [flaw for flaw in paper_flaws(data) if flaw not in own]
                wrong += [f"{path.name} for {subject}: {flaw.part}: {flaw.what}" for flaw in new[:1]]
    return Row(
        what="new faults of our outputs (own gate)", target="0 in all papers", wrong=tuple(wrong),
        found=f"{len(wrong)} in {count:,} papers of {made_of} forms (official, Erasmus, adopted, drawn)",
    )  # fmt: skip


def outputs_by_microsoft(program: str | None) -> Row:
    """Have the papers looked through by the validator of Microsoft's SDK, compared with their forms.

    Every paper of the two packs, and the first four of each official form that was adopted as it is.
    """
    what, target = "new faults of our outputs (Microsoft's Open XML SDK validator)", "0 in all papers"
    if program is None:
        return Row(what=what, target=target, found="not tried: the validator is not installed here")
    count = made_of = 0
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        ours = sorted((ROOT / "templates").rglob("*.docx"))
        for path in islice(forms(Path(folder), quick=True), len(ours) + len(list((ROOT / "tests" / "forms").glob("*.docx")))):
            own = microsoft.said_of(program, path.read_bytes())
            made_of += 1
            for subject, data in islice(printed(path), None if path in ours else 4):
                count += 1
                wrong += [f"{path.name} for {subject}: {new}" for new in sorted(microsoft.said_of(program, data) - own)[:1]]
    return Row(what=what, target=target, found=f"{len(wrong)} in {count:,} papers of {made_of} forms (official, Erasmus, adopted)", wrong=tuple(wrong))
