"""Every published case, and the command that counsel runs on cases of its own."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from common.casefiles import KINDS, BadCaseFile
from staff_transition.cases.disputed import readings

CASES = Path(__file__).parent / "cases"
FILES = [("severance", "severance"), ("severance", "outsourcing"), ("retirement", "retirement"), ("rmb", "rmb")]


def outcomes(kind: str, name: str):
    return list(KINDS[kind].run(json.loads((CASES / f"{name}-cases.json").read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "outcome", [pytest.param(each, id=f"{name}:{each.id}") for kind, name in FILES for each in outcomes(kind, name)]
)
def test_the_calculator_agrees_with_the_published_case(outcome):
    assert outcome.passed, f"{dict(outcome.got)} instead of {dict(outcome.expected)}"


def own(
    ground="NEGOTIATED_EMPLOYER", hire="2022-01-01", end="2024-06-30", wage="4000", expected=None, inputs=None, **rest
):
    return {
        "cases": [
            {
                "id": "own",
                "ground": ground,
                "hire_date": hire,
                "end_date": end,
                "avg_wage": wage,
                "expected": expected or {},
            }
            | {"other_inputs": inputs or {}}
            | rest
        ]
    }


def got(key: str, **case):
    """What the calculator gives for `key` of one case."""
    outcome = next(iter(KINDS["severance"].run(own(expected={key: "-1"}, **case))))
    return None if outcome.got[key] is None else str(outcome.got[key])


@pytest.mark.parametrize(
    ("hire", "end", "years"),
    [
        ("2022-01-01", "2024-06-30", "3"), ("2022-01-01", "2024-06-29", "2.5"), ("2022-01-01", "2024-07-05", "3"),
        ("2014-03-10", "2026-03-09", "12"), ("2014-03-10", "2026-03-10", "12.5"), ("2020-02-29", "2023-08-28", "4"),
        ("2020-02-29", "2023-08-27", "3.5"),
    ],
)  # fmt: skip
def test_service_counts_the_last_day_and_six_months_are_a_year(hire, end, years):
    assert got("years_n", hire=hire, end=end) == years


def segments(*parts):
    return {"segments": [{"from": first, "to": last} | rest for first, last, rest in parts]}


A = ("2016-05-10", "2018-03-31", {})
B = ("2018-04-01", "2020-12-31", {})
C = ("2021-01-01", "2026-06-30", {})


def test_touching_stretches_are_joined_before_they_are_rounded():
    assert got("years_n", hire=None, end="2026-06-30", inputs=segments(A, B, C)) == "10.5"


def test_a_stretch_that_was_paid_for_drops_out_alone():
    paid = {"paid": True}
    assert got("years_n", hire=None, inputs=segments((*A[:2], paid), (*B[:2], paid), C)) == "6"
    assert got("years_n", hire=None, inputs=segments(A, (*B[:2], paid), C)) == "7.5"


def test_own_motion_takes_everything_before_with_it():
    assert got("years_n", hire=None, inputs=segments(A, (*B[:2], {"own_motion": True}), C)) == "6"


def test_days_of_stretches_apart_make_a_month_at_thirty():
    apart = segments(("2020-01-01", "2020-05-20", {}), ("2021-01-01", "2021-01-10", {}))
    assert got("years_n", hire=None, inputs=apart) == "0.5"  # 4 months 20 days and 10 days: five months
    longer = segments(("2020-01-01", "2020-05-20", {}), ("2021-01-01", "2021-02-10", {}))
    assert got("years_n", hire=None, inputs=longer) == "1"  # and one month more: six


def test_the_average_is_rounded_half_up_before_it_is_multiplied():
    service = {"service": {"n_months": "5.5"}}
    assert got("base", hire=None, wage="3083.345", inputs=service) == "3083.35"
    assert got("severance", hire=None, wage="3083.345", inputs=service) == "16958.43"


def test_segmented_service_takes_a_part_of_a_year_up_and_the_other_method_does_not():
    old = {"hire": "1999-03-01", "end": "2014-06-30"}
    assert got("years_n", **old) == "16"
    assert got("pre2008_years", **old) == "9"
    assert got("years_n", **old, inputs={"policy": {"pre2008_method": "unified"}}) == "15.5"


def test_the_fraction_switch_holds_for_articles_six_to_nine_alone():
    floor = {"policy": {"pre2008_fraction": "floor"}}
    old = {"hire": "1999-03-01", "end": "2014-06-30"}
    assert got("years_n", ground="LAYOFF_41", **old, inputs=floor) == "15"
    assert got("years_n", **old, inputs=floor) == "16"


@pytest.mark.parametrize("ground", ["NEGOTIATED_EMPLOYER", "TRANSFER_BOUGHT_OUT", "NOFAULT_40_2"])
def test_twelve_months_before_2008_are_the_most_on_these_grounds(ground):
    assert got("pre2008_years", ground=ground, hire="1990-01-01", end="2010-12-31") == "12"
    assert got("pre2008_years", ground="LAYOFF_41", hire="1990-01-01", end="2010-12-31") == "18"


@pytest.mark.parametrize(
    "ground", ["EXPIRY_NOT_RENEWED", "TASK_DONE", "BANKRUPT_44_4", "DISSOLUTION_44_5", "FORCED_RESIGNATION_38_SI"]
)
def test_what_was_not_payable_before_2008_counts_from_2008(ground):
    assert got("years_n", ground=ground, hire="2002-05-15", end="2010-03-31") == "2.5"


def test_unpaid_insurance_may_be_counted_whole_by_choice():
    whole = {"policy": {"si_pre2008": "whole"}}
    assert got("years_n", ground="FORCED_RESIGNATION_38_SI", hire="2002-05-15", end="2010-03-31", inputs=whole) == "8"


def test_exactly_three_times_the_average_cuts_nothing_and_a_fen_more_cuts_both():
    long = {"hire": "2009-01-01", "end": "2024-12-31", "local_avg_wage": "5000"}
    assert got("severance", wage="15000", **long) == "240000.00"
    assert got("severance", wage="15000.01", **long) == "180000.00"


def test_before_2008_the_ceiling_stays_away_unless_the_college_chose_otherwise():
    capped = {
        "ground": "LAYOFF_41",
        "hire": "1999-03-01",
        "end": "2021-06-30",
        "wage": "20000",
        "local_avg_wage": "5000",
    }
    assert got("severance", **capped) == "360000.00"  # 9 × 20,000 and 12 × 15,000
    assert got("pre2008_amount", **capped) == "180000.00"
    assert got("years_n", **capped) == "21"
    whole = {"policy": {"cap_scope": "whole"}}
    assert got("severance", **capped, inputs=whole) == "180000.00"


def test_the_floor_comes_before_the_ceiling_and_pays_the_minimum():
    assert got("severance", wage="1500", inputs={"local_min_wage": "1970"}) == "5910.00"


@pytest.mark.parametrize(
    "category", ["REHIRED_PENSIONER", "STUDENT", "PUBLIC_POST", "ESTABLISHED", "PART_TIME", "OVER_AGE_NO_PENSION"]
)
def test_some_kinds_of_employment_are_owed_nothing(category):
    assert got("severance", category=category) == "0.00"
    assert got("years_n", category=category) == "0"


@pytest.mark.parametrize(
    ("hours", "days", "amount"), [(4, 6, "0.00"), (4, 7, "12000.00"), ("4.5", 5, "12000.00"), (4, None, "0.00")]
)
def test_part_time_work_beyond_the_hours_is_full_time(hours, days, amount):
    inputs = {"hours_per_day": hours, "days_per_week": days, "pay_cycle": "monthly"}
    assert got("severance", category="PART_TIME", inputs=inputs) == amount


@pytest.mark.parametrize("category", ["DISPATCH", "NO_WRITTEN_CONTRACT"])
def test_dispatch_and_unwritten_contracts_are_counted_like_any_other(category):
    assert got("severance", category=category) == "12000.00"


def test_over_age_people_are_owed_by_choice_of_the_college():
    choice = {"policy": {"over_age": "N"}}
    assert got("severance", category="OVER_AGE_NO_PENSION", ground="RETIRE_AGE", inputs=choice) == "12000.00"
    assert got("severance", category="CONTRACT", ground="RETIRE_AGE", inputs=choice) == "0.00"


@pytest.mark.parametrize(
    ("notice_date", "amount"), [("2024-05-31", "0.00"), ("2024-06-01", "3600.00"), ("2024-06-30", "3600.00")]
)
def test_thirty_days_of_notice_are_enough_and_twenty_nine_are_not(notice_date, amount):
    inputs = {"last_month_wage": "3600", "notice_date": notice_date, "end_effective": "2024-06-30"}
    assert got("notice_pay", ground="NOFAULT_40_3", inputs=inputs) == amount


def test_without_knowing_the_notice_its_pay_is_not_guessed():
    assert got("notice_pay", ground="NOFAULT_40_3", inputs={"last_month_wage": "3600"}) is None
    assert got("notice_pay", ground="LAYOFF_41") == "0.00"


def test_an_agreed_extra_enters_no_statutory_figure():
    assert got("total", inputs={"agreed_extra": "5000"}) == "12000.00"


@pytest.mark.parametrize(
    ("hire", "end", "signed", "amount"),
    [
        ("2020-03-12", "2022-03-11", None, "44000.00"),  # eleven months, never more
        ("2020-01-31", "2020-03-31", None, "4000.00"),  # starts on 1 March: February's last day ends the first month
        ("2020-03-12", "2022-03-11", "2020-04-12", "0.00"),  # signed in time
        ("2005-03-12", "2022-03-11", None, "44000.00"),  # from 2008-02-01 to 2008-12-31
        ("2020-03-12", "2020-06-30", None, "10533.33"),  # 19 of 30 days of April, then May and June
    ],
)
def test_the_double_wage_runs_from_the_second_month_for_eleven_at_most(hire, end, signed, amount):
    inputs = {"written_contract_date": signed}
    assert got("double_pay", ground="NO_WRITTEN_CONTRACT_82", hire=hire, end=end, inputs=inputs) == amount


def test_part_months_are_paid_by_working_days_since_september_2025():
    inputs = {"double_pay_from": "2025-12-15", "double_pay_to": "2026-01-31"}
    # 15 to 31 December 2025 has 13 working days; January is whole
    assert got("double_pay", ground="NO_WRITTEN_CONTRACT_82", wage="4350", inputs=inputs) == "6950.00"
    by_month = inputs | {"policy": {"partial_month": "month_workdays"}}
    assert got("double_pay", ground="NO_WRITTEN_CONTRACT_82", wage="4600", inputs=by_month) == "7200.00"  # 13 of 23


def test_only_the_year_before_the_claim_is_in_time():
    inputs = {"written_contract_date": None, "claim_date": "2012-06-01"}
    case = {"ground": "NO_WRITTEN_CONTRACT_82", "hire": "2011-01-01", "end": None, "wage": "2000"}
    assert got("double_pay", **case, inputs=inputs) == "14000.00"
    assert got("double_pay", **case, inputs=inputs | {"claim_date": "2013-02-01"}) == "0.00"


def test_leave_is_floored_and_never_recovered():
    year = {"elapsed_calendar_days": 334, "cumulative_service_years": 12, "monthly_wage_excl_overtime": "4350"}
    assert got("leave_days", ground="ANNUAL_LEAVE_SETTLEMENT", inputs=year | {"taken_days": 2}) == "7"
    assert got("leave_pay", ground="ANNUAL_LEAVE_SETTLEMENT", inputs=year | {"taken_days": 2}) == "2800.00"
    assert got("leave_days", ground="ANNUAL_LEAVE_SETTLEMENT", inputs=year | {"taken_days": 15}) == "0"


@pytest.mark.parametrize(
    ("lump", "tax"),
    [("246330", "0.00"), ("282330", "1080.00"), ("282331", "1080.10"), ("1206331", "250080.45")],
)
def test_tax_steps_up_at_the_table(lump, tax):
    assert got("tax", ground="TAX_ONLY", inputs={"lump_sum": lump, "local_avg_annual_wage": "82110"}) == tax


def test_own_contributions_and_bankruptcy_free_the_lump_sum():
    inputs = {"lump_sum": "282330", "local_avg_annual_wage": "82110"}
    assert got("tax", ground="TAX_ONLY", inputs=inputs | {"own_contributions": "36000"}) == "0.00"
    assert got("tax", ground="BANKRUPT_44_4", inputs=inputs) == "0.00"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hired": "2020-01-01"}, "hired"),
        ({"other_inputs": {"agreed": 1}}, "agreed"),
        ({"other_inputs": {"policy": {"cap": "whole"}}}, "cap"),
        ({"other_inputs": {"policy": {"over_age": "maybe"}}}, "maybe"),
        ({"other_inputs": {"segments": [{"from": "2020-01-01", "until": "x"}]}}, "until"),
        ({"expected": {"amount": "1"}}, "amount"),
        ({"ground": "NOFAULT"}, "NOFAULT"),
        ({"avg_wage": "三千"}, "三千"),
        ({"hire_date": "2020-13-01"}, "2020-13-01"),
    ],
)
def test_what_nobody_would_read_is_an_error_of_the_file(change, said):
    content = own()
    content["cases"][0] |= change
    with pytest.raises(BadCaseFile, match=said):
        list(KINDS["severance"].run(content))


def check(tmp_path, capsys, content, *options, kind="severance"):
    path = tmp_path / "cases.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    code = 0
    try:
        call_command("check_cases", kind, str(path), *options)
    except SystemExit as exit_:
        code = exit_.code
    return code, *capsys.readouterr()


def test_a_mismatch_is_printed_with_its_working_and_exits_one(tmp_path, capsys):
    code, out, _ = check(tmp_path, capsys, own(expected={"severance": "1", "years_n": "3"}))
    assert code == 1
    assert "severance：应为 1，算得 12000.00" in out
    assert "2022-01-01 至 2024-06-30 = 2 年 6 个月 0 天" in out


def test_json_lists_what_failed_alone(tmp_path, capsys):
    content = own(expected={"severance": "1"})
    content["cases"].append(own(expected={"severance": "12000"})["cases"][0])
    code, out, _ = check(tmp_path, capsys, content, "--json")
    assert code == 1
    assert json.loads(out) == {
        "passed": 1,
        "failed": [{"id": "own", "expected": {"severance": "1"}, "got": {"severance": "12000.00"}}],
    }


def test_an_unusable_file_exits_two(tmp_path, capsys):
    assert check(tmp_path, capsys, "{")[0] == 2
    assert check(tmp_path, capsys, own(inputs={"x": 1}))[0] == 2
    assert "x" in check(tmp_path, capsys, own(inputs={"x": 1}))[2]


def test_tolerance_is_the_files_own_and_counts_are_exact(tmp_path, capsys):
    near = own(expected={"severance": "12000.01"})
    assert check(tmp_path, capsys, near)[0] == 1
    assert check(tmp_path, capsys, near | {"tolerance": "0.01"})[0] == 0
    assert check(tmp_path, capsys, own(expected={"years_n": "3.001"}) | {"tolerance": "0.01"})[0] == 1


def test_disputed_cases_are_shown_and_never_counted(tmp_path, capsys):
    content = own(expected={"severance": "12000"}) | {"disputed": [{"id": "d", "why": "两种算法", "published": {}}]}
    code, out, _ = check(tmp_path, capsys, content, "--disputed")
    assert (code, "有争议 d" in out) == (0, True)


def test_a_disputed_case_names_the_switch_that_gives_either_side():
    case = {
        "facts": {"hire": "2006-10-01", "end": "2013-10-28", "avg_wage": "2325.50"}, "published": {"claimed": "17441.25"},
        "law_result": {"segmented": "2 + 6 = 8 -> 18604.00"},
    }  # fmt: skip
    default, other = list(readings(case))
    assert "18604.00 元，即依规则的数" in default
    assert other.startswith("口径 pre2008_method＝unified")
    assert "17441.25 元，即公布的数" in other


def test_a_disputed_case_that_no_switch_decides_says_so():
    same = {"facts": {"hire": "2009-10-14", "end": "2017-02-28", "wage": "1750"}, "published": {"total": "14525"}}
    assert list(readings(same))[-1].startswith("口径：没有一种选择改变")
    assert next(iter(readings({"facts": {"hire": "1991-03", "avg_wage": "1"}}))).startswith("口径：所列事实不足")
