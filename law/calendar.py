"""Working days (工作日): Monday to Friday, minus arranged days off, plus make-up days, by the State Council's yearly notice.

Pure. A year whose notice is not entered is unknown: official computation refuses, planning may show a provisional
answer. No library is asked at run time, because those at hand answer wrongly without error past their data.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


class CalendarUnknown(Exception):
    """The arrangement of `year` is not entered; the message says who enters it."""

    def __init__(self, year: int):
        self.year = year
        super().__init__(f"{year} 年的放假安排还没有录入，工作日算不准。请系统管理员在“参数与依据”的“工作日历”里录入。")


@dataclass(frozen=True)
class WorkCalendar:
    """Special days of the years entered: day → does one work on it?"""

    special: dict[date, bool]
    years: frozenset[int]

    @classmethod
    def of(cls, days: Iterable[tuple[date, bool]]) -> "WorkCalendar":
        special = dict(days)
        return cls(special, frozenset(day.year for day in special))

    def is_working_day(self, day: date) -> bool:
        """Raises CalendarUnknown for a year without an arrangement."""
        if day.year not in self.years:
            raise CalendarUnknown(day.year)
        return self.special.get(day, day.weekday() < 5)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; the day itself is not counted (O87 85)."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie in the period, both ends counted."""
        span = (last - first).days + 1
        return sum(self.is_working_day(first + timedelta(days=offset)) for offset in range(max(span, 0)))
