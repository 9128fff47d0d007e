"""What the other choice of each open point would give this person (policy switches), and the three figures of old service."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from common.values import value
from law.articles.labour_contract import SINCE as LAW_SINCE
from law.calendar import WorkCalendar
from staff_transition.rules.entitlement import judged
from staff_transition.rules.person import Local, PersonFacts
from staff_transition.rules.policy import SWITCHES, Policy, Switch
from staff_transition.rules.service import asks_for_method, stretches
from staff_transition.rules.settlement import NO_CALENDAR, Settlement, settle


@value
class Alternative:
    """One switch: what was chosen, one other option, the total it would give and the difference (other − chosen), yuan."""

    switch: Switch
    chosen: str
    other: str
    total: Decimal | None
    difference: Decimal | None


def alternatives(
    facts: PersonFacts, policy: Policy, local: Local, settlement: Settlement, calendar: WorkCalendar = NO_CALENDAR
) -> tuple[Alternative, ...]:
    """Every other option of every switch that bears on this person, in the order of the switches."""
    return tuple(
        _alternative(SWITCHES[key], option, facts, policy, local, settlement, calendar)
        for key in SWITCHES
        if _bears(key, facts, policy, settlement)
        for option in SWITCHES[key].options
        if option != policy.chosen(key)
    )


def _alternative(
    switch: Switch, option: str, facts: PersonFacts, policy: Policy, local: Local, settlement: Settlement,
    calendar: WorkCalendar,
) -> Alternative:  # fmt: skip
    other = settle(facts, policy.with_choice(switch.key, option), local, calendar)
    kept, would = settlement.net if switch.key == "tax_plus_one" else settlement.total, other.total
    would = other.net if switch.key == "tax_plus_one" else would
    difference = None if would is None or kept is None else would - kept
    chosen = switch.options[policy.chosen(switch.key)]
    return Alternative(switch, chosen, switch.options[option], would, difference)


BY_WAGES: dict[str, Callable[[PersonFacts], bool]] = {
    "wage_basis": lambda facts: bool(facts.wages and facts.wages.is_complete and facts.wages.has_net),
    "holiday_months": lambda facts: bool(facts.wages and facts.wages.is_complete and facts.wages.idle),
    "abnormal_months": lambda facts: bool(facts.wages and any(each.is_abnormal for each in facts.wages.months)),
    "overtime_in_base": lambda facts: facts.average_without_overtime is not None,
}


def _bears(key: str, facts: PersonFacts, policy: Policy, settlement: Settlement) -> bool:
    ground = settlement.ground
    if key == "over_age":
        return judged(facts) == "OVER_AGE_NO_PENSION"
    if key == "short_notice":
        return bool(ground.has_notice and facts.notice_day)
    if key == "partial_month":
        return any(not each.periods for each in facts.double_wages)
    if key == "renewal_gap":
        return any(each.is_renewal for each in facts.double_wages)
    if key == "leave_reach":
        return bool(facts.earlier_leave)
    if key == "medical_subsidy":
        return ground.code == "NOFAULT_40_1"
    if key == "tax_plus_one":
        return bool(settlement.notice)
    if not ground.owes:
        return False
    if key in BY_WAGES:
        return BY_WAGES[key](facts)
    if key == "last_day":
        return facts.last_day is not None
    parts = stretches(facts, policy) if facts.tenure is None else None
    if not parts or parts[0][0] >= LAW_SINCE:
        return False
    asks = asks_for_method(parts, ground)
    return {
        "pre2008_method": ground.old_rule is not None and not asks,
        "pre1996_method": asks,
        "pre2008_fraction": ground.old_rule is not None and not ground.old_rule.is_always_up,
        "cap_scope": ground.old_rule is not None and bool(settlement.base and settlement.base.is_capped),
        "si_pre2008": ground.code == "FORCED_RESIGNATION_38_SI",
    }[key]


@value
class OldServiceFigures:
    """For people hired before 2008: severance as chosen, over the whole service without the old ceiling, from 2008 alone."""

    chosen: Decimal | None
    whole: Decimal | None
    from_2008: Decimal | None


def old_service_figures(
    facts: PersonFacts, policy: Policy, local: Local, settlement: Settlement
) -> OldServiceFigures | None:
    """The three figures that HR must see before it chooses; None for people hired later, or where nothing is owed."""
    parts = stretches(facts, policy) if facts.tenure is None else None
    if not settlement.ground.owes or not parts or parts[0][0] >= LAW_SINCE:
        return None
    whole = replace(facts, ground="UNSPECIFIED_N")
    cut = tuple(
        replace(each, first_day=max(each.first_day, LAW_SINCE)) for each in facts.segments
    ) if facts.segments else ()  # fmt: skip
    late = replace(whole, segments=cut, first_day=max(facts.first_day, LAW_SINCE) if facts.first_day else None)
    return OldServiceFigures(
        settlement.severance, settle(whole, policy, local).severance, settle(late, policy, local).severance
    )
