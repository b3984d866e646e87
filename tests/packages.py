"""Workbooks made by hand, part by part: what no library writes, and what other programs do write."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

LEARNERS_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Learner ID</t></is></c><c r="B1" t="inlineStr"><is><t>Family name</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>Telephone</t></is></c></row>'
)


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    """A sheet's XML around its rows."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(sheets: Mapping[str, str], *, strings: Sequence[str] | None = None, styles: str = "", book: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook with these sheets.

    `strings` are whole `si` elements, `styles` what stands in the style sheet, `book` what stands in the workbook before
    its sheets.
    """
    listed, related = [], []
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": "",
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
    }
    for number, (name, xml) in enumerate(sheets.items(), start=1):
        found[f"xl/worksheets/sheet{number}.xml"] = xml
        listed.append(f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>')
        related.append((f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
    if strings is not None:
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{"".join(strings)}</sst>'
        related.append(("rId901", "sharedStrings", "sharedStrings.xml"))
    if styles:
        found["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
        related.append(("rId902", "styles", "styles.xml"))
    found["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}<sheets>{"".join(listed)}</sheets></workbook>'
    found["xl/_rels/workbook.xml.rels"] = _relations(related)
    found["[Content_Types].xml"] = _types([name for name in found if name.startswith("xl/") and not name.endswith(".rels")])
    return found


def _types(names: Sequence[str]) -> str:
    kinds = {"xl/workbook.xml": "sheet.main", "xl/sharedStrings.xml": "sharedStrings", "xl/styles.xml": "styles"}
    start = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    entries = "".join(
        f'<Override PartName="/{name}" ContentType="{start}{kinds.get(name, "worksheet")}+xml"/>' for name in names
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{RELATIONS.replace("relationships", "content-types")}">{rels}{entries}</Types>'


def _relations(related: Sequence[tuple[str, str, str]]) -> str:
    entries = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in related)
    return f'<Relationships xmlns="{RELATIONS}">{entries}</Relationships>'


def pack(target: Path, members: Mapping[str, str | bytes] | Sequence[tuple[str, str | bytes]]) -> Path:
    """Write parts into a package; a sequence may hold a name twice."""
    entries = members.items() if isinstance(members, Mapping) else members
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries:
            package.writestr(name, data)
    return target


def lock(path: Path) -> Path:
    """Say of every part of a package that it has a password."""
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        where = data.find(mark)
        while where >= 0:
            data[where + at] |= 1
            where = data.find(mark, where + 4)
    path.write_bytes(bytes(data))
    return path


def book(target: Path, rows: str, *, name: str = "Learners", after: str = "", **more: object) -> Path:
    """A workbook with one sheet."""
    return pack(target, parts({name: sheet(rows, after=after)}, **more))  # type: ignore[arg-type]  # keywords are checked by the function itself
