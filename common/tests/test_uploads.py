import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common.refusals import NotReadable
from common.uploads import OLE, check_upload, sniff


def package(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (package(**{"xl__workbook.xml": b""}), "xlsx"),
        (package(**{"word__document.xml": b""}), "docx"),
        (package(other=b""), ""),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        ("姓名,工资\n".encode("gb18030"), "csv"),
        (b"<html><table>", ""),
        (b"<svg onload=alert(1)>", ""),
        (b"\x00\x01\x02", ""),
    ],
)
def test_kind_comes_from_the_content(content, kind):
    assert sniff(content) == kind


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空"),
        (b"PK\x03\x04broken", "损坏"),
        (package(**{"xl__workbook.xml": b"", "xl__vbaProject.bin": b""}), "宏"),
        (package(**{"xl__workbook.xml": b"", "xl__macrosheets__sheet1.xml": b""}), "宏"),
        (package(**{"word__document.xml": b"", "word__embeddings__oleObject1.bin": b""}), "别的程序的对象"),
        (package(**{"xl__workbook.xml": b"0" * (201 * 2**20)}), "炸弹"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)
def test_traps_are_named(content, said):
    with pytest.raises(NotReadable, match=said):
        sniff(content)


def test_too_large_and_wrong_kind_say_what_to_do(settings):
    with pytest.raises(NotReadable) as caught:
        check_upload(SimpleUploadedFile("照片.jpg", b"\xff\xd8\xff" + b"0" * 100), ("jpeg",), most_bytes=50)
    assert "压缩" in caught.value.remedy
    with pytest.raises(NotReadable) as caught:
        check_upload(SimpleUploadedFile("a.pdf", b"GIF89a"), ("pdf", "jpeg"))
    assert "PDF、照片" in caught.value.remedy
