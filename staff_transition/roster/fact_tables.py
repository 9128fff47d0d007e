"""The workbook of facts: a sheet a kind, a row a fact, a column a field. Pure; which kinds and fields is told.

A row speaks of the whole fact: an empty cell says that there is nothing, a missing column says nothing at all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from common.money import parse_yuan
from common.xlsx import safe_text
from staff_transition.roster.cells import Cell, half_width, is_blank, is_number, says_nothing, squeeze, typed
from staff_transition.roster.dates import EXAMPLE, EXAMPLE_OF_MONTH, is_open_ended, read_date
from staff_transition.roster.findings import Note
from staff_transition.roster.header import named_columns
from staff_transition.roster.people_sheet import WHO, FactLine, PeopleSheet, Reading
from staff_transition.roster.words import NO, YES
from staff_transition.roster.workbook import Book, Grid

STILL = frozenset({"至今", "现在", "目前", "在缴", "在职"})  # what people write for no last day
YES_NO = {"是": True, "否": False}
YEAR = re.compile(r"((?:19|20)\d\d)年?")
DUST = Decimal("0.000001")  # what a formula leaves behind the last digit

Read = tuple[Any, Note | None]


@dataclass(frozen=True)
class FactColumn:
    """One field of a kind of fact: its head, how its cells are read, what an empty one means."""

    name: str
    head: str
    kind: str  # text, choice, yes_no, date, month, year, amount, number
    words: Mapping[str, Any] = field(default_factory=dict)  # of a closed list: word → value
    places: int = 0  # of a number
    empty: Any = None
    is_required: bool = False

    def plain(self, value: Any) -> Any:
        """A stored value as this column reads it back: two are the same fact when their plain values are."""
        if self.kind == "text":
            return " ".join(typed(safe_text(value)).split()) if value is not None else ""
        return value.replace(day=1) if self.kind == "month" and value else value

    def said(self, value: Any) -> str:
        """A value in words, for showing what changes."""
        if value in (None, ""):
            return "（空）"
        if self.words:
            return next((word for word, each in self.words.items() if each == value), str(value))
        if self.kind in ("amount", "number"):
            return f"{value:,.{self.places}f}"
        return f"{value:%Y-%m}" if self.kind == "month" else str(value)


@dataclass(frozen=True)
class FactTable:
    """One kind of fact. `key`: the fields that with the person tell one row from another."""

    kind: str
    title: str
    key: tuple[str, ...]
    columns: Sequence[FactColumn]

    @property
    def heads(self) -> dict[str, tuple[str, ...]]:
        return WHO | {column.name: (column.head,) for column in self.columns}


def read_facts(book: Book, tables: Sequence[FactTable], today: date) -> Reading:
    """Every sheet whose header has an identity number and the key of a kind."""
    reading = Reading()
    for grid in book.grids:
        if grid.is_hidden:
            reading.skipped.append((grid.name, "隐藏的工作表"))
        elif (found := _table_of(grid, tables)) is None:
            keys = "、".join(
                "和".join(column.head for column in table.columns if column.name in table.key) for table in tables
            )
            reading.skipped.append((grid.name, f"没有找到表头：须有身份证号，另有 {keys} 之一"))
        else:
            table, sheet = found[0], PeopleSheet(grid, found[1], found[2], today)
            reading.header_rows[grid.name] = (found[1] + 1, found[1] + 1)
            for row, who in sheet.people():
                if (values := _values(sheet, row, table, book)) is not None:
                    reading.lines.append(FactLine(table.kind, sheet, row, who, values))
            reading.findings += sheet.findings
    return reading


def _table_of(grid: Grid, tables: Sequence[FactTable]) -> tuple[FactTable, int, dict[str, int]] | None:
    for table in tables:
        for row, named in named_columns(grid, table.heads):
            if {"id", *table.key} <= set(named):
                return table, row, named
    return None


def _values(sheet: PeopleSheet, row: int, table: FactTable, book: Book) -> dict[str, Any] | None:
    """The fact of a row by field; None where it has none or one that cannot be read, which is said at its cell."""
    there = [column for column in table.columns if column.name in sheet.named]
    lost = sheet.lost.get(row, {})
    if all(is_blank(sheet.cell(row, column.name)) and sheet.named[column.name] not in lost for column in there):
        return None
    values, is_good = {}, True
    for column in there:
        cell = sheet.cell(row, column.name)
        value, note = _read(cell, column, book)
        note = lost.get(sheet.named[column.name], note)
        if note is None and column.is_required and value in (None, ""):
            note = Note("fact_missing", f"没有写“{column.head}”。请填写。")
        if note:
            sheet.note(row, column.name, note)
            is_good = is_good and not note.is_error
        values[column.name] = value
    return values if is_good else None


def _read(cell: Cell, column: FactColumn, book: Book) -> Read:
    if column.kind == "text":
        return column.plain(typed(cell)), None
    is_nothing = is_blank(cell) if column.kind == "yes_no" else says_nothing(cell)  # 无 is a word for no there
    if is_nothing or (column.kind in ("date", "month") and not column.is_required and _is_open(cell)):
        return column.empty, None
    if column.kind in ("date", "month"):
        day, note = read_date(cell, epoch_shift=book.epoch_shift, is_typed=book.is_typed)
        if column.kind == "date":
            return day, note
        if day:
            return day.replace(day=1), None
        return None, note and note._replace(text=note.text.replace(EXAMPLE, EXAMPLE_OF_MONTH))
    return READERS[column.kind](cell, column)


def _is_open(cell: Cell) -> bool:
    return is_open_ended(cell) or (isinstance(cell, str) and squeeze(cell) in STILL)


def _word(cell: Cell, column: FactColumn) -> Read:
    text = squeeze(half_width(typed(cell)))
    known = {squeeze(half_width(word)): value for word, value in column.words.items()}
    if text in known:
        return known[text], None
    return None, Note("fact_word", f"“{text[:20]}”不认识。请写：{'／'.join(column.words)}。")


def _yes_no(cell: Cell, column: FactColumn) -> Read:
    text = squeeze(half_width(typed(cell))).upper()
    if text in YES or text in NO:
        return text in YES, None
    return None, Note("fact_word", f"“{text[:20]}”看不懂。请写 是 或 否。")


def _year(cell: Cell, column: FactColumn) -> Read:
    if match := YEAR.fullmatch(squeeze(half_width(typed(cell)))):
        return int(match[1]), None
    return None, Note("fact_year", f"“{typed(cell)[:20]}”不是年份。请写四位数，如 2025。")


def _number(cell: Cell, column: FactColumn) -> Read:
    text = typed(cell)
    try:
        value = Decimal(repr(cell)) if is_number(cell) else parse_yuan(half_width(text).removesuffix("天"))
        rounded = round(value, column.places)
    except (ValueError, ArithmeticError):
        return None, Note("fact_number", f"“{text[:20]}”不是数字。请只写数字，如 {12:.{column.places}f}。")
    if value < 0:
        return None, Note("fact_negative", f"{text} 是负数。请改为 0 或正数。")
    if abs(value - rounded) > DUST:
        return None, Note("fact_places", f"{text} 的小数太多，最多 {column.places} 位。请改正。")
    return rounded, None


READERS = {"choice": _word, "yes_no": _yes_no, "year": _year, "amount": _number, "number": _number}
