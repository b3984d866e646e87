"""Europass Mobility: the fields of the classic form in their order, with their numbers and headings; our own drawing.

What sections 1 to 4 ask stands in the workbook. Of section 5a only what the host assessed as achieved is filled in; the
skills that nobody assessed are left for the pen.
"""

from __future__ import annotations

from draw_after import FROM, SHOWN, TO, joined, plain
from draw_units import BOTH_TITLES
from paper import (
    DAY,
    Cell,
    Node,
    Pieces,
    block,
    bullet,
    document,
    each,
    field,
    form_table,
    keep_together,
    page_footer,
    page_header,
    paragraph,
    section,
    strong,
    subblock,
    title,
    when,
)

NAME = "Europass Mobility"
ROOM, PHOTOGRAPH, SKILL = 520, 420, 640
"""Heights of what is filled in by hand: a signature or stamp, a picture, a kind of skill."""

TRIED = 'unit.activities and unit.whole.result in ["achieved", "partly", "not achieved"]'
"""What was done for a unit: known of those that the host assessed."""


def header() -> Node:
    """The cohort above, the learner and the number below."""
    number = "{% if agreement.europass_number %} · {{ agreement.europass_number }}{% endif %}"
    return page_header(strong("{{ learner.name }}"), number)


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer(NAME)


def body() -> Node:
    """The whole form."""
    return document([opening(), holder(), issuer(), partners(), experience(), skills()])


def numbered(number: str, label: str, *value: Cell, mandatory: bool = False, height: int = 0) -> Node:
    """A field of the form with its number; an asterisk says that it must be filled."""
    return field(f"({number}){'*' if mandatory else ''} {label}", *value, height=height)


def to_be_signed(number: str, label: str, *, mandatory: bool = False) -> Node:
    """A field to sign or stamp in; nobody signs a draft."""
    return numbered(
        number, label, "{% if cohort.draft %}Draft: not to be signed{% endif %}", mandatory=mandatory, height=ROOM
    )


def address(word: str) -> Pieces:
    """Name and address of an organisation."""
    return [
        paragraph("Field Value", strong(f"{{{{ {word}.name }}}}")),
        when(f"{word}.address", paragraph("Field Value", f"{{{{ {word}.address | lines }}}}")),
        when(f"{word}.country_name", paragraph("Field Value", f"{{{{ {word}.country_name }}}}")),
    ]


def opening() -> Pieces:
    """The head of the form."""
    return [
        title(NAME, "a record of knowledge and skills acquired in another European country"),
        form_table("Head", field("NEC reference no.", "")),
        paragraph(
            "Note",
            "Fields marked with an asterisk (*) are mandatory. This paper follows the numbered fields of the classic "
            "Europass Mobility; its drawing is our own. The sending partner fills in sections 1 to 4, the host partner "
            "checks and completes section 5a, then the sending partner issues it.",
        ),
    ]


def holder() -> Pieces:
    """Table 1."""
    return [
        section("1. This Europass Mobility is awarded to"),
        form_table(
            "Awarded to",
            numbered("1", "Surname(s)", "{{ learner.family_name }}", mandatory=True),
            numbered("2", "First name(s)", "{{ learner.given_names }}", mandatory=True),
            numbered(
                "3", "Address (house number, street name, postcode, city, country)", "{{ learner.address | lines }}"
            ),
            numbered("4", "Photograph", "", height=PHOTOGRAPH),
            numbered("5", "Date of birth (dd/mm/yyyy)", f"{{{{ learner.date_of_birth | {DAY} }}}}"),
            numbered("6", "Nationality", "{{ learner.nationality }}"),
            to_be_signed("7", "Signature of the holder"),
        ),
    ]


def issuer() -> Pieces:
    """Table 2: the home organisation issues it."""
    return [
        section("2. This Europass Mobility is issued by"),
        form_table(
            "Issued by",
            numbered("8", "Name of the issuing organisation", "{{ home.name }}", mandatory=True),
            numbered("9", "Europass Mobility number", "{{ agreement.europass_number }}", mandatory=True),
            numbered(
                "10", "Issuing date (dd/mm/yyyy)", f"{{{{ agreement.europass_issued_on | {DAY} }}}}", mandatory=True
            ),
        ),
    ]


