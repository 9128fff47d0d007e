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
SUCCESS = r"成功|已付款?|付讫|已入账|已到账"
PAID = re.compile(rf"(?:交易|处理|代发|付款|支付|转账|汇款|入账|银行|已)*(?:{SUCCESS})(?:付款|支付|入账|到账)?")
SUCCESSFUL = re.compile(SUCCESS)
FAILED = re.compile(r"失败|[不没]成功|退|拒|不符|异常|冲正|冲销|撤销|作废|无效|错误|止付")
NOISE = re.compile(r"[\W\dA-Za-z_]+")  # codes and signs around the word, as in “00-成功”
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
        why = typed(grid.cell(row, named["why"])).strip() if "why" in named else ""
        is_paid = read_result(result, why)
        made.lines.append(BankLine(row + 1, account, amount, is_paid, why or ("" if is_paid else result)))
    return made


def read_result(result: str, why: str = "") -> bool | None:
    """Paid only where the words say nothing else; failed only where no word speaks of success; the rest is for a person.

    “退汇成功” and “冲正成功” are money that came back, “未成功” may be under way still, “受理成功” is no payment.
    """
    failed = bool(FAILED.search(result))
    if failed:
        return None if SUCCESSFUL.search(FAILED.sub("", result)) else False
    return True if PAID.fullmatch(NOISE.sub("", result)) and not FAILED.search(why) else None


def _amount(grid: Grid, row: int, column: int) -> tuple[Decimal | None, Note | None]:
    """As a wage is read, but a settlement may be larger than any month's pay."""
    cell = grid.cell(row, column)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 < cell < MOST:
        return Decimal(repr(cell)).quantize(Decimal("0.01")), None
    value, note = read_wage(cell)
    if note and note.code == "wage_too_large":
        return Decimal(squeeze(typed(cell)).replace(",", "").removesuffix("元")), None
    return value, note
