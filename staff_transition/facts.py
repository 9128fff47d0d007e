"""Rows → what the rules are told, in bulk: a fixed number of queries whatever the number of people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import College
from common.values import value
from law.articles.labour_contract import SINCE as LAW_SINCE
from law.book import ParameterBook
from law.calendar import WorkCalendar
from law.parameters import book, work_calendar
from law.working import ParameterUse
from staff_transition.models import (
    Adjustment,
    ContractTerm,
    Disposition,
    InsurancePeriod,
    LeaveYear,
    Offer,
    PolicyChoice,
    ProtectedCondition,
    SchemeStep,
    ServicePeriod,
    WageMonth,
    Worker,
)
from staff_transition.models.workers import WorkerQuerySet
from staff_transition.rules.contracts import Gap, State, Term, carried, fixed_terms, gaps
from staff_transition.rules.entitlement import SIGNED, judged
from staff_transition.rules.grounds import GROUNDS
from staff_transition.rules.leave import leave_of
from staff_transition.rules.ledger import KEPT_BY_OTHERS, Ledger, ledger
from staff_transition.rules.months import DAY, add_months
from staff_transition.rules.person import (
    LOST_CAPACITY,
    Differing,
    DoubleWageFacts,
    Extra,
    LeaveFacts,
    Local,
    OfferFacts,
    PersonFacts,
    Segment,
)
from staff_transition.rules.policy import Policy
from staff_transition.rules.procedure import UNION_LETTER
from staff_transition.rules.retirement import category_of
from staff_transition.rules.tax import table_of
from staff_transition.rules.wages import COMPONENTS, MonthWage, Wages, wages_of

PROXY_YEARS = 3  # cap_screen looks at the last three data years
WAGE_COLUMNS = ("worker_id", "month", *COMPONENTS, "net", "is_abnormal", "evidence")  # on which amounts depend
NOBODY_TOLD: Mapping[str, date] = {}
OURS = "本校"  # an employer of a period of work, written so or by the college's name
WITH_CONTRACT = SIGNED | {"NO_WRITTEN_CONTRACT"}  # whose lack of one costs a double wage
WITH_LEAVE = frozenset({"CONTRACT", "NO_WRITTEN_CONTRACT", "DISPATCH", "PUBLIC_POST", "OVER_AGE_NO_PENSION"})


def chosen_policy() -> Policy:
    """The switches as the college has set them, defaults elsewhere: one query."""
    return Policy(**dict(PolicyChoice.objects.values_list("key", "option")))


def unions_told() -> dict[tuple[int, int], dict[str, date]]:
    """(service, worker) → ground → when the union was told that reason: the finished steps of the adopted schemes name them."""
    found: dict[tuple[int, int], dict[str, date]] = defaultdict(dict)
    steps = SchemeStep.objects.done(UNION_LETTER).values_list("scheme__service", "people", "done_on")
    for service, people, day in steps:
        if day is not None:
            for worker, ground in people.items():
                found[service, int(worker)][ground] = day
    return dict(found)


@dataclass
class Setting:
    """What all people of one computation share: parameters, calendar, policy. Built once: six queries."""

    book: ParameterBook = field(default_factory=book)
    calendar: WorkCalendar = field(default_factory=work_calendar)
    policy: Policy = field(default_factory=chosen_policy)
    province: str = field(default_factory=lambda: getattr(College.current(), "province", ""))
    union_told: dict[tuple[int, int], dict[str, date]] = field(default_factory=unions_told)
    _locals: dict[tuple[str, date], Local] = field(default_factory=dict)

    def local(self, district: str, day: date | None) -> Local:
        """The figures of `district` (孝感市孝南区) on the last day; nothing where that day is not set."""
        if day is None:
            return Local()
        if (found := self._locals.get((district, day))) is None:
            city = district.partition("市")[0] + "市" if "市" in district else district
            found = Local(
                min_wage=self.book.find("min_wage_monthly", district, day),
                min_wage_hourly=self.book.find("min_wage_hourly", district, day),
                average_wage=self.book.find("local_avg_wage_monthly", city, day),
                annual_wage=self.book.find("local_avg_wage_annual", city, day),
                proxy=self._proxy(day),
                tax_table=table_of(self.book, day),
            )
            self._locals[district, day] = found
        return found

    def _proxy(self, day: date) -> ParameterUse | None:
        """The lowest private-sector average of the last three data years that are known, for screening only.

        Older figures are lower: they can only make the screen ask more often.
        """
        key = "avg_wage_annual_urban_private"
        rows = [
            row
            for row in self.book.series(key, self.province)
            if row.data_year is not None and row.data_year < day.year
        ]
        rows = sorted(rows, key=lambda row: row.data_year or 0)[-PROXY_YEARS:]
        if not rows:
            return None
        row = min(rows, key=lambda row: row.value)
        return ParameterUse(
            key, self.book.label(key), row.value, row.unit, row.place, row.since, row.source, row.trust, row.data_year
        )


@value
class Known:
    """The rows that belong to one worker beside the worker's own."""

    conditions: Sequence[ProtectedCondition] = ()
    periods: Sequence[ServicePeriod] = ()
    wages: Sequence[Any] = ()  # WageMonth, or WAGE_COLUMNS of it
    insurance: Sequence[InsurancePeriod] = ()
    leave: Sequence[LeaveYear] = ()
    adjustments: Sequence[Adjustment] = ()
    terms: Sequence[ContractTerm] = ()
    offers: Sequence[Offer] = ()

    @classmethod
    def of(cls, worker: Worker) -> "Known":
        """Everything about one person, with the wage ledger: eight queries."""
        return known_of(Worker.objects.filter(pk=worker.pk), with_ledger=True).get(worker.pk, cls())


