"""The college's choice on points that law or practice leaves open."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords


class PolicyChoice(models.Model):
    """One switch of rules.policy as the college has set it, with the reason; absent means the default."""

    key = models.CharField("口径", max_length=30, unique=True)
    option = models.CharField("选定", max_length=30)
    reason = models.CharField("理由", max_length=500)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="设定人", related_name="+")
    set_at = models.DateTimeField("设定时间")

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "计算口径"
        ordering = ("key",)
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="policy_choice_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.key}={self.option}"
