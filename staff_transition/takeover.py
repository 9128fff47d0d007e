"""The people whom the contractor takes over: what it must know, and the labour price that follows from it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from common.fingerprint import fingerprint
from programme.models import Service
from staff_transition.facts import ground_code
from staff_transition.figures import as_plain, service_words
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
    monthly_wage: Decimal | None  # due, before tax
    is_continuous: bool  # the years go with the person
    years: str  # carried, in words; "" where the college settled them
    carried: Decimal | None  # N for the carried years, were the employment ended on the last day; None: not known


@dataclass(frozen=True)
class Takeover:
    """The whole list: `monthly` and `carried` are the floor of a lawful labour price (tender: not below)."""

    people: tuple[Taken, ...]

    @property
    def monthly(self) -> Decimal:
        return sum((each.monthly_wage or ZERO for each in self.people), ZERO)

    @property
    def carried(self) -> Decimal:
        return sum((each.carried for each in self.people if each.carried is not None), ZERO)

    @property
    def uncarried(self) -> int:
        return sum(each.carried is None for each in self.people)

    @property
    def unknown_wages(self) -> int:
        return sum(each.monthly_wage is None for each in self.people)

    @property
    def content(self) -> dict[str, Any]:
        return as_plain({"people": [asdict(each) for each in self.people]})

    @property
    def digest(self) -> str:
        return fingerprint(self.content)


def takeover_of(service: Service) -> Takeover:
    """Everybody of the service who goes to the contractor, by the grounds of the dispositions, as amounts and papers are."""
    bench = Bench(service)
    return Takeover(tuple(_taken(bench)))


def _taken(bench: Bench) -> Iterable[Taken]:
    for worker in bench.workers:
        disposition = getattr(worker, "disposition", None)
        if disposition is None or (ground := ground_code(disposition)) not in TRANSFERS:
            continue
        is_continuous = ground in HANDED_OVER
        day = disposition.last_day
        years = _years(bench, Way.set_for(worker)) if is_continuous and day else ""
        carried = bench.carried(worker, day) if is_continuous else ZERO
        wage = worker.monthly_wage if worker.monthly_wage is not None else worker.average_wage
        yield Taken(
            worker.name, worker.post, worker.campus.name, worker.hired_on, day, wage, is_continuous, years, carried
        )


def _years(bench: Bench, way: Way) -> str:
    """The years that go with the person: the same that `carried` counts, former employers named where theirs are among them."""
    return service_words(counting(bench.facts(way), bench.setting.policy) or (), way.worker.hired_on)
