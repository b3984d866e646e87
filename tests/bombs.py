"""Workbooks that weigh little and unpack to far more than anybody reads: the parts that each bomb changes."""

from __future__ import annotations

from collections.abc import Callable

from tests.packages import LEARNERS_ROWS, MAIN, OFFICE, parts, sheet


def deflated(size: int, pattern: bytes = b" ") -> bytes:
    """So many bytes of XML, without making them: a part that unpacks to far more than it weighs."""
    return b"<x>" + pattern * (size // len(pattern)) + b"</x>"


BOMBS: dict[str, Callable[[], dict[str, str | bytes]]] = {
    "a row of cells": lambda: {"xl/worksheets/sheet1.xml": sheet("<row>" + "<c/>" * 15_000_000 + "</row>")},
    "rows of cells": lambda: {"xl/worksheets/sheet1.xml": sheet(("<row>" + "<c/>" * 10_000 + "</row>") * 1_500)},
    "empty rows": lambda: {"xl/worksheets/sheet1.xml": sheet("<row/>" * 10_000_000)},
    "columns": lambda: {"xl/worksheets/sheet1.xml": sheet("", before="<cols>" + "<col/>" * 9_000_000 + "</cols>")},
    "nested": lambda: {"xl/worksheets/sheet1.xml": sheet("<a>" * 20_000_000)},
    "nested workbook": lambda: {"xl/workbook.xml": "<a>" * 5_000_000},
    "one tag": lambda: {"xl/worksheets/sheet1.xml": sheet("<row " + " " * 60_000_000)},
    "one text": lambda: {"xl/worksheets/sheet1.xml": sheet('<row><c t="inlineStr"><is><t>' + "x" * 60_000_000 + "</t></is></c></row>")},
    "attributes": lambda: {"xl/worksheets/sheet1.xml": sheet("<row " + " ".join(f'a{at}="1"' for at in range(1_000_000)) + "/>")},
    "merged cells": lambda: {"xl/worksheets/sheet1.xml": sheet("", after="<mergeCells>" + '<mergeCell ref="A1:A2"/>' * 2_500_000)},
    "one merged range": lambda: {"xl/worksheets/sheet1.xml": sheet(LEARNERS_ROWS, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')},
    "shared texts": lambda: {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">' + "<si/>" * 3_000_000 + "</sst>"},
    "styles": lambda: {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>' + "<xf/>" * 3_000_000 + "</cellXfs></styleSheet>"},
    "sheets": lambda: {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets>' + '<sheet name="a"/>' * 900_000 + "</sheets></workbook>"},
    "a remark": lambda: {"xl/worksheets/sheet1.xml": sheet("<!--" + "< " * 30_000_000 + "-->")},
    "remarks": lambda: {"xl/worksheets/sheet1.xml": sheet(("<!--" + "<> " * 130_000 + "-->") * 150)},
    "an instruction": lambda: {"xl/workbook.xml": "<?a " + "< " * 30_000_000 + "?><x/>"},
    "one text of many runs": lambda: {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si>' + "<r><t>a</t></r>" * 900_000 + "</si></sst>"},
    "names of ranges": lambda: {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><definedNames>' + '<definedName name="a">A</definedName>' * 200_000 + "</definedNames></workbook>"},
    "one sheet two hundred times": lambda: {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>' + '<sheet name="a" sheetId="1" r:id="rId1"/>' * 200 + "</sheets></workbook>",
        "xl/worksheets/sheet1.xml": sheet("", before="<cols>" + "<col/>" * 190_000 + "</cols>"),
    },
    "a chart that is no chart": lambda: {
        "xl/_rels/workbook.xml.rels": str(parts({"Learners": ""})["xl/_rels/workbook.xml.rels"]).replace("/worksheet", "/chartsheet"),
        "xl/worksheets/sheet1.xml": sheet("<row>" + "<c/>" * 300_000 + "</row>"),
    },
    "brackets": lambda: {"xl/worksheets/sheet1.xml": sheet('<row r="1"><c t="inlineStr"><is><t>' + "Name (" * 9_000_000 + "</t></is></c></row>")},
}  # fmt: skip
