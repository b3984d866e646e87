"""Kinds of forms beside .docx: templates, forms with macros, signed and protected forms. Their papers are ordinary documents."""

from __future__ import annotations

import io
import pickle
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from forms import (
    MAIN,
    OFFICE,
    PACKAGE,
    SPACES,
    W,
    a_form,
    canonical,
    faults,
    p,
    package_faults,
    part_of,
    parts_of,
    printed,
    shelved,
    t,
    text_of,
    texts_of,
    with_part,
)
from lxml import etree

from pipeline.form import Form, open_form, open_pack

ANN: dict[str, Any] = {"learner": {"name": "Ann"}, "units": []}
TAG = p("{{ learner.name }}")
DOCUMENT, TYPES = "word/document.xml", "[Content_Types].xml"
DOCX, DOTX = f"{MAIN}.document.main+xml", f"{MAIN}.template.main+xml"
DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"
DOTM = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
MS = "http://schemas.microsoft.com/office"
ATTACHED = f"{OFFICE}/attachedTemplate"

# What Word writes into a form with macros: the macros, its notes of them, their author's signatures, keys, ribbons, toolbars.
MACRO_PARTS: dict[str, tuple[str, str | bytes]] = {
    "word/vbaProject.bin": ("", b"\xd0\xcf\x11\xe0 the macros"),
    "word/vbaData.xml": ("application/vnd.ms-word.vbaData+xml", '<wne:vbaSuppData xmlns:wne="http://schemas.microsoft.com/office/word/2006/wordml"/>'),
    "word/vbaProjectSignature.bin": ("application/vnd.ms-office.vbaProjectSignature", b"signed"),
    "word/vbaProjectSignatureAgile.bin": ("application/vnd.ms-office.vbaProjectSignatureAgile", b"signed"),
    "word/vbaProjectSignatureV3.bin": ("application/vnd.ms-office.vbaProjectSignatureV3", b"signed"),
    "word/customizations.xml": ("application/vnd.ms-word.keyMapCustomizations+xml", '<wne:tcg xmlns:wne="http://schemas.microsoft.com/office/word/2006/wordml"/>'),
    "word/attachedToolbars.bin": ("application/vnd.ms-word.attachedToolbars", b"toolbars"),
    "customUI/customUI14.xml": ("application/xml", '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui" onLoad="Greet"/>'),
    "customUI/images/button.png": ("image/png", b"\x89PNG"),
    "userCustomization/customUI.xml": ("application/xml", '<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"/>'),
}  # fmt: skip
MACRO_LINKS = {
    "": [
        ("rIdUI", f"{MS}/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
        ("rIdUser", f"{MS}/2006/relationships/ui/userCustomization", "userCustomization/customUI.xml"),
    ],
    DOCUMENT: [
        ("rIdVba", f"{MS}/2006/relationships/vbaProject", "vbaProject.bin"),
        ("rIdKeys", f"{MS}/2006/relationships/keyMapCustomizations", "customizations.xml"),
    ],
    "word/vbaProject.bin": [
        ("rId1", f"{MS}/2006/relationships/wordVbaData", "vbaData.xml"),
        ("rId2", f"{MS}/2006/relationships/vbaProjectSignature", "vbaProjectSignature.bin"),
        ("rId3", f"{MS}/2014/relationships/vbaProjectSignatureAgile", "vbaProjectSignatureAgile.bin"),
        ("rId4", f"{MS}/2020/07/relationships/vbaProjectSignatureV3", "vbaProjectSignatureV3.bin"),
    ],
    "word/customizations.xml": [("rId1", f"{MS}/2006/relationships/attachedToolbars", "attachedToolbars.bin")],
    "customUI/customUI14.xml": [("button", f"{OFFICE}/image", "images/button.png")],
}  # fmt: skip
MACROS: dict[str, Any] = {"more": MACRO_PARTS, "related": MACRO_LINKS, "defaults": {"bin": "application/vnd.ms-office.vbaProject"}}

# What Word writes into a signed form (ECMA-376 part 2, digital signatures).
SIGNATURE_TYPE = "application/vnd.openxmlformats-package.digital-signature"
SIGNATURE: dict[str, Any] = {
    "more": {
        "_xmlsignatures/origin.sigs": ("", b""),
        "_xmlsignatures/sig1.xml": (f"{SIGNATURE_TYPE}-xmlsignature+xml", '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'),
        "_xmlsignatures/jane.cer": (f"{SIGNATURE_TYPE}-certificate", b"\x30\x82"),
    },
    "defaults": {"sigs": f"{SIGNATURE_TYPE}-origin"},
    "related": {
        "": [("rIdSigned", f"{PACKAGE}/relationships/digital-signature/origin", "_xmlsignatures/origin.sigs")],
        "_xmlsignatures/origin.sigs": [("rId1", f"{PACKAGE}/relationships/digital-signature/signature", "sig1.xml")],
        "_xmlsignatures/sig1.xml": [("rId1", f"{PACKAGE}/relationships/digital-signature/certificate", "jane.cer")],
    },
}


def settings(inside: str, **more: Any) -> dict[str, Any]:
    """A form with this XML in its settings; `more` holds their relationships."""
    xml = f"<w:settings {SPACES}>{inside}</w:settings>"
    related = {DOCUMENT: [("rIdSettings", f"{OFFICE}/settings", "settings.xml")], **({"word/settings.xml": more["related"]} if more else {})}
    return {"more": {"word/settings.xml": (f"{MAIN}.settings+xml", xml)}, "related": related}


def made(data: bytes, name: str = "Form.docx", **context: Any) -> tuple[Form, bytes]:
    """A form and its paper, which is whole: python-docx opens it, and every part, kind and relationship has its other half."""
    form = open_form(shelved(data, name))
    paper = printed(pickle.loads(pickle.dumps(form)), **{**ANN, **context}).data  # noqa: S301 - our own
    assert paper == printed(open_form(shelved(data, name)), **{**ANN, **context}).data
    assert package_faults(paper) == []
    assert docx.Document(io.BytesIO(paper)).part.content_type == DOCX
    return form, paper


def codes(form: Form) -> list[str]:
    return [problem.code for problem in form.problems]


# -- templates ---------------------------------------------------------------------------------------------------------


def test_a_template_is_a_form_and_its_paper_is_a_document():
    form, paper = made(a_form(p("Dear {{ learner.name }}"), kind=DOTX), "Letter.dotx")
    assert (form.name, faults(form)) == ("Letter", [])
    assert text_of(paper) == "Dear Ann"


def test_the_paper_of_a_template_is_that_of_the_same_document():
    document, template = parts_of(made(a_form(TAG))[1]), parts_of(made(a_form(TAG, kind=DOTX))[1])
    assert {name for name in document if document[name] != template[name]} <= {TYPES}
    assert canonical(document[TYPES]) == canonical(template[TYPES])


@pytest.mark.parametrize("kind", [DOCX, DOTX])
def test_the_kind_of_the_main_part_may_stand_with_its_ending(kind):
    """The Open XML SDK gives no kind to the part itself, but one to all that end in .xml."""
    form, paper = made(a_form(TAG, kind="", defaults={"xml": kind}))
    assert (faults(form), text_of(paper)) == ([], "Ann")


@pytest.mark.parametrize("name", ["Form.docx", "Form.dotx", "Form.docm", "Form.dotm", "Form.DOCX"])
@pytest.mark.parametrize("kind", [DOCX, DOTX, DOCM, DOTM])
def test_what_is_in_a_form_counts_and_not_the_ending_of_its_name(kind, name):
    form, paper = made(a_form(TAG, kind=kind), name)
    assert (form.name, faults(form), text_of(paper)) == ("Form", [], "Ann")


# -- macros ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "name"), [(DOCM, "Form.docm"), (DOTM, "Form.dotm"), (DOCX, "Form.docx")], ids=["docm", "dotm", "disguised"])
def test_the_paper_of_a_form_with_macros_has_none_and_nothing_that_calls_them_and_this_is_said_once(kind, name):
    form, paper = made(a_form(TAG, kind=kind, header=p("{{ learner.name }}"), **MACROS), name)
    assert faults(form) == [(
        "T219 None: The form holds macros; its papers are made without them. "
        "Nothing has to be done. Saved in Word as “Word document (.docx)”, the form is used without this notice."
    )]  # fmt: skip
    assert form.usable
    assert list(parts_of(paper)) == [TYPES, "_rels/.rels", "word/_rels/document.xml.rels", DOCUMENT, "word/styles.xml", "word/header1.xml", "docProps/core.xml"]
    everything = b"".join(parts_of(paper).values()).lower()
    for trace in (b"vba", b"macro", b"keymap", b"customui", b"toolbar", b'"bin"'):
        assert trace not in everything


def test_a_form_saved_as_one_with_macros_that_holds_none_is_not_told_to_hold_some():
    assert codes(made(a_form(TAG, kind=DOCM), "Form.docm")[0]) == []


@pytest.mark.parametrize("names", [
    {"word/vbaProject.bin": "word/media/picture.png"}, {"word/vbaProject.bin": "word/VBAPROJECT.BIN"}, {"word/vbaProject.bin": "vba/word.xml"},
], ids=["as a picture", "in capitals", "as XML"])  # fmt: skip
def test_macros_are_known_by_their_kind_under_any_name(names):
    data = a_form(
        TAG, kind=DOCM, more={names["word/vbaProject.bin"]: ("application/vnd.ms-office.vbaProject", "<macros/>")},
        related={DOCUMENT: [("rIdVba", f"{MS}/2006/relationships/anything", f"/{names['word/vbaProject.bin'].lower()}")]},
    )  # fmt: skip
    form, paper = made(data)
    assert codes(form) == ["T219"]
    assert not [name for name in parts_of(paper) if name.lower() == names["word/vbaProject.bin"].lower()]


def test_macros_are_known_by_the_relationship_that_leads_to_them():
    data = a_form(TAG, more={"word/data.bin": ("application/octet-stream", b"macros")}, related={DOCUMENT: [("r1", f"{MS}/2006/relationships/vbaProject", "data.bin")]})
    form, paper = made(data)
    assert codes(form) == ["T219"]
    assert "word/data.bin" not in parts_of(paper)


def test_a_part_that_others_need_too_stays_whatever_leads_to_it():
    """A form that calls its own text macros keeps its text."""
    related = {"": [("r1", f"{MS}/2006/relationships/vbaProject", DOCUMENT)], DOCUMENT: [("r2", f"{MS}/2006/relationships/wordVbaData", "styles.xml")]}
    form, paper = made(a_form(TAG, related=related))
    assert codes(form) == ["T219"]
    assert text_of(paper) == "Ann"
    assert "word/styles.xml" in parts_of(paper)


@pytest.mark.parametrize("data", [
    with_part(a_form(TAG), "_rels/.rels", part_of(a_form(TAG), "_rels/.rels").replace(b"/relationships/officeDocument", b"/relationships/ui/officeDocument")),
    with_part(a_form(TAG), TYPES, part_of(a_form(TAG), TYPES).replace(b"/word/document.xml", b"/word/other.xml")),
], ids=["called macros", "not there"])  # fmt: skip
def test_a_form_whose_text_is_missing_is_refused(data):
    assert faults(open_form(shelved(data))) == ["T101 None: The file has no text: its main part is missing. Open it in Word and save it as “Word document (.docx)”."]


@pytest.mark.parametrize("root", ["entryMacro", "attachedTemplate", "linkStyles", "settings"])
def test_a_part_that_is_nothing_but_a_call_of_a_macro_hurts_nobody(root):
    part = f'<w:{root} xmlns:w="{W.strip("{}")}"><w:exitMacro/></w:{root}>'
    form = open_form(shelved(a_form(TAG, more={"word/x.xml": (f"{MAIN}.header+xml", part), "word/y.xml": (f"{MAIN}.settings+xml", part)})))
    assert faults(form) == []


def test_what_nothing_leads_to_stays_as_it_lies():
    data = a_form(TAG, kind=DOCM, more={**MACRO_PARTS, "word/lonely.xml": ("application/xml", "<a/>")}, related=MACRO_LINKS, defaults=MACROS["defaults"])
    assert part_of(made(data)[1], "word/lonely.xml") == b"<a/>"


def test_a_lonely_part_that_leads_to_what_goes_does_so_no_more():
    """The picture of a button went with the button."""
    button = ("r1", f"{OFFICE}/image", "/customUI/images/button.png")
    lonely = {"word/lonely.xml": [button, ("r2", f"{OFFICE}/image", "styles.xml")], "word/other.xml": [button]}
    more = {**MACRO_PARTS, "word/lonely.xml": ("application/xml", "<a/>"), "word/other.xml": ("application/xml", "<a/>")}
    parts = parts_of(made(a_form(TAG, kind=DOCM, more=more, related={**MACRO_LINKS, **lonely}, defaults=MACROS["defaults"]))[1])
    assert b"button" not in parts["word/_rels/lonely.xml.rels"]
    assert b"styles.xml" in parts["word/_rels/lonely.xml.rels"]
    assert "word/_rels/other.xml.rels" not in parts


def test_a_link_out_of_the_form_leads_to_no_part_of_it():
    """A text that links to a file of the same name beside the paper does not keep the picture of a button."""
    links = {**MACRO_LINKS, DOCUMENT: [*MACRO_LINKS[DOCUMENT], ("rIdLink", f"{OFFICE}/hyperlink", "file:button")]}
    data = a_form(TAG, kind=DOCM, more=MACRO_PARTS, related=links, defaults=MACROS["defaults"])
    listed = "word/_rels/document.xml.rels"
    paper = made(with_part(data, listed, part_of(data, listed).replace(b'"file:button"', b'"../customUI/images/button.png"')))[1]
    assert "customUI/images/button.png" not in parts_of(paper)
    assert b"button.png" in part_of(paper, listed)


def test_a_list_of_no_relationships_goes_with_the_part_it_belongs_to():
    related = {**MACRO_LINKS, "word/vbaProjectSignature.bin": []}
    assert not [name for name in parts_of(made(a_form(TAG, kind=DOCM, **{**MACROS, "related": related}))[1]) if "vba" in name]


KINDS_ALONE = {
    "application/vnd.ms-office.vbaProject": "T219", "application/vnd.ms-office.vbaProjectSignatureV3": "T219", "application/vnd.ms-word.vbaData+xml": "T219",
    "application/vnd.ms-word.keyMapCustomizations+xml": "", f"{SIGNATURE_TYPE}-origin": "T220", f"{SIGNATURE_TYPE}-xmlsignature+xml": "T220",
}  # fmt: skip
LINKS_ALONE = {
    f"{MS}/2006/relationships/vbaProject": "T219", f"{MS}/2006/relationships/wordVbaData": "T219", f"{MS}/2006/relationships/keyMapCustomizations": "",
    f"{MS}/2006/relationships/ui/extensibility": "", f"{MS}/2007/relationships/ui/extensibility": "", f"{MS}/2006/relationships/ui/userCustomization": "",
    f"{PACKAGE}/relationships/digital-signature/origin": "T220", f"{PACKAGE}/relationships/digital-signature/signature": "T220", ATTACHED: "",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "link", "told"), [
    *((kind, "urn:anything", told) for kind, told in KINDS_ALONE.items()), *(("application/xml", link, told) for link, told in LINKS_ALONE.items()),
])  # fmt: skip
def test_what_stays_behind_is_known_by_its_kind_or_by_what_leads_to_it_and_takes_its_own_parts_along(kind, link, told):
    more = {"word/x.xml": (kind, "<x/>"), "word/picture.png": ("image/png", b"\x89PNG")}
    form, paper = made(a_form(TAG, more=more, related={DOCUMENT: [("r1", link, "x.xml")], "word/x.xml": [("r1", f"{OFFICE}/image", "picture.png")]}))
    assert codes(form) == [told] * bool(told)
    assert list(parts_of(paper)) == [TYPES, "_rels/.rels", "word/_rels/document.xml.rels", DOCUMENT, "word/styles.xml", "docProps/core.xml"]


FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Box"/><w:enabled/><w:calcOnExit w:val="0"/>'
    '<w:entryMacro w:val="Greet"/><w:exitMacro w:val="Leave"/><w:textInput/></w:ffData></w:fldChar></w:r></w:p>'
)  # fmt: skip


def test_form_fields_of_a_paper_call_no_macro():
    """Word would tell at every press of Tab that it cannot find it."""
    form, paper = made(a_form(FIELD + TAG, footer=FIELD))
    assert codes(form) == []
    for part in (DOCUMENT, "word/footer1.xml"):
        field = etree.fromstring(part_of(paper, part)).find(f".//{W}ffData")
        assert [child.tag.removeprefix(W) for child in field] == ["name", "enabled", "calcOnExit", "textInput"]


def test_active_controls_stay_with_their_data():
    control = '<w:p><w:r><w:object><w:control r:id="rIdBox" w:name="CheckBox1"/></w:object></w:r></w:p>'
    more = {
        **MACRO_PARTS,
        "word/activeX/activeX1.xml": ("application/vnd.ms-office.activeX+xml", f'<ax:ocx xmlns:ax="{MS}/2006/activeX" xmlns:r="{OFFICE}" r:id="rId1"/>'),
        "word/activeX/activeX1.bin": ("application/vnd.ms-office.activeX", b"state"),
    }
    related = {
        **MACRO_LINKS, DOCUMENT: [*MACRO_LINKS[DOCUMENT], ("rIdBox", f"{OFFICE}/control", "activeX/activeX1.xml")],
        "word/activeX/activeX1.xml": [("rId1", f"{MS}/2006/relationships/activeXControlBinary", "activeX1.bin")],
    }  # fmt: skip
    form, paper = made(a_form(control + TAG, kind=DOCM, more=more, related=related, defaults=MACROS["defaults"]))
    assert codes(form) == ["T219"]
    assert part_of(paper, "word/activeX/activeX1.bin") == b"state"
    assert not [name for name in parts_of(paper) if "vba" in name]


