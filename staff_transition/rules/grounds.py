"""Grounds on which the employment ends (解除/终止事由): how each ends it, what it owes and which years count.

Law: 劳动合同法 第三十六至五十条, 第八十七条; rules before 2008: 劳部发〔1994〕481号. Reading: docs/law/severance.md.
What the law forbids or asks for on a ground follows from `ending`, which every ground must state: the sets below are derived from it.
"""

from dataclasses import replace
from enum import Enum, auto

from common.values import value
from law.articles import Article
from law.articles.interpretations import I1_46, I2_19
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
    LCL_46_1,
    LCL_46_2,
    LCL_46_3,
    LCL_46_4,
    LCL_46_5,
    LCL_46_6,
    LCL_47_1,
    LCL_48,
    LCL_65,
    LCL_82,
    LCL_87,
)
from law.articles.leave import LEAVE_RULES_12
from law.articles.old_rules import I2001_15, O481_5, O481_6, O481_7, O481_8, O481_9
from law.articles.regulations import DISPATCH_12, REG_5, REG_6, REG_10, REG_21, REG_22, REG_25
from law.articles.tax import TAX_164_5_1


@value
class OldRule:
    """How the rules before 2008 paid this ground: one month a year, some with twelve months at most."""

    article: Article
    has_ceiling: bool = False
    is_always_up: bool = False  # a part of a year counts as a year, by the article's own words


class Ending(Enum):
    """Whose act ends the employment with the college, and by which part of the law."""

    FAULT = auto()  # 解除 by the college alone, the worker being at fault (LCL_39)
    NO_FAULT = auto()  # 解除 by the college alone, with notice (LCL_40)
    LAYOFF = auto()  # 解除 by the college alone, of many (LCL_41)
    AGREED = auto()  # 解除 agreed at the college's proposal (LCL_36)
    BOUGHT_OUT = auto()  # the same, and the contractor takes the worker on anew
    OWN_WILL = auto()  # 解除 by the worker, or at the worker's proposal (LCL_36, LCL_37)
    FORCED = auto()  # 解除 by the worker for what the college did (LCL_38)
    DEATH = auto()  # 终止
    EXPIRY = auto()  # 终止: the fixed term runs out (LCL_44_1)
    AGE = auto()  # 终止: the age is reached, or a pension drawn (LCL_44_2)
    EVENT = (
        auto()
    )  # 终止: task done, contract refused, college dissolved or bankrupt (REG_22, REG_5, LCL_44_4, LCL_44_5)
    HANDED_OVER = auto()  # the contractor takes the worker on with all years (REG_10)
    RETURNED = auto()  # the agency, which is the employer, takes the worker back (LCL_65)
    STAYS = auto()  # nothing ends, only the post changes (LCL_35)
    NOT_GIVEN = auto()  # what risks and published cases state; no person's employment is ended on it


@value
class Ground:
    code: str
    label: str
    why: str  # 应否支付, in one sentence
    ending: Ending
    articles: tuple[Article, ...]  # the ending ground first: a certificate cites it alone
    owes: int  # monthly wages per year of service: 0, 1, or 2 for the compensation of LCL_87
    is_from_2008: bool = False
    old_rule: OldRule | None = None
    is_in_the_person: bool = False  # the reason of a NO_FAULT end is health or ability, not what became of the college
    may_be_trained: bool = False  # LCL_40(2): training will do in the place of another post

    @property
    def has_notice(self) -> bool:
        """30 days' notice or a month's wage (LCL_40); not where the kind of employment gives nothing."""
        return self.ending is Ending.NO_FAULT and bool(self.owes)


DEATH = "DEATH_44_3"
NEGOTIATED = OldRule(O481_5, has_ceiling=True, is_always_up=True)

