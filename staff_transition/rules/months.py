"""Counting months the way a statute does: from a day to the day before its number comes again."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from common.values import value

DAY = timedelta(days=1)
HALF = Decimal("0.5")
PAID_DAYS_A_MONTH = Decimal("21.75")  # LEAVE_RULES_11, kept by 人社部发〔2025〕2号
SHORTEST = 28  # days that every month has
REMEMBERED = 32_768  # one person is asked about the same days on every ground, and there are some ten thousand people
DAYS_OF_A_MONTH = 30  # only between stretches that lie apart


def add_months(day: date, months: int) -> date:
    """`months` later, on the last day of the month where the number does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= SHORTEST:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def roll_months(day: date, months: int) -> date:
    """`months` later, on the first of the following month where the number does not exist: 01-31 → 03-01."""
    clamped = add_months(day, months)
    return clamped if clamped.day == day.day else clamped + DAY


@value
class Span:
    """Elapsed time in full months and left-over days."""

    months: int = 0
    days: int = 0

    def __add__(self, other: "Span") -> "Span":
        return Span(self.months + other.months, self.days + other.days)

    @property
    def settled(self) -> "Span":
        """Days of several stretches turned into months at 30 each."""
        return Span(self.months + self.days // DAYS_OF_A_MONTH, self.days % DAYS_OF_A_MONTH)

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        return f"{years} 年 {months} 个月 {self.days} 天"


@lru_cache(maxsize=REMEMBERED)
def elapsed(first_day: date, last_day: date) -> Span:
    """From `first_day` to `last_day`, both worked and counted; nothing when they are the wrong way round."""
    if last_day < first_day:
        return Span()
    end = last_day + DAY
    months = (end.year - first_day.year) * 12 + end.month - first_day.month
    if add_months(first_day, months) > end:
        months -= 1
    return Span(months, (end - add_months(first_day, months)).days)


def article_47(span: Span) -> Decimal:
    """Months of pay: a full year 1, six months and more 1, less than six 0.5 (LCL_47_1)."""
    years, rest = divmod(span.months, 12)
    if rest >= 6:
        return Decimal(years + 1)
    return years + HALF if rest or span.days else Decimal(years)


def rounded_up(span: Span) -> Decimal:
    """Months of pay where a part of a year counts as a year (O481_5)."""
    years, rest = divmod(span.months, 12)
    return Decimal(years + bool(rest or span.days))


def rounded_down(span: Span) -> Decimal:
    """Months of pay where only full years count."""
    return Decimal(span.months // 12)


@lru_cache(maxsize=4096)
def plain(number: Decimal) -> str:
    """A count as people write it: 16, 5.5."""
    return f"{number.normalize():f}"