# -- the attached template ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize("target", ["file:///C:\\Users\\jane\\Forms\\Letter.dotm", "https://evil.example/Letter.dotm", "file://server/share/Letter.dotx"])
def test_a_paper_loads_no_template_from_anywhere(target):
    parts = settings(
        '<w:zoom w:percent="100"/><w:attachedTemplate r:id="rId1"/><w:linkStyles/><w:documentProtection w:edit="forms" w:enforcement="1"/>',
        related=[("rId1", ATTACHED, target)],
    )
    form, paper = made(a_form(TAG, **parts))
    assert codes(form) == []
    root = etree.fromstring(part_of(paper, "word/settings.xml"))
    assert [child.tag.removeprefix(W) for child in root] == ["zoom", "documentProtection"]
    assert "word/_rels/settings.xml.rels" not in parts_of(paper)
    assert b"Letter" not in b"".join(parts_of(paper).values())


def test_other_relationships_of_the_settings_stay():
    related = [("rId1", ATTACHED, "file:///C:/Letter.dotm"), ("rId2", f"{OFFICE}/styles", "styles.xml")]
    paper = made(a_form(TAG, **settings('<w:attachedTemplate r:id="rId1"/>', related=related)))[1]
    listed = etree.fromstring(part_of(paper, "word/_rels/settings.xml.rels"))
    assert [entry.get("Id") for entry in listed] == ["rId2"]


