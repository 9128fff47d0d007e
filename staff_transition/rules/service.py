"""Years of service (工作年限): which stretches count, and how many months of pay they make.

Law: 劳动合同法 第四十七条第一款, 第九十七条第三款; 实施条例 第十条; before 2008 the rules of the time (481号).
"""

from collections.abc import Callable, Iterable
from dataclasses import field, replace
from datetime import date
from decimal import Decimal

from common.values import value
from law.articles import Article
from law.articles.interpretations import I1_46
from law.articles.labour_contract import LCL_47_1, LCL_97_3
from law.articles.labour_contract import SINCE as LAW_SINCE
from law.articles.regulations import REG_10, REG_25
from law.working import FactUse, Line, Said, Worded
from staff_transition.rules.grounds import Ground, OldRule
from staff_transition.rules.months import DAY, Span, article_47, elapsed, plain, rounded_down, rounded_up
from staff_transition.rules.person import PersonFacts, Segment, Tenure
from staff_transition.rules.policy import Policy

CEILING_481 = Decimal(12)  # O481_5, O481_7: written in the rules themselves
CEILING_CAN_BITE_BEFORE = date(1996, 1, 1)  # who came later has no more than twelve years before 2008
FRACTIONS = {"ceil": rounded_up, "floor": rounded_down, "art47": article_47}
FRACTION_WORDS = {"ceil": "不满一年按一年计", "floor": "不满一年的部分不计", "art47": "按第四十七条折算"}

Stretch = tuple[date, date]


@value
class Count(Worded):
    """Months of pay before the twelve-year limit of LCL_47_2.

    `parts` are the months before and since 2008 of a segmented count, None where the service is counted in one.
    """

    years: Decimal
    said: Said = field(compare=False)
    parts: tuple[Decimal, Decimal] | None = None
    is_whole: bool = False  # all years counted in one by article 47, as on any ground without rules before 2008


def counting(facts: PersonFacts, policy: Policy) -> tuple[Segment, ...] | None:
    """The segments that count, in order, each with its last day; None when the days are not known."""
    kept = _kept(facts)
    last_day = _last_counted(facts, policy)
    return kept if kept is None else tuple(replace(each, last_day=each.last_day or last_day) for each in kept)


def stretches(facts: PersonFacts, policy: Policy) -> tuple[Stretch, ...] | None:
    """The stretches that count, joined where they touch; None when the days are not known."""
    last_day = _last_counted(facts, policy)
    if not facts.segments:  # one employment: most people
        return _joined([(facts.first_day, last_day)]) if facts.first_day and last_day else None
    kept = _kept(facts)
    return None if kept is None else _joined([(each.first_day, each.last_day or last_day) for each in kept])  # type: ignore[misc]


def _kept(facts: PersonFacts) -> tuple[Segment, ...] | None:
    """A stretch for which that employer paid drops out alone; one left of the worker's own motion takes everything before
    with it (REG_10).
    """
    segments = facts.segments or ((Segment(facts.first_day),) if facts.first_day else ())
    if not segments or any(segment.last_day is None and facts.last_day is None for segment in segments):
        return None
    ordered = sorted(segments, key=lambda segment: segment.first_day)
    own_end = max((index for index, each in enumerate(ordered) if each.is_own_motion), default=-1)
    return tuple(each for each in ordered[own_end + 1 :] if not each.is_paid)


def _last_counted(facts: PersonFacts, policy: Policy) -> date | None:
    return facts.last_day - DAY if facts.last_day and policy.last_day == "exclusive" else facts.last_day


def _joined(parts: list[Stretch]) -> tuple[Stretch, ...]:
    joined: list[Stretch] = []
    for first, last in parts:
        if joined and first <= joined[-1][1] + DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        elif last >= first:
            joined.append((first, last))
    return tuple(joined)


