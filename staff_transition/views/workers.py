"""The list of contract workers and the page of one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.audience import SignedIn, audience
from accounts.models import AccessRecord, College
from common.downloads import attachment
from common.history import version_of
from common.once import once
from common.requests import address_of
from common.xlsx import MEDIA_TYPE
from staff_transition import permissions
from staff_transition.actions import workers as actions
from staff_transition.discretion import HEALTH_KINDS
from staff_transition.errors import NobodySelected
from staff_transition.export import worker_export
from staff_transition.facts import ledger_of, our_names
from staff_transition.forms.people import (
    ContractTermForm,
    ExportForm,
    InsurancePeriodForm,
    LeaveYearForm,
    OfferForm,
    ProtectedConditionForm,
    RemovalForm,
    RevealForm,
    ServicePeriodForm,
    WageMonthForm,
    WorkerForm,
)
from staff_transition.grounds import meaning_of
from staff_transition.listing import WorkerFilter
from staff_transition.models import (
    Adjustment,
    Confirmation,
    ContractTerm,
    InsurancePeriod,
    LeaveYear,
    Offer,
    ProtectedCondition,
    ServicePeriod,
    WageMonth,
    Worker,
)
from staff_transition.papers import CERTIFICATE, papers_at_work, papers_of
from staff_transition.payable import is_paid
from staff_transition.roster.checks import age_on, protected_kind
from staff_transition.rules.flags import ledger_articles
from staff_transition.views.settlements import worked_out

PER_PAGE = 50
MONTHS_SHOWN = 24  # of wages, the newest first


def _worker(request: SignedIn, pk: int) -> Worker:
    found = Worker.objects.visible_to(request.user).select_related(
        "service__unit", "service__roster", "campus", "disposition__set_by"
    )
    return get_object_or_404(found, pk=pk)


def _is_open(worker: Worker) -> bool:
    """Facts can be changed: the roster is not locked, or the worker was opened alone."""
    roster = getattr(worker.service, "roster", None)
    return worker.is_reopened or not (roster and roster.is_locked)


@audience(*permissions.READERS)
def workers(request: SignedIn) -> HttpResponse:
    """外聘员工: filtered, searched, sorted, fifty a page."""
    form = WorkerFilter(request.GET, request.user)
    found = form.workers().select_related("service", "campus", "disposition").defer("phone", "bank_account")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "may_edit": request.user.has_role(*permissions.EDITORS)}
    return render(request, "staff_transition/workers.html", context | {
        "may_import": permissions.may_import(request.user),
        "may_export": request.user.has_role(*permissions.EXPORTERS), "today": timezone.localdate(),
    })  # fmt: skip


@audience(*permissions.READERS)
def worker(request: SignedIn, pk: int) -> HttpResponse:
    """One worker: facts, protected conditions, earlier service, what becomes of them, what happened."""
    return _worker_page(request, _worker(request, pk), RevealForm(request.user))


def _worker_page(request: SignedIn, worker: Worker, form: RevealForm, revealed: str = "") -> HttpResponse:
    found = worked_out(worker, request.user, request.GET.get("log"))
    known, disposition = found["known"], getattr(worker, "disposition", None)
    roster, may_edit = getattr(worker.service, "roster", None), permissions.may_edit(request.user, worker)
    is_open = _is_open(worker)
    facts = found["person"].facts
    papers = papers_of(facts, facts.ground) if may_edit else ()
    context: dict[str, Any] = {
        "worker": worker, "form": form, "revealed": revealed, "disposition": disposition,
        "conditions": known.conditions,
        "meaning": meaning_of(disposition.kind, disposition.ground) if disposition else None,
        "periods": known.periods, "wage_months": known.wages[: -MONTHS_SHOWN - 1 : -1], "insurance": known.insurance,
        "leave_years": known.leave, "terms": known.terms, "offers": known.offers,
        "adjustments": Adjustment.objects.filter(worker=worker).select_related("made_by", "confirmed_by", "supplement"),
        "may_confirm": permissions.may_confirm_adjustment(request.user),
        "with_health": permissions.may_see_health(request.user, worker.service),
        "health_kinds": HEALTH_KINDS, "roster": roster,
        "age": worker.birth_date and age_on(worker.birth_date, timezone.localdate()),
        "mentions_protected": bool(protected_kind(worker.remark)) and not known.conditions,
        "may_edit": may_edit,
        "scans": _scans(worker) if permissions.may_link(request.user) else (),
        "may_link": permissions.may_link(request.user), "may_consult": permissions.may_consult(request.user),
        "papers": papers, "needs_certificate": CERTIFICATE in papers, "papers_at_work": papers_at_work(facts) if may_edit else (),
        "can_edit": may_edit and is_open, "may_add": may_edit and (is_open or is_paid(worker)),
        "may_lock": permissions.may_lock(request.user),
    }  # fmt: skip
    return render(request, "staff_transition/worker.html", found | context)


@audience(*permissions.READERS)
def ledger(request: SignedIn, pk: int) -> HttpResponse:
    """工资台账: the months that the law asks for, what is registered of each, and the gaps; to be printed."""
    worker, today = _worker(request, pk), timezone.localdate()
    rows = {row.month: row for row in worker.wage_months.all()}
    kept = ledger_of(worker, rows.values(), worker.service_periods.all(), our_names(), today)
    context = {
        "worker": worker, "ledger": kept, "months": [(each, rows.get(each.month)) for each in kept.months] if kept else (),
        "articles": ledger_articles(worker.is_rural), "college": College.current(),
        "can_edit": permissions.may_edit(request.user, worker) and _is_open(worker), "may_export": permissions.may_import(request.user),
    }  # fmt: skip
    return render(request, "staff_transition/ledger.html", context)


def _scans(worker: Worker) -> Any:
    """Every signed sheet of the worker, the newest first."""
    signed = Confirmation.objects.filter(settlement__worker=worker, scan__isnull=False)
    return signed.select_related("settlement").order_by("-settlement__number")


@audience(*permissions.EDITORS)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change the facts of a worker, with the reason; the later of two saves is told and keeps its text."""
    worker = _worker(request, pk)
    roster = getattr(worker.service, "roster", None)
    is_locked = bool(roster and roster.is_locked) and not worker.is_reopened
    if request.method == "POST" and "locked" not in request.POST:
        is_locked = False  # opened before the lock: what was typed is refused in words, never dropped
    form = WorkerForm(request.POST or None, instance=worker, user=request.user, is_locked=is_locked)
    if form.is_valid():
        stored = Worker.objects.get(pk=pk)  # the form has put its values into its own instance
        with form.refusals():
            data = form.cleaned_data
            actions.change_worker(
                stored, form.changes, by=request.user, reason=data["reason"], revision=data["revision"]
            )
            messages.success(request, f"{stored.name}的资料已保存。")
            return redirect(worker)
    return render(
        request, "staff_transition/worker_edit.html", {"worker": worker, "form": form, "is_locked": is_locked}
    )


