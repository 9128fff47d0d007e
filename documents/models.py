"""Generated papers: never overwritten, each bound to the version it was made from."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from simple_history.models import HistoricalRecords

from accounts.models import Role, Unit
from common.models import Job, StoredFile
from documents.registry import PAPERS

READS_ALL = (Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER)
READS_IMPERSONAL = (Role.PROCUREMENT,)
READS_OWN_UNIT = (Role.OFFICER, Role.LOGISTICS_HEAD)


def _reach(user: Any, roles: Collection[str]) -> Q:
    """What the person sees by those of `roles` that he holds."""
    if user.has_role(*(role for role in READS_ALL if role in roles)):
        return Q()
    found = Q(pk__in=[])
    if user.unit_id and user.has_role(*(role for role in READS_OWN_UNIT if role in roles)):
        found |= Q(unit=user.unit_id)
    if user.has_role(*(role for role in READS_IMPERSONAL if role in roles)):
        found |= Q(is_personal=False)
    return found


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Any) -> "DocumentQuerySet":
        """Papers about persons stay with those who see staff data; logistics people see their own unit's.

        A paper with `readers` of its own is read by those roles alone, each as far as it reaches.
        """
        kept: dict[tuple[str, ...], list[str]] = {}
        for paper in PAPERS.values():
            kept.setdefault(paper.readers, []).append(paper.key)
        kept.pop((), None)
        mine = _reach(user, Role.values) & ~Q(kind__in=[key for keys in kept.values() for key in keys])
        for readers, keys in kept.items():
            mine |= _reach(user, readers) & Q(kind__in=keys)
        return self.filter(mine)

    def with_newer(self, user: Any) -> "DocumentQuerySet":
        """Each with `newer`, the newest of the same paper of the same subject, none where it is itself; made at `newer_at`.

        `may_open_newer`: who moved to another unit took the later papers along.
        """
        later = Document.objects.filter(
            kind=OuterRef("kind"), subject_id=OuterRef("subject_id"), pk__gt=OuterRef("pk")
        ).order_by("-pk")
        found = self.annotate(newer=Subquery(later.values("pk")[:1]), newer_at=Subquery(later.values("made_at")[:1]))
        mine = Document.objects.visible_to(user).filter(pk=OuterRef("newer"))
        return found.annotate(may_open_newer=Exists(mine))


class Document(models.Model):
    """One generated paper (公文). The same version and number give the same paper, until another was made after it."""

    kind = models.CharField("文种", max_length=30)  # key of documents.registry
    title = models.CharField("标题", max_length=150)
    subject_id = models.PositiveBigIntegerField("对象")
    source = models.CharField("依据", max_length=30)  # V3
    digest = models.CharField("内容指纹", max_length=64)  # of the version and what was typed for the paper
    number = models.CharField("发文字号", max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="部门", related_name="+")
    is_personal = models.BooleanField("含个人信息", default=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, related_name="+", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="生成人", related_name="+")
    made_at = models.DateTimeField("生成时间", auto_now_add=True)

    history = HistoricalRecords(excluded_fields=["job"])
    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公文"
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id", "digest"], name="document_once_per_content"),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="document_number_once",
                violation_error_message="这个发文字号已经用过。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title
