"""安置方案: what each way of settling people costs, side by side; adopting one; the checklist of the adopted one."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.audience import SignedIn, audience
from accounts.models import AccessRecord
from common.downloads import attachment
from common.forms import ReasonForm
from common.models import Job, StoredFile
from common.once import once
from common.requests import address_of
from common.uploads import EVIDENCE_KINDS
from common.xlsx import MEDIA_TYPE
from programme.models import Service
from staff_transition import permissions
from staff_transition.actions import schemes as actions
from staff_transition.actions.workers import leaving as people_leaving
from staff_transition.actions.workers import record_leaving
from staff_transition.bundles import begin_bundle, newest_bundle
from staff_transition.curve_chart import chart_of
from staff_transition.discretion import discreet_flag
from staff_transition.export import schemes_export
from staff_transition.forms.schemes import (
    AdoptForm,
    SchemeBudgetForm,
    SchemeForm,
    SchemeStepForm,
    rules_formset,
    rules_of,
)
from staff_transition.history import scheme_events
from staff_transition.models import Disposition, SchemeStep, TransitionScheme, Worker
from staff_transition.papers import papers_of_scheme
from staff_transition.rules.flags import Flag
from staff_transition.rules.months import add_months
from staff_transition.scenarios import Bench, Curve, outcomes
from staff_transition.tally import Outcome

CURVE_MONTHS = 12
NAMED = 30  # people of one change named before an adoption


def _scheme(request: SignedIn, pk: int) -> TransitionScheme:
    mine = TransitionScheme.objects.visible_to(request.user).select_related("service", "adopted_by")
    return get_object_or_404(mine, pk=pk)


def _service(request: SignedIn, pk: int) -> Service:
    return get_object_or_404(Service.objects.visible_to(request.user).select_related("unit"), pk=pk)


@audience(*permissions.READERS)
def overview(request: SignedIn) -> HttpResponse:
    """Every service with people: its schemes, the adopted one, what is due next."""
    today = timezone.localdate()
    services = (
        Service.objects.visible_to(request.user)
        .filter(Q(workers__left_on=None, workers__isnull=False) | Q(schemes__adopted_at__isnull=False, schemes__withdrawn_at=None))
        .annotate(
            people=Count("workers", filter=Q(workers__left_on=None), distinct=True),
            drafts=Count("schemes", filter=Q(schemes__withdrawn_at=None), distinct=True),
        )
        .order_by("category__order", "name")
    )  # fmt: skip
    steps = SchemeStep.objects.pending().filter(scheme__service__in=services.values("pk"))
    by_service: dict[int, list[SchemeStep]] = {}
    for step in steps.select_related("scheme"):
        by_service.setdefault(step.scheme.service_id, []).append(step)
    lines = [
        (service, found[0] if (found := by_service.get(service.pk, [])) else None, sum(each.due_on < today for each in found))
        for service in services
    ]  # fmt: skip
    return render(request, "staff_transition/schemes.html", {"lines": lines, "today": today})


@audience(*permissions.READERS)
def compare(request: SignedIn, pk: int) -> HttpResponse:
    """The schemes of one service side by side, the curve of one of them, its cash by month."""
    service = _service(request, pk)
    schemes = list(TransitionScheme.objects.live().filter(service=service).prefetch_related("rules__campus"))
    bench = Bench(service)
    found = outcomes(service, schemes, bench)
    shown = next((each for each in found if each.scheme and str(each.scheme.pk) == request.GET.get("scheme")), found[0])
    context: dict[str, Any] = {
        "service": service, "outcomes": found, "shown": shown, "schemes": schemes,
        "may_edit": permissions.may_edit_service(request.user, service), "staff": bench.staff,
        "is_frozen": bool(bench.frozen), "is_short": any(each.left_out for each in found),
        "token": uuid4(), "blocked": _blocked(shown, permissions.may_see_health(request.user, service)),
    }  # fmt: skip
    if shown.scheme and shown.headcount:
        curve = _curve(bench, shown.scheme, bench.today)
        is_known = curve.unknown < curve.people or not curve.unknown
        chart = chart_of(curve, shown, shown.scheme.last_day) if is_known else None
        context |= {"curve": curve, "chart": chart, "lows": _lows(curve, shown)}
    return render(request, "staff_transition/scheme_compare.html", context)


def _blocked(shown: Outcome, with_health: bool) -> list[tuple[str, Flag]]:
    return [(name, flag if with_health else discreet_flag(flag)) for name, flag in shown.blocked]


def _curve(bench: Bench, scheme: TransitionScheme, today: date) -> Curve:
    """A year around the planned day, never before tomorrow."""
    first = max(add_months(scheme.last_day, -3), today + timedelta(days=1))
    return bench.curve(scheme, first, add_months(first, CURVE_MONTHS))


def _lows(curve: Curve, outcome: Outcome) -> list[dict[str, Any]]:
    """Lawful days just before a step up: what one day more would cost, and whose step it is."""
    rows = []
    for day, amount in curve.lows:
        if outcome.allows(day):
            after = day + timedelta(days=1)
            rows.append(
                {"day": day, "amount": amount, "more": curve.at(after) - amount, "names": curve.names.get(after, ())}
            )
    return rows[:8]


@audience(*permissions.READERS)
def export(request: SignedIn, pk: int) -> HttpResponse:
    """The comparison as a workbook; figures only, no person in it."""
    service = _service(request, pk)
    schemes = TransitionScheme.objects.live().filter(service=service).prefetch_related("rules__campus")
    content = schemes_export(service, outcomes(service, schemes))
    return attachment(content, f"{service.name}安置方案比较{timezone.localdate():%Y%m%d}.xlsx", MEDIA_TYPE)


@audience(*permissions.EDITORS)
def add(request: SignedIn, pk: int) -> HttpResponse:
    """Draft a scheme."""
    service = _service(request, pk)
    return _edit(request, TransitionScheme(service=service), "拟定安置方案")


@audience(*permissions.EDITORS)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change a scheme; of an adopted one, whose rules have been carried out, budget and note alone."""
    scheme = _scheme(request, pk)
    return _budget(request, scheme) if scheme.adopted_at else _edit(request, scheme, "修改安置方案")


