"""The facts that are rows of a worker as tables: columns taken from the models, filled for one service as a workbook."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models

from common.fields import mask_id_number
from common.xlsx import Column, Sheet, workbook
from staff_transition.models import ContractTerm, InsurancePeriod, LeaveYear, ServicePeriod, WageMonth, Worker
from staff_transition.roster.fact_tables import YES_NO, FactColumn, FactTable

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