@require_POST
@audience(*permissions.REVEALERS)
def reveal(request: SignedIn, pk: int) -> HttpResponse:
    """One number in full, with the reason, written down."""
    worker = _worker(request, pk)
    form = RevealForm(request.user, request.POST)
    number = ""
    if form.is_valid():
        data, address = form.cleaned_data, address_of(request)
        number = (
            actions.reveal(worker, data["field"], by=request.user, reason=data["reason"], address=address) or "没有登记"
        )
    if request.headers.get("HX-Request"):
        return render(
            request, "staff_transition/parts/reveal.html", {"worker": worker, "form": form, "revealed": number}
        )
    return _worker_page(request, worker, form, number)


FACTS: dict[str, tuple[Any, Any, str]] = {
    "protected": (ProtectedCondition, ProtectedConditionForm, "受保护情形"),
    "period": (ServicePeriod, ServicePeriodForm, "工作经历"),
    "wage": (WageMonth, WageMonthForm, "逐月工资"),
    "insurance": (InsurancePeriod, InsurancePeriodForm, "社保记录"),
    "leave": (LeaveYear, LeaveYearForm, "年休假"),
    "contract": (ContractTerm, ContractTermForm, "劳动合同"),
    "offer": (Offer, OfferForm, "书面要约"),
}


