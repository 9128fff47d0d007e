"""The worker's own yes or no: links, confirmations, objections and their answers."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from common.history import create_many, record
from common.models import StoredFile
from common.refusals import NotYours, require
from staff_transition import papers, permissions
from staff_transition.errors import (
    AlreadyConfirmed,
    LinkIsOver,
    NobodyToAsk,
    NothingLocked,
    NotTheWorker,
    ObjectionIsAnswered,
    ObjectionsAreMany,
    WrongDigits,
)
from staff_transition.models import Confirmation, LockedSettlement, Objection, Worker, WorkerLink
from staff_transition.models.confirmations import MOST_ATTEMPTS

VALID_DAYS = 14
MOST_OBJECTIONS = 5  # of one link: what a person may have to say, and no flood
Purpose = WorkerLink.Purpose


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(worker: Worker, purpose: str, *, by: Any) -> str:
    """A new link for the worker's frozen result; the one before of the same purpose ends. Returns the token, kept nowhere.

    After the confirmation it is one to read. A certificate's is made for whom the paper can be made, when it can be.
    Raises NotYours, NothingLocked, NoCertificate, CertificateTooEarly, PaperIsStopped, FactMissing.
    """
    require(permissions.may_link(by), NotYours, act="生成本人链接", who=permissions.HR_OFFICE)
    settlement = LockedSettlement.objects.live().select_for_update(no_key=True).filter(worker=worker).first()
    if settlement is None:
        raise NothingLocked(worker=worker)
    if purpose == Purpose.CERTIFICATE:
        papers.own_certificate(settlement)
    now, token = timezone.now(), secrets.token_urlsafe(24)
    for link in WorkerLink.objects.filter(worker=worker, purpose=purpose, ended_at=None):
        link.ended_at = now
        record(link, by, "由新的链接代替", "ended_at")
    link = WorkerLink(
        worker=worker, settlement=settlement, purpose=purpose, token_hash=hash_of(token), made_by=by,
        expires_at=now + timedelta(days=VALID_DAYS),
    )  # fmt: skip
    record(link, by, "生成本人链接")
    return token


def make_links(workers: Iterable[Worker], purpose: str, *, by: Any) -> list[tuple[Worker, str]]:
    """One link each for everybody with a frozen result. All or nothing. Raises NotYours, NobodyToAsk."""
    with transaction.atomic():
        made = [(worker, make_link(worker, purpose, by=by)) for worker in workers]
    require(bool(made), NobodyToAsk)
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
    """The last four signs of the identity number. Raises WrongDigits, LinkIsOver.

    Compared and counted while the link is held, so that many guesses at once are as few as one after the other; the count
    outlives the refusal, which is raised afterwards.
    """
    with transaction.atomic():
        held = WorkerLink.objects.select_for_update(of=("self",), no_key=True).select_related("worker").get(pk=link.pk)
        require(held.is_open, LinkIsOver)
        if hmac.compare_digest(digits.strip().upper().encode(), held.worker.id_tail.upper().encode()):
            return
        held.attempts += 1
        held.save(update_fields=["attempts"])
    require(held.is_open, LinkIsOver)
    raise WrongDigits(left=MOST_ATTEMPTS - held.attempts)


def _held(link: WorkerLink, by: Any) -> WorkerLink:
    """The link under its lock, still open and in the worker's own hands. Raises NotTheWorker, LinkIsOver."""
    require(not by.is_authenticated, NotTheWorker)
    held = WorkerLink.objects.select_for_update(of=("self",), no_key=True).select_related("settlement").get(pk=link.pk)
    require(held.is_open and held.settlement.withdrawn_at is None, LinkIsOver)
    return held


@transaction.atomic
def confirm(link: WorkerLink, digest: str, *, by: Any, address: str | None) -> Confirmation:
    """The worker agrees with what was shown, once; the same link again gives what is there, for an answer that was lost.

    `by`: who is signed in in that browser, which must be nobody. Raises NotTheWorker, LinkIsOver, AlreadyConfirmed.
    """
    held = _held(link, by)
    require(held.settlement.digest == digest, LinkIsOver)
    LockedSettlement.objects.select_for_update(no_key=True).get(
        pk=held.settlement_id
    )  # a signed scan may come in meanwhile
    found = Confirmation.objects.filter(settlement=held.settlement).first()
    if found is None:
        made = Confirmation(settlement=held.settlement, digest=digest, link=held, address=address)
        return _keep(made, None, "本人经链接确认")
    require(found.link_id == held.pk, AlreadyConfirmed)
    return found


def _keep(made: Confirmation, by: Any, reason: str) -> Confirmation:
    """The confirmation with what was not in the sum, and its entry in the history."""
    made.unpriced = list(made.settlement.content["figures"]["unpriced"])
    record(made, by, reason)
    return made


@transaction.atomic
def object_to(link: WorkerLink, text: str, *, by: Any, address: str | None, token: UUID | None = None) -> Objection:
    """The worker disagrees: a task for HR. The link stays open, so that the answer can be followed by a confirmation.

    The same words from the same form are one objection. Raises NotTheWorker, LinkIsOver, AlreadyConfirmed, ObjectionsAreMany.
    """
    held = _held(link, by)
    sent = Objection.objects.filter(token=token).first() if token else None
    if sent and sent.text == text and sent.settlement_id == held.settlement_id:
        return sent
    require(not Confirmation.objects.filter(settlement=held.settlement).exists(), AlreadyConfirmed)
    count = held.objections.count()
    require(count < MOST_OBJECTIONS, ObjectionsAreMany, count=count)
    objection = Objection(settlement=held.settlement, link=held, text=text, token=None if sent else token)
    create_many([objection], None, f"本人经链接提出（{address or '地址不明'}）")
    return objection


@transaction.atomic
def confirm_on_paper(worker: Worker, scan: StoredFile, *, by: Any) -> Confirmation:
    """The signed sheet was scanned. Raises NotYours, NothingLocked, AlreadyConfirmed."""
    require(permissions.may_link(by), NotYours, act="登记签字件", who=permissions.HR_OFFICE)
    settlement = LockedSettlement.objects.live().select_for_update(no_key=True).filter(worker=worker).first()
    if settlement is None:
        raise NothingLocked(worker=worker)
    require(not Confirmation.objects.filter(settlement=settlement).exists(), AlreadyConfirmed)
    return _keep(
        Confirmation(settlement=settlement, digest=settlement.digest, scan=scan, recorded_by=by), by, "登记签字件"
    )


@transaction.atomic
def answer_objection(objection: Objection, answer: str, *, by: Any) -> Objection:
    """HR answers, once. Raises NotYours, ObjectionIsAnswered."""
    require(permissions.may_link(by), NotYours, act="答复异议", who=permissions.HR_OFFICE)
    objection = Objection.objects.select_for_update(of=("self",), no_key=True).get(pk=objection.pk)
    require(objection.answered_at is None, ObjectionIsAnswered)
    objection.answer, objection.answered_at, objection.answered_by = answer, timezone.now(), by
    record(objection, by, "答复异议", "answer", "answered_at", "answered_by")
    return objection
