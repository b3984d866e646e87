"""Values that stand in cells and must come out in papers as they are, or be refused with their cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.trust.cases import LEARNERS_PART, Case, changed, one_learner, saved

AREA = "values put into documents"

AS_TYPED: dict[str, str] = {
    "an ampersand": "AT&T", "an ampersand between spaces": "Smith & Sons", "less than": "1 < 2", "greater than": "2 > 1",
    "a tag that is none": "IBAN-free <GB29> ok", "an entity": "&amp; &lt; &#38; &nbsp;", "quotation marks": "\"Sons\" and 'more' „so“ “that”",
    "XML that would end the paragraph": "</w:t></w:r></w:p><w:p><w:r><w:t>more", "the end of a data section": "a ]]> b <![CDATA[ c", "a remark": "<!-- x -->",
    "a field that fetches from the web": '<w:fldSimple w:instr="INCLUDEPICTURE http://example.invalid/x.png"/>', "a field as text": "{ INCLUDETEXT secret.docx }",
    "a tag of templates": "{{ 7*7 }}", "a block of templates": "{% for x in y %}{% endif %}", "a remark of templates": "{# x #}", "half a tag": "{{", "a broken tag": "{_{learner.name}_}",
    "curly brackets": "{learner.name}", "a backslash": "C:\\temp\\1 \\g<0> \\1", "a per cent sign": "%s %d 100 %", "dollars": "${learner} $1",
    "right to left": "مريم العلي שלום", "letters with marks": "e\u0301a\u0308 Nguyễn", "emoji": "👩🏽\u200d🍳 ☒ 𝔘", "a soft hyphen": "Donau\u00addampf", "a byte order mark inside": "a\ufeffb",
    "a formula": "=1+1", "a link as a formula": '=HYPERLINK("http://example.invalid","click")', "a command": "=cmd|' /C calc'!A0", "plus, minus, at": "+1-1@x",
    "the word None": "None", "nan": "nan", "an underline escape that is none": "a_x00_b _xZZZZ_", "ten thousand letters": "ab cd efg " * 999 + "end",
}  # fmt: skip
"""What must stand in the paper as it was typed: in its body, header and footnote."""

REFUSED: dict[str, str] = {
    "a character of nothing": "a_x0000_b", "a bell": "a_x0007_b", "a page break": "a_x000C_b", "a separator": "a_x001F_b", "an escape": "a_x001B_b", "U+FFFE": "a_xFFFE_b", "U+FFFF": "a\uffffb",
    "half of a pair": "a_xD800_b", "the other half": "a_xDC00_b", "a control of the second kind": "a\x80b", "an override of direction": "a\u202eb", "an embedding": "a\u202ab", "an isolate": "a\u2066b",
    "ten thousand and one letters": "x" * 10_001, "forty thousand letters": "x" * 40_000, "eleven million letters": "x" * 11_000_000,
}  # fmt: skip
"""What must be refused with its cell: no paper can show it, or nobody would want it."""

_INFO = "G2"
"""The cell of the value on sheet Learners."""


def cases() -> Iterator[Case]:
    """Give every case."""
    for name, value in AS_TYPED.items():
        wanted = re.escape(value)
        yield _case(name, value, holding=[f"Info: {wanted}\\.", f"Top: {wanted}\\.", f"Note: {wanted}\\.", f"Title: Paper of {wanted}", "Signed: here"])
    for name, value in REFUSED.items():
        yield _case(name, value, papers=0, told=[rf"S(204|102|101) (Learners(!{_INFO})?|cohort\.xlsx) .*"])
    lines = "one\ntwo"
    for name, typed in {"a line break": lines, "a Windows line break": "one\r\ntwo", "a vertical tab": "one_x000B_two", "U+2028": "one\u2028two", "U+0085": "one\u0085two", "an escaped return": "one_x000D_two"}.items():
        yield _case(name, typed, holding=["Info: one⏎two\\.", "Note: one⏎two\\.", "Signed: here"])
    yield _case("a tab", "one\ttwo", holding=["Info: one→two\\."])
    yield _case("an underline that Excel escaped", "a_x005F_x000B_b", holding=["Info: a_x000B_b\\."])
    yield _case("spaces of all widths at both ends", "\u00a0\u200b ab \u3000\ufeff", holding=["Info: ab\\."])
    yield _case("nothing", "", holding=["Info: \\.", "Top: \\."], never=["None"])
    yield _case("a number that is whole", 3.0, holding=["Info: 3\\."])
    yield _case("0.1 + 0.2", 0.1 + 0.2, holding=["Info: 0\\.3\\."])
    yield _case("a telephone as a number with a point", 447700900123.0, holding=["Info: 447700900123\\."])
    yield _case("a telephone as a number", None, holding=["Phone: 447700900123\\."], Telephone=447700900123.0)
    yield _case("yes", True, holding=["Info: (TRUE|yes)\\."])
    yield _case("a date where a text belongs", dt.datetime(2025, 4, 3), papers=0, told=[rf"S204 Learners!{_INFO} .*“03.04.2025”|S204 Learners!{_INFO} .*2025"])
    yield _case("a date", None, holding=["Born: 2005-04-03\n"], Date_of_birth=dt.datetime(2005, 4, 3))
    yield _case("a time where a text belongs", dt.time(8, 30), papers=0, told=[rf"S204 Learners!{_INFO}"])
    for name, value in {"a way out of the folder": "../../x", "a path from the root": "/etc/x", "a folder in a name": "a/b", "a device of Windows": "CON", "what Windows refuses": 'a<b>:"|?*c', "a point and a space at the end": "abc. ", "three hundred letters": "x" * 300}.items():  # fmt: skip
        yield _case(f"a family name with {name}", "", holding=[f"Name: {re.escape(value.strip())} Tereza"], Family_name=value)
    yield _case("a family name with an override of direction", "", papers=0, told=["S204 Learners!B2"], Family_name="Nov\u202eak")
    yield _case("a paper that is put among the forms", "{{ 7*7 }}", holding=["Info: {{ 7\\*7 }}\\."], make=_paper_as_form, never=["49"])
    raw = {"a real control character": "\x0c", "a character of nothing as an entity": "&#0;", "half of a pair as an entity": "&#xD800;", "U+FFFE as it is": "\ufffe"}
    for name, text in raw.items():
        yield Case(name=name, area=AREA, make=partial(_raw, text), told=[r"S(101|102|204) "])


def _case(name: str, value: Any, *, papers: int = 1, make: Any = None, holding: Any = (), told: Any = (), never: Any = (), **others: Any) -> Case:
    def lay(folder: Path) -> None:
        rows = one_learner(Additional_information=value, **others)
        path = saved(folder / "cohort.xlsx", learners=rows) if "\uffff" not in str(value) else _raw(str(value), folder)
        if make:
            make(path)

    return Case(name=name, area=AREA, make=lay, papers=papers, holding=holding, told=told, never=never)


def _raw(text: str, folder: Path) -> Path:
    path = saved(folder / "cohort.xlsx", learners=one_learner(Additional_information="PLACEHOLDER"))
    try:
        return changed(path, "xl/sharedStrings.xml", ("PLACEHOLDER", text))
    except (ValueError, KeyError):
        return changed(path, LEARNERS_PART, ("PLACEHOLDER", text))


def _paper_as_form(workbook: Path) -> None:
    """Make the paper, and put it into the folder of forms in place of the form: what stands in it is no tag."""
    from pipeline.room import Room
    from tests.trust.cases import made_in

    room = Room(workbook.parent.parent)
    made_in(room)
    [paper] = room.output.rglob("*.docx")
    (room.templates / "mine" / "Second.docx").write_bytes(paper.read_bytes())
    for path in sorted(room.output.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
