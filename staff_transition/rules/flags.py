"""What HR must see before anyone signs: blocks, risks and hints, each with its article and what to do.

A block never changes an amount; it stops the ground.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product

from common.money import to_fen
from common.values import value
from law.articles import Article
from law.articles.interpretations import (
    I1_1_5,
    I1_34,
    I1_35,
    I1_42,
    I1_44,
    I1_46,
    I1_47,
    I2_10,
    I2_11,
    I2_16,
    I2_19,
    I2_20,
)
from law.articles.labour_contract import (
    LCL_10,
    LCL_14_2,
    LCL_14_3,
    LCL_35,
    LCL_36,
    LCL_39,
    LCL_40,
    LCL_42,
    LCL_43,
    LCL_44_1,
    LCL_44_2,
    LCL_45,
    LCL_46_2,
    LCL_46_5,
    LCL_47_1,
    LCL_47_2,
    LCL_48,
    LCL_68,
    LCL_72,
    LCL_72_1,
    LCL_82,
    LCL_85,
    LCL_87,
    LCL_94,
    LCL_97_1,
    LCL_97_3,
)
from law.articles.labour_contract import SINCE as LAW_SINCE
from law.articles.leave import LEAVE_3, LEAVE_5_2, LEAVE_RULES_3, LEAVE_RULES_10
from law.articles.procedure import (
    DISPUTE_6,
    FLEXIBLE_94,
    FLEXIBLE_94_EARLY,
    UNEMPLOYMENT_21,
    WAGE_RECORDS_15,
    WAGE_RECORDS_50,
    WAGE_RECORDS_54,
    WAGE_RULES_6,
)
from law.articles.regulations import (
    ADVICE_309_35,
    DISPATCH_12,
    DISPATCH_13,
    HEALTH_35,
    INJURY_35,
    INJURY_36,
    INJURY_37,
    INJURY_39,
    INJURY_62,
    MEDIATION_27,
    MIN_WAGE_RULES,
    MIN_WAGE_RULES_12,
    OVER_AGE_8,
    OVER_AGE_19,
    REG_5,
    REG_6,
    REG_7,
    REG_10,
    REG_14,
    REG_20,
    REG_21,
    REG_22,
    REG_23,
    REG_27,
    SOCIAL_38_3,
    UNION_19,
    UNION_HB_25_2,
)
from law.articles.retirement import RETIRE_1, RETIRE_2, RETIRE_3
from law.articles.tax import TAX_157_2, TAX_164_5_1
from law.working import ParameterUse
from staff_transition.rules.contracts import outlasts_a_month
from staff_transition.rules.entitlement import (
    NO_LABOUR_RELATION,
    OVER_AGE,
    SIGNED,
    hours_a_month,
    is_hired_past_age,
    is_pensioner,
    judged,
    part_time_breaches,
    part_time_unknown,
)
from staff_transition.rules.grounds import (
    AFTER_AN_OFFER,
    AGREED,
    BARRED_BY_42,
    BY_AGE,
    BY_CIRCUMSTANCES,
    DEATH,
    ENDS_NOTHING,
    EXPIRIES,
    GROUNDS,
    NO_FAULT,
    OWN_ENDS,
    RETURNS,
    TRANSFERS,
    UNILATERAL,
    Ending,
)
from staff_transition.rules.leave import is_too_short, unused_leave, years_between
from staff_transition.rules.ledger import Ledger, in_words
from staff_transition.rules.months import DAY, add_months, elapsed, plain, roll_months
from staff_transition.rules.person import (
    INJURY_35_GRADES,
    INJURY_36_GRADES,
    INJURY_37_GRADES,
    LOST_CAPACITY,
    LeaveFacts,
    Local,
    OfferFacts,
    PersonFacts,
    Segment,
)
from staff_transition.rules.plausible import oddities, working_age_day
from staff_transition.rules.policy import DEFAULT, SWITCHES, Policy
from staff_transition.rules.procedure import UNION_DAYS
from staff_transition.rules.retirement import LONG_SERVICE_MONTHS, NEAR_RETIREMENT_MONTHS, is_near, statutory_day
from staff_transition.rules.service import asks_for_method, stretches, total_span
from staff_transition.rules.settlement import (
    GRADES_WITH_SUBSIDY,
    MEDICAL_MONTHS,
    Settlement,
    exposure,
    leave_exposure,
    settle,
)
from staff_transition.rules.wages import MonthWage, Wages

BAD, WARN, INFO = "bad", "warn", "info"
# a step that comes after the lock cures these; every other block stands until a fact changes or another ground is used
CURED_LATER = frozenset({
    "exit-check", "no-renewal-offer", "no-own-proposal", "no-signing-notice", "fault-item", "refused", "union-too-late",
})  # fmt: skip
# what is owed where the proof is wanting that nothing is: flag → ground; every other block costs 2N
OWED_INSTEAD = {"no-renewal-offer": "EXPIRY_NOT_RENEWED", "no-own-proposal": "NEGOTIATED_EMPLOYER"}
# what rests on the worker's consent: how it ends → kind of offer → in words, and where the law says so
AGREED_TO: dict[Ending, dict[str, tuple[str, tuple[Article, ...]]]] = {
    Ending.AGREED: {"AGREED_END": ("协商解除", (LCL_36,))},
    Ending.BOUGHT_OUT: {"AGREED_END": ("协商解除", (LCL_36,)), "TRANSFER": ("由承接单位接收", (LCL_36, REG_10))},
    Ending.HANDED_OVER: {"TRANSFER": ("由承接单位接收", (LCL_35, REG_10))},
    Ending.STAYS: {"OTHER_POST": ("变更岗位", (LCL_35,))},
}
FOR_THE_LIVING = frozenset({
    "protected-known", "female-category", "past-age", "near-retirement", "not-over-age", "over-age", "over-age-agreement",
    "over-age-injury", "pension-loss", "expired-and-working", "sign-now", "union-office", "dispatch",
})  # fmt: skip
MONTHS_FOR_LEAVE = 12  # LEAVE_RULES_3
MONTHS_FOR_RURAL = 12  # UNEMPLOYMENT_21
ALMOST_A_YEAR = Decimal("0.9")  # what a working life in whole years may leave out
TENTH = Decimal("0.1")
THINKING_DAYS = 3  # prudence, not statute
HOLIDAYS_MATTER = Decimal("0.05")  # of the base
# warnings that cost 2N when they come true
PRICED = frozenset({
    "terms-unknown", "open-ended-offer", "task-dated", "expired-and-working", "union-letter", "no-other-post", "lower-pay",
})  # fmt: skip
# full months of use after which a refusal to sign no longer ends the employment (REG_5, REG_6; then LCL_14_3)
REFUSED_WITHIN = {
    "NO_CONTRACT_REFUSED_1M": (1, "一个月", (REG_5, REG_6, LCL_87)),
    "NO_CONTRACT_REFUSED_1Y": (12, "一年", (REG_6, REG_7, LCL_14_3, LCL_87)),
}
TO_BE_PROVED = frozenset({"NEGOTIATED_EMPLOYEE", "FAULT_39", *REFUSED_WITHIN})
TEN_YEARS_MONTHS = 120  # LCL_14_2
UNLESS_REFUSED = "本人书面拒绝续订的，先登记“续订合同”要约和答复，事由选“期满，劳动者拒绝同等条件续订”。"
WITHOUT_MINIMUM = frozenset({"STUDENT", "ESTABLISHED"})  # no wage of the labour law
NOT_INSURED_HERE = NO_LABOUR_RELATION | {"PART_TIME", "DISPATCH"}
WITHOUT_EXPIRY = NO_LABOUR_RELATION | {"PART_TIME", "OVER_AGE_NO_PENSION"}  # no contract of theirs has to run out
DIFFERING: dict[str, tuple[str, tuple[Article, ...]]] = {
    "contract_to": ("合同终止日期", (LCL_44_1,)),
    "is_insured": ("是否参加社保", (SOCIAL_38_3,)),
}
CLIFF = Decimal("0.02")  # one yuan above three times the average changes the whole amount
NOT_FOR_THE_PROTECTED = BARRED_BY_42 | RETURNS
NOT_DURING_A_STATE = BARRED_BY_42 | EXPIRIES  # one-sided, or by the term's end (LCL_42, LCL_45)
# what ends the employment of people of grade 1 to 4: age or pension, themselves, or that there is no college any more
ENDS_OF_THE_GRAVE = BY_AGE | OWN_ENDS | ENDS_NOTHING | {"BANKRUPT_44_4", "DISSOLUTION_44_5"}
WITHOUT_INJURY_SUMS = ENDS_NOTHING | RETURNS | {DEATH}
PROTECTED_WORDS = {
    "PREGNANCY": "孕期", "MATERNITY": "产期", "NURSING": "哺乳期", "MEDICAL_PERIOD": "医疗期", "WORK_INJURY": "工伤",
    "OCCUPATIONAL": "职业病或疑似职业病", "UNNAMED": "受保护情形",
}  # fmt: skip


@value
class Flag:
    """One thing to mind: `amount` is its consequence in yuan where one can be given."""

    code: str
    level: str  # bad: stops the ground; warn: decide before signing; info
    title: str
    text: str
    articles: tuple[Article, ...] = ()
    amount: Decimal | None = None


def flags(
    facts: PersonFacts, settlement: Settlement, policy: Policy, local: Local, today: date, ledger: Ledger | None = None
) -> tuple[Flag, ...]:
    """All flags of one person, the gravest first. What stops a ground costs 2N if it is used all the same.

    `ledger`: None where nobody asks for it, or another employer keeps it.
    """
    found = [
        *_stopping(facts), *_odd(facts, settlement, policy, local), *_over_age(facts, policy, local), *_contract(facts, settlement, today),
        *_part_time(facts, policy, local), *_double_wage(settlement), *_leave(facts),
        *_leave_claim(facts, settlement, policy, local), *_insurance(facts, policy, local),
        *_wage(facts, settlement, policy, local), *_ledger(ledger),
        *_stale(facts, settlement, policy, local), *_old_service(facts, settlement, policy, local),
        *_ground(facts, settlement, policy, local),
    ]  # fmt: skip
    if ledger and ledger.none:  # says it of every month, not of the average's alone
        found = [flag for flag in found if flag.code != "no-wage-months"]
    if facts.ground == DEATH:
        found = [flag for flag in found if flag.code not in FOR_THE_LIVING]
    priced = _priced(found, facts, policy, local)
    return tuple(sorted(priced, key=lambda flag: (BAD, WARN, INFO).index(flag.level)))


def _priced(found: list[Flag], facts: PersonFacts, policy: Policy, local: Local) -> list[Flag]:
    """What stops a ground, or may, with its consequence in yuan: N where what the worker wanted is not proved, else 2N.

    Where nothing ends, no end is unlawful.
    """
    stopping = [flag for flag in found if flag.level == BAD or flag.code in PRICED]
    if not stopping or facts.ground in ENDS_NOTHING:
        return found
    risk = exposure(facts, policy, local).severance

    def priced(flag: Flag) -> Flag:
        instead = OWED_INSTEAD.get(flag.code)
        amount = settle(facts.on_ground(instead), policy, local).severance if instead else risk
        if flag not in stopping or not amount:
            return flag
        words = "应付经济补偿" if instead else "仍这样做的，按违法解除付"
        return replace(flag, text=f"{flag.text}{words} {amount:,.2f} 元。", amount=amount)

    return [priced(flag) for flag in found]


def blocks(facts: PersonFacts) -> tuple[Flag, ...]:
    """The flags that stop the chosen ground."""
    return tuple(flag for flag in _stopping(facts) if flag.level == BAD)


def bars(facts: PersonFacts) -> tuple[Flag, ...]:
    """The blocks that forbid the choice itself. A new block is one of them unless CURED_LATER names it."""
    return tuple(flag for flag in blocks(facts) if flag.code not in CURED_LATER)


def _stopping(facts: PersonFacts) -> Iterator[Flag]:
    yield from _protection(facts)
    yield from _age(facts)
    yield from _expiry(facts)
    yield from _unsigned(facts)
    yield from _health_and_union(facts)
    yield from _offers(facts)
    if facts.ground in TO_BE_PROVED:
        yield from _unproved(facts)


def months_here(facts: PersonFacts) -> int:
    """Full months of service at this place, paid stretches left out; 0 where the days are not known."""
    parts = stretches(facts, DEFAULT) if facts.tenure is None else None
    return total_span(parts).months if parts else 0


def _protection(facts: PersonFacts) -> Iterator[Flag]:
    states = _words(facts.protected)
    if states and facts.ground in BARRED_BY_42:
        text = f"{states}期间只能协商、接收或者等情形消失。"
        yield Flag("protected", BAD, "不得用第 40、41 条解除", text, (LCL_42,))
    elif states and facts.ground in RETURNS:
        text = f"{states}期间不得退回派遣单位；派遣期满的，延续到情形消失时。"
        yield Flag("return-protected", BAD, "受第 42 条保护，不得退回", text, (DISPATCH_13, LCL_42))
    elif states and facts.ground in EXPIRIES:
        yield from _extended(facts)
    elif states:
        yield Flag(
            "protected-known", INFO, f"受保护：{states}", "协商时书面告知保护身份，避免显失公平的争议。", (LCL_42,)
        )
    elif facts.ground in BARRED_BY_42:
        text = "没有登记孕产哺、工伤、医疗期等情形，用这一事由前请逐项核实。"
        yield Flag("protection-unchecked", WARN, "第 42 条情形未核实", text, (LCL_42,))


def _words(kinds: Iterable[str]) -> str:
    return "、".join(PROTECTED_WORDS.get(kind, kind) for kind in kinds)


def _extended(facts: PersonFacts) -> Iterator[Flag]:
    """An expiry waits until the state ends; lost capacity never ends, and goes by the rules of work injury (LCL_45)."""
    grade, lasting = facts.disability_grade, [each for each in facts.protected if each not in LOST_CAPACITY]
    if lasting or not grade:
        assess = "伤情稳定的，先做劳动能力鉴定。" if not lasting and grade is None else ""
        text = f"{_words(lasting or facts.protected)}，续延到情形消失时终止。{assess}"
        yield Flag("extended", BAD, "合同续延，到期不得终止", text, (LCL_45, LCL_42))
    elif grade in INJURY_36_GRADES:
        text = f"鉴定为 {grade} 级，只有本人提出才可以解除、终止；学校应安排适当工作。本人提出的，选“劳动者提出，协商一致解除”。"
        yield Flag("injury-kept", BAD, "工伤五、六级，到期不得终止", text, (LCL_45, INJURY_36))


def _age(facts: PersonFacts) -> Iterator[Flag]:
    if facts.last_day is None or facts.category in {"STUDENT", "ESTABLISHED"}:
        return
    age_day = facts.age_day
    if age_day is None:
        yield from _age_unknown(facts, facts.last_day)
        return
    if breaches := facts.early_breaches:
        text = f"本人选 {facts.early_on} 提前退休：{'；'.join(breaches)}。不补齐就以年龄终止是违法终止。"
        yield Flag("early-retirement", WARN, "弹性提前退休还不成立", text, (RETIRE_3, RETIRE_2, FLEXIBLE_94_EARLY))
    if facts.last_day < age_day:
        yield from _before_age(facts, facts.last_day, age_day)
    elif facts.category not in OVER_AGE and facts.ground not in BY_AGE:
        text = f"{age_day} 已到法定退休年龄，核实是否领取养老金后改用工形式或者事由。"
        yield Flag("past-age", WARN, "已过法定退休年龄", text, (REG_21, LCL_44_2))
    elif facts.category not in OVER_AGE and facts.ground == "PENSION_44_2" and facts.is_pension_drawn is False:
        text = "已到法定退休年龄而没有领取养老金的，事由请改为“达到法定退休年龄”。"
        yield Flag("pension-not-drawn", WARN, "没有领取养老金", text, (REG_21, LCL_44_2))


def _age_unknown(facts: PersonFacts, last_day: date) -> Iterator[Flag]:
    """Whose age cannot be told is asked where something hangs on it, and not ended one-sidedly where LCL_42(5) may hold."""
    is_woman = bool(facts.birth_day and facts.sex == "F")
    if is_pensioner(facts):
        return
    if facts.ground in NOT_FOR_THE_PROTECTED and _may_be_near(facts, last_day):
        what = "女职工退休类别" if is_woman else "出生日期、性别"
        text = (
            f"连续工作满 15 年，{what}没有填，可能距退休不足 5 年；不足的不得用第 40、41 条解除，也不得退回。请先补登。"
        )
        articles = (LCL_42, RETIRE_1) + ((DISPATCH_13,) if facts.ground in RETURNS else ())
        yield Flag("age-unknown", BAD, f"{what}未填，不能单方解除", text, articles)
    elif is_woman and (facts.ground in BY_AGE or add_months(last_day, NEAR_RETIREMENT_MONTHS) > facts.age_days[0]):
        text = "法定退休年龄因岗位而不同，请人事处确认是工人岗还是管理、技术岗。"
        yield Flag("female-category", WARN, "女职工退休类别未填", text, (RETIRE_1,))


def _may_be_near(facts: PersonFacts, day: date) -> bool:
    """Fifteen years here, and less than five to go by any of the ages that may apply."""
    birth = facts.birth_day
    if months_here(facts) < LONG_SERVICE_MONTHS:
        return False
    return birth is None or any(is_near(day, statutory_day(each, birth)) for each in facts.retirement_categories)


def _before_age(facts: PersonFacts, last_day: date, age_day: date) -> Iterator[Flag]:
    postponed = facts.postponed_until == age_day
    when = f"{age_day} 弹性延迟期满" if postponed else f"新规下 {age_day} 才到法定退休年龄"
    if facts.is_early:
        when = f"本人选的弹性提前退休日是 {age_day}"
    drawn = "已提前领取养老金的，请登记。" if facts.category in OVER_AGE and facts.is_pension_drawn is None else ""
    if facts.ground == "RETIRE_AGE" or (facts.ground == "PENSION_44_2" and not is_pensioner(facts)):
        text = f"{when}，提前以年龄终止是违法终止。{drawn}"
        articles = (RETIRE_1, REG_21, LCL_87) + ((FLEXIBLE_94,) if postponed else ())
        yield Flag("too-young", BAD, "还没有到法定退休年龄", text, articles)
    elif facts.category in OVER_AGE and not is_pensioner(facts):
        text = f"{when}，不是超龄、退休人员，按劳动合同制计算；请改用工形式。{drawn}"
        yield Flag("not-over-age", WARN, "用工形式与年龄不符", text, (RETIRE_1, LCL_48))
    statutory = statutory_day(facts.retirement_categories[0], facts.birth_day or age_day)
    if _may_be_near(facts, last_day):
        level = BAD if facts.ground in NOT_FOR_THE_PROTECTED else INFO
        ways = "不得退回，请保留岗位。" if facts.ground in RETURNS else "只能协商、接收或到期。"
        text = f"连续工作满 15 年，{statutory} 退休，不足 5 年。{ways}"
        articles = (LCL_42, RETIRE_1) + ((DISPATCH_13,) if facts.ground in RETURNS else ())
        yield Flag("near-retirement", level, _near_title(facts, level), text, articles)


def _near_title(facts: PersonFacts, level: str) -> str:
    if level == INFO:
        return "临近退休，受第 42 条保护"
    return "受第 42 条保护，不得退回" if facts.ground in RETURNS else "不得用第 40、41 条解除"


def _over_age(facts: PersonFacts, policy: Policy, local: Local) -> Iterator[Flag]:
    """Kept on past the age without a pension (M1): what is disputed in yuan, and what the rules of 2026 ask for.

    A pension that nobody has registered is not taken for drawn.
    """
    age_day, employed = facts.age_day, judged(facts)
    if age_day is None or facts.last_day is None or facts.last_day < age_day:
        return
    if facts.is_pension_drawn or employed in NO_LABOUR_RELATION:
        return
    if facts.is_pension_assured and facts.last_day == age_day:
        return  # leaves on the day, and the pension follows
    if not facts.has_agreement:
        text = (
            "须有书面用工协议（员工页“用工文书”）；没有的只能双方同意终止。除报酬、休息、安全、工伤外的争议向法院起诉。"
        )
        yield Flag("over-age-agreement", WARN, "没有超龄用工协议", text, (OVER_AGE_8, OVER_AGE_19))
    if facts.has_injury_insurance is False or (facts.has_injury_insurance is None and facts.is_insured is False):
        yield Flag("over-age-injury", WARN, "超龄用工没有工伤保险", "须为超龄人员参加工伤保险。", (OVER_AGE_8,))
    if is_hired_past_age(facts):
        return  # nothing is disputed
    if facts.is_insured is False:
        text = "已不能补缴、领不到养老金的，本人可以要求学校赔偿损失；先向社保机构书面询问能否补缴。"
        yield Flag("pension-loss", WARN, "可能要赔养老待遇损失", text, (I1_1_5,))
    if employed != "OVER_AGE_NO_PENSION" and facts.ground not in BY_AGE:
        return  # still an employee on the roster: N is owed by the ground
    unless = "没有登记是否领取养老金；已领取的没有争议，请登记。" if facts.is_pension_drawn is None else ""
    employee = facts.for_severance(category="OVER_AGE_NO_PENSION", is_pension_drawn=None)
    owed = policy.with_choice("over_age", "N")
    whole = settle(employee, owed, local).severance
    to_age = settle(employee.but(last_day=age_day, contract_to=None), owed, local).severance
    if whole is None or to_age is None:
        text = f"{unless}是否付经济补偿有争议，默认不付；请法务意见后决定。"
        yield Flag("over-age", WARN, "超龄未领养老金", text, (REG_21, LCL_44_2, OVER_AGE_8))
    elif whole:
        text = (
            f"{unless}默认不付。若法院按劳动关系认定：算到法定退休日 {to_age:,.2f} 元，算到最后工作日 {whole:,.2f} 元。"
        )
        yield Flag("over-age", WARN, "超龄未领养老金，补偿有争议", text, (REG_21, LCL_44_2, OVER_AGE_8), whole)


def _expiry(facts: PersonFacts) -> Iterator[Flag]:
    named, ends, last_day = facts.contract_to, facts.contract_end, facts.last_day
    if ends and last_day and outlasts_a_month(ends + DAY, last_day):
        gap = elapsed(ends + DAY, last_day)
        deemed = "视为无固定期限合同，" if gap.months >= 12 and facts.category != "PUBLIC_POST" else ""
        by_law = "" if ends == named else f"依法续延到 {ends}，"
        text = f"合同 {named} 到期，{by_law}到最后工作日还有 {gap} 没有合同，{deemed}不能再用到期终止，只能按原条件续订、协商或者依法解除。"
        level = BAD if facts.ground in EXPIRIES else WARN
        yield Flag("expired-and-working", level, "合同到期后仍在工作", text, (I1_34, I2_11))
    if facts.ground not in EXPIRIES:
        return
    if facts.is_open_ended:
        text = "无固定期限合同没有到期日，请改用其他事由。"
        yield Flag("open-ended", BAD, "无固定期限合同不会到期", text, (LCL_14_2,))
    elif judged(facts) in WITHOUT_EXPIRY:
        pass
    elif ends is None:
        text = "没有登记合同终止日期，不能按到期终止；请在员工资料或“劳动合同”里补登。"
        yield Flag("expiry-unknown", BAD, "不知道合同哪天到期", text, (LCL_44_1, LCL_87))
    elif named and last_day and named > last_day:
        text = f"合同 {named} 才到期，{last_day} 就以到期终止是违法终止；请改最后工作日，或者改用协商等事由。"
        yield Flag("not-expired", BAD, "合同还没有到期", text, (LCL_44_1, LCL_48, LCL_87))
    if facts.category != "PUBLIC_POST":  # REG_12: the rules on open-ended contracts do not reach these posts
        yield from _open_ended_due(facts)


def _unsigned(facts: PersonFacts) -> Iterator[Flag]:
    """Grounds that only hold early, or only for one kind of contract: no refusal to sign after its time, no task without end."""
    begun, last_day = facts.first_day, facts.last_day
    if facts.ground in REFUSED_WITHIN and begun and last_day:
        months, within, articles = REFUSED_WITHIN[facts.ground]
        if last_day >= (over := roll_months(begun, months)):
            text = f"{begun} 用工，到 {over} 已满{within}，这一事由不再适用。"
            text += "满一年的视为已订无固定期限合同。" if last_day >= roll_months(begun, 12) else ""
            yield Flag("refusal-too-late", BAD, f"用工已满{within}，不能按拒签终止", text, articles)
    if facts.ground != "TASK_DONE":
        return
    if facts.is_open_ended:
        text = "登记的是无固定期限合同，不是以完成工作任务为期限的合同；请改用其他事由。"
        yield Flag("not-a-task", BAD, "无固定期限合同没有任务可完成", text, (REG_22, LCL_14_2, LCL_87))
    elif judged(facts) == "NO_WRITTEN_CONTRACT":
        text = "没有书面合同，就没有以完成工作任务为期限的约定；请补登合同，或者改用其他事由。"
        yield Flag("not-a-task", BAD, "没有以任务为期限的合同", text, (REG_22, LCL_10, LCL_87))
    elif facts.contract_to:
        text = f"登记的合同 {facts.contract_to} 到期；定了终止日期的是固定期限合同，提前以任务完成终止是违法终止。请核对合同。"
        yield Flag("task-dated", WARN, "合同写了终止日期，未必以任务为期限", text, (REG_22, LCL_44_1, LCL_87))


def _open_ended_due(facts: PersonFacts) -> Iterator[Flag]:
    """Two fixed terms or ten years: who wants to stay gets an open-ended contract; who refused one in writing does not (M4)."""
    terms, has_ten_years = facts.fixed_terms, months_here(facts) >= TEN_YEARS_MONTHS
    is_due = has_ten_years or (terms is not None and terms >= 2)
    if is_due and facts.ground == "EXPIRY_EMPLOYEE_REFUSED" and _equal_renewal_refused(facts):
        text = (
            "本人拒绝的须是无固定期限合同；学校只提出固定期限的，拒绝不算不愿续订，到期终止仍是违法终止。请核对要约。"
        )
        yield Flag("open-ended-offer", WARN, "须提出过无固定期限合同", text, (LCL_14_2, LCL_87))
    elif terms is not None and terms >= 2:
        text = f"已签 {terms} 次固定期限合同，本人愿意续订的应订无固定期限合同，到期终止是违法终止。{UNLESS_REFUSED}"
        yield Flag("two-terms", BAD, "两次固定期限，不得到期终止", text, (LCL_14_2, I2_10, LCL_97_1, LCL_87))
    elif has_ten_years:
        text = f"连续工作满十年，本人愿意续订的应订无固定期限合同。{UNLESS_REFUSED}"
        yield Flag("ten-years", BAD, "连续工作满十年，不得到期终止", text, (LCL_14_2, LCL_87))
    elif terms is None and (begun := facts.first_day) and (facts.contract_from or date.max) > begun:
        text = f"{begun} 入职，早于现在的合同；如果已是第二次固定期限，到期终止就是违法终止。请登记签过几次。"
        yield Flag("terms-unknown", WARN, "不知道签过几次固定期限合同", text, (LCL_14_2, I2_10, LCL_97_1, LCL_87))


def _health_and_union(facts: PersonFacts) -> Iterator[Flag]:
    draws_pension = facts.ground == "PENSION_44_2" and is_pensioner(facts)  # M10: death and pension alone need no check
    if facts.is_hazard_post and facts.exit_check_day is None and facts.ground not in {DEATH, ""} and not draws_pension:
        text = "职业病危害岗位，离岗前没有做职业健康检查的，协商解除也不行。"
        yield Flag("exit-check", BAD, "没有离岗体检", text, (HEALTH_35, LCL_42))
    is_assessed = facts.exit_check_result == "DISEASE" and facts.disability_grade in INJURY_37_GRADES
    barred = BARRED_BY_42 if is_assessed else NOT_DURING_A_STATE
    if facts.exit_check_result in {"SUSPECTED", "DISEASE"} and facts.ground in barred:
        text = "疑似职业病在诊断或者医学观察期间、患职业病并丧失劳动能力的，不得单方解除，到期续延。"
        yield Flag("exit-check-result", BAD, "离岗体检有异常", text, (LCL_42, LCL_45, HEALTH_35))
    yield from _grade(facts)
    may_be_injury = facts.disability_grade in GRADES_WITH_SUBSIDY and facts.is_work_disability is not False
    if may_be_injury and facts.ground not in WITHOUT_INJURY_SUMS:
        text = (
            f"鉴定为 {facts.disability_grade} 级，属工伤的，结束用工时另有两项：一次性工伤医疗补助金由工伤保险基金付，一次性伤残就业"
            "补助金由学校付；没有参加工伤保险的，两项都由学校付。标准由省里定，请向社保经办机构核定后登记在“更正与另行支付”。"
        )
        graded = INJURY_36 if facts.disability_grade in INJURY_36_GRADES else INJURY_37
        yield Flag("injury-sums", WARN, "工伤五至十级另有补助金", text, (graded, REG_23, INJURY_62))
    is_in_office = facts.union_office_until and facts.last_day and facts.union_office_until >= facts.last_day
    if is_in_office and not (facts.ground in EXPIRIES and facts.union_office_until == facts.last_day):
        text = f"任期到 {facts.union_office_until}，合同延长到任期届满，不得单方解除。"
        level = BAD if facts.ground in NOT_DURING_A_STATE else INFO
        yield Flag("union-office", level, "工会任职期间", text, (UNION_19,))
    if facts.ground in UNILATERAL:
        yield from _union(facts)


def _grade(facts: PersonFacts) -> Iterator[Flag]:
    """What the grade itself forbids: it shields whether or not the injury has a row of its own."""
    grade, is_of_work = facts.disability_grade, facts.is_work_disability
    if not grade or judged(facts) in NO_LABOUR_RELATION:
        return
    if grade in INJURY_35_GRADES and facts.ground not in ENDS_OF_THE_GRAVE:
        way = {
            True: "保留劳动关系、退出工作岗位",
            False: "应办退休、退职",
            None: "因工的保留劳动关系、退出工作岗位，因病或非因工的应办退休、退职",
        }[is_of_work]
        text = f"鉴定为 {grade} 级，{way}；只有到退休年龄、领取养老金、死亡或者本人提出，用工才结束。"
        yield Flag("grave-disability", BAD, "一至四级不得解除、终止", text, (INJURY_35, LCL_42, ADVICE_309_35))
    elif facts.is_cause_asked and facts.ground in NOT_DURING_A_STATE | RETURNS:
        kept = "，到期也不得终止" if grade in INJURY_36_GRADES else ""
        text = f"鉴定为 {grade} 级；在本校因工负伤或者患职业病的，不得用第 40、41 条解除，不得退回{kept}。请在员工资料填“在本校因工致残”。"
        graded = INJURY_36 if grade in INJURY_36_GRADES else INJURY_37
        yield Flag("injury-cause", BAD, "没有登记是不是因工致残", text, (LCL_42, LCL_45, graded))
    elif grade in INJURY_36_GRADES and is_of_work and facts.ground in AGREED | TRANSFERS:
        text = f"鉴定为 {grade} 级，本人提出才可以解除；须有本人书面提出的凭据，没有的应保留劳动关系、安排适当工作。"
        yield Flag("own-proposal", WARN, "工伤五、六级须本人提出", text, (INJURY_36,))


def _union(facts: PersonFacts) -> Iterator[Flag]:
    """The union hears the reason fifteen days before the worker does (M14), who hears it on the last day at the latest."""
    articles, told = (LCL_43, UNION_HB_25_2, I1_47), facts.union_letter
    if told is None:
        text = "通知本人 15 日以前把本人的理由书面告知工会，工会 7 日内答复，处理结果书面告知工会；缺了这一步就是违法解除。"
        yield Flag("union-letter", WARN, "须先告知工会", text, articles)
        return
    ready, served = told + timedelta(days=UNION_DAYS), facts.notice_day or facts.last_day
    if served and served < ready:
        way = "请重新送达" if facts.notice_day else "请推后最后工作日"
        text = f"{told} 告知工会，{served} 就通知本人；满 15 日即 {ready} 起才可以通知，{way}。"
        yield Flag("union-too-late", BAD, "通知早于告知工会满十五日", text, articles)


def _offers(facts: PersonFacts) -> Iterator[Flag]:
    """What must have been offered in writing before this ground may be used (M11, M23, M24)."""
    if facts.ground == "EXPIRY_EMPLOYEE_REFUSED":
        yield from _renewal(facts)
    posts = _made(facts, "OTHER_POST") if facts.ground in AFTER_AN_OFFER else []
    if facts.ground in AFTER_AN_OFFER and not any(is_concrete(each) for each in posts):
        vague = "登记的要约缺岗位、月工资或者答复期限，不算具体的岗位。" if posts else ""
        text = f"{vague}解除以前须书面提出具体的岗位、地点、工资和答复期限；登记在“书面要约”。"
        yield Flag("no-other-post", WARN, "要约不具体" if posts else "没有提出另外的岗位", text, (LCL_40, LCL_87))
    for each in posts if facts.ground in BY_CIRCUMSTANCES else ():
        if each.answer == "ACCEPTED":
            text = f"{each.offered_on} 提出的岗位本人已同意，变更已经协商一致，不能再以协商不成解除；去向改为转岗。"
            yield Flag("other-post-taken", BAD, "本人已同意另外的岗位", text, (LCL_40, LCL_35, LCL_87))
        if each.monthly_pay is not None and facts.pay_now and each.monthly_pay < facts.pay_now:
            text = f"{each.offered_on} 提出的岗位工资 {each.monthly_pay:,.2f}，低于现在的 {facts.pay_now:,.2f}；降薪的岗位不算真协商。"
            yield Flag("lower-pay", WARN, "提出的岗位降薪", text, (LCL_40, LCL_87))
    if facts.ground in AGREED:
        yield from _negotiated(_made(facts, "AGREED_END"))
    ending = GROUNDS[facts.ground].ending if facts.ground in GROUNDS else Ending.NOT_GIVEN
    for kind, (what, articles) in AGREED_TO.get(ending, {}).items():
        if _is_refused(_made(facts, kind)):
            text = "最近一次要约已被拒绝，不得强迫；本人以后同意的登记同意，否则改用其他去向。"
            yield Flag("refused", BAD, f"本人不同意{what}", text, articles)


def _renewal(facts: PersonFacts) -> Iterator[Flag]:
    """Nothing is owed only where the worker refused a renewal on terms no worse than now, and that is on paper (LCL_46_5)."""
    if proved := _equal_renewal_refused(facts):
        text = f"{proved.offered_on} 提出：{proved.terms}。比现在的合同有任何一项降低的，按降低条件续订付经济补偿。"
        yield Flag("renewal-terms", INFO, "续订条件请逐项核对", text, (LCL_46_5,))
        return
    refused = [each for each in _made(facts, "RENEWAL") if each.answer == "REFUSED"]
    short = "；".join(f"{each.offered_on} 的要约{_short_of_now(facts, each)}，不能证明" for each in refused)
    text = f"须有写明同等或更好条件、有日期的书面续订要约和本人的拒绝；没有的按单位不续订付经济补偿。{f'{short}。' if short else ''}"
    yield Flag("no-renewal-offer", BAD, "续订要约不是同等条件" if refused else "没有续订要约", text, (LCL_46_5,))


def _unproved(facts: PersonFacts) -> Iterator[Flag]:
    """Nothing, or no more than N, is owed only where a paper shows what the worker proposed, refused or did (M23)."""
    if (
        facts.ground == "NEGOTIATED_EMPLOYEE"
        and judged(facts) not in NO_LABOUR_RELATION
        and not _made(facts, "OWN_END")
    ):
        text = "须有本人书面提出、有日期的材料，登记在“书面要约”，选“本人提出解除”；没有的按学校提出付经济补偿。"
        yield Flag("no-own-proposal", BAD, "没有本人提出的书面材料", text, (LCL_36, LCL_46_2))
    if facts.ground == "FAULT_39" and not facts.forced_reason:
        text = "六项各有要件，举证在学校；请在去向里选是哪一项，说明里写事实和依据。"
        yield Flag("fault-item", BAD, "没有写明第三十九条的哪一项", text, (LCL_39, LCL_87))
    if facts.ground not in REFUSED_WITHIN:
        return
    if facts.has_agreement or (judged(facts) == "CONTRACT" and facts.has_named_contract):
        text = "已登记书面合同，不是拒签；请核对“劳动合同”，或者改用其他事由。"
        yield Flag("contract-signed", BAD, "已签书面合同，不能按拒签终止", text, (REG_5, REG_6, LCL_87))
    elif all(each.answer == "ACCEPTED" for each in _made(facts, "SIGNING")):
        text = "须有书面通知本人订立合同、有日期的材料，登记在“书面要约”，选“订立合同”，并写本人的答复。"
        yield Flag("no-signing-notice", BAD, "没有书面通知订立合同", text, (REG_5, REG_6, LCL_87))


def _equal_renewal_refused(facts: PersonFacts) -> OfferFacts | None:
    """The offer on terms no worse than now that the worker refused; None where he took another one."""
    made = _made(facts, "RENEWAL")
    if any(each.answer == "ACCEPTED" for each in made):
        return None
    return next((each for each in made if each.answer == "REFUSED" and not _short_of_now(facts, each)), None)


def _short_of_now(facts: PersonFacts, offer: OfferFacts) -> str:
    """In words, why a renewal is not shown to keep what the contract gives now; "" where it is."""
    if offer.monthly_pay is None or facts.pay_now is None:
        return "没有写月工资" if offer.monthly_pay is None else "没有现在的月工资可以比较"
    if offer.monthly_pay < facts.pay_now:
        return f"月工资 {offer.monthly_pay:,.2f} 低于现在的 {facts.pay_now:,.2f}"
    return "" if offer.terms else "没有写条件"


def _made(facts: PersonFacts, kind: str) -> list[OfferFacts]:
    return [each for each in facts.offers if each.kind == kind]


def is_concrete(offer: OfferFacts) -> bool:
    """A post with its pay and the day by which to answer (M24)."""
    return bool(offer.post and offer.monthly_pay is not None and offer.answer_by)


def _negotiated(offers: list[OfferFacts]) -> Iterator[Flag]:
    accepted = next((each for each in offers if each.answer == "ACCEPTED"), None)
    if not offers:
        text = "书面提出，至少留三天考虑，本人各执一份；付的不得低于测算数。提出后登记在“书面要约”。"
        yield Flag("negotiate", INFO, "协商要真协商", text, (LCL_36, I1_35))
    elif accepted and accepted.answered_on and (accepted.answered_on - accepted.offered_on).days < THINKING_DAYS:
        text = f"{accepted.offered_on} 提出，{accepted.answered_on} 同意，不到 {THINKING_DAYS} 天；有争议时难以证明是自愿。"
        yield Flag("no-thinking", WARN, "没有留出考虑时间", text, (LCL_36, I1_35))


def _is_refused(offers: list[OfferFacts]) -> bool:
    """Every offer of this kind was refused: one accepted, or one still open, leaves the way free."""
    return bool(offers) and all(each.answer == "REFUSED" for each in offers)


def _contract(facts: PersonFacts, settlement: Settlement, today: date) -> Iterator[Flag]:
    if facts.first_day and facts.contract_from and facts.contract_from < facts.first_day:
        text = f"合同 {facts.contract_from} 起，入职 {facts.first_day}；工龄从用工之日算，请核对哪个早。"
        yield Flag("hired-after-contract", WARN, "入职晚于合同起始", text, (LCL_10,))
    ordered = sorted(facts.segments, key=lambda each: each.first_day)
    for each in ordered:
        if each.is_assumed:
            text = f"入职 {facts.first_day}，{each.first_day} 至 {each.last_day} 没有登记工作经历；这一段按在本校工作合并计算，不是的请改。"
            yield Flag("hired-before-periods", WARN, "入职以后有一段没有登记", text, (LCL_47_1,))
    for paid, other in product(ordered, ordered):
        if paid.is_paid and not other.is_paid and (both := _overlap(paid, other)):
            text = (
                f"{both[0]} 至 {both[1]} 登记为{paid.employer}已付过补偿，又登记为{other.employer}没有付过，"
                "现在按没有付过计入；请对照凭据改正。"
            )
            yield Flag("paid-overlap", WARN, "同一段时间既已付又没有付", text, (REG_10, I1_46))
    for before, after in pairwise(ordered):
        if before.last_day and after.first_day > before.last_day + DAY:
            text = f"{before.last_day} 至 {after.first_day} 之间没有登记，请核实是否仍在工作。"
            yield Flag("gap", WARN, "工作经历有间断", text, (REG_10,))
    employed = judged(facts)
    if employed in SIGNED and not facts.contract_to and not facts.is_open_ended:
        what = "终止日期" if facts.contract_from else "起止日期"
        text = f"没有登记合同{what}，看不出有没有未签合同的时间；没有签的，满一个月起每月付二倍工资。请补登。"
        yield Flag("contract-dates", WARN, f"合同{what}没有填", text, (LCL_10, LCL_82))
    if employed in SIGNED:
        yield from _unsigned_start(facts, today)
    if employed == "NO_WRITTEN_CONTRACT":
        is_open = facts.first_day is not None and add_months(facts.first_day, 24) > today
        owed = sum((each.amount for each in settlement.doubles if each.amount), Decimal(0)) or None
        text = "未签书面合同满一年视为无固定期限合同。" + (
            "二倍工资还在一年时效内" if is_open else "二倍工资的时效须在仲裁时提出"
        )
        text += f"，现在计 {owed:,.2f} 元。" if owed else "。"
        yield Flag("no-contract", WARN if is_open else INFO, "没有书面合同", text, (LCL_10, LCL_82), owed)
    if facts.differing_terms:
        said, registered = facts.differing_terms
        text = (
            f"花名册写 {said} 次，逐份登记的是 {registered} 次，按多的 {facts.fixed_terms} 次；请核对，缺的合同补登。"
        )
        yield Flag("terms-differ", WARN, "固定期限合同次数对不上", text, (LCL_14_2, I2_10))
    for told in facts.differing:
        text = f"花名册写“{told.said}”，逐条登记的是“{told.registered}”，按登记的算；请对照原件，改对其中一处。"
        what, articles = DIFFERING[told.what]
        yield Flag("sources-differ", WARN, f"{what}前后不一", text, articles)
    for employer in facts.unlicensed:
        text = f"{employer}不是依法登记的单位，这一段由学校承担用工责任，年限合并计算。"
        yield Flag("unlicensed", WARN, "曾经包给个人", text, (LCL_94, REG_10))
    for employer in facts.unproved:
        text = f"{employer}付过经济补偿的，要有金额和日期的凭据；没有凭据的，年限合并计算。"
        yield Flag("unproved-payment", WARN, "以前的补偿没有凭据", text, (REG_10, I1_46))


def _overlap(one: Segment, other: Segment) -> tuple[date, date] | None:
    first = max(one.first_day, other.first_day)
    last = min(one.last_day or date.max, other.last_day or date.max)
    return (first, last) if first <= last else None


def _unsigned_start(facts: PersonFacts, today: date) -> Iterator[Flag]:
    """The roster names one contract: an earlier one may be missing from it as well as from the drawer."""
    for gap in facts.gaps:
        if not gap.is_renewal and add_months(today, -12) <= gap.double_until:
            text = f"{gap.first_day} 至 {gap.last_day} 没有登记书面合同，二倍工资已计入；当时签过的，请在“劳动合同”登记那一份。"
            yield Flag("unsigned-start", WARN, "入职后一段时间没有合同", text, (LCL_10, LCL_82))


def _part_time(facts: PersonFacts, policy: Policy, local: Local) -> Iterator[Flag]:
    if facts.category != "PART_TIME":
        return
    if breaches := part_time_breaches(facts):
        yield Flag("part-time", WARN, "不符合非全日制", "；".join(breaches) + "，按全日制计算。", (LCL_68, LCL_72))
    elif unknown := part_time_unknown(facts):
        owed = settle(facts.for_severance(is_paid_by_hour=False), policy, local).severance
        shown = f" {owed:,.2f} 元" if owed else ""
        text = f"{'、'.join(unknown)}没有填；四项里有一项不符就是全日制，要付经济补偿{shown}。"
        yield Flag("part-time-unchecked", WARN, "非全日制未核实", text, (LCL_68, LCL_72), owed or None)


def _odd(facts: PersonFacts, settlement: Settlement, policy: Policy, local: Local) -> Iterator[Flag]:
    """Facts that are hardly true, with what of the severance hangs on them."""
    begun = min((each.first_day for each in facts.segments), default=facts.first_day)
    for odd in oddities(facts.birth_day, begun, facts.monthly_wage, facts.average):
        other = facts.for_severance(average=facts.monthly_wage, wages=None)
        if odd.code == "hired-under-16" and facts.birth_day:
            other = _since(facts.for_severance(), working_age_day(facts.birth_day))
        paid, would = settlement.severance, settle(other, policy, local).severance if facts.ground else None
        apart = abs(paid - would) if paid is not None and would is not None else None
        shown = f"经济补偿相差 {apart:,.2f} 元。" if apart else ""
        yield Flag(odd.code, WARN, odd.title, odd.text + shown, odd.articles, apart or None)


def _since(facts: PersonFacts, day: date) -> PersonFacts:
    """The same person without the work before `day`."""
    kept = tuple(
        replace(each, first_day=max(each.first_day, day))
        for each in facts.segments if each.last_day is None or each.last_day >= day
    )  # fmt: skip
    return facts.but(first_day=max(facts.first_day, day) if facts.first_day else None, segments=kept)


def _double_wage(settlement: Settlement) -> Iterator[Flag]:
    """Claims partly out of time: the defence is lost where it is not raised in the arbitration (M17). And what is to come."""
    for double in settlement.doubles:
        if double.comes_from:
            shown = f"，到最后工作日 {double.to_come:,.2f} 元" if double.to_come is not None else ""
            text = f"{double.comes_from} 起没有书面合同的，每月再付一倍工资{shown}；在这以前签合同（续签）就不发生，不得倒签。"
            yield Flag("sign-now", WARN, "及时签合同可免二倍工资", text, (LCL_82, REG_6), double.to_come)
        if double.theoretical is not None and double.amount is not None and double.theoretical > double.amount:
            late = double.theoretical - double.amount
            text = f"二倍工资理论数 {double.theoretical:,.2f} 元，时效内 {double.amount:,.2f} 元；时效须在仲裁答辩时提出，过后无效。"
            yield Flag("limitation", INFO, f"{late:,.2f} 元已过时效", text, (MEDIATION_27, I2_20), late)


def _leave(facts: PersonFacts) -> Iterator[Flag]:
    """A working life shorter than the service here pays too little leave without a word, and so may one in whole years."""
    leave, hired, last_day = facts.leave, facts.first_day, facts.last_day
    years = leave.cumulative_years if leave else None
    if leave is None or years is None or hired is None or last_day is None:
        return

    if elapsed(hired, last_day).months < MONTHS_FOR_LEAVE and (counted := unused_leave(leave).amount):
        text = (
            f"{hired} 入职，没有满 12 个月；连同以前的单位连续工作也不满 12 个月的，没有年休假，现在计的 {counted:,.2f} 元不付，"
            "请登记这一年不另付的情形。"
        )
        yield Flag("leave-unbroken", WARN, "连续工作满 12 个月未核实", text, (LEAVE_RULES_3,), counted)

    def short(more: Decimal, *of: LeaveFacts) -> Decimal:
        """What a working life longer by so many years would add for these years of leave; 0 where it is not known."""
        longer = [replace(each, cumulative_years=(each.cumulative_years or 0) + more) for each in of]
        pairs = [(unused_leave(each).amount, unused_leave(new).amount) for each, new in zip(of, longer, strict=True)]
        return sum((due - now for now, due in pairs if now is not None and due is not None), Decimal(0))

    if is_too_short(years, hired, last_day):
        amount, full = short(years_between(hired, last_day) - years, leave), elapsed(hired, last_day).months // 12
        shown = f"，单是这一年就少算 {amount:,.2f} 元" if amount else ""
        text = f"累计工龄写 {plain(years)} 年，{hired} 入职到 {last_day} 已满 {full} 年{shown}；累计工龄算到最后工作日，请改正。"
        yield Flag("working-life-short", WARN, "累计工龄少于在本校的年数", text, (LEAVE_3,), amount or None)
    elif years == int(years) and (amount := short(ALMOST_A_YEAR, leave, *(each for _, each in facts.earlier_leave))):
        text = (
            f"累计工龄写 {plain(years)} 年整，按 {last_day} 刚满算；还有零头的，年休假最多少算 {amount:,.2f} 元，请写到一位小数，"
            f"如 {plain(years)}.5。"
        )
        yield Flag("working-life-round", WARN, "累计工龄写的是整年", text, (LEAVE_3,), amount)


def _leave_claim(facts: PersonFacts, settlement: Settlement, policy: Policy, local: Local) -> Iterator[Flag]:
    """Leave may be claimed further back than the college pays it of its own accord."""
    if facts.category == "DISPATCH" or facts.ground in ENDS_NOTHING:
        return
    counted = sum((line.amount for line in settlement.lines if line.key == "leave" and line.amount), Decimal(0))
    if (claim := leave_exposure(facts, policy, local)) > counted:
        text = f"本年和前两年一起主张，没有登记的按一天没休，共 {claim:,.2f} 元，其中已计 {counted:,.2f} 元；请登记各年已休天数。"
        yield Flag("leave-claim", INFO, "年休假可能按三个年度主张", text, (LEAVE_5_2, LEAVE_RULES_10), claim)


def _insurance(facts: PersonFacts, policy: Policy, local: Local) -> Iterator[Flag]:
    """Months without insurance, and what the worker may ask for if he leaves because of them (M18)."""
    is_ours = judged(facts) not in NOT_INSURED_HERE
    if is_ours and facts.insured_months is not None and facts.first_day and facts.last_day:
        until = min([facts.last_day, *(day - DAY for day in facts.age_days[-1:])])  # nobody is insured past the age
        due = elapsed(max(facts.first_day, LAW_SINCE).replace(day=1), until).months
        if (short := due - facts.insured_months) > 0:
            claim, owed = _forced(facts, policy, local)
            text = f"2008 年以来约 {short} 个月没有养老保险缴费记录；{claim}补缴向社保机构办理，弃保承诺无效。"
            yield Flag("insurance-gap", WARN, f"社保缺 {short} 个月", text, (I2_19, SOCIAL_38_3), owed)
    elif is_ours and facts.is_insured is False:
        claim, owed = _forced(facts, policy, local)
        text = f"{claim}弃保承诺无效；补缴归社保机构。"
        yield Flag("uninsured", WARN, "没有参加社会保险", text, (I2_19, SOCIAL_38_3), owed)
    months = facts.insured_months
    if is_ours and facts.is_rural and (facts.is_insured is False if months is None else months < MONTHS_FOR_RURAL):
        text = "参保满一年的农民合同制工人可向社保机构领一次性生活补助；没有参保的，同额损失由学校承担。"
        yield Flag("rural-uninsured", WARN, "农民合同制工人未参保", text, (UNEMPLOYMENT_21,))
    if facts.cash_for_insurance:
        text = f"已发社保补贴约 {facts.cash_for_insurance:,.2f} 元；补缴以后才能要求返还，不得从补偿里扣。"
        yield Flag("insurance-cash", INFO, "曾以补贴代替社保", text, (I2_19,), facts.cash_for_insurance)


def _forced(facts: PersonFacts, policy: Policy, local: Local) -> tuple[str, Decimal | None]:
    """What leaving for unpaid insurance would be worth (LCL_38), in words and yuan."""
    if facts.ground == DEATH:
        return "丧葬补助金、抚恤金属社保事项，没有参保的后果请向社保机构核实；", None
    owed = settle(facts.for_severance(ground="FORCED_RESIGNATION_38_SI"), policy, local).severance
    if owed == 0:  # the kind of employment gives nothing
        return "", None
    shown = f" {owed:,.2f} 元，与其他经济补偿不重复" if owed else ""
    return f"本人可据此解除并要求补偿{shown}；", owed


def _wage(facts: PersonFacts, settlement: Settlement, policy: Policy, local: Local) -> Iterator[Flag]:
    yield from _below_by_the_hour(facts, local)
    if local.min_wage and facts.average is not None and facts.average < local.min_wage.value and settlement.base:
        short = local.min_wage.value - facts.average
        text = f"平均工资 {facts.average:,.2f} 低于 {local.min_wage.value:,.2f}，可能欠发，每月约 {short:,.2f} 元。"
        yield Flag("below-minimum", WARN, "工资低于最低工资标准", text, (MIN_WAGE_RULES, REG_14))
    wage, least = facts.last_month_wage, local.min_wage.value if local.min_wage else Decimal(0)
    if settlement.notice and wage is not None and wage < least:
        text = f"上月工资 {wage:,.2f} 低于最低工资标准 {least:,.2f}；上月不是正常出勤的，代通知金按正常月份的工资付，请核实。"
        yield Flag("notice-low", WARN, "代通知金低于最低工资", text, (REG_20, MIN_WAGE_RULES), least - wage)
    yield from _entered_average(facts, settlement, policy, local)
    yield from _wage_months(facts, settlement, policy, local)
    base = settlement.base
    if base and base.ceiling and abs(base.floored - base.ceiling) <= base.ceiling * CLIFF:
        text = f"{base.floored:,.2f} 与三倍平均工资 {base.ceiling:,.2f} 相差不到 2%，多一元就按封顶和十二年计算。"
        yield Flag("cliff", WARN, "工资贴近三倍线", text, (LCL_47_2,))
    if settlement.tax and facts.own_contributions is None:
        text = "个人从补偿里实际缴的公积金、养老、医疗、失业保险，计税时先扣；没有登记，税可能多算。没有缴的写 0。"
        yield Flag("own-contributions", INFO, "没有登记从补偿中缴的个人社保", text, (TAX_157_2,))
    if settlement.is_screened:
        text = "本市平均工资没有录入，用省内较低的平均工资筛查，结论不受影响；录入后请复核。"
        yield Flag("screened", INFO, "用替代数字筛查", text, (LCL_47_2,))


def _ledger(ledger: Ledger | None) -> Iterator[Flag]:
    """Months whose wages the college could not prove (M20). A household that nobody registered counts as rural: the longer time."""
    if ledger is None or not (ledger.none or ledger.part):
        return
    unknown = "（户籍没有登记，按农业户籍）" if ledger.is_rural is None else ""
    parts = [f"{in_words(ledger.none)} 没有任何记录"] if ledger.none else []
    parts += [f"{len(ledger.part)} 个月不全，缺{'、'.join(ledger.lacks)}"] if ledger.part else []
    fined = (
        "农业户籍的，责令改正后逾期不改，单位罚 2 万至 5 万元，责任人罚 1 万至 3 万元。"
        if ledger.is_rural is not False
        else ""
    )
    text = (
        f"工资台账须保存最近 {ledger.keep} 个月{unknown}：{'；'.join(parts)}。请导入工资表、考勤表，补银行代发凭证或者本人签字。"
        f"拿不出的，拖欠工资、扣减工资的争议由学校承担不利后果，加班费在本人证明记录由学校掌握时也是，一般按本人主张认定。{fined}"
    )
    title = f"工资台账缺 {len(ledger.none)} 个月" if ledger.none else f"工资台账 {len(ledger.part)} 个月不全"
    yield Flag("wage-ledger", WARN if ledger.none else INFO, title, text, ledger_articles(ledger.is_rural))


def ledger_articles(is_rural: bool | None) -> tuple[Article, ...]:
    """What the ledger must hold and for how long, and what follows where it cannot be shown."""
    kept = (WAGE_RULES_6,) if is_rural is False else (WAGE_RECORDS_15, WAGE_RECORDS_50, WAGE_RECORDS_54)
    return (*kept, DISPUTE_6, I1_42, I1_44)


def _below_by_the_hour(facts: PersonFacts, local: Local) -> Iterator[Flag]:
    """The average of a part-timer against the minimum of the hour, where no month of his is registered."""
    hours, use = hours_a_month(facts), local.min_wage_hourly
    if (
        hours
        and use
        and facts.wages is None
        and facts.average is not None
        and facts.average < (least := to_fen(hours * use.value))
    ):
        text = (
            f"每月约 {plain(hours.quantize(TENTH))} 小时 × {use.value:,.2f} = {least:,.2f}，平均工资 {facts.average:,.2f}，"
            f"可能欠发，每月约 {least - facts.average:,.2f} 元。"
        )
        yield Flag("below-minimum", WARN, "工资低于小时最低工资标准", text, (LCL_72_1, MIN_WAGE_RULES))


def _shortfalls(facts: PersonFacts, wages: Wages) -> list[tuple[MonthWage, Decimal]]:
    """The months below the minimum wage of their date and place; who works by the hour is held to that of the hour."""
    if facts.category in WITHOUT_MINIMUM:
        return []
    if judged(facts) == "PART_TIME":
        hours = hours_a_month(facts) or Decimal(0)
        found = [(each, each.short_of(to_fen(hours * (each.hourly or 0)))) for each in wages.months if each.gross]
    else:
        found = [(each, each.short_of(each.minimum)) for each in wages.months]
    return [(each, short) for each, short in found if short]


def _entered_average(facts: PersonFacts, settlement: Settlement, policy: Policy, local: Local) -> Iterator[Flag]:
    """The roster's average where the registered months give another and that changes what is owed: one of the two is wrong."""
    if facts.entered_average is None or facts.average is None or settlement.severance is None:
        return
    by_roster = settle(facts.for_severance(average=facts.entered_average, wages=None), policy, local).severance
    if by_roster is not None and (apart := by_roster - settlement.severance):
        text = (
            f"花名册写 {facts.entered_average:,.2f}，逐月登记的工资算出 {facts.average:,.2f}，按逐月的算；经济补偿按花名册"
            f"{'多' if apart > 0 else '少'} {abs(apart):,.2f} 元。请核对工资表，改对其中一处。"
        )
        yield Flag("average-differs", WARN, "平均工资前后不一", text, (LCL_47_1, REG_27, WAGE_RECORDS_15), abs(apart))


