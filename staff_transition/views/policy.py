"""计算口径: the points that law or practice leaves open, what the college chose and why."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.audience import SignedIn, audience
from staff_transition import permissions
from staff_transition.actions.policies import choose as choose_option
from staff_transition.forms.people import PolicyForm
from staff_transition.models import Consultation, PolicyChoice
from staff_transition.rules.policy import SWITCHES


@audience(*permissions.READERS)
def policy(request: SignedIn) -> HttpResponse:
    """Every switch with its options, what holds here and where practice stands."""
    choices = {each.key: each for each in PolicyChoice.objects.select_related("set_by")}
    answered = list(Consultation.objects.visible_to(request.user).exclude(advice=""))
    lines = []
    for switch in SWITCHES.values():
        choice = choices.get(switch.key)
        option = choice.option if choice else switch.default
        advice = [each for each in answered if switch.key in each.switches]
        lines.append({"switch": switch, "choice": choice, "option": switch.options[option], "advice": advice})
    return render(
        request, "staff_transition/policy.html",
        {"lines": lines, "may_choose": permissions.may_choose_policy(request.user)},
    )  # fmt: skip


@audience(*permissions.LOCKERS)
def choose(request: SignedIn, key: str) -> HttpResponse:
    """Choose one switch, with the reason."""
    if key not in SWITCHES:
        raise Http404
    switch = SWITCHES[key]
    now = PolicyChoice.objects.filter(key=key).first()
    form = PolicyForm(switch, request.POST or None, initial={"option": now.option if now else switch.default})
    if form.is_valid():
        with form.refusals():
            choose_option(key, form.cleaned_data["option"], by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"已设定“{switch.question}”。没有冻结的测算从现在起按新口径。")
            return redirect("staff:policy")
    return render(request, "staff_transition/policy_choose.html", {"switch": switch, "form": form})
