"""Facts that are rows of their own: wages by month and their import, insured periods, past leave, lines added by hand."""

import io
import json
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import import_module

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import College, Role, RoleHolding, User
from common.history import newest_entry
from common.models import StoredFile
from common.refusals import NotYours
from law.articles.labour_contract import LCL_36
from law.models import Parameter
from programme.models import Service
from staff_transition.actions.adjustments import add_adjustment, confirm_adjustment, withdraw_adjustment
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.intakes import bring_in, keep_file, look_at
from staff_transition.actions.policies import choose
from staff_transition.actions.rosters import doubts_before_lock, lock_roster
from staff_transition.actions.schemes import save_scheme
from staff_transition.actions.workers import change_worker, leaving, record_leaving
from staff_transition.discretion import TITLE
from staff_transition.errors import (
    AdjustmentIsOver,
    AlreadyLocked,
    DispositionIsBarred,
    FileHasErrors,
    NobodyToImport,
    OwnAdjustment,
)
from staff_transition.facts import Known, Setting, _segments, person_of
from staff_transition.figures import as_plain, settlement_of, staff_figures
from staff_transition.forms.people import WorkerForm
from staff_transition.intakes import PAYROLL
from staff_transition.models import (
    Adjustment,
    Consultation,
    ContractTerm,
    Disposition,
    InsurancePeriod,
    LeaveYear,
    Offer,
    ProtectedCondition,
    SchemeRule,
    ServicePeriod,
    TransitionScheme,
    WageMonth,
    Worker,
)
from staff_transition.payable import payable
from staff_transition.roster.pay_columns import month_in
from staff_transition.rules.flags import flags
from staff_transition.rules.months import add_months
from staff_transition.rules.person import PersonFacts
from staff_transition.rules.policy import Policy
from staff_transition.rules.service import stretches as stretches_of
from staff_transition.rules.wages import MonthWage, wages_of, window
from staff_transition.tests.files import sheets
from staff_transition.tests.fixtures import make_worker, seen

TODAY, LAST_DAY = date(2026, 11, 25), date(2026, 12, 31)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def here(college):
    College.objects.update_or_create(pk=1, defaults={"name": "测试学院", "province": "湖北省"})
    for since, value in ((date(2024, 2, 1), 1800), (date(2025, 12, 1), 1970)):
        Parameter.objects.create(
            key="min_wage_monthly",
            place="孝感市孝南区",
            value=Decimal(value),
            since=since,
            source="鄂政办发〔2025〕44号",
        )
    return college


def settled(worker):
    setting = Setting()
    person = person_of(
        Worker.objects.select_related("disposition", "campus").get(pk=worker.pk), Known.of(worker), setting, TODAY
    )
    found = settlement_of(person, setting)
    return found, flags(person.facts, found, setting.policy, person.local, TODAY)


def negotiated(college, worker, last_day=LAST_DAY):
    set_dispositions([worker.pk], "NEGOTIATED", by=college.cast.officer, last_day=last_day)


def pay(worker, months=12, last=date(2026, 12, 1), gross=Decimal("2700"), **more):
    for back in range(months):
        WageMonth.objects.create(worker=worker, month=add_months(last, -back), basic=gross, **more)


def line(found, key):
    return next(each for each in found.lines if each.key == key)


@pytest.mark.parametrize(
    ("last_day", "first", "last"),
    [
        (date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 1)),  # the end of a month: that month too
        (date(2026, 12, 30), date(2025, 12, 1), date(2026, 11, 1)),
        (date(2024, 2, 29), date(2023, 3, 1), date(2024, 2, 1)),
    ],
)
def test_the_window_is_the_twelve_months_before_the_end(last_day, first, last):
    months = window(date(2010, 1, 1), last_day)
    assert (months[0], months[-1], len(months)) == (first, last, 12)


def test_who_worked_less_than_a_year_has_the_months_worked_whole():
    assert window(date(2026, 9, 15), date(2026, 12, 31)) == (date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1))
    assert window(date(2026, 12, 5), date(2026, 12, 20)) == (date(2026, 12, 1),)


@given(st.lists(st.decimals(0, 20_000, places=2), min_size=12, max_size=12), st.randoms())
def test_the_average_does_not_depend_on_the_order_of_the_months(amounts, random):
    months = [MonthWage(date(2026, number, 1), amount) for number, amount in enumerate(amounts, 1)]
    shuffled = months[:]
    random.shuffle(shuffled)
    one, other = (wages_of(each, date(2010, 1, 1), LAST_DAY) for each in (months, shuffled))
    assert one == other
    assert one.average * 12 == pytest.approx(sum(amounts))
    assert min(amounts) <= one.average <= max(amounts)


def test_twelve_months_make_the_base_and_say_so(here):
    worker = make_worker(here, average_wage=Decimal("9999"))
    pay(worker, gross=Decimal("2600"), overtime=Decimal("88.50"))
    negotiated(here, worker)
    found, raised = settled(worker)
    assert found.base.amount == Decimal("2688.50")
    assert line(found, "average").formula == "2026-01 至 2026-12 应发合计 32,262.00 ÷ 12 = 2,688.50 元"
    assert not any(flag.code == "no-wage-months" for flag in raised)


def test_one_fact_that_two_sources_tell_differently_is_flagged_with_both(here):
    worker = make_worker(here, average_wage=Decimal("9999"), contract_to=date(2027, 12, 31), is_insured=False)
    pay(worker, gross=Decimal("2600"), overtime=Decimal("88.50"))
    negotiated(here, worker)
    ContractTerm.objects.create(
        worker=worker, first_day=date(2024, 1, 1), last_day=date(2026, 12, 31), signed_on=date(2024, 1, 1)
    )
    InsurancePeriod.objects.create(worker=worker, kind="ALL", first_month=date(2016, 3, 1))
    found = {flag.title: flag for flag in settled(worker)[1]}
    for title, words in (
        ("平均工资前后不一", ("9,999.00", "2,688.50")), ("合同终止日期前后不一", ("2027-12-31", "2026-12-31")),
        ("是否参加社保前后不一", ("“否”", "在缴")),
    ):  # fmt: skip
        assert all(word in found[title].text for word in words), title
    assert found["平均工资前后不一"].amount > 0
    Worker.objects.filter(pk=worker.pk).update(
        average_wage=Decimal("2688.50"), contract_to=date(2026, 12, 31), is_insured=True
    )
    assert not {flag.code for flag in settled(Worker.objects.get(pk=worker.pk))[1]} & {
        "average-differs",
        "sources-differ",
    }


def test_with_a_month_missing_the_entered_average_stands_and_the_month_is_named(here):
    worker = make_worker(here)
    pay(worker, months=11)
    negotiated(here, worker)
    found, raised = settled(worker)
    assert found.base.amount == Decimal("2688.50")
    assert "2026-01" in next(flag.text for flag in raised if flag.code == "wage-months-missing")


def test_while_the_last_months_are_still_to_come_the_twelve_before_stand_in(here, client):
    worker = make_worker(here)
    pay(worker, last=date(2026, 10, 1), gross=Decimal("2700"))  # today is the 25th of November
    negotiated(here, worker)
    found, raised = settled(worker)
    assert line(found, "average").formula.startswith("2025-11 至 2026-10 应发合计 32,400.00")
    assert any(flag.code == "estimated-base" for flag in raised)
    WageMonth.objects.create(worker=worker, month=date(2026, 11, 1), basic=Decimal("3900"))
    WageMonth.objects.create(worker=worker, month=date(2026, 12, 1), basic=Decimal("2700"))
    found, raised = settled(worker)
    assert found.base.amount == Decimal("2800.00")
    assert not any(flag.code == "estimated-base" for flag in raised)
    client.force_login(here.cast.hr)
    page = client.get(reverse("staff:settlement", args=[worker.pk])).content.decode()
    assert "十二个月工资" in page
    assert "33,600.00" in page


