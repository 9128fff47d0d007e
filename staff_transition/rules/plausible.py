"""What a worker's facts say together that is hardly true. Nothing forbids it, but a person must have looked. Pure.

One place for the import, the form, the flags and the lock. Law: 劳动法 第十五条.
"""

from datetime import date
from decimal import Decimal

from common.values import value
from law.articles import Article
from law.articles.labour_contract import LCL_47_1
from law.articles.procedure import WAGE_RECORDS_15
from law.articles.regulations import LABOUR_15
from staff_transition.rules.months import add_months, elapsed

WORKING_AGE = 16  # LABOUR_15
FAR_APART = 2  # times: prudence, not statute


@value
class Oddity:
    """`field` is the one of the roster where it is mended."""

    code: str
    field: str
    title: str
    text: str
    articles: tuple[Article, ...]


def working_age_day(birth: date) -> date:
    return add_months(birth, WORKING_AGE * 12)


def oddities(
    birth: date | None, begun: date | None, monthly_wage: Decimal | None, average: Decimal | None
) -> tuple[Oddity, ...]:
    """Work before the age at which anybody may work, an average that is not of this wage. `begun`: the first day that counts."""
    found = []
    if birth and begun and begun < working_age_day(birth):
        then = f"当时 {elapsed(birth, begun).months // 12} 岁" if begun > birth else "在出生以前"
        text = f"{begun} 开始工作时未满 16 周岁（{then}），请对照证件和工资单核对出生日期、入职时间。"
        found.append(Oddity("hired-under-16", "hired_on", "未满 16 周岁就开始工作", text, (LABOUR_15, LCL_47_1)))
    if monthly_wage and average and not monthly_wage / FAR_APART <= average <= monthly_wage * FAR_APART:
        text = f"12 个月平均 {average:,.2f} 与月工资 {monthly_wage:,.2f} 相差一倍以上，请对照工资表核对。"
        found.append(
            Oddity("wages-far-apart", "average_wage", "平均工资与月工资相差一倍以上", text, (LCL_47_1, WAGE_RECORDS_15))
        )
    return tuple(found)
