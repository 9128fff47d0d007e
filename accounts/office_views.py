"""The admin's pages: first steps, the college, units, people, and who looked at personal data."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import actions, first_steps, setup
from accounts.audience import STRANGERS, SignedIn, audience
from accounts.forms import CollegeForm, PeopleForm, PersonForm, SetupForm, UnitForm
from accounts.menu import audience_of_name
from accounts.models import AccessRecord, College, Role, Unit, User
from common.refusals import DomainError

PER_PAGE = 50


@sensitive_post_parameters()
@audience(STRANGERS)
def setup_first(request: HttpRequest) -> HttpResponse:
    """The first admin of a new installation, with the setup code. Gone once somebody can sign in."""
    if not setup.is_needed():
        return redirect("accounts:sign-in")
    form = SetupForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        with form.refusals():
            person = actions.make_first_admin(
                data["college"], data["username"], data["name"], data["password"], code=data["code"]
            )
            login(request, person, backend="django.contrib.auth.backends.ModelBackend")
            return redirect("accounts:first-steps")
    return render(request, "accounts/setup.html", {"form": form})


@audience(Role.ADMIN)
def steps(request: SignedIn) -> HttpResponse:
    """What a new college sets up, in order; each step can be left and taken up again."""
    lines = []
    for step in first_steps.STEPS:
        allowed = audience_of_name(step.view_name)
        who = "、".join(Role(role).label for role in Role.values if role in allowed)
        lines.append((step, step.missing(), bool(request.user.roles & allowed), who))
    done = sum(not missing for _, missing, _, _ in lines)
    return render(request, "accounts/first_steps.html", {"lines": lines, "done": done})


@audience(Role.ADMIN)
def college(request: SignedIn) -> HttpResponse:
    form = CollegeForm(request.POST or None, instance=College.current() or College(pk=1))
    if form.is_valid():
        with form.refusals():
            actions.save_college(form.save(commit=False), by=request.user)
            messages.success(request, "学校资料已保存。")
            return redirect("accounts:first-steps")
    return render(request, "accounts/college.html", {"form": form})


@audience(Role.ADMIN)
def units(request: SignedIn) -> HttpResponse:
    """All units, and a form for one more."""
    return _edit_unit(request, Unit())


@audience(Role.ADMIN)
def unit(request: SignedIn, pk: int) -> HttpResponse:
    return _edit_unit(request, get_object_or_404(Unit, pk=pk))


def _edit_unit(request: SignedIn, one: Unit) -> HttpResponse:
    form = UnitForm(request.POST or None, instance=one)
    if form.is_valid():
        with form.refusals():
            actions.save_unit(form.save(commit=False), by=request.user)
            messages.success(request, f"“{one.name}”已保存。")
            return redirect("accounts:units")
    found = Unit.objects.annotate(count=Count("people", filter=Q(people__is_active=True)))
    return render(request, "accounts/units.html", {"form": form, "unit": one, "units": found.order_by("order", "name")})


@require_POST
@audience(Role.ADMIN)
def unit_remove(request: SignedIn, pk: int) -> HttpResponse:
    try:
        actions.remove_unit(get_object_or_404(Unit, pk=pk), by=request.user)
        messages.success(request, "部门已删除。")
    except DomainError as refusal:
        messages.error(request, refusal.text)
    return redirect("accounts:units")


@audience(Role.ADMIN)
def people(request: SignedIn) -> HttpResponse:
    """Everybody with unit and roles; those who left on request."""
    found = User.objects.select_related("unit").prefetch_related("role_holdings").order_by("unit__order", "name", "pk")
    found = found.filter(is_active=request.GET.get("left") != "1")
    if words := request.GET.get("q", "").strip():
        found = found.filter(Q(name__icontains=words) | Q(username__icontains=words))
    if request.GET.get("role") in Role.values:
        found = found.filter(role_holdings__role=request.GET["role"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page, "roles": Role.choices})


@audience(Role.ADMIN)
def person_add(request: SignedIn) -> HttpResponse:
    return _edit_person(request, User())


@audience(Role.ADMIN)
def person(request: SignedIn, pk: int) -> HttpResponse:
    return _edit_person(request, get_object_or_404(User, pk=pk))


def _edit_person(request: SignedIn, one: User) -> HttpResponse:
    form = PersonForm(request.POST or None, instance=one)
    if form.is_valid():
        with form.refusals():
            reason = "修改人员" if one.pk else "建立人员"
            password = actions.save_person(
                form.save(commit=False), form.cleaned_data["roles"], by=request.user, reason=reason
            )
            if password:
                return render(request, "accounts/passwords.html", {"made": [(one, password)]})
            messages.success(request, f"{one.name}的资料已保存。")
            return redirect("accounts:people")
    return render(request, "accounts/person.html", {"form": form, "person": one})


@audience(Role.ADMIN)
def people_paste(request: SignedIn) -> HttpResponse:
    """Many at once, pasted from a spreadsheet: looked through first, written together or not at all."""
    form = PeopleForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "columns": actions.COLUMNS}
    if form.is_valid():
        rows = actions.read_people(form.cleaned_data["text"])
        context["rows"] = rows
        context["is_good"] = bool(rows) and not any(row.error for row in rows)
        if context["is_good"] and request.POST.get("confirm"):
            with form.refusals():
                made = actions.add_people(rows, by=request.user)
                return render(request, "accounts/passwords.html", {"made": made})
    return render(request, "accounts/people_paste.html", context)


@require_POST
@audience(Role.ADMIN)
def person_password(request: SignedIn, pk: int) -> HttpResponse:
    """A new first password, shown once."""
    one = get_object_or_404(User, pk=pk)
    password = actions.reset_password(one, by=request.user)
    return render(request, "accounts/passwords.html", {"made": [(one, password)]})


@audience(Role.ADMIN, Role.HR, Role.REVIEWER)
def access_records(request: SignedIn) -> HttpResponse:
    """Who looked at or took away personal data, and every refused access; newest first."""
    found = AccessRecord.objects.select_related("user__unit")
    if request.GET.get("kind") in AccessRecord.Kind.values:
        found = found.filter(kind=request.GET["kind"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/access_records.html", {"page": page, "kinds": AccessRecord.Kind.choices})
