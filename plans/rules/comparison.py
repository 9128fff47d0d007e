"""Multi-year comparison of running a service oneself and having it done. Yuan; each cell rounded half up, sums are of rounded cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from common.money import to_fen

WAGE_LIKE = frozenset({"wages", "insurance"})  # grow with wages; everything else with prices
MONTHS_A_YEAR = 12
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class CostLine:
    key: str
    label: str
    amount: Decimal  # yuan in the base year


@dataclass(frozen=True)
class Assumptions:
    """What the comparison takes for granted; growth in percent a year."""

    base_year: int
    first_year: int
    years: int
    wage_growth: Decimal
    other_growth: Decimal
    contract_price: Decimal  # yuan in the first year
    price_growth: Decimal
    supervision: Decimal  # yuan a year that the college spends on overseeing the contractor
    settlement: Decimal  # yuan once, in the first year


@dataclass(frozen=True)
class Year:
    year: int
    lines: tuple[tuple[str, Decimal], ...]  # label, yuan, of running it oneself
    self_run: Decimal
    contract: Decimal
    supervision: Decimal
    settlement: Decimal
    outsourced: Decimal
    saving: Decimal  # self_run − outsourced, negative where outsourcing costs more
    cumulative: Decimal


@dataclass(frozen=True)
class Comparison:
    years: tuple[Year, ...]
    self_run: Decimal
    outsourced: Decimal
    payback_months: int | None  # None: not within these years

    @property
    def saving(self) -> Decimal:
        return self.self_run - self.outsourced


def compare(costs: Iterable[CostLine], assumptions: Assumptions) -> Comparison:
    """The years side by side. Raises ValueError for no years."""
    if assumptions.years < 1:
        raise ValueError("a comparison needs at least one year")
    costs, years, cumulative = tuple(costs), [], Decimal(0)
    for offset in range(assumptions.years):
        year = _year(costs, assumptions, offset, cumulative)
        cumulative = year.cumulative
        years.append(year)
    self_run = sum((year.self_run for year in years), Decimal(0))
    outsourced = sum((year.outsourced for year in years), Decimal(0))
    return Comparison(tuple(years), self_run, outsourced, payback(years))


def _year(costs: tuple[CostLine, ...], given: Assumptions, offset: int, before: Decimal) -> Year:
    since_base = given.first_year + offset - given.base_year
    lines = tuple(
        (cost.label, grown(cost.amount, given.wage_growth if cost.key in WAGE_LIKE else given.other_growth, since_base))
        for cost in costs
    )
    self_run = sum((amount for _, amount in lines), Decimal(0))
    contract = grown(given.contract_price, given.price_growth, offset)
    settlement = to_fen(given.settlement) if offset == 0 else Decimal("0.00")
    outsourced = contract + to_fen(given.supervision) + settlement
    saving = self_run - outsourced
    return Year(
        given.first_year + offset, lines, self_run, contract, to_fen(given.supervision), settlement, outsourced, saving,
        before + saving,
    )  # fmt: skip


def grown(amount: Decimal, percent: Decimal, years: int) -> Decimal:
    """`amount` after `years` of compound growth."""
    return to_fen(amount * (1 + percent / HUNDRED) ** years)


def payback(years: Iterable[Year]) -> int | None:
    """Full months until the yearly savings have paid the settlement back; 0 without one, None when they do not.

    Within a year the saving is spread evenly over its months; a month begun counts.
    """
    years = tuple(years)
    owed = sum((year.settlement for year in years), Decimal(0))
    if owed == 0:
        return 0
    for index, year in enumerate(years):
        saving = year.saving + year.settlement
        if saving > 0 and saving >= owed:
            months = owed * MONTHS_A_YEAR / saving
            return index * MONTHS_A_YEAR + int(months.to_integral_value(rounding="ROUND_CEILING"))
        owed -= saving
    return None


def words_of_months(months: int | None) -> str:
    """1 年 3 个月."""
    if months is None:
        return "期内收不回"
    if months == 0:
        return "没有一次性费用"
    years, rest = divmod(months, MONTHS_A_YEAR)
    return " ".join(part for part in (f"{years} 年" if years else "", f"{rest} 个月" if rest else "") if part)
