"""A payroll file read as wages by month: one row a person and month, a sheet a month, or a column a month. Pure.

The month stands in a column (月份), in the heads (2026年1月 …), in the sheet's name or in a title above the header.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from staff_transition.roster.cells import Cell, half_width, is_blank, squeeze, typed
from staff_transition.roster.findings import Finding, Note
from staff_transition.roster.header import head_texts, named_columns
from staff_transition.roster.identity import read_identity
from staff_transition.roster.wages import read_wage
from staff_transition.roster.workbook import Book, Grid

MONTH = re.compile(r"(20\d\d)\s*[-./年]?\s*(1[0-2]|0?[1-9])(?!\d)\s*(?:月|$|[^\d])")
HEADS = {
    "id": ("身份证", "证件号"), "name": ("姓名",), "month": ("月份", "年月", "所属期", "工资月"),
    "gross": ("应发", "工资总额", "应付工资"), "basic": ("基本工资", "岗位工资", "标准工资"),
    "overtime": ("加班",), "bonus": ("奖金", "绩效"), "allowance": ("津贴", "补贴", "补助"),
}  # fmt: skip
PARTS = ("basic", "overtime", "bonus", "allowance")
TOTAL_ROW = re.compile(r"^(合计|总计|小计|制表|审核|备注|说明)")


@dataclass(frozen=True)
class PayRow:
    """The wages of one person in one month as they stand in the file."""

    sheet: str
    row: int  # as Excel counts it
    id_number: str
    name: str
    month: date
    basic: Decimal
    overtime: Decimal = Decimal(0)
    bonus: Decimal = Decimal(0)
    allowance: Decimal = Decimal(0)

    @property
    def gross(self) -> Decimal:
        return self.basic + self.overtime + self.bonus + self.allowance


@dataclass
class PayrollReading:
    rows: list[PayRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)  # sheet, why


def read_payroll(book: Book, today: date) -> PayrollReading:
    """Every sheet that names people by identity number and says what they earned."""
    reading = PayrollReading()
    for grid in book.grids:
        if grid.is_hidden:
            reading.skipped.append((grid.name, "隐藏的工作表"))
        elif (head := _head(grid)) is None:
            reading.skipped.append((grid.name, "没有找到有身份证号和应发工资（或各月份）的表头"))
        else:
            _Sheet(grid, *head, today).read_into(reading)
    _doubles(reading)
    return reading


def month_in(text: str) -> date | None:
    found = MONTH.search(half_width(text))
    return date(int(found[1]), int(found[2]), 1) if found else None


def _head(grid: Grid) -> tuple[int, dict[str, int], dict[int, date]] | None:
    """The header's row, the columns it names, and the columns that are months."""
    for row, named in named_columns(grid, HEADS):
        months = {index: month for index, cell in enumerate(grid.rows[row]) if (month := _month_of(cell))}
        if "id" in named and (months or "gross" in named or "basic" in named):
            return row, named, months
    return None


def _month_of(cell: Cell) -> date | None:
    return month_in(cell.strftime("%Y-%m") if isinstance(cell, date) else typed(cell))


