"""Saying what becomes of workers, one or many at a stroke."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from common.history import create_many, record_many
from common.refusals import NotYours, Stale, require
from staff_transition import permissions
from staff_transition.actions.checklists import keep_checklists
from staff_transition.actions.holding import hold
from staff_transition.actions.rosters import require_open_to
from staff_transition.blocking import require_lawful
from staff_transition.errors import (
    NAMED,
    DispositionDoesNotFit,
    GroundContradicts,
    GroundMissing,
    NobodySelected,
    SelectionChanged,
)
from staff_transition.facts import Known, Setting, Tried, known_of, person_of
from staff_transition.grounds import fits, ground_of, label_of, may_carry
from staff_transition.models import ITEMS, Disposition, DispositionKind, TransitionScheme, Worker
from staff_transition.rules.grounds import ENDS_NOTHING

FIELDS = ("kind", "ground", "is_ground_chosen", "is_by_scheme", "forced_reason", "last_day", "note", "set_by", "set_at")


@transaction.atomic
def set_dispositions(
    workers: Iterable[int], kind: str, *, by: Any, last_day: date | None, note: str = "", ground: str = "",
    forced_reason: str = "", expected: int | None = None, revision: str | None = None,
    scheme: TransitionScheme | None = None,
) -> int:  # fmt: skip
    """Give the workers one disposition; returns how many changed. All or nobody.

    `ground`: chosen by the person instead of the one that the kind means; what ends nothing has no last day.
    `expected`: how many the person saw, `revision`: what was set then (revision_of); `scheme`: the one that is being adopted.
    Raises NobodySelected, SelectionChanged, NotYours, AlreadyLocked, Stale, GroundMissing, GroundContradicts,
    DispositionDoesNotFit, DispositionIsBarred.
    """
    mine = Worker.objects.visible_to(by).filter(pk__in=list(workers)).values_list("pk", flat=True)
    found = hold(mine, by).visible_to(by).live().select_related("service", "campus").order_by("sort_key", "pk")
    held = list(found.defer("id_number", "phone", "bank_account"))
    require(bool(held), NobodySelected)
    require(expected is None or expected == len(held), SelectionChanged, before=expected, now=len(held))
    for worker in held:
        require(permissions.may_edit(by, worker), NotYours, act="设定去向", who="本项目经办人或人事处")
    require_open_to(held)
    _require_seen([worker.pk for worker in held], revision)
    meant = ground or ground_of(kind)
    require(bool(meant), GroundMissing)
    said = {"kind": DispositionKind(kind).label, "ground": label_of(meant)}
    require(may_carry(kind, meant), GroundContradicts, **said)
    if meant in ENDS_NOTHING:
        last_day = None
    _require_fit(held, kind)
    wanted: dict[str, Any] = {
        "kind": kind,
        "ground": meant,
        "is_ground_chosen": bool(ground),
        "is_by_scheme": scheme is not None,
        "forced_reason": forced_reason if forced_reason in ITEMS.get(ground, ()) else "",
        "last_day": last_day,
        "note": note,
    }
    _require_lawful(held, Tried(kind, meant, last_day, wanted["forced_reason"]))
    changed = _write(held, wanted, by)
    if changed and scheme is None:  # an adoption begins its checklist once everybody is set
        keep_checklists(by, f"去向改变：{DispositionKind(kind).label}")
    return changed


def revision_of(workers: Iterable[int]) -> str:
    """What is set for the workers, in short: it differs as soon as one disposition of theirs is set anew."""
    found = Disposition.objects.filter(worker__in=workers).aggregate(Count("pk"), Max("set_at"))
    return f"{found['pk__count']}/{found['set_at__max'] or '-'}"


def _require_seen(workers: list[int], revision: str | None) -> None:
    now = revision_of(workers)
    if revision is None or revision == now:
        return
    last = Disposition.objects.filter(worker__in=workers).select_related("set_by").order_by("set_at").last()
    at = f"{timezone.localtime(last.set_at):%m-%d %H:%M}" if last else "刚才"
    raise Stale(who=last.set_by if last else "别人", at=at, revision=now)


def _require_fit(workers: list[Worker], kind: str) -> None:
    misfits = [worker for worker in workers if not fits(kind, worker.category)]
    if misfits:
        raise DispositionDoesNotFit(names=_names(misfits), count=len(misfits), kind=DispositionKind(kind).label)


def _require_lawful(workers: list[Worker], tried: Tried) -> None:
    setting, today, nothing = Setting(), timezone.localdate(), Known()
    known = known_of(Worker.objects.filter(pk__in=[worker.pk for worker in workers]))
    found = (
        (worker, person_of(worker, known.get(worker.pk, nothing), setting, today, disposition=tried).facts)
        for worker in workers
    )
    require_lawful(found, today, "设定")


def _names(workers: list[Worker]) -> str:
    return "、".join(worker.name for worker in workers[:NAMED])


def _write(workers: list[Worker], wanted: dict[str, Any], by: Any) -> int:
    """Insert what is missing, update what differs; nothing is written where nothing changes."""
    known = {each.worker_id: each for each in Disposition.objects.filter(worker__in=workers)}
    stamp = {"set_by": by, "set_at": timezone.now()}
    reason = f"设定去向：{DispositionKind(wanted['kind']).label}"
    new = [Disposition(worker=worker, **wanted, **stamp) for worker in workers if worker.pk not in known]
    changed = [each for each in known.values() if any(getattr(each, key) != value for key, value in wanted.items())]
    for each in changed:
        for key, value in (wanted | stamp).items():
            setattr(each, key, value)
    create_many(new, by, reason)
    record_many(changed, FIELDS, by, reason)
    return len(new) + len(changed)
