"""Files that attack, lie or are broken: read in a child process, answered in words."""

import io
import os
import zipfile
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common.refusals import NotReadable
from common.uploads import OLE
from staff_transition.actions.imports import upload_roster
from staff_transition.roster import limited
from staff_transition.roster.limited import pack, read_book_safely, unpack
from staff_transition.roster.reading import read_roster
from staff_transition.roster.workbook import MOST_ROWS, Book, Grid, read_book
from staff_transition.tests.files import PEOPLE, csv_bytes, xlsx

TODAY = date(2026, 11, 25)


def with_part(content: bytes, change) -> bytes:
    """The package with the XML of its first sheet changed."""
    source = zipfile.ZipFile(io.BytesIO(content))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            part = source.read(name)
            copy.writestr(name, change(part) if name == "xl/worksheets/sheet1.xml" else part)
    return buffer.getvalue()


@pytest.mark.parametrize("cell", ["XFD1048576", "T1048576", "CV200000"])
def test_a_stray_cell_far_away_is_ignored_and_named(cell):
    def change(book):
        book.active[cell] = " "

    reading = read_roster(read_book_safely(xlsx(PEOPLE[:2], change=change), "xlsx"), TODAY)
    assert [each.name for each in reading.people] == ["向桂珍", "熊爱萍"]
    assert reading.sheets[0].far == [cell]
    assert not reading.errors


def test_far_cells_in_a_file_with_prefixed_tags_are_cut_too():
    def change(part):
        text = part.decode()
        text = text.replace('xmlns="', 'xmlns:x="', 1)
        for tag in ("worksheet", "sheetData", "row", "cols", "col"):
            text = (
                text.replace(f"<{tag} ", f"<x:{tag} ")
                .replace(f"<{tag}>", f"<x:{tag}>")
                .replace(f"</{tag}>", f"</x:{tag}>")
            )
        return text.encode()

    from staff_transition.roster.package import look

    far = xlsx(PEOPLE[:1], change=lambda book: book.active.__setitem__("XFD900000", "x"))
    prefixed = change(
        zipfile.ZipFile(io.BytesIO(far))
        .read("xl/worksheets/sheet1.xml")
        .replace(b"<c ", b"<x:c ")
        .replace(b"</c>", b"</x:c>")
    )
    seen = look(prefixed.replace(b"<v>", b"<x:v>").replace(b"</v>", b"</x:v>"))
    assert seen.far == ["XFD900000"]
    assert len(seen.cuts) == 1


def test_a_package_that_unfolds_without_end_is_stopped_by_the_limit_of_memory(monkeypatch):
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>' % (row, row, b"x" * 4000)
        for row in range(1, 25000)
    )
    content = with_part(
        xlsx(), lambda part: part.split(b"<sheetData>")[0] + b"<sheetData>" + rows + b"</sheetData></worksheet>"
    )
    smaller = "from staff_transition.roster import limited, child; limited.MEMORY_BYTES = 300 * 2**20; "
    monkeypatch.setattr(limited, "COMMAND", ("-c", smaller + "raise SystemExit(child.main())"))
    assert read_book_safely(xlsx(), "xlsx").grids
    with pytest.raises(NotReadable, match="内存或时间"):
        read_book_safely(content, "xlsx")


def test_a_child_that_hangs_is_stopped(monkeypatch):
    monkeypatch.setattr(limited, "WAIT_SECONDS", 0.2)
    with pytest.raises(NotReadable, match="内存或时间"):
        read_book_safely(xlsx(), "xlsx")


def test_the_child_cannot_write_files_and_does_not_see_the_keys(monkeypatch):
    child = "import os, sys; sys.stdin.buffer.read(); sys.stdout.write(','.join(sorted(os.environ)))"
    monkeypatch.setattr(limited, "COMMAND", ("-c", child))
    names = limited.run("read", {}, b"").decode().split(",")
    assert not {"SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "DATABASE_URL"} & set(names)
    assert "FIELD_KEYS" in os.environ


def test_entities_in_a_sheet_are_refused():
    def change(part):
        return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + part

    with pytest.raises(NotReadable, match="XML"):
        read_book(with_part(xlsx(), change), "xlsx")


def test_a_broken_sheet_says_how_to_save_again():
    with pytest.raises(NotReadable) as caught:
        read_book(with_part(xlsx(), lambda part: part[: len(part) // 2]), "xlsx")
    assert "另存为 .xlsx" in caught.value.remedy


def test_too_many_rows_of_csv_are_refused_in_words():
    with pytest.raises(NotReadable, match="超过"):
        read_book("姓名,身份证号\n".encode() * (MOST_ROWS + 1), "csv")


def test_an_unreadable_encoding_is_said():
    with pytest.raises(NotReadable, match="编码"):
        read_book("姓名".encode() + b"\xff\xff\xff", "csv")


def test_a_book_goes_to_the_child_and_back_unchanged():
    grid = Grid(
        "表",
        [["文", 1, 2.5, True, None, date(2018, 3, 12), datetime(2018, 3, 12, 8, 30)]],  # noqa: DTZ001
        True,
        {3},
        [(0, 0, 1, 1)],
        {(2, 1)},
        {(3, 3): "#N/A"},
        ["XFD9"],
    )
    book = Book("xlsx", [grid, Grid("二", [])], 1462, ["图片"])
    assert unpack(pack(book)) == book


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "空"),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table></html>", "网页格式"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n", "图片"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.xlsx", b"PK\x03\x04broken", "损坏"),
        ("a.csv", b"\x00\x01\x02", "不是可以上传"),
    ],
)
def test_a_file_that_is_no_roster_file_is_refused_in_one_sentence(cast, name, content, said):
    with pytest.raises(NotReadable, match=said) as caught:
        upload_roster(SimpleUploadedFile(name, content), by=cast.officer)
    assert caught.value.remedy


def test_the_name_does_not_decide_what_a_file_is(cast):
    made = upload_roster(SimpleUploadedFile("花名册.xls", xlsx()), by=cast.officer)
    assert made.kind == "xlsx"
    assert (
        upload_roster(SimpleUploadedFile("花名册.xlsx", csv_bytes(encoding="gb18030")), by=cast.officer).kind == "csv"
    )
