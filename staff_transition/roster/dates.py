"""Dates as people write them into rosters. Nothing is guessed: month only is the first of it with a hint, and a number
2020.1 is refused, because 2020.10 typed as a number arrives as 2020.1.
"""

import math
import re
from datetime import date, datetime, timedelta

from staff_transition.roster.cells import Cell, half_width, says_nothing, squeeze, typed
from staff_transition.roster.findings import Note, hint

Read = tuple[date | None, Note | None]

EPOCH = date(1899, 12, 30)  # serial 1 is 1900-01-01 in Excel, which thinks that 1900-02-29 existed
SERIALS = range(10_000, 80_000)  # 1927 to 2119
YEARS = range(1900, 2101)
EXAMPLE = "请写成 2018-03-12 这样的日期。"
EXAMPLE_OF_MONTH = "请写成 2018-03 这样的月份。"

FULL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月?|(\d{2}))")
YEAR = re.compile(r"(\d{4})年?")
CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
NUMBER_OF_OCTOBER = re.compile(r"(\d{4})\.1")


def read_date(cell: Cell, *, epoch_shift: int = 0, is_typed: bool = True) -> Read:
    """The date a cell means, or a note why it means none; (None, None) for a blank.

    `epoch_shift`: days to add to serial numbers (1462 in workbooks that count from 1904). `is_typed` is False for CSV,
    where a text may come from a number cell.
    """
    if says_nothing(cell):
        return None, None
    if isinstance(cell, date):  # a datetime too
        day = cell.date() if isinstance(cell, datetime) else cell
        return (day, None) if day.year in YEARS else _wrong_year(f"{day}")
    if isinstance(cell, bool):
        return None, Note("date_invalid", f"“{typed(cell)}”不是日期。{EXAMPLE}")
    if isinstance(cell, (int, float)):
        return _from_number(cell, epoch_shift)
    return _from_text(cell, is_typed)


def _from_number(number: float, epoch_shift: int) -> Read:
    text = typed(number)
    if isinstance(number, float) and not math.isfinite(number):
        return _no_date(text)
    whole = int(number)
    if NUMBER_OF_OCTOBER.fullmatch(text):
        return _ambiguous(text)
    if number != whole and whole in YEARS:
        year, _, month = text.partition(".")
        return _month_only(year, month, text)
    if whole in SERIALS:
        return EPOCH + timedelta(days=whole + epoch_shift), None
    if number == whole and len(text) in (6, 8):
        return _from_text(text, is_typed=True)
    return _no_date(text)


def _from_text(cell: Cell, is_typed: bool) -> Read:
    original = typed(cell)
    text = squeeze(CLOCK.sub("", half_width(original).strip())).replace("。", ".")
    if match := FULL.fullmatch(text) or COMPACT.fullmatch(text):
        return _whole(match[1], match[2], match[3], original)
    if not is_typed and NUMBER_OF_OCTOBER.fullmatch(text):
        return _ambiguous(text)
    if text.isdigit() and len(text) == 5 and int(text) in SERIALS:
        return EPOCH + timedelta(days=int(text)), None
    if match := MONTH.fullmatch(text):
        return _month_only(match[1], match[2] or match[3] or match[4], original)
    return _no_date(original)


def _whole(year: str, month: str, day: str, original: str) -> Read:
    try:
        value = date(int(year), int(month), int(day))
    except ValueError:
        return None, Note("date_invalid", f"“{original}”这一天不存在。请对照合同或工资单改正。")
    return (value, None) if value.year in YEARS else _wrong_year(original)


def _month_only(year: str, month: str, original: str) -> Read:
    if int(year) not in YEARS or not 1 <= int(month) <= 12:
        return _no_date(original)
    first = date(int(year), int(month), 1)
    return first, hint("date_month_only", f"“{original}”没有写日，已按 {first} 计，请核对：工龄可能差半个月工资。")


def _ambiguous(text: str) -> Read:
    year = text[:4]
    return None, Note(
        "date_ambiguous", f"“{text}”可能是 {year} 年 1 月，也可能是 {year} 年 10 月（数字会丢掉末尾的 0）。请写成 {year}-01-01 这样的日期。"
    )  # fmt: skip


def _wrong_year(original: str) -> Read:
    return None, Note("date_invalid", f"“{original}”的年份不可能，请核对。没有到期日的合同写“无固定期限”。")


def _no_date(original: str) -> Read:
    if YEAR.fullmatch(original):
        return None, Note("date_invalid", f"“{original}”只写了年。请写成 {original[:4]}-03-12 这样的日期。")
    return None, Note("date_invalid", f"“{original}”不是日期。{EXAMPLE}")


OPEN_ENDED = re.compile(r"无固定(期限)?|无期限|长期(合同)?")
PERIOD = re.compile(r"(.+?)(?:至|到|—+|–|~|～|-{2,}|起至)(.+?)[止]?")


def is_open_ended(cell: Cell) -> bool:
    """无固定期限 and its short forms, in a date column."""
    return isinstance(cell, str) and bool(OPEN_ENDED.fullmatch(squeeze(cell)))


def read_period(cell: Cell) -> tuple[date | None, date | None, bool, Note | None]:
    """First day, last day, open-ended?, note: of one cell that holds both (2024.1.1—2026.12.31)."""
    if says_nothing(cell):
        return None, None, False, None
    text = squeeze(half_width(typed(cell)))
    if is_open_ended(text):
        return None, None, True, None
    match = PERIOD.fullmatch(text) or re.fullmatch(r"(\d{4}[./年]\d{1,2}[./月]\d{1,2}日?)-(.+)", text)
    if not match:
        return None, None, False, Note("period_invalid", f"“{text}”看不出起止日期。请写成 2024-01-01至2026-12-31。")
    first, note = read_date(match[1].removesuffix("起"))
    if is_open_ended(match[2]):
        return first, None, True, note
    last, second_note = read_date(match[2].removesuffix("止"))
    return first, last, False, _worse(note, second_note)


def _worse(one: Note | None, other: Note | None) -> Note | None:
    notes = [note for note in (one, other) if note]
    return max(notes, key=lambda note: note.is_error, default=None)
