"""Paying what was settled: batches with two people, the bank's file, what came back."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from common.fields import EncryptedTextField, mask_account
from programme.models import Service
from staff_transition.models.settlements import LockedSettlement
from staff_transition.models.workers import Worker


class PaymentBatchQuerySet(models.QuerySet["PaymentBatch"]):
    def visible_to(self, user: Any) -> "PaymentBatchQuerySet":
        return self.filter(service__in=Service.objects.visible_to(user).values("pk"))


class PaymentBatch(models.Model):
    """draft → approved (by another person of finance) → sent (the bank's file was taken) → closed (every payment decided).

    draft, approved → withdrawn, with a reason. Once sent nothing of it changes but the results of its payments.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "待复核"
        APPROVED = "approved", "已复核"
        SENT = "sent", "已交银行"
        CLOSED = "closed", "已办结"
        WITHDRAWN = "withdrawn", "已撤回"

    service = models.ForeignKey(Service, models.PROTECT, verbose_name="服务项目", related_name="payment_batches")
    number = models.PositiveSmallIntegerField("第几批")  # per service
    pay_on = models.DateField("付款日期")
    early_reason = models.CharField(
        "早于最后工作日付款的理由", max_length=200, blank=True
    )  # LCL_50_2: paid at hand-over
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="制表人", related_name="+")
    made_at = models.DateTimeField("制表时间")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="复核人", related_name="+", null=True
    )
    approved_at = models.DateTimeField("复核时间", null=True)

    history = HistoricalRecords()
    objects = PaymentBatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "付款批次"
        ordering = ("-made_at",)
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="payment_batch_numbered"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")), name="payment_batch_needs_two_people"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.service}第 {self.number} 批"

    def get_absolute_url(self) -> str:
        return reverse("staff:payment-batch", args=[self.pk])

    @property
    def is_at_home(self) -> bool:
        """The bank has not got it: it can still be taken back."""
        return self.state in (self.State.DRAFT, self.State.APPROVED)


class Payment(models.Model):
    """One settlement in a batch, with the account as it was then. Amounts and account never change, rows are never deleted.

    pending → paid | failed | withdrawn. paid → returned: the bank sent the money back later; one person of finance enters it,
    another approves. After failed and returned the settlement can be paid again.
    """

    class State(models.TextChoices):
        PENDING = "pending", "待付"
        PAID = "paid", "已付"
        FAILED = "failed", "付款失败"
        WITHDRAWN = "withdrawn", "已撤回"
        RETURNED = "returned", "已退汇"

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, verbose_name="批次", related_name="payments")
    worker = models.ForeignKey(Worker, models.PROTECT, verbose_name="员工", related_name="payments")
    settlement = models.ForeignKey(LockedSettlement, models.PROTECT, verbose_name="结算", related_name="payments")
    is_supplement = models.BooleanField("补充结算", default=False)  # as on the settlement, for the constraint
    gross = models.DecimalField("应发", max_digits=12, decimal_places=2)  # yuan
    tax = models.DecimalField("个税", max_digits=12, decimal_places=2)
    net = models.DecimalField("实发", max_digits=12, decimal_places=2)
    account = EncryptedTextField("银行卡号")
    bank_name = models.CharField("开户行", max_length=50, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PENDING)
    paid_on = models.DateField("到账日期", null=True)
    voucher = models.CharField("凭证号", max_length=50, blank=True)
    failure = models.CharField("失败原因", max_length=200, blank=True)
    returned_on = models.DateField("退汇日期", null=True)
    return_reason = models.CharField("退汇原因", max_length=200, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="退汇登记人", related_name="+", null=True
    )
    return_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="退汇复核人", related_name="+", null=True
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "付款"
        ordering = ("worker__sort_key", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["worker"], condition=Q(state__in=["pending", "paid"], is_supplement=False), name="payment_once_per_worker",
                violation_error_message="此人已在另一批里。",
            ),
            models.UniqueConstraint(
                fields=["settlement"], condition=Q(state__in=["pending", "paid"]), name="payment_once_per_settlement",
                violation_error_message="这份结算已在另一批里。",
            ),
            models.CheckConstraint(condition=Q(net__gt=0), name="payment_is_positive"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(failure=""), name="payment_failure_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="returned")
                | Q(returned_on__isnull=False, returned_by__isnull=False, return_approved_by__isnull=False) & ~Q(return_reason=""),
                name="payment_return_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(return_approved_by=None) | ~Q(return_approved_by=F("returned_by")), name="payment_return_needs_two_people"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.worker} {self.net:,.2f} 元"

    @property
    def is_return_open(self) -> bool:
        """Entered as sent back, not approved yet."""
        return self.state == self.State.PAID and self.returned_by is not None


class AccountCheck(models.Model):
    """Somebody checked with the worker that a bank account entered after the lock is his. Inserted, never changed.

    Who entered it and when is the worker's history; here it stands so that the database can refuse one person for both.
    """

    worker = models.ForeignKey(Worker, models.PROTECT, verbose_name="员工", related_name="account_checks")
    account = EncryptedTextField("银行卡号")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="改卡号的人", related_name="+", null=True
    )  # null: not known, the database was changed by hand
    changed_at = models.DateTimeField("改卡号的时间", null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="核对人", related_name="+")
    checked_at = models.DateTimeField("核对时间")
    how = models.CharField("怎么核对的", max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = "银行卡号核对"
        ordering = ("-checked_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(changed_by=None) | ~Q(changed_by=F("checked_by")), name="account_check_needs_two_people"
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker} {mask_account(self.account)}"
