"""调研与整改: evidence, what it showed, what is done about it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.audience import STAFF, SignedIn, audience
from common.downloads import attachment
from common.requests import whole_number
from common.uploads import EVIDENCE_KINDS, check_upload
from programme import permissions
from programme.actions import evidence as actions
from programme.forms import CloseForm, EvidenceForm, FindingForm, MeasureForm
from programme.models import Evidence, EvidenceFile, Finding, Measure

PER_PAGE = 50


@audience(*permissions.READERS)
def evidence_list(request: SignedIn) -> HttpResponse:
    """All evidence with its counts, and the measures that are open, the late ones first."""
    measures = Measure.objects.visible_to(request.user).select_related("owner", "finding__service")
    found = (
        Evidence.objects.visible_to(request.user)
        .annotate(
            finding_count=Count("findings", distinct=True),
            open_count=Count(
                "findings__measures", filter=Q(findings__measures__state=Measure.State.OPEN), distinct=True
            ),
        )
        .order_by("-held_from", "pk")
    )
    if service := whole_number(request.GET.get("service")):
        found = found.filter(services=service)
        measures = measures.filter(finding__service=service)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "measures": measures.open()[:PER_PAGE], "closed": measures.exclude(state=Measure.State.OPEN).count(),
        "may_add": request.user.has_role(*permissions.EDITORS), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "programme/evidence_list.html", context)


@audience(*permissions.READERS)
def evidence(request: SignedIn, pk: int) -> HttpResponse:
    """One evidence with its papers, findings and measures."""
    one = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("unit"), pk=pk)
    context = {
        "evidence": one, "files": one.files.select_related("file"), "services": one.services.all(),
        "findings": one.findings.select_related("service").prefetch_related("measures__owner"),
        "may_edit": permissions.may_edit_evidence(request.user, one),
    }  # fmt: skip
    return render(request, "programme/evidence.html", context)


@audience(*permissions.EDITORS)
def add(request: SignedIn) -> HttpResponse:
    return _edit(request, Evidence())


@audience(*permissions.EDITORS)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk))


def _edit(request: SignedIn, one: Evidence) -> HttpResponse:
    form = EvidenceForm(request.POST or None, request.FILES or None, instance=one, user=request.user)
    if form.is_valid():
        with form.refusals():
            reason = "修改调研" if one.pk else "登记调研"
            upload = _checked(form)
            saved = actions.save_evidence(
                form.save(commit=False), form.cleaned_data["services"], by=request.user, reason=reason, upload=upload
            )
            messages.success(request, f"“{saved}”已保存。")
            return redirect(saved)
    return render(request, "programme/evidence_edit.html", {"evidence": one, "form": form})


def _checked(form: EvidenceForm) -> tuple[str, str, bytes] | None:
    """The upload by its content. Raises NotReadable."""
    upload = form.cleaned_data.get("upload")
    return (upload.name, *check_upload(upload, EVIDENCE_KINDS)) if upload else None


@audience(*permissions.READERS)
def evidence_file(request: SignedIn, pk: int) -> HttpResponse:
    """A paper of an evidence that the person may see, as it was uploaded."""
    visible = Evidence.objects.visible_to(request.user)
    paper = get_object_or_404(EvidenceFile.objects.select_related("file").filter(evidence__in=visible), pk=pk)
    return attachment(paper.file.read(), paper.file.name, paper.file.media_type)


@audience(*permissions.EDITORS)
def add_finding(request: SignedIn, pk: int) -> HttpResponse:
    one = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    form = FindingForm(request.POST or None, instance=Finding(evidence=one), user=request.user)
    return _added(request, form, actions.add_finding, one, "登记发现")


@audience(*permissions.EDITORS)
def add_measure(request: SignedIn, pk: int) -> HttpResponse:
    visible = Evidence.objects.visible_to(request.user)
    finding = get_object_or_404(Finding.objects.select_related("evidence").filter(evidence__in=visible), pk=pk)
    form = MeasureForm(request.POST or None, instance=Measure(finding=finding))
    return _added(request, form, actions.add_measure, finding.evidence, "登记整改")


def _added(request: SignedIn, form: Any, action: Any, one: Evidence, title: str) -> HttpResponse:
    if form.is_valid():
        with form.refusals():
            action(form.save(commit=False), by=request.user)
            messages.success(request, f"已{title}。")
            return redirect(one)
    context = {"evidence": one, "form": form, "title": title, "areas": Finding.AREAS}
    return render(request, "programme/evidence_part.html", context)


@audience(*STAFF)
def close_measure(request: SignedIn, pk: int) -> HttpResponse:
    """Say what came of a measure: the person responsible, or the office."""
    mine = Q(finding__evidence__in=Evidence.objects.visible_to(request.user)) | Q(owner=request.user)
    measure = get_object_or_404(Measure.objects.filter(mine).select_related("finding__evidence", "owner"), pk=pk)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            data = form.cleaned_data
            actions.close_measure(
                measure, data["state"], by=request.user, result=data["result"], today=timezone.localdate()
            )
            messages.success(request, "已记下结果。")
            return redirect("programme:evidence-list" if request.user.has_role(*permissions.READERS) else "accounts:me")
    context = {"evidence": measure.finding.evidence, "measure": measure, "form": form, "title": "办结整改"}
    return render(request, "programme/evidence_part.html", context)
