"""Locking the staff data of a service, opening it again, and settling what an import left behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from common.history import record, record_many
from common.refusals import NotYours, require
from programme.models import Service
from staff_transition import permissions
from staff_transition.actions import settlements
from staff_transition.actions.holding import hold, hold_roster
from staff_transition.blocking import unregistered
from staff_transition.errors import (
    AlreadyLocked,
    AlreadyReopened,
    IssueIsResolved,
    NotLocked,
    NotReopened,
    RosterHasErrors,
    RosterIsEmpty,
    RosterIsUnclassified,
    SettlementIsBeingPaid,
    WorkerIsBeingPaid,
)
from staff_transition.facts import agencies_of
from staff_transition.figures import StaffFigures, staff_figures
from staff_transition.models import DispositionKind, Payment, Roster, RosterIssue, Worker
from staff_transition.payable import LIVE, paid_elsewhere
from staff_transition.rules.plausible import oddities

NAMED = 20  # people named in the record of a lock


def require_open(services: Iterable[int]) -> None:
    """Raises AlreadyLocked when the roster of one of the services, which the act holds, is locked."""
    for roster in Roster.objects.filter(service__in=services).select_related("service", "locked_by"):
        _require_unlocked(roster)


def require_open_to(workers: Iterable[Worker]) -> None:
    """The same for changes of these people alone: who was opened by himself may change in a locked roster."""
    require_open({worker.service_id for worker in workers if not worker.is_reopened})  # type: ignore[attr-defined]


def _require_unlocked(roster: Roster) -> None:
    if roster.locked_at:
        at = f"{timezone.localtime(roster.locked_at):%Y-%m-%d %H:%M}"
        raise AlreadyLocked(service=roster.service, who=roster.locked_by, at=at)


def paid_before(service: int) -> list[tuple[Worker, Payment]]:
    """People of the service whose identity was paid under another row for the same years: locked, they are held back."""
    return paid_elsewhere(Worker.objects.live().filter(service=service).only("name", "id_index", "hired_on", "left_on"))


@dataclass(frozen=True)
class Doubts:
    """What no rule forbids to freeze, but a person must have looked at one by one."""

    protected: tuple[Worker, ...]  # the remark speaks of a protected state, none is registered
    incomplete: int  # people with an item still to be completed
    missing: Mapping[str, int]  # what is missing → how many people
    without_agency: tuple[Worker, ...] = ()  # returned to an agency that is not registered, as the letter must name it
    odd: tuple[tuple[Worker, str], ...] = ()  # facts that are hardly true, and why

    def __str__(self) -> str:
        agency = f"，没有登记派遣单位 {len(self.without_agency)} 人" if self.without_agency else ""
        names = "、".join(worker.name for worker, _ in self.odd[:NAMED])
        odd = f"，资料少见 {len(self.odd)} 人（{names}{'等' if len(self.odd) > NAMED else ''}）" if self.odd else ""
        return f"备注涉及受保护情形而没有登记 {len(self.protected)} 人，有待补项 {self.incomplete} 人{agency}{odd}"

    def __bool__(self) -> bool:
        return bool(self.protected or self.incomplete or self.without_agency or self.odd)


def doubts_before_lock(service: Service) -> Doubts:
    figures = staff_figures(service)
    incomplete = sum(bool(row.missing or row.unpriced) for row in figures.rows)
    returned = list(Worker.objects.live().filter(service=service, disposition__kind=DispositionKind.RETURNED_TO_AGENCY))
    agencies = agencies_of(each.pk for each in returned)
    return Doubts(
        unregistered(Worker.objects.live().filter(service=service)), incomplete, figures.missing,
        tuple(each for each in returned if each.pk not in agencies), _odd(service, figures),
    )  # fmt: skip


def _odd(service: Service, figures: StaffFigures) -> tuple[tuple[Worker, str], ...]:
    """Who is on the roster with facts that are hardly true, earlier employers' years and registered wages included; one query."""
    averages = {row.worker: row.average for row in figures.rows}
    workers = Worker.objects.live().filter(service=service).annotate(earliest=Min("service_periods__first_day"))
    found = []
    for each in workers.only("name", "birth_date", "hired_on", "monthly_wage", "average_wage"):
        begun = min(filter(None, (each.hired_on, each.earliest)))
        if odd := oddities(each.birth_date, begun, each.monthly_wage, averages.get(each.pk) or each.average_wage):
            found.append((each, "".join(one.text for one in odd)))
    return tuple(found)


