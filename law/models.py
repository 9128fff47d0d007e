"""Dated parameters and the working-day calendar: the law's numbers as rows with a source, edited by the admin."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords


class Trust(models.TextChoices):
    READ = "T", "已读原文"
    SECONDARY = "S", "转载"
    INFERRED = "S-inferred", "转载推断"
    UNSEEN = "K", "未见原文"
    ENTERED = "E", "本校录入"
    DEMO = "DEMO", "演示值"


class Parameter(models.Model):
    """One value of one key at one place from a day on. Never changed by a calculation; a result keeps its own copy."""

    key = models.CharField("参数", max_length=60)  # one of law.parameters.KEYS
    place = models.CharField("适用地区", max_length=60, blank=True)  # "" is the whole country
    value = models.DecimalField("数值", max_digits=16, decimal_places=4)  # in the key's unit
    since = models.DateField("起始日", null=True, blank=True)  # null: start not known
    until = models.DateField("截止日", null=True, blank=True)  # included; null: still in force
    data_year = models.PositiveSmallIntegerField("数据年度", null=True, blank=True)  # for statistics
    source = models.CharField("来源文件", max_length=300)
    source_url = models.URLField("网址", max_length=300, blank=True)
    trust = models.CharField("核实程度", max_length=12, choices=Trust, default=Trust.ENTERED)
    is_pending = models.BooleanField("待复核", default=False, editable=False)  # a jump: not used before a second person
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="录入人", related_name="+", null=True, editable=False
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="复核人", related_name="+", null=True, editable=False
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "参数"
        ordering = ("key", "place", "-since")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "place", "since"],
                name="parameter_one_value_per_start",
                violation_error_message="同一参数、同一地区、同一起始日已有一个数值。",
            ),
            models.UniqueConstraint(
                fields=["key", "place"],
                condition=models.Q(since=None),
                name="parameter_one_value_without_start",
                violation_error_message="同一参数、同一地区已有一个不知起始日的数值。",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(since=None) | models.Q(until__gte=models.F("since")),
                name="parameter_runs_forward",
                violation_error_message="截止日早于起始日。",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("entered_by")),
                name="parameter_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="parameter_has_source",
                violation_error_message="请写明来源文件，如“鄂政办发〔2025〕44号”。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.place} {self.since or ''}"


class PlaceTier(models.Model):
    """Which provincial tier (湖北省/三档) a district takes from a day on, by the annex that names it."""

    place = models.CharField("地区", max_length=60)
    tier = models.CharField("档次", max_length=60)
    since = models.DateField("起始日")
    source = models.CharField("依据", max_length=300)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "地区档次"
        ordering = ("place", "-since")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "since"],
                name="place_tier_one_per_start",
                violation_error_message="该地区同一起始日已选过档次。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.since} → {self.tier}"

    def clean(self) -> None:
        if self.place == self.tier:
            raise ValidationError({"tier": "地区不能适用它自己，请选省里公布的档次。"})


class SpecialDay(models.Model):
    """A day that the State Council's yearly arrangement takes out of the ordinary week: off on a weekday, work on a weekend."""

    day = models.DateField("日期", primary_key=True)
    is_working = models.BooleanField("上班")
    name = models.CharField("节日", max_length=20, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "放假和调休"
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.is_working else '放假'}"
