"""经济补偿测算: one person's working, and the list of a service with its totals."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.audience import SignedIn, audience
from common.requests import whole_number
from programme.models import Service
from staff_transition import permissions
from staff_transition.discretion import discreet_alternatives, discreet_facts, discreet_flag, discreet_lines
from staff_transition.facts import Known, Person, Setting, ledger_of, our_names, person_of
from staff_transition.figures import service_words, settlement_of, staff_figures, supplements_of
from staff_transition.frozen import Locked, locked_from
from staff_transition.history import sources_of, timeline
from staff_transition.models import Consultation, LockedSettlement, Worker
from staff_transition.rules.alternatives import alternatives, old_service_figures
from staff_transition.rules.flags import flags
from staff_transition.rules.ledger import with_evidence
from staff_transition.rules.months import add_months
from staff_transition.rules.scheme import steps
from staff_transition.rules.service import counting
from staff_transition.rules.settlement import exposure, reinstatement, settle

PER_PAGE = 50


@audience(*permissions.READERS)
def settlement(request: SignedIn, pk: int) -> HttpResponse:
    """How one person's amount came about: each step with article, figures, sources; open points; what to mind."""
    workers = Worker.objects.visible_to(request.user)
    worker = get_object_or_404(workers.select_related("disposition__set_by", "campus", "service__roster"), pk=pk)
    return render(request, "staff_transition/settlement.html", worked_out(worker, request.user, request.GET.get("log")))


def worked_out(worker: Worker, user: Any, log: str | None = None) -> dict[str, Any]:
    """What the page and the print sheet show of one person; health states go unnamed for those who need not know."""
    today, setting = timezone.localdate(), Setting()
    known = Known.of(worker)
    person = person_of(worker, known, setting, today, sources_of(worker))
    with_health = permissions.may_see_health(user, worker.service)
    if not with_health:
        person = replace(person, facts=discreet_facts(person.facts))
    found = settlement_of(person, setting)
    kept = LockedSettlement.objects.live().select_related("computed_by", "confirmation").filter(worker=worker).first()
    locked = locked_from(kept.content) if kept else None
    ledger = ledger_of(worker, known.wages, known.periods, our_names(), today)
    context: dict[str, Any] = {
        "worker": worker,
        "known": known,
        "ledger": ledger,
        "person": person,
        "facts": _confirmed(person, setting, locked),
        "disposition": person.disposition,
        "found": found,
        "now": timezone.now(),
        "timeline": timeline(worker, user, log),
        "counted_terms": person.facts.fixed_terms,
        "unsigned": person.facts.gaps,
    }
    bearing = alternatives(person.facts, setting.policy, person.local, found, setting.calendar) if found else ()
    bearing = bearing if with_health else discreet_alternatives(bearing)
    context["consultations"] = Consultation.objects.visible_to(user).about(
        worker=worker, ground=person.facts.ground, switches=[each.switch.key for each in bearing]
    )[:5]
    if found is None:
        return context
    lines = list(locked.lines if locked else found.lines)
    raised = flags(person.facts, found, setting.policy, person.local, today, ledger)
    if not with_health:
        lines, raised = discreet_lines(lines), tuple(discreet_flag(flag) for flag in raised)
    articles = {article.code: article for line in lines for article in line.articles}
    articles |= {article.code: article for flag in raised for article in flag.articles}
    return context | {
        "found": locked or found,
        "kept": kept,
        "drift": found.total - kept.total if kept and found.total is not None else None,
        "flags": raised,
        "articles": articles.values(),
        "risk": exposure(person.facts, setting.policy, person.local).severance if found.ground.owes == 1 else None,
        "back": reinstatement(person.facts, today) if found.ground.owes == 1 else None,
        "alternatives": bearing,
        "steps": _steps(person, setting),
        "supplements": LockedSettlement.objects.standing().filter(supplements=kept).order_by("number") if kept else (),
        "with_more": kept.total + supplements_of(Worker.objects.filter(pk=worker.pk))["total"] if kept else None,
        "wages": person.facts.wages,
        "confirmation": getattr(kept, "confirmation", None),
        "old_service": old_service_figures(person.facts, setting.policy, person.local, found),
        "before_tax": with_evidence((line for line in lines if line.key != "tax"), person.facts, ledger),
        "tax_lines": [line for line in lines if line.key == "tax"],
    }


def _confirmed(person: Person, setting: Setting, locked: Locked | None) -> dict[str, Any]:
    """The facts that the worker's signature confirms beside the amounts: as frozen, where they were."""
    service = locked.service if locked and locked.service else counting(person.facts, setting.policy) or ()
    return {
        "last_day": locked.figures.last_day if locked else person.facts.last_day,
        "service": service_words(service, person.worker.hired_on),
        "average": locked.average if locked and locked.average is not None else person.facts.average,
    }


def _steps(person: Person, setting: Setting) -> list[dict[str, Any]]:
    """The year around the last day: from which day on how many months of pay, and the amount at the base of today."""
    last_day, facts = person.facts.last_day, person.facts
    if last_day is None:
        return []
    first = add_months(last_day, -6)
    found = steps(facts, setting.policy, first, add_months(last_day, 6))
    amounts: list[dict[str, Any]] = []
    for step in found:
        local = setting.local(person.worker.campus.district, step.day)
        at = settle(facts.for_severance(last_day=step.day), setting.policy, local)
        paid = {"months": at.count.years if at.count else step.months, "amount": at.severance}
        if not amounts or paid.items() - amounts[-1].items():
            amounts.append({"day": step.day, **paid, "is_now": False})
    for each in reversed(amounts):
        if each["day"] <= last_day:
            each["is_now"] = True
            break
    return amounts


@audience(*permissions.READERS)
def settlements(request: SignedIn) -> HttpResponse:
    """The people of one service with what each is owed; the totals are over all of them, whatever the page."""
    has_people = Q(workers__left_on=None, workers__isnull=False) | Q(
        workers__settlements__withdrawn_at=None, workers__settlements__isnull=False
    )
    services = Service.objects.visible_to(request.user).select_related("category").filter(has_people).distinct()
    chosen = whole_number(request.GET.get("service"))
    service = services.filter(pk=chosen).first() if chosen else services.first()
    figures = staff_figures(service) if service else None
    rows = sorted(figures.rows, key=lambda row: row.total is not None) if figures else []
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"services": services, "service": service, "figures": figures, "page": page}
    if service and figures:
        more = supplements_of(Worker.objects.filter(service=service))
        context |= {"more": more, "with_more": figures.settlement_total + more["total"]}
    return render(request, "staff_transition/settlements.html", context)
