"""The tables of README.md and templates/README.md, made from the program itself: python -m tests.tables.

A table stands between two markers, `<!-- words -->` and `<!-- /words -->`, and is written by nobody by hand. The tests
compare the pages with what this room makes, so a new column, word, filter, command or room is told once.
"""

from __future__ import annotations

import ast
import datetime as dt
import io
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import click
import docx

from pipeline.cli import ecvet
from pipeline.columns import ACHIEVEMENTS, SHEETS, Column, Kind, Sheet
from pipeline.form import DECIDES, FREQUENCIES, SINGLE, open_form
from pipeline.vocabulary import MEANINGS, RECORD_NAMES, RECORDS, TOP

ROOT = Path(__file__).resolve().parent.parent
PIPELINE = ROOT / "pipeline"


# -- the workbook ------------------------------------------------------------------------------------------------------


def columns() -> str:
    """Every sheet and every column: what it holds, what it means, and which word it feeds."""
    return "\n\n".join(
        f"### Sheet {sheet.name}\n\n{_sentence(sheet.meaning)}\n\n{_columns_of(sheet)}" for sheet in SHEETS
    )


def achievements() -> str:
    """Every column of the learner register."""
    return _columns_of(ACHIEVEMENTS)


def _columns_of(sheet: Sheet) -> str:
    return _table(
        ("Field" if sheet.fields else "Column", "Holds", "Meaning", "Example", "Word"),
        [
            (_starred(column.name, column.required), _holds(column), column.meaning, column.example,
             f"`achievement.{column.key}`" if column.record == "achievement" else _word_of(column))
            for column in sheet.columns
        ],
    )  # fmt: skip


def _holds(column: Column) -> str:
    if column.choices:
        several = ", several with `;`" if column.kind is Kind.CHOICES else ""
        return f"{', '.join(column.choices[:-1])} or {column.choices[-1]}{several}"
    if column.kind in (Kind.REFERENCE, Kind.REFERENCES):
        several = ", several with `;`" if column.kind is Kind.REFERENCES else ""
        return f"ID or name from {column.refers}{several}"
    return {Kind.LIST: "text, several with `;` or a line each", Kind.PHONE: "telephone", Kind.EMAIL: "e-mail",
            Kind.YES_NO: "yes or no"}.get(column.kind, column.kind.value)  # fmt: skip


def _word_of(column: Column) -> str:
    if column.key in RECORDS.get(column.record, {}) and column.record != column.key:
        return f"`{column.record}.{column.key}`"
    return f"`{column.record}`" if column.record in TOP else "–"


# -- the words of a form -----------------------------------------------------------------------------------------------


def beginnings() -> str:
    """The words a tag may begin with."""
    return _table(("Word", "Stands for", "Is"), [(f"`{name}`", MEANINGS[name], kind) for name, kind in TOP.items()])


def words() -> str:
    """Every word of every record, with what feeds it."""
    return "\n\n".join(
        f"### {record}\n\n"
        + _table(
            ("Word", "Meaning", "Is", "Made of"),
            [
                (_starred(f"`{word.name}`", word.required), word.meaning, word.type,
                 word.column or ("your own columns" if word.key == "more" else "counted"))
                for word in RECORDS[record].values()
            ],
        )
        for record in RECORD_NAMES
    )  # fmt: skip


SEEN = {
    "result": "as a learner's paper, and this unit with what came of it as `unit` and `result`",
    "learner": "her own row, agreement, units and results; her home, host and other organisations; her qualification; "
    "those who travel with her. Nothing of another learner",
    "companion": "the accompanying person's own row, home and host. No learner",
    "partner": "the organisation, its own learners, their units, qualifications and results",
    "memorandum": "the organisations that sign as `partners`, the others as `mou.covered`, qualifications and units. "
    "No learner",
    "pair": "this home, this host, the learners who go from one to the other, their units and companions",
    "qualification": "the qualification, its units, and the hosts that offer them. No learner",
    "cohort": "everything in the workbook",
}
"""Whose data a paper sees, by how often its form is made (kept in `pipeline/contexts.py`, tested there)."""


