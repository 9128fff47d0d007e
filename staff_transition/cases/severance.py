"""Cases of severance, leave, double wage and tax, in the format of docs/cases.md. A case takes no figure from the database."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from common.casefiles import BadCaseFile, Outcome, day, decimal, is_equal, known_keys, mapping
from law.calendar import WorkCalendar
from law.parameters import book_of
from law.seed import shipped, special_days
from law.working import ParameterUse
from staff_transition.rules.base import Base, monthly_base
from staff_transition.rules.grounds import GROUNDS
from staff_transition.rules.person import (
    Bracket,
    DoubleWageFacts,
    LeaveFacts,
    Local,
    PersonFacts,
    Segment,
    Tenure,
    Written,
)
from staff_transition.rules.policy import SWITCHES, Policy
from staff_transition.rules.settlement import Settlement, settle
from staff_transition.rules.tax import table_of

TAX_LAW_SINCE = date(2019, 1, 1)
CASE_KEYS = {
    "ground", "category", "hire_date", "end_date", "avg_wage", "local_avg_wage", "notice_given", "other_inputs", "expected",
}  # fmt: skip
CASE_READERS = {"id", "source_url", "source_title", "note", "confidence", "source_kind"}
INPUT_KEYS = {
    "service", "segments", "end_inclusive", "local_min_wage", "three_times_local", "policy", "last_month_wage", "notice_date",
    "end_effective", "protected_42", "sex", "birth_date", "pension_drawn", "hours_per_day", "days_per_week", "pay_cycle",
    "agreed_extra", "written_contract_date", "double_pay_from", "double_pay_to", "double_pay_base", "working_days",
    "day_divisor", "periods", "claim_date", "elapsed_calendar_days", "taken_days", "entitlement_days",
    "cumulative_service_years", "untaken_days", "daily_wage", "monthly_wage_excl_overtime", "lump_sum",
    "local_avg_annual_wage", "own_contributions",
}  # fmt: skip
INPUT_READERS = {
    "avg_wage_note", "avg_components", "dates", "segments_note", "stand_in", "labelled_as", "theoretical", "already_paid",
    "balance_due", "unified_years_n", "double_pay_months",
}  # fmt: skip
EXPECTED = {
    "years_n", "base", "severance", "base_capped", "severance_capped", "pre2008_years", "pre2008_amount", "post2008_years",
    "years_n_481", "notice_pay", "total", "double_pay", "entitlement_days", "leave_days", "leave_pay", "leave_pay_300", "tax",
}  # fmt: skip
COUNTS = {"years_n", "pre2008_years", "post2008_years", "years_n_481", "leave_days", "entitlement_days"}
CATEGORIES = {
    "CONTRACT", "NO_WRITTEN_CONTRACT", "PART_TIME", "DISPATCH", "REHIRED_PENSIONER", "OVER_AGE_NO_PENSION", "STUDENT",
    "PUBLIC_POST", "ESTABLISHED",
}  # fmt: skip
OVERTIME = {True: "include", False: "exclude", "only_regular": "exclude"}  # no effect: the average is given either way
CASE_SWITCHES = {
    "pre2008_method", "pre2008_fraction", "cap_scope", "si_pre2008", "over_age", "overtime_in_base", "partial_month",
}  # fmt: skip


def run(content: Mapping[str, Any]) -> Iterator[Outcome]:
    """Every case of the file; its own tolerance holds. Raises BadCaseFile."""
    tolerance = decimal("tolerance", content.get("tolerance")) or Decimal(0)
    for index, given in enumerate(content.get("cases", [])):
        case = mapping(f"第 {index + 1} 件", given)
        name = str(case.get("id", index + 1))
        known_keys(name, case, CASE_KEYS | CASE_READERS)
        expected = mapping(f"{name}：expected", case.get("expected", {}))
        known_keys(f"{name}：expected", expected, EXPECTED)
        settlement, got = compute(name, case)
        passed = all(
            is_equal(value, got[key], Decimal(0) if key in COUNTS else tolerance) for key, value in expected.items()
        )
        working = tuple(f"{line.label}：{line.formula} = {line.result or line.amount}" for line in settlement.lines)
        yield Outcome(name, expected, {key: got[key] for key in expected}, passed, working)


def compute(name: str, case: Mapping[str, Any]) -> tuple[Settlement, dict[str, Any]]:
    """The settlement of one case and every result key. Raises BadCaseFile."""
    read = Reader(name, case)
    facts, policy = read.facts(), read.policy()
    local = read.local()
    settlement = settle(facts, policy, local, _calendar())
    base = settlement.base or monthly_base(facts, policy, local)  # printed by cases that owe nothing, too
    return settlement, _results(facts, settlement, base.amount if isinstance(base, Base) else None)


def _results(facts: PersonFacts, settlement: Settlement, base: Decimal | None) -> dict[str, Any]:
    parts = settlement.count.parts if settlement.count else None
    leave, double, notice = settlement.leave, next(iter(settlement.doubles), None), settlement.notice
    severance = settlement.severance
    ends_before_2008 = facts.last_day is not None and facts.last_day < date(2008, 1, 1)
    return {
        "years_n": settlement.years,
        "base": base, "base_capped": base,
        "severance": severance, "severance_capped": severance,
        "pre2008_years": parts and parts[0],
        "pre2008_amount": settlement.detail and settlement.detail.before_2008_amount,
        "post2008_years": settlement.detail.since_2008_years if settlement.detail else parts and parts[1],
        "years_n_481": parts and parts[0] if ends_before_2008 else None,
        "notice_pay": notice,
        "total": None if severance is None or notice is None else severance + notice,
        "double_pay": double and double.amount,
        "entitlement_days": leave and leave.entitlement,
        "leave_days": leave and leave.days, "leave_pay": leave and leave.amount, "leave_pay_300": leave and leave.gross,
        "tax": settlement.tax,
    }  # fmt: skip


@cache
def _calendar() -> WorkCalendar:
    """The published arrangement of working days that ships with the program, not the database."""
    return WorkCalendar.of((each.day, each.is_working) for each in special_days())


class Reader:
    """One case, turned into the rules' dataclasses key by key."""

    def __init__(self, name: str, case: Mapping[str, Any]):
        self.name, self.case = name, case
        self.inputs = mapping(f"{name}：other_inputs", case.get("other_inputs") or {})
        known_keys(f"{name}：other_inputs", self.inputs, INPUT_KEYS | INPUT_READERS)

    def number(self, key: str) -> Decimal | None:
        return decimal(f"{self.name}：{key}", self.inputs.get(key))

    def day(self, key: str) -> date | None:
        return day(f"{self.name}：{key}", self.inputs.get(key))

    def whole(self, key: str) -> int | None:
        number = self.number(key)
        return None if number is None else int(number)

    def one_of(self, key: str, allowed: Mapping[str, Any] | set[str], default: str) -> str:
        value = self.case.get(key, default)
        if value not in allowed:
            raise BadCaseFile(f"{self.name}：{key} {value!r} 不认识")
        return str(value)

    def facts(self) -> PersonFacts:
        ground, category = self.one_of("ground", GROUNDS, ""), self.one_of("category", CATEGORIES, "CONTRACT")
        if category == "DISPATCH":
            category = "CONTRACT"  # a case asks what is owed, whoever pays it
        last_day = day(f"{self.name}：end_date", self.case.get("end_date"))
        if last_day is not None and self.inputs.get("end_inclusive") is False:
            last_day -= timedelta(days=1)
        return PersonFacts(
            ground=ground,
            category=category,
            first_day=day(f"{self.name}：hire_date", self.case.get("hire_date")),
            last_day=last_day,
            segments=self.segments(),
            tenure=self.tenure(),
            average=decimal(f"{self.name}：avg_wage", self.case.get("avg_wage")),
            last_month_wage=self.number("last_month_wage"),
            is_notice_given=self.notice_given(),
            hours_per_day=self.number("hours_per_day"),
            days_per_week=self.number("days_per_week"),
            leave=self.leave(ground),
            double_wages=self.double_wages(ground),
            lump_sum=self.number("lump_sum"),
            own_contributions=self.number("own_contributions") or Decimal(0),
        )

    def notice_given(self) -> bool | None:
        """True, False or null as written; for null the two days decide, 30 days apart being enough."""
        given = self.case.get("notice_given")
        if given is not None:
            return bool(given)
        served, effective = self.day("notice_date"), self.day("end_effective")
        return None if served is None or effective is None else (effective - served).days >= 30

    def tenure(self) -> Tenure | None:
        if self.inputs.get("service") is None:
            return None
        where = f"{self.name}：service"
        service = mapping(where, self.inputs["service"])
        known_keys(where, service, {"years", "months", "n_months", "counted_from"})
        if "n_months" in service:
            return Tenure(counted=decimal(where, service["n_months"]))
        years, months = (decimal(where, service.get(key, 0)) or Decimal(0) for key in ("years", "months"))
        return Tenure(months=int(years * 12 + months))

    def segments(self) -> tuple[Segment, ...]:
        where, found = f"{self.name}：segments", []
        for given in self.inputs.get("segments") or ():
            each = mapping(where, given)
            known_keys(where, each, {"from", "to", "paid", "own_motion"})
            first = day(where, each.get("from"))
            if first is None:
                raise BadCaseFile(f"{where}：缺少 from")
            found.append(
                Segment(first, day(where, each.get("to")), bool(each.get("paid")), bool(each.get("own_motion")))
            )
        return tuple(found)

    def leave(self, ground: str) -> LeaveFacts | None:
        keys = ("untaken_days", "elapsed_calendar_days", "entitlement_days", "cumulative_service_years")
        if ground != "ANNUAL_LEAVE_SETTLEMENT" and not any(key in self.inputs for key in keys):
            return None
        return LeaveFacts(
            untaken_days=self.number("untaken_days"),
            elapsed_days=self.whole("elapsed_calendar_days"),
            entitlement_days=self.whole("entitlement_days"),
            cumulative_years=self.number("cumulative_service_years"),
            taken_days=self.number("taken_days") or Decimal(0),
            daily_wage=self.number("daily_wage"),
            monthly_wage=self.number("monthly_wage_excl_overtime"),
        )

    def double_wages(self, ground: str) -> tuple[DoubleWageFacts, ...]:
        keys = ("written_contract_date", "double_pay_from", "double_pay_to", "periods")
        if ground != "NO_WRITTEN_CONTRACT_82" and not any(key in self.inputs for key in keys):
            return ()
        where = f"{self.name}：working_days"
        worked = [decimal(where, each) or Decimal(0) for each in self.inputs.get("working_days") or ()]
        double = DoubleWageFacts(
            signed_on=self.day("written_contract_date"),
            first_day=self.day("double_pay_from"),
            last_day=self.day("double_pay_to"),
            base=self.number("double_pay_base"),
            working_days=tuple(worked),
            day_divisor=self.number("day_divisor"),
            periods=self.periods(),
            claim_day=self.day("claim_date"),
        )
        return (double,)

    def periods(self) -> tuple[Written, ...]:
        where, found = f"{self.name}：periods", []
        for given in self.inputs.get("periods") or ():
            each = mapping(where, given)
            known_keys(where, each, {"base", "months", "days", "of", "amount"})
            base, *rest = (decimal(where, each.get(key)) for key in ("base", "months", "days", "of", "amount"))
            found.append(Written(base or Decimal(0), *rest))
        return tuple(found)

    def policy(self) -> Policy:
        where = f"{self.name}：policy"
        chosen = dict(mapping(where, self.inputs.get("policy") or {}))
        known_keys(where, chosen, CASE_SWITCHES)
        if "overtime_in_base" in chosen:
            chosen["overtime_in_base"] = OVERTIME.get(chosen["overtime_in_base"], chosen["overtime_in_base"])
        for key, option in chosen.items():
            if option not in SWITCHES[key].options:
                raise BadCaseFile(f"{where}：{key} 没有选项 {option!r}")
        method = chosen.get("pre2008_method", Policy().pre2008_method)
        return Policy(**chosen, pre1996_method=method)  # a case keeps its stated or default method

    def local(self) -> Local:
        average = decimal(f"{self.name}：local_avg_wage", self.case.get("local_avg_wage"))
        return Local(
            min_wage=_use("min_wage_monthly", "月最低工资标准", self.number("local_min_wage")),
            average_wage=_use("local_avg_wage_monthly", "本地区上年度职工月平均工资", average),
            ceiling=_use("local_avg_wage_monthly", "三倍数额", self.number("three_times_local")),
            annual_wage=_use(
                "local_avg_wage_annual", "当地上年职工平均工资（年）", self.number("local_avg_annual_wage")
            ),
            tax_table=_tax_table(),
            asks=False,
        )


@cache
def _tax_table() -> tuple[Bracket, ...]:
    """The cases are taxed by the law as it has stood since 2019."""
    return table_of(book_of(shipped()), TAX_LAW_SINCE)


def _use(key: str, label: str, value: Decimal | None) -> ParameterUse | None:
    return None if value is None else ParameterUse(key, label, value, "元", "", None, "案例所列")