class _Sheet:
    def __init__(self, grid: Grid, top: int, named: dict[str, int], months: dict[int, date], today: date):
        self.grid, self.top, self.named, self.months, self.today = grid, top, named, months, today
        above = " ".join(typed(cell) for row in grid.rows[:top] for cell in row if isinstance(cell, str))
        self.month = month_in(grid.name) or month_in(above)
        self.heads = head_texts(grid.rows[top])

    def read_into(self, reading: PayrollReading) -> None:
        for row in range(self.top + 1, len(self.grid.rows)):
            first = next((typed(cell) for cell in self.grid.rows[row] if not is_blank(cell)), "")
            if not first or TOTAL_ROW.match(squeeze(first)) or self._repeats_head(row):
                continue
            self._read_row(row, reading)

    def _repeats_head(self, row: int) -> bool:
        return squeeze(typed(self._cell(row, "id"))) == self.heads[self.named["id"]]

    def _cell(self, row: int, key: str) -> Cell:
        return self.grid.cell(row, self.named[key]) if key in self.named else None

    def _read_row(self, row: int, reading: PayrollReading) -> None:
        identity, notes = read_identity(self._cell(row, "id"), self.today)
        errors = [note for note in notes if note.is_error]
        if identity is None:
            errors = errors or [Note("id_missing", "没有身份证号，不知道是谁的工资。")]
            self._note(reading, row, self.named["id"], errors[0])
            return
        name = squeeze(typed(self._cell(row, "name")))
        for column, month, amounts in self._amounts(row, reading):
            if month is None:
                text = "看不出是哪个月的工资。请加一列“月份”（如 2026-01），或把工作表命名为 2026年1月。"
                self._note(reading, row, column, Note("month_missing", text))
            elif month > self.today:
                self._note(reading, row, column, Note("month_in_future", f"{month:%Y-%m} 还没到。请核对月份。"))
            else:
                reading.rows.append(PayRow(self.grid.name, row + 1, identity.number, name, month, **amounts))

    def _amounts(
        self, row: int, reading: PayrollReading
    ) -> Iterator[tuple[int | None, date | None, dict[str, Decimal]]]:
        """Column for the message, month, components: one for each month of the row that can be read."""
        if self.months:
            for column, month in self.months.items():
                gross, is_good = self._wage(row, column, reading)
                if is_good and gross is not None:
                    yield column, month, {"basic": gross}
            return
        said = _month_of(self._cell(row, "month")) if "month" in self.named else self.month
        found = {key: self._wage(row, self.named[key], reading) for key in ("gross", *PARTS) if key in self.named}
        if not all(is_good for _, is_good in found.values()):
            return
        values = {key: value or Decimal(0) for key, (value, _) in found.items()}
        if all(value is None for value, _ in found.values()):
            return
        parts = {key: values.get(key, Decimal(0)) for key in PARTS}
        if "gross" in found and found["gross"][0] is not None:
            rest = values["gross"] - sum(parts.values())
            if rest < 0:
                text = f"应发 {values['gross']:,.2f} 元，少于各项之和 {sum(parts.values()):,.2f} 元。请核对。"
                self._note(reading, row, self.named["gross"], Note("gross_contradicts", text))
                return
            parts["basic"] += rest  # what the file does not break down
        yield self.named.get("month"), said, parts

    def _wage(self, row: int, column: int, reading: PayrollReading) -> tuple[Decimal | None, bool]:
        if (row, column) in self.grid.uncalculated:
            text = "公式没有保存结果。请在 Excel 里打开保存一次再传。"
            self._note(reading, row, column, Note("formula_uncalculated", text))
            return None, False
        value, note = read_wage(self.grid.cell(row, column))
        if note and note.is_error:
            self._note(reading, row, column, note)
            return None, False
        return value, True

    def _note(self, reading: PayrollReading, row: int, column: int | None, note: Note) -> None:
        head = self.heads[column] if column is not None and column < len(self.heads) else ""
        reading.findings.append(Finding.at(self.grid.name, row + 1, column, head, note))


def _doubles(reading: PayrollReading) -> None:
    """The same person and month twice: an error at the second, unless both say the same."""
    seen: dict[tuple[str, date], PayRow] = {}
    kept = []
    for row in reading.rows:
        first = seen.setdefault((row.id_number, row.month), row)
        if first is row:
            kept.append(row)
        elif first.gross != row.gross:
            text = f"{row.name or '此人'} {row.month:%Y-%m} 的工资在“{first.sheet}”第 {first.row} 行已有，金额不同。请只留一条。"
            reading.findings.append(Finding.at(row.sheet, row.row, None, "", Note("month_duplicate", text)))
    reading.rows = kept
