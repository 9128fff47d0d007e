"""Check that no frozen settlement was changed outside the program."""

import json
import sys
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from staff_transition.frozen import digest_of
from staff_transition.models import LockedSettlement


class Command(BaseCommand):
    help = "Verify every frozen settlement against its fingerprint. Exit 0: sound; 1: something was changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, as_json: bool, **_: Any) -> None:
        kept = LockedSettlement.objects.select_related("worker")
        faults = [
            {"settlement": each.pk, "worker": each.worker.name, "number": each.number, "what": what}
            for each in kept for what in faults_of(each)
        ]  # fmt: skip
        if as_json:
            self.stdout.write(json.dumps({"settlements": len(kept), "faults": faults}, ensure_ascii=False))
        else:
            for fault in faults:
                self.stdout.write(f"{fault['worker']} 第 {fault['number']} 次结算：{fault['what']}")
            self.stdout.write(f"查了 {len(kept)} 份锁定的结算，{len(faults)} 处不符。")
        if faults:
            sys.exit(1)


def faults_of(kept: LockedSettlement) -> list[str]:
    """What does not fit between the row, its content and its fingerprint."""
    found = [] if digest_of(kept.content) == kept.digest else ["内容被改过"]
    figures = kept.content["figures"]
    for name, label in (("severance", "经济补偿"), ("total", "合计"), ("tax", "个人所得税")):
        said = None if figures[name] is None else Decimal(figures[name])
        if said != getattr(kept, name):
            found.append(f"{label}与内容不一致")
    return found
