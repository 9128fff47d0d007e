"""Whole sheets: the header found, columns matched, people told from what is not, contradictions said at their cell."""

import ast
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from common.refusals import NotReadable
from staff_transition.roster.columns import meaning_of
from staff_transition.roster.dates import read_date
from staff_transition.roster.identity import check_sign
from staff_transition.roster.reading import read_roster
from staff_transition.roster.workbook import read_book
from staff_transition.tests.files import HEADS, PEOPLE, csv_bytes, person, sheet, xlsx

TODAY = date(2026, 11, 25)
SAMPLES = Path(__file__).parent / "samples"


def read(content: bytes, kind: str = "xlsx", **how):
    return read_roster(read_book(content, kind), TODAY, **how)


def read_changed(change, rows=PEOPLE, **how):
    return read(xlsx(rows, change=change), **how)


def codes(reading, *, errors=None):
    found = reading.findings if errors is None else reading.errors if errors else reading.hints
    return [(finding.code, finding.row, finding.header) for finding in found]


def with_value(head, value, row=0):
    """The four people, one value of one of them changed."""
    return [each | ({head: value} if number == row else {}) for number, each in enumerate(PEOPLE)]


def one_finding(head, value):
    reading = read(xlsx(with_value(head, value)))
    return [finding for finding in reading.findings if finding.row == 3]


def test_a_clean_roster_has_nothing_but_a_hint_about_a_blank_in_a_name():
    reading = read(xlsx())
    assert [each.name for each in reading.people] == ["向桂珍", "熊爱萍", "邓友才", "欧阳 娜"]
    assert codes(reading) == [("name_has_blank", 6, "姓名")]
    assert reading.people[0].values["birth_date"] == date(1979, 11, 6)


@pytest.mark.parametrize(
    ("head", "value", "code"),
    [
        ("身份证号", "420922197911061848", "id_checksum"),
        ("身份证号", 420922197911061849, "id_lost_digits"),
        ("身份证号", None, "id_missing"),
        ("身份证号", "4209221979110618", "id_shape"),
        ("入职时间", "2018-02-30", "date_invalid"),
        ("入职时间", date(2027, 3, 1), "hired_in_future"),
        ("入职时间", 2020.10, "date_ambiguous"),
        ("入职时间", None, "hired_missing"),
        ("入职时间", date(1960, 1, 1), "date_invalid"),
        ("月工资（元）", -5, "wage_negative"),
        ("月工资（元）", "二千四", "wage_text"),
        ("姓名", None, "name_missing"),
        ("性别", "男", "sex_contradicts_id"),
        ("合同终止日期", date(2024, 12, 31), "contract_backwards"),
        ("用工形式", "其他", "category_unknown"),
        ("银行卡号", 6217000346468509048, "account_lost_digits"),
    ],
)
def test_an_error_is_said_at_its_cell_with_fact_and_remedy(head, value, code):
    (finding,) = one_finding(head, value)
    assert (finding.code, finding.is_error, finding.header) == (code, True, head)
    assert finding.message.startswith(f"{'ABCDEFGHIJKLMNOPQ'[HEADS.index(head)]}3 ")
    assert "请" in finding.message


@pytest.mark.parametrize(
    ("head", "value", "code"),
    [
        ("入职时间", "2018年3月", "date_month_only"),
        ("月工资（元）", None, "wages"),
        ("是否参加社保", "否", "not_insured"),
        ("备注", "孕期", "remark_protected"),
        ("备注", "工伤八级", "remark_protected"),
        ("合同起始日期", date(2015, 1, 1), "contract_before_hire"),
        ("合同终止日期", date(2026, 1, 1), "contract_expired"),
        ("用工形式", "未签合同", "category_contradicts_contract"),
        ("入职时间", date(1994, 1, 1), "hired_under_16"),
        ("近12个月平均工资", 9000, "wages_far_apart"),
        ("用工形式", None, "category_missing"),
        ("月工资（元）", 2650.555, "wage_rounded"),
    ],
)
def test_what_is_legal_but_odd_is_a_hint_and_the_row_stays_good(head, value, code):
    reading = read(xlsx(with_value(head, value)))
    assert not reading.errors
    if code != "wages":  # an empty wage beside an average says nothing
        assert code in [finding.code for finding in reading.hints if finding.row == 3]


