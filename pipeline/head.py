"""Sheet Cohort: a list of fields and values, read as one row (floor 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.columns import COHORT, DEFAULTS, Column
from pipeline.confidential import left_unread, without_values
from pipeline.header import nearly_named
from pipeline.kinds import own_text, reading
from pipeline.lettering import column_letter
from pipeline.misfits import doubled_column, nearly_a_column
from pipeline.model import Origin
from pipeline.problem import Place
from pipeline.raw import Raw, Unreadable, shown
from pipeline.rows import Reader, Row, own_value_unread
from pipeline.sheets import OWN, as_settled, column_called, is_private, understand
from pipeline.spelling import bare
from pipeline.tables import Table
from pipeline.unreadable import told

EVERY_FIELD = (*COHORT.columns, *DEFAULTS)
"""The fields that may stand on sheet Cohort: its own, and the columns of Learners as defaults."""


class Field(NamedTuple):
    """A field as it stands on the sheet: its name, the column it means, its value and the cell of that."""

    name: str
    column: Column | None
    value: Raw
    row: int
    cell: str


def head_of(table: Table, reader: Reader) -> Row:
    """Read sheet Cohort; field Date order counts for the sheet's own dates too.

    The name of a field stands in the first filled cell of a row, its value in the next cell; what stands to the right
    of that is for the person's eyes. A sheet with the names in its first row and the values under them is read too.

    Raises guard.Refused where the sheet is damaged.
    """
    renamed = reader.settled.of(COHORT)
    fields: list[Field] = []
    private: list[str] = []
    for field in fields_of(list(table.rows()), renamed):
        if is_private(field.name, as_settled(field.name, renamed)):
            private.append(field.name)
        else:
            fields.append(field)
    if private:
        reader.problems.append(left_unread(Place(file=table.file, sheet=table.name), without_values(private)))
    for field in fields:
        if field.column and field.column.key == "date_order":
            reader.date_order = _order(field.column, field.value) or reader.date_order
    found: dict[str, Any] = {}
    more: dict[str, str] = {}
    where: dict[str, str] = {}
    filled: set[str] = set()
    broken: set[str] = set()
    missing = [column for column in EVERY_FIELD if column not in {field.column for field in fields}]
    for field in fields:
        place = Place(file=table.file, sheet=table.name, cell=field.cell, row=field.row)
        key = field.column.key if field.column else field.name
        if field.value is None:
            where.setdefault(key, field.cell)
            continue
        if key in filled:
            reader.problems.append(doubled_column(place, field.name, where[key], field.cell))
            found.pop(key, None)
            more.pop(key, None)
            broken.add(key)
            continue
        filled.add(key)
        where[key] = field.cell
        try:
            value = reading(field.column, reader.date_order)(field.value) if field.column else own_text(field.value)
        except Unreadable as wrong:
            own = own_value_unread(place, field.name, wrong.sentence)
            reader.problems.append(told(wrong, place) if field.column else own)
            broken.add(key)
            continue
        if value is not None and value != ():
            (found if field.column else more)[key] = value
        if field.column is None and (meant := nearly_named(COHORT, field.name, missing)):
            reader.problems.append(nearly_a_column(place, field.name, meant))
    origin = Origin(
        file=table.file, sheet=table.name, row=None, columns=where, inherited={}, unreadable=frozenset(broken),
    )  # fmt: skip
    return Row(origin=origin, values=found, titles={}, more=more)


def fields_of(rows: Sequence[tuple[int, Mapping[int, Raw]]], renamed: Mapping[str, str]) -> Iterator[Field]:
    """Give the fields of sheet Cohort as they stand; `renamed` is what was settled of their names."""
    for number, cells in rows:
        if _names_columns(cells, renamed):
            names = {index: shown(name) for index, name in cells.items()}
            for below, values in rows[rows.index((number, cells)) + 1 :]:
                for index, name in names.items():
                    cell = f"{column_letter(index)}{below}"
                    yield Field(name, _field(name, renamed), values.get(index), below, cell)
            return
        at = min(cells)
        name, value = shown(cells[at]), cells.get(at + 1)
        column = _field(name, renamed)
        heads_the_values = isinstance(value, str) and any(bare(half) in _VALUE for half in value[:40].split("/"))
        if not heads_the_values and (column or value is not None):
            yield Field(name, column, value, number, f"{column_letter(at + 1)}{number}")


_VALUE = frozenset(map(bare, (
    "Value", "Wert", "Inhalt", "Eintrag", "Valeur", "Valor", "Valore", "Wartość", "Waarde", "Arvo", "Valoare",
)))  # fmt: skip
"""What stands over the values of sheet Cohort."""


def _field(name: str, renamed: Mapping[str, str]) -> Column | None:
    """Find the field that a name means, as it was settled or else by its words."""
    meant = as_settled(name, renamed)
    return None if meant == OWN != name else column_called(COHORT, meant)


def _names_columns(cells: Mapping[int, Raw], renamed: Mapping[str, str]) -> bool:
    """Say whether a row names several fields side by side."""
    names = [cell if isinstance(cell, str) else None for cell in cells.values()]
    return len(names) > 2 and all(names) and len(understand(COHORT, names, renamed).known) >= 0.75 * len(names)


def _order(column: Column, raw: Raw) -> str | None:
    try:
        return str(found) if (found := reading(column, None)(raw)) else None
    except Unreadable:
        return None
