"""The entrance: the command `ecvet` with all its doors, and the way out of each (floor 9).

Exit codes: 0 all made · 1 something was not made or could not be read · 2 wrong usage · 3 could not start or go on ·
70 a fault of the program · 130 Ctrl-C.
"""

from __future__ import annotations

import sys

import click

from pipeline import __version__
from pipeline.doors.export import export
from pipeline.doors.forms import explain, fields, template
from pipeline.doors.leaving import ALL_MADE, CANNOT, FAULT, STOPPED
from pipeline.doors.papers import check, collect, forget, run, status, watch
from pipeline.doors.register import register
from pipeline.doors.workbooks import columns, init, new
from pipeline.problem import CannotContinue


class Entrance(click.Group):
    """The command `ecvet`: its help tells the commands in the officer's order, not in that of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands: the day's work first, then what is done once, then what one looks up."""
        return list(self.commands)


@click.group(cls=Entrance, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ecvet")
def ecvet() -> None:
    """From a cohort's spreadsheet to a signable set of ECVET papers.

    Put the workbook into the folder input, then: ecvet run
    """


for _door in (
    run, check, collect, status, watch, register, export, new, columns, init, forget, fields, explain, template,
):  # fmt: skip
    ecvet.add_command(_door)


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
