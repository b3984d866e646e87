"""What of a form does not go into its papers: macros, digital signatures, the template it is attached to (floor 2).

A paper is an ordinary Word document, whatever kind of Word file its form is. Of the form it keeps how it looks and how
it is protected. What runs, what vouches for another text, and what leads to the computer of the form's author stays
behind.

ActiveX controls stay: ordinary documents hold them too, they are drawn and clicked without macros, and the text refers
to them. Signature lines stay: they are drawings, and wait for somebody to sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from pipeline.word.names import DOCUMENT_TYPE, MAIN_TYPES, W
from pipeline.word.parts import Relationship, Rest, relationships_of, without
from pipeline.word.reaching import Reach, reached_for

_MACROS = (
    "vnd.ms-office.vbaproject", "vnd.ms-word.vbadata", "/relationships/vbaproject", "/relationships/wordvbadata",
)  # fmt: skip
"""The macros, what Word notes of them, and the signatures of their author ([MS-OFFMACRO2])."""

_CALL_MACROS = ("vnd.ms-word.keymapcustomizations", "/relationships/keymapcustomizations", "/relationships/ui/")
"""Keys (with toolbars behind them) and ribbons that call macros, and would tell at every click that none is found."""

_SIGNATURES = ("package.digital-signature-", "/relationships/digital-signature/")
"""Digital signatures, their origin and their certificates (ECMA-376 part 2, digital signatures)."""

_ATTACHED = ("/relationships/attachedtemplate",)
"""The template that Word loads with a document, from wherever it lies (ECMA-376 part 1, 17.15.1.6).

Nobody who gets the paper has it; its path names the author's computer, and a path into a network would be called there.
"""

_MERGE = ("/relationships/mailmergesource", "/relationships/mailmergeheadersource", "/relationships/recipientdata")
"""The data of an old mail merge, which Word would ask for at every opening (ECMA-376 part 1, 17.14.20)."""

_CALLS = (f"{W}entryMacro", f"{W}exitMacro", f"{W}mailMerge")
"""The macros that a form field calls where somebody enters or leaves it (ECMA-376 part 1, 17.16.11), and the mail merge
of the form (17.14.20)."""

_TEMPLATE = (f"{W}attachedTemplate", f"{W}linkStyles")
"""The attached template, and the wish to take its styles at every opening: else Word would take those of Normal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Omissions:
    """A form as its papers see it: the kinds of its parts, and what is left of it.

    `macros` says that it holds macros, `signed` that it is digitally signed; `reaches` is what it may not bring along.
    `related` are the relationships that stay.
    """

    kinds: Mapping[str, str]
    rest: Rest
    macros: bool
    signed: bool
    reaches: tuple[Reach, ...]
    related: tuple[Relationship, ...]


def omissions(package: ZipFile, kinds: Mapping[str, str]) -> Omissions:
    """Find what of a form does not go into its papers; its main part becomes that of an ordinary document.

    `kinds` gives the content type of every part.
    """
    related = relationships_of(package)
    kept = tuple(each for each in related if not _is_unwanted(each.kind))
    shown = {*kinds.values(), *(each.kind for each in related)}
    return Omissions(
        kinds={name: DOCUMENT_TYPE if kind in MAIN_TYPES else kind for name, kind in kinds.items()},
        rest=without(package, kinds, related, _is_unwanted, dict.fromkeys(MAIN_TYPES - {DOCUMENT_TYPE}, DOCUMENT_TYPE)),
        macros=any(_has(kind, _MACROS) for kind in shown),
        signed=any(_has(kind, _SIGNATURES) for kind in shown),
        reaches=tuple(reached_for(kept)),
        related=kept,
    )


def without_calls(root: Any) -> bool:
    """Take out of a part, in place, what calls macros or the attached template; says whether there was any."""
    called = list(root.iterdescendants(*_CALLS))
    if root.find(_TEMPLATE[0]) is not None:
        called += root.iterdescendants(*_TEMPLATE)
    for element in called:
        element.getparent().remove(element)
    return bool(called)


def _is_unwanted(kind: str) -> bool:
    return _has(kind, (*_MACROS, *_CALL_MACROS, *_SIGNATURES, *_ATTACHED, *_MERGE))


def _has(kind: str, marks: tuple[str, ...]) -> bool:
    """Look for a mark in a content type or a type of relationship: years in them differ between versions of Word."""
    return any(mark in kind.lower() for mark in marks)
