"""付款: batches made, approved by another person, sent to the bank once, reconciled row by row."""

from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.audience import SignedIn, audience
from common.downloads import attachment
from common.forms import ReasonForm
from common.requests import address_of
from common.xlsx import MEDIA_TYPE, Column, Sheet, workbook
from programme.models import Service
from staff_transition import permissions
from staff_transition.actions import payments as actions
from staff_transition.forms.payments import BatchForm, ResultsForm, ReturnForm
from staff_transition.history import batch_events
from staff_transition.models import LockedSettlement, Payment, PaymentBatch
from staff_transition.papers import SIGN_OFF

PER_PAGE = 30
BANK_COLUMNS = (
    Column("序号", "number", 6), Column("户名"), Column("账号", width=26), Column("开户行", width=24), Column("金额", "amount", 14),
    Column("附言", width=20),
)  # fmt: skip


def _batch(request: SignedIn, pk: int) -> PaymentBatch:
    mine = PaymentBatch.objects.visible_to(request.user).select_related("service", "made_by", "approved_by")
    return get_object_or_404(mine, pk=pk)


@audience(*permissions.SEE_PAYMENTS)
def batches(request: SignedIn) -> HttpResponse:
    """Services with something left to pay, then the batches."""
    found = PaymentBatch.objects.visible_to(request.user).select_related("service", "made_by").annotate(
        people=Count("payments"), net=Sum("payments__net"),
        failed=Count("payments", filter=Q(payments__state=Payment.State.FAILED)),
    ).order_by("-made_at", "-pk")  # fmt: skip
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    live = LockedSettlement.objects.live().filter(
        total__gt=0, worker__service__in=Service.objects.visible_to(request.user)
    )
    owed = live.exclude(worker__in=Payment.objects.filter(state__in=actions.LIVE).values("worker"))
    left = (
        owed.values("worker__service", "worker__service__name")
        .annotate(Count("pk"), Sum("total"))
        .order_by("worker__service")
    )
    context = {"page": page, "left": left, "may_make": permissions.may_make_payments(request.user)}
    return render(request, "staff_transition/payments.html", context)


@audience(*permissions.PAYERS)
def make(request: SignedIn, pk: int) -> HttpResponse:
    """Who would be paid, who is kept back and why; a click makes the batch."""
    service = get_object_or_404(Service.objects.visible_to(request.user), pk=pk)
    form = BatchForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            batch = actions.make_batch(service, form.cleaned_data["pay_on"], by=request.user)
            messages.success(request, f"{batch}已生成，请财务处另一位同事复核。")
            return redirect(batch)
    context = {"service": service, "form": form, "found": actions.payable(service)}
    return render(request, "staff_transition/payment_make.html", context)


@audience(*permissions.SEE_PAYMENTS)
def batch(request: SignedIn, pk: int) -> HttpResponse:
    """The rows with their results; totals of the batch."""
    found = _batch(request, pk)
    rows = Payment.objects.filter(batch=found).select_related("worker").order_by("worker__sort_key", "pk")
    net, paid = Sum("net"), Sum("net", filter=Q(state=Payment.State.PAID))
    sums = rows.aggregate(all_gross=Sum("gross"), all_tax=Sum("tax"), all_net=net, all_paid=paid)
    context = {
        "batch": found, "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "people": rows.count(),
        "sums": {name.removeprefix("all_"): value or Decimal("0.00") for name, value in sums.items()},
        "papers": (SIGN_OFF,), "may_approve": permissions.may_approve_payments(request.user),
        "may_make": permissions.may_make_payments(request.user), "timeline": batch_events(found, request.GET.get("log")),
    }  # fmt: skip
    return render(request, "staff_transition/payment_batch.html", context)


@require_POST
@audience(*permissions.APPROVERS_OF_PAYMENTS)
def approve(request: SignedIn, pk: int) -> HttpResponse:
    found = actions.approve_batch(_batch(request, pk), by=request.user)
    messages.success(request, f"{found}已复核，可以下载银行文件。")
    return redirect(found)


@audience(*permissions.PAYERS)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take a draft back."""
    found = _batch(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.withdraw_batch(found, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"{found}已撤回。")
            return redirect("staff:payments")
    return render(request, "staff_transition/payment_withdraw.html", {"batch": found, "form": form})


@require_POST
@audience(*permissions.APPROVERS_OF_PAYMENTS)
def bank_file(request: SignedIn, pk: int) -> HttpResponse:
    """The bank's import file: full account numbers, so every taking is written down."""
    found = _batch(request, pk)
    rows = actions.send_batch(found, by=request.user, address=address_of(request))
    lines = [
        [number, row.worker.name, row.account, row.bank_name, row.net, f"{found.service.name}经济补偿"[:20]]
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    content = workbook([Sheet("代发", BANK_COLUMNS, lines)])
    return attachment(content, f"银行代发_{found}_{timezone.localdate():%Y%m%d}.xlsx", MEDIA_TYPE)


@audience(*permissions.APPROVERS_OF_PAYMENTS)
def results(request: SignedIn, pk: int) -> HttpResponse:
    """What the bank says, row by row; what it does not say stays pending."""
    found = _batch(request, pk)
    form = ResultsForm(found, request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.record_results(found, form.results, by=request.user)
            messages.success(request, "付款结果已登记。")
            return redirect(found)
    context = {"batch": found, "form": form, "return_form": ReturnForm()}
    return render(request, "staff_transition/payment_results.html", context)


@require_POST
@audience(*permissions.APPROVERS_OF_PAYMENTS)
def bank_return(request: SignedIn, pk: int) -> HttpResponse:
    """The bank's answer, filled into the form for the person to check; nothing is written."""
    found = _batch(request, pk)
    form = ReturnForm(request.POST, request.FILES)
    reconciled = None
    if form.is_valid():
        with form.refusals():
            reconciled = actions.reconcile(found, form.cleaned_data["file"], by=request.user)
    results_form = ResultsForm(found, said=reconciled.results if reconciled else None)
    context = {"batch": found, "form": results_form, "return_form": form, "reconciled": reconciled}
    return render(request, "staff_transition/payment_results.html", context)
