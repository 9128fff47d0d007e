"""Saying what becomes of one worker, of the selected, or of all that a filter means."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.audience import SignedIn, audience
from common.requests import whole_number
from staff_transition import permissions
from staff_transition.actions.dispositions import revision_of, set_dispositions
from staff_transition.forms.people import DispositionForm
from staff_transition.grounds import MEANINGS
from staff_transition.listing import WorkerFilter
from staff_transition.models import Disposition, DispositionKind, Worker
from staff_transition.models.workers import WorkerQuerySet

NAMED = 12  # people named above the form


@audience(*permissions.EDITORS)
def dispositions(request: SignedIn) -> HttpResponse:
    """`id=…` for the selected, `all=1` with the list's own filters for everybody they mean."""
    chosen = _chosen(request)
    people = list(chosen.defer("id_number", "phone", "bank_account")[: NAMED + 1])
    form = DispositionForm(request.POST) if request.method == "POST" else _filled(people, chosen)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            data = form.cleaned_data
            count = set_dispositions(
                chosen.values_list("pk", flat=True), data["kind"], by=request.user, last_day=data["last_day"],
                note=data["note"], ground=data["ground"],
                forced_reason=data["forced_reason"], expected=_expected(request),
                revision=data["revision"],
            )  # fmt: skip
            messages.success(request, f"已设定 {count} 人的去向：{DispositionKind(data['kind']).label}。")
            return redirect(_back(request))
    context = {
        "form": form, "count": chosen.count(), "people": people[:NAMED], "has_more": len(people) > NAMED,
        "now": Disposition.objects.filter(worker=people[0]).select_related("set_by").first() if len(people) == 1 else None,
        "query": request.GET.urlencode(), "back": _back(request),
        "options": [(value, label, MEANINGS[value]) for value, label in DispositionKind.choices],
    }  # fmt: skip
    return render(request, "staff_transition/dispositions.html", context)


def _chosen(request: SignedIn) -> WorkerQuerySet:
    if request.GET.get("all"):
        return WorkerFilter(request.GET, request.user).workers()
    keys = [key for text in request.GET.getlist("id") if (key := whole_number(text))]
    return Worker.objects.visible_to(request.user).live().filter(pk__in=keys)


def _expected(request: SignedIn) -> int | None:
    return whole_number(request.POST.get("expected"))


def _filled(people: list[Worker], chosen: WorkerQuerySet) -> DispositionForm:
    """One person: what is set already. Many: empty."""
    revision = revision_of(chosen.order_by().values_list("pk", flat=True))
    found = Disposition.objects.filter(worker=people[0]).first() if len(people) == 1 else None
    return DispositionForm.of(found, revision)


def _back(request: SignedIn) -> str:
    """The list the person came from, or the page of the one worker."""
    query: QueryDict | Any = request.GET.copy()
    keys = query.pop("id", [])
    query.pop("all", None)
    if len(keys) == 1 and query.get("from") == "worker" and (key := whole_number(keys[0])):
        return reverse("staff:worker", args=[key])
    query.pop("from", None)
    return f"{reverse('staff:workers')}?{query.urlencode()}"
