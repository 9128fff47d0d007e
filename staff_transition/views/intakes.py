"""Facts of many people from a file: download what is known, upload, look, confirm. The URL says which kind of file."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.audience import SignedIn, audience
from accounts.models import AccessRecord
from common.downloads import attachment
from common.forms import SeenForm
from common.models import StoredFile
from common.requests import address_of
from common.xlsx import MEDIA_TYPE
from staff_transition import permissions
from staff_transition.actions import intakes as actions
from staff_transition.forms.people import FactsExportForm, FactsFileForm
from staff_transition.intakes import FACTS, PAYROLL, Intake
from staff_transition.roster.pay_columns import LABELS, chosen

SHOWN = 50
FIRST = 10  # rows of a payroll whose amounts are shown


@audience(*permissions.IMPORTERS)
def upload(request: SignedIn, intake: Intake) -> HttpResponse:
    """Choose the file; nothing is written yet."""
    form = FactsFileForm(intake.help, request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.refusals():
            file = actions.keep_file(intake, form.cleaned_data["file"], by=request.user)
            return redirect(intake.check_url, file.pk)
    context = {"form": form, "intake": intake, "has_book": intake is FACTS, "has_ledger": intake is PAYROLL}
    return render(request, "staff_transition/intake.html", context)


def _file(request: SignedIn, pk: int) -> StoredFile:
    mine = StoredFile.objects.filter(uploaded_by=request.user, is_sealed=True, media_type__in=actions.MEDIA_TYPES)
    return get_object_or_404(mine, pk=pk)


def _choice(request: SignedIn) -> actions.Choice:
    """What the person said that heads mean; kept in the address: a look writes nothing."""
    return chosen(request.GET.getlist("head"), request.GET.getlist("means"))


@audience(*permissions.IMPORTERS)
def marked(request: SignedIn, pk: int, intake: Intake) -> HttpResponse:
    """The person's own file with errors and hints written into it; the taking is written down."""
    file = _file(request, pk)
    content = actions.marked_file(intake, file, _choice(request), by=request.user)
    subject = f"{intake.title} {file.name}（标注原表）"
    AccessRecord.write(AccessRecord.Kind.EXPORT, request.user, subject, address=address_of(request))
    return attachment(content, f"{file.name.rpartition('.')[0] or file.name}（标注）.xlsx", MEDIA_TYPE)


@audience(*permissions.IMPORTERS)
def check(request: SignedIn, pk: int, intake: Intake) -> HttpResponse:
    """What the file would do, and what is wrong with it; a click writes what is shown, when nothing is wrong."""
    file, choice = _file(request, pk), _choice(request)
    form = SeenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            revision = form.cleaned_data["revision"]
            count = actions.bring_in(intake, file, choice, by=request.user, revision=revision)
            messages.success(request, f"{intake.file}已写入 {count} 条。" if count else "文件里的都已登记，没有改动。")
            return redirect("staff:workers")
    found = actions.look_at(intake, file, choice, by=request.user)
    form.initial["revision"] = found.digest
    heads = [(column, choice.get(column.plain, "")) for column in found.heads]
    context = {
        "file": file, "form": form, "intake": intake, "found": found, "shown": SHOWN, "first": FIRST, "heads": heads,
        "meanings": LABELS.items(), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "staff_transition/intake_check.html", context)


@audience(*permissions.IMPORTERS)
def export(request: SignedIn) -> HttpResponse:
    """The facts of a service's people as a workbook; numbers masked unless HR asks for them in full."""
    return _export(request, actions.export_facts, "员工事实", "staff_transition/facts_export.html")


@audience(*permissions.IMPORTERS)
def export_ledger(request: SignedIn) -> HttpResponse:
    """The wage ledger of a service's people as a workbook, the gaps too."""
    return _export(request, actions.export_ledger, "工资台账", "staff_transition/ledger_export.html")


def _export(request: SignedIn, act: Callable[..., bytes], name: str, template: str) -> HttpResponse:
    form = FactsExportForm(request.user, request.POST or None)
    if form.is_valid():
        with form.refusals():
            chosen, address = form.cleaned_data, address_of(request)
            content = act(
                chosen["service"], by=request.user, is_full=bool(chosen.get("is_full")), reason=chosen["reason"], address=address
            )  # fmt: skip
            return attachment(content, f"{name}_{chosen['service']}_{timezone.localdate():%Y%m%d}.xlsx", MEDIA_TYPE)
    return render(request, template, {"form": form})
