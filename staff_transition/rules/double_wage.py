"""Double wage without a written contract (二倍工资差额): one extra wage a month, at most eleven.

Law: 劳动合同法 第八十二条, 第十四条第三款, 第九十七条第二款; 实施条例 第六条, 第七条; 解释（二）第六条, 第九条;
limitation 劳动争议调解仲裁法 第二十七条.
"""

from calendar import monthrange
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from common.money import to_fen
from common.values import value
from law.articles.interpretations import I1_34, I2_6, I2_9, I2_11
from law.articles.labour_contract import LCL_82, LCL_97_2
from law.articles.labour_contract import SINCE as LAW_SINCE
from law.articles.regulations import MEDIATION_27, REG_6, REG_7
from law.calendar import CalendarUnknown, WorkCalendar
from law.working import Line
from staff_transition.rules.months import DAY, PAID_DAYS_A_MONTH, add_months, plain, roll_months
from staff_transition.rules.person import DoubleWageFacts, Missing, PersonFacts
from staff_transition.rules.policy import Policy

BY_WORKING_DAYS_SINCE = date(2025, 9, 1)  # I2_6


@value
class DoubleWage:
    """The extra wage in yuan: `amount` in time, `theoretical` without limitation; None with what is missing."""

    amount: Decimal | None
    theoretical: Decimal | None
    line: Line
    missing: tuple[Missing, ...] = ()
    comes_from: date | None = None  # from this day on more will fall due unless a contract is signed
    to_come: Decimal | None = None  # yuan until the last day; None: no calendar of that year yet


@value
class Piece:
    """A part of the period in months of wage: `count` of them, each the `of`-th part of one (1 for whole months)."""

    count: Decimal
    words: str
    of: Decimal = Decimal(1)
    month: date | None = None  # whose wage is paid, by its first day; None: the base

    def worth(self, wage: Decimal) -> Decimal:
        """Yuan, divided last so that nothing is lost before the rounding."""
        return wage * self.count / self.of


def whole(months: list[date]) -> list[Piece]:
    """Whole months, each with its own wage."""
    return [Piece(Decimal(1), "", month=each.replace(day=1)) for each in months]


def said(pieces: list[Piece]) -> str:
    """5 个月 + 10 天 ÷ 30: whole months are counted together."""
    months = sum(not piece.words for piece in pieces)
    return " + ".join([*([f"{months} 个月"] if months else []), *(piece.words for piece in pieces if piece.words)])


def period(facts: PersonFacts, double: DoubleWageFacts) -> tuple[date, date] | None:
    """First and last day with a double wage: the day after the first month to the day before signing, one year at most.

    Hired before 2008 counts as hired on 2008-01-01 (LCL_97_2). None when the hire is not known; the period may be empty.
    """
    hired = facts.first_day
    if (double.first_day is None or double.last_day is None) and hired is None:
        return None
    start = max(hired, LAW_SINCE) if hired else LAW_SINCE
    first = double.first_day or roll_months(start, 1)
    if double.last_day is not None:
        return first, double.last_day
    ends = [roll_months(start, 12) - DAY]
    ends += [double.signed_on - DAY] if double.signed_on else []
    ends += [facts.last_day] if facts.last_day else []
    return first, min(ends)


def double_wage(facts: PersonFacts, double: DoubleWageFacts, policy: Policy, calendar: WorkCalendar) -> DoubleWage:
    """The extra wage owed for one stretch without a written contract."""
    if double.periods:
        return _written_out(double)
    days = period(facts, double)
    if days is None:
        return _missing(Missing("入职日期", "员工资料"))
    if days[1] < days[0]:
        return _none("入职一个月内已签书面合同")
    base = double.base if double.base is not None else facts.average
    if base is None:
        return _missing(Missing("月工资", "员工资料"))
    if double.counted_until is None or days[1] <= double.counted_until:
        return _owed(facts, double, days, days, base, policy, calendar)
    comes_from = max(days[0], double.counted_until + DAY)
    try:
        to_come = _amount((comes_from, days[1]), base, double, policy, calendar)[0]
    except CalendarUnknown:
        to_come = None
    if days[0] > double.counted_until:
        found = _none(f"{days[0]} 起仍没有书面合同的才发生，现在不计")
    else:
        found = _owed(facts, double, days, (days[0], double.counted_until), base, policy, calendar)
    return replace(found, comes_from=comes_from, to_come=to_come)


def _owed(
    facts: PersonFacts, double: DoubleWageFacts, whole: tuple[date, date], days: tuple[date, date], base: Decimal,
    policy: Policy, calendar: WorkCalendar,
) -> DoubleWage:  # fmt: skip
    """The extra wage of the `days` that have passed, out of the `whole` stretch."""
    try:
        theoretical = _amount(days, base, double, policy, calendar)
        due = in_time(days, double.claim_day)
        if due is None:
            return _none(f"{days[0]} 至 {days[1]} 的请求已过一年时效", theoretical[0])
        amount, words = theoretical if due == days else _amount(due, base, double, policy, calendar)
    except CalendarUnknown as unknown:
        return _missing(Missing(f"{unknown.year} 年工作日历", "参数与依据"))
    cut = f"，时效内 {due[0]} 起" if due != days else ""
    until = f"，计到 {days[1]}" if days != whole else ""
    articles = (LCL_82, REG_6, REG_7) + ((LCL_97_2,) if facts.first_day and facts.first_day < LAW_SINCE else ())
    articles += (MEDIATION_27,) if cut else ()
    articles += (I1_34, I2_11) if double.is_renewal else ()
    formula = f"{'合同到期后未续签，' if double.is_renewal else ''}{whole[0]} 至 {whole[1]}{until}{cut}：{words}"
    return DoubleWage(amount, theoretical[0], Line("double", "二倍工资差额", formula, articles, amount, owed=True))


