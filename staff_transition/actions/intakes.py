"""Bringing facts of many people in from a file: looked at first, written on confirmation, all or nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone

from accounts.models import AccessRecord
from common.constraints import broken_by
from common.fields import blind_index, mask_id_number
from common.fingerprint import fingerprint
from common.history import create_many, record_many
from common.models import StoredFile
from common.refusals import NotYours, require
from common.uploads import KINDS
from programme.models import Service
from staff_transition import permissions
from staff_transition.actions.holding import hold
from staff_transition.actions.rosters import require_open_to
from staff_transition.errors import ChangedMeanwhile, ColumnsInQuestion, FileHasErrors, NobodyToImport
from staff_transition.fact_book import MODELS, TABLES, fact_book, facts_of, wage_ledger
from staff_transition.figures import as_plain
from staff_transition.intakes import Intake
from staff_transition.models import Worker
from staff_transition.models.workers import WorkerQuerySet
from staff_transition.roster.cells import squeeze
from staff_transition.roster.files import explain
from staff_transition.roster.findings import Finding, Note, errors_of, hints_of
from staff_transition.roster.limited import mark_safely, read_book_safely
from staff_transition.roster.marked import mark_arguments
from staff_transition.roster.pay_columns import WHO, PayColumn
from staff_transition.roster.payroll import PayGrid, PayrollReading
from staff_transition.roster.people_sheet import FactLine, Reading, Who
from staff_transition.rules.ledger import DEDUCTIONS
from staff_transition.rules.wages import COMPONENTS

FORMATS = ("xlsx", "xls", "csv")
Choice = Mapping[str, str]  # head without white space → what it means
NOTHING_SAID: Choice = {}
MEDIA_TYPES = {KINDS[kind].media_type: kind for kind in FORMATS}


@dataclass(frozen=True)
class Change:
    """A fact that the file would add, or one that it would alter: field, as it is, as in the file."""

    line: FactLine
    fact: Any  # with the values of the file
    differences: tuple[tuple[str, str, str], ...] = ()


@dataclass
class Found:
    """What a file would do: rows of people on the roster, what is wrong, who is not there."""

    people: int
    unknown: list[FactLine]  # one row each
    skipped: list[tuple[str, str]]
    findings: list[Finding]
    header_rows: Mapping[str, tuple[int, int]]  # of the sheets that were read
    lines: list[FactLine] = field(default_factory=list)  # of people on the roster
    sheets: Sequence[PayGrid] = ()  # a payroll's, as they were understood
    questions: Sequence[PayColumn] = ()  # while a head is in question nothing is written
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)

    @property
    def to_write(self) -> int:
        return len(self.new) + len(self.changed)

    @property
    def understood(self) -> list[list[PayGrid]]:
        """The sheets of a payroll, those together whose columns were understood alike: twelve months are one look."""
        alike: dict[tuple[PayColumn, ...], list[PayGrid]] = defaultdict(list)
        for sheet in self.sheets:
            alike[sheet.head.columns].append(sheet)
        return list(alike.values())

    @property
    def heads(self) -> list[PayColumn]:
        """Each head of a payroll once, for the choice of what it means."""
        columns = (column for sheet in self.sheets for column in sheet.head.columns if column.key not in WHO)
        return list({column.plain: column for column in columns}.values())

    @property
    def totals(self) -> dict[str, Decimal]:
        """The amounts of a payroll over all rows of people on the roster; yuan."""
        sums = {
            name: sum((line.values.get(name) or Decimal(0) for line in self.lines), Decimal(0))
            for name in (*COMPONENTS, *DEDUCTIONS, "net")
        }
        parts = {"gross": COMPONENTS, "deducted": DEDUCTIONS}
        return sums | {key: sum((sums[name] for name in names), Decimal(0)) for key, names in parts.items()}

    @property
    def abnormal(self) -> int:
        return sum(bool(line.values.get("is_abnormal")) for line in self.lines)

    @property
    def digest(self) -> str:
        """The same for the same changes: what a person agreed to is what is written."""
        return fingerprint([
            [each.line.kind, each.fact.worker_id, as_plain(dict(each.line.values)), [list(one) for one in each.differences]]
            for each in (*self.new, *self.changed)
        ])  # fmt: skip

    @property
    def errors(self) -> list[Finding]:
        return errors_of(self.findings)

    @property
    def hints(self) -> list[Finding]:
        return hints_of(self.findings)

    @property
    def counts(self) -> list[tuple[str, int, int, int]]:
        """Title, new, changed, unchanged: a row a kind that the file has."""
        new, changed = (Counter(each.line.kind for each in many) for many in (self.new, self.changed))
        return [
            (table.title, new[kind], changed[kind], self.unchanged[kind])
            for kind, table in TABLES.items() if new[kind] + changed[kind] + self.unchanged[kind]
        ]  # fmt: skip


def keep_file(intake: Intake, upload: UploadedFile, *, by: Any) -> StoredFile:
    """Keep the file, sealed. Raises NotYours, and NotReadable for what is no workbook."""
    require(permissions.may_import(by), NotYours, act=intake.title, who="后勤处经办人或人事处")
    upload.seek(0)
    explain(upload.read(4096))
    return StoredFile.keep_upload(upload, FORMATS, by, sealed=True)


def look_at(intake: Intake, file: StoredFile, choice: Choice = NOTHING_SAID, *, by: Any) -> Found:
    """Read the file against the roster; writes nothing. Raises NotReadable. A fixed number of queries."""
    reading = _read(intake, file, choice)
    return _compared(reading, _people(reading.people, by))


@transaction.atomic
def bring_in(
    intake: Intake, file: StoredFile, choice: Choice = NOTHING_SAID, *, by: Any, revision: str | None = None
) -> int:
    """Write all rows or, while one has an error, none; returns how many facts were added or changed. Removes nothing.

    `choice`: the same as the page showed; `revision`: the changes that it showed (Found.digest), None where nobody looked.
    Raises NotYours, ColumnsInQuestion, NobodyToImport, AlreadyLocked, FileHasErrors, ChangedMeanwhile.
    """
    require(file.uploaded_by_id == by.pk, NotYours, act=f"导入别人上传的{intake.file}")  # type: ignore[attr-defined]
    reading = _read(intake, file, choice)
    if isinstance(reading, PayrollReading):
        heads = "、".join(f"“{each.header}”" for each in reading.questions)
        require(not reading.questions, ColumnsInQuestion, heads=heads)
    held = hold([worker.pk for worker in _people(reading.people, by).values()], by)
    workers = _people(reading.people, by, held)  # as they are now that nobody else changes them
    require(bool(workers), NobodyToImport)
    require_open_to(workers.values())
    found, reason = _compared(reading, workers), f"导入 {file.name}"
    require(not found.errors, FileHasErrors, file=file.name, count=len(found.errors))
    require(revision is None or revision == found.digest, ChangedMeanwhile, revision=found.digest)
    for each in (*found.new, *found.changed):
        each.fact.evidence = each.line.values.get("evidence") or f"{file.name} {each.line}"[:200]
    for kind, table in TABLES.items():
        fields = [column.name for column in table.columns]
        record_many([each.fact for each in found.changed if each.line.kind == kind], fields, by, reason)
        create_many([each.fact for each in found.new if each.line.kind == kind], by, reason)
    return found.to_write


def marked_file(intake: Intake, file: StoredFile, choice: Choice = NOTHING_SAID, *, by: Any) -> bytes:
    """The person's own file with errors and hints written into it. Raises NotReadable."""
    found = look_at(intake, file, choice, by=by)
    sheets = [{"name": name, "header_rows": list(rows)} for name, rows in found.header_rows.items()]
    return mark_safely(file.read(), mark_arguments(MEDIA_TYPES[file.media_type], sheets, found.findings))


