"""A subject that is only there to be approved, a route of three steps, and a flow on its way."""

from decimal import Decimal

import pytest

from accounts.models import Role, Unit
from approvals import registry
from approvals.actions import submit
from approvals.models import Flow, Route
from common.refusals import DomainError

DIGEST = "a" * 64
STEPS = [
    {"key": "head", "label": "后勤处", "role": Role.LOGISTICS_HEAD, "own_unit": True, "days": 2},
    {"key": "hr", "label": "人事处", "role": Role.HR, "guard": "staff_data", "days": 3},
    {"key": "leader", "label": "分管校领导", "role": Role.LEADER, "days": 3},
]


class NotLockedYet(DomainError):
    message = "花名册还没有锁定。"
    remedy = "锁定后再通过。"


class Subject:
    """What the flow tells its subject; `refuses` makes the guard say no."""

    def __init__(self):
        self.ends: list[str] = []
        self.refuses = False

    def guard(self, subject, key, by):
        if self.refuses and key == "staff_data":
            raise NotLockedYet

    def on_end(self, subject, flow, by):
        self.ends.append(flow.status)


@pytest.fixture
def subject(db, monkeypatch) -> Subject:
    watched = Subject()
    kind = registry.SubjectKind(
        key="test", label="试验事项", load=lambda pk: Unit.objects.get(pk=pk), url=lambda pk: "/",
        part="approvals/parts/standing.html", details="approvals/parts/standing.html",
        context=lambda flow, user: {}, guard=watched.guard, on_end=watched.on_end,
    )  # fmt: skip
    monkeypatch.setitem(registry.KINDS, "test", kind)
    Route.objects.create(kind="test", name="试验流程", steps=STEPS)
    return watched


@pytest.fixture
def flow(subject, cast) -> Flow:
    """Submitted by the officer, waiting for the head of logistics."""
    return submit(
        "test", cast.logistics.pk, by=cast.officer, version=1, digest=DIGEST, title="校园环境卫生外包方案", amount=Decimal("4608000"),
        about="38 人",
    )  # fmt: skip
