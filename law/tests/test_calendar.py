from datetime import date

import pytest

from law.calendar import CalendarUnknown
from law.parameters import work_calendar


def test_make_up_days_count_and_days_off_do_not(db):
    calendar = work_calendar()
    assert calendar.add_working_days(date(2026, 9, 30), 5) == date(2026, 10, 13)
    assert calendar.is_working_day(date(2026, 10, 10))
    assert not calendar.is_working_day(date(2026, 10, 1))
    assert calendar.working_days_between(date(2026, 10, 1), date(2026, 10, 11)) == 3


def test_a_year_without_an_arrangement_is_unknown(db):
    with pytest.raises(CalendarUnknown, match="2030"):
        work_calendar().add_working_days(date(2029, 12, 31), 1)