def test_settings_without_an_attached_template_stay_as_they_are_to_the_byte():
    parts = settings("<w:linkStyles/><w:trackRevisions/>")
    assert part_of(made(a_form(TAG, **parts))[1], "word/settings.xml") == parts["more"]["word/settings.xml"][1].encode()


# -- signatures --------------------------------------------------------------------------------------------------------


def test_a_signed_form_is_filled_in_without_its_signature_and_this_is_a_warning():
    """Filled in, the form is another text than the one that was signed: the signature would be called invalid."""
    form, paper = made(a_form(TAG, **SIGNATURE))
    assert faults(form) == [(
        "T220 None: The form is digitally signed; its papers are made without this signature. "
        "Have the papers themselves signed where a signature is needed."
    )]  # fmt: skip
    assert form.usable
    assert [name for name in parts_of(paper) if "signature" in name] == []
    everything = b"".join(parts_of(paper).values())
    assert b"digital-signature" not in everything
    assert b"sigs" not in everything


def test_a_signature_that_nothing_leads_to_goes_too():
    form, paper = made(a_form(TAG, more=SIGNATURE["more"], defaults=SIGNATURE["defaults"]))
    assert codes(form) == ["T220"]
    assert [name for name in parts_of(paper) if "signature" in name] == []


def test_a_form_may_be_signed_and_hold_macros():
    every = {key: {**MACROS[key], **SIGNATURE[key]} for key in ("more", "defaults")}
    related = {**SIGNATURE["related"], **MACRO_LINKS, "": [*MACRO_LINKS[""], *SIGNATURE["related"][""]]}
    form, paper = made(a_form(TAG, kind=DOTM, related=related, **every), "Form.dotm")
    assert codes(form) == ["T219", "T220"]
    assert list(parts_of(paper)) == [TYPES, "_rels/.rels", "word/_rels/document.xml.rels", DOCUMENT, "word/styles.xml", "docProps/core.xml"]