@pytest.mark.parametrize("odd", [{"basic": Decimal(0)}, {"basic": Decimal(1200), "is_abnormal": True}])
def test_notice_pay_is_asked_for_where_the_last_month_was_no_normal_one(here, odd):
    worker = make_worker(here)
    pay(worker)
    set_dispositions([worker.pk], "NOFAULT_40_3", by=here.cast.officer, last_day=LAST_DAY)
    assert settled(worker)[0].notice == Decimal("2700.00")
    WageMonth.objects.filter(month=date(2026, 12, 1)).update(**odd)
    found, raised = settled(worker)
    assert (found.notice, found.total, [each.what for each in found.blocking]) == (None, None, ["上月工资"])
    assert "last-month" in {flag.code for flag in raised}
    Worker.objects.filter(pk=worker.pk).update(last_month_wage=Decimal(2650))
    assert settled(worker)[0].notice == Decimal("2650.00")


def test_a_month_that_is_registered_already_takes_part_in_the_estimate(here):
    worker = make_worker(here)
    pay(worker, last=date(2026, 11, 1), gross=Decimal("2700"))  # November's wages were paid before its end
    negotiated(here, worker)
    found, raised = settled(worker)
    assert line(found, "average").formula.startswith("2025-12 至 2026-11 应发合计 32,400.00")
    assert not any(flag.code == "wage-months-missing" for flag in raised)


def test_time_that_passes_is_no_change_of_the_data_and_a_wage_is(here):
    worker = make_worker(here)
    pay(worker, months=13, last=date(2026, 10, 1), gross=Decimal("2700"))
    WageMonth.objects.filter(month=date(2025, 11, 1)).update(basic=Decimal("3900"))
    negotiated(here, worker)
    november, december = (staff_figures(here.cleaning, day) for day in (TODAY, date(2026, 12, 2)))
    assert november.settlement_total != december.settlement_total  # in December the wages of November are asked for
    assert november.data_digest == december.data_digest
    WageMonth.objects.filter(month=date(2026, 3, 1)).update(basic=Decimal("2800"))
    assert staff_figures(here.cleaning, TODAY).data_digest != november.data_digest


def test_a_double_wage_without_an_agreed_wage_rests_on_the_average_of_the_settlement(here):
    worker = make_worker(
        here, monthly_wage=None, average_wage=Decimal(4500), category="NO_WRITTEN_CONTRACT", hired_on=date(2025, 12, 15)
    )
    pay(worker, months=11, last=date(2026, 11, 1), gross=Decimal(3000))
    negotiated(here, worker, date(2026, 12, 31))
    found, _ = settled(worker)
    assert found.base.amount == Decimal("3000.00")
    assert "4,500" not in line(found, "double").formula


@pytest.mark.parametrize("row", [
    lambda worker: InsurancePeriod(worker=worker, kind="PENSION", first_month=date(2020, 1, 1)),
    lambda worker: InsurancePeriod(worker=worker, kind="CASH", first_month=date(2025, 1, 1), base=Decimal(300)),
    lambda worker: ProtectedCondition(worker=worker, kind="PREGNANCY", since=date(2026, 6, 1), until=date(2026, 11, 30)),
    lambda worker: ContractTerm(
        worker=worker, kind="SIGNED", first_day=date(2024, 1, 1), last_day=date(2026, 11, 30), signed_on=date(2024, 1, 1)
    ),
])  # fmt: skip
def test_the_turn_of_a_month_is_no_change_of_who_stays_and_a_row_is(here, row):
    worker = make_worker(here)
    set_dispositions([worker.pk], "MOVED_TO_OTHER_POST", by=here.cast.officer, last_day=None)
    bare = staff_figures(here.cleaning, TODAY).data_digest
    row(worker).save()
    november, december = (staff_figures(here.cleaning, day).data_digest for day in (TODAY, date(2026, 12, 2)))
    assert bare != november == december


def test_overtime_is_left_out_where_the_college_chose_so(here):
    worker = make_worker(here)
    pay(worker, gross=Decimal("2600"), overtime=Decimal("100"))
    negotiated(here, worker)
    choose("overtime_in_base", "exclude", by=here.cast.hr, reason="参照本地判例")
    assert settled(worker)[0].base.amount == Decimal("2600.00")


def test_months_under_the_minimum_wage_are_added_up_with_their_own_figure(here):
    worker = make_worker(here, average_wage=None)
    pay(worker, months=12, last=date(2026, 6, 1), gross=Decimal("1900"), overtime=Decimal("100"))
    negotiated(here, worker, date(2026, 6, 30))
    _, raised = settled(worker)
    flag = next(flag for flag in raised if flag.code == "shortfall")
    assert flag.amount == 7 * Decimal("70")  # 2025-12 to 2026-06 at 1,970; before that 1,800 was kept
    assert "2025-12" in flag.text


def test_the_minimum_wage_must_be_paid_without_the_allowance_for_nights(here):
    worker = make_worker(here, average_wage=None)
    pay(worker, last=date(2026, 6, 1), gross=Decimal("1700"), hardship=Decimal("400"))
    negotiated(here, worker, date(2026, 6, 30))
    found, raised = settled(worker)
    assert next(flag.amount for flag in raised if flag.code == "shortfall") == 7 * 270 + 5 * 100
    assert found.base.amount == Decimal("2100.00")  # REG_27 counts it


def test_a_part_timer_is_held_to_the_hourly_figure_of_each_month(here):
    worker = make_worker(
        here, average_wage=None, category="PART_TIME", hours_per_day=Decimal(3), days_per_week=Decimal(5), paid_by_hour=True,
        pay_cycle_days=15,
    )  # fmt: skip
    pay(worker, last=date(2026, 6, 1), gross=Decimal("1000"))
    negotiated(here, worker, date(2026, 6, 30))
    assert not any(flag.code == "shortfall" for flag in settled(worker)[1])  # nobody entered what an hour is worth
    Parameter.objects.create(
        key="min_wage_hourly", place="孝感市孝南区", value=Decimal(20), since=date(2026, 1, 1), source="鄂政办发〔2025〕44号"
    )  # fmt: skip
    flag = next(flag for flag in settled(worker)[1] if flag.code == "shortfall")
    assert flag.amount == 6 * Decimal("300")  # 65 hours a month from January on


def test_months_without_a_pension_contribution_are_counted(here):
    worker = make_worker(here)  # hired 2016-03
    InsurancePeriod.objects.create(worker=worker, kind="PENSION", first_month=date(2020, 1, 1))
    InsurancePeriod.objects.create(
        worker=worker, kind="CASH", first_month=date(2016, 3, 1), last_month=date(2019, 12, 1)
    )
    negotiated(here, worker)
    flag = next(flag for flag in settled(worker)[1] if flag.code == "insurance-gap")
    assert "46 个月" in flag.text


