"""Templates of the papers that a staff transition needs: one function a paper."""

from collections.abc import Callable, Sequence
from typing import Any

from documents import layout
from documents.layout import CENTER, HEITI, LEFT, RIGHT

PARTIES = (
    "甲方（用人单位）：{{ college }}",
    "地址：{{ address }}　　法定代表人：{{ representative }}",
    "乙方（劳动者）：{{ name }}　　身份证号：{{ id_number }}　　电话：{{ phone }}",
)


def _paper(title: str, paragraphs: Sequence[str], *, to: str = "", sign: Sequence[str] = (), size: float = 20) -> Any:
    """A title, an addressee, paragraphs (a heading ends with no full stop), signatures at the right."""
    document = layout.page()
    _into(document, title, paragraphs, to=to, sign=sign, size=size)
    return document


def _into(
    document: Any, title: str, paragraphs: Sequence[str], *, to: str = "", sign: Sequence[str] = (), size: float = 20
) -> None:
    layout.title(document, title, size)
    layout.line(document)
    if to:
        layout.line(document, to)
    for text in paragraphs:
        _paragraph(document, text)
    _signed(document, sign, indent=32)


def _signed(document: Any, sign: Sequence[str], *, indent: float = 0) -> None:
    """Signatures at the right, one block with the paragraph before it: none stands alone on a page."""
    block = document.paragraphs[-1:]
    for text in sign:
        made = layout.line(document, text, alignment=RIGHT)
        made.paragraph_format.right_indent = layout.Pt(indent)
        block.append(made)
    for each in block[:-1]:
        each.paragraph_format.keep_with_next = each.paragraph_format.keep_together = True


def _paragraph(document: Any, text: str) -> None:
    """A heading stands alone and has no full stop; lines that name parties or are filled in by hand are not stretched to the margin."""
    is_heading = text[:2] in HEADINGS and not text.endswith(("。", "}}", "%}"))
    made = layout.body(document, text, HEITI if is_heading else layout.FANGSONG)
    if is_heading:
        made.paragraph_format.keep_with_next = True
    if text.startswith(PARTY_MARKS):
        made.alignment = LEFT


PARTY_MARKS = ("□", "甲方（", "甲方：", "乙方（", "乙方：", "丙方（", "地址：", "住址：")
HEADINGS = frozenset(f"{number}、" for number in "一二三四五六七八九十")
COLLEGE_SIGNS = ("", "{{ college }}（盖章）", "{{ today | cndate }}")


def _lines(document: Any) -> None:
    """The items of the settlement: what, how, how much; one block, since a sum on the next page is the sum of nothing."""
    widths = (30, 84, 36)
    layout.tag(document, "{%p if items %}")
    made = layout.table(document, ("项目", "算法", "金额（元）"), widths, 10.5)
    layout.tag_row(made, "{%tr for item in items %}")
    layout.keep_row(
        layout.row(made, ("{{ item.label }}", "{{ item.formula }}", "{{ item.amount | yuan }}"), widths, 10.5, (2,))
    )
    layout.tag_row(made, "{%tr endfor %}")
    layout.row(made, ("合计", "人民币{{ total | rmb }}", "{{ total | yuan }}"), widths, 10.5, (2,), HEITI)
    layout.tag(document, "{%p endif %}")


def _replaces(document: Any) -> None:
    """A later text of an agreement ends the earlier one in words."""
    layout.tag(document, "{%p if replaces %}")
    layout.body(document, "本协议取代甲方于{{ replaces }}提供的协议文本，以前的文本不再有效。")
    layout.tag(document, "{%p endif %}")


LAST = 4  # a paragraph of the text with the tags and the sentence of _replaces behind it


