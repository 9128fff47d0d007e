"""Submitting, deciding, withdrawing: one transaction each, decided by the database."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role, User
from approvals.errors import (
    AlreadyDecided,
    AlreadyRunning,
    MeetingRequired,
    Moved,
    NoRoute,
    NoSuchStep,
    NotYourStep,
    OpinionRequired,
    OwnDraft,
)  # fmt: skip
from approvals.models import Act, Copy, Flow, Route, Seat
from approvals.registry import KINDS
from approvals.routes import applicable, due_on
from approvals.rules import flow as rules
from approvals.rules.flow import ActRefused, Kind, State, Status
from common.fingerprint import fingerprint
from common.refusals import NotYours, require
from law.parameters import book, work_calendar

DEFAULT_OPINION = "同意。"
MEETING_FIELDS = ("name", "held_on", "minutes")
REFUSALS = {"own_draft": OwnDraft, "not_earlier": NoSuchStep}


@dataclass(frozen=True)
class Decision:
    """What a person sent: the act, the version seen and the form's own token, so that a repeated click is one act."""

    kind: str
    opinion: str
    seen_digest: str
    seen_step: str = ""  # "round:step" of the page
    to: str = ""
    has_reservation: bool = False
    meeting: dict[str, str] = field(default_factory=dict)
    token: str = field(default_factory=lambda: str(uuid.uuid4()))


