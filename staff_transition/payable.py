"""Who can be paid now, who is held back and why, and what a service owes against what it has paid."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from common.fields import mask_account
from programme.models import Service
from staff_transition.blocking import blocked_among
from staff_transition.discretion import discreet_flag
from staff_transition.models import AccountCheck, LockedSettlement, Objection, Payment, Worker
from staff_transition.models.settlements import LockedSettlementQuerySet
from staff_transition.models.workers import WorkerQuerySet

SETTLE_ANEW = "请人事处单独解锁，清空离开日期、改好去向的最后工作日，锁定以后再填离开日期"
LIVE = (Payment.State.PENDING, Payment.State.PAID)


@dataclass(frozen=True)
class Payable:
    """Who of a service can be paid now, and who cannot, with the reason."""

    ready: tuple[LockedSettlement, ...]
    kept_back: tuple[tuple[LockedSettlement, str], ...]
    unchecked: frozenset[int]  # workers whose account a second person has to check
    unsettled: tuple[Worker, ...]  # nothing is frozen for them, so no sum holds what they are owed

    @property
    def net(self) -> Decimal:
        return sum((each.net for each in self.ready), Decimal("0.00"))

    @property
    def shared(self) -> list[list[Worker]]:
        return sharing((each.worker, each.worker.bank_account) for each in self.ready)

    @property
    def unconfirmed(self) -> list[LockedSettlement]:
        return [each for each in self.ready if not each.is_confirmed]

    @property
    def unpriced(self) -> list[LockedSettlement]:
        return [each for each in self.ready if each.unpriced]


def unpaid(services: Any) -> LockedSettlementQuerySet:
    """Frozen results above zero that no live payment covers; of a worker's own result never a second one."""
    live = Payment.objects.filter(state__in=LIVE)
    return (
        LockedSettlement.objects.standing().filter(worker__service__in=services, total__gt=0)
        .exclude(pk__in=live.values("settlement"))
        .exclude(Q(supplements=None, worker__in=live.filter(is_supplement=False).values("worker")))
    )  # fmt: skip


def payable(service: Service) -> Payable:
    """Everybody of the service with something left to pay: a fixed number of queries."""
    found = unpaid([service.pk]).select_related("worker", "confirmation").order_by("worker__sort_key", "pk")
    settlements = list(found)
    changed = account_changes(settlements)
    held = holds(settlements, changed)
    return Payable(
        tuple(each for each in settlements if each.pk not in held),
        tuple((each, held[each.pk]) for each in settlements if each.pk in held),
        frozenset(each.worker.pk for each in changed.values() if not each.is_checked),
        tuple(unsettled([service.pk])),
    )


def unsettled(services: Any) -> WorkerQuerySet:
    """People of locked rosters without a standing result: unknown at the lock, or opened alone since. Who left before it is none."""
    settled = LockedSettlement.objects.live().values("worker")
    locked_on = F("service__roster__locked_at__date")
    here = Worker.objects.filter(Q(left_on=None) | Q(left_on__gte=locked_on), service__in=services)
    return here.exclude(service__roster__locked_at=None).exclude(pk__in=settled).order_by("sort_key", "pk")


def sharing(accounts: Iterable[tuple[Worker, str]]) -> list[list[Worker]]:
    """People who are to be paid to one and the same account: a slip, or somebody takes another's money."""
    of_account: dict[str, dict[int, Worker]] = defaultdict(dict)
    for worker, account in accounts:
        of_account[account][worker.pk] = worker
    return [list(people.values()) for people in of_account.values() if len(people) > 1]


def holds(settlements: Sequence[LockedSettlement], changed: Mapping[int, "AccountChange"]) -> dict[int, str]:
    """Why each of the settlements must not be paid now, by its key; those that may are absent. A fixed number of queries."""
    today = timezone.localdate()
    workers = [each.worker for each in settlements]
    objecting = set(
        Objection.objects.open().filter(settlement__worker__in=workers).values_list("settlement__worker", flat=True)
    )
    elsewhere = {worker.pk: paid for worker, paid in paid_elsewhere(workers)}
    stopped = blocked_among(Worker.objects.filter(pk__in=[worker.pk for worker in workers]))
    found = {}
    for each in settlements:
        why = _why_not(each)
        # once the end has come the money is owed, whatever is missing (LCL_50)
        is_over = each.last_day is not None and each.last_day < today
        if not why and not is_over and each.worker.pk in stopped:
            why = f"{discreet_flag(stopped[each.worker.pk][0]).title}，这样办不了；办结或者改去向以后再付"
        if not why and each.worker.pk in objecting:
            why = "本人提出的异议还没有答复"
        if not why and each.worker.pk in elsewhere:
            why = said_of_double(elsewhere[each.worker.pk])
        if not why and each.pk in changed and not changed[each.pk].is_checked:
            why = f"{changed[each.pk]}，{changed[each.pk].asked}"
        if why:
            found[each.pk] = why
    return found


