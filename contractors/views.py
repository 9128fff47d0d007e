"""承包商与合同: the register, the contracts by their last day, and what a contractor's own person sees."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.audience import SignedIn, audience
from accounts.models import Role
from common.downloads import attachment
from common.requests import whole_number
from common.uploads import EVIDENCE_KINDS, check_upload
from contractors import actions, permissions
from contractors.forms import ContactFormSet, ContractForm, ContractorForm, QualificationFormSet
from contractors.models import SOON, Contract, Contractor, Qualification
from law.articles.labour_contract import LCL_92
from law.articles.regulations import DISPATCH_27
from programme.forms import changed_rows

PER_PAGE = 50
SHOWN = 10  # things to do beside the list


@audience(*permissions.READERS)
def contracts(request: SignedIn) -> HttpResponse:
    """Running contracts, the first to end on top; ended ones on request; what needs doing beside them."""
    today = timezone.localdate()
    found = Contract.objects.visible_to(request.user).select_related("service", "contractor")
    shows_ended = request.GET.get("ended") == "1"
    over = Q(ended_on__isnull=False) | Q(last_day__lt=today)
    found = found.filter(over) if shows_ended else found.exclude(over)
    if service := whole_number(request.GET.get("service")):
        found = found.filter(service=service)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "shows_ended": shows_ended,
        "ending": Contract.objects.visible_to(request.user).ending_within(SOON, today)
        .filter(last_day__gte=today).select_related("service", "contractor")[:SHOWN],
        "expiring": Qualification.objects.filter(valid_to__lte=today + SOON).select_related("contractor")[:SHOWN],
        "may_keep": permissions.may_keep(request.user),
    }  # fmt: skip
    return render(request, "contractors/contracts.html", context)


@audience(*permissions.READERS)
def contractors(request: SignedIn) -> HttpResponse:
    """The register of companies."""
    running = Q(contracts__ended_on=None, contracts__last_day__gte=timezone.localdate())
    found = (
        Contractor.objects.visible_to(request.user)
        .annotate(running=Count("contracts", filter=running))
        .order_by("name")
    )
    if words := request.GET.get("q", "").strip():
        found = found.filter(Q(name__icontains=words) | Q(uscc__startswith=words.upper()))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "contractors/contractors.html", {"page": page, "may_keep": permissions.may_keep(request.user)}
    )


@audience(*permissions.READERS)
def contractor(request: SignedIn, pk: int) -> HttpResponse:
    """One company: contacts, qualifications with their last days, contracts."""
    one = get_object_or_404(Contractor.objects.visible_to(request.user), pk=pk)
    context = {
        "contractor": one, "contacts": one.contacts.select_related("user"), "qualifications": one.qualifications.all(),
        "contracts": one.contracts.select_related("service"), "may_keep": permissions.may_keep(request.user),
        "soon": timezone.localdate() + timedelta(days=30),
    }  # fmt: skip
    return render(request, "contractors/contractor.html", context)


@audience(*permissions.READERS)
def contract(request: SignedIn, pk: int) -> HttpResponse:
    """One contract."""
    found = Contract.objects.visible_to(request.user).select_related("service", "contractor", "file")
    one = get_object_or_404(found, pk=pk)
    context = {
        "contract": one, "history": one.history.select_related("history_user")[:12],
        "articles": (DISPATCH_27, LCL_92) if one.directed else (),
    }  # fmt: skip
    return render(request, "contractors/contract.html", context | {"may_keep": permissions.may_keep(request.user)})


@audience(*permissions.READERS, Role.CONTRACTOR)
def contract_file(request: SignedIn, pk: int) -> HttpResponse:
    """The text of a contract that the person may see."""
    one = get_object_or_404(Contract.objects.visible_to(request.user).select_related("file"), pk=pk)
    if one.file is None:
        raise Http404
    return attachment(one.file.read(), one.file.name, one.file.media_type)


@audience(*permissions.KEEPERS)
def contractor_add(request: SignedIn) -> HttpResponse:
    return _edit_contractor(request, Contractor())


@audience(*permissions.KEEPERS)
def contractor_edit(request: SignedIn, pk: int) -> HttpResponse:
    return _edit_contractor(request, get_object_or_404(Contractor.objects.visible_to(request.user), pk=pk))


def _edit_contractor(request: SignedIn, one: Contractor) -> HttpResponse:
    sent = request.POST or None
    form = ContractorForm(sent, instance=one)
    contacts = ContactFormSet(sent, instance=one, prefix="contacts")
    qualifications = QualificationFormSet(sent, instance=one, prefix="qualifications")
    if request.method == "POST" and all([form.is_valid(), contacts.is_valid(), qualifications.is_valid()]):
        with form.refusals():
            rows = changed_rows(contacts, qualifications)
            reason = "修改承包商" if one.pk else "登记承包商"
            saved = actions.save_contractor(form.save(commit=False), rows, by=request.user, reason=reason)
            messages.success(request, f"“{saved}”已保存。")
            return redirect(saved)
    context = {"contractor": one, "form": form, "contacts": contacts, "qualifications": qualifications}
    return render(request, "contractors/contractor_edit.html", context)


@audience(*permissions.KEEPERS)
def contract_add(request: SignedIn) -> HttpResponse:
    return _edit_contract(request, Contract())


@audience(*permissions.KEEPERS)
def contract_edit(request: SignedIn, pk: int) -> HttpResponse:
    return _edit_contract(request, get_object_or_404(Contract.objects.visible_to(request.user), pk=pk))


def _edit_contract(request: SignedIn, one: Contract) -> HttpResponse:
    form = ContractForm(request.POST or None, request.FILES or None, instance=one, user=request.user)
    if form.is_valid():
        with form.refusals():
            revision = form.cleaned_data["revision"] if one.pk else None
            reason = "修改合同" if one.pk else "登记合同"
            saved = actions.save_contract(
                form.save(commit=False), by=request.user, reason=reason, revision=revision, upload=_checked(form)
            )
            messages.success(request, f"“{saved}”已保存。")
            return redirect(saved)
    return render(request, "contractors/contract_edit.html", {"contract": one, "form": form})


def _checked(form: ContractForm) -> tuple[str, str, bytes] | None:
    upload: Any = form.cleaned_data.get("upload")
    return (upload.name, *check_upload(upload, EVIDENCE_KINDS)) if upload else None


@audience(Role.CONTRACTOR)
def mine(request: SignedIn) -> HttpResponse:
    """A contractor's own person: the own company's contracts and nothing else."""
    found = Contract.objects.visible_to(request.user).select_related("service", "contractor")
    return render(request, "contractors/mine.html", {"contracts": found})
