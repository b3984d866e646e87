"""Draw the Erasmus pack: two Word forms whose blanks are content controls, the same bytes every time.

python .workshop/draw_erasmus_pack.py [FOLDER]      default: templates/erasmus beside .workshop

Our own drawing after the programme's template of 2021-2027; no form of the Commission. A blank is a content control
(ECMA-376 part 1, 17.5.2) with the word in its tag and a title for people, so that whoever gets the paper goes on typing
in it in Word. Typed tags do nothing but keep, leave out and repeat.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZipFile

from draw_signing import COLUMNS, PERSON, STAMP, not_yet, undertaking
from lxml import etree
from paper import (
    NAMESPACE,
    RELATIONS,
    Node,
    Pieces,
    block,
    bullet,
    document,
    each,
    entry,
    field,
    flat,
    form_table,
    lead_in,
    list_table,
    list_to_sign,
    outcomes,
    page_footer,
    paragraph,
    prose,
    rows_each,
    rows_when,
    section,
    strong,
    style_id,
    subfield,
    text,
    ticked,
    title,
    w,
    when,
)
from paper_package import write
from paper_styles import LANGUAGE, TICK_FONT

AGREEMENT, GROUP = "Learning Agreement", "Group Programme"
STAGE = "1 Before"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LONGEST_NAME = 64
"""Word opens no document in which the tag or the title of a content control is longer."""

DATE_FORMAT = "dd/MM/yyyy"
PLACEHOLDER_GREY = "666666"
ACTIVITIES = {
    "short": "Short-term learning mobility of VET learners",
    "long": "Long-term learning mobility of VET learners",
    "ErasmusPro": "Long-term learning mobility of VET learners (ErasmusPro)",
    "group": "Group mobility of VET learners",
    "other": "Other activity",
}
MODES = {"physical": "Physical", "blended": "Blended (physical and virtual)"}
SCOPES = {"whole": "The whole unit", "part": "A part of the unit"}
MINOR = "learner.is_minor or learner.guardian"


# ---------------------------------------------------------------- content controls


def w14(tag: str, **attributes: str | int) -> Node:
    """An element of Word 2010, such as a check box and its states."""
    element = etree.Element(f"{{{WORD_2010}}}{tag}", nsmap={"w14": WORD_2010})
    for name, value in attributes.items():
        element.set(f"{{{WORD_2010}}}{name}", str(value))
    return element


def control(word: str, name: str, kind: Node | None, shown: Node, *, empty: bool = True) -> Node:
    """A content control: the word in its tag, its title, its kind, and what it shows while nobody has filled it in."""
    if max(len(word), len(name)) > LONGEST_NAME:
        raise ValueError(f"Too long for Word: {word}, {name}")
    properties = w("sdtPr", w("alias", val=name), w("tag", val=word))
    if empty:
        properties.append(w("showingPlcHdr"))
    if kind is not None:
        properties.append(kind)
    return w("sdt", properties, w("sdtContent", shown))


def blank(word: str, name: str, *, lines: bool = False) -> Node:
    """A text; one that may have several lines is rich text (no kind at all, 17.5.2.26).

    LibreOffice shows the line breaks of a plain text before it (seen in 7.4), and rightly those of a rich one.
    """
    return control(word, name, None if lines else w("text"), text(name, "Placeholder Text"))


def day(word: str, name: str) -> Node:
    """A date, with Word's calendar to choose from."""
    kind = w(
        "date",
        w("dateFormat", val=DATE_FORMAT),
        w("lid", val=LANGUAGE),
        w("storeMappedDataAs", val="dateTime"),
        w("calendar", val="gregorian"),
    )
    return control(word, name, kind, text("dd/mm/yyyy", "Placeholder Text"))


def choice(word: str, name: str, entries: Mapping[str, str]) -> Node:
    """One of a list: what the workbook calls it, and what people read."""
    items = [w("listItem", displayText=shown, value=value) for value, shown in entries.items()]
    return control(word, name, w("dropDownList", *items), text("Choose", "Placeholder Text"))


