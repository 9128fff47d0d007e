"""Changing one worker: facts, protected conditions, earlier service, leaving. Every change with its reason."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import AccessRecord
from common.fields import blind_index
from common.history import record, record_many, require_fresh
from common.refusals import NotYours, require
from programme.models import Service
from staff_transition import permissions
from staff_transition.actions.checklists import FOLLOWED, keep_checklists
from staff_transition.actions.holding import hold, hold_roster
from staff_transition.actions.rosters import require_open, require_open_to
from staff_transition.errors import IdNumberTaken
from staff_transition.models import (
    ContractTerm,
    InsurancePeriod,
    LeaveYear,
    LockedSettlement,
    Offer,
    ProtectedCondition,
    ServicePeriod,
    WageMonth,
    Worker,
)
from staff_transition.names import pinyin_of
from staff_transition.rules.grounds import ENDS_NOTHING

Fact = ProtectedCondition | ServicePeriod | WageMonth | InsurancePeriod | LeaveYear | ContractTerm | Offer


# what changes no amount and happens after the lock: paying, the check before leaving, leaving
AFTER_LOCK = frozenset({"phone", "bank_account", "bank_name", "exit_check_on", "exit_check_result", "left_on"})


def held(worker: Worker, by: Any, *, is_open: bool = True, also: Iterable[int] = ()) -> Worker:
    """The worker for this transaction alone, his to change; with `is_open` only while the roster is not locked, or he was opened alone."""
    found = hold([worker.pk], by, also=also).get()
    require(permissions.may_edit(by, found), NotYours, act="修改这名员工", who="本项目经办人或人事处")
    if is_open:
        require_open_to([found])
    return found


@transaction.atomic
def change_worker(worker: Worker, changes: dict[str, Any], *, by: Any, reason: str, revision: int) -> Worker:
    """Set the fields of `changes` that differ. Raises NotYours, AlreadyLocked, Stale, IdNumberTaken."""
    there = [changes["service"].pk] if "service" in changes else []
    kept = held(worker, by, is_open=False, also=there)
    require_fresh(kept, revision)
    changed = [field for field, value in changes.items() if getattr(kept, field) != value]
    if not changed:
        return kept
    if not AFTER_LOCK.issuperset(changed):
        require_open_to([kept])
    for field in changed:
        setattr(kept, field, changes[field])
    if "id_number" in changed:
        _require_free_number(kept)
    if "service" in changed:
        require_open([kept.service_id])
        if kept.is_reopened:
            kept.is_reopened, changed = False, [*changed, "is_reopened"]
        require(permissions.may_edit(by, kept), NotYours, act="调到这个服务项目", who=permissions.HR_OFFICE)
    _save(kept, by, reason, changed)
    if FOLLOWED.intersection(changed):
        keep_checklists(by, f"{kept.name}：{reason}"[:100])
    return kept


def _save(worker: Worker, by: Any, reason: str, changed: list[str]) -> Worker:
    worker.revision += 1
    if "name" in changed:
        worker.pinyin, worker.sort_key = pinyin_of(worker.name)
        changed = [*changed, "pinyin", "sort_key"]
    if "id_number" in changed:
        changed = [*changed, "id_index", "id_tail_index"]
    record(worker, by, reason, *changed, "revision")
    return worker


def _require_free_number(worker: Worker) -> None:
    same = Worker.objects.live().filter(id_index=blind_index(worker.id_number)).exclude(pk=worker.pk)
    if (other := same.select_related("service").first()) and worker.left_on is None:
        raise IdNumberTaken(name=other.name, service=other.service)


def _hold(fact: Fact, by: Any) -> None:
    """Offers follow the lock, since they state its result; every other fact comes before it."""
    held(fact.worker, by, is_open=not isinstance(fact, Offer))


@transaction.atomic
def add_fact(fact: Fact, *, by: Any, reason: str) -> Fact:
    """Register a fact of `fact.worker` that is a row of its own."""
    _hold(fact, by)
    record(fact, by, reason)
    return fact


@transaction.atomic
def change_fact(fact: Fact, *, by: Any, reason: str, fields: Iterable[str], revision: int | None) -> Fact:
    """Write what was typed; `revision`: the version (version_of) that the person had open. Raises Stale."""
    _hold(fact, by)
    require_fresh(fact, revision)
    record(fact, by, reason, *fields)
    return fact


@transaction.atomic
def remove_fact(fact: Fact, *, by: Any, reason: str, revision: int | None) -> None:
    """Take back a fact that was entered by mistake; its history stays. Raises Stale."""
    _hold(fact, by)
    require_fresh(fact, revision)
    fact._history_user, fact._change_reason = by, reason  # type: ignore[union-attr]
    fact.delete()


def leaving(service: Service, today: date) -> list[Worker]:
    """People still on the roster whose frozen last day is over and whose employment here ends with it."""
    found = []
    live = LockedSettlement.objects.live().filter(worker__service=service, worker__left_on=None)
    for each in live.select_related("worker"):
        last_day = each.last_day
        if last_day and last_day < today and each.content["ground"] not in ENDS_NOTHING:
            each.worker.left_on = last_day
            found.append(each.worker)
    return found


@transaction.atomic
def record_leaving(service: Service, *, by: Any, reason: str) -> int:
    """Everybody of `leaving` has left on the last day that was frozen; returns how many. Raises NotYours."""
    require(permissions.may_edit_service(by, service), NotYours, act="登记离开", who="本项目经办人或人事处")
    hold_roster(service, by)
    gone = leaving(service, timezone.localdate())
    for worker in gone:
        worker.revision += 1
    record_many(gone, ("left_on", "revision"), by, reason)
    return len(gone)


def reveal(worker: Worker, field: str, *, by: Any, reason: str, address: str | None = None) -> str:
    """A number in full, for a role that needs it. Each look is written down with its reason."""
    require(permissions.may_reveal(by, field), NotYours, act="查看完整号码", who=permissions.HR_OFFICE)
    label = worker._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    AccessRecord.write(
        AccessRecord.Kind.REVEAL, by, f"{worker.name}（{worker.pk}）{label}", reason=reason, address=address
    )
    return getattr(worker, field)
