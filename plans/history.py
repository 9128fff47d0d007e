"""What happened to a plan: terms, sections, attachments, with who, when, old and new."""

from django.core.paginator import Page

from plans.models import OutsourcingPlan, PlanSection
from staff_transition.history import Event, entries_of, events_of, page_of


def plan_events(plan: OutsourcingPlan, page: str | None) -> Page[Event]:
    label = str(PlanSection._meta.verbose_name)
    sections = events_of(label, entries_of(PlanSection, plan=plan.pk))
    return page_of([*events_of("", entries_of(OutsourcingPlan, id=plan.pk)), *sections], page)
