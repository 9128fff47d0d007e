"""Changing one worker: facts, protected conditions, earlier service, leaving. Every change with its reason."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import AccessRecord
from common.fields import blind_index
from common.history import record
from common.refusals import NotYours, Stale, require
from staff_transition import permissions
from staff_transition.actions.rosters import require_open
from staff_transition.errors import IdNumberTaken
from staff_transition.models import InsurancePeriod, LeaveYear, ProtectedCondition, ServicePeriod, WageMonth, Worker
from staff_transition.names import pinyin_of

Fact = ProtectedCondition | ServicePeriod | WageMonth | InsurancePeriod | LeaveYear


def held(worker: Worker, by: Any) -> Worker:
    """The worker for this transaction alone, open to change by this person."""
    found = Worker.objects.select_for_update(of=("self",)).select_related("service").get(pk=worker.pk)
    require(permissions.may_edit(by, found), NotYours, act="修改这名员工", who="本项目经办人或人事处")
    require_open([found.service_id])
    return found


@transaction.atomic
def change_worker(worker: Worker, changes: dict[str, Any], *, by: Any, reason: str, revision: int) -> Worker:
    """Set the fields of `changes` that differ. Raises NotYours, AlreadyLocked, Stale, IdNumberTaken."""
    kept = held(worker, by)
    if kept.revision != revision:
        last = kept.history.select_related("history_user").first()
        who = last.history_user if last and last.history_user else "别人"
        raise Stale(who=who, at=f"{timezone.localtime(last.history_date):%m-%d %H:%M}" if last else "刚才")
    changed = [field for field, value in changes.items() if getattr(kept, field) != value]
    if not changed:
        return kept
    for field in changed:
        setattr(kept, field, changes[field])
    if "id_number" in changed:
        _require_free_number(kept)
    if "service" in changed:
        require_open([kept.service_id])
        require(permissions.may_edit(by, kept), NotYours, act="调到这个服务项目", who=permissions.HR_OFFICE)
    return _save(kept, by, reason, changed)


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


@transaction.atomic
def add_fact(fact: Fact, *, by: Any, reason: str) -> Fact:
    """Register a fact of `fact.worker` that is a row of its own."""
    held(fact.worker, by)
    record(fact, by, reason)
    return fact


@transaction.atomic
def change_fact(fact: Fact, *, by: Any, reason: str, fields: list[str]) -> Fact:
    held(fact.worker, by)
    record(fact, by, reason, *fields)
    return fact


@transaction.atomic
def remove_fact(fact: Fact, *, by: Any, reason: str) -> None:
    """Take back a fact that was entered by mistake; its history stays."""
    held(fact.worker, by)
    fact._history_user, fact._change_reason = by, reason  # type: ignore[union-attr]
    fact.delete()


def reveal(worker: Worker, field: str, *, by: Any, reason: str, address: str | None = None) -> str:
    """A number in full, for a role that needs it. Each look is written down with its reason."""
    require(permissions.may_reveal(by, field), NotYours, act="查看完整号码", who=permissions.HR_OFFICE)
    label = worker._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    AccessRecord.write(
        AccessRecord.Kind.REVEAL, by, f"{worker.name}（{worker.pk}）{label}", reason=reason, address=address
    )
    return getattr(worker, field)
