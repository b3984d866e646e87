"""Workbooks that something happened to: bytes, XML and cells changed at random, the same each time for one seed."""

from __future__ import annotations

import random
import re
import zipfile
from pathlib import Path

from tests.drawn import CLEAN, Drawing, sheets
from tests.packages import pack

OF_AGE = CLEAN.replace("2009-05-12", "2005-05-12").replace("2008-11-30", "2004-11-30")
"""The clean cohort with learners of age: nothing of it holds a paper, so what holds one comes from the mutation."""

WHOLE = f"""{OF_AGE}
    Unit choices
    | Learner ID | Mobility | Unit ID | Scope | Part | Points | Assessor | Assessment date |
    | L01        | 1        | U1      | part  | one  | 1      | Liisa    | 2027-04-29      |

    Accompanying
    | Name       | Role    | Home | Host   | Start date | Telephone |
    | Ivana Malá | Teacher | SOS  | AURORA | 2027-04-05 | '+420 9   |

    Results
    | Learner ID | Unit ID | Result   | Assessed on | Validated | Validated on | Recognised by | Recognised on | Points credited |
    | L01        | U1      | achieved | 2027-04-29  | yes       | 2027-05-14   | Jan Beneš     | 2027-05-20    | 1               |
"""
HOSTILE = (
    "", "-", "0", "-1", "1e999", "9" * 400, "31.02.2027", "03/04/05", "L01", "U1; U2; U1", "'" + "x" * 40_000, "'\u200b", "'a\u202eb", "=A1+1",
    "#REF!", "TRUE", "2027-04-05", "1899-12-31", "45000", "0.1", "12345678901234567890", "yes", "home; host", "'(((((", "Learner ID", "*", "DICT",
    "(example)", "Field", "Value", "Start date", "' / ", "'_x000B_", "'_xD800_", "withdrawn", "of the host", "English (uk)", "'{{ 7*7 }}",
    "'=cmd|' /C calc'!A0", "'../../etc/passwd", "'<b>&amp;", "'one↵two", "'" + "long words " * 90, "Title", "month first", "-99999999999999999999", "nan", "∞", "½", "٣", "'\u0000".replace("\u0000", "_x0000_"),
)  # fmt: skip


def seeded(number: int) -> random.Random:
    """Give the same chances every time."""
    return random.Random(number)  # noqa: S311 - no secret


def mutated_bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randrange(1, 200)]
            case 2:
                changed[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 20)))
            case _:
                piece = changed[at : at + chance.randrange(1, 200)]
                changed[at:at] = piece
        if not changed:
            return b""
    return bytes(changed)


def mutated_xml(xml: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 1, 2, 5))):
        tags = list(re.finditer(r"<[^>]*>", xml))
        values = list(re.finditer(r'"[^"]*"|(?<=>)[^<]+(?=<)', xml))
        match chance.randrange(5):
            case 0 if tags:
                found = chance.choice(tags)
                xml = xml[: found.start()] + xml[found.end() :]
            case 1 if tags:
                found = chance.choice(tags)
                xml = xml[: found.end()] + found[0] * chance.choice((1, 2, 50)) + xml[found.end() :]
            case 2 if values:
                found = chance.choice(values)
                new = chance.choice(("", "0", "-1", "99999", "1e9999", "x", "A1", "XFD1048576", "ZZZZ9", "inlineStr", "s", "b", "e", "d", "str", "true", "&#0;", "&lt;", "é"))
                xml = xml[: found.start()] + (f'"{new}"' if found[0].startswith('"') else new) + xml[found.end() :]
            case 3 if len(tags) > 1:
                one, other = sorted(chance.sample(range(len(tags)), 2))
                xml = xml[: tags[one].start()] + xml[tags[other].start() :] if chance.random() < 0.3 else (
                    xml[: tags[one].start()] + tags[other][0] + xml[tags[one].end() : tags[other].start()] + tags[one][0] + xml[tags[other].end() :]
                )  # fmt: skip
            case _:
                at = chance.randrange(len(xml) + 1)
                xml = xml[:at] + chance.choice(("<", ">", "&", "\x00", "<a>", "</row>", "<row>", "<!--", "]]>", "\ufffe")) + xml[at:]
    return xml


def with_mutated_part(source: Path, target: Path, chance: random.Random) -> Path:
    with zipfile.ZipFile(source) as package:
        members: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    for name in chance.sample(sorted(members), chance.choice((1, 1, 1, 3))):
        data = members[name]
        assert isinstance(data, bytes)
        members[name] = mutated_xml(data.decode(), chance).encode("utf-8", "surrogatepass") if chance.random() < 0.8 else mutated_bytes(data, chance)
        if chance.random() < 0.05:
            del members[name]
    return pack(target, members)


def with_hostile_cells(chance: random.Random) -> str:
    drawings = sheets(WHOLE)
    for _ in range(chance.choice((1, 3, 10, 40))):
        drawing: Drawing = chance.choice(drawings)
        row = chance.choice(drawing.rows or [[]])
        if row:
            row[chance.randrange(len(row))] = chance.choice(HOSTILE)
        match chance.randrange(12):
            case 0:
                drawing.rows.insert(chance.randrange(len(drawing.rows) + 1), [chance.choice(HOSTILE) for _ in range(chance.randrange(6))])
            case 1 if len(drawing.rows) > 1:
                drawing.rows.pop(chance.randrange(len(drawing.rows)))
            case 2:
                drawing.rows += [list(each) for each in drawing.rows[-2:]]
            case 3:
                drawing.name = chance.choice(("Learners", "Lerners", "Cohort", "Notes", "Units", "x" * 31))
    seen: set[str] = set()
    lines: list[str] = []
    for drawing in drawings:
        if drawing.name.casefold() not in seen:
            seen.add(drawing.name.casefold())
            rows = [f"| {' | '.join(cell.replace('|', '/') for cell in each)} |" if each else "" for each in drawing.rows]
            lines += [drawing.name, *rows, ""]
    return "\n".join(lines)
