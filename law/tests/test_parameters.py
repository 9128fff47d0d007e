from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from law.models import Parameter
from law.parameters import KEYS, book
from law.seed import seed


def test_every_seeded_value_has_a_known_key_a_unit_and_a_source(db):
    rows = list(Parameter.objects.all())
    assert len(rows) > 90
    for row in rows:
        assert row.key in KEYS
        assert KEYS[row.key].unit
        assert row.source.strip()
        assert row.trust
        assert not KEYS[row.key].is_statistic or row.data_year


def test_the_book_gives_the_published_minimum_wages(db):
    assert book().on("min_wage_monthly", "湖北省/三档", date(2026, 1, 1)).value == Decimal(1970)
    assert book().on("min_wage_monthly", "孝感市孝南区", date(2022, 1, 1)).value == Decimal(1650)
    assert book().on("min_wage_hourly", "湖北省/四档", date(2016, 1, 1)).value == Decimal("12.5")


def test_the_whole_book_costs_two_queries(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        book()


def test_seeding_again_changes_nothing_and_keeps_the_admins_value(db):
    row = Parameter.objects.get(key="min_wage_monthly", place="湖北省/三档", since=date(2025, 12, 1))
    Parameter.objects.filter(pk=row.pk).update(value=Decimal(1999))
    before = Parameter.objects.count()
    seed()
    row.refresh_from_db()
    assert (row.value, Parameter.objects.count()) == (1999, before)


@pytest.mark.parametrize("changes", [{}, {"source": "", "since": date(2027, 1, 1)}])
def test_two_values_that_begin_on_one_day_or_lack_a_source_are_refused(db, changes):
    fields = {"key": "min_wage_monthly", "place": "湖北省/三档", "since": date(2025, 12, 1), "value": 1, "source": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Parameter.objects.create(**fields | changes)
