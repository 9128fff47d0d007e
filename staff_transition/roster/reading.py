"""A book read as a roster: which sheets, which columns, which people, and everything there is to say about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from common.refusals import NotReadable
from staff_transition.roster.cells import Cell, is_blank, typed
from staff_transition.roster.checks import check_person
from staff_transition.roster.columns import Column, chosen_columns, match_columns, signature
from staff_transition.roster.duplicates import check_duplicates
from staff_transition.roster.filling import fill_down, lost_cells
from staff_transition.roster.findings import Finding, Note, errors_of, hint, hints_of
from staff_transition.roster.header import SEARCHED_ROWS, Header, find_header
from staff_transition.roster.lines import Kind, Line, lines_of
from staff_transition.roster.people import Circumstances, Person, RowReader
from staff_transition.roster.workbook import Book, Grid

SAMPLES = 3
HIDDEN_ROW = hint("row_hidden", "在表里是隐藏的，也已读入；不要的请删掉这一行。")

Choice = Mapping[int, str]  # column index → field


@dataclass
class SheetReading:
    """One sheet that is a roster, as it was understood."""

    name: str
    header: Header
    columns: tuple[Column, ...]
    lines: list[Line]
    rows: list[list[Cell]]
    hidden_rows: list[int]  # as Excel counts them
    far: list[str]
    is_remembered: bool = False  # the columns come from an earlier correction

    @property
    def signature(self) -> str:
        return signature(self.header.texts)


@dataclass
class Reading:
    """The whole file."""

    sheets: list[SheetReading] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)  # sheet, why
    losses: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        return errors_of(self.findings)

    @property
    def hints(self) -> list[Finding]:
        return hints_of(self.findings)

    def at(self, person: Person, key: str, note: Note) -> Finding:
        """A note at the cell of a field of a person; at the row where the field has no column."""
        sheet = next(each for each in self.sheets if each.name == person.sheet)
        column = next((each for each in sheet.columns if each.field == key), None)
        index, header = (column.index, column.header) if column else (None, "")
        return Finding.at(person.sheet, person.row, index, header, note)

    @property
    def good_people(self) -> list[Person]:
        return [person for person in self.people if person.is_good]


def read_roster(
    book: Book, today: date, *, only_sheet: str = "", mappings: Mapping[str, Choice] | None = None
) -> Reading:
    """Read every sheet that looks like a roster.

    `only_sheet`: read this one alone, hidden or not. `mappings`: column choices by the signature of a header. Raises
    NotReadable when the named sheet is missing.
    """
    _require_sheet(book, only_sheet)
    reading = Reading(losses=book.losses)
    now = Circumstances(today, book.epoch_shift, book.is_typed)
    readers: dict[str, RowReader] = {}
    for grid in book.grids:
        why = _why_skipped(grid, only_sheet) or _read_sheet(grid, now, mappings or {}, reading, readers)
        if why:
            reading.skipped.append((grid.name, why))
    check_duplicates(reading.people, readers)
    for reader in readers.values():
        reading.findings += sorted(
            reader.findings, key=lambda each: (each.row, -1 if each.column is None else each.column)
        )
    return reading


def _require_sheet(book: Book, name: str) -> None:
    if name and name not in {grid.name for grid in book.grids}:
        names = "、".join(f"“{grid.name}”" for grid in book.grids)
        raise NotReadable(why=f"文件里没有工作表“{name}”。", how=f"现有 {names}，请改为其中一个。")


def _why_skipped(grid: Grid, only_sheet: str) -> str:
    if only_sheet:
        return "" if grid.name == only_sheet else "没有选这张表"
    if grid.is_hidden:
        return "隐藏的工作表"
    return "" if any(not is_blank(cell) for row in grid.rows for cell in row) else "空表"


def _read_sheet(
    grid: Grid, now: Circumstances, mappings: Mapping[str, Choice], reading: Reading, readers: dict[str, RowReader]
) -> str:
    """Read one sheet into `reading`; returns why it is skipped, "" when it is not."""
    header = find_header(grid)
    if header is None:
        return f"前 {SEARCHED_ROWS} 行里没有花名册的表头（姓名，加上身份证号、入职时间或工资）"
    choice = mappings.get(signature(header.texts))
    columns = chosen_columns(header.texts, choice) if choice else match_columns(header.texts)
    lines = lines_of(grid, header, columns)
    if not any(line.kind is Kind.PERSON for line in lines):
        return "有表头，没有人员"
    reader = readers[grid.name] = RowReader(grid.name, columns, now)
    reading.people += _read_people(grid, lines, reader)
    with_samples = tuple(_with_samples(grid, lines, column) for column in columns)
    hidden = sorted(row + 1 for row in grid.hidden_rows)
    reading.sheets.append(
        SheetReading(grid.name, header, with_samples, lines, grid.rows, hidden, grid.far, choice is not None)
    )
    return ""


def _read_people(grid: Grid, lines: Sequence[Line], reader: RowReader) -> list[Person]:
    filled = fill_down(grid, lines, reader.columns)
    lost = lost_cells(grid)
    people = []
    for line in lines:
        if line.kind is not Kind.PERSON:
            continue
        person = reader.person(line.row, filled.rows.get(line.row, grid.rows[line.row]), lost.get(line.row, {}))
        check_person(reader, person, reader.circumstances.today)
        for key, note in filled.guesses.get(line.row, ()):
            reader.note(person, key, note)
        if line.row in grid.hidden_rows:
            reader.note(person, "", HIDDEN_ROW)
        people.append(person)
    return people


def _with_samples(grid: Grid, lines: Sequence[Line], column: Column) -> Column:
    """The column with a few of its values, one of each form (date, number, text) first."""
    first_of_form: dict[type, str] = {}
    others: dict[str, None] = {}
    for line in lines[:200]:
        cell = grid.cell(line.row, column.index) if line.kind is Kind.PERSON else None
        if not is_blank(cell):
            first_of_form.setdefault(type(cell), typed(cell))
            others[typed(cell)] = None
    samples = dict.fromkeys([*first_of_form.values(), *others])
    return Column(column.index, column.header, column.field, column.certainty, tuple(samples)[:SAMPLES])
