"""Import the office's own roster file, or say what stands against it."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.models import Role, Unit, User
from common.refusals import DomainError, NotReadable
from common.uploads import KINDS, sniff
from staff_transition.actions.imports import ROSTER_KINDS, confirm_import, keep_roster
from staff_transition.errors import NoActingPerson, NoUnit
from staff_transition.examining import Examination, examine, is_empty_college, require_people
from staff_transition.importing import keep_reading, write_import
from staff_transition.matching import Placed, unknown_name_findings
from staff_transition.roster.files import explain
from staff_transition.roster.findings import Finding
from staff_transition.roster.limited import read_book_safely
from staff_transition.roster.reading import Reading, read_roster

GOOD, BAD_ROWS, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    help = (
        "Import a roster (.xlsx, .xls, .csv). Writes nothing when a row has an error, unless --good-rows-only. "
        "Exit 0: all rows are good; 1: there are row errors; 2: the file is unreadable, or the import is refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--sheet", default="", help="read this sheet alone, hidden or not")
        parser.add_argument("--dry-run", action="store_true", help="write nothing; works on an empty database")
        parser.add_argument("--good-rows-only", action="store_true", help="import the rows without errors")
        parser.add_argument("--by", default="", metavar="USERNAME", help="who imports; default: the only 经办人")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the result as JSON")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            code = self.run(file, **options)
        except DomainError as refusal:
            if options["as_json"]:
                self.print_json(None, [], refusal.text)
            self.stderr.write(refusal.text)
            code = UNREADABLE
        if code:
            sys.exit(code)

    def run(
        self, file: Path, *, sheet: str, dry_run: bool, good_rows_only: bool, by: str, as_json: bool, **_: Any
    ) -> int:
        content, kind = opened(file)
        if dry_run and (is_empty_college() or not acting_person(by)):
            reading = read_roster(read_book_safely(content, kind), timezone.localdate(), only_sheet=sheet)
            require_people(reading)
            findings = [
                *reading.findings,
                *unknown_name_findings(Placed.of_strangers(reading.people), reading, is_error=False),
            ]
            return self.report(reading, findings, as_json, written=None)
        person = require_person(by)
        examination = examine(content, kind, by=person, unit=require_unit(person), only_sheet=sheet)
        reading = examination.reading
        findings = reading.findings
        is_written = not dry_run and (good_rows_only or not any(finding.is_error for finding in findings))
        written = write(file.name, content, kind, examination, person, good_rows_only) if is_written else None
        return self.report(reading, findings, as_json, written)

    def report(self, reading: Reading, findings: list[Finding], as_json: bool, written: dict[str, Any] | None) -> int:
        errors = [finding for finding in findings if finding.is_error]
        if as_json:
            self.print_json(reading, findings)
        else:
            self.print_words(reading, findings, written)
        return BAD_ROWS if errors else GOOD

    def print_json(self, reading: Reading | None, findings: list[Finding], unreadable: str = "") -> None:
        result = {
            "workers": len(reading.people) if reading else 0,
            "errors": [finding.as_dict() for finding in findings if finding.is_error],
            "hints": [finding.as_dict() for finding in findings if not finding.is_error],
            "skipped_sheets": [sheet for sheet, _ in reading.skipped] if reading else [],
        }
        self.stdout.write(json.dumps(result | ({"unreadable": unreadable} if unreadable else {}), ensure_ascii=False))

    def print_words(self, reading: Reading, findings: list[Finding], written: dict[str, Any] | None) -> None:
        for sheet, why in reading.skipped:
            self.stdout.write(f"跳过工作表“{sheet}”：{why}")
        for finding in findings:
            where = f"[{finding.sheet}] " if len(reading.sheets) > 1 else ""
            self.stdout.write(f"{'错误' if finding.is_error else '提示'} {where}{finding.message}")
        errors = sum(finding.is_error for finding in findings)
        self.stdout.write(f"识别 {len(reading.people)} 人，{errors} 处错误，{len(findings) - errors} 处提示。")
        if written is None:
            self.stdout.write("没有写入任何数据。")
        else:
            self.stdout.write(
                f"已导入：新增 {written['new']} 人，更新 {written['changed']} 人，未变 {written['unchanged']} 人。"
            )


def opened(file: Path) -> tuple[bytes, str]:
    """The bytes and the kind of the file. Raises NotReadable."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise NotReadable(why=f"打不开文件 {file}：{error.strerror}。", how="请核对路径和权限。") from None
    explain(content)
    kind = sniff(content)
    if kind not in ROSTER_KINDS:
        allowed = "、".join(KINDS[each].label for each in ROSTER_KINDS)
        raise NotReadable(why=f"“{file.name}”不是花名册文件。", how=f"这里收 {allowed}；请另存为其中一种。")
    return content, kind


def acting_person(username: str) -> User | None:
    """The person named, or the only active officer; None when that is nobody or more than one."""
    people = User.objects.filter(is_active=True).select_related("unit")
    found = people.filter(username=username) if username else people.filter(role_holdings__role=Role.OFFICER)
    only = list(found[:2])
    return only[0] if len(only) == 1 else None


def require_person(username: str) -> User:
    person = acting_person(username)
    if person is None:
        raise NoActingPerson(said=f"没有用户“{username}”" if username else "经办人不是正好一位")
    return person


def require_unit(person: User) -> Unit:
    if person.unit is None:
        raise NoUnit
    return person.unit


def write(
    name: str, content: bytes, kind: str, examination: Examination, person: User, good_rows_only: bool
) -> dict[str, Any]:
    """Keep the file and write what was examined: the same actions as the buttons."""
    roster_import = keep_roster(name, content, kind, by=person, begin=False)
    keep_reading(roster_import, examination, by=person)
    confirmed = confirm_import(roster_import, by=person, good_rows_only=good_rows_only, begin=False)
    return write_import(confirmed, by=person)
