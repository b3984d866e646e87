"""The words in which the official pack is drawn: paragraphs, tables, conditions and loops of a Word form.

Every function returns WordprocessingML as lxml elements; styles are called by their names in
`paper_styles`, so that nothing here knows a colour or a size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from lxml import etree

Node: TypeAlias = etree._Element
Pieces: TypeAlias = "Node | Sequence[Pieces]"
Cell: TypeAlias = "str | Pieces"

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PAGE_WIDTH, PAGE_HEIGHT, SIDE, TOP, BOTTOM = 11906, 16838, 1247, 1361, 1191
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
LABEL_WIDTH = 3000
DAY = 'date("dd/MM/yyyy")'
BOX_FONT = "Segoe UI Symbol"
KEPT = {"Field Label": "Field Label Kept", "Field Sublabel": "Field Sublabel Kept"}


def w(tag: str, *children: Node, **attributes: str | int) -> Node:
    """An element of WordprocessingML; its attributes are in the same namespace."""
    element = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap={"w": NAMESPACE})
    for name, value in attributes.items():
        element.set(f"{{{NAMESPACE}}}{name}", str(value))
    element.extend(children)
    return element


def flat(pieces: Pieces | Iterable[Pieces]) -> list[Node]:
    """Pieces in pieces, as one list in reading order."""
    if isinstance(pieces, etree._Element):
        return [pieces]
    return [node for piece in pieces for node in flat(piece)]


def style_id(name: str) -> str:
    """Word's identifier of a style: its name without the spaces."""
    return name.replace(" ", "")


# ---------------------------------------------------------------- text