def _why_not(settlement: LockedSettlement) -> str:
    if settlement.withdrawn_at:
        return "的结算已撤回"
    if settlement.tax is None:
        return "个人所得税还算不出来"
    if not settlement.worker.bank_account:
        return "没有银行卡号"
    if settlement.is_left_early:
        return f"{settlement.worker.left_on} 已离开，早于结算的最后工作日"
    if settlement.is_left_late and not settlement.supplements_id:  # type: ignore[attr-defined]
        return f"{settlement.worker.left_on} 才离开，晚于结算的最后工作日 {settlement.last_day}；{SETTLE_ANEW}"
    return "个税不少于应发" if settlement.total <= settlement.tax else ""


def is_paid(worker: Worker) -> bool:
    """His own result was paid: what is found owed now is one more settlement."""
    return Payment.objects.filter(worker=worker, state=Payment.State.PAID, is_supplement=False).exists()


# one person, several rows


def paid_elsewhere(workers: Iterable[Worker]) -> list[tuple[Worker, Payment]]:
    """Workers, stored or not yet, with a live payment to the same identity under another row for years that overlap. One query.

    A worker who left keeps the row; imported again with the old date of hire, the new row counts the same years.
    """
    of_identity: dict[str, list[Payment]] = defaultdict(list)
    workers = [each for each in workers if each.id_index]
    live = Payment.objects.filter(state__in=LIVE, worker__id_index__in={each.id_index for each in workers})
    for payment in live.select_related("worker__service", "settlement", "batch"):
        of_identity[payment.worker.id_index].append(payment)
    return [
        (worker, payment)
        for worker in workers for payment in of_identity[worker.id_index]
        if payment.worker_id != worker.pk and _overlap(payment, worker)  # type: ignore[attr-defined]
    ]  # fmt: skip


def _overlap(paid: Payment, worker: Worker) -> bool:
    last_day, first_day = paid.settlement.last_day, paid.worker.hired_on
    return (last_day is None or last_day >= worker.hired_on) and (worker.left_on is None or first_day <= worker.left_on)


def said_of_double(paid: Payment) -> str:
    when = f"{paid.paid_on} 付过" if paid.state == Payment.State.PAID else f"在{paid.batch}里待付"
    last_day = paid.settlement.last_day
    return (
        f"同一身份证号在“{paid.worker.service}”的结算（{paid.worker.hired_on} 至 {last_day}）已{when}，年限重叠；"
        f"属于另一段工作的，请把入职日期改到 {last_day} 以后"
    )


# accounts


@dataclass(frozen=True)
class AccountChange:
    """An account that nobody vouches for yet: from which, to which, by whom and when; who checked it with the worker.

    One other person than who entered it; two where that is not known, since either of them may be the one.
    """

    worker: Worker
    old: str
    by: Any = None  # None: the database was changed by hand
    at: datetime | None = None
    checked_by: frozenset[int] = frozenset()

    @property
    def is_checked(self) -> bool:
        return len(self.checked_by) >= (1 if self.by else 2)

    def __str__(self) -> str:
        when = f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}" if self.at else ""
        who = f"{self.by} {when} 改" if self.by else f"{when} 改，查不到是谁"
        old, new = mask_account(self.old) or "没有", mask_account(self.worker.bank_account)
        return f"银行卡号与第一次锁定或者上次付款时不同（{old} → {new}，{who.strip()}）"

    @property
    def asked(self) -> str:
        if self.by:
            return "须另一人与本人核对"
        return "须再有一人与本人核对" if self.checked_by else "须两人分别与本人核对"


def account_changes(settlements: Iterable[LockedSettlement]) -> dict[int, AccountChange]:
    """Settlement → how its worker's account differs from the one that is vouched for. A fixed number of queries."""
    settlements = list(settlements)
    known = _vouched({each.worker.pk for each in settlements})
    differing = [each for each in settlements if each.worker.bank_account not in ("", known[each.worker.pk])]
    workers = {each.worker.pk: each.worker for each in differing}
    if not differing:
        return {}
    checks: dict[int, set[int]] = defaultdict(set)
    entered = _entered(workers)
    for each in AccountCheck.objects.filter(worker__in=workers):
        worker, by = workers[each.worker_id], entered[each.worker_id][0]  # type: ignore[attr-defined]
        if each.account == worker.bank_account and not (by and by.pk == each.checked_by_id):  # type: ignore[attr-defined]
            checks[worker.pk].add(each.checked_by_id)  # type: ignore[attr-defined]
    return {
        each.pk: AccountChange(
            each.worker, known[each.worker.pk], *entered[each.worker.pk], frozenset(checks[each.worker.pk])
        )
        for each in differing
    }


