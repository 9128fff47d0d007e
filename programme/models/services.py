"""Services, what they consist of and cost, and the evidence for changing them: what everything else is about."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Role, Unit


class Campus(models.Model):
    """A campus or affiliated school (校区). Its district decides which minimum wage holds there (实施条例 14)."""

    name = models.CharField("名称", max_length=30, unique=True, error_messages={"unique": "已有同名校区。"})
    district = models.CharField("所在县（市、区）", max_length=60, blank=True)  # a place of law.Parameter: 孝感市孝南区
    order = models.PositiveSmallIntegerField("排序", default=100)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "校区"
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """A kind of service (服务类别)."""

    name = models.CharField("名称", max_length=30, unique=True, error_messages={"unique": "已有同名类别。"})
    order = models.PositiveSmallIntegerField("排序", default=100)

    class Meta:
        verbose_name = verbose_name_plural = "服务类别"
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name


class Stage(models.TextChoices):
    """Where a service stands on the programme board."""

    PROPOSED = "proposed", "拟议"
    PLANNING = "planning", "方案"
    APPROVAL = "approval", "报批"
    PROCUREMENT = "procurement", "采购"
    TRANSITION = "transition", "过渡"
    RUNNING = "running", "运行"
    RENEWAL = "renewal", "续约/收回"


class ServiceQuerySet(models.QuerySet["Service"]):
    def visible_to(self, user: Any) -> "ServiceQuerySet":
        """Logistics people see their own unit's services, the other offices and the leaders all, contractors none here."""
        if user.has_role(Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER, Role.PROCUREMENT):
            return self
        if user.has_role(Role.OFFICER, Role.LOGISTICS_HEAD):
            return self.filter(unit=user.unit_id)
        return self.none()

    def with_cost(self) -> "ServiceQuerySet":
        """Annotate `yearly_cost`: the sum of the cost items of the newest year entered, in yuan; None when none is."""
        newest = CostItem.objects.filter(service=models.OuterRef("service")).order_by("-year").values("year")[:1]
        total = (
            CostItem.objects.filter(service=models.OuterRef("pk"), year=models.Subquery(newest))
            .order_by()
            .values("service")
            .annotate(total=models.Sum("amount"))
            .values("total")
        )
        return self.annotate(yearly_cost=models.Subquery(total))


class Service(models.Model):
    """One logistics service of the college, from "we think of outsourcing it" to "a contractor runs it well".

    Its stage moves by programme.actions.move_stage alone: proposed → planning → approval → procurement → transition →
    running → renewal, one back or forth by hand with a reason, and by the rooms above when their work is done.
    """

    class Mode(models.TextChoices):
        SELF_RUN = "self_run", "自营"
        PARTLY = "partly", "部分外包"
        OUTSOURCED = "outsourced", "外包"

    name = models.CharField("名称", max_length=50)
    category = models.ForeignKey(Category, models.PROTECT, verbose_name="类别", related_name="services")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="主管部门", related_name="services")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人", related_name="services", null=True, blank=True
    )
    mode = models.CharField("现在的做法", max_length=10, choices=Mode.choices, default=Mode.SELF_RUN)
    stage = models.CharField("阶段", max_length=12, choices=Stage.choices, default=Stage.PROPOSED, editable=False)
    started_on = models.DateField("立项日期", null=True, blank=True)
    note = models.TextField("说明", blank=True, max_length=2000)
    revision = models.PositiveIntegerField("修订号", default=1, editable=False)  # the later of two saves is told

    history = HistoricalRecords()
    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务项目"
        ordering = ("category__order", "name")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], name="service_name_once", violation_error_message="本部门已有同名服务项目。"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme:service", args=[self.pk])


class ScopeItem(models.Model):
    """One measurable part of a service at one campus: 道路、广场清扫 48,200 平方米."""

    service = models.ForeignKey(Service, models.CASCADE, verbose_name="服务项目", related_name="scope_items")
    campus = models.ForeignKey(Campus, models.PROTECT, verbose_name="校区", related_name="scope_items")
    content = models.CharField("内容", max_length=50)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2)
    unit = models.CharField("单位", max_length=10)  # 平方米, 栋, 床, 座, 小时

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "服务范围"
        ordering = ("content", "campus__order")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "campus", "content", "unit"],
                name="scope_item_once",
                violation_error_message="该校区已有这一项内容，请改原来那一行的数量。",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="scope_item_positive", violation_error_message="数量要大于 0。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content} {self.campus} {self.quantity}{self.unit}"


class CostKind(models.TextChoices):
    """What the yearly cost of running a service is made of."""

    WAGES = "wages", "工资"
    INSURANCE = "insurance", "单位社保"
    MATERIALS = "materials", "材料"
    EQUIPMENT = "equipment", "设备、油料"
    MANAGEMENT = "management", "管理"
    ENERGY = "energy", "能源"
    CONTRACT = "contract", "已外包部分合同价"


class CostItem(models.Model):
    """One item of one year's cost of a service as it is run today, in yuan."""

    service = models.ForeignKey(Service, models.CASCADE, verbose_name="服务项目", related_name="cost_items")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("费用", max_length=12, choices=CostKind.choices)
    amount = models.DecimalField("金额", max_digits=14, decimal_places=2, default=Decimal(0))  # yuan a year
    source = models.CharField("依据", max_length=100, blank=True)  # 2025年财务决算

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "年度费用"
        ordering = ("-year", "kind")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "year", "kind"],
                name="cost_item_once",
                violation_error_message="该年度已填过这项费用。",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0),
                name="cost_item_not_negative",
                violation_error_message="金额不能为负。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()} {self.amount}"
