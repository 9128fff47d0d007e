"""What becomes of a worker when the service is handed over (去向)."""

from typing import Any

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from staff_transition.models.workers import Worker


class DispositionKind(models.TextChoices):
    TRANSFER_CONTINUOUS = "TRANSFER_CONTINUOUS", "承接单位接收（工龄连续）"
    TRANSFER_BOUGHT_OUT = "TRANSFER_BOUGHT_OUT", "承接单位接收（原单位结清）"
    MOVED_TO_OTHER_POST = "MOVED_TO_OTHER_POST", "转岗"
    NEGOTIATED = "NEGOTIATED", "协商解除（单位提出）"
    NOFAULT_40_3 = "NOFAULT_40_3", "无过失解除"
    EXPIRY = "EXPIRY", "到期终止"
    RETIREMENT = "RETIREMENT", "到龄退休"
    END_OF_LABOUR_SERVICE = "END_OF_LABOUR_SERVICE", "劳务关系终止"
    RETURNED_TO_AGENCY = "RETURNED_TO_AGENCY", "退回派遣单位"
    OTHER_END = "OTHER_END", "其他解除或终止"  # the ground is chosen beside it


class ForcedReason(models.TextChoices):
    """Which item of article 38 the worker left for, where it is neither wages nor insurance: it decides which years count."""

    CONDITIONS = "CONDITIONS", "未按约定提供劳动保护或者劳动条件"
    FORCED_LABOUR = "FORCED_LABOUR", "暴力、威胁强迫劳动"
    UNLAWFUL_RULES = "UNLAWFUL_RULES", "规章制度违法损害权益"
    FRAUD = "FRAUD", "欺诈、胁迫致合同无效"


class Fault(models.TextChoices):
    """Which item of article 39 the worker is dismissed for."""

    PROBATION = "PROBATION", "（一）试用期间不符合录用条件"
    RULES = "RULES", "（二）严重违反规章制度"
    NEGLECT = "NEGLECT", "（三）严重失职、营私舞弊"
    SECOND_JOB = "SECOND_JOB", "（四）兼职造成严重影响"
    INVALID = "INVALID", "（五）欺诈、胁迫致合同无效"
    CRIME = "CRIME", "（六）被追究刑事责任"


# ground → its items, one of which the disposition must name
ITEMS = {"FORCED_RESIGNATION_38_OTHER": ForcedReason, "FAULT_39": Fault}


class DispositionQuerySet(models.QuerySet["Disposition"]):
    def to_the_end(self) -> "DispositionQuerySet":
        """Of people who stay, or stayed, to the last day that is set; who left before it left on their own."""
        return self.exclude(worker__left_on__lt=models.F("last_day"))

    def by_hand_in(self, scheme: Any) -> "DispositionQuerySet":
        """Of the people of an adopted scheme: set by a person, and not as its rules say. Nobody's while it is a draft."""
        if scheme.adopted_at is None:
            return self.none()
        by_hand = models.Q(is_ground_chosen=True, is_by_scheme=False) | models.Q(set_at__gt=scheme.adopted_at)
        here = self.filter(by_hand, worker__service=scheme.service_id, worker__left_on=None)
        return here.select_related("worker").order_by("worker__sort_key", "worker__pk")


class Disposition(models.Model):
    """The one disposition of a worker: proposed by the office, changed until the roster is locked."""

    worker = models.OneToOneField(Worker, models.CASCADE, verbose_name="员工", related_name="disposition")
    kind = models.CharField("去向", max_length=24, choices=DispositionKind.choices)
    ground = models.CharField("法定事由", max_length=32, blank=True)  # a code of rules.grounds.GROUNDS
    is_ground_chosen = models.BooleanField("事由由人选定", default=False)  # otherwise it follows from kind and facts
    is_by_scheme = models.BooleanField("由方案设定", default=False)  # otherwise by a person, for this worker
    forced_reason = models.CharField(
        "第三十八、三十九条的哪一项",
        max_length=14,
        choices=[each for items in ITEMS.values() for each in items.choices],
        blank=True,
    )
    last_day = models.DateField("最后工作日", null=True, blank=True)  # worked and counted; proposed
    note = models.CharField("说明", max_length=500, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="设定人", related_name="+")
    set_at = models.DateTimeField("设定时间")

    history = HistoricalRecords()
    objects = DispositionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "去向"

    def __str__(self) -> str:
        return self.get_kind_display()
