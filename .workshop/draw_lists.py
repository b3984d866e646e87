"""The Participant List, made once for a home and host pair, and the Contact Card of a learner."""

from __future__ import annotations

from paper import (
    DAY,
    Node,
    Pieces,
    card_table,
    country,
    document,
    each,
    entry,
    field,
    form_table,
    lead_in,
    list_table,
    list_to_sign,
    page_footer,
    page_header,
    paragraph,
    prose,
    rows_each,
    rows_when,
    section,
    strong,
    title,
    to_fill_in,
    when,
)

LIST = "Participant List"
CARD = "Contact Card"
CONFIRMS = "We confirm that the persons named above take part in the stay. Signature and stamp:"


# ---------------------------------------------------------------- the list


def list_header() -> Node:
    """The cohort above, the pair below."""
    return page_header(strong("{{ host.name }}"), " · {{ home.name }}")


def list_footer() -> Node:
    """The paper's name and the page."""
    return page_footer(LIST)


def list_body() -> Node:
    """Who travels from this home to this host, when, and a column to sign."""
    return document(
        [
            title(LIST, "Learners of {{ home.name }} at {{ host.name }}"),
            form_table(
                "Home and host",
                rows_when("cohort.programme", field("Programme", "{{ cohort.programme }}")),
                field("Home organisation", organisation("home")),
                field("Host organisation", organisation("host")),
            ),
            section("Learners"),
            list_to_sign(
                "Learners",
                {"No": 6, "Name": 36, "From": 14, "To": 14, "Signature": 30},
                rows_each(
                    "learner in learners",
                    entry(
                        "{{ loop.index }}",
                        "{{ learner.name }}",
                        f"{{{{ learner.agreement.start | {DAY} }}}}",
                        f"{{{{ learner.agreement.end | {DAY} }}}}",
                        "",
                        height=440,
                    ),
                ),
            ),
            section("Accompanying persons"),
            when("companions", companions(), otherwise=prose("Nobody accompanies this group.")),
            when("not cohort.draft", confirmation("Confirmation", CONFIRMS)),
            paragraph("Note", "This list holds personal data. It is for the organisations named above alone."),
        ]
    )


def organisation(word: str) -> Pieces:
    """An organisation, and whom to reach there."""
    return [
        paragraph(
            "Field Value",
            strong(f"{{{{ {word}.name }}}}"),
            country(word),
        ),
        when(f"{word}.address", paragraph("Field Value", f"{{{{ {word}.address | lines }}}}")),
        when(
            f"{word}.contact_person",
            paragraph(
                "Field Value",
                f"{{{{ {word}.contact_person }}}}"
                f"{{% if {word}.contact_telephone %}}, {{{{ {word}.contact_telephone }}}}{{% endif %}}",
            ),
        ),
    ]


def companions() -> Pieces:
    """Those who travel with the group."""
    return list_to_sign(
        "Accompanying persons",
        {"Name": 22, "Role": 18, "From": 13, "To": 13, "Telephone": 18, "Signature": 16},
        rows_each(
            "companion in companions",
            entry(
                "{{ companion.name }}",
                "{{ companion.role }}",
                f"{{{{ companion.start | {DAY} }}}}",
                f"{{{{ companion.end | {DAY} }}}}",
                "{{ companion.telephone }}",
                "",
                height=440,
            ),
        ),
    )


def confirmation(heading: str, sentence: str) -> Pieces:
    """Home and host sign side by side."""

    def confirms(word: str) -> list[Node]:
        lines = [paragraph("Signature Line", "Name: \t"), paragraph("Signature Line", "Place, date: \t")]
        return [paragraph("Signatory", f"{{{{ {word}.name }}}}"), *lines]

    return [
        section(heading),
        lead_in(sentence),
        list_table(
            heading,
            {"Home organisation": 50, "Host organisation": 50},
            entry(confirms("home"), confirms("host"), height=1450),
        ),
    ]


# ---------------------------------------------------------------- the card


def card_header() -> Node:
    """The cohort, and whose card it is."""
    return page_header(strong("{{ learner.name }}"), " · {{ host.name }}")


def card_footer() -> Node:
    """The paper's name and the page."""
    return page_footer(CARD)


def card_body() -> Node:
    """A card for the pocket: cut out, fold in the middle."""
    return document(
        [
            lead_in("Cut along the outer line and fold in the middle. Carry the card with you all the time."),
            card_table(CARD, mine(), help_numbers()),
            paragraph(
                "Note", "The card holds only what you need on the way. If you lose it, tell your home organisation."
            ),
        ]
    )


def labelled(label: str, *values: Pieces) -> Pieces:
    """A small label and what belongs to it."""
    return [paragraph("Card Label", label), values]


def line(content: str) -> Node:
    """A line on the card."""
    return paragraph("Card Value", content)


def number(word: str) -> Node:
    """A number to call, or a line to write it on."""
    return paragraph("Card Number", to_fill_in(word))


def mine() -> Pieces:
    """The outside: who I am and where I stay."""
    return [
        paragraph("Card Kind", CARD),
        paragraph("Card Title", "{{ learner.name }}"),
        labelled(
            "I am a guest of",
            paragraph("Card Name", "{{ host.name }}"),
            when("host.address", line("{{ host.address | lines }}")),
            when("host.country_name", line("{{ host.country_name }}")),
        ),
        when(
            "workplace",
            labelled(
                "I work at",
                paragraph("Card Name", "{{ workplace.name }}"),
                when("workplace.address", line("{{ workplace.address | lines }}")),
            ),
        ),
        labelled("From – to", line(f"{{{{ agreement.start | {DAY} }}}} – {{{{ agreement.end | {DAY} }}}}")),
        labelled(
            "I come from",
            paragraph("Card Name", "{{ home.name }}"),
            when("home.country_name", line("{{ home.country_name }}")),
            when("home.telephone", line("{{ home.telephone }}")),
        ),
        paragraph("Note", "If you find me in need of help, please call one of these numbers."),
    ]


def help_numbers() -> Pieces:
    """The inside: whom to call."""
    return [
        paragraph("Card Head", "If I need help"),
        labelled("Police, fire brigade, ambulance – everywhere in the EU", paragraph("Card Number", "112")),
        labelled("My mentor", line(to_fill_in("agreement.mentor")), number("agreement.mentor_telephone")),
        labelled("Host organisation, in an emergency", number("host.emergency_telephone")),
        each(
            "companion in companions",
            labelled("Travels with us", line("{{ companion.name }}"), number("companion.telephone")),
        ),
        labelled("Home organisation, in an emergency", number("home.emergency_telephone")),
        when(
            "intermediary",
            labelled(
                "Local partner",
                line("{{ intermediary.name }}"),
                number("intermediary.emergency_telephone"),
                when("not intermediary.emergency_telephone", number("intermediary.telephone")),
            ),
        ),
        when(
            "learner.emergency_contact",
            labelled("Please tell", line("{{ learner.emergency_contact }}")),
            otherwise=when(
                "learner.guardian",
                labelled("Please tell", line("{{ learner.guardian }}"), number("learner.guardian_telephone")),
            ),
        ),
    ]