def box(state: str, name: str) -> Node:
    """A box to tick: a yes/no word, or `word=value` for one value of a word."""
    kind = w14("checkbox")
    kind.append(w14("checked", val=0))
    kind.append(w14("checkedState", val="2612", font=TICK_FONT))
    kind.append(w14("uncheckedState", val="2610", font=TICK_FONT))
    return control(state, name, kind, text("☐", "Tick Mark"), empty=False)


def box_line(word: str, value: str, label: str) -> Node:
    """A box and what it stands for, on a line of its own."""
    return paragraph("Tick Box", box(f"{word}={value}", label), text("\t"), label)


# ---------------------------------------------------------------- fields of the form


def value(*parts: str | Node) -> Node:
    """What stands to the right of a label, or in a cell of a list."""
    return paragraph("Field Value", *parts)


def asks(label: str, word: str, name: str, *, lines: bool = False) -> Node:
    """A label and a text to fill in."""
    return field(label, value(blank(word, name, lines=lines)))


def asks_below(label: str, word: str, name: str, *, lines: bool = False) -> Node:
    """The same for a field that belongs to the person or thing above."""
    return subfield(label, value(blank(word, name, lines=lines)))


def asks_day(label: str, word: str, name: str) -> Node:
    """A label and a date to fill in."""
    return field(label, value(day(word, name)))


def enclosures(word: str, boxes: Sequence[str]) -> Pieces:
    """Boxes for what is usually enclosed, then every entry of the workbook that ticks none of them."""
    ticks = " ~ ".join(f'entry | tick("{name}")' for name in boxes)
    return [
        [box_line(word, name, name) for name in boxes],
        each(
            f'entry in {word} if "☒" not in {ticks}',
            ticked("☒", "Other: {{ entry }}"),
            otherwise=ticked("☐", "Other: please specify"),
        ),
    ]


def boxes_of_mode() -> Pieces:
    """Physical or blended."""
    return [box_line("cohort.mode", mode, label) for mode, label in MODES.items()]


def line_for_the_pen(word: str) -> Node:
    """A dotted line to write on, where the word beside it is empty; only in a style that has such a line."""
    return text(f"{{% if not {word} %}}\t{{% endif %}}")


# ---------------------------------------------------------------- what both forms have


def mobility(*rows: Pieces) -> Pieces:
    """Section 1: what kind of mobility this is, and to which project it belongs."""
    return [
        section("1. Information about the mobility"),
        form_table(
            "Information about the mobility",
            asks("Project code", "cohort.project_code", "Code of the project"),
            asks("Title of the project", "cohort.title", "Title of the project"),
            asks("Field", "cohort.field", "Field of education"),
            field("Activity type", value(choice("cohort.activity", "Activity type", ACTIVITIES))),
            field("Mode", boxes_of_mode()),
            rows,
        ),
    ]


def organisation(word: str, called: str, *more: Pieces) -> Node:
    """An organisation and the person responsible there."""
    return form_table(
        f"The {called}",
        asks("Full legal name", f"{word}.name", f"Name of the {called}"),
        asks("Address", f"{word}.address", f"Address of the {called}", lines=True),
        asks("Country", f"{word}.country_name", f"Country of the {called}"),
        asks("Organisation ID (OID)", f"{word}.oid", f"OID of the {called}"),
        asks("Responsible person", f"{word}.contact_person", f"Responsible person of the {called}"),
        asks_below("Position", f"{word}.contact_position", "Position of the responsible person"),
        asks_below("E-mail", f"{word}.contact_email", "E-mail of the responsible person"),
        asks_below("Telephone", f"{word}.contact_telephone", "Telephone of the responsible person"),
        more,
    )


def helper(word: str, called: str) -> Node:
    """An organisation that takes part without being one of the three parties."""
    return form_table(
        f"The {called}",
        asks("Name", f"{word}.name", f"Name of the {called}"),
        asks("Address", f"{word}.address", f"Address of the {called}", lines=True),
        asks("Responsible person", f"{word}.contact_person", f"Responsible person of the {called}"),
        asks_below("E-mail", f"{word}.contact_email", "E-mail of the responsible person"),
        asks_below("Telephone", f"{word}.contact_telephone", "Telephone of the responsible person"),
    )


