"""Section 7 of the Learning Agreement, and what its rows to sign in share with those of the memorandum."""

from __future__ import annotations

from paper import (
    DAY,
    NAMESPACE,
    Node,
    Pieces,
    entry,
    flat,
    lead_in,
    list_table,
    organisation,
    paragraph,
    prose,
    rows_when,
    section,
    strong,
    to_fill_in,
    when,
)

STAMP, PERSON = 1760, 1250
COLUMNS = {"Organisation/country": 30, "Name, role, place and date": 36, "Signature and stamp": 34}
SIGNED_AT_HOME = (
    "{% if cohort.place %}{{ cohort.place }}{% if cohort.date %}, {% endif %}{% endif %}"
    f"{{% if cohort.date %}}{{{{ cohort.date | {DAY} }}}}{{% else %}}\t{{% endif %}}"
)


def not_yet() -> Node:
    """What stands in a draft instead of the rows to sign in."""
    return prose(
        strong("This is a draft. It is not to be signed."), " The rows to sign in follow in the final version."
    )


def signing_lines(name: str, role: str, place: str) -> list[Node]:
    """The lines beside a signature; an organisation's person has a role."""
    lines = {"Name": name, "Role": role, "Place, date": place}
    return [paragraph("Signature Line", f"{label}: {value}") for label, value in lines.items() if value]


def signatory(party: str, who: str, name: str, role: str, place: str = "\t", *, last: bool = False) -> Node:
    """A row to sign in: the party on the left, the person in the middle, room to sign and stamp on the right.

    All but the last stay on one page, as far as a page goes.
    """
    party_lines = [paragraph("Signatory" if last else "Signatory Kept", party)]
    if who:
        party_lines.append(paragraph("Field Value", who))
    return entry(party_lines, signing_lines(name, role, place), "", height=STAMP if role else PERSON)


def organisation_signs(party: str, word: str, place: str = "\t", *, last: bool = False) -> Node:
    """A row to sign in for an organisation."""
    return signatory(
        party,
        organisation(word),
        to_fill_in(f"{word}.agreement_signatory"),
        to_fill_in(f"{word}.agreement_signatory_role"),
        place,
        last=last,
    )


def undertaking(*parts: str | Node) -> Node:
    """What one side promises; it stays on the page of the rows to sign in."""
    return paragraph("Undertaking", *parts)


def rows_of_others() -> Pieces:
    """What the others undertake who sign, where there are any."""
    return [
        when(
            "learner.is_minor or learner.guardian",
            undertaking(
                strong("The parent or legal guardian"),
                " agrees that the learner goes, and can be reached during the stay.",
            ),
        ),
        when(
            "intermediary",
            undertaking(
                strong("The intermediary organisation"),
                " helps the learner on the spot and keeps in touch with home and host.",
            ),
        ),
        when(
            "employer",
            undertaking(strong("The employer"), " releases the learner for the stay."),
        ),
    ]


def signatures() -> Pieces:
    """Section 7: what everyone undertakes, and the rows to sign in; a draft has none."""
    return [
        section("7. Signatures"),
        undertaking(
            strong("The home organisation"),
            " prepares the learner, stays in contact during the stay, and validates "
            "and recognises what was achieved as written in section 6.",
        ),
        undertaking(
            strong("The host organisation"),
            " gives the learner tasks that lead to the learning outcomes of section "
            "4, names a person to turn to, and assesses as written in section 5.",
        ),
        undertaking(
            strong("The learner"),
            " takes part in the activities, keeps to the rules of the host organisation, and "
            "speaks early about any difficulty.",
        ),
        rows_of_others(),
        undertaking("If something has to change, everyone who signed agrees to the change in writing."),
        rows_to_sign("By signing, we accept this agreement."),
    ]


def rows_to_sign(accepting: str, at_home: str = SIGNED_AT_HOME) -> Pieces:
    """A row to sign in for each who signs an agreement, or its amendment; a draft has none."""
    guardian = "Parent or legal guardian"
    return when(
        "cohort.draft",
        not_yet(),
        otherwise=[
            lead_in(accepting),
            list_table(
                "Signatures",
                COLUMNS,
                organisation_signs("Home organisation/country", "home", at_home),
                organisation_signs("Host organisation/country", "host"),
                signatory("Learner", "", "{{ learner.name }}", ""),
                rows_when(
                    "learner.is_minor or learner.guardian",
                    signatory(guardian, "", to_fill_in("learner.guardian"), ""),
                ),
                rows_when(
                    "learner.guardian2",
                    signatory(guardian, "", "{{ learner.guardian2 }}", ""),
                ),
                rows_when("intermediary", organisation_signs("Intermediary organisation", "intermediary")),
                rows_when("employer", organisation_signs("Employer", "employer", last=True)),
            ),
        ],
    )


def side_by_side(sentence: str, boxes: dict[str, Pieces], height: int = 1700) -> Pieces:
    """Boxes to sign in beside each other, under a head each; a draft has none."""
    share = 100 // len(boxes)
    return when(
        "cohort.draft",
        not_yet(),
        otherwise=[
            lead_in(sentence),
            list_table("Signatures", dict.fromkeys(boxes, share), entry(*boxes.values(), height=height)),
        ],
    )


def lowered(pieces: Pieces, share: float) -> Pieces:
    """Rows to sign in that are lower than the agreement's, so that they stay on the page."""
    for node in flat(pieces):
        for height in node.iter(f"{{{NAMESPACE}}}trHeight"):
            height.set(f"{{{NAMESPACE}}}val", str(round(int(height.get(f"{{{NAMESPACE}}}val")) * share)))
    return pieces
