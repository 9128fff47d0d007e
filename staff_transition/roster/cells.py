"""One cell: its value as read, its text as a person would say it, its address as Excel names it."""

from datetime import date, datetime, time
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | None

BLANKS = " \u3000\xa0\u200b\ufeff"  # what people type around a value without seeing it
NOTHING = frozenset({"", "-", "--", "—", "——", "－", "/", "\\", "无", "暂无", "未填", "／"})  # how people write "none"
INVISIBLE = {0x200B: None, 0xFEFF: None}
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int | None) -> str:
    """F12: `row` as Excel counts it (from 1), `column` from 0. Without a column, the row alone."""
    return f"第 {row} 行" if column is None else f"{column_letters(column)}{row}"


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones."""
    return text if text.isascii() else text.translate(WIDE)


def squeeze(text: str) -> str:
    """Without any white space, for comparing heads and names."""
    return "".join(text.split()).translate(INVISIBLE)


def typed(cell: Cell) -> str:
    """The text of a cell as typed, without the blanks around it. Whole numbers lose the .0 that every number gets."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.replace("\x00", "").lstrip(BLANKS).rstrip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip(BLANKS + "\t\r\n\x00"))


def is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def says_nothing(cell: Cell) -> bool:
    """Blank, or one of the signs people write for "none"."""
    return is_blank(cell) or (isinstance(cell, str) and squeeze(cell) in NOTHING)
