"""Individual income tax on the lump sum (一次性补偿收入). Law: 财税〔2018〕164号 五（一）; 财税〔2001〕157号 二、三."""

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal

from common.money import to_fen
from common.values import value
from law.articles import Article
from law.articles.tax import TAX_157_2, TAX_157_3, TAX_164_5_1
from law.book import IIT_LEVELS, ParameterBook
from law.working import Line, ParameterUse, Said, Worded
from staff_transition.rules.person import Bracket, Local, Missing

EXEMPT_TIMES = 3  # TAX_164_5_1
ZERO = Decimal("0.00")


@value
class Tax(Worded):
    """Yuan withheld; None with what is missing."""

    amount: Decimal | None
    said: Said = field(compare=False)
    missing: tuple[Missing, ...] = ()
    is_screened: bool = False


def table_of(book: ParameterBook, day: date) -> tuple[Bracket, ...]:
    """The yearly tax table of 个人所得税法 in force on `day`, to which TAX_164_5_1 refers; empty where it is not entered whole."""
    found: list[Bracket] = []
    for level in IIT_LEVELS:
        rate, upto = (book.find(f"iit_{name}_{level}", "", day) for name in ("rate", "upto"))
        if rate is None:
            return ()
        found.append(Bracket(rate, upto))
        if upto is None:
            break
    return tuple(found)


def tax_on(taxable: Decimal, table: Sequence[Bracket]) -> tuple[Decimal, Bracket, Decimal]:
    """Tax in yuan on what exceeds the exempt part, with the bracket and the quick deduction (速算扣除数) that follows from the table."""
    quick, before, below = Decimal(0), Decimal(0), Decimal(0)
    for bracket in table:
        quick += before * (bracket.rate.value - below)
        if bracket.upto is None or taxable <= bracket.upto.value:
            return to_fen(taxable * bracket.rate.value - quick), bracket, quick
        before, below = bracket.upto.value, bracket.rate.value
    raise ValueError("the tax table has no last step")


def lump_sum_tax(lump: Decimal, own_contributions: Decimal, local: Local, is_bankruptcy: bool = False) -> Tax:
    """Tax on a lump sum in yuan. Without the local yearly average a proxy shows when nothing is owed anyway."""
    if is_bankruptcy:
        return Tax(ZERO, lambda: _line("破产安置费收入免税", (TAX_157_3,), ZERO))
    if lump == 0:
        return Tax(ZERO, lambda: _line("没有一次性补偿收入", (TAX_164_5_1,), ZERO))
    if local.annual_wage is not None:
        return _computed(lump, own_contributions, local.annual_wage, local.tax_table)
    proxy = local.proxy
    if proxy is not None and lump <= (exempt := EXEMPT_TIMES * proxy.value):
        return Tax(ZERO, lambda: _screened(lump, proxy, exempt), is_screened=True)
    return _unknown("当地上年职工平均工资（年）")


def _unknown(what: str) -> Tax:
    missing = Missing(what, "参数与依据", blocks=False)
    return Tax(None, lambda: Line("tax", "个人所得税", f"待补：{what}", (TAX_164_5_1,)), (missing,))


def _screened(lump: Decimal, proxy: ParameterUse, exempt: Decimal) -> Line:
    formula = f"{lump:,.2f} ≤ 3 × {proxy.value:,.2f} = {exempt:,.2f}，免税"
    note = "当地上年平均工资还没有录入，用省内较低的私营单位平均工资筛查；当地数字只会更高。"
    return _line(formula, (TAX_164_5_1,), ZERO, (proxy,), note)


def _computed(lump: Decimal, own_contributions: Decimal, annual: ParameterUse, table: Sequence[Bracket]) -> Tax:
    exempt = EXEMPT_TIMES * annual.value
    taxable = lump - exempt - own_contributions
    shown = f"3 × {annual.value:,.2f}"
    own = f" − 个人缴费 {own_contributions:,.2f}" if own_contributions else ""
    articles = (TAX_164_5_1, TAX_157_2) if own_contributions else (TAX_164_5_1,)
    if taxable <= 0:
        formula = f"{lump:,.2f}{own} ≤ {shown} = {exempt:,.2f}，免税"
        return Tax(ZERO, lambda: _line(formula, articles, ZERO, (annual,)))
    if not table:
        return _unknown("综合所得年度税率表")
    amount, bracket, quick = tax_on(taxable, table)
    less = f" − {quick:,.2f}" if quick else ""
    words = f"({lump:,.2f} − {shown}{own}) × {bracket.rate.value:.0%}{less}"
    used = (annual, bracket.rate, *([bracket.upto] if bracket.upto else ()))
    return Tax(amount, lambda: _line(words, articles, amount, used))


def _line(
    formula: str,
    articles: tuple[Article, ...],
    amount: Decimal,
    parameters: tuple[ParameterUse, ...] = (),
    note: str = "",
) -> Line:
    return Line("tax", "个人所得税", formula, articles, amount, parameters=parameters, note=note)