def unit_title() -> Node:
    """The title of a unit above its outcomes."""
    return paragraph("Heading 3", "{{ loop.index }}. ", blank("unit.title", "Title of the unit"))


def outcome_rows() -> Pieces:
    """The learning outcomes of a unit, each kind where there are any; a blank for the pen where there are none."""
    kinds = {
        "knowledge": "Knowledge: the participant knows and understands",
        "skills": "Skills: the participant can",
        "competence": "Responsibility and autonomy: the participant takes on",
    }
    whole = "unit.learning_outcomes"
    split = " or ".join(f"unit.{key}" for key in kinds)
    listed = each(
        f"outcome in {whole}",
        paragraph("Cell Bullet", "{{ outcome }}"),
        otherwise=value(blank(whole, "Learning outcomes", lines=True)),
    )
    return [
        [rows_when(f"unit.{key}", field(label, outcomes(f"unit.{key}"))) for key, label in kinds.items()],
        rows_when(f"{whole} or not ({split})", field("Learning outcomes", listed)),
    ]


def people_travelling() -> Pieces:
    """Those who travel with the learners."""
    return list_table(
        "Accompanying persons",
        {"Name": 25, "Role": 21, "Stay": 16, "How to reach": 38},
        rows_each(
            "companion in companions",
            entry(
                [value(blank("companion.name", "Name"))],
                [value(blank("companion.role", "Role"))],
                [value(day("companion.start", "First day"), " –"), value(day("companion.end", "Last day"))],
                reached("companion.telephone", "companion.email"),
            ),
        ),
    )


def on_one_page(*rows: Pieces) -> Pieces:
    """Rows of a short list that stay together: each but the last with the next."""
    kept = flat(rows)
    for row in kept[:-1]:
        for style in row.iterfind(f"{{{NAMESPACE}}}tc/{{{NAMESPACE}}}p/{{{NAMESPACE}}}pPr/{{{NAMESPACE}}}pStyle"):
            style.addnext(w("keepNext"))
    return kept


def emergencies() -> Pieces:
    """Whom to call in an emergency, day and night."""
    organisations = {"home": "sending organisation", "host": "hosting organisation"}
    return [
        entry(
            f"In an emergency ({called})",
            [value(blank(f"{word}.name", f"Name of the {called}"))],
            [value(blank(f"{word}.emergency_telephone", "Number answered day and night"))],
        )
        for word, called in organisations.items()
    ]


def reached(telephone: str, email: str) -> Pieces:
    """A person's number and address, a line each."""
    return [value(blank(telephone, "Telephone")), value(blank(email, "E-mail"))]


def signing(*lines: Pieces) -> Pieces:
    """What stands beside a signature; place and date are for the one who signs."""
    return [lines, paragraph("Signature Line", "Place: \t"), paragraph("Signature Line", "Date: \t")]


def named(label: str, word: str, name: str) -> Node:
    """A line with a name or role, or dots where it is not known yet."""
    return paragraph("Signature Line", f"{label}: ", blank(word, name), line_for_the_pen(word))


def organisation_signs(party: str, word: str, *, last: bool = False) -> Node:
    """A row to sign in for an organisation."""
    return entry(
        [paragraph("Signatory" if last else "Signatory Kept", party), value(blank(f"{word}.name", f"Name: {party}"))],
        signing(
            named("Name", f"{word}.agreement_signatory", f"Who signs: {party}"),
            named("Position", f"{word}.agreement_signatory_role", f"Position: {party}"),
        ),
        "",
        height=STAMP,
    )


def person_signs(party: str, word: str) -> Node:
    """A row to sign in for a person who speaks for himself or herself."""
    return entry(
        [paragraph("Signatory Kept", party)], signing(named("Name", word, f"Who signs: {party}")), "", height=PERSON
    )


