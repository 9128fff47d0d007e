"""Templates of the papers that a staff transition needs: one function a paper."""

from collections.abc import Callable, Sequence
from typing import Any

from documents import layout
from documents.layout import CENTER, HEITI, KAITI, LEFT, RIGHT

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
    for text in sign:
        layout.line(document, text, alignment=RIGHT).paragraph_format.right_indent = layout.Pt(32)


def _paragraph(document: Any, text: str) -> None:
    """A heading stands alone and has no full stop; the lines that name the parties are not stretched to the margin."""
    is_heading = text[:2] in HEADINGS and not text.endswith(("。", "}}"))
    made = layout.body(document, text, HEITI if is_heading else layout.FANGSONG)
    if is_heading:
        made.paragraph_format.keep_with_next = True
    if text.startswith(PARTY_MARKS):
        made.alignment = LEFT


PARTY_MARKS = ("甲方（", "甲方：", "乙方（", "乙方：", "丙方（", "地址：")
HEADINGS = frozenset(f"{number}、" for number in "一二三四五六七八九十")
COLLEGE_SIGNS = ("", "{{ college }}（盖章）", "{{ today | cndate }}")


def _lines(document: Any) -> None:
    """The items of the settlement: what, how, how much."""
    widths = (30, 84, 36)
    made = layout.table(document, ("项目", "算法", "金额（元）"), widths, 10.5)
    layout.tag_row(made, "{%tr for item in items %}")
    layout.row(made, ("{{ item.label }}", "{{ item.formula }}", "{{ item.amount | yuan }}"), widths, 10.5, (2,))
    layout.tag_row(made, "{%tr endfor %}")
    layout.row(made, ("合计", "人民币{{ total | rmb }}", "{{ total | yuan }}"), widths, 10.5, (2,), HEITI)


def _two_sides(document: Any, left: str, right: str) -> None:
    layout.line(document)
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
        "甲、乙双方经平等协商，由甲方提出、乙方同意，依据《中华人民共和国劳动合同法》第三十六条、第四十六条第二项，就解除劳动合同达成如下协议：",
        "一、乙方自 {{ hired | cndate }} 起在甲方工作，岗位为{{ post }}；劳动合同：{{ contract }}。双方劳动合同于 {{ last_day | cndate }} 解除，"
        "乙方工作到当日，工资结算到当日。",
        "二、甲方向乙方支付下列款项，共计人民币{{ total | rmb }}（{{ total | yuan }} 元）；代扣个人所得税 {{ tax | yuan }} 元，实付 {{ net | yuan }} 元。",
    ))  # fmt: skip
    _lines(document)
    for text in (
        "三、上列款项在乙方办结工作交接时支付，转入乙方账户：{{ account }}（{{ bank }}）。",
        "四、甲方在解除当日出具解除劳动合同证明，并在十五日内为乙方办理档案和社会保险关系转移手续；社会保险缴至解除当月。",
        "五、乙方在解除当日前办结工作交接，归还工具、钥匙和甲方财物。",
        "六、双方对用工期间的劳动报酬、加班费、年休假、社会保险和经济补偿已充分了解；除法律另有规定外，就上述款项不再另行主张。",
        "七、本协议自双方签字盖章之日起生效，一式两份，各执一份。因履行发生争议的，可以向劳动人事争议仲裁委员会申请仲裁。",
        "甲方于 {{ offered }} 书面提出本协议，乙方已有不少于三日的考虑时间，并已逐条阅读或者由他人宣读。",
    ):
        layout.body(document, text)
    _two_sides(document, "甲方：{{ college }}", "乙方：{{ name }}")
    return document