def test_no_wage_at_all_is_a_hint():
    rows = [each | {"月工资（元）": None, "近12个月平均工资": None} for each in PEOPLE]
    assert ("wage_missing", 3, "月工资（元）") in codes(read(xlsx(rows)), errors=False)


@pytest.mark.parametrize(("row", "code"), [(2, "remark_implausible"), (0, "remark_protected")])
def test_a_pregnant_man_is_asked_about(row, code):
    reading = read(xlsx(with_value("备注", "孕期", row)))
    assert [finding.code for finding in reading.findings if finding.header == "备注"] == [code]


def test_a_pensioner_on_a_labour_contract_and_a_young_pensioner_are_asked_about():
    old, young = (
        person("王老", "420902195906197309", "女"),
        person("王小", "42098120020303588X", "女", 用工形式="退休返聘"),
    )
    reading = read(xlsx([old, young]))
    assert {("over_age", 3, "用工形式"), ("pensioner_young", 4, "用工形式")} <= set(codes(reading, errors=False))


def test_errors_of_a_row_do_not_hide_each_other():
    rows = [PEOPLE[0] | {"性别": "男", "月工资（元）": "二千四", "入职时间": "不详"}]
    assert {code for code, _, _ in codes(read(xlsx(rows)), errors=True)} == {
        "sex_contradicts_id",
        "wage_text",
        "date_invalid",
    }


# the header


def test_titles_above_the_header_do_not_matter():
    def change(book):
        book.active.insert_rows(2)
        book.active["A2"], book.active["N2"] = "填报单位：后勤保障处", "填报日期：2026年11月"
        book.active.merge_cells("A1:Q1")

    reading = read_changed(change)
    assert len(reading.people) == 4
    assert reading.sheets[0].columns[0].header == "序号"


def test_a_header_in_two_rows_is_joined():
    heads = ["序号", "姓  名", "身份\n证号", "入职\n时间", "合同期限", None, "工资", None]
    values = [
        [1, each["姓名"], each["身份证号"], each["入职时间"], "2025.1.1", "2027.12.31", 2650, 2688.5] for each in PEOPLE
    ]

    def change(book):
        page = book.active
        page.delete_rows(1, 10)
        for row in (["后勤花名册"], heads, [None, None, None, None, "起", "止", "月工资", "平均"], *values):
            page.append(row)
        page.merge_cells("A1:H1")
        page.merge_cells("E2:F2")
        page.merge_cells("G2:H2")
        for letter in "ABCD":
            page.merge_cells(f"{letter}2:{letter}3")

    reading = read_changed(change)
    columns = {column.field: column.header for column in reading.sheets[0].columns}
    assert columns["contract_from"] == "合同期限/起"
    assert columns["contract_to"] == "合同期限/止"
    assert columns["monthly_wage"] == "工资/月工资"
    assert columns["average_wage"] == "工资/平均"
    assert len(reading.people) == 4
    assert reading.people[0].values["contract_to"] == date(2027, 12, 31)
    assert not reading.errors


