"""Draw the official pack: Word forms with tags, the same bytes every time.

python .workshop/draw_official_pack.py [FOLDER]      default: templates/official beside .workshop
"""

from __future__ import annotations

import sys
from pathlib import Path

import draw_agreement
import draw_amendment
import draw_lists
import draw_memorandum
import draw_profile
from paper_package import write

STAGE = "1 Before"


def draw(folder: Path) -> list[Path]:
    """Write the forms into a pack; return where they stand."""
    forms = {
        draw_memorandum.NAME: (draw_memorandum.body(), draw_memorandum.header(), draw_memorandum.footer()),
        draw_agreement.NAME: (draw_agreement.body(), draw_agreement.header(), draw_agreement.footer()),
        draw_amendment.NAME: (draw_amendment.body(), draw_amendment.header(), draw_amendment.footer()),
        draw_lists.LIST: (draw_lists.list_body(), draw_lists.list_header(), draw_lists.list_footer()),
        draw_lists.CARD: (draw_lists.card_body(), draw_lists.card_header(), draw_lists.card_footer()),
        draw_profile.NAME: (draw_profile.body(), draw_profile.header(), draw_profile.footer()),
    }
    written = []
    for name, (body, header, footer) in forms.items():
        written.append(folder / STAGE / f"{name}.docx")
        write(written[-1], name, body, header, footer)
    return written


if __name__ == "__main__":
    pack = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "templates" / "official"
    for form in draw(pack):
        print(form)
