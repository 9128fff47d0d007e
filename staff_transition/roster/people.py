"""From the rows of people to people: each cell read by its column's reader, then held against the others of its row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from staff_transition.roster.cells import Cell, is_blank, squeeze
from staff_transition.roster.columns import Column
from staff_transition.roster.dates import is_open_ended, read_date, read_period
from staff_transition.roster.digits import read_account, read_phone
from staff_transition.roster.fields import BY_KEY
from staff_transition.roster.findings import Finding, Note
from staff_transition.roster.identity import Identity, read_identity, read_masked
from staff_transition.roster.wages import read_wage
from staff_transition.roster.words import (
    read_category,
    read_cycle,
    read_female_category,
    read_insured,
    read_name,
    read_number,
    read_paid_by_hour,
    read_pension,
    read_sex,
    read_text,
)

DATES = ("birth_date", "hired_on", "contract_from", "contract_to")
WAGES = ("monthly_wage", "average_wage", "last_month_wage", "wage_without_overtime")
NUMBERS = ("cumulative_service_years", "leave_taken_days", "own_contributions", "hours_per_day", "days_per_week")
MOST_YEARS, DAYS_OF_A_YEAR, MOST_CONTRIBUTIONS, HOURS_OF_A_DAY, DAYS_OF_A_WEEK = 60, 366, 1_000_000, 24, 7
TEXTS = ("campus", "team", "post", "bank_name", "remark")
UNREAD = frozenset({"seq"})  # recognised so that it is taken for nothing else


@dataclass
class Person:
    """One row of people. `values` holds what the row says by field; a field that is blank or wrong is not in it."""

    sheet: str
    row: int  # as Excel counts it
    values: dict[str, Any] = field(default_factory=dict)
    is_good: bool = True

    @property
    def name(self) -> str:
        return self.values.get("name", "")

    @property
    def plain_name(self) -> str:
        return squeeze(self.name)

    @property
    def id_number(self) -> str:
        return self.values.get("id_number", "")

    @property
    def masked_id(self) -> str:
        """The number as a masked export writes it: with the name it may still say who this is."""
        return self.values.get("masked_id", "")


@dataclass(frozen=True)
class Circumstances:
    """What reading needs to know besides the cells."""

    today: date
    epoch_shift: int = 0
    is_typed: bool = True


Reader = Callable[[Cell, Column, Circumstances], tuple[Any, Sequence[Note]]]


class RowReader:
    """Reads the rows of one sheet: its columns decide which reader takes which cell."""

    def __init__(self, sheet: str, columns: Sequence[Column], circumstances: Circumstances):
        self.sheet, self.circumstances = sheet, circumstances
        self.columns = {column.field: column for column in columns if column.field}
        self.readers = [(column, READERS[key]) for key, column in self.columns.items() if key not in UNREAD]
        self.findings: list[Finding] = []

    def person(self, row: int, cells: list[Cell], lost: dict[int, Note]) -> Person:
        """The person of a row (from 0). `lost`: columns whose value the file does not hold, with why."""
        person = Person(self.sheet, row + 1)
        for column, read in self.readers:
            cell = cells[column.index] if column.index < len(cells) else None
            if column.index in lost:
                self._say(person, column, lost[column.index])
                continue
            value, notes = read(cell, column, self.circumstances)
            for note in notes:
                self._say(person, column, note)
            if value not in (None, "") or value is False:
                person.values[column.field] = value
        self._unfold(person)
        return person

    def note(self, person: Person, field: str, note: Note) -> None:
        """Add a note about a field of a person; a field without a column speaks of the row."""
        self._say(person, self.columns.get(field), note)

    def _say(self, person: Person, column: Column | None, note: Note) -> None:
        index, header = (column.index, column.header) if column else (None, "")
        self.findings.append(Finding.at(self.sheet, person.row, index, header, note))
        if note.is_error:
            person.is_good = False

    def _unfold(self, person: Person) -> None:
        """Values that hold more than one fact: an identity, a contract period, an open end."""
        values = person.values
        identity: Identity | str | None = values.pop("id_number", None)
        if isinstance(identity, str):
            values["masked_id"] = identity
        elif identity:
            values["id_number"], values["id_birth_date"] = identity.number, identity.birth_date
            values["id_sex"] = identity.sex
        if "contract_period" in values:
            first, last, open_ended = values.pop("contract_period")
            values.update({key: value for key, value in (("contract_from", first), ("contract_to", last)) if value})
            values["is_open_ended"] = open_ended
        if values.get("contract_to") == OPEN:
            values.pop("contract_to")
            values["is_open_ended"] = True


OPEN = "open-ended"


def _date(cell: Cell, column: Column, now: Circumstances) -> tuple[Any, Sequence[Note]]:
    if column.field == "contract_to" and is_open_ended(cell):
        return OPEN, ()
    value, note = read_date(cell, epoch_shift=now.epoch_shift, is_typed=now.is_typed)
    return value, (note,) if note else ()


def _period(cell: Cell, column: Column, now: Circumstances) -> tuple[Any, Sequence[Note]]:
    first, last, open_ended, note = read_period(cell)
    return (first, last, open_ended) if first or last or open_ended else None, (note,) if note else ()


def _wage(cell: Cell, column: Column, now: Circumstances) -> tuple[Decimal | None, Sequence[Note]]:
    value, note = read_wage(cell, factor=column.factor)
    return value, (note,) if note else ()


def _text(cell: Cell, column: Column, now: Circumstances) -> tuple[str, Sequence[Note]]:
    if is_blank(cell):
        return "", ()
    about = BY_KEY[column.field]
    text, note = read_text(cell, about.label, about.longest)
    return text, (note,) if note else ()


def _number(most: int, places: int = 1) -> Reader:
    def reader(cell: Cell, column: Column, now: Circumstances) -> tuple[Decimal | None, Sequence[Note]]:
        value, note = read_number(cell, BY_KEY[column.field].label, most, places)
        return value, (note,) if note else ()

    return reader


def _identity(cell: Cell, column: Column, now: Circumstances) -> tuple[Identity | str | None, Sequence[Note]]:
    masked = read_masked(cell)
    return (masked, ()) if masked else read_identity(cell, now.today)


def _simple(read: Callable[[Cell], tuple[Any, Note | None]]) -> Reader:
    def reader(cell: Cell, column: Column, now: Circumstances) -> tuple[Any, Sequence[Note]]:
        value, note = read(cell)
        return value, (note,) if note else ()

    return reader


READERS: dict[str, Reader] = (
    {
        "name": lambda cell, column, now: read_name(cell),
        "id_number": _identity,
        "sex": _simple(read_sex), "category": _simple(read_category), "is_insured": _simple(read_insured),
        "phone": _simple(read_phone), "bank_account": _simple(read_account),
        "contract_period": _period, "female_category": _simple(read_female_category), "pension_drawn": _simple(read_pension),
        "cumulative_service_years": _number(MOST_YEARS), "leave_taken_days": _number(DAYS_OF_A_YEAR),
        "own_contributions": _number(MOST_CONTRIBUTIONS, 2), "hours_per_day": _number(HOURS_OF_A_DAY),
        "days_per_week": _number(DAYS_OF_A_WEEK), "paid_by_hour": _simple(read_paid_by_hour), "pay_cycle_days": _simple(read_cycle),
    }
    | dict.fromkeys(WAGES, _wage)
    | dict.fromkeys(DATES, _date)
    | dict.fromkeys(TEXTS, _text)
)  # fmt: skip