def test_columns_in_another_order_with_other_words():
    renamed = {
        "身份证号": "公民身份号码",
        "岗位": "工种",
        "用工形式": "用工性质",
        "入职时间": "进校时间",
        "联系电话": "手机",
        "姓名": "员工姓名",
    }
    heads = [renamed.get(head, head) for head in reversed(HEADS)]
    rows = [{renamed.get(head, head): value for head, value in each.items()} for each in PEOPLE]
    reading = read(xlsx(rows, heads))
    assert not reading.errors
    assert reading.people[0].values == read(xlsx()).people[0].values


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("姓 名", "name"),
        ("身份证号码*", "id_number"),
        ("月工资（元）", "monthly_wage"),
        ("应发工资", "monthly_wage"),
        ("近12个月平均工资", "average_wage"),
        ("实发工资", ""),
        ("紧急联系人电话", ""),
        ("工龄", ""),
        ("年龄", ""),
        ("合同起始日期", "contract_from"),
        ("合同到期日", "contract_to"),
        ("合同期限", "contract_period"),
        ("是否签订合同", ""),
        ("参加工作时间", "hired_on"),
        ("家属姓名", ""),
        ("月工资（不含加班）", "wage_without_overtime"),
        ("应发工资（不含加班费）", "wage_without_overtime"),
        ("近12个月平均工资（不含加班费）", ""),
        ("上月工资", "last_month_wage"),
        ("累计工龄（年）", "cumulative_service_years"),
        ("本年已休年休假天数", "leave_taken_days"),
        ("女职工退休类别", "female_category"),
        ("是否领取养老金", "pension_drawn"),
        ("", ""),
    ],
)
def test_what_a_head_means(head, field):
    assert meaning_of(head)[0] == field


@pytest.mark.parametrize(
    ("head", "cell", "code", "value"),
    [
        ("累计工龄（年）", "12.5年", "", Decimal("12.5")), ("累计工龄（年）", 12.300000000000001, "", Decimal("12.3")),
        ("累计工龄（年）", 9.96, "number_places", None), ("累计工龄（年）", "十二年", "number_invalid", None),
        ("累计工龄（年）", 80, "number_out_of_range", None), ("本年已休年假（天）", -1, "number_out_of_range", None),
        ("累计工龄（年）", 0.5, "working_life_short", Decimal("0.5")),
        ("本年已休年假（天）", 0, "", Decimal(0)), ("上月工资", "二千七", "wage_text", None), ("上月工资", "2,700元", "", Decimal(2700)),
        ("从补偿中缴的个人社保公积金（元）", "36,000.50元", "", Decimal("36000.50")),
        ("从补偿中缴的个人社保公积金（元）", 12.345, "number_places", None),
        ("女职工退休类别", 55, "", "female55"), ("女职工退休类别", "工人岗", "", "female50"),
        ("女职工退休类别", "保洁", "female_category_unknown", None), ("已领养老金", "未", "", False),
        ("已领养老金", "不详", "pension_unclear", None),
        ("每日工时", "4小时", "", Decimal(4)), ("每天小时数", 25, "number_out_of_range", None), ("每周天数", 5.5, "", Decimal("5.5")),
        ("是否按小时计酬", "是", "", True), ("按小时计酬", "看情况", "paid_by_hour_unclear", None), ("发薪周期（天）", 15, "", 15),
        ("发薪周期", "每半月", "", 15), ("几天发一次工资", "按月", "", 30), ("几天发一次工资", "15.5", "pay_cycle_invalid", None),
    ],
)  # fmt: skip
def test_facts_of_the_settlement_are_read_where_a_roster_has_them(head, cell, code, value):
    reading = read(xlsx([PEOPLE[0] | {head: cell}], [*HEADS, head]))
    assert [each.code for each in reading.findings if each.header == head] == ([code] if code else [])
    assert reading.people[0].values.get(meaning_of(head)[0]) == value


def test_a_man_has_no_retirement_category_of_women():
    reading = read(xlsx([PEOPLE[2] | {"女职工退休类别": 50}], [*HEADS, "女职工退休类别"]))
    assert [each.code for each in reading.findings] == ["female_category_of_man"]
    assert "female_category" not in reading.people[0].values


