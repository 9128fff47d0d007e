"""The preview of an import: the user's own sheet, row by row, with what was found under each row."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField

from common.fields import MASKS
from staff_transition.models import RosterImport, Worker
from staff_transition.roster.cells import column_letters
from staff_transition.roster.columns import CERTAIN, CHOSEN, Column
from staff_transition.roster.fields import LABELS
from staff_transition.roster.findings import Finding
from staff_transition.roster.lines import LABELS as LINE_LABELS
from staff_transition.roster.lines import Kind

PER_PAGE = 50

SHOWN_HINTS = 3
OTHER_HINTS = "其他"
UNKNOWN_NAMES = ("team_unknown", "campus_unknown")
HINT_LABELS = {
    "not_insured": "未参保", "remark_protected": "备注待登记", "remark_implausible": "备注与本人不符", "over_age": "超龄",
    "contract_before_hire": "合同早于入职", "contract_expired": "合同到期", "date_month_only": "日期缺日", "id_tidied": "号码已整理",
    "wage_below_minimum": "低于最低工资", "wage_missing": "没有工资", "category_missing": "用工形式未填", "filled_down": "班组按上一行",
    "row_hidden": "隐藏行", "name_has_blank": "姓名有空格", "id_15_digits": "15 位身份证号", "set_aside": "按选择不导入",
}  # fmt: skip


@dataclass(frozen=True)
class CellShown:
    text: str
    mark: str  # err, ask or ""
    column: int = 0
    is_masked: bool = False


@dataclass(frozen=True)
class RowShown:
    """One row as on the user's screen. `skipped`: why it is not imported; then only its text is shown."""

    number: int
    cells: tuple[CellShown, ...]
    findings: tuple[Finding, ...]
    skipped: str = ""
    text: str = ""


@dataclass(frozen=True)
class ColumnShown:
    column: Column
    status: str  # good, warn or ""
    words: str