def test_past_leave_is_paid_as_far_back_as_the_college_chose(here):
    worker = make_worker(
        here, cumulative_service_years=Decimal(13), leave_taken_days=Decimal(10), wage_without_overtime=Decimal("2175")
    )
    for year, taken in ((2025, 4), (2024, 0)):
        LeaveYear.objects.create(worker=worker, year=year, taken_days=taken)
    negotiated(here, worker)
    found, _ = settled(worker)
    assert [(each.label, each.amount) for each in found.lines if "年未休" in each.label] == [
        ("2025 年未休年休假", Decimal("1200.00"))
    ]
    choose("leave_reach", "3", by=here.cast.hr, reason="法律顾问意见")
    found, _ = settled(worker)
    assert line(found, "leave").amount == Decimal("0.00")
    assert sum(each.amount for each in found.lines if "年未休" in each.label) == Decimal("3200.00")


def test_contributions_out_of_the_lump_sum_are_deducted_before_the_tax(here):
    Parameter.objects.create(
        key="local_avg_wage_annual", place="孝感市", value=Decimal(8000), since=date(2026, 7, 1), source="公报"
    )
    worker = make_worker(here)
    negotiated(here, worker)
    found, raised = settled(worker)
    assert found.tax == Decimal("167.21")  # (29,573.50 − 24,000) × 3 %
    assert "own-contributions" in {flag.code for flag in raised}
    Worker.objects.filter(pk=worker.pk).update(own_contributions=Decimal("2000"))
    found, raised = settled(worker)
    assert (found.tax, [each.code for each in line(found, "tax").articles]) == (
        Decimal("107.21"), ["TAX_164_5_1", "TAX_157_2"],
    )  # fmt: skip
    assert "own-contributions" not in {flag.code for flag in raised}


def test_days_taken_in_one_year_are_not_held_against_the_next(here):
    worker = make_worker(
        here, cumulative_service_years=Decimal(12), leave_taken_days=Decimal(10), wage_without_overtime=Decimal("2175")
    )  # 2026
    negotiated(here, worker, date(2027, 3, 31))
    found, _ = settled(worker)
    assert [each.what for each in found.missing if not each.blocks] == ["2027 年已休年假天数"]
    assert next(each.amount for each in found.lines if each.label == "2026 年未休年休假") == 0
    LeaveYear.objects.create(worker=worker, year=2027, taken_days=0)
    assert line(settled(worker)[0], "leave").amount == Decimal("400.00")  # 90 of 365 days: two whole days
    LeaveYear.objects.create(
        worker=worker, year=2026, taken_days=4
    )  # the row of a year goes before the roster's figure
    found, _ = settled(worker)
    assert next(each.amount for each in found.lines if each.label == "2026 年未休年休假") == Decimal("1200.00")


def test_days_that_had_no_year_belong_to_the_one_in_which_they_were_entered(here):
    worker = make_worker(here, leave_taken_days=Decimal(10))
    for year, days in ((2024, 10), (2024, 3), (2025, 10), (2026, 10)):
        worker.leave_taken_days, worker._history_date = Decimal(days), datetime(year, 5, 1, tzinfo=UTC)
        worker.save()
    module = import_module("staff_transition.migrations.0015_facts_of_leave_pay_and_retirement")
    Worker.history.filter(history_date__year__gt=2026).delete()
    module.give_the_leave_its_year(apps, None)
    worker.refresh_from_db()
    assert worker.leave_taken_year == 2025
    assert newest_entry(worker).leave_taken_year != 2025
    import_module("staff_transition.migrations.0017_the_history_is_whole").make_up_entries(apps, None)
    assert newest_entry(worker).leave_taken_year == 2025  # verify_history finds nothing after an upgrade


@pytest.mark.parametrize(
    ("exclusion", "article"), [("HOLIDAYS", "LEAVE_4"), ("SICK", "LEAVE_4"), ("REFUSED", "LEAVE_RULES_10_2")]
)
def test_nothing_is_owed_for_a_year_without_leave_or_refused_in_writing(here, exclusion, article):
    worker = make_worker(here, cumulative_service_years=Decimal(12), wage_without_overtime=Decimal("2175"))
    for year in (2026, 2025):
        LeaveYear.objects.create(worker=worker, year=year, taken_days=0, exclusion=exclusion)
    negotiated(here, worker)
    lines = [each for each in settled(worker)[0].lines if each.key == "leave"]
    assert [(each.amount, each.articles[0].code) for each in lines] == [(0, article)] * 2
    assert "病" not in "".join(each.formula for each in lines)  # the paper is read by people who may not know


def test_a_working_life_shorter_than_the_service_here_is_refused_and_flagged(here, client):
    worker = make_worker(here, cumulative_service_years=Decimal("0.5"), leave_taken_days=Decimal(0),
                         wage_without_overtime=Decimal(2175))  # fmt: skip
    negotiated(here, worker)
    flag = next(flag for flag in settled(worker)[1] if flag.code == "working-life-short")
    assert (flag.amount, "已满 10 年" in flag.text) == (Decimal("1800.00"), True)
    Worker.objects.filter(pk=worker.pk).update(cumulative_service_years=10)  # the tenths are no contradiction
    assert "working-life-short" not in {flag.code for flag in settled(worker)[1]}
    client.force_login(here.cast.officer)
    form = WorkerForm(user=here.cast.officer, instance=Worker.objects.get(pk=worker.pk))
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    page = client.post(
        reverse("staff:worker-edit", args=[worker.pk]), data | {"cumulative_service_years": "9", "reason": "x"}
    )
    assert "累计工龄不会少于在本校的年数" in page.content.decode()
    done = client.post(
        reverse("staff:worker-edit", args=[worker.pk]),
        data | {"leave_taken_days": "3", "leave_taken_year": "", "reason": "x"},
    )
    assert done.status_code == 302
    worker.refresh_from_db()
    assert (worker.leave_taken_days, worker.leave_taken_year) == (3, timezone.localdate().year)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"birth_date": "1978-07-03", "hired_on": "1985-01-01"}, "未满 16 周岁（当时 6 岁）"),
        ({"average_wage": "43792.90"}, "43,792.90 与月工资 2,650.00 相差一倍以上"),
    ],
)
def test_facts_that_are_hardly_true_are_asked_about_on_the_form_and_at_the_lock(here, client, typed, words):
    worker = make_worker(here)
    negotiated(here, worker)
    assert not doubts_before_lock(here.cleaning).odd
    client.force_login(here.cast.officer)
    form = WorkerForm(user=here.cast.officer, instance=Worker.objects.get(pk=worker.pk))
    data = (
        {name: form[name].value() for name in form.fields if form[name].value() is not None}
        | typed
        | {"reason": "档案"}
    )
    data.pop("is_sure", None)
    url = reverse("staff:worker-edit", args=[worker.pk])
    assert 'name="is_sure"' not in client.get(url).content.decode()
    page = client.post(url, data)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert 'name="is_sure"' in page.content.decode()
    assert client.post(url, data | {"is_sure": "on"}).status_code == 302
    doubts = doubts_before_lock(here.cleaning)
    assert [(each.pk, words in why) for each, why in doubts.odd] == [(worker.pk, True)]
    assert "资料少见 1 人（向桂珍）" in str(doubts)
    client.force_login(here.cast.hr)
    page = client.get(reverse("staff:roster-lock", args=[here.cleaning.pk])).content.decode()
    assert words in page
    assert worker.get_absolute_url() in page
    assert any(words in flag.text for flag in settled(Worker.objects.get(pk=worker.pk))[1])


