"""Is anything owed at all: kind of employment first, then the ground.

Law: 劳动合同法 第四十四条, 第四十六条, 第六十八至七十二条, 第九十六条; 实施条例 第十二条, 第二十一条. Reading: docs/law/severance.md.
"""

from dataclasses import field, replace
from decimal import Decimal

from common.values import value
from law.articles import Article
from law.articles.labour_contract import LCL_44_2, LCL_68, LCL_71, LCL_96
from law.articles.regulations import ADVICE_309_12, DISPATCH_12, OVER_AGE_8, REG_12, REG_21
from law.articles.retirement import RETIRE_3
from law.working import Line, Said, Worded
from staff_transition.rules.grounds import BY_AGE, Ground, ground_for
from staff_transition.rules.months import plain
from staff_transition.rules.person import Missing, PersonFacts
from staff_transition.rules.policy import DEFAULT, Policy
from staff_transition.rules.service import stretches

OWES_NOTHING: dict[str, tuple[str, tuple[Article, ...]]] = {
    "REHIRED_PENSIONER": ("退休返聘，属劳务关系，没有经济补偿", (LCL_44_2,)),
    "STUDENT": ("学生勤工助学，没有劳动关系", (ADVICE_309_12,)),
    "PUBLIC_POST": ("公益性岗位，不适用经济补偿的规定", (REG_12,)),
    "ESTABLISHED": ("事业编制人员，依人事管理条例办理，不在本系统计算", (LCL_96,)),
}
NO_LABOUR_RELATION_ENDS = "劳务关系终止"  # PENSION_44_2 said of people who draw no pension
PART_TIME_FACTS = {
    "hours_per_day": "每天小时数", "days_per_week": "每周天数", "is_paid_by_hour": "按小时计酬", "pay_cycle_days": "几天发一次工资",
}  # fmt: skip
NO_LABOUR_RELATION = frozenset({"REHIRED_PENSIONER", "STUDENT", "ESTABLISHED"})  # with the college, under labour law
SIGNED = frozenset(
    {"CONTRACT", "PUBLIC_POST"}
)  # by a written contract: REG_12 spares public posts the open-ended one alone
OVER_AGE = frozenset({"REHIRED_PENSIONER", "OVER_AGE_NO_PENSION"})
WEEKS_A_YEAR, MONTHS_A_YEAR = 52, 12
MOST_HOURS_A_DAY, MOST_HOURS_A_WEEK, LONGEST_PAY_CYCLE = 4, 24, 15  # LCL_68, LCL_72: written in the statute


@value
class Entitlement(Worded):
    """What the ground owes this person; `ground.owes` is 0 where the kind of employment gives nothing.

    With something `missing` the question is open, and no amount follows from `ground`.
    """

    ground: Ground
    said: Said = field(compare=False)
    missing: tuple[Missing, ...] = ()


def part_time_breaches(facts: PersonFacts) -> list[str]:
    """Which marks of part-time work (LCL_68, LCL_72) are not kept: any one makes it full-time. Unknown facts breach nothing."""
    hours, days = facts.hours_per_day, facts.days_per_week
    found = []
    if hours is not None and hours > MOST_HOURS_A_DAY:
        found.append(f"每天 {plain(hours)} 小时，超过 4 小时")
    if hours is not None and days is not None and hours * days > MOST_HOURS_A_WEEK:
        found.append(f"每周 {plain(hours * days)} 小时，超过 24 小时")
    if facts.is_paid_by_hour is False:
        found.append("不按小时计酬")
    if facts.pay_cycle_days is not None and facts.pay_cycle_days > LONGEST_PAY_CYCLE:
        found.append(f"{facts.pay_cycle_days} 天发一次工资，超过 15 天")
    return found


def part_time_unknown(facts: PersonFacts) -> list[str]:
    """The marks of part-time work that nobody has entered; none where a known one is broken already."""
    if facts.category != "PART_TIME" or part_time_breaches(facts):
        return []
    return [label for name, label in PART_TIME_FACTS.items() if getattr(facts, name) is None]


def hours_a_month(facts: PersonFacts) -> Decimal | None:
    """Of a part-timer, by the hours registered; None for everybody else and where they are not known."""
    hours, days = facts.hours_per_day, facts.days_per_week
    if judged(facts) != "PART_TIME" or hours is None or days is None:
        return None
    return hours * days * WEEKS_A_YEAR / MONTHS_A_YEAR


def is_pensioner(facts: PersonFacts) -> bool:
    """Draws a pension. The roster's word is enough only where the age bears it out (M1)."""
    return bool(facts.is_pension_drawn) or judged(facts) == "REHIRED_PENSIONER"


def is_before_age(facts: PersonFacts) -> bool:
    """The employment ends before age may end it, whatever a woman's post; False where the birth is not known."""
    return bool(facts.age_days and facts.last_day and facts.last_day < facts.age_days[0])


def is_hired_past_age(facts: PersonFacts) -> bool:
    """All the work that counts here began when age might have ended it: no labour relation came over (M1)."""
    parts = stretches(facts, DEFAULT) if facts.age_day else None
    return bool(facts.age_day and parts and parts[0][0] >= facts.age_day)


def is_past_age(facts: PersonFacts) -> bool:
    """The employment ends when age may end it, whatever a woman's post; False where the birth is not known."""
    return bool(facts.age_days and facts.last_day and facts.last_day >= facts.age_days[-1])


