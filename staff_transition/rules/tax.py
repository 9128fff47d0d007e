"""Individual income tax on the lump sum (一次性补偿收入). Law: 财税〔2018〕164号 五（一）; 财税〔2001〕157号 二、三."""

from dataclasses import field
from decimal import Decimal

from common.money import to_fen
from common.values import value
from law.articles import Article
from law.articles.tax import TAX_157_2, TAX_157_3, TAX_164_5_1
from law.working import Line, ParameterUse, Said, Worded
from staff_transition.rules.person import Local, Missing

EXEMPT_TIMES = 3  # TAX_164_5_1

# the yearly table of 个人所得税法 (2019-01-01), which TAX_164_5_1 refers to: up to, rate, quick deduction
BRACKETS = (
    (Decimal(36_000), Decimal("0.03"), Decimal(0)),
    (Decimal(144_000), Decimal("0.10"), Decimal(2_520)),
    (Decimal(300_000), Decimal("0.20"), Decimal(16_920)),
    (Decimal(420_000), Decimal("0.25"), Decimal(31_920)),
    (Decimal(660_000), Decimal("0.30"), Decimal(52_920)),
    (Decimal(960_000), Decimal("0.35"), Decimal(85_920)),
    (Decimal("Infinity"), Decimal("0.45"), Decimal(181_920)),
)


@value
class Tax(Worded):
    """Yuan withheld; None with what is missing."""

    amount: Decimal | None
    said: Said = field(compare=False)
    missing: tuple[Missing, ...] = ()
    is_screened: bool = False


def tax_on(taxable: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Tax in yuan on what exceeds the exempt part, with the rate and quick deduction used; nothing at or below 0."""
    if taxable <= 0:
        return Decimal("0.00"), Decimal(0), Decimal(0)
    _, rate, quick = next(bracket for bracket in BRACKETS if taxable <= bracket[0])
    return to_fen(taxable * rate - quick), rate, quick


def lump_sum_tax(lump: Decimal, own_contributions: Decimal, local: Local, is_bankruptcy: bool = False) -> Tax:
    """Tax on a lump sum in yuan. Without the local yearly average a proxy shows when nothing is owed anyway."""
    zero = Decimal("0.00")
    if is_bankruptcy:
        return Tax(zero, lambda: _line("破产安置费收入免税", (TAX_157_3,), zero))
    if lump == 0:
        return Tax(zero, lambda: _line("没有一次性补偿收入", (TAX_164_5_1,), zero))
    if local.annual_wage is not None:
        return _computed(lump, own_contributions, local.annual_wage)
    proxy = local.proxy
    if proxy is not None and lump <= (exempt := EXEMPT_TIMES * proxy.value):
        return Tax(zero, lambda: _screened(lump, proxy, exempt), is_screened=True)
    missing = Missing("当地上年职工平均工资（年）", "参数与依据", blocks=False)
    return Tax(None, lambda: Line("tax", "个人所得税", f"待补：{missing.what}", (TAX_164_5_1,)), (missing,))


def _screened(lump: Decimal, proxy: ParameterUse, exempt: Decimal) -> Line:
    formula = f"{lump:,.2f} ≤ 3 × {proxy.value:,.2f} = {exempt:,.2f}，免税"
    note = "当地上年平均工资还没有录入，用省内较低的私营单位平均工资筛查；当地数字只会更高。"
    return _line(formula, (TAX_164_5_1,), Decimal("0.00"), (proxy,), note)


def _computed(lump: Decimal, own_contributions: Decimal, annual: ParameterUse) -> Tax:
    exempt = EXEMPT_TIMES * annual.value
    taxable = lump - exempt - own_contributions
    amount, rate, quick = tax_on(taxable)

    def said() -> Line:
        shown = f"3 × {annual.value:,.2f}"
        own = f" − 个人缴费 {own_contributions:,.2f}" if own_contributions else ""
        articles = (TAX_164_5_1, TAX_157_2) if own_contributions else (TAX_164_5_1,)
        formula = f"{lump:,.2f}{own} ≤ {shown} = {exempt:,.2f}，免税"
        if taxable > 0:
            less = f" − {quick:,.2f}" if quick else ""
            formula = f"({lump:,.2f} − {shown}{own}) × {rate:.0%}{less}"
        return _line(formula, articles, amount, (annual,))

    return Tax(amount, said)


def _line(
    formula: str,
    articles: tuple[Article, ...],
    amount: Decimal,
    parameters: tuple[ParameterUse, ...] = (),
    note: str = "",
) -> Line:
    return Line("tax", "个人所得税", formula, articles, amount, parameters=parameters, note=note)