GROUNDS = {
    ground.code: ground
    for ground in (
        Ground("NEGOTIATED_EMPLOYER", "单位提出，协商一致解除", "单位提出、双方协商一致，应付", Ending.AGREED,
               (LCL_36, LCL_46_2), 1, old_rule=NEGOTIATED),
        Ground("NEGOTIATED_EMPLOYEE", "劳动者提出，协商一致解除", "劳动者提出的协商解除，不付", Ending.OWN_WILL,
               (LCL_36,), 0),
        Ground("RESIGN_37", "劳动者辞职", "劳动者自行辞职，不付", Ending.OWN_WILL,
               (LCL_37,), 0),
        Ground("FORCED_RESIGNATION_38_WAGE", "未及时足额支付劳动报酬，被迫解除", "单位未足额支付劳动报酬，应付", Ending.FORCED,
               (LCL_38, LCL_46_1), 1, old_rule=OldRule(I2001_15)),
        Ground("FORCED_RESIGNATION_38_SI", "未依法缴纳社会保险，被迫解除", "单位未依法缴纳社会保险，应付", Ending.FORCED,
               (LCL_38, LCL_46_1, I2_19), 1, is_from_2008=True),
        Ground("FORCED_RESIGNATION_38_OTHER", "其他过错，被迫解除", "单位有第三十八条的过错，应付", Ending.FORCED,
               (LCL_38, LCL_46_1), 1, old_rule=OldRule(I2001_15)),
        Ground("FAULT_39", "过失性解除", "劳动者有第三十九条的过失，不付", Ending.FAULT,
               (LCL_39,), 0),
        Ground("NOFAULT_40_1", "医疗期满不能从事工作", "医疗期满不能从事原工作和另行安排的工作，应付", Ending.NO_FAULT,
               (LCL_40_1, LCL_46_3), 1, old_rule=OldRule(O481_6), is_in_the_person=True),
        Ground("NOFAULT_40_2", "不能胜任工作", "经培训或者调岗仍不能胜任，应付", Ending.NO_FAULT,
               (LCL_40_2, LCL_46_3), 1, old_rule=OldRule(O481_7, has_ceiling=True), is_in_the_person=True, may_be_trained=True),
        Ground("NOFAULT_40_3", "客观情况重大变化", "客观情况重大变化、协商变更不成，应付", Ending.NO_FAULT,
               (LCL_40_3, LCL_46_3), 1, old_rule=OldRule(O481_8)),
        Ground("LAYOFF_41", "经济性裁员", "依第四十一条裁减人员，应付", Ending.LAYOFF,
               (LCL_41, LCL_46_4), 1, old_rule=OldRule(O481_9)),
        Ground("EXPIRY_NOT_RENEWED", "期满，单位不续订", "合同期满、单位不续订，应付", Ending.EXPIRY,
               (LCL_44_1, LCL_46_5), 1, is_from_2008=True),
        Ground("EXPIRY_LOWER_TERMS", "期满，降低条件续订被拒", "单位降低条件续订、劳动者不同意，应付", Ending.EXPIRY,
               (LCL_44_1, LCL_46_5), 1, is_from_2008=True),
        Ground("EXPIRY_EMPLOYEE_REFUSED", "期满，劳动者拒绝同等条件续订", "同等或更好条件续订、劳动者拒绝，不付", Ending.EXPIRY,
               (LCL_44_1, LCL_46_5), 0),
        Ground("TASK_DONE", "工作任务完成", "以任务为期限的合同，任务完成，应付", Ending.EVENT,
               (REG_22,), 1, is_from_2008=True),
        Ground("BANKRUPT_44_4", "破产", "单位被宣告破产，应付", Ending.EVENT,
               (LCL_44_4, LCL_46_6), 1, is_from_2008=True),
        Ground("DISSOLUTION_44_5", "撤销、关闭、解散", "单位被撤销、关闭或者解散，应付", Ending.EVENT,
               (LCL_44_5, LCL_46_6), 1, is_from_2008=True),
        Ground("PENSION_44_2", "已享受养老保险待遇", "已领取基本养老金，不付", Ending.AGE,
               (LCL_44_2,), 0),
        Ground("RETIRE_AGE", "达到法定退休年龄", "达到法定退休年龄，不付", Ending.AGE,
               (REG_21, LCL_44_2), 0),
        Ground(DEATH, "死亡", "合同因死亡终止，不付", Ending.DEATH,
               (LCL_44_3,), 0),
        Ground("NO_CONTRACT_REFUSED_1M", "一个月内劳动者拒签合同", "一个月内书面通知后拒签，不付", Ending.EVENT,
               (REG_5,), 0),
        Ground("NO_CONTRACT_REFUSED_1Y", "一个月后劳动者拒签合同", "超过一个月不满一年拒签，应付", Ending.EVENT,
               (REG_6,), 1),
        Ground("UNLAWFUL_87", "违法解除或者终止", "违法解除或者终止，付二倍赔偿金", Ending.NOT_GIVEN,
               (LCL_48, LCL_87, REG_25), 2),
        Ground("TRANSFER_CONTINUOUS", "承接单位接收，工龄连续", "工龄由承接单位连续计算，现在不付", Ending.HANDED_OVER,
               (REG_10, I1_46), 0),
        Ground("TRANSFER_BOUGHT_OUT", "承接单位接收，本校结清", "转到承接单位并由本校结清工龄，应付", Ending.BOUGHT_OUT,
               (LCL_36, LCL_46_2, REG_10), 1, old_rule=NEGOTIATED),
        # a disposition that ends nothing here
        Ground("MOVED_TO_OTHER_POST", "转岗", "变更岗位，用工关系继续，不付", Ending.STAYS,
               (LCL_35,), 0),
        Ground("RETURNED_TO_AGENCY", "退回劳务派遣单位", "退回劳务派遣单位，经济补偿由派遣单位承担", Ending.RETURNED,
               (LCL_65, DISPATCH_12), 0),
        # what published cases state without a ground
        Ground("UNSPECIFIED_N", "应付经济补偿（事由未写明）", "应付经济补偿", Ending.NOT_GIVEN,
               (LCL_47_1,), 1),
        Ground("NO_WRITTEN_CONTRACT_82", "未签书面合同（只算二倍工资）", "只计算二倍工资", Ending.NOT_GIVEN,
               (LCL_82,), 0),
        Ground("ANNUAL_LEAVE_SETTLEMENT", "只结算年休假", "只结算年休假", Ending.NOT_GIVEN,
               (LEAVE_RULES_12,), 0),
        Ground("TAX_ONLY", "只算个人所得税", "只计算个人所得税", Ending.NOT_GIVEN,
               (TAX_164_5_1,), 0),
    )
}  # fmt: skip


