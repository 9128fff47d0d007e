"""Paying what was settled: a batch made by one person and approved by another, sent once, reconciled row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import AccessRecord
from common.history import create_many, record, record_many
from common.refusals import NotYours, require
from common.uploads import check_upload
from programme.models import Service
from staff_transition import permissions
from staff_transition.actions.rosters import roster_of
from staff_transition.errors import BatchIsOver, NobodyToPay, NotLockedYet, OwnBatch, PaidInFuture
from staff_transition.models import LockedSettlement, Payment, PaymentBatch, Worker
from staff_transition.roster.bankreturn import BankLine, read_return
from staff_transition.roster.files import explain
from staff_transition.roster.findings import Finding
from staff_transition.roster.limited import read_book_safely

State, Paid = PaymentBatch.State, Payment.State
LIVE = (Paid.PENDING, Paid.PAID)


@dataclass(frozen=True)
class Payable:
    """Who of a service can be paid now, and who cannot, with the reason."""

    ready: tuple[LockedSettlement, ...]
    kept_back: tuple[tuple[Worker, str], ...]

    @property
    def net(self) -> Decimal:
        return sum((each.total - (each.tax or Decimal(0)) for each in self.ready), Decimal("0.00"))


def payable(service: Service) -> Payable:
    """Frozen results above zero that no live payment covers: two queries."""
    settlements = (
        LockedSettlement.objects.live().filter(worker__service=service, total__gt=0)
        .exclude(worker__in=Payment.objects.filter(state__in=LIVE).values("worker"))
        .select_related("worker").order_by("worker__sort_key", "worker__pk")
    )  # fmt: skip
    ready, kept_back = [], []
    for each in settlements:
        why = _why_not(each)
        if why:
            kept_back.append((each.worker, why))
        else:
            ready.append(each)
    return Payable(tuple(ready), tuple(kept_back))


def _why_not(settlement: LockedSettlement) -> str:
    if settlement.tax is None:
        return "个人所得税还算不出来"
    if not settlement.worker.bank_account:
        return "没有银行卡号"
    if settlement.is_left_early:
        return f"{settlement.worker.left_on} 已离开，早于结算的最后工作日"
    return "个税不少于应发" if settlement.total <= settlement.tax else ""


@transaction.atomic
def make_batch(service: Service, pay_on: date, *, by: Any) -> PaymentBatch:
    """Everybody who can be paid now, in one batch. Twice clicked, the second finds nobody.

    Raises NotYours, NotLockedYet, NobodyToPay.
    """
    require(permissions.may_make_payments(by), NotYours, act="生成付款批次", who="人事处或财务处")
    roster = roster_of(service, by)  # held: one batch of a service at a time
    require(roster.is_locked, NotLockedYet, service=service)
    found = payable(service)
    require(bool(found.ready), NobodyToPay)
    number = (PaymentBatch.objects.filter(service=service).aggregate(Max("number"))["number__max"] or 0) + 1
    batch = PaymentBatch(service=service, number=number, pay_on=pay_on, made_by=by, made_at=timezone.now())
    record(batch, by, f"生成 {len(found.ready)} 人")
    create_many(
        [
            Payment(
                batch=batch, worker=each.worker, settlement=each, gross=each.total, tax=each.tax or Decimal(0),
                net=each.total - (each.tax or Decimal(0)), account=each.worker.bank_account, bank_name=each.worker.bank_name,
            )
            for each in found.ready
        ],
        by, str(batch),
    )  # fmt: skip
    return batch


@transaction.atomic
def approve_batch(batch: PaymentBatch, *, by: Any) -> PaymentBatch:
    """Finance checks and approves; never the person who made it. Raises NotYours, OwnBatch, BatchIsOver."""
    require(permissions.may_approve_payments(by), NotYours, act="复核付款批次", who="财务处")
    batch = _in_state(batch, State.DRAFT)
    require(batch.made_by_id != by.pk, OwnBatch)  # type: ignore[attr-defined]
    batch.state, batch.approved_by, batch.approved_at = State.APPROVED, by, timezone.now()
    record(batch, by, "复核", "state", "approved_by", "approved_at")
    return batch


@transaction.atomic
def withdraw_batch(batch: PaymentBatch, *, by: Any, reason: str) -> PaymentBatch:
    """Take back a draft; its people can be paid in another batch. Raises NotYours, BatchIsOver."""
    require(permissions.may_make_payments(by), NotYours, act="撤回付款批次", who="人事处或财务处")
    batch = _in_state(batch, State.DRAFT)
    batch.state = State.WITHDRAWN
    record(batch, by, reason, "state")
    rows = list(batch.payments.all())  # type: ignore[attr-defined]
    for row in rows:
        row.state = Paid.WITHDRAWN
    record_many(rows, ("state",), by, reason)
    return batch


@transaction.atomic
def send_batch(batch: PaymentBatch, *, by: Any, address: str | None) -> list[Payment]:
    """The rows of the bank's file; taking it is written down. Raises NotYours, BatchIsOver."""
    require(permissions.may_approve_payments(by), NotYours, act="下载银行文件", who="财务处")
    batch = _in_state(batch, State.APPROVED, State.SENT)
    rows = list(batch.payments.select_related("worker"))  # type: ignore[attr-defined]
    AccessRecord.write(
        AccessRecord.Kind.EXPORT, by, f"银行付款文件 {batch} {len(rows)} 人", reason="交银行付款", address=address
    )
    if batch.state == State.APPROVED:
        batch.state = State.SENT
        record(batch, by, "下载银行文件", "state")
    return rows


