"""参数与依据: the dated figures, which district takes which tier, the working-day calendar, the articles."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import STAFF, SignedIn, audience
from accounts.models import Role
from law import actions
from law.articles import ARTICLES
from law.forms import DaysForm, ParameterForm, TierForm
from law.models import Parameter, PlaceTier, SpecialDay
from law.parameters import KEYS


@audience(*STAFF)
def parameters(request: SignedIn) -> HttpResponse:
    """Every figure with its place, days and source; what has no value is said."""
    found: dict[str, list[Parameter]] = {key: [] for key in KEYS}
    for row in Parameter.objects.filter(key__in=KEYS).order_by("key", "place", "-since"):
        found[row.key].append(row)
    years = (
        SpecialDay.objects.annotate(year=ExtractYear("day"))
        .values("year")
        .annotate(count=Count("day"))
        .order_by("-year")
    )
    context = {
        "groups": [(key, KEYS[key], rows) for key, rows in found.items()], "tiers": PlaceTier.objects.all(), "years": years,
        "may_keep": actions.may_keep(request.user), "may_confirm": actions.may_confirm(request.user),
    }  # fmt: skip
    return render(request, "law/parameters.html", context)


@audience(*STAFF)
def articles(request: SignedIn) -> HttpResponse:
    """Every article that the program cites, with its wording and how far it was checked."""
    laws: dict[str, list[Any]] = {}
    for each in ARTICLES.values():
        laws.setdefault(each.law, []).append(each)
    return render(request, "law/articles.html", {"laws": laws})


@audience(Role.ADMIN)
def parameter_add(request: SignedIn) -> HttpResponse:
    return _edit(
        request,
        ParameterForm(request.POST or None, initial={"key": request.GET.get("key", "")}),
        actions.save_parameter,
        "录入参数",
    )


@audience(Role.ADMIN)
def parameter(request: SignedIn, pk: int) -> HttpResponse:
    one = get_object_or_404(Parameter, pk=pk)
    return _edit(request, ParameterForm(request.POST or None, instance=one), actions.save_parameter, "改正参数")


@require_POST
@audience(Role.ADMIN, Role.HR)
def parameter_confirm(request: SignedIn, pk: int) -> HttpResponse:
    """The second pair of eyes on a value that jumps."""
    actions.confirm_parameter(get_object_or_404(Parameter, pk=pk), by=request.user)
    messages.success(request, "已复核，从现在起使用。已经冻结的结果不变。")
    return redirect("law:parameters")


@audience(Role.ADMIN)
def tier_add(request: SignedIn) -> HttpResponse:
    return _edit(request, TierForm(request.POST or None), actions.save_tier, "选定区县的档次")


@audience(Role.ADMIN)
def tier(request: SignedIn, pk: int) -> HttpResponse:
    return _edit(
        request,
        TierForm(request.POST or None, instance=get_object_or_404(PlaceTier, pk=pk)),
        actions.save_tier,
        "改正档次",
    )


def _edit(request: SignedIn, form: Any, save: Any, title: str) -> HttpResponse:
    if form.is_valid():
        with form.refusals():
            saved = save(form.save(commit=False), by=request.user)
            if getattr(saved, "is_pending", False):
                messages.warning(request, "这个数与前一个相差较大，先不使用；请另一位系统管理员或人事处对照文件复核。")
            else:
                messages.success(request, "已保存。已经冻结的结果不变，没有冻结的按新值算。")
            return redirect("law:parameters")
    return render(request, "law/edit.html", {"form": form, "title": title})


@audience(Role.ADMIN)
def calendar(request: SignedIn) -> HttpResponse:
    """Enter the State Council's arrangement of a year."""
    form = DaysForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            count = actions.set_days(form.cleaned_data["text"], by=request.user)
            messages.success(request, f"已录入 {count} 天。")
            return redirect("law:parameters")
    return render(request, "law/edit.html", {"form": form, "title": "放假和调休"})
