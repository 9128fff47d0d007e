"""The wage ledger (工资支付台账): which months the law asks for, what each lacks, what rests on a month without a record. Pure.

Law: 保障农民工工资支付条例 第十五条 (what it holds, three years), 第五十条; 工资支付暂行规定 第六条 (two years).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from common.values import value
from law.working import Line
from staff_transition.rules.double_wage import period
from staff_transition.rules.months import DAY, add_months
from staff_transition.rules.person import PersonFacts
from staff_transition.rules.wages import MONTHS, gross_of

RURAL_MONTHS, OTHER_MONTHS = 36, 24  # WAGE_RECORDS_15, WAGE_RULES_6
KEPT_BY_OTHERS = frozenset({"DISPATCH", "STUDENT", "ESTABLISHED"})  # the agency's ledger, or no wages of this kind
DEDUCTIONS = ("own_insurance", "own_fund", "income_tax", "other_deduction")  # between 应发 and 实发
CLAIMED = frozenset({"OWED_WAGES", "OVERTIME", "SHORTFALL"})  # lines by hand that stand or fall with the ledger
PAID_LATER = 2  # months back from today: the wage of a month may be paid in the next one (条例 14)

Days = tuple[date, date | None]


def deducted(month: Any) -> Decimal | None:
    """The known deductions of anything that holds them; None where none is known."""
    known = [amount for name in DEDUCTIONS if (amount := getattr(month, name)) is not None]
    return sum(known, Decimal(0)) if known else None


def unexplained(month: Any) -> Decimal | None:
    """What lies between wages due and paid beside the known deductions; None while 实发 is not known."""
    return None if month.net is None else gross_of(month) - (deducted(month) or Decimal(0)) - month.net


def contradiction(month: Any) -> str:
    """In words, that due less deductions cannot be what was paid; "" where it is, or an unknown deduction may be the rest."""
    rest, taken = unexplained(month), deducted(month)
    is_open = any(getattr(month, name) is None for name in DEDUCTIONS)
    if not rest or (rest > 0 and is_open):
        return ""
    due = gross_of(month) - (taken or Decimal(0))
    return (
        f"应发 {gross_of(month):,.2f} 元减扣款 {taken or 0:,.2f} 元是 {due:,.2f} 元，实发写 {month.net:,.2f} 元，"
        f"相差 {abs(rest):,.2f} 元。请核对实发和各项扣款。"
    )


def lacking(month: Any) -> tuple[str, ...]:
    """What a registered month lacks of WAGE_RECORDS_15, in words. Where nothing was due nothing had to be paid."""
    found = [] if month.days is not None or month.hours is not None else ["工时"]
    if gross_of(month):
        rest = unexplained(month)
        found += ["实发"] if rest is None else ["扣款"] if rest else []
        found += [] if month.paid_on else ["发放日期"]
        found += [] if month.receipt else ["支付凭证"]
    return tuple(found)


@value
class LedgerMonth:
    """One month that the law asks for."""

    month: date  # its first day
    is_registered: bool
    lacks: tuple[str, ...] = ()  # in words, of a registered one

    @property
    def evidence(self) -> str:
        """none, part or full."""
        return "none" if not self.is_registered else "part" if self.lacks else "full"


@value
class Ledger:
    """The months that a worker's ledger must show, the oldest first."""

    months: tuple[LedgerMonth, ...]
    is_rural: bool | None  # None: nobody registered it, and the longer time is kept

    @property
    def keep(self) -> int:
        """How many months back the law reaches."""
        return kept_months(self.is_rural)

    @property
    def none(self) -> tuple[date, ...]:
        return self._with("none")

    @property
    def part(self) -> tuple[date, ...]:
        return self._with("part")

    @property
    def full(self) -> tuple[date, ...]:
        return self._with("full")

    @property
    def lacks(self) -> tuple[str, ...]:
        """Everything that some registered month lacks, each once."""
        return tuple(dict.fromkeys(word for each in self.months for word in each.lacks))

    def _with(self, evidence: str) -> tuple[date, ...]:
        return tuple(each.month for each in self.months if each.evidence == evidence)


def kept_months(is_rural: bool | None) -> int:
    return OTHER_MONTHS if is_rural is False else RURAL_MONTHS


def asked_months(
    first_day: date, last_day: date | None, today: date, registered: Collection[date], count: int
) -> tuple[date, ...]:
    """The last `count` months of the employment, the oldest first.

    At the end everything is paid at once; before it, the month that has just ended may still be paid, and counts once registered.
    """
    if last_day is not None and last_day <= today:
        newest = last_day.replace(day=1)
    else:
        newest = add_months(today.replace(day=1), -PAID_LATER)
        while (later := add_months(newest, 1)) in registered and (last_day is None or later <= last_day):
            newest = later
    months = (add_months(newest, -back) for back in range(count - 1, -1, -1))
    return tuple(month for month in months if month >= first_day.replace(day=1))


def ledger(
    rows: Iterable[Any], first_day: date, last_day: date | None, today: date, *, is_rural: bool | None,
    elsewhere: Sequence[Days] = (),
) -> Ledger:  # fmt: skip
    """`rows`: the registered months; `elsewhere`: days on which another unit was the employer: months wholly among them are its own."""
    by_month = {row.month: row for row in rows}
    asked = asked_months(first_day, last_day, today, by_month.keys(), kept_months(is_rural))
    own = [month for month in asked if not _is_elsewhere(month, elsewhere)]
    return Ledger(
        tuple(LedgerMonth(month, month in by_month, lacking(by_month[month]) if month in by_month else ()) for month in own),
        is_rural,
    )  # fmt: skip


def _is_elsewhere(month: date, elsewhere: Sequence[Days]) -> bool:
    last = add_months(month, 1) - DAY
    return any(first <= month and (end is None or last <= end) for first, end in elsewhere)


def in_words(months: Sequence[date]) -> str:
    """2024-01 至 2024-03、2024-07: months in order, those that follow each other as one stretch."""
    return "、".join(
        f"{first:%Y-%m}" if first == last else f"{first:%Y-%m} 至 {last:%Y-%m}" for first, last in _runs(months)
    )


def _runs(months: Sequence[date]) -> Iterator[tuple[date, date]]:
    breaks = [
        0,
        *(place for place, (one, other) in enumerate(pairwise(months), 1) if add_months(one, 1) != other),
        len(months),
    ]
    return ((months[first], months[end - 1]) for first, end in pairwise(breaks) if end > first)


def with_evidence(lines: Iterable[Line], facts: PersonFacts, kept: Ledger | None) -> list[tuple[Line, str]]:
    """Each line with the mark that months which its wage rests on have no record; "" where all have one.

    The average rests on the last twelve months, a double wage on those of its stretch, what was claimed by hand on all of the ledger.
    """
    if kept is None or not kept.none:
        return [(line, "") for line in lines]
    since = kept.months[-MONTHS:][0].month
    doubled = [days for each in facts.double_wages if (days := period(facts, each))]
    rests_on = {
        "average": [month for month in kept.none if month >= since],
        "double": [month for month in kept.none if any(first.replace(day=1) <= month <= last for first, last in doubled)],
        "claimed": list(kept.none),
    }  # fmt: skip
    by_hand = {each.label for each in facts.extras if each.kind in CLAIMED}

    def mark(line: Line) -> str:
        key = "claimed" if line.key == "owed-more" and line.label in by_hand else line.key
        months = rests_on.get(key, []) if line.amount else []
        return f"无（{in_words(months)} 没有工资记录，有争议的一般按本人主张认定）" if months else ""

    return [(line, mark(line)) for line in lines]