def _ended(*endings: Ending) -> frozenset[str]:
    return frozenset(ground.code for ground in GROUNDS.values() if ground.ending in endings)


NO_FAULT = _ended(Ending.NO_FAULT)  # thirty days' notice (LCL_40)
LAYOFFS = _ended(Ending.LAYOFF)  # explained and reported whatever the number (LCL_41)
BARRED_BY_42 = NO_FAULT | LAYOFFS  # not for the people whom LCL_42 protects
UNILATERAL = BARRED_BY_42 | _ended(Ending.FAULT)  # by the college alone: the union hears the reason before (LCL_43)
AGREED = _ended(Ending.AGREED, Ending.BOUGHT_OUT)  # ended by an agreement that the college proposes
COUNTED_BY_41 = UNILATERAL | AGREED  # by the college's act or proposal: who makes a mass layoff
TRANSFERS = _ended(Ending.BOUGHT_OUT, Ending.HANDED_OVER)  # to the contractor
OWN_ENDS = _ended(Ending.OWN_WILL, Ending.FORCED, Ending.DEATH)  # nothing that a scheme decides or prepares
EXPIRIES = _ended(Ending.EXPIRY)
BY_AGE = _ended(Ending.AGE)
NO_BENEFIT = BY_AGE | _ended(Ending.DEATH, Ending.BOUGHT_OUT)  # nobody is left who could be unemployed, or work goes on
NOT_VOLUNTARY = frozenset(GROUNDS) - _ended(Ending.OWN_WILL) - NO_BENEFIT
TERMINATED = EXPIRIES | BY_AGE | _ended(Ending.DEATH, Ending.EVENT)  # 终止; on every other ground the contract is 解除
HANDED_OVER = _ended(Ending.HANDED_OVER)  # the years go with the worker
RETURNS = _ended(Ending.RETURNED)  # DISPATCH_13: not for the people whom LCL_42 protects
ENDS_NOTHING = _ended(Ending.STAYS) | {""}  # the worker stays, or nobody has decided: no last day
NOT_CERTIFIED = RETURNS | HANDED_OVER | _ended(Ending.STAYS)  # no end that the college certifies (LCL_50)
# the reason is what became of the college, and its own decision to outsource is doubtful as one (LCL_40, LCL_41, I2_16)
IN_THE_PERSON = frozenset(code for code, ground in GROUNDS.items() if ground.is_in_the_person)
BY_CIRCUMSTANCES = BARRED_BY_42 - IN_THE_PERSON
AFTER_AN_OFFER = frozenset(code for code in NO_FAULT if not GROUNDS[code].may_be_trained)  # of another post (LCL_40)

NEW_IN_2008 = frozenset({"UNLAWFUL_RULES", "FRAUD"})  # reasons of article 38 that nobody paid for before 2008


def ground_for(code: str, forced_reason: str = "") -> Ground:
    """The ground, with article 38's reason taken into account. Raises KeyError for a code that does not exist."""
    ground = GROUNDS[code]
    if code == "FORCED_RESIGNATION_38_OTHER" and forced_reason in NEW_IN_2008:
        return replace(ground, old_rule=None, is_from_2008=True)
    return ground
