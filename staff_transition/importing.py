"""The two jobs of an import: reading a file for the preview, and writing what the preview showed, all or nothing."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Unit
from common import jobs
from common.history import create_many, record, record_many
from common.models import Job
from common.refusals import DomainError, NotReadable
from staff_transition.actions.checklists import FOLLOWED, keep_checklists
from staff_transition.actions.holding import hold
from staff_transition.actions.imports import READ, WRITE
from staff_transition.actions.rosters import require_open
from staff_transition.comparison import Comparison, built, compare, existing_keys, existing_workers, updated
from staff_transition.errors import ChangedMeanwhile, NobodyToImport
from staff_transition.examining import STEPS, Examination, Report, examine
from staff_transition.matching import NameBook, Placed, place
from staff_transition.models import RosterImport, RosterIssue, Worker
from staff_transition.roster.people import Person
from staff_transition.roster.stored import store
from staff_transition.roster.summary import counts

State = RosterImport.State


@jobs.handler(READ)
def read_job(job: Job) -> dict[str, Any]:
    """Read the file of an import and keep the reading for the preview. Done again, it gives the same."""
    roster_import = RosterImport.objects.select_related("file", "unit").get(pk=job.arguments["roster_import"])
    read_import(roster_import, by=job.started_by, report=lambda step, doing: jobs.progress(job, step, STEPS, doing))
    return {}


def read_import(roster_import: RosterImport, *, by: Any, report: Report) -> None:
    """Examine the file and move the import to checked, or to unreadable with the reason."""
    try:
        examination = examine(
            roster_import.file.read(), roster_import.kind, by=by, unit=roster_import.unit,
            mappings={
                signature: {int(index): field for index, field in mapping.items()}
                for signature, mapping in roster_import.mapping.items()
            },
            answers=roster_import.names, report=report,
        )  # fmt: skip
    except NotReadable as refusal:
        roster_import.state, roster_import.error = State.UNREADABLE, refusal.text[:500]
        record(roster_import, by, "读不了", "state", "error")
    else:
        keep_reading(roster_import, examination, by=by)


def keep_reading(roster_import: RosterImport, examination: Examination, *, by: Any) -> None:
    """Keep what was found with the import, for the preview and for writing."""
    roster_import.reading = store(examination.reading) | {"comparison": stored_comparison(examination.comparison)}
    roster_import.result = result_of(examination)
    roster_import.state, roster_import.error = State.CHECKED, ""
    record(roster_import, by, "核对完毕", "state", "reading", "result", "error")


def result_of(examination: Examination) -> dict[str, Any]:
    """The figures of the preview, free of personal data."""
    reading, placed = examination.reading, examination.placed
    return {
        "counts": counts(reading),
        "skipped": [list(each) for each in reading.skipped],
        "losses": reading.losses,
        "unknown_names": placed.unknown_names,
        "unknown_teams": dict(placed.unknown_teams),
        "unknown_campuses": dict(placed.unknown_campuses),
        "aside": {kind: dict(texts) for kind, texts in placed.aside.items()},
    } | comparison_figures(examination.comparison)


def comparison_figures(comparison: Comparison) -> dict[str, Any]:
    return {
        "new": len(comparison.new), "changed": len(comparison.changed), "unchanged": comparison.unchanged,
        "left_out": len(comparison.left_out), "digest": comparison.digest,
    }  # fmt: skip


def stored_comparison(comparison: Comparison) -> dict[str, Any]:
    """What would change, for the page that shows it. Holds personal data: kept sealed with the reading."""
    return {
        "changed": [
            [each.person.sheet, each.person.row, each.worker.pk, each.worker.name,
             [[key, _said(each.old[key]), _said(each.new[key])] for key in each.new]]
            for each in comparison.changed
        ],
        "left_out": [[worker.pk, worker.name, worker.service.name, worker.team] for worker in comparison.left_out],
    }  # fmt: skip


def _said(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int)) else str(value)


@jobs.handler(WRITE)
def write_job(job: Job) -> dict[str, Any]:
    roster_import = RosterImport.objects.get(pk=job.arguments["roster_import"])
    jobs.progress(
        job, 0, roster_import.result["counts"]["good"], f"正在写入 {roster_import.result['counts']['good']} 人"
    )
    return write_import(roster_import, by=job.started_by)


def write_import(roster_import: RosterImport, *, by: Any) -> dict[str, Any]:
    """Write a confirmed import; a refusal leaves nothing written and brings the preview back with the reason."""
    try:
        return _write(roster_import, by)
    except DomainError as refusal:
        _back_to_preview(roster_import, by, refusal)
        raise


@transaction.atomic
def _write(roster_import: RosterImport, by: Any) -> dict[str, Any]:
    """All of it in one transaction. Written already: nothing to do, so that a job delivered twice works once."""
    roster_import = (
        RosterImport.objects.select_for_update(of=("self",), no_key=True)
        .select_related("file", "unit")
        .get(pk=roster_import.pk)
    )
    if roster_import.state != State.WRITING:
        return {}
    list(
        Unit.objects.select_for_update(no_key=True).values_list("pk")
    )  # imports one after the other, whatever the file
    people = roster_import.stored.people
    book = NameBook.for_import(by, roster_import.unit, roster_import.names)
    placed = place(people, book)
    services = {service.pk for _, service, _ in placed.people}
    hold(existing_keys(_numbers(people)), by, also=services)
    comparison = _compare(people, placed)
    if comparison.digest != roster_import.result["digest"]:
        raise ChangedMeanwhile
    if not placed.people:
        raise NobodyToImport
    require_open(comparison.services)
    reason = roster_import.reason
    create_many([built(attributes) for _, attributes in comparison.new], by, reason)
    changed: dict[tuple[str, ...], list[Worker]] = defaultdict(list)
    for change in comparison.changed:
        changed[_columns(change.new)].append(updated(change))
    for columns, workers in changed.items():  # of each row only what the file changes
        record_many(workers, columns, by, reason)
    if any(FOLLOWED.intersection(change.new) for change in comparison.changed):
        keep_checklists(by, reason[:100])
    issues = _settle_issues(roster_import, people, placed, by)
    _finish(roster_import, by, placed)
    return comparison_figures(comparison) | {"issues": issues}


def _compare(people: list[Person], placed: Placed) -> Comparison:
    return compare(placed.people, existing_workers(_numbers(people)), people)


def _numbers(people: list[Person]) -> list[str]:
    return [person.id_number for person in people if person.id_number]


def _columns(new: dict[str, Any]) -> tuple[str, ...]:
    return (*sorted(new), "revision", *(("pinyin", "sort_key") if "name" in new else ()))


def _settle_issues(roster_import: RosterImport, people: list[Person], placed: Placed, by: Any) -> int:
    """Close earlier issues of people whom this file names again; open one for each error of a row left out."""
    names = {person.plain_name for person in people}
    earlier = (
        RosterIssue.objects.open().filter(roster_import__unit=roster_import.unit).exclude(roster_import=roster_import)
        .select_for_update(of=("self",), no_key=True).order_by("pk")
    )  # fmt: skip
    answered = [issue for issue in earlier if issue.person in names]
    now = timezone.now()
    for issue in answered:
        issue.resolved_at, issue.resolved_by = now, by
        issue.resolution = roster_import.resolution
    record_many(answered, ["resolved_at", "resolved_by", "resolution"], by, "重新导入")
    rows = {(person.sheet, person.row): person for person in people}
    errors = [finding for finding in roster_import.stored.findings if finding.is_error]
    create_many(
        [
            RosterIssue(
                roster_import=roster_import, service=placed.service_of_row.get((each.sheet, each.row)),
                person=rows[each.sheet, each.row].plain_name[:50], sheet=each.sheet[:100], row=each.row,
                column=each.header[:100], code=each.code, message=each.message[:300],
            )
            for each in errors
        ],
        by, roster_import.reason,
    )  # fmt: skip
    return len(errors)


def _finish(roster_import: RosterImport, by: Any, placed: Placed) -> None:
    units = {service.unit_id for _, service, _ in placed.people}
    if len(units) == 1:  # HR may import for another unit: the import belongs where its people are
        roster_import.unit_id = units.pop()
    roster_import.state, roster_import.finished_at = State.DONE, timezone.now()
    record(roster_import, by, "导入完成", "state", "finished_at", "unit")


def _back_to_preview(roster_import: RosterImport, by: Any, refusal: DomainError) -> None:
    """The import waits for a decision again; after a change of the roster with new figures."""
    roster_import = RosterImport.objects.select_related("file", "unit").get(pk=roster_import.pk)
    fields = ["state", "error", "round"]
    if isinstance(refusal, ChangedMeanwhile):
        people = roster_import.stored.people
        comparison = _compare(people, place(people, NameBook.for_import(by, roster_import.unit, roster_import.names)))
        roster_import.result = roster_import.result | comparison_figures(comparison)
        roster_import.reading = roster_import.stored.content | {"comparison": stored_comparison(comparison)}
        fields += ["result", "reading"]
    roster_import.state, roster_import.error = State.CHECKED, refusal.text[:500]
    roster_import.round += 1  # the next confirmation is new work
    record(roster_import, by, "没有导入", *fields)
