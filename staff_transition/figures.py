"""What the staff transition of one service costs: the figures that a plan freezes, an approver reads and a paper prints."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_type_hints

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from common.fields import mask_id_number
from common.fingerprint import fingerprint
from law.articles import cited
from law.working import Line
from programme.models import Service
from staff_transition.discretion import discreet_lines
from staff_transition.facts import Known, Person, Setting, is_insured, people
from staff_transition.models import Category, DispositionKind, LockedSettlement, Payment, Roster, RosterIssue, Worker
from staff_transition.models.workers import WorkerQuerySet
from staff_transition.rules.months import elapsed
from staff_transition.rules.person import PersonFacts, Segment
from staff_transition.rules.scheme import is_near_retirement, months_until
from staff_transition.rules.service import counting, former, plain_span, span_of
from staff_transition.rules.settlement import Settlement, settle
from staff_transition.rules.wages import COMPONENTS

NO_DISPOSITION = "去向"
UNKNOWN = "待补："  # begins the formula of a line whose amount waits for a fact
TAX = "个人所得税"  # taken off the total, never part of it


@dataclass(frozen=True)
class WorkingRow:
    """One printed line of a working: no money where the step has none."""

    label: str
    formula: str
    articles: str
    result: str
    is_owed: bool
    note: str = ""


@dataclass(frozen=True)
class PersonFigures:
    """One person's result as it is frozen and printed. Amounts in yuan; None is not computable, `missing` says why."""

    worker: int
    name: str
    category: str
    campus: str
    post: str
    hired_on: date
    last_day: date | None
    disposition: str
    missing: tuple[str, ...]
    id_masked: str = ""
    sex: str = ""
    age: int | None = None  # on the last day, or today where there is none
    service_years: int = 0
    is_insured: bool | None = None
    is_protected: bool = False
    is_near_retirement: bool = False  # less than five years to go after fifteen of service (LCL_42(5))
    ground: str = ""
    years: Decimal | None = None
    base: Decimal | None = None
    severance: Decimal | None = None
    notice: Decimal | None = None
    other: Decimal | None = None
    total: Decimal | None = None
    tax: Decimal | None = None
    net: Decimal | None = None
    unpriced: tuple[str, ...] = ()  # items left out of the total because a fact is missing
    working: tuple[WorkingRow, ...] = ()
    service: str = ""  # what counts as service, in words; "" in what was frozen before the field
    average: Decimal | None = None  # of the twelve months, before floor and ceiling


@dataclass(frozen=True)
class StaffFigures:
    """The staff side of one service on one day. Sums are over the people whose amount is known; `unknown` counts the rest."""

    headcount: int
    by_category: Mapping[str, int]
    by_disposition: Mapping[str, int]
    severance_total: Decimal
    notice_pay_total: Decimal
    other_total: Decimal
    settlement_total: Decimal
    tax_total: Decimal
    people_paid: int
    unknown: int
    missing: Mapping[str, int]  # what is missing → how many people
    open_errors: int
    is_locked: bool
    locked_at: datetime | None
    locked_by: str
    computed_on: date
    digest: str  # SHA-256 of the results
    data_digest: str  # SHA-256 of what was known about the people, whatever the parameters gave
    rows: tuple[PersonFigures, ...]


def settlement_of(person: Person, setting: Setting) -> Settlement | None:
    """The settlement; None where no disposition says on which ground."""
    if not person.facts.ground:
        return None
    return settle(person.facts, setting.policy, person.local, setting.calendar)


