"""Check that no frozen settlement and no payment was changed, removed or added outside the program."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from common.verifying import Faults, VerifyCommand
from staff_transition.frozen import digest_of
from staff_transition.models import LockedSettlement, Payment, PaymentBatch
from staff_transition.payable import LIVE


class Command(VerifyCommand):
    help = (
        "Verify every frozen settlement against its fingerprint and every payment against its settlement and the history, "
        "and look for numbers that are gone. Exit 0: sound; 1: something was changed."
    )
    line = "{about}：{what}"
    summary = "查了 {settlements} 份锁定的结算、{payments} 笔付款，{faults} 处不符。"

    def look(self) -> tuple[dict[str, int], Faults]:
        kept = list(LockedSettlement.objects.select_related("worker"))
        paid = list(Payment.objects.select_related("worker", "settlement", "batch__service"))
        faults = [*faults_of_settlements(kept), *faults_of_payments(paid)]
        return {"settlements": len(kept), "payments": len(paid)}, faults


def _fault(about: str, what: str, **keys: int) -> dict[str, Any]:
    return {"about": about, "what": what, **keys}


def faults_of_settlements(kept: list[LockedSettlement]) -> Iterator[dict[str, Any]]:
    numbers: dict[Any, list[int]] = defaultdict(list)
    for each in kept:
        numbers[each.worker].append(each.number)
        for what in faults_of(each):
            yield _fault(f"{each.worker.name} 第 {each.number} 次结算", what, settlement=each.pk, number=each.number)
    for worker, found in numbers.items():
        for number in _gone(found):
            yield _fault(f"{worker.name} 第 {number} 次结算", "被删除", worker=worker.pk, number=number)


def faults_of(kept: LockedSettlement) -> list[str]:
    """What does not fit between the row, its content and its fingerprint."""
    found = [] if digest_of(kept.content) == kept.digest else ["内容被改过"]
    figures = kept.content.get("figures") if isinstance(kept.content, dict) else None
    if not isinstance(figures, dict):
        return [*found, "内容残缺"]
    for name, label in (("severance", "经济补偿"), ("total", "合计"), ("tax", "个人所得税")):
        if _amount(figures.get(name)) != getattr(kept, name):
            found.append(f"{label}与内容不一致")
    return found


def _amount(said: Any) -> Decimal | None:
    """Whatever stands in a content that somebody may have touched; what is no number equals no amount."""
    try:
        return None if said is None else Decimal(str(said))
    except InvalidOperation:
        return Decimal("NaN")


def faults_of_payments(paid: list[Payment]) -> Iterator[dict[str, Any]]:
    for each in paid:
        for what in faults_of_payment(each):
            yield _fault(f"{each.batch} {each.worker.name} 付款", what, payment=each.pk)
    known = {each.pk for each in paid}
    entries = Payment.history.order_by("history_id")  # type: ignore[attr-defined]
    first = {entry.id: entry for entry in entries.select_related("worker").reverse()}
    for pk, entry in first.items():
        if pk not in known:
            yield _fault(f"{entry.worker or '已不在的员工'} {entry.net:,.2f} 元付款", "被删除", payment=pk)
    for each in paid:
        then = first.get(each.pk)
        if then is None or (then.account, then.worker_id) != (each.account, each.worker_id):  # type: ignore[attr-defined]
            yield _fault(f"{each.batch} {each.worker.name} 付款", "与生成时的记录不一致", payment=each.pk)
    numbers: dict[Any, list[int]] = defaultdict(list)
    for batch in PaymentBatch.objects.select_related("service"):
        numbers[batch.service].append(batch.number)
    for service, found in numbers.items():
        for number in _gone(found):
            yield _fault(f"{service}第 {number} 批", "被删除", number=number)


def faults_of_payment(payment: Payment) -> list[str]:
    """What does not fit between a payment and the settlement it pays."""
    kept, tax = payment.settlement, payment.settlement.tax
    found = []
    if payment.worker_id != kept.worker_id:  # type: ignore[attr-defined]
        found.append("付给的不是结算的人")
    if (payment.gross, payment.tax) != (kept.total, tax) or payment.net != payment.gross - payment.tax:
        found.append("金额与结算不一致")
    if payment.is_supplement != (kept.supplements_id is not None):  # type: ignore[attr-defined]
        found.append("补充结算的标记与结算不一致")
    if kept.withdrawn_at is not None and payment.state in LIVE:
        found.append("结算已撤回，付款还有效")
    return found


def _gone(numbers: list[int]) -> list[int]:
    """Numbers missing between 1 and the last one."""
    return sorted(set(range(1, max(numbers) + 1)) - set(numbers))
