"""Workbooks as they are really dropped into input/: dirty data, and files that are broken or something else."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from tests.packages import LEARNERS_ROWS, lock, pack, parts, sheet
from tests.trust.cases import BASE, LEARNERS_PART, Case, Formula, changed, one_learner, saved, with_shared_texts

DATA, BROKEN = "workbook data", "broken workbooks"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Change = Callable[[Any], object]


def _file(folder: Path, learners: Sequence[Sequence[Any]] | None = None, *, change: Change | None = None, sheets: Any = None) -> Path:
    """Write the small flow with other learners; `change` is done to the workbook as openpyxl holds it."""
    path = saved(folder / "cohort.xlsx", sheets, learners)
    if change:
        book = load_workbook(path)
        change(book)
        book.save(path)
    return path


def _one(**values: Any) -> Callable[[Path], object]:
    return lambda folder: _file(folder, one_learner(**values))


def _headed(**names: str) -> Callable[[Path], object]:
    """One learner, with the headers of sheet Learners named otherwise."""
    header, row = one_learner()
    return lambda folder: _file(folder, [[names.get(str(name).replace(" ", "_"), name) for name in header], row])


def _two(change: Change) -> Callable[[Path], object]:
    return lambda folder: _file(folder, change=change)


def _data(name: str, make: Callable[[Path], object], papers: int = 1, **wanted: Any) -> Case:
    return Case(name=name, area=DATA, make=make, papers=papers, **wanted)


def _dated(value: Any, form: str = "yyyy-mm-dd") -> Callable[[Path], object]:
    def change(book: Any) -> None:
        book["Learners"]["D2"].value, book["Learners"]["D2"].number_format = value, form

    return lambda folder: _file(folder, one_learner(), change=change)


def _formatted(value: Any, form: str) -> Callable[[Path], object]:
    def change(book: Any) -> None:
        book["Learners"]["E2"].value, book["Learners"]["E2"].number_format = value, form

    return lambda folder: _file(folder, one_learner(), change=change)


def data_cases() -> Iterator[Case]:
    """Dirty data: read right, or told with the cell; never silently wrong."""
    yield from _looks()
    yield from _values()
    yield from _headers()
    yield from _rows()
    yield from _texts()


def _looks() -> Iterator[Case]:
    def hide(book: Any) -> None:
        book["Learners"].row_dimensions[3].hidden = True

    def hide_column(book: Any) -> None:
        book["Learners"].column_dimensions["F"].hidden = True

    def hide_sheet(book: Any) -> None:
        book["Learners"].sheet_state = "hidden"

    def filtered(book: Any) -> None:
        book["Learners"].auto_filter.ref = "A1:H3"
        book["Learners"].auto_filter.add_filter_column(0, ["L01"])
        hide(book)

    def decoy(book: Any) -> None:
        old = book.create_sheet("Students", 0)
        old.sheet_state = "hidden"
        for row in BASE["Learners"][:2]:
            old.append(["Old" if cell == "Nováková" else cell for cell in row])

    def merge_down(book: Any) -> None:
        book["Learners"].merge_cells("F2:F3")

    def merge_wide(book: Any) -> None:
        book["Learners"].merge_cells("F2:H3")

    def strike(book: Any) -> None:
        from openpyxl.styles import Font

        for cell in book["Learners"][3]:
            cell.font = Font(strike=True)

    yield _data("cells merged down a column", _two(merge_down), 2, holding=[r"Novák Jan[\s\S]*Address: Lipová 1\.", r"Nováková[\s\S]*Address: Lipová 1\."])
    yield _data("cells merged over rows and columns", _two(merge_wide), 2, holding=[r"Novák Jan[\s\S]*Address: Lipová 1\."])
    yield _data("a hidden row", _two(hide), 2, told=["S105 Learners 1 row is hidden"])
    yield _data("a hidden column", _two(hide_column), 2, holding=["Lipová 1"], told=["S105 Learners 1 column is hidden"])
    yield _data("a hidden sheet", _two(hide_sheet), 2, told=["S105 Learners The sheet “Learners” is hidden"])
    yield _data("a filter that hides a row", _two(filtered), 2, told=["S105 Learners 1 row is hidden by a filter"])
    yield _data("a hidden first sheet that means the same", _two(decoy), 0, never=["Old"], told=["S114 (Students|Learners) “Students” and “Learners” both mean"])
    yield _data("a row that is struck through", _two(strike), 2, told=["S119 Learners 1 row is struck through"])


def _values() -> Iterator[Case]:
    yield _data("a formula that was never calculated", _one(Address=Formula("=B2")), 0, told=["S106 Learners!F2 .*never calculated.*Excel"])
    yield _data("a formula that was calculated", partial(_calculated, "Lipová 2"), 1, holding=["Address: Lipová 2\\."])
    for name in ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!"):
        yield _data(f"the error value {name}", partial(_error, name), 0, told=[f"S106 Learners!F2 .*“{name.replace('?', '[?]')}”"])
    yield _data("a date as text with dots", _one(Date_of_birth="12.05.2005"), holding=["Born: 2005-05-12"])
    yield _data("a date as text in words", _one(Date_of_birth="12 May 2005"), holding=["Born: 2005-05-12"])
    yield _data("a date that is a plain number", _one(Date_of_birth=38484), 0, told=["S201 Learners!D2 “38484” is a number, not a date"])
    yield _data("a date of -1", _dated(-1), 0, told=["S(201|106) Learners!D2 "])
    yield _data("a date of 3000000", _dated(3_000_000), 0, told=["S(201|106) Learners!D2 "])
    yield _data("a date of 60, which never was", _dated(60), 0, told=["(S|L)\\d{3} Learners!D2 "])
    yield _data("a date of 0", _dated(0), 0, told=["(S|L)\\d{3} Learners!D2 "])
    yield _data("a date in a workbook that counts from 1904", _since_1904, 1, holding=["Born: 2005-05-12"])
    yield _data("a date with two readings", _one(Date_of_birth="03/04/2005"), 0, told=["S203 Learners!D2 .*(3 April|2005-04-03).*(4 March|2005-03-04)"])
    yield _data("a year of two digits", _one(Date_of_birth="12.05.05"), 0, told=["S203 Learners!D2 "])
    yield _data("a day that never was", _one(Date_of_birth="31.02.2005"), 0, told=["S201 Learners!D2 “31.02.2005”"])
    yield _data("a birthday to come", _one(Date_of_birth=dt.datetime(2035, 5, 12)), 0, told=["L\\d{3} Learners!D2 "])
    yield _data("a birthday in 1905", _one(Date_of_birth=dt.datetime(1905, 5, 12)), 0, told=["L\\d{3} Learners!D2 "])
    yield _data("a date with a time", _one(Date_of_birth=dt.datetime(2005, 5, 12, 23, 59)), holding=["Born: 2005-05-12"])
    yield _data("a telephone whose zero is in its format", _formatted(7700900123, "00000000000"), 1, holding=["Phone: 07700900123\\."])
    yield _data("a telephone that lost its zero", _formatted(7700900123, "General"), 1, told=["L141 Learners!E2 “7700900123” is not a telephone number with a country code"])
    yield _data("a telephone with + as a format", _formatted(420601234567, '"+"0'), 1, holding=["Phone: \\+420601234567\\."])
    yield _data("a number of 17 digits", _formatted(12345678901234567, "General"), 0, told=["S205 Learners!E2 .*more than 15 digits"])
    yield _data("a number of 17 digits as an ID", _one(Learner_ID=12345678901234567), 0, told=["S205 Learners!A2 "])
    yield _data("a number 1e400", partial(_number, "1e400"), 0, told=["S(106|102) Learners(!E2)? "])


def _calculated(value: str, folder: Path) -> None:
    path = _file(folder, one_learner(Address=Formula("=B2")))
    changed(path, LEARNERS_PART, ('<c r="F2"><f>B2</f><v/>', f'<c r="F2" t="str"><f>B2</f><v>{value}</v>'))


def _error(name: str, folder: Path) -> None:
    path = _file(folder, one_learner(Address=Formula("=B2")))
    changed(path, LEARNERS_PART, ('<c r="F2"><f>B2</f><v/>', f'<c r="F2" t="e"><f>B2</f><v>{name}</v>'))


def _number(text: str, folder: Path) -> None:
    changed(_file(folder, one_learner(Telephone=Formula("=B2"))), LEARNERS_PART, ('<c r="E2"><f>B2</f><v/>', f'<c r="E2"><v>{text}</v>'))


def _since_1904(folder: Path) -> None:
    path = _file(folder, one_learner(Date_of_birth=dt.datetime(2005, 5, 12)))
    book = load_workbook(path)
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book.epoch = CALENDAR_MAC_1904
    book.save(path)


def _headers() -> Iterator[Case]:
    yield _data("headers with hard spaces, breaks and marks", _headed(
        Family_name="Family\u00a0name ", Given_names="Given\nnames", Date_of_birth=" Date  of birth:*", Learner_ID="\u200bLearner\u200b ID\ufeff",
    ), holding=["Name: Nováková Tereza \\(L01\\)"])  # fmt: skip
    yield _data("a header with a letter too many", _headed(Telephone="Tellephone"), told=["S111 Learners!E1 .*“Tellephone”.*“Telephone”"])
    yield _data("a needed header with a letter too many", _headed(Date_of_birth="Date of birrth"), 0, told=["S111 Learners!D1 .*“Date of birrth”.*“Date of birth”", "S112 Learners .*“Date of birth”"])
    yield _data("a header that stands twice", _headed(Shoe_size="Family name"), 0, told=["S110 Learners!H1 Columns B and H both mean “Family name”"])
    yield _data("a header that stands twice in two languages", _headed(Shoe_size="Nachname"), 0, told=["S110 Learners!H1 Columns B and H both mean"])
    yield _data("no header", lambda folder: _file(folder, one_learner()[1:]), 0, told=["S115 Learners "])
    yield _data("titles above the header", lambda folder: _file(folder, [["Spring flow 2027"], [], *one_learner()]), 1, holding=["Nováková"])
    yield _data("a sheet with a wrong name", lambda folder: _file(folder, change=lambda book: setattr(book["Learners"], "title", "Lerners")), 2, told=["S(103|137) .*“?Lerners”?"])
    yield _data("a sheet that is not there", lambda folder: _file(folder, change=lambda book: book.remove(book["Units"])), 0, told=["S103 cohort.xlsx There is no sheet “Units” \\(sheets found: Cohort, Partners"])
    yield _data("a sheet that stands twice", lambda folder: _file(folder, sheets={"Unit": BASE["Units"]}), 0, told=["S114 "])


def _rows() -> Iterator[Case]:
    header, first, second = BASE["Learners"]
    yield _data("a blank row in the middle", lambda folder: _file(folder, [header, first, [], [], second]), 2, silent=True)
    yield _data("a note below the rows", lambda folder: _file(folder, [header, first, second, [], ["Ask Jan about his passport"]]), 2, told=["S113 Learners, row 5 Row 5 was left out.*“Ask Jan"])
    yield _data("a total below the rows", lambda folder: _file(folder, [header, first, second, ["Total", "", 2]]), 2, told=["S(112|113|210) Learners"])
    yield _data("a row without name and birthday", lambda folder: _file(folder, [header, first, ["L03", "", "", "", "+420 601 234 567"]]), 1, told=["S210 Learners!B3", "S210 Learners!D3"])
    yield _data("a thousand coloured blank rows", _coloured, 2, silent=True)
    yield _data("the header again further down", lambda folder: _file(folder, [header, first, header, second]), 2, silent=True)
    yield _data("the header sorted in among the rows", lambda folder: _file(folder, [first, header, [*second[:4], "+420 601 234 567", "Brno"]]), 1, holding=["Novák Jan"], told=["S142 Learners Row 1 stands above"])
    yield _data("a size that the sheet states wrongly", _states_its_size("A1:A1"), 2, holding=["Novák Jan"])
    yield _data("a size that is far too large", _states_its_size("A1:XFD1048576"), 2, holding=["Novák Jan"])
    yield _data("a learner who stands twice", lambda folder: _file(folder, [header, first, first]), 0, told=["S\\d{3} Learners|L\\d{3} Learners|A\\d{3} Learners"])
    yield _data("two learners of one name", lambda folder: _file(folder, [header, first, ["L02", *first[1:3], "2004-11-30"]]), 2, holding=["\\(L01\\)", "\\(L02\\)"])
    yield _data("a host that nobody knows", lambda folder: _file(folder, [[*header, "Host"], [*first, "Nobody Ltd"]]), 0, told=["S\\d{3} Learners!I2 .*“Nobody Ltd”"])
    yield _data("columns of health, religion and bank", lambda folder: _file(folder, one_learner(IBAN="CZ65 0800", Religion="x-faith", Krankheiten="x-ill")), 1,
                never=["CZ65", "x-faith", "x-ill"], told=["S141 Learners .*“IBAN”, “Religion” and “Krankheiten”"])  # fmt: skip


def _coloured(folder: Path) -> None:
    def change(book: Any) -> None:
        for row in range(4, 1_004):
            for column in range(1, 9):
                book["Learners"].cell(row, column).fill = PatternFill("solid", fgColor="FFFF00")

    _file(folder, change=change)


def _states_its_size(size: str) -> Callable[[Path], object]:
    return lambda folder: changed(_file(folder), LEARNERS_PART, ('<dimension ref="A1:H3"/>', f'<dimension ref="{size}"/>'))


def _texts() -> Iterator[Case]:
    rich = '<is><r><rPr><b/></rPr><t>Lipová </t></r><r><t>7</t></r></is>'
    spoken = '<is><t>Lipová 7</t><rPh sb="0" eb="1"><t>SPOKEN</t></rPh><phoneticPr fontId="1"/></is>'
    for name, inside in (("a text in two colours", rich), ("a text with its pronunciation", spoken)):
        yield _data(name, partial(_inline, inside), 1, holding=["Address: Lipová 7\\."], never=["SPOKEN"])
    yield _data("a text of 40,000 letters", _one(Address="x" * 40_000), 0, told=["S204 Learners!F2 .*40,000|S204 Learners!F2 .*32,767"])
    yield _data("a text that looks like a formula", _one(Address='=HYPERLINK("http://x.invalid","click")'), 1, holding=["Address: =HYPERLINK"])
    yield _data("a formula with a link", _one(Address=Formula('=HYPERLINK("http://x.invalid","click")')), 0, told=["S106 Learners!F2 "])
    yield _data("a text that looks like a formula goes back as a text", _goes_back, 0, told=["S201 Learners!D2 "])


def _inline(inside: str, folder: Path) -> None:
    path = _file(folder, one_learner(Address=Formula("=B2")))
    changed(path, LEARNERS_PART, ('<c r="F2"><f>B2</f><v/></c>', f'<c r="F2" t="inlineStr">{inside}</c>'))


def _goes_back(folder: Path) -> None:
    """Make the copy with remarks of a workbook with a dangerous text; it is no formula there either."""
    from pipeline.room import Room
    from tests.trust.cases import made_in

    _file(folder, one_learner(Address="=cmd|' /C calc'!A0", Date_of_birth="31.02.2005"))
    room = Room(folder.parent)
    made_in(room)
    [copy] = room.output.rglob("*to correct*.xlsx")
    for each in load_workbook(copy).worksheets:
        if any(cell.data_type == "f" for row in each.iter_rows() for cell in row):
            raise AssertionError("the copy with remarks holds a formula that nobody wrote as one")


# -- files that are broken, or something else ---------------------------------------------------------------------------


def _broken(name: str, make: Callable[[Path], object], told: str, papers: int = 0, **more: Any) -> Case:
    return Case(name=name, area=BROKEN, make=make, told=[told] if told else [], papers=papers, **more)


def _bytes(data: bytes, name: str = "cohort.xlsx") -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(data)


def _packed(members: Any) -> Callable[[Path], object]:
    return lambda folder: pack(folder / "cohort.xlsx", members)


def _part(part: str, *pairs: tuple[str, str]) -> Callable[[Path], object]:
    return lambda folder: changed(_file(folder), part, *pairs)


def _without(part: str) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        path = with_shared_texts(_file(folder))
        with zipfile.ZipFile(path) as package:
            members = {name: package.read(name) for name in package.namelist() if name != part}
        pack(path, members)

    return make


def _cut(kept: float) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        path = _file(folder)
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])

    return make


def _beside(name: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    def both(folder: Path) -> None:
        _file(folder)
        make(folder / name)

    return both


def broken_cases() -> Iterator[Case]:
    """Files that cannot be read: each is told in one sentence with its name, and stops no other."""
    yield from _other_files()
    yield from _other_packages()
    yield from _damaged()


def _other_files() -> Iterator[Case]:
    no_excel = "S101 cohort.xlsx The file is no Excel file, whatever its name says"
    for name, data in {
        "a .csv file": b"Learner ID;Family name\nL01;Novak\n", "a web page": b"<html><table><tr><td>x</td></tr></table></html>", "a .pdf file": b"%PDF-1.7\n",
        "a picture": b"\x89PNG\r\n\x1a\n", "an .rtf file": b"{\\rtf1 x}", "noise": bytes(range(256)) * 40,
    }.items():  # fmt: skip
        yield _broken(f"{name} renamed .xlsx", _bytes(data), no_excel)
    for name in ("an .xls file", "a .doc file", "a workbook with a password"):
        yield _broken(f"{name} renamed .xlsx", _bytes(OLE + name.encode() * 60), "S101 cohort.xlsx The file is protected by a password, or of the old kind")
    for ending in (".xls", ".ods", ".xlsb"):
        yield _broken(f"a file of the kind {ending}", _bytes(OLE + b"x" * 600, f"cohort{ending}"), f"S101 cohort{ending} Files of the kind {ending} cannot be read")
    yield _broken("an empty file", _bytes(b""), "S101 cohort.xlsx The file is empty")
    for kept in (0.01, 0.3, 0.6, 0.99):
        yield _broken(f"a copy that ends at {kept:.0%}", _cut(kept), "S101 cohort.xlsx The file is damaged or was not copied to its end")
    yield _broken("a lock file of Excel beside it", _beside("~$cohort.xlsx", lambda path: path.write_bytes(b"x" * 165)), "", 2, silent=True)
    yield _broken("a lock file of LibreOffice beside it", _beside(".~lock.cohort.xlsx#", lambda path: path.write_bytes(b"x")), "", 2, silent=True)
    yield _broken("a shadow file of macOS beside it", _beside("._cohort.xlsx", lambda path: path.write_bytes(b"\0\x05\x16\7")), "", 2, silent=True)
    yield _broken("a broken workbook beside it", _beside("broken.xlsx", lambda path: path.write_bytes(b"x")), "S101 broken.xlsx ", 2)
    yield _broken("a folder that ends in .xlsx", lambda folder: (folder / "cohort.xlsx").mkdir(), "S101 cohort.xlsx The folder .* holds no workbook")
    yield _broken("a link to a file of the system", lambda folder: (folder / "cohort.xlsx").symlink_to("/etc/passwd"), "S101 cohort.xlsx This is not an ordinary file but a folder or a link")
    yield _broken("a link to a table of the system", lambda folder: (folder / "cohort.csv").symlink_to("/etc/passwd"), "S101 cohort.csv This is not an ordinary file")
    yield _broken("a pipe", lambda folder: os.mkfifo(folder / "cohort.xlsx"), "S101 cohort.xlsx This is not an ordinary file")


def _other_packages() -> Iterator[Case]:
    members = parts({"Learners": sheet(LEARNERS_ROWS)})
    main = str(members["xl/workbook.xml"])
    yield _broken("a Word file renamed .xlsx", _packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "S101 cohort.xlsx This is a Word file")
    yield _broken("a LibreOffice file renamed .xlsx", _packed({"mimetype": "x", "content.xml": "<x/>"}), "S101 cohort.xlsx This is a LibreOffice file")
    yield _broken("a binary workbook renamed .xlsx", _packed({"[Content_Types].xml": "<x/>", "xl/workbook.bin": "x"}), "S101 cohort.xlsx This is a binary workbook")
    yield _broken("a .zip of photos renamed .xlsx", _packed({"a.jpg": "x"}), "S101 cohort.xlsx The file is no workbook")
    yield _broken("an empty package", _bytes(b"PK\5\6" + b"\0" * 18), "S101 cohort.xlsx The file is no workbook")
    strict = main.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
    yield _broken("a workbook of the kind Strict", _packed({**members, "xl/workbook.xml": strict}), "S101 cohort.xlsx The workbook is of the kind “Strict Open XML”.*ordinary")
    for target in ("../../etc/passwd", "file:///etc/passwd", "worksheets/no.xml"):
        relations = str(members["xl/_rels/workbook.xml.rels"]).replace('Target="worksheets/sheet1.xml"', f'Target="{target}"')
        yield _broken(f"a sheet that points to {target}", _packed({**members, "xl/_rels/workbook.xml.rels": relations}), "S101 cohort.xlsx (A sheet is not in the file|The workbook )")
    for name in ("../evil.xml", "/etc/evil.xml", "xl\\..\\evil.xml"):
        yield _broken(f"a part called {name}", _packed({**members, name: "<x/>"}), "S101 cohort.xlsx The file holds a part with a name that leads out of it")
    yield _broken("a part that stands twice", _packed([*members.items(), ("XL/workbook.xml", "<x/>")]), "S101 cohort.xlsx The file holds one part twice")
    yield _broken("no sheets", _packed(parts({})), "S101 cohort.xlsx The workbook has no sheets")
    yield _broken("a part packed in an unusual way", _unusual, "S101 cohort.xlsx The file is packed in a way")
    yield _broken("a part with a password", _locked, "S101 cohort.xlsx The file is protected by a password")
    yield _broken("a part whose checksum is wrong", _wrong_checksum, "S101 cohort.xlsx Part .* of the file is damaged")


def _unusual(folder: Path) -> None:
    with zipfile.ZipFile(folder / "cohort.xlsx", "w", zipfile.ZIP_LZMA) as package:
        for name, data in parts({"Learners": sheet("")}).items():
            package.writestr(name, data)


def _locked(folder: Path) -> None:
    lock(_file(folder))


def _wrong_checksum(folder: Path) -> None:
    path = _file(folder)
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    path.write_bytes(path.read_bytes().replace(b"Family name", b"Famile name", 1))


def _damaged() -> Iterator[Case]:
    for part in ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", LEARNERS_PART, "xl/sharedStrings.xml"):
        yield _broken(f"without {part}", _without(part), r"S(101|102|106) (cohort\.xlsx|\w+)")
    for part in ("xl/workbook.xml", LEARNERS_PART, "xl/sharedStrings.xml", "xl/styles.xml"):
        yield _broken(f"{part} that ends in the middle", partial(_halved, part), r"S(101|102) (cohort\.xlsx|Learners)")
    cell = '<c r="E2" t="s"><v>'
    for name, new in {
        "a number that is none": '<c r="E2"><v>Jane Doe', "a yes or no that is neither": '<c r="E2" t="b"><v>maybe', "a date that is none": '<c r="E2" t="d"><v>soon',
        "a text that the list of texts does not hold": '<c r="E2" t="s"><v>99999', "a text number that is none": '<c r="E2" t="s"><v>x', "a cell in a place that is none": '<c r="2E" t="s"><v>',
        "a style that is no number": '<c r="E2" s="x" t="s"><v>', "a kind of cell that is none": '<c r="E2" t="zzz"><v>',
    }.items():  # fmt: skip
        yield _damaged_cell(name, cell, new)
    yield _damaged_cell("a number in a style that is not there", cell, '<c r="E2" s="999"><v>')
    yield _broken("a text in a style that is not there", lambda folder: changed(_file(folder), LEARNERS_PART, ('r="E2" t=', 'r="E2" s="999" t=')), "", 2, silent=True)
    yield _broken("rows out of order", _part(LEARNERS_PART, ('<row r="3"', '<row r="1"')), "S102 Learners .*out of order")


def _damaged_cell(name: str, cell: str, new: str) -> Case:
    def make(folder: Path) -> None:
        path = with_shared_texts(_file(folder, one_learner(Telephone="+420 601 234 567")))
        with zipfile.ZipFile(path) as package:
            text = package.read(LEARNERS_PART).decode()
        start = text.index(cell)
        end = text.index("</v>", start)
        number = text[start + len(cell) : end]
        with_number = new + number if new.endswith(">") else new
        changed(path, LEARNERS_PART, (text[start:end], with_number))

    told = r"S102 Learners Sheet “Learners” cannot be read below row 1" if "place" in name else r"S106 Learners!E2 The cell is damaged"
    return _broken(name, make, told, papers=0, never=["Jane Doe", "99999"])


def _halved(part: str, folder: Path) -> None:
    path = with_shared_texts(_file(folder))
    with zipfile.ZipFile(path) as package:
        members: dict[str, bytes] = {name: package.read(name) for name in package.namelist()}
    members[part] = members[part][: len(members[part]) // 2]
    pack(path, members)
