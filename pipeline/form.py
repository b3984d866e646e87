"""A form: an opened template, what it asks for, how often it is made, its faults, compiled once (floor 4).

Opening a form does the work that is the same for every paper: blanks become tags, docxtpl prepares each story, Jinja
compiles it, and every other member stays the compressed bytes it is. A paper is then one string rendering a story.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError
from lxml import etree

from pipeline.guard import Refused
from pipeline.languages import EUROPEAN
from pipeline.marks import as_tags
from pipeline.marks.language import Blank, Understood, Walker
from pipeline.marks.tags import (
    Source,
    Tag,
    check_structure,
    fixed_tables,
    prepare,
    tags_of,
    unreadable_tag,
    with_tabs,
)
from pipeline.printing import LINE_BREAK, Printer, environment
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.word import Member, Package, Story, open_form_package, pack, packed

FREQUENCIES: Mapping[str, str] = {
    "learner": "once for each row of Learners",
    "companion": "once for each accompanying person",
    "partner": "once for each organisation",
    "memorandum": "once for all, or once for each host, as field Memorandum says",
    "pair": "once for each home and host",
    "cohort": "once",
}
"""How often a form is made, in the order in which its words decide it (contract, section 3)."""

_DECIDES = (
    ("learner", ("learner", "agreement")), ("companion", ("companion",)), ("partner", ("partner",)),
    ("memorandum", ("mou",)), ("pair", ("home", "host")),
)  # fmt: skip

_SINGLE = {
    "learner": {"learner", "agreement", "qualification", "home", "host", "workplace", "employer", "intermediary",
                "coordinator"},
    "companion": {"companion", "home", "host"}, "partner": {"partner"}, "memorandum": {"mou"}, "pair": {"home", "host"},
    "cohort": set(),
}  # fmt: skip
"""The single records that each kind of paper has exactly one of."""

_SINGLES = {"learner", "agreement", "companion", "partner", "qualification", "unit", "home", "host", "workplace",
            "employer", "intermediary", "coordinator"}  # fmt: skip

_NEVER_IN_A_MEMORANDUM = {"learners", "people", "results", "companions"}
MOST_OUTPUT = 20_000_000
"""Characters a story may print to: a thousand pages. More is a fault of the form."""


@fault("T101")
def unusable_form(sentence: str, advice: str) -> tuple[str, str]:
    """A form cannot be opened as a Word document.

    Advice: Open it in Word and save it as “Word document (.docx)”, without a password.
    Basis: data (contract, section 3)
    """
    return sentence, advice


@fault("T210")
def several_of_these(tag: str, word: str) -> tuple[str, str]:
    """A form asks for one record where its papers have several of that kind.

    Which single records there are follows from how often the form is made: a paper for one learner has one host, a
    memorandum has several.

    Advice: Repeat the list instead, such as for partner in partners, or ask for a word that makes the form for each.
    Basis: data (contract, section 3)
    """
    lists = {"home": "partners", "host": "partners", "unit": "units", "qualification": "qualifications"}
    advice = f"Repeat the list: for {word} in {lists.get(word, word + 's')}."
    return f"“{tag}”: this paper may have several of “{word}”.", advice


@fault("T211")
def learners_in_memorandum(tag: str, word: str) -> str:
    """A memorandum names learners. It is shown to every partner, so it never does.

    Advice: Take the learners out of the form, or make it a paper of its own without words of mou.
    Basis: form (Memorandum of Understanding; privacy)
    """
    return f"“{tag}”: a memorandum does not know “{word}”."


@fault("T212", Severity.WARNING)
def nothing_asked() -> str:
    """A form holds no blank the program knows, so it would come out as it is.

    Advice: Write the words of `ecvet fields` into its blanks, or take it out of the folder.
    Basis: data (contract, section 3)
    """
    return "The form has no blank that the program can fill."


@fault("T302")
def damaged_paper(part: str) -> str:
    """A paper would come out damaged, so it was not made.

    This points to an if or a for in the form that tears a table or a paragraph apart.

    Advice: Put if and for tags into paragraphs of their own ({%p … %}) or rows of their own ({%tr … %}).
    Basis: data (contract, section 3)
    """
    return f"The paper would be damaged in its {part}, so it was not made."


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A printed paper: its bytes, and the blanks that stayed empty, each with the record it belongs to."""

    data: bytes
    empty: tuple[tuple[Blank, object], ...]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False)