def test_first_job_is_not_the_hire_date_when_both_are_there():
    heads = [*HEADS[:8], "参加工作时间", *HEADS[8:]]
    rows = [each | {"参加工作时间": date(1999, 1, 1)} for each in PEOPLE]
    reading = read(xlsx(rows, heads))
    assert reading.people[0].values["hired_on"] == date(2016, 3, 15)
    alone = read(xlsx(rows, [head for head in heads if head != "入职时间"]))
    column = next(each for each in alone.sheets[0].columns if each.field == "hired_on")
    assert "第一份工作" in column.question


def test_a_period_in_one_column_fills_both_dates():
    heads = [*HEADS[:9], "合同期限", *HEADS[11:]]
    rows = [PEOPLE[0] | {"合同期限": "2025.1.1-2027.12.31"}, PEOPLE[1] | {"合同期限": "无固定期限"}]
    first, second = read(xlsx(rows, heads)).people
    assert (first.values["contract_from"], first.values["contract_to"]) == (date(2025, 1, 1), date(2027, 12, 31))
    assert second.values["is_open_ended"] is True


def test_an_open_end_in_a_date_column():
    reading = read(xlsx(with_value("合同终止日期", "无固定期限")))
    assert reading.people[0].values["is_open_ended"] is True
    assert "contract_to" not in reading.people[0].values
    assert not reading.errors


def test_a_header_beyond_the_fifteenth_row_is_not_searched():
    assert read_changed(lambda book: book.active.insert_rows(1, 13)).people
    reading = read_changed(lambda book: book.active.insert_rows(1, 14))
    assert not reading.people
    assert "前 15 行" in reading.skipped[0][1]


def test_wages_under_a_head_in_wan_are_multiplied():
    heads = [head.replace("月工资（元）", "月工资（万元）") for head in HEADS]
    rows = [each | {"月工资（万元）": 0.265} for each in PEOPLE]
    assert str(read(xlsx(rows, heads)).people[0].values["monthly_wage"]) == "2650.00"


def test_a_corrected_mapping_is_used_for_the_same_header_again():
    heads = [head.replace("岗位", "工作内容") for head in HEADS]
    rows = [each | {"工作内容": "清扫"} for each in PEOPLE]
    first = read(xlsx(rows, heads))
    assert "post" not in first.people[0].values
    again = read(xlsx(rows, heads), mappings={first.sheets[0].signature: {6: "post", 7: ""}})
    assert again.people[0].values["post"] == "清扫"
    assert "category" not in again.people[0].values
    assert again.sheets[0].is_remembered


# the rows


def test_totals_signatures_notes_and_repeated_heads_are_left_out_and_named():
    def change(book):
        page = book.active
        page.append([None, None, "环卫小计", None, None, None, None, None, None, None, None, 10600])
        page.append(list(HEADS))
        page.append([PEOPLE[0] | {"身份证号": "420902197708150429"}][0].get(head) for head in HEADS)
        page.append(["合计", None, None, 5])
        page.append(["注：以上人员不含保安。"])
        page.append([None, None, "制表人：", None, None, None, "审核人："])

    reading = read_changed(change)
    assert len(reading.people) == 5
    assert not reading.errors
    kinds = [(line.row + 1, str(line.kind)) for line in reading.sheets[0].lines if line.kind not in ("person", "blank")]
    assert kinds == [
        (1, "title"),
        (2, "header"),
        (7, "total"),
        (8, "repeated"),
        (10, "total"),
        (11, "note"),
        (12, "signature"),
    ]


def test_a_second_table_that_is_not_about_people_is_left_out():
    def change(book):
        page = book.active
        for row in (
            [],
            ["物资领用登记"],
            ["序号", "物资", "规格", "领用人", "数量"],
            [1, "扫帚", "大号", "张三", 20],
            [2, "簸箕", "小号", "李四", 15],
        ):
            page.append(row)

    reading = read_changed(change)
    assert len(reading.people) == 4
    assert [str(line.kind) for line in reading.sheets[0].lines[-4:]] == [
        "note",
        "other_table",
        "other_table",
        "other_table",
    ]


