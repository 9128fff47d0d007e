"""A transition scheme: who gets which disposition, what a date costs, when a mass layoff begins. Pure.

Law: 劳动合同法 第四十一条 (20 people or a tenth of the staff), 第四十二条, 第四十七条.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from common.values import value
from law.articles.interpretations import I1_47
from law.articles.labour_contract import LCL_40, LCL_41, LCL_42, LCL_43, LCL_45, LCL_87
from law.articles.procedure import DISPUTE_7, LAYOFF_HB, STABILITY
from law.articles.regulations import REG_21, UNION_HB_25_2
from staff_transition.rules.entitlement import judged
from staff_transition.rules.flags import BAD, INFO, WARN, WITHOUT_EXPIRY, Flag, months_here
from staff_transition.rules.grounds import EXPIRIES, GROUNDS, LAYOFFS, UNILATERAL, ground_for
from staff_transition.rules.months import DAY, roll_months
from staff_transition.rules.person import INJURY_35_GRADES, PersonFacts
from staff_transition.rules.policy import Policy
from staff_transition.rules.retirement import LONG_SERVICE_MONTHS, is_near, statutory_day
from staff_transition.rules.service import counts

MASS_PEOPLE, MASS_SHARE = 20, 10  # LCL_41: twenty people, or one in ten
MASS_DAYS = 90  # prudence, not statute: one programme is not split into schemes to stay below the number
GROUP = 10  # DISPUTE_7: people with one claim


@value
class Rule:
    """One line of a scheme: whom it takes, what becomes of them. An empty condition takes everybody."""

    kind: str
    last_day: date
    category: str = ""
    campus: int | None = None
    who: str = ""  # a key of WHO
    min_years: int = 0  # full years of service on the last day
    ground: str = ""  # where it is not the one that the kind means


def is_shielded(facts: PersonFacts, day: date) -> bool:
    """LCL_42 bars articles 40 and 41: a state, a grade that shields or may, or fifteen years of service with less than five to go."""
    is_graded = facts.disability_grade in INJURY_35_GRADES or facts.is_cause_asked
    return bool(facts.protected) or is_graded or is_near_retirement(facts, day)


def is_near_retirement(facts: PersonFacts, day: date) -> bool:
    if not facts.retirement_category or facts.birth_day is None:
        return False
    near = is_near(day, statutory_day(facts.retirement_category, facts.birth_day))
    return near and months_until(facts, day) >= LONG_SERVICE_MONTHS


def months_until(facts: PersonFacts, day: date) -> int:
    """Full months of service here by `day`."""
    return months_here(facts if facts.last_day == day else facts.but(last_day=day))


def has_reached_age(facts: PersonFacts, day: date) -> bool:
    """Age may end the employment on `day`, put off or chosen early; False where a woman's post is not known: nobody guesses."""
    age_day = facts.age_day
    return age_day is not None and age_day <= day


def expiry_days(facts: PersonFacts) -> tuple[date, date] | None:
    """The first and the last day on which the employment may end because the contract runs out.

    Not before its end (LCL_44_1), which the law may have put off; who works on for more than a month is employed again (I1_34,
    I2_11). None where no day binds: on another ground, or where no end is known, which the person's own flags say.
    """
    if facts.ground not in EXPIRIES or facts.is_open_ended or judged(facts) in WITHOUT_EXPIRY:
        return None
    ends = facts.contract_end
    return None if ends is None else (ends, roll_months(ends + DAY, 1) - DAY)


WHO: dict[str, tuple[str, Callable[[PersonFacts, date], bool]]] = {
    "shielded": ("受第四十二条保护的", is_shielded),
    "past_age": ("已到法定退休年龄的", has_reached_age),
    "near": ("临近退休且满十五年的", is_near_retirement),
    "not_shielded": ("不受第四十二条保护的", lambda facts, day: not is_shielded(facts, day)),
}


