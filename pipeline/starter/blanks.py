"""The ready-made blanks of a word, each kind as Word writes it, to be copied into forms (floor 7).

Every blank has a number of its own, for controls and bookmarks need one (ECMA-376 part 1, 17.5.2.18 and 17.13.6.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

DAY = "dd/MM/yyyy"
TICKED, UNTICKED = "2612", "2610"
"""☒ and ☐, the signs that a tick box of Word's shows (w14:checkbox, [MS-DOCX] 2.6.1.1)."""

MOST_ENTRIES = 25
"""Entries that an old list may have (ECMA-376 part 1, 17.16.10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A word that blanks are made for: as a tag writes it, its short form, what it holds, and the entries of a list."""

    word: str
    short: str
    kind: str
    choices: Sequence[str] = ()

    @property
    def name(self) -> str:
        """The word as the name of a merge field: with underscores."""
        return self.word.replace(".", "_")

    @property
    def shown(self) -> str:
        """The word as a person reads it."""
        return self.word.replace(".", " ").replace("_", " ")


def tag(word: Wanted) -> str:
    """Write the tag of docxtpl's language: a tick for yes or no, else the word."""
    return f"{{{{ {word.word} | tick }}}}" if word.kind == "yes/no" else f"{{{{ {word.word} }}}}"


def merge_field(word: Wanted) -> str:
    """Write a merge field as Word does, with «…» to be seen (ECMA-376 part 1, 17.16.5.35)."""
    how = f' \\@ "{DAY}"' if word.kind == "date" else ""
    return _field(f" MERGEFIELD {word.name}{how} ", f"«{word.name}»")


def _field(code: str, shown: str, *, data: str = "") -> str:
    begin = f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>' if data else '<w:fldChar w:fldCharType="begin"/>'
    return (
        f'<w:r>{begin}</w:r><w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve">{escape(shown)}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(word: Wanted, numbers: Iterator[int]) -> str:
    """Write a content control of the kind that fits: tick box, date, list or text (ECMA-376 part 1, 17.5.2)."""
    number = next(numbers)
    own = f"<w:alias w:val={quoteattr(word.shown)}/><w:tag w:val={quoteattr(word.word)}/><w:id w:val=\"{number}\"/>"
    if word.kind == "yes/no":
        states = (
            f'<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="{TICKED}" w14:font="MS Gothic"/>'
            f'<w14:uncheckedState w14:val="{UNTICKED}" w14:font="MS Gothic"/></w14:checkbox>'
        )
        fonts = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'
        inside = f"<w:r><w:rPr>{fonts}</w:rPr><w:t>{chr(int(UNTICKED, 16))}</w:t></w:r>"
        return f"<w:sdt><w:sdtPr>{own}{states}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    inside = f'<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>{escape(word.shown)}</w:t></w:r>'
    own += f"<w:showingPlcHdr/>{_holds(word)}"
    return f"<w:sdt><w:sdtPr>{own}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def _holds(word: Wanted) -> str:
    if word.kind == "date":
        return (
            f'<w:date><w:dateFormat w:val="{DAY}"/><w:lid w:val="en-GB"/>'
            '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
        )
    if word.choices:
        entries = "".join(
            f"<w:listItem w:displayText={quoteattr(each)} w:value={quoteattr(each)}/>" for each in word.choices
        )
        return f"<w:dropDownList>{entries}</w:dropDownList>"
    return '<w:text w:multiLine="1"/>' if word.kind == "texts" else "<w:text/>"


def form_field(word: Wanted, numbers: Iterator[int]) -> str:
    """Write an old form field, with the bookmark Word gives it (ECMA-376 part 1, 17.16.17); its name is short."""
    number = next(numbers)
    name = f'<w:ffData><w:name w:val="{word.short}"/><w:enabled/><w:calcOnExit w:val="0"/>'
    spaces = "\u2002" * 5
    if word.kind == "yes/no":
        code, shown = " FORMCHECKBOX ", ""
        data = '<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>'
    elif 0 < len(word.choices) <= MOST_ENTRIES:
        entries = "".join(f"<w:listEntry w:val={quoteattr(each)}/>" for each in word.choices)
        code, shown, data = " FORMDROPDOWN ", "", f"<w:ddList>{entries}</w:ddList>"
    elif word.kind == "date":
        code, shown = " FORMTEXT ", spaces
        data = f'<w:textInput><w:type w:val="date"/><w:format w:val="{DAY}"/></w:textInput>'
    else:
        code, shown, data = " FORMTEXT ", spaces, "<w:textInput/>"
    field = _field(code, shown, data=f"{name}{data}</w:ffData>")
    if not shown:
        field = field.replace('<w:r><w:t xml:space="preserve"></w:t></w:r>', "")
    return f'<w:bookmarkStart w:id="{number}" w:name="{word.short}"/>{field}<w:bookmarkEnd w:id="{number}"/>'
