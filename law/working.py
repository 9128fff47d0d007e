"""The working of an amount: lines that carry their formula, article, parameters and facts.

Pure: no ORM, no clock. A rule builds a `Line` in the same function that computes the number, so that the text on
the page and on paper cannot drift from the amount. Where many people are only added up, it says how to build it: `Said`.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from common.values import value
from law.articles import Article


@value
class ParameterUse:
    """One dated parameter as a result used it; stored with the result, so later values do not move it."""

    key: str
    label: str
    value: Decimal
    unit: str
    place: str
    since: date | None  # None: the first day is not known
    source: str
    trust: str = ""  # T text read, S secondary copy, K not seen, DEMO invented for the demo college
    data_year: int | None = None  # for statistics: the year they describe, not the year they were published


@value
class FactUse:
    """One fact about a person as a result used it, with who entered it and where it came from."""

    label: str
    value: str
    source: str = ""


@value
class Line:
    """One step of a working.

    `amount` is in yuan, rounded half up to the fen at the end of the line. `owed` lines add to the total; the others
    explain (a base, a cap, a figure of risk). `result` replaces the amount where a step has no money in it (16 个月).
    """

    key: str
    label: str
    formula: str
    articles: tuple[Article, ...] = ()
    amount: Decimal | None = None
    owed: bool = False
    result: str = ""
    parameters: tuple[ParameterUse, ...] = ()
    facts: tuple[FactUse, ...] = ()
    note: str = ""


Said = Callable[
    [], Line
]  # put into words when somebody reads it: a comparison of thirty thousand settlements never does


class Worded:
    """A figure with the line that explains it."""

    said: Said

    @property
    def line(self) -> Line:
        return self.said()
