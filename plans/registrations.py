"""What this room adds to the rail, the board, a service's page and the approvals."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accounts import menu
from approvals import registry as approvals
from documents import registry as documents
from programme.registry import BoardLine, Panel, board


def register() -> None:
    from plans.approval import PLAN
    from plans.papers import PAPERS

    menu.add(menu.Entry("项目", "外包方案", "file-earmark-richtext", "plans:plans", 20))
    board.board_line(board_lines)
    board.panel(Panel(40, "方案", _url, lambda service: service.plans.count()))
    approvals.subject(PLAN)
    for paper in PAPERS:
        documents.paper(paper)


def board_lines(services: Iterable[int]) -> dict[int, BoardLine]:
    """Where the plan of each service stands: two queries."""
    from approvals.models import Flow
    from plans.actions import KIND
    from plans.models import OutsourcingPlan

    plans = OutsourcingPlan.objects.filter(service__in=services).exclude(state=OutsourcingPlan.State.REJECTED)
    states = {plan: (service, state) for plan, service, state in plans.values_list("pk", "service", "state")}
    flows = Flow.objects.filter(kind=KIND, object_id__in=states, status="running")
    drafting = [service for service, state in states.values() if state == OutsourcingPlan.State.DRAFT]
    lines = {
        service: BoardLine(next_step="方案起草中", undecided="外包方案还在起草，没有提交审批") for service in drafting
    }
    for flow in flows:
        service = states[flow.object_id][0]
        step = flow.step_of(flow.step)["label"]
        undecided = f"外包方案还没有通过，正待{step}审批"
        lines[service] = BoardLine(
            next_step=f"待{step}审批", deadline=flow.due_on, responsible=step, undecided=undecided
        )
    return lines


def _url(service: Any) -> str:
    return f"{reverse('plans:plans')}?service={service.pk}"
