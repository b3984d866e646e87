"""Word forms in one line of XML each, papers printed from them, and what can be read in a paper."""

from __future__ import annotations

import atexit
import io
import posixpath
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from pipeline.form import Form, Printed, open_form

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NOTES = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
Related = Mapping[str, Sequence[tuple[str, str, str]]]
"""Relationships of a part (of the package itself where it is empty): ID, type, target; one with a colon is outside."""
SHELF = Path(tempfile.mkdtemp(prefix="forms-"))
atexit.register(shutil.rmtree, SHELF, ignore_errors=True)


# -- the form ----------------------------------------------------------------------------------------------------------


def t(text: str) -> str:
    """A run of text; `¦` in it cuts it into runs, as Word does for no visible reason."""
    return "".join(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in text.split("¦"))


def p(text: str, style: str = "") -> str:
    """A paragraph; `¦` in its text cuts it into runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{t(text)}</w:p>' if style else f"<w:p>{t(text)}</w:p>"


def tc(*texts: str, properties: str = '<w:tcW w:w="2000" w:type="dxa"/>') -> str:
    """A cell with a paragraph a text; a text that is XML already stands as it is."""
    inside = "".join(text if text.startswith("<w:") else p(text) for text in texts)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    """A table; a row is its cells, as texts or as XML."""
    columns = max(len(row) for row in rows)
    body = "".join(
        "<w:tr>" + "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in row) + "</w:tr>" for row in rows
    )
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def a_form(
    body: str, *, header: str = "", footer: str = "", footnotes: str = "", endnotes: str = "", comments: str = "",
    title: str | None = None, core: str = "", app: str = "", more: Mapping[str, tuple[str, str | bytes]] | None = None,
    kind: str = f"{MAIN}.document.main+xml", defaults: Mapping[str, str] | None = None, related: Related | None = None,
) -> bytes:  # fmt: skip
    """The bytes of a .docx whose body, header … are this XML; a part that is left out is not there.

    `core` and `app` are XML inside the properties; `more` holds other parts: name, content type, content, and `defaults`
    the content types of endings, for parts whose own is empty. `kind` is the content type of the document itself.
    `related` adds relationships.
    """
    stories = {
        "header1": ("hdr", "header", header), "footer1": ("ftr", "footer", footer),
        "footnotes": ("footnotes", "footnotes", footnotes and NOTES + _notes("footnote", footnotes)),
        "endnotes": ("endnotes", "endnotes", endnotes and _notes("endnote", endnotes)),
        "comments": ("comments", "comments", comments and _notes("comment", comments)),
    }  # fmt: skip
    there = {name: story for name, story in stories.items() if story[2]}
    references = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{name}"/>'
        for name, (_, kind, _) in there.items()
        if kind in ("header", "footer")
    )
    notes = "".join(
        f'<w:p><w:r><w:{kind.removesuffix("s")}Reference w:id="1"/></w:r></w:p>'
        for _, (_, kind, _) in there.items()
        if kind in ("footnotes", "endnotes")
    )
    parts: dict[str, tuple[str, str | bytes]] = {
        "word/document.xml": (
            kind,
            f"<w:document {SPACES}><w:body>{body}{notes}<w:sectPr>{references}</w:sectPr></w:body></w:document>",
        ),
        "word/styles.xml": (f"{MAIN}.styles+xml", STYLES),
    }
    parts |= {
        f"word/{name}.xml": (f"{MAIN}.{kind}+xml", f"<w:{root} {SPACES}>{inside}</w:{root}>")
        for name, (root, kind, inside) in there.items()
    }
    if title is not None or core:
        named = f"<dc:title>{escape(title or '')}</dc:title>"
        parts["docProps/core.xml"] = (f"application/vnd.{PACKAGE_NAME}.core-properties+xml", _core(named + core))
    if app:
        kind = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
        space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
        parts["docProps/app.xml"] = (kind, f'<Properties xmlns="{space}">{app}</Properties>')
    parts |= more or {}
    return _zipped(parts, list(there), defaults or {}, related or {})


PACKAGE_NAME = "openxmlformats-package"
STYLES = (
    f"<w:styles {SPACES}>"
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Annex"><w:name w:val="Annex"/><w:basedOn w:val="berschrift1"/></w:style>'
    "</w:styles>"
)


def _notes(kind: str, inside: str) -> str:
    return f'<w:{kind} w:id="1">{inside}</w:{kind}>'


def _core(inside: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inside}</cp:coreProperties>'
    )


def _zipped(
    parts: Mapping[str, tuple[str, str | bytes]], stories: Sequence[str], defaults: Mapping[str, str], related: Related
) -> bytes:
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in parts.items() if kind)
    endings = {"rels": f"application/vnd.{PACKAGE_NAME}.relationships+xml", **defaults}
    known = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in endings.items())
    types = f'<Types xmlns="{PACKAGE}/content-types">{known}{overrides}</Types>'
    top = [("officeDocument", f"{OFFICE}/officeDocument", "word/document.xml")]
    if "docProps/core.xml" in parts:
        top.append(("core", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"))
    if "docProps/app.xml" in parts:
        top.append(("app", f"{OFFICE}/extended-properties", "docProps/app.xml"))
    inner = [(name, f"{OFFICE}/{name.rstrip('1')}", f"{name}.xml") for name in (*stories, "styles")]
    every: dict[str, Sequence[tuple[str, str, str]]] = {"": top, "word/document.xml": inner}
    for source, more in related.items():
        every[source] = [*every.get(source, ()), *more]
    contents: dict[str, str | bytes] = {"[Content_Types].xml": types}
    for source, targets in every.items():
        folder, slash, file = source.rpartition("/")
        contents[f"{folder}{slash}_rels/{file}.rels"] = _relations(targets)
    contents |= {name: content for name, (_, content) in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in contents.items():  # without the time of day: equal forms have equal bytes
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _relations(targets: Sequence[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}" TargetMode="{"External" if ":" in target else "Internal"}"/>'
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """The same form with other content in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, own in parts_of(data).items():
            package.writestr(name, content if name == part else own)
    return stream.getvalue()