def test_the_signature_of_macros_alone_is_no_signature_of_the_form():
    assert codes(made(a_form(TAG, kind=DOCM, **MACROS))[0]) == ["T219"]


def test_a_line_to_sign_on_stays_where_it_is_drawn():
    line = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><o:signatureline xmlns:o="urn:schemas-microsoft-com:office:office" '
        'v:ext="edit" id="{1}" o:suggestedsigner="Jane" issignatureline="t"/></v:shape></w:pict></w:r></w:p>'
    )
    _, paper = made(a_form(line + TAG, **SIGNATURE))
    assert b'<o:signatureline xmlns:o="urn:schemas-microsoft-com:office:office" v:ext="edit" id="{1}" o:suggestedsigner="Jane"' in part_of(paper, DOCUMENT)


def test_the_signature_among_the_properties_goes_too():
    _, paper = made(a_form(TAG, app="<Pages>1</Pages><DigSig>abc</DigSig><DocSecurity>8</DocSecurity>"))
    assert [child.tag.rpartition("}")[2] for child in etree.fromstring(part_of(paper, "docProps/app.xml"))] == ["Pages", "DocSecurity"]


# -- protection --------------------------------------------------------------------------------------------------------

HASH = 'w:cryptAlgorithmSid="14" w:cryptSpinCount="100000" w:hash="4KgMt8hQ==" w:salt="zb2Kfq=="'


