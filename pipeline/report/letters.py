"""What to write to each partner and each family: a text ready to paste into an e-mail (floor 7). Pure.

Partners and families are asked in words they understand: what the columns mean, and no cells. A letter names only
learners who go to the partner it is for, and tells nothing of them but their names; a family's letter names only hers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pipeline.jobs import Outcome
from pipeline.model import Cohort, Learner, Partner
from pipeline.report.duties import SOME, Entry, Records, is_address
from pipeline.report.wishes import Asked, Wish, gather_wishes
from pipeline.sentences import counted, listed, period

LONGEST = 1_800
"""So many letters may a link to a mail program have: with longer ones, some programs open nothing."""

TOGETHER = 100
"""So many families are written to at one time: with more addresses, mail servers take a letter for an unwanted one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter: `to` whom (as the officer calls them), the address, subject and text, and a link to a mail program.

    `asks` says in a few words how much it asks for. One for several families has their names in `families`, each with
    its address, or an empty one; it is then addressed to nobody.
    """

    number: int
    to: str
    contact: str
    address: str
    asks: str
    subject: str
    text: str
    link: str
    families: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """All letters: to partners, and to families."""

    partners: tuple[Letter, ...] = ()
    families: tuple[Letter, ...] = ()


NONE = Letters()


def write(cohort: Cohort, entries: Iterable[Entry], outcomes: Iterable[Outcome], records: Records) -> Letters:
    """Write to everybody who knows what is missing; blanks that are left for the pen are asked for as well."""
    asked = gather_wishes(entries, outcomes, records)
    order = {partner: number for number, partner in enumerate(cohort.partners)}
    partners = sorted([it for it in asked if isinstance(it, Partner)], key=lambda it: order.get(it, len(order)))
    there, along = _stays(cohort, partners)
    to_partners = tuple(
        _to_partner(cohort, it, asked[it], there[it], along[it], number) for number, it in enumerate(partners, 1)
    )
    pressed = {it: its for it, its in asked.items() if isinstance(it, Learner) and its.needed}
    return Letters(partners=to_partners, families=tuple(_to_families(cohort, pressed, len(to_partners) + 1)))


# -- partners ----------------------------------------------------------------------------------------------------------


_Stays = dict[Partner, list[Learner]]


def _stays(cohort: Cohort, partners: Iterable[Partner]) -> tuple[_Stays, _Stays]:
    """Find the stays at each of these partners, and those that it has any part in."""
    there: _Stays = {it: [] for it in partners}
    along: _Stays = {it: [] for it in there}
    for learner in cohort.travelling if there else ():
        for it in learner.agreement.organisations:
            if it in along:
                along[it].append(learner)
                if it is learner.agreement.host or it is learner.agreement.workplace:
                    there[it].append(learner)
    return there, along


def _to_partner(
    cohort: Cohort, partner: Partner, asked: Asked, stays: list[Learner], others: list[Learner], number: int
) -> Letter:
    others = stays or others
    people = list(dict.fromkeys(it.person for it in stays))
    about = [f"{counted(len(people), 'learner')} at {partner.name or partner.id}"] if people else []
    everybody = "both learners" if len(people) == 2 else f"all {len(people):,} learners"
    everybody += " who come to you"
    opening = f"We are preparing the papers for “{cohort.title or cohort.id}”{_bracketed(about, others)}."
    body = _body(opening, asked, everybody, len(people))
    greeting = f"Dear {partner.contact_person}," if partner.contact_person else "Dear Sir or Madam,"
    address = next(filter(is_address, (partner.contact_email or "", partner.email or "")), "")
    return _letter(
        cohort, others, number=number, to=partner.name or partner.id, contact=partner.contact_person or "",
        address=address, asked=asked, text=f"{greeting}\n\n{body}",
    )  # fmt: skip


def _bracketed(about: list[str], stays: Sequence[Learner]) -> str:
    """Write, in brackets, who goes and from when to when."""
    starts = [it.agreement.start for it in stays if it.agreement.start]
    ends = [it.agreement.end for it in stays if it.agreement.end]
    if starts and ends and min(starts) <= max(ends):
        about = [*about, period(min(starts), max(ends))]
    return f" ({', '.join(about)})" if about else ""


# -- families ----------------------------------------------------------------------------------------------------------


def _to_families(cohort: Cohort, asked: Mapping[Learner, Asked], number: int) -> Iterator[Letter]:
    """Write to each family; more than a few that are asked for the same get one text that names nobody."""
    alike: dict[tuple[Wish, ...], list[Learner]] = {}
    for learner, its in asked.items():
        alike.setdefault(tuple([wish._replace(value="") for wish in its.needed]), []).append(learner)
    for wishes, learners in alike.items():
        if len(learners) > SOME:
            same = Asked(needed={wish: {None: None} for wish in wishes})
            opening = f"We are preparing the papers for the stay abroad “{cohort.title or cohort.id}”."
            for first in range(0, len(learners), TOGETHER):
                some = learners[first : first + TOGETHER]
                yield _letter(
                    cohort, some, number=number, to=counted(len(some), "family", "families"), contact="", address="",
                    asked=same, text=f"Dear learner, dear family,\n\n{_body(opening, same)}",
                    families=tuple((it.name, _address(it)) for it in some),
                )  # fmt: skip
                number += 1
            continue
        for learner in learners:
            yield _to_family(cohort, learner, asked[learner], number)
            number += 1


def _to_family(cohort: Cohort, learner: Learner, asked: Asked, number: int) -> Letter:
    stay = learner.agreement
    young = cohort.is_minor(learner, stay.start)
    whom = learner.guardian or f"family of {learner.name}" if young else learner.name
    whose = f"the stay of {learner.name}" if young else "your stay"
    at = f" at {stay.host.name or stay.host.id}" if stay.host else ""
    opening = f"We are preparing the papers for {whose}{at}{_bracketed([cohort.title or cohort.id], [learner])}."
    return _letter(
        cohort, [learner], number=number, to=f"Family of {learner.name}" if young else learner.name,
        contact=(learner.guardian or "") if young else "", address=_address(learner), asked=asked,
        text=f"Dear {whom},\n\n{_body(opening, _unnamed(asked))}",
    )  # fmt: skip


def _unnamed(asked: Asked) -> Asked:
    """Leave the learner's name out of the list: the letter is about nobody else."""
    return Asked(
        needed={wish: {None: None} for wish in asked.needed}, optional={wish: {None: None} for wish in asked.optional}
    )