@dataclass(frozen=True)
class Result:
    """What the bank says of one payment."""

    is_paid: bool
    paid_on: date | None = None
    voucher: str = ""
    failure: str = ""


@transaction.atomic
def record_results(batch: PaymentBatch, results: Mapping[int, Result], *, by: Any) -> PaymentBatch:
    """Results by payment id; the batch closes when none is pending. Raises NotYours, BatchIsOver, PaidInFuture."""
    require(permissions.may_approve_payments(by), NotYours, act="登记付款结果", who="财务处")
    batch = _in_state(batch, State.SENT)
    today = timezone.localdate()
    rows = list(batch.payments.select_for_update().filter(pk__in=results, state=Paid.PENDING))  # type: ignore[attr-defined]
    for row in rows:
        result = results[row.pk]
        require(result.paid_on is None or result.paid_on <= today, PaidInFuture)
        row.state = Paid.PAID if result.is_paid else Paid.FAILED
        row.paid_on = (result.paid_on or today) if result.is_paid else None
        row.voucher, row.failure = result.voucher, "" if result.is_paid else (result.failure or "银行未说明原因")
    record_many(rows, ("state", "paid_on", "voucher", "failure"), by, "登记付款结果")
    if not batch.payments.filter(state=Paid.PENDING).exists():  # type: ignore[attr-defined]
        batch.state = State.CLOSED
        record(batch, by, "全部办结", "state")
    return batch


@dataclass(frozen=True)
class Reconciled:
    """The bank's file against the pending payments: results by payment id, and what fits no payment."""

    results: dict[int, Result]
    unmatched: tuple[BankLine, ...]
    unclear: tuple[BankLine, ...]  # matched, but the result is not understood
    findings: tuple[Finding, ...]


def reconcile(batch: PaymentBatch, upload: UploadedFile, *, by: Any) -> Reconciled:
    """Read the bank's answer; writes nothing. Account and amount must both agree. Raises NotYours, NotReadable."""
    require(permissions.may_approve_payments(by), NotYours, act="核对银行回单", who="财务处")
    upload.seek(0)
    explain(upload.read(4096))
    kind, content = check_upload(upload, ("xlsx", "xls", "csv"))
    found = read_return(read_book_safely(content, kind))
    pending = {(row.account, row.net): row.pk for row in batch.payments.filter(state=Paid.PENDING)}  # type: ignore[attr-defined]
    results, unmatched, unclear = {}, [], []
    for line in found.lines:
        key = pending.get((line.account, line.amount))
        if key is None or key in results:
            unmatched.append(line)
        elif line.is_paid is None:
            unclear.append(line)
        else:
            results[key] = Result(line.is_paid, failure="" if line.is_paid else line.why)
    return Reconciled(results, tuple(unmatched), tuple(unclear), tuple(found.findings))


def _in_state(batch: PaymentBatch, *states: str) -> PaymentBatch:
    held = PaymentBatch.objects.select_for_update(of=("self",)).select_related("service").get(pk=batch.pk)
    require(held.state in states, BatchIsOver, state=held.get_state_display())
    return held
