"""The roster (花名册) of one service: whether its staff data may still change."""

from typing import Any

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from programme.models import Service


class RosterQuerySet(models.QuerySet["Roster"]):
    def visible_to(self, user: Any) -> "RosterQuerySet":
        return self.filter(service__in=Service.objects.visible_to(user))

    def locked(self) -> "RosterQuerySet":
        return self.exclude(locked_at=None)


class Roster(models.Model):
    """Made with the first worker of a service. Open → locked by HR (figures stop moving) → opened again with a reason."""

    service = models.OneToOneField(Service, models.PROTECT, verbose_name="服务项目", related_name="roster")
    locked_at = models.DateTimeField("锁定时间", null=True, blank=True, editable=False)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="锁定人", related_name="+", null=True, blank=True, editable=False
    )  # fmt: skip

    history = HistoricalRecords()
    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "花名册"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(locked_at=None, locked_by=None) | models.Q(locked_at__isnull=False, locked_by__isnull=False),
                name="roster_lock_has_a_person",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.service}花名册"

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None
