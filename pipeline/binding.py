"""What binds the sheets of a workbook together (floor 2): names, texts that cells share, the formats of numbers.

Read as a stream, like the sheets themselves. Fonts, colours, properties, charts and names of ranges are passed over:
what is wrong in them is no matter here. What a number format means, and which day a number is, openpyxl knows.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from xml.parsers import expat

from pipeline.guard import MEGABYTE, Refused, open_part
from pipeline.raw import readable
from pipeline.stream import MAIN, elements, shared_strings
from pipeline.worksheet import SAVE_AGAIN, Style

MOST_SHEETS = 200
_HEAVIEST = 16 * MEGABYTE
_LIGHTEN = "Copy the sheets of the cohort into a new workbook."
_LONGEST_FORMAT = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A sheet of a workbook: its name, its part of the package, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """The sheets of a workbook in order, the texts they share, and what a style says of numbers.

    `style` gives None for a style that the workbook does not have.
    """

    leaves: Sequence[Leaf]
    strings: Sequence[str]
    style: Callable[[int], Style | None]


def binding_of(package: zipfile.ZipFile) -> Binding:
    """Read what binds the sheets of a workbook together.

    Raises Refused where it is damaged, of the strict kind, or larger than in any cohort's workbook.
    """
    parts = {name.casefold(): name for name in package.namelist()}
    main = next(iter(_related(package, parts, "").get("officeDocument", {}).values()), "xl/workbook.xml")
    related = _related(package, parts, main)
    leaves: list[Leaf] = []
    epoch_1904 = False
    for parent, name, attributes in _elements(package, parts, main):
        if not parent and not name.startswith(MAIN):
            strict = "purl.oclc.org/ooxml" in name
            what = "The workbook is of the kind “Strict Open XML”." if strict else "The file is no workbook."
            raise Refused(what, "Open it and save it as ordinary “Excel workbook (.xlsx)”.")
        if name == f"{MAIN}workbookPr":
            epoch_1904 = attributes.get("date1904") in ("1", "true")
        elif name == f"{MAIN}sheet":
            leaf = _leaf(attributes, related)
            if leaf:
                leaves.append(leaf)
    lost = next((leaf for leaf in leaves if leaf.part.casefold() not in parts), None)
    if lost:
        raise Refused(f"Sheet “{readable(lost.name)}” is not in the file, though the workbook lists it.", SAVE_AGAIN)
    if not leaves or len(leaves) > MOST_SHEETS:
        raise Refused(f"The workbook has {len(leaves) or 'no'} sheets.", _LIGHTEN if leaves else SAVE_AGAIN)
    leaves = [Leaf(name=leaf.name, part=parts[leaf.part.casefold()], hidden=leaf.hidden) for leaf in leaves]
    styles = _number_formats(package, parts, next(iter(related.get("styles", {}).values()), ""))
    shared = next(iter(related.get("sharedStrings", {}).values()), "")
    strings = _shared(package, parts[shared.casefold()]) if shared.casefold() in parts else []
    return Binding(leaves=leaves, strings=strings, style=partial(_style, styles, epoch_1904))


def _leaf(attributes: Mapping[str, str], related: Mapping[str, Mapping[str, str]]) -> Leaf | None:
    """Make a sheet of its entry; None where it is no sheet of cells but a chart or a dialogue."""
    key = next((value for name, value in attributes.items() if name.endswith(" id")), "")
    if any(key in targets for kind, targets in related.items() if kind != "worksheet"):
        return None
    hidden = attributes.get("state", "visible") != "visible"
    return Leaf(name=attributes.get("name", ""), part=related.get("worksheet", {}).get(key, ""), hidden=hidden)


def _elements(
    package: zipfile.ZipFile, parts: Mapping[str, str], part: str
) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Give the elements of a part with their parents and attributes; none where there is no such part."""
    if part.casefold() not in parts:
        return
    _weigh(package, parts[part.casefold()])
    try:
        with open_part(package, parts[part.casefold()]) as stream:
            yield from elements(stream)
    except (expat.ExpatError, ValueError) as broken:
        raise Refused(f"Part {readable(part)} of the workbook is damaged.", SAVE_AGAIN) from broken


def _weigh(package: zipfile.ZipFile, part: str) -> None:
    if package.getinfo(part).file_size > _HEAVIEST:
        raise Refused(f"Part {readable(part)} of the file is larger than in any cohort's workbook.", _LIGHTEN)


def _related(package: zipfile.ZipFile, parts: Mapping[str, str], part: str) -> dict[str, dict[str, str]]:
    """Read which parts another part points to: kind → key → name of the part."""
    folder, name = posixpath.split(part)
    found: dict[str, dict[str, str]] = {}
    for _, tag, attributes in _elements(package, parts, posixpath.join(folder, "_rels", f"{name}.rels")):
        if tag.endswith(" Relationship") and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            found.setdefault(kind, {})[attributes.get("Id", "")] = target
    return found


def _shared(package: zipfile.ZipFile, part: str) -> list[str]:
    _weigh(package, part)
    try:
        with open_part(package, part) as stream:
            return shared_strings(stream)
    except (expat.ExpatError, ValueError) as broken:
        raise Refused("The texts of the workbook are damaged.", SAVE_AGAIN) from broken


def _number_formats(package: zipfile.ZipFile, parts: Mapping[str, str], part: str) -> list[str]:
    """Read the number format of every style of a cell."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    own: dict[str, str] = {}
    styles: list[str] = []
    for parent, name, attributes in _elements(package, parts, part):
        if name == f"{MAIN}numFmt" and parent == f"{MAIN}numFmts":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "General")[:_LONGEST_FORMAT]
        elif name == f"{MAIN}xf" and parent == f"{MAIN}cellXfs":
            styles.append(attributes.get("numFmtId", "0"))
    builtin = {str(number): form for number, form in BUILTIN_FORMATS.items()}
    return [own.get(number) or builtin.get(number, "General") for number in styles] or ["General"]


def _style(formats: Sequence[str], epoch_1904: bool, number: int) -> Style | None:
    return _meaning(formats[number], epoch_1904) if 0 <= number < len(formats) else None


@lru_cache(maxsize=1_000)
def _meaning(form: str, epoch_1904: bool) -> Style:
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    duration = is_timedelta_format(form)
    if not duration and not is_date_format(form):
        return Style(format=form, moment=None)
    epoch = CALENDAR_MAC_1904 if epoch_1904 else CALENDAR_WINDOWS_1900

    def moment(number: int | float) -> dt.datetime | dt.date | dt.time | dt.timedelta:
        found: dt.datetime | dt.time | dt.timedelta = from_excel(number, epoch, timedelta=duration)
        return found

    return Style(format=form, moment=moment)
