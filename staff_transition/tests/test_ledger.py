"""The wage ledger: what it must show, what a payroll brings into it, what a month without a record means."""

import io
from datetime import date
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AccessRecord
from common.fields import mask_id_number
from common.refusals import NotYours
from law.models import Parameter
from law.working import Line
from programme.models import Service
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.intakes import bring_in, export_ledger, keep_file, look_at
from staff_transition.facts import Known, known_of, ledger_of, our_names
from staff_transition.forms.people import WageMonthForm
from staff_transition.intakes import PAYROLL
from staff_transition.models import ServicePeriod, WageMonth, Worker
from staff_transition.roster.pay_columns import meaning_of
from staff_transition.roster.payroll import read_payroll
from staff_transition.roster.workbook import read_book
from staff_transition.rules.flags import _ledger
from staff_transition.rules.ledger import (
    DEDUCTIONS,
    asked_months,
    contradiction,
    deducted,
    in_words,
    kept_months,
    lacking,
    ledger,
    unexplained,
    with_evidence,
)
from staff_transition.rules.months import add_months
from staff_transition.rules.person import DoubleWageFacts, Extra, PersonFacts
from staff_transition.rules.wages import COMPONENTS, gross_of
from staff_transition.tests.files import PEOPLE, sheets
from staff_transition.tests.fixtures import make_worker

TODAY = date(2026, 11, 30)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMBER = PEOPLE[0]["身份证号"]
LEDGER = ("days", "hours", *DEDUCTIONS, "paid_on", "receipt")
HEADS = ["姓名", "身份证号", "月份"]
yuan = st.decimals(0, 20_000, places=2)
days = st.dates(date(2008, 1, 1), date(2026, 11, 30))


def month(number=date(2026, 9, 1), **said):
    """A month with everything that the law asks for, and what a test says otherwise."""
    empty = (
        dict.fromkeys(COMPONENTS, Decimal(0)) | dict.fromkeys(DEDUCTIONS) | {"month": number, "basic": Decimal(3000)}
    )
    whole = {"days": Decimal(22), "hours": None, "net": Decimal(2700), "own_insurance": Decimal(300),
             "paid_on": date(2026, 10, 10), "receipt": "代发 1010"}  # fmt: skip
    return SimpleNamespace(**(empty | whole | said))


def read(heads, *rows):
    book = read_book(
        sheets({"工资": [[*HEADS, *heads], *(["向桂珍", NUMBER, "2026-09", *row] for row in rows)]}), "xlsx"
    )
    return read_payroll(book, TODAY)


# due less deductions is what was paid


@given(st.tuples(*[yuan] * 5), st.tuples(*[yuan] * 4), yuan)
def test_due_less_deductions_is_paid_or_the_difference_is_named(parts, taken, paid):
    row = month(net=paid, **dict(zip((*COMPONENTS, *DEDUCTIONS), (*parts, *taken), strict=True)))
    apart = sum(parts) - sum(taken) - paid
    assert unexplained(row) == apart
    assert bool(contradiction(row)) == bool(apart)
    assert f"相差 {abs(apart):,.2f} 元" in contradiction(row) or not apart
    row.net = gross_of(row) - deducted(row)
    assert contradiction(row) == ""


@given(yuan, yuan, st.decimals("0.01", 20_000, places=2))
def test_a_deduction_nobody_entered_may_be_the_rest_and_never_a_surplus(due, insurance, apart):
    row = month(basic=due, own_insurance=insurance, net=due - insurance - apart)
    assert contradiction(row) == ""
    assert "扣款" in lacking(row) or not due
    row.net = due - insurance + apart
    assert contradiction(row)
    row.net = None
    assert contradiction(row) == ""


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ({}, ()), ({"days": None}, ("工时",)), ({"days": None, "hours": Decimal(176)}, ()), ({"net": None}, ("实发",)),
        ({"net": Decimal(2600)}, ("扣款",)), ({"paid_on": None, "receipt": ""}, ("发放日期", "支付凭证")),
        ({"own_insurance": None, "net": Decimal(3000)}, ()),
        ({"basic": Decimal(0), "net": None, "paid_on": None, "receipt": "", "own_insurance": None}, ()),
    ],
    ids=["whole", "no-time", "hours-do", "no-net", "rest", "no-proof", "nothing-taken", "nothing-due"],
)  # fmt: skip
def test_what_a_registered_month_lacks(said, lacks):
    assert lacking(month(**said)) == lacks


