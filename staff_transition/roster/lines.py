"""What each row below the header is: a person, or something that is left out and named."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from staff_transition.roster.cells import Cell, half_width, is_blank, is_number, squeeze, typed
from staff_transition.roster.columns import Column, is_roster, match_columns
from staff_transition.roster.header import Header, head_texts
from staff_transition.roster.words import CATEGORIES, SEXES
from staff_transition.roster.workbook import Grid


class Kind(StrEnum):
    TITLE = "title"
    HEADER = "header"
    PERSON = "person"
    BLANK = "blank"
    REPEATED = "repeated"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE = "note"
    NUMBER_ONLY = "number_only"
    OTHER_TABLE = "other_table"


LABELS = {
    Kind.TITLE: "标题行", Kind.HEADER: "表头", Kind.REPEATED: "重复的表头", Kind.TOTAL: "合计、小计行",
    Kind.SIGNATURE: "签字行", Kind.NOTE: "说明行", Kind.NUMBER_ONLY: "只有序号的空行", Kind.OTHER_TABLE: "另一张表",
}  # fmt: skip

TOTAL = re.compile(r"(本页|本表|全校|累计|.{0,8}[班组队处])?(合计|小计|总计|共计|总人数)|.{1,10}(小计|合计)(\d+人?)?")
SIGNATURE = re.compile(
    r"(制表|填表|填报|审核|复核|经办|负责|分管|主管|校对|制单|审批|领导|单位|部门)(人|单位|部门|领导|负责人)?(签字|签名|意见|盖章)?[:：]"
    r"|签字|签章|盖章|(日期|时间)[:：]"
)
NOTE = re.compile(r"[(（]?(注|备注|说明|填表说明|填写说明|附注)[:：]|注[:：]")
ID_LIKE = re.compile(r"\d{14,17}[\dXx]?|\d(\.\d+)?[Ee]\+?\d+")
LONG_TEXT = 16
WHERE_ONLY = {"seq", "campus", "team"}


@dataclass(frozen=True)
class Line:
    """One row of the sheet, from 0, and what it is."""

    row: int
    kind: Kind


def lines_of(grid: Grid, header: Header, columns: Sequence[Column]) -> list[Line]:
    """Every row of the sheet in order, judged by what the columns say."""
    heads = [Line(row, Kind.TITLE if row < header.first_row else Kind.HEADER) for row in range(header.last_row + 1)]
    judge = _Judge(grid, header, columns)
    return heads + [Line(row, judge.kind_of(row)) for row in range(header.last_row + 1, len(grid.rows))]


class _Judge:
    """Judges rows from top to bottom; remembers whether it is inside a table that is not about people."""

    def __init__(self, grid: Grid, header: Header, columns: Sequence[Column]):
        self.grid = grid
        self.place = {column.field: column.index for column in columns if column.field}
        self.heads = {column.index: column.header for column in columns}
        self.other = ""  # inside another table: of "things", or of "people" under other heads
        self.is_after_gap = False

    def kind_of(self, row: int) -> Kind:
        cells = self.grid.rows[row]
        filled = {index: cell for index, cell in enumerate(cells) if not is_blank(cell)}
        if not filled:  # but a row of formulas without results is not empty
            holds_formulas = any((row, index) in self.grid.uncalculated for index in self.place.values())
            return Kind.PERSON if holds_formulas else self._gap()
        kind = self._judge(cells, filled)
        self.is_after_gap = kind in (Kind.NOTE, Kind.TOTAL)
        return kind

    def _gap(self) -> Kind:
        self.is_after_gap = True
        return Kind.BLANK

    def _judge(self, cells: list[Cell], filled: dict[int, Cell]) -> Kind:
        if self.other != "people" and ID_LIKE.fullmatch(squeeze(half_width(typed(self._cell(cells, "id_number"))))):
            self.other = ""
            return Kind.PERSON
        if self._repeats_header(cells):
            self.other = ""
            return Kind.REPEATED
        if words := self._not_a_person(cells, filled):
            return words
        self.other = self._other_table(cells, filled) or self.other
        return Kind.OTHER_TABLE if self.other else Kind.PERSON

    def _cell(self, cells: list[Cell], field: str) -> Cell:
        index = self.place.get(field)
        return cells[index] if index is not None and index < len(cells) else None

    def _repeats_header(self, cells: list[Cell]) -> bool:
        texts = head_texts(cells)
        same = sum(1 for index, head in self.heads.items() if index < len(texts) and head and texts[index] == head)
        if same >= max(2, len(self.heads) // 2):
            return True
        name = self.place.get("name", 0)
        return same >= 1 and name < len(texts) and texts[name] == self.heads.get(name)

    def _not_a_person(self, cells: list[Cell], filled: dict[int, Cell]) -> Kind | None:
        """Rows without an identity number whose words say what they are."""
        remark = self.place.get("remark")
        texts = [squeeze(half_width(typed(cell))) for index, cell in filled.items() if index != remark]
        if any(TOTAL.fullmatch(text) for text in texts):
            return Kind.TOTAL
        if any(SIGNATURE.search(text) for text in texts):
            return Kind.SIGNATURE
        if any(NOTE.match(text) for text in texts):
            return Kind.NOTE
        if set(filled) <= self._where_only():
            is_note = len(filled) == 1 and not texts[0].isdigit()
            return Kind.NOTE if is_note else Kind.NUMBER_ONLY
        name = self.place.get("name")
        lone_words = len(filled) == 1 and (name not in filled or len(texts[0]) >= LONG_TEXT)
        return Kind.NOTE if lone_words else None

    def _where_only(self) -> set[int]:
        return {index for field, index in self.place.items() if field in WHERE_ONLY}

    def _other_table(self, cells: list[Cell], filled: dict[int, Cell]) -> str:
        """Whether another table begins: a header of people under other heads, or, after a gap, words where facts should be."""
        texts = head_texts(cells)
        if sum(map(bool, texts)) >= 3 and is_roster(match_columns(texts)):
            return "people"
        words_only = all(isinstance(cell, str) and not any(sign.isdigit() for sign in cell) for cell in filled.values())
        return "things" if self.is_after_gap and words_only and not self._looks_like_a_person(cells) else ""

    def _looks_like_a_person(self, cells: list[Cell]) -> bool:
        word = squeeze(half_width(typed(self._cell(cells, "category"))))
        sex = squeeze(typed(self._cell(cells, "sex"))).upper()
        return (
            word in CATEGORIES or sex in SEXES or isinstance(self._cell(cells, "hired_on"), date)
            or is_number(self._cell(cells, "monthly_wage"))
        )  # fmt: skip
