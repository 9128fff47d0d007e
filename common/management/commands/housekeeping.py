"""Clear what only grows: nothing of it is a record, and nobody needs it after two weeks."""

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from common.models import SentForm

KEPT = timedelta(days=14)


class Command(BaseCommand):
    help = "Delete sessions that are over, marks of forms sent long ago and deliveries of old jobs. For once a week, at any time."

    def handle(self, **_: Any) -> None:
        for what, rows in _over().items():
            self.stdout.write(f"{what}：清掉 {rows.delete()[0]} 条")


def _over() -> dict[str, QuerySet[Any]]:
    """A delivery that a killed worker left running tells nothing: its Job does, and is delivered anew."""
    now = timezone.now()
    return {
        "过期的登录": Session.objects.filter(expire_date__lt=now),
        "提交过的表单": SentForm.objects.filter(at__lt=now - KEPT),
        "后台队列": DBTaskResult.objects.alias(last=Coalesce("finished_at", "started_at")).filter(last__lt=now - KEPT),
    }
