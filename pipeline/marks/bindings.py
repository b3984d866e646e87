"""Content controls that are bound to data: the data get the value too (floor 3).

Word shows in a bound control what its data hold, whatever stands in the control (ECMA-376 part 1, 17.5.2.6,
dataBinding). So the custom XML part is printed for each paper with the same words, and the control stays bound. Where
that cannot be done without doubt, the control is cut off from its data and keeps its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from pipeline.marks.choices import W14, Control
from pipeline.marks.entries import LISTS, value_of_entry
from pipeline.marks.ground import Bound, Ground
from pipeline.marks.options import ticked
from pipeline.marks.sections import W15
from pipeline.marks.tags import LONGEST_TAG, Tag
from pipeline.vocabulary import type_of
from pipeline.word import Store, Story
from pipeline.word.names import DATA, W

BINDING = f"{W}dataBinding"
_BINDINGS = (BINDING, f"{W15}dataBinding")

_OF_THE_PROPERTIES = (
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}", "{6668398D-A668-4E3E-A5EB-62B293D839F1}",
    "{55AF091B-3C7A-41E3-B477-F2FDAA23CFDA}",
)  # fmt: skip
"""Where controls are bound that Word itself names (Title, Author, Company): to the properties of the document, and of
its cover page."""

_NAME = r"(?:[^\W\d][\w.-]*:)?[^\W\d][\w.-]*"
_PATH = re.compile(rf"(?P<element>(?:/{_NAME}(?:\[\d{{1,5}}\])?)+)(?:/@(?P<attribute>{_NAME}))?")
"""The paths that Word writes: /ns0:form[1]/ns0:learner[1]/@name. No other is followed."""

_PREFIX = re.compile(r"""xmlns:([^\W\d][\w.-]*)\s*=\s*(["'])(.*?)\2""")
_BRACES = re.compile(r"\{[{%#_]|[}%#_]\}")
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_ROOM = 10
"""Signs of a tag around what it prints."""

Node = tuple[Any, str]
"""Where data keep a value: an element, and the name of its attribute (empty for its text)."""


def of_the_properties(properties: Any) -> bool:
    """Say whether a control is bound to the properties of the document."""
    bound = properties.find(BINDING)
    return bound is not None and bound.get(f"{W}storeItemID", "").upper() in _OF_THE_PROPERTIES


def unbound(properties: Any) -> None:
    """Cut a control off from the data it is bound to: Word would read its text from there and overwrite the value."""
    for name in _BINDINGS:
        for bound in properties.findall(name):
            properties.remove(bound)


def bind(ground: Ground, control: Control, word: str, option: str, text: str | None) -> None:
    """Note what the data of a bound control are to hold, or cut it off where no data can hold its value.

    `text` is what it shows, as tags; None for a check box, which stands for an `option` of its word.
    """
    properties = control.properties
    expression = None if properties.find(_BINDINGS[1]) is not None else _stored(control, word, option, text)
    if properties.find(BINDING) is None or expression is None or len(expression) + _ROOM > LONGEST_TAG:
        unbound(properties)
    else:
        ground.bound.append(Bound(properties=properties, expression=expression))


def _stored(control: Control, word: str, option: str, text: str | None) -> str | None:
    """Say what Word keeps in the data for a control, as a tag writes it; None where that is not its value alone.

    Of a check box that is true or false ([MS-DOCX], checkbox), of a list the value of the entry (17.5.2.15), of a date
    what the control says. Rich text is kept as a whole document ([MS-DOCX], w15:dataBinding).
    """
    kinds = {child.tag: child for child in control.properties}
    if f"{W14}checkbox" in kinds:
        return f"{ticked(word, option)} | entry('☒=true', '☐=false')"
    choices = next((kinds[f"{W}{name}"] for name in LISTS if f"{W}{name}" in kinds), None)
    if choices is not None:
        return value_of_entry(control, word, choices)
    shown = (text or "").removeprefix("{{ ").removesuffix(" }}")
    if f"{W}date" in kinds:
        return _dated(word, kinds[f"{W}date"], shown)
    return shown if f"{W}text" in kinds else None


def _dated(word: str, date: Any, shown: str) -> str | None:
    """Say how a date control keeps its date: as w:storeMappedDataAs says, without it as it shows it (17.5.2.40)."""
    mapped = date.find(f"{W}storeMappedDataAs")
    manner = mapped.get(f"{W}val", "text") if mapped is not None else "text"
    if manner == "text":
        return shown
    if type_of(word) != "date":
        return None
    return f"{word} | date('{'yyyy-MM-dd' if manner == 'date' else _MOMENT}')"


_MOMENT = "yyyy-MM-dd\\x27T00:00:00\\x27"
"""xsd:dateTime as Word writes it, with its letters and digits as words in quotes."""


# -- the data ----------------------------------------------------------------------------------------------------------


def with_data(grounds: Sequence[Ground], stores: Sequence[Store], file: str) -> Iterator[tuple[Story, Sequence[Tag]]]:
    """Write the words of bound controls into their data, and give these as stories; cut all other filled ones off.

    Two controls of one node show one value in Word, so where their words differ neither stays bound.
    """
    data = {store.item: _opened(store, file) for store in stores if any(ground.bound for ground in grounds)}
    asked: dict[Node, list[Bound]] = {}
    for ground in grounds:
        for bound in ground.bound:
            binding = bound.properties.find(BINDING)
            if binding is not None and (node := _node(binding, data)):
                asked.setdefault(node, []).append(bound)
    kept = {node: each for node, each in asked.items() if len({bound.expression for bound in each}) == 1}
    for opened in data.values():
        own = {node: each for node, each in kept.items() if node[0].getroottree().getroot() is opened.root}
        if own and _written(opened, {node: each[0].expression for node, each in own.items()}):
            for bound in (bound for each in own.values() for bound in each):
                _stays(bound.properties)
            yield opened.finished()
        else:
            kept = {node: each for node, each in kept.items() if node not in own}
    staying = {bound.properties for each in kept.values() for bound in each}
    for ground in grounds:
        _cut_off(ground, staying)


def _opened(store: Store, file: str) -> Ground:
    story = Story(part=store.part, where=DATA, xml=store.xml, plain=True, echo=True)
    return Ground(story, etree.fromstring(store.xml), file, [])


def _node(binding: Any, data: Mapping[str, Ground]) -> Node | None:
    """Find the node a binding leads to: the first its path finds, as Word does; None where it is not one value."""
    found = _PATH.fullmatch(binding.get(f"{W}xpath", "").strip())
    opened = data.get(binding.get(f"{W}storeItemID", "").upper())
    if found is None or opened is None:
        return None
    spaces = {prefix: space for prefix, _, space in _PREFIX.findall(binding.get(f"{W}prefixMappings", ""))}
    prefix, _, name = (found["attribute"] or "").rpartition(":")
    attribute = f"{{{spaces.get(prefix)}}}{name}" if prefix else name
    try:
        elements = opened.root.getroottree().xpath(found["element"], namespaces=spaces)
    except (etree.XPathError, TypeError, ValueError):  # a prefix that is not declared, or without a space
        return None
    if not elements or (len(elements[0]) if not attribute else elements[0].get(attribute) is None):
        return None
    return elements[0], attribute


def _written(data: Ground, values: Mapping[Node, str]) -> bool:
    """Write the words into the nodes of a part; False where it holds braces of its own, which would be read as tags."""
    for element, attribute in values:
        if attribute:
            element.set(attribute, "")
        else:
            element.text = None
    if _BRACES.search(etree.tostring(data.root, encoding="unicode")):
        return False
    for (element, attribute), expression in values.items():
        if attribute:
            data.put(element, attribute, expression)
            continue
        element.text = f"{{{{ {expression} }}}}"
        if element.get(_NIL) is not None:  # “there is no value” (XML Schema part 1, 2.6.2)
            data.put(element, _NIL, f"({expression}) | tick | entry('☒=false', '☐=true')")
    return True


def _stays(properties: Any) -> None:
    """Take the prompt of a control that stays bound: of an empty node Word shows it, and without it five spaces.

    ECMA-376 part 1, 17.5.2.25, placeholder.
    """
    for prompt in properties.findall(f"{W}placeholder"):
        properties.remove(prompt)


def _cut_off(ground: Ground, staying: set[Any]) -> None:
    """Cut off what is filled and does not stay bound, also controls that only hold a tag or another kind of blank."""
    filled = {bound.properties for bound in ground.bound}
    for binding in list(ground.root.iter(*_BINDINGS)):
        properties = binding.getparent()
        if properties in staying or (properties not in filled and of_the_properties(properties)):
            continue
        texts = properties.getparent().itertext(f"{W}t")
        if properties in filled or any("{{" in text or "{%" in text for text in texts):
            unbound(properties)
