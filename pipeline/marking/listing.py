"""The sheet “To correct”: every problem in a row, with a link to its cell (floor 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from pipeline.marking.grid import Spot, place_of
from pipeline.marking.names import MAIN
from pipeline.marking.styles import DOUBTFUL, WRONG, Styles
from pipeline.marking.texts import inline
from pipeline.problem import Problem, Severity
from pipeline.sentences import counted

MOST_LISTED = 5_000
"""Problems in the list: more than anybody reads, and fewer than the links Excel takes in one sheet (65,530)."""

_GROUPS = (
    (Severity.ERROR, "To correct", "Papers wait for these."),
    (Severity.WARNING, "Please look", "No paper waits for these, but something may be wrong."),
    (Severity.NOTICE, "Good to know", "Nothing has to be done."),
)
_HEAD = ("Where", "What is wrong", "What to do", "Code")
_WIDTHS = (30, 62, 50, 9)
_DARK, _GREY, _BLUE = "FF1F3A5F", "FF808A94", "FF0B57A4"
HEAD_ROW = 4
"""The row with the names of the columns; it stays in sight, and stands on every page."""
_HIGHEST = 409
"""Points of the highest row that Excel takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A problem and where it is found in this workbook: the sheet and cell to go to, None where there is none."""

    problem: Problem
    sheet: str | None
    spot: Spot | None
    where: str


@dataclass(slots=True)
class _Rows:
    """The rows of the sheet as they are written. Kept: their XML, the links, the merged ranges."""

    xml: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)

    def add(self, cells: Sequence[tuple[str, int]], height: float | None = None, *, wide: bool = False) -> int:
        number = len(self.xml) + 1
        written = "".join(inline(place_of((number, at)), text, style) for at, (text, style) in enumerate(cells))
        high = f' ht="{height:g}" customHeight="1"' if height else ""
        self.xml.append(f'<row r="{number}"{high}>{written}</row>')
        if wide:
            self.merged.append(f'<mergeCell ref="A{number}:D{number}"/>')
        return number


def listing(entries: Sequence[Entry], styles: Styles, *, original: str, name: str, mark: str) -> bytes:
    """Write the sheet: a title, what to do, the problems by their weight, and last the line with the mark."""
    look = _looks(styles)
    rows = _Rows()
    rows.add([("To correct", look["title"])], 30, wide=True)
    rows.add([(_count(entries, original), look["lead"])], 18, wide=True)
    rows.add([(_advice(name), look["text"])], 48, wide=True)
    rows.add([(each, look["head"]) for each in _HEAD], 20)
    for severity, title, sentence in _GROUPS:
        group = [each for each in entries if each.problem.severity is severity]
        if group:
            rows.add([(f"{title}: {sentence}", look["group"])], 24, wide=True)
            _fill(rows, group[:MOST_LISTED], look)
        if len(group) > MOST_LISTED:
            rest = f"And {len(group) - MOST_LISTED:,} more, which are coloured in their cells."
            rows.add([(rest, look["text"])], wide=True)
    rows.add([])
    rows.add([(mark, look["small"])], 12 * -(-len(mark) // 150) + 4, wide=True)
    return _sheet(rows)


def _fill(rows: _Rows, entries: Iterable[Entry], look: Mapping[str, int]) -> None:
    for each in entries:
        problem = each.problem
        texts = (problem.message, problem.advice, problem.code)
        style = look[f"{problem.severity} link" if each.spot else str(problem.severity)]
        lines = max(_lines(text, width) for text, width in zip((each.where, *texts), _WIDTHS, strict=True))
        high = min(15 * lines + 4, _HIGHEST)
        number = rows.add([(each.where, style), *((text, look["text"]) for text in texts)], high)
        if each.sheet and each.spot:
            quoted = each.sheet.replace("'", "''")
            place = quoteattr(f"'{quoted}'!{place_of(each.spot)}")
            rows.links.append(f'<hyperlink ref="A{number}" location={place} display={quoteattr(each.where)}/>')


def _lines(text: str, width: int) -> int:
    """Say how many lines a text takes in a column: Excel sets heights of rows only where somebody types into them."""
    return sum(-(-max(len(line), 1) // width) for line in text.split("\n"))


def _count(entries: Sequence[Entry], original: str) -> str:
    errors = sum(each.problem.severity is Severity.ERROR for each in entries)
    warnings = sum(each.problem.severity is Severity.WARNING for each in entries)
    said = [counted(errors, "place") + " to correct" if errors else "", f"{warnings} to look at" if warnings else ""]
    return f"“{original}”: {', '.join(filter(None, said))}."


def _advice(name: str) -> str:
    return (
        "Click a place in the first column to go to the cell: errors are red there, doubts amber, and a comment says "
        f"what is wrong. Correct the cells, save, and put this file (“{name}”) into the folder input, beside "
        "the old one or instead of it: it is read in its place. Colours, these comments and this sheet do not matter "
        "and may stay."
    )


def _looks(styles: Styles) -> dict[str, int]:
    link = f"<u/><sz val='11'/><color rgb='{_BLUE}'/>"
    return {
        "title": styles.style(font=f"<b/><sz val='20'/><color rgb='{_DARK}'/>"),
        "lead": styles.style(font="<b/><sz val='12'/>", middle=True),
        "text": styles.style(font="<sz val='11'/>", wrap=True, line=True),
        "small": styles.style(font=f"<sz val='8'/><color rgb='{_GREY}'/>", wrap=True),
        "head": styles.style(font="<b/><sz val='11'/><color rgb='FFFFFFFF'/>", fill=_DARK, middle=True),
        "group": styles.style(font=f"<b/><sz val='13'/><color rgb='{_DARK}'/>", middle=True),
        "error": styles.style(font="<sz val='11'/>", fill=WRONG, wrap=True, line=True),
        "warning": styles.style(font="<sz val='11'/>", fill=DOUBTFUL, wrap=True, line=True),
        "notice": styles.style(font="<sz val='11'/>", wrap=True, line=True),
        "error link": styles.style(font=link, fill=WRONG, wrap=True, line=True),
        "warning link": styles.style(font=link, fill=DOUBTFUL, wrap=True, line=True),
        "notice link": styles.style(font=link, wrap=True, line=True),
    }


def _sheet(rows: _Rows) -> bytes:
    columns = "".join(f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
                      for at, width in enumerate(_WIDTHS, start=1))  # fmt: skip
    merged = f'<mergeCells count="{len(rows.merged)}">{"".join(rows.merged)}</mergeCells>'
    links = f"<hyperlinks>{''.join(rows.links)}</hyperlinks>" if rows.links else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        '<sheetPr><tabColor rgb="FFD93025"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{HEAD_ROW}" topLeftCell="A{HEAD_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{HEAD_ROW + 1}" sqref="A{HEAD_ROW + 1}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{"".join(rows.xml)}</sheetData>'
        f'{merged}{links}<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;CPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>"
    ).encode()