def first_accounts(workers: Iterable[int]) -> dict[int, str]:
    """Worker → the account at his first lock, whatever was taken back since: opening and locking anew vouches for nothing."""
    locks = LockedSettlement.objects.filter(worker__in=list(workers)).order_by("-number")
    return dict(locks.values_list("worker", "account"))


def _vouched(workers: set[int]) -> dict[int, str]:
    """Worker → the account of the first lock, or the one that was last paid to."""
    paid = Payment.objects.filter(worker__in=workers, state=Payment.State.PAID).order_by("pk")
    return first_accounts(workers) | dict(paid.values_list("worker", "account"))


def _entered(workers: dict[int, Worker]) -> dict[int, tuple[Any, datetime | None]]:
    """Who entered the present account and when: the oldest entry of the history after which it stayed the same."""
    found: dict[int, tuple[Any, datetime | None]] = dict.fromkeys(workers, (None, None))
    over = set()
    history = Worker.history.filter(id__in=workers).select_related("history_user")  # type: ignore[attr-defined]
    for entry in history.order_by("-history_id"):
        if entry.bank_account != workers[entry.id].bank_account:
            over.add(entry.id)
        elif entry.id not in over:
            found[entry.id] = entry.history_user, entry.history_date
    return found


# owed against paid


@dataclass
class Part:
    """Settlements, the people they are of (one person may have several), and their sum."""

    workers: set[int] = field(default_factory=set)
    settlements: int = 0
    amount: Decimal = Decimal("0.00")

    def add(self, worker: int, amount: Decimal) -> None:
        self.workers.add(worker)
        self.settlements += 1
        self.amount += amount

    @property
    def people(self) -> int:
        return len(self.workers)


@dataclass
class Account:
    """One service: what was locked, and where it stands. Before tax. `is_even`: the parts add up to the whole."""

    service: Service
    owed: Part = field(default_factory=Part)
    paid: Part = field(default_factory=Part)
    in_batches: Part = field(default_factory=Part)
    ready: Part = field(default_factory=Part)
    held: Part = field(default_factory=Part)
    left: Part = field(default_factory=Part)
    unsettled: list[Worker] = field(default_factory=list)  # nothing frozen, so in none of the sums
    overpaid: list[Payment] = field(default_factory=list)  # left before the last day that was paid for
    underpaid: list[Payment] = field(default_factory=list)  # stayed beyond it

    @property
    def is_even(self) -> bool:
        parts = (self.paid, self.in_batches, self.ready, self.held, self.left)
        whole = sum(each.settlements for each in parts), sum((each.amount for each in parts), Decimal(0))
        return (self.owed.settlements, self.owed.amount) == whole


def accounts(services: QuerySet[Service]) -> list[Account]:
    """Each service with something locked: owed = paid + in batches + can be paid + held back + left early."""
    found = {each.pk: Account(each) for each in services}
    owed = LockedSettlement.objects.standing().filter(worker__service__in=found, total__gt=0).order_by()
    for service, key, total in owed.values_list("worker__service", "worker", "total"):
        found[service].owed.add(key, total)
    live = Payment.objects.filter(worker__service__in=found, state__in=LIVE).select_related(
        "worker", "settlement__worker"
    )
    for payment in live.order_by("worker__sort_key", "pk"):
        is_paid = payment.state == Payment.State.PAID
        account = found[payment.worker.service_id]  # type: ignore[attr-defined]
        (account.paid if is_paid else account.in_batches).add(payment.worker.pk, payment.gross)
        if is_paid and payment.settlement.is_left_early:
            account.overpaid.append(payment)
        if is_paid and payment.settlement.is_left_late and not payment.is_supplement:
            account.underpaid.append(payment)
    rest = list(unpaid(found).select_related("worker"))
    held = holds(rest, account_changes(rest))
    for each in rest:
        account = found[each.worker.service_id]  # type: ignore[attr-defined]
        part = account.left if each.is_left_early else account.held if each.pk in held else account.ready
        part.add(each.worker.pk, each.total)
    for worker in unsettled(found):
        found[worker.service_id].unsettled.append(worker)  # type: ignore[attr-defined]
    return [each for each in found.values() if each.owed.people or each.unsettled]
