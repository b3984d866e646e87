"""What is no workbook is refused in one sentence, in little time and memory, whatever it would do to a library."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import packages
import pytest
from bombs import BOMBS, deflated
from drawn import CLEAN, write
from packages import LEARNERS_ROWS, book, lock, pack, parts, sheet

from pipeline.guard import FORM_LIMITS, WORKBOOK_LIMITS, Limits, Refused, open_package, read_part
from pipeline.tables import open_tables
from pipeline.workbook import read_cohort

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROOT = Path(__file__).resolve().parent.parent


def refusal(path: Path) -> str:
    """Read a file as an officer's program does: the one sentence told, with what to do."""
    reading = read_cohort(path)
    assert reading.cohort is None
    [problem] = reading.problems
    assert (problem.code, problem.place.file, problem.place.sheet) == ("S101", path.name, None)
    return f"{problem.message} {problem.advice}"


def refused(path: Path, limits: Limits = WORKBOOK_LIMITS, kind: str = "workbook") -> str:
    with pytest.raises(Refused) as wrong:
        open_package(path, limits, kind=kind)
    return f"{wrong.value.sentence} {wrong.value.advice}"


def clean_bytes(folder: Path) -> bytes:
    return write(CLEAN, folder / "clean.xlsx").read_bytes()


# -- other files under a workbook's name -------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "told"), [
    (b"", "The file is empty. Copy the file again"),
    (OLE + b"\0" * 600, "The file is protected by a password, or of the old kind from before 2007. Remove the password."),
    (b"<html><table><tr><td>Learner ID</td></tr></table></html>", "The file is no Excel file, whatever its name says. Open it and save it as .xlsx."),
    (b"Learner ID;Family name\nL01;Novak\n", "The file is no Excel file, whatever its name says."),
    (b"%PDF-1.7", "The file is no Excel file"), (b"\x89PNG\r\n\x1a\n", "The file is no Excel file"),
    (b"PK", "The file is damaged or was not copied to its end. Copy the file again"),
    (b"PK\x03\x04" + b"\0" * 100, "The file is damaged or was not copied to its end."),
    (b"PK\x05\x06" + b"\0" * 18, "The file is no workbook."),
], ids=["empty", "ole", "html", "csv", "pdf", "png", "two letters", "zip head", "empty zip"])  # fmt: skip
def test_a_file_that_is_something_else_says_what_it_is(tmp_path, content, told):
    path = tmp_path / "cohort.xlsx"
    path.write_bytes(content)
    assert refusal(path).startswith(told)


@pytest.mark.parametrize(("ending", "told"), [(".xls", "Files of the kind .xls cannot be read."), (".ods", "kind .ods"), (".xlsb", "kind .xlsb")])
def test_a_file_of_another_kind_is_named_by_its_ending(tmp_path, ending, told):
    path = tmp_path / f"cohort{ending}"
    path.write_bytes(b"PK")
    assert told in refusal(path)
    assert refusal(path).endswith("Open the file and save it as .xlsx.")


@pytest.mark.parametrize(("members", "told"), [
    ({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}, "This is a Word file, not a workbook."),
    ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}, "This is a LibreOffice file, not an .xlsx workbook."),
    ({"[Content_Types].xml": "<x/>", "xl/workbook.bin": "x"}, "This is a binary workbook (.xlsb), whatever its name says."),
    ({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}, "The file is no workbook."),
    ({"photo.jpg": "x"}, "The file is no workbook."),
])  # fmt: skip
def test_a_package_of_another_program_says_which(tmp_path, members, told):
    assert refusal(pack(tmp_path / "cohort.xlsx", members)).startswith(told)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_a_workbook_that_is_still_being_copied_is_told(tmp_path, kept):
    whole = clean_bytes(tmp_path)
    path = tmp_path / "cohort.xlsx"
    path.write_bytes(whole[: int(len(whole) * kept)])
    assert refusal(path).startswith("The file is damaged or was not copied to its end.")


