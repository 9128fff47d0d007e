"""The checklists of adopted schemes, kept in step with the dispositions as they are set and with who moves or leaves.

A step that names people (the letter to the union, the report, each person's papers) is finished for those whom it then
concerned, on the ground that they then had. Who comes later, or gets another ground, is asked for by a further step (补充)
of the same key: what was done stays as it was, and what is still owed is late on a day of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from common.history import create_many, record_many
from law.parameters import book
from staff_transition.actions.holding import hold_schemes
from staff_transition.mass import elsewhere, ended_by_service, staff_of
from staff_transition.models import Disposition, SchemeStep, TransitionScheme
from staff_transition.rules.grounds import ENDS_NOTHING, OWN_ENDS
from staff_transition.rules.procedure import AFTER_THE_LETTER, OF_THE_SCHEME, OWN_UNIT, UNION_LETTER, Duty, checklist
from staff_transition.rules.scheme import is_mass, most_together

FOLLOWED = frozenset({"service", "left_on", "is_hazard_post"})  # facts of a worker that a checklist follows
WRITTEN = ("title", "rule", "articles", "is_statutory", "due_on", "people")
AGAIN = "（补充）"

Named = dict[str, str]  # worker → ground, as a step keeps them


class End(NamedTuple):
    worker: int
    ground: str
    day: date
    is_hazard: bool  # the post is a hazard to health


class Asked:
    """What one scheme asks for, and for whom, as the dispositions stand."""

    def __init__(self, scheme: TransitionScheme, ends: Iterable[End], is_mass: bool):
        self.is_mass = is_mass
        self.ends = [end for end in ends if end.ground not in OWN_ENDS and end.ground not in ENDS_NOTHING]
        self.duties = self.of(self.ends) or self.of([End(0, "", scheme.last_day, is_hazard=False)])

    def of(self, ends: Iterable[End]) -> dict[str, Duty]:
        return {duty.key: duty for duty in checklist({end[1:] for end in ends}, is_mass=self.is_mass)}

    def people(self, key: str) -> Named:
        """Whose end asks for this duty, on which ground."""
        asking: dict[tuple[Any, ...], bool] = {}
        for end in self.ends:
            if end[1:] not in asking:
                asking[end[1:]] = key in self.of([end])
        return {str(end.worker): end.ground for end in self.ends if asking[end[1:]]}

    def further(self, key: str, later: Named) -> Duty:
        """The duty counted from the ends of these people alone."""
        duty = self.of(end for end in self.ends if str(end.worker) in later)[key]
        return replace(duty, title=f"{duty.title}{AGAIN}")


def keep_checklists(by: Any, reason: str) -> None:
    """Every adopted scheme asks for what the dispositions of its people mean now, whoever set them or moved the people.

    All schemes, not that of one service: a mass layoff is counted over the whole programme.
    """
    hold_schemes()
    for scheme, asked in _asked():
        _write(scheme, asked, by, reason)


def _asked() -> Iterator[tuple[TransitionScheme, Asked]]:
    schemes = list(
        TransitionScheme.objects.live()
        .exclude(adopted_at=None)
        .select_related("service__unit")
        .prefetch_related("steps")
    )
    if not schemes:
        return
    ends: dict[int, list[End]] = defaultdict(list)
    columns = ("worker__service", "worker", "ground", "kind", "last_day", "worker__is_hazard_post")
    last_days = {scheme.service_id: scheme.last_day for scheme in schemes}
    stayed = Disposition.objects.to_the_end().filter(worker__service__in=last_days)
    for service, worker, ground, kind, day, is_hazard in stayed.values_list(*columns):
        ends[service].append(End(worker, ground or kind, day or last_days[service], is_hazard))
    today = timezone.localdate()
    ended, staff = ended_by_service(today), staff_of(book(), today).people
    for scheme in schemes:
        service = scheme.service_id
        mass = is_mass(most_together(ended[service], elsewhere(ended, service)), staff)
        yield scheme, Asked(scheme, ends[service], mass)


def named_by(step: SchemeStep) -> Named:
    """Whom a step that is finished now concerns: those asked for and named by none before it.

    The union answers about those of whom it was told.
    """
    for scheme, asked in _asked():
        if scheme.pk == step.scheme_id and step.key not in OF_THE_SCHEME:
            rounds = [each for each in scheme.steps.all() if each.pk != step.pk]
            later = _without(asked.people(step.key), _done(rounds, step.key))
            told = _done(rounds, UNION_LETTER)
            return dict(later.items() & told) if step.key in AFTER_THE_LETTER and told else later
    return {}


def _done(steps: Iterable[SchemeStep], key: str) -> set[tuple[str, str]]:
    return {named for step in steps if step.key == key and step.done_on for named in step.people.items()}


def _without(people: Named, named: set[tuple[str, str]]) -> Named:
    return dict(people.items() - named)


def _write(scheme: TransitionScheme, asked: Asked, by: Any, reason: str) -> None:
    """A step that is done stays as it is, one with a proof stays; the others come, go and take the new days."""
    steps = sorted(scheme.steps.all(), key=lambda step: step.round)
    open_: dict[str, SchemeStep] = {}
    spare = [step for step in steps if step.done_on is None and open_.setdefault(step.key, step) is not step]
    rounds = {step.key: step.round for step in steps}  # the last one of each
    fresh, changed = [], []
    for duty in asked.duties.values():
        later: Named = {}
        if any(step.key == duty.key and step.done_on for step in steps):
            if duty.key not in OF_THE_SCHEME:
                later = _without(asked.people(duty.key), _done(steps, duty.key))
            if not later:
                continue
            duty = asked.further(duty.key, later)
        values = {
            "title": duty.title, "rule": duty.rule, "articles": [article.code for article in duty.articles],
            "is_statutory": duty.is_statutory, "due_on": duty.due, "people": later,
        }  # fmt: skip
        step = open_.pop(duty.key, None)
        if step is None:
            who = str(scheme.service.unit) if duty.who == OWN_UNIT else duty.who
            number = rounds.get(duty.key, 0) + 1
            fresh.append(SchemeStep(scheme=scheme, key=duty.key, round=number, responsible=who, **values))
        elif any(getattr(step, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(step, name, value)
            changed.append(step)
    create_many(fresh, by, reason)
    record_many(changed, WRITTEN, by, reason)
    for step in (*open_.values(), *spare):
        if not (step.evidence or step.file_id):
            step._history_user, step._change_reason = by, reason  # type: ignore[attr-defined]
            step.delete()