def _two_sides(document: Any, left: str, right: str) -> None:
    last = document.paragraphs[-LAST:]  # nobody signs on a page without a word of the text
    for each in (*last, layout.line(document)):
        each.paragraph_format.keep_with_next = each.paragraph_format.keep_together = True
    widths = (76, 76)
    made = document.add_table(rows=0, cols=2)
    made.autofit = False
    for texts in (
        (left, right),
        ("（盖章）", "（签字、捺印）"),
        ("日期：　　年　　月　　日", "日期：　　年　　月　　日"),
    ):
        for cell in layout.row(made, texts, widths, 14).cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True  # one block: nobody signs on an empty page


def agreement() -> Any:
    """协商解除劳动合同协议书 (D18): who proposed, the end, each amount, payment on hand-over, no condition (M23)."""
    document = _paper("协商解除劳动合同协议书", (
        *PARTIES,
        "住址：　　　　　　　　　　　　　　　　　　",
        "甲、乙双方经平等协商，由甲方提出、乙方同意，依据《中华人民共和国劳动合同法》{{ basis }}，就解除劳动合同达成如下协议：",
        "一、乙方自{{ hired | cndate }}起在甲方工作，岗位为{{ post }}；劳动合同：{{ contract }}。双方劳动合同于{{ last_day | cndate }}解除，"
        "乙方工作到当日，工资结算到当日。",
        "二、{% if because %}甲方不支付经济补偿：{{ because }}。{% endif %}{% if items %}甲方向乙方支付下列款项，共计人民币{{ total | rmb }}（{{ total | yuan }} 元）；"
        "代扣个人所得税 {{ tax | yuan }} 元，实付 {{ net | yuan }} 元。{% endif %}",
    ))  # fmt: skip
    _lines(document)
    layout.tag(document, "{%p for clause in clauses %}")
    layout.body(document, "{{ clause }}")
    layout.tag(document, "{%p endfor %}")
    _replaces(document)
    layout.body(
        document, "甲方于{{ offered }}书面提出本协议，乙方已有不少于三日的考虑时间，并已逐条阅读或者由他人宣读。"
    )
    _two_sides(document, "甲方：{{ college }}", "乙方：{{ name }}")
    return document


def notice() -> Any:
    """解除（终止）劳动合同通知书 (D19): facts and article, day of the end, notice, amounts, remedies, proof of service."""
    document = _paper("{{ verb }}劳动合同通知书", (
        "您自{{ hired | cndate }}起在本单位工作，岗位为{{ post }}；劳动合同：{{ contract }}。",
        "因{{ reason }}，依据{{ articles }}，本单位决定于{{ last_day | cndate }}{{ verb }}与您的劳动合同。{{ notice }}",
        "{% if because %}不支付经济补偿：{{ because }}。{% endif %}{% if items %}经计算，本单位应向您支付下列款项，共计人民币{{ total | rmb }}（{{ total | yuan }} 元），"
        "在您办结工作交接时支付。{% endif %}{{ not_in_total }}",
    ), to="{{ name }}（身份证号：{{ id_number }}）：")  # fmt: skip
    _lines(document)
    for text in (
        "请您在{{ last_day | cndate }}前办结工作交接。本单位当日出具{{ verb }}劳动合同证明，并在十五日内办理{{ moved_on }}。",
        "{{ union }}",
        "对本通知有异议的，可以自收到之日起一年内向劳动人事争议仲裁委员会申请仲裁。",
    ):
        layout.body(document, text)
    _signed(document, COLLEGE_SIGNS)
    layout.line(document)
    layout.line(document, "送达回证", HEITI, alignment=CENTER).paragraph_format.keep_with_next = True
    layout.body(document, "收到人签字：　　　　　　日期：　　年　月　日")
    layout.body(document, "拒收的，见证人（两人）签字：　　　　　　")
    layout.body(document, "邮寄的，快递单号：　　　　　　")
    layout.body(document, "送达日期以签收、拒收见证或者快递签收的日期为准{{ served }}。")
    return document


