"""Facts of a worker that need a row each: wages by month, insured periods, leave by year, lines added by hand."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from common.constraints import runs_forward
from common.models import StoredFile
from staff_transition.models.workers import Worker
from staff_transition.rules.ledger import DEDUCTIONS, contradiction, deducted
from staff_transition.rules.wages import COMPONENTS, gross_of


class WageMonth(models.Model):
    """Wages due (应发) of one month, by component; yuan. The gross is their sum and is not stored twice.

    The rest is what the wage ledger (WAGE_RECORDS_15) shows beside it: work, deductions, the day of payment, its proof; null is not known.
    """

    worker = models.ForeignKey(Worker, models.CASCADE, verbose_name="员工", related_name="wage_months")
    month = models.DateField("月份")  # its first day
    basic = models.DecimalField("基本工资", max_digits=10, decimal_places=2)
    overtime = models.DecimalField("加班费", max_digits=10, decimal_places=2, default=0)
    bonus = models.DecimalField("奖金", max_digits=10, decimal_places=2, default=0)
    allowance = models.DecimalField("津贴补贴", max_digits=10, decimal_places=2, default=0)
    hardship = models.DecimalField("夜班、高温等津贴", max_digits=10, decimal_places=2, default=0)  # MIN_WAGE_RULES_12
    net = models.DecimalField(
        "实发", max_digits=10, decimal_places=2, null=True, blank=True
    )  # after tax and contributions
    days = models.DecimalField("出勤（天）", max_digits=4, decimal_places=1, null=True, blank=True)
    hours = models.DecimalField("工时（小时）", max_digits=5, decimal_places=1, null=True, blank=True)
    own_insurance = models.DecimalField("个人社保", max_digits=10, decimal_places=2, null=True, blank=True)
    own_fund = models.DecimalField("个人公积金", max_digits=10, decimal_places=2, null=True, blank=True)
    income_tax = models.DecimalField("个税", max_digits=10, decimal_places=2, null=True, blank=True)
    other_deduction = models.DecimalField("其他扣款", max_digits=10, decimal_places=2, null=True, blank=True)
    paid_on = models.DateField("发放日期", null=True, blank=True)
    receipt = models.CharField("支付凭证", max_length=100, blank=True)  # of the bank, or signed by the worker
    is_abnormal = models.BooleanField("病假、停工", default=False)  # another month than usual
    evidence = models.CharField("证明材料", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "逐月工资"
        ordering = ("month",)
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "month"], name="wage_month_once", violation_error_message="这个月已经登记过。"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="wage_month_is_its_first_day",
                violation_error_message="月份写当月 1 日。",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 0 for name in COMPONENTS}),
                name="wage_month_not_negative",
                violation_error_message="工资不能为负。",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 0 for name in ("days", "hours", *DEDUCTIONS)}),
                name="wage_month_ledger_not_negative",
                violation_error_message="出勤、工时和扣款不能为负。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.gross:,.2f} 元"

    def clean(self) -> None:
        is_whole = all(getattr(self, name) is not None for name in COMPONENTS)  # a field that is refused leaves none
        if is_whole and (problem := contradiction(self)):
            raise ValidationError({"net": problem})

    @property
    def gross(self) -> Any:
        return gross_of(self)

    @property
    def deducted(self) -> Any:
        return deducted(self)


class InsurancePeriod(models.Model):
    """A stretch of months in which social insurance was paid, or cash was given instead (I2_19)."""

    class Kind(models.TextChoices):
        PENSION = "PENSION", "养老"
        ALL = "ALL", "五险"
        INJURY = "INJURY", "仅工伤"
        CASH = "CASH", "未参保，发社保补贴"

    worker = models.ForeignKey(Worker, models.CASCADE, verbose_name="员工", related_name="insurance_periods")
    kind = models.CharField("险种", max_length=8, choices=Kind.choices)
    first_month = models.DateField("起始月")
    last_month = models.DateField("截止月", null=True, blank=True)  # included; null: still
    base = models.DecimalField(
        "缴费基数或每月补贴", max_digits=10, decimal_places=2, null=True, blank=True
    )  # yuan a month
    payer = models.CharField("缴费单位", max_length=50, blank=True)
    evidence = models.CharField("证明材料", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "社保记录"
        ordering = ("first_month",)
        constraints = [
            runs_forward(
                "first_month", "last_month", name="insurance_period_runs_forward", message="截止月早于起始月。"
            )
        ]

    def __str__(self) -> str:
        last = f"{self.last_month:%Y-%m}" if self.last_month else ""
        return f"{self.get_kind_display()} {self.first_month:%Y-%m}–{last}"


class LeaveYear(models.Model):
    """Annual leave of one year: how many days were taken, or why nothing is owed for it."""

    class Exclusion(models.TextChoices):
        HOLIDAYS = "HOLIDAYS", "带薪寒暑假多于年休假"
        PERSONAL = "PERSONAL", "不扣工资的事假累计 20 天以上"
        SICK = "SICK", "病假累计 2、3、4 个月以上"  # by the working life: under ten years, under twenty, longer
        REFUSED = "REFUSED", "已安排，本人书面提出不休"
        SHORT = "SHORT", "连续工作不满 12 个月"  # here and before together

    worker = models.ForeignKey(Worker, models.CASCADE, verbose_name="员工", related_name="leave_years")
    year = models.PositiveSmallIntegerField("年度")
    taken_days = models.DecimalField("已休（天）", max_digits=4, decimal_places=1)
    exclusion = models.CharField(
        "不另付的情形", max_length=8, choices=Exclusion.choices, blank=True
    )  # LEAVE_4, LEAVE_RULES_3, LEAVE_RULES_10_2
    evidence = models.CharField("证明材料", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "年休假"
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "year"], name="leave_year_once", violation_error_message="这一年已经登记过。"
            ),
            models.CheckConstraint(condition=Q(taken_days__gte=0), name="leave_year_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年已休 {self.taken_days} 天" + ("，不另付" if self.exclusion else "")


class ContractTerm(models.Model):
    """One written contract with the worker, in the order they followed each other (LCL_14_2, LCL_82)."""

    class Kind(models.TextChoices):
        SIGNED = "SIGNED", "新订、续订"
        EXTENDED = "EXTENDED", "协商延长"
        AUTO = "AUTO", "到期自动续延"
        SWAPPED = "SWAPPED", "换签约单位"
        OVER_AGE = "OVER_AGE", "超龄用工协议"

    worker = models.ForeignKey(Worker, models.CASCADE, verbose_name="员工", related_name="contract_terms")
    kind = models.CharField("怎么订的", max_length=8, choices=Kind.choices, default=Kind.SIGNED)
    first_day = models.DateField("起始日")
    last_day = models.DateField("终止日", null=True, blank=True)  # included; null: open-ended
    signed_on = models.DateField("签字日期", null=True, blank=True)  # null: never signed
    signatory = models.CharField("签约单位", max_length=50, blank=True)
    evidence = models.CharField("证明材料", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "劳动合同"
        ordering = ("first_day",)
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "first_day"],
                name="contract_term_once",
                violation_error_message="这一天起的合同已经登记过。",
            ),
            runs_forward("first_day", "last_day", name="contract_term_runs_forward", message="终止日早于起始日。"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.first_day}–{self.last_day or '无固定期限'}"


class Offer(models.Model):
    """A written offer to the worker and the answer (LCL_36, LCL_40, LCL_46_5): what makes an agreement or a refusal provable."""

    class Kind(models.TextChoices):
        AGREED_END = "AGREED_END", "协商解除"
        OTHER_POST = "OTHER_POST", "另外的岗位"
        RENEWAL = "RENEWAL", "续订合同"
        TRANSFER = "TRANSFER", "承接单位接收"
        SIGNING = "SIGNING", "订立合同"
        OWN_END = "OWN_END", "本人提出解除"  # the worker's own proposal: nothing is offered by the college

    class Answer(models.TextChoices):
        ACCEPTED = "ACCEPTED", "同意"
        REFUSED = "REFUSED", "不同意"

    worker = models.ForeignKey(Worker, models.CASCADE, verbose_name="员工", related_name="offers")
    kind = models.CharField("提出什么", max_length=10, choices=Kind.choices)
    offered_on = models.DateField("书面提出日期")
    answer_by = models.DateField("答复期限", null=True, blank=True)
    post = models.CharField("岗位和地点", max_length=100, blank=True)
    monthly_pay = models.DecimalField("月工资", max_digits=10, decimal_places=2, null=True, blank=True)  # yuan
    terms = models.CharField("条件", max_length=300, blank=True)
    answer = models.CharField("本人答复", max_length=8, choices=Answer.choices, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    evidence = models.CharField("证明材料", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "书面要约"
        ordering = ("-offered_on", "-pk")
        constraints = [
            runs_forward(
                "offered_on", "answered_on", name="offer_answered_after_it_was_made", message="答复日期早于提出日期。"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None) | (~Q(answer="") & ~Q(answered_on=None)),
                name="offer_answer_has_a_day",
                violation_error_message="答复和答复日期要一起填。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.offered_on}" + (f" {self.get_answer_display()}" if self.answer else "")


class AdjustmentQuerySet(models.QuerySet["Adjustment"]):
    def live(self) -> "AdjustmentQuerySet":
        return self.filter(withdrawn_at=None)

    def counting(self) -> "AdjustmentQuerySet":
        """Seen by a second person, not taken back, not settled by itself: only these enter the settlement of a worker."""
        settled = Q(supplement__isnull=False, supplement__withdrawn_at=None)
        return self.live().exclude(confirmed_at=None).exclude(settled)


class Adjustment(models.Model):
    """A line added by hand: owed wages, overtime, an earlier employer's years, an agreed extra.

    Entered → confirmed by another person → counts. Never edited: withdrawn and entered again. Confirmed after the worker was
    paid, it is frozen alone, as a supplement.
    """

    class Kind(models.TextChoices):
        OWED_WAGES = "OWED_WAGES", "拖欠工资"
        OVERTIME = "OVERTIME", "加班费"
        SHORTFALL = "SHORTFALL", "最低工资差额"
        DEPOSIT = "DEPOSIT", "退还押金"
        EARLIER_YEARS = "EARLIER_YEARS", "以前用人单位年限的补偿"
        AGREED_EXTRA = "AGREED_EXTRA", "协商另行补助"
        MEDICAL = "MEDICAL", "医疗补助费"
        LEAVE = "LEAVE", "未休年休假工资"
        AGENCY = "AGENCY", "承担派遣单位的补偿"  # by the contract with the agency, or jointly (LCL_92)
        INJURY_JOB = "INJURY_JOB", "一次性伤残就业补助金"
        INJURY_MEDICAL = "INJURY_MEDICAL", "一次性工伤医疗补助金"  # where there is no insurance to pay it

    worker = models.ForeignKey(Worker, models.CASCADE, verbose_name="员工", related_name="adjustments")
    kind = models.CharField("项目", max_length=16, choices=Kind.choices)
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2)  # before tax
    reason = models.CharField("理由和算法", max_length=500)
    evidence = models.CharField("证明材料", max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="附件", related_name="+", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人", related_name="+", editable=False
    )
    made_at = models.DateTimeField("登记时间", editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="复核人", related_name="+", null=True, editable=False
    )
    confirmed_at = models.DateTimeField("复核时间", null=True, editable=False)
    withdrawn_at = models.DateTimeField("撤销时间", null=True, editable=False)
    supplement = models.OneToOneField(
        "staff_transition.LockedSettlement", models.PROTECT, verbose_name="补充结算", related_name="adjustment", null=True, editable=False
    )  # fmt: skip

    history = HistoricalRecords()
    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "更正与另行支付"
        ordering = ("made_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="adjustment_is_positive", violation_error_message="金额须大于 0。"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("made_by")),
                name="adjustment_needs_two_people",
                violation_error_message="登记人不能自己复核。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount:,.2f} 元"
