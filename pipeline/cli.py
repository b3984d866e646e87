"""The doors: a command calls, prints and gives an exit code (floor 9).

Exit codes: 0 all made · 1 something was not made or could not be read · 2 wrong usage · 3 could not start or go on ·
70 a fault of the program · 130 Ctrl-C. Rooms are imported inside the commands, so that `--help` loads none of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.problem import CannotContinue

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.legend import Legend
    from pipeline.made import Made
    from pipeline.office import Progress
    from pipeline.room import Room
    from pipeline.workbook import Reading

ALL_MADE, NOT_ALL, CANNOT, FAULT, STOPPED = 0, 1, 3, 70, 130

WORTH_A_BAR = 50
"""Papers; fewer are made before a bar could be read."""

WORDS = "Words for forms.docx"
"""The Word file of ready-made blanks, where nobody calls it otherwise."""

_WORKBOOKS = click.argument("workbooks", nargs=-1, metavar="[WORKBOOK…]")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ecvet")
def ecvet() -> None:
    """From a cohort's spreadsheet to a signable set of ECVET papers.

    Put the workbook into the folder input, then: ecvet run
    """


@ecvet.command()
@_WORKBOOKS
@click.option("--templates", metavar="SET", help="The set of forms to use: a folder in templates.")
@click.option("--date", "day", metavar="DATE", help="The date printed on the papers, such as 2027-01-15.")
@click.option("--strict", is_flag=True, help="All or nothing: write no paper unless every paper can be made.")
@click.option("--dry-run", is_flag=True, help="Say what would be made, and write nothing.")
@click.option("--pdf", is_flag=True, help="Make a PDF beside each paper, where LibreOffice is installed.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
def run(workbooks: tuple[str, ...], as_json: bool, **wished: Any) -> int:
    """Make the papers of every workbook in input/, or of those named."""
    return _make(workbooks, as_json=as_json, **wished)


@ecvet.command()
@_WORKBOOKS
@click.option("--templates", metavar="SET", help="The set of forms to use: a folder in templates.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
def check(workbooks: tuple[str, ...], templates: str | None, as_json: bool) -> int:
    """Check workbooks and forms, and write nothing."""
    return _make(workbooks, as_json=as_json, templates=templates, dry_run=True)


@ecvet.command()
@click.option("--every", metavar="SECONDS", type=click.FloatRange(min=0.1), default=5.0, show_default=True,
              help="How often the folder is looked at.")  # fmt: skip
@click.option("--once", is_flag=True, help="Look, make what is due, and end: for the Task Scheduler of Windows.")
@click.option("--templates", metavar="SET", help="The set of forms to use: a folder in templates.")
@click.option("--pdf", is_flag=True, help="Make a PDF beside each paper, where LibreOffice is installed.")
@click.option("--log", "log_file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Write what happens to this file too, a line a cohort.")  # fmt: skip
def watch(every: float, once: bool, log_file: Path | None, **wished: Any) -> int:
    """Make papers whenever a workbook in input/ was saved and closed.

    It goes on until it is stopped (Ctrl-C).
    """
    from pipeline.daybook import open_log
    from pipeline.made import Wishes
    from pipeline.room import Room
    from pipeline.watch import Watch, asked_to_end

    tell = open_log(log_file)
    with asked_to_end() as ended:
        if not once:
            tell(f"Watching the folder input: a look every {every:g} s. Ctrl-C ends it.")
        kept = Watch(room=Room(Path.cwd()), wishes=Wishes(**wished), tell=tell, ended=ended, every=every)
        kept.keep(once=once)
    if not once:
        return ALL_MADE
    return CANNOT if kept.hindered else ALL_MADE if kept.all_made else NOT_ALL


def _make(workbooks: tuple[str, ...], *, as_json: bool, day: str | None = None, **wished: Any) -> int:
    from pipeline.room import Room

    room, date, made = Room(Path.cwd()), _day(day), list["Made"]()
    try:
        paths = room.find(workbooks) if workbooks else room.workbooks()
        _run(room, paths, {"date": date, **wished}, made, quiet=as_json)
    except CannotContinue:
        if as_json:
            _print_made(made)
        raise
    if as_json:
        _print_made(made)
    return ALL_MADE if all(each.all_made for each in made) else NOT_ALL


def _run(room: Room, paths: list[Path], wished: dict[str, Any], made: list[Made], *, quiet: bool) -> None:
    """Make the papers of these workbooks into `made`, unless nothing is different since the last run.

    A second process starts while the rest is still being loaded.
    """
    from pipeline.lastrun import inputs_of, unchanged
    from pipeline.made import Wishes

    wishes = Wishes(**wished)

    def done(each: Made) -> None:
        from pipeline.counter import show

        made.append(each)
        if not quiet:
            click.echo(show(each, wishes, room.folder))

    inputs = "" if wishes.dry_run else inputs_of(paths, room.input, room.templates, wishes)
    if same := unchanged(room.output, paths, inputs):
        for each in same:
            done(each)
        return

    from pipeline.second import beside

    with beside(paths) as second, _bars(quiet=quiet) as progress:
        from pipeline.office import make_all

        make_all(room, paths, wishes, progress, done, second, inputs)


def _print_made(made: list[Made]) -> None:
    from pipeline.counter import as_object

    _print_object(as_object(made))


def _day(text: str | None) -> dt.date | None:
    from pipeline.cells import date
    from pipeline.raw import Unreadable

    try:
        return date(text)
    except Unreadable as wrong:
        raise click.BadParameter(f"{wrong.sentence} {wrong.advice}", param_hint="--date") from wrong


def _print_object(found: object) -> None:
    """Print for other programs: letters that the console or the file cannot hold are written as escapes, not lost."""
    import json

    whole = (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig")
    click.echo(json.dumps(found, ensure_ascii=not whole, indent=1))


@contextmanager
def _bars(*, quiet: bool) -> Iterator[Progress]:
    """Show a bar for each cohort with many papers, in a terminal only; its line is ended whatever happens."""
    with ExitStack() as shown:

        def begin(reading: Reading, papers: int) -> Callable[[int], None]:
            if quiet or not sys.stderr.isatty() or papers < WORTH_A_BAR:
                return lambda _: None
            bar = shown.enter_context(click.progressbar(length=papers, label=reading.name, file=sys.stderr))

            def step(number: int) -> None:
                bar.update(number)
                if bar.finished:
                    shown.close()

            return step

        yield begin


@ecvet.command()
@click.option("--json", "as_json", is_flag=True, help="Print it for other programs.")
def status(as_json: bool) -> int:
    """Tell of each cohort which papers are made, left as edited, signed, not made or gone."""
    from pipeline.counter import standing_as_object, standing_as_text
    from pipeline.room import Room
    from pipeline.standing import not_run, standings

    room = Room(Path.cwd())
    workbooks = room.cohorts()
    found = list(standings(room.output, workbooks))
    waiting = not_run(room.output, workbooks)
    if as_json:
        _print_object(standing_as_object(found, waiting))
    else:
        click.echo(standing_as_text(found, waiting))
    return ALL_MADE


@ecvet.command()
@click.argument("learner", metavar="LEARNER_ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(learner: str, yes: bool) -> int:
    """Delete a learner's papers, and what was noted of them, after asking.

    LEARNER_ID may be the name of a learner without an ID. The workbook is not changed: take her row out of it too.
    """
    from pipeline.desks import clear_desks
    from pipeline.forgetting import forget as forgotten
    from pipeline.forgetting import traces
    from pipeline.room import Room
    from pipeline.turns import alone

    output = Room(Path.cwd()).output
    found = traces(output, learner)
    if not found:
        raise CannotContinue(f"No papers of “{learner}” are known in {output}.")
    for each in found:
        click.echo(f"{each.folder.name}:")
        for file in (*each.files, *each.shared):
            click.echo(f"  {file}")
    click.echo("The next run makes the report anew without her, and the lists that name her.")
    if not yes and not click.confirm("Delete these files for good?"):
        click.echo("Nothing was deleted.")
        return ALL_MADE
    with alone(output):
        for each in found:
            forgotten(each)
    clear_desks()
    click.echo("Deleted. Now take her row out of the workbook: else the next run makes her papers again.")
    return ALL_MADE


@ecvet.command()
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--for", "forms", metavar="FORM", multiple=True,
              help="Only columns that this form, or folder of forms, asks for; may be repeated.")  # fmt: skip
def new(workbook: Path, forms: tuple[str, ...]) -> int:
    """Make an empty workbook, with drop-down lists and an example."""
    from pipeline.starter import empty_workbook

    target = workbook if workbook.suffix.lower() == ".xlsx" else workbook.with_name(f"{workbook.name}.xlsx")
    if forms:
        from pipeline.starter.wanted import faults_of, open_forms, set_of, sheets_for

        opened = open_forms(forms)
        empty_workbook(target, sheets=sheets_for(opened), templates=set_of(forms))
        for sentence in faults_of(opened):
            click.echo(sentence, err=True)
    else:
        empty_workbook(target)
    put = "" if target.resolve().parent.name == "input" else " put it into the folder input,"
    click.echo(f"{target} is ready: fill it,{put} then run: ecvet run")
    return ALL_MADE


@ecvet.command()
@click.argument("workbook")
@click.option("--is", "wishes", metavar="NAME=MEANING", multiple=True,
              help="Settle what a column or a sheet means: “Rufname=Given names”; may be repeated.")  # fmt: skip
@click.option("--all", "for_all", is_flag=True, help="Settle it for every workbook of the folder.")
@click.option("--no-ask", is_flag=True, help="Never ask about what is unsure.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
def columns(workbook: str, wishes: tuple[str, ...], for_all: bool, no_ask: bool, as_json: bool) -> int:
    """Show which column of a workbook was understood as what.

    What is unsure comes first. What you settle is kept in a small file beside the workbook, never in it.
    """
    from pipeline.legend import legend
    from pipeline.registry import read_registry
    from pipeline.room import Room
    from pipeline.settling import as_object, as_text, settle_columns

    room = Room(Path.cwd())
    (path,) = room.find([workbook])[:1] or [Path(workbook)]
    shared = read_registry(room.register)
    found, kept = legend(path, shared), None
    answers = list(wishes)
    if not (answers or no_ask or as_json) and sys.stdin.isatty() and sys.stdout.isatty():
        answers = _answers(found)
    if answers:
        kept = settle_columns(found, answers, for_all=for_all)
        found = legend(path, shared)
    if as_json:
        _print_object(as_object(found))
    else:
        click.echo(as_text(found))
        if kept:
            click.echo(f"Settled in {kept}")
    return ALL_MADE if found.all_sure else NOT_ALL


def _answers(found: Legend) -> list[str]:
    """Ask about each column that is unsure, with numbered answers."""
    from pipeline.settling import asked_about, choices_for

    answers = []
    for one in found.unsure:
        click.echo(asked_about(one))
        choices = choices_for(one)
        number = click.prompt("Number", type=click.IntRange(0, len(choices) + 1), default=0)
        if number:
            meant = choices[number - 1] if number <= len(choices) else click.prompt("Name of the column it is")
            answers.append(f"{one.header}={meant}")
    return answers


@ecvet.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> int:
    """Make a working folder with the official forms and an example.

    For Windows it holds two files to double-click: Make the papers, and Check only. The file Read me first tells the
    steps.
    """
    from pipeline.settle_in import furnish

    furnish(folder)
    click.echo(f"{folder} is ready. Go there and run: ecvet run")
    return ALL_MADE


@ecvet.command()
@click.option("--docx", metavar="[FILE]", is_flag=False, flag_value=WORDS, type=click.Path(path_type=Path),
              help=f"Write a Word file of ready-made blanks to copy into forms [{WORDS}].")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the words for other programs.")
def fields(docx: Path | None, as_json: bool) -> int:
    """List every word a form may use, with its meaning and column."""
    if docx and as_json:
        raise click.UsageError("Either --docx or --json: a Word file to copy from, or the words for other programs.")
    if docx:
        from pipeline.starter.samples import write_samples

        target = docx if docx.suffix.lower() == ".docx" else docx.with_name(f"{docx.name}.docx")
        write_samples(target)
        click.echo(f"{target} is ready: open it in Word, and copy its blanks into your forms.")
        return ALL_MADE
    from pipeline.manual import fields_as_object, fields_as_text

    if as_json:
        _print_object(fields_as_object())
    else:
        click.echo(fields_as_text())
    return ALL_MADE


@ecvet.command()
@click.argument("code", required=False)
def explain(code: str | None) -> int:
    """Tell the whole story of a problem's CODE, or list all codes."""
    from pipeline.manual import all_codes, story

    click.echo(story(code) if code else all_codes())
    return ALL_MADE


