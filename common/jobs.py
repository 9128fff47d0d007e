"""Background work: one Job row says what runs, how far it is and how it ended; django-tasks only delivers it.

Delivery is at least once, so a handler must be idempotent: it does its writing in one transaction and finds what is
already done. A job started twice with the same key does its work once. A worker that was killed leaves a stale
heartbeat; `revive_stale` gives the job back to the queue by one conditional UPDATE, and gives up a job that
outlived no worker.
"""

import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django_tasks import task

from common.models import Job
from common.refusals import DomainError

logger = logging.getLogger(__name__)
STALE_AFTER = timedelta(minutes=3)
MOST_CLAIMS = 3  # a job too big for the memory takes its worker down each time, and all that wait behind it
HANDLERS: dict[str, Callable[[Job], dict[str, Any] | None]] = {}
ASK = "请把编号告诉系统管理员；再试一次不会重复写入。"
Handler = Callable[[Job], "dict[str, Any] | None"]


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does the work of a kind. It returns what the page needs afterwards, as JSON."""

    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function
        return function

    return register


def start(kind: str, key: str, by: Any, title: str, **arguments: Any) -> Job:
    """Put work into the queue after commit. The same key again returns the job that is there, unless it had failed."""
    with transaction.atomic():
        job, created = Job.objects.get_or_create(
            key=key, defaults={"kind": kind, "title": title, "started_by": by, "arguments": arguments}
        )
        if not created and not Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(
            state=Job.State.QUEUED, error="", arguments=arguments, done=0, claims=0, heartbeat_at=timezone.now()
        ):
            return job
        transaction.on_commit(lambda: deliver.enqueue(job.pk), robust=True)  # where it fails revive_stale does it later
    job.refresh_from_db()
    return job


@task()
def deliver(job_id: int) -> None:
    """Claim the job and do its work. Losing the claim means that another worker has it: nothing to do."""
    claimed = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING, heartbeat_at=timezone.now(), claims=models.F("claims") + 1
    )
    if not claimed:
        return
    job = Job.objects.select_related("started_by").get(pk=job_id)
    try:
        result = HANDLERS[job.kind](job) or {}
    except DomainError as refusal:
        _finish(job, Job.State.FAILED, error=refusal.text)
    except Exception:
        number = _number()
        logger.exception("job %s (%s) failed, number %s", job.pk, job.kind, number)
        _finish(job, Job.State.FAILED, error=f"程序出错，编号 {number}。{ASK}")
    else:
        _finish(job, Job.State.DONE, result=result)


def _number() -> str:
    """Stands on the page and in the log."""
    return secrets.token_hex(4).upper()


def _finish(job: Job, state: str, error: str = "", result: dict[str, Any] | None = None) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, error=error, result=result or {}, finished_at=timezone.now())


def progress(job: Job, done: int, total: int, step: str = "") -> None:
    """Say how far the work is; also the sign of life. Call it outside the transaction that writes."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total, step=step, heartbeat_at=timezone.now())


def revive_stale() -> int:
    """Give jobs of dead workers, and those that never came into the queue, to the queue; returns how many.

    A job that only waits for its turn is queued twice then: whoever claims it first does it. A sign of life from the
    future is none: the clock was set back.
    """
    now = timezone.now()
    silent = models.Q(heartbeat_at__lt=now - STALE_AFTER) | models.Q(heartbeat_at__gt=now + STALE_AFTER)
    stale = models.Q(state__in=(Job.State.RUNNING, Job.State.QUEUED)) & silent
    revived = 0
    for pk, state, claims in Job.objects.filter(stale).values_list("pk", "state", "claims"):
        if state == Job.State.RUNNING and claims >= MOST_CLAIMS:
            _give_up(pk, stale)
            continue
        with transaction.atomic():
            if Job.objects.filter(stale, pk=pk).update(state=Job.State.QUEUED, heartbeat_at=timezone.now()):
                transaction.on_commit(partial(deliver.enqueue, pk))
                revived += 1
    return revived


def _give_up(pk: int, stale: models.Q) -> None:
    number = _number()
    why = f"后台程序办这件事 {MOST_CLAIMS} 次都中断了，不再自动重试，编号 {number}。{ASK}"
    if Job.objects.filter(stale, pk=pk).update(state=Job.State.FAILED, error=why, finished_at=timezone.now()):
        logger.error("job %s was given up: %s workers died of it, number %s", pk, MOST_CLAIMS, number)
