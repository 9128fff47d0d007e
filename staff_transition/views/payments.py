"""付款: batches made, approved by another person, sent to the bank once, reconciled row by row."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

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
from common.models import StoredFile
from common.requests import address_of
from common.xlsx import MEDIA_TYPE, Column, Sheet, workbook
from programme.models import Service
from programme.registry import board
from staff_transition import permissions
from staff_transition.actions import payments as actions
from staff_transition.forms.payments import (
    AccountCheckForm,
    BatchForm,
    FileResultsForm,
    ResultsForm,
    ReturnedForm,
    ReturnForm,
)
from staff_transition.history import batch_events
from staff_transition.models import AccountCheck, LockedSettlement, Payment, PaymentBatch, SchemeStep, Worker
from staff_transition.papers import SIGN_OFF
from staff_transition.payable import LIVE, account_changes, first_accounts, payable, sharing, unpaid
from staff_transition.payable import accounts as payable_accounts

PER_PAGE = 30
STANDING = {  # where the net of a batch stands: the parts add up to the whole
    "all_paid": (Payment.State.PAID,), "all_pending": (Payment.State.PENDING,),
    "all_back": (Payment.State.FAILED, Payment.State.RETURNED, Payment.State.WITHDRAWN),
}  # fmt: skip
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
    left = (
        unpaid(Service.objects.visible_to(request.user).values("pk"))
        .values("worker__service", "worker__service__name")
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
            batch = actions.make_batch(service, by=request.user, **form.cleaned_data)
            messages.success(request, f"{batch}已生成，请财务处另一位同事复核。")
            return redirect(batch)
    steps = SchemeStep.objects.before_payment().filter(scheme__service=service).select_related("scheme")
    context = {
        "service": service, "form": form, "found": payable(service), "steps": steps, "today": timezone.localdate(),
        "undecided": board.undecided(service.pk),
    }  # fmt: skip
    return render(request, "staff_transition/payment_make.html", context)


@audience(*permissions.SEE_PAYMENTS)
def batch(request: SignedIn, pk: int) -> HttpResponse:
    """The rows with their results; totals of the batch."""
    found = _batch(request, pk)
    rows = (
        Payment.objects.filter(batch=found).select_related("worker", "settlement__confirmation", "returned_by")
        .order_by("worker__sort_key", "pk")
    )  # fmt: skip
    of = {name: Sum("net", filter=Q(state__in=states)) for name, states in STANDING.items()}
    sums = rows.aggregate(all_gross=Sum("gross"), all_tax=Sum("tax"), all_net=Sum("net"), **of)
    context = {
        "moved": _moved_accounts(found), "sent": _sent(found), "came_up": actions.came_up(found) if found.is_at_home else (),
        "shared": sharing((each.worker, each.account) for each in found.payments.filter(state__in=LIVE).select_related("worker")),
        "batch": found, "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "people": rows.count(),
        "sums": {name.removeprefix("all_"): value or Decimal("0.00") for name, value in sums.items()},
        "papers": (SIGN_OFF,), "may_approve": permissions.may_approve_payments(request.user),
        "may_make": permissions.may_make_payments(request.user), "timeline": batch_events(found, request.GET.get("log")),
    }  # fmt: skip
    return render(request, "staff_transition/payment_batch.html", context)


def _moved_accounts(batch: PaymentBatch) -> list[tuple[Payment, str, list[AccountCheck]]]:
    """Payments to an account that is not the one of the first lock, with that one, who entered it and who checked it."""
    rows = list(Payment.objects.filter(batch=batch).select_related("worker"))
    first = first_accounts(each.worker.pk for each in rows)
    moved = [each for each in rows if each.account != first[each.worker.pk]]
    known: dict[tuple[int, str], list[AccountCheck]] = defaultdict(list)
    checks = AccountCheck.objects.filter(worker__in=[each.worker.pk for each in moved])
    for check in checks.select_related("worker", "changed_by", "checked_by").order_by("checked_at"):
        known[check.worker.pk, check.account].append(check)
    return [(each, first[each.worker.pk], known[each.worker.pk, each.account]) for each in moved]


def _sent(batch: PaymentBatch) -> Any:
    """The entry of the history that says who took the bank's file first, and when."""
    return batch.history.filter(history_change_reason=actions.SENDING).select_related("history_user").last()  # type: ignore[attr-defined]


