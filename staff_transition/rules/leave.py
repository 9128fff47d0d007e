"""Unused annual leave (未休年休假工资): days of the last year, paid at 300 %, of which 100 % was in the wage already.

Law: 职工带薪年休假条例 第三条, 第四条; 企业职工带薪年休假实施办法 第十至十二条.
"""

from dataclasses import replace
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

from common.money import to_fen
from common.values import value
from law.articles.leave import (
    LEAVE_3,
    LEAVE_4,
    LEAVE_RULES_3,
    LEAVE_RULES_10,
    LEAVE_RULES_10_2,
    LEAVE_RULES_11,
    LEAVE_RULES_12,
)
from law.working import Line
from staff_transition.rules.months import DAY, PAID_DAYS_A_MONTH, elapsed, plain
from staff_transition.rules.person import LeaveFacts, Missing

DAYS_A_YEAR = 365  # LEAVE_RULES_12, in leap years too
# LEAVE_3: days of leave a year from so many full years of the whole working life on
BANDS = ((20, 15), (10, 10), (1, 5))
LONGEST = Decimal(99)  # years of work: nobody has more leave
HUNDREDTH = Decimal("0.01")
REMEMBERED = 32_768  # leave is the same on every ground: schemes of some ten thousand people ask for it three times
REFUSED, SHORT = "REFUSED", "SHORT"  # models.LeaveYear.Exclusion; every other is one of article 4
EXTRA, GROSS = 2, 3  # LEAVE_RULES_10: 200 % beside the wage, 300 % with it


@value
class Leave:
    """Days and yuan; None is what could not be computed."""

    entitlement: int | None
    days: Decimal | None
    amount: Decimal | None
    gross: Decimal | None
    line: Line
    missing: tuple[Missing, ...] = ()
    most: Decimal | None = None  # where nobody knows what was taken: owed if nothing was


def entitlement(cumulative_years: Decimal) -> int:
    """Days a year by the whole working life (LEAVE_3)."""
    return next((leave for years, leave in BANDS if cumulative_years >= years), 0)


def bands(cumulative_years: Decimal, days: int) -> tuple[tuple[int, int], ...]:
    """The last `days` of a working life of so many years, with the leave a year that each of them earns, in order.

    On the day on which one, ten or twenty years are full the leave changes: 66 days at 5, then 299 at 10.
    """
    found, left, later = [], days, 0
    for years, leave in BANDS:
        since = max(int(((cumulative_years - years) * DAYS_A_YEAR).to_integral_value(ROUND_HALF_UP)), 0)
        here = min(left, since - later)
        found.append((here, leave))
        left, later = left - here, since
    return tuple((days, leave) for days, leave in reversed([*found, (left, 0)]) if days)


def years_before(cumulative_years: Decimal, day: date, last_day: date) -> Decimal:
    """The working life by the end of `day`, of which so many years were full by the end of `last_day`."""
    return max(cumulative_years - years_between(day + DAY, last_day), Decimal(0))


def years_between(first_day: date, last_day: date) -> Decimal:
    """Years with two places from `first_day` to `last_day`, both worked."""
    span = elapsed(first_day, last_day)
    return (Decimal(span.months) / 12 + Decimal(span.days) / DAYS_A_YEAR).quantize(HUNDREDTH)


def is_too_short(cumulative_years: Decimal, hired_on: date, day: date) -> bool:
    """A whole working life shorter than the full years of service here: one of the two is wrong."""
    return cumulative_years < elapsed(hired_on, day).months // 12


@lru_cache(maxsize=REMEMBERED)
def unused_leave(leave: LeaveFacts) -> Leave:
    """What is owed for the leave of the last year. Half days are not paid (LEAVE_RULES_12), nothing is recovered."""
    return _worked_out(leave, leave.cumulative_years, leave.taken_days, "未休年休假")


def _worked_out(leave: LeaveFacts, cumulative: Decimal | None, taken: Decimal | None, label: str) -> Leave:
    if leave.exclusion:
        return _excluded(leave.exclusion, label)
    parts = _parts(leave, cumulative)
    year = leave.entitlement_days
    if year is None and cumulative is not None:
        year = entitlement(cumulative)
    days, words = _days(leave, parts, taken)
    if cumulative is not None and leave.untaken_days is None and leave.entitlement_days is None and days is not None:
        words = f"累计工龄 {plain(cumulative)} 年，{words}"
    if days is None:
        return _unknown(year, None, Missing(words, "员工资料", blocks=False), label)
    if days == 0:
        zero = Decimal("0.00")
        return Leave(year, days, zero, zero, _line(words, zero, label))
    wage, wage_words = _wage(leave)
    if wage is None:
        return _unknown(year, days, Missing("月工资（不含加班）", "员工资料", blocks=False), label)
    divisor = PAID_DAYS_A_MONTH if leave.daily_wage is None else Decimal(1)
    amount = to_fen(wage * days * EXTRA / divisor)
    gross = to_fen(wage * days * GROSS / divisor)
    return Leave(year, days, amount, gross, _line(f"{plain(days)} 天 × {wage_words} × 200%（{words}）", amount, label))


