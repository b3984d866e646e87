"""How a command leaves: its exit code, and what it prints for other programs (floor 9)."""

from __future__ import annotations

import sys

import click

ALL_MADE, NOT_ALL, CANNOT, FAULT, STOPPED = 0, 1, 3, 70, 130
"""All made; something was not made or could not be read; could not start or go on; a fault of the program; Ctrl-C.

Wrong usage leaves with 2, which is click's own.
"""


def print_object(found: object) -> None:
    """Print for other programs: letters that the console or the file cannot hold are written as escapes, not lost."""
    import json

    whole = (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig")
    click.echo(json.dumps(found, ensure_ascii=not whole, indent=1))
