"""How heavy the parts of a workbook may be before openpyxl takes them up (floor 2).

openpyxl makes objects of what it reads: of a style a kilobyte, of a row all its cells at once, and a tag that is very
long it looks through again and again. So a part is weighed by counting what it would make of it, and a bomb is refused
in seconds. What any real workbook holds is far below these weights; parts that openpyxl does not read are not weighed.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Any

from pipeline.guard import MEGABYTE, Refused, begins_as_xml, read_part
from pipeline.raw import readable

MOST_SHEETS = 200
MOST_CELLS = 1_500_000
"""Cells of a sheet: 20,000 learners with 75 columns each."""

_MOST_ROWS = 1_048_576
_MOST_TAGS = 200_000
"""Tags of a part that is read as a whole, of a row, and of what stands before and behind the rows."""

_LONGEST_PIECE = 400_000
"""Bytes without a tag: a cell holds at most 32,767 characters, of nine bytes each when they are all escaped."""

_MOST_TEXTS, _HEAVIEST_TEXTS, _TAGS_OF_A_TEXT = 500_000, 16 * MEGABYTE, 5_000
_LIGHTEN = "Copy the sheets of the cohort into a new workbook."

_ROW, _CELL, _TEXT = (re.compile(rb"<(?:\w+:)?" + name + rb"(?=[\s/>])") for name in (b"row", b"c", b"si"))
_DATA = re.compile(rb"</?(?:\w+:)?sheetData(?=[\s/>])")


def weigh(package: zipfile.ZipFile) -> None:
    """Weigh what openpyxl would read; raises Refused where a part is heavier than in any cohort's workbook."""
    from openpyxl.packaging import manifest, relationship, workbook
    from openpyxl.xml.constants import ARC_CORE, ARC_CUSTOM, ARC_STYLE, SHARED_STRINGS, XLSM, XLSX, XLTM, XLTX
    from openpyxl.xml.functions import fromstring

    rels_of: Any = relationship.get_rels_path
    related_in: Any = relationship.get_dependents
    names = set(package.namelist())
    root: Any = fromstring(_light(package, "[Content_Types].xml"))
    types: Any = manifest.Manifest.from_tree(root)
    books = (types.find(kind) for kind in (XLTM, XLTX, XLSM, XLSX))
    main = next((book.PartName.lstrip("/") for book in books if book), "xl/workbook.xml")
    root = fromstring(_light(package, main))
    book: Any = workbook.WorkbookPackage.from_tree(root)
    if len(book.sheets) > MOST_SHEETS:
        raise Refused(f"The workbook has more than {MOST_SHEETS} sheets.", _LIGHTEN)
    _light(package, rels_of(main))
    related = {each.Id: each for each in related_in(package, rels_of(main))}
    listed = [related[sheet.id] for sheet in book.sheets if sheet.id in related]
    for part in names & {ARC_CORE, ARC_CUSTOM, ARC_STYLE}:
        _light(package, part)
    charts = [str(each.target) for each in listed if "chartsheet" in each.Type]
    while charts:  # a sheet that is a chart is read with all that it points to
        part = charts.pop()
        if part in names:
            names.discard(part)
            _light(package, part)
            if (further := rels_of(part)) in names:
                _light(package, further)
                charts += [str(each.target) for each in related_in(package, further)]
    texts = types.find(SHARED_STRINGS)
    if texts:
        _weigh_texts(package, texts.PartName.lstrip("/"))
    sheets = Counter(str(each.target) for each in listed if "chartsheet" not in each.Type)
    before = 0
    for part in names & set(sheets):
        if (further := rels_of(part)) in names:
            _light(package, further)
        before += sheets[part] * _weigh_sheet(package, part)
    if before > _MOST_TAGS:
        raise _too_heavy(main)


def _light(package: zipfile.ZipFile, part: str) -> bytes:
    """Read a part of which openpyxl makes objects as a whole."""
    data = _letters(package, part)
    if data.count(b"<") > _MOST_TAGS:
        raise _too_heavy(part)
    return read_part(package, part)


def _letters(package: zipfile.ZipFile, part: str) -> bytes:
    """Read a part; of letters that take two bytes the empty ones are left out, as what is counted is plain letters.

    Raises Refused where a piece of it is so long that reading would not come to its end.
    """
    data = read_part(package, part).replace(b"\0", b"")
    if not begins_as_xml(data):
        return b""
    if _has_long_piece(data) or any(end - start > _LONGEST_PIECE for start, end in _remarks(data)):
        raise _too_heavy(part)
    return data


def _has_long_piece(data: bytes) -> bool:
    half = _LONGEST_PIECE // 2
    return any(data.find(b"<", at, at + half) < 0 for at in range(0, len(data) - half, half))


def _remarks(data: bytes) -> Iterator[tuple[int, int]]:
    """Find remarks, which may hold anything, tags too."""
    for begin, end in ((b"<!--", b"-->"), (b"<?", b"?>")):
        start = data.find(begin)
        while start >= 0:
            stop = data.find(end, start)
            yield start, stop if stop >= 0 else len(data)
            start = data.find(begin, stop) if stop >= 0 else -1


def _too_heavy(part: str) -> Refused:
    return Refused(f"Part {readable(part)} of the file is larger than in any cohort's workbook.", _LIGHTEN)


def _weigh_texts(package: zipfile.ZipFile, part: str) -> None:
    data = _letters(package, part)
    starts = _starts(_TEXT, data, _MOST_TEXTS)
    if len(data) > _HEAVIEST_TEXTS or len(starts) > _MOST_TEXTS or _most_tags(data, [0, *starts]) > _TAGS_OF_A_TEXT:
        raise _too_heavy(part)


def _weigh_sheet(package: zipfile.ZipFile, part: str) -> int:
    """Weigh a sheet, and give the number of tags that stand before its rows (openpyxl reads these twice)."""
    data = _letters(package, part)
    if data.count(b"<") <= _MOST_TAGS // MOST_SHEETS:
        return 0
    edges = [found.start() for found in _DATA.finditer(data)]
    first, last = (edges[0], edges[-1]) if edges else (len(data), len(data))
    rows, cells = _starts(_ROW, data, _MOST_ROWS), data.count(b"<c") + data.count(b":c")
    if cells > MOST_CELLS:  # columns and the like were counted too
        cells = len(_starts(_CELL, data, MOST_CELLS))
    for found, most, what in ((len(rows), _MOST_ROWS, "rows"), (cells, MOST_CELLS, "cells")):
        if found > most:
            raise Refused(f"A sheet has more than {most:,} {what}.", "Delete empty rows and columns, and old sheets.")
    before = data.count(b"<", 0, first)
    if max(before, _most_tags(data, [first, *rows, last])) > _MOST_TAGS:
        raise _too_heavy(part)
    return before


def _starts(tag: re.Pattern[bytes], data: bytes, most: int) -> list[int]:
    """Find where tags begin, up to one more than the most there may be."""
    return [found.start() for found in islice(tag.finditer(data), most + 1)]


def _most_tags(data: bytes, starts: Iterable[int]) -> int:
    """Count the tags between one place and the next, where they are most."""
    return max(data.count(b"<", one, other) for one, other in pairwise([*starts, len(data)]))
