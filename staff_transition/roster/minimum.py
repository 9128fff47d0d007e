"""Wages below the local minimum: a hint, because part months and part time may explain them (最低工资规定)."""

from collections.abc import Mapping

from law.working import ParameterUse
from staff_transition.roster.findings import Finding, hint
from staff_transition.roster.reading import Reading

FULL_TIME = {"CONTRACT", "NO_WRITTEN_CONTRACT", "DISPATCH"}


def minimum_wage_hints(reading: Reading, minimum: Mapping[str, ParameterUse]) -> list[Finding]:
    """`minimum`: the monthly figure by campus as written in the file."""
    columns = {
        sheet.name: next((column for column in sheet.columns if column.field == "monthly_wage"), None)
        for sheet in reading.sheets
    }
    findings = []
    for person in reading.people:
        wage, use = person.values.get("monthly_wage"), minimum.get(person.values.get("campus", ""))
        column = columns[person.sheet]
        if column and use and wage and person.values.get("category") in FULL_TIME and wage < use.value:
            text = f"月工资 {wage:,.2f} 元低于当地最低工资 {use.value:,.0f} 元（{use.since} 起），请核对。"
            findings.append(
                Finding.at(person.sheet, person.row, column.index, column.header, hint("wage_below_minimum", text))
            )
    return findings
