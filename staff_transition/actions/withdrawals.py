"""Taking a mistaken import back: the people whom it brought in anew, as long as nothing hangs on them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.history import delete_many, record, record_many
from common.refusals import NotYours, require
from documents.models import Document
from staff_transition import permissions
from staff_transition.actions.holding import hold
from staff_transition.actions.rosters import require_open
from staff_transition.errors import ImportNotReady, NobodyToWithdraw
from staff_transition.models import RosterImport, RosterIssue, Worker
from staff_transition.models.workers import WorkerQuerySet
from staff_transition.papers import PAPERS, may_make_for_worker

WITHDRAWN = "撤回新增的"  # begins the entry in the import's history
State = RosterImport.State


@dataclass(frozen=True)
class Brought:
    """Whom an import brought in anew and who is still here: those who may go, and those who stay, with what hangs on them."""

    free: tuple[Worker, ...]
    held: tuple[tuple[Worker, str], ...]


@transaction.atomic
def withdraw_import(roster_import: RosterImport, *, by: Any, reason: str) -> int:
    """Take out whom the import brought in anew, as if they had never been here; returns how many.

    Of whom something was registered or made, or who was changed since, the row stays, and so does what the import changed of
    others: the next file changes that. Its own open issues are closed, those that it closed are open again.
    Raises NotYours, ImportNotReady, AlreadyLocked, NobodyToWithdraw.
    """
    held = RosterImport.objects.select_for_update(of=("self",)).select_related("file").get(pk=roster_import.pk)
    require(permissions.may_import(by), NotYours, act="撤回导入", who="后勤处经办人或人事处")
    require(held.state == State.DONE, ImportNotReady, state=held.get_state_display())
    workers = hold(brought_by(held).values_list("pk", flat=True), by).order_by("pk")
    # what refers to a row does not wait for one that is only held, and must not come between looking and deleting
    services = set(workers.select_for_update(of=("self",)).values_list("service", flat=True))
    require_open(services)
    found = brought(held)
    require(bool(found.free), NobodyToWithdraw)
    said = f"撤回导入 {held.file.name}：{reason}"
    _mend_issues(held, {worker.name for worker in found.free}, by, said)
    delete_many(found.free, by, said)
    record(held, by, f"{WITHDRAWN} {len(found.free)} 人：{reason}", "state")
    return len(found.free)


def brought_by(roster_import: RosterImport) -> WorkerQuerySet:
    """Whom the import brought in anew and who is still here. Imports are written one after the other, so that what was made
    between the end of the one before and its own is its own."""
    made = Worker.history.filter(history_type="+", history_change_reason=roster_import.reason)  # type: ignore[attr-defined]
    return Worker.objects.filter(pk__in=made.filter(**_within(roster_import, "history_date")).values("id"))


def events(roster_import: RosterImport) -> Any:
    """The history's entries of what was taken back, newest first."""
    entries = roster_import.history.filter(history_change_reason__startswith=WITHDRAWN)
    return entries.select_related("history_user").order_by("-history_id")


def _within(roster_import: RosterImport, moment: str) -> dict[str, Any]:
    earlier = RosterImport.objects.filter(state=State.DONE, finished_at__lt=roster_import.finished_at)
    before = earlier.order_by("-finished_at").values_list("finished_at", flat=True).first()
    return {f"{moment}__lte": roster_import.finished_at} | ({f"{moment}__gt": before} if before else {})


def brought(roster_import: RosterImport) -> Brought:
    """The people of the import, with what hangs on each: in a fixed number of queries."""
    workers = brought_by(roster_import)
    hanging = _hanging(workers)
    people = list(workers.select_related("service").order_by("sort_key", "pk"))
    free = tuple(worker for worker in people if worker.pk not in hanging)
    return Brought(free, tuple((worker, "、".join(hanging[worker.pk])) for worker in people if worker.pk in hanging))


def _hanging(workers: WorkerQuerySet) -> dict[int, list[str]]:
    """Worker → what was registered, frozen or made for the person, or that somebody changed the row since."""
    among = workers.order_by().values("pk")
    people: list[tuple[str, Any]] = [
        (
            str(model._meta.verbose_name),
            model._base_manager.filter(**{f"{field}__in": among}).values_list(field, flat=True),
        )
        for model, field in ((each.related_model, each.field.name) for each in Worker._meta.related_objects)
    ]
    kinds = [paper.key for paper in PAPERS if paper.may_make is may_make_for_worker]
    made = Document.objects.filter(kind__in=kinds, subject_id__in=among).values_list("subject_id", flat=True)
    changed = Worker.history.filter(history_type="~", id__in=among).values_list("id", flat=True)  # type: ignore[attr-defined]
    found = defaultdict(list)
    for what, pks in (*people, ("文书", made), ("导入以后改过", changed)):
        for pk in set(pks):
            found[pk].append(what)
    return found


def _mend_issues(roster_import: RosterImport, names: set[str], by: Any, said: str) -> None:
    """Errors of the file no longer hold anything back; those that it settled by naming a person who is gone are open again."""
    own = list(RosterIssue.objects.open().filter(roster_import=roster_import))
    for issue in own:
        issue.resolved_at, issue.resolved_by, issue.resolution = timezone.now(), by, said[:500]
    settled = RosterIssue.objects.filter(
        resolution=roster_import.resolution, person__in=names, **_within(roster_import, "resolved_at")
    )
    again = list(settled)
    for issue in again:
        issue.resolved_at, issue.resolved_by, issue.resolution = None, None, ""
    record_many([*own, *again], ["resolved_at", "resolved_by", "resolution"], by, said)
