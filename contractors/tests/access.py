"""Who may open each page of this room; tests/test_access.py holds the code against it."""

from accounts.models import Role
from accounts.tests.access import about

# Written out here and not taken from permissions.py: who widens a role there must say so here too.
READERS = (
    Role.OFFICER, Role.LOGISTICS_HEAD, Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER, Role.PROCUREMENT,
)  # fmt: skip
KEEPERS = (Role.OFFICER, Role.LOGISTICS_HEAD, Role.PROCUREMENT)


def of_contract(cast, contract):
    return {"pk": contract.pk}


def of_contractor(cast, contract):
    return {"pk": contract.contractor_id}


ACCESS = {
    "contractors:contracts": about(READERS),
    "contractors:mine": about([Role.CONTRACTOR]),
    "contractors:contract-add": about(KEEPERS),
    "contractors:contract": about(READERS, of_contract, "contract"),
    "contractors:contract-edit": about(KEEPERS, of_contract, "contract"),
    "contractors:contract-file": about([*READERS, Role.CONTRACTOR], of_contract, "contract"),
    "contractors:contractors": about(READERS),
    "contractors:contractor-add": about(KEEPERS),
    "contractors:contractor": about(READERS, of_contractor, "contract"),
    "contractors:contractor-edit": about(KEEPERS, of_contractor, "contract"),
}