def text(content: str, style: str | None = None) -> Node:
    """One run; a tabulator in the text becomes Word's own."""
    run = w("r")
    if style:
        run.append(w("rPr", w("rStyle", val=style_id(style))))
    for number, part in enumerate(content.split("\t")):
        if number:
            run.append(w("tab"))
        if part:
            run.append(w("t"))
            run[-1].text = part
            run[-1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def strong(content: str) -> Node:
    """Words that carry weight in their sentence."""
    return text(content, "Strong")


def page_number(instruction: str) -> Node:
    """A field that Word keeps up to date: PAGE or NUMPAGES."""
    return w("fldSimple", text("1"), instr=f" {instruction} ")


def paragraph(style: str, *parts: str | Node) -> Node:
    """A paragraph in a style of the document; a string is a run of its own."""
    runs = [text(part) if isinstance(part, str) else part for part in parts]
    return w("p", w("pPr", w("pStyle", val=style_id(style))), *runs)


def title(content: str, subtitle: str) -> Pieces:
    """What stands on top of the first page."""
    return [paragraph("Title", content), paragraph("Subtitle", subtitle)]


def section(content: str) -> Node:
    """The title of a numbered section."""
    return paragraph("Heading 1", content)


def block(content: str) -> Node:
    """The title of a block inside a section; it also keeps two tables apart."""
    return paragraph("Heading 2", content)


def subblock(content: str) -> Node:
    """The title of a unit inside a block."""
    return paragraph("Heading 3", content)


def prose(*parts: str | Node) -> Node:
    """A sentence or two of our own between the fields."""
    return paragraph("Body Text", *parts)


def lead_in(*parts: str | Node) -> Node:
    """A sentence that stays on the page of what follows it."""
    return paragraph("Lead In", *parts)


def bullet(*parts: str | Node) -> Node:
    """One item of a list."""
    return paragraph("List Bullet", *parts)


def after_table(*parts: str | Node) -> Node:
    """A sentence that stands under a table."""
    return paragraph("After Table", *parts)


def to_fill_in(word: str) -> str:
    """A word, or a dotted line to write on; only in a style that has such a line."""
    return f"{{{{ {word} }}}}{{% if not {word} %}}\t{{% endif %}}"


def country(word: str) -> str:
    """A comma and the country of an organisation, where it has one."""
    return f"{{% if {word}.country_name %}}, {{{{ {word}.country_name }}}}{{% endif %}}"


def organisation(word: str) -> str:
    """An organisation and its country."""
    return f"{{{{ {word}.name }}}}{country(word)}"


def ticked(box: str, *label: str | Node) -> Node:
    """A box, ☒ or ☐, and what it stands for."""
    return paragraph("Tick Box", text(box, "Tick Mark"), text("\t"), *label)


# ---------------------------------------------------------------- blanks for whoever gets the paper

BLANK = "\u00a0" * 8
"""What an empty control shows: room to click into, and nothing on the printed page."""


def _w14(tag: str, *children: Node, **attributes: str | int) -> Node:
    element = etree.Element(f"{{{W14}}}{tag}", nsmap={"w14": W14})
    for name, value in attributes.items():
        element.set(f"{{{W14}}}{name}", str(value))
    element.extend(children)
    return element


def _control(name: str, title: str, kind: Sequence[Node], *runs: Node, empty: bool = False) -> Node:
    """A content control in a line. It is named after nothing of the cohort's: the program leaves it as it is."""
    prompt = [w("showingPlcHdr")] if empty else []
    properties = w("sdtPr", w("alias", val=title), w("tag", val=f"ecvet.{name}"), *prompt, *kind)
    return w("sdt", properties, w("sdtContent", *runs))


def kept(name: str, title: str, content: str) -> Node:
    """A text that is printed and stays known by its name when the paper comes back."""
    return _control(name, title, [w("text")], text(content))


def to_complete(name: str, title: str, content: str = "") -> Node:
    """A blank that whoever gets the paper completes, in Word or by pen; several lines may stand in it."""
    return _control(name, title, [w("text", multiLine=1)], text(content or BLANK), empty=not content)


def day_to_complete(name: str, title: str, language: str) -> Node:
    """A blank for a day: Word shows a calendar and writes the day so that it has one reading."""
    date = w(
        "date", w("dateFormat", val="yyyy-MM-dd"), w("lid", val=language), w("storeMappedDataAs", val="dateTime"),
        w("calendar", val="gregorian"),
    )  # fmt: skip
    return _control(name, title, [date], text(BLANK), empty=True)


def box_to_tick(name: str, title: str) -> Node:
    """A box to tick, in Word with a click, on paper by pen."""
    states = [_w14("checkedState", val="2612", font=BOX_FONT), _w14("uncheckedState", val="2610", font=BOX_FONT)]
    box = _w14("checkbox", _w14("checked", val=0), *states)
    return _control(name, title, [box], text("☐", "Tick Mark"))


# ---------------------------------------------------------------- conditions and loops


def tag(content: str) -> Node:
    """A paragraph that holds a tag and goes when the paper is made."""
    return paragraph("Template Tag", content)


def when(condition: str, *pieces: Pieces, otherwise: Pieces = ()) -> Pieces:
    """Paragraphs and tables that stand only where the condition holds."""
    middle = [tag("{%p else %}"), otherwise] if flat(otherwise) else []
    return [tag(f"{{%p if {condition} %}}"), pieces, middle, tag("{%p endif %}")]


def small(condition: str, content: str) -> Pieces:
    """A line in small type, where there is something to say."""
    return when(condition, paragraph("Note", content))


def each(loop: str, *pieces: Pieces, otherwise: Pieces = ()) -> Pieces:
    """Paragraphs and tables for each item of a list, and what stands where the list is empty."""
    middle = [tag("{%p else %}"), otherwise] if flat(otherwise) else []
    return [tag(f"{{%p for {loop} %}}"), pieces, middle, tag("{%p endfor %}")]


def rows_when(condition: str, *rows: Pieces) -> Pieces:
    """Rows that stand only where the condition holds."""
    return [_tag_row(f"{{%tr if {condition} %}}"), rows, _tag_row("{%tr endif %}")]


def rows_each(loop: str, *rows: Pieces) -> Pieces:
    """Rows for each item of a list."""
    return [_tag_row(f"{{%tr for {loop} %}}"), rows, _tag_row("{%tr endfor %}")]


def outcomes(words: str) -> Pieces:
    """The items of a list of learning outcomes."""
    return each(f"outcome in {words}", paragraph("Cell Bullet", "{{ outcome }}"))


def enclosures(words: str, boxes: Sequence[str]) -> Pieces:
    """The boxes of the form, then every entry that ticks none of them as its Other."""
    ticks = " ~ ".join(f'entry | tick("{box}")' for box in boxes)
    return [
        [ticked(f'{{{{ {words} | tick("{box}") }}}}', box) for box in boxes],
        each(
            f'entry in {words} if "☒" not in {ticks}',
            ticked("☒", "Other: {{ entry }}"),
            otherwise=ticked("☐", "Other: please specify"),
        ),
    ]


# ---------------------------------------------------------------- tables


def _cell(content: Cell, style: str) -> list[Node]:
    return [paragraph(style, content)] if isinstance(content, str) else flat(content)


def _row(*cells: list[Node], header: bool = False, height: int = 0) -> Node:
    properties = w("trPr", w("cantSplit"))
    if height:
        properties.append(w("trHeight", val=height, hRule="atLeast"))
    if header:
        properties.append(w("tblHeader"))
    return w("tr", properties, *[w("tc", w("tcPr"), *cell) for cell in cells])


def _tag_row(content: str) -> Node:
    """A row that holds a tag and goes when the paper is made; it spans its table."""
    row = w("tr", w("tc", w("tcPr"), tag(content)))
    row.set("spans", "all")
    return row


def field(label: str, *value: Cell, height: int = 0) -> Node:
    """A label of the form and the blank that belongs to it; a height gives room to write by hand."""
    return _row([paragraph("Field Label", label)], _values(value), height=height)


def subfield(label: str, *value: Cell) -> Node:
    """A field that belongs to the person named in the row above."""
    return _row([paragraph("Field Sublabel", label)], _values(value))


def _values(value: tuple[Cell, ...]) -> list[Node]:
    return [node for cell in value for node in _cell(cell, "Field Value")]


def entry(*cells: Cell, style: str = "Field Value", height: int = 0) -> Node:
    """A row of a list."""
    return _row(*[_cell(cell, style) for cell in cells], height=height)


def form_table(caption: str, *rows: Pieces, together: int | None = None) -> Node:
    """Labels on the left, blanks on the right.

    It stays on one page as a whole, or, where it may grow longer than a page, with its first `together` rows.
    """
    body = flat(rows)
    keep_together(body, together)
    return _table("Form Table", caption, [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH], body, columns=True)


def list_table(caption: str, columns: dict[str, int], *rows: Pieces) -> Node:
    """A list with a header row that repeats on every page; widths are shares of the text width."""
    unit = TEXT_WIDTH / sum(columns.values())
    header = _row(*[[paragraph("Column Head", head)] for head in columns], header=True)
    widths = [round(share * unit) for share in columns.values()]
    return _table("List Table", caption, widths, [header, *flat(rows)], rows=True)


def list_to_sign(caption: str, columns: dict[str, int], *rows: Pieces) -> Node:
    """A list with a column to sign in: its text stands in the middle of high rows."""
    table = list_table(caption, columns, *rows)
    table[0][0].set(_val(), style_id("List To Sign"))
    return table


def card_table(caption: str, left: Pieces, right: Pieces) -> Node:
    """Two panels side by side: a card to cut out and fold."""
    half = TEXT_WIDTH // 2
    return _table("Card Table", caption, [half, half], [_row(flat(left), flat(right), height=5200)])


def keep_together(rows: list[Node], first: int | None = None) -> list[Node]:
    """Let the first rows, or else all but the last, stay with the next: the style of the label says so."""
    filled = [row for row in rows if row.get("spans") is None]
    for row in filled[: -1 if first is None else first]:
        for style in row.iter(f"{{{NAMESPACE}}}pStyle"):
            name = next((kept for plain, kept in KEPT.items() if style_id(plain) == style.get(_val())), None)
            if name:
                style.set(_val(), style_id(name))
    return rows


def _val() -> str:
    return f"{{{NAMESPACE}}}val"


def _table(
    style: str, caption: str, widths: list[int], body: list[Node], *, rows: bool = False, columns: bool = False
) -> Node:
    look = {"firstRow": int(rows), "lastRow": 0, "firstColumn": int(columns), "lastColumn": 0}
    properties = w(
        "tblPr",
        w("tblStyle", val=style_id(style)),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val=f"{32 * rows + 128 * columns + 1536:04X}", **look, noHBand=1, noVBand=1),
        w("tblCaption", val=caption),
    )
    for row in body:
        _measure(row, widths)
    return w("tbl", properties, w("tblGrid", *[w("gridCol", w=width) for width in widths]), *body)