@audience(*permissions.SEE_PAYMENTS)
def accounts(request: SignedIn) -> HttpResponse:
    """对账: of each service what was locked against what was paid, is under way, held back."""
    found = payable_accounts(Service.objects.visible_to(request.user))
    return render(request, "staff_transition/payment_accounts.html", {"accounts": found})


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
    """The bank's import file: full account numbers, so every taking is written down; the second time it asks why."""
    found = _batch(request, pk)
    again = ReasonForm(request.POST if "reason" in request.POST else None)
    if found.state == PaymentBatch.State.SENT and not again.is_valid():
        context = {"batch": found, "form": again, "sent": _sent(found)}
        return render(request, "staff_transition/payment_again.html", context)
    reason = again.cleaned_data["reason"] if again.is_valid() else ""
    rows = actions.send_batch(found, by=request.user, address=address_of(request), again=reason)
    lines = [
        [number, row.worker.name, row.account, row.bank_name, row.net, f"{found.service.name}经济补偿"[:20]]
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    content = workbook([Sheet("代发", BANK_COLUMNS, lines)])
    return attachment(content, f"银行代发_{found}_{timezone.localdate():%Y%m%d}.xlsx", MEDIA_TYPE)


@audience(*permissions.APPROVERS_OF_PAYMENTS)
def results(request: SignedIn, pk: int) -> HttpResponse:
    """What the bank says, row by row, a page of people at a time; what it does not say stays pending."""
    found = _batch(request, pk)
    rows = Payment.objects.filter(batch=found).select_related("worker").order_by("worker__sort_key", "pk")
    page = Paginator(rows.filter(state=Payment.State.PENDING), PER_PAGE).get_page(request.GET.get("page"))
    asked = rows.filter(pk__in=ResultsForm.answered(request.POST)) if request.POST else page
    form = ResultsForm(asked, request.POST or None)
    if form.is_valid():
        with form.refusals():
            count = actions.record_results(
                found, form.results, by=request.user, early_reason=form.cleaned_data["early_reason"]
            )
            messages.success(request, f"登记了 {count} 人的付款结果。")
            return redirect(found)
    context = {"batch": found, "form": form, "return_form": ReturnForm(), "page": page}
    return render(request, "staff_transition/payment_results.html", context)


@require_POST
@audience(*permissions.APPROVERS_OF_PAYMENTS)
def bank_return(request: SignedIn, pk: int) -> HttpResponse:
    """The bank's answer is kept, then looked at; no result is written."""
    found = _batch(request, pk)
    form = ReturnForm(request.POST, request.FILES)
    if form.is_valid():
        with form.refusals():
            file = actions.keep_return(form.cleaned_data["file"], by=request.user)
            return redirect("staff:payment-return-check", found.pk, file.pk)
    return render(request, "staff_transition/payment_return.html", {"batch": found, "return_form": form})


@audience(*permissions.APPROVERS_OF_PAYMENTS)
def bank_return_check(request: SignedIn, pk: int, file: int) -> HttpResponse:
    """What the bank's file says against what is pending; a click records all of it, however many people it names."""
    found = _batch(request, pk)
    mine = StoredFile.objects.filter(uploaded_by=request.user, is_sealed=True, media_type__in=actions.RETURN_TYPES)
    kept = get_object_or_404(mine, pk=file)
    form = FileResultsForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            count = actions.record_return(found, kept, by=request.user, **form.cleaned_data)
            messages.success(request, f"按回单登记了 {count} 人的付款结果。")
            return redirect(found)
    reconciled = actions.reconcile(found, kept, by=request.user)
    rows = Payment.objects.filter(pk__in=reconciled.results).select_related("worker").order_by("worker__sort_key", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    paid = sum(each.is_paid for each in reconciled.results.values())
    context = {
        "batch": found, "form": form, "file": kept, "reconciled": reconciled, "page": page, "count": len(reconciled.results),
        "lines": [(each, reconciled.results[each.pk]) for each in page], "paid": paid, "failed": len(reconciled.results) - paid,
    }  # fmt: skip
    return render(request, "staff_transition/payment_return.html", context)


def _payment(request: SignedIn, pk: int) -> Payment:
    mine = Payment.objects.filter(batch__in=PaymentBatch.objects.visible_to(request.user))
    return get_object_or_404(mine.select_related("worker", "batch__service", "returned_by"), pk=pk)


@audience(*permissions.APPROVERS_OF_PAYMENTS)
def returned(request: SignedIn, pk: int) -> HttpResponse:
    """The bank sent a payment back after it had been paid."""
    payment = _payment(request, pk)
    form = ReturnedForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.register_return(
                payment, form.cleaned_data["returned_on"], by=request.user, reason=form.cleaned_data["reason"]
            )
            messages.success(request, "退汇已登记，请财务处另一位同事复核；复核后这个人可以进下一批。")
            return redirect(payment.batch)
    return render(request, "staff_transition/payment_returned.html", {"payment": payment, "form": form})


@require_POST
@audience(*permissions.APPROVERS_OF_PAYMENTS)
def approve_return(request: SignedIn, pk: int) -> HttpResponse:
    payment = actions.approve_return(_payment(request, pk), by=request.user)
    messages.success(request, f"{payment.worker}的退汇已复核，可以进下一批付款。")
    return redirect(payment.batch)


@audience(*permissions.PAYERS)
def check_account(request: SignedIn, pk: int) -> HttpResponse:
    """A bank account entered after the lock: another person than who entered it checks it with the worker."""
    worker = get_object_or_404(Worker.objects.visible_to(request.user).select_related("service"), pk=pk)
    settlements = LockedSettlement.objects.standing().select_related("worker").filter(worker=worker)
    change = next(iter(account_changes(settlements).values()), None)
    form = AccountCheckForm(request.POST or None, initial={"revision": worker.revision})
    if form.is_valid():
        with form.refusals():
            actions.check_account(worker, by=request.user, **form.cleaned_data)
            messages.success(request, f"{worker}的银行卡号已核对，可以付款。")
            return redirect("staff:payment-make", worker.service_id)  # type: ignore[attr-defined]
    context = {"worker": worker, "change": change, "form": form}
    return render(request, "staff_transition/account_check.html", context)
