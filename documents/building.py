"""The templates of the papers, built from code so that anybody can build them again: `manage.py build_docx_templates`."""

import zipfile
from collections.abc import Callable
from typing import Any

from docx.shared import Mm, Pt

from documents import layout, transition
from documents.layout import CENTER, HEITI, KAITI, RED, RIGHT, XIAOBIAOSONG


def qingshi() -> Any:
    """请示 (GB/T 9704): red head, number and signer, red line, title, one addressee, text, request, contact."""
    document = layout.page()
    head = layout.line(document, "", alignment=CENTER)
    head.paragraph_format.space_before, head.paragraph_format.line_spacing = Pt(60), Pt(52)
    layout.write(head, "{{ unit }}文件", XIAOBIAOSONG, 36, color=RED)
    layout.line(document)
    layout.line(document)
    number = layout.line(document)
    number.paragraph_format.first_line_indent = Pt(16)  # an indent of the paragraph would shorten the red line
    number.paragraph_format.tab_stops.add_tab_stop(Pt(426), alignment=2)
    layout.write(number, "{{ number }}\t签发人：")
    layout.write(number, "{{ signer }}", KAITI)
    layout.red_line(number)
    layout.line(document)
    layout.line(document)
    layout.title(document, "{{ title }}")
    layout.line(document)
    layout.line(document, "{{ addressee }}：")
    layout.tag(document, "{%p for part in parts %}")
    layout.body(document, "{{ part.heading }}", HEITI)
    layout.tag(document, "{%p for text in part.paragraphs %}")
    layout.body(document, "{{ text }}")
    layout.tag(document, "{%p endfor %}")
    layout.tag(document, "{%p endfor %}")
    layout.body(document, "妥否，请批示。")
    layout.line(document)
    layout.tag(document, "{%p for each in attachments %}")
    note = layout.line(document, "{{ each.mark }}{{ each.name }}")
    note.paragraph_format.left_indent = Pt(16 * 5)
    note.paragraph_format.first_line_indent = Pt(-16 * 3)
    layout.tag(document, "{%p endfor %}")
    layout.line(document)
    layout.line(document)
    sign = layout.line(document, "{{ unit }}", alignment=RIGHT)
    sign.paragraph_format.right_indent = Pt(16 * 4)
    day = layout.line(document, "{{ day | cndate }}", alignment=RIGHT)
    day.paragraph_format.right_indent = Pt(16 * 4)
    layout.body(document, "（联系人：{{ contact }}，电话：{{ phone }}）")
    return document


def plan() -> Any:
    """外包方案 as it was frozen: sections, scope, comparison, terms, fingerprint."""
    document = layout.page()
    layout.title(document, "{{ title }}")
    layout.line(document, "（V{{ number }}，{{ day | cndate }}）", KAITI, alignment=CENTER)
    layout.line(document)
    layout.tag(document, "{%p for section in sections %}")
    layout.body(document, "{{ loop.index | cnnum }}、{{ section.label }}", HEITI)
    layout.tag(document, "{%p for text in section.paragraphs %}")
    layout.body(document, "{{ text }}")
    layout.tag(document, "{%p endfor %}")
    layout.tag(document, "{%p endfor %}")
    _simple(
        document,
        "附表 1　服务范围",
        ("内容", "校区", "数量", "单位"),
        (60, 40, 36, 18),
        "item in scope",
        ("{{ item.content }}", "{{ item.campus }}", "{{ item.quantity }}", "{{ item.unit }}"),
        (2,),
    )
    _simple(
        document,
        "附表 2　成本比较（单位：元）",
        ("年度", "自己做", "合同价", "监管", "一次性安置", "当年节约"),
        (18, 28, 28, 24, 28, 28),
        "year in years",
        (
            "{{ year.year }}",
            "{{ year.self_run | yuan }}",
            "{{ year.contract | yuan }}",
            "{{ year.supervision | yuan }}",
            "{{ year.settlement | yuan }}",
            "{{ year.saving | yuan }}",
        ),
        (1, 2, 3, 4, 5),
    )
    _note(document)
    _simple(
        document,
        "附表 3　人员去向",
        ("去向", "人数"),
        (110, 44),
        "way in ways",
        ("{{ way.label }}", "{{ way.count }}"),
        (1,),
    )
    layout.line(document)
    layout.small(document, "编制人：{{ drafter }}　　　　后勤处负责人：　　　　　　　　日期：", 12)
    layout.small(document, "内容指纹（SHA-256）：{{ digest }}", 9)
    return document


