"""How a command leaves: its exit code, what it prints for other programs, and how the system asks it to (floor 9)."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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


@contextmanager
def asked_to_end() -> Iterator[Callable[[], bool]]:
    """Give a question that is answered with yes as soon as the system asked this program to end.

    Systems ask by SIGTERM, a closing console of Windows by SIGBREAK. Ctrl-C is not meant: it ends every command alike.
    """
    asked = False

    def ask(*_: object) -> None:
        nonlocal asked
        asked = True

    signals = [signal.SIGTERM, *([signal.SIGBREAK] if hasattr(signal, "SIGBREAK") else [])]
    before = [(each, signal.signal(each, ask)) for each in signals]
    try:
        yield lambda: asked
    finally:
        for each, handler in before:
            signal.signal(each, handler)