def test_an_earlier_employers_years_before_sixteen_and_registered_wages_are_asked_about_at_the_lock(here):
    worker, other = make_worker(here), make_worker(here, 2)
    ServicePeriod.objects.create(worker=worker, employer="甲", first_day=date(1996, 1, 1), last_day=date(2016, 3, 14))
    pay(other, gross=Decimal(27000))
    negotiated(here, worker)
    negotiated(here, other)
    assert {each.pk for each, _ in doubts_before_lock(here.cleaning).odd} == {worker.pk, other.pk}


def test_a_line_added_by_hand_counts_once_another_person_has_confirmed_it(here, client):
    worker = make_worker(here)
    negotiated(here, worker)
    before = settled(worker)[0].total
    made = add_adjustment(
        Adjustment(worker=worker, kind="AGREED_EXTRA", amount=Decimal("3000"), reason="生活补助", evidence="谈话记录"),
        by=here.cast.hr,
    )
    assert settled(worker)[0].total == before
    with pytest.raises(OwnAdjustment):
        confirm_adjustment(made, by=here.cast.hr)
    with pytest.raises(NotYours):
        confirm_adjustment(made, by=here.cast.officer)
    other = User.objects.create_user("hr2", name="另一人", unit=here.cast.hr.unit)
    RoleHolding.objects.create(user=other, role=Role.HR)
    client.force_login(other)
    assert client.post(reverse("staff:adjustment-confirm", args=[made.pk])).status_code == 302
    found, _ = settled(worker)
    assert found.total == before + 3000
    added = next(each for each in found.lines if each.key == "agreed")
    assert (added.articles, added.amount) == ((LCL_36,), Decimal("3000.00"))
    assert "另一人 复核" in added.facts[0].source
    withdraw_adjustment(made, by=here.cast.hr, reason="协商未成")
    assert settled(worker)[0].total == before
    with pytest.raises(AdjustmentIsOver):
        confirm_adjustment(made, by=other)


def test_a_form_that_is_sent_again_makes_one_row(here, client):
    worker = make_worker(here)
    client.force_login(here.cast.officer)
    sent = {
        "adjustment-add": ({"kind": "AGREED_EXTRA", "amount": "1000", "reason": "生活补助", "evidence": "谈话记录"}, [worker.pk]),
        "fact-add": ({"kind": "RENEWAL", "offered_on": "2026-11-01", "evidence": "送达回证", "reason": "登记"}, [worker.pk, "offer"]),
        "consultation-add": ({"question": "怎么算？", "asked_on": "2026-11-01", "adviser": "李某"}, []),
    }  # fmt: skip
    for name, (words, args) in sent.items():
        url = reverse(f"staff:{name}", args=args)
        token = {"token": client.get(url).context["form"]["token"].value()}
        answers = [client.post(url, words | token) for _ in range(3)]
        assert {answer.url for answer in answers} == {answers[0].url}, name
    assert [model.objects.count() for model in (Adjustment, Offer, Consultation)] == [1, 1, 1]
    url = reverse("staff:adjustment-add", args=[worker.pk])
    meant = sent["adjustment-add"][0] | {"token": client.get(url).context["form"]["token"].value()}
    for _ in range(2):
        client.post(url, meant)  # an equal line from a page of its own is another payment, once
    assert Adjustment.objects.count() == 2


def test_the_database_too_refuses_the_same_person_twice(here, adjustment):
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjustment.objects.filter(pk=adjustment.pk).update(confirmed_by=adjustment.made_by)


def test_a_locked_roster_takes_no_line(here, worker, client):
    negotiated(here, worker)
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    line_of = Adjustment(worker=worker, kind="OVERTIME", amount=Decimal(10), reason="x", evidence="y")
    with pytest.raises(AlreadyLocked):
        add_adjustment(line_of, by=here.cast.officer)
    client.force_login(here.cast.officer)
    url = reverse("staff:fact-add", args=[worker.pk, "wage"])
    form = {
        "month": "2026-09",
        "basic": "2,700",
        "overtime": "0",
        "bonus": "0",
        "allowance": "0",
        "hardship": "0",
        "reason": "补录",
    }
    assert "已由" in client.post(url, form).content.decode()
    assert not WageMonth.objects.exists()


def test_a_month_is_entered_on_the_page_once(here, worker, client):
    client.force_login(here.cast.officer)
    url = reverse("staff:fact-add", args=[worker.pk, "wage"])
    form = {
        "month": "2026-09",
        "basic": "2,700",
        "overtime": "88.5",
        "bonus": "0",
        "allowance": "0",
        "hardship": "0",
        "reason": "补录",
    }
    assert client.post(url, form).status_code == 302
    assert WageMonth.objects.get().gross == Decimal("2788.50")
    page = client.post(url, form)
    assert page.status_code == 200
    assert "这个月已经登记过" in page.content.decode()
    assert "2026-09" in client.get(reverse("staff:worker", args=[worker.pk])).content.decode()


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026年1月", date(2026, 1, 1)), ("2026-01", date(2026, 1, 1)), ("202612", date(2026, 12, 1)),
        ("2026.9月工资表", date(2026, 9, 1)), ("２０２６年１０月", date(2026, 10, 1)), ("1月", None), ("2026", None),
    ],
)  # fmt: skip
def test_months_in_the_forms_people_write(text, month):
    assert month_in(text) == month


def payroll_of(content, by):
    return keep_file(PAYROLL, SimpleUploadedFile("工资表.xlsx", content, XLSX), by=by)


def test_a_payroll_in_each_of_its_shapes_gives_the_same_months(here):
    worker = make_worker(here)
    number = worker.id_number
    shapes = {
        "rows": sheets({"明细": [["学校工资表"], ["月份", "姓名", "身份证号", "应发工资", "加班费"],
                               ["2026-08", "向桂珍", number, 2700, 100], ["2026年9月", "向桂珍", number, "2,800元", None],
                               ["合计", None, None, 5500, 100]]}),
        "sheets": sheets({"2026年8月": [["姓名", "身份证号", "应发合计", "其中加班"], ["向桂珍", number, 2700, 100]],
                          "2026年9月": [["姓名", "身份证号", "应发合计"], ["向桂珍", number, 2800]]}),
        "columns": sheets({"工资": [["姓名", "身份证号码", "2026年8月", "2026年9月"], ["向桂珍", number, 2700, 2800]]}),
    }  # fmt: skip
    for shape, content in shapes.items():
        found = look_at(PAYROLL, payroll_of(content, here.cast.officer), by=here.cast.officer)
        assert not found.errors, shape
        assert [(each.fact.month, each.fact.gross) for each in found.new] == [
            (date(2026, 8, 1), Decimal(2700)), (date(2026, 9, 1), Decimal(2800)),
        ], shape  # fmt: skip


def test_what_is_wrong_in_a_payroll_is_named_at_its_row_and_nothing_is_written(here):
    worker = make_worker(here)
    other = make_worker(here, 2)
    rows = [
        ["姓名", "身份证号", "月份", "应发", "加班费"],
        ["向桂珍", worker.id_number, "2026-08", 2700, 0],
        ["向桂珍", worker.id_number, "2026-08", 2900, 0],
        ["乙", other.id_number, "2026-08", 100, 300],
        ["乙", other.id_number, "八月", 2600, 0],
        ["丙", "420922197911061848", "2026-08", 2600, 0],
        ["丁", "420982198808076461", "2026-08", 2600, 0],
        ["乙", other.id_number, "2027-01", 2600, 0],
    ]
    file = payroll_of(sheets({"工资": rows}), here.cast.officer)
    found = look_at(PAYROLL, file, by=here.cast.officer)
    assert {(each.row, each.code) for each in found.errors} == {
        (3, "fact_double"), (4, "gross_contradicts"), (5, "month_missing"), (6, "id_checksum"), (8, "month_in_future"),
    }  # fmt: skip
    assert [line.who.name for line in found.unknown] == ["丁"]
    with pytest.raises(FileHasErrors, match="5 处错误"):
        bring_in(PAYROLL, file, by=here.cast.officer)
    assert not WageMonth.objects.exists()


