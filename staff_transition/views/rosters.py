"""The rosters of the services: what is complete, what holds them back, locked or open; and the errors still to be mended."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.audience import SignedIn, audience
from common.forms import ReasonForm
from common.requests import whole_number
from programme.models import Service
from staff_transition import permissions
from staff_transition.actions import rosters as actions
from staff_transition.forms.people import LockForm
from staff_transition.history import lock_events
from staff_transition.models import RosterIssue, Worker
from staff_transition.payable import said_of_double

PER_PAGE = 50


@audience(*permissions.READERS)
def rosters(request: SignedIn) -> HttpResponse:
    """One line a service: people, what is missing, open errors, locked by whom."""
    here = Q(workers__left_on=None)
    services = (
        Service.objects.visible_to(request.user).select_related("category", "roster__locked_by")
        .annotate(
            people=Count("workers", filter=here), unclassified=Count("workers", filter=here & Q(workers__category="")),
            undecided=Count("workers", filter=here & Q(workers__disposition=None)),
            reopened=Count("workers", filter=here & Q(workers__is_reopened=True)),
        )
        .filter(people__gt=0)
    )  # fmt: skip
    issues = RosterIssue.objects.visible_to(request.user).open().order_by()
    open_issues = dict(issues.values_list("service").annotate(Count("pk")))
    lines = [(service, open_issues.get(service.pk, 0)) for service in services]
    log = Paginator(lock_events(service.pk for service in services), PER_PAGE).get_page(request.GET.get("log"))
    context = {
        "lines": lines, "unplaced": open_issues.get(None, 0), "may_lock": permissions.may_lock(request.user), "timeline": log,
    }  # fmt: skip
    return render(request, "staff_transition/rosters.html", context)


@audience(*permissions.LOCKERS)
def lock(request: SignedIn, pk: int) -> HttpResponse:
    """Freeze; what is in doubt is listed first and must have been looked at."""
    service = get_object_or_404(Service.objects.visible_to(request.user), pk=pk)
    form = LockForm(actions.doubts_before_lock(service), request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.lock_roster(service, by=request.user, reason=form.reason_kept)
            messages.success(request, f"“{service}”已锁定，人员数据不再变动。")
            return redirect("staff:rosters")
    context = {
        "service": service,
        "form": form,
        "title": "锁定花名册",
        "doubts": form.doubts,
        "twice": [(worker, said_of_double(paid)) for worker, paid in actions.paid_before(service.pk)],
    }
    return render(request, "staff_transition/roster_act.html", context)


@audience(*permissions.LOCKERS)
def unlock(request: SignedIn, pk: int) -> HttpResponse:
    service = get_object_or_404(Service.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.unlock_roster(service, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"“{service}”已解锁，人员数据可以修改。")
            return redirect("staff:rosters")
    return render(
        request, "staff_transition/roster_act.html", {"service": service, "form": form, "title": "解锁花名册"}
    )


@audience(*permissions.LOCKERS)
def reopen(request: SignedIn, pk: int) -> HttpResponse:
    """One person of a locked roster, while the others stay locked."""
    return _alone(request, pk, actions.reopen_worker, "单独解锁", "已单独解锁，可以修改；改好后请单独锁定，才能付款。")


@audience(*permissions.LOCKERS)
def relock(request: SignedIn, pk: int) -> HttpResponse:
    return _alone(request, pk, actions.relock_worker, "单独锁定", "已单独锁定。")


def _alone(request: SignedIn, pk: int, act: Callable[..., Worker], title: str, done: str) -> HttpResponse:
    worker = get_object_or_404(Worker.objects.visible_to(request.user).select_related("service"), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            act(worker, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"{worker}{done}")
            return redirect(worker)
    context = {"worker": worker, "service": worker.service, "form": form, "title": title}
    return render(request, "staff_transition/roster_act.html", context)


@audience(*permissions.READERS)
def issues(request: SignedIn) -> HttpResponse:
    """待改正: errors of rows that were left out, open first."""
    found = RosterIssue.objects.visible_to(request.user).select_related("service", "roster_import__file", "resolved_by")
    shows_closed = request.GET.get("closed") == "1"
    found = found.exclude(resolved_at=None) if shows_closed else found.open()
    if service := whole_number(request.GET.get("service")):
        found = found.filter(service=service)
    page = Paginator(found.defer("roster_import__reading"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "shows_closed": shows_closed, "may_edit": request.user.has_role(*permissions.EDITORS)}
    return render(request, "staff_transition/issues.html", context)


@audience(*permissions.EDITORS)
def resolve(request: SignedIn, pk: int) -> HttpResponse:
    """Close an error by hand, saying how."""
    issue = get_object_or_404(RosterIssue.objects.visible_to(request.user).defer("roster_import__reading"), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.resolve_issue(issue, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, "已记为解决。")
            return redirect("staff:issues")
    return render(request, "staff_transition/issue_resolve.html", {"issue": issue, "form": form})