def in_time(days: tuple[date, date], claim_day: date | None) -> tuple[date, date] | None:
    """The days that fell due within the year before the claim (MEDIATION_27), month by month backwards; None: none did."""
    if claim_day is None:
        return days
    first = max(days[0], add_months(claim_day, -12))
    return (first, days[1]) if first <= days[1] else None


def _amount(
    days: tuple[date, date], base: Decimal, double: DoubleWageFacts, policy: Policy, calendar: WorkCalendar
) -> tuple[Decimal, str]:
    if double.working_days:
        pieces = _by_given_days(days, double)
    elif months := whole_months(*days):
        pieces = whole([add_months(days[0], each) for each in range(months)])
    else:
        pieces = _by_calendar_month(days, policy, calendar)
    known, by_wage = dict(double.wages), defaultdict[Decimal, list[Piece]](list)
    for piece in pieces:
        by_wage[known.get(piece.month, base) if piece.month else base].append(piece)
    exact = sum((piece.worth(wage) for wage, each in by_wage.items() for piece in each), Decimal(0))
    words = " + ".join(f"（{said(each)}）× {wage:,.2f}" for wage, each in by_wage.items())
    return to_fen(exact), words or "没有可以计算的月份"


def whole_months(first: date, last: date) -> int:
    """How many months the period is exactly; 0 when it is not a whole number of them."""
    end = last + DAY
    months = (end.year - first.year) * 12 + end.month - first.month
    return next((m for m in (months - 1, months) if m > 0 and roll_months(first, m) == end), 0)


def calendar_months(first: date, last: date) -> list[tuple[date, date, bool]]:
    """The period cut at month ends: first day, last day, whether it is the whole month."""
    cut = []
    while first <= last:
        month_end = first.replace(day=monthrange(first.year, first.month)[1])
        end = min(month_end, last)
        cut.append((first, end, first.day == 1 and end == month_end))
        first = end + DAY
    return cut


def _by_given_days(days: tuple[date, date], double: DoubleWageFacts) -> list[Piece]:
    divisor = double.day_divisor or PAID_DAYS_A_MONTH
    pieces = whole([first for first, _, is_whole in calendar_months(*days) if is_whole])
    return pieces + [
        Piece(worked, f"{plain(worked)} 个工作日 ÷ {plain(divisor)}", divisor) for worked in double.working_days
    ]


def _by_calendar_month(days: tuple[date, date], policy: Policy, calendar: WorkCalendar) -> list[Piece]:
    cut = calendar_months(*days)
    pieces = whole([first for first, _, is_whole in cut if is_whole])
    parts = (_part(first, last, policy, calendar) for first, last, is_whole in cut if not is_whole)
    months = (first.replace(day=1) for first, _, is_whole in cut if not is_whole)
    return pieces + [replace(part, month=month) for part, month in zip(parts, months, strict=True)]


def _part(first: date, last: date, policy: Policy, calendar: WorkCalendar) -> Piece:
    way = policy.partial_month
    if way == "by_date":
        way = "workdays_21.75" if first >= BY_WORKING_DAYS_SINCE else "calendar_30"
    if way == "calendar_30":
        days = (last - first).days + 1
        return Piece(Decimal(days), f"{days} 天 ÷ 30", Decimal(30))
    worked = Decimal(calendar.working_days_between(first, last))
    if way == "workdays_21.75":
        return Piece(worked, f"{worked} 个工作日 ÷ 21.75", PAID_DAYS_A_MONTH)
    month_end = first.replace(day=monthrange(first.year, first.month)[1])
    of = Decimal(calendar.working_days_between(first.replace(day=1), month_end))
    return Piece(worked, f"{worked} ÷ 当月 {of} 个工作日", of)


def _written_out(double: DoubleWageFacts) -> DoubleWage:
    exact, words = Decimal(0), []
    for each in double.periods:
        if each.amount is not None:
            exact += each.amount
            words.append(f"{each.amount:,.2f}")
        elif each.months is not None:
            exact += each.base * each.months
            words.append(f"{each.base:,.2f} × {plain(each.months)} 个月")
        elif each.days is not None and each.of is not None:
            exact += each.base * each.days / each.of
            words.append(f"{each.base:,.2f} × {plain(each.days)} ÷ {plain(each.of)}")
    amount = to_fen(exact)
    line = Line("double", "二倍工资差额", " + ".join(words), (LCL_82, I2_6), amount, owed=True)
    return DoubleWage(amount, amount, line)


def _none(words: str, theoretical: Decimal = Decimal("0.00")) -> DoubleWage:
    zero = Decimal("0.00")
    line = Line("double", "二倍工资差额", words, (LCL_82, I2_9, MEDIATION_27), zero, owed=True)
    return DoubleWage(zero, theoretical, line)


def _missing(missing: Missing) -> DoubleWage:
    line = Line("double", "二倍工资差额", f"待补：{missing.what}", (LCL_82,))
    return DoubleWage(None, None, line, (missing,))