def test_a_second_table_of_people_under_other_heads_is_not_read_into_the_wrong_columns():
    def change(book):
        page = book.active
        for row in (
            [],
            ["离职人员"],
            [
                "姓名",
                "工资",
                None,
                None,
                "离职时间",
                "身份证号",
            ],  # the number stands where it stood above, the name does not
            ["赵六", 2000, None, None, date(2020, 1, 1), "420902197708150429"],
        ):
            page.append(row)

    reading = read_changed(change)
    assert len(reading.people) == 4
    assert str(reading.sheets[0].lines[-1].kind) == "other_table"


def test_numbered_rows_without_a_person_are_left_out():
    reading = read_changed(lambda book: [book.active.append([number, "东校区", "环卫"]) for number in (5, 6)])
    assert len(reading.people) == 4
    assert [str(line.kind) for line in reading.sheets[0].lines[-2:]] == ["number_only"] * 2


def test_a_person_with_many_gaps_after_a_subtotal_is_still_a_person():
    def change(book):
        book.active.append([None, None, "环卫小计"])
        book.active.append([5, "东校区", "绿化", "赵六", "女", None, "绿化工", "临时工"])

    reading = read_changed(change)
    assert len(reading.people) == 5
    assert ("id_missing", 8, "身份证号") in codes(reading, errors=True)


def test_merged_teams_are_filled_down_and_unmerged_ones_with_a_hint():
    def merged(book):
        book.active["C4"] = book.active["C5"] = book.active["C6"] = None
        book.active.merge_cells("C3:C6")

    reading = read_changed(merged)
    assert {each.values["team"] for each in reading.people} == {"环卫"}
    assert "filled_down" not in {code for code, _, _ in codes(reading)}
    unmerged = read(xlsx(with_value("班组", None, row=1)))
    assert unmerged.people[1].values["team"] == "环卫"
    assert ("filled_down", 4, "班组") in codes(unmerged, errors=False)


def test_hidden_rows_are_read_and_said():
    def change(book):
        book.active.row_dimensions[4].hidden = True

    reading = read_changed(change)
    assert len(reading.people) == 4
    assert ("row_hidden", 4, "") in codes(reading, errors=False)
    assert reading.sheets[0].hidden_rows == [4]


def test_a_formula_without_a_stored_result_is_said_at_its_row_never_empty_in_silence():
    def change(book):
        book.active["L4"] = "=2000+650"
        book.active["Q5"] = "=1+1"

    reading = read_changed(change)
    assert [finding.code for finding in reading.errors] == ["formula_uncalculated", "formula_uncalculated"]
    assert reading.errors[0].message.startswith("L4 ")


def test_an_error_value_is_said_at_its_cell():
    def change(book):
        book.active["L4"] = "#N/A"
        book.active["L4"].data_type = "e"

    (finding,) = read_changed(change).errors
    assert (finding.code, finding.row) == ("cell_broken", 4)
    assert "#N/A" in finding.message


# sheets


def test_every_sheet_that_is_a_roster_is_read_and_the_others_are_named():
    def change(book):
        sheet(book.create_sheet("南校区"), [PEOPLE[3]])
        book.create_sheet("空白")
        book.create_sheet("物资").append(["名称", "数量"])
        sheet(book.create_sheet("只有表头"), [])
        hidden = book.create_sheet("旧表")
        sheet(hidden, [PEOPLE[0]])
        hidden.sheet_state = "hidden"

    reading = read_changed(change, PEOPLE[:3])
    assert [each.name for each in reading.sheets] == ["花名册", "南校区"]
    assert [(name, why[:4]) for name, why in reading.skipped] == [
        ("空白", "空表"),
        ("物资", "前 15"),
        ("只有表头", "有表头，"),
        ("旧表", "隐藏的工"),
    ]
    assert len(reading.people) == 4


