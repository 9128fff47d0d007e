"""Economic compensation (经济补偿) and compensation for unlawful ends (赔偿金): months of pay times the base, under both caps.

Law: 劳动合同法 第四十七条第一款、第二款, 第八十七条, 第九十七条第三款.
"""

from collections.abc import Iterable
from dataclasses import field
from decimal import Decimal

from common.money import to_fen
from common.values import value
from law.articles import Article
from law.articles.labour_contract import LCL_47, LCL_47_2, LCL_87
from law.working import Line, Said, Worded
from staff_transition.rules.base import Base
from staff_transition.rules.grounds import Ground
from staff_transition.rules.months import plain
from staff_transition.rules.policy import Policy
from staff_transition.rules.service import Count

MOST_YEARS_WHEN_CAPPED = Decimal(12)  # LCL_47_2: written in the statute itself, so not a parameter


@value
class Severance(Worded):
    """`years` are the months of pay owed after the twelve-year limit, not doubled; amounts in yuan."""

    years: Decimal
    amount: Decimal
    said: Said = field(compare=False)
    before_2008_amount: Decimal | None = None
    since_2008_years: Decimal | None = None


def limited_years(count: Count, base: Base | None, policy: Policy) -> tuple[Decimal, Decimal | None]:
    """Months after the limit that goes with the ceiling, and the part since 2008 of a segmented count.

    The limit never stands alone: at exactly three times the average neither base nor months are cut.
    """
    since = None if count.parts is None else count.parts[1]
    if base is None or not base.is_capped:
        return count.years, since
    since = None if since is None else min(since, MOST_YEARS_WHEN_CAPPED)
    if count.parts is not None and since is not None and policy.cap_scope == "post2008_only":
        return count.parts[0] + since, since
    return min(count.years, MOST_YEARS_WHEN_CAPPED), since


def dearest(
    ground: Ground, counts: Iterable[Count], base: Base, policy: Policy
) -> tuple[Count | None, Severance | None]:
    """The count that pays most, with its amount: under the ceiling fewer months may be worth more. None where there is no count."""
    worth = ((count, severance(ground, count, base, policy)) for count in counts)
    return max(worth, key=lambda each: each[1].amount, default=(None, None))


def severance(ground: Ground, count: Count, base: Base, policy: Policy) -> Severance:
    """N, or 2N on LCL_87. Multiplied and doubled first, rounded half up once."""
    years, since = limited_years(count, base, policy)
    before = count.parts[0] if count.parts else Decimal(0)
    before_base = base.floored if policy.cap_scope == "post2008_only" else base.amount
    has_two_bases = bool(before) and before_base != base.amount
    exact = before * before_base + (years - before) * base.amount if has_two_bases else years * base.amount
    amount = to_fen(exact * 2 if ground.owes == 2 else exact)

    def said() -> Line:
        limit = "（最多 12 年）" if years < count.years else ""
        articles: tuple[Article, ...] = (LCL_87, LCL_47) if ground.owes == 2 else (LCL_47,)
        formula = f"{plain(years)} × {base.amount:,.2f}{limit}"
        if has_two_bases:
            articles = (LCL_47, LCL_47_2)
            formula = (
                f"{plain(before)} × {before_base:,.2f}（2008 年以前不封顶）"
                f" + {plain(years - before)} × {base.amount:,.2f}{limit}"
            )
        if ground.owes == 2:
            return Line("severance", "赔偿金", f"{formula} × 2", articles, amount, owed=True)
        return Line("severance", "经济补偿", formula, articles, amount, owed=True)

    old = None if count.parts is None else to_fen(before * before_base)
    return Severance(years, amount, said, old, since)
