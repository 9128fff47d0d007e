"""Outsourcing plans: the draft, its sections, and the frozen versions."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from common.models import StoredFile
from plans.rules.sections import SECTIONS
from programme.models import Service

PERCENT = [MinValueValidator(Decimal(-20)), MaxValueValidator(Decimal(50))]


class PlanQuerySet(models.QuerySet["OutsourcingPlan"]):
    def visible_to(self, user: Any) -> "PlanQuerySet":
        return self.filter(service__in=Service.objects.visible_to(user))


class OutsourcingPlan(models.Model):
    """A plan for outsourcing one service.

    draft → in_approval (a version is frozen) → approved, or back to draft (returned, withdrawn), or rejected, which ends it.
    Text and figures change in draft alone.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "起草中"
        IN_APPROVAL = "in_approval", "审批中"
        APPROVED = "approved", "已通过"
        REJECTED = "rejected", "不同意"

    class Method(models.TextChoices):
        OPEN_TENDER = "OPEN_TENDER", "公开招标"
        CONSULTATION = "CONSULTATION", "竞争性磋商"
        NEGOTIATION = "NEGOTIATION", "竞争性谈判"
        SINGLE_SOURCE = "SINGLE_SOURCE", "单一来源采购"
        COLLEGE_OWN = "COLLEGE_OWN", "校内采购"

    service = models.ForeignKey(Service, models.PROTECT, verbose_name="服务项目", related_name="plans")
    title = models.CharField("标题", max_length=80)
    drafter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="起草人", related_name="+")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT, editable=False)

    contract_years = models.PositiveSmallIntegerField(
        "合同年限", default=3, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )  # 财库〔2014〕37号: three years at most
    compared_years = models.PositiveSmallIntegerField(
        "比较年数", default=5, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    first_year = models.PositiveSmallIntegerField(
        "从哪一年起外包", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    contract_price = models.DecimalField("合同年价上限", max_digits=14, decimal_places=2, null=True, blank=True)  # yuan
    supervision = models.DecimalField("监管费用（每年）", max_digits=14, decimal_places=2, default=Decimal(0))  # yuan
    wage_growth = models.DecimalField(
        "工资和社保年增", max_digits=5, decimal_places=2, default=Decimal(5), validators=PERCENT
    )
    other_growth = models.DecimalField(
        "其他费用年增", max_digits=5, decimal_places=2, default=Decimal(2), validators=PERCENT
    )
    price_growth = models.DecimalField(
        "合同价年增", max_digits=5, decimal_places=2, default=Decimal(0), validators=PERCENT
    )
    funding = models.CharField("资金来源", max_length=200, blank=True)
    method = models.CharField("采购方式", max_length=14, choices=Method.choices, blank=True)
    method_reason = models.CharField("与建议不同的理由", max_length=500, blank=True)
    revision = models.PositiveIntegerField("修订号", default=1, editable=False)  # of the fields above

    history = HistoricalRecords()
    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "外包方案"
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["service"], condition=~Q(state="rejected"), name="plan_one_live_per_service",
                violation_error_message="这个服务项目已有一份方案。",
            ),
            models.CheckConstraint(
                condition=Q(contract_price=None) | Q(contract_price__gt=0), name="plan_price_positive",
                violation_error_message="合同价要大于 0。",
            ),
            models.CheckConstraint(
                condition=Q(supervision__gte=0), name="plan_supervision_not_negative", violation_error_message="金额不能为负。"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class PlanSection(models.Model):
    """The text of one section, saved by itself so that nothing typed is lost."""

    plan = models.ForeignKey(OutsourcingPlan, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=12, choices=[(section.key, section.label) for section in SECTIONS])
    text = models.TextField("内容", blank=True, max_length=20_000)
    draft = models.TextField("所据的数", blank=True, editable=False)  # what drafting said when the text was saved
    kept_draft = models.TextField("核对过的数", blank=True, editable=False)  # against which somebody let the text stand
    revision = models.PositiveIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "方案的节"
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="plan_section_once")]

    def __str__(self) -> str:
        return self.get_key_display()


class PlanFile(models.Model):
    """An attachment (附件) of the draft; a version keeps its name and fingerprint."""

    plan = models.ForeignKey(OutsourcingPlan, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "方案附件"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.file.name


class PlanVersion(models.Model):
    """A submission, frozen: its whole content as data with a fingerprint. Inserted, never changed."""

    plan = models.ForeignKey(OutsourcingPlan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    content = models.JSONField("内容")
    digest = models.CharField("SHA-256", max_length=64)
    answer = models.CharField("对上次退回的答复", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = verbose_name_plural = "方案版本"
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.plan} V{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("plans:version", args=[self.plan_id, self.number])
