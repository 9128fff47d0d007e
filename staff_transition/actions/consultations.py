"""Registering advice from outside, and the answer when it comes."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from common.history import record, require_fresh
from common.refusals import NotYours, require
from staff_transition import permissions
from staff_transition.models import Consultation, Worker


@transaction.atomic
def save_consultation(
    consultation: Consultation, workers: Iterable[Worker], *, by: Any, revision: int | None = None
) -> Consultation:
    """Register or complete a consultation with the people it is about; `revision`: what the person saw, None for a new one.

    Raises NotYours, Stale.
    """
    require(permissions.may_consult(by), NotYours, act="登记法律咨询", who="经办人、人事处或法务")
    reason = "登记咨询"
    if consultation.pk is None:
        consultation.made_by = by
    else:
        stored = (
            Consultation.objects.select_for_update(of=("self",), no_key=True)
            .select_related("made_by")
            .get(pk=consultation.pk)
        )
        require(
            permissions.may_change_consultation(by, stored),
            NotYours,
            act="修改这条法律咨询",
            who=f"登记人{stored.made_by}",
        )
        require_fresh(stored, revision)
        consultation.revision = stored.revision + 1
        reason = "补充答复" if consultation.advice and not stored.advice else "修改咨询"
    record(consultation, by, reason)
    consultation.workers.set(workers)
    return consultation
