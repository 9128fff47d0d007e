"""The steps that the law asks for when people leave, counted from the last day T. Pure.

Law: 劳动合同法 第四条, 第四十至四十三条, 第五十条; 工会法; 湖北省实施工会法办法 第二十五条第二款; 鄂劳社发〔2009〕23号;
失业保险条例 第十六条.
The order is the one in which the steps depend on each other; what is not in a statute is the college's own plan and says so.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from common.values import value
from law.articles import Article
from law.articles.labour_contract import LCL_4, LCL_40, LCL_41, LCL_42, LCL_43, LCL_50_1, LCL_50_2, LCL_50_3
from law.articles.procedure import (
    CONGRESS_32,
    LAYOFF_HB,
    REG_24,
    STABILITY,
    UNEMPLOYMENT_16,
    UNION_22,
    UNION_39,
    WAGE_RULES_9,
)
from law.articles.regulations import HEALTH_35, REG_10, UNION_HB_25_2
from staff_transition.rules.grounds import (
    AGREED,
    ENDS_NOTHING,
    LAYOFFS,
    NO_BENEFIT,
    NO_FAULT,
    NOT_CERTIFIED,
    RETURNS,
    TRANSFERS,
    UNILATERAL,
)
from staff_transition.rules.months import add_months
from staff_transition.rules.notice import NOTICE_DAYS

OWN_UNIT = "后勤处"  # stands for the unit of the service, whose name the checklist takes
UNION_DAYS, ANSWER_DAYS, REPORT_DAYS, EXPLAIN_DAYS, FILES_DAYS, LIST_DAYS, KEPT_MONTHS = (
    15,
    7,
    15,
    30,
    15,
    7,
    24,
)

OF_THE_SCHEME = frozenset(
    {"freeze", "blocks", "stability", "congress", "decision", "tender-text"}
)  # done once, whoever comes later
UNION_LETTER = "union-letter"
AFTER_THE_LETTER = frozenset({"union-answer", "union-result"})  # about those whom a letter named


@value
class Duty:
    """One step: `due` is the latest day; `is_statutory` tells the law's deadlines from the college's own plan."""

    key: str
    title: str
    due: date
    rule: str  # how the day is counted, in words
    who: str
    articles: tuple[Article, ...] = ()
    is_statutory: bool = True


def duties(last_day: date, grounds: Iterable[str], *, is_mass: bool, has_hazard: bool = False) -> tuple[Duty, ...]:
    """The checklist of a scheme whose people leave on `last_day` on these grounds, by due date."""
    used = {ground for ground in grounds if ground not in ENDS_NOTHING}
    found = [*_before(last_day, used, is_mass), *_notices(last_day, used, is_mass)]
    if has_hazard:
        found.append(Duty("exit-check", "职业病危害岗位离岗体检", last_day, "离岗前", OWN_UNIT, (HEALTH_35, LCL_42)))
    found += _at_the_end(last_day, used - RETURNS)  # the agency ends it, pays and certifies (LCL_58, LCL_65)
    return tuple(sorted(found, key=lambda duty: (duty.due, duty.key)))


def checklist(ends: Iterable[tuple[str, date, bool]], *, is_mass: bool) -> tuple[Duty, ...]:
    """The duties of one scheme whose people end on these grounds and days, some in a post with hazards, each once.

    What must be ready before an end counts from the first of the days, what follows from it from the last.
    """
    found: dict[str, Duty] = {}
    for ground, day, is_hazard in ends:
        for duty in duties(day, (ground,), is_mass=is_mass, has_hazard=is_hazard):
            held = found.get(duty.key)
            if held is None or (duty.due < held.due if duty.due <= day else duty.due > held.due):
                found[duty.key] = duty
    return tuple(sorted(found.values(), key=lambda duty: (duty.due, duty.key)))


def _ago(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _plan(day: date, before: int, key: str, title: str, who: str, *articles: Article) -> Duty:
    return Duty(key, title, _ago(day, before), f"最后工作日前 {before} 日，内部安排", who, articles, is_statutory=False)


def _before(day: date, used: set[str], is_mass: bool) -> list[Duty]:
    found = [
        _plan(day, 120, "freeze", "花名册、工作经历、合同和社保记录核定，本人确认", "人事处"),
        _plan(day, 110, "blocks", "逐人清理不得解除的情形，或者改去向", "人事处", LCL_42),
        _plan(day, 100, "stability", "社会稳定风险评估、法律意见、资金落实", OWN_UNIT, STABILITY),
        _plan(
            day,
            90,
            "congress",
            "听取工会和教职工代表大会（或全体外聘人员会议）意见并答复",
            "校工会",
            LCL_4,
            UNION_39,
            CONGRESS_32,
        ),
        _plan(day, 75, "decision", "学校集体决策（三重一大）", "学校办公室"),
        _plan(day, 45, "offers", "逐人书面提出方案，留出考虑时间", "人事处"),
    ]
    if used & TRANSFERS:
        found.append(_plan(day, 60, "tender-text", "采购文件写明接收人数、连续工龄和承担方式", "采购与招标办", REG_10))
    return found


def _notices(day: date, used: set[str], is_mass: bool) -> list[Duty]:
    found = []
    if used & UNILATERAL:
        notice = _ago(day, NOTICE_DAYS) if used & NO_FAULT else day
        letter = _ago(notice, UNION_DAYS)
        rule = f"通知本人 {UNION_DAYS} 日前，书面"
        found.append(
            Duty(UNION_LETTER, "把解除理由书面告知工会", letter, rule, "人事处", (LCL_43, UNION_22, UNION_HB_25_2))
        )
        answer = letter + timedelta(days=ANSWER_DAYS)
        found.append(
            Duty("union-answer", "收到工会书面意见", answer, f"告知后 {ANSWER_DAYS} 日内", "校工会", (UNION_HB_25_2,))
        )
        found.append(
            Duty("union-result", "把处理结果书面告知工会", notice, "通知本人以前", "人事处", (LCL_43, UNION_22))
        )
    if used & NO_FAULT:
        rule = f"提前 {NOTICE_DAYS} 日；来不及的付一个月工资"
        found.append(Duty("notice", "书面通知本人", _ago(day, NOTICE_DAYS), rule, "人事处", (LCL_40,)))
    if used & LAYOFFS or (is_mass and used & UNILATERAL):
        explain = _ago(day, EXPLAIN_DAYS)
        rule = f"提前 {EXPLAIN_DAYS} 日"
        found.append(Duty("explain", "向工会或者全体职工说明情况、听取意见", explain, rule, "人事处", (LCL_41,)))
        rule = f"实施 {REPORT_DAYS} 日前，书面，附规定材料"
        found.append(
            Duty("report", "向人社部门书面报告裁减方案", _ago(day, REPORT_DAYS), rule, "人事处", (LCL_41, LAYOFF_HB))
        )
    return found


def _at_the_end(day: date, used: set[str]) -> list[Duty]:
    if not used:
        return []
    found = []
    if used & AGREED:
        found.append(Duty("agreements", "签订协商解除协议", day, "最后工作日前", "人事处", (LCL_50_2,)))
    if used & TRANSFERS:
        found.append(
            Duty("three-party", "签订三方协议，写明首次入职日期和工龄", day, "最后工作日前", "人事处", (REG_10,))
        )
    title = "付清到最后工作日的工资、未休年休假工资和其他应付款"
    found.append(Duty("wages", title, day, "解除、终止时一次付清", "财务处", (WAGE_RULES_9,)))
    if certified := used - NOT_CERTIFIED:  # whose years go with them work on, and nothing is paid now
        found.append(Duty("certificate", "出具解除（终止）劳动合同证明", day, "当日", "人事处", (LCL_50_1, REG_24)))
        found.append(Duty("payment", "办结工作交接时付清经济补偿", day, "办结交接时", "财务处", (LCL_50_2,)))
    if certified - NO_BENEFIT:
        words, rule = "失业人员名单报社保经办机构，告知待遇", f"{LIST_DAYS} 日内"
        found.append(Duty("list", words, day + timedelta(days=LIST_DAYS), rule, "人事处", (UNEMPLOYMENT_16,)))
    found += [
        Duty("files", "办理档案和社会保险关系转移", day + timedelta(days=FILES_DAYS), f"{FILES_DAYS} 日内", "人事处", (LCL_50_1,)),
        Duty("kept", "解除、终止的合同文本保存满两年", add_months(day, KEPT_MONTHS), "至少两年", "人事处", (LCL_50_3,)),
    ]  # fmt: skip
    if used & TRANSFERS:
        rule = "最后工作日后 30 日，内部安排"
        shown = "承接单位出示每人的合同和参保证明"
        found.append(Duty("shown", shown, day + timedelta(days=30), rule, OWN_UNIT, (REG_10,), is_statutory=False))
    return found


def earliest_last_day(today: date, grounds: Iterable[str], *, is_mass: bool) -> date:
    """The first last day for which no statutory deadline before it has passed yet."""
    due = [duty.due for duty in duties(today, grounds, is_mass=is_mass) if duty.is_statutory]
    return today + max((today - min(due, default=today)), timedelta())
