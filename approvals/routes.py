"""Routes as data: the default one, which steps apply to a submission, and by when each is due."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import Role
from approvals.models import Route
from law.book import ParameterBook
from law.calendar import CalendarUnknown, WorkCalendar

# the default route of a plan; HR's step is bound to the staff data and the later ones to what HR passed, the
# last one to the college's own threshold
PLAN_STEPS: list[dict[str, Any]] = [
    {"key": "logistics", "label": "后勤处", "role": Role.LOGISTICS_HEAD, "own_unit": True, "days": 2},
    {"key": "hr", "label": "人事处", "role": Role.HR, "guard": "staff_data", "days": 3},
    {"key": "finance", "label": "财务处", "role": Role.FINANCE, "guard": "staff_kept", "days": 3},
    {"key": "legal", "label": "法务处", "role": Role.REVIEWER, "guard": "staff_kept", "days": 3},
    {"key": "leader", "label": "分管校领导", "role": Role.LEADER, "guard": "staff_kept", "days": 3},
    {
        "key": "president",
        "label": "校长办公会",
        "role": Role.LEADER,
        "guard": "staff_kept",
        "is_meeting": True,
        "days": 10,
    },
    {
        "key": "party",
        "label": "党委会",
        "role": Role.LEADER,
        "guard": "staff_kept",
        "is_meeting": True,
        "days": 10,
        "over": "college_major_amount",
    },
]


def seed(**signal: Any) -> None:
    """Put the default route in once; a college's own versions stay."""
    if not Route.objects.filter(kind="plan").exists():
        Route.objects.create(kind="plan", name="外包方案审批", steps=PLAN_STEPS)


def applicable(
    steps: list[dict[str, Any]], amount: Decimal | None, book: ParameterBook, today: date
) -> list[dict[str, Any]]:
    """The steps that this amount takes. A threshold that nobody entered keeps the step and says so."""
    taken = []
    for step in steps:
        if not step.get("over"):
            taken.append(step)
            continue
        threshold = book.find(step["over"], "", today)
        if threshold is None:
            taken.append(step | {"why": "重大金额界限还没有录入，先按要上会办理"})
        elif amount is None or amount >= threshold.value:
            taken.append(step | {"why": f"金额达到 {threshold.value:,.0f} 元（{threshold.source}）"})
    return taken


def due_on(arrived: date, working_days: int, calendar: WorkCalendar) -> date:
    """The last day to act. A year without a published calendar counts Monday to Friday: an office deadline, not a statutory one."""
    try:
        return calendar.add_working_days(arrived, working_days)
    except CalendarUnknown:
        day = arrived
        while working_days > 0:
            day += timedelta(days=1)
            working_days -= day.weekday() < 5
        return day
