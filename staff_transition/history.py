"""What happened to a worker, a scheme, a batch: every change with who, when, old, new and why; personal numbers masked."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import zip_longest
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.utils import timezone

from common.fields import EncryptedTextField, mask_account, masked
from staff_transition import permissions
from staff_transition.discretion import HEALTH_KINDS
from staff_transition.grounds import label_of
from staff_transition.models import (
    AccountCheck,
    Adjustment,
    Confirmation,
    ContractTerm,
    Disposition,
    InsurancePeriod,
    LeaveYear,
    LockedSettlement,
    Objection,
    Offer,
    Payment,
    PaymentBatch,
    ProtectedCondition,
    Roster,
    SchemeRule,
    SchemeStep,
    ServicePeriod,
    TransitionScheme,
    WageMonth,
    Worker,
    WorkerLink,
)
from staff_transition.models.workers import WorkerQuerySet
from staff_transition.rules.service import segment_key

SHOWN = 40  # events on a page
ACTS = {"+": "登记", "-": "删除", "~": "修改"}
FACTS = (Disposition, ServicePeriod, WageMonth, InsurancePeriod, LeaveYear, ContractTerm, Offer, Adjustment)
HEALTH_FACTS = (ProtectedCondition,)
HEALTH_FIELDS = frozenset(
    {"remark", "exit_check_result", "disability_grade", "is_work_disability", "is_abnormal", "exclusion"}
)
SEALED_WORDS = frozenset({"remark", "evidence"})  # sealed at rest, yet words: read whole by those who read the entry
NOT_TOLD = frozenset(
    {"set_at", "set_by", "articles", "saved_at", "saved_by", "revision", "round", "people", "draft", "kept_draft"}
)  # who and when stand in the entry itself


@dataclass(frozen=True)
class Event:
    """One act: `changes` are (label, old, new); `about` names the row, worked out only for events that are shown."""

    at: datetime
    who: str
    title: str
    reason: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    about: str | Callable[[], str] = ""


def timeline(worker: Worker, user: Any, page: str | None) -> Page[Event]:
    """What happened to the worker and to the rows that belong to him, newest first, as far as the person may know it."""
    with_health = permissions.may_see_health(user, worker.service)
    hidden = frozenset() if with_health else HEALTH_FIELDS
    own = list(entries_of(Worker, id=worker.pk))
    events = list(events_of("", own, hidden))
    for model in (*FACTS, *(HEALTH_FACTS if with_health else ())):
        entries = entries_of(model, worker=worker.pk)
        if model is Adjustment and not with_health:
            entries = entries.exclude(kind__in=HEALTH_KINDS)
        events += events_of(str(model._meta.verbose_name), entries, hidden)
    events += _locks_over(own)
    events += _settled(worker)
    events += _said_by(worker)
    if user.has_role(*permissions.SEE_PAYMENTS):
        events += events_of("付款", entries_of(Payment, worker=worker.pk))
        events += _checked(worker)
    return page_of(events, page)


def scheme_events(scheme: TransitionScheme, page: str | None) -> Page[Event]:
    """What happened to a scheme, its rules and its steps."""
    events = list(events_of("", entries_of(TransitionScheme, id=scheme.pk)))
    for model in (SchemeRule, SchemeStep):
        events += events_of(str(model._meta.verbose_name), entries_of(model, scheme=scheme.pk))
    return page_of(events, page)


def batch_events(batch: PaymentBatch, page: str | None) -> Page[Event]:
    """What happened to a batch and each of its payments."""
    events = [
        *events_of("", entries_of(PaymentBatch, id=batch.pk)),
        *events_of("付款", entries_of(Payment, batch=batch.pk)),
    ]
    return page_of(events, page)


def lock_events(services: Iterable[int]) -> list[Event]:
    """Who locked and opened the rosters of the services, when and why, newest first."""
    entries = Roster.history.filter(service__in=list(services), history_type="~").select_related(
        "history_user", "service"
    )  # type: ignore[attr-defined]
    return [
        Event(
            each.history_date, _who(each), "锁定花名册" if each.locked_at else "解锁花名册", each.history_change_reason or "",
            about=str(each.service),
        )
        for each in entries.order_by("-history_id")
    ]  # fmt: skip


def _locks_over(entries: Iterable[Any]) -> Iterator[Event]:
    """Who locked and opened the rosters in which the worker stood at the time: he may have come from another service."""
    stays: list[tuple[int, datetime]] = []
    for entry in entries:
        if not stays or stays[-1][0] != entry.service_id:
            stays.append((entry.service_id, entry.history_date))
    ends = [begun for _, begun in stays[1:]]
    for (service, begun), end in zip_longest(stays, ends):
        yield from (each for each in lock_events([service]) if begun <= each.at and (end is None or each.at < end))


def _checked(worker: Worker) -> Iterator[Event]:
    """Who checked a new bank account with the worker, and how."""
    for each in AccountCheck.objects.filter(worker=worker).select_related("checked_by"):
        about = mask_account(each.account)
        yield Event(each.checked_at, each.checked_by.name, "与本人核对银行卡号", each.how, about=about)


def page_of(events: list[Event], page: str | None) -> Page[Event]:
    newest_first = sorted(events, key=lambda event: event.at)[::-1]
    return Paginator(_run_together(newest_first), SHOWN).get_page(page)


def _run_together(events: list[Event]) -> list[Event]:
    """Rows entered at one stroke (twelve months of wages) are one event with their number."""
    found: list[tuple[Event, int]] = []
    for event in events:
        if found and event.title.startswith(ACTS["+"]) and _stroke(found[-1][0]) == _stroke(event):
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((event, 1))
    return [
        event if count == 1 else replace(event, title=f"{event.title}（{count} 条）", about="")
        for event, count in found
    ]


def _stroke(event: Event) -> tuple[Any, ...]:
    return (event.at.replace(second=0, microsecond=0), event.who, event.title, event.reason, event.changes)


def entries_of(model: Any, **of: int) -> Any:
    entries = model.history.filter(**of).select_related("history_user", *(["worker"] if model is Payment else []))
    return entries.order_by("history_id")


def _settled(worker: Worker) -> Iterator[Event]:
    """The results that were frozen and those that were taken back."""
    for each in LockedSettlement.objects.filter(worker=worker).select_related("computed_by", "withdrawn_by"):
        about = f"第 {each.number} 次，{each.total:,.2f} 元"
        yield Event(each.computed_at, each.computed_by.name, "锁定结算", about=about)
        if each.withdrawn_at:
            who = each.withdrawn_by.name if each.withdrawn_by else "系统"
            yield Event(each.withdrawn_at, who, "撤回结算", each.withdrawn_why, about=about)


def _said_by(worker: Worker) -> Iterator[Event]:
    """Links, confirmations, objections; what an objection says stays with those who answer it."""
    for link in WorkerLink.objects.filter(worker=worker).select_related("made_by"):
        yield Event(link.made_at, link.made_by.name, f"生成{link.get_purpose_display()}链接")
    for each in Confirmation.objects.filter(settlement__worker=worker).select_related("recorded_by", "settlement"):
        about = f"第 {each.settlement.number} 次，{each.settlement.total:,.2f} 元"
        if each.recorded_by:
            yield Event(each.at, each.recorded_by.name, "登记签字件", about=about)
        else:
            yield Event(each.at, "本人", "经链接确认结算", about=about)
    for entry in Objection.history.filter(settlement__worker=worker).select_related("history_user"):  # type: ignore[attr-defined]
        title = "提出异议" if entry.history_type == "+" else "答复异议"
        yield Event(entry.history_date, entry.history_user.name if entry.history_user else "本人", title)


def _who(entry: Any) -> str:
    return entry.history_user.name if entry.history_user else "系统"


def events_of(title: str, entries: Iterable[Any], hidden: frozenset[str] = frozenset()) -> Iterator[Event]:
    """Entries oldest first, of one or more rows; each is held against the one before it of the same row.

    `hidden` fields are left out, and with them the reason, which may tell what they say.
    """
    known: dict[int, Any] = {}
    for entry in entries:
        before, known[entry.id] = known.get(entry.id), entry
        changed = list(_changed(before, entry)) if before and entry.history_type == "~" else []
        told = [field for field in changed if field.name not in hidden]
        if entry.history_type == "~" and before and not told and (changed or not entry.history_change_reason):
            continue
        reason = entry.history_change_reason or "" if len(told) == len(changed) else ""
        changes = tuple((str(field.verbose_name), *_old_and_new(before, entry, field)) for field in told)
        about = partial(_named, entry) if title else ""
        yield Event(entry.history_date, _who(entry), f"{ACTS[entry.history_type]}{title}", reason, changes, about)


def _named(entry: Any) -> str:
    row = entry.instance
    if isinstance(row, Payment):
        row.worker = entry.worker  # fetched with the entries
    return str(row)


def _changed(before: Any, after: Any) -> Iterator[Any]:
    for field in after.tracked_fields:
        if field.name not in NOT_TOLD and getattr(before, field.attname) != getattr(after, field.attname):
            yield field


def _old_and_new(before: Any, after: Any, field: Any) -> tuple[str, str]:
    """Of a long text the lines that differ."""
    old, new = _said(before, field), _said(after, field)
    if not isinstance(field, models.TextField) or isinstance(field, EncryptedTextField):
        return old, new
    left, right = old.splitlines(), new.splitlines()
    gone, come = (
        "\n".join(line for line in one if line.strip() and line not in other)
        for one, other in ((left, right), (right, left))
    )
    return gone or "—", come or "—"


def _said(entry: Any, field: Any) -> str:
    value = getattr(entry, field.attname)
    if value in (None, ""):
        return "—"
    if isinstance(field, EncryptedTextField) and field.name not in SEALED_WORDS:
        return masked(field.name, value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if field.name == "ground":
        return label_of(value)
    if field.is_relation:
        return str(field.related_model.objects.filter(pk=value).first() or value)
    display = getattr(entry, f"get_{field.name}_display", None)
    return str(display() if display else value)


SOURCED = {  # fact of the rules → the column it comes from
    "first_day": "hired_on",
    "average": "average_wage",
    "last_month_wage": "last_month_wage",
}


def sources_of(worker: Worker) -> dict[str, str]:
    """Who last entered each fact that a working uses, and on what occasion."""
    return sources_among(Worker.objects.filter(pk=worker.pk)).get(worker.pk, {})


def sources_among(workers: WorkerQuerySet) -> dict[int, dict[str, str]]:
    """The same of many people: two queries."""
    ids = workers.order_by().values("pk")
    columns = ("id", "history_user__name", "history_date", "history_change_reason", *SOURCED.values())
    entries: dict[int, list[Any]] = defaultdict(list)
    for row in Worker.history.filter(id__in=ids).order_by("-history_id").values(*columns):  # type: ignore[attr-defined]
        entries[row["id"]].append(row)
    found = {
        worker: {fact: _source(rows, column) for fact, column in SOURCED.items()} for worker, rows in entries.items()
    }
    for worker, period, source in _of_periods(ids):
        found.setdefault(worker, {})[period] = source
    return found


def _source(entries: list[dict[str, Any]], column: str) -> str:
    """The newest entry after which the value no longer changed."""
    first = entries[0]
    for entry in entries:
        if entry[column] != entries[0][column]:
            break
        first = entry
    return _entered(first)


def _of_periods(ids: Any) -> Iterator[tuple[int, str, str]]:
    """Who last wrote each stretch of earlier service, with its proof."""
    columns = (
        "id",
        "worker_id",
        "first_day",
        "evidence",
        "history_user__name",
        "history_date",
        "history_change_reason",
    )
    seen = set()
    rows = ServicePeriod.history.filter(worker_id__in=ids).order_by("-history_id")  # type: ignore[attr-defined]
    for row in rows.values(*columns):
        if row["id"] not in seen:
            seen.add(row["id"])
            proof = f"，{row['evidence']}" if row["evidence"] else ""
            yield row["worker_id"], segment_key(row["first_day"]), _entered(row) + proof


def _entered(entry: dict[str, Any]) -> str:
    reason = f"，{entry['history_change_reason']}" if entry["history_change_reason"] else ""
    return f"{entry['history_user__name'] or '系统'} {entry['history_date']:%Y-%m-%d}{reason}"
