"""Rows → what the rules are told, in bulk: a fixed number of queries whatever the number of people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from accounts.models import College
from law.book import ParameterBook
from law.calendar import WorkCalendar
from law.parameters import book, work_calendar
from law.working import ParameterUse
from staff_transition.models import Disposition, PolicyChoice, ProtectedCondition, ServicePeriod, Worker
from staff_transition.models.workers import WorkerQuerySet
from staff_transition.rules.grounds import GROUNDS
from staff_transition.rules.person import DoubleWageFacts, LeaveFacts, Local, PersonFacts, Segment
from staff_transition.rules.policy import Policy
from staff_transition.rules.retirement import category_of

T = TypeVar("T", ProtectedCondition, ServicePeriod)

PROXY_YEARS = 3  # cap_screen looks at the last three data years
WITH_LEAVE = frozenset({"CONTRACT", "NO_WRITTEN_CONTRACT", "DISPATCH", "PUBLIC_POST", "OVER_AGE_NO_PENSION"})


def chosen_policy() -> Policy:
    """The switches as the college has set them, defaults elsewhere: one query."""
    return Policy(**dict(PolicyChoice.objects.values_list("key", "option")))


@dataclass
class Setting:
    """What all people of one computation share: parameters, calendar, policy. Built once: five queries."""

    book: ParameterBook = field(default_factory=book)
    calendar: WorkCalendar = field(default_factory=work_calendar)
    policy: Policy = field(default_factory=chosen_policy)
    province: str = field(default_factory=lambda: getattr(College.current(), "province", ""))
    _locals: dict[tuple[str, date], Local] = field(default_factory=dict)

    def local(self, district: str, day: date | None) -> Local:
        """The figures of `district` (孝感市孝南区) on the last day; nothing where that day is not set."""
        if day is None:
            return Local()
        if (found := self._locals.get((district, day))) is None:
            city = district.partition("市")[0] + "市" if "市" in district else district
            found = Local(
                min_wage=self.book.find("min_wage_monthly", district, day),
                average_wage=self.book.find("local_avg_wage_monthly", city, day),
                annual_wage=self.book.find("local_avg_wage_annual", city, day),
                proxy=self._proxy(day),
            )
            self._locals[district, day] = found
        return found

    def _proxy(self, day: date) -> ParameterUse | None:
        """The lowest private-sector average of the province in the last three data years, for screening only."""
        key = "avg_wage_annual_urban_private"
        rows = [
            row for row in self.book.series(key, self.province)
            if row.data_year is not None and day.year - PROXY_YEARS <= row.data_year < day.year
        ]  # fmt: skip
        if not rows:
            return None
        row = min(rows, key=lambda row: row.value)
        return ParameterUse(
            key, self.book.label(key), row.value, row.unit, row.place, row.since, row.source, row.trust, row.data_year
        )


@dataclass(frozen=True)
class Person:
    """One worker with what the rules are told about him."""

    worker: Worker
    disposition: Disposition | None
    facts: PersonFacts
    local: Local


def people(workers: WorkerQuerySet, setting: Setting, today: date) -> list[Person]:
    """Everybody in the queryset's order: three queries beside the setting's."""
    held = list(workers.select_related("disposition", "campus", "service__category").defer("phone", "bank_account"))
    ids = [worker.pk for worker in held]
    conditions = _grouped(ProtectedCondition.objects.filter(worker__in=workers.order_by().values("pk")))
    periods = _grouped(ServicePeriod.objects.filter(worker__in=workers.order_by().values("pk")))
    return [
        person_of(worker, conditions.get(pk, []), periods.get(pk, []), setting, today)
        for pk, worker in zip(ids, held, strict=True)
    ]


def _grouped(rows: Iterable[T]) -> Mapping[int, list[T]]:
    grouped: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        grouped[row.worker_id].append(row)
    return grouped


def person_of(
    worker: Worker, conditions: Iterable[ProtectedCondition], periods: Iterable[ServicePeriod], setting: Setting,
    today: date, sources: Mapping[str, str] | None = None,
) -> Person:  # fmt: skip
    """One worker, his disposition and the figures of his campus."""
    disposition = getattr(worker, "disposition", None)
    last_day = disposition.last_day if disposition else None
    facts = PersonFacts(
        ground=ground_code(disposition),
        category=worker.category,
        first_day=worker.hired_on,
        last_day=last_day,
        segments=_segments(worker, periods),
        average=worker.average_wage,
        average_without_overtime=worker.wage_without_overtime,
        last_month_wage=worker.last_month_wage,
        is_notice_given=None,
        notice_day=worker.notice_date,
        hours_per_day=worker.hours_per_day,
        days_per_week=worker.days_per_week,
        is_paid_by_hour=worker.paid_by_hour,
        pay_cycle_days=worker.pay_cycle_days,
        leave=_leave(worker, last_day),
        double_wage=_double_wage(worker, today),
        sex=worker.sex,
        birth_day=worker.birth_date,
        retirement_category=category_of(worker.sex, worker.female_category) if worker.sex else "",
        is_pension_drawn=worker.pension_drawn,
        protected=_protected(conditions, last_day or today),
        contract_to=worker.contract_to,
        contract_from=worker.contract_from,
        is_open_ended=worker.is_open_ended,
        fixed_terms=worker.fixed_terms_count,
        is_insured=worker.is_insured,
        is_hazard_post=worker.is_hazard_post,
        exit_check_day=worker.exit_check_on,
        union_office_until=worker.union_office_until,
        monthly_wage=worker.monthly_wage,
        sources=sources or {},
    )
    return Person(worker, disposition, facts, setting.local(worker.campus.district, last_day))


def ground_code(disposition: Disposition | None) -> str:
    """The ground that the disposition means; "" where none is set."""
    if disposition is None:
        return ""
    return disposition.ground if disposition.ground in GROUNDS else disposition.kind


def _segments(worker: Worker, periods: Iterable[ServicePeriod]) -> tuple[Segment, ...]:
    """Registered stretches, with the present employment added where none of them reaches it."""
    found = [
        Segment(each.first_day, each.last_day, each.is_paid, each.is_own_motion, each.employer) for each in periods
    ]
    if found and all(each.last_day is not None for each in found):
        found.append(Segment(worker.hired_on, employer="本校"))
    return tuple(found)


def _leave(worker: Worker, last_day: date | None) -> LeaveFacts | None:
    if worker.category not in WITH_LEAVE or last_day is None:
        return None
    first = max(worker.hired_on, date(last_day.year, 1, 1))
    return LeaveFacts(
        elapsed_days=max((last_day - first).days + 1, 0),
        cumulative_years=worker.cumulative_service_years,
        taken_days=worker.leave_taken_days,
        monthly_wage=worker.wage_without_overtime,
    )


def _double_wage(worker: Worker, today: date) -> DoubleWageFacts | None:
    if worker.category != "NO_WRITTEN_CONTRACT":
        return None
    return DoubleWageFacts(base=worker.monthly_wage or worker.average_wage, claim_day=today)


def _protected(conditions: Iterable[ProtectedCondition], day: date) -> tuple[str, ...]:
    return tuple(each.kind for each in conditions if each.since <= day and (each.until is None or day <= each.until))
