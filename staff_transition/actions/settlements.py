"""Freezing what people are owed, and taking it back: both happen with HR's lock and never apart from it."""

from typing import Any

from django.db.models import Max
from django.utils import timezone

from programme.models import Service
from staff_transition.facts import Setting, people
from staff_transition.frozen import content_of, digest_of
from staff_transition.models import LockedSettlement, Worker


def freeze(service: Service, *, by: Any) -> int:
    """Keep the result of everybody of the service whose amount is known; returns how many. In the caller's transaction."""
    now, today, setting = timezone.now(), timezone.localdate(), Setting()
    workers = Worker.objects.live().filter(service=service)
    numbers = dict(
        LockedSettlement.objects.filter(worker__in=workers.order_by().values("pk"))
        .values_list("worker")
        .annotate(Max("number"))
        .order_by()
    )
    rows = []
    for person in people(workers, setting, today):
        content = content_of(person, setting, today)
        if content is not None:
            figures = content["figures"]
            rows.append(LockedSettlement(
                worker=person.worker, number=numbers.get(person.worker.pk, 0) + 1, content=content, digest=digest_of(content),
                severance=figures["severance"], total=figures["total"], tax=figures["tax"], computed_at=now, computed_by=by,
            ))  # fmt: skip
    LockedSettlement.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def withdraw(service: Service, *, by: Any, reason: str) -> int:
    """Take back the live results of the service: they stay readable, numbered. In the caller's transaction."""
    live = LockedSettlement.objects.live().filter(worker__service=service)
    return live.update(withdrawn_at=timezone.now(), withdrawn_by=by, withdrawn_why=reason)
