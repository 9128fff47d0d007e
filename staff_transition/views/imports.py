"""Bringing a roster in: upload, preview, correction, import."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.audience import SignedIn, audience
from accounts.models import AccessRecord
from common import jobs
from common.downloads import attachment
from common.forms import ReasonForm
from common.requests import address_of
from common.uploads import KINDS
from common.xlsx import MEDIA_TYPE
from programme.models import Campus, Category, Service
from staff_transition.actions import imports, withdrawals
from staff_transition.forms.people import ColumnsForm, NamesForm, UploadForm
from staff_transition.models import RosterImport
from staff_transition.permissions import IMPORTERS
from staff_transition.preview import Preview, changes_of
from staff_transition.roster.limited import mark_safely
from staff_transition.roster.marked import mark_arguments
from staff_transition.roster.template import roster_template

LISTED = 10
NAMED = 50  # of those who stay when an import is taken back


def _import(request: SignedIn, pk: int, *, with_reading: bool = False) -> RosterImport:
    mine = RosterImport.objects.visible_to(request.user).select_related("file", "job", "uploaded_by")
    return get_object_or_404(mine if with_reading else mine.defer("reading"), pk=pk)


@audience(*IMPORTERS)
def upload(request: SignedIn) -> HttpResponse:
    """Choose a file; below, the last imports of the unit."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.refusals():
            return redirect(imports.upload_roster(form.cleaned_data["file"], by=request.user))
    recent = (
        RosterImport.objects.visible_to(request.user).select_related("file", "uploaded_by").defer("reading")[:LISTED]
    )
    return render(request, "staff_transition/import_upload.html", {"form": form, "recent": recent})


@audience(*IMPORTERS)
def check(request: SignedIn, pk: int) -> HttpResponse:
    """Where the import is: being read, to be checked, being written, done."""
    roster_import = _import(request, pk, with_reading=True)
    return _check_page(request, roster_import, None)


def _check_page(request: SignedIn, roster_import: RosterImport, names_form: NamesForm | None) -> HttpResponse:
    context: dict[str, object] = {"roster_import": roster_import}
    if roster_import.state == RosterImport.State.CHECKED:
        context["preview"] = Preview(roster_import, request.GET)
        context["names_form"] = names_form or NamesForm(roster_import, request.user)
    if roster_import.state == RosterImport.State.DONE:
        context["withdrawals"] = withdrawals.events(roster_import)
    return render(request, "staff_transition/import_check.html", context)


@audience(*IMPORTERS)
def progress(request: SignedIn, pk: int) -> HttpResponse:
    """The part that polls itself; when the work is over, the page is loaded anew."""
    roster_import = _import(request, pk)
    if not roster_import.is_working:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "staff_transition/parts/import_progress.html", {"roster_import": roster_import})


@require_POST
@audience(*IMPORTERS)
def columns(request: SignedIn, pk: int) -> HttpResponse:
    """Take the columns of one sheet as the person corrected them, and read again."""
    roster_import = _import(request, pk, with_reading=True)
    name = request.POST.get("sheet", "")
    sheet = next((each for each in roster_import.stored.sheets if each["name"] == name), None)
    if sheet is None:
        raise Http404
    form = ColumnsForm(sheet, request.POST)
    if form.is_valid():
        imports.correct_columns(roster_import, sheet["signature"], form.choice, by=request.user)
    return redirect(roster_import)


@require_POST
@audience(*IMPORTERS)
def names(request: SignedIn, pk: int) -> HttpResponse:
    """What the unknown teams and campuses stand for."""
    roster_import = _import(request, pk, with_reading=True)
    form = NamesForm(roster_import, request.user, request.POST)
    if not form.is_valid():
        return _check_page(request, roster_import, form)
    imports.answer_names(roster_import, form.answers, by=request.user)
    return redirect(roster_import)


@require_POST
@audience(*IMPORTERS)
def confirm(request: SignedIn, pk: int) -> HttpResponse:
    roster_import = _import(request, pk)
    imports.confirm_import(roster_import, by=request.user, good_rows_only="good_rows_only" in request.POST)
    return redirect(roster_import)


@require_POST
@audience(*IMPORTERS)
def retry(request: SignedIn, pk: int) -> HttpResponse:
    """Start the background work of an import again that broke off."""
    roster_import = _import(request, pk)
    job = roster_import.job
    if job and roster_import.is_working:
        jobs.start(job.kind, job.key, request.user, job.title, **job.arguments)
    return redirect(roster_import)


