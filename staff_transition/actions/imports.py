"""Bringing a roster file in: upload, correct what was misunderstood, import all or the good rows, or give it up."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from common import jobs
from common.history import record
from common.models import StoredFile
from common.refusals import NotYours, require
from common.uploads import KINDS, check_upload
from staff_transition import permissions
from staff_transition.errors import (
    ColumnsContradict,
    ImportHasErrors,
    ImportNotReady,
    NamesUnknown,
    NobodyToImport,
    NoUnit,
)
from staff_transition.matching import SET_ASIDE
from staff_transition.models import RememberedColumns, RememberedName, RosterImport
from staff_transition.roster.fields import LABELS
from staff_transition.roster.files import explain

ROSTER_KINDS = ("xlsx", "xls", "csv")
READ, WRITE = "roster-read", "roster-write"
State = RosterImport.State


def upload_roster(upload: UploadedFile, *, by: Any) -> RosterImport:
    """Keep the file byte for byte, sealed, and begin to read it in the background. Raises NotReadable."""
    require(permissions.may_import(by), NotYours, act="导入花名册", who="后勤处经办人或人事处")
    require(by.unit_id is not None, NoUnit)
    upload.seek(0)
    explain(upload.read(4096))
    kind, content = check_upload(upload, ROSTER_KINDS)
    return keep_roster(upload.name or "花名册", content, kind, by=by, begin=True)


@transaction.atomic
def keep_roster(name: str, content: bytes, kind: str, *, by: Any, begin: bool) -> RosterImport:
    """The import row of a file; `begin`: read it in the background."""
    file = StoredFile.keep(name, content, KINDS[kind].media_type, by, sealed=True)
    roster_import = RosterImport(file=file, kind=kind, unit=by.unit, uploaded_by=by)
    record(roster_import, by, f"上传 {file.name}")
    if begin:
        _read_again(roster_import, by)
    return roster_import


@transaction.atomic
def correct_columns(roster_import: RosterImport, signature: str, choice: dict[int, str], *, by: Any) -> RosterImport:
    """Take the columns of one header as the person says, remember it for the next file, and read again."""
    roster_import = _locked(roster_import, by, State.CHECKED)
    fields = [field for field in choice.values() if field]
    double = next((field for field in fields if fields.count(field) > 1), "")
    require(not double, ColumnsContradict, field=LABELS.get(double, double))
    mapping = {str(index): field for index, field in choice.items()}
    roster_import.mapping = roster_import.mapping | {signature: mapping}
    remembered = RememberedColumns.objects.filter(unit=roster_import.unit, signature=signature).first()
    remembered = remembered or RememberedColumns(unit=roster_import.unit, signature=signature)
    remembered.mapping = mapping
    record(remembered, by, f"核对 {roster_import.file.name} 的列")
    return _read_again(roster_import, by)


@transaction.atomic
def answer_names(roster_import: RosterImport, answers: dict[str, dict[str, int]], *, by: Any) -> RosterImport:
    """What teams and campuses of the file stand for (kind → text → key), or that their people are set aside.

    Remembered, but for the empty text and who is set aside: that is about this file.
    """
    roster_import = _locked(roster_import, by, State.CHECKED)
    roster_import.names = {
        kind: roster_import.names.get(kind, {}) | answers.get(kind, {}) for kind in ("team", "campus")
    }
    for kind, texts in answers.items():
        for text, key in texts.items():
            if text and key != SET_ASIDE:
                _remember_name(roster_import, kind, text, key, by)
    return _read_again(roster_import, by)


def _remember_name(roster_import: RosterImport, kind: str, text: str, key: int, by: Any) -> None:
    name = RememberedName.objects.filter(unit=roster_import.unit, kind=kind, text=text).first()
    name = name or RememberedName(unit=roster_import.unit, kind=kind, text=text)
    name.service_id, name.campus_id = (key, None) if kind == "team" else (None, key)
    record(name, by, f"核对 {roster_import.file.name}")


@transaction.atomic
def confirm_import(roster_import: RosterImport, *, by: Any, good_rows_only: bool, begin: bool = True) -> RosterImport:
    """Say yes to what the preview shows. `begin`: write in the background; a command writes itself.

    Raises ImportNotReady, ImportHasErrors, NamesUnknown, NobodyToImport.
    """
    roster_import = _locked(roster_import, by, State.CHECKED)
    result = roster_import.result
    require(good_rows_only or not result["counts"]["errors"], ImportHasErrors, count=result["counts"]["errors"])
    require(not result["unknown_names"], NamesUnknown, names=result["unknown_names"])
    require(result["counts"]["good"] > 0, NobodyToImport)
    roster_import.state, roster_import.error = State.WRITING, ""
    if begin:
        roster_import.job = jobs.start(
            WRITE, f"{WRITE}:{roster_import.pk}:{roster_import.round}", by, roster_import.reason,
            roster_import=roster_import.pk,
        )  # fmt: skip
    record(roster_import, by, "只导入没有错误的人" if good_rows_only else "全部导入", "state", "error", "job")
    return roster_import


@transaction.atomic
def discard_import(roster_import: RosterImport, *, by: Any) -> RosterImport:
    """Give up an import that has written nothing. The file stays with it."""
    roster_import = _locked(roster_import, by, State.CHECKED)
    roster_import.state, roster_import.reading, roster_import.finished_at = State.DISCARDED, None, timezone.now()
    record(roster_import, by, "放弃导入", "state", "reading", "finished_at")
    return roster_import


def _locked(roster_import: RosterImport, by: Any, state: str) -> RosterImport:
    """The row for this transaction alone, in the state that the act needs."""
    locked = (
        RosterImport.objects.select_for_update(of=("self",), no_key=True)
        .select_related("file", "unit")
        .get(pk=roster_import.pk)
    )
    require(permissions.may_import(by), NotYours, act="导入花名册", who="后勤处经办人或人事处")
    require(locked.state == state, ImportNotReady, state=locked.get_state_display())
    return locked


def _read_again(roster_import: RosterImport, by: Any) -> RosterImport:
    if roster_import.reading is not None:
        roster_import.round += 1
    roster_import.state = State.READING
    roster_import.job = jobs.start(
        READ, f"{READ}:{roster_import.pk}:{roster_import.round}", by, f"读取 {roster_import.file.name}",
        roster_import=roster_import.pk,
    )  # fmt: skip
    record(roster_import, by, "读取", "state", "round", "mapping", "names", "job")
    return roster_import