@pytest.mark.parametrize("kind", [DOCX, DOTX, DOCM])
@pytest.mark.parametrize("protection", [
    f'<w:documentProtection w:edit="forms" w:enforcement="1" {HASH}/>', f'<w:documentProtection w:edit="readOnly" w:enforcement="1" {HASH}/>',
    '<w:documentProtection w:edit="comments" w:enforcement="1"/>', '<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>',
    '<w:documentProtection w:formatting="1" w:enforcement="1"/>', '<w:writeProtection w:recommended="1"/>', f'<w:writeProtection {HASH}/>',
])  # fmt: skip
def test_the_paper_of_a_protected_form_is_protected_in_the_same_way(protection, kind):
    parts = settings(protection)
    form, paper = made(a_form(TAG, kind=kind, **parts))
    assert codes(form) == []
    assert part_of(paper, "word/settings.xml") == parts["more"]["word/settings.xml"][1].encode()


def test_where_somebody_may_write_in_a_protected_form_she_may_in_its_paper():
    """A range that everyone may fill, one for a group over two paragraphs, and a tag that Word cut into runs."""
    body = (
        f'<w:p>{t("Remarks: ")}<w:permStart w:id="7" w:edGrp="everyone"/>{t("{{ lear¦ner.name }}")}<w:permEnd w:id="7"/></w:p>'
        f'<w:permStart w:id="8" w:ed="jane@example.org" w:colFirst="0" w:colLast="1"/>{p("free")}{p("text")}<w:permEnd w:id="8"/>'
        f'{p("{%p if learner.name %}")}<w:p><w:permStart w:id="9" w:edGrp="editors"/>{t("yes")}<w:permEnd w:id="9"/></w:p>{p("{%p endif %}")}'
    )
    _, paper = made(a_form(body, **settings('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>')))
    ranges = [(node.tag.removeprefix(W), node.get(f"{W}id")) for node in etree.fromstring(part_of(paper, DOCUMENT)).iter(f"{W}permStart", f"{W}permEnd")]
    assert ranges == [("permStart", "7"), ("permEnd", "7"), ("permStart", "8"), ("permEnd", "8"), ("permStart", "9"), ("permEnd", "9")]
    root = etree.fromstring(part_of(paper, DOCUMENT))
    inside = root.find(f".//{W}permStart[@{W}id='7']").getparent()
    assert [child.tag.removeprefix(W) if child.tag != f"{W}r" else "".join(child.itertext()) for child in inside] == ["Remarks: ", "permStart", "Ann", "permEnd"]
    assert root.find(f".//{W}permStart[@{W}ed='jane@example.org']").get(f"{W}colLast") == "1"
    assert texts_of(paper) == ["Remarks: Ann", "free", "text", "yes"]


