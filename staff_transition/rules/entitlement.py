"""Is anything owed at all: kind of employment first, then the ground (severance-rules.md §1, §2)."""

from dataclasses import replace

from common.values import value
from law.articles import Article
from law.articles.labour_contract import LCL_44_2, LCL_68, LCL_71, LCL_96
from law.articles.regulations import ADVICE_309_12, DISPATCH_12, OVER_AGE_8, REG_12, REG_21
from law.working import Line
from staff_transition.rules.grounds import Ground, ground_for
from staff_transition.rules.months import plain
from staff_transition.rules.person import PersonFacts
from staff_transition.rules.policy import Policy

OWES_NOTHING: dict[str, tuple[str, tuple[Article, ...]]] = {
    "REHIRED_PENSIONER": ("退休返聘，属劳务关系，没有经济补偿", (LCL_44_2,)),
    "STUDENT": ("学生勤工助学，没有劳动关系", (ADVICE_309_12,)),
    "PUBLIC_POST": ("公益性岗位，不适用经济补偿的规定", (REG_12,)),
    "ESTABLISHED": ("事业编制人员，依人事管理条例办理，不在本系统计算", (LCL_96,)),
}
OVER_AGE = frozenset({"REHIRED_PENSIONER", "OVER_AGE_NO_PENSION"})
MOST_HOURS_A_DAY, MOST_HOURS_A_WEEK, LONGEST_PAY_CYCLE = 4, 24, 15  # LCL_68, LCL_72: written in the statute


@value
class Entitlement:
    """What the ground owes this person; `ground.owes` is 0 where the kind of employment gives nothing."""

    ground: Ground
    line: Line


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


def entitlement(facts: PersonFacts, policy: Policy) -> Entitlement:
    """The ground as it applies to this kind of employment, with the first line of the working."""
    ground = ground_for(facts.ground, facts.forced_reason)
    note = ""
    if facts.category in OWES_NOTHING:
        why, articles = OWES_NOTHING[facts.category]
        return _nothing(ground, why, articles)
    if facts.category == "PART_TIME":
        if not (breaches := part_time_breaches(facts)):
            return _nothing(ground, "非全日制用工，可以随时终止，不付经济补偿", (LCL_68, LCL_71))
        note = f"名为非全日制，{'；'.join(breaches)}，按全日制计算。"
    age_day = facts.age_day if facts.category == "OVER_AGE_NO_PENSION" else None
    if age_day and facts.last_day and facts.last_day < age_day:
        note = f"{age_day} 才到法定退休年龄，仍是劳动关系，按劳动合同制计算。"
    elif facts.category == "OVER_AGE_NO_PENSION":
        if age_day and facts.first_day and not facts.segments and facts.first_day >= age_day:
            return _nothing(ground, "超过法定退休年龄后招用，按用工协议终止，没有经济补偿", (OVER_AGE_8,))
        if policy.over_age == "none":
            return _nothing(ground, "超过法定退休年龄，按实施条例终止，不付经济补偿（有争议）", (REG_21, LCL_44_2))
        if ground.code == "RETIRE_AGE":  # the very dispute that the switch decides
            ground = replace(ground, why="超龄而未领养老金，本校按应付计算", owes=1)
    if facts.category == "DISPATCH" and ground.owes:
        note = "由劳务派遣单位支付，派遣协议约定由本校承担或者须连带的除外。"
    articles = ground.articles + ((DISPATCH_12,) if facts.category == "DISPATCH" else ())
    answer = "应付" if ground.owes else "不付"
    return Entitlement(ground, Line("owed", "应否支付", ground.why, articles, result=answer, note=note))


def _nothing(ground: Ground, why: str, articles: tuple[Article, ...]) -> Entitlement:
    none = replace(ground, owes=0, has_notice=False)
    return Entitlement(none, Line("owed", "应否支付", why, articles, result="不付"))
