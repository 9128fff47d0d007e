"""The programme board: services in the columns of their stages, with what the rooms above say of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Sum

from common.requests import whole_number
from programme.models import Measure, ScopeItem, Service, ServiceQuerySet, Stage
from programme.registry import BoardLine, board

WAN = 10_000
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Card:
    service: Service
    scope: str  # 五校区 27.88 万平方米
    people: int | None
    lines: tuple[BoardLine, ...]  # next steps, those with a deadline first


@dataclass(frozen=True)
class Lane:
    stage: Stage
    cards: tuple[Card, ...]

    @property
    def cost(self) -> Decimal | None:
        known = [card.service.yearly_cost for card in self.cards if card.service.yearly_cost is not None]  # type: ignore[attr-defined]
        return sum(known, Decimal(0)) if known else None


def lanes(services: Iterable[Service], today: date) -> list[Lane]:
    """All stages in order, empty ones too. Queries: one for scope, one for measures, those of the registry."""
    services = list(services)
    keys = [service.pk for service in services]
    scopes, late = scope_summaries(keys), late_measures(keys, today)
    sources = [of_services(keys) for of_services in board.lines]
    cards = [_card(service, scopes.get(service.pk, ""), late, sources) for service in services]
    return [Lane(stage, tuple(card for card in cards if card.service.stage == stage)) for stage in Stage]


def _card(service: Service, scope: str, late: dict[int, BoardLine], sources: list[dict[int, BoardLine]]) -> Card:
    lines = [source[service.pk] for source in (late, *sources) if service.pk in source]
    people = next((line.people for line in lines if line.people is not None), None)
    steps = sorted((line for line in lines if line.next_step), key=lambda line: line.deadline or date.max)
    return Card(service, scope, people, tuple(steps))


def late_measures(services: list[int], today: date) -> dict[int, BoardLine]:
    """The oldest overdue measure of each service: one query."""
    late = (
        Measure.objects.open().filter(due_on__lt=today, finding__service__in=services)
        .select_related("owner", "finding").order_by("-due_on")
    )  # fmt: skip
    return {
        measure.finding.service_id: BoardLine(next_step=f"整改：{measure.text}", deadline=measure.due_on, responsible=measure.responsible)
        for measure in late if measure.finding.service_id
    }  # fmt: skip


def scope_summaries(services: list[int]) -> dict[int, str]:
    """Each service's places and its largest measure: one query."""
    rows = (
        ScopeItem.objects.filter(service__in=services).order_by("service")
        .values_list("service", "unit", "campus__name").annotate(total=Sum("quantity"))
    )  # fmt: skip
    summaries = {}
    for service, group in groupby(rows, key=lambda row: row[0]):
        rows_here = list(group)
        campuses = list(dict.fromkeys(campus for _, _, campus, _ in rows_here))
        totals: dict[str, Decimal] = {}
        for _, unit, _, total in rows_here:
            totals[unit] = totals.get(unit, Decimal(0)) + total
        unit, total = max(totals.items(), key=lambda pair: pair[1])
        summaries[service] = f"{_places(campuses)} {_quantity(total)}{unit}"
    return summaries


def _places(campuses: list[str]) -> str:
    if len(campuses) <= 2:
        return "、".join(campuses)
    return f"{DIGITS[len(campuses)] if len(campuses) < len(DIGITS) else len(campuses)}校区"


def _quantity(total: Decimal) -> str:
    return f"{total / WAN:,.2f} 万" if total >= WAN else f"{total.normalize():,f} "


def filtered(services: ServiceQuerySet, query: Mapping[str, str], user: Any) -> ServiceQuerySet:
    """The filters of board and list: campus, category, only mine. A value that is no number is dropped."""
    for name, lookup in (("campus", "scope_items__campus"), ("category", "category")):
        if key := whole_number(query.get(name)):
            services = services.filter(**{lookup: key})
    if query.get("mine"):
        services = services.filter(officer=user)
    return services.distinct()
