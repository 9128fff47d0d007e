"""The whole settlement of one person, in the order of the law (docs/law/severance.md), as lines that add up to its total."""

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from common.money import to_fen
from common.values import value
from law.articles import Article
from law.articles.interpretations import I1_46
from law.articles.labour_contract import LCL_9, LCL_30, LCL_31, LCL_36, LCL_58, LCL_84, LCL_85, LCL_92
from law.articles.leave import LEAVE_RULES_10
from law.articles.old_rules import O481_6
from law.articles.regulations import ADVICE_309_35, INJURY_36, INJURY_37, INJURY_62, REG_10, REG_23
from law.articles.tax import TAX_40_1
from law.calendar import WorkCalendar
from law.working import FactUse, Line, Said
from staff_transition.rules.base import Base, monthly_base
from staff_transition.rules.double_wage import DoubleWage, double_wage
from staff_transition.rules.entitlement import entitlement
from staff_transition.rules.grounds import ENDS_NOTHING, GROUNDS, Ground
from staff_transition.rules.leave import Leave, earlier_leave, leave_of, unused_leave
from staff_transition.rules.months import DAY, DAYS_OF_A_MONTH, elapsed
from staff_transition.rules.notice import notice_pay
from staff_transition.rules.person import Extra, Local, Missing, PersonFacts
from staff_transition.rules.policy import Policy
from staff_transition.rules.service import Count, counted, counts, most_months
from staff_transition.rules.severance import Severance, dearest, limited_years, severance
from staff_transition.rules.tax import Tax, lump_sum_tax

ZERO = Decimal("0.00")
BANKRUPT, UNLAWFUL = "BANKRUPT_44_4", "UNLAWFUL_87"
MEDICAL_MONTHS = 6  # O481_6
GRADES_WITH_SUBSIDY = range(5, 11)  # ADVICE_309_35
NO_CALENDAR = WorkCalendar({}, frozenset())


