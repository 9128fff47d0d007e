"""Schemes worked out side by side: what each costs, when, for whom, and what stands in the way.

People are read once; a result is kept per person, disposition and day, so that what schemes share is computed once.
"""

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone

from programme.models import Service
from staff_transition.blocking import unregistered
from staff_transition.facts import Known, Setting, Tried, known_of, person_of
from staff_transition.figures import day_from, settling
from staff_transition.grounds import fits
from staff_transition.mass import Staff, elsewhere, ended_by_service, staff_of
from staff_transition.models import DispositionKind, LockedSettlement, TransitionScheme, Worker
from staff_transition.rules.flags import blocks
from staff_transition.rules.grounds import (
    BARRED_BY_42,
    BY_AGE,
    EXPIRIES,
    GROUNDS,
    HANDED_OVER,
)
from staff_transition.rules.months import DAY
from staff_transition.rules.person import Local, PersonFacts
from staff_transition.rules.procedure import UNION_LETTER
from staff_transition.rules.scheme import (
    Rule,
    cheapest,
    chosen,
    expiry_days,
    has_reached_age,
    is_mass,
    is_shielded,
    most_together,
    steps,
)
from staff_transition.rules.settlement import settle, unlawful
from staff_transition.tally import ZERO, Outcome, Result, Tally, Way


@dataclass(frozen=True, slots=True)
class Frozen:
    """What HR's lock kept of one person: it stands, whatever facts, figures and switches came later. Yuan."""

    ground: str
    last_day: date | None
    amounts: tuple[Decimal, Decimal, Decimal, Decimal]  # severance, notice, other, total
    unpriced: tuple[str, ...]


def _frozen(service: Service) -> dict[int, Frozen]:
    live = LockedSettlement.objects.live().filter(worker__service=service)
    found = {}
    for worker, ground, figures in live.values_list("worker", "content__ground", "content__figures"):
        severance, notice, other, total = (
            Decimal(figures[name] or 0) for name in ("severance", "notice", "other", "total")
        )
        amounts = (severance, notice, other, total)
        found[worker] = Frozen(ground, day_from(figures["last_day"]), amounts, tuple(figures["unpriced"]))
    return found


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: none are made, and each search walks the rows of everybody again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


NOTHING = Known()
UNNAMED = ("UNNAMED",)  # a protected state, whichever