@transaction.atomic
def submit(
    kind: str, object_id: int, *, by: Any, version: int, digest: str, title: str, amount: Decimal | None, about: str = "",
    copies: Iterable[User] = (),
) -> Flow:  # fmt: skip
    """Send a frozen version on its way. Raises NoRoute, AlreadyRunning."""
    route = Route.objects.filter(kind=kind, is_active=True).first()
    if route is None:
        raise NoRoute(kind=KINDS[kind].label)
    running = Flow.objects.filter(kind=kind, object_id=object_id, status=Status.RUNNING)
    require(not running.exists(), AlreadyRunning, title=title)
    now = timezone.now()
    steps = applicable(route.steps, amount, book(), timezone.localdate())
    try:
        with transaction.atomic():
            flow = Flow.objects.create(
                kind=kind, object_id=object_id, title=title, amount=amount, about=about, version=version, digest=digest,
                steps=steps, drafter=by, submitted_at=now, arrived_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyRunning(title=title) from None
    Copy.objects.bulk_create(Copy(flow=flow, person=person) for person in copies)
    _cache(flow, rules.start(flow.route, by.pk), now)
    return flow


@transaction.atomic
def decide(flow: Flow, decision: Decision, *, by: Any) -> Act:
    """Approve, return or reject the current step. The same click twice gives the recorded act; other words are refused.

    Raises NotYourStep, OwnDraft, AlreadyDecided, Moved, OpinionRequired, MeetingRequired, NoSuchStep, and what the subject's
    guard raises.
    """
    flow = Flow.objects.select_for_update(of=("self",)).select_related("drafter").get(pk=flow.pk)
    acts = list(flow.acts.select_related("by"))
    if again := next((act for act in acts if act.token == decision.token and act.by_id == by.pk), None):
        if not _is_same(again, decision):
            raise _decided([again])
        return again
    state = replayed(flow, acts)
    step = state.step
    if step is None or (decision.seen_step and decision.seen_step != place(flow)):
        raise _decided(acts)
    require(by.pk != flow.drafter_id, OwnDraft)
    seat = flow.seats.filter(round=flow.round, step=step.key, is_open=True).for_person(by).first()  # type: ignore[attr-defined]
    if seat is None:
        mine = any(act.by_id == by.pk and (act.round, act.step) == (flow.round, step.key) for act in acts)
        raise _decided(acts) if mine else NotYourStep(step=step.label)
    require(decision.seen_digest == flow.digest, Moved)
    opinion = _checked(decision, step)
    if decision.kind == Kind.APPROVE:
        require_guard(flow, by)
    return _write(flow, state, acts, decision, opinion, seat, by)


def require_guard(flow: Flow, by: Any) -> None:
    """Raises what the subject's guard of the present step refuses."""
    if guard := flow.step_of(flow.step).get("guard"):
        KINDS[flow.kind].guard(KINDS[flow.kind].load(flow.object_id), guard, by)


@transaction.atomic
def withdraw(flow: Flow, *, by: Any, reason: str) -> Act:
    """Take the whole back while it runs: the drafter alone. Raises NotYours, AlreadyDecided."""
    flow = Flow.objects.select_for_update(of=("self",)).get(pk=flow.pk)
    require(by.pk == flow.drafter_id, NotYours, act="撤回", who="经办人")
    acts = list(flow.acts.select_related("by"))
    if not flow.is_running:
        raise _decided(acts)
    decision = Decision(Kind.WITHDRAW, reason, flow.digest)
    return _write(flow, replayed(flow, acts), acts, decision, reason, None, by)


def replayed(flow: Flow, acts: Iterable[Act]) -> State:
    """The state of a flow from its acts alone."""
    return rules.replay(flow.route, flow.drafter_id, [as_rule(act) for act in acts])


def as_rule(act: Act) -> rules.Act:
    return rules.Act(Kind(act.kind), act.by_id, act.seat.index if act.seat else 0, act.to)


def place(flow: Flow) -> str:
    """Where a flow is, as the decision page carries it."""
    return f"{flow.round}:{flow.step}"


def _is_same(act: Act, decision: Decision) -> bool:
    """Whether these are the words of the act: a meeting's minutes sent after an act without them are something else."""
    said = (decision.kind, decision.opinion.strip() or DEFAULT_OPINION, decision.has_reservation, decision.to)
    return said == (act.kind, act.opinion, act.has_reservation, act.to) and _filled(decision.meeting) == _filled(
        act.meeting
    )


def _filled(meeting: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in meeting.items() if value}


def _decided(acts: list[Act]) -> AlreadyDecided:
    last = acts[-1] if acts else None
    at = f"{timezone.localtime(last.at):%m-%d %H:%M}" if last else ""
    return AlreadyDecided(who=last.by.name if last else "别人", at=at, kind=last.get_kind_display() if last else "办理")


def _checked(decision: Decision, step: rules.Step) -> str:
    opinion = decision.opinion.strip()
    if decision.kind != Kind.APPROVE or decision.has_reservation:
        kind = "保留意见" if decision.kind == Kind.APPROVE else dict(Act.KINDS)[Kind(decision.kind)]
        require(bool(opinion), OpinionRequired, kind=kind)
    elif step.is_meeting:
        require(all(decision.meeting.get(name) for name in MEETING_FIELDS), MeetingRequired)
    return opinion or DEFAULT_OPINION


def _write(
    flow: Flow, state: State, acts: list[Act], decision: Decision, opinion: str, seat: Seat | None, by: Any
) -> Act:
    now = timezone.now()
    step = state.step
    act = Act(
        flow=flow, sequence=len(acts) + 1, kind=decision.kind, round=flow.round, step=flow.step,
        label=step.label if step else "", seat=seat, by=by, opinion=opinion, has_reservation=decision.has_reservation,
        to=decision.to, meeting=decision.meeting if step and step.is_meeting else {}, digest=flow.digest, token=decision.token,
        at=now, previous_hash=acts[-1].hash if acts else "",
    )  # fmt: skip
    act.hash = hash_of(act)
    try:
        following = rules.after(state, as_rule(act))
    except ActRefused as refusal:
        raise REFUSALS.get(refusal.why, NotYourStep)(step=act.label) from None
    try:
        with transaction.atomic():
            act.save(force_insert=True)
    except IntegrityError:
        raise _decided(acts) from None
    if seat:
        seat.is_open = False
        seat.save(update_fields=["is_open"])
    _cache(flow, following, now)
    if following.status != Status.RUNNING:
        KINDS[flow.kind].on_end(KINDS[flow.kind].load(flow.object_id), flow, by)
    return act


def _cache(flow: Flow, state: State, now: datetime) -> None:
    """Write what the acts lead to into the flow's columns, and open the seats of a step that begins."""
    step = state.step
    moved = step is None or (flow.round, flow.step) != (state.round, step.key)
    flow.status, flow.round, flow.step = state.status, state.round, step.key if step else ""
    if moved:
        flow.seats.filter(is_open=True).update(is_open=False)
        flow.arrived_at = now
    if step is None:
        flow.finished_at, flow.due_on = now, None
    elif moved:
        given = flow.step_of(step.key)
        flow.due_on = due_on(timezone.localtime(now).date(), given.get("days", 3), work_calendar())
        unit = flow.drafter.unit if given.get("own_unit") else None
        Seat.objects.bulk_create(
            Seat(flow=flow, round=state.round, step=step.key, index=index, role=given.get("role", Role.LEADER), unit=unit,
                 person_id=given.get("person"))
            for index in range(step.seats)
        )  # fmt: skip
    flow.save(update_fields=["status", "round", "step", "arrived_at", "due_on", "finished_at"])


def hash_of(act: Act) -> str:
    """SHA-256 over everything that an act says and the act before it."""
    said = [
        act.flow_id, act.sequence, act.kind, act.round, act.step, act.label, act.seat_id, act.by_id, act.opinion,
        act.has_reservation, act.to, act.meeting, act.digest, act.token, act.at.timestamp(), act.previous_hash,
    ]  # fmt: skip
    return fingerprint(said)
