"""A transition scheme: who gets which disposition, what a date costs, when a mass layoff begins. Pure.

Law: 劳动合同法 第四十一条 (20 people or a tenth of the staff), 第四十二条, 第四十七条.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from staff_transition.rules.flags import months_here
from staff_transition.rules.grounds import GROUNDS, ground_for
from staff_transition.rules.person import PersonFacts
from staff_transition.rules.policy import Policy
from staff_transition.rules.retirement import LONG_SERVICE_MONTHS, is_near, statutory_day
from staff_transition.rules.service import counted

MASS_PEOPLE, MASS_SHARE = 20, 10  # LCL_41: twenty people, or one in ten
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    """One line of a scheme: whom it takes, what becomes of them. An empty condition takes everybody."""

    kind: str
    last_day: date
    category: str = ""
    campus: int | None = None
    who: str = ""  # a key of WHO
    min_years: int = 0  # full years of service on the last day


def is_shielded(facts: PersonFacts, day: date) -> bool:
    """LCL_42 bars articles 40 and 41: a registered state, or fifteen years of service with less than five to go."""
    return bool(facts.protected) or is_near_retirement(facts, day)


def is_near_retirement(facts: PersonFacts, day: date) -> bool:
    if not facts.retirement_category or facts.birth_day is None:
        return False
    long = months_here(replace(facts, last_day=day)) >= LONG_SERVICE_MONTHS
    return long and is_near(day, statutory_day(facts.retirement_category, facts.birth_day))


def is_past_age(facts: PersonFacts, day: date) -> bool:
    """The statutory age is reached on `day`; False where a woman's post is not known: nobody guesses."""
    if not facts.retirement_category or facts.birth_day is None:
        return False
    return statutory_day(facts.retirement_category, facts.birth_day) <= day


WHO: dict[str, tuple[str, Callable[[PersonFacts, date], bool]]] = {
    "shielded": ("受第四十二条保护的", is_shielded),
    "past_age": ("已到法定退休年龄的", is_past_age),
    "near": ("临近退休且满十五年的", is_near_retirement),
    "not_shielded": ("不受第四十二条保护的", lambda facts, day: not is_shielded(facts, day)),
}


def chosen(facts: PersonFacts, campus: int, rules: Sequence[Rule], fits: Callable[[str, str], bool]) -> Rule | None:
    """The first rule that takes this person and whose disposition fits the kind of employment; None: nobody decided."""
    for rule in rules:
        if rule.category and rule.category != facts.category:
            continue
        if rule.campus is not None and rule.campus != campus:
            continue
        if rule.who and not WHO[rule.who][1](facts, rule.last_day):
            continue
        if rule.min_years and months_here(replace(facts, last_day=rule.last_day)) < rule.min_years * 12:
            continue
        if fits(rule.kind, facts.category):
            return rule
    return None


def is_mass(people: int, staff: int) -> bool:
    """Whether LCL_41 would ask for the report: twenty people, or fewer but a tenth of the staff."""
    return people >= MASS_PEOPLE or (staff > 0 and people * MASS_SHARE >= staff)


@dataclass(frozen=True)
class Step:
    """From this last day on a person's months of pay are `months`."""

    day: date
    months: Decimal


def steps(facts: PersonFacts, policy: Policy, first: date, last: date) -> tuple[Step, ...]:
    """Months of pay for every last day from `first` to `last`: the days on which they change, the first day included.

    Found by halving the range wherever both ends differ, so that it holds for every method of counting.
    """
    ground = ground_for(facts.ground, facts.forced_reason) if facts.ground in GROUNDS else None
    if ground is None or not ground.owes or last < first:
        return ()

    def months(day: date) -> Decimal:
        count = counted(replace(facts, last_day=day), ground, policy)
        return count.years if count else Decimal(0)

    found = [Step(first, months(first))]

    def look(low: date, at_low: Decimal, high: date, at_high: Decimal) -> None:
        if at_low == at_high:
            return
        if high - low == DAY:
            found.append(Step(high, at_high))
            return
        middle = low + (high - low) // 2
        at_middle = months(middle)
        look(low, at_low, middle, at_middle)
        look(middle, at_middle, high, at_high)

    look(first, found[0].months, last, months(last))
    return tuple(found)


def cheapest(points: Iterable[tuple[date, Decimal]]) -> tuple[date, Decimal] | None:
    """The latest day of the lowest amount: nobody leaves earlier than the money asks for."""
    held = list(points)
    if not held:
        return None
    least = min(amount for _, amount in held)
    return next((day, amount) for day, amount in reversed(held) if amount == least)
