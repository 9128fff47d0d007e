"""Who may do what here. Reading is the querysets' `visible_to`."""

from typing import Any

from accounts.models import Role
from programme.models import Evidence, Measure, Service

READERS = (
    Role.OFFICER, Role.LOGISTICS_HEAD, Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER, Role.PROCUREMENT,
)  # fmt: skip
EDITORS = (Role.OFFICER, Role.LOGISTICS_HEAD)
CAMPUS_KEEPERS = (Role.ADMIN, Role.LOGISTICS_HEAD)
OFFICE = "后勤处经办人"


def may_edit(user: Any, service: Service) -> bool:
    """Logistics people of the unit that runs the service."""
    return user.has_role(*EDITORS) and service.unit_id == user.unit_id


def may_edit_evidence(user: Any, evidence: Evidence) -> bool:
    return user.has_role(*EDITORS) and evidence.unit_id == user.unit_id


def may_close(user: Any, measure: Measure) -> bool:
    """The person responsible, or the logistics people whose evidence it is."""
    return measure.owner_id == user.pk or may_edit_evidence(user, measure.finding.evidence)