def test_the_same_payroll_twice_changes_nothing_and_a_new_one_says_what_it_changes(here, client):
    worker = make_worker(here)
    client.force_login(here.cast.officer)
    for amount, words in ((2700, "写入 1 条"), (2700, '不变">1</td>'), (2750, "2,750.00")):
        content = sheets({"2026年8月": [["姓名", "身份证号", "应发"], ["向桂珍", worker.id_number, amount]]})
        answer = client.post(reverse("staff:payroll"), {"file": SimpleUploadedFile("工资.xlsx", content, XLSX)})
        assert words in client.get(answer.url).content.decode()
        assert client.post(answer.url, seen(client, answer.url)).status_code == 302
    assert WageMonth.objects.get().gross == Decimal(2750)
    assert WageMonth.history.count() == 2


def test_a_whole_payroll_is_one_line_of_a_workers_history_and_the_source_of_the_base(here, client):
    worker = make_worker(here)
    months = [f"2026年{month}月" for month in range(1, 13)]
    content = sheets({"工资": [["姓名", "身份证号", *months[:10]], ["向桂珍", worker.id_number, *[2700] * 10]]})
    bring_in(PAYROLL, payroll_of(content, here.cast.officer), by=here.cast.officer)
    for month in (date(2025, 11, 1), date(2025, 12, 1)):
        WageMonth.objects.create(worker=worker, month=month, basic=Decimal(2700))
    negotiated(here, worker)
    client.force_login(here.cast.hr)
    page = client.get(reverse("staff:settlement", args=[worker.pk])).content.decode()
    assert "登记逐月工资（10 条）" in page
    assert "2,700.00：工资表.xlsx 工资 第 2 行" in page


def test_nobody_opens_another_persons_payroll_or_another_kind_of_file_by_its_number(here, payroll, client):
    client.force_login(here.cast.hr)
    assert client.get(reverse("staff:payroll-check", args=[payroll.pk])).status_code == 404
    client.force_login(here.cast.officer)
    assert client.get(reverse("staff:payroll-check", args=[payroll.pk])).status_code == 200
    scan = StoredFile.keep("签字.pdf", b"%PDF-1.4", "application/pdf", here.cast.officer, sealed=True)
    assert client.get(reverse("staff:payroll-check", args=[scan.pk])).status_code == 404


def test_a_payroll_of_strangers_or_of_another_person_is_refused(here):
    content = sheets({"2026年8月": [["姓名", "身份证号", "应发"], ["丁", "420982198808076461", 2600]]})
    file = payroll_of(content, here.cast.officer)
    with pytest.raises(NobodyToImport):
        bring_in(PAYROLL, file, by=here.cast.officer)
    with pytest.raises(NotYours):
        bring_in(PAYROLL, file, by=here.cast.hr)


def test_health_is_named_only_to_those_who_need_it(here, client):
    worker = make_worker(here, remark="孕期，2 月预产")
    ProtectedCondition.objects.create(worker=worker, kind="PREGNANCY", since=date(2026, 9, 1), evidence="孕检单")
    negotiated(here, worker, date(2026, 12, 31))
    for person, sees in ((here.cast.hr, True), (here.cast.officer, True), (here.cast.reviewer, True), (here.cast.finance, False),
                         (here.cast.leader, False), (here.cast.head, False)):  # fmt: skip
        client.force_login(person)
        for name, words in (
            ("staff:worker", "孕检单"),
            ("staff:worker", "2 月预产"),
            ("staff:settlement", "受保护：孕期"),
        ):
            page = client.get(reverse(name, args=[worker.pk])).content.decode()
            assert (words in page) is sees, (person, name, words)
            assert "受保护" in page


def test_no_page_names_a_state_of_health_to_those_who_need_not_know(here, client):
    worker = make_worker(here, disability_grade=6, is_work_disability=False, is_hazard_post=True)
    set_dispositions(
        [worker.pk], "OTHER_END", by=here.cast.officer, last_day=date(2026, 12, 31), ground="NOFAULT_40_1", note="医疗期满"
    )  # fmt: skip
    Worker.objects.filter(pk=worker.pk).update(exit_check_result="SUSPECTED", is_work_disability=None)  # found later
    Adjustment.objects.create(
        worker=worker, kind="MEDICAL", amount=Decimal(5000), reason="八级伤残就业补助", evidence="社保核定", made_by=here.cast.officer,
        made_at=timezone.now(), confirmed_by=here.cast.hr, confirmed_at=timezone.now(),
    )  # fmt: skip
    save_scheme(
        TransitionScheme(service=here.cleaning, name="到期", last_day=date(2027, 3, 31)), [SchemeRule(kind="NOFAULT_40_3")],
        by=here.cast.officer, reason="拟定",
    )  # fmt: skip
    secrets = ("鉴定为 6 级", "属工伤的", "离岗体检有异常", "八级伤残")
    pages = (("staff:settlement", worker.pk), ("staff:worker", worker.pk), ("staff:scheme-compare", here.cleaning.pk))
    for person in (here.cast.finance, here.cast.leader, here.cast.head):
        client.force_login(person)
        for name, pk in pages:
            page = client.get(reverse(name, args=[pk])).content.decode()
            assert not [secret for secret in secrets if secret in page], (person, name)
        page = client.get(reverse("staff:settlement", args=[worker.pk])).content.decode()
        assert "6 × 2,688.50" in page  # the amount can still be followed
        assert TITLE in page
    client.force_login(here.cast.officer)
    page = client.get(reverse("staff:settlement", args=[worker.pk])).content.decode()
    assert all(secret in page for secret in secrets)
    frozen = json.dumps(as_plain(asdict(staff_figures(here.cleaning))), ensure_ascii=False)
    assert not [secret for secret in secrets if secret in frozen]  # a plan has readers of every office


def test_an_officer_reads_of_the_health_of_the_own_unit_alone_whatever_else_he_is(here, client):
    RoleHolding.objects.create(user=here.cast.officer, role=Role.FINANCE)
    other = Service.objects.create(
        name="附校保洁", category=here.cleaning.category, unit=here.cast.hr.unit, officer=here.cast.officer
    )
    mine, foreign = make_worker(here, 1, remark="本部孕期"), make_worker(here, 2, service=other, remark="附校孕期")
    ProtectedCondition.objects.create(worker=foreign, kind="PREGNANCY", since=date(2026, 9, 1), evidence="孕检单")
    client.force_login(here.cast.officer)
    assert "本部孕期" in client.get(reverse("staff:worker", args=[mine.pk])).content.decode()
    page = client.get(reverse("staff:worker", args=[foreign.pk])).content.decode()
    assert "附校孕期" not in page
    assert "孕检单" not in page
    answer = client.post(reverse("staff:export"), {"reason": "核对"})
    cells = str(list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values))
    assert "本部孕期" in cells
    assert "附校孕期" not in cells