# which months


@given(
    days,
    st.none() | st.dates(date(2008, 1, 1), date(2028, 12, 31)),
    st.none() | st.booleans(),
    st.sets(st.integers(0, 60)),
)
def test_the_months_are_the_last_of_the_employment_without_a_gap(hired, last_day, is_rural, back):
    registered = {add_months(TODAY.replace(day=1), -each) for each in back}
    count = kept_months(is_rural)
    assert count == (24 if is_rural is False else 36)
    months = asked_months(hired, last_day, TODAY, registered, count)
    assert len(months) <= count
    assert all(add_months(one, 1) == other for one, other in pairwise(months))
    assert all(hired.replace(day=1) <= each <= (last_day or date.max) for each in months)
    if last_day and last_day <= TODAY and last_day >= hired:
        assert months[-1] == last_day.replace(day=1)
    elif months:
        assert months[-1] in registered | {add_months(TODAY.replace(day=1), -2)}
    kept = ledger([], hired, last_day, TODAY, is_rural=is_rural)
    assert set(kept.none) | set(kept.part) | set(kept.full) == {each.month for each in kept.months}


def test_the_month_that_has_just_ended_may_be_paid_in_the_next_one():
    assert asked_months(date(2020, 1, 1), None, TODAY, (), 36)[-1] == date(2026, 9, 1)
    assert asked_months(date(2020, 1, 1), None, TODAY, {date(2026, 10, 1)}, 36)[-1] == date(2026, 10, 1)
    assert asked_months(date(2020, 1, 1), date(2026, 10, 20), TODAY, (), 36)[-1] == date(2026, 10, 1)


def test_months_with_another_employer_are_its_own():
    elsewhere = [(date(2025, 1, 16), date(2025, 4, 30))]
    kept = ledger([], date(2024, 12, 1), date(2025, 6, 30), TODAY, is_rural=None, elsewhere=elsewhere)
    assert [each.month.month for each in kept.months] == [12, 1, 5, 6]


def test_months_are_full_part_or_none():
    rows = [month(date(2026, 6, 1)), month(date(2026, 7, 1), receipt="")]
    kept = ledger(rows, date(2026, 6, 1), date(2026, 8, 31), TODAY, is_rural=False)
    assert [each.evidence for each in kept.months] == ["full", "part", "none"]
    assert (kept.lacks, kept.keep) == (("支付凭证",), 24)


def test_months_in_words():
    assert in_words([]) == ""
    months = [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 6, 1)]
    assert in_words(months) == "2025-12 至 2026-02、2026-06"


# the flag and the marks


@pytest.mark.parametrize(
    ("is_rural", "first", "words"),
    [
        (True, "WAGE_RECORDS_15", ["36 个月", "2 万至 5 万"]), (None, "WAGE_RECORDS_15", ["户籍没有登记，按农业户籍"]),
        (False, "WAGE_RULES_6", ["24 个月"]),
    ],
)  # fmt: skip
def test_the_flag_says_what_is_missing_what_to_do_and_what_follows(is_rural, first, words):
    kept = ledger([month(date(2026, 6, 1), receipt="")], date(2026, 6, 1), date(2026, 8, 31), TODAY, is_rural=is_rural)
    (flag,) = _ledger(kept)
    assert (flag.code, flag.level, flag.title) == ("wage-ledger", "warn", "工资台账缺 2 个月")
    assert flag.articles[0].code == first
    assert {"DISPUTE_6", "I1_42", "I1_44"} <= {each.code for each in flag.articles}
    for each in ("2026-07 至 2026-08 没有任何记录", "1 个月不全，缺支付凭证", "请导入工资表", "本人主张", *words):
        assert each in flag.text
    assert ("罚" in flag.text) is (is_rural is not False)


