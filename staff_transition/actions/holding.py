"""What an act on staff data holds until its transaction ends, in the one order that all acts share.

Rosters, then workers, then adopted schemes, each in the order of their keys; whatever else an act needs (a line, a batch, an
import's issues) comes after. Only what is read afterwards is what the act decides on and writes with its history: a row read
before may be another one by now. FOR NO KEY UPDATE, because a row that only refers to a held one has nothing to wait for.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from common.history import create_many
from common.refusals import require
from programme.models import Service
from staff_transition.errors import WorkerMoved
from staff_transition.models import Roster, TransitionScheme, Worker
from staff_transition.models.workers import WorkerQuerySet


def hold(workers: Iterable[int], by: Any, *, also: Iterable[int] = ()) -> WorkerQuerySet:
    """The workers, to be read from here on; `also`: services beside theirs whose rosters the act moves. Raises WorkerMoved."""
    found = Worker.objects.filter(pk__in=list(workers))
    services = {*also, *found.order_by().values_list("service", flat=True)}
    _hold_rosters(services, by)
    held = found.select_for_update(no_key=True).order_by("pk").values_list("service", flat=True)
    require(services.issuperset(held), WorkerMoved)
    return found.select_related("service")


def hold_roster(service: Service, by: Any) -> Roster:
    """The roster of a service with everybody in it; made when there is none yet."""
    _hold_rosters({service.pk}, by)
    list(Worker.objects.select_for_update(no_key=True).filter(service=service).order_by("pk").values_list("pk"))
    return Roster.objects.select_related("service", "locked_by").get(service=service)


def hold_schemes(also: int | None = None) -> None:
    """Every adopted scheme, since a mass layoff is counted over all of them, and the one that is to be adopted."""
    wanted = TransitionScheme.objects.filter(Q(pk=also) | Q(withdrawn_at=None, adopted_at__isnull=False))
    list(wanted.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _hold_rosters(services: set[int], by: Any) -> None:
    rosters = Roster.objects.select_for_update(no_key=True).filter(service__in=services).order_by("pk")
    held = rosters.values_list("service", flat=True)
    if not services.issubset(held):  # the services themselves are held where two might make the same roster
        list(Service.objects.select_for_update(no_key=True).filter(pk__in=services).order_by("pk").values_list("pk"))
        create_many([Roster(service_id=each) for each in sorted(services.difference(held.all()))], by, "建立花名册")
