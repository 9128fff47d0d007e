"""Disputed cases: what every choice of every open point would give, and whether one of the two published sides is among it.

Such a case states its facts loosely; what cannot be put to the rules says so.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from common.casefiles import BadCaseFile, day, decimal
from common.money import to_fen
from staff_transition.rules.grounds import GROUNDS
from staff_transition.rules.months import plain
from staff_transition.rules.person import Local, PersonFacts, Tenure
from staff_transition.rules.policy import DEFAULT, SWITCHES, Policy
from staff_transition.rules.settlement import settle

FIRST, LAST, WAGE = ("hire", "first_hire", "service_from", "from"), ("end", "to"), ("avg_wage", "wage")
TRIED = "NEGOTIATED_EMPLOYER"  # where the case does not say on which ground
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def readings(case: Mapping[str, Any]) -> Iterator[str]:
    """One line for every switch that changes the months or the severance of this case; a reason where none can."""
    stated = case.get("facts") or {}
    facts = _facts(stated)
    if facts is None:
        yield "口径：所列事实不足以重算，公布的数见说明。"
        return
    given = {side: _numbers(case.get(key)) for side, key in (("公布", "published"), ("依规则", "law_result"))}
    method = "" if stated.get("ground") else f"（事由未写明，按“{GROUNDS[TRIED].label}”试算）"
    default = _outcome(facts, DEFAULT)
    yield f"口径 默认：{_words(default, given)}{method}"
    changed = False
    for key, switch in SWITCHES.items():
        for option, label in switch.options.items():
            found = _outcome(facts, DEFAULT.with_choice(key, option))
            if found != default:
                changed = True
                yield f"口径 {key}＝{option}（{label}）：{_words(found, given)}"
    if not changed:
        yield "口径：没有一种选择改变这件的结果，差别在事实或者计算。"


def _facts(stated: Mapping[str, Any]) -> PersonFacts | None:
    first, last = (_stated(day, _first(stated, keys)) for keys in (FIRST, LAST))
    wage = _stated(decimal, _first(stated, WAGE))
    years = _stated(decimal, stated.get("years"))
    ground = stated.get("ground", TRIED)
    if wage is None or ground not in GROUNDS or (years is None and (first is None or last is None)):
        return None
    tenure = Tenure(months=int(years * 12)) if years is not None else None
    return PersonFacts(ground, first_day=first, last_day=last, tenure=tenure, average=wage, is_notice_given=True)


def _first(stated: Mapping[str, Any], keys: Iterable[str]) -> Any:
    return next((stated[key] for key in keys if key in stated), None)


def _outcome(facts: PersonFacts, policy: Policy) -> tuple[Decimal | None, Decimal | None]:
    """Months and yuan; a case has no minimum wage and no ceiling of its own."""
    found = settle(facts, policy, Local(asks=False))
    return found.years, found.severance


def _words(found: tuple[Decimal | None, Decimal | None], given: Mapping[str, set[Decimal]]) -> str:
    years, amount = found
    sides = [side for side, numbers in given.items() if amount in numbers or (years in numbers and years)]
    same = f"，即{'、'.join(sides)}的数" if sides else ""
    return f"{plain(years) if years is not None else '—'} 个月，{amount if amount is not None else '—'} 元{same}"


def _numbers(value: Any) -> set[Decimal]:
    return {to_fen(Decimal(each)) for each in NUMBER.findall(json.dumps(value, ensure_ascii=False))}


def _stated(read: Callable[[str, Any], Any], value: Any) -> Any:
    """The value as case files write it; None where it is only told, not stated."""
    try:
        return read("", value)
    except BadCaseFile:
        return None
