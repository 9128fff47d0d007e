"""The points that law or practice leaves open, each one named switch with its options, default and source.

A college chooses once, with a reason, and a result says what was chosen and what the other choice would give.
docs/law/severance.md argues the defaults.
"""

from dataclasses import fields, replace

from common.values import value
from law.articles import Article
from law.articles.interpretations import I1_34, I2_6, I2_19
from law.articles.labour_contract import LCL_40, LCL_44_2, LCL_47_1, LCL_47_2, LCL_47_3, LCL_82, LCL_97_3
from law.articles.leave import LEAVE_5_2
from law.articles.old_rules import O481_5, O481_6
from law.articles.regulations import REG_20, REG_21, REG_27
from law.articles.tax import TAX_164_5_1


@value
class Switch:
    key: str
    question: str
    options: dict[str, str]  # code → words
    default: str
    practice: str  # what courts and offices do, and where that was seen
    articles: tuple[Article, ...]


SWITCHES = {
    switch.key: switch
    for switch in (
        Switch(
            "pre2008_method", "2008 年以前的年限怎么算",
            {"segmented": "分段计算", "unified": "全部按第四十七条", "higher": "取两种算法中较高的"}, "segmented",
            "第九十七条第三款支持分段；不少裁决合并成一段计算。未见湖北的指导意见。", (LCL_97_3, O481_5),
        ),
        Switch(
            "pre2008_fraction", "2008 年以前不满一年的部分（481号第六至九条）",
            {"ceil": "按一年计", "floor": "不计", "art47": "按第四十七条折算"}, "ceil",
            "481号只在第五条写明不满一年按一年；第六至九条没有写。最多相差一个月。", (LCL_97_3, O481_6),
        ),
        Switch(
            "pre1996_method", "1996 年以前入职、481号十二个月上限可能压低补偿的",
            {"higher": "取较高的", "segmented": "分段计算", "unified": "全部按第四十七条"}, "higher",
            "学校和事业单位的判例多按全部年限、不设十二个月上限支付，须由人事处逐人选定。", (LCL_97_3, O481_5),
        ),
        Switch(
            "cap_scope", "三倍封顶和十二年上限是否及于 2008 年以前",
            {"post2008_only": "只及于 2008 年以后", "whole": "及于全部年限"}, "post2008_only",
            "各地不一；分段计算的多只限 2008 年以后。合并计算时及于全部年限。", (LCL_47_2, LCL_97_3),
        ),
        Switch(
            "si_pre2008", "因未缴社保被迫解除，2008 年以前的年限",
            {"from_2008": "不算", "whole": "算"}, "from_2008",
            "2001 年司法解释第十五条的五种情形不含未缴社保，主流从 2008 年起算。", (LCL_97_3, I2_19),
        ),
        Switch(
            "wage_basis", "月工资按应发还是实发", {"gross": "应发", "net": "实发"}, "gross",
            "实施条例第二十七条写应得工资，即应发；陕西有法院按实发。实发须十二个月都已登记。", (REG_27, LCL_47_3),
        ),
        Switch(
            "holiday_months", "寒暑假停工没有工资的月份",
            {"calendar_12": "照算十二个月", "worked_months": "只按有工资的月份平均"}, "calendar_12",
            "按十二个自然月平均会被停工拉低；两种结果相差百分之五以上的，人事处应当逐案选定并写明理由。", (REG_27,),
        ),
        Switch(
            "abnormal_months", "病假、停工等非正常出勤的月份",
            {"as_paid": "按实际发放计入", "leave_out": "不计，只按正常出勤的月份"}, "as_paid",
            "多数按实际应得计入；有裁判只取正常提供劳动的月份。", (REG_27,),
        ),
        Switch(
            "overtime_in_base", "加班费是否计入月工资基数",
            {"include": "计入", "exclude": "不计入"}, "include",
            "工资总额组成规定把加班工资列在内，北京计入；上海、江苏有判例不计入。", (REG_27,),
        ),
        Switch(
            "last_day", "最后一日是否计入工龄", {"inclusive": "计入", "exclusive": "不计入"}, "inclusive",
            "公布的裁决都把最后工作日计入。", (LCL_47_1,),
        ),
        Switch(
            "short_notice", "提前通知不足三十日", {"full_month": "付一个月", "pro_rata": "按缺少的天数付"}, "full_month",
            "法律只写三十日或者一个月工资，多数按整月。", (LCL_40, REG_20),
        ),
        Switch(
            "leave_reach", "未休年休假追溯几个年度",
            {"1": "只付本年", "2": "本年和上一年", "3": "本年和前两年"}, "2",
            "仲裁时效一年，年休假可跨一年安排；北京有判例支持到前两年（2016 年申请，支持 2014 年起）。", (LEAVE_5_2,),
        ),
        Switch(
            "renewal_gap", "合同到期后继续工作、没有续签的，二倍工资",
            {"pay": "计入应付", "show": "只作风险提示"}, "pay",
            "到期满一个月起按未签合同处理，最多十一个月；也有裁判认为是原合同的延续，不支持。", (LCL_82, I1_34),
        ),
        Switch(
            "partial_month", "二倍工资不满一个月的部分",
            {
                "by_date": "2025-09-01 前按日历日，此后按工作日",
                "workdays_21.75": "工作日 ÷ 21.75",
                "month_workdays": "工作日 ÷ 当月工作日",
                "calendar_30": "日历日 ÷ 30",
            },
            "by_date", "解释（二）第六条自 2025-09-01 起要求按当月实际工作日；除数仍有两种。", (I2_6,),
        ),
        Switch(
            "tax_plus_one", "代通知金是否并入一次性补偿计税", {"yes": "并入", "no": "不并入"}, "yes",
            "代通知金也是因解除取得的收入，主流并入。", (TAX_164_5_1,),
        ),
        Switch(
            "medical_subsidy", "医疗期满解除的医疗补助费", {"none": "不付并提示", "6_months": "付六个月工资"}, "none",
            "481号废止后只剩 309号第三十五条（五至十级）；没有鉴定结论的是风险。", (O481_6,),
        ),
        Switch(
            "over_age", "超龄未领养老金的", {"none": "不付并提示", "N": "付经济补偿"}, "none",
            "实施条例第二十一条以年龄终止；部分法院以领取养老金为准。", (REG_21, LCL_44_2),
        ),
    )
}  # fmt: skip


@value
class Policy:
    """One choice per switch. Raises ValueError for an option that the switch does not have."""

    pre2008_method: str = "segmented"
    pre2008_fraction: str = "ceil"
    pre1996_method: str = "higher"
    cap_scope: str = "post2008_only"
    si_pre2008: str = "from_2008"
    wage_basis: str = "gross"
    holiday_months: str = "calendar_12"
    abnormal_months: str = "as_paid"
    overtime_in_base: str = "include"
    last_day: str = "inclusive"
    short_notice: str = "full_month"
    leave_reach: str = "2"
    renewal_gap: str = "pay"
    partial_month: str = "by_date"
    tax_plus_one: str = "yes"
    medical_subsidy: str = "none"
    over_age: str = "none"

    def __post_init__(self) -> None:
        for each in fields(self):
            choice = getattr(self, each.name)
            if choice not in SWITCHES[each.name].options:
                raise ValueError(f"switch {each.name} has no option {choice!r}")

    def with_choice(self, key: str, option: str) -> "Policy":
        return replace(self, **{key: option})

    def chosen(self, key: str) -> str:
        return str(getattr(self, key))


DEFAULT = Policy()
