"""The people whom the contractor takes over: what it must know, and the labour price that follows from it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from common.fingerprint import fingerprint
from programme.models import Service
from staff_transition.facts import ground_code
from staff_transition.figures import as_plain, service_words
from staff_transition.models import Payment
from staff_transition.rules.grounds import HANDED_OVER, TRANSFERS
from staff_transition.rules.service import counting
from staff_transition.scenarios import Bench
from staff_transition.tally import ZERO, Way


@dataclass(frozen=True)
class Taken:
    """One person with the least that a new employer needs. Amounts in yuan."""

    name: str
    post: str
    campus: str
    first_hired: date
    last_day: date | None
    monthly_wage: Decimal | None  # as agreed, before tax
    average_wage: Decimal | None  # due on average of twelve months: what the papers promise not to go below
    is_continuous: bool  # the years go with the person
    years: str  # carried, in words; "" where the college settled them
    carried: Decimal | None  # N for the carried years, were the employment ended on the last day; None: not known
    settled_on: date | None = None  # when the college paid for the years; None: not yet, or they are carried

    @property
    def floor(self) -> Decimal | None:
        """The wage that a lawful labour price holds at least; None: not known."""
        return self.monthly_wage if self.average_wage is None else self.average_wage

    @property
    def how(self) -> str:
        return years_words(self.is_continuous, self.settled_on)


def years_words(is_continuous: bool, settled_on: date | None) -> str:
    """What becomes of the years, in words; nothing is called settled before the money is there."""
    if is_continuous:
        return "连续计算"
    return f"由本校结清（{f'已付 {settled_on}' if settled_on else '未付'}）"


@dataclass(frozen=True)
class Takeover:
    """The whole list: `monthly` and `carried` are the floor of a lawful labour price (tender: not below)."""

    people: tuple[Taken, ...]

    @property
    def monthly(self) -> Decimal:
        return sum((each.floor or ZERO for each in self.people), ZERO)

    @property
    def carried(self) -> Decimal:
        return sum((each.carried for each in self.people if each.carried is not None), ZERO)

    @property
    def uncarried(self) -> int:
        return sum(each.carried is None for each in self.people)

    @property
    def unknown_wages(self) -> int:
        return sum(each.floor is None for each in self.people)

    @property
    def content(self) -> dict[str, Any]:
        return as_plain({"people": [asdict(each) for each in self.people]})

    @property
    def digest(self) -> str:
        return fingerprint(self.content)


def takeover_of(service: Service) -> Takeover:
    """Everybody of the service who goes to the contractor, by the grounds of the dispositions, as amounts and papers are."""
    bench = Bench(service)
    paid = Payment.objects.filter(worker__service=service, state=Payment.State.PAID, is_supplement=False)
    return Takeover(tuple(_taken(bench, {worker: day for worker, day in paid.values_list("worker", "paid_on") if day})))


def _taken(bench: Bench, paid: Mapping[int, date | None]) -> Iterable[Taken]:
    for worker in bench.workers:
        disposition = getattr(worker, "disposition", None)
        if disposition is None or (ground := ground_code(disposition)) not in TRANSFERS:
            continue
        is_continuous = ground in HANDED_OVER
        day = disposition.last_day
        way = Way.set_for(worker)
        years = _years(bench, way) if is_continuous and day else ""
        carried = bench.carried(worker, day) if is_continuous else ZERO
        settled_on = None if is_continuous else paid.get(worker.pk)
        yield Taken(
            worker.name, worker.post, worker.campus.name, worker.hired_on, day, worker.monthly_wage, bench.facts(way).average,
            is_continuous, years, carried, settled_on,
        )  # fmt: skip


def _years(bench: Bench, way: Way) -> str:
    """The years that go with the person: the same that `carried` counts, former employers named where theirs are among them."""
    return service_words(counting(bench.facts(way), bench.setting.policy) or (), way.worker.hired_on)