def certificate() -> Any:
    """解除（终止）劳动合同证明书 (D20): exactly what REG_24 asks for, the reason kept neutral, no remark about the person."""
    return _paper("{{ verb }}劳动合同证明书", (
        "{{ name }}，身份证号 {{ id_number }}，原系本单位劳动者。",
        "劳动合同期限：{{ contract }}。",
        "{{ verb }}劳动合同的日期：{{ last_day | cndate }}。",
        "工作岗位：{{ post }}。",
        "在本单位的工作年限：自{{ hired | cndate }}至{{ last_day | cndate }}，{{ years }}。{{ earlier }}",
        "{{ verb }}的依据：{{ articles }}。{{ voluntary }}",
        "特此证明。",
        "{{ copies }}",
    ), sign=(*COLLEGE_SIGNS, "{{ receipt }}日期：　　年　月　日"))  # fmt: skip


def three_party() -> Any:
    """三方协议 (D28): first hire date, method, years carried, paid or not, who pays later, wage, post, place, insurance month."""
    document = _paper("用工主体变更三方协议", (
        "甲方（原用人单位）：{{ college }}",
        "乙方（劳动者）：{{ name }}　　身份证号：{{ id_number }}",
        "丙方（承接单位）：{{ contractor }}",
        "一、乙方自{{ hired | cndate }}首次在甲方用工，岗位为{{ post }}，工作地点为{{ campus }}，最近十二个月平均应发工资 {{ average | yuan }} 元。",
        "二、自{{ last_day | cndate }}的次日起，乙方到丙方工作，岗位和工作地点不变，工资不低于原水平；丙方当月起为乙方缴纳社会保险。",
        "三、{{ method }}",
        "四、乙方同意上述安排。丙方自用工之日起一个月内与乙方订立书面劳动合同，并在 30 日内把合同和参保证明交甲方核对。",
        "五、本协议不改变乙方依法享有的其他权利。一式三份，三方各执一份，签字盖章后生效。",
    ))  # fmt: skip
    _replaces(document)
    _two_sides(document, "甲方：{{ college }}", "乙方：{{ name }}")
    layout.line(document)
    layout.line(document, "丙方：{{ contractor }}（盖章）", size=14)
    layout.line(document, "日期：　　年　　月　　日", size=14)
    return document


def service_end() -> Any:
    """超龄、返聘人员用工终止确认书 (D27, D29; 人社部令第56号 第八条): which of the four ends, what is settled, where to complain."""
    document = _paper("用工终止确认书", (
        "甲方：{{ college }}",
        "乙方：{{ name }}　　身份证号：{{ id_number }}",
        "一、乙方自{{ hired | cndate }}起为甲方提供劳动，岗位为{{ post }}。乙方的情况：{{ category }}。",
        "二、双方用工于{{ last_day | cndate }}终止，终止的情形（勾选一项）：□ 协议期满　□ 工作任务完成　□ 约定的终止条件出现　□ 双方协商一致。",
        "三、甲方结清乙方报酬至终止当日；加班、工伤等依法应付的一并结清。{{ settled }}",
        "四、{{ dispute }}。",
        "五、双方已核对以上内容，一式两份，各执一份。",
    ))  # fmt: skip
    _two_sides(document, "甲方：{{ college }}", "乙方：{{ name }}")
    return document


def over_age() -> Any:
    """超龄用工协议 (D29; 人社部令第56号): work, place, hours, pay, injury insurance, the agreed ends of 第八条, where to complain."""
    document = _paper("超龄用工协议", (
        *PARTIES,
        "乙方已达到法定退休年龄。依据《超龄劳动者基本权益保障暂行规定》，双方经协商一致订立本协议。",
        "一、用工期限：{{ term }}。乙方自{{ hired | cndate }}起在甲方工作。",
        "二、工作内容和地点：岗位为{{ post }}，工作地点为{{ place }}。",
        "三、工作时间和休息休假：{{ hours }}。安排加班的，按规定支付加班报酬；保证乙方每周的休息和法定节假日。",
        "四、报酬：每月 {{ pay | yuan }} 元，不低于当地最低工资标准，每月　　日前以货币支付给本人。",
        "五、甲方为乙方参加工伤保险，提供符合国家规定的劳动安全卫生条件和必要的劳动防护用品，安排与乙方身体状况相适应的工作。",
        "六、有下列情形之一的，本协议终止：协议期满；工作任务完成；约定的终止条件出现；双方协商一致。约定的终止条件：____________________。",
        "七、因劳动报酬、休息休假、劳动安全卫生、工伤发生争议的，可以申请劳动仲裁；其他争议向人民法院起诉。",
        "八、本协议一式两份，双方各执一份，自双方签字盖章之日起生效。",
    ))  # fmt: skip
    _two_sides(document, "甲方：{{ college }}", "乙方：{{ name }}")
    return document


