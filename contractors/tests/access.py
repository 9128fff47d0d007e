"""Who may open each page of this room; tests/test_access.py holds the code against it."""

from accounts.models import Role
from accounts.tests.access import about
from contractors.permissions import KEEPERS, READERS


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
