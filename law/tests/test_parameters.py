from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from common.refusals import NotYours
from law.actions import confirm_parameter, save_parameter
from law.errors import NothingPending, OwnParameter
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


def test_a_value_that_jumps_waits_for_a_second_person(cast, client):
    form = {
        "key": "min_wage_monthly",
        "place": "湖北省/三档",
        "value": "9170",
        "since": "2027-01-01",
        "source": "鄂政办发〔2026〕9号",
    }
    client.force_login(cast.admin)
    page = client.post(reverse("law:parameter-add"), form, follow=True).content.decode()
    assert "先不使用" in page
    assert "待复核，未使用" in page
    assert book().on("min_wage_monthly", "湖北省/三档", date(2027, 2, 1)).value == Decimal(1970)
    row = Parameter.objects.get(value=Decimal(9170))
    with pytest.raises(OwnParameter):
        confirm_parameter(row, by=cast.admin)
    with pytest.raises(NotYours):
        confirm_parameter(row, by=cast.officer)
    client.force_login(cast.hr)
    assert client.post(reverse("law:parameter-confirm", args=[row.pk])).status_code == 302
    assert book().on("min_wage_monthly", "湖北省/三档", date(2027, 2, 1)).value == Decimal(9170)
    with pytest.raises(NothingPending):
        confirm_parameter(row, by=cast.hr)


@pytest.mark.parametrize(("value", "is_pending"), [("2100", False), ("2561", False), ("2562", True), ("1378", True)])
def test_the_step_that_needs_a_second_person_is_thirty_percent(cast, value, is_pending):
    row = Parameter(
        key="min_wage_monthly", place="湖北省/三档", value=Decimal(value), since=date(2027, 1, 1), source="x"
    )
    assert save_parameter(row, by=cast.admin).is_pending is is_pending


def test_a_correction_that_jumps_waits_too_and_a_first_value_does_not(cast):
    row = Parameter.objects.get(key="min_wage_monthly", place="湖北省/三档", since=date(2025, 12, 1))
    row.value = Decimal(19700)
    assert save_parameter(row, by=cast.admin).is_pending
    first = Parameter(
        key="local_avg_wage_monthly",
        place="孝感市",
        value=Decimal(6000),
        since=date(2026, 1, 1),
        data_year=2025,
        source="x",
    )
    assert not save_parameter(first, by=cast.admin).is_pending
