"""Check that frozen settlements hold what they were frozen with, and that payments came where they stand by the acts of people.

That each row is what the newest entry of its history says is looked at by `verify_history`, as for every other row.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from common.verifying import Faults, VerifyCommand
from staff_transition.frozen import digest_of
from staff_transition.models import Adjustment, LockedSettlement, Payment, PaymentBatch, Roster
from staff_transition.payable import LIVE


class Command(VerifyCommand):
    help = (
        "Verify every frozen settlement against its fingerprint and every payment against its settlement, replay what the "
        "history says of both and of the batches, and look for numbers that are gone. Exit 0: sound; 1: something was changed."
    )
    line = "{about}：{what}"
    summary = "查了 {settlements} 份锁定的结算、{payments} 笔付款，{faults} 处不符。"

    def look(self) -> tuple[dict[str, int], Faults]:
        kept = list(LockedSettlement.objects.select_related("worker"))
        paid = list(Payment.objects.select_related("worker", "settlement", "batch__service"))
        batches = list(PaymentBatch.objects.select_related("service"))
        faults = [*faults_of_settlements(kept), *faults_of_payments(paid), *faults_of_batches(batches)]
        for model, told in TOLD.items():
            faults += faults_of_acts(model, told)
        return {"settlements": len(kept), "payments": len(paid)}, faults


@dataclass(frozen=True)
class Told:
    """What the history of a kind of row may tell: state → states that follow, columns that stay, columns that name who acted."""

    people: tuple[str, ...]
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


TOLD = {
    LockedSettlement: Told(("computed_by_id", "withdrawn_by_id"), kept=("worker_id", "digest", "total", "account", "supplements_id")),
    Adjustment: Told(("made_by_id", "confirmed_by_id"), kept=("worker_id", "kind", "amount")),
    Roster: Told(("locked_by_id",)),
    PaymentBatch: Told(
        ("made_by_id", "approved_by_id"),
        {"": ("draft",), "draft": ("approved", "withdrawn"), "approved": ("sent", "withdrawn"), "sent": ("closed",)},
    ),
    Payment: Told(
        ("returned_by_id", "return_approved_by_id"),
        {"": ("pending",), "pending": ("paid", "failed", "withdrawn"), "paid": ("returned",)},
        ("batch_id", "worker_id", "settlement_id", "gross", "tax", "net", "account"),
    ),
}  # fmt: skip
GOES_WITH = {  # state of a batch → what its payments can be
    "draft": {"pending"}, "approved": {"pending"}, "withdrawn": {"withdrawn"},
    "sent": {"pending", "paid", "failed", "returned"}, "closed": {"paid", "failed", "returned"},
}  # fmt: skip


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


def faults_of_batches(batches: list[PaymentBatch]) -> Iterator[dict[str, Any]]:
    states = defaultdict(set)
    for batch, state in Payment.objects.order_by().values_list("batch", "state").distinct():
        states[batch].add(state)
    numbers: dict[Any, list[int]] = defaultdict(list)
    for each in batches:
        numbers[each.service].append(each.number)
        if not states[each.pk] <= GOES_WITH[each.state]:
            yield _fault(str(each), f"是“{each.get_state_display()}”，里面的付款不是", batch=each.pk)
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


def faults_of_acts(model: Any, told: Told) -> Iterator[dict[str, Any]]:
    """Replay each row's history: only steps that there are, nothing moved that stays, and who is named did it himself."""
    before: dict[int, Any] = {}
    for entry in model.history.order_by("history_id"):
        last, before[entry.id] = before.get(entry.id), entry
        for what in _faults_of_act(last, entry, told):
            yield _fault(f"{model._meta.verbose_name} {entry.id}", what, row=entry.id)


def _faults_of_act(last: Any, entry: Any, told: Told) -> Iterator[str]:
    state = getattr(last, "state", "")
    if told.steps and entry.state != state and entry.state not in told.steps.get(state, ()):
        yield f"修改记录里从“{state or '无'}”到“{entry.state}”，没有这样的办理"
    for name in told.kept if last else ():
        if getattr(last, name) != getattr(entry, name):
            yield f"修改记录里{_label(entry, name)}变过"
    for name in told.people:
        who = getattr(entry, name)
        if who is not None and who != getattr(last, name, None) and who != entry.history_user_id:
            yield f"修改记录里{_label(entry, name)}不是办理的人"


def _label(entry: Any, attname: str) -> str:
    return str(next(field.verbose_name for field in entry.tracked_fields if field.attname == attname))


def _gone(numbers: list[int]) -> list[int]:
    """Numbers missing between 1 and the last one."""
    return sorted(set(range(1, max(numbers) + 1)) - set(numbers))