def _ages(person: Person, today: date) -> dict[str, Any]:
    """Age, full years of service and nearness of retirement on the last day, today where that is not set."""
    facts, day = person.facts, person.facts.last_day or today
    age = elapsed(facts.birth_day, day).months // 12 if facts.birth_day else None
    near = is_near_retirement(facts, day)
    return {"age": age, "service_years": months_until(facts, day) // 12, "is_near_retirement": near}


def person_figures(person: Person, setting: Setting, today: date) -> PersonFigures:
    """The frozen form of one person's result."""
    worker, found = person.worker, settlement_of(person, setting)
    about: dict[str, Any] = {
        "worker": worker.pk,
        "name": worker.name,
        "category": worker.get_category_display() if worker.category else "",
        "campus": worker.campus.name,
        "post": worker.post,
        "hired_on": worker.hired_on,
        "last_day": person.facts.last_day,
        "disposition": DispositionKind(person.disposition.kind).label if person.disposition else "",
        "id_masked": mask_id_number(worker.id_number),
        "sex": worker.sex,
        "is_insured": is_insured(worker, person.known.insurance, person.facts.last_day or today),
        "is_protected": bool(person.facts.protected),
        "service": service_words(counting(person.facts, setting.policy) or (), worker.hired_on),
        "average": person.facts.average,
        **_ages(person, today),
    }
    if found is None:
        return PersonFigures(**about, missing=(NO_DISPOSITION,))
    return PersonFigures(
        **about,
        ground=found.ground.label,
        years=found.years,
        base=found.base.amount if found.base else None,
        severance=found.severance,
        notice=found.notice,
        other=found.other,
        total=found.total,
        tax=found.tax,
        net=found.net,
        missing=tuple(each.what for each in found.blocking),
        unpriced=tuple(each.what for each in found.missing if not each.blocks),
        working=working_rows(found.lines),
    )


def service_words(segments: tuple[Segment, ...], hired_on: date, span: Callable[[date, date], str] = plain_span) -> str:
    """11 年 0 个月 17 天（含合并计算的…）: the service that counts, whatever the ground makes of it; "" where it is not known."""
    if not segments or not all(each.last_day for each in segments):
        return ""
    earlier = former(segments, hired_on, span)
    return f"{span_of(segments)}" + (f"（含合并计算的{earlier}）" if earlier else "")


def left_out(lines: Iterable[Line | WorkingRow]) -> tuple[str, ...]:
    """The items that are not in the total because a fact is missing: 未休年休假（缺累计工龄）."""
    return tuple(
        f"{line.label}（缺{line.formula.removeprefix(UNKNOWN)}）"
        for line in lines if line.formula.startswith(UNKNOWN) and line.label != TAX
    )  # fmt: skip


def working_rows(lines: Iterable[Line]) -> tuple[WorkingRow, ...]:
    """As a plan keeps and prints them, for readers of every office: of nobody's health."""
    return tuple(working_row(line) for line in discreet_lines(lines))


def working_row(line: Line) -> WorkingRow:
    result = line.result or ("" if line.amount is None else f"{line.amount:,.2f}")
    return WorkingRow(line.label, line.formula, cited(line.articles), result, line.owed, line.note)


def staff_figures(service: Service, today: date | None = None) -> StaffFigures:
    """Everything the plan of `service` needs to know about its people: a fixed number of queries."""
    today = today or timezone.localdate()
    setting = Setting()
    held = people(settling(service), setting, today)
    frozen = _frozen(service)
    rows = [frozen.get(person.worker.pk) or person_figures(person, setting, today) for person in held]
    # with somebody opened alone the roster does not count as locked: the approval waits until he is locked again
    whole = Roster.objects.exclude(service__workers__is_reopened=True)
    roster = whole.select_related("locked_by").filter(service=service).first()
    open_errors = RosterIssue.objects.holding_back(service).count()
    return summed(rows, roster, open_errors, today, data_digest(held))


def settling(service: Service) -> WorkerQuerySet:
    """Who is on the roster, and who left on the frozen last day or later, or was paid: what they were owed stays in every sum."""
    gone = LockedSettlement.objects.live().filter(worker__service=service, worker__left_on__isnull=False)
    paid = set(gone.filter(payments__state=Payment.State.PAID).values_list("pk", flat=True))
    kept = [each.worker_id for each in gone.select_related("worker") if each.pk in paid or not each.is_left_early]  # type: ignore[attr-defined]
    return Worker.objects.filter(Q(left_on=None) | Q(pk__in=kept), service=service)


def _frozen(service: Service) -> dict[int, PersonFigures]:
    """Worker → the figures that HR's lock froze: what is locked never moves, whatever parameters come later."""
    live = LockedSettlement.objects.live().filter(worker__service=service).values_list("worker", "content__figures")
    return {worker: figures_from(figures) for worker, figures in live}


def supplements_of(workers: WorkerQuerySet) -> Mapping[str, Any]:
    """What was frozen for the workers beside their own results, after these were paid: in no other figure of the service."""
    standing = LockedSettlement.objects.standing().filter(worker__in=workers, supplements__isnull=False)
    return standing.aggregate(
        people=Count("worker", distinct=True), total=Coalesce(Sum("total"), Decimal("0.00")), tax=Coalesce(Sum("tax"), Decimal("0.00"))
    )  # fmt: skip


def summed(
    rows: Iterable[PersonFigures], roster: Roster | None, open_errors: int, today: date, data: str
) -> StaffFigures:
    """The sums are those of the rounded lines: a total in words must be that of the table."""
    rows = tuple(rows)
    known = [row for row in rows if row.total is not None]
    locked = roster is not None and roster.is_locked
    return StaffFigures(
        headcount=len(rows),
        by_category=counted(row.category or "未填" for row in rows),
        by_disposition=counted(row.disposition or "未定" for row in rows),
        severance_total=total_of(row.severance for row in known),
        notice_pay_total=total_of(row.notice for row in known),
        other_total=total_of(row.other for row in known),
        settlement_total=total_of(row.total for row in known),
        tax_total=total_of(row.tax for row in known),
        people_paid=sum(bool(row.total) for row in known),
        unknown=len(rows) - len(known),
        missing=counted(what for row in rows for what in (*row.missing, *row.unpriced)),
        open_errors=open_errors,
        is_locked=locked,
        locked_at=roster.locked_at if roster and locked else None,
        locked_by=str(roster.locked_by) if roster and locked else "",
        computed_on=today,
        digest=digest(rows),
        data_digest=data,
        rows=rows,
    )


def counted(words: Iterable[str]) -> dict[str, int]:
    """Counts in the order of the classification, the commonest first among what has no order."""
    known = [str(label) for _, label in (*Category.choices, *DispositionKind.choices)]
    found = Counter(words)
    return dict(sorted(found.items(), key=lambda pair: (known.index(pair[0]) if pair[0] in known else 99, -pair[1])))


def total_of(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal("0.00"))


def digest(rows: Iterable[PersonFigures]) -> str:
    """SHA-256 of the rows in a form that does not depend on their order or on how Python prints them."""
    canonical = sorted((as_plain(asdict(row)) for row in rows), key=lambda row: row["worker"])
    return fingerprint(canonical)


def data_digest(held: Iterable[Person]) -> str:
    """SHA-256 of what is registered about the people and bears on an amount.

    What moves with today alone is no fact about anybody: the day of a claim, the averages, which are estimated from other
    months as time goes on, and for who stays, without a last day, whatever holds on the day of asking; the rows behind it
    count instead. Offers, the check before leaving and the letter to the union come after the lock.
    """
    known = {str(person.worker.pk): as_plain(_registered(person)) for person in held}
    return fingerprint(known)


NOTHING = PersonFacts("", category="")


def _registered(person: Person) -> dict[str, Any]:
    facts, worker = person.facts, person.worker
    still = replace(
        facts, double_wages=(), offers=(), exit_check_day=None, exit_check_result="", union_told={}, sources={}, wages=None, average=None,
        entered_average=None, differing=(),
        average_without_overtime=None, last_month_wage=None,
        leave=replace(facts.leave, monthly_wage=None) if facts.leave else None,
        earlier_leave=tuple((year, replace(leave, monthly_wage=None)) for year, leave in facts.earlier_leave),
    )  # fmt: skip
    months = [
        (row.month, *(getattr(row, name) for name in COMPONENTS), row.net, row.is_abnormal) for row in person.known.wages
    ]  # fmt: skip
    entered = (worker.average_wage, worker.wage_without_overtime, worker.last_month_wage)
    kept = {"wage_months": sorted(months), "wages_entered": entered}
    if facts.last_day is None:
        still = replace(
            still, insured_months=None, has_injury_insurance=None, cash_for_insurance=Decimal(0), protected=(), has_agreement=False
        )  # fmt: skip
        kept |= _held_today(person.known)
    # what nobody entered is left out: a fact that a later version knows is no change of the data
    return {
        name: value for name, value in asdict(still).items() if getattr(still, name) != getattr(NOTHING, name)
    } | kept


def _held_today(known: Known) -> dict[str, Any]:
    """The rows of which `PersonFacts` says only what holds on the day of asking."""
    rows = {
        "insurance": sorted((str(row.kind), str(row.first_month), str(row.last_month), str(row.base)) for row in known.insurance),
        "conditions": sorted((str(row.kind), str(row.since), str(row.until)) for row in known.conditions),
        "agreements": sorted((str(row.first_day), str(row.last_day), str(row.signed_on)) for row in known.terms),
    }  # fmt: skip
    return {name: found for name, found in rows.items() if found}


def as_plain(value: Any) -> Any:
    """Dataclass content as JSON: decimals and days as strings, so that no digit is lost."""
    if isinstance(value, dict):
        return {str(key): as_plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(each) for each in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def figures_from(plain: Mapping[str, Any]) -> PersonFigures:
    """The figures of one person out of their JSON, digit for digit."""
    hints = get_type_hints(PersonFigures)
    kept = (field.name for field in fields(PersonFigures) if field.name in plain)  # a later field keeps its default
    values = {name: _typed(plain[name], hints[name]) for name in kept}
    values["working"] = tuple(WorkingRow(**row) for row in plain["working"])
    return PersonFigures(**values)


def _typed(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    if hint in (date, date | None):
        return day_from(value)
    if hint in (Decimal, Decimal | None):
        return Decimal(value)
    return tuple(value) if isinstance(value, list) else value


def day_from(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def decimal_from(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
