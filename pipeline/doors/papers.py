"""The doors of every day: make papers, check, tell how they stand, watch the folder, forget a learner (floor 9)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.doors.leaving import ALL_MADE, CANNOT, NOT_ALL, asked_to_end, print_object
from pipeline.problem import CannotContinue

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.made import Made
    from pipeline.office import Progress
    from pipeline.room import Room
    from pipeline.workbook import Reading

WORTH_A_BAR = 50
"""Papers; fewer are made before a bar could be read."""

_WORKBOOKS = click.argument("workbooks", nargs=-1, metavar="[WORKBOOK…]")


@click.command()
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


@click.command()
@_WORKBOOKS
@click.option("--templates", metavar="SET", help="The set of forms to use: a folder in templates.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
def check(workbooks: tuple[str, ...], templates: str | None, as_json: bool) -> int:
    """Check workbooks and forms, and write nothing."""
    return _make(workbooks, as_json=as_json, templates=templates, dry_run=True)


@click.command()
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
    from pipeline.watch import Watch

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
    elif not workbooks:
        _tell_passed_over(room)
    return ALL_MADE if all(each.all_made for each in made) else NOT_ALL


def _tell_passed_over(room: Room) -> None:
    from pipeline.room import not_read

    if said := not_read(room.passed_over()):
        click.echo(said)


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

    print_object(as_object(made))


def _day(text: str | None) -> dt.date | None:
    from pipeline.cells import date
    from pipeline.raw import Unreadable

    try:
        return date(text)
    except Unreadable as wrong:
        raise click.BadParameter(f"{wrong.sentence} {wrong.advice}", param_hint="--date") from wrong


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


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE…]")
def collect(files: tuple[str, ...]) -> int:
    """Collect what hosts marked in sheets and workbooks that came back, into Results - ….xlsx.

    Without FILE it takes those in input/. A run does the same before it makes papers.
    """
    from pipeline.collecting import collect_all
    from pipeline.counter import collected_as_text
    from pipeline.room import Room, not_read

    room = Room(Path.cwd())
    there = room.returned()  # they are read with those named: of two that contradict each other neither counts
    named = room.find_documents(files) if files else []
    documents = list({path.resolve(): path for path in (*named, *there)}.values())
    if not documents:
        others = f" {said}" if (said := not_read(room.passed_over())) else ""
        raise CannotContinue(
            "There is nothing to collect: put assessment sheets or workbooks that came back into the folder input, "
            f"or name them: ecvet collect FILE{others and '.'}{others}"
        )
    found, strangers = collect_all(room, documents)
    click.echo(collected_as_text(found, strangers, room.folder))
    if not files:
        _tell_passed_over(room)
    return ALL_MADE if not strangers and all(each.in_order for each in found) else NOT_ALL


@click.command()
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
        print_object(standing_as_object(found, waiting))
    else:
        click.echo(standing_as_text(found, waiting))
        _tell_passed_over(room)
    return ALL_MADE


@click.command()
@click.argument("learner", metavar="LEARNER_ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(learner: str, yes: bool) -> int:
    """Delete a learner's papers, and what was noted of them, after asking.

    LEARNER_ID may be the name of a learner without an ID. The workbook and the learner register are not changed: take
    her rows out of them too.
    """
    from pipeline.desks import clear_desks
    from pipeline.forgetting import forget as forgotten
    from pipeline.forgetting import registered, traces
    from pipeline.room import Room
    from pipeline.turns import alone

    room = Room(Path.cwd())
    output, standing = room.output, registered(room, learner)
    found = traces(output, learner)
    if not found:
        raise CannotContinue(f"No papers of “{learner}” are known in {output}.{f' {standing}' if standing else ''}")
    for each in found:
        click.echo(f"{each.folder.name}:")
        for file in (*each.files, *each.shared):
            remark = each.remarks.get(file)
            click.echo(f"  {file}{f' ({remark})' if remark else ''}")
        for file in each.rows:
            click.echo(f"  {file} (only her rows)")
        for file in each.theirs:
            click.echo(f"  {file} is yours and stays: take her rows out of it yourself")
    click.echo("The next run makes the report anew without her, and the lists that name her.")
    if standing:
        click.echo(standing)
    if not yes and not click.confirm("Delete these files for good?"):
        click.echo("Nothing was deleted.")
        return ALL_MADE
    with alone(output):
        for each in found:
            forgotten(each)
    clear_desks()
    click.echo("Deleted. Now take her row out of the workbook: else the next run makes her papers again.")
    click.echo("What hosts sent back of her lies in the folder input, if you put it there: take it out too.")
    return ALL_MADE
