"""The checklists of adopted schemes, kept in step with the dispositions as they are set and with who moves or leaves."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from common.history import create_many, record_many
from law.parameters import book
from staff_transition.mass import elsewhere, ended_by_service, staff_of
from staff_transition.models import Disposition, SchemeStep, TransitionScheme
from staff_transition.rules.grounds import ENDS_NOTHING, OWN_ENDS
from staff_transition.rules.procedure import OWN_UNIT, Duty, checklist
from staff_transition.rules.scheme import is_mass, most_together

FOLLOWED = frozenset({"service", "left_on", "is_hazard_post"})  # facts of a worker that a checklist follows
WRITTEN = ("title", "rule", "articles", "is_statutory", "due_on")

End = tuple[str, date | None, bool]  # ground, last day, whether the post is a hazard to health


def keep_checklists(by: Any, reason: str) -> None:
    """Every adopted scheme asks for what the dispositions of its people mean now, whoever set them or moved the people.

    All schemes, not that of one service: a mass layoff is counted over the whole programme.
    """
    schemes = list(
        TransitionScheme.objects.live()
        .exclude(adopted_at=None)
        .select_related("service__unit")
        .prefetch_related("steps")
    )
    if not schemes:
        return
    ends: dict[int, list[End]] = defaultdict(list)
    columns = ("worker__service", "ground", "kind", "last_day", "worker__is_hazard_post")
    for service, ground, kind, day, is_hazard in Disposition.objects.to_the_end().values_list(*columns):
        ends[service].append((ground or kind, day, is_hazard))
    today = timezone.localdate()
    ended, staff = ended_by_service(today), staff_of(book(), today).people
    for scheme in schemes:
        service = scheme.service_id
        mass = is_mass(most_together(ended[service], elsewhere(ended, service)), staff)
        _write(scheme, _duties(scheme, ends[service], mass), by, reason)


def _duties(scheme: TransitionScheme, held: Iterable[End], mass: bool) -> tuple[Duty, ...]:
    planned = [end for end in held if end[0] not in OWN_ENDS and end[0] not in ENDS_NOTHING]
    ends = {(ground, day or scheme.last_day) for ground, day, _ in planned} or {("", scheme.last_day)}
    return checklist(ends, is_mass=mass, has_hazard=any(is_hazard for _, _, is_hazard in planned))


def _write(scheme: TransitionScheme, wanted: Iterable[Duty], by: Any, reason: str) -> None:
    """A step that is done stays as it is, one with a proof stays; the others come, go and take the new days."""
    known = {step.key: step for step in scheme.steps.all()}
    fresh, changed = [], []
    for duty in wanted:
        values = {
            "title": duty.title, "rule": duty.rule, "articles": [article.code for article in duty.articles],
            "is_statutory": duty.is_statutory, "due_on": duty.due,
        }  # fmt: skip
        step = known.pop(duty.key, None)
        if step is None:
            who = str(scheme.service.unit) if duty.who == OWN_UNIT else duty.who
            fresh.append(SchemeStep(scheme=scheme, key=duty.key, responsible=who, **values))
        elif step.done_on is None and any(getattr(step, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(step, name, value)
            changed.append(step)
    create_many(fresh, by, reason)
    record_many(changed, WRITTEN, by, reason)
    for step in known.values():
        if not (step.done_on or step.evidence or step.file_id):
            step._history_user, step._change_reason = by, reason  # type: ignore[attr-defined]
            step.delete()
