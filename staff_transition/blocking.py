"""What stands in the way of a person's end: what forbids the disposition itself, and what holds back papers and money.

Asked when a disposition is set, when a scheme is adopted, at the lock, for every paper and before a payment.
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from staff_transition.errors import NAMED, DispositionIsBarred
from staff_transition.facts import Person, Setting, people
from staff_transition.models import Worker
from staff_transition.models.workers import WorkerQuerySet
from staff_transition.roster.checks import protected_kind
from staff_transition.rules.flags import Flag, bars, blocks
from staff_transition.rules.person import PersonFacts


def require_lawful(held: Iterable[tuple[Worker, PersonFacts]], today: date, act: str) -> None:
    """Raises DispositionIsBarred with the people whose disposition only a changed fact or another ground makes lawful."""
    found = [(worker, flags[0]) for worker, facts in held if (flags := bars(_on_a_day(facts, today)))]
    if not found:
        return
    names = "、".join(f"{worker.name}（{flag.title}）" for worker, flag in found[:NAMED])
    why = found[0][1].text if len(found) == 1 else ""
    raise DispositionIsBarred(names=names, count=len(found), act=act, why=why)


def _on_a_day(facts: PersonFacts, today: date) -> PersonFacts:
    """Where the last day is not set yet, today stands for it: a block that holds today is no less a block."""
    return facts if facts.last_day else facts.but(last_day=today)


def blocked(person: Person, today: date) -> tuple[Flag, ...]:
    """What stops the papers and the payment of one person."""
    return blocks(_on_a_day(person.facts, today))


def unregistered(workers: WorkerQuerySet) -> tuple[Worker, ...]:
    """Whose remark speaks of a state of LCL_42 while none is registered: a person must look at each; one query."""
    return tuple(
        each for each in workers.filter(protected_conditions=None).exclude(remark="") if protected_kind(each.remark)
    )


def blocked_among(workers: WorkerQuerySet) -> dict[int, tuple[Flag, ...]]:
    """Worker → what stops papers and payment now, by the facts as they stand today; a fixed number of queries."""
    today = timezone.localdate()
    held = people(workers, Setting(), today)
    return {person.worker.pk: found for person in held if (found := blocked(person, today))}
