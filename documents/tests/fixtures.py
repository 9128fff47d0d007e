"""A paper of the logistics unit that names persons."""

import pytest

from common.models import StoredFile
from common.uploads import KINDS
from documents.models import Document


@pytest.fixture
def document(cast) -> Document:
    file = StoredFile.keep("测算表.docx", b"PK test", KINDS["docx"].media_type, cast.officer, sealed=True)
    return Document.objects.create(
        kind="severance-person", title="测算表", subject_id=1, source="V1", digest="d" * 64, unit=cast.logistics, is_personal=True,
        file=file, made_by=cast.officer,
    )  # fmt: skip
