"""The state machine: what no random course of acts may break."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from approvals.rules.flow import Act, ActRefused, Kind, Mode, Status, Step, after, replay, start

ONE, TWO, THREE = Step("a", "甲"), Step("b", "乙", Mode.ALL, seats=3), Step("c", "丙", Mode.ANY, seats=2)
DRAFTER = 9


def approve(who=1, seat=0):
    return Act(Kind.APPROVE, who, seat)


def test_every_step_in_turn_leads_to_approval():
    state = replay([ONE, THREE], DRAFTER, [approve(1), approve(2, seat=1)])
    assert state.status == Status.APPROVED
    assert state.step is None


def test_a_countersign_step_needs_every_seat_and_an_any_one_step_one():
    state = replay([TWO, THREE], DRAFTER, [approve(1, 0), approve(2, 2)])
    assert state.step == TWO
    assert after(state, approve(3, 1)).step == THREE


def test_returning_to_a_countersign_step_asks_everybody_again():
    signed = replay([TWO, ONE], DRAFTER, [approve(1, 0), approve(2, 1), approve(3, 2)])
    state = after(signed, Act(Kind.RETURN, 4, to="b"))
    assert (state.step, state.round, state.signed) == (TWO, 2, frozenset())


def test_returning_to_the_drafter_ends_the_flow():
    assert replay([ONE], DRAFTER, [Act(Kind.RETURN, 1)]).status == Status.RETURNED


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (Act(Kind.APPROVE, DRAFTER), "own_draft"),
        (Act(Kind.WITHDRAW, 1), "not_drafter"),
        (Act(Kind.APPROVE, 1, seat=3), "no_seat"),
        (Act(Kind.RETURN, 1, seat=1, to="c"), "not_earlier"),
        (Act(Kind.RETURN, 1, seat=1, to="b"), "not_earlier"),
        (Act(Kind.APPROVE, 2, seat=0), "seat_taken"),
    ],
)
def test_what_does_not_fit_is_refused(act, why):
    state = replay([ONE, TWO, THREE], DRAFTER, [approve(1), approve(1, 0)])
    with pytest.raises(ActRefused, match=why):
        after(state, act)


def test_nothing_follows_an_end():
    with pytest.raises(ActRefused, match="finished"):
        after(replay([ONE], DRAFTER, [approve()]), approve())


@pytest.mark.parametrize("route", [[], [ONE, Step("a", "又一个")]])
def test_a_route_needs_steps_with_their_own_keys(route):
    with pytest.raises(ValueError, match="route"):
        start(route, DRAFTER)


people = st.integers(1, 5)


class AnyoneDoesAnything(RuleBasedStateMachine):
    """Random people, random acts, a random route."""

    @initialize(
        modes=st.lists(st.tuples(st.sampled_from(Mode), st.integers(1, 3)), min_size=1, max_size=5), drafter=people
    )
    def submit(self, modes, drafter):
        self.route = [
            Step(f"s{n}", f"{n}", mode, 1 if mode == Mode.SINGLE else seats) for n, (mode, seats) in enumerate(modes)
        ]
        self.state = start(self.route, drafter)
        self.journal = []

    @rule(who=people, kind=st.sampled_from(Kind), seat=st.integers(0, 3), to=st.sampled_from(["", "s0", "s1", "s3"]))
    def somebody_acts(self, who, kind, seat, to):
        act = Act(kind, who, seat, to)
        try:
            self.state = after(self.state, act)
        except ActRefused:
            return
        self.journal.append(act)

    @invariant()
    def nobody_decides_on_the_own_draft(self):
        decided = {act.who for act in self.journal if act.kind != Kind.WITHDRAW}
        assert self.state.drafter not in decided

    @invariant()
    def the_journal_replays_to_the_same_state(self):
        assert reduce(after, self.journal, start(self.route, self.state.drafter)) == self.state

    @invariant()
    def a_running_flow_has_a_step_with_a_seat_left(self):
        if self.state.status == Status.RUNNING:
            assert len(self.state.signed) < self.state.step.seats
        else:
            assert self.state.step is None


def test_no_course_of_acts_breaks_the_machine():
    run_state_machine_as_test(AnyoneDoesAnything)


@given(st.integers(1, 6))
def test_approval_takes_as_many_acts_as_there_are_steps(length):
    route = [Step(f"s{n}", "步") for n in range(length)]
    acts = [approve(n % 3 + 1) for n in range(length)]
    assert replay(route, DRAFTER, acts).status == Status.APPROVED
    assert replay(route, DRAFTER, acts[:-1]).status == Status.RUNNING
