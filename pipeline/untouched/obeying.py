"""Obey a form map: fill a form by what a person looked through, and by nothing else (floor 4)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.marks.ground import Ground
from pipeline.names import MAP, map_beside
from pipeline.pictures import is_date
from pipeline.problem import Place, Problem, quoted
from pipeline.untouched.blanks import Read
from pipeline.untouched.blocks import Range, elements_of, empty_copies, remove, repeat_blocks
from pipeline.untouched.filling import Filling, fill
from pipeline.untouched.formmap import (
    Damaged,
    Entry,
    FormMap,
    Repeat,
    read_map,
)
from pipeline.untouched.further import places_for_more
from pipeline.untouched.hints import is_hint
from pipeline.untouched.lines import Kind
from pipeline.untouched.map_faults import (
    blocks_out_of_order,
    left_as_it_is,
    lines_deleted,
    map_of_another_name,
    no_such_place,
    other_version,
    place_twice,
    unfit_for_blank,
    unknown_in_map,
    unreadable_map,
)
from pipeline.untouched.phrases import ITEM_OF, OWN_COLUMN, Phrase, Unknown, phrase_of
from pipeline.untouched.survey import fingerprint, has_word, number_of, read_page, survey
from pipeline.untouched.versions import Changes, called, changes
from pipeline.vocabulary import TOP
from pipeline.word import ENDINGS, Package, Story

MOST_NAMED = 12
"""Blanks that a message names; of more it gives the number."""


def map_of(path: Path, package: Package, problems: list[Problem]) -> FormMap | None:
    """Read the map beside a form, if there is one that fits; what is wrong with it goes to `problems`."""
    beside = map_beside(path)
    place = Place(file=beside.name)
    try:
        found = read_map(beside)
    except FileNotFoundError:
        strayed = _strayed(path, package)
        if strayed:
            problems.append(map_of_another_name(Place(file=path.name), strayed))
        return None
    except Damaged as why:
        problems.append(unreadable_map(place, str(why)))
        return None
    except OSError:
        problems.append(unreadable_map(place, "it could not be read from the disk."))
        return None
    if found.fingerprint != fingerprint(package):
        told = _told(changes(found.entries, survey(package).proposed.entries))
        problems.append(other_version(Place(file=path.name), told))
        return None
    return found


def _strayed(form: Path, package: Package) -> str | None:
    """Find a map that lies beside a form under another name: with .txt at its end, or made for this version of it."""
    for other in sorted(form.parent.glob("*.map.toml*")):
        alone = not any(other.with_name(f"{other.name.partition(MAP)[0]}{end}").exists() for end in ENDINGS)
        if other.name.startswith(f"{form.stem}{MAP}."):
            return other.name
        try:
            if alone and read_map(other).fingerprint == fingerprint(package):
                return other.name
        except (Damaged, OSError):
            continue
    return None


def _told(changed: Changes) -> str:
    kinds = {"came": changed.came, "went": changed.went, "moved": changed.moved}
    said = [f"{what}: {quoted(names[:MOST_NAMED])}{_more(names)}" for what, names in kinds.items() if names]
    return f" ({'; '.join(said)})" if said else " (a text of it was changed)"


def _more(names: Sequence[str]) -> str:
    return f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""


def own_columns(found: FormMap) -> tuple[tuple[str, str], ...]:
    """Give the columns of one's own that a map asks for, or proposes: the record, and the name of the column."""
    words = (entry.word or entry.perhaps for entry in found.entries)
    own = (re.fullmatch(OWN_COLUMN, word.strip()) for word in words)
    return tuple(dict.fromkeys((TOP[each[1]], each[2]) for each in own if each and each[1] in TOP))


def turn_by(found: FormMap, package: Package, problems: list[Problem]) -> Callable[[Ground], None]:
    """Give what turns the blanks of each story into tags, as a map says; what is wrong with the map is told at once."""
    phrases = list(_phrases(found, problems))
    _tell_open(found, problems)

    def turn(ground: Ground) -> None:
        story = ground.story
        if story.plain or story.where == "comment":
            return
        origin = next((each for each in package.stories if each.part == story.part), story)
        page = read_page(story, ground.root, number_of(package.stories, origin))
        _fill(ground, page, found, phrases, package, problems)

    return turn


def _phrases(found: FormMap, problems: list[Problem]) -> Iterator[tuple[Entry, Phrase]]:
    for entry in found.entries:
        place = Place(file=found.form, spot=entry.place)
        try:
            phrase = phrase_of(entry.word, required=entry.required, language=found.language)
        except Unknown as wrong:
            problems.append(unknown_in_map(place, called(entry), wrong.word, wrong.meant))
            continue
        if entry.pattern and not is_date(entry.pattern):
            problems.append(unfit_for_blank(place, called(entry), entry.pattern, "it is no way to write a date"))
        elif phrase is not None and entry.item is not None and phrase.root not in ITEM_OF:
            why = "a blank with an item speaks of partner, qualification or unit"
            problems.append(unfit_for_blank(place, called(entry), entry.word, why))
        elif phrase is not None:
            yield entry, phrase