def chosen(
    category: str,
    campus: int,
    facts: Callable[[], PersonFacts],
    rules: Sequence[Rule],
    fits: Callable[[str, str], bool],
) -> Rule | None:
    """The first rule that takes this person and whose disposition fits the kind of employment; None: nobody decided.

    `facts` is asked only by rules that look beyond the row itself.
    """
    for rule in rules:
        if rule.category not in ("", category) or rule.campus not in (None, campus):
            continue
        if rule.who and not WHO[rule.who][1](facts(), rule.last_day):
            continue
        if rule.min_years and months_until(facts(), rule.last_day) < rule.min_years * 12:
            continue
        if fits(rule.kind, category):
            return rule
    return None


def is_mass(people: int, staff: int) -> bool:
    """Whether LCL_41 would ask for the report: twenty people, or fewer but a tenth of the staff."""
    return people >= MASS_PEOPLE or (staff > 0 and people * MASS_SHARE >= staff)


def most_together(own: Mapping[date, int], others: Mapping[date, int]) -> int:
    """The most people whose last days lie within MASS_DAYS of each other, somebody of `own` among them; people by last day."""
    found = 0
    for first in {*own, *others}:
        after = first + timedelta(days=MASS_DAYS)
        if any(first <= day < after for day in own):
            found = max(
                found, sum(count for each in (own, others) for day, count in each.items() if first <= day < after)
            )
    return found


@value
class Step:
    """From this last day on a person's months of pay are `months`; by the most of the counts that the method leaves open."""

    day: date
    months: Decimal


def steps(facts: PersonFacts, policy: Policy, first: date, last: date) -> tuple[Step, ...]:
    """Months of pay for every last day from `first` to `last`: the days on which they change, the first day included.

    Found by halving the range wherever both ends differ, so that it holds for every method of counting.
    """
    ground = ground_for(facts.ground, facts.forced_reason) if facts.ground in GROUNDS else None
    if ground is None or not ground.owes or last < first:
        return ()

    def months(day: date) -> tuple[Decimal, ...]:
        return tuple(each.years for each in counts(facts.but(last_day=day), ground, policy))

    found = [(first, months(first))]

    def look(low: date, at_low: tuple[Decimal, ...], high: date, at_high: tuple[Decimal, ...]) -> None:
        if at_low == at_high:
            return
        if high - low == DAY:
            found.append((high, at_high))
            return
        middle = low + (high - low) // 2
        at_middle = months(middle)
        look(low, at_low, middle, at_middle)
        look(middle, at_middle, high, at_high)

    look(first, found[0][1], last, months(last))
    return tuple(Step(day, max(at, default=Decimal(0))) for day, at in found)


def cheapest(points: Iterable[tuple[date, Decimal]]) -> tuple[date, Decimal] | None:
    """The latest day of the lowest amount: nobody leaves earlier than the money asks for."""
    held = list(points)
    if not held:
        return None
    least = min(amount for _, amount in held)
    return next((day, amount) for day, amount in reversed(held) if amount == least)


@value
class Situation:
    """What the flags of a whole scheme are drawn from."""

    last_day: date
    today: date
    grounds: frozenset[str]
    ended: int  # people whose employment the college ends
    together: int  # with those of other services within MASS_DAYS
    is_mass: bool
    total: Decimal
    risk: Decimal | None  # 2N of those whom the college ends alone; None: nobody, or not known
    earliest: date  # the first lawful last day
    latest_notice: date | None
    union_told: bool
    undecided: int
    unknown: int
    budget: Decimal | None
    retiring: int  # people who reach the statutory age before the last day on another ground
    retiring_severance: Decimal  # what the total holds for them
    notice: Decimal  # a month's wage each for those not told in time, in the total
    unregistered: int  # people whose remark speaks of a protected state that nobody registered
    unregistered_risk: Decimal | None  # 2N of those among them whose ground the state would stop


def _sum(amount: Decimal | None) -> str:
    return "" if amount is None else f"，共 {amount:,.2f} 元"


def scheme_flags(it: Situation) -> tuple[Flag, ...]:
    """What must be minded about the scheme as a whole, the gravest first: consequence in yuan, what to do, the article."""
    return tuple(sorted(_scheme_flags(it), key=lambda flag: (BAD, WARN, INFO).index(flag.level)))


