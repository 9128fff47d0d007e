"""The user's own file with what was found written into it: coloured cells, notes, and the columns 错误 and 警告.

An .xlsx is edited with openpyxl, so values, formats, widths, lists and hidden columns stay; what it cannot keep was named
at reading (package.LOSSES). Of .xls and .csv a new workbook is made. Runs in the child process of limited.py.
"""

import io
from collections import defaultdict
from typing import Any

from common.xlsx import safe_text, write_cell
from staff_transition.roster.workbook import Grid, read_book

RED, AMBER = "FFF7C6C3", "FFFCE9B8"
HEADS = ("错误", "警告")
NOTE_SIZE = (260, 90)


def mark_arguments(kind: str, sheets: list[dict[str, Any]], findings: list[Any]) -> dict[str, Any]:
    """What the child needs to know: by sheet, where the header ends and what to write at which row and column."""
    marks: dict[str, list[Any]] = defaultdict(list)
    for finding in findings:
        marks[finding.sheet].append([finding.row, finding.column, finding.message, finding.is_error])
    return {
        "kind": kind,
        "sheets": [
            {"name": sheet["name"], "header_rows": sheet["header_rows"], "marks": marks[sheet["name"]]}
            for sheet in sheets
        ],
    }


def marked_copy(content: bytes, arguments: dict[str, Any]) -> bytes:
    """The marked workbook as .xlsx."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content)) if arguments["kind"] == "xlsx" else _rebuilt(content, arguments["kind"])
    for sheet in arguments["sheets"]:
        if sheet["name"] in book.sheetnames:
            _mark_sheet(book[sheet["name"]], sheet)
        elif not sheet["name"]:
            _mark_sheet(book.worksheets[0], sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rebuilt(content: bytes, kind: str) -> Any:
    """A workbook of the values, for formats that cannot be edited."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in read_book(content, kind).grids:
        _rebuild_sheet(book.create_sheet(grid.name[:31] or "花名册"), grid)
    return book


def _rebuild_sheet(page: Any, grid: Grid) -> None:
    for row, cells in enumerate(grid.rows, 1):
        for column, value in enumerate(cells, 1):
            if value is not None:
                write_cell(page.cell(row, column), value, "number")
    for row in grid.hidden_rows:
        page.row_dimensions[row + 1].hidden = True


def _mark_sheet(page: Any, sheet: dict[str, Any]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    first, last = sheet["header_rows"]
    free = _free_column(page, last, sheet["marks"])
    for offset, head in enumerate(HEADS):
        cell = write_cell(page.cell(first, free + offset), head)
        cell.font = Font(bold=True)
        page.column_dimensions[cell.column_letter].width = 48
    texts: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row, column, message, is_error in sheet["marks"]:
        texts[row, free + (0 if is_error else 1)].append(message)
        if column is not None:
            _mark_cell(
                page.cell(row, column + 1), message, PatternFill("solid", fgColor=RED if is_error else AMBER), is_error
            )
    for (row, column), messages in texts.items():
        cell = write_cell(page.cell(row, column), "\n".join(messages))
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _free_column(page: Any, header_row: int, marks: list[Any]) -> int:
    """The first column right of everything in the header and in the rows that are marked."""
    used = [1]
    rows = {header_row, *(mark[0] for mark in marks)}
    for (row, column), cell in page._cells.items():
        if row in rows and cell.value is not None:
            used.append(column)
    return max(used) + 1


def _mark_cell(cell: Any, message: str, fill: Any, is_error: bool) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment

    if isinstance(cell, MergedCell):
        return
    if is_error or cell.fill.fgColor.rgb != RED:
        cell.fill = fill
    if cell.comment is None:
        cell.comment = Comment(safe_text(message), "核对")
        cell.comment.width, cell.comment.height = NOTE_SIZE