def test_no_flag_where_everything_is_there_or_another_employer_keeps_the_ledger():
    kept = ledger([month(date(2026, 8, 1))], date(2026, 8, 1), date(2026, 8, 31), TODAY, is_rural=True)
    assert [*_ledger(kept), *_ledger(None)] == []
    part = ledger([month(date(2026, 8, 1), days=None)], date(2026, 8, 1), date(2026, 8, 31), TODAY, is_rural=True)
    assert [flag.level for flag in _ledger(part)] == ["info"]


def test_lines_that_rest_on_months_without_a_record_say_so():
    amount = Decimal(100)
    lines = [
        Line("average", "月工资基数", "", (), amount), Line("double", "二倍工资差额", "", (), amount, owed=True),
        Line("owed-more", "加班费", "", (), amount, owed=True), Line("owed-more", "退还押金", "", (), amount, owed=True),
        Line("severance", "经济补偿", "", (), amount, owed=True),
    ]  # fmt: skip
    facts = PersonFacts(
        "NEGOTIATED", first_day=date(2023, 1, 1), last_day=date(2026, 8, 31),
        double_wages=(DoubleWageFacts(first_day=date(2026, 3, 15), last_day=date(2026, 4, 14)),),
        extras=(Extra("OVERTIME", "加班费", amount, "", ""), Extra("DEPOSIT", "退还押金", amount, "", "")),
    )  # fmt: skip
    gaps = {date(2024, 5, 1), date(2026, 4, 1), date(2026, 6, 1)}
    asked = [add_months(date(2026, 8, 1), -back) for back in range(36)]
    rows = [month(each) for each in asked if each not in gaps]
    kept = ledger(rows, date(2023, 1, 1), date(2026, 8, 31), TODAY, is_rural=True)
    marks = [mark for _, mark in with_evidence(lines, facts, kept)]
    starts = [
        "无（2026-04、2026-06 没有工资记录",
        "无（2026-04 没有工资记录",
        "无（2024-05、2026-04、2026-06 没有工资记录",
    ]
    assert [mark.startswith(start) for mark, start in zip(marks, starts, strict=False)] == [True] * 3
    assert marks[3:] == ["", ""]
    whole = ledger([month(each) for each in asked], date(2023, 1, 1), date(2026, 8, 31), TODAY, is_rural=True)
    assert not any(mark for each in (whole, None) for _, mark in with_evidence(lines, facts, each))


# the payroll's columns


@pytest.mark.parametrize(
    ("head", "meaning"),
    [
        ("出勤（天）", "days"), ("实际出勤天数", "days"), ("考勤/出勤", "days"), ("应出勤天数", "ignore"), ("缺勤天数", "ignore"),
        ("工时", "hours"), ("出勤（小时）", "hours"), ("工作小时", "hours"), ("加班小时", "ignore"), ("加班工时", "ignore"),
        ("个人社保", "own_insurance"), ("代扣医保", "own_insurance"), ("扣款项目/社保", "own_insurance"),
        ("单位社保", "ignore"), ("单位缴纳/养老保险", "ignore"), ("社保缴费基数", "ignore"), ("公积金", "own_fund"),
        ("个税", "income_tax"), ("代扣个人所得税", "income_tax"), ("专项附加扣除", "ignore"), ("应纳税所得额", "doubtful"),
        ("房租", "other_deduction"), ("其他扣款", "other_deduction"), ("扣款合计", "deducted"), ("发放日期", "paid_on"),
        ("银行流水号", "receipt"), ("社保补贴", "allowance"), ("应发项目/社保补贴", "allowance"),
    ],
)  # fmt: skip
def test_what_a_ledger_holds_has_heads_of_its_own(head, meaning):
    assert meaning_of(head) == meaning


