"""Small roster files for tests, in every shape an office sends them."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

HEADS = (
    "序号", "校区", "班组", "姓名", "性别", "身份证号", "岗位", "用工形式", "入职时间", "合同起始日期", "合同终止日期", "月工资（元）",
    "近12个月平均工资", "是否参加社保", "联系电话", "银行卡号", "备注",
)  # fmt: skip


def person(name: str, id_number: str, sex: str, **values: Any) -> dict[str, Any]:
    return {
        "序号": 1, "校区": "东校区", "班组": "环卫", "姓名": name, "性别": sex, "身份证号": id_number, "岗位": "清扫工",
        "用工形式": "劳动合同制", "入职时间": date(2016, 3, 15), "合同起始日期": date(2025, 1, 1),
        "合同终止日期": date(2027, 12, 31), "月工资（元）": 2650, "近12个月平均工资": 2688.5, "是否参加社保": "是",
        "联系电话": "13800001234", "银行卡号": f"62170003464685{id_number[-6:-1]}", "备注": None,
    } | values  # fmt: skip


PEOPLE = (
    person("向桂珍", "420922197911061849", "女"),
    person("熊爱萍", "420982198808076461", "女"),
    person("邓友才", "420982197703087135", "男"),
    person("欧阳 娜", "420981198908237561", "女"),
)


def sheet(
    page: Any, rows: Sequence[dict[str, Any]], heads: Sequence[str] = HEADS, title: str = "外聘员工花名册"
) -> None:
    """A title row, a header, the rows."""
    if title:
        page.append([title])
    page.append(list(heads))
    for row in rows:
        page.append([row.get(head) for head in heads])


def xlsx(
    rows: Sequence[dict[str, Any]] = PEOPLE, heads: Sequence[str] = HEADS, title: str = "外聘员工花名册",
    change: Callable[[Any], None] | None = None, name: str = "花名册",
) -> bytes:  # fmt: skip
    """One sheet with the people; `change` may do anything to the workbook before it is saved."""
    book = Workbook()
    page = book.active
    page.title = name
    sheet(page, rows, heads, title)
    if change:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv_bytes(
    rows: Sequence[dict[str, Any]] = PEOPLE, encoding: str = "utf-8", delimiter: str = ",", heads: Sequence[str] = HEADS
) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([row.get(head) for head in heads])
    return text.getvalue().encode(encoding)


def sheets(pages: dict[str, list[list[Any]]]) -> bytes:
    """A workbook of plain rows, sheet by sheet."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in pages.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
