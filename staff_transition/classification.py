"""分类汇总: who works where and how, every figure the size of a list that it leads to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.http import urlencode

from staff_transition.bands import FROM_50, SERVICE_BANDS, born_within, hired_within
from staff_transition.listing import NONE, near_retirement, within
from staff_transition.models import Category, DispositionKind, Sex, Worker
from staff_transition.models.workers import WorkerQuerySet


@dataclass(frozen=True)
class Measure:
    """One column: whom it counts, and the filter of the list that shows them."""

    key: str
    label: str
    condition: Q
    query: dict[str, str]


@dataclass(frozen=True)
class Figure:
    """One number, with the query string of the people behind it."""

    count: int
    query: str


@dataclass(frozen=True)
class Row:
    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Table:
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row


BY = {"service": "服务项目", "campus": "校区"}
CATEGORIES = [*Category.choices, ("", "未填")]


def measures(day: date, workers: WorkerQuerySet) -> tuple[Measure, ...]:
    """The columns of the paper that speak of people; dispositions only as far as they occur."""
    protected = Worker.objects.protected_on(day).values("pk")
    used = set(workers.values_list("disposition__kind", flat=True).distinct().order_by())
    dispositions = [(kind, label) for kind, label in DispositionKind.choices if kind in used]
    return (
        Measure("people", "人数", Q(), {}),
        Measure("women", "其中女", Q(sex=Sex.FEMALE), {"sex": Sex.FEMALE}),
        Measure("from_50", FROM_50.label, within("birth_date", born_within(FROM_50, day)), {"age": FROM_50.key}),
        *(
            Measure(
                f"years_{band.key}",
                f"工龄 {band.label}",
                within("hired_on", hired_within(band, day)),
                {"years": band.key},
            )
            for band in SERVICE_BANDS
        ),
        Measure("insured", "参保", Q(is_insured=True), {"insured": "1"}),
        Measure("near", "临近退休且满 15 年", near_retirement(day), {"near": "1"}),
        Measure("protected", "受保护", Q(pk__in=protected), {"protected": "1"}),
        *(
            Measure(f"to_{kind}", label, Q(disposition__kind=kind), {"disposition": kind})
            for kind, label in dispositions
        ),
        Measure("undecided", "去向未定", Q(disposition=None), {"disposition": NONE}),
    )


def by_measure(workers: WorkerQuerySet, day: date, base: dict[str, Any]) -> Table:
    """Rows are kinds of employment, columns the measures. `base`: the filters that `workers` already stand under."""
    columns = measures(day, workers)
    counts = {f"n{index}": Count("pk", filter=column.condition) for index, column in enumerate(columns)}
    found: dict[str, Any] = {row["category"]: row for row in workers.order_by().values("category").annotate(**counts)}
    rows = [
        Row(label, tuple(
            Figure(found[category][f"n{index}"], _query(base, column.query | {"category": category or NONE}))
            for index, column in enumerate(columns)
        ))
        for category, label in CATEGORIES if category in found
    ]  # fmt: skip
    total = _total(rows, [_query(base, column.query) for column in columns])
    return Table(tuple(column.label for column in columns), tuple(rows), total)


def crossed(workers: WorkerQuerySet, by: str, base: dict[str, Any]) -> Table:
    """Rows are kinds of employment, columns the services or campuses."""
    order = ("service__category__order", "service__name") if by == "service" else ("campus__order", "campus__name")
    pairs = list(workers.order_by(*order).values_list("category", by, f"{by}__name").annotate(Count("pk")))
    columns = dict.fromkeys((key, name) for _, key, name, _ in pairs)
    counts = {(category, key): count for category, key, _, count in pairs}
    present = {category for category, _, _, _ in pairs}
    rows = []
    for category, label in CATEGORIES:
        if category in present:
            about = {"category": category or NONE}
            figures = [Figure(counts.get((category, key), 0), _query(base, about | {by: key})) for key, _ in columns]
            sum_of_row = Figure(sum(figure.count for figure in figures), _query(base, about))
            rows.append(Row(label, (*figures, sum_of_row)))
    total = _total(rows, [*(_query(base, {by: key}) for key, _ in columns), _query(base, {})])
    return Table((*(name for _, name in columns), "合计"), tuple(rows), total)


def _total(rows: Sequence[Row], queries: Sequence[str]) -> Row:
    sums = [sum(row.figures[index].count for row in rows) for index in range(len(queries))]
    return Row("合计", tuple(Figure(count, query) for count, query in zip(sums, queries, strict=True)))


def _query(base: dict[str, Any], more: dict[str, Any]) -> str:
    return urlencode({key: value for key, value in (base | more).items() if value not in (None, "")})
