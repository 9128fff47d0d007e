"""Two bars a year as SVG coordinates: running it oneself and having it done."""

from dataclasses import dataclass
from decimal import Decimal

from plans.rules.comparison import Comparison

HEIGHT, BAR, GAP, GROUP, BOTTOM, TOP = 160, 22, 4, 84, 24, 18
WAN = 10_000


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    height: int
    kind: str  # self, out
    value: Decimal


@dataclass(frozen=True)
class Chart:
    """`sentence` says in words what the bars show, for readers who do not see them."""

    width: int
    height: int
    baseline: int
    bars: tuple[Bar, ...]
    labels: tuple[tuple[int, int], ...]  # x, year
    sentence: str


def chart_of(comparison: Comparison) -> Chart:
    most = max((max(year.self_run, year.outsourced) for year in comparison.years), default=Decimal(1)) or Decimal(1)
    room = HEIGHT - BOTTOM - TOP
    bars, labels = [], []
    for index, year in enumerate(comparison.years):
        left = GROUP * index + 16
        for shift, kind, value in ((0, "self", year.self_run), (BAR + GAP, "out", year.outsourced)):
            height = max(int(value / most * room), 1)
            bars.append(Bar(left + shift, HEIGHT - BOTTOM - height, height, kind, value))
        labels.append((left + BAR, year.year))
    verb = "节约" if comparison.saving >= 0 else "多花"
    sentence = (
        f"{len(comparison.years)} 年合计：自己做 {comparison.self_run / WAN:,.2f} 万元，外包 {comparison.outsourced / WAN:,.2f} 万元，"
        f"外包{verb} {abs(comparison.saving) / WAN:,.2f} 万元。"
    )
    return Chart(GROUP * len(comparison.years) + 16, HEIGHT, HEIGHT - BOTTOM, tuple(bars), tuple(labels), sentence)