def _excluded(exclusion: str, label: str) -> Leave:
    """A year without leave, or whose leave the worker gave up in writing: nothing beside the wage."""
    zero = Decimal("0.00")
    if exclusion == REFUSED:
        words, article = "已安排，本人书面提出不休，只付正常工资", LEAVE_RULES_10_2
    elif exclusion == SHORT:
        words, article = "连续工作不满 12 个月，不享受", LEAVE_RULES_3
    else:
        words, article = "有不享受当年年休假的情形", LEAVE_4
    return Leave(None, Decimal(0), zero, zero, Line("leave", label, words, (article,), zero, owed=True))


def leave_of(
    year: int,
    hired_on: date,
    last_day: date,
    cumulative: Decimal | None,
    taken: Decimal | None,
    exclusion: str,
    monthly: Decimal | None,
) -> LeaveFacts | None:
    """The leave of a past year, with the working life as it was at its end; None where the work began later.

    `cumulative`: years by the last day.
    """
    days = (date(year, 12, 31) - max(hired_on, date(year, 1, 1))).days + 1
    if days <= 0:
        return None
    known = None if cumulative is None else years_before(cumulative, date(year, 12, 31), last_day)
    return LeaveFacts(
        year, elapsed_days=min(days, DAYS_A_YEAR), cumulative_years=known, taken_days=taken, exclusion=exclusion,
        monthly_wage=monthly,
    )  # fmt: skip


@lru_cache(maxsize=REMEMBERED)
def earlier_leave(year: int, leave: LeaveFacts) -> Leave:
    """The leave of a past year that was not taken, under its own name; where nobody knows it, the most it can be."""
    label = f"{year} 年未休年休假"
    if leave.untaken_days is None and leave.taken_days is None:
        return _unregistered(year, leave, label)
    return _worked_out(leave, leave.cumulative_years, leave.taken_days, label)


def _unregistered(year: int, leave: LeaveFacts, label: str) -> Leave:
    known = leave.cumulative_years
    most = _worked_out(leave, LONGEST if known is None else known, Decimal(0), label)
    if most.days == 0:
        return most
    words = f"；一天没休的最多 {most.amount:,.2f} 元" if most.amount is not None else ""
    missing = Missing(f"{year} 年已休年假天数", "员工资料", blocks=False)
    return replace(_unknown(most.entitlement, None, missing, label, words), most=most.amount)


def _parts(leave: LeaveFacts, cumulative: Decimal | None) -> tuple[tuple[int, int], ...]:
    """Days here and the leave a year that they earn, in order; nothing where it cannot be said."""
    if leave.elapsed_days is None:
        return ()
    if leave.entitlement_days is not None:
        return ((leave.elapsed_days, leave.entitlement_days),)
    return () if cumulative is None else bands(cumulative, leave.elapsed_days) or ((0, 0),)


def _days(leave: LeaveFacts, parts: tuple[tuple[int, int], ...], taken: Decimal | None) -> tuple[Decimal | None, str]:
    """Unused days and how they came; the name of the missing fact where they did not."""
    if leave.untaken_days is not None:
        return leave.untaken_days, f"未休 {plain(leave.untaken_days)} 天"
    if leave.elapsed_days is None:
        return None, "本年在岗天数"
    if not parts:
        return None, "累计工龄"
    if taken is None:
        return None, f"{f'{leave.year} ' if leave.year else '本'}年已休年假天数"
    exact = Decimal(sum(here * leave_a_year for here, leave_a_year in parts)) / DAYS_A_YEAR - taken
    days = max(exact.quantize(Decimal(1), ROUND_FLOOR), Decimal(0))
    words = " + ".join(f"{here} ÷ 365 × {leave_a_year}" for here, leave_a_year in parts)
    return days, f"{words} − {plain(taken)}，取整 {plain(days)} 天"


def _wage(leave: LeaveFacts) -> tuple[Decimal | None, str]:
    if leave.daily_wage is not None:
        return leave.daily_wage, f"日工资 {leave.daily_wage:,.2f}"
    if leave.monthly_wage is not None:
        return leave.monthly_wage, f"{leave.monthly_wage:,.2f} ÷ 21.75"
    return None, ""


def _line(formula: str, amount: Decimal, label: str) -> Line:
    articles = (LEAVE_RULES_12, LEAVE_RULES_11, LEAVE_RULES_10, LEAVE_3)
    return Line("leave", label, formula, articles, amount, owed=True)


def _unknown(year: int | None, days: Decimal | None, missing: Missing, label: str, more: str = "") -> Leave:
    line = Line("leave", label, f"待补：{missing.what}{more}", (LEAVE_RULES_12,), note="补齐后加入合计。")
    return Leave(year, days, None, None, line, (missing,))