@value
class Settlement:
    """What one person is owed, line by line. Amounts in yuan; None where a fact or figure is missing."""

    ground: Ground
    said: tuple[Line | Said, ...] = field(compare=False)
    missing: tuple[Missing, ...]
    years: Decimal | None  # months of pay, after the limit, not doubled
    count: Count | None
    base: Base | None
    severance: Decimal | None  # N, or 2N on LCL_87; 0 where the agency owes it
    detail: Severance | None  # as worked out, whoever owes it
    notice: Decimal | None
    leave: Leave | None
    doubles: tuple[DoubleWage, ...]  # one for each stretch without a written contract
    total: Decimal | None
    tax: Decimal | None
    is_screened: bool = False  # a proxy stood in for a local figure

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The working. Raises ValueError where it does not add up to `total`: an answer that contradicts itself is never shown."""
        lines = tuple(_worded(each) for each in self.said)
        owed = sum((line.amount for line in lines if line.owed and line.amount is not None), ZERO)
        if self.total is not None and owed != self.total:
            raise ValueError(f"the lines add up to {owed}, not to {self.total}")
        return lines

    @property
    def net(self) -> Decimal | None:
        return None if self.total is None or self.tax is None else self.total - self.tax

    @property
    def ground_label(self) -> str:
        return self.ground.label

    @property
    def severance_formula(self) -> str:
        """How the severance came about: one product, or the two parts of years counted apart."""
        return formula_of(self.lines)

    @property
    def blocking(self) -> tuple[Missing, ...]:
        return tuple(each for each in self.missing if each.blocks)

    @property
    def other(self) -> Decimal | None:
        """What is owed beside severance and notice pay."""
        if self.total is None or self.severance is None or self.notice is None:
            return None
        return self.total - self.severance - self.notice


def formula_of(lines: tuple[Line, ...]) -> str:
    return next((line.formula for line in lines if line.key == "severance" and line.owed), "")


def settle(facts: PersonFacts, policy: Policy, local: Local, calendar: WorkCalendar = NO_CALENDAR) -> Settlement:
    """Everything owed to one person on one ground, with its working. Raises KeyError for an unknown ground."""
    entitled = entitlement(facts, policy, asks=local.asks)
    ground, is_open = entitled.ground, bool(entitled.missing)
    said: list[Line | Said] = [entitled.said]
    missing = [*entitled.missing]
    count, base, worth = None, None, None
    if ground.owes and not is_open:
        count, base, worth, more, lacking = _severance(facts, ground, policy, local)
        said += more
        missing += lacking
    notice = notice_pay(facts, ground, policy, asks=local.asks)
    said.append(notice.said)
    missing += notice.missing
    if ground.code in ENDS_NOTHING:  # the leave can still be taken
        facts = facts.but(leave=None, earlier_leave=())
    leave = unused_leave(facts.leave) if facts.leave else None
    doubles = tuple(
        double_wage(facts, each, policy, calendar)
        for each in facts.double_wages if not each.is_renewal or policy.renewal_gap == "pay"
    )  # fmt: skip
    items = [*([leave] if leave else ()), *_earlier_leave(facts, policy, local), *doubles]
    for item in items:
        said.append(item.line)
        missing += item.missing
    subsidies = _subsidies(facts, ground, policy, base)
    said += subsidies
    is_nothing = not ground.owes and not is_open
    amount = ZERO if is_nothing else worth.amount if worth else None
    in_lieu = notice.amount
    if (
        facts.category == "DISPATCH" and ground.code != UNLAWFUL
    ):  # what is unlawful the college answers for too (LCL_92)
        said, missing = [_from_the_agency(each) for each in said], [*entitled.missing]
        amount = in_lieu = ZERO
        items, subsidies = [], []
    beside = [*subsidies, *(added(each) for each in facts.extras)]
    said += beside[len(subsidies) :]
    missing = list(dict.fromkeys(missing))
    owed = (amount, in_lieu, *(item.amount for item in items), *(line.amount for line in beside))
    is_unknown = any(each.blocks for each in missing)
    total = None if is_unknown else sum((each for each in owed if each is not None), ZERO)
    tax = _tax(facts, ground, policy, local, amount, in_lieu, beside)
    if tax is not None:
        said.append(tax.said)
        missing += tax.missing
    screened = bool(base and base.is_screened) or bool(tax and tax.is_screened)
    years = Decimal(0) if is_nothing else _years(count, base, policy)
    return Settlement(
        ground, tuple(said), tuple(missing), years, count, base, amount, worth, in_lieu, leave, doubles, total,
        tax.amount if tax else None, screened,
    )  # fmt: skip


def _worded(said: Line | Said) -> Line:
    return said if isinstance(said, Line) else said()


def exposure(facts: PersonFacts, policy: Policy, local: Local) -> Settlement:
    """The same person if the end were found unlawful: 2N by article 47 over the whole service and nothing else. A risk, never owed."""
    return settle(facts.for_severance(ground=UNLAWFUL), policy, local)


@value
class Reinstatement:
    """The worker wants the job back instead of 2N (LCL_48, I2_16): wages go on. Yuan; a risk, never owed."""

    monthly: Decimal
    until: date | None  # reinstatement falls away: the fixed term runs out, or the age is reached
    so_far: Decimal  # from the last day to today


def reinstatement(facts: PersonFacts, today: date) -> Reinstatement | None:
    """None where the wage or the last day is not known."""
    monthly = facts.pay_now
    if monthly is None or facts.last_day is None:
        return None
    ends = [day for day in (facts.contract_end, facts.age_day) if day and day > facts.last_day]
    until = min(ends, default=None)
    gone = elapsed(facts.last_day + DAY, min(today, until or today))
    return Reinstatement(to_fen(monthly), until, to_fen(monthly * gone.months + monthly * gone.days / DAYS_OF_A_MONTH))


def unlawful(facts: PersonFacts, policy: Policy, found: Settlement) -> Decimal | None:
    """The amount of `exposure` alone, from what a settlement already found; None when base or days are not known."""
    ground = GROUNDS[UNLAWFUL]
    if found.base is None or found.count is None:
        return None
    count = found.count if found.count.is_whole else counted(facts, ground, policy)
    return severance(ground, count, found.base, policy).amount if count else None


def _severance(
    facts: PersonFacts, ground: Ground, policy: Policy, local: Local
) -> tuple[Count | None, Base | None, Severance | None, list[Said], list[Missing]]:
    said: list[Said] = []
    missing: list[Missing] = []
    ways = counts(facts, ground, policy)
    if not ways:
        missing += [] if facts.first_day or facts.segments else [Missing("入职日期", "员工资料")]
        missing += [] if facts.last_day else [Missing("最后工作日", "去向")]
    base = monthly_base(facts, policy, local)
    if isinstance(base, tuple):
        count = most_months(ways)
        return count, None, None, [count.said] if count else said, [*missing, *base]
    count, worth = dearest(ground, ways, base, policy)
    said += [count.said] if count else []
    said += base.said
    said += [worth.said] if worth else []
    return count, base, worth, said, missing


def _years(count: Count | None, base: Base | None, policy: Policy) -> Decimal | None:
    return None if count is None else limited_years(count, base, policy)[0]


def _subsidies(facts: PersonFacts, ground: Ground, policy: Policy, base: Base | None) -> list[Line]:
    """The medical subsidy, and a sum agreed beyond the law: lines of their own.

    The subsidy is owed in grades 5 to 10 (ADVICE_309_35), elsewhere where the college chose to pay it.
    """
    lines = []
    is_graded = facts.disability_grade is not None and facts.disability_grade in GRADES_WITH_SUBSIDY
    if ground.code == "NOFAULT_40_1" and (is_graded or policy.medical_subsidy == "6_months") and base is not None:
        amount = to_fen(MEDICAL_MONTHS * base.amount)
        formula = f"{f'鉴定为 {facts.disability_grade} 级，' if is_graded else ''}6 × {base.amount:,.2f}"
        lines.append(Line("medical", "医疗补助费", formula, (O481_6, ADVICE_309_35), amount, owed=True))
    if facts.agreed_extra:
        amount = to_fen(facts.agreed_extra)
        lines.append(Line("agreed", "另行约定", f"协议约定 {amount:,.2f}", (LCL_36,), amount, owed=True))
    return lines


EXTRA_ARTICLES: dict[str, tuple[Article, ...]] = {
    "OWED_WAGES": (LCL_30, LCL_85), "OVERTIME": (LCL_31, LCL_85), "SHORTFALL": (LCL_85,), "DEPOSIT": (LCL_9, LCL_84),
    "EARLIER_YEARS": (REG_10, I1_46), "AGREED_EXTRA": (LCL_36,), "MEDICAL": (O481_6, ADVICE_309_35), "LEAVE": (LEAVE_RULES_10,),
    "AGENCY": (LCL_58, LCL_92), "INJURY_JOB": (REG_23, INJURY_36, INJURY_37),
    "INJURY_MEDICAL": (REG_23, INJURY_36, INJURY_37, INJURY_62),
}  # fmt: skip
EXTRA_KEYS = {
    "EARLIER_YEARS": "severance-more", "AGENCY": "severance-more", "AGREED_EXTRA": "agreed", "MEDICAL": "medical",
    "INJURY_JOB": "injury", "INJURY_MEDICAL": "injury",
}  # fmt: skip


def added(extra: Extra) -> Line:
    """What a person entered and another confirmed: a line of its own, never mixed into the computed ones."""
    return Line(
        EXTRA_KEYS.get(extra.kind, "owed-more"), extra.label, extra.why, EXTRA_ARTICLES[extra.kind], to_fen(extra.amount),
        owed=True, facts=(FactUse("登记", f"{extra.amount:,.2f}", extra.source),),
    )  # fmt: skip


def _earlier_leave(facts: PersonFacts, policy: Policy, local: Local) -> list[Leave]:
    """Past years as far as the college reaches back (switch leave_reach): 1 is the present year alone.

    A year that nobody registered is asked for: its leave is not known to have been taken.
    """
    if facts.last_day is None:
        return []
    known = dict(facts.earlier_leave)
    years = [facts.last_day.year - back for back in range(1, int(policy.leave_reach))]
    if local.asks and facts.leave and facts.first_day:
        now = facts.leave
        for year in years:
            if year not in known and (unknown := leave_of(
                year, facts.first_day, facts.last_day, now.cumulative_years, None, "", now.monthly_wage
            )):  # fmt: skip
                known[year] = unknown
    return [earlier_leave(year, known[year]) for year in years if year in known]


def leave_exposure(facts: PersonFacts, policy: Policy, local: Local) -> Decimal:
    """What the leave of this year and the two before costs if it is claimed, with what nobody registered as not taken (LEAVE_5_2).

    Yuan; a risk, never owed. A year of which nothing can be said counts as 0.
    """
    asked = [unused_leave(facts.leave)] if facts.leave else []
    asked += _earlier_leave(facts, policy.with_choice("leave_reach", "3"), local)
    return sum((each.amount or each.most or ZERO for each in asked), ZERO)


def _from_the_agency(said: Line | Said) -> Said:
    return lambda: _of_the_agency(_worded(said))


def _of_the_agency(line: Line) -> Line:
    """What the agency owes as the employer (LCL_58): shown, never in the college's total.

    What the college took over is a line that people enter and confirm (Adjustment.Kind.AGENCY).
    """
    if not line.owed:
        return line
    note = "劳务派遣单位是用人单位，由它支付，不在本校合计和付款里。"
    return replace(line, owed=False, note=note, articles=(LCL_58, *line.articles))


TAXED = (
    "severance",
    "severance-more",
    "medical",
    "agreed",
)  # paid for the end of the employment; wages and leave pay are taxed as wages, injury sums not at all


def _lump_sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.amount for line in lines if line.key in TAXED and line.owed and line.amount is not None), ZERO)


def _tax(
    facts: PersonFacts, ground: Ground, policy: Policy, local: Local, amount: Decimal | None, notice: Decimal | None,
    beside: list[Line],
) -> Tax | None:  # fmt: skip
    """Tax on what is paid for the end; `beside`: the owed lines that are neither severance nor notice pay nor wages."""
    is_bankruptcy = ground.code == BANKRUPT
    if facts.lump_sum is not None:
        return lump_sum_tax(facts.lump_sum, facts.own_contributions or ZERO, local, is_bankruptcy)
    if amount is None or notice is None:
        return None
    lump = amount + _lump_sum(beside)
    if policy.tax_plus_one == "yes":
        lump += notice
    return lump_sum_tax(lump, facts.own_contributions or ZERO, local, is_bankruptcy)


def tax_of_more(
    before: Sequence[Line], line: Line, notice: Decimal | None, own: Decimal | None, local: Local, ground: str
) -> Tax:
    """Tax on a line that is paid later: on the whole lump sum, less what was withheld; nothing on what is taxed as wages.

    `before`: every line paid already, with its tax; `notice`: the pay in lieu where it counts as lump sum; `own`: contributions out of
    it. TAX_164_5_1, TAX_157_2.
    """
    if line.key == "injury":
        return Tax(ZERO, lambda: Line("tax", "个人所得税", "工伤保险待遇免税", (TAX_40_1,), ZERO))
    if line.key not in TAXED:
        return Tax(ZERO, lambda: Line("tax", "个人所得税", "按工资另行扣缴，不在这里", amount=ZERO))
    lump = _lump_sum((*before, line)) + (notice or ZERO)
    whole = lump_sum_tax(lump, own or ZERO, local, ground == BANKRUPT)
    if whole.amount is None:
        return whole
    withheld = sum((each.amount for each in before if each.key == "tax" and each.amount is not None), ZERO)
    amount = max(whole.amount - withheld, ZERO)
    formula = f"{whole.line.formula}；合并计税 {whole.amount:,.2f} − 已扣 {withheld:,.2f}"
    line = replace(whole.line, formula=formula, amount=amount)
    return replace(whole, amount=amount, said=lambda: line)


def label_of(ground: str) -> str:
    """A ground in words; the code itself for one that does not exist."""
    return GROUNDS[ground].label if ground in GROUNDS else ground