def frequencies() -> str:
    """How often a form is made, what decides it, and whose data it sees."""
    decides = dict(DECIDES)
    return _table(
        ("A form that speaks of", "is made", "and sees"),
        [
            (" or ".join(f"`{word}`" for word in decides.get(name, ())) or "none of these", meaning, SEEN[name])
            for name, meaning in FREQUENCIES.items()
        ],
    )


def singles() -> str:
    """Which single records each kind of paper has; of all others it has several or none."""
    return _table(
        ("Made", "Single records"),
        [
            (meaning, ", ".join(f"`{word}`" for word in TOP if word in SINGLE[name]) or "none: repeat the lists")
            for name, meaning in FREQUENCIES.items()
        ],
    )


EXAMPLE = {
    "learner": {"name": "Tereza Nováková", "family_name": "Nováková", "guardian": None},
    "agreement": {
        "start": dt.date(2027, 4, 5), "points": Decimal("2.50"), "weeks": Decimal("3.7"), "mentor": None,
        "status": "confirmed", "activities": " Cold kitchen ", "progress": "second year of three",
        "enclosures_progress": ["Europass Mobility", "Europass CV"],
    },
    "units": [{"title": "Service"}, {"title": "Cold starters"}],
}  # fmt: skip
"""The learner of the examples: two annexes, no mentor and no guardian."""

FILTER_EXAMPLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "date": (("writes a date as the form asks: `dd/MM/yyyy`, `d.M.yyyy` …", 'agreement.start | date("dd/MM/yyyy")'),
             ("… with the names of its language", 'agreement.start | date("dddd, d MMMM yyyy")'),
             ("… or in words, in the language of the paper", 'agreement.start | date("full")')),
    "number": (("writes a number as the form asks: `0.00`, `#.##0,00` …", 'agreement.points | number("0.00")'),),
    "default": (("prints something else where the word is empty", 'agreement.mentor | default("to be named")'),),
    "required": (("makes the paper wait while the word is empty", "learner.name | required"),),
    "dotted": (("draws a line to write on where the word is empty", "agreement.mentor | dotted"),),
    "tick": (("☒ where the word is, or holds, this text; else ☐", 'agreement.enclosures_progress | tick("Europass CV")'),
             ("without a text: ☒ where the word is not empty", "learner.guardian | tick")),
    "lines": (("a list, an entry a line", "agreement.enclosures_progress | lines"),),
    "join": (("a list in one line, with something between", 'agreement.enclosures_progress | join(", ")'),),
    "upper": (("capital letters", "learner.family_name | upper"),),
    "lower": (("small letters", "learner.family_name | lower"),),
    "title": (("a capital at the beginning of each word", "agreement.progress | title"),),
    "trim": (("without spaces at both ends", "agreement.activities | trim"),),
    "length": (("how many entries, or letters", "units | length"),),
    "first": (("the first entry of a list", "agreement.enclosures_progress | first"),),
    "last": (("the last entry of a list", "agreement.enclosures_progress | last"),),
    "round": (("a number, rounded", "agreement.weeks | round"), ("… to so many digits", "agreement.points | round(1)")),
    "others": (("the entries of a list that none of these boxes stands for", 'agreement.enclosures_progress | others("Europass CV") | join("; ")'),),
    "entry": (("the entry of a list that stands for a value; another value is a problem", "learner.sex | entry('F=female', 'M=male')"),),
    "sort": (("a list in the order of the alphabet", 'agreement.enclosures_progress | sort | join(", ")'),),
}  # fmt: skip

TEST_EXAMPLES = {
    "defined": ("the word has a value", "{% if agreement.points is defined %}with points{% endif %}"),
    "none": ("the word is empty", "{% if agreement.mentor is none %}no mentor yet{% endif %}"),
    "equalto": ("the word is this", '{% if agreement.status is equalto "confirmed" %}confirmed{% endif %}'),
}


