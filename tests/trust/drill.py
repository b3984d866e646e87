"""The gate itself is tried: one good paper, corrupted in 33 ways, each of which must be noticed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache

from pipeline.word.soundness import paper_flaws
from tests.forms import a_form, p, parts_of, printed, shelved, t, table, tc
from tests.trust import microsoft
from tests.trust.board import Row

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="{0}" name="Picture {0}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="{0}" name="logo"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="logo"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
FIELD = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
DOCUMENT = "word/document.xml"
Parts = list[tuple[str, bytes]]


@cache
def good_paper() -> bytes:
    """A paper with everything in it that can be broken: printed by this program, from a form of its own."""
    from pipeline.form import open_form

    body = (
        '<w:p><w:pPr><w:pStyle w:val="Annex"/><w:keepNext/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="24"/></w:rPr><w:t>Agreement of {{ learner.name }}</w:t></w:r></w:p>'
        + p("Host: {{ host.name }}") + table(["Unit", "Points"], [tc("All", properties='<w:tcW w:w="2000" w:type="dxa"/><w:gridSpan w:val="2"/>')])
        + '<w:p><w:bookmarkStart w:id="7" w:name="sign"/>' + t("Signed") + '<w:bookmarkEnd w:id="7"/></w:p>'
        + '<w:p><w:commentRangeStart w:id="1"/>' + t("Checked") + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>'
        + FIELD + DRAWING.format(1) + DRAWING.format(2)
    )  # fmt: skip
    data = a_form(
        body, header=p("{{ cohort.title }}"), footnotes=p("As agreed."), comments=p("Look again."), title="Agreement",
        more={"word/media/logo.png": ("", PNG)}, defaults={"png": "image/png"},
        related={DOCUMENT: [("logo", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", "media/logo.png")]},
    )  # fmt: skip
    context = {"learner": {"name": "Ann & <b>"}, "host": {"name": "Café “R&D”"}, "cohort": {"title": "Bakers"}}
    return printed(open_form(shelved(data)), **context).data


def bound(parts: Parts) -> bytes:
    """Parts as a package, some of them perhaps twice."""
    import warnings

    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")  # of a part that is there twice
        for name, content in parts:
            package.writestr(name, content)
    return stream.getvalue()


def changed(old: str, new: str, part: str = DOCUMENT) -> Callable[[bytes], bytes]:
    """A corruption: the first of these in a part reads otherwise; it must be there."""

    def corrupt(data: bytes) -> bytes:
        parts = parts_of(data)
        text = parts[part].decode()
        found = re.search(old, text, re.DOTALL)
        assert found, f"{old} is not in {part}"
        parts[part] = (text[: found.start()] + found.expand(new) + text[found.end() :]).encode()
        return bound(list(parts.items()))

    return corrupt


def _truncated(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def _wrong_checksum(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        info = package.getinfo(DOCUMENT)
        at = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    spoiled = bytearray(data)
    spoiled[at] ^= 0x5A
    return bytes(spoiled)


def _twice(data: bytes) -> bytes:
    parts = list(parts_of(data).items())
    return bound([*parts, next(each for each in parts if each[0] == DOCUMENT)])


def _without_its_target(data: bytes) -> bytes:
    return bound([each for each in parts_of(data).items() if each[0] != "word/header1.xml"])


def _picture_of_text(data: bytes) -> bytes:
    return bound([(name, b"no picture" if name.endswith(".png") else content) for name, content in parts_of(data).items()])


CORRUPTIONS: dict[str, Callable[[bytes], bytes]] = {
    "a bare &": changed("Agreement of", "Agreement & of"),
    "a control character": changed("Agreement of", "Agreement \x0b of"),
    "a zip cut off": _truncated,
    "a wrong checksum": _wrong_checksum,
    "a part without content type": changed(r'<Override PartName="/word/comments.xml"[^>]*/>', "", "[Content_Types].xml"),
    "an r:id that leads to nothing": changed('r:embed="logo"', 'r:embed="gone"'),
    "a target that is missing": _without_its_target,
    "a cell without a paragraph": changed(r"(</w:tcPr>)<w:p>.*?</w:p></w:tc>", r"\1</w:tc>"),
    "a paragraph in a paragraph": changed(r"(<w:p>)(<w:bookmarkStart)", r"\1<w:p/>\2"),
    "two drawings with one number": changed(r'(<wp:docPr id=")\d+("[^>]*>.*?<wp:docPr id=")\d+"', r'\g<1>5\g<2>5"'),
    "paragraph properties out of order": changed("<w:keepNext/><w:jc", '<w:jc w:val="left"/><w:keepNext/><w:jc'),
    "run properties out of order": changed(r'<w:b/><w:sz w:val="24"/>', '<w:sz w:val="24"/><w:b/>'),
    "a size that is no number": changed(r'w:sz w:val="24"', 'w:sz w:val="abc"'),
    "a row without cells": changed(r"<w:tr>.*?</w:tr>", "<w:tr></w:tr>"),
    "a table without rows": changed(r"(</w:tblGrid>).*?</w:tbl>", r"\1</w:tbl>"),
    "a table without a grid": changed(r"<w:tblGrid>.*?</w:tblGrid>", ""),
    "text straight in the body": changed(r"<w:tbl>", "lost<w:tbl>"),
    "a run straight in the body": changed(r"<w:tbl>", "<w:r><w:t>lost</w:t></w:r><w:tbl>"),
    "an element nobody knows": changed(r"<w:tbl>", "<w:paragraph/><w:tbl>"),
    "a field that is not closed": changed(r'<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""),
    "a comment that is not there": changed(r'<w:commentReference w:id="1"/>', '<w:commentReference w:id="99"/>'),
    "a bookmark that only ends": changed(r'<w:bookmarkStart[^>]*/>', ""),
    "a footnote that is not there": changed(r'<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="99"/>'),
    "an attribute twice": changed(r'<w:b/>', '<w:b w:val="1" w:val="1"/>'),
    "a prefix nobody declared": changed(r"<w:b/>", "<v:b/>"),
    "a document type declaration": changed(r"(<\?xml[^>]*\?>)", r"\1<!DOCTYPE x>"),
    "a part twice in the zip": _twice,
    "a style that is not there": changed(r'w:pStyle w:val="Annex"', 'w:pStyle w:val="Gone"'),
    "page set-up that is not last": changed(r"(<w:sectPr>.*?</w:sectPr>)", r"\1<w:p/>"),
    "a header that is a footer": lambda data: changed("</w:hdr>", "</w:ftr>", "word/header1.xml")(changed("<w:hdr ", "<w:ftr ", "word/header1.xml")(data)),
    "a picture that is a text": _picture_of_text,
    "two relationships with one name": changed(r'Id="logo"', 'Id="styles"', "word/_rels/document.xml.rels"),
    "a cell that spans no column": changed(r'<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="0"/>'),
}  # fmt: skip
"""What was done to the paper, and how."""


def noticed(kind: str) -> set[str]:
    """What the gate says of a corrupted paper that it does not say of the good one."""
    before = {f"{flaw.part}: {flaw.what}" for flaw in paper_flaws(good_paper())}
    return {f"{flaw.part}: {flaw.what}" for flaw in paper_flaws(CORRUPTIONS[kind](good_paper()))} - before


def rows(quick: bool) -> Iterator[Row]:
    """Count the corruptions that are noticed, by our own gate and, where it is installed, by Microsoft's validator."""
    own = paper_flaws(good_paper())
    missed = [f"not noticed: {kind}" for kind in CORRUPTIONS if not noticed(kind)]
    yield Row(
        what="corruptions of a good paper noticed, by our own gate", target=f"{len(CORRUPTIONS)} of {len(CORRUPTIONS)}",
        found=f"{len(CORRUPTIONS) - len(missed)} of {len(CORRUPTIONS)}", wrong=(*missed, *(f"said of the good paper: {flaw}" for flaw in own)),
    )  # fmt: skip
    from tests.trust.papers import outputs, outputs_by_microsoft

    yield outputs(quick)
    program = microsoft.validator()
    if not quick:
        yield outputs_by_microsoft(program)
    if not quick and program:
        good = microsoft.said_of(program, good_paper())
        caught = [kind for kind in CORRUPTIONS if microsoft.said_of(program, CORRUPTIONS[kind](good_paper())) - good]
        alone = sorted(set(CORRUPTIONS) - set(caught))
        yield Row(
            what="the same, by Microsoft's Open XML SDK validator", target="for comparison",
            found=f"{len(caught)} of {len(CORRUPTIONS)} (not: {', '.join(alone)})",
            wrong=tuple(f"only Microsoft's validator notices: {kind}" for kind in caught if not noticed(kind)),
        )  # fmt: skip