def _simple(document: Any, caption: str, heads: Any, widths: Any, loop: str, texts: Any, numbers: Any) -> None:
    layout.line(document)
    layout.line(document, caption, HEITI, 12, CENTER)
    made = layout.table(document, heads, widths)
    layout.tag_row(made, f"{{%tr for {loop} %}}")
    layout.row(made, texts, widths, numbers=numbers)
    layout.tag_row(made, "{%tr endfor %}")


CLASSIFICATION = (
    ("用工类别", 26),
    ("人数", 12),
    ("其中女", 13),
    ("50岁以上", 16),
    ("不满1年", 14),
    ("1至5年", 13),
    ("5至10年", 14),
    ("10至15年", 15),
    ("满15年", 14),
    ("参保", 12),
    ("近退休且满15年", 22),
    ("受保护", 14),
    ("应付人数", 16),
    ("应付金额（元）", 30),
)
KEYS = (
    "label",
    "people",
    "women",
    "from_50",
    "y0",
    "y1",
    "y5",
    "y10",
    "y15",
    "insured",
    "near",
    "protected",
    "paid",
    "amount",
)


def classification() -> Any:
    """外聘员工分类汇总表: a row per kind of employment, then the dispositions."""
    document = layout.page(landscape=True)
    layout.title(document, "{{ service }}外聘员工分类汇总表", 20)
    layout.small(document, "填报部门：{{ unit }}　　数据日期：{{ day | cndate }}{{ lock }}", 10.5)
    widths = [width for _, width in CLASSIFICATION]
    made = layout.table(document, [head for head, _ in CLASSIFICATION], widths, 9)
    layout.tag_row(made, "{%tr for row in rows %}")
    numbers = range(1, len(KEYS))
    texts = [f"{{{{ row.{key} | yuan }}}}" if key == "amount" else f"{{{{ row.{key} }}}}" for key in KEYS]
    layout.row(made, texts, widths, 9, numbers)
    layout.tag_row(made, "{%tr endfor %}")
    sums = [f"{{{{ total.{key} | yuan }}}}" if key == "amount" else f"{{{{ total.{key} }}}}" for key in KEYS]
    layout.row(made, sums, widths, 9, numbers, HEITI)
    layout.small(document, "拟去向：{{ ways }}", 10.5)
    layout.small(document, "应付金额合计（大写）：人民币{{ total.amount | rmb }}", 10.5)
    _note(document)
    _signatures(document, ("制表人", "后勤处负责人", "人事处审核人", "日期"))
    return document


SUMMARY = (
    ("序号", 11),
    ("姓名", 20),
    ("用工类别", 24),
    ("去向", 36),
    ("年限（月）", 16),
    ("基数（元）", 24),
    ("经济补偿（元）", 28),
    ("代通知金（元）", 24),
    ("其他（元）", 22),
    ("合计（元）", 28),
    ("个税（元）", 20),
)
SUMMARY_KEYS = (
    "number",
    "name",
    "category",
    "disposition",
    "years",
    "base",
    "severance",
    "notice",
    "other",
    "total",
    "tax",
)


