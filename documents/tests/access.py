"""Who may open each page of this room; tests/test_access.py holds the code against it."""

from accounts.models import Role
from accounts.tests.access import about

# Written out here and not taken from the views: who widens a role there must say so here too.
READERS = (
    Role.OFFICER, Role.LOGISTICS_HEAD, Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER, Role.PROCUREMENT,
)  # fmt: skip
MAKERS = (Role.OFFICER, Role.HR, Role.FINANCE)


def of_document(cast, document):
    return {"pk": document.pk}


ACCESS = {
    "documents:documents": about(READERS),
    "documents:make": about(MAKERS, lambda cast: {"kind": "qingshi", "subject": 1}),
    **{f"documents:{name}": about(READERS, of_document, "document") for name in ("document", "progress", "make-pdf")},
    "documents:download": about(READERS, lambda cast, document: {"pk": document.pk, "form": "docx"}, "document"),
}
