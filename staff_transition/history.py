"""What happened to a worker: every change with who, when, old, new and why; numbers of the person masked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from common.fields import EncryptedTextField, mask_id_number
from staff_transition.grounds import label_of
from staff_transition.models import Worker

SHOWN = 40  # newest entries on the page


@dataclass(frozen=True)
class Event:
    """One act: `changes` are (label, old, new); a creation and a removal say what in `title`."""

    at: datetime
    who: str
    title: str
    reason: str
    changes: tuple[tuple[str, str, str], ...] = ()


HEALTH = "受保护情形"


def timeline(worker: Worker, *, with_health: bool) -> list[Event]:
    """The newest events of the worker and of the rows that belong to him; health facts only for those who need them."""
    events: list[Event] = []
    for title, history in _histories(worker):
        if title == HEALTH and not with_health:
            continue
        events += _events(title, list(history.select_related("history_user")[: SHOWN + 1]))
    if not with_health:
        events = [
            replace(each, changes=tuple(change for change in each.changes if change[0] != "备注")) for each in events
        ]
    return _run_together(sorted(events, key=lambda event: event.at, reverse=True))[:SHOWN]


def _run_together(events: list[Event]) -> list[Event]:
    """Rows entered at one stroke (twelve months of wages) are one event with their number."""
    found: list[tuple[Event, int]] = []
    for event in events:
        if found and not event.changes and _stroke(found[-1][0]) == _stroke(event):
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((event, 1))
    return [event if count == 1 else replace(event, title=f"{event.title}（{count} 条）") for event, count in found]


def _stroke(event: Event) -> tuple[Any, ...]:
    return (event.at.replace(second=0, microsecond=0), event.who, event.title, event.reason, event.changes)


def _histories(worker: Worker) -> Iterator[tuple[str, Any]]:
    from staff_transition import models

    yield "", Worker.history.filter(id=worker.pk)  # type: ignore[attr-defined]
    for model in (
        models.Disposition, models.ProtectedCondition, models.ServicePeriod, models.WageMonth, models.InsurancePeriod,
        models.LeaveYear, models.ContractTerm, models.Offer, models.Adjustment,
    ):  # fmt: skip
        yield str(model._meta.verbose_name), model.history.filter(worker_id=worker.pk)  # type: ignore[attr-defined]


def _events(title: str, entries: list[Any]) -> Iterator[Event]:
    """Entries newest first, of one or more rows; each is held against the one before it of the same row."""
    for index, entry in enumerate(entries):
        before = next((each for each in entries[index + 1 :] if each.id == entry.id), None)
        who = entry.history_user.name if entry.history_user else "系统"
        changes = tuple(_changes(before, entry)) if before and entry.history_type == "~" else ()
        if entry.history_type == "~" and before and not changes:
            continue
        words = {"+": "登记", "-": "删除", "~": "修改"}[entry.history_type]
        about = f"{words}{title}" + (f"：{entry.history_object_text}" if hasattr(entry, "history_object_text") else "")
        yield Event(entry.history_date, who, about, entry.history_change_reason or "", changes)


def _changes(before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    for field in after.tracked_fields:
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new and field.name not in ("set_at", "set_by"):
            yield str(field.verbose_name), _said(before, field), _said(after, field)


def _said(entry: Any, field: Any) -> str:
    value = getattr(entry, field.attname)
    if value in (None, ""):
        return "—"
    if isinstance(field, EncryptedTextField):
        return mask_id_number(value)
    if isinstance(value, bool):
        return "是" if value else "否"
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
    entries = list(worker.history.select_related("history_user").order_by("-history_date", "-history_id"))  # type: ignore[attr-defined]
    return {fact: _source(entries, column) for fact, column in SOURCED.items() if entries}


def _source(entries: list[Any], column: str) -> str:
    """The newest entry after which the value no longer changed."""
    newest = entries[0]
    first = newest
    for entry in entries:
        if getattr(entry, column) != getattr(newest, column):
            break
        first = entry
    who = first.history_user.name if first.history_user else "系统"
    reason = f"，{first.history_change_reason}" if first.history_change_reason else ""
    return f"{who} {first.history_date:%Y-%m-%d}{reason}"
