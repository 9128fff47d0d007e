"""Small technical tables: background jobs and files that people upload."""

import errno
import hashlib
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from common import fields
from common.history import record
from common.refusals import DomainError
from common.uploads import KINDS, check_upload


class Job(models.Model):
    """One piece of background work, from the click to its result.

    queued → running → done | failed; failed → queued again by the person. Nobody edits a job by hand.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"

    kind = models.CharField("类型", max_length=50)
    key = models.CharField("去重键", max_length=200, unique=True)  # same key, same work: done once
    title = models.CharField("名称", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.QUEUED)
    arguments = models.JSONField("参数", default=dict)
    result = models.JSONField("结果", default=dict)
    step = models.CharField("步骤", max_length=100, blank=True)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    error = models.TextField("未完成的原因", blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="发起人", related_name="+")
    created_at = models.DateTimeField("发起时间", auto_now_add=True)
    heartbeat_at = models.DateTimeField("最近动静", default=timezone.now)
    claims = models.PositiveSmallIntegerField("领取次数", default=0)  # by workers, since the person's click
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.title}（{self.get_state_display()}）"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def is_waiting_long(self) -> bool:
        """Queued for half a minute: most likely no worker runs."""
        return self.state == self.State.QUEUED and timezone.now() - self.heartbeat_at > timedelta(seconds=30)

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


def stored_path(instance: "StoredFile", filename: str) -> str:
    """Content-addressed: nothing of the user's file name reaches the file system."""
    folder = "sealed" if instance.is_sealed else "files"
    return f"{folder}/{instance.sha256[:2]}/{instance.sha256}"


class FileUnreadable(DomainError):
    """A kept file that is missing, cut off, changed or sealed with another key; verify_files finds them all."""

    message = "文件“{name}”{why}，不能使用。"
    remedy = "请系统管理员从备份恢复这个文件；手里有原件的，重新上传同一份也会修好它。"
    status = 500


class NoSpace(DomainError):
    """The disk is full; what was there is untouched."""

    message = "文件“{name}”没有存上：服务器的磁盘已满。"
    remedy = "请系统管理员清出空间，然后再办一次；原有的文件没有受影响。"
    status = 507


class StoredFile(models.Model):
    """An uploaded or generated file, kept byte for byte, inserted and never changed. Who may read it is decided by the record
    that refers to it."""

    name = models.CharField("文件名", max_length=255)
    content = models.FileField("内容", upload_to=stored_path, max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True, editable=False)
    size = models.PositiveIntegerField("字节")
    media_type = models.CharField("类型", max_length=100)
    is_sealed = models.BooleanField("加密存放", default=False, editable=False)  # files full of personal data
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+", null=True, blank=True
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, name: str, content: bytes, media_type: str, by: Any, *, sealed: bool = False) -> "StoredFile":
        """Store bytes and return the row. The same bytes twice share one file on disk. `sealed`: encrypted there.

        A file that is there already is believed only once it was read: a damaged one is written anew, which also
        mends the older rows. Raises NoSpace.
        """
        stored = cls(
            name=PurePosixPath(name.replace("\\", "/")).name[:255],
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            media_type=media_type,
            is_sealed=sealed,
            uploaded_by=by,
        )
        path = stored.content.name = stored_path(stored, name)
        try:
            stored.read()
        except FileUnreadable:
            try:
                stored.content.storage.save(path, ContentFile(fields.seal(content, path) if sealed else content))
            except OSError as error:
                if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                    raise
                raise NoSpace(name=stored.name) from error
        record(stored, by, "存入文件")
        return stored

    @classmethod
    def keep_upload(
        cls, upload: UploadedFile, kinds: tuple[str, ...], by: Any, *, sealed: bool = False
    ) -> "StoredFile":
        """Store an upload that is one of `kinds` (common.uploads). Raises NotReadable, in words, for anything else."""
        kind, content = check_upload(upload, kinds)
        return cls.keep(
            upload.name or f"文件{KINDS[kind].extension}", content, KINDS[kind].media_type, by, sealed=sealed
        )

    def read(self) -> bytes:
        """The bytes as they came, and nothing else. Raises FileUnreadable."""
        try:
            with self.content.storage.open(str(self.content.name), "rb") as handle:
                content = handle.read()
        except FileNotFoundError:
            raise FileUnreadable(name=self.name, why="在服务器上找不到了") from None
        except OSError as error:
            raise FileUnreadable(name=self.name, why=f"读不出来（{error.strerror}）") from error
        whole = self.size + (fields.SEAL_BYTES if self.is_sealed else 0)
        if len(content) != whole:
            raise FileUnreadable(name=self.name, why=f"不完整（应有 {whole} 字节，现有 {len(content)} 字节）")
        try:
            content = fields.unseal(content, stored_path(self, self.name)) if self.is_sealed else content
        except fields.Undecryptable:
            raise FileUnreadable(name=self.name, why="解不开密（文件损坏，或者 FIELD_KEYS 不是存入时用的）") from None
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise FileUnreadable(name=self.name, why="内容与存入时不一致")
        return content


class SentForm(models.Model):
    """A form that was sent, and the row it made (common.once). Holds no word of it."""

    key = models.CharField("摘要", max_length=64, primary_key=True)  # of its token and its words
    model = models.CharField("表", max_length=100)
    made = models.BigIntegerField("行", null=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "已提交的表单"

    def __str__(self) -> str:
        return self.key[:12]
