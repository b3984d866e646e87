"""What the European Learning Model says everywhere: texts in a language, organisations, entries of lists (floor 2).

Pure. Source: European Learning Model 3.2; controlled lists of the European Union (EU Vocabularies).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from pipeline.languages import ALPHA_3, country_code_3, country_name, language_name
from pipeline.model import OF_THE_HOST, Cohort, Partner

Node = dict[str, Any]
"""An object of the model as it is written; its keys stand in the order in which they were put."""

SNB = "http://data.europa.eu/snb"
_EU = "http://publications.europa.eu/resource/authority"

_OURS = UUID("5d1c9ae0-7d5b-5c9e-9d1f-0c1b1f6f0a52")
"""The namespace of our identifiers; it never changes, so that what stays the same keeps its identifier."""


class Words:
    """Texts with their language, and organisations as they stand in every credential of a cohort.

    `main` is the language of what stands in the workbook without one: that of the papers, else of the home college.
    `cohort` is the Cohort ID.
    """

    def __init__(self, cohort: Cohort, home: Partner) -> None:
        asked = cohort.language if cohort.language != OF_THE_HOST else None
        self.main = _tag(asked) or _tag(home.language) or "en"
        self.cohort = cohort.id
        self._college = home.oid or home.name or home.id

    def id(self, *parts: str) -> str:
        """Make an identifier of the home college's: other colleges have a learner L01 and a unit U1 too."""
        return _id(self._college, *parts)

    def tagged(self, text: str) -> dict[str, str]:
        """Give a text in the main language."""
        return {self.main: text}

    def titles(self, title: str, others: Mapping[str, str]) -> dict[str, str]:
        """Give a title in all its languages."""
        return {self.main: title} | {tag: text for code, text in others.items() if (tag := _tag(code)) and text}

    def organisation(self, one: Partner) -> Node:
        """Write an organisation; only what it says of itself on every paper."""
        return {
            "id": _id("organisation", one.oid or one.name or one.id, one.country or ""), "type": "Organisation",
            "legalName": {_tag(one.language) or self.main: one.name or one.id}, "location": [self.location(one)],
        }  # fmt: skip

    def location(self, one: Partner) -> Node:
        """Write where an organisation is: its country, and its address as it is typed."""
        code = one.country or ""
        country = concept(country_name(code, "en"), f"{_EU}/country/{country_code_3(code)}", f"{_EU}/country")
        note = {"type": "Note", "noteLiteral": {_tag(one.language) or self.main: one.address}}
        address = {"type": "Address", "countryCode": country, **({"fullAddress": note} if one.address else {})}
        return {"type": "Location", "address": [address]}


def _tag(code: str | None) -> str:
    """Give the language as the model tags it, with two letters; empty where it has none."""
    found = (code or "").partition("-")[0].lower()
    return found if found in ALPHA_3 else ""


def language(tag: str) -> Node:
    """Name a language as the lists of the European Union do."""
    return concept(language_name(tag), f"{_EU}/language/{ALPHA_3[tag].upper()}", f"{_EU}/language")


def concept(label: str, identifier: str, scheme: str) -> Node:
    """Write an entry of a controlled list: its name in English, its identifier, and that of the list."""
    return {
        "id": identifier, "type": "Concept", "inScheme": {"id": scheme, "type": "ConceptScheme"},
        "prefLabel": {"en": label},
    }  # fmt: skip


def moment(day: dt.date) -> str:
    """Write a day as the model wants it, as a moment: its beginning, everywhere the same."""
    return f"{day.isoformat()}T00:00:00Z"


def _id(*parts: str) -> str:
    """Make an identifier that is the same in every run, and from which nothing can be read."""
    return f"urn:uuid:{uuid5(_OURS, json.dumps(parts))}"