def test_a_folder_or_a_link_in_place_of_a_file_is_refused(tmp_path):
    whole = write(CLEAN, tmp_path / "clean.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    assert refused(tmp_path / "folder.xlsx") == "This is not an ordinary file but a folder or a link. Put the workbook itself here."
    if hasattr(os, "symlink"):
        (tmp_path / "link.xlsx").symlink_to(whole)
        assert "a folder or a link" in refusal(tmp_path / "link.xlsx")
        (tmp_path / "link.csv").symlink_to("/etc/passwd")
        assert "a folder or a link" in refusal(tmp_path / "link.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
@pytest.mark.parametrize("name", ["pipe.xlsx", "pipe.csv"])
def test_a_pipe_is_refused_and_not_waited_for(tmp_path, name):
    os.mkfifo(tmp_path / name)
    assert "a folder or a link" in refusal(tmp_path / name)


def test_a_file_that_is_not_there_or_may_not_be_read_is_told(tmp_path):
    assert refusal(tmp_path / "no.xlsx") == "The file could not be read from the disk. Look whether it is there, and try again."
    path = write(CLEAN, tmp_path / "cohort.xlsx")
    path.chmod(0)
    if not os.access(path, os.R_OK):
        assert refusal(path).startswith("The file is open in another program or may not be read.")


def test_an_empty_folder_is_told(tmp_path):
    (tmp_path / "spring").mkdir()
    (tmp_path / "spring" / "~$cohort.xlsx").write_bytes(b"x")
    assert refusal(tmp_path / "spring").startswith("The folder spring holds no workbook.")


# -- packages that are meant to harm -----------------------------------------------------------------------------------


def test_a_password_on_a_part_is_told(tmp_path):
    path = lock(pack(tmp_path / "cohort.xlsx", parts({"Learners": sheet(LEARNERS_ROWS)})))
    assert refusal(path) == "The file is protected by a password. Remove the password and save it again."


@pytest.mark.parametrize(("encoding", "declared"), [("utf-8", ""), ("utf-16", ""), ("utf-16-le", ""), ("utf-8-sig", ""), ("utf-32", ""), ("latin-1", ' encoding="latin-1"')])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "_rels/.rels", "xl/media/image1.png", "customXml/item1.xml"])
def test_a_document_type_declaration_in_any_part_is_refused_and_the_part_named(tmp_path, part, encoding, declared):
    members = parts({"Learners": sheet(LEARNERS_ROWS)}, styles="<cellXfs/>")
    xml = f'<?xml version="1.0"{declared}?>\n<!-- {" " * 2_000} --><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    told = refusal(pack(tmp_path / "cohort.xlsx", {**members, part: xml.encode(encoding)}))
    if declared:
        assert told.startswith(f"Part {part} of the file ")
    else:
        assert told.startswith(f"Part {part} of the file holds a document type declaration, which no Office program writes.")


def test_a_declaration_that_lies_over_the_edge_of_what_is_read_at_a_time_is_found(tmp_path):
    xml = "<!--" + " " * ((1 << 20) - 8) + "--><!DOCTYPE x><x/>"
    assert "declaration" in refusal(pack(tmp_path / "cohort.xlsx", {**parts({"Learners": sheet("")}), "xl/workbook.xml": xml}))


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "cp500"])
def test_a_part_in_strange_letters_is_refused(tmp_path, encoding):
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    xml = declared.encode("cp037" if encoding == "cp500" else "ascii") + "<!DOCTYPE x><x/>".encode(encoding)
    told = refusal(pack(tmp_path / "cohort.xlsx", {**parts({"Learners": sheet("")}), "xl/workbook.xml": xml}))
    assert "is written in strange letters" in told or "declaration" in told


