"""Values that stand in several columns, or share one: an address (street, postcode, city), a whole name (floor 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from pipeline.cells import text
from pipeline.lettering import column_letter
from pipeline.raw import Raw, Unreadable, readable
from pipeline.sheets import Headers
from pipeline.spelling import bare


def shared_letters(found: Headers) -> dict[str, str]:
    """Give the columns of values that several columns make up, or that share one."""
    letters = {"address": column_letter(found.address[0])} if found.address else {}
    if found.whole_name[0] >= 0:
        letters |= dict.fromkeys(("family_name", "given_names"), column_letter(found.whole_name[0]))
    return letters


def together(
    raw: Mapping[int, Raw], address: Sequence[int], whole_name: tuple[int, str]
) -> Iterator[tuple[int, Sequence[str], Callable[[], dict[str, str]]]]:
    """Give what several columns of a row make up, or what shares one: the column, the keys, how the values are read."""
    if address:
        parts = [raw.get(index) for index in address]
        yield address[0], ("address",), lambda: {"address": one} if (one := _address(parts)) else {}
    at, first = whole_name
    if at in raw:
        yield at, ("family_name", "given_names"), partial(_names, raw[at], first)


_NOTHING_FIRST = "unsaid"


def _names(raw: Raw, first: str) -> dict[str, str]:
    """Cut a whole name into family and given names: at its comma, or two words in the order that the header says.

    Raises Unreadable where nobody can know.
    """
    whole = text(raw)
    if not whole:
        return {}
    if whole.count(",") == 1 and all(half.strip() for half in whole.split(",")):
        family, given = (half.strip() for half in whole.split(","))
    elif first != _NOTHING_FIRST and len(words := whole.split()) == 2 and "," not in whole:
        family, given = words if first == "family" else reversed(words)
    else:
        sentence = f"“{readable(whole)}” does not say which part of it is the family name."
        raise Unreadable("S140", sentence, "Write the names into two columns, or with a comma: Ruiz Gil, Ana María.")
    return {"family_name": family, "given_names": given}


def _address(parts: Sequence[Raw]) -> str | None:
    """Write an address that stands in several columns on one line: street, then postcode and city.

    What the street's column says already is not said again.
    """
    street, *rest = (text(part) for part in parts)
    there = set(map(bare, (street or "").replace(",", " ").split()))
    missing = [part for part in rest if part and not set(map(bare, part.split())) <= there]
    return ", ".join(part for part in (street, " ".join(missing)) if part) or None
