"""Chinese numerals for headings and dates in words for bills."""

from datetime import date

from common.money import DIGITS

PLAIN = "零一二三四五六七八九"


def heading_numeral(n: int) -> str:
    """一, 十, 十一, 二十, 一百零一, 一百一十 (never 一十一). Raises ValueError outside 1–999."""
    if not 1 <= n <= 999:
        raise ValueError(f"no heading has the number {n}")
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    text = f"{PLAIN[hundreds]}百" if hundreds else ""
    if tens:
        text += f"{PLAIN[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        text += "零"
    return text + (PLAIN[ones] if ones else "")


def document_date(day: date) -> str:
    """2026年1月5日: Arabic digits, no leading zero (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日"


def document_span(first: date, last: date) -> str:
    """2025年1月1日至2027年12月31日."""
    return f"{document_date(first)}至{document_date(last)}"


def bill_month_day(day: date) -> str:
    """Month and day in words with the guarding 零: 零贰月零捌日, 壹拾贰月零叁拾日."""
    month = ("零" if day.month in (1, 2, 10) else "") + _words(day.month)
    guarded = day.day < 10 or day.day in (10, 20, 30)
    return f"{month}月{'零' if guarded else ''}{_words(day.day)}日"


def _words(n: int) -> str:
    tens, ones = divmod(n, 10)
    return (f"{DIGITS[tens]}拾" if tens else "") + (DIGITS[ones] if ones else "")