def exit_check() -> Any:
    """离岗职业健康检查告知书 (D29b, 职业病防治法 第三十五条)."""
    return _paper("离岗前职业健康检查告知书", (
        "您从事的{{ post }}岗位接触职业病危害因素。依据《中华人民共和国职业病防治法》第三十五条，本单位为您安排离岗前的职业健康检查，费用由本单位承担。",
        "请您在{{ last_day | cndate }}前到指定的检查机构检查：　　　　　　　　　　　　；检查时间：　　年　　月　　日。",
        "未进行离岗前职业健康检查的，不解除或者终止与您的劳动合同。检查结果将书面告知您，并存入职业健康监护档案。",
    ), to="{{ name }}：", sign=(*COLLEGE_SIGNS, "", "本人签收：　　　　　日期：　　年　月　日"))  # fmt: skip


def union_letter() -> Any:
    """工会征求意见函 (D13): the reasons before the notice; Hubei: in writing fifteen days before (实施办法 第二十五条第二款)."""
    document = _paper("关于拟解除劳动合同征求意见的函", (
        "学校拟解除{{ service }}项目下列 {{ people | length }} 人的劳动合同。依据《中华人民共和国劳动合同法》第四十三条、《中华人民共和国工会法》第二十二条和"
        "《湖北省实施〈工会法〉办法》第二十五条第二款，现将每人的理由、依据和名单告知，请在收到之日起七日内提出书面意见。"
        "拟于{{ notice_on | cndate }}通知本人。",
    ), to="校工会：")  # fmt: skip
    _reasoned(document)
    return document


def union_result() -> Any:
    """处理结果告知函 (D13b): what became of the union's opinion, in writing; the office ticks and writes it in."""
    document = _paper("关于解除劳动合同处理结果的函", (
        "贵会对{{ service }}项目拟解除劳动合同人员提出的意见收悉（{{ answer }}）。经研究，处理结果如下（勾选一项）：",
        "□ 采纳，不再解除的人员：________________________",
        "□ 部分采纳，人员和理由：________________________",
        "□ 不采纳，理由：________________________________",
        "涉及人员名单如下：",
    ), to="校工会：")  # fmt: skip
    _reasoned(document)
    return document


RETURNED = (
    ("序号", 11, "{{ loop.index }}"), ("姓名", 21, "{{ person.name }}"), ("岗位", 40, "{{ person.post }}"),
    ("入职日期", 31, "{{ person.hired }}"), ("工作年限", 20, "{{ person.years }}"), ("退回日期", 31, "{{ person.last_day }}"),
)  # fmt: skip
LAID_OFF = (
    ("序号", 10, "{{ loop.index }}"), ("姓名、身份证号", 31, "{{ person.name }}\n{{ person.id_number }}"), ("岗位", 13, "{{ person.post }}"),
    ("劳动合同", 32, "{{ person.contract }}"), ("工龄", 11, "{{ person.years }}"), ("社保", 12, "{{ person.insured }}"),
    ("裁减日期", 28, "{{ person.last_day }}"), ("金额（元）", 19, "{{ person.total | yuan }}"),
)  # fmt: skip


