"""Check that no frozen settlement was changed outside the program."""

from decimal import Decimal

from common.verifying import Faults, VerifyCommand
from staff_transition.frozen import digest_of
from staff_transition.models import LockedSettlement


class Command(VerifyCommand):
    help = "Verify every frozen settlement against its fingerprint. Exit 0: sound; 1: something was changed."

    counted = "settlements"
    line = "{worker} 第 {number} 次结算：{what}"
    summary = "查了 {count} 份锁定的结算，{faults} 处不符。"

    def look(self) -> tuple[int, Faults]:
        kept = LockedSettlement.objects.select_related("worker")
        return len(kept), [
            {"settlement": each.pk, "worker": each.worker.name, "number": each.number, "what": what}
            for each in kept for what in faults_of(each)
        ]  # fmt: skip


def faults_of(kept: LockedSettlement) -> list[str]:
    """What does not fit between the row, its content and its fingerprint."""
    found = [] if digest_of(kept.content) == kept.digest else ["内容被改过"]
    figures = kept.content["figures"]
    for name, label in (("severance", "经济补偿"), ("total", "合计"), ("tax", "个人所得税")):
        said = None if figures[name] is None else Decimal(figures[name])
        if said != getattr(kept, name):
            found.append(f"{label}与内容不一致")
    return found
