"""Bringing wages by month in from the payroll's file: looked at first, written on confirmation, all or nothing."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from common.fields import blind_index
from common.history import create_many, record_many
from common.models import StoredFile
from common.refusals import NotYours, require
from common.uploads import KINDS, check_upload
from staff_transition import permissions
from staff_transition.actions.rosters import require_open
from staff_transition.errors import NobodyToImport
from staff_transition.models import WageMonth, Worker
from staff_transition.roster.files import explain
from staff_transition.roster.findings import Finding
from staff_transition.roster.limited import read_book_safely
from staff_transition.roster.payroll import PayRow, read_payroll

FORMATS = ("xlsx", "xls", "csv")
MEDIA_TYPES = {KINDS[kind].media_type: kind for kind in FORMATS}
COMPONENTS = ("basic", "overtime", "bonus", "allowance")


@dataclass(frozen=True)
class Payroll:
    """What a file would do: rows that match a worker of the person's, what is wrong, who is not on the roster."""

    matched: tuple[tuple[Worker, PayRow], ...]
    new: int
    changed: tuple[tuple[Worker, WageMonth, PayRow], ...]  # as stored, as in the file
    errors: tuple[Finding, ...]
    unknown: tuple[PayRow, ...]  # identity numbers of nobody on the roster, one row each
    skipped: tuple[tuple[str, str], ...]

    @property
    def people(self) -> int:
        return len({worker.pk for worker, _ in self.matched})


def keep_payroll(upload: UploadedFile, *, by: Any) -> StoredFile:
    """Keep the file, sealed. Raises NotReadable for what is no workbook."""
    require(permissions.may_import(by), NotYours, act="导入工资表", who="后勤处经办人或人事处")
    upload.seek(0)
    explain(upload.read(4096))
    kind, content = check_upload(upload, FORMATS)
    return StoredFile.keep(upload.name or f"工资表.{kind}", content, KINDS[kind].media_type, by, sealed=True)


def look_at(file: StoredFile, *, by: Any) -> Payroll:
    """Read the file against the roster; writes nothing. Raises NotReadable."""
    reading = read_payroll(read_book_safely(file.read(), MEDIA_TYPES[file.media_type]), timezone.localdate())
    by_index = {blind_index(row.id_number): row.id_number for row in reading.rows}
    mine = Worker.objects.visible_to(by).live().filter(id_index__in=by_index).select_related("service")
    workers = {by_index[worker.id_index]: worker for worker in mine if permissions.may_edit(by, worker)}
    stored = {
        (each.worker_id, each.month): each  # type: ignore[attr-defined]
        for each in WageMonth.objects.filter(worker__in=[worker.pk for worker in workers.values()])
    }
    matched = [(workers[row.id_number], row) for row in reading.rows if row.id_number in workers]
    unknown = {row.id_number: row for row in reading.rows if row.id_number not in workers}
    changed = [
        (worker, known, row) for worker, row in matched
        if (known := stored.get((worker.pk, row.month))) and _differs(known, row)
    ]  # fmt: skip
    return Payroll(
        tuple(matched), sum((worker.pk, row.month) not in stored for worker, row in matched), tuple(changed),
        tuple(reading.findings), tuple(unknown.values()), tuple(reading.skipped),
    )  # fmt: skip


def _differs(known: WageMonth, row: PayRow) -> bool:
    return any(getattr(known, name) != getattr(row, name) for name in COMPONENTS)


@transaction.atomic
def import_payroll(file: StoredFile, *, by: Any) -> int:
    """Write every row that could be read; returns how many months were added or changed.

    Raises NotYours, NobodyToImport, AlreadyLocked.
    """
    require(file.uploaded_by_id == by.pk, NotYours, act="导入别人上传的工资表")  # type: ignore[attr-defined]
    found = look_at(file, by=by)
    require(bool(found.matched), NobodyToImport)
    require_open({worker.service_id for worker, _ in found.matched})  # type: ignore[attr-defined]
    reason, changed_keys = f"导入 {file.name}", {(worker.pk, row.month) for worker, _, row in found.changed}
    stored: dict[int, set[Any]] = defaultdict(set)
    for each in WageMonth.objects.filter(worker__in=[worker.pk for worker, _ in found.matched]):
        stored[each.worker_id].add(each.month)  # type: ignore[attr-defined]
    for _, known, row in found.changed:
        for name in COMPONENTS:
            setattr(known, name, getattr(row, name))
        known.evidence = _evidence(file, row)
    record_many([known for _, known, _ in found.changed], (*COMPONENTS, "evidence"), by, reason)
    new = [
        WageMonth(worker=worker, month=row.month, evidence=_evidence(file, row), **{name: getattr(row, name) for name in COMPONENTS})
        for worker, row in found.matched if row.month not in stored[worker.pk]
    ]  # fmt: skip
    create_many(new, by, reason)
    return len(new) + len(changed_keys)


def _evidence(file: StoredFile, row: PayRow) -> str:
    return f"{file.name} {row.sheet} 第 {row.row} 行"[:200]
