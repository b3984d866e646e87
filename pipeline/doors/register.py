"""The door to the learner register: what was recognised is shown, and entered when she says so (floor 9)."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from pipeline.doors.leaving import ALL_MADE, NOT_ALL


@click.command()
@click.argument("workbooks", nargs=-1, metavar="[WORKBOOK…]")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def register(workbooks: tuple[str, ...], *, yes: bool, dry_run: bool) -> int:
    """Check the learner register, and enter what was recognised since, after asking.

    It takes the recognised units of all cohorts in input/, or of those named. Rows are only added to it: what stands
    there is never changed.
    """
    from pipeline.registering import as_text, enter, find, question
    from pipeline.room import Room

    room, today = Room(Path.cwd()), dt.date.today()
    alone = room.learner_register.exists()  # it may be checked though there is no cohort
    paths = room.find(workbooks) if workbooks else room.cohorts() if alone else room.workbooks()
    found = find(room, paths, today)
    click.echo(as_text(found, room.folder))
    left = ALL_MADE if found.in_order else NOT_ALL
    if not found.entries:
        return left
    if dry_run or not (yes or (sys.stdin.isatty() and sys.stdout.isatty())):
        click.echo("Nothing was written." if dry_run else "Nothing was written. To write them: ecvet register --yes")
        return left
    if not yes and not click.confirm(question(found, room.folder)):
        click.echo("Nothing was written.")
        return left
    former = enter(room, found, today)
    click.echo(f"Written.{f' The version before is kept beside it: {former}' if former else ''}")
    return left
