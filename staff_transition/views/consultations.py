"""法律咨询: what was asked of arbitration professionals, what they answered, what it bears on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.audience import SignedIn, audience
from accounts.models import AccessRecord
from common.downloads import attachment
from common.models import StoredFile
from common.once import once
from common.refusals import NotYours, require
from common.requests import address_of, whole_number
from common.uploads import EVIDENCE_KINDS
from staff_transition import permissions
from staff_transition.actions.consultations import save_consultation
from staff_transition.forms.consultations import ConsultationForm
from staff_transition.models import Consultation, Worker
from staff_transition.rules.grounds import GROUNDS
from staff_transition.rules.policy import SWITCHES

PER_PAGE = 30


def _consultation(request: SignedIn, pk: int) -> Consultation:
    mine = Consultation.objects.visible_to(request.user).select_related("made_by", "file")
    return get_object_or_404(mine, pk=pk)


@audience(*permissions.READERS)
def consultations(request: SignedIn) -> HttpResponse:
    """The newest first; unanswered ones say so."""
    people = Prefetch("workers", Worker.objects.only("name"))
    found = Consultation.objects.visible_to(request.user).prefetch_related(people)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_edit": permissions.may_consult(request.user)}
    return render(request, "staff_transition/consultations.html", context)


@audience(*permissions.READERS)
def consultation(request: SignedIn, pk: int) -> HttpResponse:
    found = _consultation(request, pk)
    context = {
        "consultation": found, "workers": found.workers.all(),
        "grounds": [GROUNDS[code].label for code in found.grounds if code in GROUNDS],
        "switches": [SWITCHES[key].question for key in found.switches if key in SWITCHES],
        "may_edit": permissions.may_change_consultation(request.user, found),
    }  # fmt: skip
    return render(request, "staff_transition/consultation.html", context)


@audience(*permissions.CONSULTANTS)
def add(request: SignedIn) -> HttpResponse:
    """Register a question; ?worker= names the person it is about."""
    key = whole_number(request.GET.get("worker"))
    worker = Worker.objects.visible_to(request.user).filter(pk=key).first() if key else None
    initial = {"people": f"{worker.name}#{worker.pk}"} if worker else {}
    return _edit(request, Consultation(), initial)


@audience(*permissions.CONSULTANTS)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Enter the answer, or correct the record; history keeps what it was."""
    found = _consultation(request, pk)
    require(
        permissions.may_change_consultation(request.user, found),
        NotYours,
        act="修改这条法律咨询",
        who=f"登记人{found.made_by}",
    )
    return _edit(request, found, {})


def _edit(request: SignedIn, found: Consultation, initial: dict[str, str]) -> HttpResponse:
    form = ConsultationForm(request.user, request.POST or None, request.FILES or None, instance=found, initial=initial)
    if form.is_valid():
        with form.refusals():
            if upload := form.cleaned_data["attachment"]:
                form.instance.file = StoredFile.keep_upload(upload, EVIDENCE_KINDS, request.user, sealed=True)
            data = form.cleaned_data
            saved = once(
                request.POST,
                lambda: save_consultation(form.instance, data["people"], by=request.user, revision=data["revision"]),
            )
            messages.success(request, "法律咨询已保存。")
            return redirect(saved)
    return render(request, "staff_transition/consultation_edit.html", {"form": form, "consultation": found})


@audience(*permissions.READERS)
def file(request: SignedIn, pk: int) -> HttpResponse:
    """The attachment, as it was uploaded; every taking is written down."""
    found = _consultation(request, pk)
    kept = get_object_or_404(StoredFile, pk=found.file_id)
    subject = f"下载法律咨询附件《{kept.name}》（{found.asked_on}）"
    AccessRecord.write(AccessRecord.Kind.EXPORT, request.user, subject, address=address_of(request))
    return attachment(kept.read(), kept.name, kept.media_type)