def _budget(request: SignedIn, scheme: TransitionScheme) -> HttpResponse:
    form = SchemeBudgetForm(request.POST or None, instance=scheme)
    if form.is_valid():
        with form.refusals():
            data = form.cleaned_data
            actions.set_budget(form.instance, by=request.user, reason=data["reason"], revision=data["revision"])
            messages.success(request, "预算和说明已保存。")
            return redirect(scheme)
    context = {
        "form": form,
        "rules": None,
        "service": scheme.service,
        "title": f"“{scheme.name}”的预算和说明",
        "back": scheme,
    }
    return render(request, "staff_transition/scheme_edit.html", context)


def _edit(request: SignedIn, scheme: TransitionScheme, title: str) -> HttpResponse:
    form = SchemeForm(request.POST or None, instance=scheme)
    rules = rules_formset(request.POST or None, scheme)
    if form.is_valid() and rules.is_valid():
        with form.refusals():
            revision = form.cleaned_data["revision"]
            actions.save_scheme(form.instance, rules_of(rules), by=request.user, reason=title, revision=revision)
            messages.success(request, f"“{form.instance.name}”已保存。")
            return redirect("staff:scheme-compare", form.instance.service_id)
    context = {
        "form": form, "rules": rules, "service": scheme.service, "title": title,
        "kept": scheme.rules.select_related("campus") if request.method == "POST" and scheme.pk else (),
    }  # fmt: skip
    return render(request, "staff_transition/scheme_edit.html", context)


@require_POST
@audience(*permissions.EDITORS)
def leaving(request: SignedIn, pk: int) -> HttpResponse:
    """Everybody whose frozen last day is over has left: off the roster, the record stays."""
    scheme = _scheme(request, pk)
    count = record_leaving(scheme.service, by=request.user, reason=f"{scheme.name}：最后工作日已过")
    messages.success(request, f"已登记 {count} 人离开。" if count else "没有最后工作日已过的人。")
    return redirect("staff:scheme", pk)


@require_POST
@audience(*permissions.EDITORS)
def copy(request: SignedIn, pk: int) -> HttpResponse:
    """A second one to change."""
    copied = _scheme(request, pk)
    made = once(request.POST, lambda: actions.copy_scheme(copied, by=request.user))
    messages.success(request, f"已复制为“{made.name}”，改好后再比较。")
    return redirect("staff:scheme-edit", made.pk)


@audience(*permissions.EDITORS)
def adopt(request: SignedIn, pk: int) -> HttpResponse:
    """Set everybody's disposition as the scheme means it, after a look at what that is."""
    scheme = _scheme(request, pk)
    form = AdoptForm(request.POST or None, initial={"revision": actions.adoption_of(scheme)})
    if form.is_valid():
        with form.refusals():
            data = form.cleaned_data
            changed = actions.adopt_scheme(scheme, by=request.user, reason=data["reason"], revision=data["revision"])
            messages.success(request, f"已采用“{scheme.name}”，改变 {changed} 人的去向，办理清单已生成。")
            return redirect(scheme)
    bench = Bench(scheme.service)
    moved = bench.replaced(scheme)
    context = {
        "scheme": scheme, "form": form, "outcome": bench.outcome(scheme), "replaced": actions.adopted(scheme),
        "unregistered": _unregistered(request, bench),
        "moved": moved, "moved_people": sum(len(names) for names in moved.values()), "named": NAMED,
    }  # fmt: skip
    return render(request, "staff_transition/scheme_adopt.html", context)


