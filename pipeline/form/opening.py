"""Open a form: prepare each part, check its tags, compile them (floor 4).

All faults of a form are told at once. Where a tag cannot be read or an if is not closed, the rest is read nevertheless,
as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from jinja2 import Environment, TemplateError, TemplateSyntaxError, nodes

from pipeline.form.audience import check_audience, frequency_of
from pipeline.form.bringing import brought_along
from pipeline.form.gate import proved
from pipeline.form.press import Form, Prepared
from pipeline.guard import Refused
from pipeline.languages import EUROPEAN
from pipeline.marks import as_tags
from pipeline.marks.controls import FOR_WHO_MARKS
from pipeline.marks.language import Understood, in_plain_words
from pipeline.marks.preparing import Source, astray, prepare
from pipeline.marks.tags import BLOCKS, LONGEST_TAG, Tag, check_structure, forbidden_tag, tags_of, unreadable_tag
from pipeline.marks.walker import Walker
from pipeline.names import MAP, same_file
from pipeline.problem import CannotContinue, Place, Problem, Severity, fault, quoted
from pipeline.word import Package, Story, forms_in, open_form_package

_TOO_DEEP = "too many parts inside one another"


@fault("T101")
def unusable_form(sentence: str, advice: str) -> tuple[str, str]:
    """A form cannot be opened as a Word document.

    Advice: Open it in Word and save it as “Word document (.docx)”, without a password.
    Basis: data (contract, section 3)
    """
    return sentence, advice


@fault("T102")
def paper_as_form() -> str:
    """A paper that this program made stands among the forms.

    Whatever learner it was made for would appear in the papers of all others.

    Advice: Take it out of the folder. If you made a form of it: File, Info, Properties, and delete the Status there.
    Basis: data (privacy)
    """
    return "This is no form but a paper that was made with this program."


@fault("T103")
def same_form_twice(others: Sequence[str]) -> str:
    """Files of one set are one form to the program, because their names differ only in the ending or in capitals.

    Nobody can tell which of them is meant, and the papers of all of them would have the same names. So no papers are
    made of any of them.

    Advice: Take those out of the folder that are not meant, or give them names of their own.
    Basis: data (contract, section 4)
    """
    return f"The form has the same name as {quoted(others)}, so nobody can tell which of them is meant."


@fault("T212", Severity.WARNING)
def nothing_asked() -> str:
    """A form holds no blank the program knows, so it would come out as it is.

    An official form need not be changed: `ecvet template adopt` reads its labels and writes beside it what goes into
    which blank.

    Advice: Run `ecvet template adopt` for it, or write the words of `ecvet fields` into its blanks.
    Basis: data (contract, section 3)
    """
    return "The form has no blank that the program can fill."


@fault("T216", Severity.NOTICE)
def changes_accepted() -> str:
    """A form holds tracked changes. Its papers are made as if all of them were accepted.

    Advice: Open the form in Word, look at the changes, and accept or reject them.
    Basis: data (contract, section 3)
    """
    return "The form holds tracked changes; its papers are made as if they were accepted."


@fault("T219", Severity.NOTICE)
def macros_left_out() -> str:
    """A form holds macros, small programs that run in Word. Its papers are ordinary documents (.docx) without them.

    Whoever gets a paper with macros is warned of it, or may not open it. Buttons and keys that call macros are left out
    too.

    Advice: Nothing has to be done. Saved in Word as “Word document (.docx)”, the form is used without this notice.
    Basis: data (contract, section 3)
    """
    return "The form holds macros; its papers are made without them."


@fault("T220", Severity.WARNING)
def signature_left_out() -> str:
    """A form is digitally signed. Its papers are made without this signature.

    Filling a form in changes it, and a signature holds only for what was signed: Word would call it invalid in every
    paper. The form still says what it said, so its papers are made; lines to sign on stay in them.

    Advice: Have the papers themselves signed where a signature is needed.
    Basis: data (contract, section 3)
    """
    return "The form is digitally signed; its papers are made without this signature."


def opened(path: Path) -> list[Form]:
    """Open a form, or every form of a folder; raises CannotContinue where there is none in it."""
    forms = open_pack(path) if path.is_dir() else [open_form(path)]
    if not forms:
        raise CannotContinue(f"There is no Word form in {path}. Name a form (.docx), or another folder.")
    return forms


def open_pack(
    folder: Path, languages: Collection[str] | None = None, opened_before: Sequence[Form] = ()
) -> list[Form]:  # fmt: skip
    """Open every form of a pack, subfolders too, in the order of their names.

    With `languages`, a variant for another language is not opened where there is a form for all of them: a cohort needs
    few of ten variants, and to open a form takes a while. Those that were opened before are not opened again.
    """
    found = forms_in(folder)
    for_all = {(path.parent, name) for path in found for name, language in [_name_and_language(path)] if not language}
    before = {(form.folder, form.file) for form in opened_before}
    forms = [
        open_form(path, inside) for path in found
        if ((inside := path.parent.relative_to(folder).as_posix().removeprefix(".")), path.name) not in before
        and (languages is None or _is_wanted(path, languages, for_all))
    ]  # fmt: skip
    same: dict[tuple[str, str, str | None], list[Form]] = {}
    for form in forms:
        same.setdefault((form.folder, same_file(form.name), form.language), []).append(form)
    for form in forms:
        others = [each.file for each in same[form.folder, same_file(form.name), form.language] if each is not form]
        if others:
            form.problems = (same_form_twice(Place(file=form.file), others), *form.problems)
    return forms


def _is_wanted(path: Path, languages: Collection[str], for_all: Collection[tuple[Path, str]]) -> bool:
    name, language = _name_and_language(path)
    return language is None or language in languages or (path.parent, name) not in for_all


def open_form(path: Path, folder: str = "") -> Form:
    """Open a form and prepare it; all its faults at once, in `problems`, and nothing raised."""
    problems: list[Problem] = []
    understood = Understood()
    package = _opened(path, problems)
    prepared: list[Prepared] = []
    obeyed = _obeyed(path)
    found = obeyed.map_of(path, package, problems) if package and obeyed else None
    if package:
        made = Environment(autoescape=True, cache_size=0, optimized=False)
        for story in package.others:
            problems.extend(astray(story, package.file))
        by_map = obeyed.turn_by(found, package, problems) if found and obeyed else None
        for story, in_attributes, blanks in as_tags(package.stories, package.file, package.stores, by_map):
            problems.extend(blanks)
            if not (story.echo and _faulty(problems)):  # what it says again is told where it is said first
                prepared.extend(_prepared(story, in_attributes, made, package.file, understood, problems))
    frequency = frequency_of(understood.free)
    problems.extend(check_audience(frequency, understood.free, path.name, mapped=found is not None))
    told = any(problem.holds for problem in problems)
    if package and not (understood.blanks or understood.free or found or told):
        problems.append(nothing_asked(Place(file=path.name)))
    name, language = _name_and_language(path)
    form = Form(
        file=path.name, name=name, folder=folder, language=language, frequency=frequency, understood=understood,
        problems=tuple(problems), members=package.members if package else (), prepared=tuple(prepared),
        wished=obeyed.own_columns(found) if found and obeyed else (),
        comes_back=any(f'w:val="{FOR_WHO_MARKS}' in story.xml for story in (package.stories if package else ())),
    )  # fmt: skip
    if form.usable and form.prepared:
        form.problems += tuple(proved(form, path))
    return form


def _obeyed(path: Path) -> ModuleType | None:
    """Fetch what reads form maps, where one lies beside the form: else much of the program need not be loaded."""
    if not any(path.parent.glob(f"*{MAP}*")):
        return None
    from pipeline.untouched import obeying

    return obeying


def _opened(path: Path, problems: list[Problem]) -> Package | None:
    place = Place(file=path.name)
    try:
        package = open_form_package(path)
    except Refused as why:
        problems.append(unusable_form(place, why.sentence, why.advice))
        return None
    except OSError:
        advice = "Close it where it is open, and try again."
        problems.append(unusable_form(place, "The form could not be read from the disk.", advice))
        return None
    if package.paper:
        problems.append(paper_as_form(place))
    if package.revised:
        problems.append(changes_accepted(place))
    if package.macros:
        problems.append(macros_left_out(place))
    if package.signed:
        problems.append(signature_left_out(place))
    problems += brought_along(package)
    return package


def _name_and_language(path: Path) -> tuple[str, str | None]:
    name, _, ending = path.stem.rpartition(".")
    return (name, ending.lower()) if name and ending.lower() in EUROPEAN else (path.stem, None)


def _prepared(
    story: Story, in_attributes: Sequence[Tag], made: Environment, file: str, understood: Understood,
    problems: list[Problem],
) -> Iterator[Prepared]:
    """Prepare a story that holds tags; its faults go to `problems`, and then there is nothing to print it from."""
    found: list[Problem] = []
    story, tags = tags_of(story, file, found, in_attributes)
    check_structure(tags, file, found)
    readable = [(tag, _can_be_read(tag, made, file, found)) for tag in tags]
    source = None
    if tags and not _faulty(found):
        source = prepare(story, tags, file, found)
    elif not tags and not found:
        found.extend(astray(story, file))
    if source and not _faulty(found):
        tree = _checked(source, tags, made, file, understood, found)
        if tree:
            yield Prepared(
                part=story.part, where=story.where, tree=tree, columns=source.columns, beside=source.beside,
                drawings="<wp:docPr" in story.xml,
            )  # fmt: skip
    elif tags:
        _read_the_rest(readable, made, file, understood, found)
    problems.extend(found)


def _faulty(problems: Sequence[Problem]) -> bool:
    return any(problem.holds for problem in problems)


def _checked(
    source: Source, tags: Sequence[Tag], made: Environment, file: str, understood: Understood, problems: list[Problem]
) -> nodes.Template | None:
    before = len(problems)
    try:
        tree = made.parse(source.text)
        Walker(file, source.at, understood, problems, echo=source.story.echo).walk(tree)
        return None if _faulty(problems[before:]) else tree
    except TemplateSyntaxError as wrong:
        tag = source.at.get(wrong.lineno, tags[0])
        problems.append(unreadable_tag(Place(file=file, spot=tag.spot), tag.shown, in_plain_words(wrong.message)))
    except (RecursionError, MemoryError, SyntaxError, TemplateError):
        problems.append(forbidden_tag(Place(file=file, spot=tags[0].spot), tags[0].shown, _TOO_DEEP))
    return None


def _can_be_read(tag: Tag, made: Environment, file: str, problems: list[Problem]) -> bool:
    """Parse a tag by itself, so that every faulty tag of a form is told and not only the first."""
    sample = _alone(tag)
    if not sample or len(tag.text) > LONGEST_TAG:
        return tag.keyword in (*BLOCKS.values(), "else")
    place = Place(file=file, spot=tag.spot)
    try:
        made.parse(sample)
    except TemplateSyntaxError as wrong:
        problems.append(unreadable_tag(place, tag.shown, in_plain_words(wrong.message)))
        return False
    except (RecursionError, MemoryError):
        problems.append(forbidden_tag(place, tag.shown, _TOO_DEEP))
        return False
    return True


def _alone(tag: Tag) -> str:
    """Write a tag so that it can be parsed alone; empty where there is nothing in it to parse."""
    if not tag.inside:
        return ""
    if tag.text.startswith("{{"):
        return f"{{{{ {tag.inside} }}}}"
    if tag.keyword in ("colspan", "cellbg"):
        return f"{{{{ {tag.inside.removeprefix(tag.keyword)} }}}}"
    return {"if": f"{{% {tag.inside} %}}{{% endif %}}", "for": f"{{% {tag.inside} %}}{{% endfor %}}",
            "elif": f"{{% if 1 %}}{{% {tag.inside} %}}{{% endif %}}"}.get(tag.keyword, "")  # fmt: skip


def _read_the_rest(
    tags: Sequence[tuple[Tag, bool]], made: Environment, file: str, understood: Understood, problems: list[Problem]
) -> None:
    """Walk the tags that can be read, put together as well as can be, so that wrong words are told with the rest."""
    lines: list[str] = []
    opened: list[str] = []
    for tag, readable in tags:
        line = f"{{% {tag.inside} %}}" if readable else ""
        if tag.keyword in BLOCKS:
            opened.append(tag.keyword)
            name = re.match(r"for\s+([a-z]\w*)", tag.inside)
            line = line or (f"{{% for {name[1]} in [] %}}" if name else "{% if 1 %}")
            opened[-1] = "for" if "{% for" in line else "if"
        elif tag.keyword in ("elif", "else"):
            line = line if opened and (opened[-1] == "if" or tag.keyword == "else") else ""
        elif tag.keyword in BLOCKS.values():
            if opened and BLOCKS[opened[-1]] == tag.keyword:
                opened.pop()
            else:
                line = ""
        else:
            line = _alone(tag) if readable else ""
        lines.append(line)
    at = {number: tag for number, (tag, _) in enumerate(tags, start=1)}
    lines += [f"{{% {BLOCKS[word]} %}}" for word in reversed(opened)]
    try:
        Walker(file, at, understood, problems).walk(made.parse("\n".join(lines)))
    except (TemplateError, RecursionError):
        return
