"""Know Word and nothing of mobility: open a form safely, name every place in it, write it reproducibly (floor 2)."""

from __future__ import annotations

from pipeline.word.names import ENDINGS, TAB
from pipeline.word.opening import Package, Story, forms_in, open_form_package
from pipeline.word.places import Paragraph, Places, paragraphs
from pipeline.word.repairs import drawings_twice, numbered_drawings, repaired, well_formed
from pipeline.word.stores import Store
from pipeline.word.zipping import Binding, Member, compressing, compressors, pack, packed

__all__ = [
    "ENDINGS", "TAB", "Binding", "Member", "Package", "Paragraph", "Places", "Store", "Story", "compressing",
    "compressors", "drawings_twice", "forms_in", "numbered_drawings", "open_form_package", "pack", "packed",
    "paragraphs", "repaired", "well_formed",
]  # fmt: skip