def _stale(facts: PersonFacts, settlement: Settlement, policy: Policy, local: Local) -> Iterator[Flag]:
    """Averages of another year than the one before the end, and what hangs on them."""
    base, average = settlement.base, local.ceiling or local.average_wage
    if base and base.ceiling is not None and (other := _other_year(average, facts)):
        free = replace(local, average_wage=None, ceiling=None, proxy=None, asks=False)
        cut = (settle(facts.for_severance(), policy, free).severance or 0) - (settlement.severance or 0)
        shown = f"不封顶多 {cut:,.2f} 元；" if base.is_capped else "现在没有封顶；"
        text, level = f"{other}{shown}有了新的数请录入后重算。", WARN if base.is_capped else INFO
        title, amount = f"封顶用的是 {_year(average)} 年的数", Decimal(cut) if base.is_capped else None
        yield Flag("stale-average", level, title, text, (LCL_47_2,), amount)
    if settlement.tax and (other := _other_year(local.annual_wage, facts)):
        text = f"{other}新的数更高的，个税会减少，最多减 {settlement.tax:,.2f} 元；请录入后重算。"
        title = f"免税额用的是 {_year(local.annual_wage)} 年的数"
        yield Flag("stale-tax", WARN, title, text, (TAX_164_5_1,), settlement.tax)


