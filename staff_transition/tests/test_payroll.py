"""The payroll's file: which column is what, the amounts that come of it, and what is asked instead of guessed."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.http import urlencode
from openpyxl import Workbook

from staff_transition.actions.intakes import bring_in, keep_file, look_at
from staff_transition.errors import ColumnsInQuestion
from staff_transition.intakes import PAYROLL
from staff_transition.models import WageMonth
from staff_transition.roster.pay_columns import meaning_of
from staff_transition.roster.payroll import read_payroll
from staff_transition.roster.workbook import read_book
from staff_transition.rules.wages import COMPONENTS
from staff_transition.tests.files import PEOPLE, sheets
from staff_transition.tests.fixtures import make_worker, seen

TODAY = date(2026, 11, 25)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMBER = PEOPLE[0]["身份证号"]
OTHER = PEOPLE[1]["身份证号"]


def read(rows, name="2026年9月", choice=None):
    return read_payroll(read_book(sheets({name: rows}), "xlsx"), TODAY, choice)


def amounts(row):
    return tuple(int(row.values[name]) for name in COMPONENTS if name != "hardship")


# what is lost or made up in silence where the first column with a word in it wins


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        (("基本工资", "岗位工资", "绩效"), (2000, 800, 300), (2800, 0, 300, 0)),
        (("基本工资", "餐费补贴", "交通补贴"), (2000, 200, 300), (2000, 0, 0, 500)),
        (("基本工资", "加班小时", "加班费"), (2000, 10, 400), (2000, 400, 0, 0)),
        (("应发天数", "应发工资"), (26, 3000), (3000, 0, 0, 0)),
        (("入职年月", "应发"), ("2016年3月", 3000), (3000, 0, 0, 0)),
        (("基本工资", "加班（小时）", "加班单价", "加班费", "绩效系数"), (2000, 10, 40, 400, 1.2), (2000, 400, 0, 0)),
        (("基本工资", "社保补贴", "代扣社保", "公积金", "个税", "扣款合计", "实发工资"), (2000, 300, 200, 100, 0, 300, 2000),
         (2000, 0, 0, 300)),
        (("基本工资", "缺勤扣款", "全勤奖", "应发合计"), (2000, -100, 50, 1950), (1900, 0, 50, 0)),
        (("基本工资", "应发合计", "缺勤扣款"), (2000, 2000, 100), (2000, 0, 0, 0)),
        (("加班费", "应发合计"), (400, 3000), (2600, 400, 0, 0)),
    ],
    ids=["basics", "allowances", "hours", "days", "hired", "rates", "deductions", "absence", "later", "rest"],
)  # fmt: skip
def test_every_column_of_money_is_added_and_no_other(heads, cells, expected):
    reading = read([["姓名", "身份证号", *heads], ["向桂珍", NUMBER, *cells]])
    assert (reading.findings, reading.questions) == ([], [])
    assert [(amounts(row), row.values["month"]) for row in reading.lines] == [(expected, date(2026, 9, 1))]


@pytest.mark.parametrize(
    ("head", "meaning"),
    [
        ("其中：加班费", "overtime"), ("应发项目/基本工资", "basic"), ("应发项目/其他", "allowance"), ("扣款项目/绩效", "other_deduction"),
        ("考勤/加班", "ignore"), ("加班/小时", "ignore"), ("加班/金额", "overtime"), ("工资标准", "ignore"), ("工龄", "doubtful"),
        ("工龄工资", "allowance"), ("近12个月平均工资", "ignore"), ("医疗补助", "allowance"), ("养老保险", "own_insurance"),
        ("加班", "doubtful"), ("每小时加班费", "doubtful"), ("工资", "doubtful"), ("月工资", "doubtful"), ("其他", "doubtful"),
        ("补发工资", "doubtful"), ("日工资", "doubtful"), ("合计", "doubtful"), ("餐费", "doubtful"), ("实发天数", "ignore"),
        ("身份证号码", "id"), ("公民身份证号", "id"), ("银行卡号", "ignore"), ("出勤天数", "days"), ("扣补贴", "other_deduction"),
    ],
)  # fmt: skip
def test_heads_mean_what_their_words_leave_no_doubt_about(head, meaning):
    assert meaning_of(head) == meaning


def test_a_head_in_doubt_is_asked_about_until_somebody_says():
    rows = [["姓名", "身份证号", "基本工资", "值班费", "加班"], ["向桂珍", NUMBER, 2000, 240, 10]]
    assert [each.said for each in read(rows).questions] == ["D 值班费", "E 加班"]
    answered = read(rows, choice={"值班费": "allowance", "加班": "ignore"})
    assert not answered.questions
    assert [amounts(row) for row in answered.lines] == [(2000, 0, 0, 240)]
    empty = [["姓名", "身份证号", "基本工资", "值班费"], ["向桂珍", NUMBER, 2000, None]]
    assert not read(empty).questions  # nothing can be lost from a column without a number


def test_where_there_is_a_gross_every_row_adds_up_to_it_or_is_an_error():
    rows = [
        ["姓名", "身份证号", "基本工资", "加班费", "误餐", "应发合计"],
        ["向桂珍", NUMBER, 2000, 400, 200, 2400],
        ["熊爱萍", OTHER, 2000, 400, 200, 2600],
        ["邓友才", PEOPLE[2]["身份证号"], 2000, 400, None, None],
    ]
    reading = read(rows)
    assert [row.who.name for row in reading.lines] == ["向桂珍"]
    assert [(each.sheet, each.row, each.header) for each in reading.findings] == [
        ("2026年9月", 3, "应发合计"), ("2026年9月", 4, "应发合计"),
    ]  # fmt: skip
    first, second = reading.findings
    assert "应发 2,600.00 元，各项之和 2,400.00 元，相差 200.00 元" in first.message
    assert "E 误餐" in first.message
    assert "应发是空的" in second.message
    as_allowance = read(rows[:1] + rows[2:3], choice={"误餐": "allowance"})
    assert [amounts(row) for row in as_allowance.lines] == [(2000, 400, 0, 200)]


def test_of_two_grosses_a_person_says_which():
    rows = [["姓名", "身份证号", "应发小计", "应发合计"], ["向桂珍", NUMBER, 2600, 2700]]
    assert [each.header for each in read(rows).questions] == ["应发合计"]
    answered = read(rows, choice={"应发合计": "gross", "应发小计": "ignore"})
    assert [sum(amounts(row)) for row in answered.lines] == [2700]
    assert not answered.questions


def test_the_dust_of_rounding_is_no_difference():
    rows = [["姓名", "身份证号", "基本工资", "绩效", "应发"], ["向桂珍", NUMBER, 1333.334, 666.664, 1999.998]]
    (row,) = read(rows).lines
    assert sum(row.values[name] for name in COMPONENTS) == Decimal("2000.00")


def test_net_and_marks_of_sick_leave_are_read_where_there_is_a_column():
    heads = ["姓名", "身份证号", "月份", "应发", "实发", "病假/停工"]
    rows = [["向桂珍", NUMBER, "2026-08", 2700, 2400, "病假"], ["向桂珍", NUMBER, "2026-09", 2700, None, None]]
    first, second = read([heads, *rows]).lines
    assert (first.values["net"], first.values["is_abnormal"]) == (Decimal(2400), True)
    assert ("net" in second.values, second.values["is_abnormal"]) == (False, False)
    unclear = read([heads, ["向桂珍", NUMBER, "2026-08", 2700, 2400, "见附件"]])
    assert [each.code for each in unclear.findings] == ["abnormal_unclear"]


def real_payroll():
    """Title lines, two rows of heads with merged groups, subtotals, deductions, a line of signatures."""
    book = Workbook()
    page = book.active
    page.title = "工资表"
    for row in (
        ["示例学院后勤保障处2026年9月份外聘人员工资表"],
        ["单位：后勤保障处", None, None, None, "制表日期：2026年10月8日", None, None, None, None, None, "单位：元"],
        ["序号", "姓名", "身份证号", "考勤", None, "应发项目", None, None, None, "应发合计", "扣款项目", None, None, "实发工资", "签名"],
        [None, None, None, "出勤天数", "加班小时", "基本工资", "岗位工资", "加班费", "其他", None, "社保", "事假", "其他", None, None],
        [1, "向桂珍", NUMBER, 26, 10, 2000, 800, 400, 150, 3350, 280, 100, 20, 2950, None],
        [2, "熊爱萍", OTHER, 26, 0, 2000, 600, 0, 150, 2750, 280, None, None, 2470, None],
        ["环卫班小计", None, "2人", 52, 10, 4000, 1400, 400, 300, 6100, 560, 100, 20, 5420, None],
        ["合计", None, None, 52, 10, 4000, 1400, 400, 300, 6100, 560, 100, 20, 5420, None],
        ["制表：李经办", None, None, None, "审核：", None, "负责人签字："],
    ):  # fmt: skip
        page.append(row)
    for merged in ("A1:O1", "D3:E3", "F3:I3", "K3:M3", "A3:A4", "B3:B4", "C3:C4", "J3:J4", "N3:N4", "O3:O4"):
        page.merge_cells(merged)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_payroll_as_offices_make_them():
    reading = read_payroll(read_book(real_payroll(), "xlsx"), TODAY)
    assert (reading.findings, reading.questions) == ([], [])
    assert [(row.who.name, amounts(row), row.values["net"], row.values["month"]) for row in reading.lines] == [
        ("向桂珍", (2800, 400, 0, 150), Decimal(2950), date(2026, 9, 1)),
        ("熊爱萍", (2600, 0, 0, 150), Decimal(2470), date(2026, 9, 1)),
    ]
    (sheet,) = reading.sheets
    assert (sheet.month, sheet.where) == (date(2026, 9, 1), "第 1 行“示例学院后勤保障处2026年9月份外聘人员工资表”")
    assert "J 应发合计 → 应发合计" in [f"{column.said} → {column.meaning}" for column in sheet.head.columns]


def test_two_months_over_one_sheet_are_not_chosen_between():
    title = ["2026年8月工资表"]
    reading = read([title, ["姓名", "身份证号", "应发"], ["向桂珍", NUMBER, 2700]], name="2026年9月")
    assert not reading.lines
    assert "工作表名是 2026-09，第 1 行“2026年8月工资表”是 2026-08" in reading.findings[0].message


def test_a_column_a_month_may_be_divided_into_components():
    rows = [
        ["姓名", "身份证号", "2026年8月", None, "2026年9月", None, "合计"],
        [None, None, "应发", "其中加班费", "应发", "其中加班费", None],
        ["向桂珍", NUMBER, 2700, 100, 2800, 0, 5500],
    ]
    assert [(row.values["month"].month, amounts(row)) for row in read(rows, name="工资").lines] == [
        (8, (2600, 100, 0, 0)), (9, (2800, 0, 0, 0)),
    ]  # fmt: skip


def test_a_cell_that_excel_could_not_calculate_is_no_zero():
    book = Workbook()
    book.active.title = "2026年9月"
    for row in (["姓名", "身份证号", "基本工资", "加班费"], ["向桂珍", NUMBER, None, 100]):
        book.active.append(row)
    book.active["C2"], book.active["C2"].data_type = "#N/A", "e"
    buffer = io.BytesIO()
    book.save(buffer)
    reading = read_payroll(read_book(buffer.getvalue(), "xlsx"), TODAY)
    assert [each.code for each in reading.findings] == ["cell_broken"]
    assert not reading.lines


# on the page


def kept(rows, by):
    return keep_file(PAYROLL, SimpleUploadedFile("工资表.xlsx", sheets({"2026年9月": rows}), XLSX), by=by)


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("夜班费", "hardship"), ("高温津贴", "hardship"), ("防暑降温费", "hardship"),
        ("有毒有害岗位津贴", "hardship"), ("夜班天数", "ignore"),
        ("夜班加班费", "overtime"), ("工龄津贴", "allowance"), ("夜班补贴标准", "ignore"),
    ],
)  # fmt: skip
def test_allowances_for_nights_heat_and_poison_stand_apart(head, key):
    assert meaning_of(head) == key


def test_the_page_shows_columns_months_and_amounts_before_anything_is_written(college, client):
    worker = make_worker(college)
    heads = ["姓名", "身份证号", "基本工资", "岗位工资", "绩效", "餐费补贴", "应发合计", "实发", "出勤天数"]
    file = kept([heads, ["向桂珍", worker.id_number, 2000, 800, 300, 200, 3300, 2900, 26]], college.cast.officer)
    client.force_login(college.cast.officer)
    page = client.get(reverse("staff:payroll-check", args=[file.pk])).content.decode()
    for words in ("D 岗位工资 → 基本工资", "F 餐费补贴 → 津贴补贴", "I 出勤天数 → 出勤天数", "2026-09", "工作表名",
                  "2,800.00", "300.00", "200.00", "3,300.00", "2,900.00"):  # fmt: skip
        assert words in page, words
    assert not WageMonth.objects.exists()
    url = reverse("staff:payroll-check", args=[file.pk])
    assert client.post(url, seen(client, url)).status_code == 302
    month = WageMonth.objects.get()
    assert (month.gross, month.net, month.is_abnormal) == (Decimal(3300), Decimal(2900), False)


def test_sheets_understood_alike_are_shown_once_and_another_apart(college, client):
    worker = make_worker(college)
    heads, row = ["姓名", "身份证号", "基本工资"], ["向桂珍", worker.id_number]
    pages = {f"2026年{month}月": [heads, [*row, 2000 + month]] for month in range(1, 9)}
    pages["2026年9月"] = [[*heads, "奖金"], [*row, 2000, 300]]
    file = keep_file(PAYROLL, SimpleUploadedFile("工资表.xlsx", sheets(pages), XLSX), by=college.cast.officer)
    client.force_login(college.cast.officer)
    page = client.get(reverse("staff:payroll-check", args=[file.pk])).content.decode()
    assert page.count("C 基本工资 → 基本工资") == 2
    assert page.count("D 奖金 → 奖金") == 1
    for month in range(1, 10):
        assert f"2026年{month}月 → 2026-{month:02}" in page


def test_heads_in_doubt_are_answered_on_the_page_and_only_then_written(college, client):
    worker = make_worker(college)
    file = kept(
        [["姓名", "身份证号", "基本工资", "值班费"], ["向桂珍", worker.id_number, 2000, 240]], college.cast.officer
    )
    client.force_login(college.cast.officer)
    url = reverse("staff:payroll-check", args=[file.pk])
    page = client.get(url).content.decode()
    assert "有 1 个表头看不出算作什么" in page
    assert "D 值班费" in page
    assert "写入 1 条" not in page
    with pytest.raises(ColumnsInQuestion, match="“值班费”"):
        bring_in(PAYROLL, file, by=college.cast.officer)
    assert "看不出算作什么" in client.post(url, seen(client, url)).content.decode()
    assert not WageMonth.objects.exists()
    answered = f"{url}?{urlencode({'head': '值班费', 'means': 'allowance'})}"
    assert "写入 1 条" in client.get(answered).content.decode()
    assert client.post(answered, seen(client, answered)).status_code == 302
    assert WageMonth.objects.get().allowance == 240


def test_what_the_file_has_no_column_for_stays_as_it_was(college):
    worker = make_worker(college)
    WageMonth.objects.create(worker=worker, month=date(2026, 9, 1), basic=2000, net=Decimal(1800), is_abnormal=True)
    file = kept([["姓名", "身份证号", "基本工资"], ["向桂珍", worker.id_number, 2100]], college.cast.officer)
    assert bring_in(PAYROLL, file, by=college.cast.officer) == 1
    month = WageMonth.objects.get()
    assert (month.basic, month.net, month.is_abnormal) == (Decimal(2100), Decimal(1800), True)
    assert bring_in(PAYROLL, file, by=college.cast.officer) == 0


def test_a_payroll_is_held_against_the_roster_once(college, django_assert_max_num_queries):
    worker = make_worker(college)
    rows = [
        ["姓名", "身份证号", "月份", "应发"],
        *(["向桂珍", worker.id_number, f"2026-{month:02}", 2700] for month in range(1, 10)),
    ]
    file = kept(rows, college.cast.officer)
    with django_assert_max_num_queries(12):
        assert len(look_at(PAYROLL, file, by=college.cast.officer).new) == 9
