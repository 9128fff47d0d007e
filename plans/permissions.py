"""Who may do what here. Reading is the querysets' `visible_to`."""

from typing import Any

from accounts.models import Role
from plans.models import OutsourcingPlan
from programme.permissions import READERS

__all__ = ["EDITORS", "READERS", "may_edit"]
EDITORS = (Role.OFFICER,)


def may_edit(user: Any, plan: OutsourcingPlan) -> bool:
    """Officers of the unit that runs the service."""
    return user.has_role(*EDITORS) and plan.service.unit_id == user.unit_id