def test_a_doctype_that_is_only_a_text_is_no_declaration(tmp_path):
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>&lt;!DOCTYPE html&gt;</t></is></c></row>'
    with open_tables(book(tmp_path / "cohort.xlsx", row)) as [table]:
        assert list(table.rows()) == [(2, {0: "<!DOCTYPE html>"})]


def test_a_part_that_stands_twice_is_refused(tmp_path):
    members = [*parts({"Learners": sheet("")}).items(), ("XL/workbook.xml", "<x/>")]
    assert refusal(pack(tmp_path / "cohort.xlsx", members)).startswith("The file holds one part twice, which no Office program writes.")


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl\\..\\evil.xml", "xl/../../evil.xml"])
def test_a_part_whose_name_leads_out_of_the_file_is_refused(tmp_path, name):
    told = refusal(pack(tmp_path / "cohort.xlsx", {**parts({"Learners": sheet("")}), name: "<x/>"}))
    assert told.startswith("The file holds a part with a name that leads out of it")


def test_a_sheet_that_points_out_of_the_file_is_refused(tmp_path):
    members = parts({"Learners": sheet(LEARNERS_ROWS)})
    relations = str(members["xl/_rels/workbook.xml.rels"])
    for target in ("../../etc/passwd", "file:///etc/passwd", "/etc/passwd", "worksheets/no.xml", ""):
        changed = relations.replace('Target="worksheets/sheet1.xml"', f'Target="{target}"')
        told = refusal(pack(tmp_path / "cohort.xlsx", {**members, "xl/_rels/workbook.xml.rels": changed}))
        assert told.startswith(("A sheet is not in the file", "The workbook has no sheets.", "The workbook is damaged."))


