"""Registering advice from outside, and the answer when it comes."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from common.history import record
from common.refusals import NotYours, require
from staff_transition import permissions
from staff_transition.models import Consultation, Worker


@transaction.atomic
def save_consultation(consultation: Consultation, workers: Iterable[Worker], *, by: Any) -> Consultation:
    """Register or complete a consultation with the people it is about. Raises NotYours."""
    require(permissions.may_consult(by), NotYours, act="登记法律咨询", who="经办人、人事处或法务")
    if consultation.pk is None:
        consultation.made_by = by
        record(consultation, by, "登记咨询")
        consultation.workers.set(workers)
        return consultation
    consultation.workers.set(workers)
    record(consultation, by, "补充答复" if consultation.advice else "修改咨询")
    return consultation
