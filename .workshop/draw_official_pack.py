"""Draw the official pack: Word forms with tags, a folder a stage of the mobility, the same bytes every time.

python .workshop/draw_official_pack.py [FOLDER]      default: templates/official beside .workshop
"""

from __future__ import annotations

import sys
from pathlib import Path

import draw_achievements
import draw_agreement
import draw_amendment
import draw_catalogue
import draw_certificate
import draw_complement
import draw_europass
import draw_lists
import draw_memorandum
import draw_profile
import draw_recognition
import draw_review
import draw_sheet
import draw_transcript
from paper_package import write
from paper_styles import SHEET_LOOKS

BEFORE = (draw_memorandum, draw_agreement, draw_amendment, draw_profile, draw_catalogue)
AFTER = (
    draw_transcript, draw_complement, draw_recognition, draw_certificate, draw_europass, draw_review, draw_achievements,
)  # fmt: skip


def draw(folder: Path) -> list[Path]:
    """Write the forms into a pack; return where they stand."""
    lists = {
        draw_lists.LIST: (draw_lists.list_body(), draw_lists.list_header(), draw_lists.list_footer()),
        draw_lists.CARD: (draw_lists.card_body(), draw_lists.card_header(), draw_lists.card_footer()),
    }
    stages = {
        "1 Before": {one.NAME: (one.body(), one.header(), one.footer()) for one in BEFORE} | lists,
        "3 After": {one.NAME: (one.body(), one.header(), one.footer()) for one in AFTER},
    }
    written = []
    for stage, forms in stages.items():
        for name, (body, header, footer) in forms.items():
            written.append(folder / stage / f"{name}.docx")
            write(written[-1], name, body, header, footer)
    for ending, language, body, header, footer in draw_sheet.drawn():
        written.append(folder / "2 During" / f"{draw_sheet.NAME}{ending}.docx")
        write(
            written[-1], draw_sheet.NAME, body, header, footer, looks=SHEET_LOOKS,
            subject=draw_sheet.SUBJECT, language=language,
        )  # fmt: skip
    return written


if __name__ == "__main__":
    pack = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "templates" / "official"
    for form in draw(pack):
        print(form)
