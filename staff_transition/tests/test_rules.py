"""The severance rules: their properties, the articles beside the amounts, and every flag both ways."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.articles.labour_contract import (
    LCL_35,
    LCL_36,
    LCL_37,
    LCL_38,
    LCL_39,
    LCL_40_1,
    LCL_40_2,
    LCL_40_3,
    LCL_41,
    LCL_44_1,
    LCL_44_2,
    LCL_44_3,
    LCL_44_4,
    LCL_44_5,
    LCL_47_1,
    LCL_47_2,
    LCL_65,
    LCL_97_3,
)
from law.articles.old_rules import O481_5
from law.articles.regulations import REG_5, REG_6, REG_10, REG_20, REG_21, REG_22, REG_27
from law.articles.tax import TAX_164_5_1
from law.calendar import WorkCalendar
from law.parameters import book_of
from law.seed import shipped
from law.working import Line, ParameterUse
from staff_transition.rules.alternatives import alternatives, old_service_figures
from staff_transition.rules.contracts import Gap, State, Term, carried, fixed_terms, gaps
from staff_transition.rules.double_wage import double_wage
from staff_transition.rules.entitlement import judged
from staff_transition.rules.flags import AGREED_TO, bars, blocks, flags
from staff_transition.rules.grounds import (
    AGREED,
    BARRED_BY_42,
    DEATH,
    ENDS_NOTHING,
    GROUNDS,
    NO_FAULT,
    NOT_CERTIFIED,
    OWN_ENDS,
    RETURNS,
    TERMINATED,
    TRANSFERS,
    UNILATERAL,
    Ending,
)
from staff_transition.rules.leave import LeaveFacts, bands, leave_of, unused_leave
from staff_transition.rules.months import Span, article_47, elapsed, roll_months, rounded_up
from staff_transition.rules.person import DoubleWageFacts, Extra, Local, OfferFacts, PersonFacts, Segment
from staff_transition.rules.plausible import oddities
from staff_transition.rules.policy import SWITCHES, Policy
from staff_transition.rules.procedure import duties
from staff_transition.rules.retirement import (
    COHORTS,
    births_near,
    is_near,
    retirement,
    statutory_day,
)
from staff_transition.rules.scheme import has_reached_age, is_shielded
from staff_transition.rules.service import counted, stretches
from staff_transition.rules.settlement import Settlement, exposure, reinstatement, settle, tax_of_more
from staff_transition.rules.tax import table_of, tax_on
from staff_transition.rules.wages import MonthWage, Wages

TODAY = date(2026, 11, 25)
PROXY = ParameterUse("avg_wage_annual_urban_private", "私营平均", Decimal(60583), "元/年", "湖北省", None, "年鉴")
MINIMUM = ParameterUse("min_wage_monthly", "最低工资", Decimal(1970), "元/月", "湖北省/三档", date(2025, 12, 1), "44号")
TABLE = table_of(book_of(shipped()), date(2026, 12, 31))
HERE = Local(min_wage=MINIMUM, proxy=PROXY)
days = st.dates(date(1990, 1, 1), date(2035, 12, 31))
wages = st.decimals("0.01", "60000", places=2)
grounds_owed = st.sampled_from([code for code, ground in GROUNDS.items() if ground.owes])


def use(value: str, key: str = "local_avg_wage_monthly") -> ParameterUse:
    return ParameterUse(key, key, Decimal(value), "元", "孝感市", date(2026, 7, 1), "公报")


def person(**changes) -> PersonFacts:
    facts = PersonFacts(
        "NEGOTIATED_EMPLOYER", first_day=date(2011, 3, 7), last_day=date(2026, 12, 31), average=Decimal("3104.58"),
        last_month_wage=Decimal("3111.25"), sex="F", birth_day=date(1977, 8, 15), retirement_category="female50",
    )  # fmt: skip
    return replace(facts, **changes)


def line(settlement: Settlement, key: str) -> Line:
    return next(each for each in settlement.lines if each.key == key)


def codes(facts: PersonFacts, local: Local = HERE, policy: Policy | None = None) -> set[str]:
    policy = policy or Policy()
    return {flag.code for flag in flags(facts, settle(facts, policy, local), policy, local, TODAY)}


# the whole


def test_a_settlement_explains_itself_with_articles_and_parameters():
    settlement = settle(person(), Policy(), HERE)
    assert settlement.severance == settlement.total == Decimal("49673.28")
    assert line(settlement, "service").formula == "2011-03-07 至 2026-12-31 = 15 年 9 个月 25 天，余数满 6 个月计 1 年"
    assert line(settlement, "service").articles == (LCL_47_1,)
    assert line(settlement, "floor").parameters == (MINIMUM,)
    assert REG_27 in line(settlement, "floor").articles
    assert line(settlement, "ceiling").articles == (LCL_47_2,)
    assert line(settlement, "severance").formula == "16 × 3,104.58"
    assert (settlement.tax, settlement.net) == (Decimal("0.00"), Decimal("49673.28"))
    assert line(settlement, "tax").articles == (TAX_164_5_1,)


def test_lines_that_do_not_add_up_are_refused():
    settlement = settle(person(), Policy(), HERE)
    wrong = replace(settlement, total=settlement.total + Decimal("0.01"))
    with pytest.raises(ValueError, match="add up"):
        _ = wrong.lines


def test_old_service_names_the_rule_of_its_time():
    settlement = settle(person(first_day=date(1999, 3, 1)), Policy(), HERE)
    assert line(settlement, "service").articles == (LCL_97_3, O481_5, LCL_47_1)


def test_joined_stretches_name_the_article_that_joins_them():
    parts = (Segment(date(2016, 5, 10), date(2018, 3, 31)), Segment(date(2018, 4, 1)))
    assert REG_10 in line(settle(person(segments=parts), Policy(), HERE), "service").articles


def test_notice_pay_is_the_last_months_wage_and_counts_into_the_total():
    settlement = settle(person(ground="NOFAULT_40_3", is_notice_given=False), Policy(), HERE)
    assert line(settlement, "notice").articles[-1] == REG_20
    assert settlement.total == Decimal("49673.28") + Decimal("3111.25")


def test_short_notice_may_be_paid_by_the_missing_days():
    facts = person(ground="NOFAULT_40_3", notice_day=date(2026, 12, 11))
    assert settle(facts, Policy(), HERE).notice == Decimal("3111.25")
    assert settle(facts, Policy(short_notice="pro_rata"), HERE).notice == Decimal("1037.08")  # ten of thirty days


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"average": None}, "12 个月平均工资（应发）"),
        ({"category": ""}, "用工形式"),
        ({"first_day": None}, "入职日期"),
        ({"last_day": None}, "最后工作日"),
        ({"ground": "NOFAULT_40_2", "last_month_wage": None, "is_notice_given": False}, "上月工资"),
        ({"ground": "NOFAULT_40_2", "last_month_wage": Decimal(0)}, "上月工资"),
        ({"ground": "RETIRE_AGE", "retirement_category": ""}, "女职工退休类别"),
        ({"ground": "PENSION_44_2", "retirement_category": ""}, "女职工退休类别"),
        ({"ground": "PENSION_44_2"}, "已领养老金"),
        ({"ground": "RETIRE_AGE", "birth_day": date(1966, 1, 1)}, "已领养老金"),
        ({"ground": "PENSION_44_2", "category": "REHIRED_PENSIONER"}, "已领养老金"),
        ({"category": "REHIRED_PENSIONER", "retirement_category": ""}, "已领养老金"),
        ({"category": "REHIRED_PENSIONER", "birth_day": None}, "已领养老金"),
        ({"ground": "RETIRE_AGE", "birth_day": None}, "出生日期"),
        ({"ground": "RETIRE_AGE", "sex": "", "retirement_category": ""}, "性别"),
        ({"category": "OVER_AGE_NO_PENSION", "birth_day": date(1973, 1, 1), "retirement_category": ""}, "女职工退休类别"),
        ({"category": "OVER_AGE_NO_PENSION", "birth_day": None}, "出生日期"),
        ({"category": "PART_TIME", "hours_per_day": Decimal(3), "days_per_week": Decimal(5), "pay_cycle_days": 15}, "按小时计酬"),
        ({"category": "PART_TIME", "hours_per_day": Decimal(3), "days_per_week": Decimal(5), "is_paid_by_hour": True},
         "几天发一次工资"),
    ],
)  # fmt: skip
def test_an_unknown_fact_is_asked_for_and_never_guessed(changes, what):
    settlement = settle(person(**changes), Policy(), HERE)
    assert settlement.total is None
    assert what in [each.what for each in settlement.blocking]


@pytest.mark.parametrize(
    "changes",
    [
        {"ground": "PENSION_44_2", "retirement_category": "", "is_pension_drawn": True},
        {
            "ground": "PENSION_44_2",
            "retirement_category": "",
            "category": "REHIRED_PENSIONER",
            "birth_day": date(1960, 1, 1),
        },
        {"category": "REHIRED_PENSIONER", "is_pension_drawn": True},
        {"ground": "RETIRE_AGE"},  # too young whether she draws one or not
        {"ground": "PENSION_44_2", "retirement_category": "", "category": "STUDENT"},
        {
            "category": "OVER_AGE_NO_PENSION",
            "birth_day": date(1960, 1, 1),
            "retirement_category": "",
        },  # past either age
        {"category": "PART_TIME", "hours_per_day": Decimal(5)},  # one broken mark is enough
        {"category": "PART_TIME", "ground": "RESIGN_37"},
        {"category": "", "ground": "RESIGN_37"},
    ],
)
def test_what_decides_nothing_is_not_asked_for(changes):
    assert settle(person(**changes), Policy(), HERE).total is not None


def test_what_is_open_shows_no_amount_at_all():
    settlement = settle(person(category="PART_TIME"), Policy(), HERE)
    assert (settlement.severance, settlement.years, settlement.total) == (None, None, None)
    assert [line.key for line in settlement.lines if line.amount is not None] == ["notice"]


def test_a_notice_that_is_not_registered_is_not_given_yet():
    settlement = settle(person(ground="NOFAULT_40_2"), Policy(), HERE)
    assert settlement.total == Decimal("49673.28") + Decimal("3111.25")
    assert "登记通知日期后再定" in line(settlement, "notice").note
    assert line(settle(person(ground="NOFAULT_40_2", is_notice_given=False), Policy(), HERE), "notice").note == ""


def test_whether_pay_in_lieu_of_notice_is_taxed_with_the_lump_sum_is_the_colleges_choice():
    local = replace(HERE, annual_wage=use("10000", "local_avg_wage_annual"), tax_table=TABLE)
    served = person(ground="NOFAULT_40_2", is_notice_given=True)
    unserved = replace(served, is_notice_given=False)
    alone = settle(served, Policy(), local).tax
    assert settle(unserved, Policy(tax_plus_one="no"), local).tax == alone > 0
    assert settle(unserved, Policy(tax_plus_one="yes"), local).tax > alone


def test_the_exposure_is_the_double_severance_and_nothing_else():
    leave = LeaveFacts(
        elapsed_days=365, cumulative_years=Decimal(11), taken_days=Decimal(0), monthly_wage=Decimal(3000)
    )
    extra = Extra("DEPOSIT", "押金", Decimal(500), "退还", "收据")
    risk = exposure(person(leave=leave, earlier_leave=((2025, leave),), extras=(extra,)), Policy(), HERE)
    assert risk.total == risk.severance == 2 * Decimal("49673.28")


def test_the_leave_of_a_past_year_follows_the_working_life_as_it_was_then():
    end = date(2026, 12, 31)
    years = {
        year: leave_of(year, date(2016, 3, 15), end, Decimal(11), None, "", None)
        for year in (2026, 2025, 2024, 2016, 2015)
    }
    assert [years[year].cumulative_years for year in (2026, 2025, 2024, 2016)] == [11, 10, 9, 1]
    assert (
        leave_of(2016, date(2016, 3, 15), end, Decimal(3), None, "", None).cumulative_years == 0
    )  # never below nothing
    assert years[2015] is None


def test_the_leave_changes_on_the_day_on_which_ten_years_are_full():
    full = replace(leave_in("10.9"), year=2027, elapsed_days=31)
    past = leave_of(2026, date(2020, 1, 1), date(2027, 1, 31), Decimal("10.9"), Decimal(0), "", Decimal(2175))
    assert past.cumulative_years == Decimal("10.82")  # ten years were full in the March before
    found = unused_leave(past)
    assert found.line.formula == (
        "9 天 × 2,175.00 ÷ 21.75 × 200%（累计工龄 10.82 年，66 ÷ 365 × 5 + 299 ÷ 365 × 10 − 0，取整 9 天）"
    )
    assert "累计工龄 10.9 年，31 ÷ 365 × 10 − 0，取整 0 天" in unused_leave(full).line.formula
    assert bands(Decimal("0.5"), 365) == ((365, 0),)
    assert bands(Decimal("20.1"), 365) == ((328, 10), (37, 15))


@given(st.decimals("0", "45", places=1), st.integers(0, 366), st.integers(0, 20))
def test_leave_by_the_day_is_the_leave_of_the_band_and_never_falls_with_a_longer_working_life(years, here, more):
    parts = bands(years, here)
    assert sum(days for days, _ in parts) == here
    assert [leave for _, leave in parts] == sorted({leave for _, leave in parts})
    longer = bands(years + Decimal(more) / 10, here)
    assert sum(days * leave for days, leave in longer) >= sum(days * leave for days, leave in parts)


def test_leave_that_may_be_claimed_further_back_is_a_figure_of_risk():
    taken = LeaveFacts(
        elapsed_days=365, cumulative_years=Decimal(13), taken_days=Decimal(10), monthly_wage=Decimal(2175)
    )
    facts = person(first_day=date(2016, 1, 1), last_day=date(2026, 12, 31), leave=taken, earlier_leave=((2025, taken),))
    settlement = settle(facts, Policy(), HERE)
    found = {flag.code: flag for flag in flags(facts, settlement, Policy(), HERE, date(2026, 11, 30))}
    assert found["leave-claim"].amount == 2000  # ten days of 2024 at 200 %
    assert line(settlement, "leave").amount == 0
    everything = facts.but(earlier_leave=((2025, taken), (2024, taken)))
    raised = flags(everything, settle(everything, Policy(), HERE), Policy(), HERE, date(2026, 11, 30))
    assert "leave-claim" not in {flag.code for flag in raised}


def test_the_leave_of_dispatched_people_is_their_agencys():
    leave = LeaveFacts(untaken_days=Decimal(5), daily_wage=Decimal(100))
    settlement = settle(person(category="DISPATCH", ground="RETURNED_TO_AGENCY", leave=leave), Policy(), HERE)
    assert (settlement.total, line(settlement, "leave").amount) == (0, Decimal(1000))
    assert not line(settlement, "leave").owed
    assert "劳务派遣单位" in line(settlement, "leave").note
    assert line(settlement, "owed").articles == tuple(dict.fromkeys(line(settlement, "owed").articles))


def test_what_the_agency_owes_is_shown_and_never_in_the_colleges_total():
    facts = person(category="DISPATCH", ground="NOFAULT_40_3", is_notice_given=False)
    found = settle(facts, Policy(), HERE)
    assert (found.severance, found.notice, found.other, found.total, found.tax) == (0, 0, 0, 0, 0)
    assert [(each.key, each.amount) for each in found.lines if "由它支付" in each.note] == [
        ("severance", Decimal("49673.28")), ("notice", Decimal("3111.25")),
    ]  # fmt: skip
    assert settle(replace(facts, average=None), Policy(), HERE).total == 0  # the agency's to find out
    took_over = Extra("AGENCY", "承担派遣单位的补偿", Decimal("49673.28"), "派遣协议第 8 条", "甲 登记，乙 复核")
    found = settle(replace(facts, extras=(took_over,)), Policy(), HERE)
    assert found.total == Decimal("49673.28")
    assert "49,673.28" in line(found, "tax").formula
    assert exposure(facts, Policy(), HERE).severance == 2 * Decimal("49673.28")  # LCL_92: jointly


def test_injury_sums_are_owed_and_not_taxed():
    sums = Extra("INJURY_JOB", "一次性伤残就业补助金", Decimal(300_000), "省标准", "甲 登记，乙 复核")
    found = settle(person(extras=(sums,)), Policy(), HERE)
    assert (found.total, found.tax) == (Decimal("349673.28"), 0)
    assert [each.code for each in line(found, "injury").articles] == ["REG_23", "INJURY_36", "INJURY_37"]
    later = tax_of_more(found.lines, line(found, "injury"), None, None, HERE, "NEGOTIATED_EMPLOYER")
    assert (later.amount, later.line.formula) == (0, "工伤保险待遇免税")


def test_who_stays_takes_the_leave_and_is_not_paid_for_it():
    leave = LeaveFacts(untaken_days=Decimal(5), daily_wage=Decimal(100))
    found = settle(person(ground="MOVED_TO_OTHER_POST", leave=leave, earlier_leave=((2025, leave),)), Policy(), HERE)
    assert (found.total, [each.key for each in found.lines if each.key == "leave"]) == (0, [])


def test_the_leave_of_a_past_year_that_nobody_registered_is_asked_for_with_the_most_it_can_be():
    leave = LeaveFacts(
        elapsed_days=365, cumulative_years=Decimal(12), taken_days=Decimal(10), monthly_wage=Decimal(2175)
    )
    settlement = settle(person(leave=leave), Policy(), HERE)
    assert [(each.what, each.blocks) for each in settlement.missing] == [("2025 年已休年假天数", False)]
    assert "最多 2,000.00 元" in next(each.formula for each in settlement.lines if each.label == "2025 年未休年休假")
    assert settle(person(leave=leave), Policy(leave_reach="1"), HERE).missing == ()
    assert settle(person(leave=leave, first_day=date(2026, 3, 1)), Policy(), HERE).missing == ()


@pytest.mark.parametrize(
    ("category", "label"),
    [("STUDENT", "劳务关系终止"), ("OVER_AGE_NO_PENSION", "劳务关系终止"), ("REHIRED_PENSIONER", "已享受养老保险待遇")],
)
def test_who_draws_no_pension_does_not_end_by_drawing_one(category, label):
    facts = person(category=category, ground="PENSION_44_2", birth_day=date(1960, 1, 1), is_pension_drawn=None)
    found = settle(facts, Policy(), HERE)
    assert found.ground_label == label
    assert ("养老金" in found.lines[0].formula) is False


def test_the_tax_is_written_so_that_it_computes():
    local = Local(min_wage=MINIMUM, average_wage=use("9000"), annual_wage=use("12000"), tax_table=TABLE)
    assert line(settle(person(), Policy(), local), "tax").formula == "(49,673.28 − 3 × 12,000.00) × 3%"


@pytest.mark.parametrize(
    ("taxable", "tax", "quick"),
    [
        ("36000", "1080.00", "0"), ("36000.01", "1080.00", "2520"), ("144000", "11880.00", "2520"), ("300000", "43080.00", "16920"),
        ("420000", "73080.00", "31920"), ("660000", "145080.00", "52920"), ("960000", "250080.00", "85920"),
        ("1000000", "268080.00", "181920"),
    ],
)  # fmt: skip
def test_the_tax_follows_the_yearly_table_and_its_quick_deductions(taxable, tax, quick):
    amount, _, deducted = tax_on(Decimal(taxable), TABLE)
    assert (amount, deducted) == (Decimal(tax), Decimal(quick))


def test_a_tax_table_that_is_not_entered_is_asked_for_where_something_is_taxed():
    local = Local(min_wage=MINIMUM, average_wage=use("9000"), annual_wage=use("12000"))
    found = settle(person(), Policy(), local)
    assert found.tax is None
    assert [each.what for each in found.missing] == ["综合所得年度税率表"]
    assert settle(person(), Policy(), replace(local, annual_wage=use("90000"))).tax == 0


def test_severance_in_two_parts_is_shown_in_two_parts():
    capped = person(ground="LAYOFF_41", first_day=date(1999, 3, 1), last_day=date(2021, 6, 30), average=Decimal(20000))
    found = settle(capped, Policy(), Local(min_wage=MINIMUM, average_wage=use("5000")))
    assert found.severance_formula == "9 × 20,000.00（2008 年以前不封顶） + 12 × 15,000.00（最多 12 年）"


def test_a_missing_parameter_is_asked_for():
    assert settle(person(), Policy(), Local(proxy=PROXY)).blocking[0].what == "当地月最低工资标准"
    assert settle(person(), Policy(), Local(min_wage=MINIMUM)).blocking[0].what == "本地区上年度职工月平均工资"


def test_the_proxy_screens_up_to_its_limit_and_then_asks():
    at_limit = settle(person(average=Decimal("15145.75")), Policy(), HERE)
    assert at_limit.is_screened
    assert at_limit.severance == Decimal("242332.00")
    assert settle(person(average=Decimal("15145.76")), Policy(), HERE).total is None


def test_the_tax_screen_gives_nothing_or_asks():
    long = person(average=Decimal("11359"))  # × 16 = 181,744
    assert settle(long, Policy(), HERE).tax == 0
    over = settle(person(average=Decimal("11360")), Policy(), HERE)
    assert over.tax is None
    assert over.total == Decimal("181760.00")


def test_unknown_leave_leaves_the_total_and_is_said():
    settlement = settle(person(leave=LeaveFacts(elapsed_days=365)), Policy(leave_reach="1"), HERE)
    assert settlement.total == Decimal("49673.28")
    assert [each.what for each in settlement.missing] == ["累计工龄"]


def test_known_leave_is_its_own_line():
    leave = LeaveFacts(
        elapsed_days=365, cumulative_years=Decimal(15), taken_days=Decimal(6), monthly_wage=Decimal("2871.25")
    )
    settlement = settle(person(leave=leave), Policy(), HERE)
    assert line(settlement, "leave").amount == Decimal("1056.09")
    assert settlement.total == Decimal("50729.37")
    assert settlement.other == Decimal("1056.09")


def test_what_was_agreed_beyond_the_law_stands_alone():
    settlement = settle(person(agreed_extra=Decimal(5000)), Policy(), HERE)
    assert settlement.severance == Decimal("49673.28")
    assert line(settlement, "agreed").amount == Decimal("5000.00")
    assert settlement.total == Decimal("54673.28")


def test_the_medical_subsidy_is_paid_by_choice_only():
    ill = person(ground="NOFAULT_40_1", is_notice_given=True)
    assert settle(ill, Policy(), HERE).total == Decimal("49673.28")
    assert settle(ill, Policy(medical_subsidy="6_months"), HERE).total == Decimal("68300.76")


def test_exposure_is_twice_article_47_over_the_whole_service():
    assert exposure(person(), Policy(), HERE).severance == Decimal("99346.56")


def test_people_hired_before_1996_are_not_cut_by_the_old_ceiling_in_silence():
    early = person(first_day=date(1990, 1, 1), last_day=date(2026, 6, 30))
    assert settle(early, Policy(), HERE).years == Decimal("37")  # 36 years 6 months, unified; segmented 12 + 19 = 31
    assert settle(early, Policy(pre1996_method="segmented"), HERE).years == 31
    assert "choose-method" in codes(early)
    figures = old_service_figures(early, Policy(), HERE, settle(early, Policy(), HERE))
    assert figures.from_2008 == Decimal("58987.02")  # 18 years 6 months: 19


def test_the_higher_count_is_the_one_that_pays_more_and_not_the_longer_one():
    """Above the ceiling the years before 2008 keep their own wage when they are counted apart, and are cut when all are one."""
    early = person(
        first_day=date(1992, 3, 1), last_day=date(2026, 12, 31), average=Decimal(19000), sex="M", birth_day=date(1968, 1, 1),
        retirement_category="male60",
    )  # fmt: skip
    here = replace(HERE, average_wage=use("6000"))
    found = settle(early, Policy(), here)
    assert found.severance == found.total == Decimal("444000.00")  # 12 × 19,000 + 12 × 18,000, not 12 × 18,000
    assert settle(early, Policy(pre1996_method="unified"), here).severance == Decimal("216000.00")
    assert line(found, "service").formula.startswith("2008 年以前")
    figures = old_service_figures(early, Policy(), here, found)
    assert (figures.chosen, figures.whole, figures.from_2008) == (444000, 216000, 216000)
    others = {
        each.other: each.difference
        for each in alternatives(early, Policy(), here, found) if each.switch.key == "pre1996_method"
    }  # fmt: skip
    assert sorted(others.values()) == [-228000, 0]


@given(
    first=st.dates(date(1985, 1, 1), date(2007, 12, 31)), last=st.dates(date(2008, 1, 1), date(2035, 12, 31)), average=wages,
    city=st.decimals("1000", "9000", places=2), ground=grounds_owed, scope=st.sampled_from(["whole", "post2008_only"]),
)  # fmt: skip
def test_the_higher_count_pays_what_the_dearer_of_the_two_pays(first, last, average, city, ground, scope):
    facts = person(first_day=first, last_day=last, average=average, ground=ground)
    here = replace(HERE, average_wage=use(str(city)))

    def paid(method: str) -> Decimal:
        policy = Policy(pre1996_method=method, pre2008_method=method, cap_scope=scope)
        return settle(facts, policy, here).severance

    assert paid("higher") == max(paid("segmented"), paid("unified"))


def test_alternatives_tell_what_the_other_choice_would_give():
    facts = person(average_without_overtime=Decimal("2871.25"))
    found = {each.switch.key: each for each in alternatives(facts, Policy(), HERE, settle(facts, Policy(), HERE))}
    assert set(found) == {"overtime_in_base", "last_day"}
    assert found["overtime_in_base"].total == Decimal("45940.00")
    assert found["overtime_in_base"].difference == Decimal("-3733.28")
    assert found["last_day"].difference == 0


# properties


@given(first=days, last=days, average=wages, ground=grounds_owed)
def test_more_service_never_pays_less(first, last, average, ground):
    first, last = sorted((first, last))
    local = Local(min_wage=MINIMUM, average_wage=use("5000"))
    one = settle(PersonFacts(ground, first_day=first, last_day=last, average=average), Policy(), local)
    more = settle(
        PersonFacts(ground, first_day=first, last_day=last + timedelta(days=1), average=average), Policy(), local
    )
    assert more.severance >= one.severance


@given(first=days, last=days, average=wages, ground=grounds_owed, city=st.decimals("1000", "9000", places=2))
def test_the_ceiling_never_pays_more(first, last, average, ground, city):
    first, last = sorted((first, last))
    facts = PersonFacts(ground, first_day=first, last_day=last, average=average)
    capped = settle(facts, Policy(), Local(min_wage=MINIMUM, average_wage=use(str(city)), asks=False))
    assert capped.severance <= settle(facts, Policy(), Local(min_wage=MINIMUM, asks=False)).severance


@given(
    first=days, last=days, average=wages, ground=st.sampled_from(sorted(GROUNDS)), extra=st.none() | wages,
    leave=st.none() | st.builds(LeaveFacts, untaken_days=st.integers(0, 15).map(Decimal), daily_wage=wages),
    notice=st.booleans(),
)  # fmt: skip
def test_the_owed_lines_are_the_total(first, last, average, ground, extra, leave, notice):
    first, last = sorted((first, last))
    facts = PersonFacts(
        ground, first_day=first, last_day=last, average=average, agreed_extra=extra, leave=leave, is_notice_given=notice,
        last_month_wage=average,
    )  # fmt: skip
    settlement = settle(facts, Policy(), Local(min_wage=MINIMUM, annual_wage=use("60000"), tax_table=TABLE, asks=False))
    assert settlement.total == sum(each.amount for each in settlement.lines if each.owed)
    assert settlement.net <= settlement.total


@given(parts=st.lists(st.tuples(days, st.integers(0, 2000), st.booleans()), min_size=1, max_size=5), data=st.data())
def test_the_order_of_stretches_does_not_matter(parts, data):
    segments = [Segment(first, first + timedelta(days=length), is_paid) for first, length, is_paid in parts]
    shuffled = data.draw(st.permutations(segments))
    one = counted(person(segments=tuple(segments)), GROUNDS["UNSPECIFIED_N"], Policy())
    assert one.years == counted(person(segments=tuple(shuffled)), GROUNDS["UNSPECIFIED_N"], Policy()).years


@given(first=days, length=st.integers(0, 9000), cut=st.integers(1, 8999))
def test_cutting_a_stretch_in_two_changes_nothing(first, length, cut):
    last, middle = first + timedelta(days=length), first + timedelta(days=min(cut, length))
    whole = person(segments=(Segment(first, last),))
    two = person(segments=(Segment(first, middle), Segment(middle, last)))
    assert stretches(whole, Policy()) == stretches(two, Policy())


@given(first=days, last=days)
def test_elapsed_time_leads_back_to_its_end(first, last):
    first, last = sorted((first, last))
    span = elapsed(first, last)
    assert 0 <= span.days <= 31
    assert rounded_up(span) >= article_47(span) >= span.months // 12


def test_six_months_are_a_year_and_a_day_is_half():
    assert article_47(Span(6, 0)) == 1
    assert article_47(Span(5, 30)) == Decimal("0.5")
    assert article_47(Span(0, 1)) == Decimal("0.5")
    assert article_47(Span(12, 0)) == 1


def test_a_month_after_the_thirty_first_ends_with_a_short_month():
    assert roll_months(date(2021, 1, 31), 1) == date(2021, 3, 1)
    assert roll_months(date(2021, 1, 28), 1) == date(2021, 2, 28)


# retirement


def test_retirement_falls_on_the_birthday_clamped_to_its_month():
    assert statutory_day("male60", date(1965, 8, 31)) == date(2025, 10, 31)
    assert statutory_day("female50", date(1975, 5, 31)) == date(2025, 8, 31)
    assert retirement("male60", 1965, 1).age == "60 岁 1 个月"
    assert retirement("male60", 1964, 12).age == "60 岁"


@given(
    birth=st.dates(date(1955, 1, 1), date(2000, 12, 28)), category=st.sampled_from(["male60", "female55", "female50"])
)
def test_who_is_born_later_retires_later(birth, category):
    later = birth + timedelta(days=31)
    assert statutory_day(category, later) > statutory_day(category, birth)


def test_near_retirement_is_less_than_five_years():
    assert is_near(date(2026, 12, 31), date(2031, 12, 30))
    assert not is_near(date(2026, 12, 31), date(2031, 12, 31))
    assert not is_near(date(2026, 12, 31), date(2026, 12, 31))


# flags: each once up and once not

LATE = {"first_day": date(2020, 1, 1)}
EXPIRY = {"ground": "EXPIRY_NOT_RENEWED"}
COMING = DoubleWageFacts(
    first_day=date(2026, 11, 1), last_day=date(2026, 12, 31), base=Decimal(3000), counted_until=TODAY
)
PART_TIME = {
    "category": "PART_TIME", "hours_per_day": Decimal(3), "days_per_week": Decimal(5), "is_paid_by_hour": True, "pay_cycle_days": 15,
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "up", "down"),
    [
        ("protected", {"ground": "NOFAULT_40_3", "protected": ("PREGNANCY",)}, {"protected": ("PREGNANCY",)}),
        ("extended", {"ground": "EXPIRY_NOT_RENEWED", "protected": ("WORK_INJURY",)}, {"ground": "EXPIRY_NOT_RENEWED"}),
        ("protected-known", {"protected": ("NURSING",)}, {}),
        ("protection-unchecked", {"ground": "LAYOFF_41"}, {"ground": "LAYOFF_41", "protected": ("PREGNANCY",)}),
        ("female-category", {"retirement_category": ""}, {"retirement_category": "", "sex": "M", "birth_day": date(1990, 1, 1)}),
        ("female-category", {"retirement_category": ""},
         {"retirement_category": "", "category": "REHIRED_PENSIONER", "is_pension_drawn": True}),
        ("too-young", {"ground": "RETIRE_AGE"}, {"ground": "RETIRE_AGE", "birth_day": date(1970, 1, 1)}),
        ("too-young", {"ground": "PENSION_44_2", "is_pension_drawn": False}, {"ground": "PENSION_44_2", "is_pension_drawn": True}),
        ("pension-not-drawn", {"ground": "PENSION_44_2", "birth_day": date(1970, 1, 1), "is_pension_drawn": False},
         {"ground": "PENSION_44_2", "birth_day": date(1970, 1, 1), "is_pension_drawn": True}),
        ("past-age", {"birth_day": date(1970, 1, 1)}, {}),
        ("near-retirement", {}, LATE),
        ("over-age", {"category": "OVER_AGE_NO_PENSION", "birth_day": date(1966, 1, 1)}, {}),
        ("expired-and-working", {"contract_to": date(2026, 10, 31)}, {"contract_to": date(2026, 11, 30)}),
        ("not-expired", EXPIRY | {"contract_to": date(2028, 12, 31)}, EXPIRY | {"contract_to": date(2026, 12, 31)}),
        ("expiry-unknown", EXPIRY, EXPIRY | {"contract_to": date(2026, 12, 31)}),
        ("expiry-unknown", EXPIRY, EXPIRY | PART_TIME),
        ("terms-unknown", EXPIRY | LATE | {"contract_from": date(2024, 1, 1)}, EXPIRY | LATE | {"contract_from": date(2020, 1, 1)}),
        ("terms-unknown", EXPIRY | LATE, EXPIRY | LATE | {"fixed_terms": 1}),
        ("contract-dates", {"contract_from": date(2011, 3, 7)}, {"contract_to": date(2026, 12, 31)}),
        ("contract-dates", {}, {"is_open_ended": True}),
        ("unsigned-start", {"gaps": (Gap(date(2025, 10, 18), date(2026, 5, 31), False),)},
         {"gaps": (Gap(date(2020, 10, 18), date(2021, 5, 31), False),)}),
        ("sign-now", {"double_wages": (COMING,)}, {"double_wages": (replace(COMING, last_day=TODAY),)}),
        ("return-protected", {"category": "DISPATCH", "ground": "RETURNED_TO_AGENCY", "protected": ("PREGNANCY",)},
         {"category": "DISPATCH", "ground": "RETURNED_TO_AGENCY"}),
        ("injury-sums", {"disability_grade": 7}, {"disability_grade": 0}),
        ("injury-sums", {"disability_grade": 5}, {"disability_grade": 5, "ground": "DEATH_44_3"}),
        ("notice-low", {"ground": "NOFAULT_40_1", "last_month_wage": Decimal(1200)},
         {"ground": "NOFAULT_40_1", "last_month_wage": Decimal(1970)}),
        ("two-terms", {"ground": "EXPIRY_NOT_RENEWED", "fixed_terms": 2}, {"ground": "EXPIRY_NOT_RENEWED", "fixed_terms": 1}),
        ("ten-years", {"ground": "EXPIRY_NOT_RENEWED"}, {"ground": "EXPIRY_NOT_RENEWED"} | LATE),
        ("open-ended", {"ground": "EXPIRY_NOT_RENEWED", "is_open_ended": True}, {"is_open_ended": True}),
        ("exit-check", {"is_hazard_post": True}, {"is_hazard_post": True, "exit_check_day": date(2026, 12, 1)}),
        ("union-office", {"union_office_until": date(2027, 1, 1)}, {"union_office_until": date(2026, 1, 1)}),
        ("union-letter", {"ground": "NOFAULT_40_2"}, {"ground": "NOFAULT_40_2", "union_told": {"NOFAULT_40_2": date(2026, 11, 1)}}),
        ("union-letter", {"ground": "FAULT_39", "union_told": {"NOFAULT_40_2": date(2026, 11, 1)}},
         {"ground": "FAULT_39", "union_told": {"FAULT_39": date(2026, 11, 1)}}),
        ("union-too-late", {"ground": "NOFAULT_40_2", "union_told": {"NOFAULT_40_2": date(2026, 11, 1)}, "notice_day": date(2026, 11, 15)},
         {"ground": "NOFAULT_40_2", "union_told": {"NOFAULT_40_2": date(2026, 11, 1)}, "notice_day": date(2026, 11, 16)}),
        ("union-too-late", {"ground": "FAULT_39", "union_told": {"FAULT_39": date(2026, 12, 17)}},
         {"ground": "FAULT_39", "union_told": {"FAULT_39": date(2026, 12, 16)}}),
        ("hired-after-contract", {"contract_from": date(2011, 3, 1)}, {"contract_from": date(2011, 3, 7)}),
        ("gap", {"segments": (Segment(date(2011, 1, 1), date(2015, 1, 1)), Segment(date(2015, 2, 1)))},
         {"segments": (Segment(date(2011, 1, 1), date(2015, 1, 1)), Segment(date(2015, 1, 2)))}),
        ("no-contract", {"category": "NO_WRITTEN_CONTRACT"}, {}),
        ("part-time", {"category": "PART_TIME", "hours_per_day": Decimal(5)}, {"category": "PART_TIME"}),
        ("part-time-unchecked", PART_TIME | {"pay_cycle_days": None}, PART_TIME),
        ("no-contract", PART_TIME | {"hours_per_day": Decimal(5)}, PART_TIME),
        ("uninsured", PART_TIME | {"hours_per_day": Decimal(5), "is_insured": False}, PART_TIME | {"is_insured": False}),
        ("uninsured", {"is_insured": False}, {"is_insured": None}),
        ("below-minimum", {"average": Decimal(1900)}, {"average": Decimal(1970)}),
        ("screened", {}, {"category": "STUDENT"}),
        ("choose-method", {"first_day": date(1995, 12, 31)}, {"first_day": date(1996, 1, 1)}),
        ("methods-differ", {"first_day": date(1999, 7, 2)}, {"first_day": date(1999, 3, 1)}),
        ("methods-differ", {"first_day": date(1990, 7, 2)}, {"first_day": date(1999, 7, 2), "ground": "UNLAWFUL_87"}),
        ("reason", {"ground": "FORCED_RESIGNATION_38_OTHER", "first_day": date(2005, 1, 1)},
         {"ground": "FORCED_RESIGNATION_38_OTHER", "first_day": date(2005, 1, 1), "forced_reason": "FRAUD"}),
        ("unlawful-risk", {"ground": "NOFAULT_40_3"}, {"ground": "NOFAULT_40_2"}),
        ("notice-after-end", {"ground": "NOFAULT_40_3", "notice_day": date(2027, 1, 1)},
         {"ground": "NOFAULT_40_3", "notice_day": date(2026, 12, 31)}),
        ("work-death", {"ground": "DEATH_44_3", "protected": ("WORK_INJURY",)}, {"ground": "DEATH_44_3", "protected": ("MEDICAL_PERIOD",)}),
        ("work-death", {"ground": "DEATH_44_3", "protected": ("OCCUPATIONAL",)}, {"protected": ("OCCUPATIONAL",)}),
        ("assessment", {"ground": "NOFAULT_40_1"}, {}),
        ("dispatch", {"category": "DISPATCH"}, {}),
        ("negotiate", {}, {"ground": "LAYOFF_41"}),
    ],
)  # fmt: skip
def test_a_flag_is_up_when_its_facts_hold_and_only_then(code, up, down):
    assert code in codes(person(**up))
    assert code not in codes(person(**down))


def flag_of(code: str, facts: PersonFacts, local: Local = HERE, policy: Policy | None = None):
    policy = policy or Policy()
    raised = flags(facts, settle(facts, policy, local), policy, local, TODAY)
    return next((flag for flag in raised if flag.code == code), None)


def test_to_end_a_contract_before_it_runs_out_costs_twice():
    facts = person(**EXPIRY | LATE, contract_to=date(2028, 12, 31), fixed_terms=1)
    found = flag_of("not-expired", facts)
    assert (found.level, found.amount) == ("bad", exposure(facts, Policy(), HERE).severance)
    assert found.amount == 2 * settle(facts, Policy(), HERE).severance
    assert [flag.code for flag in blocks(facts)] == ["not-expired"]


def test_an_unchecked_part_timer_is_told_what_full_time_would_pay():
    found = flag_of("part-time-unchecked", person(**PART_TIME | {"is_paid_by_hour": None}))
    assert found.amount == Decimal("49673.28")
    assert "按小时计酬没有填" in found.text
    assert settle(person(**PART_TIME), Policy(), HERE).severance == 0


def test_an_average_of_another_year_says_what_the_ceiling_cut():
    old, new = (replace(use("5000"), data_year=year) for year in (2022, 2025))
    facts, local = (
        person(average=Decimal(20000)),
        Local(min_wage=MINIMUM, average_wage=old, proxy=PROXY, tax_table=TABLE),
    )
    found = flag_of("stale-average", facts, local)
    assert (found.level, found.amount, found.title) == ("warn", 16 * 20000 - 12 * 15000, "封顶用的是 2022 年的数")
    assert flag_of("stale-average", facts, replace(local, average_wage=new)) is None
    assert flag_of("stale-average", person(), local).level == "info"
    taxed = replace(local, annual_wage=replace(use("50000"), data_year=2022))
    assert flag_of("stale-tax", facts, taxed).amount == settle(facts, Policy(), taxed).tax > 0
    assert flag_of("stale-tax", facts, replace(local, annual_wage=new)) is None


def test_the_other_choice_for_people_past_the_age_is_what_the_flag_says():
    facts = person(**OVER, ground="PENSION_44_2")
    found = settle(facts, Policy(), HERE)
    other = next(each for each in alternatives(facts, Policy(), HERE, found) if each.switch.key == "over_age")
    assert flag_of("over-age", facts).amount == other.difference == Decimal("49673.28")


def test_two_ways_of_counting_the_years_before_2008_are_put_side_by_side():
    facts = person(first_day=date(1999, 3, 1), last_day=date(2014, 6, 30), average=Decimal(3000))
    found = flag_of("methods-differ", facts)  # nine years and six and a half, or fifteen and a half in one
    assert (found.level, found.amount) == ("warn", Decimal(1500))
    assert "分段计算 48,000.00 元，合并按第四十七条 46,500.00 元；现在按“分段计算”" in found.text


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("union-letter", {"ground": "NOFAULT_40_2"}), ("union-letter", {"ground": "FAULT_39"}),
        ("no-other-post", {"ground": "NOFAULT_40_1"}), ("expired-and-working", {"contract_to": date(2026, 10, 31)}),
        ("lower-pay", {"ground": "NOFAULT_40_3", "monthly_wage": Decimal(3000),
                       "offers": (OfferFacts("OTHER_POST", date(2026, 11, 1), monthly_pay=Decimal(2500)),)}),
    ],
)  # fmt: skip
def test_a_step_left_out_says_what_an_unlawful_end_would_cost(code, changes):
    found = flag_of(code, person(**changes))
    assert found.amount == exposure(person(), Policy(), HERE).severance
    assert f"按违法解除付 {found.amount:,.2f} 元" in found.text
    assert flag_of(code, person(**changes, average=None)).amount is None


def test_missing_insurance_says_what_leaving_for_it_would_pay():
    facts = person(first_day=date(2005, 1, 1), is_insured=False)
    forced = settle(facts.on_ground("FORCED_RESIGNATION_38_SI"), Policy(), HERE).severance
    assert (
        flag_of("uninsured", facts).amount
        == flag_of("insurance-gap", replace(facts, insured_months=3)).amount
        == forced
    )
    assert forced == 19 * Decimal("3104.58")  # from 2008 alone
    assert f"{forced:,.2f} 元，与其他经济补偿不重复" in flag_of("uninsured", facts).text


def test_who_is_owed_nothing_is_not_said_to_have_a_claim():
    facts = person(**OVER, is_pension_drawn=False, insured_months=3)
    found = flag_of("insurance-gap", facts)
    assert (found.amount, "据此解除" in found.text, "补缴" in found.text) == (None, False, True)
    assert "本人可据此解除并要求补偿" in flag_of("insurance-gap", person(insured_months=3, average=None)).text


def test_work_without_a_contract_says_what_it_costs_by_today():
    unsigned = DoubleWageFacts(first_day=date(2026, 9, 1), last_day=date(2026, 10, 31), base=Decimal(3000))
    found = flag_of("no-contract", person(category="NO_WRITTEN_CONTRACT", double_wages=(unsigned,)))
    assert found.amount == Decimal(6000)
    assert "现在计 6,000.00 元" in found.text


def test_the_dead_are_told_nothing_that_only_the_living_can_do():
    facts = person(
        ground="DEATH_44_3",
        birth_day=date(1966, 1, 1),
        is_insured=False,
        contract_to=date(2026, 6, 30),
        protected=("NURSING",),
    )
    raised = flags(facts, settle(facts, Policy(), HERE), Policy(), HERE, TODAY)
    told = "".join(flag.text for flag in raised)
    assert not {"over-age", "over-age-agreement", "past-age", "protected-known", "expired-and-working"} & {
        flag.code for flag in raised
    }
    assert ("本人可据此解除" in told, "双方同意" in told) == (False, False)
    assert "丧葬补助金、抚恤金" in told
    assert flag_of("uninsured", facts).amount is None


def test_returning_protected_people_is_barred_by_article_13():
    facts = person(category="DISPATCH", ground="RETURNED_TO_AGENCY")
    assert [(flag.code, flag.level) for flag in blocks(facts)] == [("near-retirement", "bad")]
    barred = flag_of("return-protected", replace(facts, protected=("PREGNANCY",)))
    assert [article.code for article in barred.articles] == ["DISPATCH_13", "LCL_42"]


def test_injury_sums_name_the_article_of_the_grade():
    assert [flag_of("injury-sums", person(disability_grade=grade)).articles[0].code for grade in (6, 7)] == [
        "INJURY_36", "INJURY_37",
    ]  # fmt: skip


@given(ends=days, more=st.integers(0, 70))
def test_a_month_after_the_contract_is_counted_the_same_everywhere(ends, more):
    last, hired = ends + timedelta(days=more), ends - timedelta(days=400)
    facts = person(first_day=hired, contract_to=ends, last_day=last)
    assert (flag_of("expired-and-working", facts) is not None) == bool(gaps(hired, [Term(hired, ends, hired)], last))


@given(
    category=st.sampled_from(["CONTRACT", "DISPATCH", "PART_TIME", "OVER_AGE_NO_PENSION"]),
    ground=st.sampled_from(sorted(GROUNDS)),
)
def test_no_article_stands_twice_in_a_line_or_a_flag(category, ground):
    facts = person(category=category, ground=ground, protected=("PREGNANCY",), segments=(Segment(date(2001, 1, 1)),))
    settlement = settle(facts, Policy(), HERE)
    for each in (*settlement.lines, *flags(facts, settlement, Policy(), HERE, TODAY)):
        assert len(set(each.articles)) == len(each.articles), each


def test_the_cliff_is_two_percent_around_three_times_the_average():
    local = Local(min_wage=MINIMUM, average_wage=use("5000"))
    assert "cliff" in codes(person(average=Decimal("14700")), local)
    assert "cliff" not in codes(person(average=Decimal("14699")), local)


def test_near_retirement_bars_articles_40_and_41_and_only_warns_elsewhere():
    assert "near-retirement" in {flag.code for flag in blocks(person(ground="NOFAULT_40_3"))}
    assert blocks(person()) == ()


def test_part_time_work_paid_by_the_month_is_full_time_for_a_person_of_the_college():
    facts = person(category="PART_TIME", pay_cycle_days=30)
    assert settle(facts, Policy(), HERE).severance == Decimal("49673.28")
    assert "30 天发一次工资" in settle(facts, Policy(), HERE).lines[0].note


def test_double_wage_without_a_calendar_asks_for_it():
    facts = person(
        first_day=date(2026, 1, 10), last_day=date(2026, 3, 30), double_wages=(DoubleWageFacts(),), is_notice_given=True
    )
    settlement = settle(facts, Policy(), HERE)
    assert "2026 年工作日历" in [each.what for each in settlement.missing]


def test_every_switch_is_a_field_of_the_policy_and_the_other_way_round():
    assert set(SWITCHES) == set(Policy.__dataclass_fields__)
    assert all(getattr(Policy(), key) == switch.default for key, switch in SWITCHES.items())
    with pytest.raises(ValueError, match="no option"):
        Policy(cap_scope="sometimes")


def test_every_ground_has_articles_and_a_reason_in_words():
    assert all(ground.articles and ground.why and ground.label for ground in GROUNDS.values())


# what follows from a ground: a new one must be as safe as those that are there

FIRST_ARTICLES = {
    Ending.FAULT: {LCL_39}, Ending.NO_FAULT: {LCL_40_1, LCL_40_2, LCL_40_3}, Ending.LAYOFF: {LCL_41},
    Ending.AGREED: {LCL_36}, Ending.BOUGHT_OUT: {LCL_36},
    Ending.OWN_WILL: {LCL_36, LCL_37}, Ending.FORCED: {LCL_38}, Ending.DEATH: {LCL_44_3}, Ending.EXPIRY: {LCL_44_1},
    Ending.AGE: {LCL_44_2, REG_21}, Ending.EVENT: {LCL_44_4, LCL_44_5, REG_5, REG_6, REG_22}, Ending.HANDED_OVER: {REG_10},
    Ending.RETURNED: {LCL_65}, Ending.STAYS: {LCL_35},
}  # fmt: skip
GIVEN = sorted(code for code, ground in GROUNDS.items() if ground.ending is not Ending.NOT_GIVEN)


@pytest.mark.parametrize("code", sorted(NO_FAULT))
def test_article_40_is_cited_with_its_item(code):
    item = {"1": "第一项", "2": "第二项", "3": "第三项"}[code[-1]]
    assert GROUNDS[code].articles[0].place == f"第四十条{item}"


@pytest.mark.parametrize("code", GIVEN)
def test_a_ground_ends_the_employment_as_its_first_article_says(code):
    ground = GROUNDS[code]
    assert ground.articles[0] in FIRST_ARTICLES[ground.ending]
    assert ground.is_in_the_person <= (code in BARRED_BY_42)
    assert ground.may_be_trained <= ground.is_in_the_person


def test_every_ground_that_may_be_given_is_ended_by_the_college_or_both_or_the_worker_or_an_event_or_not_here():
    groups = (UNILATERAL, AGREED, OWN_ENDS - {DEATH}, TERMINATED, NOT_CERTIFIED)
    assert sorted(code for group in groups for code in group) == GIVEN
    assert AGREED | TRANSFERS | ENDS_NOTHING - {""} == {code for code in GIVEN if GROUNDS[code].ending in AGREED_TO}


@pytest.mark.parametrize("code", sorted(UNILATERAL))
def test_what_the_college_ends_alone_asks_for_the_union_and_is_reported_in_numbers(code):
    steps = {duty.key for duty in duties(date(2027, 3, 31), [code], is_mass=True)}
    assert {"union-letter", "union-answer", "union-result", "explain", "report"} <= steps
    assert "union-letter" in codes(person(ground=code))


@pytest.mark.parametrize("code", sorted(UNILATERAL | RETURNS))
def test_only_fault_ends_the_employment_of_people_whom_article_42_protects(code):
    barred = {flag.code for flag in bars(person(ground=code, protected=("PREGNANCY",)))}
    assert bool(barred & {"protected", "return-protected"}) is (code != "FAULT_39")
    near = {flag.code for flag in bars(person(ground=code, birth_day=date(1978, 6, 1), first_day=date(2005, 1, 1)))}
    assert ("near-retirement" in near) is (code != "FAULT_39")


@pytest.mark.parametrize("code", sorted(NO_FAULT))
def test_article_40_asks_for_notice_and_a_real_offer(code):
    assert "notice" in {duty.key for duty in duties(date(2027, 3, 31), [code], is_mass=False)}
    assert settle(person(ground=code, is_notice_given=False), Policy(), HERE).notice == Decimal("3111.25")
    assert ("no-other-post" in codes(person(ground=code))) is (code != "NOFAULT_40_2")


@given(
    st.sampled_from(sorted(COHORTS)),
    st.dates(date(1940, 1, 1), date(2005, 12, 31)),
    st.dates(date(2024, 1, 1), date(2045, 1, 1)),
)
def test_the_window_of_births_says_who_is_near_retirement(category, birth, day):
    after, until = births_near(category, day)
    assert (after < birth <= until) == is_near(day, statutory_day(category, birth))


# contracts, offers, months left out


def test_fixed_terms_count_from_2008_and_extensions_once_they_make_a_year():
    first = Term(date(2007, 1, 1), date(2008, 6, 30), date(2007, 1, 1))
    second = Term(date(2008, 7, 1), date(2010, 6, 30), date(2008, 7, 1))
    assert fixed_terms([first, second]) == 1
    short = Term(date(2010, 7, 1), date(2010, 12, 31), date(2010, 7, 1), "EXTENDED")
    assert fixed_terms([first, second, short]) == 1
    long = Term(date(2011, 1, 1), date(2011, 6, 30), date(2011, 1, 1), "EXTENDED")
    assert fixed_terms([first, second, short, long]) == 2
    assert fixed_terms([second, Term(date(2010, 7, 1), date(2012, 6, 30), None, "AUTO")]) == 2
    assert fixed_terms([second, Term(date(2010, 7, 1), None, date(2010, 7, 1))]) == 1


def test_a_gap_is_work_for_more_than_a_month_without_a_signed_paper():
    hired, last = date(2024, 1, 1), date(2026, 12, 31)
    late = Term(hired, date(2025, 12, 31), date(2024, 3, 15))
    found = gaps(hired, [late], last)
    assert [(gap.first_day, gap.last_day, gap.is_renewal) for gap in found] == [
        (hired, date(2024, 3, 14), False), (date(2026, 1, 1), last, True),
    ]  # fmt: skip
    assert (found[1].double_from, found[1].double_until) == (date(2026, 2, 1), date(2026, 12, 31))
    assert gaps(hired, [Term(hired, None, hired)], last) == ()
    assert gaps(hired, [Term(hired, date(2026, 11, 29), hired)], last) == (Gap(date(2026, 11, 30), last, True),)
    assert gaps(hired, [Term(hired, date(2026, 11, 30), hired)], last) == ()  # a month is allowed


@given(hired=days, lengths=st.lists(st.integers(1, 900), max_size=4), data=st.data())
def test_the_order_of_contracts_does_not_matter_and_gaps_never_overlap_them(hired, lengths, data):
    terms, first = [], hired
    for length in lengths:
        terms.append(Term(first, first + timedelta(days=length), first))
        first += timedelta(days=length + data.draw(st.integers(1, 90)))
    last = first + timedelta(days=data.draw(st.integers(0, 400)))
    found = gaps(hired, terms, last)
    assert found == gaps(hired, data.draw(st.permutations(terms)), last)
    assert all(gap.first_day > term.last_day or gap.last_day < term.first_day for gap in found for term in terms)


def test_work_after_the_contract_ran_out_is_paid_double_unless_the_college_only_shows_it():
    double = DoubleWageFacts(
        first_day=date(2026, 2, 1), last_day=date(2026, 12, 31), base=Decimal(3000), is_renewal=True
    )
    facts = person(double_wages=(double,))
    assert settle(facts, Policy(), HERE).doubles[0].amount == Decimal(33000)
    assert settle(facts, Policy(renewal_gap="show"), HERE).doubles == ()
    assert "renewal_gap" in [
        each.switch.key for each in alternatives(facts, Policy(), HERE, settle(facts, Policy(), HERE))
    ]


def test_each_month_without_a_contract_is_paid_double_by_its_own_wage():
    first, last = date(2025, 2, 1), date(2025, 7, 15)
    known = tuple((date(2025, month, 1), Decimal(4000)) for month in (2, 3, 4, 7))
    double = DoubleWageFacts(first_day=first, last_day=last, base=Decimal(3000), wages=known)
    found = settle(person(double_wages=(double,)), Policy(partial_month="calendar_30"), HERE).doubles[0]
    assert found.amount == 3 * 4000 + 2 * 3000 + 2000
    assert "（3 个月 + 15 天 ÷ 30）× 4,000.00 + （2 个月）× 3,000.00" in found.line.formula
    mid = replace(
        double, first_day=date(2025, 2, 10), last_day=date(2025, 6, 9)
    )  # each month by that in which it begins
    assert settle(person(double_wages=(mid,)), Policy(), HERE).doubles[0].amount == 3 * 4000 + 3000


def test_double_wage_of_days_to_come_is_not_owed_and_may_be_avoided():
    coming = replace(COMING, first_day=date(2027, 2, 1), last_day=date(2027, 3, 31))
    found = settle(person(double_wages=(coming,)), Policy(), HERE).doubles[0]
    assert (found.amount, found.theoretical, found.to_come) == (0, 0, Decimal(6000))
    assert flag_of("sign-now", person(double_wages=(coming,))).amount == Decimal(6000)
    running = replace(COMING, first_day=date(2026, 10, 1), counted_until=date(2026, 11, 30))
    found = settle(person(double_wages=(running,)), Policy(), HERE).doubles[0]
    assert (found.amount, found.to_come, found.comes_from) == (Decimal(6000), Decimal(3000), date(2026, 12, 1))
    assert "计到 2026-11-30" in found.line.formula


@pytest.mark.parametrize(
    ("first", "last", "amount"),
    [
        (date(2026, 1, 15), date(2026, 12, 14), "33000.00"),  # eleven months to the day, not ten and two parts
        (date(2026, 1, 15), date(2026, 12, 15), "33172.41"),  # ten whole, 12 and 11 working days of 21.75
        (date(2025, 8, 30), date(2025, 8, 31), "200.00"),  # the calendar days of the month before I2_6
        (date(2025, 9, 1), date(2025, 9, 2), "275.86"),  # from its first day on: working days of 21.75
    ],
)
def test_a_part_of_a_month_is_counted_as_the_day_it_begins_on_asks(first, last, amount):
    double = DoubleWageFacts(first_day=first, last_day=last, base=Decimal(3000))
    assert double_wage(person(), double, Policy(), WorkCalendar({}, frozenset({2025, 2026}))).amount == Decimal(amount)


def test_a_claim_partly_out_of_time_names_what_is_lost():
    facts = person(double_wages=(DoubleWageFacts(
        first_day=date(2026, 2, 1), last_day=date(2026, 12, 31), base=Decimal(3000), claim_day=date(2027, 7, 1)),))  # fmt: skip
    settlement = settle(facts, Policy(), HERE)
    found = next(flag for flag in flags(facts, settlement, Policy(), HERE, TODAY) if flag.code == "limitation")
    assert found.amount == settlement.doubles[0].theoretical - settlement.doubles[0].amount > 0


def twelve(**odd) -> Wages:
    months = [MonthWage(date(2026, month, 1), Decimal(3000)) for month in range(1, 13)]
    months[6] = replace(months[6], **odd)
    return Wages(tuple(months), ())


@pytest.mark.parametrize(
    ("odd", "policy", "base"),
    [
        ({"basic": Decimal(0)}, {}, "2750.00"),
        ({"basic": Decimal(0)}, {"holiday_months": "worked_months"}, "3000.00"),
        ({"basic": Decimal(1800), "is_abnormal": True}, {}, "2900.00"),
        ({"basic": Decimal(1800), "is_abnormal": True}, {"abnormal_months": "leave_out"}, "3000.00"),
        ({"basic": Decimal(1800)}, {"abnormal_months": "leave_out"}, "2900.00"),
        ({}, {"wage_basis": "net"}, "3000.00"),  # not every month's net is known
    ],
)
def test_switches_decide_which_months_make_the_base(odd, policy, base):
    facts = person(wages=twelve(**odd), average=twelve(**odd).average)
    assert settle(facts, Policy(**policy), HERE).base.amount == Decimal(base)


def test_a_month_that_is_missing_says_what_the_others_would_pay():
    eleven = Wages(twelve().months[1:], (date(2026, 1, 1),))
    facts = person(average=Decimal(2800), wages=eleven)
    found = flag_of("wage-months-missing", facts)
    assert settle(facts, Policy(), HERE).severance == 16 * 2800  # the entered average stands
    assert found.amount == 16 * 200
    assert "缺 2026-01，平均工资暂用填报数。已登记的 11 个月平均 3,000.00，经济补偿按它多 3,200.00 元" in found.text
    assert flag_of("wage-months-missing", facts.but(average=Decimal(3000))).amount is None
    assert flag_of("wage-months-missing", facts.but(average=None)).amount is None  # nothing to compare with


def test_net_wages_make_the_base_where_the_college_chose_so():
    months = tuple(MonthWage(date(2026, month, 1), Decimal(3000), net=Decimal(2500)) for month in range(1, 13))
    facts = person(wages=Wages(months, ()), average=Decimal(3000))
    assert settle(facts, Policy(wage_basis="net"), HERE).base.amount == Decimal(2500)
    assert "wage_basis" in [
        each.switch.key for each in alternatives(facts, Policy(), HERE, settle(facts, Policy(), HERE))
    ]


@pytest.mark.parametrize(
    ("changes", "pay", "owed"),
    [
        ({}, "1200", None),  # 65 hours a month, 18.46 yuan each
        ({}, "1000", 12 * Decimal("40.00")),
        ({"hours_per_day": None}, "1000", None),  # asked for elsewhere
        ({"pay_cycle_days": 30}, "1000", 12 * Decimal(970)),  # in truth full-time
        ({"category": "CONTRACT"}, "1000", 12 * Decimal(970)),
        ({"category": "STUDENT"}, "800", None),
    ],
)
def test_who_works_by_the_hour_is_held_to_the_minimum_of_the_hour_and_a_student_to_none(changes, pay, owed):
    months = tuple(
        MonthWage(date(2026, month, 1), Decimal(pay), minimum=Decimal(1970), hourly=Decimal(16))
        for month in range(1, 13)
    )
    facts = person(**PART_TIME | changes, wages=Wages(months, ()), average=Decimal(pay))
    found = flag_of("shortfall", facts)
    assert (found and found.amount) == owed


def test_a_part_timer_whose_months_nobody_registered_is_held_to_the_hour_by_the_average():
    local = replace(HERE, min_wage_hourly=use("20", "min_wage_hourly"))
    found = flag_of("below-minimum", person(**PART_TIME, average=Decimal(1200)), local)
    assert "每月约 65 小时 × 20.00 = 1,300.00，平均工资 1,200.00，可能欠发，每月约 100.00 元" in found.text
    assert flag_of("below-minimum", person(**PART_TIME, average=Decimal(1300)), local) is None


OVER = {"category": "OVER_AGE_NO_PENSION", "birth_day": date(1966, 1, 1)}  # fifty in 2016, by the old age


def test_ten_years_to_the_day_are_ten_years():
    last_day = date(2026, 12, 31)
    assert "ten-years" in codes(person(**EXPIRY, first_day=date(2017, 1, 1), last_day=last_day, contract_to=last_day))
    assert "ten-years" not in codes(
        person(**EXPIRY, first_day=date(2017, 1, 2), last_day=last_day, contract_to=last_day)
    )


state_days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(
    ends=state_days, day=state_days, office=st.none() | state_days,
    spans=st.lists(st.tuples(state_days, st.none() | st.integers(0, 500)), max_size=4), data=st.data(),
)  # fmt: skip
def test_the_law_only_ever_puts_the_end_of_a_contract_off(ends, day, office, spans, data):
    states = [State("NURSING", since, since + timedelta(more) if more is not None else None) for since, more in spans]
    found = carried(ends, states, day, office)
    assert found >= ends
    assert carried(ends, data.draw(st.permutations(states)), day, office) == found
    assert found in (ends, office, day) or any(each.until == found - timedelta(1) for each in states)
    # on the new end no closed state holds any more that held when the contract ran out
    assert not any(each.until and each.since <= ends and each.until >= found for each in states)


def test_lost_capacity_of_the_grades_that_end_with_the_term_carries_nothing():
    facts = person(
        contract_to=date(2026, 6, 30),
        states=(State("WORK_INJURY", date(2026, 1, 1), date(2026, 10, 31)),),
        protected=(),
    )
    assert facts.contract_end == date(2026, 11, 1)
    assert facts.but(disability_grade=8).contract_end == date(2026, 6, 30)
    assert facts.but(disability_grade=5).contract_end == date(2026, 11, 1)


def test_who_was_hired_past_the_age_gets_nothing_whatever_the_switch():
    for first_day in (
        date(2018, 1, 1),
        date(2016, 1, 1),
    ):  # on the day of the age itself the relation is no labour relation
        assert settle(person(**OVER, first_day=first_day), Policy(over_age="N"), HERE).severance == 0
    assert settle(person(**OVER, first_day=date(2015, 12, 31)), Policy(over_age="N"), HERE).severance > 0
    assert settle(person(**OVER), Policy(over_age="N"), HERE).severance > 0


def test_two_stretches_past_the_age_are_as_little_disputed_as_one():
    parts = (Segment(date(2018, 1, 1), date(2019, 12, 31)), Segment(date(2020, 1, 1)))
    facts = person(**OVER, segments=parts, first_day=date(2020, 1, 1))
    assert "招用" in line(settle(facts, Policy(), HERE), "owed").formula
    assert settle(facts, Policy(over_age="N"), HERE).severance == 0
    assert "over-age" not in codes(facts)
    earlier = facts.but(segments=(Segment(date(2010, 1, 1), date(2017, 12, 31)), *parts))
    assert settle(earlier, Policy(over_age="N"), HERE).severance > 0
    assert "over-age" in codes(earlier)


def test_who_is_not_past_the_new_age_is_an_employee_whatever_the_roster_calls_it():
    facts = person(category="OVER_AGE_NO_PENSION", birth_day=date(1977, 8, 15))
    assert settle(facts, Policy(), HERE).severance == settle(person(), Policy(), HERE).severance
    assert "not-over-age" in codes(facts)
    postponed = person(**OVER, postponed_until=date(2027, 6, 30))
    assert settle(postponed, Policy(), HERE).severance == settle(person(), Policy(), HERE).severance


def test_who_calls_himself_a_pensioner_before_the_age_is_an_employee_unless_a_pension_is_drawn():
    facts = person(category="REHIRED_PENSIONER", is_pension_drawn=False)
    assert (
        settle(facts, Policy(), HERE).severance == exposure(facts, Policy(), HERE).severance / 2 == Decimal("49673.28")
    )
    unknown = replace(facts, is_pension_drawn=None)
    for each in (facts, unknown):
        assert "not-over-age" in codes(each)
        assert "too-young" in codes(replace(each, ground="PENSION_44_2"))
    assert "已提前领取养老金的，请登记" in flag_of("not-over-age", unknown).text
    assert "已提前领取养老金的，请登记" in flag_of("too-young", replace(unknown, ground="PENSION_44_2")).text
    drawn = replace(facts, is_pension_drawn=True)
    assert settle(drawn, Policy(), HERE).severance == 0
    assert not {"not-over-age", "too-young"} & codes(replace(drawn, ground="PENSION_44_2"))
    past = replace(facts, birth_day=date(1966, 1, 1))
    assert judged(past) == "OVER_AGE_NO_PENSION"
    assert judged(replace(past, is_pension_drawn=None)) == "REHIRED_PENSIONER"
    assert settle(past, Policy(over_age="N"), HERE).severance == Decimal("49673.28")


def test_past_the_age_a_pension_that_nobody_registered_is_not_taken_for_drawn():
    facts = person(ground="RETIRE_AGE", birth_day=date(1966, 1, 1), is_insured=False)
    unknown, refused = codes(facts), codes(replace(facts, is_pension_drawn=False))
    disputed = {"over-age", "over-age-agreement", "over-age-injury", "pension-loss"}
    assert disputed <= unknown
    assert disputed <= refused
    assert not disputed & codes(replace(facts, is_pension_drawn=True))
    assert flag_of("over-age", facts).amount == Decimal("49673.28")
    assert "没有登记是否领取养老金" in flag_of("over-age", facts).text


@pytest.mark.parametrize(
    ("ground", "last_good", "words"),
    [
        ("NO_CONTRACT_REFUSED_1M", date(2026, 3, 9), "已满一个月，这一事由不再适用"),
        ("NO_CONTRACT_REFUSED_1Y", date(2027, 2, 9), "满一年的视为已订无固定期限合同"),
    ],
)
def test_a_refusal_to_sign_ends_the_employment_only_in_its_time(ground, last_good, words):
    facts = person(ground=ground, category="NO_WRITTEN_CONTRACT", first_day=date(2026, 2, 10), last_day=last_good)
    assert bars(facts) == ()
    late = facts.but(last_day=last_good + timedelta(days=1))
    assert [flag.code for flag in bars(late)] == ["refusal-too-late"]
    found = flag_of("refusal-too-late", late)
    assert words in found.text
    assert found.amount == exposure(late, Policy(), HERE).severance > 0


def test_only_a_contract_for_a_task_ends_with_the_task():
    facts = person(ground="TASK_DONE", contract_from=date(2025, 1, 1))
    assert bars(facts) == ()
    for other in ({"is_open_ended": True}, {"category": "NO_WRITTEN_CONTRACT"}):
        assert [flag.code for flag in bars(facts.but(**other))] == ["not-a-task"]
    dated = facts.but(contract_to=date(2028, 12, 31))
    assert bars(dated) == ()
    assert flag_of("task-dated", dated).amount == exposure(dated, Policy(), HERE).severance


INJURED = {**EXPIRY, **LATE, "contract_to": date(2026, 12, 31), "fixed_terms": 1, "protected": ("WORK_INJURY",)}


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({}, "extended", "先做劳动能力鉴定"),
        ({"disability_grade": 3}, "grave-disability", "应办退休、退职"),
        ({"disability_grade": 5}, "injury-kept", "只有本人提出"),
        ({"disability_grade": 6}, "injury-kept", "只有本人提出"),
        ({"disability_grade": 7, "protected": ("WORK_INJURY", "PREGNANCY")}, "extended", "孕期，续延"),
        ({"disability_grade": 7, "exit_check_result": "SUSPECTED"}, "exit-check-result", "疑似职业病"),
        ({"exit_check_result": "DISEASE", "protected": ()}, "exit-check-result", "患职业病"),
        ({"exit_check_result": "DISEASE", "protected": (), "disability_grade": 6}, "exit-check-result", "患职业病"),
    ],
)  # fmt: skip
def test_an_expiry_waits_for_the_injured_as_the_rules_of_work_injury_say(changes, code, words):
    facts = person(**INJURED | changes)
    assert [flag.code for flag in bars(facts)] == [code]
    assert words in flag_of(code, facts).text


def test_facts_that_are_hardly_true_say_what_hangs_on_them():
    child = person(
        birth_day=date(1978, 7, 3), first_day=date(1985, 1, 1), average=Decimal(4262), monthly_wage=Decimal(4262)
    )
    found = flag_of("hired-under-16", child)
    grown = settle(child.but(first_day=date(1994, 7, 3)), Policy(), HERE).severance
    assert (found.level, found.amount) == ("warn", settle(child, Policy(), HERE).severance - grown)
    assert "当时 6 岁" in found.text
    assert "hired-under-16" not in codes(child.but(first_day=date(1994, 7, 3)))
    joined = child.but(
        first_day=date(2010, 1, 1), segments=(Segment(date(1990, 1, 1), date(2009, 12, 31)), Segment(date(2010, 1, 1)))
    )
    assert flag_of("hired-under-16", joined).amount > 0
    assert "hired-under-16" not in codes(
        joined.but(segments=(Segment(date(1994, 7, 3), date(2009, 12, 31)), Segment(date(2010, 1, 1))))
    )
    slip = child.but(first_day=date(2017, 6, 1), average=Decimal("43792.90"))
    found = flag_of("wages-far-apart", slip, replace(HERE, average_wage=use("20000")))
    assert found.amount == Decimal("395309.00")  # 10 × 43,792.90 against 10 × 4,262.00
    assert "43,792.90 与月工资 4,262.00" in found.text


@given(birth=st.dates(date(1940, 1, 1), date(2010, 12, 31)), begun=st.dates(date(1950, 1, 1), date(2026, 12, 31)))
def test_work_before_sixteen_is_asked_about_and_no_other(birth, begun):
    found = [each.code for each in oddities(birth, begun, None, None)]
    is_under = (begun.year - birth.year - ((begun.month, begun.day) < (birth.month, birth.day))) < 16
    if (birth.month, birth.day) != (2, 29):
        assert found == (["hired-under-16"] if is_under else [])
    assert oddities(birth, None, None, None) == oddities(None, begun, None, None) == ()


@given(wage=wages, average=wages)
def test_an_average_is_asked_about_beyond_twice_or_half_the_wage(wage, average):
    found = [each.code for each in oddities(None, None, wage, average)]
    assert bool(found) is (max(wage, average) > 2 * min(wage, average))


GRAVE_MAY = {"RESIGN_37", "NEGOTIATED_EMPLOYEE", "RETIRE_AGE", "PENSION_44_2", "DEATH_44_3", "MOVED_TO_OTHER_POST"}


@pytest.mark.parametrize("grade", [1, 4])
@pytest.mark.parametrize("is_of_work", [True, False, None])
@pytest.mark.parametrize("ground", [
    "NEGOTIATED_EMPLOYER", "NOFAULT_40_3", "NOFAULT_40_1", "EXPIRY_NOT_RENEWED", "TRANSFER_CONTINUOUS", "FAULT_39", *sorted(GRAVE_MAY),
])  # fmt: skip
def test_grades_one_to_four_end_by_age_pension_death_or_the_worker_alone(grade, is_of_work, ground):
    facts = person(ground=ground, contract_to=date(2026, 12, 31), disability_grade=grade, is_work_disability=is_of_work)
    found = [flag for flag in bars(facts) if flag.code == "grave-disability"]
    assert bool(found) is (ground not in GRAVE_MAY)
    if found:
        assert ("保留劳动关系" in found[0].text, "退职" in found[0].text) == (is_of_work is not False, not is_of_work)


@pytest.mark.parametrize(
    "ground", ["NOFAULT_40_1", "NOFAULT_40_3", "LAYOFF_41", "EXPIRY_NOT_RENEWED", "RETURNED_TO_AGENCY"]
)
@pytest.mark.parametrize("grade", [5, 10])
def test_a_grade_is_asked_for_its_cause_before_it_may_be_ended_one_sidedly(grade, ground):
    facts = person(
        **EXPIRY | LATE | {"ground": ground, "contract_to": date(2026, 12, 31), "fixed_terms": 1},
        disability_grade=grade,
    )
    assert [flag.code for flag in bars(facts)] == ["injury-cause"]
    assert is_shielded(facts, facts.last_day)
    assert bars(facts.but(is_work_disability=False)) == ()
    assert not is_shielded(facts.but(is_work_disability=False), facts.last_day)
    assert "injury-cause" not in codes(facts.but(protected=("WORK_INJURY",)))
    assert "injury-sums" not in codes(facts.but(is_work_disability=False))
    assert "injury-cause" not in codes(facts.but(ground="NEGOTIATED_EMPLOYER"))


def test_grades_five_and_six_agree_to_an_end_at_their_own_proposal():
    facts = person(disability_grade=6, is_work_disability=True)
    assert bars(facts) == ()
    assert "本人书面提出" in flag_of("own-proposal", facts).text
    for other in ({"disability_grade": 7}, {"is_work_disability": False}, {"ground": "NEGOTIATED_EMPLOYEE"}):
        assert "own-proposal" not in codes(facts.but(**other))


def test_grades_seven_to_ten_end_on_expiry_with_their_sums():
    for changes in ({}, {"protected": ("OCCUPATIONAL",), "exit_check_result": "DISEASE"}):
        for grade in (7, 10):
            facts = person(**INJURED | changes, disability_grade=grade)
            assert blocks(facts) == ()
            assert {"injury-sums"} <= codes(facts)
    assert [flag.code for flag in bars(facts.but(ground="NOFAULT_40_3"))] == ["protected", "exit-check-result"]


def test_the_check_before_leaving_is_spared_only_where_a_pension_is_drawn():
    hazard = {"is_hazard_post": True, "ground": "PENSION_44_2", "birth_day": date(1966, 1, 1)}
    assert "exit-check" in codes(person(**hazard, category="OVER_AGE_NO_PENSION"))
    assert "exit-check" not in codes(person(**hazard, category="OVER_AGE_NO_PENSION", is_pension_drawn=True))
    assert "exit-check" not in codes(person(**hazard, category="REHIRED_PENSIONER"))


UNCLASSED = {"retirement_category": "", "birth_day": date(1974, 1, 1), "first_day": date(2009, 1, 1)}


def test_nobody_is_ended_one_sidedly_while_it_is_unknown_whether_the_age_protects_him():
    facts = person(**UNCLASSED, ground="NOFAULT_40_3", last_day=date(2027, 3, 31))
    assert [flag.code for flag in bars(facts)] == ["age-unknown"]  # past fifty, not yet fifty-five
    assert flag_of("age-unknown", facts).amount == exposure(facts, Policy(), HERE).severance
    assert [flag.code for flag in bars(replace(facts, retirement_category="female55"))] == ["near-retirement"]
    assert bars(replace(facts, retirement_category="female50")) == ()
    for harmless in ({"first_day": date(2015, 1, 1)}, {"ground": "NEGOTIATED_EMPLOYER"}):
        assert bars(facts.but(**harmless)) == ()
        assert "female-category" in codes(facts.but(**harmless))
    young = facts.but(birth_day=date(1990, 1, 1))
    assert bars(young) == ()
    assert "female-category" not in codes(young)  # nothing hangs on it for years
    assert "female-category" in codes(young.but(ground="RETIRE_AGE"))
    assert [flag.code for flag in bars(facts.but(birth_day=None))] == ["age-unknown"]
    returned = facts.but(category="DISPATCH", ground="RETURNED_TO_AGENCY")
    assert [flag.code for flag in bars(returned)] == ["age-unknown"]


def test_grades_five_to_ten_add_the_medical_subsidy_and_one_to_four_stop_the_ground():
    facts = person(ground="NOFAULT_40_1", disability_grade=7)
    assert line(settle(facts, Policy(), HERE), "medical").amount == Decimal("18627.48")
    assert not [
        each for each in settle(replace(facts, disability_grade=0), Policy(), HERE).lines if each.key == "medical"
    ]
    assert "grave-disability" in {flag.code for flag in blocks(replace(facts, disability_grade=3))}


def test_what_stops_a_ground_says_what_it_would_cost():
    facts = person(ground="RETIRE_AGE")
    found = next(
        flag for flag in flags(facts, settle(facts, Policy(), HERE), Policy(), HERE, TODAY) if flag.level == "bad"
    )
    assert found.amount == exposure(facts, Policy(), HERE).severance
    assert f"{found.amount:,.2f}" in found.text
    refused = person(ground="EXPIRY_EMPLOYEE_REFUSED", first_day=date(2020, 1, 1))
    found = next(
        flag
        for flag in flags(refused, settle(refused, Policy(), HERE), Policy(), HERE, TODAY)
        if flag.code == "no-renewal-offer"
    )
    assert found.amount == settle(refused.on_ground("EXPIRY_NOT_RENEWED"), Policy(), HERE).severance


def leave_in(years: str) -> LeaveFacts:
    return LeaveFacts(
        2026, elapsed_days=365, cumulative_years=Decimal(years), taken_days=Decimal(0), monthly_wage=Decimal(2175)
    )


OFFERED = date(2026, 11, 1)
POST = OfferFacts("OTHER_POST", OFFERED, date(2026, 11, 5), "西校区门卫", Decimal(3200))
UNSIGNED = {"ground": "NO_CONTRACT_REFUSED_1M", "category": "NO_WRITTEN_CONTRACT", "first_day": date(2026, 12, 10)}
SAME_TERMS = OfferFacts(
    "RENEWAL", OFFERED, monthly_pay=Decimal("3104.58"), answer="REFUSED", terms="原岗位，原工时，再订三年"
)


@pytest.mark.parametrize(
    ("code", "up", "down"),
    [
        ("no-own-proposal", {"ground": "NEGOTIATED_EMPLOYEE", "offers": (OfferFacts("AGREED_END", OFFERED),)},
         {"ground": "NEGOTIATED_EMPLOYEE", "offers": (OfferFacts("OWN_END", OFFERED),)}),
        ("no-own-proposal", {"ground": "NEGOTIATED_EMPLOYEE"}, {"ground": "NEGOTIATED_EMPLOYEE", "category": "STUDENT"}),
        ("fault-item", {"ground": "FAULT_39"}, {"ground": "FAULT_39", "forced_reason": "RULES"}),
        ("no-signing-notice", UNSIGNED, UNSIGNED | {"offers": (OfferFacts("SIGNING", OFFERED, answer="REFUSED"),)}),
        ("no-signing-notice", UNSIGNED | {"offers": (OfferFacts("SIGNING", OFFERED, answer="ACCEPTED"),)},
         UNSIGNED | {"offers": (OfferFacts("SIGNING", OFFERED),)}),
        ("contract-signed", UNSIGNED | {"category": "CONTRACT", "contract_from": date(2026, 12, 10)}, UNSIGNED),
        ("contract-signed", UNSIGNED | {"has_agreement": True}, UNSIGNED),
        ("no-renewal-offer", {"ground": "EXPIRY_EMPLOYEE_REFUSED"},
         {"ground": "EXPIRY_EMPLOYEE_REFUSED", "offers": (SAME_TERMS,)}),
        ("renewal-terms", {"ground": "EXPIRY_EMPLOYEE_REFUSED", "offers": (SAME_TERMS,)}, {"ground": "EXPIRY_EMPLOYEE_REFUSED"}),
        ("no-other-post", {"ground": "NOFAULT_40_3"}, {"ground": "NOFAULT_40_3", "offers": (POST,)}),
        *(("no-other-post", {"ground": ground, "offers": (replace(POST, **{part: None}),)}, {"ground": ground, "offers": (POST,)})
          for ground in ("NOFAULT_40_1", "NOFAULT_40_3") for part in ("post", "monthly_pay", "answer_by")),
        ("other-post-taken", {"ground": "NOFAULT_40_3", "offers": (replace(POST, answer="ACCEPTED"),)},
         {"ground": "NOFAULT_40_1", "offers": (replace(POST, answer="ACCEPTED"),)}),
        ("other-post-taken", {"ground": "NOFAULT_40_3", "offers": (replace(POST, answer="ACCEPTED"),)},
         {"ground": "NOFAULT_40_3", "offers": (replace(POST, answer="REFUSED"),)}),
        ("lower-pay", {"ground": "NOFAULT_40_3", "monthly_wage": Decimal(3000),
                       "offers": (OfferFacts("OTHER_POST", OFFERED, monthly_pay=Decimal(2500)),)},
         {"ground": "NOFAULT_40_3", "monthly_wage": Decimal(3000),
          "offers": (OfferFacts("OTHER_POST", OFFERED, monthly_pay=Decimal(3000)),)}),
        ("no-thinking", {"offers": (OfferFacts("AGREED_END", OFFERED, answer="ACCEPTED", answered_on=date(2026, 11, 2)),)},
         {"offers": (OfferFacts("AGREED_END", OFFERED, answer="ACCEPTED", answered_on=date(2026, 11, 4)),)}),
        ("refused", {"offers": (OfferFacts("AGREED_END", OFFERED, answer="REFUSED"),)}, {"offers": (OfferFacts("AGREED_END", OFFERED),)}),
        ("unlicensed", {"unlicensed": ("某包工头",)}, {}),
        ("unproved-payment", {"unproved": ("某物业公司",)}, {}),
        ("working-life-round", {"first_day": date(2020, 1, 1), "leave": leave_in("10")},
         {"first_day": date(2020, 1, 1), "leave": leave_in("10.1")}),
        ("working-life-round", LATE | {"leave": leave_in("12"), "earlier_leave": ((2024, leave_in("10")),)},
         LATE | {"leave": leave_in("12")}),
        ("leave-unbroken", {"first_day": date(2026, 1, 2), "leave": leave_in("5.5")},
         {"first_day": date(2026, 1, 1), "leave": leave_in("5.5")}),
        ("leave-unbroken", {"first_day": date(2026, 1, 2), "leave": leave_in("5.5")},
         {"first_day": date(2026, 1, 2), "leave": replace(leave_in("5.5"), exclusion="SHORT")}),
        ("working-life-short", {"leave": leave_in("9")}, {"leave": leave_in("15")}),
        ("rural-uninsured", {"is_insured": False, "is_rural": True}, {"is_insured": False, "is_rural": False}),
        ("rural-uninsured", {"is_insured": False, "is_rural": True, "insured_months": 0},
         {"is_insured": False, "is_rural": True, "insured_months": 12}),
        ("insurance-gap", {"insured_months": 100}, {"insured_months": 190}),
        ("insurance-gap", OVER | {"insured_months": 57}, OVER | {"insured_months": 58}),  # 2011-03 to the fiftieth birthday
        ("insurance-cash", {"cash_for_insurance": Decimal(1200)}, {}),
        ("over-age-agreement", OVER, OVER | {"has_agreement": True}),
        ("over-age-injury", OVER | {"has_injury_insurance": False}, OVER | {"has_injury_insurance": True}),
        ("over-age-injury", OVER | {"is_insured": False}, OVER | {"is_insured": False, "has_injury_insurance": True}),
        ("over-age", OVER, OVER | {"first_day": date(2026, 8, 1)}),  # hired past the age: nothing is disputed
        ("pension-loss", OVER | {"is_insured": False}, OVER),
        ("exit-check-result", {"ground": "NOFAULT_40_2", "exit_check_result": "SUSPECTED"},
         {"ground": "NOFAULT_40_2", "exit_check_result": "CLEAR"}),
        ("holiday-months", {"wages": twelve(basic=Decimal(0))}, {"wages": twelve()}),
    ],
)  # fmt: skip
def test_a_flag_of_contracts_and_offers_is_up_when_its_facts_hold_and_only_then(code, up, down):
    assert code in codes(person(**up))
    assert code not in codes(person(**down))


def test_a_post_that_was_accepted_forbids_the_dismissal_when_it_is_chosen():
    taken = person(ground="NOFAULT_40_3", first_day=date(2020, 1, 1), offers=(replace(POST, answer="ACCEPTED"),))
    assert [flag.code for flag in bars(taken)] == ["other-post-taken"]
    assert flag_of("other-post-taken", taken).amount == exposure(taken, Policy(), HERE).severance


def test_what_is_not_proved_says_what_would_be_owed():
    own = flag_of("no-own-proposal", person(ground="NEGOTIATED_EMPLOYEE"))
    assert own.amount == settle(person(), Policy(), HERE).severance > 0
    assert f"应付经济补偿 {own.amount:,.2f} 元" in own.text
    for facts in (person(ground="FAULT_39"), person(ground="NEGOTIATED_EMPLOYEE")):
        assert blocks(facts)
        assert bars(facts) == ()  # the proof may come after the choice
    assert flag_of("fault-item", person(ground="FAULT_39")).amount == exposure(person(), Policy(), HERE).severance
    assert [flag.code for flag in bars(person(**UNSIGNED, has_agreement=True))] == ["contract-signed"]


@pytest.mark.parametrize(
    ("offer", "words"),
    [
        ({"monthly_pay": Decimal("3104.57")}, "月工资 3,104.57 低于现在的 3,104.58"),
        ({"monthly_pay": None}, "没有写月工资"),
        ({"terms": ""}, "没有写条件"),
    ],
)
def test_the_refusal_of_a_worse_renewal_leaves_the_compensation_owed(offer, words):
    facts = person(**LATE, ground="EXPIRY_EMPLOYEE_REFUSED", contract_to=date(2026, 12, 31), fixed_terms=1)
    worse = replace(facts, offers=(replace(SAME_TERMS, **offer),))
    found = flag_of("no-renewal-offer", worse)
    assert words in found.text
    assert found.amount == settle(facts.on_ground("EXPIRY_NOT_RENEWED"), Policy(), HERE).severance > 0
    assert [flag.code for flag in blocks(worse)] == ["no-renewal-offer"]
    assert blocks(replace(worse, offers=(*worse.offers, SAME_TERMS))) == ()
    assert blocks(replace(facts, offers=(SAME_TERMS,), monthly_wage=Decimal(3200))) != ()


@pytest.mark.parametrize(("code", "due"), [("two-terms", LATE | {"fixed_terms": 2}), ("ten-years", {"fixed_terms": 1})])
def test_who_refused_to_stay_in_writing_is_owed_no_open_ended_contract(code, due):
    facts = person(**due, ground="EXPIRY_EMPLOYEE_REFUSED", contract_to=date(2026, 12, 31))
    assert code in {flag.code for flag in bars(facts)}
    refused = replace(facts, offers=(SAME_TERMS,))
    assert blocks(refused) == ()
    assert flag_of("open-ended-offer", refused).amount == exposure(facts, Policy(), HERE).severance
    taken = replace(SAME_TERMS, answer="ACCEPTED", offered_on=date(2026, 11, 10))
    assert code in {flag.code for flag in bars(replace(facts, offers=(SAME_TERMS, taken)))}
    assert code in {flag.code for flag in bars(replace(refused, ground="EXPIRY_NOT_RENEWED"))}


def test_a_public_post_ends_on_expiry_however_often_it_was_renewed():
    facts = person(**EXPIRY, category="PUBLIC_POST", fixed_terms=3, contract_to=date(2026, 12, 31))
    assert blocks(facts) == ()
    assert "terms-unknown" not in codes(replace(facts, fixed_terms=None, first_day=date(2020, 1, 1)))
    early = flag_of("not-expired", replace(facts, contract_to=date(2028, 12, 31)))
    assert (early.amount, "0.00" in early.text) == (None, False)  # nothing is priced at nothing


@pytest.mark.parametrize(
    ("ground", "kind"),
    [
        ("NEGOTIATED_EMPLOYER", "AGREED_END"), ("TRANSFER_BOUGHT_OUT", "AGREED_END"), ("TRANSFER_BOUGHT_OUT", "TRANSFER"),
        ("TRANSFER_CONTINUOUS", "TRANSFER"), ("MOVED_TO_OTHER_POST", "OTHER_POST"),
    ],
)  # fmt: skip
def test_what_the_worker_refused_waits_until_he_accepts_a_later_offer(ground, kind):
    refused = OfferFacts(kind, OFFERED, answer="REFUSED")
    facts = person(ground=ground, offers=(refused,))
    assert [flag.code for flag in blocks(facts)] == ["refused"]
    assert bars(facts) == ()
    for later in ("ACCEPTED", ""):
        assert blocks(replace(facts, offers=(refused, replace(refused, answer=later)))) == ()
    assert blocks(replace(facts, offers=(replace(refused, kind="RENEWAL"),))) == ()


def test_an_end_that_does_not_happen_is_not_priced():
    moved = flag_of("exit-check", person(ground="MOVED_TO_OTHER_POST", is_hazard_post=True))
    assert (moved.amount, "违法解除" in moved.text) == (None, False)
    assert flag_of("exit-check", person(is_hazard_post=True)).amount == exposure(person(), Policy(), HERE).severance


def test_reinstatement_costs_wages_until_the_fixed_term_or_the_age_ends_it():
    facts = person(last_day=date(2026, 10, 31), monthly_wage=Decimal(3000), contract_to=date(2027, 6, 30))
    found = reinstatement(facts, date(2026, 12, 31))
    assert (found.monthly, found.until, found.so_far) == (Decimal(3000), date(2027, 6, 30), Decimal(6000))
    assert reinstatement(facts, date(2028, 1, 1)).so_far == Decimal(24000)
    assert reinstatement(replace(facts, last_day=None), TODAY) is None


CHOSEN = {
    "ground": "RETIRE_AGE", "birth_day": date(1971, 11, 10), "retirement_category": "female55", "early_on": date(2026, 12, 31),
    "early_told_on": date(2026, 9, 30), "contribution_months": 180,
}  # fmt: skip


def test_who_retires_early_by_choice_has_reached_the_age():
    facts = person(**CHOSEN)
    assert not blocks(facts)
    assert codes(facts).isdisjoint({"too-young", "early-retirement"})
    assert "2026-12-31 弹性提前退休" in line(settle(facts, Policy(), HERE), "owed").note
    assert codes(facts).isdisjoint({"over-age-agreement", "over-age"})
    assert has_reached_age(facts, date(2026, 12, 31))
    assert not has_reached_age(replace(facts, early_on=None), date(2026, 12, 31))
    kept_on = replace(facts, early_on=None, last_day=date(2028, 12, 31), contribution_months=None)
    assert "已领养老金" in [each.what for each in settle(kept_on, Policy(), HERE).missing]
    assert "too-young" in {flag.code for flag in blocks(replace(facts, last_day=date(2026, 12, 30)))}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"early_told_on": date(2026, 10, 1)}, "没有提前三个月书面告知"), ({"early_told_on": None}, "没有提前三个月书面告知"),
        ({"birth_day": date(1972, 1, 10)}, "早于 2027-01-10"), ({"contribution_months": 179}, "至少 180 个月"),
        ({"contribution_months": None}, "没有登记"),
    ],
)  # fmt: skip
def test_an_early_retirement_that_does_not_hold_is_an_end_before_the_age(change, why):
    facts = person(**CHOSEN | change)
    assert [flag.code for flag in blocks(facts)] == ["too-young"]
    assert why in flag_of("early-retirement", facts).text
