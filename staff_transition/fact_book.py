"""The facts that are rows of a worker as tables: columns taken from the models, filled for one service as a workbook.

The wages have a workbook of their own, the ledger: it is read back as a payroll.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from accounts.models import College
from common.fields import mask_id_number, mask_phone
from common.xlsx import Column, Sheet, workbook
from staff_transition.facts import ledger_of, our_names
from staff_transition.models import ContractTerm, InsurancePeriod, LeaveYear, ServicePeriod, WageMonth, Worker
from staff_transition.roster.fact_tables import YES_NO, FactColumn, FactTable
from staff_transition.rules.ledger import DEDUCTIONS, LedgerMonth
from staff_transition.rules.wages import COMPONENTS

MODELS: dict[str, type[models.Model]] = {
    "wage": WageMonth, "period": ServicePeriod, "contract": ContractTerm, "insurance": InsurancePeriod, "leave": LeaveYear,
}  # fmt: skip
KEYS = {
    "wage": ("month",), "period": ("first_day",), "contract": ("first_day",), "insurance": ("kind", "first_month"),
    "leave": ("year",),
}  # fmt: skip
WRITTEN = {"choice": "text", "yes_no": "text", "year": "number"}  # how a workbook holds them; the others as they are
WIDTHS = {"text": 18, "choice": 16}


def _column(field: models.Field) -> FactColumn:
    kind, words = _kind(field), {}
    if kind == "choice":
        words = {str(label): value for value, label in field.flatchoices}
    elif kind == "yes_no":
        words = YES_NO
    is_required = not (field.blank or field.null or field.has_default() or kind == "yes_no")
    return FactColumn(
        field.name, str(field.verbose_name), kind, words, getattr(field, "decimal_places", 0), field.get_default(), is_required
    )  # fmt: skip


def _kind(field: models.Field) -> str:
    if isinstance(field, models.DateField):
        return "month" if field.name.endswith("month") else "date"
    if isinstance(field, models.DecimalField):
        return "amount" if field.decimal_places == 2 else "number"
    if isinstance(field, models.BooleanField):
        return "yes_no"
    return "choice" if field.choices else "year" if isinstance(field, models.IntegerField) else "text"


TABLES = {
    kind: FactTable(
        kind, str(model._meta.verbose_name), KEYS[kind],
        [_column(field) for field in model._meta.concrete_fields if not field.primary_key and not field.is_relation],
    )
    for kind, model in MODELS.items()
}  # fmt: skip
BOOK = tuple(table for kind, table in TABLES.items() if kind != "wage")  # wages come from the payroll's own file
LEDGER = (
    "month", "days", "hours", *COMPONENTS, "gross", *DEDUCTIONS, "net", "paid_on", "receipt", "is_abnormal", "evidence",
)  # fmt: skip
EVIDENCE = {"none": "无", "part": "不全", "full": "齐全"}


def facts_of(kind: str, workers: list[int]) -> Iterable[Any]:
    """What is registered of a kind for the workers: one query."""
    return MODELS[kind]._default_manager.filter(worker__in=workers)


def fact_book(workers: list[Worker], *, is_full: bool) -> bytes:
    """A sheet a kind with the facts of the workers; who has none of a kind has a row to fill in. One query a kind."""
    return workbook([_sheet(table, workers, is_full) for table in BOOK])


def _sheet(table: FactTable, workers: list[Worker], is_full: bool) -> Sheet:
    facts: dict[int, list[Any]] = defaultdict(list)
    for fact in facts_of(table.kind, [worker.pk for worker in workers]):
        facts[fact.worker_id].append(fact)
    columns = [
        Column(column.head, WRITTEN.get(column.kind, column.kind), WIDTHS.get(column.kind, 12), tuple(column.words))
        for column in table.columns
    ]
    rows = [
        [worker.name, worker.id_number if is_full else mask_id_number(worker.id_number), *_cells(table, fact)]
        for worker in workers for fact in facts.get(worker.pk, [None])
    ]  # fmt: skip
    return Sheet(table.title, (Column("姓名"), Column("身份证号", width=22), *columns), rows)


def _cells(table: FactTable, fact: Any) -> list[Any]:
    if fact is None:
        return [None] * len(table.columns)
    values = [(column, getattr(fact, column.name)) for column in table.columns]
    return [column.said(value) if column.words and value not in (None, "") else value for column, value in values]


def wage_ledger(workers: Iterable[Worker], today: date, *, is_full: bool) -> bytes:
    """工资台账: a row a worker and month that the law asks for, the gaps too. Three queries. Whose ledger others keep has no row."""
    people, ours = list(workers), our_names()
    rows: dict[int, dict[date, WageMonth]] = defaultdict(dict)
    periods: dict[int, list[ServicePeriod]] = defaultdict(list)
    for row in facts_of("wage", [worker.pk for worker in people]):
        rows[row.worker_id][row.month] = row
    for period in facts_of("period", [worker.pk for worker in people]):
        periods[period.worker_id].append(period)
    columns = {column.name: column for column in TABLES["wage"].columns}
    heads = [
        Column(columns[name].head, WRITTEN.get(columns[name].kind, columns[name].kind), WIDTHS.get(columns[name].kind, 12))
        if name in columns else Column("应发合计", "amount")
        for name in LEDGER
    ]  # fmt: skip
    who = (
        Column("用人单位", width=22),
        Column("姓名"),
        Column("身份证号", width=22),
        Column("联系电话", width=14),
        Column("岗位"),
    )
    college = str(College.current() or "")
    cells = [
        [college, worker.name, worker.id_number if is_full else mask_id_number(worker.id_number), mask_phone(worker.phone), worker.post,
         *_of_month(each, rows[worker.pk].get(each.month)), EVIDENCE[each.evidence], "、".join(each.lacks)]
        for worker in people
        if (kept := ledger_of(worker, rows[worker.pk].values(), periods[worker.pk], ours, today)) for each in kept.months
    ]  # fmt: skip
    return workbook(
        [Sheet("工资台账", (*who, *heads, Column("证据"), Column("还缺", width=28)), cells, title="工资支付台账")]
    )


def _of_month(month: LedgerMonth, row: WageMonth | None) -> list[Any]:
    if row is None:
        return [month.month, *[None] * (len(LEDGER) - 1)]
    return [("是" if row.is_abnormal else "") if name == "is_abnormal" else getattr(row, name) for name in LEDGER]
