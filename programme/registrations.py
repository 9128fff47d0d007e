"""What this room adds to the rail, the first steps and its own board."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts import first_steps, menu
from programme.registry import Panel, board


def register() -> None:
    menu.add(menu.Entry("项目", "服务项目", "kanban", "programme:board", 10, on_phone="项目"))
    menu.add(menu.Entry("项目", "调研与整改", "clipboard-data", "programme:evidence-list", 30, count=_late_measures))
    menu.add(menu.Entry("资料", "校区", "geo-alt", "programme:campuses", 60))
    first_steps.add(
        first_steps.Step(30, "登记校区", "校区所在区县决定最低工资标准。", "programme:campuses", _missing_campus)
    )
    first_steps.add(
        first_steps.Step(
            50, "登记服务项目", "名称、各校区的数量、现在一年的费用。", "programme:service-add", _missing_service
        )
    )
    board.panel(Panel(30, "调研", _evidence_url, lambda service: service.evidence.count()))


def _evidence_url(service: Any) -> str:
    return f"{reverse('programme:evidence-list')}?service={service.pk}"


def _late_measures(user: Any) -> tuple[int, bool] | None:
    from programme.models import Measure

    late = Measure.objects.visible_to(user).open().filter(due_on__lt=timezone.localdate()).count()
    return (late, True) if late else None


def _missing_campus() -> str:
    from programme.models import Campus

    if not Campus.objects.exists():
        return "还没有校区"
    return "有校区没填所在区县" if Campus.objects.filter(district="").exists() else ""


def _missing_service() -> str:
    from programme.models import Service

    return "" if Service.objects.exists() else "还没有服务项目"
