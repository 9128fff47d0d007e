"""Workbooks that go out: the marked copy, the template, the exported list, the classification."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from staff_transition.comparison import FIELDS, attributes_of
from staff_transition.export import COLUMNS, worker_export
from staff_transition.models import Worker
from staff_transition.preview import _say
from staff_transition.roster.columns import meaning_of
from staff_transition.roster.fields import BY_KEY, IGNORE
from staff_transition.roster.limited import mark_safely, read_book_safely
from staff_transition.roster.marked import AMBER, RED, mark_arguments, marked_copy
from staff_transition.roster.people import READERS, UNREAD
from staff_transition.roster.reading import read_roster
from staff_transition.roster.stored import store
from staff_transition.roster.template import HEADS, roster_template
from staff_transition.roster.workbook import read_book
from staff_transition.tests.files import HEADS as OFFICE_HEADS
from staff_transition.tests.files import PEOPLE, csv_bytes, sheet, xlsx
from staff_transition.tests.fixtures import make_worker
from staff_transition.tests.test_imports import checked, imported

TODAY = date(2026, 11, 25)
SAMPLES = Path(__file__).parent / "samples"
BAD = [PEOPLE[0], PEOPLE[1] | {"月工资（元）": "二千四", "入职时间": "2018.3"}, PEOPLE[2]]


def marked(content: bytes, kind: str = "xlsx", mark=marked_copy):
    reading = read_roster(read_book(content, kind), TODAY)
    stored = store(reading)
    return openpyxl.load_workbook(io.BytesIO(mark(content, mark_arguments(kind, stored["sheets"], reading.findings))))


def test_the_marked_copy_colours_cells_and_writes_remarks_beside_them():
    page = marked(xlsx(BAD)).active
    assert page["L4"].fill.fgColor.rgb == RED
    assert page["I4"].fill.fgColor.rgb == AMBER
    assert "请写 2400" in page["L4"].comment.text
    assert [page.cell(2, column).value for column in (18, 19)] == ["错误", "警告"]
    assert page["R4"].value.startswith("L4 “二千四”")
    assert "2018-03-01" in page["S4"].value
    assert page["R3"].value is None


def test_the_users_own_formats_lists_and_comments_stay():
    def change(book):
        page = book.active
        rule = DataValidation("list", formula1='"男,女"')
        rule.add("E3:E9")
        page.add_data_validation(rule)
        page.conditional_formatting.add(
            "L3:L9", CellIsRule("greaterThan", ["3000"], fill=PatternFill("solid", bgColor="FF00FF00"))
        )
        page.column_dimensions["P"].hidden = True
        page["L4"].comment = Comment("财务处已核", "财务")
        page["Q3"] = "=1+1"
        page["D3"].number_format = "@"
        page.column_dimensions["D"].width = 33

    page = marked(xlsx(BAD, change=change)).active
    assert page.data_validations.dataValidation[0].sqref == "E3:E9"
    assert len(page.conditional_formatting) == 1
    assert page.column_dimensions["P"].hidden
    assert page["L4"].comment.text == "财务处已核"
    assert page["Q3"].value == "=1+1"
    assert page.column_dimensions["D"].width == 33


def test_every_sheet_is_marked_and_the_others_are_left_alone():
    def change(book):
        sheet(book.create_sheet("南校区"), [PEOPLE[3] | {"月工资（元）": -1}])
        book.create_sheet("说明")["A1"] = "原样"

    book = marked(xlsx(PEOPLE[:1], change=change))
    assert book["南校区"]["L3"].fill.fgColor.rgb == RED
    assert book["说明"]["A1"].value == "原样"


@pytest.mark.parametrize(
    ("content", "kind"), [(csv_bytes(BAD, "gb18030"), "csv"), ((SAMPLES / "roster.xls").read_bytes(), "xls")]
)
def test_of_other_formats_a_marked_workbook_is_made(content, kind):
    page = marked(content, kind).worksheets[0]
    assert RED in {cell.fill.fgColor.rgb for row in page.iter_rows() for cell in row}
    assert page["P2"].value is None or isinstance(page["P2"].value, str)


def test_formulas_typed_as_names_do_not_act_in_the_rebuilt_copy():
    page = marked(csv_bytes([BAD[0] | {"姓名": "=1+1"}, BAD[1]]), "csv").worksheets[0]
    assert (page["D2"].value, page["D2"].data_type) == ("=1+1", "s")


def test_marking_happens_in_the_child_process_too():
    assert marked(xlsx(BAD), mark=mark_safely).active["L4"].fill.fgColor.rgb == RED


def test_what_the_copy_cannot_keep_is_named():
    source = zipfile.ZipFile(io.BytesIO(xlsx()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name))
        copy.writestr("xl/media/image1.png", b"x")
        copy.writestr("xl/charts/chart1.xml", b"<x/>")
    assert read_book(buffer.getvalue(), "xlsx").losses == ["图片", "图表"]
    assert read_book(xlsx(), "xlsx").losses == []


# the template


def test_the_template_is_understood_by_the_import_without_a_question():
    book = openpyxl.load_workbook(io.BytesIO(roster_template(["东校区"], ["环卫"])))
    page = book["花名册"]
    for column, head in enumerate(HEADS, 1):
        page.cell(2, column, head.example or None)
    buffer = io.BytesIO()
    book.save(buffer)
    reading = read_roster(read_book(buffer.getvalue(), "xlsx"), TODAY)
    assert [column.certainty for column in reading.sheets[0].columns] == ["certain"] * len(HEADS)
    assert len(reading.people) == 1
    assert {finding.code for finding in reading.findings} <= {"id_checksum"}  # the example is nobody's number


def test_a_part_timer_of_the_template_is_imported_and_exported_with_what_makes_him_one(college):
    """Without hours, days, pay by the hour and its cycle nobody can say whether he is one (LCL_68, LCL_72)."""
    book = openpyxl.load_workbook(io.BytesIO(roster_template(["东校区"], ["环卫"])))
    said = {"用工形式": "非全日制", "每天小时数": 3.5, "每周天数": 6, "按小时计酬": "是", "几天发一次工资": "半月"}
    row = PEOPLE[2] | said
    for cell in book["花名册"][1]:
        book["花名册"].cell(2, cell.column, row.get(cell.value.removesuffix("*")))
    buffer = io.BytesIO()
    book.save(buffer)
    imported(college, content=buffer.getvalue())
    worker = Worker.objects.get()
    assert (worker.hours_per_day, worker.days_per_week, worker.paid_by_hour, worker.pay_cycle_days) == (
        Decimal("3.5"), Decimal(6), True, 15,
    )  # fmt: skip
    again = checked(college, content=worker_export(Worker.objects.all(), is_full=True, by=college.cast.hr))
    assert (again.result["new"], again.result["changed"], again.result["unchanged"]) == (0, 0, 1)


def test_the_template_keeps_numbers_as_text_and_its_lists_on_a_sheet():
    teams = [f"很长的班组名称{number}" for number in range(100)]  # together far longer than 255 signs
    book = openpyxl.load_workbook(io.BytesIO(roster_template(["东校区"], teams)))
    page = book["花名册"]
    column = {cell.value: cell.column_letter for cell in page[1]}
    assert page[f"{column['身份证号*']}500"].number_format == "@"
    assert page[f"{column['银行卡号']}1001"].number_format == "@"
    formulas = {rule.formula1 for rule in page.data_validations.dataValidation}
    assert "选项!$B$2:$B$101" in formulas
    assert all(len(formula) < 255 for formula in formulas)
    assert book["选项"].sheet_state == "hidden"
    assert "说明" in book.sheetnames


def test_an_empty_template_has_no_people():
    reading = read_roster(read_book(roster_template([], []), "xlsx"), TODAY)
    assert not reading.people


# the list


def test_what_is_imported_exported_and_imported_again_is_the_same(college):
    facts = {"上月工资": 2700, "月工资（不含加班）": 2400.5, "累计工龄（年）": 12.5, "本年已休年假（天）": 3,
             "女职工退休类别": "50（工人岗）", "已领养老金": "否", "开户行": "工行",
             "从补偿中缴的个人社保公积金（元）": 1200.5,
             "每天小时数": 3.5, "每周天数": 6, "按小时计酬": "否", "几天发一次工资": 15}  # fmt: skip
    rows = [
        PEOPLE[0] | facts,
        *PEOPLE[1:3],
        PEOPLE[3] | {"合同终止日期": "无固定期限", "备注": "@SUM(1)", "是否参加社保": None},
    ]
    heads = [*OFFICE_HEADS, *facts]
    imported(college, content=xlsx(rows, heads))
    worker = Worker.objects.get(name=PEOPLE[0]["姓名"])
    assert (worker.last_month_wage, worker.wage_without_overtime, worker.female_category, worker.pension_drawn) == (
        Decimal(2700), Decimal("2400.50"), "female50", False,
    )  # fmt: skip
    assert (worker.cumulative_service_years, worker.leave_taken_days) == (Decimal("12.5"), Decimal(3))
    assert worker.own_contributions == Decimal("1200.50")
    assert worker.leave_taken_year == timezone.localdate().year
    again = read_roster(
        read_book_safely(worker_export(Worker.objects.order_by("pk"), is_full=True, by=college.cast.hr), "xlsx"), TODAY
    )
    first = read_roster(read_book(xlsx(rows, heads), "xlsx"), TODAY)
    assert [person.values for person in again.people] == [person.values for person in first.people]


def test_a_masked_export_filled_in_is_imported_again(college):
    imported(college)
    sent = worker_export(Worker.objects.order_by("pk"), is_full=False, by=college.cast.officer)
    again = checked(college, content=sent)
    assert again.result["counts"]["errors"] == 0, again.stored.findings
    assert (again.result["new"], again.result["changed"], again.result["unchanged"]) == (0, 0, 4)
    book = openpyxl.load_workbook(io.BytesIO(sent))
    heads = {cell.value: cell.column for row in book.active.iter_rows() for cell in row}
    first = next(row for row in book.active.iter_rows() if row[0].value in (1, "1"))
    book.active.cell(first[0].row, heads["上月工资"]).value = 2700
    book.active.append([99, *(cell.value for cell in first[1:])])  # the same person twice
    buffer = io.BytesIO()
    book.save(buffer)
    filled = checked(college, content=buffer.getvalue())
    assert filled.result["changed"] == 1
    assert [each.code for each in filled.stored.findings if each.is_error] == ["id_duplicate"]
    one = Worker.objects.get(name=first[3].value)
    make_worker(college, 7, name=one.name, id_number=one.id_number[:6] + "198203150146")
    twins = checked(college, content=sent)
    assert [each.code for each in twins.stored.findings if each.is_error] == ["id_masked"]


SAID = {  # one value for every fact that a roster may hold; a man, so that nothing follows from the number alone
    "team": "环卫", "name": "邓友才", "sex": "M", "birth_date": date(1977, 3, 8), "id_number": "420982197703087135", "post": "清扫工",
    "category": "CONTRACT", "hired_on": date(2016, 3, 15), "contract_from": date(2025, 1, 1), "contract_to": date(2027, 12, 31),
    "is_open_ended": False, "monthly_wage": Decimal(2650), "average_wage": Decimal("2688.50"), "is_insured": True,
    "phone": "13800001234", "bank_account": "6217000346468509048", "bank_name": "工行", "remark": "班长",
    "last_month_wage": Decimal(2700), "wage_without_overtime": Decimal("2400.50"), "cumulative_service_years": Decimal("12.5"),
    "leave_taken_days": Decimal(3), "female_category": "female55", "pension_drawn": False, "own_contributions": Decimal(500),
    "hours_per_day": Decimal(4), "days_per_week": Decimal("5.5"), "paid_by_hour": True, "pay_cycle_days": 15,
}  # fmt: skip


def test_every_fact_that_a_roster_may_hold_is_read_compared_exported_and_shown_in_words(college):
    assert set(READERS) == set(BY_KEY) - UNREAD
    assert set(SAID) == set(FIELDS)
    known = {meaning_of(column.head)[0] for column in COLUMNS} - {IGNORE}
    assert known == set(BY_KEY) - {"contract_period", "birth_date"}  # its two ends; it follows from the number
    make_worker(college, **SAID)
    sent = worker_export(Worker.objects.all(), is_full=True, by=college.cast.hr)
    (person,) = read_roster(read_book(sent, "xlsx"), TODAY).people
    got = attributes_of(person, college.cleaning, college.campuses[0])
    for key in set(FIELDS) - {"birth_date", "female_category"}:  # not of a man
        assert got[key] == SAID[key], key
        assert _say(key, SAID[key], {}) not in ("", "True", "False", "CONTRACT", "M")


def test_an_export_is_masked_unless_asked_in_full(worker, college):
    text = str(
        list(
            openpyxl.load_workbook(
                io.BytesIO(worker_export(Worker.objects.all(), is_full=False, by=college.cast.hr))
            ).active.values
        )
    )
    assert worker.id_number not in text
    assert worker.bank_account not in text
    assert "420902************" in text


def test_names_that_look_like_formulas_are_text_in_the_export(college):
    make_worker(college, name='=HYPERLINK("http://x","张三")')
    page = openpyxl.load_workbook(
        io.BytesIO(worker_export(Worker.objects.all(), is_full=False, by=college.cast.hr))
    ).active
    (cell,) = [cell for row in page.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert cell.data_type == "s"
