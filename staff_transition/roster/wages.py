"""Wages as people write them into rosters: 3,200元, 0.32万, 3200/月, a number with the dust of a formula behind it."""

import re
from decimal import Decimal

from common.money import WAN, parse_yuan, to_fen
from staff_transition.roster.cells import Cell, half_width, says_nothing, squeeze, typed
from staff_transition.roster.findings import Note, hint

Read = tuple[Decimal | None, Note | None]

LARGEST = Decimal(100_000)  # yuan a month: above it, somebody slipped a column or a point
MONTHLY = re.compile(r"(元|圆|块)?[/每]?(每?月|人月)$")
HOURLY = re.compile(r"(小时|时|h|日|天|班)$", re.IGNORECASE)
DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
UNITS = {"十": 10, "百": 100, "千": 1000, "万": WAN}


def read_wage(cell: Cell, *, factor: int = 1) -> Read:
    """Yuan a month with two places, or a note why it is none; (None, None) for a blank. `factor`: 10,000 under 万元."""
    if says_nothing(cell):
        return None, None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _judged(Decimal(repr(cell)) * factor, typed(cell))
    return _from_text(typed(cell), factor)


def _from_text(original: str, factor: int) -> Read:
    text = MONTHLY.sub(lambda match: match[1] or "", squeeze(half_width(original)))
    text = text.replace("圆", "元").replace("块", "元").removeprefix("人民币").removeprefix("RMB")
    try:
        return _judged(parse_yuan(text) * factor, original)
    except ValueError:
        pass
    if re.fullmatch(r"-?\d+\.\d{3,}元?", text):
        return _judged(Decimal(text.removesuffix("元")) * factor, original)
    if HOURLY.search(text):
        return None, Note(
            "wage_text", f"“{original}”不是一个月的工资。请换算成月工资（元）再填，计时单价可写在备注里。"
        )
    said = spoken_number(text)
    remedy = f"请写 {said}。" if said else "请只写数字，如 2400 或 2,400.00。"
    return None, Note("wage_text", f"“{original}”不是数字。{remedy}")


def _judged(amount: Decimal, original: str) -> Read:
    if not amount.is_finite():
        return None, Note("wage_text", f"“{original}”不是数字。请只写数字，如 2400 或 2,400.00。")
    if amount < 0:
        return None, Note("wage_negative", f"工资是负数（{original}）。请改为应发工资。")
    if amount > LARGEST:
        return None, Note("wage_too_large", f"每月 {amount:,.0f} 元，不像月工资。请核对是不是年收入，或多写了 0。")
    value = to_fen(amount)
    if abs(value - amount) > Decimal("0.000001"):
        return value, hint("wage_rounded", f"“{original}”多于两位小数，已四舍五入为 {value:,.2f} 元。")
    if value == 0:
        return value, hint("wage_zero", "工资是 0。没有工资的请留空；停薪的请在备注里写明。")
    return value, None


def spoken_number(text: str) -> int | None:
    """The number that 二千四, 两千四百五十, 三千 mean, for saying it back; None when it means none."""
    text = text.removesuffix("元").removesuffix("块")
    if not text or not set(text) <= DIGITS.keys() | UNITS.keys():
        return None
    total = digit = 0
    unit = 1
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
            continue
        unit = UNITS[sign]
        if sign == "万":
            total = (total + digit) * WAN
        else:
            total += max(digit, 1 if sign == "十" else 0) * unit
        digit = 0
    shortened = unit // 10 if unit >= 100 and text[-1] in DIGITS and "零" not in text else 1  # 二千四 is 2,400
    return (total + digit * shortened) or None
