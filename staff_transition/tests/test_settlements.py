"""From rows to amounts: facts in bulk, the figures of a service, the pages that show them, the college's choices."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import College
from common.refusals import NotYours
from law.models import Parameter
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.policies import choose
from staff_transition.actions.rosters import lock_roster, unlock_roster
from staff_transition.actions.workers import add_fact, change_worker
from staff_transition.errors import NoSuchOption
from staff_transition.facts import Setting, people
from staff_transition.figures import person_figures, settlement_of, staff_figures
from staff_transition.frozen import digest_of, locked_from
from staff_transition.history import sources_among
from staff_transition.models import LockedSettlement, PolicyChoice, ServicePeriod, Worker
from staff_transition.tests.fixtures import make_worker

LAST_DAY = date(2026, 12, 31)


@pytest.fixture
def here(college):
    """The college with its province and the district's minimum wage, so that amounts can be computed."""
    College.objects.update_or_create(pk=1, defaults={"name": "测试学院", "province": "湖北省"})
    Parameter.objects.create(
        key="min_wage_monthly", place="孝感市孝南区", value=Decimal(1970), since=date(2025, 12, 1), source="鄂政办发〔2025〕44号"
    )  # fmt: skip
    return college


def negotiated(college, *workers, kind="NEGOTIATED", last_day=LAST_DAY):
    set_dispositions([worker.pk for worker in workers], kind, by=college.cast.officer, last_day=last_day)


def test_a_service_sums_what_its_people_are_owed(here):
    one, two = make_worker(here), make_worker(here, 2, average_wage=Decimal("3000"))
    negotiated(here, one, two)
    figures = staff_figures(here.cleaning, date(2026, 11, 25))
    # 2016-03-15 to 2026-12-31 is ten years nine months: 11 months of pay
    assert figures.severance_total == Decimal("2688.50") * 11 + Decimal(33000)
    assert figures.settlement_total == sum(row.total for row in figures.rows)
    assert (figures.headcount, figures.people_paid, figures.unknown) == (2, 2, 0)
    assert figures.by_category == {"劳动合同制": 2}
    assert figures.missing == {"累计工龄": 2, "2025 年已休年假天数": 2}


def test_people_whose_amount_is_unknown_are_counted_and_left_out(here):
    known, no_wage, undecided = (
        make_worker(here, 1), make_worker(here, 2, average_wage=None), make_worker(here, 3),
    )  # fmt: skip
    negotiated(here, known, no_wage)
    figures = staff_figures(here.cleaning)
    assert figures.unknown == 2
    assert figures.settlement_total == Decimal("29573.50")
    assert figures.missing["去向"] == 1
    assert figures.missing["12 个月平均工资（应发）"] == 1
    assert undecided.pk in {row.worker for row in figures.rows}


def test_without_the_districts_minimum_wage_it_is_asked_for(college, client):
    worker = make_worker(college)
    negotiated(college, worker)
    assert staff_figures(college.cleaning).missing["当地月最低工资标准"] == 1
    client.force_login(college.cast.hr)
    for name in ("staff:settlement", "staff:worker"):
        page = client.get(reverse(name, args=[worker.pk])).content.decode()
        assert f'<a href="{reverse("law:parameters")}">当地月最低工资标准</a>' in page


def test_the_digest_follows_the_data_and_nothing_else(here):
    worker = make_worker(here)
    negotiated(here, worker)
    before = staff_figures(here.cleaning).digest
    assert staff_figures(here.cleaning).digest == before
    Worker.objects.filter(pk=worker.pk).update(average_wage=Decimal("2688.51"))
    assert staff_figures(here.cleaning).digest != before


def test_the_lock_is_told_with_the_figures(here):
    negotiated(here, make_worker(here))
    lock_roster(here.cleaning, by=here.cast.hr, reason="核对完毕")
    figures = staff_figures(here.cleaning)
    assert figures.is_locked
    assert figures.locked_by == str(here.cast.hr)


def test_registered_stretches_come_before_the_day_of_hire(here):
    worker = make_worker(here)
    negotiated(here, worker)
    ServicePeriod.objects.create(
        worker=worker, employer="前一家物业公司", first_day=date(2013, 3, 15), last_day=date(2016, 3, 14)
    )
    assert staff_figures(here.cleaning).rows[0].years == 14