class Form:
    """A form, opened once. Kept: the compiled stories and the printer they report to.

    `name` is the file's name without language and ending, `folder` its folder inside the pack, `language` the language
    of a variant (`Learning Agreement.es.docx`). A form with problems that hold makes no papers.
    """

    file: str
    name: str
    folder: str
    language: str | None
    frequency: str
    understood: Understood
    problems: tuple[Problem, ...]
    _members: tuple[Member, ...] = ()
    _stories: dict[str, Any] = field(default_factory=dict)
    _sources: dict[str, Source] = field(default_factory=dict)
    _printer: Printer = field(default_factory=Printer)

    @property
    def usable(self) -> bool:
        """Say whether papers can be made of it."""
        return not any(problem.holds for problem in self.problems)

    @property
    def spoken_of(self) -> frozenset[str]:
        """The words the form begins with, outside of its own loops."""
        return frozenset(self.understood.free)

    def print(self, context: Mapping[str, Any], language: str) -> Printed:
        """Print one paper. What would come out damaged is a problem, and then there are no bytes."""
        printer = self._printer
        printer.language, printer.empty, printer.tabs = language, [], False
        printed: dict[str, Member] = {}
        for part, template in self._stories.items():
            printer.line_break = " " if part.startswith("docProps/") else LINE_BREAK
            xml = self._repaired(template.render(context), self._sources[part])
            data = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml.encode()
            if len(xml) > MOST_OUTPUT or not _well_formed(data):
                where = self._sources[part].story.where or "text"
                problem = damaged_paper(Place(file=self.file), where)
                return Printed(data=b"", empty=(), problems=(problem,))
            printed[part] = pack(part, data)
        members = [printed.get(member.name, member) for member in self._members]
        blanks = self.understood.blanks
        return Printed(data=packed(members), empty=tuple((blanks[number], owner) for number, owner in printer.empty))

    def _repaired(self, xml: str, source: Source) -> str:
        if self._printer.tabs:
            xml = with_tabs(xml)
        if any(tag.prefix == "tc" or tag.keyword in ("colspan", "hm", "vm") for tag in source.tags):
            xml = fixed_tables(xml)
        if "<wp:docPr" in xml:
            xml = _numbered_drawings(xml)
        return _whole_cells(xml)


def _numbered_drawings(xml: str) -> str:
    count = iter(range(1001, 1_000_000))
    return re.sub(r'(<wp:docPr\b[^>]*?\bid=")\d+(")', lambda found: f"{found[1]}{next(count)}{found[2]}", xml)


def _whole_cells(xml: str) -> str:
    """Give a cell that lost its last paragraph to an if an empty one, and drop tables without rows: Word refuses both.

    Sources: Microsoft's notes MS-OI29500 2.1.168 (a cell ends with a paragraph) and 2.1.178 (a row has cells).
    """
    if "</w:tblGrid></w:tbl>" in xml:
        xml = re.sub(r"<w:tbl>(?:(?!</?w:tbl>|<w:tr[ >]).)*</w:tblGrid></w:tbl>", "", xml, flags=re.DOTALL)
    for end in ("</w:tcPr></w:tc>", "<w:tc></w:tc>", "</w:tbl></w:tc>"):
        if end in xml:
            xml = xml.replace(end, end.removesuffix("</w:tc>") + "<w:p/></w:tc>")
    return xml


def _well_formed(data: bytes) -> bool:
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return False
    return True


def open_form(path: Path, folder: str = "") -> Form:
    """Open a form and prepare it; all its faults at once, in `problems`, and nothing raised."""
    stem, language = _name_and_language(path)
    problems: list[Problem] = []
    understood = Understood()
    try:
        package = open_form_package(path)
    except Refused as why:
        problems.append(unusable_form(Place(file=path.name), why.sentence, why.advice))
        return _form(path, stem, folder, language, "cohort", understood, problems)
    except OSError:
        advice = "Close it where it is open, and try again."
        problems.append(unusable_form(Place(file=path.name), "The form could not be read from the disk.", advice))
        return _form(path, stem, folder, language, "cohort", understood, problems)
    printer = Printer()
    made = environment(printer)
    sources: dict[str, Source] = {}
    stories: dict[str, Any] = {}
    for story in _texts(package):
        source, template = _compiled(story, made, package.file, understood, problems)
        if template is not None:
            sources[story.part], stories[story.part] = source, template
    frequency = next((name for name, words in _DECIDES if set(words) & set(understood.free)), "cohort")
    problems.extend(_check_singles(frequency, understood, package.file))
    if not understood.blanks and not problems:
        problems.append(nothing_asked(Place(file=package.file)))
    printer.dotted = {number for number, blank in enumerate(understood.blanks) if blank.dotted}
    form = _form(path, stem, folder, language, frequency, understood, problems)
    form._members, form._stories, form._sources, form._printer = package.members, stories, sources, printer
    return form


