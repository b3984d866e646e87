"""What a form is made of: blanks with the words they want, blocks, grids of signatures, sections.

A blank has the key of its label (its text is in `wordings/`) and the words that should fill it, as a person who knows
the trade would say: `host.name`, `home.name, home.country_name`, `agreement.activities or units.activities`, a box as
`learner.sex=M`. None is a blank for a human hand. Words of a box that end in “=” are completed by the box's own text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a blank is for the person who writes into it."""

    TEXT = auto()
    DATE = auto()
    """A text with a hint such as (dd/mm/yyyy)."""
    WEEKS = auto()
    """A text with the hint that it is a number of weeks."""
    AMPLE = auto()
    """Several lines, beside the label where there is a table, below it where there is none."""
    LONG = auto()
    """Several lines below the label; without a label of its own where its key is empty."""
    BOXES = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box to tick; `after` are the words of the text that is written behind the box's own text."""

    key: str
    words: str
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One place to fill, or a group of boxes."""

    key: str
    words: str | None = None
    kind: Kind = Kind.TEXT
    boxes: tuple[Box, ...] = ()
    in_a_row: bool = False
    """The boxes are so few and short that a form may set them side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stands together in one table; `item` is its number among blocks of the same kind."""

    key: str = ""
    blanks: tuple[Blank, ...]
    item: int | None = None
    spare: bool = False
    """The form says that the block may be removed."""
    title_before: bool = False
    """The title is a line before the table, even where other titles are its first row."""
    beside_next: bool = False
    """A form may set this block and the next side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs: a column of a grid. `head` are the words that belong to the head of the column, if it asks for any."""

    key: str
    head: str | None = None
    asks: bool = False
    name: str | None = None
    role: str | None = None
    place: str | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Signatures side by side; `in_one_cell` where name, place and signature are lines of one paragraph."""

    columns: tuple[Signature, ...]
    in_one_cell: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A line that asks for nothing."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered heading and what stands under it; without a heading where the key is empty."""

    key: str = ""
    parts: tuple[Block | Grid | Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A form: a title (and a blank in it), lines under the title, sections."""

    name: str
    title_blank: Blank | None = None
    lines: tuple[Blank, ...] = ()
    sections: tuple[Section, ...]


# -- what the forms have in common ------------------------------------------------------------------------------------


def organisation(role: str, *, mentor: bool = False) -> tuple[Blank, ...]:
    """The blanks of a home, host or intermediary organisation."""
    tutor = (Blank(key="mentor", words="agreement.mentor"),) if mentor else ()
    return (
        Blank(key="organisation_name", words=f"{role}.name"),
        Blank(key="address", words=f"{role}.address"),
        Blank(key="telephone_fax", words=f"{role}.telephone"),
        Blank(key="email", words=f"{role}.email"),
        Blank(key="website", words=f"{role}.website"),
        Blank(key="contact_person", words=f"{role}.contact_person"),
        *tutor,
        Blank(key="contact_telephone", words=f"{role}.contact_telephone"),
        Blank(key="contact_email", words=f"{role}.contact_email"),
    )


def enclosures(words: str, *options: str) -> Blank:
    """A group of boxes for enclosures; the last is “Other”."""
    boxes = (*(Box(key=option, words=f"{words}=") for option in options), Box(key="other", words=f"{words}=other"))
    return Blank(key="enclosures", kind=Kind.BOXES, boxes=boxes)


def who(name: str, role: str) -> tuple[Blank, ...]:
    """Name, and organisation and role, of somebody."""
    return Blank(key="person_name", words=name), Blank(key="organisation_role", words=role)


def long_text(key: str, words: str) -> Block:
    """A block that is one long text below its label."""
    return Block(blanks=(Blank(key=key, words=words, kind=Kind.LONG),))


def signs(role: str, header: str, head: str | None = None, *, place: str | None = None) -> Signature:
    """The column of an organisation that signs a learning agreement."""
    return Signature(
        key=header, head=head, asks=True, name=f"{role}.agreement_signatory", role=f"{role}.agreement_signatory_role",
        place=place,
    )  # fmt: skip
