"""Uploads are judged by what they contain, not by what they are called: type by its first bytes, size, and no macros."""

import io
import zipfile
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from common.refusals import NotReadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXPANDED_LIMIT = 200 * 1024 * 1024  # bytes a zip package may unfold to
ENTRIES_LIMIT = 5000


@dataclass(frozen=True)
class Kind:
    label: str
    media_type: str
    extension: str


KINDS = {
    "pdf": Kind("PDF", "application/pdf", ".pdf"),
    "jpeg": Kind("照片", "image/jpeg", ".jpg"),
    "png": Kind("图片", "image/png", ".png"),
    "docx": Kind("Word 文档", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "xlsx": Kind("Excel 工作簿", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    "xls": Kind("Excel 97 工作簿", "application/vnd.ms-excel", ".xls"),
    "csv": Kind("CSV 文本", "text/csv", ".csv"),
}
EVIDENCE_KINDS = ("pdf", "jpeg", "png", "docx", "xlsx")


def check_upload(upload: UploadedFile, kinds: tuple[str, ...], most_bytes: int | None = None) -> tuple[str, bytes]:
    """The kind and the bytes of an upload. Raises NotReadable, in words, for anything that is not one of `kinds`."""
    most = most_bytes or settings.UPLOAD_MAX_BYTES
    if upload.size and upload.size > most:
        raise NotReadable(
            why=f"文件有 {upload.size / 2**20:.0f} MB，超过 {most // 2**20} MB。",
            how="请压缩图片或拆成几个文件后再传。",
        )
    upload.seek(0)
    content = upload.read(most + 1)
    kind = sniff(content)
    if kind not in kinds:
        allowed = "、".join(KINDS[name].label for name in kinds)
        raise NotReadable(why=f"“{upload.name}”不是可以上传的文件。", how=f"这里收 {allowed}；请另存为其中一种再传。")
    return kind, content


def sniff(content: bytes) -> str:
    """The kind by content: a key of KINDS, or "" when it is none of them. Raises NotReadable for traps."""
    if not content:
        raise NotReadable(why="文件是空的。", how="请打开原文件确认内容后再传。")
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"PK\x03\x04"):
        return _package_kind(content)
    if content.startswith(OLE):
        return _ole_kind(content)
    return "csv" if _looks_like_text(content) else ""


def _package_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except zipfile.BadZipFile:
        raise NotReadable(why="文件已损坏，打不开。", how="请在 Excel 或 WPS 里打开后另存一份再传。") from None
    if len(entries) > ENTRIES_LIMIT or sum(entry.file_size for entry in entries) > EXPANDED_LIMIT:
        raise NotReadable(why="文件展开后过大，可能是压缩炸弹。", how="请把需要的工作表复制到新文件后再传。")
    names = {entry.filename.lower() for entry in entries}
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        raise NotReadable(why="文件里有宏。", how="请另存为不含宏的 .xlsx 或 .docx 后再传。")
    if any("oleobject" in name or "/activex/" in name for name in names):
        raise NotReadable(why="文件里嵌有别的程序的对象。", how="请删去嵌入的对象（公式、附件）后再传，或另存为 PDF。")
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "docx" if "word/document.xml" in names else ""


def _ole_kind(content: bytes) -> str:
    """An OLE container is an old .xls, or a newer workbook sealed with a password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise NotReadable(
            why="文件设了打开密码。", how="请在 Excel 或 WPS 里取消密码（文件—信息—保护工作簿）后另存再传。"
        )
    return "xls" if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")) else ""


def _looks_like_text(content: bytes) -> bool:
    head = content[:65536]
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return not head.lstrip().lower().startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script"))
