"""Identity numbers (公民身份号码, GB 11643-1999): shape, date, checksum; a digit lost to a number cell is never stored.

The region code is a hint at most: real people carry codes of districts that no longer exist.
"""

import re
from dataclasses import dataclass
from datetime import date

from staff_transition.roster.cells import Cell, half_width, is_number, says_nothing, squeeze, typed
from staff_transition.roster.findings import Note, hint

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
EXACT_DIGITS = 15  # what a number cell keeps
MASKED = re.compile(
    r"(\d{6})\*+(\d{3}[\dX])?"
)  # as exports write a number that the person may not take away; older ones kept four
AS_TEXT = "请把这一列设为文本格式，对照证件重新输入。"
MALE, FEMALE = "M", "F"


@dataclass(frozen=True)
class Identity:
    """A number that passed: always eighteen signs."""

    number: str
    birth_date: date
    sex: str


def check_sign(first_17: str) -> str:
    """The last sign that belongs to seventeen digits."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11]


def read_identity(cell: Cell, today: date) -> tuple[Identity | None, list[Note]]:
    """The identity a cell means, with what is wrong or odd about it; (None, []) for a blank."""
    if says_nothing(cell):
        return None, []
    if isinstance(cell, str):
        return _from_text(cell, today)
    if is_number(cell) and typed(cell).isdigit() and len(typed(cell)) <= EXACT_DIGITS:
        return _from_text(typed(cell), today)
    if is_number(cell):
        return None, [Note("id_lost_digits", f"身份证号被存成了数字，第 16 位起已经丢失。{AS_TEXT}")]
    return None, [Note("id_shape", f"“{typed(cell)}”不是身份证号。请对照证件输入 18 位号码。")]


def read_masked(cell: Cell) -> str:
    """A number masked as common.fields.mask_id_number masks it; "" for every other cell."""
    found = MASKED.fullmatch(squeeze(half_width(cell)).upper()) if isinstance(cell, str) else None
    return f"{found[1]}{'*' * 12}" if found else ""


def _from_text(cell: str, today: date) -> tuple[Identity | None, list[Note]]:
    number = squeeze(half_width(cell)).upper().lstrip("'’‘`")
    notes = []
    if number != cell:
        notes.append(hint("id_tidied", "身份证号里的空格、全角字符或小写 x 已整理。"))
    if SCIENTIFIC.fullmatch(number):
        return None, [Note("id_lost_digits", f"身份证号被存成了数字（{number}），后几位已经丢失。{AS_TEXT}")]
    if re.fullmatch(r"\d{15}", number):
        return _fifteen(number, today, notes)
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return None, [*notes, _shape(number)]
    return _eighteen(number, today, notes)


def _shape(number: str) -> Note:
    if re.fullmatch(r"[\dX]+", number):
        return Note("id_shape", f"身份证号有 {len(number)} 位，应为 18 位。请对照证件改正。")
    return Note("id_shape", "身份证号里有数字和 X 以外的字符。请对照证件改正；不是身份证的，请联系人事处单独登记。")


def _fifteen(number: str, today: date, notes: list[Note]) -> tuple[Identity | None, list[Note]]:
    """An old number: 19 goes before the year, the check sign behind; the person is the same."""
    first_17 = f"{number[:6]}19{number[6:]}"
    identity, rest = _eighteen(first_17 + check_sign(first_17), today, notes)
    if identity is None:
        return None, rest
    return identity, [*rest, hint("id_15_digits", "是 15 位旧号，已按国标换算成 18 位导入。请对照现在的证件核对。")]


def _eighteen(number: str, today: date, notes: list[Note]) -> tuple[Identity | None, list[Note]]:
    expected = check_sign(number[:17])
    if number[17] != expected:
        if number.endswith("000"):
            text = f"身份证号末三位是 000 且校验码不符，多半是存成数字后丢了位数。{AS_TEXT}"
            return None, [*notes, Note("id_lost_digits", text)]
        text = f"身份证号校验码不符：末位应为 {expected}，现为 {number[17]}。请对照证件改正。"
        return None, [*notes, Note("id_checksum", text)]
    try:
        birth_date = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None, [*notes, Note("id_birth_date", "身份证号第 7–14 位不是一个日期。请对照证件改正。")]
    if not date(1900, 1, 1) <= birth_date <= today:
        return None, [*notes, Note("id_birth_date", f"身份证号里的出生日期 {birth_date} 不可能。请对照证件改正。")]
    if number[0] not in "12345678":
        notes.append(hint("id_region", f"身份证号的地区代码 {number[:6]} 不常见，请核对。"))
    return Identity(number, birth_date, MALE if int(number[16]) % 2 else FEMALE), notes