def header(kind: str, *subject: Node | str) -> Node:
    """The paper and the project's code on top of every page, and below whom it is about."""
    draft = text("{% if cohort.draft %}\tDRAFT{% endif %}", "Draft Mark")
    code = blank("cohort.project_code", "Project code (header)")
    return w("hdr", paragraph("Header", f"{kind} · Project code: ", code, draft), paragraph("Header Rule", *subject))


# ---------------------------------------------------------------- the Learning Agreement


def agreement_header() -> Node:
    """The project above, the participant and the hosting organisation below."""
    return header(
        "Erasmus+ learning agreement",
        blank("learner.name", "Participant (header)"),
        " · ",
        blank("host.name", "Hosting organisation (header)"),
    )


def agreement_body() -> Node:
    """The whole agreement."""
    return document(
        [
            title("Learning Agreement", "Erasmus+ learning mobility of individuals, 2021–2027"),
            prose(
                "This agreement is made between the participant, the sending organisation and the hosting organisation. "
                "It says what the participant is to learn, how, who helps, how the result is evaluated, and how it is "
                "recognised at home. It is agreed before the activity begins, and everyone who signs keeps a copy."
            ),
            mobility(
                field("Mobility ID (if available)", value(blank("agreement.mobility_id", "Mobility ID"))),
                asks_day("Start date", "agreement.start", "First day of the activity"),
                asks_day("End date", "agreement.end", "Last day of the activity"),
                field(
                    "Duration",
                    value(
                        blank("agreement.days", "Number of"),
                        " days, the first and the last counted (travel days apart)",
                    ),
                ),
            ),
            parties(),
            learning(),
            programme(),
            support(),
            evaluation(),
            recognition(),
            after_and_changes(),
            annexes(),
            agreement_signatures(),
        ]
    )


def parties() -> Pieces:
    """Section 2: who makes the agreement."""
    return [
        section("2. Parties to the agreement"),
        block("Participant"),
        form_table(
            "The participant",
            asks("Full name", "learner.name", "Full name of the participant"),
            asks_day("Date of birth", "learner.date_of_birth", "Date of birth"),
            asks("Address", "learner.address", "Address of the participant", lines=True),
            asks("E-mail", "learner.email", "E-mail of the participant"),
            asks("Telephone", "learner.telephone", "Telephone of the participant"),
            asks("Education or training programme", "qualification.title", "Qualification the participant works for"),
            asks_below("Level (EQF)", "qualification.eqf_level", "EQF level"),
            asks_below("Level (national)", "qualification.nqf_level", "Level of the national framework"),
            rows_when(
                "learner.emergency_contact", asks("In an emergency", "learner.emergency_contact", "Whom to call")
            ),
        ),
        when(MINOR, block("Parent or legal guardian of the participant"), guardian()),
        block("Sending organisation"),
        organisation("home", "sending organisation"),
        block("Hosting organisation"),
        organisation(
            "host",
            "hosting organisation",
            asks("Mentor", "agreement.mentor", "Mentor at the hosting organisation"),
            asks_below("E-mail", "agreement.mentor_email", "E-mail of the mentor"),
            asks_below("Telephone", "agreement.mentor_telephone", "Telephone of the mentor"),
        ),
        when("workplace", block("Workplace, if not at the hosting organisation"), helper("workplace", "workplace")),
        when("intermediary", block("Supporting organisation"), helper("intermediary", "supporting organisation")),
        when("employer", block("Employer of the participant"), helper("employer", "employer")),
    ]


def guardian() -> Pieces:
    """Who speaks for a participant under age."""
    return form_table(
        "Parent or legal guardian",
        asks("Full name", "learner.guardian", "Name of the guardian"),
        asks_below("Address", "learner.guardian_address", "Address of the guardian", lines=True),
        asks_below("E-mail", "learner.guardian_email", "E-mail of the guardian"),
        asks_below("Telephone", "learner.guardian_telephone", "Telephone of the guardian"),
        rows_when(
            "learner.guardian2",
            asks("Full name", "learner.guardian2", "Name of the second guardian"),
            asks_below("E-mail", "learner.guardian2_email", "E-mail of the second guardian"),
            asks_below("Telephone", "learner.guardian2_telephone", "Telephone of the second guardian"),
        ),
    )