def _read(intake: Intake, file: StoredFile, choice: Choice) -> Reading:
    return intake.read(read_book_safely(file.read(), MEDIA_TYPES[file.media_type]), timezone.localdate(), choice)


def _people(named: set[Who], by: Any, among: WorkerQuerySet | None = None) -> dict[Who, Worker]:
    """Whom of them the person may change; a masked number with its name must fit one alone."""
    mine = (Worker.objects.all() if among is None else among).visible_to(by).live()
    if not any(who.is_masked for who in named):
        mine = mine.filter(id_index__in=[blind_index(who.number) for who in named])
    by_who: dict[Who, list[Worker]] = defaultdict(list)
    for worker in mine.select_related("service").defer("phone", "bank_account"):
        if permissions.may_edit(by, worker):
            by_who[Who(worker.id_number, "")].append(worker)
            by_who[Who(mask_id_number(worker.id_number), squeeze(worker.name))].append(worker)
    found = ((who, by_who[who if who.is_masked else who._replace(name="")]) for who in named)
    return {who: workers[0] for who, workers in found if len(workers) == 1}


def _compared(reading: Reading, workers: Mapping[Who, Worker]) -> Found:
    found = Found(
        len({worker.pk for worker in workers.values()}),
        list({line.who: line for line in reversed(reading.lines) if line.who not in workers}.values())[::-1],
        reading.skipped, list(reading.findings), reading.header_rows, [line for line in reading.lines if line.who in workers],
    )  # fmt: skip
    if isinstance(reading, PayrollReading):
        found.sheets, found.questions = reading.sheets, reading.questions
    lines: dict[tuple[Any, ...], list[FactLine]] = defaultdict(list)
    for line in reading.lines:
        if worker := workers.get(line.who):
            lines[_place(line.kind, worker.pk, line.values)].append(line)
    stored = _stored({line.kind for line in reading.lines}, [worker.pk for worker in workers.values()])
    for place, same in lines.items():
        _compare(same, stored.get(place, []), workers[same[0].who], found)
    found.findings.sort(key=lambda each: (each.sheet, each.row))
    return found