def _form(
    path: Path, stem: str, folder: str, language: str | None, frequency: str, understood: Understood,
    problems: list[Problem],
) -> Form:  # fmt: skip
    return Form(
        file=path.name, name=stem, folder=folder, language=language, frequency=frequency, understood=understood,
        problems=tuple(problems),
    )  # fmt: skip


def _name_and_language(path: Path) -> tuple[str, str | None]:
    name, _, ending = path.stem.rpartition(".")
    return (name, ending.lower()) if name and ending.lower() in EUROPEAN else (path.stem, None)


def _texts(package: Package) -> tuple[Story, ...]:
    return (*package.stories, package.properties) if package.properties else package.stories


def _compiled(
    story: Story, made: Environment, file: str, understood: Understood, problems: list[Problem]
) -> tuple[Source, Any]:
    story = as_tags(story)
    if story.part.startswith("docProps/"):
        tags, source = _properties(story)
    else:
        tags = tags_of(story, file, problems)
        source = prepare(story, tags)
    if not tags:
        return source, None
    before = len(problems)
    check_structure(tags, file, problems)
    for tag in tags:
        _check_inside(tag, made, file, problems)
    if len(problems) > before:
        return source, None
    try:
        tree = made.parse(source.text)
    except TemplateSyntaxError as wrong:
        tag = source.at.get(wrong.lineno, tags[0])
        problems.append(unreadable_tag(Place(file=file, spot=tag.spot), tag.text, (wrong.message or "").rstrip(".")))
        return source, None
    Walker(file, source.at, understood, problems).walk(tree)
    if any(problem.holds for problem in problems[before:]):
        return source, None
    code = made.compile(tree)
    return source, made.template_class.from_code(made, code, {})


def _properties(story: Story) -> tuple[tuple[Tag, ...], Source]:
    """Take the tags of the document's properties (its title) as they stand: they are plain text, not Word's."""
    found = re.findall(r"\{\{.*?\}\}|\{%.*?%\}", story.xml)
    tags = tuple(Tag(text=text, spot=story.where) for text in found)
    lines = range(1, story.xml.count("\n") + 2)
    return tags, Source(story=story, text=story.xml, at=dict.fromkeys(lines, tags[0]) if tags else {}, tags=tags)


def _check_inside(tag: Tag, made: Environment, file: str, problems: list[Problem]) -> None:
    """Parse a tag by itself, so that every faulty tag of a form is told and not only the first."""
    sample = {"if": f"{{% {tag.inside} %}}{{% endif %}}", "for": f"{{% {tag.inside} %}}{{% endfor %}}",
              "elif": f"{{% if x %}}{{% {tag.inside} %}}{{% endif %}}"}.get(tag.keyword)  # fmt: skip
    if tag.text.startswith("{{"):
        sample = f"{{{{ {tag.inside} }}}}"
    if sample is None:
        return
    try:
        made.parse(sample)
    except TemplateSyntaxError as wrong:
        why = (wrong.message or "it is not complete").rstrip(".")
        problems.append(unreadable_tag(Place(file=file, spot=tag.spot), tag.text, why))


def _check_singles(frequency: str, understood: Understood, file: str) -> list[Problem]:
    found = []
    for word, tag in understood.free.items():
        place = Place(file=file, spot=tag.spot)
        if word in _SINGLES and word not in _SINGLE[frequency]:
            found.append(several_of_these(place, tag.text, word))
        if frequency == "memorandum" and word in _NEVER_IN_A_MEMORANDUM:
            found.append(learners_in_memorandum(place, tag.text, word))
    return found


def open_pack(folder: Path) -> list[Form]:
    """Open every form of a pack, subfolders too, in the order of their names."""
    found = sorted(path for path in folder.rglob("*.docx") if not path.name.startswith(("~$", ".")))
    return [open_form(path, path.parent.relative_to(folder).as_posix().removeprefix(".")) for path in found]