def learning() -> Pieces:
    """Section 3: what has been learned, and what is to be learned."""
    return [
        section("3. Learning outcomes"),
        block("Where the participant stands"),
        form_table(
            "Where the participant stands",
            asks("Already learned", "agreement.progress", "What the participant can do already", lines=True),
            rows_when(
                "agreement.units_acquired",
                asks("Units already acquired", "agreement.units_acquired", "Units the participant holds"),
            ),
            field(
                "Enclosed",
                enclosures(
                    "agreement.enclosures_progress",
                    ("Europass CV", "Europass Certificate Supplement", "Europass Mobility"),
                ),
            ),
        ),
        block("Expected learning outcomes"),
        lead_in("At the end of the activity, the participant is expected to have achieved these learning outcomes:"),
        each(
            "unit in units",
            unit_title(),
            form_table(
                "Learning outcomes of a unit",
                field("Agreed", value(choice("unit.scope", "Whole unit or a part", SCOPES))),
                rows_when(
                    'unit.scope == "part"', asks_below("Which part", "unit.part", "Which part of the unit", lines=True)
                ),
                rows_when("unit.points", asks("Points", "unit.points", "Points of the unit")),
                outcome_rows(),
                together=1,
            ),
        ),
    ]


def programme() -> Pieces:
    """Section 4: what is done to get there."""
    return [
        section("4. Learning programme and tasks"),
        form_table(
            "Learning programme and tasks",
            asks("Programme of the stay", "agreement.activities", "Programme of the stay", lines=True),
            field(
                "Enclosed",
                enclosures("agreement.enclosures_programme", ("Weekly timetable", "Description of the tasks")),
            ),
            together=0,
        ),
    ]


def support() -> Pieces:
    """Section 5: who looks after the participant."""
    return [
        section("5. Monitoring, mentoring and support during the activity"),
        lead_in(
            "Sending and hosting organisation keep in touch during the activity. The participant may turn to each of "
            "these persons at any time; whoever hears of a difficulty tells the others without delay."
        ),
        list_table(
            "Who looks after the participant",
            {"Task": 26, "Person": 31, "How to reach": 43},
            on_one_page(
                entry(
                    "Monitors the activity (sending organisation)",
                    [value(blank("home.contact_person", "Who monitors"))],
                    reached("home.contact_telephone", "home.contact_email"),
                ),
                entry(
                    "Mentor (hosting organisation)",
                    [value(blank("agreement.mentor", "Mentor"))],
                    reached("agreement.mentor_telephone", "agreement.mentor_email"),
                ),
                emergencies(),
            ),
        ),
        when("companions", block("Accompanying persons"), people_travelling()),
    ]


def evaluation() -> Pieces:
    """Section 6: who finds out, when and how, what was learned."""
    return [
        section("6. Evaluation of the learning outcomes"),
        form_table(
            "Evaluation",
            asks("Who evaluates", "agreement.assessor", "Who evaluates"),
            asks_below("Organisation, role", "agreement.assessor_role", "Organisation and role of that person"),
            asks_day("Date", "agreement.assessment_date", "Day of the evaluation"),
            asks("Record of the result", "agreement.assessment_recording", "How the result is recorded", lines=True),
            field(
                "Enclosed",
                enclosures("agreement.enclosures_assessment", ("Assessment grid", "Personal transcript")),
            ),
        ),
        block("Format and criteria for each unit"),
        list_table(
            "Format and criteria for each unit",
            {"Unit": 26, "Format": 37, "Criteria": 37},
            rows_each(
                "unit in units",
                entry(
                    [
                        value(blank("unit.title", "Title of the unit")),
                        when(
                            "unit.assessor and unit.assessor != agreement.assessor",
                            value("Evaluated by ", blank("unit.assessor", "Who evaluates this unit")),
                        ),
                    ],
                    [value(blank("unit.assessment_method", "How it is evaluated", lines=True))],
                    [value(blank("unit.assessment_criteria", "What is looked at", lines=True))],
                ),
            ),
        ),
    ]