def filters() -> str:
    """Every filter, with an example printed by the program."""
    listed = [(name, *told) for name, examples in FILTER_EXAMPLES.items() for told in examples]
    shown = [f"{{{{ {example} }}}}" for _, _, example in listed]
    return _table(
        ("Filter", "What it does", "Example", "Prints"),
        [
            (f"`{name}`", meaning, f"`{tag}`", printed)
            for (name, meaning, _), tag, printed in zip(listed, shown, _printed(shown), strict=True)
        ],
    )


def tests() -> str:
    """Every test, with an example printed by the program."""
    shown = [example for _, example in TEST_EXAMPLES.values()]
    return _table(
        ("Test", "True where", "Example", "Prints"),
        [
            (f"`is {name}`", meaning, f"`{example}`", printed)
            for (name, (meaning, example)), printed in zip(TEST_EXAMPLES.items(), _printed(shown), strict=True)
        ],
    )


def _printed(tags: Sequence[str]) -> list[str]:
    """Let the program print these tags, each in a paragraph of its own, for the learner of the examples."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Examples.docx"
        form_of(tags, path)
        form = open_form(path)
    assert form.usable, form.problems
    paragraphs = docx.Document(io.BytesIO(form.print(EXAMPLE, "en").data)).paragraphs
    return [paragraph.text.replace("\n", "<br>") for paragraph in paragraphs]


def form_of(lines: Sequence[str], path: Path) -> None:
    """Make a Word form with a paragraph a line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))


# -- what officers see -------------------------------------------------------------------------------------------------


def sample() -> str:
    """What the terminal tells of the example with two cells spoiled."""
    sys.path.insert(0, str(ROOT / ".workshop"))
    from make_pictures import ecvet as run
    from make_pictures import working_folder

    with tempfile.TemporaryDirectory() as folder:
        told = run(working_folder(Path(folder), spoiled=True), "run")
    return f"```text\n{told.strip()}\n```"


# -- commands and rooms ------------------------------------------------------------------------------------------------


def commands() -> str:
    """Every command, and what it does."""
    return _table(("Command", "What it does"), [(f"`{usage}`", _help(command)) for usage, command in _commands()])


def options() -> str:
    """Every option, of which commands, and what it does."""
    found: dict[tuple[str, str], list[str]] = {}
    for _, command in _commands():
        for option in command.params:
            if isinstance(option, click.Option):
                shown = " ".join([option.opts[0], *([] if option.is_flag else [option.metavar or ""])])
                found.setdefault((shown, option.help or ""), []).append(f"`{command.name}`")
    rows = [(f"`{shown}`", ", ".join(of), _unmarked(told)) for (shown, told), of in found.items()]
    return _table(("Option", "Of", "What it does"), rows)


def _commands() -> Iterator[tuple[str, click.Command]]:
    for name, command in ecvet.commands.items():
        pieces = command.collect_usage_pieces(click.Context(command, info_name=name))
        yield " ".join(["ecvet", name, *(piece for piece in pieces if piece != "[OPTIONS]")]), command


def _help(command: click.Command) -> str:
    return _unmarked(" ".join((command.help or "").split()))


DATA = {
    "headers.toml": "What people call sheets and columns, a table a language (data)",
    "confidential.toml": "Names of columns that are not read: health, religion, bank; a table a kind (data)",
    "parties.toml": "Words of flat sheets: parties in ten languages, columns of the EU's reporting tool (data)",
    "spellings.json": "How countries, languages and months are written in Europe, drawn from Unicode's CLDR (data)",
    "adoption/adopted.html.j2": "How the page beside an adopted form looks (a template of HTML)",
    "enclosures.json": "What forms call the enclosures to tick, folded, drawn from untouched/labels (data)",
    "untouched/labels/": "What official forms call things, a file a language, ten of them (data)",
    "untouched/clues/": "What a title or label cannot do without, however it is worded, a file a language (data)",
    "untouched/bars.toml": "Words that make a blank uncertain, whatever its label says, in ten languages (data)",
    "marks/short_names.json": "Short names of words, for form fields; none that was published ever changes (data)",
    "returned/labels.toml": "What an assessment sheet says, a table a language (data)",
    "report/page.html.j2": "What the report says in which order (a template of HTML)",
    "report/letters.html.j2": "Its texts for e-mails (a template of HTML)",
    "report/news.html.j2": "What it says is new since the last run (a template of HTML)",
    "report/returned.html.j2": "What it says of documents that came back (a template of HTML)",
    "report/page.css": "How the report looks: on a screen, by night, on a phone, on paper (a style sheet)",
    "report/page.js": "What sorts, filters and copies in the report (a script; the page names its checksum)",
    "py.typed": "Says to type checkers that the package has types",
}
"""The files of the package that are no Python, and so have no docstring; or a folder of them."""

