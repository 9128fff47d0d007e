"""The bank's answer to a payment file: one row a payment, with its account, amount and result. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from staff_transition.roster.cells import is_blank, squeeze, typed
from staff_transition.roster.digits import read_account
from staff_transition.roster.findings import Finding, Note
from staff_transition.roster.header import named_columns
from staff_transition.roster.wages import read_wage
from staff_transition.roster.workbook import Book, Grid

HEADS = {
    "account": ("账号", "卡号", "账户"), "amount": ("金额", "实发"), "result": ("状态", "结果"), "why": ("原因", "说明", "失败描述"),
}  # fmt: skip
PAID = re.compile(r"成功|已付|已入账|已到账")
FAILED = re.compile(r"失败|退回|退票|拒绝|不符|异常")
MOST = Decimal(10_000_000)  # a payment is no monthly wage: the reader's own limit does not hold


@dataclass(frozen=True)
class BankLine:
    """What the bank says of one account. `is_paid` None: the result is not understood."""

    row: int  # as Excel counts it
    account: str
    amount: Decimal
    is_paid: bool | None
    why: str


@dataclass
class BankReturn:
    lines: list[BankLine]
    findings: list[Finding]


def read_return(book: Book) -> BankReturn:
    """The first sheet with an account, an amount and a result; empty where there is none."""
    for grid in book.grids:
        for top, named in named_columns(grid, HEADS):
            if {"account", "amount", "result"} <= set(named) and not grid.is_hidden:
                return _rows(grid, top, named)
    return BankReturn([], [])


def _rows(grid: Grid, top: int, named: dict[str, int]) -> BankReturn:
    made = BankReturn([], [])
    for row in range(top + 1, len(grid.rows)):
        cell = grid.cell(row, named["account"])
        if is_blank(cell):
            continue
        account, note = read_account(cell)
        amount, problem = _amount(grid, row, named["amount"])
        if (note and note.is_error) or not account or amount is None:
            said = note if note and note.is_error else problem or Note("bank_row", "这一行没有账号或金额。")
            made.findings.append(Finding.at(grid.name, row + 1, named["account"], "", said))
            continue
        result = squeeze(typed(grid.cell(row, named["result"])))
        is_paid = True if PAID.search(result) else False if FAILED.search(result) else None
        why = typed(grid.cell(row, named["why"])).strip() if "why" in named else ""
        made.lines.append(BankLine(row + 1, account, amount, is_paid, why or ("" if is_paid else result)))
    return made


def _amount(grid: Grid, row: int, column: int) -> tuple[Decimal | None, Note | None]:
    """As a wage is read, but a settlement may be larger than any month's pay."""
    cell = grid.cell(row, column)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 < cell < MOST:
        return Decimal(repr(cell)).quantize(Decimal("0.01")), None
    value, note = read_wage(cell)
    if note and note.code == "wage_too_large":
        return Decimal(squeeze(typed(cell)).replace(",", "").removesuffix("元")), None
    return value, note
