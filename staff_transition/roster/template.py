"""The empty roster to fill in: headings, drop-downs, text columns for numbers that must not lose digits."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from staff_transition.roster.words import CATEGORY_WORDS

VERSION = "roster-template-2"
ROWS = 1000  # rows prepared for people
SHEET, CHOICES, GUIDE = "花名册", "选项", "说明"


@dataclass(frozen=True)
class Head:
    """One column of the template."""

    label: str
    how: str
    example: str
    is_required: bool = False
    width: float = 12
    number_format: str = "General"
    choices: str = ""  # head of a column of the sheet 选项


DATE, TEXT = "yyyy-mm-dd", "@"
HEADS = (
    Head("序号", "可以不填", "1", width=6),
    Head("校区", "从下拉里选", "东区", True, choices="校区"),
    Head("班组", "从下拉里选，决定这个人属于哪个服务项目", "环卫", True, choices="班组"),
    Head("姓名", "与身份证一致", "张三", True),
    Head("性别", "男或女，须与身份证号一致", "女", width=6, choices="性别"),
    Head("身份证号", "18 位，已设为文本格式；末位 X 大写", "420902198203151248", True, 22, TEXT),
    Head("岗位", "", "清扫工"),
    Head("用工形式", "从下拉里选", "劳动合同制", True, 14, choices="用工形式"),
    Head("入职时间", "到本校工作的第一天，年-月-日", "2016-03-15", True, 12, DATE),
    Head("合同起始日期", "没有合同的不填", "2025-01-01", width=13, number_format=DATE),
    Head("合同终止日期", "无固定期限的写“无固定期限”", "2026-12-31", width=13, number_format=DATE),
    Head("月工资（元）", "应发，数字", "2650", width=12, number_format="0.00"),
    Head("近12个月平均工资", "应发，数字；不满 12 个月的按实际月数平均", "2688.50", width=16, number_format="0.00"),
    Head("是否参加社保", "是或否", "是", width=12, choices="是否"),
    Head("联系电话", "已设为文本格式", "13800000000", width=14, number_format=TEXT),
    Head("银行卡号", "已设为文本格式，否则第 16 位起会丢失", "6217000000000000000", width=24, number_format=TEXT),
    Head("开户行", "可以不填", "", width=16),
    Head("每天小时数", "非全日制的填，平均每天几小时", "4"),
    Head("每周天数", "非全日制的填", "6"),
    Head("按小时计酬", "非全日制的填，是或否", "是", choices="是否"),
    Head("几天发一次工资", "非全日制的填，整天数；也可以写每周、半月、每月", "15", width=16),
    Head("备注", "孕期、医疗期、工伤等请写明", "", width=24),
)
NOTES = (
    "带 * 的列必填。请不要改动表头文字；列的先后可以调整，也可以删去不填的列。",
    "一人一行；不要合并人员所在的单元格；合计、签字行可以有，系统会认出并跳过。",
    "日期请写年-月-日。只写年月的按当月 1 日计，并会提示您核对。",
    "上传后先核对，有错误时不会写入任何数据，并把标好错误的原表还给您。",
)


def roster_template(campuses: Sequence[str], teams: Sequence[str]) -> bytes:
    """The workbook. Long lists stand on a sheet of their own: a list inside the cell may hold 255 signs only."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.title = SHEET
    choices = {
        "校区": list(campuses), "班组": list(teams), "性别": ["男", "女"], "是否": ["是", "否"],
        "用工形式": [words.split()[0] for words in CATEGORY_WORDS.values()],
    }  # fmt: skip
    lists = _write_choices(book.create_sheet(CHOICES), choices)
    _write_heads(page, lists)
    _write_guide(book.create_sheet(GUIDE))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_choices(page: Any, choices: dict[str, list[str]]) -> dict[str, str]:
    """Write the lists; returns the range of each that is not empty."""
    from common.xlsx import write_cell

    page.sheet_state = "hidden"
    ranges = {}
    for column, (head, words) in enumerate(choices.items(), 1):
        page.cell(1, column, head)
        for row, word in enumerate(words, 2):
            write_cell(page.cell(row, column), word)
        letter = page.cell(1, column).column_letter
        if words:
            ranges[head] = f"{CHOICES}!${letter}$2:${letter}${len(words) + 1}"
    return ranges


def _write_heads(page: Any, lists: dict[str, str]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    page.freeze_panes = "A2"
    required = PatternFill("solid", fgColor="FFFCE9B8")
    for column, head in enumerate(HEADS, 1):
        cell = page.cell(1, column, f"{head.label}*" if head.is_required else head.label)
        cell.font = Font(bold=True)
        if head.is_required:
            cell.fill = required
        if head.how:
            cell.comment = Comment(head.how, "说明")
        letter = cell.column_letter
        page.column_dimensions[letter].width = head.width
        if head.number_format != "General":
            for row in range(2, ROWS + 2):
                page.cell(row, column).number_format = head.number_format
        if head.choices in lists:
            rule = DataValidation("list", formula1=lists[head.choices], allow_blank=True, showErrorMessage=False)
            rule.add(f"{letter}2:{letter}{ROWS + 1}")
            page.add_data_validation(rule)


def _write_guide(page: Any) -> None:
    from openpyxl.styles import Font

    page.column_dimensions["A"].width, page.column_dimensions["C"].width, page.column_dimensions["D"].width = 20, 44, 24
    page.append(["外聘员工花名册填写说明"])
    page["A1"].font = Font(bold=True, size=14)
    for note in NOTES:
        page.append([note])
    page.append([])
    page.append(["列", "必填", "怎样填", "例"])
    for head in HEADS:
        page.append([head.label, "必填" if head.is_required else "", head.how, head.example])
    page["H1"] = VERSION
    page.column_dimensions["H"].hidden = True
