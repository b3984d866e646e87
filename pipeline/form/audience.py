"""How often a form is made, and whom its papers may know: both follow from its words (floor 4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pipeline.marks.tags import Tag
from pipeline.problem import Place, Problem, fault

FREQUENCIES: Mapping[str, str] = {
    "result": "once for each unit that a learner achieved",
    "learner": "once for each row of Learners",
    "companion": "once for each accompanying person",
    "partner": "once for each organisation",
    "memorandum": "once for all, or once for each host, as field Memorandum says",
    "pair": "once for each home and host",
    "qualification": "once for each qualification",
    "cohort": "once",
}
"""How often a form is made, in the order in which its words decide it (contract, section 3)."""

AFTER = ", once there are results"
"""What is added to it for a form that speaks of results."""

AMENDED = "once for each agreement that was signed and is amended"
"""How often a form is made that tells what an amendment changes, and names no units as an agreement does."""

DECIDES = (
    ("result", ("result",)), ("learner", ("learner", "agreement")), ("companion", ("companion",)),
    ("partner", ("partner",)),
    ("memorandum", ("mou",)), ("pair", ("home", "host")), ("qualification", ("qualification",)),
)  # fmt: skip
"""The words that decide it: the first line that has one of the form's words."""

_HERS = frozenset({"learner", "agreement", "qualification", "home", "host", "workplace", "employer", "intermediary",
                   "coordinator"})  # fmt: skip

SINGLE: Mapping[str, Collection[str]] = {
    "result": _HERS | {"result", "unit"}, "learner": _HERS, "qualification": {"qualification"},
    "companion": {"companion", "home", "host"}, "partner": {"partner"}, "memorandum": {"mou"}, "pair": {"home", "host"},
    "cohort": set(),
}  # fmt: skip
"""The single records that each kind of paper has exactly one of."""

_LISTS = {
    "learner": "learners", "agreement": "learners", "companion": "companions", "qualification": "qualifications",
    "unit": "units", "partner": "partners", "home": "partners", "host": "partners", "workplace": "partners",
    "employer": "partners", "intermediary": "partners", "coordinator": "partners",
}  # fmt: skip
"""The words that stand for one record, and the list to repeat where there may be several."""

_NEVER_IN_A_MEMORANDUM = {"learners", "people", "results", "companions", "figures"}
_ANOTHER = "Write another word for this blank into the form map, or “by hand”."


@fault("T210")
def several_of_these(tag: str, word: str, *, mapped: bool = False) -> tuple[str, str]:
    """A form asks for one record where its papers have several of that kind.

    Which single records there are follows from how often the form is made: a paper for one learner has one host, a
    memorandum has several.

    Advice: Repeat the list instead, such as for partner in partners, or ask for a word that makes the form for each.
    Basis: data (contract, section 3)
    """
    if mapped:
        return f"The form map asks for “{word}” here, and this paper may have several of these.", _ANOTHER
    advice = f"Repeat the list: for {word} in {_LISTS[word]}."
    return f"“{tag}”: this paper may have several of “{word}”.", advice


@fault("T211")
def learners_in_memorandum(tag: str, word: str, *, mapped: bool = False) -> str | tuple[str, str]:
    """A memorandum names learners. It is shown to every partner, so it never does.

    Advice: Take the learners out of the form, or make it a paper of its own without words of mou.
    Basis: form (Memorandum of Understanding; privacy)
    """
    if mapped:
        return f"The form map asks for “{word}” here, and a memorandum does not know them.", _ANOTHER
    return f"“{tag}”: a memorandum does not know “{word}”."


def frequency_of(words: Collection[str]) -> str:
    """Decide how often a form with these free words is made: the first that fits."""
    return next((name for name, deciding in DECIDES if set(words) & set(deciding)), "cohort")


def check_audience(frequency: str, free: Mapping[str, Tag], file: str, *, mapped: bool = False) -> Iterator[Problem]:
    """Check that a form asks for nothing its papers could have several of, or may not know.

    `mapped` says that its words are those of its form map, so that there is no tag in it to correct.
    """
    for word, tag in free.items():
        place = Place(file=file, spot=tag.spot)
        if word in _LISTS and word not in SINGLE[frequency]:
            yield several_of_these(place, tag.shown, word, mapped=mapped)
        if frequency == "memorandum" and word in _NEVER_IN_A_MEMORANDUM:
            yield learners_in_memorandum(place, tag.shown, word, mapped=mapped)