DOORS = 9
"""The floor of `cli.py` and `doors`."""

FLOOR = re.compile(r"\s*\((?:[^()]*, )?floor (\d+)[^()]*\)")


def rooms() -> str:
    """The map of rooms: every module once, floor by floor from the doors down, in the words of its own docstring."""
    found: dict[int, list[tuple[str, str]]] = {}
    for path in sorted(PIPELINE.rglob("*.py")):
        if path.parent == PIPELINE and path.name == "__init__.py":
            continue
        name = path.relative_to(PIPELINE).as_posix().removesuffix("__init__.py")
        told = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        sentence, floor = _first_sentence(told, name)
        found.setdefault(floor, []).append((name, sentence))
    lines = []
    for floor in sorted(found, reverse=True):
        lines += [f"floor {floor}", *(f"  {name:22} {told}" for name, told in sorted(found[floor]))]
    lines += ["data", *(f"  {name:22} {told}" for name, told in DATA.items())]
    return "```text\n" + "\n".join(lines) + "\n```"


def _first_sentence(told: str, name: str) -> tuple[str, int]:
    told = " ".join(told.partition("\n\n")[0].split())
    floor = FLOOR.search(told)
    if name == "__main__.py":  # another way to the doors, with no room behind it
        return told.replace("`", "").rstrip("."), DOORS
    assert floor, f"the docstring of {name} does not say its floor: (floor 3)"
    return told[: floor.start()].replace("`", "").rstrip("."), int(floor[1])


# -- pages -------------------------------------------------------------------------------------------------------------

TABLES: Mapping[str, Callable[[], str]] = {
    "columns": columns, "achievements": achievements, "beginnings": beginnings, "words": words, "frequencies": frequencies, "singles": singles,
    "filters": filters, "tests": tests, "sample": sample, "commands": commands, "options": options, "rooms": rooms,
}  # fmt: skip
PAGES = {
    ROOT / "README.md": ("sample", "commands", "options", "rooms"),
    ROOT / "templates" / "README.md": (
        "frequencies", "singles", "beginnings", "filters", "tests", "words", "columns", "achievements",
    ),
}  # fmt: skip
"""Which tables stand on which page."""


def between(page: str, name: str) -> str | None:
    """Give what stands between the markers of a table; None where a page has no such markers, or has them twice."""
    found = re.findall(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", page, re.DOTALL)
    return found[0].strip() if len(found) == 1 else None


def rewritten(page: str, names: Sequence[str]) -> str:
    """Put fresh tables between the markers of a page."""
    for name in names:
        fresh = f"<!-- {name} -->\n\n{TABLES[name]()}\n\n<!-- /{name} -->"
        page = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _, fresh=fresh: fresh, page, flags=re.DOTALL)
    return page


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [" | ".join(each.replace("|", "\\|").strip() for each in row) for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(f"| {line} |" for line in lines)


def _starred(name: str, required: bool) -> str:
    return f"{name} \\*" if required else name


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _unmarked(text: str) -> str:
    return text.rstrip(".").replace("<", "&lt;")


def main() -> None:
    """Write the tables into the pages."""
    for path, names in PAGES.items():
        old = path.read_text("utf-8")
        new = rewritten(old, names)
        path.write_text(new, "utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}: {'as it was' if new == old else 'written anew'}\n")


if __name__ == "__main__":
    main()
