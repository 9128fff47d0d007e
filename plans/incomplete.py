"""What the sum of a plan's people does not hold: one answer for every page, draft and paper that states the sum."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from staff_transition.figures import TAX, UNKNOWN

NAMED = 3  # missing facts named before 等


@dataclass(frozen=True)
class LeftOut:
    """`short`: people of whom something is not in the sum, for want of `items`, the commonest first; `unknown`: people without a sum."""

    short: int
    items: tuple[str, ...]
    unknown: int

    def __bool__(self) -> bool:
        return bool(self.short or self.unknown)

    def __str__(self) -> str:
        """In words, after the sum; "" where it is whole."""
        items = "、".join(self.items[:NAMED]) + ("等" if len(self.items) > NAMED else "")
        short = f"另有 {self.short} 人有一项未计入（缺{items}）" if self.short else ""
        unknown = f"{self.unknown} 人的金额还算不出来" if self.unknown else ""
        return "；".join(filter(None, (short, unknown)))


def left_out(people: Iterable[Mapping[str, Any]]) -> LeftOut:
    """Of people as a version freezes them."""
    people = list(people)
    short = [items for person in people if (items := missing_for(person))]
    commonest = Counter(what for each in short for what in each).most_common()
    unknown = sum(person["total"] is None for person in people)
    return LeftOut(len(short), tuple(what for what, _ in commonest), unknown)


def missing_for(person: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts for want of which something is not in this person's sum; what only the tax waits for is none, it is no part of it."""
    if person["total"] is None or not person.get("unpriced"):  # frozen before it was kept: not known to be short
        return ()
    taxes = {step["formula"].removeprefix(UNKNOWN) for step in map(_mapping, person["working"]) if step["label"] == TAX}
    return tuple(what for what in person["unpriced"] if what not in taxes)


def _mapping(step: Any) -> Mapping[str, Any]:
    return step if isinstance(step, Mapping) else vars(step)
