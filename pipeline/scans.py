"""The scans of signed papers that lie beside them (floor 2)."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.names import same_file

_SCAN = re.compile(r"(?P<stem>.+?)[ _-]+signed(?: ?\(\d+\))?\.pdf", re.IGNORECASE)
"""“Card - Eva (L01) signed.pdf”; scanners and people also write “…_signed.PDF” and “… Signed (2).pdf”."""


def scans_in(folder: Path) -> Mapping[str, str]:
    """Find the scans in a cohort's folder: of which paper (its file without ending, folded) each is, and its file."""
    found = {}
    for above, _, files in os.walk(folder):
        within = Path(above).relative_to(folder).as_posix()
        for name in files:
            if scan := _SCAN.fullmatch(name):
                prefix = "" if within == "." else f"{within}/"
                found[same_file(f"{prefix}{scan['stem']}")] = f"{prefix}{name}"
    return found


def scan_of(file: str, scans: Mapping[str, str]) -> str:
    """Give the scan of a paper; empty where there is none."""
    return scans.get(same_file(file.removesuffix(".docx")), "")
