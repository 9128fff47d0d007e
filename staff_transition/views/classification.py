"""分类汇总 on the page and as a workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.audience import SignedIn, audience
from common.downloads import attachment
from common.xlsx import MEDIA_TYPE
from staff_transition import permissions
from staff_transition.classification import BY, by_measure, crossed
from staff_transition.export import classification_export
from staff_transition.listing import WorkerFilter


def _tables(request: SignedIn) -> dict[str, object]:
    form = WorkerFilter(request.GET, request.user)
    by = request.GET.get("by") if request.GET.get("by") in BY else "service"
    base = {name: getattr(value, "pk", value) for name, value in form.cleaned_data.items() if value and name != "sort"}
    workers = form.workers()
    today = timezone.localdate()
    return {"form": form, "by": by, "choices": BY, "day": today, "cross": crossed(workers, by or "service", base),
            "table": by_measure(workers, today, base)}  # fmt: skip


@audience(*permissions.READERS)
def classification(request: SignedIn) -> HttpResponse:
    """Who works where and how; every figure leads to its people."""
    return render(request, "staff_transition/classification.html", _tables(request))


@audience(*permissions.READERS)
def classification_file(request: SignedIn) -> HttpResponse:
    """The same tables as .xlsx. Figures only, no person in it."""
    content = classification_export(_tables(request))
    return attachment(content, f"外聘员工分类汇总{timezone.localdate():%Y%m%d}.xlsx", MEDIA_TYPE)