@audience(*permissions.EDITORS)
def add_fact(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """Register one of the facts that are rows of their own."""
    worker = _worker(request, pk)
    model, form_class, title = FACTS[kind]
    form = form_class(request.POST or None, instance=model(worker=worker))
    if form.is_valid():
        with form.refusals():
            reason = form.cleaned_data["reason"]
            once(request.POST, lambda: actions.add_fact(form.instance, by=request.user, reason=reason))
            messages.success(request, f"{title}已登记。")
            return redirect(worker)
    return render(request, "staff_transition/fact.html", {"worker": worker, "form": form, "title": f"登记{title}"})


@audience(*permissions.EDITORS)
def change_fact(request: SignedIn, pk: int, kind: str, fact: int) -> HttpResponse:
    worker = _worker(request, pk)
    model, form_class, title = FACTS[kind]
    row = get_object_or_404(model, pk=fact, worker=worker)
    form = form_class(request.POST or None, instance=row)
    if form.is_valid():
        with form.refusals():
            data = form.cleaned_data
            actions.change_fact(
                form.instance,
                by=request.user,
                reason=data["reason"],
                fields=form.Meta.fields,
                revision=data["revision"],
            )
            messages.success(request, f"{title}已修改。")
            return redirect(worker)
    context = {"worker": worker, "form": form, "title": f"修改{title}", "fact": row, "kind": kind}
    return render(request, "staff_transition/fact.html", context)


@audience(*permissions.EDITORS)
def remove_fact(request: SignedIn, pk: int, kind: str, fact: int) -> HttpResponse:
    """Take back a fact entered by mistake; history keeps it."""
    worker = _worker(request, pk)
    model, _form_class, title = FACTS[kind]
    row = get_object_or_404(model, pk=fact, worker=worker)
    form = RemovalForm(request.POST or None, initial={"revision": version_of(row)})
    if form.is_valid():
        with form.refusals():
            actions.remove_fact(row, by=request.user, **form.cleaned_data)
            messages.success(request, f"{title}已删除，经过里仍可查。")
            return redirect(worker)
    context = {"worker": worker, "form": form, "title": f"删除{title}：{row}"}
    return render(request, "staff_transition/fact.html", context)


@audience(*permissions.EXPORTERS)
def export(request: SignedIn) -> HttpResponse:
    """The filtered list as a workbook in the shape of the roster; masked unless HR asks for it in full."""
    found = WorkerFilter(request.GET, request.user).workers()
    form = ExportForm(request.POST or None)
    if not permissions.may_reveal(request.user, "id_number"):
        del form.fields["is_full"]
    if form.is_valid():
        with form.refusals():
            if not found.exists():
                raise NobodySelected
            return _exported(request, found, bool(form.cleaned_data.get("is_full")), form.cleaned_data["reason"])
    context = {"form": form, "count": found.count(), "query": request.GET.urlencode()}
    return render(request, "staff_transition/export.html", context)


def _exported(request: SignedIn, found: Any, is_full: bool, reason: str) -> HttpResponse:
    content = worker_export(found, is_full=is_full, by=request.user)
    subject = f"外聘员工名单 {found.count()} 人（{'完整号码' if is_full else '号码已遮挡'}）"
    address = address_of(request)
    AccessRecord.write(AccessRecord.Kind.EXPORT, request.user, subject, reason=reason, address=address)
    return attachment(content, f"外聘员工名单{timezone.localdate():%Y%m%d}.xlsx", MEDIA_TYPE)