def test_an_export_carries_the_remark_only_for_those_who_need_it(here, client):
    make_worker(here, remark="医疗期")
    for person, sees in ((here.cast.hr, True), (here.cast.finance, False)):
        client.force_login(person)
        answer = client.post(reverse("staff:export"), {"reason": "核对"})
        cells = [
            cell.value for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows() for cell in row
        ]
        assert ("医疗期" in cells) is sees


# contracts, offers, leaving after the lock


def test_registered_contracts_decide_terms_and_gaps(here):
    worker = make_worker(here, contract_to=date(2026, 12, 31), hired_on=date(2022, 1, 1), monthly_wage=Decimal(3000))
    negotiated(here, worker)
    for first, last in ((date(2022, 1, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2026, 6, 30))):
        ContractTerm.objects.create(worker=worker, first_day=first, last_day=last, signed_on=first)
    found, raised = settled(worker)
    assert line(found, "double").formula.startswith("合同到期后未续签，2026-08-01 至 2026-12-31，计到 2026-11-25")
    assert line(found, "double").amount == Decimal("11482.76")  # three months and 18 working days of November
    assert {"expired-and-working", "sign-now"} <= {flag.code for flag in raised}


def test_the_rosters_last_day_of_the_contract_is_enough_to_see_the_gap(here):
    worker = make_worker(here, contract_to=date(2026, 6, 30), hired_on=date(2022, 1, 1), monthly_wage=Decimal(3000))
    negotiated(here, worker)
    assert line(settled(worker)[0], "double").amount == Decimal("11482.76")
    choose("renewal_gap", "show", by=here.cast.hr, reason="法务意见")
    assert "double" not in [each.key for each in settled(worker)[0].lines]


def test_a_gap_that_has_not_come_yet_is_not_owed(here):
    worker = make_worker(
        here, contract_to=date(2026, 12, 31), hired_on=date(2025, 1, 1), contract_from=date(2025, 1, 1)
    )
    negotiated(here, worker, date(2027, 3, 31))
    found, raised = settled(worker)
    assert line(found, "double").amount == 0
    assert next(flag for flag in raised if flag.code == "sign-now").amount == 2 * worker.monthly_wage


def test_work_before_the_contract_of_the_roster_is_found(here):
    worker = make_worker(
        here, hired_on=date(2025, 10, 18), contract_from=date(2026, 6, 1), contract_to=date(2027, 5, 31), monthly_wage=Decimal(3000)
    )  # fmt: skip
    negotiated(here, worker)
    found, raised = settled(worker)
    double = found.doubles[0]
    assert double.line.formula.startswith("2025-11-18 至 2026-05-31，时效内 2025-11-25 起")
    assert 0 < double.amount < double.theoretical
    assert "unsigned-start" in {flag.code for flag in raised}
    Worker.objects.filter(pk=worker.pk).update(fixed_terms_count=2)  # an earlier contract is known of
    assert settled(worker)[0].doubles == ()


EXTENDED = {  # what carries a contract beyond 2026-03-31 → the day on which it may end at the earliest
    "nursing": ({}, [("NURSING", date(2025, 12, 15), date(2026, 12, 15))], date(2026, 12, 16)),
    "one state after the other": (
        {}, [("NURSING", date(2026, 6, 2), date(2026, 12, 15)), ("PREGNANCY", date(2025, 9, 1), date(2026, 6, 1))], date(2026, 12, 16),
    ),
    "an office in the union": ({"union_office_until": date(2026, 12, 16)}, [], date(2026, 12, 16)),
}  # fmt: skip


@pytest.mark.parametrize("case", EXTENDED)
def test_a_contract_that_the_law_carries_on_is_neither_unsigned_nor_run_out(here, case):
    fields, states, ends = EXTENDED[case]
    worker = make_worker(
        here, hired_on=date(2023, 4, 1), contract_from=date(2023, 4, 1), contract_to=date(2026, 3, 31), monthly_wage=Decimal(3000),
        average_wage=Decimal(3200), wage_without_overtime=Decimal(3000), cumulative_service_years=Decimal(12),
        leave_taken_days=Decimal(0), fixed_terms_count=1, **fields,
    )  # fmt: skip
    LeaveYear.objects.create(worker=worker, year=2025, taken_days=10)
    for kind, since, until in states:
        ProtectedCondition.objects.create(worker=worker, kind=kind, since=since, until=until)
    set_dispositions([worker.pk], "EXPIRY", by=here.cast.hr, last_day=ends)
    found, raised = settled(worker)
    assert found.total == Decimal("15282.76")  # 4 × 3,200 and nine days of leave, no 21,000 of double wage
    assert not {"sign-now", "expired-and-working", "no-contract"} & {flag.code for flag in raised}
    for early in (ends - timedelta(days=1), date(2026, 6, 30)):
        with pytest.raises(DispositionIsBarred, match=r"续延|工会任职"):
            set_dispositions([worker.pk], "EXPIRY", by=here.cast.hr, last_day=early)
    set_dispositions([worker.pk], "NEGOTIATED", by=here.cast.hr, last_day=date(2026, 11, 30))
    assert settled(worker)[0].doubles == ()


def test_work_after_what_carried_the_contract_on_is_paid_double_again(here):
    worker = make_worker(
        here, hired_on=date(2023, 4, 1), contract_from=date(2023, 4, 1), contract_to=date(2025, 12, 31), monthly_wage=Decimal(3000),
        fixed_terms_count=1,
    )  # fmt: skip
    ProtectedCondition.objects.create(worker=worker, kind="NURSING", since=date(2025, 3, 1), until=date(2026, 2, 28))
    with pytest.raises(DispositionIsBarred, match="合同到期后仍在工作"):
        set_dispositions([worker.pk], "EXPIRY", by=here.cast.hr, last_day=LAST_DAY)
    negotiated(here, worker)
    found, raised = settled(worker)
    assert line(found, "double").formula.startswith("合同到期后未续签，2026-04-02 至 2026-12-31")
    assert "2025-12-31 到期，依法续延到 2026-03-01" in next(
        flag.text for flag in raised if flag.code == "expired-and-working"
    )


def test_a_state_during_an_earlier_contract_carries_that_one_and_the_office_the_latest_alone(here):
    worker = make_worker(here, hired_on=date(2018, 1, 1), union_office_until=date(2027, 6, 30))
    for first, last in ((date(2018, 1, 1), date(2020, 12, 31)), (date(2022, 1, 1), date(2026, 6, 30))):
        ContractTerm.objects.create(worker=worker, first_day=first, last_day=last, signed_on=first)
    negotiated(here, worker)
    assert [gap.first_day for gap in gaps_of(worker)] == [date(2021, 1, 1)]
    ProtectedCondition.objects.create(worker=worker, kind="NURSING", since=date(2020, 6, 1), until=date(2021, 12, 15))
    assert gaps_of(worker) == ()


def gaps_of(worker):
    fresh = Worker.objects.select_related("disposition", "campus").get(pk=worker.pk)
    return person_of(fresh, Known.of(worker), Setting(), TODAY).facts.gaps