def known_of(workers: WorkerQuerySet, *, with_ledger: bool = False) -> dict[int, Known]:
    """The rows of everybody in the queryset: eight queries. Without the ledger of wages, on which no amount depends."""
    ids = workers.order_by().values("pk")
    counting = Adjustment.objects.counting().select_related("made_by", "confirmed_by")
    wages: Any = WageMonth.objects.all()
    if not with_ledger:
        wages = wages.values_list(*WAGE_COLUMNS, named=True)  # twice as fast as rows
    rows: dict[str, Any] = {
        "conditions": ProtectedCondition.objects.all(), "periods": ServicePeriod.objects.all(), "wages": wages,
        "insurance": InsurancePeriod.objects.all(), "leave": LeaveYear.objects.all(), "adjustments": counting,
        "terms": ContractTerm.objects.all(), "offers": Offer.objects.all(),
    }  # fmt: skip
    grouped: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for name, found in rows.items():
        for row in found.filter(worker__in=ids):
            grouped[row.worker_id][name].append(row)
    return {worker: Known(**found) for worker, found in grouped.items()}


@value
class Tried:
    """A disposition that is only tried out: what Disposition says of ground and day, without a row."""

    kind: str
    ground: str
    last_day: date | None
    forced_reason: str = ""


@value
class Person:
    """One worker with what the rules are told about him."""

    worker: Worker
    disposition: Disposition | Tried | None
    facts: PersonFacts
    local: Local
    known: Known = field(default_factory=Known)  # as registered: much of `facts` moves with today where no day is set


def people(
    workers: WorkerQuerySet, setting: Setting, today: date, sources: Mapping[int, Mapping[str, str]] | None = None
) -> list[Person]:
    """Everybody in the queryset's order: a fixed number of queries. `sources`: worker → fact → who entered it."""
    held = list(workers.select_related("disposition", "campus", "service__category").defer("phone", "bank_account"))
    known, nothing = known_of(workers), Known()
    said = sources or {}
    return [person_of(worker, known.get(worker.pk, nothing), setting, today, said.get(worker.pk)) for worker in held]