def test_work_deductions_and_proof_are_read():
    reading = read(
        [
            "出勤天数",
            "工时",
            "应发",
            "养老保险",
            "医保",
            "公积金",
            "个税",
            "水电",
            "扣款合计",
            "实发",
            "发放日期",
            "支付凭证",
        ],
        [22, 176.5, 3000, 200, 60, 100, 0, 40, 400, 2600, "2026-10-10", "代发 1010"],
    )
    assert (reading.findings, reading.questions) == ([], [])
    values = reading.lines[0].values
    assert {name: values[name] for name in LEDGER} == {
        "days": 22, "hours": Decimal("176.5"), "own_insurance": 260, "own_fund": 100, "income_tax": 0, "other_deduction": 40,
        "paid_on": date(2026, 10, 10), "receipt": "代发 1010",
    }  # fmt: skip


def test_the_sum_of_deductions_is_one_only_where_it_stands_alone():
    alone = read(["应发", "扣款合计", "实发"], [3000, 400, 2600]).lines[0].values
    assert (alone["other_deduction"], "own_insurance" in alone) == (400, False)
    beside = read(["应发", "缺勤扣款", "扣款合计", "实发"], [3000, 100, 100, 2900]).lines[0].values
    assert beside["other_deduction"] == 100


def test_what_contradicts_is_said_at_the_cell_of_what_was_paid():
    heads = ["应发", "个人社保", "实发"]
    reading = read(heads, [3000, 300, 2800])
    (problem,) = reading.findings
    assert (problem.code, problem.header, problem.is_error, reading.lines) == ("net_contradicts", "实发", True, [])
    for words in (
        "F2 ",
        "应发 3,000.00 元减扣款 300.00 元是 2,700.00 元，实发写 2,800.00 元，相差 100.00 元",
        "不计入工资",
    ):
        assert words in problem.message
    assert read(heads, [3000, 300, 2600]).findings == []  # another deduction, which has no column
    dust = read(["基本工资", "个人社保", "实发"], [3000.005, 300.004, "2700.00"])
    assert not dust.findings
    assert contradiction(SimpleNamespace(**dict.fromkeys(DEDUCTIONS) | dict(dust.lines[0].values))) == ""


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("出勤天数", "全勤"),
        ("出勤天数", 32),
        ("工时", "约180"),
        ("发放日期", "月底"),
        ("支付凭证", "长" * 101),
        ("个人社保", "见附表"),
    ],
)
def test_a_cell_of_the_ledger_that_cannot_be_read_keeps_no_wage_out(head, cell):
    rows = [[3000, cell], [3100, 1]] if head == "个人社保" else [[3000, cell]]
    reading = read(["应发", head], *rows)
    assert [each.is_error for each in reading.findings] == [False]
    assert reading.lines[0].values["basic"] == 3000
    assert not {*LEDGER} & set(reading.lines[0].values)


def test_a_column_of_words_is_no_deduction():
    (line,) = read(["应发", "参加社保"], [3000, "是"]).lines
    assert "own_insurance" not in line.values


# entered by hand


def test_the_form_says_it_at_what_was_paid(college):
    typed = {
        "month": "2026-09",
        "basic": "3000",
        "overtime": "0",
        "bonus": "0",
        "allowance": "0",
        "hardship": "0",
        "reason": "补登",
    }
    worker = make_worker(college)
    form = WageMonthForm(typed | {"own_insurance": "300", "net": "2800"}, instance=WageMonth(worker=worker))
    assert "实发写 2,800.00 元，相差 100.00 元" in form.errors["net"][0]
    assert "basic" in WageMonthForm(typed | {"basic": "", "net": "1"}, instance=WageMonth(worker=worker)).errors
    with pytest.raises(ValidationError, match="不能为负"):
        WageMonth(worker=worker, month=date(2026, 9, 1), basic=Decimal(1), days=Decimal(-1)).full_clean()


# pages


