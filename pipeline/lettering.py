"""The letters by which spreadsheets call their columns: A, Z, AA (floor 0)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby


def column_number(letters: str) -> int:
    """Give the position of a column (A is 0, AA is 26); raises ValueError for what names no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or len(letters) > 3:
            raise ValueError("no column")
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_of(cell: str | None) -> str:
    """Give the letters of the column in which a cell stands (C of C7); none where there is no cell."""
    return (cell or "").rstrip("0123456789")


def column_letter(index: int) -> str:
    """Name a column by its position (0 is A, 26 is AA)."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def blocks(letters: str, rows: Iterable[int]) -> list[str]:
    """Name the cells of a column in these rows, those below each other as a range: C3, C7:C12."""
    found = []
    for _, run in groupby(enumerate(sorted(set(rows))), key=lambda pair: pair[1] - pair[0]):
        block = [row for _, row in run]
        found.append(f"{letters}{block[0]}" + (f":{letters}{block[-1]}" if len(block) > 1 else ""))
    return found
