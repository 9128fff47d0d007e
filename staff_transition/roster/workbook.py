"""A file as grids of cells, with what a careful reader must know besides: what is hidden, merged, uncalculated, far away.

Runs in the child process of limited.py. Reading: pandas with calamine; the sheet's own XML is looked through first,
because one stray cell at XFD1048576 makes any reader that fills rectangles ask for 512 GiB.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from common.refusals import NotReadable
from staff_transition.roster.cells import Cell

MOST_ROWS = 30_000
MOST_COLUMNS = 150
MOST_CELLS = 1_500_000

SAVE_AGAIN = "请在 Excel 或 WPS 里打开，另存为 .xlsx 后再传。"


@dataclass
class Grid:
    """One sheet. Rows and columns count from 0 here; people see them as Excel names them."""

    name: str
    rows: list[list[Cell]]
    is_hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] | None = (
        None  # first row, first column, last row, last column; None: unknown
    )
    uncalculated: set[tuple[int, int]] = field(default_factory=set)  # formulas stored without a result
    broken: dict[tuple[int, int], str] = field(default_factory=dict)  # #N/A, #REF! …
    far: list[str] = field(default_factory=list)  # cells outside any table, ignored

    def cell(self, row: int, column: int) -> Cell:
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else None


@dataclass
class Book:
    """All sheets of a file, in its order."""

    kind: str  # xlsx, xls, csv
    grids: list[Grid]
    epoch_shift: int = 0  # days to add to serial numbers: 1462 where the workbook counts from 1904
    losses: list[str] = field(default_factory=list)  # what a marked copy cannot keep

    @property
    def is_typed(self) -> bool:
        """Whether a number and a text can be told apart."""
        return self.kind != "csv"


def read_book(content: bytes, kind: str) -> Book:
    """Raises NotReadable, in words, for a file that cannot be used."""
    if kind == "csv":
        return Book("csv", [Grid("", _csv_rows(content))])
    if kind == "xlsx":
        from staff_transition.roster.package import look_through

        return look_through(content, _excel_grids)
    return Book("xls", _excel_grids(content, with_merges=True))


def _excel_grids(content: bytes, *, with_merges: bool = False) -> list[Grid]:
    """The sheets as pandas reads them. `with_merges`: ask for merged cells too, which reads each sheet once more."""
    import pandas
    from python_calamine import PasswordError, SheetVisibleEnum

    try:
        file = pandas.ExcelFile(io.BytesIO(content), engine="calamine")
        tables = pandas.read_excel(file, sheet_name=None, header=None, dtype=object, na_filter=False)
        states = {each.name: each.visible for each in file.book.sheets_metadata}  # type: ignore[union-attr]
        merged = {name: _merged(file.book, str(name)) if with_merges else None for name in tables}
    except PasswordError:
        raise NotReadable(why="文件设了打开密码。", how="请取消密码后另存再传。") from None
    except Exception as error:  # the reader's own errors have no common base
        raise NotReadable(why=f"文件读不出来（{type(error).__name__}）。", how=SAVE_AGAIN) from error
    return [
        Grid(str(name), [[_plain(cell) for cell in row] for row in table.to_numpy().tolist()],
             states.get(str(name)) != SheetVisibleEnum.Visible, merged=merged[name])
        for name, table in tables.items()
    ]  # fmt: skip


def _merged(book: Any, name: str) -> list[tuple[int, int, int, int]] | None:
    ranges = book.get_sheet_by_name(name).merged_cell_ranges
    return None if ranges is None else [(*first, *last) for first, last in ranges]


def _plain(cell: Any) -> Cell:
    """A cell value without pandas' own types; clock times and durations become text, nobody means them in a roster."""
    if cell == "" or cell is None:
        return None
    if isinstance(cell, datetime):
        moment = cell.replace(tzinfo=None) if type(cell) is datetime else cell.to_pydatetime()  # type: ignore[attr-defined]
        return moment.date() if moment.time() == time() else moment
    if isinstance(cell, (time, timedelta)) or cell != cell or cell in (float("inf"), float("-inf")):
        return str(cell)
    return cell if isinstance(cell, (str, int, float, bool, date)) else str(cell)


def _csv_rows(content: bytes) -> list[list[Cell]]:
    text = _decoded(content)
    head = text[:20_000]
    delimiter = max("\t,;", key=lambda sign: (head.count(sign), sign == ","))
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([cell or None for cell in row])
            if len(rows) > MOST_ROWS:
                raise NotReadable(why=f"文件超过 {MOST_ROWS:,} 行。", how="请拆成几个文件后再传。")
    except csv.Error:
        raise NotReadable(why="CSV 文件的引号或换行不成对，读不出来。", how=SAVE_AGAIN) from None
    return rows


def _decoded(content: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with one (Excel's "Unicode text"), else GB18030, which Chinese Excel writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content.startswith(b"\x84\x31\x95\x33"):  # the mark of GB18030
        encodings = ["gb18030"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise NotReadable(why="认不出文件的文字编码。", how=SAVE_AGAIN)


REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def position(reference: str) -> tuple[int, int]:
    """F12 → (11, 5). Raises ValueError for anything else."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
