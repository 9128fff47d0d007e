"""The parameters the rules read, and the book of their values."""

from collections.abc import Iterable
from dataclasses import dataclass

from law.book import IIT_LEVELS, Follow, ParameterBook, Row
from law.calendar import WorkCalendar
from law.models import Parameter, PlaceTier, SpecialDay


@dataclass(frozen=True)
class Key:
    """What a parameter means: its label for people, its unit, and where the law speaks of it."""

    label: str
    unit: str
    basis: str
    is_statistic: bool = False  # describes a year (data_year) and is published in the next


IIT = "个人所得税法 附税率表一；财税〔2018〕164号 五（一）"

KEYS: dict[str, Key] = {
    "min_wage_monthly": Key("月最低工资标准", "元/月", "劳动合同法实施条例 27；最低工资规定"),
    "min_wage_hourly": Key("非全日制小时最低工资标准", "元/小时", "劳动合同法 72"),
    "local_avg_wage_monthly": Key("本地区上年度职工月平均工资", "元/月", "劳动合同法 47 第二款", is_statistic=True),
    "local_avg_wage_annual": Key(
        "当地上年职工平均工资（年）", "元/年", "财税〔2018〕164号 五（一）", is_statistic=True
    ),
    "avg_wage_annual_urban_private": Key(
        "城镇私营单位就业人员年平均工资", "元/年", "只作筛查，不作计算依据", is_statistic=True
    ),
    "avg_wage_annual_urban_nonprivate": Key("城镇非私营单位就业人员年平均工资", "元/年", "只作参考", is_statistic=True),
    "avg_wage_annual_onpost_traffic_standard": Key(
        "在岗职工平均工资（道路交通事故赔偿口径）", "元/年", "只作合理性参考，不是第47条口径", is_statistic=True
    ),
    "paid_days_per_month": Key("月计薪天数", "天", "人社部发〔2025〕2号 二"),
    "work_days_per_month": Key("月工作日", "天", "人社部发〔2025〕2号 一"),
    "statutory_holidays_per_year": Key("全年法定节假日", "天", "国务院令795号"),
    "union_notice_days_before_unilateral_end": Key("单方解除前告知工会", "日", "湖北省实施工会法办法 25（二）"),
    "union_written_objection_days": Key("工会书面意见期限", "日", "湖北省实施工会法办法 25（二）"),
    "union_labour_law_letter_answer_days": Key("工会劳动法律监督书答复期限", "日", "湖北省实施工会法办法 24"),
    "layoff_report_days_before": Key("裁员书面报告提前", "日", "鄂劳社发〔2009〕23号 一（三）"),
    "layoff_explain_days_before": Key("裁员说明情况提前", "日", "劳动合同法 41"),
    "layoff_headcount_threshold": Key("裁员人数界限", "人", "劳动合同法 41"),
    "layoff_share_threshold": Key("裁员比例界限", "比例", "劳动合同法 41"),
    "college_staff_total": Key("本校职工总数（全校在职职工）", "人", "劳动合同法 41；按人事处年报"),
    "group_dispute_threshold": Key("集体劳动争议人数", "人", "劳动争议调解仲裁法 7"),
    "payroll_ledger_keep_years_rural_workers": Key("农民工工资台账保存", "年", "保障农民工工资支付条例 15"),
    "unemployment_list_filing_days": Key("失业人员名单备案", "日", "失业保险条例 16"),
    "dispatch_share_cap": Key("劳务派遣用工比例上限", "比例", "劳务派遣暂行规定 4"),
    **{f"iit_rate_{level}": Key(f"综合所得年度税率表第 {level} 级税率", "比例", IIT) for level in IIT_LEVELS},
    **{f"iit_upto_{level}": Key(f"综合所得年度税率表第 {level} 级上限", "元/年", IIT) for level in IIT_LEVELS[:-1]},
    "procurement_limit_services": Key("政府采购限额标准（服务）", "元", "政府采购法 2；本省集中采购目录及标准"),
    "open_tender_limit_services": Key("公开招标数额标准（服务）", "元", "政府采购法 27；本省集中采购目录及标准"),
    "college_major_amount": Key("“三重一大”大额资金界限", "元", "本校“三重一大”决策制度"),
}


def book() -> ParameterBook:
    """All values in force as one immutable book: two queries, whatever the number of people computed with it."""
    follows = [Follow(tier.place, tier.tier, tier.since, tier.source) for tier in PlaceTier.objects.all()]
    return book_of(Parameter.objects.filter(key__in=KEYS, is_pending=False), follows)


def book_of(rows: Iterable[Parameter], follows: Iterable[Follow] = ()) -> ParameterBook:
    """A book of these rows alone; each key must be one of KEYS."""
    kept = [
        Row(row.key, row.place, row.value.normalize(), KEYS[row.key].unit, row.since, row.until, row.source, row.trust,
            row.data_year)
        for row in rows
    ]  # fmt: skip
    return ParameterBook(kept, follows, {key: definition.label for key, definition in KEYS.items()})


def work_calendar() -> WorkCalendar:
    """The working-day calendar of all years entered: one query."""
    return WorkCalendar.of(SpecialDay.objects.values_list("day", "is_working"))
