"""Transition schemes (安置方案): rules that give everybody a disposition, compared side by side; the adopted one's checklist."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from common.models import StoredFile
from programme.models import Campus, Service
from staff_transition.grounds import label_of
from staff_transition.models.dispositions import DispositionKind
from staff_transition.models.workers import Category
from staff_transition.rules.scheme import WHO, Rule


class TransitionSchemeQuerySet(models.QuerySet["TransitionScheme"]):
    def visible_to(self, user: Any) -> "TransitionSchemeQuerySet":
        return self.filter(service__in=Service.objects.visible_to(user).values("pk"))

    def live(self) -> "TransitionSchemeQuerySet":
        return self.filter(withdrawn_at=None)


class TransitionScheme(models.Model):
    """One way to settle the people of a service. Draft → adopted (its dispositions are set, its checklist begins).

    Of one service at most one is adopted; adopting another replaces it. A scheme is withdrawn, never deleted.
    """

    service = models.ForeignKey(Service, models.PROTECT, verbose_name="服务项目", related_name="schemes")
    name = models.CharField("方案名称", max_length=50)  # 全部协商解除
    last_day = models.DateField("最后工作日")  # of the rules that name no other
    note = models.TextField("说明", blank=True, max_length=2000)
    budget = models.DecimalField("预算额度（元）", max_digits=14, decimal_places=2, null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="拟定人", related_name="+", editable=False
    )
    adopted_at = models.DateTimeField("采用时间", null=True, editable=False)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="采用人", related_name="+", null=True, editable=False
    )
    withdrawn_at = models.DateTimeField("作废时间", null=True, editable=False)
    revision = models.PositiveIntegerField("修订号", default=1, editable=False)  # of the fields above and the rules

    history = HistoricalRecords(excluded_fields=["revision"])
    objects = TransitionSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "安置方案"
        ordering = ("service", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["service"], condition=Q(adopted_at__isnull=False, withdrawn_at=None), name="scheme_one_adopted_per_service"
            ),
            models.UniqueConstraint(
                fields=["service", "name"], condition=Q(withdrawn_at=None), name="scheme_name_once",
                violation_error_message="这个服务项目已有同名的方案。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("staff:scheme", args=[self.pk])


class SchemeRule(models.Model):
    """One line of a scheme, in order: the first that takes a person decides."""

    scheme = models.ForeignKey(TransitionScheme, models.CASCADE, verbose_name="方案", related_name="rules")
    order = models.PositiveSmallIntegerField("次序", default=1)
    who = models.CharField("情形", max_length=12, blank=True, choices=[(key, label) for key, (label, _) in WHO.items()])
    category = models.CharField("用工形式", max_length=20, blank=True, choices=Category.choices)
    campus = models.ForeignKey(Campus, models.PROTECT, verbose_name="校区", related_name="+", null=True, blank=True)
    min_years = models.PositiveSmallIntegerField("工龄满（年）", default=0)
    kind = models.CharField("去向", max_length=24, choices=DispositionKind.choices)
    ground = models.CharField("法定事由", max_length=32, blank=True)  # "": the one that the disposition means
    last_day = models.DateField("最后工作日", null=True, blank=True)  # null: the scheme's

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "方案规则"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        named = f"（{label_of(self.ground)}）" if self.ground else ""
        return f"{self.words} → {self.get_kind_display()}{named}"

    @property
    def words(self) -> str:
        """Whom the rule takes, in words."""
        parts = [
            self.get_who_display() if self.who else "", self.get_category_display() if self.category else "",
            str(self.campus) if self.campus_id else "", f"工龄满 {self.min_years} 年" if self.min_years else "",
        ]  # fmt: skip
        return "，".join(part for part in parts if part) or "其余全部"

    def as_rule(self, last_day: date) -> Rule:
        return Rule(
            self.kind, self.last_day or last_day, self.category, self.campus_id, self.who, self.min_years, self.ground
        )


class SchemeStepQuerySet(models.QuerySet["SchemeStep"]):
    def done(self, key: str) -> "SchemeStepQuerySet":
        """Of adopted schemes, finished, round by round."""
        found = self.filter(key=key, done_on__isnull=False, scheme__withdrawn_at=None, scheme__adopted_at__isnull=False)
        return found.order_by("round")

    def pending(self) -> "SchemeStepQuerySet":
        """Of adopted schemes, not done yet, the most urgent first."""
        return self.filter(done_on=None, scheme__withdrawn_at=None, scheme__adopted_at__isnull=False).order_by(
            "due_on", "pk"
        )

    def before_payment(self) -> "SchemeStepQuerySet":
        """Those due by the last day, the payments themselves left out."""
        return self.pending().filter(due_on__lte=F("scheme__last_day")).exclude(key__in=("payment", "wages"))


class SchemeStep(models.Model):
    """One duty of the adopted scheme: due, by whom, done when and with which proof.

    A duty that names people comes again as a further `round` for those who come after one was done.
    """

    scheme = models.ForeignKey(TransitionScheme, models.CASCADE, verbose_name="方案", related_name="steps")
    key = models.CharField("步骤", max_length=20)  # rules.procedure.Duty.key
    round = models.PositiveSmallIntegerField("第几次", default=1, editable=False)
    people = models.JSONField(
        "涉及的人", default=dict, editable=False
    )  # worker → ground: of a done step, and of a further one
    title = models.CharField("事项", max_length=100)
    rule = models.CharField("怎样算期限", max_length=100)
    articles = models.JSONField("依据", default=list)  # codes of law.articles
    is_statutory = models.BooleanField("法定期限", default=True)
    due_on = models.DateField("最迟")
    responsible = models.CharField("责任部门或人", max_length=50)
    done_on = models.DateField("办结日", null=True, blank=True)
    evidence = models.CharField("证明材料", max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="附件", related_name="+", null=True, blank=True)

    history = HistoricalRecords()
    objects = SchemeStepQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办理步骤"
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "key", "round"], name="scheme_step_once"),
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(evidence=""), name="scheme_step_done_with_proof",
                violation_error_message="办结的要写明证明材料。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title
