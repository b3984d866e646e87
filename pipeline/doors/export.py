"""The door to what goes beyond paper: recognised results for other programs to take up (floor 9)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.doors.leaving import ALL_MADE, NOT_ALL


@click.command()
@click.argument("workbooks", nargs=-1, metavar="[WORKBOOK…]")
@click.option("--elm", is_flag=True, help="As digital credentials without a seal (European Learning Model 3.2).")
def export(workbooks: tuple[str, ...], elm: bool) -> int:
    """Write what is recognised of each learner as a file that your college can seal as a digital credential."""
    from pipeline.counter import exported_as_text
    from pipeline.credentials import export_credentials
    from pipeline.room import Room

    if not elm:
        raise click.UsageError("Say as what to export: ecvet export --elm")
    room = Room(Path.cwd())
    paths = room.find(workbooks) if workbooks else room.workbooks()
    exported = export_credentials(room, paths, dt.date.today())
    for each in exported:
        click.echo(exported_as_text(each, room.folder))
    return ALL_MADE if all(each.all_made for each in exported) else NOT_ALL
