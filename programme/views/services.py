"""The board, the list and the page of a service; its forms."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.audience import SignedIn, audience
from common.downloads import attachment
from common.forms import ReasonForm
from common.xlsx import MEDIA_TYPE, Column, Sheet, workbook
from programme import permissions
from programme.actions import services as actions
from programme.board import filtered, lanes, scope_summaries
from programme.forms import CostFormSet, ScopeFormSet, ServiceForm, StageForm, changed_rows
from programme.models import Campus, Category, CostKind, Evidence, Measure, Service
from programme.registry import board as registry

PER_PAGE = 50
SORTS = {"name": "name", "stage": "stage", "cost": "yearly_cost", "category": "category__order"}
EVENTS = 12


def _services(request: SignedIn) -> Any:
    services = Service.objects.visible_to(request.user).select_related("category", "unit", "officer").with_cost()
    return filtered(services, request.GET, request.user)


def _choices() -> dict[str, Any]:
    return {"campuses": Campus.objects.all(), "categories": Category.objects.all()}


@audience(*permissions.READERS)
def board(request: SignedIn) -> HttpResponse:
    """A column per stage; what is late stands above."""
    found = lanes(_services(request), timezone.localdate())
    cards = [card for lane in found for card in lane.cards]
    today = timezone.localdate()
    late = [(card.service, line) for card in cards for line in card.lines if line.deadline and line.deadline < today]
    costs = [lane.cost for lane in found if lane.cost is not None]
    context = {
        "lanes": found, "late": late, "count": len(cards), "cost": sum(costs, Decimal(0)) if costs else None,
        "people": sum(card.people or 0 for card in cards), "may_add": request.user.has_role(*permissions.EDITORS),
    }  # fmt: skip
    return render(request, "programme/board.html", context | _choices())


@audience(*permissions.READERS)
def services(request: SignedIn) -> HttpResponse:
    """The same services as a table: sorted, paged, to take away as a workbook."""
    sort = request.GET.get("sort", "")
    key = SORTS.get(sort.removeprefix("-"), "category__order")
    found = _services(request).order_by(("-" if sort.startswith("-") else "") + key, "pk")
    if request.GET.get("file"):
        return attachment(_workbook(found), f"服务项目{timezone.localdate():%Y%m%d}.xlsx", MEDIA_TYPE)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    scopes = scope_summaries([service.pk for service in page])
    context = {"page": page, "rows": [(service, scopes.get(service.pk, "")) for service in page], "sort": sort}
    return render(request, "programme/services.html", context | _choices())


def _workbook(found: Any) -> bytes:
    heads = ("名称", "类别", "部门", "经办人", "现在的做法", "阶段")
    columns = [*(Column(head, width=16) for head in heads), Column("年费用（元）", "amount", 16)]
    rows = [
        (each.name, each.category.name, each.unit.name, each.officer.name if each.officer else "", each.get_mode_display(),
         each.get_stage_display(), each.yearly_cost)
        for each in found
    ]  # fmt: skip
    return workbook([Sheet("服务项目", columns, rows)])


@audience(*permissions.READERS)
def service(request: SignedIn, pk: int) -> HttpResponse:
    """One service: figures, scope, cost, evidence, what is next, what happened."""
    found = Service.objects.visible_to(request.user).select_related("category", "unit", "officer").with_cost()
    one = get_object_or_404(found, pk=pk)
    late = Measure.objects.visible_to(request.user).open().filter(finding__service=one, due_on__lt=timezone.localdate())
    context = {
        "service": one, "pivot": pivot(one), "costs": costs(one), "late": late.select_related("owner"),
        "evidence": Evidence.objects.visible_to(request.user).filter(services=one)[:5],
        "panels": [(panel.label, panel.url(one), panel.count(one)) for panel in registry.panels],
        "lines": [line for source in registry.lines if (line := source([one.pk]).get(one.pk)) and line.next_step],
        "history": one.history.select_related("history_user")[:EVENTS],
        "may_edit": permissions.may_edit(request.user, one),
    }  # fmt: skip
    return render(request, "programme/service.html", context)


def pivot(one: Service) -> dict[str, Any]:
    """Scope as content × campus with sums: one query."""
    items = list(one.scope_items.select_related("campus"))
    campuses = sorted({item.campus for item in items}, key=lambda campus: (campus.order, campus.name))
    rows: dict[tuple[str, str], dict[int, Decimal]] = {}
    for item in items:
        rows.setdefault((item.content, item.unit), {})[item.campus_id] = item.quantity
    lines = [
        (content, unit, [found.get(campus.pk) for campus in campuses], sum(found.values(), Decimal(0)))
        for (content, unit), found in rows.items()
    ]
    return {"campuses": campuses, "lines": lines}


def costs(one: Service) -> list[tuple[int, list[Any], Decimal]]:
    """Cost items by year, newest first, with the sum of each year: one query."""
    years: dict[int, list[Any]] = {}
    for item in sorted(one.cost_items.all(), key=lambda item: (-item.year, CostKind.values.index(item.kind))):
        years.setdefault(item.year, []).append(item)
    return [(year, items, sum((item.amount for item in items), Decimal(0))) for year, items in years.items()]


@audience(*permissions.EDITORS)
def add(request: SignedIn) -> HttpResponse:
    return _edit(request, Service())


@audience(*permissions.EDITORS)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Service.objects.visible_to(request.user), pk=pk))


def _edit(request: SignedIn, one: Service) -> HttpResponse:
    """The service with its scope and cost rows on one page; whatever is wrong is said at its cell, the rest stays."""
    sent = request.POST or None
    form = ServiceForm(sent, instance=one, user=request.user)
    scope, cost = (
        Rows(sent, instance=one, prefix=name) for Rows, name in ((ScopeFormSet, "scope"), (CostFormSet, "cost"))
    )
    if request.method == "POST" and all([form.is_valid(), scope.is_valid(), cost.is_valid()]):
        with form.refusals():
            reason = form.cleaned_data.get("reason") or ("修改服务项目" if one.pk else "新建服务项目")
            revision = form.cleaned_data["revision"] if one.pk else None
            rows = changed_rows(scope, cost)
            saved = actions.save_service(
                form.save(commit=False), rows, by=request.user, reason=reason, revision=revision
            )
            messages.success(request, f"“{saved}”已保存。")
            return redirect(saved)
    return render(request, "programme/service_edit.html", {"service": one, "form": form, "scope": scope, "cost": cost})


@audience(*permissions.EDITORS)
def stage(request: SignedIn, pk: int) -> HttpResponse:
    """Move a service by hand, one step, with the reason."""
    one = get_object_or_404(Service.objects.visible_to(request.user), pk=pk)
    form = StageForm(request.POST or None, initial={"to": one.stage})
    if form.is_valid():
        with form.refusals():
            data = form.cleaned_data
            actions.move_stage(one, data["to"], by=request.user, reason=data["reason"], is_by_hand=True)
            messages.success(request, f"“{one}”的阶段已更改。")
            return redirect(one)
    return render(request, "programme/act.html", {"service": one, "form": form, "title": "改变阶段", "word": "更改"})


@audience(*permissions.EDITORS)
def remove(request: SignedIn, pk: int) -> HttpResponse:
    """Delete a service that nothing refers to."""
    one = get_object_or_404(Service.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.remove_service(one, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, "已删除。")
            return redirect("programme:board")
    return render(
        request, "programme/act.html", {"service": one, "form": form, "title": "删除服务项目", "word": "删除"}
    )
