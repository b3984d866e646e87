"""Forms of other kinds than the three that were drawn from one description: python -m tests.untouched.strange.

School agreements, a chamber's contract, a grant agreement, a form half filled, lists of what is easily mistaken: each is
a text in `strangers/` as a person sees it. `# ` begins a heading, `^ ` a line above all; lines with bars are rows of a
table, ` / / ` parts paragraphs in a cell, `<3>` is a cell over three columns, a lone `^` goes on from the cell above.
Braces stand behind each blank: what may be filled in there, `-` where nothing of ours belongs.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from pipeline.untouched.meaning import BY_HAND, Meaning
from pipeline.untouched.survey import survey
from pipeline.word import open_form_package
from tests.forms import W, a_form, t, table, tc

STRANGERS = sorted(Path(__file__).with_name("strangers").glob("*.txt"))
_MARK = re.compile(r"\{([^{}]+)\}")
_SPAN = re.compile(r"<(\d)> ")


@dataclass(slots=True)
class Judged:
    """How many blanks with words of ours are filled rightly, how many are left; what would be wrong, as sentences."""

    right: int = 0
    left: int = 0
    wrong: list[str] = field(default_factory=list)


def judged(path: Path) -> Judged:
    """Draw a form, let it be understood, and compare with what stands in braces."""
    marks: list[list[tuple[int, str]]] = []
    data = a_form("".join(_body(path.read_text("utf-8"), marks)))
    with TemporaryDirectory() as folder:
        form = Path(folder, "form.docx")
        form.write_bytes(data)
        package = open_form_package(form)
        found = survey(package).meanings
    wanted = dict(zip(_paragraphs(package.stories[0].xml), marks, strict=True))
    result = Judged()
    taken: dict[str, set[int]] = defaultdict(set)
    for each in found:
        where = each.blank.line.paragraph.getroottree().getpath(each.blank.line.paragraph)
        mark = next(((at, words) for at, words in wanted[where] if at >= each.blank.span.start), None)
        _judge(result, path.stem, each, mark[1] if mark else "-")
        if _filled(each) and mark:
            taken[where].add(mark[0])
    for where, there in wanted.items():
        result.left += sum("-" not in words.split("|") and at not in taken[where] for at, words in there)
    return result


def _judge(result: Judged, name: str, meaning: Meaning, wanted: str) -> None:
    words = _filled(meaning)
    if not words:
        return
    if words in wanted.split("|") or set(words.split(" or ")) & set(wanted.split("|")):
        result.right += 1
    else:
        result.wrong.append(f"{name}: “{meaning.blank.label}” wants {wanted}, would get {words} ({meaning.blank.place})")


def _filled(meaning: Meaning) -> str:
    """Give the words a blank would get without a person's look."""
    return meaning.words if meaning.sure and meaning.words != BY_HAND else ""


# -- drawing -----------------------------------------------------------------------------------------------------------


def _paragraphs(xml: bytes) -> list[str]:
    root = etree.fromstring(xml)
    return [root.getroottree().getpath(each) for each in root.iter(f"{W}p")]


def _body(text: str, marks: list[list[tuple[int, str]]]) -> Iterator[str]:
    for barred, lines in groupby(text.splitlines(), key=lambda line: line.startswith("|")):
        if barred:
            rows = [line[2:-2].split(" | ") for line in lines]
            yield table(*(list(_row(rows, at, marks)) for at in range(len(rows))))
        else:
            yield from (_paragraph(line.removeprefix("^ "), marks) for line in lines if line)


def _row(rows: Sequence[Sequence[str]], at: int, marks: list[list[tuple[int, str]]]) -> Iterator[str]:
    column = 0
    for cell in rows[at]:
        columns = _columns(cell)
        span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        below = _at(rows[at + 1], column) if at + 1 < len(rows) else ""
        merge = "<w:vMerge/>" if cell == "^" else '<w:vMerge w:val="restart"/>' if below == "^" else ""
        text = "" if cell == "^" else _SPAN.sub("", cell)
        lines = [_paragraph(piece, marks) for piece in text.split(" / / ")]
        yield tc(*lines, properties=f'<w:tcW w:w="2000" w:type="dxa"/>{span}{merge}')
        column += columns


def _columns(cell: str) -> int:
    found = _SPAN.match(cell)
    return int(found[1]) if found else 1


def _at(row: Sequence[str], column: int) -> str:
    start = 0
    for cell in row:
        if start == column:
            return cell
        start += _columns(cell)
    return ""


def _paragraph(text: str, marks: list[list[tuple[int, str]]]) -> str:
    bold = "<w:rPr><w:b/></w:rPr>" if text.startswith("#") else ""
    text = text.lstrip("#").lstrip() if bold else text
    found: list[tuple[int, str]] = []
    clean = ""
    for piece, mark in zip(*[iter([*_MARK.split(text), ""])] * 2, strict=True):
        clean += piece
        if mark:
            found.append((len(clean), mark))
    marks.append(found)
    runs = "<w:r><w:tab/></w:r>".join(t(piece) for piece in clean.split("\t"))
    return f"<w:p>{runs.replace('<w:r>', f'<w:r>{bold}')}</w:p>"


if __name__ == "__main__":
    whole = Judged()
    for each in map(judged, STRANGERS):
        whole.right, whole.left = whole.right + each.right, whole.left + each.left
        whole.wrong += each.wrong
    sys.stdout.write("\n".join([*whole.wrong, f"right {whole.right}, left {whole.left}, wrong {len(whole.wrong)}", ""]))
