"""The words a template may use: what each means, what feeds it, and its value for one paper (floor 3).

The catalogue (`RECORDS`, `TOP`) is made from the workbook's contract (`columns.py`) and the formulas below; templates
are checked against it before anything is printed. Values are str, bool, int, Decimal, date, list, dict, or None where a
cell is empty. Every record carries, under a key no template can write, the number by which its cells are found again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.columns import EVERY_SHEET, Column, Kind

TAG = "@"
"""The key, in every record, of the number that leads back to its row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a template, such as `learner.family_name`.

    `type` is text, date, number, yes/no, texts (a list), more (own columns), a record's name, or “list of” one.
    `column` is the cell's column as “Learners: Family name”; empty where the word is counted by a formula.
    """

    record: str
    key: str
    type: str
    meaning: str
    column: str
    source: str
    required: bool
    example: str

    @property
    def name(self) -> str:
        """The word as a template writes it."""
        return f"{self.record}.{self.key}" if self.record else self.key


_TYPES = {
    Kind.DATE: "date", Kind.INTEGER: "number", Kind.DECIMAL: "number", Kind.YES_NO: "yes/no", Kind.LIST: "texts",
    Kind.CHOICES: "texts", Kind.REFERENCES: "texts",
}  # fmt: skip


def _formula(record: str, key: str, kind: str, meaning: str, source: str = "", example: str = "") -> Word:
    return Word(
        record=record, key=key, type=kind, meaning=meaning, column="", source=source, required=False, example=example
    )


_FORMULAS: tuple[Word, ...] = (
    _formula("mou", "covered", "list of partner", "organisations covered by the memorandum that do not sign it"),
    _formula("partner", "country_name", "text", "country, in the language of the paper", "country", "Finland"),
    _formula("qualification", "country_name", "text", "country, in the language of the paper", "country", "Czechia"),
    _formula("qualification", "original_title", "text", "title as in column Title, in whatever language", "title"),
    _formula("qualification", "titles", "texts by language", "title by language: `qualification.titles.es`", "title"),
    _formula("qualification", "units", "list of unit", "units listed for the qualification"),
    _formula("unit", "titles", "texts by language", "title by language: `unit.titles.es`", "title"),
    _formula("unit", "qualification_title", "text", "title of the qualification the unit belongs to", "", "Cook"),
    _formula("unit", "result", "text", "what the host assessed for the whole unit", "", "achieved"),
    _formula("unit", "whole", "result", "the row of Results for the whole unit: `unit.whole.grade`"),
    _formula("unit", "outcomes", "list of outcome", "its outcomes, a record each, with what came of them"),
    _formula("outcome", "text", "text", "the learning outcome, as in sheet Units", "", "prepares three cold starters"),
    _formula("outcome", "kind", "text", "knowledge, skills, competence or learning_outcomes", "", "skills"),
    _formula("outcome", "result", "text", "what the host assessed for this outcome", "result", "achieved"),
    _formula("outcome", "not_shown_yet", "text", "what was not shown yet", "not_shown_yet", "Works alone"),
    _formula("outcome", "grade", "text", "grade, if one is given", "grade", "B"),
    _formula("outcome", "remarks", "text", "remarks", "remarks", "Careful and quick"),
    _formula("learner", "name", "text", "given names and family name", "family_name", "Tereza Nováková"),
    _formula("learner", "age_at_start", "number", "age on the first day of the stay", "date_of_birth", "17"),
    _formula("learner", "is_minor", "yes/no", "under age on the first day or when signing", "date_of_birth"),
    _formula("learner", "agreement", "agreement", "the learner's agreement"),
    _formula("learner", "qualification", "qualification", "the learner's qualification"),
    _formula("learner", "workplace", "partner", "the learner's workplace"),
    _formula("learner", "employer", "partner", "the learner's employer"),
    _formula("learner", "intermediary", "partner", "the learner's intermediary"),
    _formula("learner", "home", "partner", "the learner's home organisation"),
    _formula("learner", "host", "partner", "the learner's host organisation"),
    _formula("learner", "units", "list of unit", "the units agreed with the learner"),
    _formula("learner", "results", "list of result", "results of the learner's stay"),
    _formula("learner", "achievements", "list of achievement", "all that was recognised so far: see `achievement`"),
    _formula("learner", "points_held", "number", "points of what is acquired and recognised so far", "", "5"),
    _formula("learner", "points_remaining", "number", "points that then remain to the qualification", "", "175"),
    _formula("learner", "remaining", "list of unit", "units of her qualification that are still to be learned"),
    _formula("agreement", "days", "number", "calendar days of the stay, both ends counted", "end", "26"),
    _formula("agreement", "points_before", "number", "points of the units already acquired", "units_acquired", "5"),
    _formula("agreement", "points_already_held", "number", "of the points agreed, those held", "units_acquired", "1"),
    _formula("agreement", "points_after", "number", "points held after the stay", "units_acquired", "7.5"),
    _formula("agreement", "points_remaining", "number", "points then still missing", "units_acquired", "172.5"),
    _formula("agreement", "changes", "texts", "what an amendment changes, an entry each"),
    _formula("agreement", "changed", "list of change", "the same in three parts, to repeat in a table: see `change`"),
    _formula("change", "what", "text", "what is changed, as its column is called", "", "Start date"),
    _formula("change", "agreed", "text", "what was agreed, a dash where it was left open", "", "5 April 2027"),
    _formula("change", "now", "text", "what holds now, a dash where it is left open", "", "12 April 2027"),
    _formula("result", "agreed_points", "number", "points agreed for the unit", "", "2.5"),
    _formula("figures", "learners", "number", "learners of the paper", "", "13"),
    _formula("figures", "units", "list of tally", "the units agreed with them, a record each, and what came of each"),
    _formula("figures", "total", "tally", "all these units together: `figures.total.achieved_percent`"),
    _formula("tally", "id", "text", "Unit ID", "", "U2"),
    _formula("tally", "title", "text", "title of the unit, in the paper's language", "", "Preparing cold starters"),
    _formula("tally", "qualification_title", "text", "title of the qualification it belongs to", "", "Cook"),
    _formula("tally", "agreed", "number", "how many learners agreed the unit", "", "8"),
    _formula("tally", "assessed", "number", "how often the host assessed it", "", "8"),
    _formula("tally", "achieved", "number", "how often it was achieved", "", "6"),
    _formula("tally", "partly", "number", "how often partly", "", "1"),
    _formula("tally", "not_achieved", "number", "how often not", "", "1"),
    _formula("tally", "validated", "number", "how often the home college validated it", "", "6"),
    _formula("tally", "recognised", "number", "how often the home college recognised it", "", "6"),
    _formula("tally", "recognised_partly", "number", "how often it recognised some of it", "", "1"),
    _formula("tally", "achieved_percent", "number", "achieved, of a hundred that were agreed", "", "75"),
    _formula("tally", "recognised_percent", "number", "recognised, of a hundred that were agreed", "", "75"),
    _formula("tally", "points_agreed", "number", "points agreed", "", "20"),
    _formula("tally", "points_credited", "number", "points credited", "", "15"),
)  # fmt: skip

RECORD_NAMES = ("cohort", "mou", "partner", "qualification", "unit", "outcome", "learner", "agreement", "change",
                "companion", "result", "achievement", "figures", "tally")  # fmt: skip


def _word(column: Column, sheet: str) -> Word:
    kind = _TYPES.get(column.kind, "text")
    if column.record == "companion" and column.kind is Kind.REFERENCE:
        kind = "partner"
    elif column.record == "result" and column.key in ("learner", "unit"):
        kind = column.key
    return Word(
        record=column.record, key=column.key, type=kind, meaning=column.meaning, column=f"{sheet}: {column.name}",
        source=column.key, required=column.required, example=column.example,
    )  # fmt: skip


def _catalogue() -> dict[str, dict[str, Word]]:
    records: dict[str, dict[str, Word]] = {name: {} for name in RECORD_NAMES}
    for sheet in EVERY_SHEET:
        for column in sheet.columns:
            points_to_it = column.kind is Kind.REFERENCE and column.record == column.key
            if column.record in records and not points_to_it:
                records[column.record].setdefault(column.key, _word(column, sheet.name))
    for word in _FORMULAS:
        records[word.record][word.key] = word
    for name, words in records.items():
        words["more"] = _formula(name, "more", "more", f'your own columns: `{name}.more["Shoe size"]`')
    return records


RECORDS: Mapping[str, Mapping[str, Word]] = _catalogue()
"""Every word of every record, by record and key."""

TOP: Mapping[str, str] = {
    "cohort": "cohort", "mou": "mou", "partners": "list of partner", "partner": "partner", "home": "partner",
    "host": "partner", "workplace": "partner", "employer": "partner", "intermediary": "partner",
    "coordinator": "partner", "qualifications": "list of qualification", "qualification": "qualification",
    "units": "list of unit", "unit": "unit", "learners": "list of learner", "people": "list of learner",
    "learner": "learner", "agreement": "agreement", "companions": "list of companion", "companion": "companion",
    "results": "list of result", "result": "result", "figures": "figures", "today": "date",
}  # fmt: skip
"""The words a template may begin with, and what they are."""

LISTS: Mapping[str, str] = {
    name: kind.removeprefix("list of ") for name, kind in TOP.items() if kind.startswith("list of ")
}
"""The words among them that are lists, and what an item of each is: `units`, of which each is a unit."""

MEANINGS: Mapping[str, str] = {
    "cohort": "the cohort", "mou": "the Memorandum of Understanding", "partners": "the organisations of the paper",
    "partner": "one organisation: the paper is made once for each", "home": "the home organisation",
    "host": "the host organisation", "workplace": "the company where the learner works",
    "employer": "the learner's employer at home", "intermediary": "the intermediary organisation",
    "coordinator": "the coordinating organisation", "qualifications": "the qualifications of the paper",
    "qualification": "the learner's qualification, or one: the paper is made once for each",
    "units": "the units of the paper", "unit": "one unit, inside a loop over `units`",
    "learners": "the rows of sheet Learners the paper is for",
    "people": "the same, each person once", "learner": "one learner: the paper is made once for each row",
    "agreement": "the learner's agreement", "companions": "the accompanying persons of the paper",
    "companion": "one accompanying person: the paper is made once for each", "results": "the results of the paper",
    "result": "one unit that was achieved: the paper is made once for each",
    "figures": "what came of the stays, counted",
    "today": "the date of the paper: `--date`, else the date of signature, else the day it was first made",
}  # fmt: skip
"""What the first part of a word stands for."""


def word_of(name: str) -> Word | None:
    """Find the word behind a name such as `host.name` or `units.title`, whatever record or list it begins with."""
    root, _, key = name.partition(".")
    return RECORDS.get(TOP.get(root, root).removeprefix("list of "), {}).get(key)


def type_of(name: str) -> str:
    """Say what kind of value a name stands for: text, date, yes/no, number, texts, a record or a list of records."""
    word = word_of(name)
    return word.type if word else TOP.get(name, "any")


def words() -> list[Word]:
    """List every word, in the order of the contract (what `ecvet fields` prints)."""
    return [word for record in RECORD_NAMES for word in RECORDS[record].values()]
