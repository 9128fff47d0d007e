import pytest

from common.downloads import attachment, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("协商解除协议_张三（公寓部）.docx", "协商解除协议_张三（公寓部）.docx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\r\nSet-Cookie: x.xlsx", "a__Set-Cookie_ x.xlsx"),
        ("买买提·艾力.docx", "买买提·艾力.docx"),
        ("", "file"),
        ("...", "file"),
        ('a"b.xlsx', "a_b.xlsx"),
    ],
)
def test_names_keep_their_chinese_and_lose_what_is_dangerous(name, safe):
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_extension():
    assert safe_name("名" * 200 + ".docx") == "名" * 115 + ".docx"


def test_the_header_has_both_forms():
    header = attachment(b"x", "名单.xlsx", "text/plain").headers
    assert header["Content-Disposition"] == "attachment; filename=\"__.xlsx\"; filename*=UTF-8''%E5%90%8D%E5%8D%95.xlsx"
    assert header["X-Content-Type-Options"] == "nosniff"
