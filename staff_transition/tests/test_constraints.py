"""Check constraints read without the database say what Django, which asks the database, says."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.constraints import broken_by
from staff_transition.models import LeaveYear, ServicePeriod, WageMonth

days = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 4))
amounts = st.decimals(-1, 1, places=1)


def by_the_database(row):
    for constraint in row._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                constraint.validate(type(row), row)
            except ValidationError as error:
                yield error.message


@pytest.mark.django_db
@settings(suppress_health_check=list(HealthCheck), max_examples=40)
@given(days, days, amounts, amounts)
def test_broken_constraints_are_those_that_django_finds(first, last, one, other):
    for row in (
        ServicePeriod(first_day=first, last_day=last), LeaveYear(year=2025, taken_days=one),
        WageMonth(month=first, basic=one, overtime=other, bonus=Decimal(0), allowance=Decimal(0), hardship=other),
    ):  # fmt: skip
        assert [str(text) for text in broken_by(row)] == [str(text) for text in by_the_database(row)]