def _address(learner: Learner) -> str:
    """Find where to write to: a guardian's address, else the learner's own."""
    known = (learner.guardian_email, learner.guardian2_email, learner.email)
    return next((mail for mail in known if mail and is_address(mail)), "")


# -- the text ----------------------------------------------------------------------------------------------------------


def _body(opening: str, asked: Asked, everybody: str = "", number: int = 0) -> str:
    """Write what is asked for: first what papers wait for, then what may stay open."""
    parts = []
    if asked.needed:
        parts += [f"{opening} To finish them, we still need from you:", _items(asked.needed, everybody, number)]
    if asked.optional:
        first = "If you know it already, please tell us the following too;" if asked.needed else (
            f"{opening} Nothing waits for you. If you know the following already, please tell us, and we will print it;"
        )  # fmt: skip
        first += " what is not known yet can be written in by hand:"
        parts += [first, _items(asked.optional, everybody, number)]
    return "\n\n".join([*parts, "A short answer to this e-mail is enough. Thank you very much."])


def _items(wishes: Mapping[Wish, Iterable[Learner | None]], everybody: str, number: int) -> str:
    """Write a line for each wish: what, for whom, and what we have where it cannot be right."""
    lines = []
    for wish, whose in wishes.items():
        people = {it.person: it.name for it in whose if it}
        line = f"- {wish.meaning}"
        if len(people) > 1 and len(people) == number:
            line += f", for {everybody}"
        elif people:
            line += f", for {listed(list(people.values()))}"
        if not wish.empty:
            have = f"we have “{wish.value}”" if wish.value else "what we have cannot be right"
            line += f" (please check: {have})"
        lines.append(line)
    return "\n".join(lines)


def _letter(
    cohort: Cohort, stays: Sequence[Learner], *, number: int, to: str, contact: str, address: str, asked: Asked,
    text: str, families: tuple[tuple[str, str], ...] = (),
) -> Letter:  # fmt: skip
    """Sign a letter in the name of the college, and make a link of it that mail programs understand."""
    homes = list(dict.fromkeys(it.agreement.home for it in stays if it.agreement.home))
    signed = [homes[0].contact_person or "", homes[0].name or ""] if len(homes) == 1 else []
    text = "\n".join([text, "", "With kind regards", *filter(None, signed)])
    subject = f"{cohort.title or cohort.id}: what we still need for the papers"
    asks = [f"{counted(len(asked.needed), 'thing')} needed"] if asked.needed else []
    asks += [f"{len(asked.optional):,} if already known"] if asked.optional else []
    link = f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}" if address else ""
    whole = f"{link}&body={quote(text.replace(chr(10), chr(13) + chr(10)), safe='')}"
    return Letter(
        number=number, to=to, contact=contact, address=address, asks=", ".join(asks), subject=subject, text=text,
        link=whole if link and len(whole) <= LONGEST else link, families=families,
    )  # fmt: skip