def recognition() -> Pieces:
    """Section 7: how the result counts at home."""
    return [
        section("7. Recognition of the learning outcomes"),
        lead_in(
            "The hosting organisation gives its record of the result to the participant and to the sending organisation. "
            "The sending organisation recognises what was achieved, and sees to the Europass Mobility."
        ),
        form_table(
            "Recognition",
            asks("Who compares the result with this agreement", "agreement.validator", "Who validates"),
            asks_below("Organisation, role", "agreement.validator_role", "Organisation and role of that person"),
            asks_below("How", "agreement.validation_method", "How it is validated", lines=True),
            subfield("When", value(day("agreement.validation_date", "When it is validated"))),
            asks_below("Document", "agreement.validation_recording", "How the validation is recorded", lines=True),
            asks("Who recognises", "agreement.recogniser", "Who recognises"),
            asks_below("Organisation, role", "agreement.recogniser_role", "Organisation and role of that person"),
            asks_below("How", "agreement.recognition_method", "How it is recognised", lines=True),
            rows_when(
                "agreement.europass_number",
                asks("Europass Mobility", "agreement.europass_number", "Number of the Europass Mobility"),
            ),
        ),
        block("Conditions for each unit"),
        list_table(
            "Conditions for each unit",
            {"Unit": 26, "Counts at home as": 37, "If it is not achieved": 37},
            rows_each(
                "unit in units",
                entry(
                    [value(blank("unit.title", "Title of the unit"))],
                    [value(blank("unit.counts_at_home_as", "What the unit counts as", lines=True))],
                    [value(blank("unit.if_not_achieved", "What happens then", lines=True))],
                ),
            ),
        ),
    ]


def after_and_changes() -> Pieces:
    """Section 8: coming back, what else is agreed, and how the agreement is changed."""
    return [
        section("8. Return, further arrangements and changes"),
        when(
            'cohort.activity in ["long", "ErasmusPro"]',
            prose(
                strong("Return. "),
                "After the stay the participant goes on in the programme at the sending organisation, which plans the "
                "return with the participant in good time. What was recognised is not taken again.",
            ),
        ),
        when(
            "agreement.additional_information",
            prose(
                strong("Further arrangements. "),
                blank("agreement.additional_information", "Further arrangements", lines=True),
            ),
        ),
        prose(
            strong("Changes. "),
            "Changes to this agreement are agreed in writing, an e-mail being enough, by all who signed it, as soon as "
            "they are needed.",
        ),
        when(
            "agreement.amendment",
            form_table(
                "Change of the agreement",
                asks("Change number", "agreement.amendment", "Number of the amendment"),
                asks_below("Reason", "agreement.reason_for_change", "Why the agreement is changed", lines=True),
                subfield("What changes", each("change in agreement.changes", paragraph("Cell Bullet", "{{ change }}"))),
            ),
        ),
    ]


def annexes() -> Pieces:
    """Section 9, where there are any."""
    return when(
        "agreement.annexes",
        section("9. Annexes"),
        each("annex in agreement.annexes", bullet("{{ annex }}")),
    )


def agreement_signatures() -> Pieces:
    """The three parties sign, and the guardian of a participant under age; a draft has no rows to sign in."""
    guardian_is = "Parent or legal guardian"
    return [
        section("Signatures"),
        undertaking(
            strong("The participant"),
            " carries out the tasks, keeps to the rules of the hosting organisation, and speaks early about any "
            "difficulty.",
        ),
        undertaking(
            strong("The sending organisation"),
            " prepares the participant, monitors the activity, and recognises what was achieved as written in section 7.",
        ),
        undertaking(
            strong("The hosting organisation"),
            " gives the participant the tasks of section 4 and a mentor, and evaluates the result as written in section "
            "6.",
        ),
        when(
            MINOR,
            undertaking(
                strong("The parent or legal guardian"),
                " agrees that the participant goes, and can be reached during the stay.",
            ),
        ),
        when(
            "cohort.draft",
            not_yet(),
            otherwise=[
                lead_in("By signing, we accept this agreement."),
                list_table(
                    "Signatures",
                    {"Party": 30, **dict(list(COLUMNS.items())[1:])},
                    person_signs("Participant", "learner.name"),
                    rows_when(MINOR, person_signs(guardian_is, "learner.guardian")),
                    rows_when("learner.guardian2", person_signs(guardian_is, "learner.guardian2")),
                    organisation_signs("Sending organisation", "home"),
                    organisation_signs("Hosting organisation", "host", last=True),
                ),
            ],
        ),
        paragraph(
            "Note", "Drawn after the learning agreement of the Erasmus+ programme 2021–2027; not an official form."
        ),
    ]


