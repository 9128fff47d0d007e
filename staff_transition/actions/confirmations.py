"""The worker's own yes or no: links, confirmations, objections and their answers."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.history import create_many, record
from common.models import StoredFile
from common.refusals import NotYours, require
from staff_transition import permissions
from staff_transition.errors import (
    AlreadyConfirmed,
    LinkIsOver,
    NobodyToPay,
    NothingLocked,
    ObjectionIsAnswered,
    WrongDigits,
)
from staff_transition.models import Confirmation, LockedSettlement, Objection, Worker, WorkerLink

VALID_DAYS = 14
Purpose = WorkerLink.Purpose


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(worker: Worker, purpose: str, *, by: Any) -> str:
    """A new link for the worker's frozen result; the one before of the same purpose ends. Returns the token, kept nowhere.

    Raises NotYours, NothingLocked.
    """
    require(permissions.may_link(by), NotYours, act="生成本人链接", who=permissions.HR_OFFICE)
    settlement = LockedSettlement.objects.live().select_for_update().filter(worker=worker).first()
    if settlement is None:
        raise NothingLocked(worker=worker)
    now, token = timezone.now(), secrets.token_urlsafe(24)
    WorkerLink.objects.filter(worker=worker, purpose=purpose, ended_at=None).update(ended_at=now)
    WorkerLink.objects.create(
        worker=worker, settlement=settlement, purpose=purpose, token_hash=hash_of(token), made_by=by,
        expires_at=now + timedelta(days=VALID_DAYS),
    )  # fmt: skip
    return token


def make_links(workers: Iterable[Worker], purpose: str, *, by: Any) -> list[tuple[Worker, str]]:
    """One link each for everybody with a frozen result. All or nothing. Raises NotYours, NobodyToPay."""
    with transaction.atomic():
        made = [(worker, make_link(worker, purpose, by=by)) for worker in workers]
    require(bool(made), NobodyToPay)
    return made


def find_link(token: str, purpose: str) -> WorkerLink:
    """The open link of a token. Raises LinkIsOver for every other, with the same words: a stranger learns nothing."""
    link = (
        WorkerLink.objects.select_related("worker__service", "worker__campus", "settlement")
        .filter(token_hash=hash_of(token), purpose=purpose).first()
    )  # fmt: skip
    if link is None or not link.is_open or link.settlement.withdrawn_at is not None:
        raise LinkIsOver
    return link


def check_digits(link: WorkerLink, digits: str) -> None:
    """The last four signs of the identity number. Wrong ones are counted in the database. Raises WrongDigits, LinkIsOver."""
    if hmac.compare_digest(digits.strip().upper().encode(), link.worker.id_tail.upper().encode()):
        return
    WorkerLink.objects.filter(pk=link.pk).update(attempts=F("attempts") + 1)
    link.refresh_from_db()
    if not link.is_open:
        raise LinkIsOver
    raise WrongDigits


@transaction.atomic
def confirm(link: WorkerLink, digest: str, *, address: str | None) -> Confirmation:
    """The worker agrees with what was shown; the link is used up. Raises LinkIsOver, AlreadyConfirmed."""
    held = WorkerLink.objects.select_for_update(of=("self",)).select_related("settlement").get(pk=link.pk)
    require(held.is_open and held.settlement.withdrawn_at is None and held.settlement.digest == digest, LinkIsOver)
    require(not Confirmation.objects.filter(settlement=held.settlement).exists(), AlreadyConfirmed)
    WorkerLink.objects.filter(pk=held.pk).update(ended_at=timezone.now())
    return Confirmation.objects.create(settlement=held.settlement, digest=digest, link=held, address=address)


@transaction.atomic
def object_to(link: WorkerLink, text: str, *, address: str | None) -> Objection:
    """The worker disagrees: a task for HR. The link stays open, so that the answer can be followed by a confirmation."""
    held = WorkerLink.objects.select_for_update(of=("self",)).select_related("settlement").get(pk=link.pk)
    require(held.is_open and held.settlement.withdrawn_at is None, LinkIsOver)
    objection = Objection(settlement=held.settlement, text=text)
    create_many([objection], None, f"本人经链接提出（{address or '地址不明'}）")
    return objection


@transaction.atomic
def confirm_on_paper(worker: Worker, scan: StoredFile, *, by: Any) -> Confirmation:
    """The signed sheet was scanned. Raises NotYours, NothingLocked, AlreadyConfirmed."""
    require(permissions.may_link(by), NotYours, act="登记签字件", who=permissions.HR_OFFICE)
    settlement = LockedSettlement.objects.live().select_for_update().filter(worker=worker).first()
    if settlement is None:
        raise NothingLocked(worker=worker)
    require(not Confirmation.objects.filter(settlement=settlement).exists(), AlreadyConfirmed)
    return Confirmation.objects.create(settlement=settlement, digest=settlement.digest, scan=scan, recorded_by=by)


@transaction.atomic
def answer_objection(objection: Objection, answer: str, *, by: Any) -> Objection:
    """HR answers, once. Raises NotYours, ObjectionIsAnswered."""
    require(permissions.may_link(by), NotYours, act="答复异议", who=permissions.HR_OFFICE)
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    require(objection.answered_at is None, ObjectionIsAnswered)
    objection.answer, objection.answered_at, objection.answered_by = answer, timezone.now(), by
    record(objection, by, "答复异议", "answer", "answered_at", "answered_by")
    return objection
