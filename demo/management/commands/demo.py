"""Build the demo college."""

import json
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common.refusals import DomainError
from demo import college, facts


class Command(BaseCommand):
    help = (
        "Build the demo college from nothing; an earlier one is wiped first. Refuses to touch a database that holds real work. "
        "Exit 0: built (or not needed, with --if-empty); 1: refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--workers", type=int, default=0, metavar="N", help="add N invented workers to the roster's 212"
        )
        parser.add_argument("--if-empty", action="store_true", help="do nothing when the database holds anything")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, workers: int, if_empty: bool, as_json: bool, **_: Any) -> None:
        begin = time.monotonic()
        try:
            is_built = not if_empty or college.is_empty()
            if is_built:
                college.build(workers)
        except DomainError as refusal:
            self.stderr.write(refusal.text)
            sys.exit(1)
        signed = college.sign_ins() if is_demo() else []
        if as_json:
            self.stdout.write(
                json.dumps(
                    {"built": is_built, "seconds": round(time.monotonic() - begin, 1), "sign_ins": signed},
                    ensure_ascii=False,
                )
            )
            return
        if is_built:
            self.stdout.write(f"演示学校已建好（{time.monotonic() - begin:.1f} 秒）。")
        for line in signed:
            self.stdout.write(f"  {line}")
        if signed:
            self.stdout.write(f"  密码都是 {facts.PASSWORD}")


def is_demo() -> bool:
    from accounts.models import College

    current = College.current()
    return current is not None and current.is_demo