@ecvet.group()
def template() -> None:
    """Check Word forms, see one filled with the example, adopt an official form as it is."""


@template.command("check")
@click.argument("forms", nargs=-1, metavar="[FORM…]")
@click.option("--mark", is_flag=True, help="Write a copy of each form beside it, with its faults as remarks of Word's.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
def check_forms(forms: tuple[str, ...], mark: bool, as_json: bool) -> int:
    """Tell all faults of forms, and what they ask for.

    FORM is a Word form, or a folder of forms; without one, all forms in templates are checked.
    """
    from dataclasses import replace

    from pipeline.inspection import as_object, as_text, find_forms, inspect, summary

    found = [each for path in find_forms(forms) for each in inspect(path)]
    if mark:
        from pipeline.remarks import mark as marked

        found = [replace(each, marked=marked(each.path, each.form.problems)) for each in found]
    if as_json:
        _print_object(as_object(found))
    else:
        click.echo("\n\n".join([*map(as_text, found), *([summary(found)] if len(found) > 1 else [])]))
    return ALL_MADE if all(each.usable for each in found) else NOT_ALL


@template.command("preview")
@click.argument("form")
@click.option("--into", metavar="FOLDER", type=click.Path(path_type=Path), help="Where the preview goes; else here.")
def preview_form(form: str, into: Path | None) -> int:
    """Fill a form with the example cohort, whose people are invented.

    With LibreOffice on the computer, the paper is shown as PDF and as pictures too. A form with faults has no preview.
    """
    from pipeline.inspection import faults_as_text, find_form, inspect, preview_as_text

    (found,) = inspect(find_form(form))
    if not found.usable:
        click.echo(faults_as_text(found))
        return NOT_ALL
    from pipeline.preview import preview

    made = preview(found.form, into or Path())
    click.echo(preview_as_text(found, made))
    return NOT_ALL if made.problems else ALL_MADE


@template.command("adopt")
@click.argument("form")
@click.option("--from", "shared", metavar="MAP", type=click.Path(path_type=Path),
              help="Take over another college's map of the same form.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
def adopt_form(form: str, shared: Path | None, as_json: bool) -> int:
    """Make an official form usable as it is: write beside it what goes into which blank.

    The form itself is not changed. Look through the page that is made, correct the map where it is wrong, then run. Run
    again after a new version of the form: what you wrote is kept.
    """
    from pipeline.adoption import adopt, as_object, as_text
    from pipeline.inspection import find_form

    if shared and not shared.is_file():
        raise CannotContinue(f"There is no form map “{shared}”. Name a file that ends in .map.toml.")
    adopted = adopt(find_form(form), shared)
    if as_json:
        _print_object(as_object(adopted))
    else:
        click.echo(as_text(adopted))
    return ALL_MADE


def main() -> None:
    """Run a command and leave with its exit code; the one place where a fault of ours is caught."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A console with an old code page shows a question mark instead of stopping the work.
            stream.reconfigure(errors="replace")
    try:
        sys.exit(ecvet.main(prog_name="ecvet", standalone_mode=False) or ALL_MADE)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("Stopped. Papers that were finished are whole; run again for the rest.", err=True)
        sys.exit(STOPPED)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except CannotContinue as why:
        click.echo(str(why), err=True)
        sys.exit(CANNOT)
    except Exception as fault:
        from pipeline.counter import log_of

        told = "The program made a mistake; your workbook and your forms were not changed. "
        click.echo(f"{told}Please send its makers this file: {log_of(fault)}", err=True)
        sys.exit(FAULT)