def _place(kind: str, worker: int, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return (kind, worker, *(values[name] for name in TABLES[kind].key))


def _stored(kinds: Iterable[str], workers: list[int]) -> dict[tuple[Any, ...], list[Any]]:
    """What is registered for the workers, by place: one query a kind."""
    found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for kind in kinds:
        for fact in facts_of(kind, workers):
            values = {column.name: column.plain(getattr(fact, column.name)) for column in TABLES[kind].columns}
            found[_place(kind, fact.worker_id, values)].append(fact)
    return found


def _compare(lines: list[FactLine], stored: list[Any], worker: Worker, found: Found) -> None:
    """Rows of one place against what is registered there: each row says the same, or one of them alters or adds one."""
    fresh: list[FactLine] = []
    for line in lines:
        if any(not _differences(fact, line) for fact in stored):
            found.unchanged[line.kind] += 1
        elif all(line.values != other.values for other in fresh):
            fresh.append(line)
    open_ = [fact for fact in stored if all(_differences(fact, line) for line in lines)]
    for number, line in enumerate(fresh):
        if number or (stored and not open_):
            other = fresh[0] if number else next(each for each in lines if each is not line)
            found.findings.append(
                line.finding(None, Note("fact_double", f"与“{other}”是同一项事实，内容不同。请只留一条。"))
            )
        elif len(open_) > 1:
            text = f"{worker.name}的这一项已登记了 {len(open_)} 条，不知道改哪一条。请在员工页上修改。"
            found.findings.append(line.finding(None, Note("fact_unclear", text)))
        else:
            _put(line, open_[0] if open_ else MODELS[line.kind](worker=worker), found, is_new=not open_)


def _differences(fact: Any, line: FactLine) -> tuple[tuple[str, str, str], ...]:
    """Field, stored, in the file: where the two differ. No evidence in the file is no difference."""
    return tuple(
        (column.head, column.said(stored), column.said(line.values[column.name]))
        for column in TABLES[line.kind].columns
        if column.name in line.values and not (column.name == "evidence" and not line.values["evidence"])
        and (stored := column.plain(getattr(fact, column.name))) != line.values[column.name]
    )  # fmt: skip


def _put(line: FactLine, fact: Any, found: Found, *, is_new: bool) -> None:
    """The fact with the values of the row, where the model accepts them; what it says against them is a finding."""
    differences = _differences(fact, line)
    for name, value in line.values.items():
        setattr(fact, name, value)
    problems = list(_problems(fact))
    found.findings += [line.finding(name, Note("fact_refused", text)) for name, text in problems]
    if not problems:
        (found.new if is_new else found.changed).append(Change(line, fact, differences))


def _problems(fact: models.Model) -> Iterable[tuple[str | None, str]]:
    """As full_clean, without a query a row: a place is one row's alone, and checks are read off the constraints."""
    try:
        fact.clean_fields(exclude={"worker"})
        fact.clean()
    except ValidationError as error:
        for name, texts in error.message_dict.items():
            yield name, "".join(texts)
        return
    for text in broken_by(fact):
        yield None, text


def export_facts(service: Service, *, by: Any, is_full: bool, reason: str, address: str | None) -> bytes:
    """The facts of a service's people as a workbook to fill in; taking it is written down. Raises NotYours."""
    workers = _taken("员工事实", service, by, is_full, reason, address)
    return fact_book(list(workers.defer("phone", "bank_account")), is_full=is_full)


def export_ledger(service: Service, *, by: Any, is_full: bool, reason: str, address: str | None) -> bytes:
    """The wage ledger of a service's people, which the payroll's import reads back; taking it is written down. Raises NotYours."""
    workers = _taken("工资台账", service, by, is_full, reason, address)
    return wage_ledger(
        workers.select_related("disposition").defer("bank_account"), timezone.localdate(), is_full=is_full
    )


def _taken(what: str, service: Service, by: Any, is_full: bool, reason: str, address: str | None) -> WorkerQuerySet:
    require(permissions.may_edit_service(by, service), NotYours, act=f"下载{what}", who="本项目经办人或人事处")
    if is_full:
        require(permissions.may_reveal(by, "id_number"), NotYours, act="下载完整的身份证号", who=permissions.HR_OFFICE)
    workers = Worker.objects.visible_to(by).live().filter(service=service)
    numbers = "完整号码" if is_full else "号码已遮挡"
    subject = f"{what} {service} {workers.count()} 人（{numbers}）"
    AccessRecord.write(AccessRecord.Kind.EXPORT, by, subject, reason=reason, address=address)
    return workers
