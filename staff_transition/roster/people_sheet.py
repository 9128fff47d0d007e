"""Sheets that say something of people known by their identity number: wages by month, the workbook of facts. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from staff_transition.roster.cells import Cell, is_blank, squeeze, typed
from staff_transition.roster.filling import lost_cells
from staff_transition.roster.findings import Finding, Note
from staff_transition.roster.header import head_texts
from staff_transition.roster.identity import read_identity, read_masked
from staff_transition.roster.workbook import Grid

WHO = {"name": ("姓名",), "id": ("身份证", "证件号")}
TOTAL_ROW = re.compile(r"^(合计|总计|小计|制表|审核|备注|说明)")


class Who(NamedTuple):
    """Whom a row is about: the number decides, and where it is masked the name with it."""

    number: str
    name: str

    @property
    def is_masked(self) -> bool:
        return "*" in self.number


@dataclass(frozen=True)
class FactLine:
    """What one row says of one person: values of one kind of fact. A field that has no column is not among them."""

    kind: str
    sheet: "PeopleSheet"
    row: int  # from 0
    who: Who
    values: Mapping[str, Any]

    def finding(self, field: str | None, note: Note) -> Finding:
        return self.sheet.finding(self.row, self.sheet.named.get(field or ""), note)

    def __str__(self) -> str:
        return f"{self.sheet.grid.name} 第 {self.row + 1} 行"


@dataclass
class Reading:
    lines: list[FactLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)  # sheet, why
    header_rows: dict[str, tuple[int, int]] = field(
        default_factory=dict
    )  # sheet → first and last, as Excel counts them

    @property
    def people(self) -> set[Who]:
        return {line.who for line in self.lines}


class PeopleSheet:
    """One sheet below its header: whom each row is about, and what is wrong with it, said at its cell."""

    def __init__(self, grid: Grid, top: int, named: Mapping[str, int], today: date):
        self.grid, self.top, self.named, self.today = grid, top, named, today
        self.heads = head_texts(grid.rows[top])
        self.lost = lost_cells(grid)
        self.findings: list[Finding] = []

    def people(self) -> Iterator[tuple[int, Who]]:
        """Rows (from 0) with the person; a row that names nobody is a finding, a total or a repeated head nothing."""
        for row in range(self.top + 1, len(self.grid.rows)):
            if self._is_about_people(row) and (who := self._who(row)):
                yield row, who

    def _is_about_people(self, row: int) -> bool:
        first = next((typed(cell) for cell in self.grid.rows[row] if not is_blank(cell)), "")
        if not first or TOTAL_ROW.match(squeeze(first)):
            return False
        return squeeze(typed(self.cell(row, "id"))) != self.heads[self.named["id"]]

    def _who(self, row: int) -> Who | None:
        cell, name = self.cell(row, "id"), typed(self.cell(row, "name"))
        if masked := read_masked(cell):
            return Who(masked, squeeze(name))
        identity, notes = read_identity(cell, self.today)
        if identity:
            return Who(identity.number, squeeze(name))
        missing = Note("id_missing", "没有身份证号，不知道是谁。请补上身份证号。")
        self.note(row, "id", next((note for note in notes if note.is_error), missing))
        return None

    def cell(self, row: int, key: str) -> Cell:
        return self.grid.cell(row, self.named[key]) if key in self.named else None

    def note(self, row: int, column: str | int | None, note: Note) -> None:
        index = self.named.get(column) if isinstance(column, str) else column
        self.findings.append(self.finding(row, index, note))

    def finding(self, row: int, column: int | None, note: Note) -> Finding:
        head = self.heads[column] if column is not None and column < len(self.heads) else ""
        return Finding.at(self.grid.name, row + 1, column, head, note)