class Preview:
    """Everything the page asks for; one sheet and one page of rows at a time, chosen by the query string."""

    def __init__(self, roster_import: RosterImport, query: Any):
        self.roster_import = roster_import
        self.stored = roster_import.stored
        self.counts = roster_import.result["counts"]
        names = [sheet["name"] for sheet in self.stored.sheets]
        self.sheet_index = names.index(query["sheet"]) if query.get("sheet") in names else 0
        self.sheet = self.stored.sheets[self.sheet_index]
        self._findings: dict[int, list[Finding]] = defaultdict(list)
        for finding in self.stored.findings:
            if finding.sheet == self.sheet["name"]:
                self._findings[finding.row].append(finding)
        self.rows_shown = self._chosen_rows(query.get("rows"))
        self.page = self._page(query.get("page"))

    @cached_property
    def letters(self) -> list[str]:
        return [column_letters(index) for index in range(self.width)]

    @cached_property
    def width(self) -> int:
        """Columns shown: as far as the header or a finding reaches."""
        columns = [column["index"] for column in self.sheet["columns"]]
        return (
            max([*columns, *(each.column or 0 for found in self._findings.values() for each in found)], default=0) + 1
        )

    @property
    def problem_rows(self) -> int:
        return len(self._findings)

    @property
    def all_rows(self) -> int:
        return len(self.sheet["rows"])

    @property
    def error_rows(self) -> int:
        return len(self._with_errors)

    @cached_property
    def _with_errors(self) -> set[int]:
        return {row for row, found in self._findings.items() if any(each.is_error for each in found)}

    def _chosen_rows(self, wanted: str | None) -> str:
        """Which rows are shown: as asked, else the most urgent that there are."""
        if wanted in ("errors", "problems", "all"):
            return wanted
        if self._with_errors:
            return "errors"
        return "problems" if self._findings else "all"

    def _page(self, number: Any) -> Page[Any]:
        chosen = {"errors": self._with_errors, "problems": self._findings, "all": None}[self.rows_shown]
        rows = [row for row in self.sheet["rows"] if chosen is None or row[0] in chosen or row[1] == Kind.HEADER]
        return Paginator(rows, PER_PAGE).get_page(number)

    @property
    def hint_kinds(self) -> list[tuple[str, int]]:
        """The commonest hints in words, with their numbers."""
        labels = Counter(HINT_LABELS.get(each.code, OTHER_HINTS) for each in self.stored.findings if not each.is_error)
        return labels.most_common(SHOWN_HINTS)

    @property
    def rows(self) -> list[RowShown]:
        return [self._row(*row) for row in self.page.object_list]

    def _row(self, number: int, kind: str, texts: list[str]) -> RowShown:
        found = tuple(sorted(self._findings.get(number, ()), key=lambda each: not each.is_error))
        if kind not in (Kind.PERSON, Kind.HEADER):
            label = LINE_LABELS[Kind(kind)]
            return RowShown(number, (), found, label, " ".join(text for text in texts if text))
        if kind == Kind.HEADER:
            return RowShown(number, tuple(self._header_cells(texts)), found)
        return RowShown(number, tuple(self._cells(texts, found)), found)

    def _header_cells(self, texts: list[str]) -> list[CellShown]:
        return [CellShown(texts[index] if index < len(texts) else "", "", index) for index in range(self.width)]

    def _cells(self, texts: list[str], found: tuple[Finding, ...]) -> list[CellShown]:
        marks = {each.column: "err" if each.is_error else "ask" for each in reversed(found)}
        cells = []
        for index in range(self.width):
            text = texts[index] if index < len(texts) else ""
            mask = MASKS.get(self._fields.get(index, ""))
            shown = mask(text) if mask and text else text
            cells.append(CellShown(shown, marks.get(index, ""), index, shown != text))
        return cells

    @cached_property
    def _fields(self) -> dict[int, str]:
        return {column["index"]: column["field"] for column in self.sheet["columns"]}

    @cached_property
    def columns(self) -> list[ColumnShown]:
        return [
            self._column(Column(**column | {"samples": tuple(column["samples"])})) for column in self.sheet["columns"]
        ]

    def _column(self, column: Column) -> ColumnShown:
        mask = MASKS.get(column.field)
        column = Column(column.index, column.header, column.field, column.certainty,
                        tuple(mask(text) if mask else text for text in column.samples))  # fmt: skip
        if column.field == "remark" and self.counts["protected"]:
            words = f"{self.counts['protected']} 人备注涉及孕期、工伤等，导入后请到“受保护情形”登记"
            return ColumnShown(column, "warn", words)
        if column.question and column.certainty != CHOSEN and not self.sheet["is_remembered"]:
            return ColumnShown(column, "warn", column.question)
        if column.certainty in (CERTAIN, CHOSEN):
            return ColumnShown(column, "good", "一致" if column.certainty == CERTAIN else "按您选的")
        if not column.field:
            words = "与另一列重复，不导入" if column.certainty == "double" else "不认识，不导入"
            return ColumnShown(column, "", words)
        return ColumnShown(column, "warn", "按表头猜的，请确认")

    @property
    def doubtful_columns(self) -> list[ColumnShown]:
        return [each for each in self.columns if each.status == "warn"]

    @property
    def clear_columns(self) -> list[ColumnShown]:
        return [each for each in self.columns if each.status != "warn"]

    @property
    def field_labels(self) -> list[tuple[str, str]]:
        return list(LABELS.items())

    @property
    def left_out_rows(self) -> int:
        return sum(self.counts["left_out"].values())

    @property
    def unanswered(self) -> str:
        """How many teams and campuses must be chosen first, in words; "" for none."""
        result = self.roster_import.result
        numbers = ((len(result["unknown_teams"]), "班组"), (len(result["unknown_campuses"]), "校区"))
        return "、".join(f"{number} 个{label}" for number, label in numbers if number)

    @property
    def other_errors(self) -> int:
        """Errors that no choice of a team or campus settles."""
        return sum(each.is_error and each.code not in UNKNOWN_NAMES for each in self.stored.findings)

    @property
    def aside(self) -> int:
        """People left out by choice."""
        return sum(sum(texts.values()) for texts in self.roster_import.result.get("aside", {}).values())

    @property
    def can_import(self) -> bool:
        return bool(self.counts["good"]) and not self.roster_import.result["unknown_names"]


def changes_of(reading: dict[str, Any], page: Any) -> dict[str, Any]:
    """The stored comparison as people read it: numbers masked, codes in words, services and campuses by name."""
    from programme.models import Campus, Service

    names = {
        "service": dict(Service.objects.values_list("pk", "name")),
        "campus": dict(Campus.objects.values_list("pk", "name")),
    }
    comparison = reading["comparison"]
    shown = Paginator(comparison["changed"], PER_PAGE).get_page(page)
    return {
        "page": shown,
        "changed": [
            {"row": row, "sheet": sheet, "pk": pk, "name": name,
             "fields": [(_label(key), _say(key, old, names), _say(key, new, names)) for key, old, new in fields]}
            for sheet, row, pk, name, fields in shown.object_list
        ],
        "left_out": comparison["left_out"],
    }  # fmt: skip


def _label(key: str) -> str:
    return str(Worker._meta.get_field(key).verbose_name)  # type: ignore[union-attr]


def _say(key: str, value: Any, names: dict[str, dict[int, str]]) -> str:
    if key in names:
        return names[key].get(value, "—")
    about = Worker._meta.get_field(key)
    if isinstance(about, BooleanField):
        return {True: "是", False: "否"}.get(value, "未填")
    if value in (None, ""):
        return "—"
    if key in MASKS:
        return MASKS[key](value)
    return str(dict(about.flatchoices).get(value, value))  # type: ignore[union-attr]