def notice() -> Any:
    """解除（终止）劳动合同通知书 (D19): facts and article, day of the end, notice, amounts, remedies, proof of service."""
    document = _paper("{{ verb }}劳动合同通知书", (
        "您自 {{ hired | cndate }} 起在本单位工作，岗位为{{ post }}；劳动合同：{{ contract }}。",
        "因{{ reason }}，依据{{ articles }}，本单位决定于 {{ last_day | cndate }} {{ verb }}与您的劳动合同。{{ notice }}",
        "经计算，本单位应向您支付下列款项，共计人民币{{ total | rmb }}（{{ total | yuan }} 元），在您办结工作交接时支付。{{ not_in_total }}",
    ), to="{{ name }}（身份证号：{{ id_number }}）：")  # fmt: skip
    _lines(document)
    for text in (
        "请您在 {{ last_day | cndate }} 前办结工作交接。本单位当日出具{{ verb }}劳动合同证明，并在十五日内办理档案和社会保险关系转移手续。",
        "{{ union }}",
        "对本通知有异议的，可以自收到之日起一年内向劳动人事争议仲裁委员会申请仲裁。",
    ):
        layout.body(document, text)
    for text in COLLEGE_SIGNS:
        layout.line(document, text, alignment=RIGHT)
    layout.line(document)
    layout.line(document, "送达回证", HEITI, alignment=CENTER)
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
        "在本单位的工作年限：自 {{ hired | cndate }} 至 {{ last_day | cndate }}，{{ years }}。{{ earlier }}",
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
        "一、乙方自 {{ hired | cndate }} 首次在甲方用工，岗位为{{ post }}，工作地点为{{ campus }}，最近十二个月平均应发工资 {{ average | yuan }} 元。",
        "二、自 {{ last_day | cndate }} 的次日起，乙方到丙方工作，岗位和工作地点不变，工资不低于原水平；丙方当月起为乙方缴纳社会保险。",
        "三、{{ method }}",
        "四、乙方同意上述安排。丙方自用工之日起一个月内与乙方订立书面劳动合同，并在 30 日内把合同和参保证明交甲方核对。",
        "五、本协议不改变乙方依法享有的其他权利。一式三份，三方各执一份，签字盖章后生效。",
    ))  # fmt: skip
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
        "一、乙方自 {{ hired | cndate }} 起为甲方提供劳动，岗位为{{ post }}。乙方的情况：{{ category }}。",
        "二、双方用工于 {{ last_day | cndate }} 终止，终止的情形（勾选一项）：□ 协议期满　□ 工作任务完成　□ 约定的终止条件出现　□ 双方协商一致。",
        "三、甲方结清乙方报酬至终止当日；加班、工伤等依法应付的一并结清。{{ settled }}",
        "四、因劳动报酬、休息休假、劳动安全卫生、工伤发生争议的，可以申请仲裁；其他争议向人民法院起诉。",
        "五、双方已核对以上内容，一式两份，各执一份。",
    ))  # fmt: skip
    _two_sides(document, "甲方：{{ college }}", "乙方：{{ name }}")
    return document


def exit_check() -> Any:
    """离岗职业健康检查告知书 (D29b, 职业病防治法 第三十五条)."""
    return _paper("离岗前职业健康检查告知书", (
        "您从事的{{ post }}岗位接触职业病危害因素。依据《中华人民共和国职业病防治法》第三十五条，本单位为您安排离岗前的职业健康检查，费用由本单位承担。",
        "请您在 {{ last_day | cndate }} 前到指定的检查机构检查：　　　　　　　　　　　　；检查时间：　　年　　月　　日。",
        "未进行离岗前职业健康检查的，不解除或者终止与您的劳动合同。检查结果将书面告知您，并存入职业健康监护档案。",
    ), to="{{ name }}：", sign=(*COLLEGE_SIGNS, "", "本人签收：　　　　　日期：　　年　月　日"))  # fmt: skip


def union_letter() -> Any:
    """工会征求意见函 (D13): the reasons before the notice; Hubei: in writing fifteen days before (实施办法 第二十五条第二款)."""
    document = _paper("关于拟解除劳动合同征求意见的函", (
        "因{{ service }}改由社会单位承接，学校拟依据{{ articles }}，解除下列人员的劳动合同。依据《中华人民共和国劳动合同法》第四十三条、"
        "《中华人民共和国工会法》第二十二条和《湖北省实施〈工会法〉办法》第二十五条第二款，现将理由和名单告知，请在收到之日起七日内提出书面意见。"
        "拟于 {{ notice_on | cndate }} 通知本人。",
    ), to="校工会：")  # fmt: skip
    _people(document)
    for text in COLLEGE_SIGNS:
        layout.line(document, text, alignment=RIGHT)
    return document


