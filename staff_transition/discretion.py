"""What is read by those who need not know of anybody's health: amounts and levels stay, the state goes unnamed.

The one place for facts, lines, flags and alternatives. Who may know is permissions.may_see_health.
"""

import re
from collections.abc import Iterable

from law.working import Line
from staff_transition.models import Adjustment
from staff_transition.rules.alternatives import Alternative
from staff_transition.rules.flags import Flag
from staff_transition.rules.person import PersonFacts

TOLD_BY = "具体情形由人事处和本项目经办人掌握"
HEALTH_FLAGS = frozenset({
    "exit-check-result", "grave-disability", "injury-cause", "injury-kept", "own-proposal", "injury-sums", "work-death", "assessment",
    "last-month",
})  # fmt: skip
HEALTH_LINES = frozenset({"medical"})
HEALTH_KINDS = frozenset({Adjustment.Kind.MEDICAL})  # of a line added by hand: its reason speaks of an illness
HEALTH_SWITCHES = frozenset({"abnormal_months", "medical_subsidy"})
TITLE = "有健康方面的情形"
ARITHMETIC = re.compile(r"[\d.]+ × [\d,.]+$")  # what of a formula may be read: 6 × 2,688.50


def discreet_facts(facts: PersonFacts) -> PersonFacts:
    """That somebody is protected may be known, not by what: the flags then say so in their own words."""
    return facts.but(protected=("UNNAMED",)) if facts.protected else facts


def discreet_flag(flag: Flag) -> Flag:
    if flag.code not in HEALTH_FLAGS:
        return flag
    amount = "" if flag.amount is None else f"，涉及 {flag.amount:,.2f} 元"
    return Flag(flag.code, flag.level, TITLE, f"{TOLD_BY}{amount}。", (), flag.amount)


def discreet_lines(lines: Iterable[Line]) -> list[Line]:
    return [_discreet(line) if line.key in HEALTH_LINES else line for line in lines]


def _discreet(line: Line) -> Line:
    sum_alone = ARITHMETIC.search(line.formula)
    formula = sum_alone[0] if sum_alone else TOLD_BY
    return Line(line.key, line.label, formula, line.articles, line.amount, line.owed, line.result, line.parameters)


def discreet_alternatives(found: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Without the open points that arise for the ill alone."""
    return tuple(each for each in found if each.switch.key not in HEALTH_SWITCHES)