def before_2008(parts: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    return tuple((first, min(last, LAW_SINCE - DAY)) for first, last in parts if first < LAW_SINCE)


def since_2008(parts: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    return tuple((max(first, LAW_SINCE), last) for first, last in parts if last >= LAW_SINCE)


def span_of(segments: tuple[Segment, ...]) -> Span:
    """Months and days of segments that all have their last day, those that touch joined."""
    return total_span(_joined([(each.first_day, each.last_day) for each in segments if each.last_day]))


def plain_span(first: date, last: date) -> str:
    return f"{first} 至 {last}"


def former(segments: tuple[Segment, ...], hired_on: date, span: Callable[[date, date], str] = plain_span) -> str:
    """Former employers whose years count too, with their days as `span` writes them; "" where there are none."""
    return "、".join(
        f"{each.employer or '以前的单位'} {span(each.first_day, each.last_day)}"
        for each in segments if each.first_day < hired_on and each.last_day
    )  # fmt: skip


def total_span(parts: tuple[Stretch, ...]) -> Span:
    """Months and days of all stretches; one alone never turns its days into a month."""
    if len(parts) == 1:
        return elapsed(*parts[0])
    return sum((elapsed(first, last) for first, last in parts), Span()).settled


def counted(facts: PersonFacts, ground: Ground, policy: Policy) -> Count | None:
    """Months of pay for the service of one person on one ground; None when the days are not known."""
    return most_months(counts(facts, ground, policy))


def most_months(ways: Iterable[Count]) -> Count | None:
    """The longest count, where no base is known yet: which one pays more, only the base tells (severance.dearest)."""
    return max(ways, key=lambda each: each.years, default=None)


def counts(facts: PersonFacts, ground: Ground, policy: Policy) -> tuple[Count, ...]:
    """Every count that the chosen method leaves open: one, both where the higher one is paid, none when the days are not known."""
    if facts.tenure is not None:
        return (_by_tenure(facts.tenure),)
    parts = stretches(facts, policy)
    if parts is None:
        return ()
    if ground.is_from_2008 and not (ground.code == "FORCED_RESIGNATION_38_SI" and policy.si_pre2008 == "whole"):
        return (_from_2008(facts, parts),)
    method = "unified" if ground.old_rule is None else method_for(parts, ground, policy)
    whole = () if method == "segmented" else (_whole(facts, parts, ground),)
    if method == "unified" or ground.old_rule is None:
        return whole
    return (_segmented(facts, parts, ground.old_rule, policy), *whole)


def method_for(parts: tuple[Stretch, ...], ground: Ground, policy: Policy) -> str:
    """The method for years before 2008: a choice of its own where the ceiling of 481号 may cost the worker months."""
    if asks_for_method(parts, ground):
        return policy.pre1996_method
    return policy.pre2008_method


def asks_for_method(parts: tuple[Stretch, ...], ground: Ground) -> bool:
    """HR must choose: hired before 1996 on a ground whose old rule stopped at twelve months."""
    return bool(ground.old_rule and ground.old_rule.has_ceiling and parts and parts[0][0] < CEILING_CAN_BITE_BEFORE)


def _by_tenure(tenure: Tenure) -> Count:
    if tenure.counted is not None:
        formula = f"已算定 {plain(tenure.counted)} 个月"
        years = tenure.counted
    else:
        span = Span(tenure.months)
        years = article_47(span)
        formula = f"{span}，{_remainder(span)}"
    return Count(years, lambda: _line(formula, years, (LCL_47_1,), ()), is_whole=True)


def _whole(facts: PersonFacts, parts: tuple[Stretch, ...], ground: Ground) -> Count:
    return _in_one(facts, parts, (LCL_47_1, REG_25) if ground.owes == 2 else (LCL_47_1,))


def _in_one(
    facts: PersonFacts, parts: tuple[Stretch, ...], articles: tuple[Article, ...], is_segmented: bool = False
) -> Count:
    span = total_span(parts)
    years = article_47(span)

    def said() -> Line:
        formula = f"{_days(parts, span)}，{_remainder(span)}" if parts else "没有可以计算的年限"
        return _line(formula, years, _more(facts, articles), _facts(facts))

    return Count(years, said, (Decimal(0), years) if is_segmented else None, is_whole=True)


def _from_2008(facts: PersonFacts, parts: tuple[Stretch, ...]) -> Count:
    counting = since_2008(parts)
    span = total_span(counting)
    years = article_47(span)

    def said() -> Line:
        formula = f"{_days(counting, span)}，{_remainder(span)}" if counting else "2008 年以后没有年限"
        cut = bool(parts) and parts[0][0] < LAW_SINCE
        note = "本事由 2008-01-01 以前的年限不计。" if cut else ""
        articles = _more(facts, (LCL_47_1, LCL_97_3) if cut else (LCL_47_1,))
        return _line(formula, years, articles, _facts(facts), note)

    return Count(years, said, (Decimal(0), years))


def _segmented(facts: PersonFacts, parts: tuple[Stretch, ...], rule: OldRule, policy: Policy) -> Count:
    old, new = before_2008(parts), since_2008(parts)
    if not old:
        return _in_one(facts, parts, (LCL_47_1,), is_segmented=True)
    fraction = "ceil" if rule.is_always_up else policy.pre2008_fraction
    span, after_span = total_span(old), total_span(new)
    whole, since = FRACTIONS[fraction](span), article_47(after_span)
    before = min(whole, CEILING_481) if rule.has_ceiling else whole
    years = before + since

    def said() -> Line:
        words = f"2008 年以前 {_days(old, span)}，{FRACTION_WORDS[fraction]}，{plain(whole)} 个月"
        words += "，最多 12 个月" if before < whole else ""
        if new:
            words += f"；2008 年以后 {_days(new, after_span)}，{_remainder(after_span)}，{plain(since)} 个月"
        articles = _more(facts, (LCL_97_3, rule.article, LCL_47_1))
        return _line(f"{words}；合计", years, articles, _facts(facts))

    return Count(years, said, (before, since))


def _line(
    formula: str, years: Decimal, articles: tuple[Article, ...], facts: tuple[FactUse, ...], note: str = ""
) -> Line:
    return Line("service", "工作年限", formula, articles, result=f"{plain(years)} 个月", facts=facts, note=note)


def _more(facts: PersonFacts, articles: tuple[Article, ...]) -> tuple[Article, ...]:
    return (*articles, REG_10, I1_46) if len(facts.segments) > 1 else articles


def segment_key(first_day: date) -> str:
    """Under which name PersonFacts.sources says who entered the stretch that begins on this day."""
    return f"segment {first_day}"


def _facts(facts: PersonFacts) -> tuple[FactUse, ...]:
    if facts.segments:
        return tuple(
            facts.fact(segment_key(each.first_day), each.employer or "工作经历", f"{each.first_day}–{each.last_day or facts.last_day}"
                       + ("，已付过经济补偿" if each.is_paid else "") + ("，本人原因离开" if each.is_own_motion else ""))
            for each in facts.segments
        )  # fmt: skip
    return (
        facts.fact("first_day", "入职日期", facts.first_day),
        facts.fact("last_day", "最后工作日", facts.last_day),
    )


def _days(parts: tuple[Stretch, ...], span: Span) -> str:
    days = "，".join(f"{first} 至 {last}" for first, last in parts)
    return f"{days} = {span}"


def _remainder(span: Span) -> str:
    rest = span.months % 12
    if rest >= 6:
        return "余数满 6 个月计 1 年"
    return "余数不满 6 个月计半年" if rest or span.days else "没有余数"