@pytest.fixture
def here(college):
    for key, place, value in (
        ("min_wage_monthly", "孝感市孝南区", 1970), ("local_avg_wage_monthly", "孝感市", 6000), ("local_avg_wage_annual", "孝感市", 72000),
    ):  # fmt: skip
        Parameter.objects.create(key=key, place=place, value=Decimal(value), since=date(2020, 1, 1), source="公报")
    return college


def register(worker, number, **said):
    values = {"basic": Decimal(3000), "own_insurance": Decimal(300), "net": Decimal(2700), "days": Decimal("22.5"),
              "paid_on": date(2026, 10, 10), "receipt": "=代发", "evidence": "工资表"} | said  # fmt: skip
    return WageMonth.objects.create(worker=worker, month=number, **values)


def newest():
    return add_months(timezone.localdate().replace(day=1), -2)


def test_the_page_shows_every_month_and_the_gaps(here, client):
    worker = make_worker(here)
    register(worker, newest())
    register(worker, add_months(newest(), -1), paid_on=None)
    client.force_login(here.cast.finance)
    page = client.get(reverse("staff:worker-ledger", args=[worker.pk])).content.decode()
    assert page.count("没有登记</td>") == 34
    for words in (
        "户籍没有登记，按农业户籍",
        "22.5 天",
        "个人社保 300.00",
        "缺发放日期",
        "齐全",
        "保障农民工工资支付条例 15",
        "data-print",
    ):
        assert words in page
    assert f"{newest():%Y-%m}" in page
    client.force_login(here.cast.hr)
    shown = client.get(reverse("staff:worker", args=[worker.pk])).content.decode()
    assert "齐全 1，不全 1，没有记录 34" in shown
    assert reverse("staff:worker-ledger", args=[worker.pk]) in shown


def test_the_working_says_which_wages_have_no_proof(here, client):
    worker = make_worker(here, is_rural=False)
    client.force_login(here.cast.hr)
    set_dispositions([worker.pk], "NEGOTIATED", by=here.cast.officer, last_day=date(2026, 12, 31))
    url = reverse("staff:settlement", args=[worker.pk])
    page = client.get(url).content.decode()
    assert "证据：无（" in page
    assert "工资台账缺 24 个月" in page
    for back in range(24):
        register(worker, add_months(newest(), -back))
    page = client.get(url).content.decode()
    assert "证据：无" not in page
    assert "工资台账" not in page


def test_a_dispatched_workers_ledger_is_the_agencys(here, client):
    worker = make_worker(here, category="DISPATCH")
    client.force_login(here.cast.hr)
    assert "向劳务派遣单位索取" in client.get(reverse("staff:worker-ledger", args=[worker.pk])).content.decode()


def test_periods_of_other_employers_are_left_out(here):
    worker = make_worker(here)
    rows = [ServicePeriod(worker=worker, employer="某物业", first_day=date(2024, 1, 1), last_day=date(2025, 12, 31)),
            ServicePeriod(worker=worker, employer="本校", first_day=date(2026, 1, 1))]  # fmt: skip
    kept = ledger_of(worker, [], rows, our_names(), TODAY)
    assert [each.month for each in kept.months][:4] == [
        date(2023, 10, 1),
        date(2023, 11, 1),
        date(2023, 12, 1),
        date(2026, 1, 1),
    ]


def test_a_comparison_does_not_read_the_columns_of_the_ledger(here):
    worker = make_worker(here)
    register(worker, newest())
    (many,) = known_of(Worker.objects.all())[worker.pk].wages
    assert many.net == 2700
    assert not any(hasattr(many, name) for name in LEDGER)
    with CaptureQueriesContext(connection) as queries:
        (one,) = Known.of(worker).wages
        assert one.receipt == "=代发"
    assert len(queries) == 8


# out and in again


def exported(here, by, is_full=False):
    return export_ledger(here.cleaning, by=by, is_full=is_full, reason="劳动监察", address=None)