def _unregistered(request: SignedIn, bench: Bench) -> list[Worker]:
    """Who is named: to those alone who may know of somebody's health."""
    may_see = permissions.may_see_health(request.user, bench.service)
    return [each for each in bench.workers if may_see and each.pk in bench.unregistered]


@audience(*permissions.EDITORS)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take a draft out of the comparison."""
    scheme = _scheme(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.withdraw_scheme(scheme, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"“{scheme.name}”已作废。")
            return redirect("staff:scheme-compare", scheme.service_id)
    context = {"scheme": scheme, "form": form, "outcome": None}
    return render(request, "staff_transition/scheme_adopt.html", context)


@audience(*permissions.READERS)
def scheme(request: SignedIn, pk: int) -> HttpResponse:
    """The rules of a scheme and its checklist."""
    found = _scheme(request, pk)
    steps = _named(found.steps.select_related("file"))
    today, may_edit = timezone.localdate(), permissions.may_edit_service(request.user, found.service)
    context = {
        "scheme": found, "rules": found.rules.select_related("campus"), "steps": steps, "today": today,
        "may_edit": may_edit, "papers": papers_of_scheme(found), "by_hand": Disposition.objects.by_hand_in(found), "named": NAMED,
        "leaving": people_leaving(found.service, today) if may_edit and found.adopted_at else (),
        "job": newest_bundle(found), "may_link": permissions.may_link(request.user),
        "timeline": scheme_events(found, request.GET.get("log")),
    }  # fmt: skip
    return render(request, "staff_transition/scheme.html", context)


def _named(steps: Iterable[SchemeStep]) -> list[SchemeStep]:
    """Steps that come again say for whom: `names`. One query for all."""
    found = list(steps)
    again = {int(worker) for step in found if step.round > 1 for worker in step.people}
    people = list(Worker.objects.filter(pk__in=again).order_by("sort_key", "pk").values_list("pk", "name"))
    for step in found:
        step.names = [name for pk, name in people if step.round > 1 and str(pk) in step.people]  # type: ignore[attr-defined]
    return found


def _step(request: SignedIn, pk: int) -> SchemeStep:
    mine = SchemeStep.objects.filter(scheme__in=TransitionScheme.objects.visible_to(request.user))
    return get_object_or_404(mine.select_related("scheme__service", "file"), pk=pk)


@audience(*permissions.EDITORS)
def step(request: SignedIn, pk: int) -> HttpResponse:
    """Who does it; when it was done, with which proof."""
    found = _step(request, pk)
    form = SchemeStepForm(request.POST or None, request.FILES or None, instance=found)
    if form.is_valid():
        with form.refusals():
            if upload := form.cleaned_data["attachment"]:
                form.instance.file = StoredFile.keep_upload(upload, EVIDENCE_KINDS, request.user, sealed=True)
            actions.save_step(form.instance, by=request.user, revision=form.cleaned_data["revision"])
            messages.success(request, f"“{found.title}”已保存。")
            return redirect(found.scheme)
    _named([found])
    return render(request, "staff_transition/scheme_step.html", {"step": found, "form": form, "named": NAMED})


@audience(*permissions.READERS)
def step_file(request: SignedIn, pk: int) -> HttpResponse:
    """The proof of a step, as it was uploaded; every taking is written down."""
    found = _step(request, pk)
    file = get_object_or_404(StoredFile, pk=found.file_id)
    subject = f"下载办理步骤附件《{file.name}》（{found.scheme.service} {found.title}）"
    AccessRecord.write(AccessRecord.Kind.EXPORT, request.user, subject, address=address_of(request))
    return attachment(file.read(), file.name, file.media_type)


@require_POST
@audience(*permissions.EDITORS)
def bundle(request: SignedIn, pk: int) -> HttpResponse:
    """Have all papers made in the background."""
    found = _scheme(request, pk)
    begin_bundle(found, by=request.user)
    return redirect(found)


@audience(*permissions.EDITORS)
def bundle_progress(request: SignedIn, pk: int) -> HttpResponse:
    """How far it is; the page is loaded anew when it is over."""
    found = _scheme(request, pk)
    job = newest_bundle(found)
    response = render(request, "staff_transition/parts/bundle.html", {"scheme": found, "job": job})
    if job is None or job.is_over:
        response["HX-Refresh"] = "true"
    return response


@audience(*permissions.EDITORS)
def bundle_file(request: SignedIn, pk: int) -> HttpResponse:
    """The ZIP; full of personal data, so every taking is written down."""
    found = _scheme(request, pk)
    job = newest_bundle(found)
    if not permissions.may_edit_service(request.user, found.service) or job is None or job.state != Job.State.DONE:
        raise Http404
    file = get_object_or_404(StoredFile, pk=job.result["file"])
    AccessRecord.write(
        AccessRecord.Kind.EXPORT, request.user, f"下载《{file.name}》 {job.result['made']} 份", reason="安置文书",
        address=address_of(request),
    )  # fmt: skip
    return attachment(file.read(), file.name, file.media_type)
