"""What this room adds to the rail, the board and a service's page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts import menu
from programme.registry import BoardLine, Panel, board


def register() -> None:
    menu.add(
        menu.Entry("采购与合同", "承包商与合同", "file-earmark-text", "contractors:contracts", 20, on_phone="合同")
    )
    menu.add(menu.Entry("采购与合同", "我的合同", "file-earmark-text", "contractors:mine", 10, on_phone="合同"))
    board.board_line(board_lines)
    board.panel(Panel(70, "合同", _url, lambda service: service.contracts.count()))


def board_lines(services: Iterable[int]) -> dict[int, BoardLine]:
    """Running contracts that end within ninety days: one query."""
    from contractors.models import SOON, Contract

    ending = (
        Contract.objects.ending_within(SOON, timezone.localdate()).filter(service__in=services).order_by("-last_day")
    )
    return {each.service_id: BoardLine(next_step="合同到期，待决定", deadline=each.last_day) for each in ending}


def _url(service: Any) -> str:
    return f"{reverse('contractors:contracts')}?service={service.pk}"
