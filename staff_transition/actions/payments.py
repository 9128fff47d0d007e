"""Paying what was settled: a batch made by one person and approved by another, sent once, reconciled row by row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import AccessRecord
from common.history import create_many, record, record_many
from common.models import StoredFile
from common.refusals import NotYours, require
from common.uploads import KINDS
from programme.models import Service
from staff_transition import permissions
from staff_transition.actions.holding import hold, hold_roster
from staff_transition.errors import (
    AccountAsLocked,
    AccountMoved,
    AlreadySent,
    AnswerIsOld,
    AnswerOfAnother,
    BatchIsHeldUp,
    BatchIsOver,
    CheckedAlready,
    DayOutOfReach,
    DecidedOtherwise,
    NobodyToPay,
    NotLockedYet,
    NotPaid,
    OwnAccount,
    OwnBatch,
    OwnReturn,
    PaidBeforeLastDay,
    PayDayOutOfReach,
    ReturnMoved,
    VoucherMissing,
)
from staff_transition.models import AccountCheck, LockedSettlement, Payment, PaymentBatch, Worker
from staff_transition.payable import account_changes, holds, payable
from staff_transition.roster.bankreturn import BankLine, read_return
from staff_transition.roster.files import explain
from staff_transition.roster.findings import Finding
from staff_transition.roster.limited import read_book_safely

State, Paid = PaymentBatch.State, Payment.State
LONGEST_AHEAD = timedelta(days=366)
NAMED = 3  # reasons named in a refusal
RETURNS = ("xlsx", "xls", "csv")
RETURN_TYPES = {KINDS[kind].media_type: kind for kind in RETURNS}
SENDING = "下载银行文件"  # the reason in the history, by which the page finds who sent it and when


@transaction.atomic
def make_batch(service: Service, pay_on: date, *, by: Any, early_reason: str = "") -> PaymentBatch:
    """Everybody who can be paid now, in one batch. Twice clicked, the second finds nobody.

    Raises NotYours, NotLockedYet, NobodyToPay, PayDayOutOfReach, PaidBeforeLastDay.
    """
    require(permissions.may_make_payments(by), NotYours, act="生成付款批次", who="人事处或财务处")
    roster = hold_roster(service, by)  # one batch of a service at a time
    require(roster.is_locked, NotLockedYet, service=service)
    today = timezone.localdate()
    require(today <= pay_on <= today + LONGEST_AHEAD, PayDayOutOfReach, today=today)
    found = payable(service)
    require(bool(found.ready), NobodyToPay)
    later = [day for each in found.ready if (day := each.last_day) and day > pay_on]
    require(
        not later or bool(early_reason), PaidBeforeLastDay, count=len(later), last=max(later, default=pay_on), day="付款日期", act="生成"
    )  # fmt: skip
    number = (PaymentBatch.objects.filter(service=service).aggregate(Max("number"))["number__max"] or 0) + 1
    batch = PaymentBatch(
        service=service, number=number, pay_on=pay_on, early_reason=early_reason if later else "", made_by=by, made_at=timezone.now()
    )  # fmt: skip
    record(batch, by, f"生成 {len(found.ready)} 人")
    create_many(
        [
            Payment(
                batch=batch, worker=each.worker, settlement=each, is_supplement=each.supplements_id is not None, gross=each.total,
                tax=each.tax or Decimal(0), net=each.net, account=each.worker.bank_account, bank_name=each.worker.bank_name,
            )
            for each in found.ready
        ],
        by, str(batch),
    )  # fmt: skip
    return batch


@transaction.atomic
def approve_batch(batch: PaymentBatch, *, by: Any) -> PaymentBatch:
    """Finance checks and approves; never the person who made it. What came up since it was made stops it.

    Raises NotYours, OwnBatch, BatchIsOver, BatchIsHeldUp.
    """
    require(permissions.may_approve_payments(by), NotYours, act="复核付款批次", who="财务处")
    batch = _in_state(batch, State.DRAFT)
    require(batch.made_by_id != by.pk, OwnBatch)  # type: ignore[attr-defined]
    _require_clear(batch, "复核")
    batch.state, batch.approved_by, batch.approved_at = State.APPROVED, by, timezone.now()
    record(batch, by, "复核", "state", "approved_by", "approved_at")
    return batch


def came_up(batch: PaymentBatch) -> list[str]:
    """What speaks against paying a row of the batch today, whoever has approved it. A fixed number of queries."""
    rows = list(batch.payments.filter(state=Paid.PENDING).select_related("worker", "settlement__worker"))  # type: ignore[attr-defined]
    settlements = [row.settlement for row in rows]
    held = holds(settlements, account_changes(settlements))
    why = [f"{row.worker}{held[row.settlement_id]}" for row in rows if row.settlement_id in held]
    return why + [f"{row.worker}的银行卡号在制表后改过" for row in rows if row.account != row.worker.bank_account]


def _require_clear(batch: PaymentBatch, act: str) -> None:
    why = came_up(batch)
    require(not why, BatchIsHeldUp, why="；".join(why[:NAMED]), count=len(why), act=act)


@transaction.atomic
def withdraw_batch(batch: PaymentBatch, *, by: Any, reason: str) -> PaymentBatch:
    """Take back a batch that the bank has not got; its people can be paid in another. Raises NotYours, BatchIsOver."""
    require(permissions.may_make_payments(by), NotYours, act="撤回付款批次", who="人事处或财务处")
    batch = _in_state(batch, State.DRAFT, State.APPROVED)
    batch.state = State.WITHDRAWN
    record(batch, by, reason, "state")
    rows = list(batch.payments.all())  # type: ignore[attr-defined]
    for row in rows:
        row.state = Paid.WITHDRAWN
    record_many(rows, ("state",), by, reason)
    return batch


@transaction.atomic
def send_batch(batch: PaymentBatch, *, by: Any, address: str | None, again: str = "") -> list[Payment]:
    """The rows of the bank's file that are still to be paid; taking it is written down.

    The bank pays a file twice when it gets it twice: `again`, the reason, is asked for from the second time on. What came
    up since the approval stops it as it would have stopped the approval. Raises NotYours, BatchIsOver, AlreadySent, BatchIsHeldUp.
    """
    require(permissions.may_approve_payments(by), NotYours, act="下载银行文件", who="财务处")
    batch = _in_state(batch, State.APPROVED, State.SENT)
    require(batch.state == State.APPROVED or bool(again), AlreadySent, batch=batch)
    _require_clear(batch, "给文件")
    rows = list(batch.payments.filter(state=Paid.PENDING).select_related("worker"))  # type: ignore[attr-defined]
    subject = f"银行付款文件 {batch} {len(rows)} 人{'（再次）' if again else ''}"
    AccessRecord.write(AccessRecord.Kind.EXPORT, by, subject, reason=again or "交银行付款", address=address)
    if batch.state == State.APPROVED:
        batch.state = State.SENT
        record(batch, by, SENDING, "state")
    return rows


@dataclass(frozen=True)
class Result:
    """What the bank says of one payment."""

    is_paid: bool
    paid_on: date | None = None
    voucher: str = ""
    failure: str = ""

    def told(self) -> dict[str, Any]:
        """The columns of a payment as this result leaves them."""
        if not self.is_paid:
            return {"state": Paid.FAILED, "paid_on": None, "voucher": "", "failure": self.failure or "银行未说明原因"}
        day = self.paid_on or timezone.localdate()
        return {"state": Paid.PAID, "paid_on": day, "voucher": self.voucher.strip(), "failure": ""}


@transaction.atomic
def record_results(batch: PaymentBatch, results: Mapping[int, Result], *, by: Any, early_reason: str = "") -> int:
    """Results by payment id; the batch closes when none is pending. Returns how many were new; all or nothing.

    `early_reason`: why somebody had the money before the last day, unless the batch says it already.
    Raises NotYours, BatchIsOver, DecidedOtherwise, DayOutOfReach, VoucherMissing, PaidBeforeLastDay.
    """
    require(permissions.may_approve_payments(by), NotYours, act="登记付款结果", who="财务处")
    batch = _in_state(batch, State.SENT)
    found = (
        batch.payments.select_for_update(of=("self",), no_key=True)
        .select_related("worker", "settlement")
        .filter(pk__in=results)
    )  # type: ignore[attr-defined]
    rows = []
    for row in found:
        if row.state == Paid.PENDING:
            rows.append(row)
        else:
            is_same = all(getattr(row, name) == value for name, value in results[row.pk].told().items())
            require(is_same, DecidedOtherwise, name=row.worker, state=row.get_state_display())
    for row in rows:
        _decide(row, results[row.pk], made_on=timezone.localdate(batch.made_at))
    _give_early_reason(batch, rows, by, early_reason)
    record_many(rows, ("state", "paid_on", "voucher", "failure"), by, "登记付款结果")
    if not batch.payments.filter(state=Paid.PENDING).exists():  # type: ignore[attr-defined]
        batch.state = State.CLOSED
        record(batch, by, "全部办结", "state")
    return len(rows)


def _decide(row: Payment, result: Result, made_on: date) -> None:
    for name, value in result.told().items():
        setattr(row, name, value)
    if row.paid_on:
        _require_between(made_on, row.paid_on)
        require(bool(row.voucher), VoucherMissing, name=row.worker)


def _give_early_reason(batch: PaymentBatch, rows: Sequence[Payment], by: Any, early_reason: str) -> None:
    """Paid on an earlier day than planned may be paid before the last day of work (LCL_50_2): then the batch says why."""
    later = [day for row in rows if row.paid_on and (day := row.settlement.last_day) and day > row.paid_on]
    if batch.early_reason or not later:
        return
    require(bool(early_reason), PaidBeforeLastDay, count=len(later), last=max(later), day="到账日期", act="登记")
    batch.early_reason = early_reason
    record(batch, by, "提前付款的理由", "early_reason")


def _require_between(first: date, day: date) -> None:
    today = timezone.localdate()
    require(first <= day <= today, DayOutOfReach, day=day, first=first, today=today)


@transaction.atomic
def register_return(payment: Payment, returned_on: date, *, by: Any, reason: str) -> Payment:
    """The bank sent the money back after it was paid. Counts once another person of finance has approved it.

    Entered again before that, the later entry stands. Raises NotYours, NotPaid, DayOutOfReach.
    """
    require(permissions.may_approve_payments(by), NotYours, act="登记退汇", who="财务处")
    payment = _paid(payment)
    _require_between(payment.paid_on or returned_on, returned_on)
    payment.returned_on, payment.return_reason, payment.returned_by = returned_on, reason, by
    record(payment, by, f"登记退汇：{reason}", "returned_on", "return_reason", "returned_by")
    return payment


@transaction.atomic
def approve_return(payment: Payment, *, by: Any) -> Payment:
    """The second person of finance; the settlement can be paid in the next batch. Raises NotYours, NotPaid, OwnReturn."""
    require(permissions.may_approve_payments(by), NotYours, act="复核退汇", who="财务处")
    payment = _paid(payment)
    require(payment.is_return_open, NotPaid, name=payment.worker, state="没有登记退汇")
    require(payment.returned_by_id != by.pk, OwnReturn)  # type: ignore[attr-defined]
    payment.state, payment.return_approved_by = Paid.RETURNED, by
    record(payment, by, "复核退汇", "state", "return_approved_by")
    return payment


def _paid(payment: Payment) -> Payment:
    held = Payment.objects.select_for_update(of=("self",), no_key=True).select_related(
        "worker", "batch__service", "returned_by"
    )
    payment = held.get(pk=payment.pk)
    require(payment.state == Paid.PAID, NotPaid, name=payment.worker, state=payment.get_state_display())
    return payment


@transaction.atomic
def check_account(worker: Worker, *, by: Any, how: str, revision: int) -> AccountCheck:
    """An account entered after the lock was checked with the worker, by another person than who entered it.

    Where that is not known two people check it: either may be the one. Raises NotYours, AccountAsLocked, OwnAccount, AccountMoved.
    """
    require(permissions.may_make_payments(by), NotYours, act="核对银行卡号", who="人事处或财务处")
    worker = hold([worker.pk], by).get()
    require(worker.revision == revision, AccountMoved, name=worker)
    settlements = LockedSettlement.objects.standing().select_related("worker").filter(worker=worker)
    change = next((each for each in account_changes(settlements).values() if not each.is_checked), None)
    if change is None:
        raise AccountAsLocked(name=worker)
    require(change.by is None or change.by.pk != by.pk, OwnAccount)
    require(by.pk not in change.checked_by, CheckedAlready)
    return AccountCheck.objects.create(
        worker=worker, account=worker.bank_account, changed_by=change.by, changed_at=change.at, checked_by=by,
        checked_at=timezone.now(), how=how,
    )  # fmt: skip


@dataclass(frozen=True)
class Reconciled:
    """The bank's file against the pending payments: results by payment id, and what fits no payment."""

    results: dict[int, Result]
    unmatched: tuple[BankLine, ...]
    unclear: tuple[BankLine, ...]  # matched, but the result is not understood
    findings: tuple[Finding, ...]


