"""Finding the header of a sheet: within the first rows, in one row or two, whatever titles stand above it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from staff_transition.roster.cells import Cell, half_width, is_blank, squeeze, typed
from staff_transition.roster.columns import Column, is_roster, match_columns
from staff_transition.roster.workbook import Grid

SEARCHED_ROWS = 15


@dataclass(frozen=True)
class Header:
    """Where the header stands (rows from 0) and what it says, one text per column, white space removed."""

    first_row: int
    last_row: int
    texts: tuple[str, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return match_columns(self.texts)


def find_header(grid: Grid) -> Header | None:
    """The first row that names people, with the row below it when the head has two; None when there is none."""
    for row in range(min(SEARCHED_ROWS, len(grid.rows))):
        single = _single(grid, row)
        double = with_sub_header(grid, single)
        if double and not _divides_a_roster(grid, single, double):
            double = None
        if is_roster(single.columns):
            return double or single
        below_alone = row + 1 < len(grid.rows) and is_roster(_single(grid, row + 1).columns)
        if double and is_roster(double.columns) and not below_alone:  # else the line above a header is no part of it
            return double
    return None


def named_columns(grid: Grid, words: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, dict[str, int]]]:
    """Each row that may be a header, with the columns it names; the caller takes the first that names enough.

    A cell names what it holds the longest word of (用人单位依法登记 is no 用人单位); the first column of a name counts.
    """
    by_length = sorted(
        ((half_width(word), key) for key, many in words.items() for word in many), key=lambda pair: -len(pair[0])
    )
    for row in range(min(SEARCHED_ROWS, len(grid.rows))):
        named: dict[str, int] = {}
        for index, text in enumerate(head_texts(grid.rows[row])):
            key = next((key for word, key in by_length if word in half_width(text) and key not in named), None)
            if key:
                named[key] = index
        yield row, named


def _single(grid: Grid, row: int) -> Header:
    return Header(row, row, head_texts(grid.rows[row]))


def head_texts(row: list[Cell]) -> tuple[str, ...]:
    """The texts of a row as heads; a number or a date is no head."""
    return tuple(squeeze(typed(cell)) if isinstance(cell, str) else "" for cell in row)


def with_sub_header(grid: Grid, top: Header) -> Header | None:
    """`top` joined with the row below, when that may divide its columns (合同期限 over 起|止). None when it is no head."""
    below = top.first_row + 1
    if below >= len(grid.rows) or sum(map(bool, top.texts)) < 2:
        return None
    row = grid.rows[below]
    subs = head_texts(row)
    if not any(subs) or any(not is_blank(cell) and not isinstance(cell, str) for cell in row):
        return None
    if any(any(sign.isdigit() for sign in sub) and len(sub) > 8 for sub in subs):
        return None
    return Header(top.first_row, below, _joined(grid, top, subs))


def _divides_a_roster(grid: Grid, top: Header, joined: Header) -> bool:
    """Whether the two rows name more than the first, and the name column is not divided."""
    subs = head_texts(grid.rows[joined.last_row])
    return _names(joined) > _names(top) and not any(
        column.field == "name" and column.index < len(subs) and subs[column.index] and top.texts[column.index]
        for column in joined.columns
    )


def _joined(grid: Grid, top: Header, subs: tuple[str, ...]) -> tuple[str, ...]:
    width = max(len(top.texts), len(subs))
    texts: list[str] = []
    group = ""
    for column in range(width):
        head = top.texts[column] if column < len(top.texts) else ""
        sub = subs[column] if column < len(subs) else ""
        if head:
            group = head
        elif sub and not _is_under(grid, top.first_row, column):
            group = ""
        texts.append(f"{group}/{sub}" if group and sub and group != sub else (sub or head))
    return tuple(texts)


def _is_under(grid: Grid, row: int, column: int) -> bool:
    """Whether an empty head cell belongs to the merged head at its left; without knowledge of merges it does."""
    if grid.merged is None or not grid.merged:
        return True
    return any(
        first_row <= row <= last_row and first <= column <= last for first_row, first, last_row, last in grid.merged
    )


def _names(header: Header) -> int:
    """How many columns of the header are understood."""
    return sum(1 for column in header.columns if column.field)
