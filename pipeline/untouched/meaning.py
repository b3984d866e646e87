"""Which word a blank wants, by its label and by what it stands under (floor 4).

A label alone says little: “Telephone/fax” is the organisation's before the contact person was named, and that person's
afterwards. So the blanks of a form are understood one after the other, block by block. What is certain needs a label
that is one of the wordings and a block that says whose it is; everything else is at most a proposal.

The fields of the forms are those of the ECVET Memorandum of Understanding and Learning Agreement and of the Erasmus+
learning agreement of 2021.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.untouched.barring import DAYS, is_barred, is_one_of_several, is_under_the_unknown
from pipeline.untouched.blanks import Blank
from pipeline.untouched.boxes import OTHER, meaning_of_box
from pipeline.untouched.hints import date_pattern, notes_in
from pipeline.untouched.known import ABOUT_AS_FIELD, ITEMS, NOT_UNDERSTOOD, PARTIES, PEOPLE, TOPICS, Found, Known, Pen
from pipeline.untouched.labels import Labels, Match, tidied
from pipeline.untouched.lines import Kind, Line
from pipeline.untouched.rules import FIELDS
from pipeline.untouched.titles import Titles, title_number, without_notes

_ASKS_MORE = ("mou.other_objectives",)
"""What is written behind a box and not only ticked."""

LONGEST_HEADER = 60
"""Signs of a label that may be the header of a column."""

PARTS_OF_NAME = frozenset({"learner.family_name", "learner.given_names"})
BY_HAND = "by hand"
"""What a form map says of a blank that is meant for the pen: signatures, and what nobody can know before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What was understood of a blank: its words, or a proposal that a person has to look at, or neither.

    `words` is written as a form map has it: “home.name, home.country_name”, “learner.sex=M”. `item` says which one of a
    list it is (the third of partners), counted from 1; `pattern` how a date is written there.
    """

    blank: Blank
    words: str = ""
    sure: bool = False
    item: int | None = None
    pattern: str | None = None


def understand(blanks: Sequence[Blank], labels: Labels, *, memorandum: bool) -> list[Meaning]:
    """Understand the blanks of a form, in order; blanks that are none after all are left out."""
    reader = _Understanding(titles=Titles(labels), memorandum=memorandum)
    found = [meaning for blank in blanks if (meaning := reader.meaning(blank)) is not None]
    return reader.doubts(found)


def is_memorandum(titles: Sequence[str], labels: Labels) -> bool:
    """Say whether a form is a memorandum: its titles are about organisations that sign, validity, review."""
    reader = Titles(labels)
    about = [found.key for title in dict.fromkeys(titles) for found in reader.about(title)]
    ours = {"objectives", "organisations", "covered", "qualifications", "validity", "review", "memorandum"}
    others = {"learner", "guardian", "outcomes", "duration", "agreement", "assessor"}
    return sum(each in ours for each in about) > sum(each in others for each in about)


@dataclass(slots=True)
class _Understanding:
    """Understands blank by blank. Kept: what was seen in each block, and how many columns were signed in."""

    titles: Titles
    memorandum: bool
    _seen: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    _signing: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _ticked: Meaning | None = None
    _doubted: Line | None = None

    def meaning(self, blank: Blank) -> Meaning | None:
        """Understand a blank; None where it is none."""
        if blank.kind is Kind.PROMPT and notes_in(blank.prompt):
            return None
        if blank.kind is Kind.BOX:
            words, sure, item = self._box(blank)
            self._ticked = Meaning(blank=blank, words=words, sure=sure, item=item)
            return self._ticked
        if self._ticked and self._ticked.blank.line is blank.line:
            words = self._ticked.words
            if words in _ASKS_MORE or words.endswith(f"={OTHER}"):  # “Yes - these are: ____”, “Other: ____”
                return replace(self._ticked, blank=blank)
        return self._of_text(blank, self._known(blank))

    def _of_text(self, blank: Blank, known: Known) -> Meaning | None:
        found = self._words(known, blank)
        if not self._is_blank(blank, known, found):
            return None
        words, sure = found or Found(self._own_column(blank, known), False)
        doubtful = self._is_doubtful(blank, known)
        pattern = date_pattern(blank.prompt) or date_pattern(blank.label)
        self._seen.setdefault(known.block, []).append(words if found else NOT_UNDERSTOOD)
        item = known.item if words else None
        return Meaning(blank=blank, words=words, sure=sure and not doubtful, item=item, pattern=pattern)

    def _is_doubtful(self, blank: Blank, known: Known) -> bool:
        """Say whether a person has to look, however well the label is understood."""
        if known.signing:  # beside “Host company” a person signs
            return blank.kind is Kind.CELL and self.titles.named(without_notes(blank.label)) in PARTIES
        if not known.asked:
            return False
        unknown = is_under_the_unknown(blank, bool(known.party or known.person or known.topic), known.field)
        second = known.item is None and bool(known.party) and any(map(is_one_of_several, blank.context[:3]))
        barred = is_barred(blank, self.titles.labels, known.field, known.party)
        whose_stay = known.field in DAYS and not known.party_sure
        after_a_doubt = known.field == "end_date" and blank.line is self._doubted
        doubtful = unknown or second or barred or whose_stay or after_a_doubt or self._is_under_a_stranger(blank)
        self._doubted = blank.line if doubtful else None
        return doubtful

    def _is_under_a_stranger(self, blank: Blank) -> bool:
        """Say whether nobody knows what a column is for: “Who is responsible?”, or a name that was typed in."""
        above = blank.above if blank.above != blank.label else ""
        if not above or title_number(above):
            return False
        return not self.titles.about(above) and not self.titles.asked(above, frozenset())

    def _own_column(self, blank: Blank, known: Known) -> str:
        """Propose a column of one's own for what no column gives: “Student card number” of the learner."""
        label = tidied(without_notes(blank.label)).replace('"', "”")
        wanted = known.party in ("", "learner", "home", "host") and not known.signing and not self.memorandum
        if not wanted or not label or len(label) > LONGEST_HEADER or label in (blank.block, blank.section):
            return ""
        return f'{known.party or "learner"}.more["{label}"]'

    def _is_blank(self, blank: Blank, known: Known, found: Found | None) -> bool:
        """Say whether something is to be written there, or it only looks so."""
        if blank.kind is Kind.UNDER and not (known.signing and "country" in known.asked):
            if found and not known.signing:  # a label without a blank of its own: it tells what the next ones are
                self._seen.setdefault(known.block, []).extend((found.words, NOT_UNDERSTOOD))
            return False
        asks_nothing = known.field == "tick" or (known.field == "enclosures" and blank.kind in (Kind.AFTER, Kind.EMPTY))
        fills_up = blank.kind is Kind.CELL and not blank.label and not known.signing  # a cell, so that a row is full
        return not asks_nothing and not fills_up and not (found is None and blank.faint)

    # -- whose it is ---------------------------------------------------------------------------------------------------

    def _known(self, blank: Blank) -> Known:
        """Say what is known of a blank: what it stands under, and what its label asks for."""
        abouts = [(text, found) for text in blank.context if text for found in self._about(blank, text)]
        party, people, topic = (
            next((each for each in abouts if each[1].key in keys), None) for keys in (PARTIES, PEOPLE, TOPICS)
        )
        item = next((each for each in abouts if each[1].key in ITEMS and title_number(each[0])), None)
        counted = item if item and not (party and party[1].key not in ITEMS) else None
        if counted and counted[1].key != "organisation":
            topic = counted
        known = Known(
            field="", label=blank.label, party=party[1].key if party else "", person=people[1].key if people else "",
            topic=topic[1].key if topic else "", signing=any(each.key == "signatures" for _, each in abouts),
            item=title_number(counted[0]) if counted else None, memorandum=self.memorandum,
            party_sure=party is None or party[1].sure, topic_sure=topic is None or topic[1].sure,
            block=(blank.section, blank.block, blank.above, blank.group), asked=(),
        )  # fmt: skip
        known = replace(known, seen=tuple(self._seen.get(known.block, ())))
        return self._labelled(blank, self._numbered(blank, known))

    def _about(self, blank: Blank, text: str) -> list[Match]:
        """Say what a title around a blank is about; a section says whose it is only where that is all it says."""
        found = self.titles.about(text)
        if text == blank.section and text != blank.block:
            found = [each for each in found if each.key not in PARTIES or self.titles.named(text) == each.key]
        if is_one_of_several(text):  # “Participant 2”, but “Organisation 2” is an item
            found = [each if each.key in ITEMS else Match(each.key, False) for each in found]
        return found

    def _numbered(self, blank: Blank, known: Known) -> Known:
        """Count the columns of a memorandum in which organisations sign, where they have no numbers."""
        if not (known.signing and self.memorandum) or known.item is not None:
            return known
        head = blank.above or (blank.label if blank.kind is Kind.UNDER else "")
        keys = {each.key for each in self.titles.asked(head, frozenset())} if head else set()
        if not keys & {"organisation", "organisation_name", "country"}:
            return known
        column = (head, blank.place.partition(", row")[0], blank.place.rpartition("cell ")[2].partition(",")[0])
        self._signing.setdefault(column, len(self._signing) + 1)
        return replace(known, party="organisation", item=self._signing[column])

    # -- what it asks for ----------------------------------------------------------------------------------------------

    def _labelled(self, blank: Blank, known: Known) -> Known:
        """Find what the label asks for; where it says nothing, what stands in the blank, or what a title is about."""
        label = without_notes(blank.label)
        titled = self.titles.first(label) if label and blank.label in (blank.block, blank.section) else None
        if titled and titled.key in ABOUT_AS_FIELD:
            return self._titled(label, titled, known)
        texts = filter(None, (label, blank.prompt.strip("[]()«»‹›<> ")))
        asked = [found for text in texts if (found := self._asked(text, known))]
        if asked:
            return next((found for found in asked if found.label_sure), asked[0])
        about = self.titles.first(label) if label else None
        if about and about.key in ABOUT_AS_FIELD:
            return self._titled(label, about, known)
        party = self.titles.named(label) if label else None
        if party in PARTIES:  # “Sending institution: ______”
            return replace(known, party=party, field="name", asked=("name",), item=title_number(label), party_sure=True)
        return known

    def _asked(self, text: str, known: Known) -> Known | None:
        own = self.titles.party_in(text)
        extra = self.titles.labels.words_about(key for key in (known.party, known.person) if key)
        found = self.titles.asked(text, extra)
        if own and own[0] != known.party and own[0] not in ITEMS:
            known = replace(known, party=own[0], item=None, party_sure=True, person="")
            found = found if len(found) > 1 else own[1]
        if not found:
            return None
        sure = all(each.sure for each in found)
        return replace(known, field=found[0].key, asked=tuple(each.key for each in found), label_sure=sure)

    def _titled(self, title: str, found: Match, known: Known) -> Known:
        """Let a blank right under a title be what the title is about."""
        key = ABOUT_AS_FIELD[found.key]
        item = title_number(title) if found.key in ITEMS else known.item
        return replace(known, field=key, asked=(key,), item=item, label_sure=found.sure)

    # -- the words -----------------------------------------------------------------------------------------------------

    def _words(self, known: Known, blank: Blank) -> Found | None:
        if blank.kind is Kind.UNDER and not known.item:
            party = next((each.key for each in self.titles.about(blank.label) if each.key in PARTIES), known.party)
            known = replace(known, party=party, party_sure=True)
        found: list[Found] = []
        for key in known.asked:
            rule = FIELDS.get(key)
            words = rule(replace(known, field=key)) if rule else None
            if words is None:
                return None
            found.append(words)
        if not found:
            return Found(BY_HAND, True) if known.signing and not blank.label else None
        said = [each.words for each in found if each is not Pen]
        if not said:
            return Found(BY_HAND, True)
        sure = known.label_sure and all(each.sure for each in found) and all(map(known.knows_whose, said))
        return Found(", ".join(dict.fromkeys(said)), sure and not blank.again)

    def _box(self, blank: Blank) -> tuple[str, bool, int | None]:
        known = self._known(blank)
        words, sure = meaning_of_box(self.titles.labels, known, blank.option)
        return words, sure, known.item

    def doubts(self, found: list[Meaning]) -> list[Meaning]:
        """Look again at all: what one block tells of another blank, and words that stand twice in one block."""
        blocks: dict[tuple[str, ...], list[Meaning]] = {}
        for each in found:
            if each.words and each.words != BY_HAND and each.blank.kind is not Kind.BOX:
                blocks.setdefault((*each.blank.context, str(each.item)), []).append(each)
        changed: dict[int, Meaning] = {}
        for block in blocks.values():
            words = {each.words for each in block}
            for each in block:
                if each.words == "learner.name" and len(words & PARTS_OF_NAME) == 1:  # “Name” beside “First name”
                    changed[id(each)] = replace(each, words=next(iter(PARTS_OF_NAME - words)))
            counted = Counter(changed.get(id(each), each).words for each in block)
            for each in block:
                now = changed.get(id(each), each)
                if counted[now.words] > 1:
                    counted[now.words] = -1
                elif counted[now.words] < 0:
                    changed[id(each)] = replace(now, sure=False)
        return [changed.get(id(each), each) for each in found]
