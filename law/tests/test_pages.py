"""Entering the figures of the law on the page."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from common.refusals import NotYours
from law.actions import save_parameter, set_days
from law.models import Parameter, PlaceTier, SpecialDay
from law.parameters import book, work_calendar


def sent(**changes):
    return {
        "key": "local_avg_wage_monthly", "place": "孝感市", "value": "6842.50", "since": "2026-07-01", "data_year": "2025",
        "source": "孝感市统计局公报",
    } | changes  # fmt: skip


def test_a_value_is_entered_with_its_source_and_found_from_its_day(cast, client):
    client.force_login(cast.admin)
    assert client.post(reverse("law:parameter-add"), sent()).status_code == 302
    assert (
        book().on("local_avg_wage_monthly", "孝感市", date(2026, 7, 1)).value
        == Parameter.objects.get(place="孝感市").value
    )
    assert book().find("local_avg_wage_monthly", "孝感市", date(2026, 6, 30)) is None
    assert Parameter.objects.get(place="孝感市").history.get().history_user == cast.admin


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": ""}, "必填"), ({"since": ""}, "请填从哪一天起适用"), ({"data_year": ""}, "统计数字要填数据年度"),
        ({"until": "2026-01-01"}, "截止日早于起始日"), ({"value": "六千"}, "输入一个数字"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_the_field(cast, client, changes, said):
    client.force_login(cast.admin)
    page = client.post(reverse("law:parameter-add"), sent(**changes)).content.decode()
    assert said in page
    assert not Parameter.objects.filter(place="孝感市").exists()


def test_two_values_that_begin_on_one_day_are_refused(cast, client):
    client.force_login(cast.admin)
    client.post(reverse("law:parameter-add"), sent())
    assert "已有一个数值" in client.post(reverse("law:parameter-add"), sent(value="7000")).content.decode()


def test_a_district_takes_a_tier(cast, client):
    client.force_login(cast.admin)
    client.post(
        reverse("law:tier-add"),
        {"place": "孝感市孝南区", "tier": "湖北省/三档", "since": "2025-12-01", "source": "附件"},
    )
    assert PlaceTier.objects.exists()
    unknown = {"place": "孝感市孝昌县", "tier": "三档", "since": "2025-12-01", "source": "附件"}
    assert "三档" in client.post(reverse("law:tier-add"), unknown).content.decode()
    assert not PlaceTier.objects.filter(place="孝感市孝昌县").exists()  # no such tier has a standard
    assert book().on("min_wage_monthly", "孝感市孝南区", date(2026, 1, 1)).value == 1970


def test_a_year_of_days_off_is_replaced_and_a_wrong_line_named(cast, client):
    client.force_login(cast.admin)
    url = reverse("law:calendar")
    assert (
        "第 2 行“2027-02-30 休”看不懂"
        in client.post(url, {"text": "2027-01-01 休 元旦\n2027-02-30 休"}).content.decode()
    )
    client.post(url, {"text": "2027-01-01 休 元旦\n2027-01-03 班 元旦\n2027-01-04 休 元旦"})
    client.post(url, {"text": "2027-01-01 休 元旦\n2027-01-04 休 补休"})
    assert SpecialDay.objects.filter(day__year=2027).count() == 2
    assert not work_calendar().is_working_day(date(2027, 1, 1))
    acts = (
        SpecialDay.history.filter(day__year=2027).order_by("history_id").values_list("history_type", "day__day", "name")
    )
    assert list(acts) == [("+", 1, "元旦"), ("+", 3, "元旦"), ("+", 4, "元旦"), ("-", 3, "元旦"), ("~", 4, "补休")]
    assert {entry.history_user for entry in SpecialDay.history.filter(day__year=2027)} == {cast.admin}


@pytest.mark.parametrize(
    "change", ["DELETE FROM law_specialday", "UPDATE law_specialday SET is_working = NOT is_working"]
)
def test_verify_finds_a_calendar_that_was_changed_by_hand(db, capsys, change):
    call_command("verify_history")
    with connection.cursor() as cursor:
        cursor.execute(f"{change} WHERE day = '2026-01-01'")
    with pytest.raises(SystemExit):
        call_command("verify_history", "--json")
    assert '"row": "2026-01-01"' in capsys.readouterr().out


def test_only_the_admin_keeps_parameters(cast, client):
    with pytest.raises(NotYours):
        save_parameter(Parameter(key="min_wage_monthly", value=1, source="x"), by=cast.hr)
    with pytest.raises(NotYours):
        set_days([], by=cast.hr)
    client.force_login(cast.hr)
    page = client.get(reverse("law:parameters")).content.decode()
    assert "还没有录入" in page
    assert reverse("law:parameter-add") not in page
    assert "第四十七条第一款" in client.get(reverse("law:articles")).content.decode()
