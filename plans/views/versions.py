"""A frozen version, and the difference between two."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.audience import SignedIn, audience
from approvals.models import Act, Flow
from approvals.rules.flow import Kind
from common.requests import whole_number
from plans import permissions
from plans.actions import KIND
from plans.incomplete import left_out
from plans.models import OutsourcingPlan, PlanVersion
from plans.rules.difference import difference


def _versions(request: SignedIn, pk: int) -> tuple[OutsourcingPlan, list[PlanVersion]]:
    plan = get_object_or_404(OutsourcingPlan.objects.visible_to(request.user).select_related("service"), pk=pk)
    return plan, list(plan.versions.select_related("by").defer("content"))


@audience(*permissions.READERS)
def version(request: SignedIn, pk: int, number: int) -> HttpResponse:
    """What was submitted, word for word and figure for figure."""
    plan, versions = _versions(request, pk)
    one = get_object_or_404(plan.versions.select_related("by"), number=number)
    flow = Flow.objects.filter(kind=KIND, object_id=plan.pk, version=number).first()
    context = {
        "plan": plan, "version": one, "content": one.content, "versions": versions, "flow": flow,
        "left_out": left_out(one.content["people"]),
    }  # fmt: skip
    return render(request, "plans/version.html", context)


@audience(*permissions.READERS)
def diff(request: SignedIn, pk: int) -> HttpResponse:
    """?old=1&new=2: numbers first, then words, then why."""
    plan, versions = _versions(request, pk)
    numbers = {version.number for version in versions}
    if len(numbers) < 2:
        return render(request, "plans/diff.html", {"plan": plan, "versions": versions})
    newest = max(numbers)
    old, new = (_chosen(request, name, preset, numbers) for name, preset in (("old", newest - 1), ("new", newest)))
    before, after = (plan.versions.select_related("by").get(number=number) for number in (old, new))
    returns = Act.objects.filter(
        flow__kind=KIND, flow__object_id=plan.pk, kind=Kind.RETURN, flow__version__gte=old, flow__version__lt=new
    )
    context = {
        "plan": plan, "versions": versions, "old": before, "new": after, "change": difference(before.content, after.content),
        "returns": returns.select_related("by__unit"),
    }  # fmt: skip
    return render(request, "plans/diff.html", context)


def _chosen(request: SignedIn, name: str, preset: int, numbers: set[int]) -> int:
    given = request.GET.get(name, "")
    number = whole_number(given) if given else preset
    if number not in numbers:
        raise Http404
    return number