def test_the_workbook_holds_every_month_and_comes_back_unchanged(here):
    worker = make_worker(here)
    register(worker, newest(), hours=Decimal("180.5"), own_fund=Decimal(0), is_abnormal=True, overtime=Decimal("50.25"),
             net=Decimal("2750.25"))  # fmt: skip
    register(worker, add_months(newest(), -1), net=None, own_insurance=None, days=None, paid_on=None, receipt="")
    register(worker, add_months(newest(), -2), basic=Decimal(0), net=Decimal(0), own_insurance=None)
    before = list(WageMonth.objects.order_by("pk").values())
    content = exported(here, here.cast.officer)
    page = openpyxl.load_workbook(io.BytesIO(content))["工资台账"]
    heads = [cell.value for cell in page[2]]
    rows = [dict(zip(heads, row, strict=True)) for row in page.iter_rows(min_row=3)]
    assert len(rows) == 36
    last = rows[-1]
    assert (last["身份证号"].value, last["证据"].value, rows[0]["证据"].value) == (
        mask_id_number(worker.id_number),
        "齐全",
        "无",
    )
    assert (last["支付凭证"].value, last["支付凭证"].data_type, last["发放日期"].number_format) == (
        "=代发",
        "s",
        "yyyy-mm-dd",
    )
    assert (last["应发合计"].value, rows[-2]["还缺"].value) == (3050.25, "工时、实发、发放日期、支付凭证")
    file = keep_file(PAYROLL, SimpleUploadedFile("台账.xlsx", content, XLSX), by=here.cast.officer)
    found = look_at(PAYROLL, file, by=here.cast.officer)
    assert (found.questions, found.findings, found.new, found.changed) == ([], [], [], [])
    assert found.unchanged["wage"] == 3
    assert bring_in(PAYROLL, file, by=here.cast.officer) == 0
    assert list(WageMonth.objects.order_by("pk").values()) == before


def test_a_gap_filled_in_the_workbook_is_taken_in(here):
    make_worker(here)
    book = openpyxl.load_workbook(io.BytesIO(exported(here, here.cast.officer)))
    page = book["工资台账"]
    heads = {cell.value: cell.column for cell in page[2]}
    for head, value in (
        ("基本工资", 3000),
        ("个税", 0),
        ("其他扣款", 100),
        ("应发合计", 3000),
        ("实发", 2900),
        ("出勤（天）", 22),
    ):
        page.cell(3, heads[head]).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    file = keep_file(PAYROLL, SimpleUploadedFile("台账.xlsx", buffer.getvalue(), XLSX), by=here.cast.officer)
    assert bring_in(PAYROLL, file, by=here.cast.officer) == 1
    row = WageMonth.objects.get()
    assert (row.net, row.other_deduction, row.own_insurance, row.days) == (2900, 100, None, 22)


def test_taking_the_ledger_is_written_down_and_is_theirs_who_may_change_it(here, client):
    make_worker(here)
    make_worker(here, 2, category="DISPATCH")
    client.force_login(here.cast.hr)
    url, data = reverse("staff:ledger-export"), {"service": here.cleaning.pk, "is_full": "on", "reason": "劳动监察"}
    assert reverse("staff:ledger-export") in client.get(reverse("staff:payroll")).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, data)["Content-Type"] == XLSX
    record = AccessRecord.objects.get(kind="export")
    assert (record.subject, record.reason) == (f"工资台账 {here.cleaning} 2 人（完整号码）", "劳动监察")
    for person, is_full in ((here.cast.finance, False), (here.cast.officer, True)):
        with pytest.raises(NotYours):
            exported(here, person, is_full)
    foreign = Service.objects.create(name="别处", category=here.cleaning.category, unit=here.cast.hr.unit)
    client.force_login(here.cast.officer)
    assert "请选择" in client.post(url, data | {"service": foreign.pk}).content.decode()


def test_the_workbook_takes_the_same_queries_for_one_and_for_many(here):
    counts = []
    for number in range(1, 4):
        register(make_worker(here, number), newest())
        exported(here, here.cast.hr, True)
        with CaptureQueriesContext(connection) as queries:
            exported(here, here.cast.hr, True)
        counts.append(len(queries))
    assert len(set(counts)) == 1
