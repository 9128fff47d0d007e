"""公文: the list, making one, downloading it, its PDF."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import SignedIn, audience
from accounts.models import AccessRecord, Role
from accounts.redirects import back_to
from common.downloads import attachment
from common.refusals import DomainError
from common.requests import address_of
from documents import actions
from documents.models import READS_ALL, READS_IMPERSONAL, READS_OWN_UNIT, Document
from documents.registry import PAPERS

READERS = (*READS_ALL, *READS_IMPERSONAL, *READS_OWN_UNIT)
MAKERS = (Role.OFFICER, Role.HR, Role.FINANCE)  # each paper says by itself who makes it
PER_PAGE = 50


@audience(*READERS)
def documents(request: SignedIn) -> HttpResponse:
    """All papers that the person may see, newest first."""
    mine = Document.objects.visible_to(request.user).with_newer(request.user)
    found = mine.select_related("made_by", "unit", "file", "pdf")
    if words := request.GET.get("q", "").strip():
        found = found.filter(title__icontains=words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "documents/documents.html", {"page": page, "papers": PAPERS})


@require_POST
@audience(*MAKERS)
def make(request: SignedIn, kind: str, subject: int) -> HttpResponse:
    """Make one paper of one subject."""
    if kind not in PAPERS:
        raise Http404
    try:
        document = actions.produce(kind, subject, by=request.user, number=request.POST.get("number", ""))
    except DomainError as refusal:
        messages.error(request, refusal.text)
        return back_to(request, "documents:documents", "back")
    messages.success(request, f"“{document}”已生成。")
    return redirect("documents:document", document.pk)


def _document(request: SignedIn, pk: int) -> Document:
    mine = Document.objects.visible_to(request.user).with_newer(request.user)
    return get_object_or_404(mine.select_related("file", "pdf", "job", "made_by", "unit"), pk=pk)


@audience(*READERS)
def document(request: SignedIn, pk: int) -> HttpResponse:
    """One paper: what it was made from, the file, the PDF or how far it is."""
    one = _document(request, pk)
    return render(request, "documents/document.html", {"document": one, "paper": PAPERS.get(one.kind), "job": one.job})


@audience(*READERS)
def progress(request: SignedIn, pk: int) -> HttpResponse:
    """How far the PDF is; reloads the page when it is there."""
    one = _document(request, pk)
    response = render(request, "documents/progress.html", {"document": one, "job": one.job})
    if one.job is None or one.job.is_over:
        response["HX-Refresh"] = "true"
    return response


@audience(*READERS)
def download(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The .docx or the PDF; papers about persons leave a trace."""
    one = _document(request, pk)
    file = one.file if form == "docx" else one.pdf
    if file is None:
        raise Http404
    if one.is_personal:
        address = address_of(request)
        AccessRecord.write(AccessRecord.Kind.EXPORT, request.user, f"下载公文《{one.title}》", address=address)
    return attachment(file.read(), file.name, file.media_type)


@require_POST
@audience(*READERS)
def make_pdf(request: SignedIn, pk: int) -> HttpResponse:
    """Have the PDF made in the background."""
    one = _document(request, pk)
    if one.pdf_id is None:
        actions.begin_pdf(one, by=request.user)
    return redirect("documents:document", pk)
