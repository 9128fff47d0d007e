"""Cells that a row lacks in the file but not in meaning: merged groups, and values the file did not store."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from staff_transition.roster.cells import Cell, is_blank, typed
from staff_transition.roster.columns import Column
from staff_transition.roster.findings import Note, hint
from staff_transition.roster.lines import Kind, Line
from staff_transition.roster.workbook import Grid

FILLED_DOWN = ("campus", "team")  # columns whose cells people merge over the rows of one group


@dataclass
class Filled:
    """Rows whose empty campus or team takes the value above it, and which of those were guessed."""

    rows: dict[int, list[Cell]] = field(default_factory=dict)
    guesses: dict[int, list[tuple[str, Note]]] = field(default_factory=dict)  # row → field, note


def fill_down(grid: Grid, lines: Sequence[Line], columns: dict[str, Column]) -> Filled:
    """Carry campus and team down through merged cells; where nothing is merged too, but then with a hint."""
    filled = Filled()
    for key in FILLED_DOWN:
        if key in columns:
            _fill_column(grid, lines, key, columns[key].index, filled)
    return filled


def _fill_column(grid: Grid, lines: Sequence[Line], key: str, column: int, filled: Filled) -> None:
    merged = _merged_rows(grid, column)
    above: Cell = None
    for line in lines:
        if line.kind is Kind.TOTAL:
            above = None  # a subtotal ends its group
        if line.kind is not Kind.PERSON:
            continue
        cell = grid.cell(line.row, column)
        if not is_blank(cell):
            above = cell
        elif not is_blank(above):
            cells = filled.rows.get(line.row) or list(grid.rows[line.row])
            cells += [None] * (column + 1 - len(cells))
            cells[column] = above
            filled.rows[line.row] = cells
            if line.row not in merged:
                note = hint("filled_down", f"是空的，按上一行的“{typed(above)}”计，请核对。")
                filled.guesses.setdefault(line.row, []).append((key, note))


def _merged_rows(grid: Grid, column: int) -> set[int]:
    rows: set[int] = set()
    for first_row, first, last_row, last in grid.merged or ():
        if first <= column <= last and last_row > first_row:
            rows.update(range(first_row, min(last_row + 1, len(grid.rows))))
    return rows


def lost_cells(grid: Grid) -> dict[int, dict[int, Note]]:
    """By row and column: values the file does not hold, with why."""
    lost: dict[int, dict[int, Note]] = {}
    uncalculated = Note(
        "formula_uncalculated", "是公式，文件里没有存下结果。请在 Excel 或 WPS 里打开并保存，或改成数值。"
    )
    for row, column in grid.uncalculated:
        lost.setdefault(row, {})[column] = uncalculated
    for (row, column), text in grid.broken.items():
        lost.setdefault(row, {})[column] = Note("cell_broken", f"单元格是错误值 {text}。请改成正确的内容。")
    return lost