def test_a_grade_from_the_work_here_shields_without_a_row_of_its_own(here):
    worker = make_worker(here, disability_grade=8, hired_on=date(2022, 1, 1), contract_to=LAST_DAY, fixed_terms_count=1)

    def barred(kind):
        try:
            set_dispositions([worker.pk], kind, by=here.cast.hr, last_day=LAST_DAY)
        except DispositionIsBarred as refusal:
            return str(refusal)
        return ""

    assert "没有登记是不是因工致残" in barred("NOFAULT_40_3")
    assert not Worker.objects.protected_on(LAST_DAY).exists()
    Worker.objects.update(is_work_disability=False)
    assert not barred("NOFAULT_40_3")
    assert not Worker.objects.protected_on(LAST_DAY).exists()
    Worker.objects.update(is_work_disability=True)
    assert "不得用第 40、41 条解除" in barred("NOFAULT_40_3")
    assert list(Worker.objects.protected_on(LAST_DAY)) == [worker]
    assert not barred("EXPIRY")  # grades seven to ten end with the term
    Worker.objects.update(is_work_disability=None)
    ProtectedCondition.objects.create(
        worker=worker, kind="WORK_INJURY", since=date(2023, 1, 1), until=date(2023, 6, 30)
    )
    assert "不得用第 40、41 条解除" in barred("NOFAULT_40_3")  # the row is over, the capacity is lost
    assert list(Worker.objects.protected_on(LAST_DAY)) == [worker]
    Worker.objects.update(disability_grade=2)
    assert "一至四级不得解除、终止" in barred("NEGOTIATED")


def test_a_public_post_without_a_contract_is_paid_double_although_nothing_else_is_owed(here):
    worker = make_worker(
        here, category="PUBLIC_POST", hired_on=date(2023, 4, 1), contract_from=date(2023, 4, 1), contract_to=date(2025, 12, 31),
        monthly_wage=Decimal(2000),
    )  # fmt: skip
    negotiated(here, worker)
    found, raised = settled(worker)
    assert line(found, "double").formula.startswith("合同到期后未续签，2026-02-01 至 2026-12-31，计到 2026-11-25")
    assert found.severance == 0
    assert line(found, "double").amount == 9 * 2000 + Decimal("1655.17")  # nine months and 18 working days of November
    assert "sign-now" in {flag.code for flag in raised}
    Worker.objects.filter(pk=worker.pk).update(contract_from=None, contract_to=None)
    assert "contract-dates" in {flag.code for flag in settled(worker)[1]}


def test_a_part_timer_who_is_none_has_leave_and_a_contract_like_anybody(here):
    worker = make_worker(
        here, category="PART_TIME", hired_on=date(2025, 12, 1), hours_per_day=Decimal(5), cumulative_service_years=Decimal(3),
        leave_taken_days=Decimal(0), wage_without_overtime=Decimal(2175),
    )  # fmt: skip
    negotiated(here, worker)
    found, _ = settled(worker)
    assert line(found, "leave").amount == Decimal("1000.00")
    assert line(found, "double").amount > 0
    Worker.objects.filter(pk=worker.pk).update(contract_from=date(2025, 12, 1), contract_to=date(2026, 12, 31))
    assert "double" not in [each.key for each in settled(worker)[0].lines]
    Worker.objects.filter(pk=worker.pk).update(hours_per_day=Decimal(3))
    assert settled(worker)[0].total is None


def test_a_contract_and_an_offer_are_entered_on_the_page(here, client):
    worker = make_worker(here)
    client.force_login(here.cast.officer)
    data = {
        "kind": "SIGNED",
        "first_day": "2024-01-01",
        "last_day": "2026-12-31",
        "signed_on": "2024-01-05",
        "reason": "补登",
    }
    assert client.post(reverse("staff:fact-add", args=[worker.pk, "contract"]), data).status_code == 302
    twice = client.post(reverse("staff:fact-add", args=[worker.pk, "contract"]), data).content.decode()
    assert "已经登记过" in twice
    offer = {"kind": "AGREED_END", "offered_on": "2026-11-20", "answer": "ACCEPTED", "reason": "送达"}
    assert (
        "答复和答复日期要一起填"
        in client.post(reverse("staff:fact-add", args=[worker.pk, "offer"]), offer).content.decode()
    )
    lock_roster(here.cleaning, by=here.cast.hr, reason="核对完毕")
    offer |= {"answered_on": "2026-11-24"}
    assert (
        client.post(reverse("staff:fact-add", args=[worker.pk, "offer"]), offer).status_code == 302
    )  # follows the lock
    page = client.get(reverse("staff:worker", args=[worker.pk])).content.decode()
    assert "协商解除" in page
    assert "2024-01-05" in page


def test_an_earlier_payment_needs_amount_and_day(here, client):
    worker = make_worker(here)
    client.force_login(here.cast.officer)
    data = {
        "employer": "某物业公司",
        "first_day": "2012-01-01",
        "last_day": "2016-03-14",
        "is_paid": "on",
        "reason": "补登",
    }
    page = client.post(reverse("staff:fact-add", args=[worker.pk, "period"]), data).content.decode()
    assert "请写金额和支付日期" in page
    data |= {"paid_amount": "8000", "paid_on": "2016-03-20", "is_licensed": "false", "cause": "SAME_POST"}
    assert client.post(reverse("staff:fact-add", args=[worker.pk, "period"]), data).status_code == 302
    negotiated(here, worker)
    assert "unlicensed" in {flag.code for flag in settled(worker)[1]}


def test_who_left_is_recorded_when_the_last_day_is_over(here, client):
    worker = make_worker(here)
    negotiated(here, worker, last_day=date(2026, 11, 20))
    lock_roster(here.cleaning, by=here.cast.hr, reason="核对完毕")
    assert [each.pk for each in leaving(here.cleaning, date(2026, 11, 20))] == []
    assert [each.pk for each in leaving(here.cleaning, date(2026, 11, 21))] == [worker.pk]
    with pytest.raises(NotYours):
        record_leaving(here.cleaning, by=here.cast.finance, reason="x")


def test_who_left_before_the_frozen_last_day_is_not_paid(here):
    worker = make_worker(here)
    negotiated(here, worker)
    lock_roster(here.cleaning, by=here.cast.hr, reason="核对完毕")
    change_worker(worker, {"left_on": date(2026, 11, 1)}, by=here.cast.hr, reason="本人辞职", revision=worker.revision)
    assert [why for _, why in payable(here.cleaning).kept_back] == ["2026-11-01 已离开，早于结算的最后工作日"]


def test_the_reason_of_article_38_decides_which_years_count(here, client):
    worker = make_worker(here, hired_on=date(2006, 1, 1), birth_date=date(1982, 3, 15))
    client.force_login(here.cast.officer)
    url = f"{reverse('staff:dispositions')}?id={worker.pk}"
    data = {
        "kind": "OTHER_END", "ground": "FORCED_RESIGNATION_38_OTHER", "note": "本人来函", "last_day": "2026-12-31", "expected": "1",
    }  # fmt: skip
    assert "请选“其他过错，被迫解除”的一项" in client.post(url, data).content.decode()
    assert client.post(url, data | {"forced_reason": "FRAUD"} | seen(client, url)).status_code == 302
    assert settled(worker)[0].years == Decimal(19)
    assert client.post(url, data | {"forced_reason": "CONDITIONS"} | seen(client, url)).status_code == 302
    assert settled(worker)[0].years == Decimal(21)


@pytest.mark.parametrize(
    ("on_roster", "is_missing"),
    [({}, True), ({"contract_to": LAST_DAY}, False), ({"contract_to": date(2026, 12, 30)}, True), ({"is_open_ended": True}, False)],
)  # fmt: skip
def test_a_running_contract_of_the_roster_is_an_agreement_past_the_age_too(here, on_roster, is_missing):
    worker = make_worker(
        here, category="OVER_AGE_NO_PENSION", birth_date=date(1966, 3, 15), female_category="female50", **on_roster
    )
    set_dispositions([worker.pk], "RETIREMENT", by=here.cast.officer, last_day=LAST_DAY)
    assert ("over-age-agreement" in {flag.code for flag in settled(worker)[1]}) is is_missing