def _year(use: ParameterUse | None) -> int | None:
    return use.data_year if use else None


def _other_year(use: ParameterUse | None, facts: PersonFacts) -> str:
    """In words, that the figure does not describe the year before the end; "" where it does or says nothing of its year."""
    year = _year(use)
    if year is None or facts.last_day is None or year == facts.last_day.year - 1:
        return ""
    return f"法律用解除前一年（{facts.last_day.year - 1} 年）的平均工资，这是 {year} 年的；"


def _wage_months(facts: PersonFacts, settlement: Settlement, policy: Policy, local: Local) -> Iterator[Flag]:
    wages = facts.wages
    if wages is None:
        if facts.average is not None and facts.ground:
            text = "平均工资是填报数，没有逐月工资；仲裁时缺的月份按本人主张认定。请导入工资表。"
            yield Flag("no-wage-months", INFO, "没有逐月工资作证", text, (WAGE_RECORDS_15, REG_27))
        return
    if wages.missing:
        yield from _months_missing(facts, wages, settlement, policy, local)
    if wages.is_estimate:
        text = "最后工作日以前的工资还没有发完，暂用最近的月份估算；发完后登记，再重新测算。"
        yield Flag("estimated-base", INFO, "月工资基数是估算", text, (REG_27,))
    if wages.is_complete and wages.idle:
        yield from _holiday_months(wages, policy)
    if wages.is_complete and not wages.is_last_normal and facts.ground in NO_FAULT:
        text = f"{wages.months[-1].month:%Y-%m} 不是正常出勤的月份，代通知金的上月工资按正常月份核实后填在员工资料里。"
        yield Flag("last-month", WARN, "上月工资不正常", text, (REG_20,))
    if short := _shortfalls(facts, wages):
        owed = sum((amount for _, amount in short), Decimal(0))
        months = "、".join(f"{each.month:%Y-%m}" for each, _ in short)
        hours = hours_a_month(facts)
        least = (
            f"小时最低工资标准（按登记的工时，每月约 {plain(hours.quantize(TENTH))} 小时）"
            if hours
            else "当月最低工资标准"
        )
        text = f"{months} 低于{least}（加班费和夜班、高温等津贴除外），差额 {owed:,.2f} 元；核实后在“更正与另行支付”登记补发。"
        articles = (LCL_85, *((LCL_72_1,) if hours else ()), MIN_WAGE_RULES, MIN_WAGE_RULES_12)
        yield Flag("shortfall", WARN, f"{len(short)} 个月低于最低工资", text, articles, owed)


