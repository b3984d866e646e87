"""The Memorandum of Understanding: ten sections, and a sheet for each unit that is enclosed."""

from __future__ import annotations

from draw_signing import COLUMNS, not_yet, signatory
from draw_units import BOTH_TITLES, unit_sheet
from paper import (
    DAY,
    Node,
    Pieces,
    after_table,
    block,
    bullet,
    document,
    each,
    enclosures,
    entry,
    field,
    form_table,
    lead_in,
    list_table,
    page_footer,
    page_header,
    paragraph,
    prose,
    rows_each,
    rows_when,
    section,
    strong,
    subblock,
    subfield,
    ticked,
    title,
    to_fill_in,
    when,
)

NAME = "Memorandum of Understanding"
UNIT_SHEETS = "Description of the unit(s) of learning outcomes for the mobility"
UNITS_ENCLOSED = f'qualification.enclosures | tick("{UNIT_SHEETS}") == "☒"'
BOXES = ("Europass Certificate Supplement", "The learning outcomes associated with the qualification", UNIT_SHEETS)


def header() -> Node:
    """The cohort above, the paper and its file code below."""
    return page_header(strong(NAME), "{% if mou.file_code %} · {{ mou.file_code }}{% endif %}")


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer(NAME)


def body() -> Node:
    """The whole memorandum."""
    return document(
        [
            opening(),
            objectives(),
            organisations(),
            others(),
            qualifications(),
            procedure(),
            validity(),
            signatures(),
            closing(),
            annex(),
        ]
    )


def opening() -> Pieces:
    """What this paper is, and to what it belongs."""
    return [
        title(NAME, "for stays abroad in vocational education and training"),
        form_table(
            "To what this memorandum belongs",
            rows_when(
                "mou.file_code",
                field("‘File code’ of the Memorandum of Understanding", "{{ mou.file_code }}"),
            ),
            rows_when("cohort.programme", field("Programme", "{{ cohort.programme }}")),
            rows_when("cohort.project_code", field("Project code", "{{ cohort.project_code }}")),
            field(
                "Group of learners",
                "{% if cohort.title %}{{ cohort.title }} ({{ cohort.id }}){% else %}{{ cohort.id }}{% endif %}",
            ),
        ),
    ]


def objectives() -> Pieces:
    """Section 1: what the organisations agree on."""
    return [
        section("1. Objectives of the Memorandum of Understanding"),
        lead_in(
            "With this memorandum the organisations named in section 2 form a partnership, so that what learners "
            "learn abroad counts towards their qualification at home. They"
        ),
        bullet("accept each other as competent for the tasks each has in this partnership;"),
        bullet("accept the way each of them assures quality, assesses, validates and recognises learning outcomes;"),
        bullet("agree that the qualifications in section 4 can be compared, as far as the units named there go;"),
        bullet("agree on the conditions of the stays: objectives, duration of this memorandum, review;"),
        bullet("conclude a Learning Agreement with every learner before the stay begins."),
        form_table(
            "Other objectives",
            field(
                "Are other objectives agreed on? Please tick as appropriate",
                ticked("{% if mou.other_objectives %}☐{% else %}☒{% endif %}", "No"),
                ticked("{{ mou.other_objectives | tick }}", "Yes - these are: {{ mou.other_objectives | lines }}"),
            ),
        ),
    ]


def organisations() -> Pieces:
    """Section 2: a block for each organisation that signs."""
    return [
        section("2. Organisations signing the Memorandum of Understanding"),
        each(
            "partner in partners",
            block("Organisation {{ loop.index }}"),
            form_table(
                "Organisation that signs",
                field("Country", "{{ partner.country_name }}"),
                field("Name of organisation", "{{ partner.name }}"),
                field("Address", "{{ partner.address | lines }}"),
                field("Telephone/fax", "{{ partner.telephone }}"),
                field("E-mail", "{{ partner.email }}"),
                field("Website", "{{ partner.website }}"),
                rows_when("partner.oid", field("Organisation ID (OID)", "{{ partner.oid }}")),
                field("Contact person", "{{ partner.contact_person }}"),
                subfield("Position", "{{ partner.contact_position }}"),
                subfield("Telephone/fax", "{{ partner.contact_telephone }}"),
                subfield("E-mail", "{{ partner.contact_email }}"),
                field("Role in this partnership", '{{ partner.roles | join(", ") }}'),
            ),
        ),
    ]


def others() -> Pieces:
    """Section 3: those who may work under the memorandum without signing it."""
    return [
        section("3. Other organisations covered by this Memorandum of Understanding (if appropriate)"),
        when(
            "mou.covered",
            lead_in("These organisations do not sign, but take part in the stays under this memorandum."),
            list_table(
                "Other organisations",
                {"Name of organisation": 44, "Country": 24, "Role in this partnership": 32},
                rows_each(
                    "organisation in mou.covered",
                    entry(
                        "{{ organisation.name }}",
                        "{{ organisation.country_name }}",
                        '{{ organisation.roles | join(", ") }}',
                    ),
                ),
            ),
        ),
        when("mou.other_organisations", after_table("{{ mou.other_organisations | lines }}")),
        when("not mou.covered and not mou.other_organisations", prose("No other organisations are covered.")),
    ]