def test_the_double_wage_is_that_of_the_months_where_they_are_registered(here):
    worker = make_worker(
        here,
        hired_on=date(2025, 12, 1),
        contract_from=date(2026, 6, 1),
        contract_to=LAST_DAY,
        monthly_wage=Decimal(2500),
    )
    pay(worker, last=date(2026, 11, 1), gross=Decimal(4000), bonus=Decimal(300))
    negotiated(here, worker)
    assert settled(worker)[0].doubles[0].amount == 5 * 4000
    WageMonth.objects.filter(month=date(2026, 2, 1)).update(is_abnormal=True)
    assert settled(worker)[0].doubles[0].amount == 4 * 4000 + 2500


def test_a_dismissal_for_fault_names_its_item_of_article_39(here, client):
    worker = make_worker(here)
    client.force_login(here.cast.officer)
    url = f"{reverse('staff:dispositions')}?id={worker.pk}"
    data = {"kind": "OTHER_END", "ground": "FAULT_39", "note": "处分决定", "last_day": "2026-12-31", "expected": "1"}
    for wrong in ("", "CONDITIONS"):
        assert "请选“过失性解除”的一项" in client.post(url, data | {"forced_reason": wrong}).content.decode()
    assert client.post(url, data | {"forced_reason": "RULES"} | seen(client, url)).status_code == 302
    assert Disposition.objects.get().get_forced_reason_display() == "（二）严重违反规章制度"
    assert "fault-item" not in {flag.code for flag in settled(worker)[1]}


def test_one_contract_registered_does_not_undo_the_count_on_the_roster(here):
    worker = make_worker(here, fixed_terms_count=3, contract_to=LAST_DAY)
    ContractTerm.objects.create(
        worker=worker, first_day=date(2025, 1, 1), last_day=LAST_DAY, signed_on=date(2025, 1, 1)
    )
    with pytest.raises(DispositionIsBarred, match="两次固定期限"):
        set_dispositions([worker.pk], "EXPIRY", by=here.cast.officer, last_day=LAST_DAY)
    negotiated(here, worker)
    flag = next(flag for flag in settled(worker)[1] if flag.code == "terms-differ")
    assert "花名册写 3 次，逐份登记的是 1 次，按多的 3 次" in flag.text
    Worker.objects.filter(pk=worker.pk).update(fixed_terms_count=1)
    assert "terms-differ" not in {flag.code for flag in settled(worker)[1]}


def test_the_hire_counts_although_the_registered_present_stretch_begins_later(here):
    worker = make_worker(here, hired_on=date(2015, 3, 1))
    present = ServicePeriod.objects.create(worker=worker, employer="本校", first_day=date(2018, 1, 1))
    negotiated(here, worker)
    found, raised = settled(worker)
    assert found.years == 12
    assert "入职 2015-03-01" in next(flag.text for flag in raised if flag.code == "hired-before-periods")
    ServicePeriod.objects.create(
        worker=worker, employer="甲物业", first_day=date(2012, 3, 1), last_day=date(2014, 2, 28), is_paid=True
    )
    assert settled(worker)[0].years == 12
    present.first_day = date(2015, 3, 1)
    present.save()
    found, raised = settled(worker)
    assert found.years == 12
    assert "hired-before-periods" not in {flag.code for flag in raised}


@pytest.mark.parametrize(
    "left", [{"is_paid": True, "paid_amount": 12000, "paid_on": date(2019, 1, 10)}, {"is_own_motion": True}]
)
def test_a_stretch_of_the_present_employment_that_was_paid_or_left_is_not_counted_over_again(here, left):
    worker = make_worker(here, hired_on=date(2005, 11, 14), average_wage=Decimal("2935.48"))
    negotiated(here, worker, last_day=date(2027, 3, 31))
    assert settled(worker)[0].severance == Decimal("66048.30")  # 3 + 19.5 months
    stretch = ServicePeriod.objects.create(
        worker=worker,
        employer="本校",
        first_day=date(2005, 11, 14),
        last_day=date(2018, 12, 31),
        evidence="银行回单",
        **left,
    )
    found, raised = settled(worker)
    assert (found.years, found.severance) == (Decimal("8.5"), Decimal("24951.58"))  # 2019-01-01 to 2027-03-31
    assert "paid-overlap" not in {flag.code for flag in raised}
    stretch.first_day, stretch.last_day = date(2010, 1, 1), date(2018, 6, 30)
    stretch.save()
    # 2005-11-14 to 2009-12-31 counts where the middle was paid, and is gone with it where he left
    assert settled(worker)[0].years == (14 if stretch.is_paid else 9)


def test_days_between_registered_stretches_count_unless_the_worker_had_left(here):
    worker = make_worker(here, hired_on=date(2010, 1, 1))
    before = ServicePeriod.objects.create(
        worker=worker, employer="本校", first_day=date(2010, 1, 1), last_day=date(2014, 12, 31)
    )
    ServicePeriod.objects.create(worker=worker, employer="本校", first_day=date(2017, 1, 1))
    negotiated(here, worker)
    found, raised = settled(worker)
    assert found.years == 17
    assert "2015-01-01 至 2016-12-31" in next(flag.text for flag in raised if flag.code == "hired-before-periods")
    before.is_own_motion = True
    before.save()
    found, raised = settled(worker)
    assert found.years == 10
    assert "hired-before-periods" not in {flag.code for flag in raised}


def test_years_registered_both_as_paid_and_as_unpaid_are_flagged(here):
    worker = make_worker(here, hired_on=date(2015, 1, 1))
    ServicePeriod.objects.create(worker=worker, employer="本校", first_day=date(2015, 1, 1))
    ServicePeriod.objects.create(
        worker=worker, employer="甲物业", first_day=date(2014, 1, 1), last_day=date(2018, 12, 31), is_paid=True, paid_amount=12000,
        paid_on=date(2019, 1, 10),
    )  # fmt: skip
    negotiated(here, worker)
    flag = next(flag for flag in settled(worker)[1] if flag.code == "paid-overlap")
    assert flag.text.startswith("2015-01-01 至 2018-12-31 登记为甲物业已付过补偿")


stretch = st.tuples(st.dates(date(2000, 1, 1), date(2026, 6, 30)), st.integers(0, 4000), st.booleans(), st.booleans())


@given(hired=st.dates(date(2000, 1, 1), date(2026, 6, 30)), stretches=st.lists(stretch, min_size=1, max_size=4))
def test_no_day_that_only_a_paid_stretch_covers_is_counted(hired, stretches):
    periods = [
        ServicePeriod(employer="某", first_day=first, last_day=min(first + timedelta(days), LAST_DAY), is_paid=paid, is_own_motion=own)
        for first, days, paid, own in stretches
    ]  # fmt: skip
    segments = _segments(Worker(hired_on=hired), periods)
    facts = PersonFacts("NEGOTIATED_EMPLOYER", first_day=hired, last_day=LAST_DAY, segments=segments)
    counted = stretches_of(facts, Policy())
    added = [each for each in segments if each.employer == "本校"]
    for period in periods:
        assert not any(
            each.first_day <= period.last_day and period.first_day <= (each.last_day or LAST_DAY) for each in added
        )
    if not any(each.is_paid or each.is_own_motion for each in periods):  # then nothing since the hire is lost
        assert any(first <= hired and last == LAST_DAY for first, last in counted)
