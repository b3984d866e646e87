"""The data that a form's content controls can be bound to: its custom XML parts (floor 2).

Each has an identifier, in a part of its own that belongs to it (ECMA-376 part 1, 22.5: ds:datastoreItem, ds:itemID), by
which controls name it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from lxml import etree

from pipeline.guard import read_part
from pipeline.word.parts import parsed, relationships_of

_ITEM = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_PROPERTIES = "/relationships/customxmlprops"


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A custom XML part: its identifier in capitals, its name, its text, parsed and written again."""

    item: str
    part: str
    xml: str


def stores_of(package: ZipFile) -> tuple[Store, ...]:
    """Give the custom XML parts of a package that have an identifier of their own.

    One with comments or instructions around its root would lose these where it is written anew, so it is not among
    them.
    """
    found = list(_stores(package))
    known = Counter(store.item for store in found)
    return tuple(store for store in found if known[store.item] == 1)


def _stores(package: ZipFile) -> Iterator[Store]:
    names = {name.casefold(): name for name in package.namelist()}
    for related in relationships_of(package):
        part, properties = names.get(related.source), names.get(related.target)
        if not related.kind.lower().endswith(_PROPERTIES) or part is None or properties is None:
            continue
        item = parsed(read_part(package, properties), properties).get(_ITEM, "").upper()
        root: Any = parsed(read_part(package, part), part)
        if item and root.getprevious() is None and root.getnext() is None:
            yield Store(item=item, part=part, xml=etree.tostring(root, encoding="unicode"))
