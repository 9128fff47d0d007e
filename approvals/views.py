"""待办, the decision page, the sheet to print."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.audience import STAFF, SignedIn, audience
from approvals import actions
from approvals.forms import PHRASES, DecisionForm, RejectionForm
from approvals.models import Act, Flow
from approvals.registry import KINDS
from approvals.rules.flow import Kind
from common.forms import ReasonForm
from common.refusals import DomainError

PER_PAGE = 50
BOXES = {"todo": "待办", "done": "已办", "mine": "我发起", "copied": "抄送我"}


@audience(*STAFF)
def inbox(request: SignedIn) -> HttpResponse:
    """Four boxes; what waits is grouped by when it is due."""
    box = request.GET.get("box", "todo")
    box = box if box in BOXES else "todo"
    found = _box(box, request.user)
    if words := request.GET.get("q", "").strip():
        found = found.filter(title__icontains=words)
    page = Paginator(found.select_related("drafter__unit"), PER_PAGE).get_page(request.GET.get("page"))
    waiting = Flow.objects.waiting_for(request.user).count()
    context = {
        "box": box, "boxes": BOXES, "page": page, "waiting": waiting, "kinds": KINDS,
        "groups": grouped(list(page), timezone.localdate()) if box == "todo" else [("", list(page))],
    }  # fmt: skip
    return render(request, "approvals/inbox.html", context)


def _box(box: str, user: Any) -> Any:
    flows = Flow.objects.all()
    if box == "done":
        own = Act.objects.filter(flow=OuterRef("pk"), by=user).exclude(kind=Kind.WITHDRAW).order_by("-sequence")
        acted = {"own_kind": Subquery(own.values("kind")[:1]), "own_at": Subquery(own.values("at")[:1])}
        return flows.filter(Exists(own)).annotate(**acted).order_by(F("own_at").desc())
    if box == "mine":
        return flows.filter(drafter=user)
    if box == "copied":
        return flows.filter(copies__person=user)
    return flows.waiting_for(user).order_by("due_on", "arrived_at")


def grouped(flows: list[Flow], today: date) -> list[tuple[str, list[Flow]]]:
    """已过期限, 本周内, 下周, 以后: only those that hold something."""
    sunday = today + timedelta(days=6 - today.weekday())
    groups: dict[str, list[Flow]] = {"已过期限": [], "本周内": [], "下周": [], "以后": []}
    for flow in flows:
        due = flow.due_on
        late, week = due is not None and due < today, due is not None and due <= sunday
        nearly = due is not None and due <= sunday + timedelta(days=7)
        groups["已过期限" if late else "本周内" if week else "下周" if nearly else "以后"].append(flow)
    return [(name, held) for name, held in groups.items() if held]


@audience(*STAFF)
def flow(request: SignedIn, pk: int) -> HttpResponse:
    """What, how much, what changed, who objects; below, the decision. Two taps from the inbox."""
    return _decision(request, pk, DecisionForm, "approvals/flow.html")


@audience(*STAFF)
def reject(request: SignedIn, pk: int) -> HttpResponse:
    """不同意，终止: it ends the plan for good, so it is asked on a page of its own."""
    return _decision(request, pk, RejectionForm, "approvals/reject.html")


def _decision(request: SignedIn, pk: int, form_class: type[DecisionForm], template: str) -> HttpResponse:
    one = _flow(request, pk)
    may_decide = Flow.objects.waiting_for(request.user).filter(pk=pk).exists()
    form = form_class(one, actions.place(one), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            act = actions.decide(one, form.decision, by=request.user)
            messages.success(request, f"已{act.get_kind_display()}：{one.title}。")
            return redirect("approvals:inbox")
        one = _flow(request, pk)
    may_approve = may_decide and one.is_running and Kind.APPROVE in form_class.kinds
    context = {
        "form": form,
        "may_decide": may_decide,
        "refusal": refusal_of(one, request.user) if may_approve else None,
    }
    return render(request, template, page_of(one, request.user) | context)


def refusal_of(one: Flow, user: Any) -> DomainError | None:
    """Why the present step cannot be approved as things stand: known before an opinion is written, not after."""
    try:
        actions.require_guard(one, user)
    except DomainError as refusal:
        return refusal
    return None


def page_of(one: Flow, user: Any) -> dict[str, Any]:
    """The flow with its record and picture, and what its subject shows of itself."""
    acts = list(one.acts.select_related("by__unit"))
    kind = KINDS[one.kind]
    return {
        "flow": one, "kind": kind, "acts": acts, "steps": picture(one, acts), "phrases": PHRASES,
        "reservations": [act for act in acts if act.has_reservation],
        "opinions": [act for act in reversed(acts) if act.kind != Kind.WITHDRAW],
        "subject_url": kind.url(one.object_id),
        "number": [step["key"] for step in one.steps].index(one.step) + 1 if one.step else len(one.steps),
        "earlier": Flow.objects.filter(kind=one.kind, object_id=one.object_id).exclude(pk=one.pk).order_by("-version"),
        **kind.context(one, user),
    }  # fmt: skip


def picture(one: Flow, acts: list[Act]) -> list[dict[str, Any]]:
    """Each step with its state: done, held (with reservation), now, to come; the newest act of the present course decides."""
    keys = [step["key"] for step in one.steps]
    reached = keys.index(one.step) if one.step else len(keys)
    latest = {act.step: act for act in acts if act.kind == Kind.APPROVE}
    if not one.is_running and acts and acts[-1].kind != Kind.APPROVE:
        reached = keys.index(acts[-1].step) if acts[-1].step in keys else 0
    steps = []
    for index, step in enumerate(one.steps):
        act = latest.get(step["key"]) if index < reached else None
        state = (
            ("held" if act.has_reservation else "done") if act else "now" if index == reached and one.is_running else ""
        )
        steps.append({"label": step["label"], "state": state, "act": act, "why": step.get("why", "")})
    return steps


@audience(*STAFF)
def sheet(request: SignedIn, pk: int) -> HttpResponse:
    """审批单: one page with the subject, the amounts and every opinion, to print."""
    one = _flow(request, pk)
    return render(request, "approvals/sheet.html", page_of(one, request.user))


@audience(*STAFF)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """The drafter takes it back, with the reason."""
    one = get_object_or_404(Flow.objects.filter(drafter=request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.withdraw(one, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"已撤回：{one.title}。")
            return redirect(one)
    return render(request, "approvals/withdraw.html", {"flow": one, "form": form})


def _flow(request: SignedIn, pk: int) -> Flow:
    return get_object_or_404(Flow.objects.visible_to(request.user).select_related("drafter__unit"), pk=pk)
