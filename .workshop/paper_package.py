"""The package around a drawn paper: every part a Word document needs, zipped the same way every time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from paper import RELATIONS, Node, w
from paper_styles import BLUE, FONT, LANGUAGE, TICK_FONT, Look, styles


def numbering() -> Node:
    """One kind of list: a small dot."""
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="bullet"),
        w("pStyle", val="ListBullet"),
        w("lvlText", val="•"),
        w("lvlJc", val="left"),
        w("rPr", w("color", val=BLUE)),
        ilvl=0,
    )
    return w(
        "numbering",
        w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=0),
        w("num", w("abstractNumId", val=0), numId=1),
    )


def settings() -> Node:
    """A document of today's Word, in one language."""
    mode = w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=709),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", mode),
        w("themeFontLang", val=LANGUAGE),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def font_table() -> Node:
    """What stands in where a font is missing."""
    return w(
        "fonts",
        w("font", w("altName", val="Carlito"), w("family", val="swiss"), w("pitch", val="variable"), name=FONT),
        w(
            "font",
            w("altName", val="DejaVu Sans"),
            w("family", val="swiss"),
            w("pitch", val="variable"),
            name=TICK_FONT,
        ),
    )


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "header1": "header",
    "footer1": "footer",
    "settings": "settings",
    "fontTable": "fontTable",
}


def _content_types() -> str:
    kinds = {"document": "document.main"} | PARTS
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{WORD}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    properties = (
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}{properties}</Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def _core_properties(name: str, subject: str, language: str) -> str:
    about = f"<dc:subject>{subject}</dc:subject>" if subject else ""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{name}</dc:title>{about}<dc:creator>ecvet-pipeline</dc:creator><dc:language>{language}</dc:language>"
        f"<cp:lastModifiedBy>ecvet-pipeline</cp:lastModifiedBy></cp:coreProperties>"
    )


def write(
    target: Path, name: str, body: Node, header: Node, footer: Node, *, looks: Mapping[str, Look] | None = None,
    subject: str = "", language: str = LANGUAGE,
) -> None:  # fmt: skip
    """Write a paper as a Word file: the same bytes every time. `looks` are styles that only it has."""
    parts = [f"{part}.xml" for part in PARTS]
    package: dict[str, str | Node] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            [
                (f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
                (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{OFFICE}/relationships/extended-properties", "docProps/app.xml"),
            ]
        ),
        "word/document.xml": body,
        "word/_rels/document.xml.rels": _relations(
            [(f"{RELATIONS}/{kind}", part) for kind, part in zip(PARTS.values(), parts, strict=True)]
        ),
        "word/styles.xml": styles(looks),
        "word/numbering.xml": numbering(),
        "word/header1.xml": header,
        "word/footer1.xml": footer,
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
        "docProps/core.xml": _core_properties(name, subject, language),
        "docProps/app.xml": f'<Properties xmlns="{OFFICE}/extended-properties"><Application>ecvet-pipeline</Application></Properties>',
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(target, "w") as package_file:
        for member, content in package.items():
            entry = ZipInfo(member, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            root = etree.fromstring(content) if isinstance(content, str) else content
            package_file.writestr(entry, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