def test_what_is_frozen_keeps_who_entered_each_fact_and_names_former_employers(here, client):
    worker = make_worker(here)
    change_worker(worker, {"average_wage": Decimal("2700.00")}, by=here.cast.hr, reason="工资表核对", revision=1)
    period = ServicePeriod(
        worker=worker, employer="前一家物业公司", first_day=date(2013, 3, 15), last_day=date(2016, 3, 14), evidence="劳动合同复印件"
    )  # fmt: skip
    add_fact(period, by=here.cast.officer, reason="补登记")
    negotiated(here, worker)
    lock_roster(here.cleaning, by=here.cast.hr, reason="核对完毕")
    facts = {
        fact.label: fact for line in locked_from(LockedSettlement.objects.get().content).lines for fact in line.facts
    }
    assert facts["前一家物业公司"].source.endswith("补登记，劳动合同复印件")
    assert facts["前一家物业公司"].source.startswith("周雨桐 ")
    assert any(fact.source.startswith("何静怡 ") and "工资表核对" in fact.source for fact in facts.values())
    client.force_login(here.cast.hr)
    page = client.get(reverse("staff:settlement", args=[worker.pk])).content.decode()
    assert "前一家物业公司 2013-03-15–2016-03-14：周雨桐 " in page
    assert "本校 2016-03-15–2026-12-31" in page


def test_an_item_that_is_not_in_the_total_is_named_beside_it(here, client):
    worker = make_worker(here)  # the working life before is not known
    negotiated(here, worker)
    lock_roster(here.cleaning, by=here.cast.hr, reason="核对完毕")
    client.force_login(here.cast.hr)
    page = client.get(reverse("staff:settlement", args=[worker.pk])).content.decode()
    assert page.count("不含未休年休假（缺累计工龄）") == 2  # the figure on top and the sum of the sheet
    Worker.objects.filter(pk=worker.pk).update(
        cumulative_service_years=5, leave_taken_days=1, leave_taken_year=2026, wage_without_overtime=2600
    )
    unlock_roster(here.cleaning, by=here.cast.hr, reason="补资料")
    assert "不含未休年休假" not in client.get(reverse("staff:settlement", args=[worker.pk])).content.decode()


def test_facts_take_the_same_queries_for_three_people_and_for_thirty(here, django_assert_num_queries):
    def count(numbers):
        for number in numbers:
            make_worker(here, number)
        with django_assert_num_queries(15):
            setting = Setting()
            return len(people(Worker.objects.live(), setting, LAST_DAY))

    assert count(range(1, 4)) == 3
    assert count(range(4, 31)) == 30


def test_the_page_shows_each_step_with_its_article(here, client):
    worker = make_worker(here)
    negotiated(here, worker)
    client.force_login(here.cast.hr)
    page = client.get(reverse("staff:settlement", args=[worker.pk])).content.decode()
    assert "2016-03-15 至 2026-12-31 = 10 年 9 个月 17 天，余数满 6 个月计 1 年" in page
    assert "29,573.50" in page
    assert "贰万玖仟伍佰柒拾叁元伍角" in page
    assert 'id="law-LCL_47_1"' in page
    assert "鄂政办发〔2025〕44号" in page


def test_a_worker_without_a_disposition_has_a_page_that_says_so(here, client):
    worker = make_worker(here)
    client.force_login(here.cast.hr)
    assert "去向还没有定" in client.get(reverse("staff:settlement", args=[worker.pk])).content.decode()


def test_an_officer_of_another_unit_does_not_find_the_settlement(here, client):
    worker = make_worker(here)
    outsider = here.cast.officer
    outsider.unit = None
    outsider.save()
    client.force_login(outsider)
    assert client.get(reverse("staff:settlement", args=[worker.pk])).status_code == 404


def test_the_list_of_a_service_costs_the_same_queries_for_more_people(here, client, django_assert_max_num_queries):
    client.force_login(here.cast.hr)
    for number in range(1, 4):
        negotiated(here, make_worker(here, number))
    url = reverse("staff:settlements")
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for number in range(4, 70):
        make_worker(here, number)
    with django_assert_max_num_queries(len(few)):
        page = client.get(url).content.decode()
    assert "66 人未算出" in page
    assert "下一页" in page


def test_hr_chooses_a_switch_with_a_reason_and_amounts_follow(here, client):
    worker = make_worker(here, wage_without_overtime=Decimal("2500"))
    negotiated(here, worker)
    client.force_login(here.cast.hr)
    url = reverse("staff:policy-choose", args=["overtime_in_base"])
    assert client.post(url, {"option": "exclude"}).status_code == 200  # the reason is asked for
    assert not PolicyChoice.objects.exists()
    client.post(url, {"option": "exclude", "reason": "仲裁院意见"})
    assert staff_figures(here.cleaning).severance_total == Decimal("27500.00")
    assert "仲裁院意见" in client.get(reverse("staff:policy")).content.decode()