@pytest.mark.parametrize("section", ["", '<w:formProt w:val="0"/>'])
def test_a_part_of_a_form_that_is_not_protected_stays_so(section):
    body = f"<w:p><w:pPr><w:sectPr>{section}</w:sectPr></w:pPr></w:p>"
    _, paper = made(a_form(body + TAG, **settings('<w:documentProtection w:edit="forms" w:enforcement="1"/>')))
    assert part_of(paper, DOCUMENT).count(b'<w:formProt w:val="0"/>') == bool(section)


def test_a_form_that_is_marked_as_final_gives_papers_that_are():
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="_MarkAsFinal"><vt:bool>true</vt:bool></property></Properties>'
    )
    more = {"docProps/custom.xml": ("application/vnd.openxmlformats-officedocument.custom-properties+xml", custom)}
    _, paper = made(a_form(TAG, more=more, related={"": [("rIdCustom", f"{OFFICE}/custom-properties", "docProps/custom.xml")]}, core="<cp:contentStatus>Final</cp:contentStatus>"))
    assert part_of(paper, "docProps/custom.xml") == custom.encode()


def compound(*streams: str) -> bytes:
    """The beginning of an OLE file, as Word writes one for a document with a password: the names of its streams."""
    names = b"".join(stream.encode("utf-16-le").ljust(128, b"\0") for stream in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + names


@pytest.mark.parametrize("name", ["Form.docx", "Form.dotx", "Form.docm"])
@pytest.mark.parametrize("streams", [("EncryptionInfo", "EncryptedPackage"), ("WordDocument", "1Table")], ids=["password", "before 2007"])
def test_a_form_with_a_password_to_open_it_is_refused_in_a_sentence(streams, name):
    form = open_form(shelved(compound(*streams), name))
    assert not form.usable
    assert faults(form) == [(
        "T101 None: The file is protected by a password, or of the old kind from before 2007. "
        "Remove the password. Open it in Word and save it as .docx."
    )]  # fmt: skip


# -- which files of a set are forms --------------------------------------------------------------------------------------


def a_set(folder: Path, forms: Mapping[str, bytes]) -> list[Form]:
    for name, data in forms.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return open_pack(folder)


def test_documents_and_templates_with_and_without_macros_are_forms_and_nothing_else_is(tmp_path):
    names = ["A.docx", "B.dotx", "C.docm", "D.DOTM", "1 Before/E.Docx", "F.es.dotx", "~$G.dotx", ".H.dotm", "I.doc", "J.dot", "K.odt", "L.docx.txt", "Read me.md", "M.docx~"]
    forms = a_set(tmp_path, dict.fromkeys(names, a_form(TAG)))
    assert [(form.folder, form.name, form.language) for form in forms] == [
        ("1 Before", "E", None), ("", "A", None), ("", "B", None), ("", "C", None), ("", "D", None), ("", "F", "es"),
    ]  # fmt: skip


def test_a_form_and_a_template_of_one_name_are_both_told_and_neither_is_used(tmp_path):
    forms = a_set(tmp_path, {"Letter.docx": a_form(TAG), "Letter.dotx": a_form(TAG, kind=DOTX), "List.docx": a_form(TAG)})
    told = "so nobody can tell which of them is meant. Take those out of the folder that are not meant, or give them names of their own."
    assert [(form.file, form.usable, faults(form)) for form in forms] == [
        ("Letter.docx", False, [f"T103 None: The form has the same name as “Letter.dotx”, {told}"]),
        ("Letter.dotx", False, [f"T103 None: The form has the same name as “Letter.docx”, {told}"]),
        ("List.docx", True, []),
    ]  # fmt: skip


def test_capitals_and_accents_written_otherwise_make_no_other_name(tmp_path):
    forms = a_set(tmp_path, {"L\u00e9.docx": a_form(TAG), "LE\u0301.dotx": a_form(TAG), "le\u0301.dotm": a_form(TAG)})
    assert [codes(form) for form in forms] == [["T103"]] * 3
    assert "“L\u00e9.docx”" in forms[0].problems[0].message or "“L\u00e9.docx”" in forms[1].problems[0].message


def test_variants_for_languages_and_forms_of_other_folders_do_not_meet(tmp_path):
    names = ["Letter.docx", "Letter.es.dotx", "Letter.de.docm", "1 Before/Letter.dotx"]
    assert [codes(form) for form in a_set(tmp_path, dict.fromkeys(names, a_form(TAG)))] == [[]] * 4


def test_two_variants_for_one_language_do(tmp_path):
    names = ["Letter.docx", "Letter.es.docx", "Letter.ES.dotx"]
    found = {form.file: codes(form) for form in a_set(tmp_path, dict.fromkeys(names, a_form(TAG)))}
    assert found == {"Letter.docx": [], "Letter.es.docx": ["T103"], "Letter.ES.dotx": ["T103"]}


# -- made by a real program ----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize(("ending", "kind"), [("dotx", DOTX), ("docm:MS Word 2007 XML VBA", DOCM)], ids=["dotx", "docm"])
def test_a_form_that_libreoffice_saved_as_another_kind_gives_papers_it_opens(needs, tmp_path, ending, kind):
    soffice, profile = needs("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    official = Path(__file__).parent.parent / "templates" / "official" / "1 Before" / "Contact Card.docx"
    subprocess.run([soffice, profile, "--headless", "--convert-to", ending, "--outdir", tmp_path, official], check=True, capture_output=True, timeout=180)
    path = tmp_path / f"Contact Card.{ending[:4]}"
    assert kind.encode() in part_of(path.read_bytes(), TYPES)
    form = open_form(path)
    assert faults(form) == []
    paper = form.print({"learner": {"name": "Ann Example"}}, "en").data
    assert package_faults(paper) == []
    (tmp_path / "Paper.docx").write_bytes(paper)
    subprocess.run([soffice, profile, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, tmp_path / "Paper.docx"], check=True, capture_output=True, timeout=180)
    assert "Ann Example" in (tmp_path / "Paper.txt").read_text("utf-8-sig")