def person_of(
    worker: Worker, known: Known, setting: Setting, today: date, sources: Mapping[str, str] | None = None,
    disposition: Disposition | Tried | None = None,
) -> Person:  # fmt: skip
    """One worker and the figures of his campus under his own disposition, or under another that is only tried out."""
    disposition = disposition or getattr(worker, "disposition", None)
    last_day = disposition.last_day if disposition else None
    wages = _wages(worker, known.wages, last_day, setting, today)
    average, without, last_month = _averages(worker, wages)
    contracts = [
        Term(each.first_day, each.last_day, each.signed_on, each.kind)
        for each in known.terms if each.kind != ContractTerm.Kind.OVER_AGE
    ]  # fmt: skip
    ends, terms = _contract_end(worker, contracts), _fixed_terms(worker, contracts)
    facts = PersonFacts(
        ground=ground_code(disposition),
        forced_reason=disposition.forced_reason if disposition else "",
        category=worker.category,
        first_day=worker.hired_on,
        last_day=last_day,
        segments=_segments(worker, known.periods),
        average=average,
        average_without_overtime=without,
        wages=wages,
        last_month_wage=last_month,
        is_notice_given=None,
        notice_day=worker.notice_date,
        hours_per_day=worker.hours_per_day,
        days_per_week=worker.days_per_week,
        is_paid_by_hour=worker.paid_by_hour,
        pay_cycle_days=worker.pay_cycle_days,
        sex=worker.sex,
        birth_day=worker.birth_date,
        retirement_category=category_of(worker.sex, worker.female_category) if worker.sex else "",
        is_pension_drawn=worker.pension_drawn,
        protected=_protected(worker, known.conditions, last_day or today),
        states=tuple(State(each.kind, each.since, each.until) for each in known.conditions),
        contract_to=ends,
        contract_from=worker.contract_from,
        is_open_ended=worker.is_open_ended if not contracts else ends is None,
        fixed_terms=max(terms, default=None),  # one contract registered never makes the others undone
        differing_terms=terms if len(set(terms)) > 1 else (),
        differing=tuple(_differing(worker, contracts, ends, known.insurance, last_day or today)),
        entered_average=worker.average_wage if worker.average_wage != average else None,
        has_agreement=_has_agreement(worker, known.terms, last_day or today),
        offers=_offers(known.offers),
        unlicensed=tuple(each.employer for each in known.periods if each.is_licensed is False),
        unproved=tuple(
            each.employer for each in known.periods if each.is_paid and not (each.paid_amount and each.paid_on)
        ),
        is_insured=worker.is_insured,
        insured_months=_insured_months(worker, known.insurance, last_day or today),
        has_injury_insurance=_has_injury_insurance(known.insurance, last_day or today),
        cash_for_insurance=_cash_for_insurance(known.insurance, last_day or today),
        is_rural=worker.is_rural,
        own_contributions=worker.own_contributions,
        extras=tuple(extra_of(each) for each in known.adjustments),
        is_hazard_post=worker.is_hazard_post,
        exit_check_day=worker.exit_check_on,
        exit_check_result=worker.exit_check_result,
        disability_grade=worker.disability_grade,
        is_work_disability=_is_work_disability(worker, known.conditions),
        postponed_until=worker.postponed_until,
        early_on=worker.early_on,
        early_told_on=worker.early_told_on,
        contribution_months=worker.contribution_months,
        union_office_until=worker.union_office_until,
        union_told=setting.union_told.get((worker.service_id, worker.pk), NOBODY_TOLD),  # type: ignore[attr-defined]
        monthly_wage=worker.monthly_wage,
        sources=_sources(sources, known.wages, wages),
    )
    employed = judged(facts)  # what leave and contracts follow, whatever the roster calls it
    unsigned = _gaps(worker, facts, employed, contracts)
    facts = facts.but(
        gaps=unsigned, double_wages=_double_wages(worker, employed, contracts, unsigned, known.wages, today),
        leave=_leave(worker, employed, known.leave, last_day, without),
        earlier_leave=_earlier_leave(worker, employed, known.leave, last_day, without),
    )  # fmt: skip
    return Person(worker, disposition, facts, setting.local(worker.campus.district, last_day), known)


def our_names() -> frozenset[str]:
    """How a period of work names the college as the employer: one query."""
    return frozenset({OURS, getattr(College.current(), "name", OURS)})


def ledger_of(
    worker: Worker, rows: Iterable[WageMonth], periods: Iterable[ServicePeriod], ours: Collection[str], today: date
) -> Ledger | None:
    """What the wage ledger of one worker must show and what it lacks; None where another employer keeps it."""
    if worker.category in KEPT_BY_OTHERS:
        return None
    disposition = getattr(worker, "disposition", None)
    elsewhere = [(each.first_day, each.last_day) for each in periods if each.employer not in ours]
    last_day = worker.left_on or (disposition.last_day if disposition else None)
    return ledger(rows, worker.hired_on, last_day, today, is_rural=worker.is_rural, elsewhere=elsewhere)