@audience(*IMPORTERS)
def discard(request: SignedIn, pk: int) -> HttpResponse:
    """Asked first: what was corrected and answered is gone with the reading."""
    roster_import = _import(request, pk)
    if request.method != "POST":
        if roster_import.state != RosterImport.State.CHECKED:
            return redirect(roster_import)  # which says what became of it
        return render(request, "staff_transition/import_discard.html", {"roster_import": roster_import})
    imports.discard_import(roster_import, by=request.user)
    messages.success(request, "已放弃这次导入，没有写入任何数据。")
    return redirect("staff:import")


@audience(*IMPORTERS)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """A mistaken import: take out whom it brought in anew and on whom nothing hangs, with the reason."""
    roster_import = _import(request, pk)
    if roster_import.state != RosterImport.State.DONE:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            count = withdrawals.withdraw_import(roster_import, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"已撤回这次导入新增的 {count} 人。")
            return redirect(roster_import)
    found = withdrawals.brought(roster_import)
    context = {
        "roster_import": roster_import, "form": form, "count": len(found.free), "held": found.held[:NAMED], "kept": len(found.held),
    }  # fmt: skip
    return render(request, "staff_transition/import_withdraw.html", context)


@audience(*IMPORTERS)
def changes(request: SignedIn, pk: int) -> HttpResponse:
    """Field by field, what the import would change, and who is not in the new file."""
    roster_import = _import(request, pk, with_reading=True)
    if roster_import.reading is None:
        raise Http404
    context = {"roster_import": roster_import, **changes_of(roster_import.reading, request.GET.get("page"))}
    return render(request, "staff_transition/import_changes.html", context)


@audience(*IMPORTERS)
def original(request: SignedIn, pk: int) -> HttpResponse:
    """The uploaded file, byte for byte."""
    roster_import = _import(request, pk)
    _log_download(request, roster_import, "原表")
    return attachment(roster_import.file.read(), roster_import.file.name, KINDS[roster_import.kind].media_type)


@audience(*IMPORTERS)
def marked(request: SignedIn, pk: int) -> HttpResponse:
    """The user's own file with errors and hints written into it."""
    roster_import = _import(request, pk, with_reading=True)
    if roster_import.reading is None:
        raise Http404
    stored = roster_import.stored
    arguments = mark_arguments(roster_import.kind, stored.sheets, stored.findings)
    content = mark_safely(roster_import.file.read(), arguments)
    _log_download(request, roster_import, "标注原表")
    stem = roster_import.file.name.rpartition(".")[0] or roster_import.file.name
    return attachment(content, f"{stem}（标注）.xlsx", MEDIA_TYPE)


def _log_download(request: SignedIn, roster_import: RosterImport, what: str) -> None:
    subject = f"花名册导入 {roster_import.pk} {roster_import.file.name}（{what}）"
    AccessRecord.write(AccessRecord.Kind.EXPORT, request.user, subject, address=address_of(request))


@require_POST
@audience(*IMPORTERS)
def reveal(request: SignedIn, pk: int) -> HttpResponse:
    """One cell of the preview in full: the person's own file, but each look is written down."""
    roster_import = _import(request, pk, with_reading=True)
    try:
        sheet = roster_import.stored.sheets[int(request.POST["sheet"])]
        texts = next(texts for row, _, texts in sheet["rows"] if row == int(request.POST["row"]))
        text = texts[int(request.POST["column"])]
    except (KeyError, ValueError, IndexError, StopIteration):
        raise Http404 from None
    subject = f"花名册导入 {roster_import.pk} 第 {int(request.POST['row'])} 行第 {int(request.POST['column']) + 1} 列"
    AccessRecord.write(AccessRecord.Kind.REVEAL, request.user, subject, reason="核对导入", address=address_of(request))
    return render(request, "staff_transition/parts/revealed.html", {"text": text})


@audience(*IMPORTERS)
def template(request: SignedIn) -> HttpResponse:
    """An empty roster to fill in, with this college's campuses and services in its lists."""
    services = Service.objects.visible_to(request.user)
    teams = Category.objects.filter(services__in=services).distinct().values_list("name", flat=True)
    campuses = Campus.objects.values_list("name", flat=True)
    content = roster_template(list(campuses), list(teams) or list(Category.objects.values_list("name", flat=True)))
    return attachment(content, f"外聘员工花名册模板{timezone.localdate():%Y%m%d}.xlsx", MEDIA_TYPE)
