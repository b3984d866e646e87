"""The Learning Agreement Complement: how the stay went, and what was achieved, confirmed by host and learner."""

from __future__ import annotations

from draw_after import AGREED_STAY, DIFFERS, SHOWN, in_words, part, to_sign
from draw_signing import lowered, organisation_signs, signatory, undertaking
from paper import (
    DAY,
    Node,
    Pieces,
    block,
    document,
    each,
    field,
    form_table,
    organisation,
    page_footer,
    page_header,
    paragraph,
    prose,
    rows_when,
    section,
    strong,
    title,
    when,
)

NAME = "Learning Agreement Complement"
ACTIVITIES = {
    "short": "Short-term learning mobility of VET learners",
    "long": "Long-term learning mobility of VET learners",
    "ErasmusPro": "Long-term learning mobility of VET learners (ErasmusPro)",
    "group": "Group mobility of VET learners",
}
ACTIVITY = (
    "".join(
        f'{{% {"elif" if number else "if"} cohort.activity == "{value}" %}}{label}'
        for number, (value, label) in enumerate(ACTIVITIES.items())
    )
    + "{% else %}{{ cohort.activity }}{% endif %}"
)
EARLY = 'agreement.status == "returned early"'
AS_AGREED = f"agreement.actual_start and agreement.actual_end and not ({DIFFERS})"


def header() -> Node:
    """The cohort above, the learner and the host below."""
    return page_header(strong("{{ learner.name }}"), " · {{ host.name }}")


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer(NAME)


def body() -> Node:
    """The whole complement."""
    return document([opening(), mobility(), achieved(), changes(), signing()])


def opening() -> Pieces:
    """To which mobility and project it belongs: the two lines with which the programme's forms begin."""
    return [
        title(NAME, "after a stay abroad in vocational education and training"),
        form_table(
            "To which mobility this complement belongs",
            field("Mobility ID", "{{ agreement.mobility_id }}"),
            field("Project code", "{{ cohort.project_code }}"),
        ),
    ]


def mobility() -> Pieces:
    """Section 1: who, where and when."""
    return [
        section("1. The mobility"),
        form_table(
            "The mobility",
            field("Activity type", ACTIVITY),
            field("Participant", "{{ learner.name }}"),
            field("Sending organisation", organisation("home")),
            field("Hosting organisation", organisation("host")),
            field("Dates agreed", AGREED_STAY),
            field("Actual start date", f"{{{{ agreement.actual_start | {DAY} }}}}"),
            field("Actual end date", f"{{{{ agreement.actual_end | {DAY} }}}}"),
        ),
    ]


def achieved() -> Pieces:
    """Section 2: what was achieved of each unit, in the words of the agreement."""
    word = "unit.whole.result"
    evaluation = in_words(word, "no result for the whole unit")
    return [
        section("2. Learning outcomes achieved, and their evaluation"),
        prose("The hosting organisation evaluated the participant against the units of the Learning Agreement."),
        each(
            "unit in units",
            block("{{ loop.index }}. {{ unit.title }}"),
            form_table(
                "What was achieved of a unit",
                field(
                    "Evaluation",
                    f"{evaluation}{{% if unit.whole.grade %}}, grade {{{{ unit.whole.grade }}}}{{% endif %}}",
                ),
                rows_when('unit.scope == "part"', field("Agreed part of the unit", part(""))),
                rows_when("unit.whole.not_shown_yet", field("Not shown yet", "{{ unit.whole.not_shown_yet | lines }}")),
                rows_when("unit.whole.remarks", field("Remarks", "{{ unit.whole.remarks | lines }}")),
                rows_when(
                    'unit.whole.result != "not assessed"',
                    field(
                        "Learning outcomes achieved",
                        each(
                            f"outcome in unit.outcomes if {SHOWN}",
                            paragraph("Cell Bullet", "{{ outcome.text }}"),
                            otherwise=paragraph("Field Value", "None is recorded."),
                        ),
                    ),
                ),
            ),
        ),
    ]


def changes() -> Pieces:
    """Section 3: what was different from what was agreed; what nobody wrote down is left for the pen."""
    amended = (
        "The Learning Agreement was amended (amendment {{ agreement.amendment }})"
        "{% if agreement.reason_for_change %}: {{ agreement.reason_for_change }}{% else %}.{% endif %}"
    )
    return [
        section("3. Changes"),
        when("agreement.amendment", undertaking(amended)),
        when(EARLY, undertaking("The participant returned before the agreed end.")),
        when(DIFFERS, undertaking("The actual dates are not the dates agreed: see section 1.")),
        when(f"{AS_AGREED} and not agreement.amendment", undertaking("The stay took place on the dates agreed.")),
        undertaking("Other changes: " + "…" * 36),
    ]


def signing() -> Pieces:
    """Section 4: host and participant sign, the sending organisation may."""
    return [
        section("4. Signatures"),
        lowered(
            to_sign(
                "We confirm that the mobility took place, and what was achieved, as written above.",
                organisation_signs("Hosting organisation", "host"),
                signatory("Participant", "", "{{ learner.name }}", ""),
                organisation_signs("Sending organisation (optional)", "home", last=True),
            ),
            0.8,
        ),
    ]
