"""Who may open each page of this room; tests/test_access.py holds the code against it."""

from accounts.audience import STAFF
from accounts.models import Role
from accounts.tests.access import about

# Written out here and not taken from permissions.py: who widens a role there must say so here too.
READERS = (
    Role.OFFICER, Role.LOGISTICS_HEAD, Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER, Role.PROCUREMENT,
)  # fmt: skip
EDITORS = (Role.OFFICER, Role.LOGISTICS_HEAD)
CAMPUS_KEEPERS = (Role.ADMIN, Role.LOGISTICS_HEAD)


def of_service(cast, college):
    return {"pk": college.cleaning.pk}


def of_evidence(cast, evidence):
    return {"pk": evidence.pk}


def of_measure(cast, measure):
    return {"pk": measure.pk}


ACCESS = {
    "programme:board": about(READERS),
    "programme:services": about(READERS),
    "programme:service": about(READERS, of_service, "college"),
    "programme:service-add": about(EDITORS),
    **{f"programme:service-{act}": about(EDITORS, of_service, "college") for act in ("edit", "stage", "remove")},
    "programme:evidence-list": about(READERS),
    "programme:evidence": about(READERS, of_evidence, "evidence"),
    "programme:evidence-add": about(EDITORS),
    "programme:evidence-edit": about(EDITORS, of_evidence, "evidence"),
    "programme:evidence-file": about(READERS, lambda cast: {"pk": 1}),
    "programme:finding-add": about(EDITORS, of_evidence, "evidence"),
    "programme:measure-add": about(EDITORS, lambda cast, measure: {"pk": measure.finding_id}, "measure"),
    "programme:measure-close": about(STAFF, of_measure, "measure"),
    "programme:campuses": about(CAMPUS_KEEPERS),
    "programme:campus": about(CAMPUS_KEEPERS, lambda cast, college: {"pk": college.campuses[0].pk}, "college"),
}