def qualifications() -> Pieces:
    """Section 4: a block for each qualification with its units."""
    unit_line = "{{ unit.title }}{% if unit.points is not none %} ({{ unit.points }} ECVET points){% endif %}"
    return [
        section("4. The qualification(s) covered by this Memorandum of Understanding"),
        each(
            "qualification in qualifications",
            block("Qualification {{ loop.index }}"),
            form_table(
                "Qualification",
                field("Country", "{{ qualification.country_name }}"),
                field("Title of qualification", BOTH_TITLES),
                field("EQF level (if appropriate)", "{{ qualification.eqf_level }}"),
                field("NQF level (if appropriate)", "{{ qualification.nqf_level }}"),
                rows_when(
                    "qualification.points is not none",
                    field("ECVET points of the whole qualification", "{{ qualification.points }}"),
                ),
                rows_when("qualification.awarding_body", field("Awarded by", "{{ qualification.awarding_body }}")),
                field(
                    "Unit(s) of learning outcomes for the mobility phases (refer to enclosure in the annex, "
                    "if applicable)",
                    each(
                        "unit in qualification.units",
                        paragraph("Cell Bullet", unit_line),
                        otherwise=paragraph("Field Value", ""),
                    ),
                ),
                field(
                    "Enclosures in annex - please tick as appropriate",
                    enclosures("qualification.enclosures", BOXES),
                ),
            ),
        ),
    ]


def procedure() -> Pieces:
    """Section 5: who assesses, validates and recognises."""
    return [
        section("5. Assessment, documentation, validation and recognition"),
        lead_in(
            "By signing this memorandum the organisations confirm that they have discussed how assessment, "
            "documentation, validation and recognition are done, and that they agree on it:"
        ),
        bullet(
            strong("Assessment."),
            " The host organisation assesses what the learner has achieved, by the "
            "methods and criteria agreed for each unit.",
        ),
        bullet(
            strong("Documentation."),
            " It records the result of each unit in writing and hands the record to "
            "the learner and to the home organisation.",
        ),
        bullet(strong("Validation."), " The home organisation compares the record with the Learning Agreement."),
        bullet(
            strong("Recognition."),
            " The home organisation officially counts what was achieved towards the "
            "learner’s qualification, without assessing it a second time.",
        ),
        prose("Who does this for a learner, when and how, stands in the Learning Agreement."),
    ]


def validity() -> Pieces:
    """Sections 6 and 7: how long, and how it is reviewed."""
    return [
        section("6. Validity of this Memorandum of Understanding"),
        lead_in("This memorandum takes effect when the last of the organisations in section 2 has signed it."),
        form_table(
            "Validity",
            field("This Memorandum of Understanding is valid until", f"{{{{ mou.valid_until | {DAY} }}}}"),
        ),
        section("7. Evaluation and review process"),
        form_table(
            "Review",
            field(
                "The work of the partnership will be evaluated and reviewed by",
                f"{{{{ mou.review_date | {DAY} }}}}",
            ),
            field("Person(s)/organisation(s)", "{{ mou.reviewed_by | lines }}"),
        ),
    ]


def signatures() -> Pieces:
    """Section 8: room to sign and stamp for every signing partner; a draft has none."""
    place = (
        '{% if cohort.place and "home" in partner.roles %}{{ cohort.place }}, {% endif %}'
        f"{{% if partner.signed_on %}}{{{{ partner.signed_on | {DAY} }}}}"
        f'{{% elif cohort.date and "home" in partner.roles %}}{{{{ cohort.date | {DAY} }}}}{{% else %}}\t{{% endif %}}'
    )
    return [
        section("8. Signatures"),
        when(
            "cohort.draft",
            not_yet(),
            otherwise=[
                lead_in(
                    "This memorandum is made in {{ partners | length }} copies, one for each organisation that signs. "
                    "Each person who signs is entitled to act for the organisation."
                ),
                list_table(
                    "Signatures",
                    COLUMNS,
                    rows_each(
                        "partner in partners",
                        signatory(
                            "{{ partner.name }}",
                            "{{ partner.country_name }}",
                            to_fill_in("partner.signatory"),
                            to_fill_in("partner.signatory_role"),
                            place,
                            last=True,
                        ),
                    ),
                ),
            ],
        ),
    ]


def closing() -> Pieces:
    """Sections 9 and 10."""
    return [
        section("9. Additional information"),
        prose('{{ mou.additional_information | default("None.") | lines }}'),
        section("10. Annexes"),
        each(
            "qualification in qualifications",
            when(
                UNITS_ENCLOSED,
                bullet("Units of learning outcomes of the qualification {{ qualification.title }} (in this document)"),
            ),
        ),
        each("annex in mou.annexes", bullet("{{ annex }}"), otherwise=bullet("No other papers are annexed.")),
    ]


def outcomes(words: str) -> str:
    """The items of a list of learning outcomes in one paragraph, because two loops are open already."""
    return f'• {{{{ {words} | join("\\n• ") }}}}'


def annex() -> Pieces:
    """The units of each qualification whose description is ticked as enclosed."""
    return [
        each(
            "qualification in qualifications",
            when(
                UNITS_ENCLOSED,
                paragraph("Annex Heading", "Annex: Units of learning outcomes, {{ qualification.title }}"),
                each(
                    "unit in qualification.units",
                    subblock("Unit description sheet {{ loop.index }}"),
                    unit_sheet([], outcomes),
                ),
            ),
        ),
        paragraph("Note", "End of the Memorandum of Understanding."),
    ]