def _months_missing(
    facts: PersonFacts, wages: Wages, settlement: Settlement, policy: Policy, local: Local
) -> Iterator[Flag]:
    """The entered average stands; where the months that are there give another, what that would pay: the worker's figure counts (M20)."""
    text = f"缺 {'、'.join(f'{month:%Y-%m}' for month in wages.missing)}，平均工资暂用填报数。"
    apart = None
    if wages.months and wages.average != facts.average:
        by_months = settle(facts.for_severance(average=wages.average, wages=None), policy, local).severance
        text += f"已登记的 {len(wages.months)} 个月平均 {to_fen(wages.average):,.2f}"
        if by_months is not None and settlement.severance is not None and (apart := by_months - settlement.severance):
            text += f"，经济补偿按它{'多' if apart > 0 else '少'} {abs(apart):,.2f} 元；缺的月份仲裁时按本人主张认定"
        text += "。请补齐工资表。"
    articles = (REG_27, WAGE_RECORDS_15) if apart else (REG_27,)
    title = f"十二个月工资缺 {len(wages.missing)} 个月"
    yield Flag("wage-months-missing", WARN, title, text, articles, abs(apart) if apart else None)


def _holiday_months(wages: Wages, policy: Policy) -> Iterator[Flag]:
    """Both averages; where they lie more than a twentieth apart somebody must choose (M9)."""
    all_months, worked = to_fen(wages.averaged()[0]), to_fen(wages.averaged(skips_idle=True)[0])
    apart = worked - all_months > worked * HOLIDAYS_MATTER
    used = SWITCHES["holiday_months"].options[policy.holiday_months]
    text = (
        f"{len(wages.idle)} 个月没有工资（如寒暑假停工）：照算十二个月 {all_months:,.2f}，只算有工资的月份 {worked:,.2f}。"
        f"现在按“{used}”；停工期间的工资另行核实。" + ("相差超过 5%，请人事处选定并写明理由。" if apart else "")
    )
    yield Flag("holiday-months", WARN if apart else INFO, "有没有工资的月份", text, (REG_27,), worked - all_months)


