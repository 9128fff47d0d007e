"""A plan that lacks nothing: service with scope and cost, one worker with a disposition, every section written."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import College
from law.models import Parameter
from plans.actions import save_section, save_terms, start_plan
from plans.models import OutsourcingPlan
from plans.rules.sections import SECTIONS
from programme.models import CostItem
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.rosters import lock_roster


@pytest.fixture
def plan(college, worker) -> OutsourcingPlan:
    """A draft, complete and unlocked."""
    officer, service = college.cast.officer, college.cleaning
    College.objects.update_or_create(pk=1, defaults={"province": "湖北省"})
    Parameter.objects.create(
        key="min_wage_monthly", place="孝感市孝南区", value=Decimal(1970), since=date(2025, 12, 1), source="鄂政办发〔2025〕44号"
    )  # fmt: skip
    for kind, amount in (("wages", 1_231_200), ("insurance", 369_400), ("materials", 392_000)):
        CostItem.objects.create(service=service, year=2025, kind=kind, amount=amount, source="决算")
    set_dispositions([worker.pk], "NEGOTIATED", by=officer, last_day=date(2026, 12, 31))
    plan = start_plan(service, by=officer)
    for section in SECTIONS:
        save_section(plan, section.key, f"{section.label}的内容。\n第二段。", by=officer, revision=1)
    changes = {
        "contract_price": Decimal("1536000.00"), "supervision": Decimal(60_000), "funding": "2027 年后勤专项",
        "method": "CONSULTATION", "first_year": 2027,
    }  # fmt: skip
    return save_terms(plan, changes, by=officer, revision=1)


@pytest.fixture
def locked(college, plan) -> None:
    lock_roster(college.cleaning, by=college.cast.hr, reason="核对完毕")