def _measure(row: Node, widths: list[int]) -> None:
    """Give the cells of a row their widths; a row of tags spans them all."""
    cells = row.findall(f"{{{NAMESPACE}}}tc")
    if row.get("spans") is not None:
        del row.attrib["spans"]
        cells[0][0].extend([w("tcW", w=sum(widths), type="dxa"), w("gridSpan", val=len(widths))])
        return
    for cell, width in zip(cells, widths, strict=True):
        cell[0].append(w("tcW", w=width, type="dxa"))


# ---------------------------------------------------------------- the whole paper


def page_header(*subject: str | Node) -> Node:
    """What stands on top of every page: the cohort, DRAFT while it is one, and whom the paper is about."""
    draft = text("{% if cohort.draft %}\tDRAFT{% endif %}", "Draft Mark")
    code = "{% if cohort.project_code %} · {{ cohort.project_code }}{% endif %}"
    cohort = "{% if cohort.title %}{{ cohort.title }} · {% endif %}{{ cohort.id }}"
    return w("hdr", paragraph("Header", cohort + code, draft), paragraph("Header Rule", *subject))


def page_footer(name: str, page: str = "Page", of: str = "of") -> Node:
    """The paper's name on the left, page x of y on the right."""
    parts = [text(f"{name}\t{page} "), page_number("PAGE"), text(f" {of} "), page_number("NUMPAGES")]
    return w("ftr", paragraph("Footer", *parts))


def document(body: Pieces, *, boxes: bool = False) -> Node:
    """A4, with the header and footer of the paper; `boxes` says that there are boxes to tick in Word."""
    reference = f"{{{RELATIONS}}}id"  # rId3 and rId4: the places of header and footer in paper_package.PARTS
    header, footer = w("headerReference", type="default"), w("footerReference", type="default")
    header.set(reference, "rId3")
    footer.set(reference, "rId4")
    sheet = w(
        "sectPr",
        header,
        footer,
        w("pgSz", w=PAGE_WIDTH, h=PAGE_HEIGHT),
        w("pgMar", top=TOP, right=SIDE, bottom=BOTTOM, left=SIDE, header=567, footer=510, gutter=0),
    )
    if not boxes:
        return w("document", w("body", *flat(body), sheet))
    root = etree.Element(f"{{{NAMESPACE}}}document", nsmap={"w": NAMESPACE, "w14": W14, "mc": COMPATIBILITY})
    root.set(f"{{{COMPATIBILITY}}}Ignorable", "w14")  # programs older than these boxes pass them over
    root.append(w("body", *flat(body), sheet))
    return root
