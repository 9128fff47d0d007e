"""One scheme added up: what becomes of each person, what it costs, when it falls due, what stands in the way."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from common.values import value
from staff_transition.grounds import ground_of, label_of
from staff_transition.models import Category, DispositionKind, TransitionScheme, Worker
from staff_transition.rules.flags import Flag
from staff_transition.rules.grounds import COUNTED_BY_41, ENDS_NOTHING, NO_FAULT, OWN_ENDS, UNILATERAL
from staff_transition.rules.notice import NOTICE_DAYS
from staff_transition.rules.procedure import earliest_last_day
from staff_transition.rules.scheme import Rule, Situation, scheme_flags

ZERO = Decimal("0.00")
KINDS, CATEGORIES = dict(DispositionKind.choices), dict(Category.choices)


class Way(NamedTuple):
    """What becomes of one person; no kind: nobody has decided."""

    worker: Worker
    kind: str = ""
    ground: str = ""
    last_day: date | None = None
    forced_reason: str = ""
    is_by_hand: bool = False  # the ground was chosen for this person: a scheme leaves it alone

    @classmethod
    def set_for(cls, worker: Worker) -> "Way":
        """As the disposition of the person says."""
        held = getattr(worker, "disposition", None)
        if held is None:
            return cls(worker)
        by_hand = held.is_ground_chosen and not held.is_by_scheme
        return cls(worker, held.kind, held.ground or held.kind, held.last_day, held.forced_reason, by_hand)

    @property
    def words(self) -> str:
        """The disposition with its day, and with its ground where that says more."""
        named = f"（{label_of(self.ground)}）" if self.ground not in (ground_of(self.kind), self.kind) else ""
        return KINDS[self.kind] + named + (f"，最后工作日 {self.last_day}" if self.last_day else "")

    @classmethod
    def by_rule(cls, worker: Worker, rule: Rule | None) -> "Way":
        """As a rule of a scheme would have it; who only changes the post has no last day."""
        if rule is None:
            return cls(worker)
        ground = rule.ground or ground_of(rule.kind) or rule.kind
        return cls(worker, rule.kind, ground, None if ground in ENDS_NOTHING else rule.last_day)


@dataclass(frozen=True)
class Month:
    """What falls due in one month; yuan."""

    month: date
    people: int
    severance: Decimal
    other: Decimal
    total: Decimal
    so_far: Decimal
    is_within: bool | None  # the budget; None: no budget is known


@dataclass(frozen=True)
class Outcome:
    """One scheme: sums over the people whose amount is known, None where nobody's is; `unknown` counts the rest. Amounts in yuan."""

    scheme: TransitionScheme | None  # None: the dispositions as they are set now
    name: str
    headcount: int
    by_kind: dict[str, int]
    by_category: dict[str, Decimal]
    severance: Decimal | None
    notice: Decimal | None
    other: Decimal | None
    total: Decimal | None
    unknown: int
    missing: dict[str, int]  # what is missing for the unknown → people
    unpriced: dict[str, int]  # what is missing for items left out of known amounts → people
    undecided: tuple[str, ...]  # names of people no rule takes
    kept: tuple[Way, ...]  # people whose ground was chosen by hand
    carried: Decimal | None  # what the contractor may one day owe for the years that go with the people
    uncarried: int  # people whose part of it is not known
    risk: Decimal | None  # 2N of all who are paid, as a warning
    unrisked: int  # people whose part of it is not known
    ended: int  # people whose employment the college ends
    together: int  # with those of other services within three months, as their dispositions are set
    is_mass: bool
    shielded: int  # shielded people whom the scheme would end by articles 40 or 41
    unregistered: int  # people whose remark speaks of a protected state that nobody registered
    blocked: tuple[tuple[str, Flag], ...]  # name, why
    latest_notice: date | None
    earliest: (
        date  # the first lawful last day for these grounds: deadlines can be met, contracts that are to run out have
    )
    latest: (
        date | None
    )  # the last one: after it somebody whose contract ran out is employed again; None: no contract runs out
    months: tuple[Month, ...]
    flags: tuple[Flag, ...] = ()

    @property
    def is_adopted(self) -> bool:
        return self.scheme is not None and self.scheme.adopted_at is not None

    @property
    def has_lawful_day(self) -> bool:
        """Whether one day can be the last of all; contracts that run out months apart have none."""
        return self.latest is None or self.earliest <= self.latest

    def allows(self, day: date) -> bool:
        """Whether the law allows `day` as the last one of all whom the rules take."""
        return self.earliest <= day <= (self.latest or day)

    @property
    def left_out(self) -> list[str]:
        """What the total does not hold, in words: people who cannot be worked out or have no disposition, single items."""
        found = [f"{count} 人算不出来：缺{what}" for what, count in self.missing.items()]
        found += [f"{count} 人有一项没有算：缺{what}" for what, count in self.unpriced.items()]
        return found + ([f"{len(self.undecided)} 人没有去向"] if self.undecided else [])


@value
class Result:
    """The amounts of one person under one disposition, in yuan, without the working; `blocked` says what forbids it."""

    severance: Decimal
    notice: Decimal
    other: Decimal
    total: Decimal | None  # None: not computable
    missing: tuple[str, ...]  # why not
    unpriced: tuple[str, ...]  # what is missing for items that the total does not hold
    risk: Decimal | None  # 2N where the ground owes N; None: not known
    is_shielded: bool
    is_past_age: bool  # on the last day, on a ground that is not age
    blocked: tuple[Flag, ...]


@dataclass
class Due:
    """What falls due in one month, while it is added up; yuan."""

    people: int = 0
    severance: Decimal = ZERO
    other: Decimal = ZERO
    total: Decimal = ZERO


