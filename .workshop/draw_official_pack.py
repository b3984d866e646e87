"""Draw the official pack: its Word forms with tags, a folder a stage, the same bytes every time.

python .workshop/draw_official_pack.py [FOLDER]      default: templates/official beside .workshop
"""

from __future__ import annotations

import sys
from pathlib import Path

import draw_agreement
import draw_amendment
import draw_lists
import draw_memorandum
import draw_sheet
from paper_package import write
from paper_styles import SHEET_LOOKS

BEFORE, DURING = "1 Before", "2 During"


def draw(folder: Path) -> list[Path]:
    """Write the forms into a pack; return where they stand."""
    forms = {
        draw_memorandum.NAME: (draw_memorandum.body(), draw_memorandum.header(), draw_memorandum.footer()),
        draw_agreement.NAME: (draw_agreement.body(), draw_agreement.header(), draw_agreement.footer()),
        draw_amendment.NAME: (draw_amendment.body(), draw_amendment.header(), draw_amendment.footer()),
        draw_lists.LIST: (draw_lists.list_body(), draw_lists.list_header(), draw_lists.list_footer()),
        draw_lists.CARD: (draw_lists.card_body(), draw_lists.card_header(), draw_lists.card_footer()),
    }
    written = []
    for name, (body, header, footer) in forms.items():
        written.append(folder / BEFORE / f"{name}.docx")
        write(written[-1], name, body, header, footer)
    for ending, language, body, header, footer in draw_sheet.drawn():
        written.append(folder / DURING / f"{draw_sheet.NAME}{ending}.docx")
        write(
            written[-1], draw_sheet.NAME, body, header, footer, looks=SHEET_LOOKS,
            subject=draw_sheet.SUBJECT, language=language,
        )  # fmt: skip
    return written


if __name__ == "__main__":
    pack = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "templates" / "official"
    for form in draw(pack):
        print(form)