def judged(facts: PersonFacts) -> str:
    """The kind of employment that the facts show, whatever the roster calls it.

    Part-time work that breaks a mark is full-time, without a contract where none is registered; who is not past the age
    and draws no pension is an employee, who is past it and draws none is no rehired pensioner (M1).
    """
    if facts.category == "PART_TIME" and part_time_breaches(facts):
        return "CONTRACT" if facts.has_named_contract else "NO_WRITTEN_CONTRACT"
    if facts.category not in OVER_AGE:
        return facts.category
    if facts.is_pension_drawn:
        return "REHIRED_PENSIONER"
    if is_before_age(facts):
        return "CONTRACT"
    return facts.category if facts.is_pension_drawn is None else "OVER_AGE_NO_PENSION"


def _unknown(facts: PersonFacts, ground: Ground, policy: Policy) -> list[str]:
    """Facts on which it hangs whether anything is owed, and which nobody has entered."""
    if ground.owes and not facts.category:
        return ["用工形式"]
    if ground.owes and (unchecked := part_time_unknown(facts)):
        return unchecked
    is_by_age, is_over_age = ground.code in BY_AGE, facts.category in OVER_AGE
    if facts.category in {"STUDENT", "ESTABLISHED"} or facts.is_pension_drawn or not (is_by_age or ground.owes):
        return []
    if facts.category == "REHIRED_PENSIONER" and facts.is_pension_drawn is None:
        return [] if facts.last_day is None or is_past_age(facts) else ["已领养老金"]
    unknown = []
    if is_by_age and not is_over_age and facts.is_pension_drawn is None:
        is_open = not (is_before_age(facts) or facts.is_pension_assured)
        unknown += ["已领养老金"] if ground.code == "PENSION_44_2" or is_open else []
    if facts.age_day is None and (is_by_age or is_over_age):
        unknown += [label for known, label in ((facts.sex, "性别"), (facts.birth_day, "出生日期")) if not known]
        if facts.sex == "F" and (is_by_age or unknown or _hangs_on_category(facts, policy)):
            unknown += [] if facts.retirement_category else ["女职工退休类别"]
    return unknown


def _hangs_on_category(facts: PersonFacts, policy: Policy) -> bool:
    ages = (entitlement(facts.but(retirement_category=each), policy) for each in ("female50", "female55"))
    return len({each.ground.owes for each in ages}) > 1


def entitlement(facts: PersonFacts, policy: Policy, *, asks: bool = False) -> Entitlement:
    """The ground as it applies to this kind of employment, with the first line of the working.

    `asks`: what decides it and is not known is asked for, instead of nothing being owed.
    """
    ground = ground_for(facts.ground, facts.forced_reason)
    if asks and (unknown := _unknown(facts, ground, policy)):
        words = f"待补：{'、'.join(unknown)}"
        missing = tuple(Missing(each, "员工资料") for each in unknown)
        return Entitlement(ground, lambda: Line("owed", "应否支付", words, ground.articles, result="待补"), missing)
    employed = judged(facts)
    if ground.code == "PENSION_44_2" and facts.category in OVER_AGE | {"STUDENT"} and not is_pensioner(facts):
        ground = replace(ground, label=NO_LABOUR_RELATION_ENDS)
    note = ""
    if employed in OWES_NOTHING:
        why, articles = OWES_NOTHING[employed]
        return _nothing(ground, why, articles)
    if facts.category == "PART_TIME":
        if not (breaches := part_time_breaches(facts)):
            return _nothing(ground, "非全日制用工，可以随时终止，不付经济补偿", (LCL_68, LCL_71))
        note = f"名为非全日制，{'；'.join(breaches)}，按全日制计算。"
    if facts.category in OVER_AGE and employed == "CONTRACT":
        note = f"{facts.age_days[0]} 才到法定退休年龄，仍是劳动关系，按劳动合同制计算。"
        if ground.code in BY_AGE:
            ground = replace(ground, why="没有到法定退休年龄，也没有领取养老金，这一事由不成立")
    elif employed == "OVER_AGE_NO_PENSION":
        if is_hired_past_age(facts):
            return _nothing(ground, "超过法定退休年龄后招用，按用工协议终止，没有经济补偿", (OVER_AGE_8,))
        if policy.over_age == "none":
            return _nothing(ground, "超过法定退休年龄，按实施条例终止，不付经济补偿（有争议）", (REG_21, LCL_44_2))
        if ground.code in BY_AGE:  # the very dispute that the switch decides
            ground = replace(ground, why="超龄而未领养老金，本校按应付计算", owes=1)
    if facts.category == "DISPATCH" and ground.owes:
        note = "由劳务派遣单位支付；派遣协议约定由本校承担的，在“更正与另行支付”登记“承担派遣单位的补偿”。"
    articles = ground.articles
    if ground.code == "RETIRE_AGE" and facts.is_early:
        note, articles = f"本人书面选择 {facts.early_on} 弹性提前退休。", (*articles, RETIRE_3)
    if facts.category == "DISPATCH" and DISPATCH_12 not in articles:
        articles += (DISPATCH_12,)
    answer = "应付" if ground.owes else "不付"
    return Entitlement(ground, lambda: Line("owed", "应否支付", ground.why, articles, result=answer, note=note))


def _nothing(ground: Ground, why: str, articles: tuple[Article, ...]) -> Entitlement:
    none = replace(ground, owes=0)
    return Entitlement(none, lambda: Line("owed", "应否支付", why, articles, result="不付"))
