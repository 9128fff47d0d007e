"""Twelve months of wages due (应发工资) and the averages that the base is made of. Pure.

Law: 劳动合同法实施条例 第二十七条: the twelve months before the end; fewer where the work was shorter. 最低工资规定 第十二条.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from common.values import value
from staff_transition.rules.months import DAY, add_months

MONTHS = 12  # REG_27
COMPONENTS = ("basic", "overtime", "bonus", "allowance", "hardship")  # of the wages due of a month; their sum is 应发
BESIDE_MINIMUM = ("overtime", "hardship")  # MIN_WAGE_RULES_12: what the minimum wage must be paid without


def gross_of(month: Any) -> Decimal:
    """The wages due of anything that holds the components."""
    return sum((getattr(month, name) for name in COMPONENTS), Decimal(0))


@value
class MonthWage:
    """Wages due of one month, in yuan. `minimum`, `hourly`: the minimum wage of the place then, a month and an hour; None where
    unknown.

    `is_abnormal`: sick pay or a stop of work made it another month than usual.
    """

    month: date  # its first day
    basic: Decimal
    overtime: Decimal = Decimal(0)
    bonus: Decimal = Decimal(0)
    allowance: Decimal = Decimal(0)
    hardship: Decimal = Decimal(0)  # for nights, heat, poison and the like
    minimum: Decimal | None = None
    hourly: Decimal | None = None
    net: Decimal | None = None  # paid out after tax and own contributions
    is_abnormal: bool = False

    @property
    def gross(self) -> Decimal:
        return gross_of(self)

    def short_of(self, least: Decimal | None) -> Decimal:
        """What is missing to a minimum wage without what does not count towards it; 0 where nothing can be said."""
        counting = self.gross - sum((getattr(self, name) for name in BESIDE_MINIMUM), Decimal(0))
        return max((least or Decimal(0)) - counting, Decimal(0))


@value
class Wages:
    """The months of the window as far as they are known."""

    months: tuple[MonthWage, ...]
    missing: tuple[date, ...]
    is_estimate: bool = False  # the true window reaches into months that are not over yet

    @property
    def is_complete(self) -> bool:
        return bool(self.months) and not self.missing

    @property
    def total(self) -> Decimal:
        return sum((each.gross for each in self.months), Decimal(0))

    @property
    def average(self) -> Decimal:
        """Yuan a month before rounding; of the months that are known where some are missing."""
        return self.averaged()[0]

    @property
    def average_without_overtime(self) -> Decimal:
        return self.averaged(has_overtime=False)[0]

    @property
    def idle(self) -> tuple[MonthWage, ...]:
        """Months without any wage: the school's holidays, mostly."""
        return tuple(each for each in self.months if not each.gross)

    @property
    def is_last_normal(self) -> bool:
        """The last month was worked and paid as usual."""
        return bool(self.months[-1].gross) and not self.months[-1].is_abnormal

    @property
    def has_net(self) -> bool:
        return all(each.net is not None for each in self.months)

    def averaged(
        self, *, is_net: bool = False, has_overtime: bool = True, skips_idle: bool = False, skips_abnormal: bool = False
    ) -> tuple[Decimal, str]:
        """The average of a complete window under the chosen switches, before rounding, and how it came.

        2025-12 至 2026-11 应发合计 32,262.00 ÷ 12. Where a switch would leave no month, none is left out.
        """
        counted = (
            tuple(
                each
                for each in self.months
                if not (skips_idle and not each.gross) and not (skips_abnormal and each.is_abnormal)
            )
            or self.months
        )
        net = is_net and self.has_net
        amounts = [
            (each.net or Decimal(0)) if net else each.gross if has_overtime else each.gross - each.overtime
            for each in counted
        ]
        total, left_out = sum(amounts, Decimal(0)), len(self.months) - len(counted)
        kind = "实发" if net else "应发" if has_overtime else "应发（不含加班费）"
        first, last = self.months[0].month, self.months[-1].month
        without = f"（{left_out} 个月不计）" if left_out else ""
        return total / len(counted), f"{first:%Y-%m} 至 {last:%Y-%m} {kind}合计 {total:,.2f} ÷ {len(counted)}{without}"


def window(first_day: date, last_day: date) -> tuple[date, ...]:
    """The months, by their first days, whose wages make the average.

    Twelve full calendar months before the month of the last day, that month too where the last day is its end. Months
    before the hire drop out, and the month of the hire where it was not worked whole, unless nothing else is left.
    """
    month = last_day.replace(day=1)
    if (last_day + DAY).day != 1:
        month = add_months(month, -1)
    found = tuple(add_months(month, -back) for back in range(MONTHS - 1, -1, -1))
    whole = tuple(each for each in found if each >= first_day)
    return whole or (first_day.replace(day=1),)


def wages_of(known: Iterable[MonthWage], first_day: date, last_day: date, today: date | None = None) -> Wages:
    """The window of this person with what is known of it.

    Before the end the window still moves: as long as it reaches into the month of `today` or later ones that are not
    registered, the twelve months up to the last one that is over or registered stand in, as an estimate.
    """
    by_month = {each.month: each for each in known}
    asked, over = window(first_day, last_day), today.replace(day=1) if today else None
    is_estimate = over is not None and any(month >= over and month not in by_month for month in asked)
    if is_estimate and over is not None:
        while over in by_month:
            over = add_months(over, 1)
        asked = window(first_day, over - DAY)
    return Wages(
        tuple(by_month[month] for month in asked if month in by_month),
        tuple(month for month in asked if month not in by_month),
        is_estimate,
    )
