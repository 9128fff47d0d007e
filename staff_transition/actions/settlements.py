"""Freezing what people are owed, and taking it back: both happen with HR's lock and never apart from it."""

from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils import timezone

from common.history import create_many, record, record_many
from common.refusals import require
from programme.models import Service
from staff_transition.blocking import require_lawful
from staff_transition.errors import SupplementIsPaid
from staff_transition.facts import Setting, people
from staff_transition.frozen import content_of, content_of_more, digest_of, locked_from
from staff_transition.history import sources_among
from staff_transition.models import Adjustment, LockedSettlement, Payment, Worker
from staff_transition.models.settlements import LockedSettlementQuerySet
from staff_transition.payable import LIVE


def freeze(service: Service, *, by: Any) -> int:
    """Keep the result of everybody of the service whose amount is known; returns how many. In the caller's transaction.

    Raises DispositionIsBarred: facts may have changed since the dispositions were set.
    """
    now, today, setting = timezone.now(), timezone.localdate(), Setting()
    workers = Worker.objects.live().filter(service=service)
    accounts = dict(workers.values_list("pk", "bank_account"))
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
                account=accounts[person.worker.pk],
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
    """Take the supplement of a line back with it; a line of the lock itself is frozen. Raises SupplementIsPaid."""
    is_paid = Payment.objects.filter(settlement=adjustment.supplement, state__in=LIVE).exists()
    require(adjustment.supplement is not None and not is_paid, SupplementIsPaid)
    _withdraw(LockedSettlement.objects.standing().filter(adjustment=adjustment), by, reason)


def withdraw(service: Service, *, by: Any, reason: str) -> int:
    """Take back the live results of the service: they stay readable, numbered. In the caller's transaction."""
    return _withdraw(LockedSettlement.objects.standing().filter(worker__service=service), by, reason)


def _withdraw(settlements: LockedSettlementQuerySet, by: Any, reason: str) -> int:
    rows, now = list(settlements.defer("content")), timezone.now()
    for each in rows:
        each.withdrawn_at, each.withdrawn_by, each.withdrawn_why = now, by, reason
    return record_many(rows, ("withdrawn_at", "withdrawn_by", "withdrawn_why"), by, reason)