REASONED = (
    ("序号", 10, "{{ person.number }}"), ("姓名", 18, "{{ person.name }}"), ("岗位", 25, "{{ person.post }}"),
    ("劳动合同", 33, "{{ person.contract }}"), ("工龄", 14, "{{ person.years }}"), ("拟解除日期", 30, "{{ person.last_day }}"),
    ("拟付金额（元）", 26, "{{ person.total | yuan }}"),
)  # fmt: skip


def _reasoned(document: Any) -> None:
    """The people under the reason and article of each, numbered through, with the sum (LCL_43: the union hears the reason)."""
    widths = [width for _, width, _ in REASONED]
    made = layout.table(document, [head for head, _, _ in REASONED], widths, 9)
    layout.narrow_margins(made)
    layout.tag_row(made, "{%tr for group in groups %}")
    layout.wide_row(made, "{{ group.reason }}", sum(widths), 9, HEITI)
    layout.tag_row(made, "{%tr for person in group.people %}")
    _person_rows(made, [text for _, _, text in REASONED], widths, (0, 6), "loop.revindex > 2 or not group.is_last")
    layout.tag_row(made, "{%tr endfor %}")
    layout.tag_row(made, "{%tr endfor %}")
    total = ("", "合计", "", "人民币{{ sum | rmb }}", "", "", "{{ sum | yuan }}")
    layout.keep_row(layout.row(made, total, widths, 9, (6,), HEITI))
    _close(made, "people", widths)


def _person_rows(
    made: Any, texts: Sequence[str], widths: Sequence[float], numbers: Sequence[int], is_free: str = "loop.revindex > 2"
) -> None:
    """One person; the last two go with the sum and the signatures under them, so that these never begin a page alone."""
    layout.tag_row(made, f"{{%tr if {is_free} %}}")
    layout.row(made, texts, widths, 9, numbers)
    layout.tag_row(made, "{%tr else %}")
    layout.keep_row(layout.row(made, texts, widths, 9, numbers))
    layout.tag_row(made, "{%tr endif %}")


def _list(document: Any, people: str, columns: Sequence[tuple[str, int, str]]) -> Any:
    widths = [width for _, width, _ in columns]
    made = layout.table(document, [head for head, _, _ in columns], widths, 9)
    layout.narrow_margins(made)
    layout.tag_row(made, f"{{%tr for person in {people} %}}")
    _person_rows(made, [text for _, _, text in columns], widths, (0, 7))
    layout.tag_row(made, "{%tr endfor %}")
    return made


def _people(document: Any) -> None:
    """The people of a paper with their amounts and the sum."""
    widths = [width for _, width, _ in LAID_OFF]
    made = _list(document, "people", LAID_OFF)
    total = ("", "合计", "", "人民币{{ sum | rmb }}", "", "", "", "{{ sum | yuan }}")
    layout.keep_row(layout.row(made, total, widths, 9, (7,), HEITI))
    _close(made, "people", widths)


def _close(made: Any, people: str, widths: Sequence[float]) -> None:
    """The number of people and the signatures under the list."""
    layout.closing_row(made, (f"以上共 {{{{ {people} | length }}}} 人。", *COLLEGE_SIGNS), sum(widths))


