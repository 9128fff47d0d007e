"""Companies that do a service for the college, what they may do, and the running contracts."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import Role
from common.fields import EncryptedTextField
from common.models import StoredFile
from contractors.uscc import read_uscc
from programme.models import Service

READS_ALL = (Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER, Role.PROCUREMENT, Role.OFFICER, Role.LOGISTICS_HEAD)
SOON = timedelta(days=90)


def check_uscc(text: str) -> None:
    try:
        read_uscc(text)
    except ValueError as error:
        raise ValidationError(str(error)) from None


class ContractorQuerySet(models.QuerySet["Contractor"]):
    def visible_to(self, user: Any) -> "ContractorQuerySet":
        """The college's offices see all; a contractor's contact only the own company."""
        if user.has_role(*READS_ALL):
            return self
        if user.has_role(Role.CONTRACTOR):
            return self.filter(contacts__user=user).distinct()
        return self.none()


class Contractor(models.Model):
    """A company in the register (承包商)."""

    name = models.CharField("名称", max_length=100)
    uscc = models.CharField(
        "统一社会信用代码", max_length=18, unique=True, validators=[check_uscc],
        error_messages={"unique": "登记簿里已有这个统一社会信用代码。"},
    )  # fmt: skip
    legal_representative = models.CharField("法定代表人", max_length=50, blank=True)
    address = models.CharField("地址", max_length=150, blank=True)
    is_legal_entity = models.BooleanField("有独立法人资格或者合法经营资格", default=True)
    note = models.CharField("说明", max_length=500, blank=True)

    history = HistoricalRecords()
    objects = ContractorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "承包商"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("contractors:contractor", args=[self.pk])


class ContractorContact(models.Model):
    """A person of the company; with a sign-in of this system when `user` is set."""

    contractor = models.ForeignKey(Contractor, models.CASCADE, verbose_name="承包商", related_name="contacts")
    name = models.CharField("姓名", max_length=50)
    post = models.CharField("职务", max_length=30, blank=True)
    phone = EncryptedTextField("电话", blank=True, default="")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="登录用户",
        related_name="contractor_contacts",
        null=True,
        blank=True,
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "联系人"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Qualification(models.Model):
    """A licence or certificate with its last day."""

    contractor = models.ForeignKey(Contractor, models.CASCADE, verbose_name="承包商", related_name="qualifications")
    name = models.CharField("资质", max_length=60)
    number = models.CharField("编号", max_length=60, blank=True)
    issued_by = models.CharField("发证机关", max_length=60, blank=True)
    valid_to = models.DateField("有效期至", null=True, blank=True)  # none: no end

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "资质"
        ordering = ("valid_to", "pk")

    def __str__(self) -> str:
        return self.name


DIRECTION = {
    "attendance": "考勤由学校做", "orders": "学校直接派活、指挥到人", "leave": "请假由学校批", "pay": "工资由学校发",
    "choosing": "人员由学校挑选、调换",
}  # fmt: skip


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, user: Any) -> "ContractQuerySet":
        return self.filter(contractor__in=Contractor.objects.visible_to(user))

    def running(self) -> "ContractQuerySet":
        return self.filter(ended_on=None)

    def ending_within(self, days: timedelta, today: date) -> "ContractQuerySet":
        return self.running().filter(last_day__lte=today + days)


class Contract(models.Model):
    """A contract of one service with one company. Running until its last day or an earlier end."""

    service = models.ForeignKey(Service, models.PROTECT, verbose_name="服务项目", related_name="contracts")
    contractor = models.ForeignKey(Contractor, models.PROTECT, verbose_name="承包商", related_name="contracts")
    number = models.CharField("合同编号", max_length=40, unique=True, error_messages={"unique": "已有这个合同编号。"})
    title = models.CharField("合同名称", max_length=100)
    first_day = models.DateField("起始日期")
    last_day = models.DateField("终止日期")  # included
    yearly_amount = models.DecimalField("年合同价", max_digits=14, decimal_places=2)  # yuan
    ended_on = models.DateField("提前终止日期", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="合同文本", related_name="+", null=True, blank=True
    )
    note = models.CharField("说明", max_length=500, blank=True)
    college_does = models.JSONField("学校对承包商人员仍在做的", default=list, blank=True)  # of DIRECTION (DISPATCH_27)
    revision = models.PositiveIntegerField("修订号", default=1, editable=False)

    history = HistoricalRecords()
    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "合同"
        ordering = ("last_day", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="contract_runs_forward",
                violation_error_message="终止日期早于起始日期。",
            ),
            models.CheckConstraint(
                condition=Q(yearly_amount__gt=0), name="contract_amount_positive", violation_error_message="合同价要大于 0。"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("contractors:contract", args=[self.pk])

    @property
    def directed(self) -> list[str]:
        """What makes the contract dispatch under another name, in words; empty: the contractor leads its own people."""
        return [label for key, label in DIRECTION.items() if key in self.college_does]

    @property
    def is_running(self) -> bool:
        return self.ended_on is None and self.last_day >= timezone.localdate()

    @property
    def days_left(self) -> int:
        return (self.last_day - timezone.localdate()).days
