"""A payroll file read as wages by month: one row a person and month, a sheet a month, or a column a month. Pure.

What each column is stands in pay_columns.py. The month stands in a column (月份), in the heads (2026年1月 …), in the sheet's name or
in a title above the header. Where there is an 应发, each row's components must add up to it; where there are deductions, 应发 less these
must be 实发. What else a ledger holds (work, day and proof of payment) never keeps a wage out: a cell that cannot be read is a hint.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from common.money import FEN
from staff_transition.roster.cells import Cell, half_width, is_blank, is_number, says_nothing, squeeze, typed
from staff_transition.roster.dates import read_date
from staff_transition.roster.findings import Note
from staff_transition.roster.lines import ID_LIKE, NOTE, SIGNATURE, TOTAL
from staff_transition.roster.pay_columns import (
    BESIDE,
    IGNORE,
    LABELS,
    UNKNOWN,
    PayColumn,
    PayHead,
    month_in,
    month_of,
    pay_head,
)
from staff_transition.roster.people_sheet import FactLine, PeopleSheet, Reading
from staff_transition.roster.wages import read_wage
from staff_transition.roster.words import NO, YES
from staff_transition.roster.workbook import Book, Grid
from staff_transition.rules.ledger import DEDUCTIONS, contradiction
from staff_transition.rules.wages import COMPONENTS

WHOLE_DATE = re.compile(r"20\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?")  # when it was made, not its month
OUT_OF_THE_ORDINARY = re.compile(r"病|停|产|工伤|异常")
UNCLEAR = "分不清"
ZERO = Decimal(0)
MOST = {"days": Decimal(31), "hours": Decimal(744)}  # in a month
COUNT, COUNT_UNIT = re.compile(r"\d{1,3}(\.\d)?0*"), re.compile(r"(天|日|小时|时|h)$", re.IGNORECASE)
LENGTHS = {"receipt": 100, "evidence": 200}


@dataclass(frozen=True)
class PayGrid:
    """One sheet as it was understood. `month` and `where` it was read; none where each row or head has its own."""

    name: str
    head: PayHead
    month: date | None
    where: str

    @property
    def left_out(self) -> tuple[PayColumn, ...]:
        return tuple(column for column in self.head.columns if column.key == IGNORE)


@dataclass
class PayrollReading(Reading):
    sheets: list[PayGrid] = field(default_factory=list)

    @property
    def questions(self) -> list[PayColumn]:
        """Heads that a person must say the meaning of, each once."""
        asked = (column for sheet in self.sheets for column in sheet.head.questions)
        return list({column.plain: column for column in asked}.values())


def read_payroll(book: Book, today: date, choice: Mapping[str, str] | None = None) -> PayrollReading:
    """Every sheet that names people by identity number and says what they earned.

    `choice`: what a person said that heads mean. While heads are in question, amounts are not to be written.
    """
    reading = PayrollReading()
    for grid in book.grids:
        if grid.is_hidden:
            reading.skipped.append((grid.name, "隐藏的工作表"))
        elif (head := pay_head(grid, choice or {})) is None:
            reading.skipped.append((grid.name, "没有找到有身份证号和应发工资（或各月份）的表头"))
        else:
            sheet = _PaySheet(grid, head, today, book)
            reading.sheets.append(sheet.as_understood)
            reading.header_rows[grid.name] = (head.first_row + 1, head.last_row + 1)
            reading.lines += sheet.lines()
            reading.findings += sheet.findings
    return reading


def month_of_sheet(grid: Grid, top: int) -> tuple[date | None, str]:
    """The month of the whole sheet, and where it stands; two different ones are none."""
    found = {month: "工作表名"} if (month := _said_month(grid.name)) else {}
    for row in range(top):
        for cell in grid.rows[row]:
            if isinstance(cell, str) and (month := _said_month(cell)):
                found.setdefault(month, f"第 {row + 1} 行“{typed(cell)[:30]}”")
    if len(found) > 1:
        return None, f"{UNCLEAR}：{'，'.join(f'{where}是 {month:%Y-%m}' for month, where in found.items())}"
    return next(iter(found.items()), (None, "没有读到"))


def _said_month(text: str) -> date | None:
    return month_in(WHOLE_DATE.sub("", half_width(text)))


class _PaySheet(PeopleSheet):
    def __init__(self, grid: Grid, head: PayHead, today: date, book: Book):
        self.book = book
        named = {column.key: column.index for column in reversed(head.columns)}
        super().__init__(grid, head.last_row, named, today)
        self.head = head
        self.month, self.where = month_of_sheet(grid, head.first_row)
        texts = {column.index: column.header for column in head.columns}
        self.heads = tuple(texts.get(index, "") for index in range(max(texts) + 1))

    @property
    def as_understood(self) -> PayGrid:
        if column := self.head.column("month"):
            return PayGrid(self.grid.name, self.head, None, f"{column.letters} 列“{column.header}”")
        if any(month for month, _ in self.head.money()):
            return PayGrid(self.grid.name, self.head, None, "表头")
        return PayGrid(self.grid.name, self.head, self.month, self.where)

    def _is_about_people(self, row: int) -> bool:
        number = squeeze(half_width(typed(self.cell(row, "id"))))
        if ID_LIKE.fullmatch(number):
            return True
        texts = [squeeze(half_width(typed(cell))) for cell in self.grid.rows[row] if not is_blank(cell)]
        heads = {squeeze(part) for column in self.head.columns for part in column.header.split("/")}
        is_head = number != "" and number in heads
        is_else = any(TOTAL.fullmatch(text) or SIGNATURE.search(text) or NOTE.match(text) for text in texts)
        return bool(texts) and not is_head and not is_else

    def lines(self) -> Iterator[FactLine]:
        for row, who in self.people():
            for column, month, values in self._months(row):
                if month is None:
                    why = f"（{self.where}）" if self.where.startswith(UNCLEAR) else ""
                    text = f"看不出是哪个月的工资{why}。请加一列“月份”（如 2026-01），或把工作表命名为 2026年1月。"
                    self.note(row, column, Note("month_missing", text))
                elif month > self.today:
                    self.note(row, column, Note("month_in_future", f"{month:%Y-%m} 还没到。请核对月份。"))
                else:
                    yield FactLine("wage", self, row, who, {"month": month, **values})

    def _months(self, row: int) -> Iterator[tuple[int | None, date | None, dict[str, Any]]]:
        """Column for the message, month, values: one for each month of the row that can be read."""
        abnormal, note = read_abnormal(self.cell(row, "abnormal"))
        if note:
            self.note(row, "abnormal", note)
            return
        marked = {"is_abnormal": abnormal} if "abnormal" in self.named else {}
        for month, columns in self.head.money():
            if values := self._values(row, columns):
                own = month or (month_of(self.cell(row, "month")) if "month" in self.named else self.month)
                yield columns[0].index if month else self.named.get("month"), own, values | marked

    def _values(self, row: int, columns: Sequence[PayColumn]) -> dict[str, Any] | None:
        """The components, and what else is said; None where no wage stands there or something of it cannot be read.

        A deduction whose cells are empty is not known: what is deducted then shows between 应发 and 实发.
        """
        found: dict[str, Decimal] = {}
        rounded, is_good, unread = 0, True, set()
        for column in columns:
            if column.key in BESIDE:
                continue
            value, note = self._amount(row, column)
            if note and note.is_error:
                if column.key in DEDUCTIONS:
                    unread.add(column.key)
                    note = note._replace(text=f"{note.text}这一项扣款没有读。", is_error=False)
                else:
                    is_good = False
                self.note(row, column.index, note)
            if value is not None:
                found[column.key] = found.get(column.key, ZERO) + value
                rounded += bool(note and note.code == "wage_rounded")
        if not is_good or not found.keys() - {"net", "absence", *DEDUCTIONS}:
            return None
        if "absence" in found:
            found["basic"] = found.get("basic", ZERO) - found.pop("absence")
        if problem := self._against_gross(found, columns, slack=rounded * FEN):
            self.note(row, next((each for each in columns if each.key == "gross"), columns[0]).index, problem)
            return None
        there = {column.key for column in columns}
        taken = {key: None if key in unread else found.get(key) for key in DEDUCTIONS if key in there}
        if problem := self._against_net(found, taken, slack=rounded * FEN):
            self.note(row, next(each for each in columns if each.key == "net").index, problem)
            return None
        parts = {name: found.get(name, ZERO) for name in COMPONENTS}
        net = {"net": found["net"]} if "net" in found else {}
        read = {key: value for key, value in taken.items() if key not in unread}
        return parts | net | read | self._beside(row, columns)

    def _against_net(
        self, found: Mapping[str, Decimal], taken: dict[str, Decimal | None], *, slack: Decimal
    ) -> Note | None:
        """Compare 应发 less the deductions with 实发; a fen of rounding goes into the largest deduction."""
        known = {key: amount for key, amount in taken.items() if amount is not None}
        if "net" not in found or not known:
            return None
        rest = sum((found.get(name, ZERO) for name in COMPONENTS), ZERO) - sum(known.values(), ZERO) - found["net"]
        largest = max(known, key=lambda key: known[key])
        if rest and abs(rest) <= slack and known[largest] + rest >= 0:
            taken[largest] = known[largest] + rest
            return None
        parts = {name: found.get(name, ZERO) for name in COMPONENTS}
        whole = SimpleNamespace(**parts, net=found["net"], **(dict.fromkeys(DEDUCTIONS) | taken))
        if text := contradiction(whole):
            return Note("net_contradicts", f"{text}不是从本人工资里扣的列，在页面上选“{LABELS[IGNORE]}”。")
        return None

    def _beside(self, row: int, columns: Sequence[PayColumn]) -> dict[str, Any]:
        """What the ledger holds beside the money, as far as it can be read."""
        found: dict[str, Any] = {}
        for column in columns:
            if column.key in BESIDE:
                value, note = self._said(self.grid.cell(row, column.index), column.key)
                note = self.lost.get(row, {}).get(column.index, note)
                if note:
                    self.note(
                        row,
                        column.index,
                        note._replace(text=f"{note.text}工资照常读入，这一格没有读。", is_error=False),
                    )
                else:
                    found[column.key] = value
        return found

    def _said(self, cell: Cell, key: str) -> tuple[Any, Note | None]:
        if says_nothing(cell):
            return "" if key in LENGTHS else None, None
        if key in LENGTHS:
            text = " ".join(typed(cell).split())
            too_long = Note("text_too_long", f"超过 {LENGTHS[key]} 个字。请写短。")
            return text, too_long if len(text) > LENGTHS[key] else None
        if key == "paid_on":
            return read_date(cell, epoch_shift=self.book.epoch_shift, is_typed=self.book.is_typed)
        text = COUNT_UNIT.sub("", squeeze(half_width(typed(cell))))
        if not COUNT.fullmatch(text) or (value := Decimal(text)) > MOST[key]:
            return None, Note("time_unclear", f"“{typed(cell)[:20]}”不是{LABELS[key]}。请只写数字，最多一位小数。")
        return value, None

    def _amount(self, row: int, column: PayColumn) -> tuple[Decimal | None, Note | None]:
        if lost := self.lost.get(row, {}).get(column.index):
            return None, lost
        cell = self.grid.cell(row, column.index)
        if column.key in {"absence", *DEDUCTIONS} and is_number(cell):
            cell = abs(cell)  # type: ignore[arg-type]  # written with either sign
        return read_wage(cell)

    def _against_gross(self, found: dict[str, Decimal], columns: Sequence[PayColumn], *, slack: Decimal) -> Note | None:
        """Compare the components with 应发. What the file does not break down at all counts as basic."""
        parts = sum((found.get(name, ZERO) for name in COMPONENTS), ZERO)
        if found.get("basic", ZERO) < 0:
            return Note("gross_contradicts", f"缺勤扣款比基本工资多 {-found['basic']:,.2f} 元。请核对。")
        if not any(column.key == "gross" for column in columns):
            return None
        gross = found.get("gross")
        if gross is None:
            return Note("gross_contradicts", f"应发是空的，各项之和是 {parts:,.2f} 元。请补上应发。")
        rest = gross - parts
        has_basic = any(column.key == "basic" for column in columns) and not found.keys().isdisjoint(COMPONENTS)
        if rest < 0 and not has_basic:
            return Note("gross_contradicts", f"应发 {gross:,.2f} 元，少于各项之和 {parts:,.2f} 元。请核对。")
        if has_basic and abs(rest) > slack:
            unknown = "、".join(column.said for column in self.head.columns if column.key == UNKNOWN)
            text = f"应发 {gross:,.2f} 元，各项之和 {parts:,.2f} 元，相差 {abs(rest):,.2f} 元。请核对这一行"
            return Note(
                "gross_contradicts", f"{text}，或在页面上选定没有计入的列：{unknown}。" if unknown else f"{text}。"
            )
        found["basic"] = max(found.get("basic", ZERO) + rest, ZERO)  # a fen of rounding makes no negative wage
        return None


def read_abnormal(cell: Cell) -> tuple[bool, Note | None]:
    """Whether a mark says that the month was another than usual: sick leave, a stop of work."""
    word = squeeze(half_width(typed(cell))).upper()
    if says_nothing(cell) or word in NO or "正常" in word:
        return False, None
    if word in YES or OUT_OF_THE_ORDINARY.search(word) or is_number(cell):
        return True, None
    return False, Note("abnormal_unclear", f"“{word[:20]}”看不出是不是病假、停工。请写是或否。")
