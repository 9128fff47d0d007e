"""Writing history: who, when, old, new, why, for single rows and for many, never an entry where nothing changed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from common.refusals import Stale

BATCH = 500
BEGUN = "升级补记：以前没有修改记录"


def record(instance: Any, by: Any, reason: str, *fields: str) -> None:
    """Save `fields` (all when none is named) with the acting person and the reason in the history."""
    instance._history_user = by
    instance._change_reason = reason
    instance.save(update_fields=list(fields) or None)


def version_of(row: Any) -> int:
    """What a person who opened the row saw: its `revision`, or the newest entry of its history. 0 where it has none."""
    if hasattr(row, "revision"):
        return int(row.revision)
    last = newest_entry(row)
    return last.history_id if last else 0


def newest_entry(row: Any) -> Any:
    """The entry that was written last, whatever the clock said then; None where there is none."""
    return row.history.select_related("history_user").order_by("-history_id").first()


def require_fresh(stored: Any, revision: int | None) -> None:
    """Raises Stale, naming who saved in the meantime; the form then holds the new revision (common.forms)."""
    now = version_of(stored)
    if now == revision:
        return
    last = newest_entry(stored)
    who = last.history_user if last and last.history_user else "别人"
    at = f"{timezone.localtime(last.history_date):%m-%d %H:%M}" if last else "刚才"
    raise Stale(who=who, at=at, revision=now)


def record_many(instances: Iterable[models.Model], fields: Sequence[str], by: Any, reason: str) -> int:
    """Update `fields` of many rows, one history entry per row. The caller passes only rows that changed. Returns the count."""
    rows = list(instances)
    if rows:
        bulk_update_with_history(
            rows, type(rows[0]), list(fields), batch_size=BATCH, default_user=by, default_change_reason=reason
        )
    return len(rows)


def begin_history(apps: Any, app: str, name: str, at: str = "", by: str = "") -> None:
    """For a migration that gives a table its history: an entry for each row there is, of when and by whom its own columns say."""
    model, history = apps.get_model(app, name), apps.get_model(app, f"Historical{name}")
    names = [field.attname for field in model._meta.concrete_fields if hasattr(history, field.attname)]
    history.objects.bulk_create(
        (
            history(
                **{name: getattr(row, name) for name in names}, history_type="+", history_change_reason=BEGUN,
                history_date=getattr(row, at) if at else timezone.now(), history_user_id=getattr(row, by) if by else None,
            )
            for row in model.objects.order_by("pk")
        ),
        batch_size=BATCH,
    )  # fmt: skip


def create_many(instances: Iterable[models.Model], by: Any, reason: str) -> list[models.Model]:
    """Insert many rows, one history entry per row. Runs no validation: the caller has validated."""
    rows = list(instances)
    if not rows:
        return []
    return bulk_create_with_history(
        rows, type(rows[0]), batch_size=BATCH, default_user=by, default_change_reason=reason
    )


def delete_many(instances: Iterable[models.Model], by: Any, reason: str) -> int:
    """Delete many rows that nothing refers to, one history entry per row. Returns the count.

    Past the signals, which would write entries without the reason one by one; the database refuses a row that is referred to.
    """
    rows = list(instances)
    if not rows:
        return 0
    model, history, now = type(rows[0]), type(rows[0]).history.model, timezone.now()  # type: ignore[attr-defined]
    history.objects.bulk_create(
        [
            history(
                history_date=now, history_user=by, history_change_reason=reason, history_type="-",
                **{field.attname: getattr(row, field.attname) for field in history.tracked_fields},
            )
            for row in rows
        ],
        batch_size=BATCH,
    )  # fmt: skip
    for start in range(0, len(rows), BATCH):
        batch = model._base_manager.filter(pk__in=[row.pk for row in rows[start : start + BATCH]])
        batch._raw_delete(batch.db)  # type: ignore[attr-defined]
    return len(rows)