def _tell_open(found: FormMap, problems: list[Problem]) -> None:
    if len(found.entries) < found.blanks:
        problems.append(lines_deleted(Place(file=found.form), found.blanks - len(found.entries)))
    for of in dict.fromkeys(repeat.list for repeat in found.repeats):
        items = sorted(repeat.item for repeat in found.repeats if repeat.list == of)
        if items != list(range(1, len(items) + 1)):
            problems.append(blocks_out_of_order(Place(file=found.form), of))
    places = Counter(entry.place for entry in found.entries)
    twice = {entry.place: entry for entry in found.entries if places[entry.place] > 1}
    for place, entry in twice.items():
        problems.append(place_twice(Place(file=found.form, spot=place), called(entry), place))
    left = [called(entry) for entry in found.entries if not entry.word.strip()]
    if left:
        problems.append(left_as_it_is(Place(file=found.form), len(left), list(dict.fromkeys(left))[:MOST_NAMED]))


def _fill(
    ground: Ground, page: Read, found: FormMap, phrases: Sequence[tuple[Entry, Phrase]], package: Package,
    problems: list[Problem],
) -> None:  # fmt: skip
    blanks = {blank.place: blank for blank in page.blanks}
    _tell_lost(found, page, ground.story, package, problems)
    groups = list(_groups(found, page))
    inside = {
        place: repeat.list for group in groups for repeat, elements in group
        for place, element in page.places.items() if any(element is each for each in elements)
    }  # fmt: skip
    fillings: list[Filling] = []
    for entry, phrase in {entry.place: (entry, phrase) for entry, phrase in phrases}.values():
        blank = blanks.get(entry.place)
        if blank is None:
            if _is_here(entry.place, ground.story, package):
                problems.append(no_such_place(Place(file=found.form), called(entry), entry.place))
            continue
        if blank.kind is Kind.BOX and len(phrase.words) != 1:
            problems.append(unfit_for_blank(Place(file=found.form, spot=entry.place), called(entry), entry.word, "a tick box looks at one word"))  # noqa: E501 - one thought
            continue
        block = entry.place.partition(", row")[0].partition(", blank")[0]
        around = {inside.get(block), inside.get(entry.place.rpartition(", cell")[0])}
        in_block = entry.item is not None and ITEM_OF.get(phrase.root) in around
        fillings.append(Filling(blank, entry, phrase, in_block, found.language))
    filled = {ITEM_OF[each.phrase.root] for each in fillings if each.in_block}
    groups = [group for group in groups if group[0][0].list in filled]
    empty = [empty_copies(group, has_word, is_hint) for group in groups]
    gone = [elements_of(page.places, note.start, note.end) for note in found.removals if note.remove]
    removed = [Range.around(elements) for elements in gone if elements]
    ranges = [[(repeat, Range.around(elements)) for repeat, elements in group] for group in groups]
    fill(ground, fillings)
    places_for_more(page, fillings)
    for group, copies in zip(ranges, empty, strict=True):
        item = next(name for name, of in ITEM_OF.items() if of == group[0][0].list)
        repeat_blocks([(repeat, marks.elements()) for repeat, marks in group], copies, item, has_word)
    for marks in removed:
        remove(marks.elements())


def _tell_lost(found: FormMap, page: Read, story: Story, package: Package, problems: list[Problem]) -> None:
    """Tell blocks, and hints that are to go, whose places are none or turned round: items would be missing unseen."""
    blocks = [(each.title, each.start, each.end) for each in found.repeats]
    hints = [(each.text, each.start, each.end) for each in found.removals if each.remove]
    for label, start, end in (*blocks, *hints):
        if not elements_of(page.places, start, end) and _is_here(start, story, package):
            problems.append(no_such_place(Place(file=found.form), label, f"{start} to {end}"))


def _is_here(place: str, story: Story, package: Package) -> bool:
    """Say whether a place would be in this story, so that one that is nowhere is told once."""
    wheres = [each.where for each in package.stories if each.where]
    begins = next((where for where in wheres if place.startswith(where)), "")
    return begins == story.where


def _groups(found: FormMap, page: Read) -> Iterator[list[tuple[Repeat, list[object]]]]:
    """Give the blocks of each list that repeat, with their elements; one that cannot be found again is left alone."""
    by_list: dict[str, list[tuple[Repeat, list[object]]]] = defaultdict(list)
    for repeat in sorted(found.repeats, key=lambda each: (each.list, each.item)):
        elements = elements_of(page.places, repeat.start, repeat.end)
        if elements:
            by_list[repeat.list].append((repeat, elements))
    for group in by_list.values():
        if [repeat.item for repeat, _ in group] == list(range(1, len(group) + 1)):
            yield group


