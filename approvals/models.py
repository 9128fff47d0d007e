"""Routes, flows, the seats of a step, and the acts: append-only, chained by hash."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Role, Unit
from approvals.rules.flow import Kind, Mode, Status, Step

READS_ALL = (Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER)


class Route(models.Model):
    """A version of the way that one kind of subject takes. A running flow keeps the steps it began with.

    `steps`: list of {key, label, mode, role, own_unit, guard, over, days, is_meeting}; checked by approvals.routes.
    """

    kind = models.CharField("事项", max_length=20)  # a key of approvals.registry
    version = models.PositiveSmallIntegerField("版本", default=1)
    name = models.CharField("名称", max_length=50)
    steps = models.JSONField("环节")
    is_active = models.BooleanField("启用", default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "审批流程"
        ordering = ("kind", "-version")
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="route_version_once"),
            models.UniqueConstraint(fields=["kind"], condition=Q(is_active=True), name="route_one_active_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class FlowQuerySet(models.QuerySet["Flow"]):
    def visible_to(self, user: Any) -> "FlowQuerySet":
        """The offices of the route and the leaders all; the others what is theirs to act on or to read; logistics their unit's."""
        if user.has_role(*READS_ALL):
            return self
        acted = Act.objects.filter(flow=OuterRef("pk"), by=user)
        seated = Seat.objects.filter(flow=OuterRef("pk")).for_person(user)
        mine = Q(drafter=user) | Q(copies__person=user) | Exists(acted) | Exists(seated)
        if user.has_role(Role.LOGISTICS_HEAD, Role.OFFICER) and user.unit_id:
            mine |= Q(drafter__unit=user.unit_id)
        return self.filter(mine).distinct()

    def waiting_for(self, user: Any) -> "FlowQuerySet":
        """Flows on which this person may act now. Nobody waits for the own draft."""
        seats = Seat.objects.filter(flow=OuterRef("pk"), is_open=True).for_person(user)
        return self.filter(Exists(seats), status=Status.RUNNING).exclude(drafter=user)


class Flow(models.Model):
    """One submission of one subject on its way: running → approved, returned (to the drafter), rejected or withdrawn.

    status, step, round and due_on are the replay of the acts, written in the same transaction; verify_journal compares.
    """

    STATUSES = [
        (Status.RUNNING, "审批中"), (Status.APPROVED, "已通过"), (Status.RETURNED, "已退回"), (Status.REJECTED, "不同意"),
        (Status.WITHDRAWN, "已撤回"),
    ]  # fmt: skip

    kind = models.CharField("事项", max_length=20)
    object_id = models.PositiveBigIntegerField("对象")
    title = models.CharField("标题", max_length=100)
    amount = models.DecimalField("金额", max_digits=14, decimal_places=2, null=True, blank=True)  # yuan
    about = models.CharField("一句话", max_length=200, blank=True)  # 38 人，退回后第 2 次报
    version = models.PositiveSmallIntegerField("版本")
    digest = models.CharField("内容指纹", max_length=64)  # of what is approved; every act names the one it saw
    steps = models.JSONField("环节")  # as they were when submitted, those that did not apply left out
    drafter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人", related_name="flows")
    submitted_at = models.DateTimeField("提交时间")
    status = models.CharField("状态", max_length=10, choices=STATUSES, default=Status.RUNNING)
    step = models.CharField("现在的环节", max_length=30, blank=True)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    arrived_at = models.DateTimeField("到达时间")
    due_on = models.DateField("办理期限", null=True, blank=True)
    finished_at = models.DateTimeField("办结时间", null=True, blank=True)

    objects = FlowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审批"
        ordering = ("-submitted_at",)
        indexes = [models.Index(fields=["kind", "object_id"], name="flow_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], condition=Q(status="running"), name="flow_one_running_per_subject",
                violation_error_message="这一事项正在审批。",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}（V{self.version}）"

    def get_absolute_url(self) -> str:
        return reverse("approvals:flow", args=[self.pk])

    @property
    def route(self) -> tuple[Step, ...]:
        return tuple(
            Step(
                each["key"],
                each["label"],
                Mode(each.get("mode", "single")),
                each.get("seats", 1),
                each.get("is_meeting", False),
            )
            for each in self.steps
        )

    @property
    def is_running(self) -> bool:
        return self.status == Status.RUNNING

    def step_of(self, key: str) -> dict[str, Any]:
        return next(each for each in self.steps if each["key"] == key)


class SeatQuerySet(models.QuerySet["Seat"]):
    def for_person(self, user: Any) -> "SeatQuerySet":
        """Seats that this person may take: named, or of a role (in the unit, where one is named)."""
        by_role = Q(person=None, role__in=user.roles) & (Q(unit=None) | Q(unit=user.unit_id))
        return self.filter(Q(person=user) | by_role)


class Seat(models.Model):
    """A signature that a step of one round asks for: of a person, or of whoever has the role (in a unit)."""

    flow = models.ForeignKey(Flow, models.PROTECT, related_name="seats")
    round = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=30)
    index = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    is_open = models.BooleanField(default=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "席位"
        constraints = [
            models.UniqueConstraint(fields=["flow", "round", "step", "index"], name="seat_once"),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(role=""), name="seat_has_an_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.index}"


class Act(models.Model):
    """One decision with its opinion. Inserted, never changed: a trigger refuses UPDATE, the hash chain shows a gap."""

    KINDS = [
        (Kind.APPROVE, "同意"), (Kind.RETURN, "退回"), (Kind.REJECT, "不同意"), (Kind.WITHDRAW, "撤回"),
    ]  # fmt: skip

    flow = models.ForeignKey(Flow, models.PROTECT, related_name="acts")
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=KINDS)
    round = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=30)
    label = models.CharField(max_length=30)  # of the step, as it was called then
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opinion = models.CharField(max_length=1000)
    has_reservation = models.BooleanField(default=False)  # 同意，有保留
    to = models.CharField(max_length=30, blank=True)  # step returned to; "" the drafter
    meeting = models.JSONField(default=dict, blank=True)  # name, held_on, minutes
    digest = models.CharField(max_length=64)  # the version that the person saw
    token = models.CharField(max_length=36)  # of the form: the same click twice is one act
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "审批意见"
        ordering = ("flow", "sequence")
        constraints = [
            models.UniqueConstraint(fields=["flow", "sequence"], name="act_sequence_once"),
            models.UniqueConstraint(fields=["seat"], name="act_one_per_seat"),
            models.UniqueConstraint(fields=["flow", "token"], name="act_one_per_click"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.get_kind_display()}"


class Copy(models.Model):
    """抄送: somebody who reads along."""

    flow = models.ForeignKey(Flow, models.PROTECT, related_name="copies")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "抄送"
        constraints = [models.UniqueConstraint(fields=["flow", "person"], name="copy_once")]

    def __str__(self) -> str:
        return str(self.person)