def union_result() -> Any:
    """处理结果告知函 (D13b): what became of the union's opinion, in writing."""
    document = _paper("关于解除劳动合同处理结果的函", (
        "贵会对{{ service }}项目拟解除劳动合同人员提出的意见收悉（{{ answer }}）。经研究，处理结果如下：",
        "　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　",
        "涉及人员共 {{ people | length }} 人，名单附后。",
    ), to="校工会：")  # fmt: skip
    _people(document)
    for text in COLLEGE_SIGNS:
        layout.line(document, text, alignment=RIGHT)
    return document


PERSON = (
    ("序号", 12, "{{ loop.index }}"), ("姓名", 24, "{{ person.name }}"), ("岗位", 40, "{{ person.post }}"),
    ("入职日期", 28, "{{ person.hired }}"), ("工作年限", 22, "{{ person.years }}"), ("拟付金额（元）", 30, "{{ person.total | yuan }}"),
)  # fmt: skip


def _list(document: Any, people: str, columns: Sequence[tuple[str, int, str]]) -> Any:
    widths = [width for _, width, _ in columns]
    made = layout.table(document, [head for head, _, _ in columns], widths, 10.5)
    layout.tag_row(made, f"{{%tr for person in {people} %}}")
    layout.row(made, [text for _, _, text in columns], widths, 10.5, (0, 5))
    layout.tag_row(made, "{%tr endfor %}")
    return made


def _people(document: Any) -> None:
    """The people of a paper with their amounts and the sum."""
    widths = [width for _, width, _ in PERSON]
    made = _list(document, "people", PERSON)
    layout.row(made, ("", "合计", "人民币{{ sum | rmb }}", "", "", "{{ sum | yuan }}"), widths, 10.5, (5,), HEITI)


def scheme() -> Any:
    """人员安置方案 (D15): who, on what ground, how much, from which money, in which order, where to ask."""
    document = _paper("{{ service }}人员安置方案", (
        "一、基本情况",
        "{{ service }}现有外聘员工 {{ headcount }} 人：{{ categories }}。拟于 {{ last_day | cndate }} 完成安置。",
        "二、依据和原则",
        "依据《中华人民共和国劳动合同法》及其实施条例、《中华人民共和国工会法》等规定，坚持依法、公开、一人一策，先协商、后办理。",
        "三、安置方式",
        "{{ ways }}。{{ transfers }}",
        "四、补偿标准和总额",
        "补偿按工作年限和前十二个月平均应发工资计算，逐人算法见测算表；合计人民币{{ total | rmb }}（{{ total | yuan }} 元），应付 {{ paid }} 人。{{ unpriced }}",
        "五、社会保险和档案",
        "解除、终止后十五日内办理档案和社会保险关系转移，七日内向社保经办机构报送失业人员名单。",
        "六、特殊人员",
        "孕期、产期、哺乳期、医疗期、工伤、职业病以及工作满十五年且距退休不足五年的人员，不以第四十条、第四十一条解除：{{ shielded }}。",
        "七、资金来源和支付时间",
        "{{ funding }}。经济补偿在办结工作交接时支付。",
        "八、程序和时间",
    ))  # fmt: skip
    widths = (86, 40, 28)
    made = layout.table(document, ("事项", "最迟", "责任"), widths, 10.5)
    layout.tag_row(made, "{%tr for step in steps %}")
    layout.row(made, ("{{ step.title }}", "{{ step.due }}", "{{ step.who }}"), widths, 10.5)
    layout.tag_row(made, "{%tr endfor %}")
    for text in (
        "九、咨询和申诉", "人事处设专人答疑，电话 {{ phone }}；本人对金额有异议的，书面提出，五个工作日内答复。",
        "十、应急预案", "出现十人以上共同主张或者集中上访的，由分管校领导召集后勤处、人事处、保卫处处置，并报告主管部门。",
        "附件：1.外聘员工分类汇总表　2.经济补偿测算汇总表",
    ):  # fmt: skip
        _paragraph(document, text)
    for text in ("", "后勤处　　人事处", "{{ today | cndate }}"):
        layout.line(document, text, KAITI if "处" in text else layout.FANGSONG, alignment=RIGHT)
    return document


