"""Making a paper from data, and its PDF."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from common import jobs
from common.history import record
from common.models import Job, StoredFile
from common.numerals import document_date
from common.refusals import require
from common.uploads import KINDS
from documents.errors import BadNumber, NotForYou, NumberTaken
from documents.models import Document
from documents.pdf import to_pdf
from documents.registry import PAPERS, Paper
from documents.rendering import render

NUMBER = re.compile(r"\S{1,12}〔\d{4}〕[1-9]\d*号")
BLANK_NUMBER = "　　〔{year}〕　号"
PDF = "documents.pdf"


@transaction.atomic
def produce(kind: str, subject_id: int, *, by: Any, number: str = "") -> Document:
    """The paper for the subject as it stands in its frozen version; the newest that is there when nothing changed.

    Raises NotForYou, BadNumber, NumberTaken, FactMissing, BadTemplate.
    """
    paper = PAPERS[kind]
    require(paper.may_make(by, subject_id), NotForYou, paper=paper.label)
    number = number.strip()
    require(not number or bool(NUMBER.fullmatch(number)), BadNumber, number=number)
    source = paper.source(subject_id)
    made = list(Document.objects.filter(kind=kind, subject_id=subject_id).order_by("-pk"))
    digest = _fingerprint(kind, source.digest, number)
    if made and made[0].digest in (digest, _fingerprint(digest, len(made) - 1)):
        return made[0]
    if same := next((each for each in made if each.digest == digest), None):
        if number:
            return same
        digest = _fingerprint(digest, len(made))  # as before, but after another paper, which this one replaces
    require(not number or not Document.objects.filter(number=number).exists(), NumberTaken, number=number)
    earlier = made[0] if made else None
    context = source.context | {"replaces": document_date(timezone.localdate(earlier.made_at)) if earlier else ""}
    if paper.is_official:
        context = context | {"number": number or BLANK_NUMBER.format(year=context["day"].year)}
    content = filled(paper, context)
    file = StoredFile.keep(f"{source.title}.docx", content, KINDS["docx"].media_type, by, sealed=paper.is_personal)
    document = Document(
        kind=kind, title=source.title, subject_id=subject_id, source=source.origin, digest=digest, number=number, unit=source.unit,
        is_personal=paper.is_personal, file=file, made_by=by,
    )  # fmt: skip
    try:
        with transaction.atomic():
            record(document, by, f"生成{paper.label}")
    except IntegrityError:
        return Document.objects.get(kind=kind, subject_id=subject_id, digest=digest)
    return document


def _fingerprint(*parts: object) -> str:
    return hashlib.sha256(":".join(str(part) for part in parts).encode()).hexdigest()


def filled(paper: Paper, context: Mapping[str, Any]) -> bytes:
    """The .docx with these values. Raises FactMissing, BadTemplate."""
    return render(settings.BASE_DIR / "templates" / "docx" / paper.template, context)


def begin_pdf(document: Document, *, by: Any) -> Document:
    """Have the PDF made in the background; again after a failure."""
    document.job = jobs.start(PDF, f"pdf:{document.pk}", by, f"{document.title} 转 PDF", document=document.pk)
    Document.objects.filter(pk=document.pk).update(job=document.job)
    return document


@jobs.handler(PDF)
def pdf_job(job: Job) -> dict[str, Any]:
    """Convert and keep. Done already: nothing to do. Raises NoConverter, NotConverted."""
    document = Document.objects.select_related("file").get(pk=job.arguments["document"])
    if document.pdf_id is None:
        jobs.progress(job, 0, 1, "正在转换")
        content = to_pdf(document.file.read())
        name = f"{document.title}.pdf"
        pdf = StoredFile.keep(name, content, KINDS["pdf"].media_type, job.started_by, sealed=document.is_personal)
        document.pdf = pdf
        record(document, job.started_by, "转 PDF", "pdf")
    return {"document": document.pk}
