"""Draw pipeline/enclosures.json: the wordings of enclosures that forms let people tick, folded, each with its key.

Run it after a wording was added to the options of pipeline/untouched/labels.
"""

import json
from pathlib import Path

from pipeline.untouched.boxes import ENCLOSURES
from pipeline.untouched.labels import LANGUAGES, OPTION, wordings_by_text

TARGET = Path(__file__).resolve().parent.parent / "pipeline" / "enclosures.json"


def drawn() -> str:
    """Give the file's text."""
    known = {
        text: key for language in reversed(LANGUAGES) for text, key in wordings_by_text(OPTION, language).items()
        if key in ENCLOSURES
    }  # fmt: skip
    return json.dumps(dict(sorted(known.items())), indent=0, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(drawn(), encoding="utf-8")