@dataclass
class Bench:
    """The people of one service, ready to be worked out under any scheme."""

    service: Service
    setting: Setting = field(default_factory=Setting)
    today: date = field(default_factory=timezone.localdate)
    workers: list[Worker] = field(init=False)
    known: dict[int, Known] = field(init=False)
    staff: Staff = field(init=False)
    elsewhere: Counter[date] = field(
        init=False
    )  # people of other services whose employment the college ends, by last day
    frozen: dict[int, "Frozen"] = field(init=False)
    unregistered: frozenset[int] = field(init=False)  # whose remark speaks of a protected state that nobody registered
    set_now: list[Way] = field(init=False)
    _settled: dict[tuple[int, str, date | None, str], "Result"] = field(default_factory=dict)
    _bare: dict[tuple[int, date | None], tuple[PersonFacts, Local]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        live = settling(self.service)
        with uncollected():
            self.workers = list(
                live.select_related("disposition")
                .prefetch_related("campus")  # one row for all its people
                .defer(
                    "phone", "bank_account", "id_number", "id_index", "id_tail_index", "remark", "pinyin", "sort_key"
                )
                .order_by("sort_key", "pk")
            )
            self.known = known_of(live)
            self.unregistered = frozenset(each.pk for each in unregistered(live.only("remark")))
        self.set_now = [Way.set_for(worker) for worker in self.workers]
        self.staff = staff_of(self.setting.book, self.today)
        self.elsewhere = elsewhere(ended_by_service(self.today), self.service.pk)
        self.frozen = _frozen(self.service)

    def settled(
        self, worker: Worker, kind: str, ground: str, last_day: date | None, forced_reason: str = ""
    ) -> "Result":
        key = (worker.pk, ground, last_day, forced_reason)
        if (found := self._settled.get(key)) is None:
            found = self._settled[key] = self._work_out(worker, kind, ground, last_day, forced_reason)
        return found

    def _work_out(self, worker: Worker, kind: str, ground: str, last_day: date | None, forced_reason: str) -> Result:
        facts, local = self._facts(worker, last_day)
        facts = facts.on_ground(ground if ground in GROUNDS else kind, forced_reason)
        found = settle(facts, self.setting.policy, local, self.setting.calendar)
        risk = unlawful(facts, self.setting.policy, found) if found.ground.owes == 1 else ZERO
        shielded = bool(last_day) and ground in BARRED_BY_42 and is_shielded(facts, last_day or self.today)
        stopping = blocks(facts)
        past = bool(last_day) and ground not in BY_AGE and has_reached_age(facts, last_day or self.today)
        kept = self.frozen.get(worker.pk)
        if kept and (kept.ground, kept.last_day) == (found.ground.code, last_day):
            return Result(*kept.amounts, (), kept.unpriced, risk, shielded, past, stopping)
        return Result(
            found.severance or ZERO, found.notice or ZERO, found.other or ZERO, found.total,
            tuple(each.what for each in found.blocking), tuple(each.what for each in found.missing if not each.blocks),
            risk, shielded, past, stopping,
        )  # fmt: skip

    def facts(self, way: Way) -> PersonFacts:
        """The facts of one person under a disposition that is only tried out."""
        return self._facts(way.worker, way.last_day)[0].on_ground(way.ground, way.forced_reason)

    def _facts(self, worker: Worker, last_day: date | None) -> tuple[PersonFacts, Local]:
        """The facts on a last day, whatever the ground."""
        if (found := self._bare.get((worker.pk, last_day))) is None:
            tried, known = Tried("", "", last_day), self.known.get(worker.pk, NOTHING)
            person = person_of(worker, known, self.setting, self.today, disposition=tried)
            found = self._bare[worker.pk, last_day] = person.facts, person.local
        return found

    def assigned(self, scheme: TransitionScheme) -> list[tuple[Worker, Rule | None]]:
        """Everybody with the rule that takes them; None: no rule does."""
        rules = [each.as_rule(scheme.last_day) for each in scheme.rules.all()]

        def rule_of(worker: Worker) -> Rule | None:
            return chosen(
                worker.category, worker.campus_id, lambda: self._facts(worker, scheme.last_day)[0], rules, fits
            )

        return [(worker, rule_of(worker)) for worker in self.workers]

    def ways(self, scheme: TransitionScheme) -> list[Way]:
        """What becomes of everybody: by the rules, or, once the scheme is adopted, as the dispositions have been set since.

        Whose ground was chosen by hand (death, resignation, fault …) keeps it under every scheme.
        """
        if scheme.adopted_at:
            return self.set_now
        return [
            held if held.is_by_hand else Way.by_rule(worker, rule)
            for held, (worker, rule) in zip(self.set_now, self.assigned(scheme), strict=True)
        ]

    def replaced(self, scheme: TransitionScheme) -> dict[str, list[str]]:
        """Whose disposition an adoption would change, from what to what: words → names."""
        found: dict[str, list[str]] = defaultdict(list)
        for held, way in zip(self.set_now, self.ways(scheme), strict=True):
            if held.kind and way.kind and held[1:] != way[1:]:
                found[f"{held.words} → {way.words}"].append(held.worker.name)
        return dict(found)

    def outcome(self, scheme: TransitionScheme) -> Outcome:
        """The scheme worked out."""
        return self._summed(scheme, scheme.name, self.ways(scheme), scheme.budget)

    def present(self) -> Outcome:
        """The dispositions as they are set now."""
        return self._summed(None, "现在设定的去向", self.set_now, None)

    def _summed(
        self, scheme: TransitionScheme | None, name: str, lines: Iterable[Way], budget: Decimal | None
    ) -> Outcome:
        tally = Tally(self.today)
        for way in lines:
            if not way.kind:
                tally.undecided.append(way.worker.name)
                continue
            found = self.settled(way.worker, way.kind, way.ground, way.last_day, way.forced_reason)
            tally.take(way, found)
            if way.ground in EXPIRIES and not way.is_by_hand and (window := expiry_days(self.facts(way))):
                tally.run_out.append(window)
            if way.ground in HANDED_OVER:
                tally.carry(self.carried(way.worker, way.last_day))
            if way.worker.pk in self.unregistered and self._is_barred_if_protected(way, found):
                tally.unregistered_risk += found.risk or ZERO
        together = most_together(tally.ended, self.elsewhere)
        mass = is_mass(together, self.staff.people)
        return tally.outcome(
            scheme, name, budget, headcount=len(self.workers), together=together, mass=mass, unregistered=len(self.unregistered),
            union_told=self._union_told(scheme),
        )  # fmt: skip

    def _is_barred_if_protected(self, way: Way, found: Result) -> bool:
        return len(blocks(self.facts(way).but(protected=UNNAMED))) > len(found.blocked)

    def _union_told(self, scheme: TransitionScheme | None) -> bool:
        """Of everybody: no letter is open, or open again."""
        letters = scheme.steps.filter(key=UNION_LETTER) if scheme is not None and scheme.pk is not None else ()
        done = [step.done_on is not None for step in letters]
        return bool(done) and all(done)

    def carried(self, worker: Worker, last_day: date | None) -> Decimal | None:
        """N for the years up to now, as the contractor would owe it if it ended the employment itself; None: not known."""
        found = self.settled(worker, DispositionKind.NEGOTIATED, "NEGOTIATED_EMPLOYER", last_day)
        return None if found.total is None else found.severance

    def curve(self, scheme: TransitionScheme, first: date, last: date) -> "Curve":
        """What severance and notice cost for every last day from `first` to `last`: the wages known today, the scheme unchanged."""
        jumps: dict[date, Decimal] = defaultdict(lambda: ZERO)
        names: dict[date, list[str]] = defaultdict(list)
        start, people, unknown = ZERO, 0, 0
        for way in self.ways(scheme):
            worker, ground = way.worker, way.ground
            if ground not in GROUNDS or not GROUNDS[ground].owes:
                continue
            if way.is_by_hand:  # ends on a day of its own
                found = self.settled(worker, way.kind, ground, way.last_day, way.forced_reason)
                people, unknown = people + 1, unknown + (found.total is None)
                start += found.severance + found.notice if found.total is not None else ZERO
                continue
            facts = self._facts(worker, way.last_day)[0].for_severance(ground=ground)
            amounts = [
                (day, self._on_day(facts, worker, day)) for day in self._days_of_change(facts, worker.campus.district, first, last)
            ]  # fmt: skip
            people += 1
            if any(amount is None for _, amount in amounts):
                unknown += 1
                continue
            before: Decimal | None = None
            for day, amount in ((day, amount) for day, amount in amounts if amount is not None):
                if before is None:
                    start += amount
                elif amount != before:
                    jumps[day] += amount - before
                    names[day].append(worker.name)
                before = amount
        points, amount = [(first, start)], start
        for day in sorted(jumps):
            amount += jumps[day]
            points.append((day, amount))
        return Curve(first, last, tuple(points), {day: tuple(each) for day, each in names.items()}, people, unknown)

    def _on_day(self, facts: PersonFacts, worker: Worker, day: date) -> Decimal | None:
        """Severance and notice on a last day that is only tried out; None: not known."""
        found = settle(facts.but(last_day=day), self.setting.policy, self.setting.local(worker.campus.district, day))
        return None if found.total is None else (found.severance or ZERO) + (found.notice or ZERO)

    def _days_of_change(self, facts: PersonFacts, district: str, first: date, last: date) -> list[date]:
        """The first day, every day on which the months of pay change, and every day on which a figure of the place does."""
        days = {step.day for step in steps(facts, self.setting.policy, first, last)}
        return sorted(days | {first} | set(self._local_changes(district, first, last)))

    def _local_changes(self, district: str, first: date, last: date) -> list[date]:
        found, before, day = [], self.setting.local(district, first), first
        while (day := _next_month(day)) <= last:
            now = self.setting.local(district, day)
            if now != before:
                found.append(day)
            before = now
        return found


@dataclass(frozen=True)
class Curve:
    """A step line: from each day on, that amount."""

    first: date
    last: date
    points: tuple[tuple[date, Decimal], ...]
    names: dict[date, tuple[str, ...]]  # whose step it is
    people: int  # whose ground owes something
    unknown: int  # of them, who is left out because an amount is not known

    def at(self, day: date) -> Decimal:
        return next((amount for since, amount in reversed(self.points) if since <= day), self.points[0][1])

    def cheapest(self, earliest: date, latest: date | None) -> tuple[date, Decimal] | None:
        """The latest day with the lowest amount of those that are lawful; None where the curve shows no lawful day."""
        first, last = max(self.first, earliest), min(self.last, latest or self.last)
        ends = [after - DAY for after, _ in self.points[1:]] + [self.last]
        return cheapest(
            (min(end, last), amount) for end, (since, amount) in zip(ends, self.points, strict=True)
            if max(since, first) <= min(end, last)
        )  # fmt: skip

    @property
    def lows(self) -> tuple[tuple[date, Decimal], ...]:
        """The last day before each step up: days that cost less than the day after."""
        return tuple(
            (after - DAY, amount)
            for (_, amount), (after, more) in zip(self.points, self.points[1:], strict=False)
            if more > amount
        )


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def outcomes(service: Service, schemes: Iterable[TransitionScheme], bench: Bench | None = None) -> list[Outcome]:
    """The adopted scheme first, then the others, at last the dispositions as they stand where nothing was adopted."""
    bench = bench or Bench(service)
    with uncollected():
        found = [
            bench.outcome(scheme) for scheme in sorted(schemes, key=lambda each: (each.adopted_at is None, each.pk))
        ]
        if not any(outcome.is_adopted for outcome in found):
            found.append(bench.present())
    return found
