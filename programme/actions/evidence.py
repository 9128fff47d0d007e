"""Registering evidence, findings and measures, and closing a measure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from common.history import record
from common.models import StoredFile
from common.refusals import NotYours, require
from common.uploads import KINDS
from programme import permissions
from programme.errors import MeasureIsClosed
from programme.models import Evidence, EvidenceFile, Finding, Measure, Service


@transaction.atomic
def save_evidence(
    evidence: Evidence, services: Iterable[Service], *, by: Any, reason: str, upload: tuple[str, str, bytes] | None = None
) -> Evidence:  # fmt: skip
    """Write an evidence, the services it is about, and one more paper: (name, kind of common.uploads, content)."""
    require(permissions.may_edit_evidence(by, evidence), NotYours, act="登记调研", who=permissions.OFFICE)
    record(evidence, by, reason)
    evidence.services.set(services)
    if upload:
        name, kind, content = upload
        file = StoredFile.keep(name, content, KINDS[kind].media_type, by)
        EvidenceFile.objects.create(evidence=evidence, file=file)
    return evidence


@transaction.atomic
def add_finding(finding: Finding, *, by: Any) -> Finding:
    require(permissions.may_edit_evidence(by, finding.evidence), NotYours, act="登记发现", who=permissions.OFFICE)
    record(finding, by, "登记发现")
    return finding


@transaction.atomic
def add_measure(measure: Measure, *, by: Any) -> Measure:
    evidence = measure.finding.evidence
    require(permissions.may_edit_evidence(by, evidence), NotYours, act="登记整改", who=permissions.OFFICE)
    record(measure, by, "登记整改")
    return measure


@transaction.atomic
def close_measure(measure: Measure, state: str, *, by: Any, result: str, today: date) -> Measure:
    """Say that a measure is done, or will not be done and why. Raises NotYours, MeasureIsClosed."""
    held = Measure.objects.select_for_update(of=("self",)).select_related("finding__evidence").get(pk=measure.pk)
    require(permissions.may_close(by, held), NotYours, act="办结这项整改", who="责任人或后勤处经办人")
    require(held.state == Measure.State.OPEN, MeasureIsClosed, state=held.get_state_display())
    held.state, held.result = state, result
    held.done_on = today if state == Measure.State.DONE else None
    record(held, by, result, "state", "result", "done_on")
    return held
