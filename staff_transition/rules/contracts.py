"""Written contracts one after the other: how many fixed terms count, and when the work went on without one. Pure.

Law: 劳动合同法 第十四条第二款, 第四十五条, 第八十二条, 第九十七条第一款; 工会法 第十九条; 解释（一）第三十四条; 解释（二）第十条, 第十一条.
Reading: docs/law/severance.md.
"""

from collections.abc import Iterable
from datetime import date

from common.values import value
from law.articles.labour_contract import SINCE as LAW_SINCE
from staff_transition.rules.months import DAY, Span, elapsed, roll_months

A_YEAR = 12  # months: extensions that make a term of their own (I2_10)


@value
class Term:
    """One written contract. `last_day` None: open-ended. `signed_on` None: the paper was never signed."""

    first_day: date
    last_day: date | None
    signed_on: date | None
    kind: str = "SIGNED"  # SIGNED, EXTENDED by agreement, AUTO: renewed by its own clause, SWAPPED: another signatory

    @property
    def begins(self) -> date | None:
        """From when it covers the work: a paper signed late covers nothing before; an automatic renewal needs no signature."""
        if self.kind == "AUTO":
            return self.first_day
        return max(self.first_day, self.signed_on) if self.signed_on else None


@value
class Gap:
    """Work without a written contract for more than a month, both days counted."""

    first_day: date
    last_day: date
    is_renewal: bool  # after a contract that ran out, not from the hire

    @property
    def double_from(self) -> date:
        """The first day with a double wage: the day after the first month (LCL_82)."""
        return roll_months(max(self.first_day, LAW_SINCE), 1)

    @property
    def double_until(self) -> date:
        """Eleven months at most: after a year an open-ended contract is deemed (LCL_14_3)."""
        return min(self.last_day, roll_months(max(self.first_day, LAW_SINCE), 12) - DAY)


@value
class State:
    """A state of LCL_42 that is or was registered, both days included; `until` None: it holds still."""

    kind: str
    since: date
    until: date | None = None


def carried(ends: date, states: Iterable[State], day: date, office_until: date | None = None) -> date:
    """The day on which a contract that runs out on `ends` ends by law, as seen on `day`; no new term, and no gap.

    It goes on until the states that follow each other are gone (LCL_45), and to the end of an office in the union (UNION_19).
    """
    held = [(each.since, each.until) for each in states]
    held += [(ends, office_until - DAY)] if office_until and office_until > ends else []
    for since, until in sorted(held, key=lambda each: each[0]):
        if since <= ends and (until is None or until >= ends):
            ends = max(ends, day) if until is None else until + DAY
    return ends


def fixed_terms(terms: Iterable[Term]) -> int:
    """Fixed terms in a row that count towards an open-ended contract: those concluded since 2008 (LCL_97).

    Renewals by their own clause and under another signatory count like any other; extensions count as one term together
    once they make a year (I2_10). An unsigned gap does not start the count anew.
    """
    counting = [each for each in terms if each.last_day and (each.signed_on or each.first_day) >= LAW_SINCE]
    extensions = [
        elapsed(each.first_day, each.last_day) for each in counting if each.kind == "EXTENDED" and each.last_day
    ]
    extended = sum(extensions, Span()).settled.months
    return sum(each.kind != "EXTENDED" for each in counting) + (extended >= A_YEAR)


def outlasts_a_month(first_day: date, last_day: date) -> bool:
    """More than a month without a contract from `first_day` on, both days counted: the month itself is allowed."""
    return roll_months(first_day, 1) <= last_day


def gaps(hired_on: date, terms: Iterable[Term], last_day: date) -> tuple[Gap, ...]:
    """Every stretch of more than a month from the hire to the last day that no signed contract covers."""
    found, uncovered, has_run_out = [], hired_on, False
    covering = [(begins, each.last_day) for each in terms if (begins := each.begins) is not None]
    for begins, last in sorted(covering, key=lambda each: each[0]):
        if begins > uncovered:
            found.append(Gap(uncovered, min(begins - DAY, last_day), has_run_out))
        if last is None:
            uncovered = last_day + DAY
            break
        uncovered, has_run_out = max(uncovered, last + DAY), True
    if uncovered <= last_day:
        found.append(Gap(uncovered, last_day, has_run_out))
    return tuple(gap for gap in found if gap.first_day <= last_day and outlasts_a_month(gap.first_day, gap.last_day))
