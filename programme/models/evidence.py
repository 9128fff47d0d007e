"""Evidence (调研) → finding (发现) → rectification measure (整改)."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Role, Unit
from common.constraints import runs_forward
from common.models import StoredFile
from programme.models.services import Service

READS_ALL = (Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER, Role.PROCUREMENT)
READS_OWN_UNIT = (Role.OFFICER, Role.LOGISTICS_HEAD)


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: Any) -> "EvidenceQuerySet":
        """The offices and leaders see all, logistics people their own unit's, contractors none."""
        if user.has_role(*READS_ALL):
            return self
        if user.has_role(*READS_OWN_UNIT) and user.unit_id:
            return self.filter(unit=user.unit_id)
        return self.none()


class Evidence(models.Model):
    """One survey, forum, interview, call or batch of petitions, with the counts that belong to its kind."""

    class Kind(models.TextChoices):
        SURVEY = "survey", "问卷"
        FORUM = "forum", "座谈会"
        INTERVIEW = "interview", "访谈"
        CALL = "call", "电话"
        PETITION = "petition", "信访"

    COUNTS = {  # kind → the counts it has
        Kind.SURVEY: ("sent", "returned", "valid"),
        Kind.FORUM: ("participants",),
        Kind.INTERVIEW: ("participants",),
        Kind.CALL: ("participants",),
        Kind.PETITION: ("received", "settled"),
    }

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="主办部门", related_name="+")
    kind = models.CharField("方式", max_length=10, choices=Kind.choices)
    title = models.CharField("名称", max_length=60)
    held_from = models.DateField("开始日期")
    held_to = models.DateField("结束日期", null=True, blank=True)  # included; none: one day
    place = models.CharField("地点", max_length=60, blank=True)
    partner = models.CharField("合办部门", max_length=60, blank=True)
    audience = models.CharField("对象", max_length=100, blank=True)
    services = models.ManyToManyField(Service, verbose_name="服务项目", related_name="evidence", blank=True)
    sent = models.PositiveIntegerField("发放", null=True, blank=True)
    returned = models.PositiveIntegerField("收回", null=True, blank=True)
    valid = models.PositiveIntegerField("有效", null=True, blank=True)
    participants = models.PositiveIntegerField("人数", null=True, blank=True)
    received = models.PositiveIntegerField("收到", null=True, blank=True)
    settled = models.PositiveIntegerField("办结", null=True, blank=True)
    summary = models.TextField("小结", blank=True, max_length=3000)

    history = HistoricalRecords()
    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调研"
        ordering = ("-held_from", "pk")
        constraints = [
            runs_forward("held_from", "held_to", name="evidence_runs_forward", message="结束日期早于开始日期。"),
            models.CheckConstraint(
                condition=(Q(returned=None) | Q(sent=None) | Q(returned__lte=F("sent")))
                & (Q(valid=None) | Q(returned=None) | Q(valid__lte=F("returned"))),
                name="evidence_survey_counts_agree",
                violation_error_message="问卷份数应为 有效 ≤ 收回 ≤ 发放。",
            ),
            models.CheckConstraint(
                condition=Q(settled=None) | Q(received=None) | Q(settled__lte=F("received")),
                name="evidence_petition_counts_agree",
                violation_error_message="办结件数不能多于收到件数。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme:evidence", args=[self.pk])

    @property
    def counts(self) -> str:
        """The counts in words: 发放 150，收回 150，有效 150（有效率 100%）."""
        said = [
            f"{self._meta.get_field(name).verbose_name} {value}"  # type: ignore[union-attr]
            for name in self.COUNTS[self.Kind(self.kind)]
            if (value := getattr(self, name)) is not None
        ]
        rate = f"（有效率 {Decimal(self.valid) / self.sent:.0%}）" if self.sent and self.valid is not None else ""
        return "，".join(said) + rate


class EvidenceFile(models.Model):
    """A paper of an evidence: the form, the minutes, a photo."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, verbose_name="调研", related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="文件", related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "调研材料"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.file.name


class Finding(models.Model):
    """What an evidence showed."""

    AREAS = ("住宿", "餐饮", "维修", "后勤社会化")  # offered; any other word may be typed

    evidence = models.ForeignKey(Evidence, models.PROTECT, verbose_name="调研", related_name="findings")
    area = models.CharField("方面", max_length=20)
    text = models.CharField("发现的问题", max_length=500)
    service = models.ForeignKey(
        Service, models.PROTECT, verbose_name="服务项目", related_name="findings", null=True, blank=True
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "发现"
        ordering = ("area", "pk")

    def __str__(self) -> str:
        return self.text


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: Any) -> "MeasureQuerySet":
        return self.filter(finding__evidence__in=Evidence.objects.visible_to(user))

    def open(self) -> "MeasureQuerySet":
        return self.filter(state=Measure.State.OPEN)


class Measure(models.Model):
    """What is done about a finding, by whom and until when. Open → done or dropped, with the result in words."""

    class State(models.TextChoices):
        OPEN = "open", "整改中"
        DONE = "done", "已完成"
        DROPPED = "dropped", "不再做"

    finding = models.ForeignKey(Finding, models.PROTECT, verbose_name="发现", related_name="measures")
    text = models.CharField("整改措施", max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="责任人", related_name="+", null=True, blank=True
    )
    owner_name = models.CharField("责任人（不在系统里的）", max_length=50, blank=True)
    due_on = models.DateField("应于")
    state = models.CharField("状态", max_length=7, choices=State.choices, default=State.OPEN, editable=False)
    done_on = models.DateField("完成日期", null=True, blank=True, editable=False)
    result = models.CharField("结果", max_length=500, blank=True, editable=False)

    history = HistoricalRecords()
    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改"
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", done_on=None) | (~Q(state="open") & ~Q(result="")),
                name="measure_closed_with_result",
                violation_error_message="请写明结果。",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | ~Q(owner_name=""),
                name="measure_has_owner",
                violation_error_message="请选一位责任人，或写明是谁。",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def responsible(self) -> str:
        return self.owner.name if self.owner else self.owner_name
