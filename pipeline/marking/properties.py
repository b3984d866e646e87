"""What a copy has to know of itself, among the workbook's own properties (floor 3).

There it stays, whatever program saves the workbook, and though somebody deletes the sheet “To correct”.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from pipeline.marking.names import CUSTOM_KIND, TO_CUSTOM
from pipeline.marking.package import Package

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_P = f"{{{_PROPERTIES}}}"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What every property that a person or a program adds has as its format ([MS-OLEPS], 2.25.1)."""

_OURS = "ecvet "
_FIRST_NUMBER = 2

LONGEST_VALUE = 255
"""Letters of the longest text that Excel keeps in a property."""


def read_properties(package: Package) -> dict[str, str]:
    """Read what an earlier copy left among the properties; nothing where there was none."""
    part = package.leads_to("", TO_CUSTOM)
    found = package.tree(part).iterchildren(f"{_P}property") if part else ()
    return {
        each.get("name", "").removeprefix(_OURS): "".join(each.itertext())
        for each in found if each.get("name", "").startswith(_OURS)
    }  # fmt: skip


def write_properties(package: Package, values: Mapping[str, str]) -> None:
    """Write ours among the properties, in place of those of an earlier copy; hers stay."""
    part = package.leads_to("", TO_CUSTOM)
    new = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}"/>'
    root: Any = package.tree(part) if part else etree.fromstring(new)
    number = _FIRST_NUMBER
    for each in list(root.iterchildren(f"{_P}property")):
        if each.get("name", "").startswith(_OURS):
            root.remove(each)
        elif each.get("pid", "").isdecimal():
            number = max(number, int(each.get("pid")) + 1)
    for at, (name, value) in enumerate(values.items(), start=number):
        entry = {"fmtid": _FORMAT, "pid": str(at), "name": f"{_OURS}{name}"}
        etree.SubElement(etree.SubElement(root, f"{_P}property", entry), f"{{{_VALUES}}}lpwstr").text = value
    if part:
        package.put(part, root)
    else:
        package.link("", TO_CUSTOM, package.add("docProps/custom", "xml", CUSTOM_KIND, root))
