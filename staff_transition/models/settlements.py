"""What a worker is owed, frozen on HR's lock with the facts and parameters it was computed from."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from common.fields import EncryptedTextField
from staff_transition.models.workers import Worker


class LockedSettlementQuerySet(models.QuerySet["LockedSettlement"]):
    def standing(self) -> "LockedSettlementQuerySet":
        """Not withdrawn, supplements included: what is to be paid."""
        return self.filter(withdrawn_at=None)

    def live(self) -> "LockedSettlementQuerySet":
        """The one result of each worker, as pages and papers show it."""
        return self.standing().filter(supplements=None)

    def visible_to(self, user: Any) -> "LockedSettlementQuerySet":
        return self.filter(worker__in=Worker.objects.visible_to(user).values("pk"))


class LockedSettlement(models.Model):
    """One result, frozen when HR locks the roster. Never changed; withdrawn when the roster is opened again, and kept.

    A trigger refuses any change of what was computed, another one any deletion. What is found owed after the payment is
    frozen in a further row that `supplements` the first and holds the added line alone.
    """

    worker = models.ForeignKey(Worker, models.PROTECT, verbose_name="员工", related_name="settlements")
    number = models.PositiveSmallIntegerField("第几次")  # per worker, from 1
    content = models.JSONField("内容")  # frozen.content_of: figures, lines, parameters, facts, switches
    digest = models.CharField("SHA-256", max_length=64)
    severance = models.DecimalField("经济补偿", max_digits=12, decimal_places=2)  # yuan
    total = models.DecimalField("应付合计", max_digits=12, decimal_places=2)  # yuan, before tax
    tax = models.DecimalField("个人所得税", max_digits=12, decimal_places=2, null=True)  # null: not known
    account = EncryptedTextField("锁定时的银行卡号", blank=True, default="")
    supplements = models.ForeignKey(
        "self", models.PROTECT, verbose_name="补充的是哪一份", related_name="supplemented_by", null=True
    )
    computed_at = models.DateTimeField("锁定时间")
    computed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="锁定人", related_name="+")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="撤回人", related_name="+", null=True, editable=False
    )
    withdrawn_why = models.CharField("撤回理由", max_length=500, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["content"])  # the digest speaks for it
    objects = LockedSettlementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "锁定的结算"
        ordering = ("worker", "-number")
        constraints = [
            models.UniqueConstraint(fields=["worker", "number"], name="settlement_numbered"),
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(withdrawn_at=None, supplements=None),
                name="settlement_one_live_per_worker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker} 第 {self.number} 次 {self.total:,.2f} 元"

    @property
    def last_day(self) -> date | None:
        """The last day that was frozen."""
        text = self.content["figures"]["last_day"]
        return date.fromisoformat(text) if text else None

    @property
    def is_left_early(self) -> bool:
        """The worker left on his own before the last day that was frozen: nothing of it holds for him any more."""
        left_on, last_day = self.worker.left_on, self.last_day
        return bool(left_on and last_day and left_on < last_day)

    @property
    def is_left_late(self) -> bool:
        """The worker stayed beyond the last day that was frozen: the years, the day and the amount are those of an earlier end."""
        left_on, last_day = self.worker.left_on, self.last_day
        return bool(left_on and last_day and left_on > last_day)

    @property
    def unpriced(self) -> list[str]:
        """Items left out of the total because a fact was missing at the lock."""
        return list(self.content["figures"].get("unpriced") or ())

    @property
    def is_confirmed(self) -> bool:
        return hasattr(self, "confirmation")

    @property
    def net(self) -> Any:
        """What is paid out; None while the tax is not known."""
        return None if self.tax is None else self.total - self.tax