def test_only_hr_chooses_and_only_what_there_is(here):
    with pytest.raises(NotYours):
        choose("cap_scope", "whole", by=here.cast.officer, reason="x")
    with pytest.raises(NoSuchOption):
        choose("cap_scope", "sometimes", by=here.cast.hr, reason="x")


@pytest.fixture
def locked(here):
    """One settlement, frozen by HR's lock: last day 2026-06-30, average under a later minimum wage."""
    worker = make_worker(here, average_wage=Decimal("2000"))
    negotiated(here, worker, last_day=date(2026, 6, 30))
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    return worker


def minimum(value, since):
    Parameter.objects.create(
        key="min_wage_monthly", place="孝感市孝南区", value=Decimal(value), since=since, source="鄂政发〔2026〕1号"
    )


def test_a_locked_result_never_moves_and_its_page_says_what_a_later_value_would_give(here, locked, client):
    before = staff_figures(here.cleaning)
    kept = LockedSettlement.objects.get()
    assert (kept.total, kept.number) == (Decimal("21000.00"), 1)  # 2016-03-15 to 2026-06-30: 10.5 months of 2,000
    client.force_login(here.cast.hr)
    url = reverse("staff:settlement", args=[locked.pk])
    minimum(2100, date(2026, 7, 1))  # after the last day: nothing to say
    assert "锁定以后参数或口径有变化" not in client.get(url).content.decode()
    minimum(2050, date(2026, 6, 1))  # dated back
    page = client.get(url).content.decode()
    assert "21,525.00" in page
    assert "525.00" in page
    assert "21,000.00" in page
    after = staff_figures(here.cleaning)
    assert (after.settlement_total, after.digest) == (before.settlement_total, before.digest)
    kept.refresh_from_db()
    assert digest_of(kept.content) == kept.digest


def test_the_database_refuses_to_change_what_was_frozen(here, locked):
    for change in ({"total": Decimal(1)}, {"content": {}}, {"digest": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            LockedSettlement.objects.update(**change)
    assert LockedSettlement.objects.get().total == Decimal("21000.00")


def test_opening_the_roster_withdraws_the_result_and_the_next_lock_numbers_a_new_one(here, locked):
    minimum(2100, date(2026, 6, 1))
    unlock_roster(here.cleaning, by=here.cast.hr, reason="最低工资更正")
    old = LockedSettlement.objects.get()
    assert (old.withdrawn_by, old.withdrawn_why) == (here.cast.hr, "最低工资更正")
    assert staff_figures(here.cleaning).settlement_total == Decimal("22050.00")
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    assert LockedSettlement.objects.live().get().number == 2
    assert LockedSettlement.objects.count() == 2


def test_a_frozen_result_comes_back_digit_for_digit(here, locked):
    kept = locked_from(LockedSettlement.objects.get().content)
    setting = Setting()
    person = people(Worker.objects.all(), setting, date(2026, 11, 25), sources_among(Worker.objects.all()))[0]
    live = settlement_of(person, setting)
    assert kept.lines == live.lines
    assert kept.figures == person_figures(person, setting, timezone.localdate())
    assert (kept.total, kept.net) == (live.total, live.net)


def test_verify_settlements_names_what_was_changed_behind_the_trigger(here, locked, capsys):
    call_command("verify_settlements")
    assert "1 份" in capsys.readouterr().out
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is deferred would hold the table
            cursor.execute("ALTER TABLE staff_transition_lockedsettlement DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER staff_transition_lockedsettlement_frozen")
        cursor.execute("UPDATE staff_transition_lockedsettlement SET total = 1")
    with pytest.raises(SystemExit):
        call_command("verify_settlements")
    assert locked.name in capsys.readouterr().out


def test_other_keys_than_those_of_the_database_are_named_not_dumped(here, locked, settings, capsys):
    settings.FIELD_KEYS = [b"k" * 32]
    with pytest.raises(CommandError, match=r"FIELD_KEYS.*staff_transition\.lockedsettlement"):
        call_command("verify_settlements")
    with pytest.raises(SystemExit):
        call_command("verify_sealed")
    assert "staff_transition.worker.id_number" in capsys.readouterr().out
