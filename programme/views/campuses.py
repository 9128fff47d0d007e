"""Campuses and their districts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.audience import SignedIn, audience
from programme import permissions
from programme.actions.services import save_campus
from programme.forms import CampusForm
from programme.models import Campus


@audience(*permissions.CAMPUS_KEEPERS)
def campuses(request: SignedIn) -> HttpResponse:
    """All campuses, and a form for one more."""
    return _edit(request, Campus())


@audience(*permissions.CAMPUS_KEEPERS)
def campus(request: SignedIn, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Campus, pk=pk))


def _edit(request: SignedIn, one: Campus) -> HttpResponse:
    form = CampusForm(request.POST or None, instance=one)
    if form.is_valid():
        with form.refusals():
            save_campus(form.save(commit=False), by=request.user)
            messages.success(request, f"“{one.name}”已保存。")
            return redirect("programme:campuses")
    return render(request, "programme/campuses.html", {"campuses": Campus.objects.all(), "form": form, "campus": one})
