"""Writing workbooks that are safe to open: what people typed stays text, whatever sign it begins with.

A name like `=HYPERLINK(…)` is written as text with Excel's own quote prefix, so that neither opening the file nor
editing the cell turns it into a formula. Amounts and dates stay amounts and dates.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no way to write these
LONGEST = 32_767  # characters a cell may hold
EMPTY_ROWS = 1000  # below the last one, prepared for what people add
FORMATS = {"amount": "#,##0.00", "number": "General", "date": "yyyy-mm-dd", "month": "yyyy-mm", "text": "@"}
PORTRAIT = 90  # characters that an upright A4 page holds beside each other
SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its head, how its values are written, and its width in characters."""

    head: str
    kind: str = "text"  # text, number, amount, date, month
    width: float = 12
    choices: Sequence[str] = ()  # offered as a list in every cell; 255 characters in all are what Excel takes


@dataclass(frozen=True)
class Sheet:
    """One sheet: lines above the table, the table with its sums, lines below it."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    title: str = ""
    total: Sequence[Any] = ()
    above: Sequence[str] = field(default_factory=tuple)
    below: Sequence[str] = field(default_factory=tuple)


def safe_text(value: object) -> str:
    """The text without characters that a workbook cannot hold."""
    return FORBIDDEN.sub("", str(value))[:LONGEST]


def write_cell(cell: Any, value: Any, kind: str = "text") -> Any:
    """Put a value into an openpyxl cell: numbers and dates as such, everything else as text that never acts."""
    if value is None or value == "":
        return cell
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, date)):
        if not (text := safe_text(value)):
            return cell
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = True
        cell.number_format = FORMATS["text"]
    else:
        cell.value = value
        cell.number_format = FORMATS["date" if isinstance(value, date) and kind != "month" else kind]
    return cell


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as an .xlsx file, heads bold and frozen."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_sheet(book: Any, sheet: Sheet) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    rows = list(sheet.rows)
    page = book.create_sheet(SHEET_NAME.sub(" ", sheet.name)[:31])
    above = [line for line in (sheet.title, *sheet.above) if line]
    page.freeze_panes = f"A{len(above) + 2}"
    _set_up_print(page, sheet, len(above) + 1)
    for index, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(index)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].number_format = FORMATS[column.kind]  # of cells that people add
        if column.choices:
            offered = DataValidation(
                "list", formula1=f'"{",".join(column.choices)}"', allow_blank=True, showErrorMessage=True
            )
            offered.add(f"{letter}{len(above) + 2}:{letter}{len(above) + 1 + len(rows) + EMPTY_ROWS}")
            page.data_validations.append(offered)

    def cell(value: Any, kind: str = "text", bold: bool = False) -> Any:
        written = write_cell(WriteOnlyCell(page), value, kind)
        if bold:
            written.font = Font(bold=True)
        return written

    for number, line in enumerate(above):
        page.append([cell(line, bold=number == 0 and bool(sheet.title))])
    page.append([cell(column.head, bold=True) for column in sheet.columns])
    for row in rows:
        page.append([cell(value, column.kind) for value, column in zip(row, sheet.columns, strict=True)])
    if sheet.total:
        page.append([cell(value, column.kind, True) for value, column in zip(sheet.total, sheet.columns, strict=True)])
    for line in sheet.below:
        page.append([cell(line)])


def _set_up_print(page: Any, sheet: Sheet, head: int) -> None:
    """A4 with all columns on one page and the head on each; across where the columns would be too small upright."""
    from openpyxl.worksheet.properties import PageSetupProperties
    from openpyxl.worksheet.worksheet import Worksheet

    is_wide = sum(column.width for column in sheet.columns) > PORTRAIT
    page.page_setup.orientation = "landscape" if is_wide else "portrait"
    page.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0  # as many as it takes
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{head}:{head}"
