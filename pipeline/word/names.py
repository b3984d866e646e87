"""The names Word gives to things: its elements, the content types of its parts (floor 2)."""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MAIN_TYPES = frozenset({
    DOCUMENT_TYPE, "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
})  # fmt: skip
"""What the main part of a Word file is: of a document, a template, and either with macros ([MS-OFFMACRO2])."""
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"

ENDINGS = frozenset({".docx", ".dotx", ".docm", ".dotm"})
"""The endings of Word's files: documents and templates, without and with macros."""

STORIES = {
    "document.main+xml": "", "header+xml": "page header", "footer+xml": "page footer",
    "footnotes+xml": "footnote", "endnotes+xml": "endnote", "comments+xml": "comment",
}  # fmt: skip
"""The parts that hold text, by the end of their content type, and what a person calls them."""

PROPERTIES = "document properties"
DATA = "data behind the form"

TAB = "\ufdd3"
"""A tab in a value, until it becomes a tab of Word's: no character that a text may hold."""

MADE_ROW = "0EC7E700"
"""What marks a row that the program itself put around others for a tag (as `w:rsidTr`, which Word passes over).

Nobody who looks at the form counts it, and it is in no paper."""
