"""A Word document of our own: its paragraphs, tables and parts (floor 7)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from pipeline.word import pack, packed

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}/relationships" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_GREY, _BLUE, _LIGHT = "595959", "1F4E79", "DCE6F1"

WIDTH = 15138
"""Twentieths of a point between the margins of an A4 page across, which are 15 mm wide."""


def text(what: str, style: str = "") -> str:
    """Write a run; `style` is that of its letters."""
    dressed = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{dressed}<w:t xml:space="preserve">{escape(what)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", bookmark: tuple[int, str] | None = None) -> str:
    """Write a paragraph of runs; a bookmark is where the list of contents leads."""
    dressed = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    inside = "".join(runs)
    if bookmark:
        number, name = bookmark
        inside = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'
    return f"<w:p>{dressed}{inside}</w:p>"


def link(what: str, bookmark: str) -> str:
    """Write a run that leads to a bookmark."""
    return f'<w:hyperlink w:anchor="{bookmark}">{text(what, "Link")}</w:hyperlink>'


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """Write a table: the heads stand on every page; a cell is its paragraphs as XML, and no row is torn apart."""
    first = "".join(_cell(paragraph(text(head), style="Head"), width, _BLUE)
                    for head, width in zip(heads, widths, strict=True))  # fmt: skip
    body = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{first}</w:tr>"] if any(heads) else []
    for row in rows:
        cells = "".join(_cell(inside, width) for inside, width in zip(row, widths, strict=True))
        body.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
                    for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(body)}</w:tbl>"
    )


def _cell(inside: str, width: int, fill: str = "") -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{inside}</w:tc>'


def document(title: str, body: str) -> bytes:
    """Bind a document, A4 across, with the number of the page below; the same bytes every time."""
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="footer"/>'
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="425" w:footer="425" w:gutter="0"/>'
        "</w:sectPr>"
    )
    number = "".join((
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:instrText> PAGE </w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', text("1"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ))  # fmt: skip
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("document", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"), (
            "core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(title)}</dc:title><dc:creator>ecvet-pipeline</dc:creator></cp:coreProperties>"
        ),
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{_OFFICE}/relationships/styles", "styles.xml"),
            ("footer", f"{_OFFICE}/relationships/footer", "footer1.xml"),
        ),
        "word/styles.xml": _styles(),
        "word/footer1.xml": f"<w:ftr {_SPACES}>{paragraph(text(f'{title} · '), number, style='Foot')}</w:ftr>",
    }  # fmt: skip
    return packed([pack(name, (_DECLARATION + content).encode()) for name, content in parts.items()])


def _content_types() -> str:
    kinds = {
        "word/document.xml": f"{_WORDS}.document.main+xml", "word/styles.xml": f"{_WORDS}.styles+xml",
        "word/footer1.xml": f"{_WORDS}.footer+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }  # fmt: skip
    own = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    links = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    plain = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{links}{plain}{own}</Types>'


def _relations(*targets: tuple[str, str, str]) -> str:
    lines = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{to}"/>' for name, kind, to in targets)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _style(kind: str, name: str, shown: str, *, of: str = "", paragraph: str = "", letters: str = "") -> str:
    default = ' w:default="1"' if name == "Normal" else ""
    based = f'<w:basedOn w:val="{of}"/>' if of else ""
    lines = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    dressed = f"<w:rPr>{letters}</w:rPr>" if letters else ""
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{name}"><w:name w:val={quoteattr(shown)}/>{based}<w:qFormat/>'
        f"{lines}{dressed}</w:style>"
    )


def _styles() -> str:
    arial = '<w:rFonts w:ascii="Arial" w:eastAsia="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
    courier = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Courier New"/>'
    bare = '<w:spacing w:before="20" w:after="20"/>'
    styles = (
        _style("paragraph", "Normal", "Normal", paragraph='<w:spacing w:after="80"/>'),
        _style("paragraph", "Title", "Title", of="Normal", paragraph='<w:spacing w:after="160"/>',
               letters=f'<w:b/><w:color w:val="{_BLUE}"/><w:sz w:val="40"/>'),
        _style("paragraph", "Heading1", "heading 1", of="Normal",
               letters=f'<w:b/><w:color w:val="{_BLUE}"/><w:sz w:val="28"/>',
               paragraph='<w:keepNext/><w:spacing w:before="320" w:after="100"/><w:outlineLvl w:val="0"/>'),
        _style("paragraph", "Cell", "Cell", of="Normal", paragraph=bare, letters='<w:sz w:val="17"/>'),
        _style("paragraph", "Head", "Head of a table", of="Cell", letters='<w:b/><w:color w:val="FFFFFF"/>',
               paragraph="<w:keepNext/>"),
        _style("paragraph", "Foot", "footer", of="Normal", paragraph='<w:jc w:val="right"/>',
               letters=f'<w:color w:val="{_GREY}"/><w:sz w:val="16"/>'),
        _style("character", "Strong", "Strong", letters="<w:b/>"),
        _style("character", "Small", "Small", letters=f'<w:color w:val="{_GREY}"/><w:sz w:val="15"/>'),
        _style("character", "Tag", "Tag", letters=f'{courier}<w:sz w:val="16"/>'),
        _style("character", "Link", "Hyperlink", letters=f'<w:color w:val="{_BLUE}"/><w:u w:val="single"/>'),
        _style("character", "PlaceholderText", "Placeholder Text", letters=f'<w:color w:val="{_GREY}"/>'),
    )  # fmt: skip
    letters = f'{arial}<w:sz w:val="20"/><w:lang w:val="en-GB"/>'
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{letters}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    return f"<w:styles {_SPACES}>{defaults}{''.join(styles)}</w:styles>"
