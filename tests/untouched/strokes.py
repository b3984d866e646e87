"""What a form is drawn with: paragraphs, cells, and Word's own controls, fields and boxes, as Word writes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
XML = "http://www.w3.org/XML/1998/namespace"
WIDTH = 9600
"""The width of a table, in twentieths of a point."""


def w(tag: str, *children: Element, **values: str | int) -> Element:
    """An element of Word's with attributes of Word's."""
    element = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W})
    for name, value in values.items():
        element.set(f"{{{W}}}{name}", str(value))
    element.extend(children)
    return element


def run(text: str, *, bold: bool = False, style: str = "", font: str = "", size: int = 0) -> Element:
    """A run of text; a tab and a line break in it are Word's own."""
    look = [w("rStyle", val=style)] if style else []
    look += [w("rFonts", ascii=font, hAnsi=font, eastAsia=font, hint="eastAsia")] if font else []
    look += [w("b")] if bold else []
    look += [w("sz", val=size)] if size else []
    made = w("r", *([w("rPr", *look)] if look else []))
    piece = ""
    for letter in [*text, ""]:
        if letter not in ("\t", "\n", ""):
            piece += letter
            continue
        if piece:
            written = w("t")
            written.text = piece
            written.set(f"{{{XML}}}space", "preserve")
            made.append(written)
        if letter:
            made.append(w("tab" if letter == "\t" else "br"))
        piece = ""
    return made


def paragraph(*inside: Element, style: str = "", leader: str = "", centred: bool = False) -> Element:
    """A paragraph; `leader` is what its one tab stop, at the right margin, leads to."""
    look = [w("pStyle", val=style)] if style else []
    look += [w("tabs", w("tab", val="right", leader=leader, pos=WIDTH - 200))] if leader else []
    look += [w("jc", val="center")] if centred else []
    return w("p", *([w("pPr", *look)] if look else []), *inside)


def cell(*inside: Element, width: int, span: int = 1, shaded: bool = False) -> Element:
    """A cell of a table."""
    look = [w("tcW", w=width, type="dxa")]
    look += [w("gridSpan", val=span)] if span > 1 else []
    look += [w("shd", val="clear", color="auto", fill="E7EDF5")] if shaded else []
    return w("tc", w("tcPr", *look), *inside)


def table(widths: tuple[int, ...], rows: Iterable[Iterable[Element]]) -> Element:
    """A table with lines around its cells."""
    return w(
        "tbl",
        w("tblPr", w("tblStyle", val="TableGrid"), w("tblW", w=sum(widths), type="dxa"), w("tblLayout", type="fixed")),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        *(w("tr", *row) for row in rows),
    )


def control(number: int, content: Iterable[Element], kind: Element | None, *, showing: bool = True) -> Element:
    """A content control without a title and without a tag; of rich text where its kind is None."""
    properties = [w("id", val=number)] + ([w("showingPlcHdr")] if showing else []) + ([] if kind is None else [kind])
    return w("sdt", w("sdtPr", *properties), w("sdtContent", *content))


def date_kind(locale: str) -> Element:
    """What makes a content control a date."""
    return w(
        "date", w("dateFormat", val="dd/MM/yyyy"), w("lid", val=locale), w("storeMappedDataAs", val="dateTime"),
        w("calendar", val="gregorian"),
    )  # fmt: skip


def checkbox(number: int) -> Element:
    """A box to tick as a content control without a name."""
    kind = etree.Element(f"{{{W14}}}checkbox", nsmap={"w14": W14})
    for name, value in (("checked", "0"), ("checkedState", "2612"), ("uncheckedState", "2610")):
        part = etree.SubElement(kind, f"{{{W14}}}{name}")
        part.set(f"{{{W14}}}val", value)
        if name != "checked":
            part.set(f"{{{W14}}}font", "MS Gothic")
    return control(number, [run("☐", font="MS Gothic")], kind, showing=False)


def wingdings() -> Element:
    """A box as a symbol of a font."""
    return w("r", w("sym", font="Wingdings", char="F0A8"))


def field(number: int, name: str, kind: str, shown: str, *settings: Element) -> list[Element]:
    """A form field with its bookmark, as Word writes both; without a name, as after copying, there is no bookmark."""
    data = w("ffData", w("name", val=name), w("enabled"), w("calcOnExit", val=0), *settings)
    instruction = w("instrText")
    instruction.text = f" FORM{kind} "
    instruction.set(f"{{{XML}}}space", "preserve")
    made = [
        w("r", w("fldChar", data, fldCharType="begin")),
        w("r", instruction),
        w("r", w("fldChar", fldCharType="separate")),
        *([run(shown)] if shown else []),
        w("r", w("fldChar", fldCharType="end")),
    ]
    return [w("bookmarkStart", id=number, name=name), *made, w("bookmarkEnd", id=number)] if name else made