# ---------------------------------------------------------------- the Group Programme


def group_header() -> Node:
    """The project above, the pair below."""
    return header(
        "Erasmus+ group mobility",
        blank("host.name", "Hosting organisation (header)"),
        " · ",
        blank("home.name", "Sending organisation (header)"),
    )


def group_body() -> Node:
    """One programme for the group, and who belongs to it."""
    return document(
        [
            title("Group Programme", "Learning programme and participants of a group mobility, Erasmus+ 2021–2027"),
            prose(
                "The sending organisation and the hosting organisation agree on this programme for the whole group. "
                "It says who takes part, what the group is to learn, what it does, and whom to reach."
            ),
            mobility(),
            section("2. Organisations"),
            block("Sending organisation"),
            organisation("home", "sending organisation"),
            block("Hosting organisation"),
            organisation("host", "hosting organisation"),
            section("3. Participants"),
            participants(),
            section("4. Accompanying persons"),
            when("companions", people_travelling(), otherwise=prose("Nobody accompanies this group.")),
            group_learning(),
            contacts(),
            group_signatures(),
        ]
    )


def participants() -> Pieces:
    """The list of participants; the stay of each stands in the row."""
    return list_to_sign(
        "Participants",
        {"No": 6, "Name": 38, "Date of birth": 16, "Under age": 12, "From": 14, "To": 14},
        rows_each(
            "learner in learners",
            entry(
                "{{ loop.index }}",
                [value(blank("learner.name", "Name"))],
                [value(day("learner.date_of_birth", "Date of birth"))],
                [value(box("learner.is_minor", "Under age"))],
                f'{{{{ learner.agreement.start | date("{DATE_FORMAT}") }}}}',
                f'{{{{ learner.agreement.end | date("{DATE_FORMAT}") }}}}',
            ),
        ),
    )


def unit_and_qualification() -> Pieces:
    """A unit's title, and below it that of its qualification: one unit may count for several."""
    return [
        value(blank("unit.title", "Title of the unit")),
        value(blank("unit.qualification_title", "Title of the qualification")),
    ]


def group_learning() -> Pieces:
    """Sections 5 to 7: what the group is to learn, what it does for that, and how one sees that it was learned."""
    return [
        section("5. Expected learning outcomes"),
        each(
            "unit in units",
            unit_title(),
            lead_in("For the qualification: ", blank("unit.qualification_title", "Title of the qualification")),
            form_table("Learning outcomes of a unit", outcome_rows(), together=1),
        ),
        section("6. Programme"),
        list_table(
            "Programme",
            {"Unit": 34, "What the group does": 66},
            rows_each(
                "unit in units",
                entry(
                    unit_and_qualification(),
                    [value(blank("unit.activities", "What the group does", lines=True))],
                ),
            ),
        ),
        section("7. Evaluation and recognition"),
        list_table(
            "Evaluation and recognition",
            {"Unit": 26, "How it is evaluated": 37, "Counts at home as": 37},
            rows_each(
                "unit in units",
                entry(
                    unit_and_qualification(),
                    [value(blank("unit.assessment_method", "How it is evaluated", lines=True))],
                    [value(blank("unit.counts_at_home_as", "What the unit counts as", lines=True))],
                ),
            ),
        ),
    ]