def scheme() -> Any:
    """人员安置方案 (D15): who, on what ground, how much, from which money, in which order, where to ask."""
    document = _paper("{{ service }}人员安置方案", (
        "一、基本情况",
        "{{ service }}现有外聘员工 {{ headcount }} 人：{{ categories }}。拟于{{ last_day | cndate }}完成安置。",
        "二、依据和原则",
        "依据《中华人民共和国劳动合同法》及其实施条例、《中华人民共和国工会法》等规定，坚持依法、公开、一人一策，先协商、后办理。",
        "三、安置方式",
        "{%p for way in ways %}",
        "{{ way }}",
        "{%p endfor %}",
        "四、补偿标准和总额",
        "经济补偿按工作年限和前十二个月平均应发工资计算，逐人算法见本人的经济补偿测算确认单。{{ money }}，应付 {{ paid }} 人。{{ unpriced }}",
        "五、社会保险、住房公积金和档案",
        "解除、终止后十五日内办理档案和社会保险关系转移，七日内向社保经办机构报送失业人员名单；缴存住房公积金的，同时办理账户转移或者封存。",
        "六、特殊人员",
        "孕期、产期、哺乳期、医疗期、工伤、职业病以及工作满十五年且距退休不足五年的人员，不以第四十条、第四十一条解除：{{ shielded }}。",
        "七、资金来源和支付时间",
        "{{ funding }}。经济补偿在办结工作交接时支付。",
        "八、程序和时间",
    ))  # fmt: skip
    _steps(document)
    for text in (
        "九、组织、纪律和咨询申诉",
        "{{ unit }}、人事处、财务处和校工会按上表分工办理。不得以停发工资、调离岗位等方式迫使本人签字，不得虚报人数、工龄和工资，不得泄露个人资料；违反的，依规追究责任。",
        "人事处设专人答疑，电话 {{ phone }}；本人对金额有异议的，书面提出，五个工作日内答复。",
        "十、应急预案", "出现十人以上共同主张或者集中上访的，由分管校领导召集{{ unit }}、人事处、保卫处处置，并报告主管部门。",
        "附件：1.外聘员工分类汇总表　2.外聘员工经济补偿测算汇总表",
    ):  # fmt: skip
        _paragraph(document, text)
    _signed(document, ("", "{{ unit }}　　人事处", "{{ today | cndate }}"))
    return document


def _steps(document: Any) -> None:
    """The checklist of the scheme: what, by when, by whom, how far."""
    widths = (54, 35, 24, 43)
    made = layout.table(document, ("事项", "最迟", "责任", "办理情况"), widths, 10.5)
    layout.tag_row(made, "{%tr for step in steps %}")
    texts = ("{{ step.title }}", "{{ step.due }}", "{{ step.who }}", "{{ step.state }}")
    layout.row(made, texts, widths, 10.5)
    layout.tag_row(made, "{%tr endfor %}")


def layoff_report() -> Any:
    """裁减人员情况报告 (D16, 鄂劳社发〔2009〕23号): numbers, ground, plan, list; the folder's other papers named."""
    document = _paper("关于{{ service }}裁减人员情况的报告", (
        "我校现有职工 {{ staff }} 人，其中{{ service }}外聘员工 {{ headcount }} 人。因服务改由社会单位承接，拟{{ day }}裁减 "
        "{{ people | length }} 人，占该项目外聘员工的 {{ share }}，占全校职工的 {{ share_of_all }}。",
        "裁减的法定情形（劳动合同法第四十一条第一款，勾选一项并附证明）：□ 依照企业破产法规定进行重整　□ 生产经营发生严重困难　"
        "□ 转产、重大技术革新或者经营方式调整，经变更劳动合同后，仍需裁减人员　"
        "□ 其他因劳动合同订立时所依据的客观经济情况发生重大变化，致使劳动合同无法履行。",
        "一、情况说明和听取意见",
        "已于{{ explained }}向工会（全体职工）说明情况、听取意见，记录附后。",
        "二、裁减方案",
        "裁减依据为《中华人民共和国劳动合同法》第四十一条。优先留用订立较长期限、无固定期限合同以及家庭无其他就业人员且有需要扶养的老人或者未成年人的人员；"
        "六个月内重新招用的，优先招用被裁减的人员。{{ money }}，由学校承担。",
        "三、社会保险",
        "被裁减人员{{ insured }}，逐人列在名单里，以社会保险经办机构出具的证明为准；欠缴的，由学校依法补缴。",
        "附件：1.裁减人员情况报告表　2.裁减人员名单　3.社会保险参保证明　4.事业单位法人证书和工会法人证书（或者职工代表产生办法）　"
        "5.说明情况、听取意见的证明　6.裁减人员方案",
    ), to="人力资源和社会保障局：")  # fmt: skip
    layout.line(document, "实施步骤和时间", HEITI).paragraph_format.keep_with_next = True
    _steps(document)
    layout.line(document, "裁减人员名单", HEITI).paragraph_format.keep_with_next = True
    _people(document)
    return document


