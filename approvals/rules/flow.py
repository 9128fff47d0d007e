"""One state machine for every approval: a route of steps, acts upon it, and the state that follows. Pure.

The state is always the replay of the acts over the route. Countersigning (all), any-one steps and meeting steps are kinds of
step; delegating or adding a signer will be further kinds of act.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce


class Mode(StrEnum):
    SINGLE = "single"  # one seat
    ANY = "any"  # 或签: the first decides
    ALL = "all"  # 会签: everybody


class Kind(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    WITHDRAW = "withdraw"


class Status(StrEnum):
    RUNNING = "running"
    APPROVED = "approved"
    RETURNED = "returned"  # to the drafter: ends this flow, the next submission begins another
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Step:
    """One step of a route. `seats` is how many signatures it offers; who may take them is not the machine's affair."""

    key: str
    label: str
    mode: Mode = Mode.SINGLE
    seats: int = 1
    is_meeting: bool = False


@dataclass(frozen=True)
class Act:
    kind: Kind
    who: int
    seat: int = 0
    to: str = ""  # step returned to; "" is the drafter


@dataclass(frozen=True)
class State:
    route: tuple[Step, ...]
    drafter: int
    status: Status = Status.RUNNING
    position: int = 0
    round: int = 1  # grows with every return to a step: fresh seats, old opinions stay
    signed: frozenset[int] = frozenset()  # seats of the current step that have approved in this round

    @property
    def step(self) -> Step | None:
        return self.route[self.position] if self.status == Status.RUNNING else None


class ActRefused(Exception):
    """The act does not fit the state. `why`: finished, own_draft, not_drafter, seat_taken, no_seat, not_earlier."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


def start(route: Sequence[Step], drafter: int) -> State:
    """Raises ValueError for a route without steps or with a key twice."""
    keys = [step.key for step in route]
    if not keys or len(set(keys)) != len(keys):
        raise ValueError("a route needs steps, each with its own key")
    return State(tuple(route), drafter)


def after(state: State, act: Act) -> State:
    """The state that follows. Raises ActRefused and changes nothing."""
    step = state.step
    if step is None:
        raise ActRefused("finished")
    if act.kind == Kind.WITHDRAW:
        if act.who != state.drafter:
            raise ActRefused("not_drafter")
        return replace(state, status=Status.WITHDRAWN)
    if act.who == state.drafter:
        raise ActRefused("own_draft")
    if not 0 <= act.seat < step.seats:
        raise ActRefused("no_seat")
    if act.seat in state.signed:
        raise ActRefused("seat_taken")
    if act.kind == Kind.REJECT:
        return replace(state, status=Status.REJECTED)
    if act.kind == Kind.RETURN:
        return _returned(state, act.to)
    return _approved(state, step, act.seat)


def _returned(state: State, to: str) -> State:
    if not to:
        return replace(state, status=Status.RETURNED)
    earlier = [step.key for step in state.route[: state.position]]
    if to not in earlier:
        raise ActRefused("not_earlier")
    return replace(state, position=earlier.index(to), round=state.round + 1, signed=frozenset())


def _approved(state: State, step: Step, seat: int) -> State:
    signed = state.signed | {seat}
    if step.mode == Mode.ALL and len(signed) < step.seats:
        return replace(state, signed=signed)
    if state.position + 1 == len(state.route):
        return replace(state, status=Status.APPROVED, signed=signed)
    return replace(state, position=state.position + 1, signed=frozenset())


def replay(route: Sequence[Step], drafter: int, acts: Iterable[Act]) -> State:
    """The state that the acts lead to. Raises ActRefused where one does not fit: the journal was tampered with."""
    return reduce(after, acts, start(route, drafter))