def agencies_of(workers: Iterable[int]) -> dict[int, str]:
    """Worker → the dispatch agency: the party to the latest registered contract."""
    terms = ContractTerm.objects.filter(worker__in=list(workers)).exclude(signatory="")
    return dict(terms.order_by("first_day").values_list("worker", "signatory"))


def ground_code(disposition: Disposition | Tried | None) -> str:
    """The ground that the disposition means; "" where none is set."""
    if disposition is None:
        return ""
    return disposition.ground if disposition.ground in GROUNDS else disposition.kind


def _segments(worker: Worker, periods: Iterable[ServicePeriod]) -> tuple[Segment, ...]:
    """Registered stretches, with the present employment added wherever none of them covers it.

    Work counts from its first day (LCL_47_1), so days since the hire that nobody registered count, unless the worker had left.
    What is registered within the employment, paid or left of his own accord, is never counted over again.
    """
    found = [
        Segment(each.first_day, each.last_day, each.is_paid, each.is_own_motion, each.employer) for each in periods
    ]
    within = [each for each in found if each.last_day is None or each.last_day >= worker.hired_on]
    uncovered, has_left = worker.hired_on, False
    for each in sorted(within, key=lambda each: each.first_day):
        if each.first_day > uncovered and not has_left:
            found.append(Segment(uncovered, each.first_day - DAY, employer=OURS, is_assumed=True))
        if each.last_day is None:
            break
        if each.last_day >= uncovered:
            uncovered, has_left = each.last_day + DAY, each.is_own_motion
    if found and all(each.last_day is not None for each in found):
        found.append(Segment(uncovered, employer=OURS))
    return tuple(found)


def _wages(worker: Worker, rows: Sequence[Any], last_day: date | None, setting: Setting, today: date) -> Wages | None:
    """The twelve months before the last day; None where no month is registered or the day is not set."""
    if not rows or last_day is None:
        return None
    places = [(each, setting.local(worker.campus.district, each.month)) for each in rows]
    months = (
        MonthWage(
            each.month, **{name: getattr(each, name) for name in COMPONENTS},
            minimum=place.min_wage.value if place.min_wage else None,
            hourly=place.min_wage_hourly.value if place.min_wage_hourly else None, net=each.net, is_abnormal=each.is_abnormal,
        )
        for each, place in places
    )  # fmt: skip
    return wages_of(months, worker.hired_on, last_day, today)


def _sources(given: Mapping[str, str] | None, rows: Sequence[Any], wages: Wages | None) -> Mapping[str, str]:
    """Who entered what; an average made of months comes from the paper of the last of them."""
    if not given or wages is None or not wages.is_complete:
        return given or {}
    last = next((row.evidence for row in rows if row.month == wages.months[-1].month), "")
    return {**given, "average": last} if last else given