def test_a_strict_workbook_is_told_how_to_save_it(tmp_path):
    members = parts({"Learners": sheet("")})
    strict = str(members["xl/workbook.xml"]).replace(packages.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    told = refusal(pack(tmp_path / "cohort.xlsx", {**members, "xl/workbook.xml": strict}))
    assert told == "The workbook is of the kind “Strict Open XML”. Open it and save it as ordinary “Excel workbook (.xlsx)”."


def test_a_workbook_without_sheets_or_with_too_many_is_refused(tmp_path):
    assert refusal(pack(tmp_path / "cohort.xlsx", parts({}))).startswith("The workbook has no sheets.")
    many = parts({f"S{number}": sheet("") for number in range(201)})
    assert refusal(pack(tmp_path / "cohort.xlsx", many)).startswith("The workbook has more than 200 sheets.")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/styles.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize("damage", [b"", b"<a>", b"<a><b></a>", b"\xff\xfe<", b"<a>" * 100_000])
def test_a_damaged_part_is_told_or_survived(tmp_path, part, damage):
    members = parts({"Learners": sheet(LEARNERS_ROWS)}, strings=["<si><t>a</t></si>"], styles="<cellXfs><xf/></cellXfs>")
    reading = read_cohort(pack(tmp_path / "cohort.xlsx", {**members, part: damage}))
    assert reading.problems


def test_a_part_whose_checksum_is_wrong_is_told(tmp_path):
    path = tmp_path / "cohort.xlsx"
    with zipfile.ZipFile(path, "w") as package:  # stored, so that a byte can be changed
        for name, data in parts({"Learners": sheet(LEARNERS_ROWS)}).items():
            package.writestr(name, data)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Family name", b"Famile name", 1))
    assert refusal(path).startswith("Part xl/worksheets/sheet1.xml of the file is damaged.")


# -- bombs: five seconds and 300 MB ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "pieces"), [(65, 1), (40, 3)], ids=["one part", "all together"])
def test_a_bomb_is_refused_by_its_declared_size_before_it_is_unpacked(tmp_path, size, pieces):
    bomb = deflated(size * 1_000_000)
    path = pack(tmp_path / "cohort.xlsx", {**parts({"Learners": sheet("")}), **{f"xl/bomb{at}.xml": bomb for at in range(pieces)}})
    assert path.stat().st_size < 200_000
    start = time.perf_counter()
    assert refusal(path).startswith("The file is too large when it is unpacked (")
    assert time.perf_counter() - start < 0.5


def test_a_package_with_too_many_parts_is_refused(tmp_path):
    members = {**parts({"Learners": sheet("")}), **{f"xl/{number}.xml": "" for number in range(2_000)}}
    assert "parts, which no Office program writes." in refusal(pack(tmp_path / "cohort.xlsx", members))


def test_a_list_of_parts_longer_than_anybody_can_look_through_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "cohort.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 3_000_000 + b"PK\x05\x06" + b"\0" * 8 + (3_000_000).to_bytes(4, "little") + b"\0" * 6)
    start = time.perf_counter()
    assert refusal(path).startswith("The file has more parts than anybody can look through")
    assert time.perf_counter() - start < 0.5


def test_a_part_that_is_packed_in_an_unusual_way_is_refused(tmp_path):
    path = tmp_path / "cohort.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as package:
        for name, data in parts({"Learners": sheet("")}).items():
            package.writestr(name, data)
    assert refusal(path).startswith("The file is packed in a way which no Office program writes.")


def test_a_file_larger_than_any_workbook_is_refused_without_being_read(tmp_path):
    path = tmp_path / "cohort.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(51_000_000)
    assert refusal(path).startswith("The file is too large (51 MB; 50 MB is the most).")


# The kernel's own peak of this program: what getrusage tells would count the memory of pytest before the fork too.
PROBE = """
import resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (900_000_000, 900_000_000))
from pipeline.workbook import read_cohort
start = time.perf_counter()
reading = read_cohort(Path(sys.argv[1]))
print(time.perf_counter() - start, int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]) // 1024, len(reading.problems))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_takes_less_than_five_seconds_and_300_mb(tmp_path, bomb):
    members = parts({"Learners": sheet(LEARNERS_ROWS)}, strings=["<si><t>a</t></si>"], styles="<cellXfs><xf/></cellXfs>")
    path = pack(tmp_path / "cohort.xlsx", {**members, **BOMBS[bomb]()})
    done = subprocess.run([sys.executable, "-c", PROBE, path], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    seconds, megabytes, problems = done.stdout.split()
    assert float(seconds) < 5, done.stdout
    assert int(megabytes) < 300, done.stdout
    assert int(problems) > 0


# -- forms pass the same door ------------------------------------------------------------------------------------------


def test_a_form_is_looked_at_in_the_same_way_with_its_own_limits_and_words(tmp_path):
    path = tmp_path / "form.docx"
    path.write_bytes(b"hello")
    assert refused(path, FORM_LIMITS, "form") == "The file is no Word file, whatever its name says. Open it in Word and save it as .docx."


def test_a_part_is_read_or_told(tmp_path):
    with open_package(pack(tmp_path / "a.xlsx", {"a.xml": "<a/>"}), WORKBOOK_LIMITS, kind="workbook") as package:
        assert read_part(package, "a.xml") == b"<a/>"
        with pytest.raises(Refused, match=r"Part b\.xml of the file is missing"):
            read_part(package, "b.xml")


def test_nothing_is_left_open_where_a_file_is_refused(tmp_path, recwarn):
    path = pack(tmp_path / "cohort.xlsx", {"a.xml": "<!DOCTYPE a><a/>"})
    refusal(path)
    path.unlink()
    assert not [warning for warning in recwarn if issubclass(warning.category, ResourceWarning)]


def test_the_marks_at_the_end_of_a_package_are_only_read_where_they_stand(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.txt", b"PK\x06\x06" + b"\xff" * 60 + b"PK\x05\x06" + b"\xff" * 30)
    (tmp_path / "cohort.xlsx").write_bytes(stream.getvalue())
    assert refusal(tmp_path / "cohort.xlsx").startswith("The file is no workbook.")