def _old_service(facts: PersonFacts, settlement: Settlement, policy: Policy, local: Local) -> Iterator[Flag]:
    parts = stretches(facts, policy) if facts.tenure is None else None
    if not settlement.ground.owes or not parts or parts[0][0] >= LAW_SINCE:
        return
    if asks := asks_for_method(parts, settlement.ground):
        text = "1996 年以前入职，481号的十二个月上限可能少付；请比较三种算法后选定，预设取较高的。"
        yield Flag("choose-method", WARN, "2008 年以前的年限须人事处选定", text, (LCL_97_3,))
    elif facts.ground == "FORCED_RESIGNATION_38_OTHER" and not facts.forced_reason:
        yield Flag("reason", WARN, "没有写明第 38 条的哪一项", "规章违法、欺诈胁迫的只算 2008 年以后。", (LCL_97_3,))
    if settlement.ground.old_rule:
        yield from _methods(facts, "pre1996_method" if asks else "pre2008_method", policy, local)


def _methods(facts: PersonFacts, switch: str, policy: Policy, local: Local) -> Iterator[Flag]:
    """Both ways of counting the years before 2008, where they pay differently."""
    apart, whole = (
        settle(facts.for_severance(), policy.with_choice(switch, each), local).severance
        for each in ("segmented", "unified")
    )
    if apart is None or whole is None or apart == whole:
        return
    text = f"分段计算 {apart:,.2f} 元，合并按第四十七条 {whole:,.2f} 元；现在按“{SWITCHES[switch].options[policy.chosen(switch)]}”。"
    yield Flag("methods-differ", WARN, "2008 年以前的两种算法不同", text, (LCL_97_3, LCL_47_1), abs(apart - whole))


