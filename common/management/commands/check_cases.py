"""Check the calculators against worked cases of the school's own counsel."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common.casefiles import KINDS, BadCaseFile, Outcome, mapping

PASSED, MISMATCH, BAD_FILE = 0, 1, 2


class Command(BaseCommand):
    help = (
        "Compute every case of FILE and compare it with what the case expects. Exit 0: all agree; "
        "1: at least one differs; 2: the file cannot be read or has a key that nobody knows."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS), help="which calculator")
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the result as JSON")
        parser.add_argument("--disputed", action="store_true", help="show the disputed cases too; they never count")

    def handle(self, *, kind: str, file: Path, as_json: bool, disputed: bool, **_: Any) -> None:
        try:
            content = read(file)
            outcomes = list(KINDS[kind].run(content))
        except BadCaseFile as error:
            self.stderr.write(f"{file.name}：{error}")
            sys.exit(BAD_FILE)
        failed = [outcome for outcome in outcomes if not outcome.passed]
        if as_json:
            self.print_json(outcomes, failed)
        else:
            self.print_words(outcomes, failed)
            if disputed:
                self.print_disputed(content, KINDS[kind].readings)
            self.stdout.write(f"{len(outcomes) - len(failed)} 件相符，{len(failed)} 件不符。")
        if failed:
            sys.exit(MISMATCH)

    def print_json(self, outcomes: list[Outcome], failed: list[Outcome]) -> None:
        shown = [{"id": each.id, "expected": plain(each.expected), "got": plain(each.got)} for each in failed]
        self.stdout.write(json.dumps({"passed": len(outcomes) - len(failed), "failed": shown}, ensure_ascii=False))

    def print_words(self, outcomes: list[Outcome], failed: list[Outcome]) -> None:
        for each in failed:
            self.stdout.write(f"不符 {each.id}")
            for key, expected in each.expected.items():
                self.stdout.write(f"  {key}：应为 {expected}，算得 {plain(each.got).get(key)}")
            for line in each.working:
                self.stdout.write(f"    {line}")

    def print_disputed(self, content: dict[str, Any], readings: Callable[[Mapping[str, Any]], Iterable[str]]) -> None:
        """Both sides of what is disputed, and which switch gives which; never counted."""
        for each in content.get("disputed", []):
            self.stdout.write(f"有争议 {each.get('id', '')}：{each.get('why', '')}")
            self.stdout.write(f"  公布 {json.dumps(each.get('published'), ensure_ascii=False)}")
            self.stdout.write(f"  依规则 {json.dumps(each.get('law_result'), ensure_ascii=False)}")
            for line in readings(each):
                self.stdout.write(f"  {line}")


def read(file: Path) -> dict[str, Any]:
    """The file's content. Raises BadCaseFile."""
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadCaseFile(f"打不开：{error.strerror}") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadCaseFile(f"不是 UTF-8 的 JSON：{error}") from None
    return dict(mapping("文件", content))


def plain(values: Any) -> dict[str, Any]:
    """Figures as strings, as case files write them."""
    return {key: str(value) if isinstance(value, Decimal) else value for key, value in values.items()}