def severance_summary() -> Any:
    """经济补偿测算汇总表: a row per person, the sum in figures and words."""
    document = layout.page(landscape=True)
    layout.title(document, "{{ service }}外聘员工经济补偿测算汇总表", 20)
    layout.small(document, "填报部门：{{ unit }}　　测算日期：{{ day | cndate }}{{ lock }}", 10.5)
    widths = [width for _, width in SUMMARY]
    made = layout.table(document, [head for head, _ in SUMMARY], widths, 9)
    layout.tag_row(made, "{%tr for row in rows %}")
    money = SUMMARY_KEYS[5:]
    texts = [f"{{{{ row.{key} | yuan }}}}" if key in money else f"{{{{ row.{key} | dash }}}}" for key in SUMMARY_KEYS]
    texts[SUMMARY_KEYS.index("other")] = "{{ row.other_text }}"
    numbers = (0, *range(4, len(SUMMARY_KEYS)))
    layout.row(made, texts, widths, 9, numbers)
    layout.tag_row(made, "{%tr endfor %}")
    layout.row(
        made,
        [
            "",
            "合计",
            "",
            "",
            "",
            "",
            "{{ sum.severance | yuan }}",
            "{{ sum.notice | yuan }}",
            "{{ sum.other | yuan }}",
            "{{ sum.total | yuan }}",
            "{{ sum.tax | yuan }}",
        ],
        widths,
        9,
        numbers,
        HEITI,
    )
    layout.small(document, "合计（大写）：人民币{{ sum.total | rmb }}", 10.5)
    _note(document)
    layout.small(
        document, "依据：劳动合同法第四十六条、第四十七条，实施条例第二十条、第二十七条；逐人算法见测算表。", 10.5
    )
    _signatures(document, ("测算人", "人事处复核", "财务处", "分管领导"))
    return document


PERSON_WIDTHS = (7, 24, 82, 38, 23)


def severance_person() -> Any:
    """经济补偿测算表: one A4 page a person, the facts and the working line by line, to be signed."""
    document = layout.page()
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(15), Mm(18)
    section.left_margin = section.right_margin = Mm(18)
    layout.tag(document, "{%p for person in people %}")
    heading = layout.title(document, "外聘员工经济补偿测算表", 18)
    heading.paragraph_format.page_break_before = True  # a break of its own would leave an empty page after a full one
    heading.paragraph_format.space_after = Pt(4)
    for text in (
        "姓名：{{ person.name }}　　身份证号：{{ person.id }}　　用工类别：{{ person.category }}",
        "服务项目：{{ service }}　　校区岗位：{{ person.post }}",
        "入职：{{ person.hired }}　　最后工作日：{{ person.last_day }}　　工作年限：{{ person.service }}",
        "十二个月平均工资：{{ person.average }}　　去向：{{ person.disposition }}　　法定事由：{{ person.ground }}",
    ):
        layout.exact(layout.line(document, text, size=10), 16)
    made = layout.table(document, ("", "项目", "算法", "依据", "结果（元）"), PERSON_WIDTHS, 8.5)
    layout.tag_row(made, "{%tr for step in person.working %}")
    layout.row(
        made,
        ("{{ step.number }}", "{{ step.label }}", "{{ step.formula }}", "{{ step.articles }}", "{{ step.result }}"),
        PERSON_WIDTHS,
        8.5,
        (4,),
    )
    layout.tag_row(made, "{%tr endfor %}")
    layout.row(made, ("", "应付合计", "{{ person.words }}", "", "{{ person.total }}"), PERSON_WIDTHS, 8.5, (4,), HEITI)
    layout.row(made, ("", "实发", "合计减个人所得税", "", "{{ person.net }}"), PERSON_WIDTHS, 8.5, (4,), HEITI)
    layout.small(document, "{{ person.note }}", 9)
    layout.small(document, "本人已核对以上事实与金额。", 10.5)
    _signatures(document, ("本人签字", "测算人", "人事处复核", "日期"))
    layout.tag(document, "{%p endfor %}")
    return document


def parts_of(file: Any) -> dict[str, bytes]:
    """What a .docx says: every part of it but the properties, which hold the moment it was saved."""
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist() if name != "docProps/core.xml"}


def _note(document: Any) -> None:
    """What the sum above does not hold; no line where it is whole."""
    layout.tag(document, "{%p if note %}")
    layout.small(document, "{{ note }}", 10.5)
    layout.tag(document, "{%p endif %}")


def _signatures(document: Any, names: tuple[str, ...]) -> None:
    paragraph = layout.small(document, "　　　　　　　".join(f"{name}：" for name in names))
    paragraph.paragraph_format.space_before = Pt(14)


TEMPLATES: dict[str, Callable[[], Any]] = {
    "qingshi": qingshi,
    "plan": plan,
    "classification": classification,
    "severance-summary": severance_summary,
    "severance-person": severance_person,
    **transition.TEMPLATES,
}