@dataclass
class Tally:
    """The sums of one scheme while people are added; yuan. `outcome` closes it."""

    today: date
    severance: Decimal = ZERO
    notice: Decimal = ZERO
    other: Decimal = ZERO
    retiring_severance: Decimal = ZERO  # of people past the age on another ground
    risk: Decimal = ZERO
    unilateral_risk: Decimal = ZERO
    unregistered_risk: Decimal = ZERO
    carried: Decimal = ZERO
    unknown: int = 0
    unrisked: int = 0
    uncarried: int = 0
    retiring: int = 0
    shielded: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    unpriced: Counter[str] = field(default_factory=Counter)
    ended: Counter[date] = field(default_factory=Counter)  # people whose employment the college ends, by last day
    by_category: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    by_month: dict[date, Due] = field(default_factory=lambda: defaultdict(Due))
    undecided: list[str] = field(default_factory=list)
    kept: list[Way] = field(default_factory=list)
    blocked: list[tuple[str, Flag]] = field(default_factory=list)
    grounds: set[str] = field(default_factory=set)
    last_days: set[date] = field(default_factory=set)  # that the scheme decides
    noticed_days: set[date] = field(default_factory=set)  # last days that thirty days' notice goes before
    run_out: list[tuple[date, date]] = field(
        default_factory=list
    )  # from when to when a contract ends as one that ran out

    def take(self, way: Way, found: Result) -> None:
        """Add one person of whom it is decided what becomes of them."""
        self.kinds[KINDS[way.kind]] += 1
        self.grounds.add(way.ground)
        if way.is_by_hand:
            self.kept.append(way)
        self._take_days(way)
        self.retiring += found.is_past_age
        self.shielded += found.is_shielded
        if found.blocked:
            self.blocked += [(way.worker.name, flag) for flag in found.blocked]
        if found.risk is None:
            self.unrisked += 1
        else:
            self.risk += found.risk
            self.unilateral_risk += found.risk if way.ground in UNILATERAL else ZERO
        if found.total is None:
            self.unknown += 1
            self.missing.update(found.missing)
        else:
            self._take_amounts(way, found, found.total)

    def _take_days(self, way: Way) -> None:
        if way.ground in COUNTED_BY_41:
            self.ended[way.last_day or self.today] += 1
        if way.last_day and way.ground not in OWN_ENDS:
            self.last_days.add(way.last_day)
        if way.last_day and way.ground in NO_FAULT:
            self.noticed_days.add(way.last_day)

    def _take_amounts(self, way: Way, found: Result, total: Decimal) -> None:
        if found.unpriced:
            self.unpriced.update(found.unpriced)
        self.severance += found.severance
        self.notice += found.notice
        self.other += found.other
        if found.is_past_age:
            self.retiring_severance += found.severance
        self.by_category[CATEGORIES.get(way.worker.category, "未填")] += total
        if total and way.last_day:
            due = self.by_month[way.last_day.replace(day=1)]
            due.people += 1
            due.severance += found.severance
            due.other += found.other + found.notice
            due.total += total

    def carry(self, amount: Decimal | None) -> None:
        """Add what the contractor may one day owe for one person; None: not known."""
        self.uncarried += amount is None
        self.carried += amount or ZERO

    def outcome(
        self, scheme: TransitionScheme | None, name: str, budget: Decimal | None, *, headcount: int, together: int, mass: bool,
        unregistered: int, union_told: bool,
    ) -> Outcome:  # fmt: skip
        """The sums with what follows from all people at once. An amount that nobody's part of is known is None, not 0."""
        total = self.severance + self.notice + self.other
        earliest = earliest_last_day(self.today, self.grounds, is_mass=mass)
        latest_notice = min(self.noticed_days) - timedelta(days=NOTICE_DAYS) if self.noticed_days else None
        situation = Situation(
            last_day=min(self.last_days, default=self.today), today=self.today, grounds=frozenset(self.grounds),
            ended=self.ended.total(), together=together, is_mass=mass, total=total, risk=self.unilateral_risk or None,
            earliest=earliest, latest_notice=latest_notice, union_told=union_told, undecided=len(self.undecided),
            unknown=self.unknown, budget=budget, retiring=self.retiring, retiring_severance=self.retiring_severance,
            notice=self.notice, unregistered=unregistered, unregistered_risk=self.unregistered_risk or None,
        )  # fmt: skip
        is_known = not self.unknown or self.unknown < self.kinds.total()
        return Outcome(
            scheme=scheme, name=name, headcount=headcount, by_kind=dict(self.kinds), by_category=dict(self.by_category),
            severance=self.severance if is_known else None, notice=self.notice if is_known else None,
            other=self.other if is_known else None, total=total if is_known else None, unknown=self.unknown,
            missing=dict(self.missing), unpriced=dict(self.unpriced), undecided=tuple(self.undecided), kept=tuple(self.kept),
            carried=None if self.uncarried and not self.carried else self.carried, uncarried=self.uncarried,
            risk=None if self.unrisked and not self.risk else self.risk, unrisked=self.unrisked, ended=self.ended.total(),
            together=together, is_mass=mass, shielded=self.shielded, unregistered=unregistered, blocked=tuple(self.blocked),
            latest_notice=latest_notice, earliest=max([earliest, *(first for first, _ in self.run_out)]),
            latest=min((last for _, last in self.run_out), default=None), months=self._months(budget),
            flags=scheme_flags(situation) if self.last_days else (),
        )  # fmt: skip

    def _months(self, budget: Decimal | None) -> tuple[Month, ...]:
        so_far, found = ZERO, []
        for month in sorted(self.by_month):
            due = self.by_month[month]
            so_far += due.total
            is_within = None if budget is None else so_far <= budget
            found.append(Month(month, due.people, due.severance, due.other, due.total, so_far, is_within))
        return tuple(found)
