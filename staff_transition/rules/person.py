"""What the rules are told: one person, the figures of the place, and what is still unknown.

`None` is "not known" everywhere and never means 0.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Any

from common.values import value
from law.working import FactUse, ParameterUse
from staff_transition.rules.contracts import Gap, State, carried
from staff_transition.rules.retirement import (
    age_days,
    categories_of,
    early_breaches,
    least_contribution_months,
    statutory_day,
)
from staff_transition.rules.wages import Wages

INJURY_35_GRADES, INJURY_36_GRADES, INJURY_37_GRADES = range(1, 5), range(5, 7), range(7, 11)
LOST_CAPACITY = frozenset({"WORK_INJURY", "OCCUPATIONAL"})  # LCL_42(2), once the grade is assessed


@value
class Segment:
    """A stretch of service, both days counted. `last_day` None: to the end of the employment."""

    first_day: date
    last_day: date | None = None
    is_paid: bool = False  # that employer paid severance for it (REG_10)
    is_own_motion: bool = False  # the worker left of his own accord at its end
    employer: str = ""
    is_assumed: bool = False  # nobody registered it: the hire date says that the work had begun


@value
class Tenure:
    """Service known without its dates: elapsed time, or months of pay already counted."""

    months: int = 0
    counted: Decimal | None = None


@value
class LeaveFacts:
    """Annual leave of one year. The first of these that is known decides: untaken, then elapsed and entitlement."""

    year: int | None = None
    untaken_days: Decimal | None = None
    elapsed_days: int | None = None  # calendar days of the year spent here, both ends counted
    entitlement_days: int | None = None
    cumulative_years: Decimal | None = None  # whole working life, full-time only, by the last of the days above
    taken_days: Decimal | None = None
    exclusion: str = ""  # models.LeaveYear.Exclusion: why nothing is owed for the year; "" for none
    daily_wage: Decimal | None = None
    monthly_wage: Decimal | None = None  # without overtime; divided by 21.75


@value
class Extra:
    """A line that a person added and a second one confirmed: an amount in yuan with its reason, never recomputed."""

    kind: str  # Adjustment.Kind
    label: str
    amount: Decimal
    why: str
    source: str  # who entered it, who confirmed it


@value
class Written:
    """One line of a double wage that is written out: base × months, base × days / of, or an amount."""

    base: Decimal = Decimal(0)
    months: Decimal | None = None
    days: Decimal | None = None
    of: Decimal | None = None
    amount: Decimal | None = None


@value
class DoubleWageFacts:
    """Facts of the double wage (LCL_82). Given days are used as they are; absent ones are derived from the hire."""

    signed_on: date | None = None  # first written contract; None: never
    first_day: date | None = None
    last_day: date | None = None
    base: Decimal | None = None  # yuan a month
    wages: tuple[
        tuple[date, Decimal], ...
    ] = ()  # the fixed wage of single months, by their first days, where it is known
    working_days: tuple[Decimal, ...] = ()  # of the part months at both ends, in order
    day_divisor: Decimal | None = None
    periods: tuple[Written, ...] = ()
    claim_day: date | None = None  # day of the request for arbitration; None: limitation is left open
    is_renewal: bool = False  # a contract ran out and the work went on (switch renewal_gap)
    counted_until: date | None = None  # today: days that are still to come are not owed; None: all are counted


@value
class OfferFacts:
    """An offer made to the worker: to end by agreement, of another post, to renew, of a job with the contractor."""

    kind: str  # models.Offer.Kind
    offered_on: date
    answer_by: date | None = None
    post: str = ""
    monthly_pay: Decimal | None = None  # yuan
    answer: str = ""  # ACCEPTED, REFUSED; "" not answered
    answered_on: date | None = None
    terms: str = ""  # what it says beside post and pay


@value
class Differing:
    """One fact that the roster and a row of its own tell differently, both in words; the row counts."""

    what: str  # the field of the roster
    said: str
    registered: str


@value
class PersonFacts:
    ground: str  # a code of rules.grounds; "" is not decided
    category: str = "CONTRACT"
    first_day: date | None = None  # 用工之日
    last_day: date | None = None  # last day of employment
    segments: tuple[Segment, ...] = ()  # instead of first_day
    tenure: Tenure | None = None  # instead of dates
    average: Decimal | None = None  # wages due a month, average of the last twelve, before rounding, floor and cap
    average_without_overtime: Decimal | None = None
    wages: Wages | None = None  # the twelve months; the average above is theirs where they are complete
    last_month_wage: Decimal | None = None
    is_notice_given: bool | None = None  # 30 days in writing; None: the two days below decide
    notice_day: date | None = None
    forced_reason: str = ""  # which item of article 38 (FORCED_RESIGNATION_38_OTHER) or 39 (FAULT_39)
    hours_per_day: Decimal | None = None
    days_per_week: Decimal | None = None
    is_paid_by_hour: bool | None = None
    pay_cycle_days: int | None = None
    leave: LeaveFacts | None = None
    earlier_leave: tuple[tuple[int, LeaveFacts], ...] = ()  # past years, the newest first
    double_wages: tuple[DoubleWageFacts, ...] = ()  # one for each stretch without a written contract
    extras: tuple[Extra, ...] = ()
    agreed_extra: Decimal | None = None
    lump_sum: Decimal | None = None  # for tax alone, where the settlement is not computed here
    own_contributions: Decimal | None = Decimal(0)  # yuan, paid out of the lump sum; None: not known
    # facts that change no amount but raise flags
    sex: str = ""
    birth_day: date | None = None
    retirement_category: str = ""  # male60, female50, female55
    is_pension_drawn: bool | None = None
    protected: tuple[str, ...] = ()  # kinds of LCL_42 that hold on the last day
    states: tuple[State, ...] = ()  # all that are registered, past ones too
    contract_to: date | None = None
    contract_from: date | None = None
    is_open_ended: bool = False
    fixed_terms: int | None = None
    differing_terms: tuple[int, ...] = ()  # the roster's count and the registered one, where they differ
    differing: tuple[Differing, ...] = ()
    entered_average: Decimal | None = None  # the roster's, where the twelve months are registered and give another
    gaps: tuple[Gap, ...] = ()  # work without a written contract
    has_agreement: bool = False  # a written agreement that holds on the last day, of whatever kind
    offers: tuple[OfferFacts, ...] = ()
    unlicensed: tuple[str, ...] = ()  # former employers that are no legal entity (LCL_94)
    unproved: tuple[str, ...] = ()  # former employers said to have paid, without amount and day
    is_insured: bool | None = None
    insured_months: int | None = None  # of the service since 2008; None: no record at all
    has_injury_insurance: bool | None = None  # on the last day; None: no record at all
    cash_for_insurance: Decimal = Decimal(0)  # yuan paid out instead of insuring (I2_19)
    is_rural: bool | None = None
    is_hazard_post: bool = False
    exit_check_day: date | None = None
    exit_check_result: str = ""  # CLEAR, SUSPECTED, DISEASE; "" not known
    disability_grade: int | None = None  # 劳动能力鉴定 1 to 10; 0: assessed, no grade; None: not assessed
    is_work_disability: bool | None = None  # the grade comes from an injury or disease of this work; None: not known
    postponed_until: date | None = None  # retirement put off by agreement (人社部发〔2024〕94号)
    early_on: date | None = None  # retirement before the statutory day, chosen by the worker
    early_told_on: date | None = None  # in writing
    contribution_months: int | None = None  # of the pension insurance, anywhere
    union_office_until: date | None = None
    union_told: Mapping[str, date] = field(
        default_factory=dict
    )  # ground → when its reason went to the union in writing (LCL_43)
    monthly_wage: Decimal | None = None
    sources: Mapping[str, str] = field(default_factory=dict)  # fact → who entered it, from which paper

    @property
    def has_named_contract(self) -> bool:
        """Something of a written contract is entered: a first or a last day, or that it is open-ended."""
        return bool(self.contract_from or self.contract_to or self.is_open_ended)

    @property
    def age_day(self) -> date | None:
        """The day on which age may end the employment; None where birth or the category of a woman's post is not known."""
        days = self.age_days
        return days[0] if len(days) == 1 else None

    @property
    def age_days(self) -> tuple[date, ...]:
        """Every day that may be `age_day`, in order: more than one where a woman's post is not known, none without the birth."""
        birth = self.birth_day
        if birth is None:
            return ()
        if self.early_on is not None and self.is_early:
            return (self.early_on,)
        return age_days(self.retirement_categories, birth, self.postponed_until)

    @property
    def retirement_categories(self) -> tuple[str, ...]:
        """Whose age may apply: the one that is known, else all that are possible."""
        return (self.retirement_category,) if self.retirement_category else categories_of(self.sex)

    @property
    def contract_end(self) -> date | None:
        """When the contract runs out: on the day it names, or when what carries it on by law is over (LCL_45, UNION_19)."""
        ends, day = self.contract_to, self.last_day
        if ends is None or day is None or not (self.states or self.union_office_until):
            return ends
        return carried(ends, self.carrying, day, self.union_office_until)

    @property
    def is_cause_asked(self) -> bool:
        """A grade whose protection hangs on whether it comes from the work here, and nobody said so (LCL_42(2))."""
        is_lower = self.disability_grade in INJURY_36_GRADES or self.disability_grade in INJURY_37_GRADES
        is_told = LOST_CAPACITY.intersection(self.protected) or self.exit_check_result == "DISEASE"
        return is_lower and self.is_work_disability is None and not is_told

    @property
    def carrying(self) -> tuple[State, ...]:
        """The states that carry a contract beyond its end: lost capacity of the grades that end with the term does not."""
        if self.disability_grade in INJURY_37_GRADES:
            return tuple(each for each in self.states if each.kind not in LOST_CAPACITY)
        return self.states

    @property
    def union_letter(self) -> date | None:
        """When the union was told the reason of this end; a letter about another ground does not tell it."""
        return self.union_told.get(self.ground)

    @property
    def pay_now(self) -> Decimal | None:
        """The agreed monthly pay, or the average where nobody entered it: what an offer is held against."""
        return self.monthly_wage if self.monthly_wage is not None else self.average

    @property
    def is_early(self) -> bool:
        """The worker retires early by a choice that holds (RETIRE_3)."""
        return self.early_on is not None and self.early_breaches == []

    @property
    def is_pension_assured(self) -> bool:
        """The contributions reach for a pension from the last day on (RETIRE_2), drawn or not yet."""
        months, day = self.contribution_months, self.last_day
        return months is not None and day is not None and months >= least_contribution_months(day.year)

    @property
    def early_breaches(self) -> list[str] | None:
        """What keeps the chosen early retirement from holding; None where there is none, or age or category is not known."""
        if not self.early_on or not self.birth_day or len(self.retirement_categories) != 1:
            return None
        (category,) = self.retirement_categories
        if self.early_on >= statutory_day(category, self.birth_day):
            return None  # not early
        return early_breaches(category, self.birth_day, self.early_on, self.early_told_on, self.contribution_months)

    def for_severance(self, **changes: Any) -> "PersonFacts":
        """The same person with what only the severance depends on: leave, double wages and extras left out."""
        return self.but(leave=None, earlier_leave=(), double_wages=(), extras=(), **changes)

    def but(self, **changes: Any) -> "PersonFacts":
        """The same person with other facts: a plain copy, ten times as fast as replace() over sixty fields."""
        other = object.__new__(PersonFacts)
        other.__dict__.update(self.__dict__, **changes)
        return other

    def on_ground(self, ground: str, forced_reason: str = "") -> "PersonFacts":
        return self.but(ground=ground, forced_reason=forced_reason)

    def fact(self, name: str, label: str, value: object) -> FactUse:
        return FactUse(label, str(value), self.sources.get(name, ""))


@value
class Bracket:
    """One step of the yearly tax table: the rate of what lies above the step before, up to `upto` yuan; None: without end."""

    rate: ParameterUse
    upto: ParameterUse | None = None


@value
class Local:
    """The figures of one place on the last day, looked up beforehand; None is unknown.

    `asks` is False for a published case: what it does not print is not tested. For a person of the college a missing
    figure is asked for.
    """

    min_wage: ParameterUse | None = None  # yuan a month
    min_wage_hourly: ParameterUse | None = None  # yuan an hour: part-time work (LCL_72_1)
    average_wage: ParameterUse | None = None  # yuan a month: the city's figure of last year
    ceiling: ParameterUse | None = None  # three times it, where only that is printed
    annual_wage: ParameterUse | None = None  # yuan a year, for the tax
    proxy: ParameterUse | None = None  # yuan a year: lowest private-sector figure, for screening only
    tax_table: tuple[Bracket, ...] = ()
    asks: bool = True


@value
class Missing:
    """A fact or figure without which an amount cannot be computed, and where it is entered."""

    what: str
    where: str
    blocks: bool = True  # False: the total stands, but without this item