def _ground(facts: PersonFacts, settlement: Settlement, policy: Policy, local: Local) -> Iterator[Flag]:
    if facts.ground in BY_CIRCUMSTANCES and settlement.ground.owes:
        risk = exposure(facts, policy, local).severance
        shown = f"若认定违法须付 {risk:,.2f} 元；" if risk is not None else ""
        text = f"学校自己决定外包，多数不认定为客观情况重大变化。{shown}优先协商解除或者承接单位接收。"
        yield Flag("unlawful-risk", WARN, "有违法解除的风险", text, (LCL_40, LCL_87, I2_16), risk)
    if facts.ground == "NOFAULT_40_1" and facts.disability_grade is None:
        base = settlement.base.amount if settlement.base else None
        shown = f"六个月为 {MEDICAL_MONTHS * base:,.2f} 元。" if base else ""
        text = f"须先做劳动能力鉴定；五至十级的另付医疗补助费。{shown}"
        yield Flag(
            "assessment", WARN, "没有劳动能力鉴定结论", text, (ADVICE_309_35,), MEDICAL_MONTHS * base if base else None
        )
    if (
        facts.notice_day
        and facts.last_day
        and facts.notice_day > facts.last_day
        and facts.ground in UNILATERAL | EXPIRIES | BY_AGE
    ):
        text = (
            f"书面通知日期 {facts.notice_day} 晚于最后工作日 {facts.last_day}；用工在通知以后才结束的，请改最后工作日。"
        )
        yield Flag("notice-after-end", WARN, "通知晚于最后工作日", text, (LCL_40, LCL_87))
    if facts.ground == DEATH and LOST_CAPACITY & set(facts.protected):
        text = (
            "已登记工伤或职业病：属因工死亡的，丧葬补助金、供养亲属抚恤金和一次性工亡补助金由工伤保险基金付，没有参加工伤保险的由学校付；"
            "请核实死因，依法申请认定。"
        )
        yield Flag("work-death", WARN, "可能是因工死亡", text, (INJURY_39, INJURY_62))
    if facts.category == "DISPATCH":
        text = "“用工成本高”不是法定退回理由；受第 42 条保护的不得退回。"
        yield Flag("dispatch", INFO, "劳务派遣，由派遣单位付", text, (DISPATCH_12, DISPATCH_13))
