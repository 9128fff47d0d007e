"""Bank accounts and telephone numbers: kept digit for digit, refused where a number cell has lost digits."""

import re

from staff_transition.roster.cells import Cell, half_width, is_number, says_nothing, squeeze, typed
from staff_transition.roster.findings import Note, hint
from staff_transition.roster.identity import AS_TEXT, EXACT_DIGITS, SCIENTIFIC

Read = tuple[str, Note | None]


def is_masked(cell: Cell) -> bool:
    """As exports write a number that the person may not take away (138****1234): it says nothing new."""
    return isinstance(cell, str) and "*" in half_width(cell)


def read_account(cell: Cell) -> Read:
    """A bank account as text, leading zeros kept; ("", note) when digits are lost."""
    if says_nothing(cell) or is_masked(cell):
        return "", None
    if is_number(cell):
        digits = typed(cell)
        if not digits.isdigit() or len(digits) > EXACT_DIGITS:
            return "", Note("account_lost_digits", f"银行卡号被存成了数字，第 16 位起已经丢失。{AS_TEXT}")
        return digits, hint("account_was_number", "银行卡号是数字格式，前面若有 0 已经丢失，请核对。")
    account = squeeze(half_width(typed(cell))).replace("-", "")
    if SCIENTIFIC.fullmatch(account):
        return "", Note("account_lost_digits", f"银行卡号被存成了数字（{account}），后几位已经丢失。{AS_TEXT}")
    if len(account) > 40:
        return "", Note("text_too_long", "银行卡号超过 40 个字。开户行请放在“开户行”列。")
    if not re.fullmatch(r"\d{8,30}", account):
        return account, hint("account_odd", "银行卡号不是 8–30 位数字，请核对。")
    return account, None


def read_phone(cell: Cell) -> Read:
    """A telephone number as typed; a hint when it does not look like one."""
    if says_nothing(cell) or is_masked(cell):
        return "", None
    phone = typed(cell)
    if len(phone) > 50:
        return "", Note("text_too_long", "联系电话超过 50 个字。请只留号码。")
    digits = re.sub(r"\D", "", half_width(phone)).removeprefix("86")
    if not re.fullmatch(r"1\d{10}|0?\d{7,12}|(1\d{10}){2,}", digits):
        return phone, hint("phone_odd", f"联系电话有 {len(digits)} 位数字，不像电话号码，请核对。")
    return phone, None
