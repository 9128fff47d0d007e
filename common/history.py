"""Writing history: who, when, old, new, why, for single rows and for many, never an entry where nothing changed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

BATCH = 500


def record(instance: Any, by: Any, reason: str, *fields: str) -> None:
    """Save `fields` (all when none is named) with the acting person and the reason in the history."""
    instance._history_user = by
    instance._change_reason = reason
    instance.save(update_fields=list(fields) or None)


def record_many(instances: Iterable[models.Model], fields: Sequence[str], by: Any, reason: str) -> int:
    """Update `fields` of many rows, one history entry per row. The caller passes only rows that changed. Returns the count."""
    rows = list(instances)
    if rows:
        bulk_update_with_history(
            rows, type(rows[0]), list(fields), batch_size=BATCH, default_user=by, default_change_reason=reason
        )
    return len(rows)


def create_many(instances: Iterable[models.Model], by: Any, reason: str) -> list[models.Model]:
    """Insert many rows, one history entry per row. Runs no validation: the caller has validated."""
    rows = list(instances)
    if not rows:
        return []
    return bulk_create_with_history(
        rows, type(rows[0]), batch_size=BATCH, default_user=by, default_change_reason=reason
    )
