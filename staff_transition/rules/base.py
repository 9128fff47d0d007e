"""The monthly base (月工资基数): average of twelve months, lifted to the minimum wage, cut at three times the local average.

Law: 劳动合同法 第四十七条第二款、第三款; 实施条例 第十四条, 第二十七条.
"""

from dataclasses import field
from decimal import Decimal

from common.money import to_fen
from common.values import value
from law.articles.labour_contract import LCL_47_2, LCL_47_3
from law.articles.regulations import REG_14, REG_27
from law.working import Line, ParameterUse, Said
from staff_transition.rules.person import Local, Missing, PersonFacts
from staff_transition.rules.policy import Policy

TIMES = 3  # LCL_47_2: three times the local average
MONTHS_A_YEAR = 12


@value
class Base:
    """Yuan a month. `floored` is after the minimum wage, `amount` after the ceiling too."""

    floored: Decimal
    amount: Decimal
    ceiling: Decimal | None  # None: not tested, or screened with a proxy
    is_screened: bool
    said: tuple[Said, ...] = field(compare=False)

    @property
    def is_capped(self) -> bool:
        return self.amount < self.floored

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(each() for each in self.said)


@value
class Ceiling:
    """What the base is held against: three times the local average in yuan a month, or a proxy that is lower than it."""

    limit: Decimal
    use: ParameterUse
    is_proxy: bool = False


def monthly_base(facts: PersonFacts, policy: Policy, local: Local) -> Base | tuple[Missing, ...]:
    """The base, or what is missing for it. Each step rounds to the fen: the average half up, then floor, then ceiling."""
    found = _average(facts, policy)
    if found is None:
        return (Missing("12 个月平均工资（应发）", "员工资料"),)
    average, minimum = to_fen(found[0]), local.min_wage
    if minimum is None and local.asks:
        return (Missing("当地月最低工资标准", "参数与依据"),)
    floored = average if minimum is None else max(average, minimum.value)
    ceiling = _ceiling(floored, local)
    if ceiling is None and local.asks:
        return (Missing("本地区上年度职工月平均工资", "参数与依据"),)
    limit = None if ceiling is None or ceiling.is_proxy else ceiling.limit

    said: list[Said] = [lambda: _average_line(facts, average, found[1])]
    if minimum is not None:
        said.append(lambda: _floor_line(average, floored, minimum))
    if ceiling is not None:
        said.append(lambda: _ceiling_line(floored, ceiling, local))
    amount = floored if limit is None else min(floored, limit)
    return Base(floored, amount, limit, bool(ceiling and ceiling.is_proxy), tuple(said))


def _average(facts: PersonFacts, policy: Policy) -> tuple[Decimal, str] | None:
    """Yuan a month before rounding, and how it came: from the twelve months where all are known, else as entered."""
    wages, has_overtime = facts.wages, policy.overtime_in_base == "include"
    if wages is not None and wages.is_complete:
        average, words = wages.averaged(
            is_net=policy.wage_basis == "net", has_overtime=has_overtime,
            skips_idle=policy.holiday_months == "worked_months", skips_abnormal=policy.abnormal_months == "leave_out",
        )  # fmt: skip
        return average, f"{words} ="
    if not has_overtime and facts.average_without_overtime is not None:
        return facts.average_without_overtime, "应发平均，不含加班费"
    return None if facts.average is None else (facts.average, "应发平均")


def _ceiling(base: Decimal, local: Local) -> Ceiling | None:
    """None where nothing can be tested: no local average, or a base above what the proxy shows to be safe."""
    if local.ceiling:
        return Ceiling(local.ceiling.value, local.ceiling)
    if local.average_wage:
        return Ceiling(TIMES * local.average_wage.value, local.average_wage)
    if (proxy := local.proxy) and base <= (limit := to_fen(TIMES * proxy.value / MONTHS_A_YEAR)):
        return Ceiling(limit, proxy, is_proxy=True)
    return None


def _average_line(facts: PersonFacts, average: Decimal, words: str) -> Line:
    used = (facts.fact("average", "12 个月平均工资", f"{average:,.2f}"),)
    return Line("average", "月工资基数", f"{words} {average:,.2f} 元", (LCL_47_3, REG_27), average, facts=used)


def _floor_line(average: Decimal, floored: Decimal, minimum: ParameterUse) -> Line:
    if average < minimum.value:
        formula = f"{average:,.2f} < {minimum.value:,.2f}，按最低工资标准"
    else:
        formula = f"{average:,.2f} ≥ {minimum.value:,.2f}，不适用"
    return Line("floor", "最低工资下限", formula, (REG_27, REG_14), floored, parameters=(minimum,))


def _ceiling_line(base: Decimal, ceiling: Ceiling, local: Local) -> Line:
    limit, use = ceiling.limit, ceiling.use
    if ceiling.is_proxy:
        formula = f"{base:,.2f} ≤ 3 × {use.value:,.2f} ÷ 12 = {limit:,.2f}，不适用"
        note = "本市平均工资还没有录入，用省内较低的私营单位平均工资筛查；本市数字只会更高。"
        return Line("ceiling", "三倍封顶", formula, (LCL_47_2,), base, parameters=(use,), note=note)
    shown = f"{limit:,.2f}" if local.ceiling else f"3 × {use.value:,.2f} = {limit:,.2f}"
    formula = f"{base:,.2f} {'>' if base > limit else '≤'} {shown}，{'按三倍封顶' if base > limit else '不适用'}"
    return Line("ceiling", "三倍封顶", formula, (LCL_47_2,), min(base, limit), parameters=(use,))