def test_one_named_sheet_is_read_alone_even_if_hidden():
    def change(book):
        hidden = book.create_sheet("旧表")
        sheet(hidden, [PEOPLE[0]])
        hidden.sheet_state = "hidden"

    assert [each.sheet for each in read_changed(change, only_sheet="旧表").people] == ["旧表"]
    with pytest.raises(NotReadable, match="没有工作表“没有”") as caught:
        read_changed(change, only_sheet="没有")
    assert "“旧表”" in caught.value.remedy


# one person twice


def test_a_duplicate_across_sheets_is_found_through_blanks_in_the_name():
    rows = [person("王宇", "420902197708150429", "女")]

    def change(book):
        sheet(book.create_sheet("南校区"), [person("王 宇", "420902197708150429", "女")])

    reading = read_changed(change, rows)
    (finding,) = reading.errors
    assert (finding.code, finding.sheet, finding.row) == ("id_duplicate", "南校区", 3)
    assert "工作表“花名册”第 3 行" in finding.message
    assert [each.is_good for each in reading.people] == [True, False]


def test_two_names_under_one_number_are_both_errors():
    rows = [PEOPLE[0], PEOPLE[1] | {"身份证号": PEOPLE[0]["身份证号"]}]
    assert [(code, row) for code, row, _ in codes(read(xlsx(rows)), errors=True)] == [
        ("id_duplicate", 3),
        ("id_duplicate", 4),
    ]


def test_an_old_and_a_new_number_of_one_person_are_the_same():
    rows = [person("王宇", "420902197708150429", "女"), person("王宇", "420902770815042", "女")]
    assert [code for code, _, _ in codes(read(xlsx(rows)), errors=True)] == ["id_duplicate"]


def test_the_same_name_with_an_unusable_number_is_a_hint():
    rows = [PEOPLE[0], PEOPLE[0] | {"身份证号": None}]
    reading = read(xlsx(rows))
    assert ("name_maybe_twice", 4, "姓名") in codes(reading, errors=False)
    assert [code for code, _, _ in codes(reading, errors=True)] == ["id_missing"]


def test_two_people_of_one_name_are_two_people():
    rows = [PEOPLE[0], PEOPLE[1] | {"姓名": PEOPLE[0]["姓名"]}]
    assert not read(xlsx(rows)).errors


def test_one_account_for_two_people_is_a_hint():
    rows = [PEOPLE[0], PEOPLE[1] | {"银行卡号": PEOPLE[0]["银行卡号"]}]
    assert ("account_shared", 4, "银行卡号") in codes(read(xlsx(rows)), errors=False)


# files


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("gb18030", "\t"), ("utf-16", "\t"), ("utf-8", ";")],
)
def test_csv_in_every_encoding_and_separator(encoding, delimiter):
    reading = read(csv_bytes(encoding=encoding, delimiter=delimiter), "csv")
    assert not reading.errors
    assert [each.name for each in reading.people] == ["向桂珍", "熊爱萍", "邓友才", "欧阳 娜"]
    assert reading.people[0].values["bank_account"] == PEOPLE[0]["银行卡号"]


def test_csv_and_xlsx_of_one_roster_are_the_same_people():
    assert [each.values for each in read(csv_bytes(), "csv").people] == [each.values for each in read(xlsx()).people]


def test_a_true_xls_is_read():
    reading = read((SAMPLES / "roster.xls").read_bytes(), "xls")
    assert [each.name for each in reading.people] == ["向桂珍", "熊爱萍", "邓友才", "欧阳 娜"]
    assert [code for code, _, _ in codes(reading, errors=True)] == ["id_lost_digits"]


def test_rows_keep_their_excel_numbers_through_empty_rows_and_columns():
    def change(book):
        book.active.insert_rows(1, 2)
        book.active.insert_rows(6, 2)
        book.active.insert_cols(1)

    reading = read_changed(change)
    assert [each.row for each in reading.people] == [5, 8, 9, 10]
    assert reading.sheets[0].columns[0].letters == "B"


