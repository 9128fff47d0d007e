"""Imports of the office's own files: the file, how it was read, what is still to be mended, what the office answered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import Role, Unit
from common.fields import EncryptedJSONField
from common.models import Job, StoredFile
from programme.models import Campus, Service
from staff_transition.models.workers import READS_ALL, READS_OWN_UNIT
from staff_transition.roster.stored import Stored


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    def visible_to(self, user: Any) -> "RosterImportQuerySet":
        """HR all; an officer those of the own unit."""
        if user.has_role(Role.HR):
            return self
        if user.has_role(Role.OFFICER) and user.unit_id:
            return self.filter(unit=user.unit_id)
        return self.none()


class RosterImport(models.Model):
    """One uploaded roster file on its way into the database.

    reading → checked (preview; back to reading when columns or names are corrected) → writing → done; reading →
    unreadable; checked → discarded. What is done stays; the next file changes it.
    """

    class State(models.TextChoices):
        READING = "reading", "正在读取"
        UNREADABLE = "unreadable", "读不了"
        CHECKED = "checked", "待确认"
        WRITING = "writing", "正在导入"
        DONE = "done", "已导入"
        DISCARDED = "discarded", "已放弃"

    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="文件", related_name="+")
    kind = models.CharField("格式", max_length=5)  # xlsx, xls, csv: by content
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="部门", related_name="+")  # whose services it is about
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.READING)
    mapping = models.JSONField("列的对应", default=dict)  # header signature → column index → field, as corrected here
    names = models.JSONField("班组和校区", default=dict)  # kind → text in the file → key, as answered here
    reading = EncryptedJSONField("读取结果", null=True, blank=True)  # roster.stored, with personal data
    result = models.JSONField("结果", default=dict)  # figures for the page, no personal data
    round = models.PositiveSmallIntegerField("第几次读取", default=1)
    error = models.CharField("读不了的原因", max_length=500, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, verbose_name="后台任务", related_name="+", null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now)
    finished_at = models.DateTimeField("导入时间", null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["reading", "job"])
    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "花名册导入"
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.file.name

    def get_absolute_url(self) -> str:
        return reverse("staff:import-check", args=[self.pk])

    @property
    def reason(self) -> str:
        """Why rows changed, in the history of everything that it writes; by it what an import brought in is found again."""
        return f"导入 {self.file.name}"

    @property
    def resolution(self) -> str:
        """How it settles the issue of a person whom it names again."""
        return f"{self.file.name} 重新读入了此人"[:500]

    @property
    def stored(self) -> Stored:
        """The reading, taken up again; empty before the file was read."""
        return Stored(self.reading or {"sheets": [], "people": [], "findings": []})

    @property
    def is_working(self) -> bool:
        return self.state in (self.State.READING, self.State.WRITING)


class RosterIssueQuerySet(models.QuerySet["RosterIssue"]):
    def visible_to(self, user: Any) -> "RosterIssueQuerySet":
        if user.has_role(*READS_ALL):
            return self
        if user.has_role(*READS_OWN_UNIT) and user.unit_id:
            return self.filter(Q(service__unit=user.unit_id) | Q(service=None, roster_import__unit=user.unit_id))
        return self.none()

    def open(self) -> "RosterIssueQuerySet":
        return self.filter(resolved_at=None)

    def holding_back(self, service: Service) -> "RosterIssueQuerySet":
        """Open errors that keep the roster of `service` from being locked; a row without a service holds its unit back."""
        unplaced = Q(service=None, roster_import__unit=service.unit_id)
        return self.open().filter(Q(service=service) | unplaced)


class RosterIssue(models.Model):
    """An error of a row that was left out of an import: open until the row comes in with a later file, or by hand."""

    roster_import = models.ForeignKey(RosterImport, models.PROTECT, verbose_name="导入", related_name="issues")
    service = models.ForeignKey(
        Service, models.PROTECT, verbose_name="服务项目", related_name="+", null=True, blank=True
    )
    person = models.CharField("姓名", max_length=50, blank=True)  # as in the row
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行")
    column = models.CharField("列", max_length=100, blank=True)
    code = models.CharField("代码", max_length=30)
    message = models.CharField("说明", max_length=300)
    resolved_at = models.DateTimeField("解决时间", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="解决人", related_name="+", null=True, blank=True
    )
    resolution = models.CharField("怎样解决", max_length=500, blank=True)

    history = HistoricalRecords()
    objects = RosterIssueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待改正"
        ordering = ("-roster_import", "sheet", "row", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None) | ~Q(resolution=""),
                name="roster_issue_resolution_is_said",
                violation_error_message="请写明怎样解决。",
            )
        ]

    def __str__(self) -> str:
        return self.message


class RememberedColumns(models.Model):
    """How a header was corrected, so that the same header is understood next time."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="部门", related_name="+")
    signature = models.CharField("表头", max_length=64)  # roster.columns.signature
    mapping = models.JSONField("列的对应")  # column index → field

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "记住的列"
        constraints = [models.UniqueConstraint(fields=["unit", "signature"], name="remembered_columns_once")]

    def __str__(self) -> str:
        return self.signature


class RememberedName(models.Model):
    """What a team or a campus in the office's files stands for."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="部门", related_name="+")
    kind = models.CharField("种类", max_length=6, choices=[("team", "班组"), ("campus", "校区")])
    text = models.CharField("文件里的写法", max_length=50, blank=True)
    service = models.ForeignKey(
        Service, models.CASCADE, verbose_name="服务项目", related_name="+", null=True, blank=True
    )
    campus = models.ForeignKey(Campus, models.CASCADE, verbose_name="校区", related_name="+", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "记住的班组和校区"
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "text"], name="remembered_name_once"),
            models.CheckConstraint(
                condition=Q(kind="team", service__isnull=False, campus=None) | Q(kind="campus", campus__isnull=False, service=None),
                name="remembered_name_has_its_meaning",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.text} → {self.service or self.campus}"
