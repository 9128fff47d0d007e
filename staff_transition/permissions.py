"""Who may do what to staff data. Reading is the querysets' `visible_to`."""

from typing import Any

from accounts.models import Role
from programme.models import Service
from staff_transition.models import Consultation, Worker
from staff_transition.models.workers import SEE_HEALTH

IMPORTERS = (Role.OFFICER, Role.HR)
EDITORS = (Role.OFFICER, Role.HR)
READERS = (Role.OFFICER, Role.LOGISTICS_HEAD, Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER)
EXPORTERS = (Role.OFFICER, Role.LOGISTICS_HEAD, Role.HR, Role.FINANCE, Role.REVIEWER)
LOCKERS = (Role.HR,)
REVEALED_TO = {  # field → roles that need the whole number for their work
    "id_number": (Role.HR,),
    "phone": (Role.HR,),
    "bank_account": (Role.HR, Role.FINANCE),
}
READ_PERSONS_PAPERS = (Role.OFFICER, Role.HR)  # whole numbers to be signed: who makes them and hands them over
READ_REASONS = (*SEE_HEALTH, Role.OFFICER)  # why each person is ended, an illness among them
REVEALERS = (Role.HR, Role.FINANCE)
HR_OFFICE = "人事处"


def may_import(user: Any) -> bool:
    return user.has_role(*IMPORTERS)


def may_edit(user: Any, worker: Worker) -> bool:
    """HR everybody's, an officer those of the own unit's services."""
    return may_edit_service(user, worker.service)


def may_edit_service(user: Any, service: Service) -> bool:
    return user.has_role(Role.HR) or (user.has_role(Role.OFFICER) and service.unit_id == user.unit_id)


def may_lock(user: Any) -> bool:
    return user.has_role(*LOCKERS)


def may_reveal(user: Any, field: str) -> bool:
    return user.has_role(*REVEALED_TO.get(field, ()))


def may_search_by_tail(user: Any) -> bool:
    """By the last four signs of a number: who hands over papers with whole numbers. They are the secret of a worker's link."""
    return user.has_role(*READ_PERSONS_PAPERS)


def may_choose_policy(user: Any) -> bool:
    return user.has_role(*LOCKERS)


def may_confirm_adjustment(user: Any) -> bool:
    return user.has_role(*LOCKERS)


CONSULTANTS = (Role.OFFICER, Role.HR, Role.REVIEWER)
LINKERS = (Role.HR,)
PAYERS = (Role.HR, Role.FINANCE)
APPROVERS_OF_PAYMENTS = (Role.FINANCE,)
SEE_PAYMENTS = (Role.HR, Role.FINANCE, Role.REVIEWER)


def may_consult(user: Any) -> bool:
    return user.has_role(*CONSULTANTS)


def may_change_consultation(user: Any, consultation: Consultation) -> bool:
    """An officer what the own unit asked or what is about its people; what others asked for everybody stays theirs."""
    if user.has_role(Role.HR, Role.REVIEWER):
        return True
    is_own = bool(user.unit_id) and consultation.made_by.unit_id == user.unit_id
    return user.has_role(Role.OFFICER) and (is_own or consultation.workers.exists())


def may_link(user: Any) -> bool:
    return user.has_role(*LINKERS)


def may_make_payments(user: Any) -> bool:
    return user.has_role(*PAYERS)


def may_approve_payments(user: Any) -> bool:
    return user.has_role(*APPROVERS_OF_PAYMENTS)


def may_see_health(user: Any, service: Service) -> bool:
    """Of the people of `service`: an officer only in the own unit, whatever else he is (as Worker's with_health_for)."""
    return user.has_role(*SEE_HEALTH) or (user.has_role(Role.OFFICER) and service.unit_id == user.unit_id)