def test_a_file_that_states_its_size_as_one_cell_is_read_whole():
    import io
    import re
    import zipfile

    source = zipfile.ZipFile(io.BytesIO(xlsx()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', content)
            copy.writestr(name, content)
    assert len(read(buffer.getvalue()).people) == 4


def test_formats_and_colours_do_not_matter():
    def change(book):
        for row in book.active.iter_rows():
            for cell in row:
                cell.fill = PatternFill("solid", fgColor="FFFFFF00")
        book.active["AZ900"].fill = PatternFill("solid", fgColor="FFFFFF00")

    assert len(read_changed(change).people) == 4


def test_the_office_sample_shape_has_people_of_five_kinds():
    rows = [
        each | {"用工形式": kind}
        for each, kind in zip(PEOPLE, ("退休返聘", "非全日制", "劳务派遣", "未签合同"), strict=True)
    ]
    assert [each.values["category"] for each in read(xlsx(rows)).people] == [
        "REHIRED_PENSIONER",
        "PART_TIME",
        "DISPATCH",
        "NO_WRITTEN_CONTRACT",
    ]


def given_codes():
    """What every call of Note and hint gives as its code: written where the note is made, so that it can be found."""
    for path in Path(__file__).parents[1].rglob("*.py"):
        if "tests" in path.parts or path.name == "findings.py":
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("Note", "hint"):
                code = call.args[0]
                texts = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
                assert all(isinstance(text, ast.Constant) for text in texts), f"{path.name}:{call.lineno}: no literal"
                yield from (text.value for text in texts)


def test_every_code_stands_in_the_documentation():
    codes = set(given_codes())
    told = (Path(__file__).parents[2] / "docs" / "roster-import.md").read_text(encoding="utf-8")
    assert len(codes) > 50
    assert not codes - set(re.findall(r"`([a-z0-9_]+)`", told))


letters = st.text("张王李赵欧阳娜国强丽a·", min_size=1, max_size=6)


@st.composite
def people(draw):
    """A few people whose every fact is written in some form that offices use."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        digits = draw(st.tuples(*[st.integers(0, 9)] * 3))
        first_17 = f"42090219{draw(st.integers(6, 9))}{digits[0]}0{max(digits[1], 1)}1{digits[2]}{number}22"
        hired = draw(st.dates(date(2018, 1, 1), date(2026, 1, 1)))
        days = [hired, f"{hired:%Y.%m.%d}", f"{hired.year}年{hired.month}月{hired.day}日", int(f"{hired:%Y%m%d}")]
        wage = draw(st.decimals(1000, 9000, places=2))
        wages = [float(wage), f"{wage:,}元", f"{wage}/月"]
        written = {
            "月工资（元）": draw(st.sampled_from(wages)),
            "入职时间": draw(st.sampled_from(days)),
            "近12个月平均工资": float(wage),
        }
        row = person(draw(letters), first_17 + check_sign(first_17), "女", 序号=number, 合同起始日期=None, **written)
        rows.append(row | {"hired": hired, "wage": wage})
    return rows


@settings(max_examples=15)
@given(rows=people(), order=st.randoms(use_true_random=False))
def test_whatever_the_order_of_columns_and_the_form_of_cells_the_facts_are_the_same(rows, order):
    heads = list(HEADS)
    order.shuffle(heads)
    for content, kind in ((xlsx(rows, heads), "xlsx"), (csv_bytes(rows, heads=heads), "csv")):
        reading = read(content, kind)
        assert not reading.errors
        assert [each.name for each in reading.people] == [row["姓名"] for row in rows]
        assert [each.values["hired_on"] for each in reading.people] == [row["hired"] for row in rows]
        assert [each.values["monthly_wage"] for each in reading.people] == [row["wage"] for row in rows]


def test_an_impossible_year_in_a_date_cell_is_an_error_in_words():
    for cell in (datetime(9999, 12, 31), date(1, 1, 1), "9999-12-31"):  # noqa: DTZ001 (as Excel gives it)
        day, note = read_date(cell)
        assert day is None
        assert "年份不可能" in note.text
