"""The sign-off list of a payment batch."""

from decimal import Decimal

from documents.registry import Source
from staff_transition.models import Payment, PaymentBatch
from staff_transition.papers.facts import digest_of
from staff_transition.payable import LIVE


def sign_off(batch_id: int) -> Source:
    """D21: line by line as in the bank's file; numbers whole, so the paper is personal. What did not arrive is in no sum."""
    batch = PaymentBatch.objects.select_related("service__unit").get(pk=batch_id)
    payments = list(batch.payments.select_related("worker").order_by("worker__sort_key", "pk"))
    rows = [
        {
            "number": number, "name": each.worker.name, "id_number": each.worker.id_number or "—",
            "account": each.account, "bank": each.bank_name, "gross": each.gross,
            "tax": each.tax, "net": each.net, "voucher": _said(each),
        }
        for number, each in enumerate(payments, 1)
    ]  # fmt: skip
    arrives = [each for each in payments if each.state in LIVE]
    context = {
        "service": batch.service.name, "batch": f"第 {batch.number} 批", "pay_on": batch.pay_on, "state": batch.get_state_display(),
        "rows": rows, "sum": {key: sum((getattr(each, key) for each in arrives), Decimal("0.00")) for key in ("gross", "tax", "net")},
    }  # fmt: skip
    return Source(
        f"{batch.service.name}经济补偿签收表第{batch.number}批",
        context,
        str(batch)[:30],
        digest_of(context),
        batch.service.unit,
    )


def _said(payment: Payment) -> str:
    """What stands where the worker signs: the voucher of what was paid, or why nothing arrived."""
    if payment.state == Payment.State.FAILED:
        return f"未付：{payment.failure}"
    if payment.state == Payment.State.WITHDRAWN:
        return "已撤回"
    return f"已退汇：{payment.return_reason}" if payment.state == Payment.State.RETURNED else payment.voucher
