"""Wages by month from the payroll's file: upload, look, confirm."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.audience import SignedIn, audience
from common.forms import Form
from common.models import StoredFile
from staff_transition import permissions
from staff_transition.actions import payrolls
from staff_transition.forms.people import PayrollForm

SHOWN = 50


@audience(*permissions.IMPORTERS)
def upload(request: SignedIn) -> HttpResponse:
    """Choose the payroll's file; nothing is written yet."""
    form = PayrollForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.refusals():
            file = payrolls.keep_payroll(form.cleaned_data["file"], by=request.user)
            return redirect("staff:payroll-check", file.pk)
    return render(request, "staff_transition/payroll.html", {"form": form})


@audience(*permissions.IMPORTERS)
def check(request: SignedIn, pk: int) -> HttpResponse:
    """What the file would do, and what is wrong with it; a click writes the rows that are right."""
    mine = StoredFile.objects.filter(uploaded_by=request.user, is_sealed=True, media_type__in=payrolls.MEDIA_TYPES)
    file = get_object_or_404(mine, pk=pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            count = payrolls.import_payroll(file, by=request.user)
            messages.success(request, f"已写入 {count} 个月的工资。")
            return redirect("staff:workers")
    context = {"file": file, "form": form, "found": payrolls.look_at(file, by=request.user), "shown": SHOWN}
    return render(request, "staff_transition/payroll_check.html", context)
