"""Freezing what people are owed, and taking it back: both happen with HR's lock and never apart from it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils import timezone

from common.history import create_many, record, record_many
from common.refusals import require
from staff_transition.blocking import require_lawful
from staff_transition.errors import SupplementIsCounted, SupplementIsPaid
from staff_transition.facts import Setting, people
from staff_transition.frozen import content_of, content_of_more, digest_of, locked_from
from staff_transition.history import sources_among
from staff_transition.models import Adjustment, LockedSettlement, Payment, Worker
from staff_transition.models.settlements import LockedSettlementQuerySet
from staff_transition.models.workers import WorkerQuerySet
from staff_transition.payable import LIVE
from staff_transition.rules.settlement import TAXED


def freeze(workers: WorkerQuerySet, *, by: Any, locked_at: datetime | None = None) -> int:
    """Keep the result of each of the workers whose amount is known; returns how many. In the caller's transaction.

    `locked_at`: of a roster that was locked before. The account is the one that it had then: who is opened alone and locked
    again has no new account that way. Raises DispositionIsBarred: facts may have changed since the dispositions were set.
    """
    now, today, setting = timezone.now(), timezone.localdate(), Setting()
    accounts = dict(workers.values_list("pk", "bank_account"))
    if locked_at:
        then = Worker.history.filter(id__in=accounts, history_date__lte=locked_at).order_by("history_id")  # type: ignore[attr-defined]
        accounts = dict(then.values_list("id", "bank_account"))
    numbers = dict(
        LockedSettlement.objects.filter(worker__in=workers.order_by().values("pk"))
        .values_list("worker")
        .annotate(Max("number"))
        .order_by()
    )
    held, rows = people(workers, setting, today, sources_among(workers)), []
    require_lawful(((person.worker, person.facts) for person in held), today, "锁定")
    for person in held:
        content = content_of(person, setting, today)
        if content is not None:
            figures = content["figures"]
            rows.append(LockedSettlement(
                worker=person.worker, number=numbers.get(person.worker.pk, 0) + 1, content=content, digest=digest_of(content),
                severance=figures["severance"], total=figures["total"], tax=figures["tax"], computed_at=now, computed_by=by,
                account=accounts.get(person.worker.pk, ""),
            ))  # fmt: skip
    create_many(rows, by, "锁定")
    return len(rows)


def supplement(adjustment: Adjustment, *, by: Any) -> LockedSettlement:
    """Freeze one confirmed line of a worker who is paid already, beside his result, which stays. In the caller's transaction."""
    worker = adjustment.worker
    standing = LockedSettlement.objects.standing().filter(worker=worker).order_by("number")
    first, earlier = standing.get(supplements=None), list(standing.exclude(supplements=None))
    content = content_of_more(adjustment, worker, first, earlier, Setting())
    number = LockedSettlement.objects.filter(worker=worker).aggregate(Max("number"))["number__max"] + 1
    paid = Payment.objects.filter(worker=worker, state=Payment.State.PAID).order_by("pk").last()
    more = LockedSettlement(
        worker=worker, number=number, content=content, digest=digest_of(content), severance=Decimal(0),
        total=adjustment.amount, tax=locked_from(content).tax, computed_at=timezone.now(), computed_by=by,
        account=paid.account if paid else "", supplements=first,
    )  # fmt: skip
    record(more, by, "补充结算")
    return more


def withdraw_supplement(adjustment: Adjustment, *, by: Any, reason: str) -> None:
    """Take the supplement of a line back with it; a line of the lock itself is frozen. Raises SupplementIsPaid, SupplementIsCounted.

    A later part of the lump sum was taxed as if this one were paid (TAX_164_5_1: one exemption for all of it): the latest goes first.
    """
    mine = adjustment.supplement
    if mine is None or Payment.objects.filter(settlement=mine, state__in=LIVE).exists():
        raise SupplementIsPaid
    standing = LockedSettlement.objects.standing().filter(worker=mine.worker, number__gt=mine.number)
    later = [each for each in standing.exclude(supplements=None).order_by("number") if _is_lump_sum(each)]
    numbers = "、".join(f"第 {each.number} 次" for each in later) if _is_lump_sum(mine) else ""
    require(not numbers, SupplementIsCounted, number=mine.number, later=numbers)
    _withdraw(LockedSettlement.objects.filter(pk=mine.pk), by, reason)


def _is_lump_sum(kept: LockedSettlement) -> bool:
    """Taxed as part of the one lump sum (TAX_164_5_1), not as wages."""
    return any(line.key in TAXED for line in locked_from(kept.content).lines)


def withdraw(workers: WorkerQuerySet, *, by: Any, reason: str) -> int:
    """Take back the standing results of the workers: they stay readable, numbered. In the caller's transaction."""
    return _withdraw(LockedSettlement.objects.standing().filter(worker__in=workers), by, reason)


def _withdraw(settlements: LockedSettlementQuerySet, by: Any, reason: str) -> int:
    rows, now = list(settlements.defer("content")), timezone.now()
    for each in rows:
        each.withdrawn_at, each.withdrawn_by, each.withdrawn_why = now, by, reason
    return record_many(rows, ("withdrawn_at", "withdrawn_by", "withdrawn_why"), by, reason)
