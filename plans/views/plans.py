"""外包方案: the list, the plan as it stands, its sections and terms, submitting."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import SignedIn, audience
from approvals.models import Flow
from common.downloads import attachment
from common.refusals import DomainError
from common.requests import whole_number
from common.uploads import EVIDENCE_KINDS, check_upload
from plans import actions, permissions
from plans.chart import chart_of
from plans.content import Working
from plans.drafting import draft_of
from plans.errors import SectionIsStale
from plans.forms import AttachForm, SectionForm, SeenDraftForm, StartForm, SubmitForm, TermsForm
from plans.history import plan_events
from plans.models import OutsourcingPlan, PlanFile
from plans.papers import PAPERS
from plans.rules.comparison import words_of_months
from plans.rules.sections import BY_KEY, SECTIONS

PER_PAGE = 50


@audience(*permissions.READERS)
def plans(request: SignedIn) -> HttpResponse:
    """All plans with their state and price; a form to begin one."""
    found = OutsourcingPlan.objects.visible_to(request.user).select_related("service__category", "drafter")
    if service := whole_number(request.GET.get("service")):
        found = found.filter(service=service)
    if request.GET.get("state") in OutsourcingPlan.State.values:
        found = found.filter(state=request.GET["state"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    may_start = request.user.has_role(*permissions.EDITORS)
    form = StartForm(request.user) if may_start else None
    context = {"page": page, "states": OutsourcingPlan.State.choices, "form": form}
    return render(request, "plans/plans.html", context)


@audience(*permissions.EDITORS)
def start(request: SignedIn) -> HttpResponse:
    """Begin the plan of a service; who only opens the address, from a bookmark or after signing in again, is led to the list."""
    if request.method != "POST":
        return redirect("plans:plans")
    form = StartForm(request.user, request.POST)
    if not form.is_valid():
        messages.error(request, "请选一个还没有方案的服务项目。")
        return redirect("plans:plans")
    return redirect(actions.start_plan(form.cleaned_data["service"], by=request.user))


def _plan(request: SignedIn, pk: int) -> OutsourcingPlan:
    found = OutsourcingPlan.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("service__unit", "service__category", "drafter"), pk=pk)


@audience(*permissions.READERS)
def plan(request: SignedIn, pk: int) -> HttpResponse:
    """The plan as it stands: figures, sections, comparison, what is missing, versions, where it is."""
    one = _plan(request, pk)
    working = Working(one)
    may_edit = permissions.may_edit(request.user, one) and one.is_draft
    flows = Flow.objects.filter(kind=actions.KIND, object_id=one.pk).select_related("drafter")
    context = {
        "plan": one, "working": working, "missing": working.missing, "comparison": working.comparison,
        "chart": chart_of(working.comparison) if working.comparison else None, "may_edit": may_edit,
        "payback": words_of_months(working.comparison.payback_months) if working.comparison else "",
        "sections": [(each, working.texts.get(each.key, ""), working.moved.get(each.key)) for each in SECTIONS],
        "versions": one.versions.select_related("by").defer("content"), "flows": flows,
        "files": one.files.select_related("file"), "attach_form": AttachForm(),
        "papers": PAPERS, "may_make": permissions.may_edit(request.user, one),
        "timeline": plan_events(one, request.GET.get("log")),
    }  # fmt: skip
    return render(request, "plans/plan.html", context)


@audience(*permissions.EDITORS)
def terms(request: SignedIn, pk: int) -> HttpResponse:
    """Price, term, growth, method, funding: the figures of the comparison."""
    one = _plan(request, pk)
    form = TermsForm(request.POST or None, instance=one)
    if form.is_valid():
        with form.refusals():
            actions.save_terms(
                _plan(request, pk), form.changes, by=request.user, revision=form.cleaned_data["revision"]
            )
            messages.success(request, "已保存。")
            return redirect("plans:plan", pk)
    context = {"plan": one, "form": form, "proposal": Working(_plan(request, pk)).proposal}
    return render(request, "plans/terms.html", context)


@audience(*permissions.EDITORS)
def section(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """One section: typed, saved by itself, the later of two tabs told with both texts."""
    if key not in BY_KEY:
        raise Http404
    one = _plan(request, pk)
    held = get_object_or_404(one.sections.select_related("saved_by"), key=key)
    form = SectionForm(request.POST or None, initial={"text": held.text, "revision": held.revision})
    theirs = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_section(one, key, by=request.user, **form.cleaned_data)
            return redirect("plans:section", pk, request.POST.get("next") or key)
        except SectionIsStale as refusal:
            held.refresh_from_db()
            theirs = held.text
            form.add_error(None, refusal.text)
            form.data = {**request.POST.dict(), "revision": held.revision}
        except DomainError as refusal:
            form.add_error(None, refusal.text)
    return render(request, "plans/section.html", _section_page(one, key, held, form, theirs))


def _section_page(one: OutsourcingPlan, key: str, held: Any, form: SectionForm, theirs: str) -> dict[str, Any]:
    working = Working(one)
    keys = [each.key for each in SECTIONS]
    index = keys.index(key)
    lacking = {each.where for each in working.missing}
    today = draft_of(key, working)
    form.initial["draft"] = today
    is_offered = key in working.moved or not working.texts.get(key, "").strip()
    return {
        "plan": one, "section": BY_KEY[key], "held": held, "form": form, "theirs": theirs, "working": working,
        "toc": [(each, bool(working.texts.get(each.key, "").strip()), each.key in lacking) for each in SECTIONS],
        "previous": keys[index - 1] if index else "", "next": keys[index + 1] if index + 1 < len(keys) else "",
        "draft": today if is_offered else "", "moved": working.moved.get(key), "missing": working.missing,
        "keep_form": SeenDraftForm(initial={"revision": held.revision, "draft": today}, auto_id=False),
        "comparison": working.comparison if key == "comparison" else None,
        "chart": chart_of(working.comparison) if key == "comparison" and working.comparison else None,
    }  # fmt: skip


@require_POST
@audience(*permissions.EDITORS)
def keep(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """The figures of a section were checked and stand, although the data has others now."""
    one = _plan(request, pk)
    form = SeenDraftForm(request.POST)
    if key not in BY_KEY or not form.is_valid():
        raise Http404
    actions.keep_figures(one, key, by=request.user, **form.cleaned_data)
    messages.success(request, "已记下：核对过，照写。")
    return redirect("plans:section", pk, key)


@require_POST
@audience(*permissions.EDITORS)
def autosave(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """What the editor sends while one types. 200 {revision}; 409 with the other text; 422 with words."""
    one = _plan(request, pk)
    form = SectionForm(request.POST)
    if key not in BY_KEY or not form.is_valid():
        return JsonResponse({"message": "内容太长或者不完整，没有保存。"}, status=422)
    try:
        saved = actions.save_section(one, key, by=request.user, **form.cleaned_data)
    except SectionIsStale as refusal:
        theirs = one.sections.get(key=key)
        answer = {"message": refusal.text, "theirs": theirs.text, "revision": theirs.revision}
        return JsonResponse(answer, status=409)
    except DomainError as refusal:
        return JsonResponse({"message": refusal.text}, status=422)
    return JsonResponse({"revision": saved.revision})


@require_POST
@audience(*permissions.EDITORS)
def attach(request: SignedIn, pk: int) -> HttpResponse:
    one = _plan(request, pk)
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["upload"]
        try:
            kind, content = check_upload(upload, EVIDENCE_KINDS)
            actions.attach(one, (upload.name, kind, content), by=request.user)
            messages.success(request, "附件已加上。")
        except DomainError as refusal:
            messages.error(request, refusal.text)
    else:
        messages.error(request, "请选择要上传的文件。")
    return redirect(one)


@require_POST
@audience(*permissions.EDITORS)
def detach(request: SignedIn, pk: int, file: int) -> HttpResponse:
    one = _plan(request, pk)
    actions.detach(one, file, by=request.user)
    messages.success(request, "附件已去掉。")
    return redirect(one)


@audience(*permissions.READERS)
def plan_file(request: SignedIn, pk: int, file: int) -> HttpResponse:
    """An attachment of a plan that the person may see."""
    held = get_object_or_404(PlanFile.objects.select_related("file"), pk=file, plan=_plan(request, pk))
    return attachment(held.file.read(), held.file.name, held.file.media_type)


@audience(*permissions.EDITORS)
def submit(request: SignedIn, pk: int) -> HttpResponse:
    """Freeze the next version and send it on its way; what is missing is listed with links."""
    one = _plan(request, pk)
    form = SubmitForm(request.user, request.POST if request.method == "POST" else None)  # all of it may be left empty
    if form.is_valid():
        with form.refusals():
            data = form.cleaned_data
            version = actions.submit_plan(one, by=request.user, answer=data["answer"], copies=data["copies"])
            messages.success(request, f"V{version.number} 已冻结并提交审批。")
            return redirect(one)
    working = Working(one)
    context = {"plan": one, "form": form, "missing": working.missing, "working": working}
    return render(request, "plans/submit.html", context)
