"""Columns for more organisations than a form has columns to sign in (floor 4).

A memorandum is signed by all its partners. Where they sign in the columns of tables, each column is for one of them,
and the last table is there once more for every further pair: a partner without a place to sign would be lost in
silence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from lxml import etree

from pipeline.marks.pieces import tag_alone
from pipeline.untouched.blanks import PARAGRAPH, Read
from pipeline.untouched.filling import Filling
from pipeline.untouched.lines import Kind, Span, line_of
from pipeline.untouched.phrases import ITEM_OF
from pipeline.untouched.titles import title_number
from pipeline.untouched.writing import copy_of, write
from pipeline.word.names import W

MOST_PARTNERS = 30
"""Organisations that a memorandum has places for; consortia have 10 to 30 (domain dossier, section 8)."""

_INDEX = re.compile(r"(loop\.index == )(\d+)")


def places_for_more(page: Read, fillings: Sequence[Filling]) -> None:
    """Let the last table whose columns are for one partner each stand once more for each further pair of partners."""
    columns: dict[str, set[int]] = defaultdict(set)
    for each in fillings:
        if each.item is not None and ITEM_OF.get(each.phrase.root) == "partners":
            columns[each.entry.place.partition(", row")[0]].add(each.item)
    most = max((max(items) for items in columns.values()), default=0)
    last = [place for place, items in columns.items() if max(items) == most]
    for place in last:
        table, items = page.places.get(place), columns[place]
        if table is not None and len(items) > 1 and items == set(range(min(items), most + 1)):
            _copies(table, most, len(items))


def _copies(table: Any, most: int, width: int) -> None:
    end = table
    for begin in range(most, MOST_PARTNERS, width):
        copied = copy_of(table)
        for text in copied.iter(f"{W}t"):
            shift = begin - most + width
            text.text = _INDEX.sub(lambda found, by=shift: f"{found[1]}{int(found[2]) + by}", text.text or "")
        for paragraph in copied.iter(PARAGRAPH):
            _count_on(paragraph, most - width, begin - most + width, width)
        between = etree.Element(PARAGRAPH)  # two tables without one between them would be one table
        begins, ends = tag_alone(f"{{%p if partners | length > {begin} %}}"), tag_alone("{%p endif %}")
        for element in (begins, between, copied, ends):
            end.addnext(element)
            end = element


def _count_on(paragraph: Any, before: int, shift: int, width: int) -> None:
    """Let a title in a copied table count on: “Organisation 5” is “Organisation 7” in the next one."""
    line = line_of(paragraph, lambda _: False)
    number = title_number(line.words) if "{" not in line.text else None
    if number is not None and before < number <= before + width:
        found = [match for match in re.finditer(r"\d+", line.text) if int(match[0]) == number]
        if found:
            write(line, Span(Kind.CELL, *found[-1].span()), str(number + shift))
