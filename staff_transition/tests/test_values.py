"""How single cells are read: dates, wages, numbers of persons, words."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff_transition.roster.dates import EPOCH, read_date, read_period
from staff_transition.roster.digits import read_account, read_phone
from staff_transition.roster.identity import check_sign, read_identity
from staff_transition.roster.wages import read_wage, spoken_number
from staff_transition.roster.words import read_category, read_insured, read_name, read_sex

TODAY = date(2026, 11, 25)
days = st.dates(date(1950, 1, 1), date(2100, 12, 31))
GOOD_ID = "420902197708150429"


def test_the_good_number_of_these_tests_is_good():
    assert check_sign(GOOD_ID[:17]) == GOOD_ID[17]


@pytest.mark.parametrize(
    "cell",
    [
        date(2018, 3, 12),
        datetime(2018, 3, 12, 8, 30),  # noqa: DTZ001 (a cell has no time zone)
        43171,
        43171.0,
        20180312,
        20180312.0,
        "2018.3.12",
        "2018/3/12",
        "2018-3-12",
        "2018年3月12日",
        "2018 年 3 月 12 日",
        "20180312",
        "43171",
        "２０１８．３．１２",
        "2018-03-12 00:00:00",
        " 2018/03/12　",
        "2018。3。12",
    ],
)
def test_a_whole_date_is_read_in_every_form_people_type(cell):
    assert read_date(cell) == (date(2018, 3, 12), None)


@pytest.mark.parametrize(
    ("cell", "first"),
    [
        ("2018年3月", date(2018, 3, 1)),
        ("2018.3", date(2018, 3, 1)),
        ("2020.10", date(2020, 10, 1)),
        ("2020.1", date(2020, 1, 1)),
        ("2018/03", date(2018, 3, 1)),
        ("201803", date(2018, 3, 1)),
        (201803, date(2018, 3, 1)),
        (2012.6, date(2012, 6, 1)),
        (2020.12, date(2020, 12, 1)),
        (2018.03, date(2018, 3, 1)),
    ],
)
def test_month_only_is_its_first_day_with_a_hint(cell, first):
    value, note = read_date(cell)
    assert value == first
    assert (note.code, note.is_error) == ("date_month_only", False)
    assert f"{first}" in note.text


@pytest.mark.parametrize(("cell", "is_typed"), [(2020.1, True), (1998.1, True), ("2020.1", False)])
def test_a_number_of_october_is_ambiguous(cell, is_typed):
    value, note = read_date(cell, is_typed=is_typed)
    assert value is None
    assert (note.code, note.is_error) == ("date_ambiguous", True)
    assert "10 月" in note.text


@pytest.mark.parametrize(
    "cell",
    [
        "2018-02-30",
        "2018.13.1",
        "不详",
        "至今",
        "18.3.12",
        "2018",
        2018,
        "12/3/2018",
        True,
        5.5,
        999999,
        "2018-00-10",
        -3,
        "9999-01-01",
    ],
)
def test_what_is_no_date_is_an_error_and_says_an_example_or_the_reason(cell):
    value, note = read_date(cell)
    assert value is None
    assert (note.code, note.is_error) == ("date_invalid", True)
    assert "请" in note.text


@pytest.mark.parametrize("cell", [None, "", "  ", "　", "-", "无", "/"])
def test_a_blank_is_no_date_and_no_error(cell):
    assert read_date(cell) == (None, None)


@given(days)
def test_every_written_form_of_a_day_is_that_day(day):
    forms = [
        day,
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        (day - EPOCH).days,
    ]
    assert {read_date(form)[0] for form in forms} == {day}


@given(days)
def test_serials_of_a_1904_workbook_are_shifted(day):
    assert read_date((day - EPOCH - timedelta(days=1462)).days, epoch_shift=1462)[0] == day


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.none(), st.datetimes()))
def test_reading_any_cell_gives_a_value_or_says_why_not(cell):
    for value, note in (read_date(cell), read_wage(cell), read_account(cell), read_phone(cell), read_category(cell)):
        assert value in (None, "") or not (note and note.is_error)
    identity, notes = read_identity(cell, TODAY)
    assert identity is None or not any(note.is_error for note in notes)


@pytest.mark.parametrize(
    "cell", ["2024.1.1-2026.12.31", "2024年1月1日至2026年12月31日", "2024-01-01—2026-12-31", "2024/1/1~2026/12/31止"]
)
def test_a_period_in_one_cell_is_two_dates(cell):
    assert read_period(cell) == (date(2024, 1, 1), date(2026, 12, 31), False, None)


def test_an_open_period_has_no_last_day():
    assert read_period("2024.1.1至无固定期限") == (date(2024, 1, 1), None, True, None)
    assert read_period("无固定期限")[2] is True
    assert read_period("三年")[3].code == "period_invalid"


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (3200, "3200.00"),
        (2248.48, "2248.48"),
        ("3,200", "3200.00"),
        ("3,200元", "3200.00"),
        ("0.32万", "3200.00"),
        ("￥3,200.50", "3200.50"),
        ("3200元/月", "3200.00"),
        ("3200/月", "3200.00"),
        ("３２００", "3200.00"),
        (" 3200 ", "3200.00"),
        ("3200块", "3200.00"),
        ("1.2万元", "12000.00"),
    ],
)
def test_wages_are_read_in_the_forms_people_type(cell, amount):
    assert read_wage(cell) == (Decimal(amount), None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("二千四", "wage_text"),
        ("面议", "wage_text"),
        ("3200+200", "wage_text"),
        ("18元/小时", "wage_text"),
        ("约3000", "wage_text"),
        (-5, "wage_negative"),
        ("-3200", "wage_negative"),
        (420902, "wage_too_large"),
        (float("nan"), "wage_text"),
        (True, "wage_text"),
    ],
)
def test_what_is_no_wage_is_an_error(cell, code):
    value, note = read_wage(cell)
    assert value is None
    assert (note.code, note.is_error) == (code, True)


def test_a_spoken_number_is_said_back():
    assert "请写 2400" in read_wage("二千四")[1].text


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("二千四", 2400),
        ("两千四百五", 2450),
        ("三千", 3000),
        ("二千零四", 2004),
        ("一万二", 12000),
        ("十五", 15),
        ("一百二十", 120),
        ("很多", None),
    ],
)
def test_spoken_numbers(words, number):
    assert spoken_number(words) == number


def test_the_dust_of_a_formula_is_rounded_and_a_third_place_is_said():
    assert read_wage(2395.6300000000001) == (Decimal("2395.63"), None)
    value, note = read_wage(2249.366666666)
    assert (value, note.code, note.is_error) == (Decimal("2249.37"), "wage_rounded", False)
    assert read_wage(0.265, factor=10_000) == (Decimal("2650.00"), None)


@given(st.decimals(0, 99999, places=2))
def test_an_amount_is_the_same_however_it_is_written(amount):
    forms = [f"{amount}", f"{amount:,}元", f"{amount}元/月", float(amount)]
    assert {read_wage(form)[0] for form in forms} == {amount}


@pytest.mark.parametrize(
    "cell",
    [
        GOOD_ID,
        f" {GOOD_ID} ",
        f"{GOOD_ID[:6]} {GOOD_ID[6:14]} {GOOD_ID[14:]}",
        f"{GOOD_ID}\t",
        "４２０９０２１９７７０８１５０４２９",
        f"'{GOOD_ID}",
    ],
)
def test_a_good_number_is_tidied_and_said_so(cell):
    identity, notes = read_identity(cell, TODAY)
    assert (identity.number, identity.birth_date, identity.sex) == (GOOD_ID, date(1977, 8, 15), "F")
    assert [note.code for note in notes] == ([] if cell == GOOD_ID else ["id_tidied"])


def test_a_small_x_becomes_large():
    identity, _ = read_identity("42090219610604646x", TODAY)
    assert identity.number == "42090219610604646X"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (420902197708150429, "id_lost_digits"),
        (4.20902197708150e17, "id_lost_digits"),
        ("4.20902E+17", "id_lost_digits"),
        ("4.2E+17", "id_lost_digits"),
        ("420902197708150000", "id_lost_digits"),
        ("420902197708150427", "id_checksum"),
        ("42090219770815042", "id_shape"),
        ("护照E1234567", "id_shape"),
        ("无证", "id_shape"),
        (True, "id_shape"),
    ],
)
def test_bad_numbers_are_never_stored(cell, code):
    identity, notes = read_identity(cell, TODAY)
    assert identity is None
    assert [note.code for note in notes if note.is_error] == [code]


def test_a_checksum_error_says_what_the_last_sign_should_be():
    _, notes = read_identity("420902197708150427", TODAY)
    assert "末位应为 9，现为 7" in notes[0].text


@pytest.mark.parametrize("birth", ["19770231", "20770815", "18990101"])
def test_an_impossible_birth_date_is_an_error_of_its_own(birth):
    first_17 = f"420902{birth}042"
    _, notes = read_identity(first_17 + check_sign(first_17), TODAY)
    assert notes[0].code == "id_birth_date"


@pytest.mark.parametrize("cell", ["420902770815042", 420902770815042])
def test_an_old_number_of_fifteen_digits_is_taken_with_a_hint(cell):
    identity, notes = read_identity(cell, TODAY)
    assert identity.number == GOOD_ID
    assert notes[-1].code == "id_15_digits"
    assert not notes[-1].is_error


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(place, step):
    wrong = str((int(GOOD_ID[place]) + step) % 10)
    number = GOOD_ID[:place] + wrong + GOOD_ID[place + 1 :]
    assert read_identity(number, TODAY)[0] is None


@pytest.mark.parametrize("region", ["999999", "000000"])
def test_the_region_is_a_hint_at_most(region):
    first_17 = f"{region}19770815042"
    identity, notes = read_identity(first_17 + check_sign(first_17), TODAY)
    assert identity is not None
    assert [note.code for note in notes] == ["id_region"]


def test_accounts_keep_every_digit_as_text_and_none_as_number():
    assert read_account("6222020200012345678") == ("6222020200012345678", None)
    assert read_account("0622 2020 2000 1234") == ("0622202020001234", None)
    assert read_account(6222020200012345678)[1].code == "account_lost_digits"
    assert read_account("6.22202E+18")[1].code == "account_lost_digits"
    account, note = read_account(622202020001234)
    assert (account, note.code, note.is_error) == ("622202020001234", "account_was_number", False)
    assert read_account("农行")[1].code == "account_odd"


def test_phones_are_kept_as_typed():
    assert read_phone("+86 138 0000 1234") == ("+86 138 0000 1234", None)
    assert read_phone(13800001234) == ("13800001234", None)
    assert read_phone("0712-2345678") == ("0712-2345678", None)
    assert read_phone("13800001234/13900001234") == ("13800001234/13900001234", None)
    assert read_phone("123")[1].code == "phone_odd"


@pytest.mark.parametrize(
    "name",
    ["NA", "None", "nan", "null", "欧阳 娜", "买买提·艾力", '=HYPERLINK("http://x","张三")', "-2+3", "@SUM(1)", "-"],
)
def test_odd_names_are_kept_as_typed(name):
    assert read_name(name)[0] == name


def test_blanks_around_a_name_go_and_blanks_inside_are_said():
    name, notes = read_name("王 宇　")
    assert name == "王 宇"
    assert {note.code for note in notes} == {"name_tidied", "name_has_blank"}
    assert not any(note.is_error for note in notes)
    assert read_name(None)[1][0].code == "name_missing"
    assert read_name("张" * 51)[1][0].code == "text_too_long"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("劳动合同制", "CONTRACT"),
        ("未签合同", "NO_WRITTEN_CONTRACT"),
        ("临时工", "NO_WRITTEN_CONTRACT"),
        ("非全日制", "PART_TIME"),
        ("劳务派遣", "DISPATCH"),
        ("退休返聘", "REHIRED_PENSIONER"),
        (" 返 聘 ", "REHIRED_PENSIONER"),
        ("超龄", "OVER_AGE_NO_PENSION"),
        ("勤工助学", "STUDENT"),
        ("公益岗", "PUBLIC_POST"),
        ("在编", "ESTABLISHED"),
    ],
)
def test_kinds_of_employment_by_the_words_offices_use(cell, code):
    assert read_category(cell) == (code, None)


def test_an_unclear_kind_of_employment_is_asked_for():
    assert read_category("劳务")[1].code == "category_unclear"
    assert read_category("其他")[1].code == "category_unknown"
    assert "劳动合同制" in read_category("其他")[1].text
    assert read_category("")[1] == ("category_missing", read_category("")[1].text, False)


def test_sex_and_insurance_words():
    assert read_sex("女")[0] == "F"
    assert read_sex("男性")[0] == "M"
    assert read_sex("不详")[1].code == "sex_unclear"
    assert [read_insured(cell)[0] for cell in ("是", "√", "已参保", True, "否", "无", "×", False, "", None)] == [
        True,
        True,
        True,
        True,
        False,
        False,
        False,
        False,
        None,
        None,
    ]
    assert read_insured("城乡居民")[1].code == "insured_unclear"
