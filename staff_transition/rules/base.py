"""The monthly base (月工资基数): average of twelve months, lifted to the minimum wage, cut at three times the local average.

Law: 劳动合同法 第四十七条第二款、第三款; 实施条例 第十四条, 第二十七条.
"""

from decimal import Decimal

from common.money import to_fen
from common.values import value
from law.articles.labour_contract import LCL_47_2, LCL_47_3
from law.articles.regulations import REG_14, REG_27
from law.working import Line, ParameterUse
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
    lines: tuple[Line, ...]

    @property
    def is_capped(self) -> bool:
        return self.amount < self.floored


def monthly_base(facts: PersonFacts, policy: Policy, local: Local) -> Base | tuple[Missing, ...]:
    """The base, or what is missing for it. Each step rounds to the fen: the average half up, then floor, then ceiling."""
    found = _average(facts, policy)
    if found is None:
        return (Missing("12 个月平均工资（应发）", "员工资料"),)
    chosen, words = to_fen(found[0]), found[1]
    lines = [
        Line("average", "月工资基数", f"{words} {chosen:,.2f} 元", (LCL_47_3, REG_27), chosen,
             facts=(facts.fact("average", "12 个月平均工资", f"{chosen:,.2f}"),))
    ]  # fmt: skip
    if local.min_wage is None and local.asks:
        return (Missing("当地月最低工资标准", "参数与依据"),)
    floored, line = _floor(chosen, local.min_wage)
    lines += [line] if line else []
    ceiling, is_screened, line = _ceiling(floored, local)
    if line is None and local.asks:
        return (Missing("本地区上年度职工月平均工资", "参数与依据"),)
    lines += [line] if line else []
    amount = floored if ceiling is None else min(floored, ceiling)
    return Base(floored, amount, ceiling, is_screened, tuple(lines))


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


def _floor(average: Decimal, minimum: ParameterUse | None) -> tuple[Decimal, Line | None]:
    if minimum is None:
        return average, None
    if average < minimum.value:
        formula = f"{average:,.2f} < {minimum.value:,.2f}，按最低工资标准"
    else:
        formula = f"{average:,.2f} ≥ {minimum.value:,.2f}，不适用"
    floored = max(average, minimum.value)
    return floored, Line("floor", "最低工资下限", formula, (REG_27, REG_14), floored, parameters=(minimum,))


def _ceiling(base: Decimal, local: Local) -> tuple[Decimal | None, bool, Line | None]:
    """The ceiling, whether a proxy stood in for it, and the line; no line where nothing could be tested."""
    if use := local.ceiling or local.average_wage:
        ceiling = use.value if local.ceiling else TIMES * use.value
        shown = f"{ceiling:,.2f}" if local.ceiling else f"3 × {use.value:,.2f} = {ceiling:,.2f}"
        over = base > ceiling
        formula = f"{base:,.2f} {'>' if over else '≤'} {shown}，{'按三倍封顶' if over else '不适用'}"
        line = Line("ceiling", "三倍封顶", formula, (LCL_47_2,), min(base, ceiling), parameters=(use,))
        return ceiling, False, line
    if (proxy := local.proxy) and base <= (limit := to_fen(TIMES * proxy.value / MONTHS_A_YEAR)):
        formula = f"{base:,.2f} ≤ 3 × {proxy.value:,.2f} ÷ 12 = {limit:,.2f}，不适用"
        note = "本市平均工资还没有录入，用省内较低的私营单位平均工资筛查；本市数字只会更高。"
        return None, True, Line("ceiling", "三倍封顶", formula, (LCL_47_2,), base, parameters=(proxy,), note=note)
    return None, False, None
