"""The worker's own page behind a link, and HR's side of it: links, signed scans, objections."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.audience import STRANGERS, SignedIn, audience
from accounts.models import AccessRecord
from common.downloads import attachment
from common.fields import mask_id_number
from common.models import StoredFile
from common.numerals import document_span
from common.refusals import DomainError
from common.requests import address_of
from common.xlsx import MEDIA_TYPE, Column, Sheet, workbook
from documents.actions import produce
from documents.errors import FactMissing, NotForYou
from documents.models import Document
from documents.rendering import paragraphs_of
from programme.models import Service
from staff_transition import papers, permissions
from staff_transition.actions import confirmations as actions
from staff_transition.errors import CertificateNotReady, LinkIsOver, PaperIsStopped
from staff_transition.forms.payments import BOTH_WORDS, AnswerForm, DigitsForm, ObjectionForm, ScanForm
from staff_transition.frozen import locked_from
from staff_transition.models import Confirmation, Objection, Worker, WorkerLink
from staff_transition.rules.grounds import HANDED_OVER, RETURNS
from staff_transition.rules.service import former, span_of

PER_PAGE = 50
Purpose = WorkerLink.Purpose


def _over(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """What cannot be shown or done behind the link; the words that were sent with it are given back."""
    context = {"refusal": refusal, "text": request.POST.get("text", "")}
    return render(request, "staff_transition/own_over.html", context, status=refusal.status)


def _link(request: HttpRequest, token: str, purpose: str) -> WorkerLink | HttpResponse:
    try:
        return actions.find_link(token, purpose)
    except DomainError as refusal:
        return _over(request, refusal)


def _ask_digits(request: HttpRequest, link: WorkerLink, page: str) -> HttpResponse | None:
    """The page that asks for the digits, until who reads leaves; None once they were right in this browser. Then follows `page`.

    Words that were sent when the session was over travel along, and stand in their field again.
    """
    key = f"link-{link.pk}"
    if "leave" in request.POST:
        request.session.pop(key, None)
        return redirect(request.path)
    if request.session.get(key):
        return None
    form, text = DigitsForm(request.POST if "digits" in request.POST else None), request.POST.get("text", "")
    if form.is_valid():
        try:
            actions.check_digits(link, form.cleaned_data["digits"])
        except LinkIsOver as refusal:
            return _over(request, refusal)
        except DomainError as refusal:
            form.add_error("digits", refusal.text)
        else:
            request.session[key] = True
            return None if text else redirect(page)
    return render(request, "staff_transition/own_digits.html", {"form": form, "text": text})


@never_cache
@audience(STRANGERS)
def own(request: HttpRequest, token: str) -> HttpResponse:
    """What I am owed and why; confirm it or say what is wrong. Once it is confirmed, when and what."""
    link = _link(request, token, Purpose.CONFIRM)
    if isinstance(link, HttpResponse):
        return link
    if (page := _ask_digits(request, link, request.path)) is not None:
        return page
    text = request.POST.get("text", "")
    is_both = "confirm" in request.POST and bool(text.strip())  # a confirmation is final: ask which it is
    sent = request.POST if is_both or "object" in request.POST else None
    form = ObjectionForm(sent, initial={"text": text})
    who: dict[str, Any] = {"by": request.user, "address": address_of(request)}
    if is_both:
        form.add_error("text", BOTH_WORDS)
    elif "confirm" in request.POST:
        try:
            actions.confirm(link, request.POST.get("digest", ""), **who)
        except LinkIsOver as refusal:
            return _over(request, refusal)
        except DomainError as refusal:
            messages.error(request, refusal.text)
        return redirect(request.path)
    elif form.is_valid():
        with form.refusals():
            actions.object_to(link, form.cleaned_data["text"], token=form.cleaned_data["token"], **who)
            messages.success(request, "已收到，人事处会答复您。答复以前不用确认。")
            return redirect(request.path)
    return render(request, "staff_transition/own.html", _own_page(link) | {"form": form})


def _own_page(link: WorkerLink) -> dict[str, Any]:
    found = locked_from(link.settlement.content)
    objections = list(Objection.objects.filter(settlement=link.settlement))
    is_taken_over = found.ground_code in HANDED_OVER
    return {
        "link": link, "worker": link.worker, "found": found, "unpriced": found.figures.unpriced,
        "objections": objections, "is_waiting": any(each.answered_at is None for each in objections),
        "confirmation": Confirmation.objects.filter(settlement=link.settlement).first(),
        "needs_certificate": papers.needs_certificate(link.settlement),
        "is_taken_over": is_taken_over, "carried": span_of(found.service) if is_taken_over and found.service else None,
        "earlier": former(found.service, found.figures.hired_on, document_span), "is_returned": found.ground_code in RETURNS,
    }  # fmt: skip


def _certificate(request: HttpRequest, token: str) -> tuple[WorkerLink, Document] | HttpResponse:
    """The link and its paper, kept with its date at the first look and made in the name of who made the link.

    Else the page that asks for the digits or says why there is none.
    """
    link = _link(request, token, Purpose.CERTIFICATE)
    if isinstance(link, HttpResponse):
        return link
    if (page := _ask_digits(request, link, reverse("staff:own-certificate", args=[token]))) is not None:
        return page
    try:
        papers.own_certificate(link.settlement)
        return link, produce(papers.CERTIFICATE.key, link.worker_id, by=link.made_by)
    except (
        FactMissing,
        PaperIsStopped,
        NotForYou,
    ):  # what and where is for HR; who made the link may make papers no longer
        return _over(request, CertificateNotReady())
    except DomainError as refusal:
        return _over(request, refusal)


@never_cache
@audience(STRANGERS)
def own_certificate(request: HttpRequest, token: str) -> HttpResponse:
    """My certificate as long as the link is open: the paragraphs of the kept .docx, with the identity number masked."""
    found = _certificate(request, token)
    if isinstance(found, HttpResponse):
        return found
    link, document = found
    number = link.worker.id_number
    title, *paragraphs = (text.replace(number, mask_id_number(number)) for text in paragraphs_of(document.file.read()))
    context = {"link": link, "token": token, "title": title, "paragraphs": paragraphs}
    return render(request, "staff_transition/own_certificate.html", context)


@never_cache
@audience(STRANGERS)
def own_certificate_file(request: HttpRequest, token: str) -> HttpResponse:
    """The .docx itself; taking it is written down like that of every paper about a person."""
    found = _certificate(request, token)
    if isinstance(found, HttpResponse):
        return found
    _, document = found
    AccessRecord.write(
        AccessRecord.Kind.EXPORT, None, f"下载公文《{document.title}》", reason="本人经链接下载",
        address=address_of(request),
    )  # fmt: skip
    return attachment(document.file.read(), document.file.name, document.file.media_type)


def _worker(request: SignedIn, pk: int) -> Worker:
    return get_object_or_404(Worker.objects.visible_to(request.user).select_related("service"), pk=pk)


@require_POST
@audience(*permissions.LINKERS)
def make_link(request: SignedIn, pk: int, purpose: str) -> HttpResponse:
    """A fresh link, shown this once."""
    worker = _worker(request, pk)
    token = actions.make_link(worker, purpose, by=request.user)
    context = {"worker": worker, "address": _address(request, token, purpose), "days": actions.VALID_DAYS}
    return render(request, "staff_transition/link_made.html", context)


def _address(request: HttpRequest, token: str, purpose: str) -> str:
    name = "staff:own" if purpose == Purpose.CONFIRM else "staff:own-certificate"
    return request.build_absolute_uri(reverse(name, args=[token]))


@require_POST
@audience(*permissions.LINKERS)
def make_links(request: SignedIn, pk: int) -> HttpResponse:
    """A link for everybody of a service who has not confirmed yet, as a list that leaves the system once."""
    service = get_object_or_404(Service.objects.visible_to(request.user), pk=pk)
    open_ones = Worker.objects.live().filter(
        service=service, settlements__withdrawn_at=None, settlements__isnull=False, settlements__confirmation=None
    )  # fmt: skip
    made = actions.make_links(open_ones.distinct(), Purpose.CONFIRM, by=request.user)
    columns = (Column("姓名"), Column("岗位"), Column("确认链接", width=80))
    rows = [[worker.name, worker.post, _address(request, token, Purpose.CONFIRM)] for worker, token in made]
    AccessRecord.write(
        AccessRecord.Kind.EXPORT, request.user, f"本人确认链接 {service} {len(rows)} 人", reason="发给本人",
        address=address_of(request),
    )  # fmt: skip
    below = (f"链接 {actions.VALID_DAYS} 天内有效，须输入本人身份证末四位；请逐人发送，不要群发。",)
    content = workbook([Sheet("确认链接", columns, rows, title=f"{service.name}本人确认链接", below=below)])
    return attachment(content, f"{service.name}本人确认链接.xlsx", MEDIA_TYPE)


@audience(*permissions.LINKERS)
def scan(request: SignedIn, pk: int) -> HttpResponse:
    """The signed sheet came back on paper."""
    worker = _worker(request, pk)
    form = ScanForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.refusals():
            file = StoredFile.keep_upload(form.cleaned_data["scan"], ("pdf", "jpeg", "png"), request.user, sealed=True)
            actions.confirm_on_paper(worker, file, by=request.user)
            messages.success(request, f"{worker.name}的签字件已登记。")
            return redirect(worker)
    context: dict[str, Any] = {"worker": worker, "form": form, "title": "登记签字件"}
    return render(request, "staff_transition/scan.html", context)


@audience(*permissions.LINKERS)
def scan_file(request: SignedIn, pk: int) -> HttpResponse:
    """The scan of one confirmation, as it was uploaded, also of a result taken back since; every taking is written down."""
    mine = Confirmation.objects.filter(settlement__worker__in=Worker.objects.visible_to(request.user).values("pk"))
    found = get_object_or_404(mine.select_related("scan", "settlement__worker"), pk=pk, scan__isnull=False)
    worker = found.settlement.worker
    subject = f"下载{worker.name}（{worker.pk}）第 {found.settlement.number} 次结算的签字扫描件"
    AccessRecord.write(AccessRecord.Kind.EXPORT, request.user, subject, address=address_of(request))
    return attachment(found.scan.read(), found.scan.name, found.scan.media_type)  # type: ignore[union-attr]


@audience(*permissions.LINKERS)
def objections(request: SignedIn) -> HttpResponse:
    """What workers find wrong, the open ones first."""
    found = Objection.objects.visible_to(request.user).select_related("settlement__worker__service", "answered_by")
    page = Paginator(found.order_by("answered_at", "-at"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "staff_transition/objections.html", {"page": page})


@audience(*permissions.LINKERS)
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """HR's answer; the worker sees it behind the link."""
    objection = get_object_or_404(
        Objection.objects.visible_to(request.user).select_related("settlement__worker"), pk=pk
    )
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.answer_objection(objection, form.cleaned_data["answer"], by=request.user)
            messages.success(request, "已答复。")
            return redirect("staff:objections")
    return render(request, "staff_transition/objection_answer.html", {"objection": objection, "form": form})