def keep_return(upload: UploadedFile, *, by: Any) -> StoredFile:
    """Keep the bank's answer, to be looked at and then confirmed as a whole. Raises NotYours, NotReadable, BadUpload."""
    require(permissions.may_approve_payments(by), NotYours, act="核对银行回单", who="财务处")
    upload.seek(0)
    explain(upload.read(4096))
    return StoredFile.keep_upload(upload, RETURNS, by, sealed=True)


@transaction.atomic
def record_return(
    batch: PaymentBatch, file: StoredFile, *, by: Any, paid_on: date, voucher: str, early_reason: str = "", seen: int
) -> int:  # fmt: skip
    """Every result that the bank's file gives, at one stroke. `seen`: how many the page showed.

    Raises NotYours, ReturnMoved and what record_results raises.
    """
    found = reconcile(_in_state(batch, State.SENT), file, by=by).results
    require(len(found) == seen, ReturnMoved, now=len(found), seen=seen)
    results = {key: replace(each, paid_on=paid_on, voucher=voucher) for key, each in found.items()}
    return record_results(batch, results, by=by, early_reason=early_reason)


def reconcile(batch: PaymentBatch, file: StoredFile, *, by: Any) -> Reconciled:
    """Read the bank's answer; writes nothing. Account and amount must both agree.

    Raises NotYours, NotReadable, AnswerIsOld, AnswerOfAnother.
    """
    require(permissions.may_approve_payments(by), NotYours, act="核对银行回单", who="财务处")
    require(file.uploaded_by_id == by.pk, NotYours, act="登记别人上传的回单")  # type: ignore[attr-defined]
    known = StoredFile.objects.filter(sha256=file.sha256, uploaded_at__lt=batch.approved_at or batch.made_at)
    require(not known.exists(), AnswerIsOld, batch=batch)  # the bank cannot have answered what it had not got
    found = read_return(read_book_safely(file.read(), RETURN_TYPES[file.media_type]))
    rows = list(batch.payments.all())  # type: ignore[attr-defined]
    _require_of(rows, found.lines)
    pending: dict[tuple[str, Decimal], list[int]] = {}
    for row in rows:
        if row.state == Paid.PENDING:
            pending.setdefault((row.account, row.net), []).append(row.pk)
    said: dict[int, list[BankLine]] = {}
    unmatched, unclear = [], []
    for line in found.lines:
        match pending.get((line.account, line.amount), []):
            case []:
                unmatched.append(line)
            case [key]:
                said.setdefault(key, []).append(line)
            case _:  # two people with one account and one amount
                unclear.append(line)
    results = {}
    for key, lines in said.items():
        if len(lines) > 1 or lines[0].is_paid is None:  # paid and reversed in one file: for a person to read
            unclear += lines
        else:
            results[key] = Result(lines[0].is_paid, failure="" if lines[0].is_paid else lines[0].why)
    return Reconciled(results, tuple(unmatched), tuple(unclear), tuple(found.findings))


def _require_of(rows: Sequence[Payment], lines: Sequence[BankLine]) -> None:
    """An answer to another batch fits too where the same amount goes to the same account again: its other lines tell."""
    own = {(row.account, row.net) for row in rows}
    strange = {(line.account, line.amount) for line in lines} - own
    others = Payment.objects.filter(net__in={amount for _, amount in strange}).select_related("batch__service")
    theirs = {(each.account, each.net): each.batch for each in others.order_by("pk")}
    found = Counter(theirs[each] for each in strange if each in theirs)
    for other, count in found.most_common(1):
        raise AnswerOfAnother(batch=other, count=count)


def _in_state(batch: PaymentBatch, *states: str) -> PaymentBatch:
    held = PaymentBatch.objects.select_for_update(of=("self",), no_key=True).select_related("service").get(pk=batch.pk)
    require(held.state in states, BatchIsOver, state=held.get_state_display())
    return held
