"""Merge fields of an old mail merge, and the IF fields that ask for them, become tags (floor 3).

A field stands in runs: its code between “begin” and “separate”, its last result between “separate” and “end”; other
fields may stand in both (ECMA-376 part 1, 17.16.2, 17.16.18 fldChar, 17.16.23 instrText), or it is one element
(17.16.19 fldSimple). Whatever is no merge field, page numbers and tables of contents, stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.marks.ground import Ground
from pipeline.marks.nested import CHAR, CODE, LONGEST_SHOWN, RUN, Field, kind_of, spell_out
from pipeline.marks.pieces import Piece, put
from pipeline.marks.switches import OBJECT, Asked, Part, Unclear, asked, condition, named, parts_of, switches
from pipeline.problem import Severity, fault
from pipeline.word.names import W

SIGNS = ("<w:fldChar", "<w:fldSimple")
COMMANDS = frozenset({"NEXT", "NEXTIF", "SKIPIF", "MERGEREC", "MERGESEQ", "ASK", "FILLIN", "DATABASE", "ADDRESSBLOCK",
                      "GREETINGLINE"})  # fmt: skip
DEEPEST = 20
LONGEST_CODE = 50_000

_PARAGRAPH = f"{W}p"
_FLOWS = tuple(f"{W}{name}" for name in ("txbxContent", "footnote", "endnote", "comment"))


@fault("T222", Severity.WARNING)
def switch_left_out(field: str, what: str) -> str:
    r"""A merge field asks for something that papers cannot do; its value is printed without it.

    Papers follow the switches \* Upper, Lower, Caps and MERGEFORMAT, \b and \f, \# with zeros, #, a point, a comma and
    words beside them (#,##0.00 €), and \@ with days, months and years (dd/MM/yyyy, dddd d MMMM yyyy), not with times. A
    link to an address of merge fields becomes a text.

    Advice: Look whether the value is right as it stands; if so, take the switch out of the field (Alt+F9 shows it).
    Basis: data (contract, section 3)
    """
    return f"“{field}”: {what} cannot be carried out, so it is left out."


@fault("T223")
def command_of_a_merge(field: str) -> str:
    """A form holds a command of Word's mail merge: the next person, the number of a letter, a question, an address.

    A paper is made of the facts of its own learner or partner, and no mail merge carries the command out. Such a field
    would show in every paper what the last merge left in it, a wrong number or somebody else's data, so none is made.

    Advice: Take the field out of the form (Alt+F9 shows it); for an address write the merge fields of its words.
    Basis: data (contract, section 3)
    """
    return f"“{field}” is a command of a mail merge, which a paper cannot carry out."


@fault("T224")
def unreadable_field(field: str, why: str) -> str:
    """A merge field of a form cannot be filled, because its code is more, or less, than papers understand.

    Papers understand merge fields with a name, and { IF { MERGEFIELD name } = "text" "this" "that" } with = <> < > <=
    and >=, each whole in one paragraph.

    Advice: Write it more simply (Alt+F9 shows the code of fields), or as tags such as {% if learner.is_minor %}.
    Basis: data (contract, section 3)
    """
    return f"“{field}” cannot be filled: {why}."


def turn(ground: Ground) -> None:
    """Turn the merge fields of a story into tags."""
    for simple in list(ground.root.iter(f"{W}fldSimple")):
        if kind_of(simple.get(f"{W}instr", "")) in {"MERGEFIELD", *COMMANDS}:
            spell_out(simple)
    if next(ground.root.iter(CHAR), None) is None:
        return
    flows: dict[Any, list[Any]] = {}
    for run in ground.root.iter(RUN):
        flow = flows.setdefault(next(run.iterancestors(*_FLOWS), ground.root), [])
        flow.extend(child for child in run if isinstance(child.tag, str) and child.tag != f"{W}rPr")
    for flow in flows.values():
        _Flow(ground, flow).turn()


class _Flow:
    """The fields of one flow of text: a story, a note, a text box. Kept: what its runs hold, in its order."""

    def __init__(self, ground: Ground, flow: Sequence[Any]) -> None:
        self._ground, self._flow = ground, flow

    def turn(self) -> None:
        """Read the flow, and turn its merge fields into tags."""
        opened: list[Field] = []
        whole: list[Field] = []
        lost: list[Any] = []
        for at, child in enumerate(self._flow):
            kind = child.get(f"{W}fldCharType") if child.tag == CHAR else None
            if kind == "begin":
                opened.append(Field(start=at))
            elif opened and kind == "separate":
                opened[-1].separated = at
            elif opened and kind == "end":
                self._close(opened, whole, at)
            elif opened and kind is None:
                opened[-1].read(child)
            elif child.tag == CODE and kind_of(child.text or "") == "MERGEFIELD":
                lost.append(child)
        for child in lost:
            shown = f"{{ {' '.join((child.text or '').split())[:LONGEST_SHOWN]} }}"
            self._ground.tell(unreadable_field, child, shown, "its beginning is missing; delete it and insert it anew")
        merges = [each for each in opened if each.merges or each.kind in ("MERGEFIELD", *COMMANDS)]
        if merges:
            self._tell(unreadable_field, merges[0], "it begins and never ends; delete it and insert it anew")
        for each in whole:
            self._turn(each)

    def _close(self, opened: list[Field], whole: list[Field], at: int) -> None:
        closed = opened.pop()
        closed.end = at
        closed.merges = closed.merges or closed.kind in ("MERGEFIELD", *COMMANDS)
        if not opened:
            whole.append(closed)
            return
        opened[-1].hold(closed)

    def _tell(self, kind: Any, field: Field, *facts: str) -> None:
        self._ground.tell(kind, self._flow[field.start], field.shown(), *facts)

    def _turn(self, field: Field) -> None:
        """Turn a field into tags, or those in its result where it is none itself."""
        if not field.merges:
            return
        coded = any(child.merges for child in field.coded)
        kind = field.kind
        if field.height > DEEPEST:
            self._tell(unreadable_field, field, f"more than {DEEPEST} fields stand inside one another")
        elif field.length > LONGEST_CODE:
            self._tell(unreadable_field, field, "its code is longer than ten pages")
        elif kind in COMMANDS:
            self._tell(command_of_a_merge, field)
        elif kind == "MERGEFIELD" or (coded and kind in ("IF", "QUOTE")):
            self._replace(field)
        elif coded and kind == "HYPERLINK" and any(child.merges for child in field.inner):
            self._tell(switch_left_out, field, "the link")
            for child in field.inner:
                self._turn(child)
            put(self._flow[field.start : field.separated + 1], ())
            put(self._flow[field.end : field.end + 1], ())
        elif coded:
            self._tell(unreadable_field, field, f"a field {kind} cannot be given the value of a merge field")
        else:
            for child in field.inner:
                self._turn(child)

    def _replace(self, field: Field) -> None:
        first, last = (next(self._flow[at].iterancestors(_PARAGRAPH), None) for at in (field.start, field.end))
        if first is not last:
            self._tell(unreadable_field, field, "it begins in one paragraph and ends in another")
            return
        try:
            pieces = list(self._pieces(field))
        except Unclear as why:
            if str(why):
                self._tell(unreadable_field, field, str(why))
            return
        put(self._flow[field.start : field.end + 1], pieces)

    def _pieces(self, field: Field) -> Iterator[Piece]:
        """Give what stands in the place of a field; raises Unclear, without words where it is told already."""
        if field.kind == "MERGEFIELD":
            yield from self._printed(field)
        elif field.kind == "QUOTE":
            for part in [part for part in parts_of(field.code) if part.kind in ("bare", "quoted")][1:]:
                yield from self._inside(field, part)
        elif field.kind == "IF":
            yield from self._if(field)
        else:
            raise Unclear(f"a field {field.kind} stands inside of it")

    def _printed(self, field: Field) -> Iterator[Piece]:
        found = self._asked(field)
        look = field.result if found.keeps and field.result is not None else field.look
        for text in (found.before, None, found.after):
            if text is None:
                yield Piece(look, f"{{{{ {found.expression}{found.picture} }}}}")
            elif text:
                yield Piece(look, f"{{% if {found.filled} %}}{text}{{% endif %}}")

    def _asked(self, field: Field) -> Asked:
        """Find what a merge field asks for; its name is told where it is no word."""
        if OBJECT in field.code and field.coded:
            raise Unclear("another field stands in its name")
        name, given = named(field.code.replace(OBJECT, " "))
        if not name:
            raise Unclear("it has no name")
        word = self._ground.expression("merge field", name, self._flow[field.start])
        if word is None:
            raise Unclear
        found = asked(word, given)
        for switch in found.left:
            self._tell(switch_left_out, field, f"“{switch}”")
        return found

    def _if(self, field: Field) -> Iterator[Piece]:
        """Give the tags of an IF: its comparison, and one or two texts, in which other fields may stand."""
        parts = _joined(parts_of(field.code))[1:]
        given = next((at for at, part in enumerate(parts) if part.kind == "switch"), len(parts))
        keeps = False
        for letter, value in switches(parts[given:]):
            keeps = keeps or (letter == "*" and value.lower() == "mergeformat")
            if letter != "*" or value.lower() not in ("mergeformat", "charformat"):
                self._tell(switch_left_out, field, f"“\\{letter} {value}”".replace(" ”", "”"))
        match parts[:given]:
            case [left, operator, right, then, *otherwise] if operator.kind == "operator" and len(otherwise) < 2:
                test = condition(self._side(field, left), operator.text, self._side(field, right))
            case _:
                raise Unclear('it does not read { IF … = … "this" "that" }')
        pieces = [Piece(field.look, f"{{% if {test} %}}"), *self._inside(field, then)]
        if otherwise and otherwise[0].start < otherwise[0].end:
            pieces += [Piece(field.look, "{% else %}"), *self._inside(field, otherwise[0])]
        pieces.append(Piece(field.look, "{% endif %}"))
        alike = keeps and field.result is not None and len({piece.key for piece in pieces}) == 1
        yield from (Piece(field.result, piece.content) for piece in pieces) if alike else pieces

    def _side(self, field: Field, part: Part) -> Asked | str:
        inside = [chunk for chunk in field.chunks if part.start <= chunk.start < part.end and chunk.text == OBJECT]
        if not inside:
            return _unescaped(part.text)
        only = inside[0].item
        if part.text.strip() != OBJECT or not isinstance(only, Field) or only.kind != "MERGEFIELD":
            raise Unclear("it compares something else than one merge field with a text")
        return self._asked(only)

    def _inside(self, field: Field, part: Part) -> Iterator[Piece]:
        """Give what stands in a part of a field's code: texts in their look, tabs and pictures, other fields."""
        for chunk in field.chunks:
            if isinstance(chunk.item, Field):
                if part.start <= chunk.start < part.end:
                    yield from self._pieces(chunk.item)
            elif chunk.item is not None:
                if part.start <= chunk.start < part.end:
                    yield Piece(chunk.look, chunk.item)
            elif text := chunk.text[max(part.start - chunk.start, 0) : max(part.end - chunk.start, 0)]:
                yield Piece(chunk.look, _unescaped(text))


def _joined(parts: Iterator[Part]) -> list[Part]:
    """Put together what is one word after the comparison: `>=18+` is an operator and a word, `a=b` a word."""
    found: list[Part] = []
    compared = False
    for part in parts:
        last = found[-1] if found else part
        if compared and part.kind in ("bare", "operator") and last.kind == "bare" and last.end == part.start:
            found[-1] = Part(kind="bare", start=last.start, end=part.end, text=last.text + part.text)
        else:
            found.append(part)
            compared = compared or part.kind == "operator"
    return found


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")
