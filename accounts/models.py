"""The college, its units, its people and what each may do here."""

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords


class Role(models.TextChoices):
    """What a person does in this system; one person may hold several. Permissions are written against these."""

    OFFICER = "officer", "经办人"
    LOGISTICS_HEAD = "logistics_head", "后勤处负责人"
    HR = "hr", "人事"
    FINANCE = "finance", "财务"
    REVIEWER = "reviewer", "法务/审计/纪检"
    LEADER = "leader", "校领导"
    PROCUREMENT = "procurement", "采购"
    ADMIN = "admin", "系统管理员"
    CONTRACTOR = "contractor", "承包商"


STAFF_ROLES = frozenset(Role.values) - {Role.CONTRACTOR}


class College(models.Model):
    """The one college this system serves: what stands on papers and in the page head."""

    name = models.CharField("学校全称", max_length=50)  # as on the red head
    short_name = models.CharField("简称", max_length=20, blank=True)
    document_mark = models.CharField("发文代字", max_length=20, blank=True)  # 某职院后: before 〔2026〕12号
    province = models.CharField("所在省", max_length=20, blank=True)  # whose parameters hold where no nearer row does
    contact_phone = models.CharField("总机", max_length=20, blank=True)
    address = models.CharField("地址", max_length=100, blank=True)  # stands in agreements with workers
    representative = models.CharField("法定代表人", max_length=50, blank=True)
    is_demo = models.BooleanField(
        "演示学校", default=False, editable=False
    )  # built by `manage.py demo`, may be wiped by it

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "学校"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="college_is_one")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "College | None":
        return cls.objects.first()


class Unit(models.Model):
    """A department (部门), in the college's own fixed order."""

    name = models.CharField("名称", max_length=50, unique=True, error_messages={"unique": "已有同名部门。"})
    short_name = models.CharField("简称", max_length=20, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=100)
    phone = models.CharField("电话", max_length=20, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name

    @property
    def number_to_call(self) -> str:
        """The telephone as a paper names it: the unit's, else the college's; room to write one in where neither is known."""
        college = College.current()
        return self.phone or (college.contact_phone if college else "") or "　　　　"


class User(AbstractUser):
    """A person who signs in. Left the college: `is_active` off, never deleted, because opinions stay theirs."""

    class Density(models.TextChoices):
        COMPACT = "compact", "紧凑"
        STANDARD = "standard", "标准"
        ROOMY = "roomy", "宽松"

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(
        "用户名",
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", "用户名用小写字母和数字，如 zhouyt。")],
        error_messages={"unique": "这个用户名已经有人用了。"},
    )
    name = models.CharField("姓名", max_length=30)
    post = models.CharField("职务", max_length=30, blank=True)  # 副校长; shown beside the name
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="部门", related_name="people", null=True, blank=True)
    phone = models.CharField("办公电话", max_length=20, blank=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    large_text = models.BooleanField("大字版", default=False)
    density = models.CharField("疏密", max_length=10, choices=Density.choices, default=Density.STANDARD)

    history = HistoricalRecords(excluded_fields=["password", "last_login"])
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ("unit__order", "name")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(self.role_holdings.values_list("role", flat=True))

    def has_role(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))

    @property
    def title(self) -> str:
        """What stands small beside the name: the post, else the unit."""
        return self.post or (str(self.unit) if self.unit_id else "")


class RoleHolding(models.Model):
    """One role of one person."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="人员", related_name="role_holdings")
    role = models.CharField("角色", max_length=20, choices=Role.choices)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "角色"
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="role_once_per_person")]

    def __str__(self) -> str:
        return f"{self.user}：{self.get_role_display()}"


class AccessRecord(models.Model):
    """Who looked at or took away personal data (an unmasked number, an export), and every refused access. Append-only."""

    class Kind(models.TextChoices):
        REVEAL = "reveal", "查看完整信息"
        EXPORT = "export", "导出"
        REFUSED = "refused", "被拒绝的访问"

    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    user = models.ForeignKey(User, models.PROTECT, verbose_name="人员", related_name="+", null=True, blank=True)
    subject = models.CharField("对象", max_length=200)  # what was read, in words; never the number itself
    reason = models.CharField("理由", max_length=200, blank=True)
    address = models.GenericIPAddressField("地址", null=True, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "访问记录"
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user} {self.get_kind_display()} {self.subject}"

    @classmethod
    def write(cls, kind: str, user: Any, subject: str, *, reason: str = "", address: str | None = None) -> None:
        signed_in = user if user is not None and user.is_authenticated else None
        cls.objects.create(kind=kind, user=signed_in, subject=subject[:200], reason=reason[:200], address=address)
