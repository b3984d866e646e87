"""Open a Word document that came back: safely, with its changes accepted, as a person sees it (floor 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.guard import FORM_LIMITS, Refused, open_package, read_part
from pipeline.word.names import CORE_TYPE, DOCUMENT_TYPE, MAIN_TYPES, W
from pipeline.word.parts import KINDS, kinds_of, parsed
from pipeline.word.properties import is_paper
from pipeline.word.revisions import accept

_SUBJECT = "{http://purl.org/dc/elements/1.1/}subject"
_SDT = f"{W}sdt"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFile:
    """A Word document, open: the text's own part, its subject, and whether it bears the mark of our papers."""

    root: Any
    subject: str
    ours: bool


def open_word(path: Path) -> WordFile:
    """Open a Word document; raises guard.Refused where it is none, and OSError where it cannot be opened."""
    with open_package(path, FORM_LIMITS, kind="document") as package:
        if KINDS not in package.namelist():
            raise Refused("The file is no Word file.", "Open it in Word and save it as .docx.")
        kinds = kinds_of(package)
        text = next((part for part, kind in kinds.items() if kind in MAIN_TYPES or kind == DOCUMENT_TYPE), None)
        if text is None:
            raise Refused("The file is no Word file, whatever its name says.", "Open it and save it as .docx.")
        root = parsed(read_part(package, text), text)
        if root.tag != f"{W}document":
            raise Refused("The file is saved as “Strict Open XML”.", "Open it in Word and save it as .docx.")
        core = [parsed(read_part(package, part), part) for part, kind in kinds.items() if kind == CORE_TYPE]
    accept(root)
    subject = next((found.text or "" for each in core for found in each.iter(_SUBJECT)), "")
    return WordFile(root=root, subject=subject, ours=any(map(is_paper, core)))


def text_of(element: Any) -> str:
    """Give what an element shows, on one line; a control that only shows its prompt shows nothing."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Any) -> Iterator[str]:
    if element.tag == f"{W}t":
        yield element.text or ""
    elif element.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
        yield " "
    elif element.tag == _SDT and _prompts(element):
        return
    else:
        for child in element:
            yield from _texts(child)
        if element.tag == f"{W}p":
            yield " "


def _prompts(control: Any) -> bool:
    """Say whether a control shows its prompt, which Word writes in a style of its own; some programs forget to say."""
    prompted = control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    return prompted and next(control.iter(f"{W}rStyle"), None) is not None


def named(element: Any, name: str) -> Any:
    """Find the control in an element whose tag is this name; None where there is none."""
    return next((each for each in element.iter(_SDT) if tag_of(each) == name), None)


def tag_of(control: Any) -> str:
    """Give the tag of a control."""
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else tag.get(f"{W}val", "")


def blocks(root: Any) -> Iterator[Any]:
    """Give the paragraphs and tables of a text in their order; those in tables belong to their tables."""
    for child in root:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in (f"{W}sectPr", f"{W}sdtPr"):
            yield from blocks(child)


def rows_of(table: Any) -> list[list[Any]]:
    """Give the cells of a table by rows, also where controls stand around rows or cells."""
    rows = [row for row in table.iter(f"{W}tr") if _around(row, f"{W}tbl") is table]
    return [[cell for cell in row.iter(f"{W}tc") if _around(cell, f"{W}tr") is row] for row in rows]


def _around(element: Any, kind: str) -> Any:
    return next(element.iterancestors(kind), None)
