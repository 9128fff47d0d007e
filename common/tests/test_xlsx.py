import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.xlsx import Column, Sheet, workbook

NASTY = [
    '=HYPERLINK("http://x","张三")',
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "-",
    "+86 138",
    "=cmd|'/c calc'!A0",
    "<b>",
    "a\nb",
]


def one(value, kind="text"):
    content = workbook([Sheet("表", (Column("列", kind),), [[value]])])
    return content, openpyxl.load_workbook(io.BytesIO(content)).active["A2"]


@pytest.mark.parametrize("text", NASTY)
def test_text_stays_text_and_never_acts(text):
    content, cell = one(text)
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


@given(st.text(max_size=50))
def test_any_text_can_be_written_and_opened_again(text):
    _, cell = one(text)
    assert cell.data_type in ("s", "n")


def test_amounts_and_dates_stay_amounts_and_dates():
    assert one(Decimal("2650.50"), "amount")[1].value == 2650.5
    assert one(Decimal("2650.50"), "amount")[1].number_format == "#,##0.00"
    assert one(date(2018, 3, 12), "date")[1].value.date() == date(2018, 3, 12)
    assert one(None)[1].value is None


def test_long_digits_are_written_as_text():
    assert one("6217000346468509048")[1].value == "6217000346468509048"


def test_lines_above_and_below_and_a_sheet_name_with_forbidden_signs():
    content = workbook(
        [Sheet("环卫/绿化*", (Column("姓名"),), [["张三"]], title="名单", above=("单位：人",), below=("制表人：",))]
    )
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [row[0] for row in page.iter_rows(values_only=True)] == ["名单", "单位：人", "姓名", "张三", "制表人："]
    assert page.title == "环卫 绿化 "
    assert page.freeze_panes == "A4"


def test_a_sheet_prints_with_all_columns_on_a_page_and_its_head_on_each():
    wide = tuple(Column(f"列{number}", "amount", 20) for number in range(6))
    sheets = [
        Sheet("宽", wide, [[1] * 6], title="名单", total=["", 2, 3, 4, 5, 6], below=("签收人：",)),
        Sheet("窄", wide[:2], []),
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook(sheets)))
    for page, across, head in ((book["宽"], "landscape", "$2:$2"), (book["窄"], "portrait", "$1:$1")):
        assert (page.page_setup.orientation, page.page_setup.paperSize) == (across, 9)
        assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 0)
        assert page.print_title_rows == head
    assert [cell.value for cell in book["宽"][4]] == [None, 2, 3, 4, 5, 6]
    assert book["宽"]["B4"].font.bold
    assert book["宽"]["A5"].value == "签收人："


def test_a_closed_list_is_offered_below_the_head_and_added_cells_have_the_columns_format():
    columns = (Column("险种", choices=("养老", "五险")), Column("起始月", "month"))
    book = openpyxl.load_workbook(
        io.BytesIO(workbook([Sheet("社保", columns, [["养老", date(2020, 5, 1)]], title="社保")]))
    )
    (offered,) = book.active.data_validations.dataValidation
    assert offered.formula1 == '"养老,五险"'
    assert str(offered.sqref).startswith("A3:A1003")
    assert book.active["B3"].number_format == book.active.column_dimensions["B"].number_format == "yyyy-mm"
    assert book.active.column_dimensions["A"].number_format == "@"
