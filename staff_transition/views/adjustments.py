"""Lines added by hand on a worker's settlement: entering, the second pair of eyes, taking back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import SignedIn, audience
from common.forms import ReasonForm
from common.once import once
from staff_transition import permissions
from staff_transition.actions import adjustments as actions
from staff_transition.forms.people import AdjustmentForm
from staff_transition.models import Adjustment, Worker


def _adjustment(request: SignedIn, pk: int) -> Adjustment:
    mine = Adjustment.objects.filter(worker__in=Worker.objects.visible_to(request.user))
    return get_object_or_404(mine.select_related("worker"), pk=pk)


@audience(*permissions.EDITORS)
def add(request: SignedIn, pk: int) -> HttpResponse:
    """One more line for this person; it counts after a second person confirmed it."""
    worker = get_object_or_404(Worker.objects.visible_to(request.user), pk=pk)
    form = AdjustmentForm(request.POST or None, instance=Adjustment(worker=worker))
    if form.is_valid():
        with form.refusals():
            once(request.POST, lambda: actions.add_adjustment(form.instance, by=request.user))
            messages.success(request, "已登记，请人事处另一位同事复核后计入合计。")
            return redirect(worker)
    context = {"worker": worker, "form": form, "title": "登记更正与另行支付"}
    return render(request, "staff_transition/fact.html", context)


@require_POST
@audience(*permissions.LOCKERS)
def confirm(request: SignedIn, pk: int) -> HttpResponse:
    """The second pair of eyes."""
    adjustment = actions.confirm_adjustment(_adjustment(request, pk), by=request.user)
    is_more = adjustment.supplement is not None
    done = "已作补充结算，可以进下一批付款" if is_more else "计入合计"
    messages.success(request, f"{adjustment}已复核，{done}。")
    return redirect(adjustment.worker)


@audience(*permissions.EDITORS)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take the line back, saying why; it stays on record."""
    adjustment = _adjustment(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.withdraw_adjustment(adjustment, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"{adjustment}已撤销。")
            return redirect(adjustment.worker)
    context = {"worker": adjustment.worker, "form": form, "title": f"撤销{adjustment}"}
    return render(request, "staff_transition/fact.html", context)
