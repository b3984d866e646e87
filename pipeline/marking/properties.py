"""The mark of a copy among the workbook's own properties, where it stays though the sheet is deleted (floor 3)."""

from __future__ import annotations

from typing import Any

from lxml import etree

from pipeline.marking.names import CUSTOM_KIND, TO_CUSTOM
from pipeline.marking.package import Package

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_P = f"{{{_PROPERTIES}}}"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What every property that a person or a program adds has as its format ([MS-OLEPS], 2.25.1)."""

NAME = "ecvet copy"
_FIRST_NUMBER = 2


def write_mark(package: Package, mark: str) -> None:
    """Write the mark of a copy into the properties that belong to the workbook, in place of an earlier one."""
    part = package.leads_to("", TO_CUSTOM)
    new = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}"/>'
    root: Any = package.tree(part) if part else etree.fromstring(new)
    numbers = [_FIRST_NUMBER - 1]
    for each in list(root.iterchildren(f"{_P}property")):
        if each.get("name") == NAME:
            root.remove(each)
        elif each.get("pid", "").isdecimal():
            numbers.append(int(each.get("pid")))
    number = str(max(numbers) + 1)
    added = etree.SubElement(root, f"{_P}property", {"fmtid": _FORMAT, "pid": number, "name": NAME})
    etree.SubElement(added, f"{{{_VALUES}}}lpwstr").text = mark
    if part:
        package.put(part, root)
    else:
        package.link("", TO_CUSTOM, package.add("docProps/custom", "xml", CUSTOM_KIND, root))