def contacts() -> Pieces:
    """Section 8: whom to reach."""
    return [
        section("8. Contacts during the stay"),
        list_table(
            "Contacts during the stay",
            {"Task": 26, "Person": 31, "How to reach": 43},
            on_one_page(
                entry(
                    "Co-ordinates at home",
                    [value(blank("home.contact_person", "Responsible person"))],
                    reached("home.contact_telephone", "home.contact_email"),
                ),
                entry(
                    "Co-ordinates at the host",
                    [value(blank("host.contact_person", "Responsible person"))],
                    reached("host.contact_telephone", "host.contact_email"),
                ),
                entry(
                    "Mentor of the group",
                    [value(blank("host.mentor", "Mentor"))],
                    reached("host.mentor_telephone", "host.mentor_email"),
                ),
                emergencies(),
                entry("Police, fire brigade, ambulance", "Everywhere in the EU", "112"),
            ),
        ),
    ]


def group_signatures() -> Pieces:
    """Both organisations sign; a draft has no rows to sign in."""
    return [
        section("9. Signatures"),
        when(
            "cohort.draft",
            not_yet(),
            otherwise=[
                lead_in("We carry out this programme with the persons named above."),
                list_table(
                    "Signatures",
                    {"Party": 30, **dict(list(COLUMNS.items())[1:])},
                    organisation_signs("Sending organisation", "home"),
                    organisation_signs("Hosting organisation", "host", last=True),
                ),
            ],
        ),
        paragraph(
            "Note",
            "This programme holds personal data. It is for the organisations named above alone. Drawn after the practice "
            "of the Erasmus+ programme 2021–2027; not an official form.",
        ),
    ]


# ---------------------------------------------------------------- the files


def numbered(part: Node, first: int) -> Node:
    """Give a part the namespaces its content controls need, and each of them outside of loops a number of its own.

    What a loop repeats gets none (17.5.2.18): Word numbers it when the paper is opened, where the same number twice
    would not be unique.
    """
    namespaces = {"w": NAMESPACE, "r": RELATIONS, "mc": COMPATIBILITY, "w14": WORD_2010}
    root = etree.Element(part.tag, nsmap=namespaces)
    root.set(f"{{{COMPATIBILITY}}}Ignorable", "w14")
    root.extend(part)
    depth = 0
    for element in root.iter(f"{{{NAMESPACE}}}t", f"{{{NAMESPACE}}}sdtPr"):
        content = element.text or ""
        if content.startswith("{%"):
            depth += (" for " in content) - (" endfor " in content)
        if element.tag == f"{{{NAMESPACE}}}sdtPr" and not depth:
            element.insert(2, w("id", val=first))
            first += 1
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(namespaces))
    return root


def with_placeholder_style(target: Path) -> None:
    """Add Word's own style for what stands in an empty content control, which the official pack has no need of."""
    with ZipFile(target) as package:
        members = [(entry, package.read(entry)) for entry in package.infolist()]
    look = w("rPr", w("color", val=PLACEHOLDER_GREY))
    style = w(
        "style",
        w("name", val="Placeholder Text"),
        w("basedOn", val="DefaultParagraphFont"),
        w("uiPriority", val=99),
        w("semiHidden"),
        look,
        type="character",
        styleId=style_id("Placeholder Text"),
    )
    with ZipFile(target, "w") as package:
        for entry, content in members:
            if entry.filename != "word/styles.xml":
                package.writestr(entry, content)
                continue
            root = etree.fromstring(content)
            root.append(style)
            package.writestr(entry, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def draw(folder: Path) -> list[Path]:
    """Write both forms into a pack; return where they stand."""
    forms = {
        AGREEMENT: (agreement_body(), agreement_header()),
        GROUP: (group_body(), group_header()),
    }
    written = []
    for name, (body, top) in forms.items():
        written.append(folder / STAGE / f"{name}.docx")
        write(written[-1], f"Erasmus+ {name}", numbered(body, 1001), numbered(top, 9001), page_footer(name))
        with_placeholder_style(written[-1])
    return written


if __name__ == "__main__":
    pack = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "templates" / "erasmus"
    for form in draw(pack):
        print(form)
