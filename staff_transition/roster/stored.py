"""A reading as JSON and back: what is shown on the preview and what is written are the same reading."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from staff_transition.roster.cells import is_blank, typed
from staff_transition.roster.findings import Finding
from staff_transition.roster.lines import Kind
from staff_transition.roster.people import DATES, NUMBERS, WAGES, Person
from staff_transition.roster.reading import Reading, SheetReading


def store(reading: Reading) -> dict[str, Any]:
    """The whole reading, rows as they are shown. Holds personal data: keep it sealed."""
    return {
        "sheets": [_sheet(sheet) for sheet in reading.sheets],
        "people": [[person.sheet, person.row, person.is_good, _encoded(person.values)] for person in reading.people],
        "findings": [
            [each.sheet, each.row, each.column, each.header, each.code, each.message, each.is_error]
            for each in reading.findings
        ],
        "skipped": [list(each) for each in reading.skipped],
        "losses": reading.losses,
    }


def _sheet(sheet: SheetReading) -> dict[str, Any]:
    return {
        "name": sheet.name, "signature": sheet.signature, "is_remembered": sheet.is_remembered,
        "header_rows": [sheet.header.first_row + 1, sheet.header.last_row + 1], "hidden": sheet.hidden_rows,
        "far": sheet.far, "columns": [column.as_dict() for column in sheet.columns],
        "rows": [
            [line.row + 1, str(line.kind), _texts(sheet.rows[line.row])]
            for line in sheet.lines if line.kind is not Kind.BLANK
        ],
    }  # fmt: skip


def _texts(cells: list[Any]) -> list[str]:
    texts = [typed(cell) for cell in cells]
    while texts and is_blank(texts[-1]):
        texts.pop()
    return texts


def _encoded(values: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, (date, Decimal)) else value for key, value in values.items()}


@dataclass(frozen=True)
class Stored:
    """A stored reading, taken up again."""

    content: dict[str, Any]

    @property
    def sheets(self) -> list[dict[str, Any]]:
        return self.content["sheets"]

    @property
    def findings(self) -> list[Finding]:
        return [Finding(*each) for each in self.content["findings"]]

    @property
    def people(self) -> list[Person]:
        return [Person(sheet, row, _decoded(values), is_good) for sheet, row, is_good, values in self.content["people"]]


def _decoded(values: dict[str, Any]) -> dict[str, Any]:
    decoded = dict(values)
    for key in DATES:
        if key in decoded:
            decoded[key] = date.fromisoformat(decoded[key])
    for key in (*WAGES, *NUMBERS):
        if key in decoded:
            decoded[key] = Decimal(decoded[key])
    return decoded
