"""Unused annual leave (未休年休假工资): days of the last year, paid at 300 %, of which 100 % was in the wage already.

Law: 职工带薪年休假条例 第三条, 第四条; 企业职工带薪年休假实施办法 第十至十二条.
"""

from dataclasses import replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache

from common.money import to_fen
from common.values import value
from law.articles.leave import LEAVE_3, LEAVE_4, LEAVE_RULES_10, LEAVE_RULES_10_2, LEAVE_RULES_11, LEAVE_RULES_12
from law.working import Line
from staff_transition.rules.months import elapsed, plain
from staff_transition.rules.person import LeaveFacts, Missing

PAID_DAYS_A_MONTH = Decimal("21.75")  # LEAVE_RULES_11, kept by 人社部发〔2025〕2号
DAYS_A_YEAR = 365  # LEAVE_RULES_12, in leap years too
LONGEST = Decimal(20)  # LEAVE_3: years of work from which nobody has more leave
REMEMBERED = 32_768  # leave is the same on every ground: schemes of some ten thousand people ask for it three times
REFUSED = "REFUSED"  # models.LeaveYear.Exclusion; every other is one of article 4
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
    """Days a year by the whole working life (LEAVE_3): 5 from one year, 10 from ten, 15 from twenty."""
    if cumulative_years < 1:
        return 0
    return 5 if cumulative_years < 10 else 10 if cumulative_years < 20 else 15


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
    year = leave.entitlement_days
    if year is None and cumulative is not None:
        year = entitlement(cumulative)
    days, words = _days(leave, year, taken)
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
    """The leave of a past year, with the working life as it was then; None where the work began later."""
    days = (date(year, 12, 31) - max(hired_on, date(year, 1, 1))).days + 1
    if days <= 0:
        return None
    known = None if cumulative is None else max(cumulative - (last_day.year - year), Decimal(0))
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


def _days(leave: LeaveFacts, year: int | None, taken: Decimal | None) -> tuple[Decimal | None, str]:
    """Unused days and how they came; the name of the missing fact where they did not."""
    if leave.untaken_days is not None:
        return leave.untaken_days, f"未休 {plain(leave.untaken_days)} 天"
    if leave.elapsed_days is None:
        return None, "本年在岗天数"
    if year is None:
        return None, "累计工龄"
    if taken is None:
        return None, f"{f'{leave.year} ' if leave.year else '本'}年已休年假天数"
    exact = Decimal(leave.elapsed_days * year) / DAYS_A_YEAR - taken
    days = max(exact.quantize(Decimal(1), ROUND_FLOOR), Decimal(0))
    return days, f"{leave.elapsed_days} ÷ 365 × {year} − {plain(taken)}，取整 {plain(days)} 天"


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
