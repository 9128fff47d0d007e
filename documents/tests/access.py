"""Who may open each page of this room; tests/test_access.py holds the code against it."""

from accounts.tests.access import about
from documents.views import MAKERS, READERS


def of_document(cast, document):
    return {"pk": document.pk}


ACCESS = {
    "documents:documents": about(READERS),
    "documents:make": about(MAKERS, lambda cast: {"kind": "qingshi", "subject": 1}),
    **{f"documents:{name}": about(READERS, of_document, "document") for name in ("document", "progress", "make-pdf")},
    "documents:download": about(READERS, lambda cast, document: {"pk": document.pk, "form": "docx"}, "document"),
}
