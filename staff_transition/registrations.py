"""What this room adds to the rail, the first steps, the board and a service's page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts import first_steps, menu
from documents import registry as documents
from programme.registry import BoardLine, Panel, board


def register() -> None:
    from staff_transition import bundles  # noqa: F401 (its background job)
    from staff_transition.papers import PAPERS

    menu.add(menu.Entry("人员", "外聘员工", "people", "staff:workers", 10, count=_people))
    menu.add(menu.Entry("人员", "分类汇总", "table", "staff:classification", 20))
    menu.add(menu.Entry("人员", "经济补偿测算", "calculator", "staff:settlements", 22))
    menu.add(menu.Entry("人员", "人员安置", "signpost-split", "staff:schemes", 24, count=_late_steps))
    menu.add(menu.Entry("人员", "花名册与锁定", "lock", "staff:rosters", 25))
    menu.add(menu.Entry("人员", "法律咨询", "chat-left-text", "staff:consultations", 26))
    menu.add(menu.Entry("人员", "本人异议", "person-exclamation", "staff:objections", 27, count=_open_objections))
    menu.add(menu.Entry("人员", "付款", "bank", "staff:payments", 28))
    menu.add(menu.Entry("人员", "待改正", "exclamation-circle", "staff:issues", 30, count=_open_issues))
    menu.add(menu.Entry("资料", "计算口径", "sliders", "staff:policy", 40))
    first_steps.add(
        first_steps.Step(60, "导入花名册", "外聘员工的名册是算安置费用的底数。", "staff:import", _missing_roster)
    )
    for paper in PAPERS:
        documents.paper(paper)
    board.board_line(board_lines)
    board.panel(Panel(20, "人员", _people_url, _people_of))
    board.panel(
        Panel(21, "安置", lambda service: reverse("staff:scheme-compare", args=[service.pk]), lambda service: None)
    )


def _people(user: Any) -> tuple[int, bool] | None:
    from staff_transition.models import Worker

    count = Worker.objects.visible_to(user).live().count()
    return (count, False) if count else None


def _late_steps(user: Any) -> tuple[int, bool] | None:
    from staff_transition.models import SchemeStep, TransitionScheme

    mine = SchemeStep.objects.pending().filter(scheme__in=TransitionScheme.objects.visible_to(user))
    count = mine.filter(due_on__lt=timezone.localdate()).count()
    return (count, True) if count else None


def _open_objections(user: Any) -> tuple[int, bool] | None:
    from staff_transition.models import Objection

    count = Objection.objects.visible_to(user).open().count()
    return (count, True) if count else None


def _open_issues(user: Any) -> tuple[int, bool] | None:
    from staff_transition.models import RosterIssue

    count = RosterIssue.objects.visible_to(user).open().count()
    return (count, True) if count else None


def _missing_roster() -> str:
    from staff_transition.models import Worker

    return "" if Worker.objects.exists() else "还没有导入花名册"


def board_lines(services: Iterable[int]) -> dict[int, BoardLine]:
    """How many contract workers each service has, and the next duty of its adopted scheme: two queries."""
    from staff_transition.models import SchemeStep, Worker

    ids = list(services)
    counts = dict(Worker.objects.live().filter(service__in=ids).values_list("service").annotate(Count("pk")).order_by())
    steps: dict[int, SchemeStep] = {}
    for step in SchemeStep.objects.pending().filter(scheme__service__in=ids).select_related("scheme"):
        steps.setdefault(step.scheme.service_id, step)
    lines = {}
    for service in {*counts, *steps}:
        line = BoardLine(people=counts.get(service))
        if found := steps.get(service):
            line = BoardLine(counts.get(service), f"安置：{found.title}", found.due_on, found.responsible)
        lines[service] = line
    return lines


def _people_url(service: Any) -> str:
    return f"{reverse('staff:workers')}?service={service.pk}"


def _people_of(service: Any) -> int | None:
    from staff_transition.models import Worker

    return Worker.objects.live().filter(service=service).count()