def partners() -> Pieces:
    """Table 3: sending and host partner."""
    name = "Name, type (if relevant of faculty/department) and address"
    person = "Surname(s) and first name(s) of reference person/mentor"
    return [
        section("3. The partner organisations of the Europass Mobility experience"),
        block("Sending partner (organisation initiating the mobility experience)"),
        form_table(
            "Sending partner",
            numbered("11", name, address("home"), mandatory=True),
            to_be_signed("12", "Stamp and/or signature", mandatory=True),
            numbered("13", person, "{{ home.contact_person }}", mandatory=True),
            numbered("14", "Title/position", "{{ home.contact_position }}"),
            numbered("15", "Telephone", "{{ home.contact_telephone }}"),
            numbered("16", "E-mail", "{{ home.contact_email }}"),
            together=3,
        ),
        block("Host partner (organisation receiving the holder of the Europass Mobility)"),
        form_table(
            "Host partner",
            numbered("17", name, address("host"), mandatory=True),
            to_be_signed("18", "Stamp and/or signature", mandatory=True),
            numbered("19", person, "{{ agreement.mentor }}", mandatory=True),
            numbered("20", "Title/position", ""),
            numbered("21", "Telephone", "{{ agreement.mentor_telephone }}"),
            numbered("22", "E-mail", "{{ agreement.mentor_email }}"),
            together=3,
        ),
    ]


def experience() -> Pieces:
    """Table 4."""
    objective = paragraph("Field Value", "To achieve units of learning outcomes agreed in a Learning Agreement:")
    return [
        section("4. Description of the Europass Mobility experience"),
        form_table(
            "Description",
            numbered(
                "23",
                "Objective of the Europass Mobility experience",
                when("units", objective),
                each("unit in units", paragraph("Cell Bullet", "{{ unit.title }}")),
                mandatory=True,
            ),
            numbered(
                "24",
                "Initiative during which the Europass Mobility experience is completed, if applicable",
                "{{ cohort.title }}",
            ),
            numbered(
                "25",
                "Qualification (certificate, diploma or degree) to which the education or training leads, if any",
                BOTH_TITLES,
            ),
            numbered(
                "26",
                "Community or mobility programme involved, if any",
                joined(plain("cohort.programme"), plain("cohort.project_code")),
            ),
            numbered("27", "Duration: from (dd/mm/yyyy)", FROM, mandatory=True),
            numbered("28", "Duration: to (dd/mm/yyyy)", TO, mandatory=True),
        ),
    ]


def skills() -> Pieces:
    """Table 5a: what was done, what was achieved, and room for what nobody assessed."""
    same, own = "unit.activities == agreement.activities", "unit.activities != agreement.activities"
    done = [
        each(f"unit in units if {TRIED} and {same}", when("loop.first", bullet("{{ agreement.activities | lines }}"))),
        each(
            f"unit in units if {TRIED} and {own}", bullet(strong("{{ unit.title }}: "), "{{ unit.activities | lines }}")
        ),
    ]
    achieved = each(
        'unit in units if unit.whole.result != "not assessed"',
        each(
            f"outcome in unit.outcomes if {SHOWN}",
            when("loop.first", subblock("{{ unit.title }}")),
            bullet("{{ outcome.text }}"),
        ),
    )
    return [
        section("5a. Skills acquired during the Europass Mobility experience"),
        block("(29a)* Activities/tasks carried out"),
        done,
        block("(30a) Job-related skills"),
        achieved,
        paragraph(
            "Note", "What the host partner assessed as achieved, and what was done for it. More can be added below."
        ),
        form_table(
            "Skills acquired",
            numbered("29a", "Activities/tasks carried out, continued", "", height=SKILL),
            numbered("30a", "Job-related skills, continued", "", height=SKILL),
            numbered("31a", "Language skills", "", height=SKILL),
            numbered("32a", "Computer skills", "", height=SKILL),
            numbered("33a", "Organisational/managerial skills", "", height=SKILL),
            numbered("34a", "Communication skills", "", height=SKILL),
            keep_together(
                [
                    numbered("35a", "Other skills", "", height=SKILL),
                    numbered("36a", "Date (dd/mm/yyyy)", "", mandatory=True),
                    to_be_signed("37a", "Signature of the reference person/mentor", mandatory=True),
                    to_be_signed("38a", "Signature of the holder", mandatory=True),
                ]
            ),
            together=0,
        ),
    ]
