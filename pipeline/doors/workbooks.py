"""The doors to workbooks and working folders: make new ones, and settle what their columns mean (floor 9)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.doors.leaving import ALL_MADE, NOT_ALL, print_object

if TYPE_CHECKING:
    from pipeline.legend import Legend


@click.command()
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


@click.command()
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
    from pipeline.settling import as_object, as_text, settle_columns, sheets_first

    room = Room(Path.cwd())
    (path,) = room.find([workbook])[:1] or [Path(workbook)]
    shared = read_registry(room.register)
    found, kept = legend(path, shared), None
    answers = list(wishes)
    if not (answers or no_ask or as_json) and sys.stdin.isatty() and sys.stdout.isatty():
        answers = _answers(found)
    for wished in filter(None, sheets_first(found, answers)):
        kept = settle_columns(found, wished, for_all=for_all)
        found = legend(path, shared)
    if as_json:
        print_object(as_object(found))
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


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--after", is_flag=True, help="The example after the stay: with sheet Results filled.")
def init(folder: Path, after: bool) -> int:
    """Make a working folder with the official forms and an example.

    For Windows it holds two files to double-click: Make the papers, and Check only. The file Read me first tells the
    steps.
    """
    from pipeline.settle_in import furnish

    furnish(folder, after=after)
    click.echo(f"{folder} is ready. Go there and run: ecvet run")
    return ALL_MADE