def return_letter() -> Any:
    """退回劳务派遣人员函 (D26), one to each agency: list, lawful ground, day; the office must write the ground itself (暂行规定 第十二条)."""
    document = layout.page()
    layout.tag(document, "{%p for letter in letters %}")
    _into(document, "关于退回劳务派遣人员的函", (
        "依据《劳务派遣暂行规定》第十二条和双方劳务派遣协议，因（□ 劳动合同法第四十条第三项、第四十一条规定的情形　□ 派遣协议期满终止　"
        "□ 其他约定：　　　　　　），我校拟{{ letter.day }}将下列 {{ letter.people | length }} 名劳务派遣人员退回贵单位。受劳动合同法第四十二条保护的人员不在退回之列。",
        "请贵单位依法重新派遣或者安排。退回前的工资、社会保险和管理费用结算到各人退回当日。",
    ), to="{{ letter.agency }}：")  # fmt: skip
    made = _list(document, "letter.people", RETURNED)
    _close(made, "letter.people", [width for _, width, _ in RETURNED])
    layout.tag(document, "{%p if not loop.last %}")
    layout.page_break(document)
    layout.tag(document, "{%p endif %}")
    layout.tag(document, "{%p endfor %}")
    return document


def sign_off() -> Any:
    """经济补偿支付（签收）表 (D21): a row a person as in the bank's file, the sum in figures and words."""
    document = layout.page(landscape=True)
    layout.title(document, "{{ service }}经济补偿支付（签收）表", 20)
    layout.small(document, "批次：{{ batch }}　　付款日期：{{ pay_on | cndate }}　　状态：{{ state }}", 10.5)
    widths = (11, 19, 40, 41, 28, 25, 20, 25, 22, 17)
    made = layout.table(
        document,
        (
            "序号",
            "姓名",
            "身份证号",
            "银行卡号",
            "开户行",
            "应发（元）",
            "个税（元）",
            "实发（元）",
            "凭证号",
            "本人签字",
        ),
        widths,
        9,
    )
    layout.tag_row(made, "{%tr for row in rows %}")
    layout.row(
        made,
        ("{{ row.number }}", "{{ row.name }}", "{{ row.id_number }}", "{{ row.account }}", "{{ row.bank | dash }}", "{{ row.gross | yuan }}", "{{ row.tax | yuan }}",
         "{{ row.net | yuan }}", "{{ row.voucher }}", ""),
        widths, 9, (0, 5, 6, 7),
    )  # fmt: skip
    layout.tag_row(made, "{%tr endfor %}")
    layout.row(
        made,
        ("", "合计", "", "", "", "{{ sum.gross | yuan }}", "{{ sum.tax | yuan }}", "{{ sum.net | yuan }}", "", ""),
        widths,
        9,
        (5, 6, 7),
        HEITI,
    )
    layout.small(document, "实发合计（大写）：人民币{{ sum.net | rmb }}", 10.5)
    layout.small(document, "代领的须附本人委托书。", 10.5)
    layout.small(document, "制表：　　　　　　复核：　　　　　　财务处：　　　　　　分管领导：", 10.5)
    return document


TEMPLATES: dict[str, Callable[[], Any]] = {
    "transition/agreement": agreement,
    "transition/notice": notice,
    "transition/certificate": certificate,
    "transition/three-party": three_party,
    "transition/service-end": service_end,
    "transition/over-age": over_age,
    "transition/exit-check": exit_check,
    "transition/union-letter": union_letter,
    "transition/union-result": union_result,
    "transition/scheme": scheme,
    "transition/layoff-report": layoff_report,
    "transition/return-letter": return_letter,
    "transition/sign-off": sign_off,
}
