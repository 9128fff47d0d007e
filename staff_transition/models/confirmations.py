"""What the worker says to the result: a link to see and confirm it, the confirmation, the objection."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from common.models import StoredFile
from staff_transition.models.settlements import LockedSettlement
from staff_transition.models.workers import Worker

MOST_ATTEMPTS = 5


class WorkerLink(models.Model):
    """A way in for one worker without an account. Only the hash of the token is kept.

    Opening it uses nothing up: chat apps and mail scanners open links first. A confirmation does not either: the page then
    shows that and when it was confirmed, also to whom the answer never reached. Too many wrong identity digits, expiry, a
    newer link of the same purpose and a withdrawn result end it. What was made is never changed, and what ended stays so.
    """

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", "本人确认"
        CERTIFICATE = "certificate", "打印证明"

    worker = models.ForeignKey(Worker, models.PROTECT, verbose_name="员工", related_name="links")
    settlement = models.ForeignKey(LockedSettlement, models.PROTECT, verbose_name="结算", related_name="+")
    purpose = models.CharField("用途", max_length=12, choices=Purpose.choices)
    token_hash = models.CharField("令牌摘要", max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="生成人", related_name="+")
    made_at = models.DateTimeField("生成时间", auto_now_add=True)
    expires_at = models.DateTimeField("失效时间")
    attempts = models.PositiveSmallIntegerField("输错次数", default=0)
    ended_at = models.DateTimeField("用完或作废时间", null=True)

    history = HistoricalRecords(excluded_fields=["attempts"])

    class Meta:
        verbose_name = verbose_name_plural = "本人链接"
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "purpose"], condition=Q(ended_at=None), name="worker_link_one_live"
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker} {self.get_purpose_display()}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.attempts < MOST_ATTEMPTS and timezone.now() < self.expires_at


class Confirmation(models.Model):
    """The worker agreed with one frozen result: through a link, or on paper with the signed scan. Inserted, never changed."""

    settlement = models.OneToOneField(
        LockedSettlement, models.PROTECT, verbose_name="结算", related_name="confirmation"
    )
    digest = models.CharField("确认的内容", max_length=64)  # of the settlement as it was shown
    at = models.DateTimeField("确认时间", default=timezone.now)
    link = models.ForeignKey(WorkerLink, models.PROTECT, verbose_name="链接", related_name="+", null=True)
    address = models.GenericIPAddressField("地址", null=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="签字扫描件", related_name="+", null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人", related_name="+", null=True
    )
    unpriced = models.JSONField(
        "没有计入的", null=True
    )  # what the page said is not in the sum; null: it did not say yet

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "本人确认"
        constraints = [
            models.CheckConstraint(
                condition=Q(link__isnull=False, recorded_by=None) | Q(link=None, recorded_by__isnull=False, scan__isnull=False),
                name="confirmation_by_link_or_on_paper",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.settlement} {'链接确认' if self.link_id else '签字确认'}"


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, user: Any) -> "ObjectionQuerySet":
        return self.filter(settlement__worker__in=Worker.objects.visible_to(user).values("pk"))

    def open(self) -> "ObjectionQuerySet":
        return self.filter(answered_at=None)


class Objection(models.Model):
    """The worker disagrees: a task of HR until it is answered. What was written is never changed."""

    settlement = models.ForeignKey(LockedSettlement, models.PROTECT, verbose_name="结算", related_name="objections")
    text = models.TextField("异议", max_length=1000)
    at = models.DateTimeField("提出时间", default=timezone.now)
    link = models.ForeignKey(WorkerLink, models.PROTECT, verbose_name="链接", related_name="objections", null=True)
    token = models.UUIDField("表单令牌", null=True, editable=False)  # of the form: a click sent again is one objection
    answer = models.TextField("答复", max_length=1000, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="答复人", related_name="+", null=True
    )

    history = HistoricalRecords()
    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "本人异议"
        ordering = ("answered_at", "-at")
        constraints = [
            models.UniqueConstraint(fields=["token"], condition=~Q(token=None), name="objection_once_per_form")
        ]

    def __str__(self) -> str:
        return self.text[:40]
