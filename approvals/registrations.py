"""What this room adds to the rail."""

from typing import Any

from django.utils import timezone

from accounts import menu


def register() -> None:
    menu.add(menu.Entry("我的", "待办", "inbox", "approvals:inbox", 10, count=_waiting, on_phone="待办"))


def _waiting(user: Any) -> tuple[int, bool] | None:
    from approvals.models import Flow

    dues = list(Flow.objects.waiting_for(user).values_list("due_on", flat=True))
    today = timezone.localdate()
    return (len(dues), any(due is not None and due < today for due in dues)) if dues else None
