"""What the contractor that takes people over must know of them: a pack, its receipt, the next pack when something changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from common.fields import EncryptedJSONField
from contractors.models import Contractor
from programme.models import Service


class TakeoverPackQuerySet(models.QuerySet["TakeoverPack"]):
    def visible_to(self, user: Any) -> "TakeoverPackQuerySet":
        return self.filter(service__in=Service.objects.visible_to(user).values("pk"))


class TakeoverPack(models.Model):
    """Names, posts, first hire dates, wages and carried years, as they were handed over. Sent → received; never changed."""

    service = models.ForeignKey(Service, models.PROTECT, verbose_name="服务项目", related_name="takeover_packs")
    contractor = models.ForeignKey(Contractor, models.PROTECT, verbose_name="承接单位", related_name="takeover_packs")
    number = models.PositiveSmallIntegerField("第几次")  # per service
    content = EncryptedJSONField("内容")  # takeover.content_of
    digest = models.CharField("SHA-256", max_length=64)
    people = models.PositiveSmallIntegerField("人数")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="发出人", related_name="+")
    made_at = models.DateTimeField("发出时间")
    received_on = models.DateField("签收日期", null=True, blank=True)
    receiver = models.CharField("签收人", max_length=50, blank=True)

    history = HistoricalRecords(excluded_fields=["content"])
    objects = TakeoverPackQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "接收人员资料"
        ordering = ("-made_at",)
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="takeover_pack_numbered"),
            models.CheckConstraint(
                condition=Q(received_on=None) | ~Q(receiver=""), name="takeover_pack_received_by_somebody",
                violation_error_message="请写明签收人。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.service}接收人员资料第 {self.number} 次"