def _averages(worker: Worker, wages: Wages | None) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Average, average without overtime, last month: the months decide where they are complete, else what was entered.

    A last month that was idle or out of the ordinary is no measure of notice pay (REG_20): a person enters that of a normal one.
    """
    if wages is None or not wages.is_complete:
        return worker.average_wage, worker.wage_without_overtime, worker.last_month_wage
    last = (
        worker.last_month_wage
        if worker.last_month_wage is not None or not wages.is_last_normal
        else wages.months[-1].gross
    )
    return wages.average, wages.average_without_overtime, last


def extra_of(each: Adjustment) -> Extra:
    source = f"{each.made_by} 登记，{each.confirmed_by} 复核，{each.evidence}"
    return Extra(each.kind, each.get_kind_display(), each.amount, each.reason, source)


def _insured_months(worker: Worker, rows: Sequence[InsurancePeriod], until: date) -> int | None:
    """Months since 2008 or the hire, up to `until`, in which a pension contribution was paid."""
    if not rows:
        return None
    first, last = max(worker.hired_on, LAW_SINCE).replace(day=1), until.replace(day=1)
    paid: set[date] = set()
    for row in rows:
        if row.kind not in (InsurancePeriod.Kind.PENSION, InsurancePeriod.Kind.ALL):
            continue
        month, end = max(row.first_month.replace(day=1), first), min((row.last_month or last).replace(day=1), last)
        while month <= end:
            paid.add(month)
            month = add_months(month, 1)
    return len(paid)


def _earlier_leave(
    worker: Worker, employed: str, rows: Sequence[LeaveYear], last_day: date | None, monthly: Decimal | None
) -> tuple[tuple[int, LeaveFacts], ...]:
    """Past years with what was taken; the entitlement is that of the working life at the end of that year."""
    if employed not in WITH_LEAVE or last_day is None:
        return ()
    hired, cumulative, found = worker.hired_on, worker.cumulative_service_years, []
    years = {each.year for each in rows} | ({worker.leave_taken_year} if worker.leave_taken_year else set())
    for year in sorted(years, reverse=True):
        leave = leave_of(year, hired, last_day, cumulative, *_taken(worker, rows, year), monthly)
        if leave and year < last_day.year:
            found.append((year, leave))
    return tuple(found)


def _leave(
    worker: Worker, employed: str, rows: Sequence[LeaveYear], last_day: date | None, monthly: Decimal | None
) -> LeaveFacts | None:
    if employed not in WITH_LEAVE or last_day is None:
        return None
    first = max(worker.hired_on, date(last_day.year, 1, 1))
    taken, exclusion = _taken(worker, rows, last_day.year)
    return LeaveFacts(
        last_day.year,
        elapsed_days=max((last_day - first).days + 1, 0),
        cumulative_years=worker.cumulative_service_years,
        taken_days=taken,
        exclusion=exclusion,
        monthly_wage=monthly,
    )


def _taken(worker: Worker, rows: Iterable[LeaveYear], year: int) -> tuple[Decimal | None, str]:
    """Days taken and why nothing is owed, of one year: its own row decides, else the roster's figure if it is of that year."""
    if row := next((each for each in rows if each.year == year), None):
        return row.taken_days, row.exclusion
    return (worker.leave_taken_days, "") if worker.leave_taken_year == year else (None, "")


def _contract_end(worker: Worker, contracts: Sequence[Term]) -> date | None:
    """When the latest contract runs out: by its own row where contracts are registered, else as the roster has it."""
    latest = max(contracts, key=lambda each: each.first_day, default=None)
    return latest.last_day if latest else worker.contract_to


def _fixed_terms(worker: Worker, contracts: Sequence[Term]) -> tuple[int, ...]:
    """How many fixed terms there were, by each source that says so: the roster, the contracts registered one by one."""
    said = (worker.fixed_terms_count, fixed_terms(contracts) if contracts else None)
    return tuple(each for each in said if each is not None)


def _gaps(worker: Worker, facts: PersonFacts, employed: str, contracts: Sequence[Term]) -> tuple[Gap, ...]:
    """Work without a written contract up to the last day; without registered contracts, what the roster's one leaves open."""
    last_day = facts.last_day
    if employed not in WITH_CONTRACT or last_day is None:
        return ()
    if not contracts and not (employed in SIGNED and facts.has_named_contract):
        return ()
    return gaps(worker.hired_on, _carried(contracts or [_on_the_roster(worker)], facts, last_day), last_day)


def _carried(contracts: Sequence[Term], facts: PersonFacts, last_day: date) -> Sequence[Term]:
    """The contracts with the ends that the law gave them; an office in the union, whose first day is not known, carries the latest."""
    if not (facts.states or facts.union_office_until):
        return contracts
    latest = max(contracts, key=lambda each: each.first_day)
    return [
        replace(each, last_day=facts.contract_end if each is latest else carried(each.last_day, facts.carrying, last_day))
        if each.last_day else each
        for each in contracts
    ]  # fmt: skip


def _on_the_roster(worker: Worker) -> Term:
    """The contract of the roster. The first of several is not on it: those are taken to have begun with the hire."""
    first = worker.hired_on if (worker.fixed_terms_count or 0) > 1 else worker.contract_from or worker.hired_on
    return Term(first, worker.contract_to, first)


def _double_wages(
    worker: Worker, employed: str, contracts: Sequence[Term], unsigned: Iterable[Gap], rows: Sequence[WageMonth], today: date
) -> tuple[DoubleWageFacts, ...]:  # fmt: skip
    """The wage of each month where it is registered and was a normal one, else the agreed one, else the average of the settlement."""
    if employed == "NO_WRITTEN_CONTRACT" and not contracts:
        return (
            DoubleWageFacts(base=worker.monthly_wage, wages=_fixed_wages(rows), claim_day=today, counted_until=today),
        )
    return tuple(
        DoubleWageFacts(
            first_day=gap.double_from,
            last_day=gap.double_until,
            base=worker.monthly_wage,
            wages=_fixed_wages(rows),
            claim_day=today,
            is_renewal=gap.is_renewal,
            counted_until=today,
        )
        for gap in unsigned
    )