def layoff_report() -> Any:
    """裁减人员情况报告 (D16, 鄂劳社发〔2009〕23号): numbers, ground, plan, list; the folder's other papers named."""
    document = _paper("关于{{ service }}裁减人员情况的报告", (
        "我校{{ service }}现有外聘员工 {{ headcount }} 人，因服务改由社会单位承接，拟于 {{ last_day | cndate }} 裁减 {{ people | length }} 人，"
        "占该项目外聘员工的 {{ share }}。",
        "一、情况说明和听取意见",
        "已于 {{ explained }} 向工会（全体职工）说明情况、听取意见，记录附后。",
        "二、裁减方案",
        "裁减依据为《中华人民共和国劳动合同法》第四十一条。优先留用订立较长期限、无固定期限合同以及家庭无其他就业人员且有需要扶养的老人或者未成年人的人员；"
        "六个月内重新招用的，优先招用被裁减的人员。经济补偿合计人民币{{ sum | rmb }}（{{ sum | yuan }} 元），由学校承担。",
        "三、社会保险",
        "被裁减人员参保情况见社会保险经办机构出具的证明。",
        "附件：1.裁减人员情况报告表　2.裁减人员名单　3.社会保险参保证明　4.事业单位法人证书和工会法人证书（或者职工代表产生办法）　"
        "5.说明情况、听取意见的证明　6.裁减人员方案",
    ), to="人力资源和社会保障局：")  # fmt: skip
    _people(document)
    for text in COLLEGE_SIGNS:
        layout.line(document, text, alignment=RIGHT)
    return document


def return_letter() -> Any:
    """退回劳务派遣人员函 (D26), one to each agency: list, lawful ground, day; the office must write the ground itself (暂行规定 第十二条)."""
    document = layout.page()
    layout.tag(document, "{%p for letter in letters %}")
    _into(document, "关于退回劳务派遣人员的函", (
        "依据《劳务派遣暂行规定》第十二条和双方劳务派遣协议，因（□ 劳动合同法第四十条第三项、第四十一条规定的情形　□ 派遣协议期满终止　"
        "□ 其他约定：　　　　　　），我校拟于 {{ last_day | cndate }} 将下列 {{ letter.people | length }} 名劳务派遣人员退回贵单位。受劳动合同法第四十二条保护的人员不在退回之列。",
        "请贵单位依法重新派遣或者安排。退回前的工资、社会保险和管理费用结算到退回当日。",
    ), to="{{ letter.agency }}：")  # fmt: skip
    _list(document, "letter.people", PERSON[:-1])
    for text in COLLEGE_SIGNS:
        layout.line(document, text, alignment=RIGHT)
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
    widths = (12, 22, 46, 34, 28, 22, 28, 26, 30)
    made = layout.table(
        document,
        ("序号", "姓名", "银行卡号", "开户行", "应发（元）", "个税（元）", "实发（元）", "凭证号", "本人签字"),
        widths,
        9,
    )
    layout.tag_row(made, "{%tr for row in rows %}")
    layout.row(
        made,
        ("{{ row.number }}", "{{ row.name }}", "{{ row.account }}", "{{ row.bank | dash }}", "{{ row.gross | yuan }}", "{{ row.tax | yuan }}",
         "{{ row.net | yuan }}", "{{ row.voucher }}", ""),
        widths, 9, (0, 4, 5, 6),
    )  # fmt: skip
    layout.tag_row(made, "{%tr endfor %}")
    layout.row(
        made,
        ("", "合计", "", "", "{{ sum.gross | yuan }}", "{{ sum.tax | yuan }}", "{{ sum.net | yuan }}", "", ""),
        widths,
        9,
        (4, 5, 6),
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
    "transition/exit-check": exit_check,
    "transition/union-letter": union_letter,
    "transition/union-result": union_result,
    "transition/scheme": scheme,
    "transition/layoff-report": layoff_report,
    "transition/return-letter": return_letter,
    "transition/sign-off": sign_off,
}
