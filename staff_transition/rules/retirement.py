"""Statutory retirement (法定退休年龄) as it moves from 2025 on. Law: 渐进式延迟法定退休年龄办法 第一至三条."""

from bisect import bisect_left, bisect_right
from datetime import date
from functools import lru_cache

from common.values import value
from staff_transition.rules.months import REMEMBERED, add_months

LONG_SERVICE_MONTHS = 15 * 12  # LCL_42(5)
NEAR_RETIREMENT_MONTHS = 5 * 12
MOST_EARLY_MONTHS, EARLY_NOTICE_MONTHS = 36, 3  # RETIRE_3, FLEXIBLE_94_EARLY


@value
class Cohort:
    """Whose age moves how: base age in months, first birth month with a delay, months of birth per month of delay, the most."""

    base: int
    first: tuple[int, int]
    step: int
    most: int


COHORTS = {
    "male60": Cohort(60 * 12, (1965, 1), 4, 36),
    "female55": Cohort(55 * 12, (1970, 1), 4, 36),
    "female50": Cohort(50 * 12, (1975, 1), 2, 60),
}


@value
class Retirement:
    """Months of delay, the statutory age in months, and the month (year, month) in which it is reached."""

    delay: int
    age_months: int
    year: int
    month: int

    @property
    def age(self) -> str:
        years, months = divmod(self.age_months, 12)
        return f"{years} 岁{f' {months} 个月' if months else ''}"


def retirement(category: str, birth_year: int, birth_month: int) -> Retirement:
    """When the statutory age is reached. Raises KeyError for an unknown category."""
    cohort = COHORTS[category]
    born_after = (birth_year - cohort.first[0]) * 12 + birth_month - cohort.first[1]
    delay = 0 if born_after < 0 else min(born_after // cohort.step + 1, cohort.most)
    year, month = divmod(birth_year * 12 + birth_month - 1 + cohort.base + delay, 12)
    return Retirement(delay, cohort.base + delay, year, month + 1)


@lru_cache(maxsize=REMEMBERED)
def statutory_day(category: str, birth: date) -> date:
    """The birthday (clamped to the month) on which the contract may end by age."""
    return add_months(birth, retirement(category, birth.year, birth.month).age_months)


def age_day(category: str, birth: date, postponed_until: date | None) -> date:
    """When age may end the contract: the statutory day, or the later day agreed on (人社部发〔2024〕94号)."""
    return max(statutory_day(category, birth), postponed_until or date.min)


@lru_cache(maxsize=REMEMBERED)
def age_days(categories: tuple[str, ...], birth: date, postponed_until: date | None) -> tuple[date, ...]:
    """Every day that may be `age_day` by one of these categories, in order."""
    return tuple(sorted({age_day(each, birth, postponed_until) for each in categories}))


def early_breaches(category: str, birth: date, chosen: date, told_on: date | None, months: int | None) -> list[str]:
    """Why an early retirement that the worker chose does not hold (RETIRE_2, RETIRE_3, FLEXIBLE_94_EARLY); nothing: it does.

    `months`: of pension contributions, wherever they were paid.
    """
    original = add_months(birth, COHORTS[category].base)
    earliest = max(original, add_months(statutory_day(category, birth), -MOST_EARLY_MONTHS))
    least = least_contribution_months(chosen.year)
    found = []
    if chosen < earliest:
        found.append(f"早于 {earliest}（不得低于原法定退休年龄，最多提前三年）")
    if told_on is None or add_months(told_on, EARLY_NOTICE_MONTHS) > chosen:
        found.append("没有提前三个月书面告知单位")
    if months is None or months < least:
        found.append(f"养老保险缴费{'没有登记' if months is None else f' {months} 个月'}，至少 {least} 个月")
    return found


def category_of(sex: str, female_category: str) -> str:
    """male60, female50 or female55; "" where a woman's post is not known: nobody guesses."""
    return "male60" if sex == "M" else female_category


def least_contribution_months(year: int) -> int:
    """Months of contributions asked for a pension that starts in `year`: 15 years, 6 months more each year from 2030 to 20 years."""
    return 180 + 6 * min(max(year - 2029, 0), 10)


def categories_of(sex: str) -> tuple[str, ...]:
    """All that a person of this sex may be; every one where the sex is not known."""
    return {"M": ("male60",), "F": ("female50", "female55")}.get(sex, tuple(COHORTS))


def is_near(day: date, statutory: date) -> bool:
    """Less than five years to go on `day`, and not there yet (LCL_42(5))."""
    return day < statutory < add_months(day, NEAR_RETIREMENT_MONTHS)


def births_near(category: str, day: date) -> tuple[date, date]:
    """People born later than the first date and not later than the second are near their statutory day on `day`."""
    births = range(date(day.year - 90, 1, 1).toordinal(), day.toordinal())

    def reached(birth: int) -> date:
        return statutory_day(category, date.fromordinal(birth))

    after = births[bisect_right(births, day, key=reached) - 1]
    until = births[bisect_left(births, add_months(day, NEAR_RETIREMENT_MONTHS), key=reached) - 1]
    return date.fromordinal(after), date.fromordinal(until)