def _scheme_flags(it: Situation) -> Iterator[Flag]:
    if it.unregistered:
        text = (
            "备注涉及孕期、医疗期、工伤等，没有登记；情形还在的，不得用第 40、41 条解除，到期的续延，"
            f"违反的付二倍{_sum(it.unregistered_risk)}。请先逐人核对登记。"
        )
        yield Flag(
            "unregistered",
            WARN,
            f"{it.unregistered} 人可能受保护，没有登记",
            text,
            (LCL_42, LCL_45, LCL_87),
            it.unregistered_risk,
        )
    if it.undecided:
        yield Flag("undecided", BAD, f"{it.undecided} 人没有去向", "没有一条规则适用；加一条兜底的规则。")
    if it.earliest > it.last_day:
        text = f"法定步骤来得及的最早日期是 {it.earliest}；请推后最后工作日，或者改用协商、接收。缺步骤的按违法解除付二倍{_sum(it.risk)}。"
        yield Flag("too-soon", BAD, "最后工作日太近", text, (LCL_40, LCL_43, LCL_87), it.risk)
    elif it.latest_notice and it.latest_notice < it.today:
        text = f"最迟 {it.latest_notice} 通知本人；已来不及的，每人另付一个月工资，合计里已计 {it.notice:,.2f} 元。"
        yield Flag("late-notice", WARN, "三十日通知已来不及", text, (LCL_40,), it.notice)
    if it.grounds & UNILATERAL and not it.union_told:
        text = f"单方解除须先书面告知工会；没有告知的按违法解除付二倍{_sum(it.risk)}。起诉前补正的除外。"
        yield Flag("union", WARN, "还没有告知工会", text, (LCL_43, UNION_HB_25_2, I1_47, LCL_87), it.risk)
    together = f"{it.ended} 人" if it.together == it.ended else f"{MASS_DAYS} 日内各项目合计 {it.together} 人"
    if it.is_mass and it.grounds & UNILATERAL:
        text = f"{together}达到裁员人数：提前三十日说明、十五日前向人社部门报告；事业单位能否用第四十一条请先书面询问。"
        yield Flag("mass", BAD if it.grounds & LAYOFFS else WARN, "达到裁员人数", text, (LCL_41, LAYOFF_HB), it.total)
    elif it.grounds & LAYOFFS:
        text = (
            f"{together}，不到 {MASS_PEOPLE} 人，也不到职工总数的十分之一，不能用第四十一条裁减；仍这样做的按违法解除付二倍"
            f"{_sum(it.risk)}。请改用协商、接收。"
        )
        yield Flag("too-few", BAD, "人数不够裁员", text, (LCL_41, LCL_87), it.risk)
    elif it.is_mass:
        text = f"{together}协商解除，没有报告义务；把同样的材料送人社部门备查，并作社会稳定风险评估。"
        yield Flag("mass-agreed", INFO, "人数较多", text, (LCL_41, STABILITY))
    if it.ended >= GROUP:
        text = f"{it.ended} 人可能有共同请求，推举代表、优先开庭；逐人谈话，标准一致，按测算数提出。"
        yield Flag("group", INFO, "可能成为集体争议", text, (DISPUTE_7,))
    if it.retiring:
        text = f"合计里已计这些人的经济补偿 {it.retiring_severance:,.2f} 元；到龄领取养老金、按退休办理的不付，请核对女职工的岗位类别。"
        yield Flag("retiring", WARN, f"{it.retiring} 人在此期间到退休年龄", text, (REG_21,), it.retiring_severance)
    if it.unknown:
        yield Flag("unknown", WARN, f"{it.unknown} 人还算不出来", "合计不含这些人；请先补齐资料和参数。")
    if it.budget is not None and it.total > it.budget:
        text = f"合计 {it.total:,.2f} 元，超出额度 {it.total - it.budget:,.2f} 元。"
        yield Flag("budget", WARN, "超出预算额度", text, amount=it.total - it.budget)
