"""The doors: a command calls, prints and gives an exit code (floor 9).

Exit codes: 0 all made · 1 something was not made or could not be read · 2 wrong usage · 3 could not start or go on ·
70 a fault of the program · 130 Ctrl-C. Rooms are imported inside the commands, so that `--help` loads none of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import __version__
from pipeline.problem import CannotContinue

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.workbook import Reading

ALL_MADE, NOT_ALL, CANNOT, FAULT, STOPPED = 0, 1, 3, 70, 130

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
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
def run(
    workbooks: tuple[str, ...], templates: str | None, day: str | None, strict: bool, dry_run: bool, as_json: bool
) -> int:
    """Make the papers of every workbook in input/, or of those named."""
    return _make(workbooks, templates=templates, day=day, strict=strict, dry_run=dry_run, as_json=as_json)


@ecvet.command()
@_WORKBOOKS
@click.option("--templates", metavar="SET", help="The set of forms to use: a folder in templates.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
def check(workbooks: tuple[str, ...], templates: str | None, as_json: bool) -> int:
    """Check workbooks and forms, and write nothing."""
    return _make(workbooks, templates=templates, day=None, strict=False, dry_run=True, as_json=as_json)


def _make(
    workbooks: tuple[str, ...], *, templates: str | None, day: str | None, strict: bool, dry_run: bool, as_json: bool
) -> int:
    from pipeline.counter import as_object, show
    from pipeline.office import Wishes, make_all
    from pipeline.room import Room

    room = Room(Path.cwd())
    paths = [room.find(given) for given in workbooks] or room.workbooks()
    wishes = Wishes(templates=templates, date=_day(day), strict=strict, dry_run=dry_run)
    made = make_all(room, paths, wishes, _progress(quiet=as_json))
    if as_json:
        import json

        click.echo(json.dumps(as_object(made), ensure_ascii=False, indent=1))
    else:
        for each in made:
            click.echo(show(each, wishes, room.folder))
    return ALL_MADE if all(each.all_made for each in made) else NOT_ALL


def _day(text: str | None) -> dt.date | None:
    from pipeline.cells import Unreadable, date

    try:
        return date(text)
    except Unreadable as wrong:
        raise click.BadParameter(f"{wrong.sentence} {wrong.advice}", param_hint="--date") from wrong


def _progress(*, quiet: bool) -> Callable[[Reading, int], Callable[[int], None]]:
    """Show a bar for each cohort, in a terminal only."""

    def begin(reading: Reading, papers: int) -> Callable[[int], None]:
        if quiet or not sys.stderr.isatty() or papers < 50:
            return lambda _: None
        bar = click.progressbar(length=papers, label=reading.name, file=sys.stderr)
        bar.render_progress()
        return bar.update

    return begin


@ecvet.command()
@click.argument("workbook", type=click.Path(path_type=Path))
def new(workbook: Path) -> int:
    """Make an empty workbook with every sheet and column, drop-down lists and notes."""
    from pipeline.starter import empty_workbook

    target = workbook if workbook.suffix else workbook.with_suffix(".xlsx")
    empty_workbook(target)
    click.echo(f"{target} is ready: fill it, put it into the folder input, then run: ecvet run")
    return ALL_MADE


@ecvet.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> int:
    """Make a working folder: the official forms, an example cohort, and two files to double-click on Windows."""
    from pipeline.settle_in import furnish

    furnish(folder)
    click.echo(f"{folder} is ready. Go there and run: ecvet run")
    return ALL_MADE


@ecvet.command()
@click.option("--json", "as_json", is_flag=True, help="Print the words for other programs.")
def fields(as_json: bool) -> int:
    """List every word a form may use, with its meaning, its column and an example."""
    from pipeline.manual import fields_as_object, fields_as_text

    if as_json:
        import json

        click.echo(json.dumps(fields_as_object(), ensure_ascii=False, indent=1))
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


def main() -> None:
    """Run a command and leave with its exit code; the one place where a fault of ours is caught."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A console with an old code page shows a question mark instead of stopping the work.
            stream.reconfigure(errors="replace")
    try:
        sys.exit(ecvet.main(standalone_mode=False) or ALL_MADE)
    except click.exceptions.Abort:
        click.echo("Stopped. Papers that were finished are complete; run again for the rest.", err=True)
        sys.exit(STOPPED)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except CannotContinue as why:
        click.echo(str(why), err=True)
        sys.exit(CANNOT)
    except KeyboardInterrupt:
        click.echo("Stopped. Papers that were finished are complete; run again for the rest.", err=True)
        sys.exit(STOPPED)
    except Exception as fault:
        from pipeline.counter import log_of

        told = f"The program made a mistake; nothing of yours was changed. Send its makers this file: {log_of(fault)}"
        click.echo(told, err=True)
        sys.exit(FAULT)
