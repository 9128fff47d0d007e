"""Notice pay (代通知金): a month's wage instead of thirty days' written notice, on the grounds of article 40 alone.

Law: 劳动合同法 第四十条; 实施条例 第二十条. The last month's wage, not the average; no ceiling.
"""

from collections.abc import Callable
from dataclasses import field
from decimal import Decimal

from common.money import to_fen
from common.values import value
from law.articles.labour_contract import LCL_40
from law.articles.regulations import REG_20
from law.working import Line, Said, Worded
from staff_transition.rules.grounds import Ground
from staff_transition.rules.person import Missing, PersonFacts
from staff_transition.rules.policy import Policy

NOT_YET = "书面通知日期还没有登记，先按没有提前通知计入；登记通知日期后再定。"
NOTICE_DAYS = 30  # LCL_40
ZERO = Decimal("0.00")


@value
class Notice(Worded):
    """The amount in yuan with its line, or None with what is missing."""

    amount: Decimal | None
    said: Said = field(compare=False)
    missing: tuple[Missing, ...] = ()


def notice_pay(facts: PersonFacts, ground: Ground, policy: Policy, *, asks: bool) -> Notice:
    """What is paid instead of notice: 0 outside article 40 or when notice was given.

    Where no notice is registered a person of the college is owed the pay until it is (`asks`); a published case says nothing.
    """
    if not ground.has_notice:
        return _none(lambda: f"{ground.label}不适用")
    given = days_of_notice(facts)
    if facts.is_notice_given or (facts.is_notice_given is None and given is not None and given >= NOTICE_DAYS):
        return _none(lambda: f"提前 {given} 天书面通知" if given is not None else "已提前三十日书面通知")
    is_open = facts.is_notice_given is None and given is None
    if is_open and not asks:
        return _missing(Missing("书面通知日期", "员工资料"))
    if not facts.last_month_wage:  # a month without wages is no month's wage
        return _missing(Missing("上月工资", "员工资料"))
    wage = to_fen(facts.last_month_wage)
    amount, formula = wage, f"没有提前三十日书面通知，付上月工资 {wage:,.2f}"
    if policy.short_notice == "pro_rata" and given is not None and given > 0:
        short = NOTICE_DAYS - given
        amount = to_fen(wage * short / NOTICE_DAYS)
        formula = f"提前 {given} 天，缺 {short} 天，{wage:,.2f} × {short} ÷ 30"
    fact = facts.fact("last_month_wage", "上月工资", f"{wage:,.2f}")
    note = NOT_YET if is_open else ""
    line = Line("notice", "代通知金", formula, (LCL_40, REG_20), amount, owed=True, facts=(fact,), note=note)
    return Notice(amount, lambda: line)


def days_of_notice(facts: PersonFacts) -> int | None:
    """Days from the served notice to the last day; None when either is not known."""
    if facts.notice_day is None or facts.last_day is None:
        return None
    return max((facts.last_day - facts.notice_day).days, 0)


def _none(words: Callable[[], str]) -> Notice:
    return Notice(ZERO, lambda: Line("notice", "代通知金", words(), (LCL_40,), ZERO, owed=True))


def _missing(missing: Missing) -> Notice:
    return Notice(None, lambda: Line("notice", "代通知金", f"待补：{missing.what}", (LCL_40,)), (missing,))