def shelved(data: bytes, name: str = "Form.docx") -> Path:
    """Put a form on the disk; equal forms stand in one place."""
    folder = SHELF / sha256(data).hexdigest()[:16]
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def opened(body: str, **parts: Any) -> Form:
    """A form whose body is this XML, opened."""
    return open_form(shelved(a_form(body, **parts)))


def form_of(*lines: str, **parts: Any) -> Form:
    """A form with a paragraph a line, opened: `form_of("Name: {{ learner.name }}")`."""
    return opened("".join(p(line) for line in lines), **parts)


def faults(form: Form) -> list[str]:
    """What is wrong with a form, as an officer reads it: “T206 paragraph “…”: … Did you mean …?”."""
    return [f"{each.code} {each.place.spot}: {each.message} {each.advice}" for each in form.problems]


# -- the paper ---------------------------------------------------------------------------------------------------------


def printed(form: Form, language: str = "en", **context: Any) -> Printed:
    """Print a form that has no faults."""
    assert form.usable, faults(form)
    return form.print(context, language)


def texts_of(data: bytes, part: str = "word/document.xml") -> list[str]:
    """The text of a part, a line a paragraph; a line break is ⏎, a tab →, and a cell begins with its number “[1]”."""
    return [line for line in _lines(etree.fromstring(part_of(data, part))) if line]


def _lines(root: Any) -> list[str]:
    return [
        _cell(paragraph) + "".join(_pieces(paragraph))
        for paragraph in root.iter(f"{W}p")
        if next(paragraph.iterancestors(f"{MC}Fallback"), None) is None
    ]


def _pieces(paragraph: Any) -> list[str]:
    shown = {f"{W}br": "⏎", f"{W}cr": "⏎", f"{W}tab": "→"}
    return [
        (element.text or "") if element.tag == f"{W}t" else shown[element.tag]
        for element in paragraph.iter(f"{W}t", *shown)
        if next(element.iterancestors(f"{W}p")) is paragraph and element.getparent().tag != f"{W}tabs"
    ]


def _cell(paragraph: Any) -> str:
    cell = paragraph.getparent()
    if cell.tag != f"{W}tc" or cell.find(f"{W}p") is not paragraph:
        return ""
    return f"[{cell.getparent().findall(f'{W}tc').index(cell) + 1}] "


def text_of(data: bytes, part: str = "word/document.xml") -> str:
    """The text of a part in one piece."""
    return "\n".join(texts_of(data, part))


def title_of(data: bytes) -> str | None:
    """The title in the document's properties."""
    return etree.fromstring(part_of(data, "docProps/core.xml")).findtext("{http://purl.org/dc/elements/1.1/}title")


def part_of(data: bytes, part: str) -> bytes:
    """A part of a paper."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(part)


def parts_of(data: bytes) -> dict[str, bytes]:
    """All parts of a paper, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def package_faults(data: bytes) -> list[str]:
    """What is wrong with a paper as a package: parts without a kind, kinds without a part, relationships that lead nowhere."""
    parts = parts_of(data)
    defaults, kinds = {"xml": ""}, {}
    for entry in etree.fromstring(parts["[Content_Types].xml"]):
        if entry.get("Extension"):
            defaults[entry.get("Extension").lower()] = entry.get("ContentType")
        else:
            kinds[entry.get("PartName").lstrip("/")] = entry.get("ContentType")
    found = [f"no part {name}" for name in kinds if name not in parts]
    kinds = {name: kinds.get(name) or defaults.get(name.rpartition(".")[2].lower()) for name in parts if name != "[Content_Types].xml"}
    found += [f"no kind of {name}" for name, kind in kinds.items() if not kind]
    if [kind for kind in kinds.values() if ".main+xml" in (kind or "")] != [f"{MAIN}.document.main+xml"]:
        found.append("the main part is that of no document")
    for name, content in parts.items():
        folder, listed, file = name.rpartition("_rels/")
        if listed:
            source = folder + file.removesuffix(".rels")
            if source and source not in parts:
                found.append(f"relationships of {source}, which is not there")
            for entry in etree.fromstring(content):
                target = posixpath.normpath(posixpath.join("/", folder, entry.get("Target"))).lstrip("/")
                if entry.get("TargetMode") != "External" and target not in parts:
                    found.append(f"{source} leads to {target}, which is not there")
        elif (kinds.get(name) or "").endswith("xml"):
            above, slash, own = name.rpartition("/")
            listing = parts.get(f"{above}{slash}_rels/{own}.rels", b"<none/>")
            known = {entry.get("Id") for entry in etree.fromstring(listing)}
            for node in etree.fromstring(content).iter():
                found += [f"{name} speaks of {value}, which is not there" for key, value in node.attrib.items() if key.startswith(f"{{{OFFICE}}}") and value not in known]
    return found


def canonical(xml: bytes) -> str:
    """A part in canonical XML."""
    return etree.canonicalize(etree.fromstring(xml))


def by_docxtpl(data: bytes, context: Mapping[str, Any]) -> bytes:
    """What docxtpl itself makes of a form."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(data))
    template.render(dict(context), autoescape=True)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()
