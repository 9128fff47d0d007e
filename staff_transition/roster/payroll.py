"""A payroll file read as wages by month: one row a person and month, a sheet a month, or a column a month. Pure.

The month stands in a column (月份), in the heads (2026年1月 …), in the sheet's name or in a title above the header.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from staff_transition.roster.cells import Cell, half_width, typed
from staff_transition.roster.findings import Note
from staff_transition.roster.header import named_columns
from staff_transition.roster.people_sheet import WHO, FactLine, PeopleSheet, Reading
from staff_transition.roster.wages import read_wage
from staff_transition.roster.workbook import Book, Grid

MONTH = re.compile(r"(20\d\d)\s*[-./年]?\s*(1[0-2]|0?[1-9])(?!\d)\s*(?:月|$|[^\d])")
HEADS = WHO | {
    "month": ("月份", "年月", "所属期", "工资月"),
    "gross": ("应发", "工资总额", "应付工资"), "basic": ("基本工资", "岗位工资", "标准工资"),
    "overtime": ("加班",), "bonus": ("奖金", "绩效"), "allowance": ("津贴", "补贴", "补助"),
}  # fmt: skip
PARTS = ("basic", "overtime", "bonus", "allowance")


def read_payroll(book: Book, today: date) -> Reading:
    """Every sheet that names people by identity number and says what they earned."""
    reading = Reading()
    for grid in book.grids:
        if grid.is_hidden:
            reading.skipped.append((grid.name, "隐藏的工作表"))
        elif (head := _head(grid)) is None:
            reading.skipped.append((grid.name, "没有找到有身份证号和应发工资（或各月份）的表头"))
        else:
            sheet = _Sheet(grid, *head, today)
            reading.lines += sheet.lines()
            reading.findings += sheet.findings
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


class _Sheet(PeopleSheet):
    def __init__(self, grid: Grid, top: int, named: dict[str, int], months: dict[int, date], today: date):
        super().__init__(grid, top, named, today)
        self.months = months
        above = " ".join(typed(cell) for row in grid.rows[:top] for cell in row if isinstance(cell, str))
        self.month = month_in(grid.name) or month_in(above)

    def lines(self) -> Iterator[FactLine]:
        for row, who in self.people():
            for column, month, amounts in self._amounts(row):
                if month is None:
                    text = "看不出是哪个月的工资。请加一列“月份”（如 2026-01），或把工作表命名为 2026年1月。"
                    self.note(row, column, Note("month_missing", text))
                elif month > self.today:
                    self.note(row, column, Note("month_in_future", f"{month:%Y-%m} 还没到。请核对月份。"))
                else:
                    yield FactLine("wage", self, row, who, {"month": month, **amounts})

    def _amounts(self, row: int) -> Iterator[tuple[int | None, date | None, dict[str, Decimal]]]:
        """Column for the message, month, components: one for each month of the row that can be read."""
        if self.months:
            for column, month in self.months.items():
                gross, is_good = self._wage(row, column)
                if is_good and gross is not None:
                    yield column, month, _parts(basic=gross)
            return
        said = _month_of(self.cell(row, "month")) if "month" in self.named else self.month
        found = {key: self._wage(row, self.named[key]) for key in ("gross", *PARTS) if key in self.named}
        if not all(is_good for _, is_good in found.values()) or all(value is None for value, _ in found.values()):
            return
        parts = _parts(**{key: value for key, (value, _) in found.items() if key in PARTS and value is not None})
        gross, _ = found.get("gross", (None, True))
        if gross is not None:
            rest = gross - sum(parts.values())
            if rest < 0:
                text = f"应发 {gross:,.2f} 元，少于各项之和 {sum(parts.values()):,.2f} 元。请核对。"
                self.note(row, "gross", Note("gross_contradicts", text))
                return
            parts["basic"] += rest  # what the file does not break down
        yield self.named.get("month"), said, parts

    def _wage(self, row: int, column: int) -> tuple[Decimal | None, bool]:
        value, note = read_wage(self.grid.cell(row, column))
        note = self.lost.get(row, {}).get(column, note)
        if note and note.is_error:
            self.note(row, column, note)
            return None, False
        return value, True


def _parts(**amounts: Decimal) -> dict[str, Decimal]:
    return dict.fromkeys(PARTS, Decimal(0)) | amounts