@transaction.atomic
def lock_roster(service: Service, *, by: Any, reason: str) -> Roster:
    """Freeze the staff data and what each person is owed, so that HR's step can pass. Undone by unlock_roster alone.

    Raises NotYours, AlreadyLocked, RosterIsEmpty, RosterHasErrors, RosterIsUnclassified, DispositionIsBarred.
    """
    require(permissions.may_lock(by), NotYours, act="锁定花名册", who=permissions.HR_OFFICE)
    roster = hold_roster(service, by)
    _require_unlocked(roster)
    live = Worker.objects.live().filter(service=service)
    require(live.exists(), RosterIsEmpty, service=service)
    errors = RosterIssue.objects.holding_back(service).count()
    require(not errors, RosterHasErrors, service=service, count=errors)
    unclassified = live.filter(category="").count()
    require(not unclassified, RosterIsUnclassified, service=service, count=unclassified)
    roster.locked_at, roster.locked_by = timezone.now(), by
    record(roster, by, reason, "locked_at", "locked_by")
    settlements.freeze(live, by=by)
    return roster


@transaction.atomic
def unlock_roster(service: Service, *, by: Any, reason: str) -> Roster:
    """Let the staff data move again; the frozen results are withdrawn, not deleted.

    Raises NotYours, NotLocked, SettlementIsBeingPaid; one person can still be opened by `reopen_worker`.
    """
    require(permissions.may_lock(by), NotYours, act="解锁花名册", who=permissions.HR_OFFICE)
    roster = hold_roster(service, by)
    require(roster.is_locked, NotLocked, service=service)
    paid = Payment.objects.filter(worker__service=service, state__in=LIVE).count()
    require(not paid, SettlementIsBeingPaid, service=service, count=paid)
    roster.locked_at = roster.locked_by = None
    record(roster, by, reason, "locked_at", "locked_by")
    everybody = Worker.objects.filter(service=service)
    settlements.withdraw(everybody, by=by, reason=reason)
    alone = list(everybody.filter(is_reopened=True))
    for worker in alone:
        worker.is_reopened, worker.revision = False, worker.revision + 1
    record_many(alone, ("is_reopened", "revision"), by, reason)
    return roster


@transaction.atomic
def reopen_worker(worker: Worker, *, by: Any, reason: str) -> Worker:
    """Let the data of one person move while the roster stays locked and colleagues are paid; his frozen result is withdrawn.

    For whom nothing was frozen (a fact was missing) or nothing was owed: wages found later are due all the same (LCL_85).
    Raises NotYours, NotLocked, AlreadyReopened, WorkerIsBeingPaid.
    """
    worker = _alone(worker, by, "单独解锁")
    require(not worker.is_reopened, AlreadyReopened, name=worker)
    require(not Payment.objects.filter(worker=worker, state__in=LIVE).exists(), WorkerIsBeingPaid, name=worker)
    settlements.withdraw(Worker.objects.filter(pk=worker.pk), by=by, reason=reason)
    return _reopened(worker, True, by, reason)


@transaction.atomic
def relock_worker(worker: Worker, *, by: Any, reason: str) -> Worker:
    """Freeze what the person who was opened alone is owed, whether he is still here or not.

    Raises NotYours, NotLocked, NotReopened, RosterIsUnclassified, DispositionIsBarred.
    """
    worker = _alone(worker, by, "单独锁定")
    locked_at = Roster.objects.get(service=worker.service).locked_at
    require(worker.is_reopened, NotReopened, name=worker)
    require(bool(worker.category), RosterIsUnclassified, service=worker.service, count=1)
    worker = _reopened(worker, False, by, reason)
    settlements.freeze(Worker.objects.filter(pk=worker.pk), by=by, locked_at=locked_at)
    return worker


def _alone(worker: Worker, by: Any, act: str) -> Worker:
    """One person of a locked roster, for this transaction alone."""
    require(permissions.may_lock(by), NotYours, act=act, who=permissions.HR_OFFICE)
    worker = hold([worker.pk], by).get()
    require(Roster.objects.get(service=worker.service).is_locked, NotLocked, service=worker.service)
    return worker


def _reopened(worker: Worker, is_reopened: bool, by: Any, reason: str) -> Worker:
    worker.is_reopened, worker.revision = is_reopened, worker.revision + 1
    record(worker, by, reason, "is_reopened", "revision")
    return worker


@transaction.atomic
def resolve_issue(issue: RosterIssue, *, by: Any, reason: str) -> RosterIssue:
    """Close an error by hand, saying how: the person has left, was entered by hand, is not one of ours."""
    issue = (
        RosterIssue.objects.select_for_update(of=("self",), no_key=True)
        .select_related("resolved_by", "roster_import")
        .get(pk=issue.pk)
    )
    unit = issue.roster_import.unit_id
    mine = by.has_role(*permissions.LOCKERS) or (by.has_role(*permissions.EDITORS) and by.unit_id == unit)
    require(mine, NotYours, act="处理这一处", who="后勤处经办人或人事处")
    require(issue.resolved_at is None, IssueIsResolved, who=issue.resolved_by)
    issue.resolved_at, issue.resolved_by, issue.resolution = timezone.now(), by, reason
    record(issue, by, reason, "resolved_at", "resolved_by", "resolution")
    return issue
