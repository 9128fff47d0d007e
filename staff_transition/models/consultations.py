"""Advice taken from labour-arbitration professionals, and what it bears on."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from common.fields import EncryptedTextField
from common.models import StoredFile
from staff_transition.models.workers import Worker


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, user: Any) -> "ConsultationQuerySet":
        """General advice is everybody's; a text about people is for those who may read of the health of all of them."""
        known = Worker.objects.with_health_for(user).values("pk")
        return self.exclude(
            pk__in=Consultation.workers.through.objects.exclude(worker__in=known).values("consultation")
        )

    def about(
        self, *, worker: Worker | None = None, ground: str = "", switches: list[str] | None = None
    ) -> "ConsultationQuerySet":
        """Advice that bears on one person: about him, or about nobody in particular and on his ground or an open point."""
        ids = [
            pk for pk, grounds, keys in self.filter(workers=None).values_list("pk", "grounds", "switches")
            if (ground and ground in grounds) or set(switches or ()) & set(keys)
        ]  # fmt: skip
        return self.filter(Q(pk__in=ids) | Q(workers=worker)).distinct() if worker else self.filter(pk__in=ids)


class Consultation(models.Model):
    """One question (法律咨询): asked, then answered; linked to grounds, switches and people."""

    question = EncryptedTextField("问题", max_length=2000)
    asked_on = models.DateField("咨询日期")
    adviser = models.CharField("答复人", max_length=100)  # 孝感市劳动人事争议仲裁院 李某
    answered_on = models.DateField("答复日期", null=True, blank=True)
    advice = EncryptedTextField("答复意见", max_length=4000, blank=True)
    grounds = models.JSONField("涉及的事由", default=list, blank=True)  # codes of rules.grounds.GROUNDS
    switches = models.JSONField("涉及的计算口径", default=list, blank=True)  # keys of rules.policy.SWITCHES
    workers = models.ManyToManyField(Worker, verbose_name="涉及人员", related_name="consultations", blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="附件", related_name="+", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人", related_name="+", editable=False
    )
    revision = models.PositiveIntegerField("修订号", default=1, editable=False)  # the later of two saves is told

    history = HistoricalRecords(m2m_fields=["workers"], excluded_fields=["revision"])
    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "法律咨询"
        ordering = ("-asked_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(advice="") | Q(answered_on__isnull=False), name="consultation_advice_has_a_day",
                violation_error_message="有答复的请填答复日期。",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=models.F("asked_on")), name="consultation_answered_after_asked",
                violation_error_message="答复日期早于咨询日期。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.question[:40]

    def get_absolute_url(self) -> str:
        return reverse("staff:consultation", args=[self.pk])