def _fixed_wages(rows: Iterable[WageMonth]) -> tuple[tuple[date, Decimal], ...]:
    """The wage that is due every month alike, without overtime, bonus and what nights and heat are paid with."""
    return tuple((each.month, each.basic + each.allowance) for each in rows if each.basic and not each.is_abnormal)


def _has_agreement(worker: Worker, terms: Sequence[ContractTerm], day: date) -> bool:
    """A signed paper holds on `day`: a registered one, or without any the contract of the roster."""
    if not terms and worker.category != "NO_WRITTEN_CONTRACT":
        return worker.is_open_ended or bool(worker.contract_to and day <= worker.contract_to)
    return any(
        each.signed_on and each.first_day <= day and (each.last_day is None or day <= each.last_day) for each in terms
    )


def _offers(rows: Iterable[Offer]) -> tuple[OfferFacts, ...]:
    return tuple(
        OfferFacts(
            each.kind,
            each.offered_on,
            each.answer_by,
            each.post,
            each.monthly_pay,
            each.answer,
            each.answered_on,
            each.terms,
        )
        for each in rows
    )


def _differing(
    worker: Worker, contracts: Sequence[Term], ends: date | None, insurance: Sequence[InsurancePeriod], day: date
) -> Iterator[Differing]:
    """Where the roster's own column says another thing than the rows that count; what it leaves open says nothing."""
    if contracts and (worker.contract_to or worker.is_open_ended) and worker.contract_to != ends:
        said, registered = (str(each or "无固定期限") for each in (worker.contract_to, ends))
        yield Differing("contract_to", said, registered)
    if worker.is_insured is False and _is_covered(insurance, InsurancePeriod.Kind.PENSION, day):
        yield Differing("is_insured", "否", f"{day:%Y-%m} 在缴")


def is_insured(worker: Worker, rows: Iterable[InsurancePeriod], day: date) -> bool | None:
    """Whether a pension contribution is paid in the month of `day`: by the registered months, else as the roster says."""
    rows = list(rows)
    return _is_covered(rows, InsurancePeriod.Kind.PENSION, day) if rows else worker.is_insured


def _has_injury_insurance(rows: Sequence[InsurancePeriod], day: date) -> bool | None:
    return _is_covered(rows, InsurancePeriod.Kind.INJURY, day) if rows else None


def _is_covered(rows: Iterable[InsurancePeriod], kind: str, day: date) -> bool:
    kinds = (kind, InsurancePeriod.Kind.ALL)
    return any(
        each.kind in kinds and each.first_month <= day and (each.last_month is None or day.replace(day=1) <= each.last_month)
        for each in rows
    )  # fmt: skip


def _cash_for_insurance(rows: Iterable[InsurancePeriod], day: date) -> Decimal:
    """What was paid out instead of insuring, the month of `day` included."""
    paid = Decimal(0)
    for each in rows:
        if each.kind == InsurancePeriod.Kind.CASH and each.base:
            last = min(each.last_month or day, day)
            paid += each.base * ((last.year - each.first_month.year) * 12 + last.month - each.first_month.month + 1)
    return paid


def _protected(worker: Worker, conditions: Sequence[ProtectedCondition], day: date) -> tuple[str, ...]:
    """The states that hold on `day`; capacity lost at this work is lost for good, whatever became of its row."""
    found = tuple(each.kind for each in conditions if each.since <= day and (each.until is None or day <= each.until))
    if not worker.disability_grade or LOST_CAPACITY.intersection(found) or not _is_work_disability(worker, conditions):
        return found
    return (*found, ProtectedCondition.Kind.WORK_INJURY.value)


def _is_work_disability(worker: Worker, conditions: Iterable[ProtectedCondition]) -> bool | None:
    """What HR said of the grade; where nobody did, a registered injury or disease of the work says yes."""
    said: bool | None = worker.is_work_disability
    return True if said is None and any(each.kind in LOST_CAPACITY for each in conditions) else said
