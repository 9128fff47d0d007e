"""What the columns of a payroll are: components of the wage, deductions, sums, what a ledger holds beside them, or nothing. Pure.

A head is taken for money only where its words leave no doubt; several columns may feed one component. Whatever else holds numbers
is asked about, because a column that is left out or added in silence is a wrong wage.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from staff_transition.roster.cells import Cell, column_letters, half_width, is_blank, is_number, squeeze, typed
from staff_transition.roster.columns import meaning_of as roster_meaning
from staff_transition.roster.columns import plain_head
from staff_transition.roster.header import SEARCHED_ROWS, Header, head_texts, with_sub_header
from staff_transition.roster.wages import read_wage
from staff_transition.roster.workbook import Grid
from staff_transition.rules.ledger import DEDUCTIONS
from staff_transition.rules.wages import COMPONENTS

IGNORE, UNKNOWN, DOUBTFUL = "ignore", "unknown", "doubtful"  # no wage; not known, decided by 应发; must be asked
DEDUCTED_IN_ALL = "deducted"  # a head like 扣款合计: the sum where there are deductions beside it, else the only one
LABELS = {
    "basic": "基本工资", "overtime": "加班费", "bonus": "奖金", "allowance": "津贴补贴",
    "hardship": "夜班、高温等津贴（不算进最低工资）", "absence": "从基本工资中减去（缺勤扣款）",
    "gross": "应发合计", "own_insurance": "个人社保（代扣）", "own_fund": "个人公积金（代扣）", "income_tax": "个税（代扣）",
    "other_deduction": "其他扣款", "net": "实发", "days": "出勤天数", "hours": "工时（小时）", "paid_on": "发放日期", "receipt": "支付凭证",
    "evidence": "证明材料", "abnormal": "病假、停工标记", "month": "月份", IGNORE: "不计入工资",
}  # fmt: skip
SAID = {"id": "身份证号", "name": "姓名", UNKNOWN: "没有认出，不计入", DOUBTFUL: "请选择"}
MONEY = frozenset({*COMPONENTS, *DEDUCTIONS, "absence", "gross", "net"})
BESIDE = ("days", "hours", "paid_on", "receipt", "evidence")  # what a row says that is no money
OF_A_MONTH = MONEY | {*BESIDE}
WHO = ("id", "name")
ONCE = ("id", "name", "month", "gross", "net", "abnormal", *BESIDE)  # one column each; the others are added up

WORDS = {
    "basic": "基本工资 岗位工资 标准工资 基础工资 职务工资 薪级工资 等级工资 技能工资 固定工资 计件工资 计时工资 保底工资 "
    "出勤工资 病假工资 底薪 基本薪资",
    "overtime": "加班费 加班工资 加班补贴 加班补助 加班津贴 加班金额 加班报酬 其中加班 其中加班费 平时加班费 周末加班费 "
    "双休日加班费 休息日加班费 节日加班费 法定节假日加班费 节假日加班费 延时加班费 延时加班工资 周末加班工资 节假日加班工资",
    "bonus": "奖金 绩效 绩效工资 绩效奖金 月奖 季度奖 年终奖 考核奖 效益工资 奖励 绩效考核 提成",
    "allowance": "津贴 补贴 补助 津补贴 津贴补贴 工龄工资 校龄工资 工龄津贴 取暖费 餐补 饭补 "
    "车补 话补 房补",
    "gross": "应发 应发工资 应发合计 应发工资合计 应发金额 应发总额 应发小计 应发数 应发总计 应发薪资 应发薪酬 应付工资 "
    "应付合计 应付工资合计 工资总额 应发工资总额 月应发工资 本月应发 本月应发工资 税前应发 应发项目合计 应发项目小计",
    "net": "实发 实发工资 实发合计 实发金额 实发数 实发工资合计 实领 实领工资 实付 实付工资 本月实发",
    "abnormal": "病假停工 病假、停工 病假/停工 是否病假 是否停工 是否病假停工 异常 是否异常 非正常月份",
    "month": "月份 年月 工资月份 工资年月 工资月 所属月份 所属期 工资所属期 工资所属月份",
    "name": "姓名 员工姓名 职工姓名 人员姓名",
    "paid_on": "发放日期 发放日 发放时间 支付日期 支付时间 发薪日期 发薪日 工资发放日期 工资支付日期 实发日期 到账日期",
    "receipt": "支付凭证 发放凭证 银行凭证 代发凭证 支付凭证号 代发凭证号 代发批次 代发批次号 银行流水号",
    "evidence": "证明材料",
    IGNORE: "工号 人员编号 员工编号 职工编号",
}  # fmt: skip
EXACT = {plain_head(word).replace("/", ""): key for key, words in WORDS.items() for word in words.split()}
UNIT = re.compile(r"[(\[【〔](小时|时|h|天|日|次|个|班|人|%)[)\]】〕]$", re.IGNORECASE)
DEDUCTED = re.compile(r"扣(?!除?[前后])|罚款|代缴|借款|预支|个税|所得税")
ABSENT = re.compile(r"缺勤|事假|病假|旷工|迟到|早退|请假|考勤")
ATTENDANCE = re.compile(r"考勤|出勤")
COUNTED = re.compile(
    r"(天数?|日数|小时数?|工时|时数|次数|班次|班数|个数|人数|工日|出勤|考勤|旷工|请假|事假|年假|休假|单价|系数|比例|率|标准|基数)$"
)
NO_WAGE = re.compile(r"社保|养老|医疗|医保|失业|工伤|生育|公积金|年金|保险|会费|水电|房租")
EMPLOYERS_OWN = re.compile(r"单位|公司|企业|学校|用人|雇主|统筹")  # its share, no deduction
FOR_THE_TAX = re.compile(r"专项|累计|减除|免税|速算|应纳税|税率")  # figures of its calculation
SUM = re.compile(
    r"(合计|小计|总计|共计|总额|总数)$|^(应扣|代扣|扣款|扣除|代扣款|扣款项目|应扣款|应扣项目|代扣代缴)(金额|数)?$"
)
TAX, FUND = re.compile(r"个税|个人?所得税"), re.compile(r"公积金")
INSURANCE = re.compile(r"社保|养老|医疗|医保|失业|工伤|生育|年金|保险")
TIME = {
    "days": re.compile(r"(本月|实际?|正常)?((出勤|上班)(天数?|日数?)?|工作(天数|日数))"),
    "hours": re.compile(
        r"(本月|实际?|正常|总)?(出勤|上班|工作)?(工时|总工时)数?|(实际?|总)?(出勤|上班|工作)(小时|时)数?"
    ),
}
TIME_UNIT = {"天": "days", "日": "days", "小时": "hours", "时": "hours", "h": "hours"}  # 出勤（小时）
RATE = re.compile(r"每|日均|小时|时薪|日工资|日薪|补发|补扣|最低")  # a rate, or the wage of another month
PAID = re.compile(r"应发|应付|收入|工资")
GROUP = re.compile(r"\D{0,4}(应发|应付|收入|扣|考勤|出勤)\D{0,4}")
OVERTIME = re.compile(r"加班(费|工资|金额|报酬|补贴|补助|津贴)$")
HARDSHIP = r"(中班|夜班|高温|降温|低温|井下|有毒|有害).*"  # MIN_WAGE_RULES_12: no part of the minimum wage
ENDINGS = {
    "hardship": re.compile(f"{HARDSHIP}(费|津贴|补贴|补助)$"),
    "allowance": re.compile(r"(津贴|补贴|补助)$"),
    "bonus": re.compile(r"(奖|奖金|绩效|绩效工资)$"),
}
MAYBE_WAGE = ("", "remark", "team", "post", "monthly_wage")  # what the roster takes for these may be money here
MONTH = re.compile(r"(20\d\d)\s*[-./年]?\s*(1[0-2]|0?[1-9])(?!\d)\s*(?:月份?|$|(?=[^\d]))")


def month_in(text: str) -> date | None:
    found = MONTH.search(half_width(text))
    return date(int(found[1]), int(found[2]), 1) if found else None


def month_of(cell: Cell) -> date | None:
    return month_in(cell.strftime("%Y-%m") if isinstance(cell, date) else typed(cell))


@dataclass(frozen=True)
class PayColumn:
    """One column of a payroll. `month`: the month that its head names, in a sheet with a column a month."""

    index: int
    header: str
    key: str
    month: date | None = None
    sample: str = field(default="", compare=False)  # the first value of a column of money

    @property
    def letters(self) -> str:
        return column_letters(self.index)

    @property
    def plain(self) -> str:
        """What an answer is remembered by: the same head in twelve sheets is one question."""
        return plain_pay_head(self.header)

    @property
    def said(self) -> str:
        return f"{self.letters} {self.header}"

    @property
    def meaning(self) -> str:
        words = (LABELS | SAID)[self.key]
        return f"{self.month:%Y-%m} {words}" if self.month else words


def plain_pay_head(header: str) -> str:
    return squeeze(half_width(header)).lower()


def chosen(heads: Sequence[str], meanings: Sequence[str]) -> dict[str, str]:
    """What a person said that heads mean; an answer left open, or one that does not exist, is none."""
    return {plain_pay_head(head): key for head, key in zip(heads, meanings, strict=False) if key in LABELS}


def meaning_of(header: str) -> str:
    """What a head means; DOUBTFUL where its words alone do not say."""
    whole = plain_pay_head(header)
    group = whole.rpartition("/")[0]
    head = plain_head(whole)
    last = head.rpartition("/")[2].removeprefix("其中").lstrip(":") or head
    if time := _time(whole, last):
        return time
    if UNIT.search(whole) or (ATTENDANCE.search(group) and not PAID.search(group)):
        return IGNORE
    if not DEDUCTED.search(group) and (key := EXACT.get(head.replace("/", "")) or EXACT.get(last)):
        return key
    if re.search(r"身份证|证件号", last):
        return "id"
    if DEDUCTED.search(whole):
        return "absence" if ABSENT.search(last) else _deduction(whole, last)
    if COUNTED.search(last) or roster_meaning(last)[0] == "average_wage":
        return IGNORE
    return _by_ending(whole, last.removeprefix("应发"), is_paid=bool(PAID.search(group)))


def _time(whole: str, last: str) -> str:
    """days or hours where a head means the work done, as 考勤/出勤天数 does and 加班小时 does not; "" else."""
    if re.search(r"加班|缺勤|扣", whole):
        return ""
    unit = UNIT.search(whole)
    said = TIME_UNIT.get(unit[1].lower(), "-") if unit else ""
    key = next((key for key, words in TIME.items() if words.fullmatch(last)), "")
    return "" if not key or said == "-" else said or key


def _deduction(whole: str, last: str) -> str:
    """Which deduction a head means that speaks of one; IGNORE for what is no deduction from this person's wage."""
    if EMPLOYERS_OWN.search(whole) or FOR_THE_TAX.search(whole) or COUNTED.search(last):
        return IGNORE
    if SUM.search(last):
        return DEDUCTED_IN_ALL
    kinds = (("income_tax", TAX), ("own_fund", FUND), ("own_insurance", INSURANCE))
    return next((key for key, words in kinds if words.search(last)), "other_deduction")


def _by_ending(whole: str, last: str, *, is_paid: bool) -> str:
    """`is_paid`: the head stands under 应发项目, so that it is money; only which?"""
    if "加班" in last:
        return "overtime" if OVERTIME.search(last) and not RATE.search(last) else DOUBTFUL
    if RATE.search(last):
        return DOUBTFUL
    if key := EXACT.get(last) or next((key for key, ending in ENDINGS.items() if ending.search(last)), ""):
        return key
    if NO_WAGE.search(last) and not is_paid:
        return _deduction(whole, last)
    if NO_WAGE.search(last) or roster_meaning(last)[0] not in MAYBE_WAGE:
        return IGNORE
    if not is_paid or last.endswith(("计", "额")):
        return DOUBTFUL
    return "basic" if last.endswith("工资") else "allowance"


def _column(index: int, header: str, choice: Mapping[str, str]) -> PayColumn:
    """A head that holds a month is what the rest of it means, and 应发 where there is no rest."""
    month, rest = month_in(header.replace("/", "")), header
    if month:
        rest = MONTH.sub("", half_width(header.replace("/", "")), count=1)
    key = choice.get(plain_pay_head(header)) or ("gross" if month and rest in ("", "工资") else meaning_of(rest))
    return PayColumn(index, header, key, month)


@dataclass(frozen=True)
class PayHead:
    """The header of one sheet (rows from 0) and what its columns are taken for."""

    first_row: int
    last_row: int
    columns: tuple[PayColumn, ...]

    @property
    def questions(self) -> tuple[PayColumn, ...]:
        return tuple(column for column in self.columns if column.key == DOUBTFUL)

    def column(self, key: str) -> PayColumn | None:
        return next((column for column in self.columns if column.key == key), None)

    def money(self) -> Iterator[tuple[date | None, tuple[PayColumn, ...]]]:
        """The columns of each month that the heads name; one group without a month where they name none."""
        money = [column for column in self.columns if column.key in OF_A_MONTH]
        for month in dict.fromkeys(column.month for column in money):
            yield month, tuple(column for column in money if column.month == month)


def pay_head(grid: Grid, choice: Mapping[str, str]) -> PayHead | None:
    """The first row that names people by identity number and what they earn; with the row below where it divides the heads.

    `choice`: what a person said that heads mean, by plain head.
    """
    for row in range(min(SEARCHED_ROWS, len(grid.rows))):
        single = Header(row, row, _heads(grid.rows[row]))
        double = with_sub_header(grid, single)
        for header in (double, single):
            if header and (head := _understood(grid, header, choice)):
                return head
    return None


def _heads(row: Sequence[Cell]) -> tuple[str, ...]:
    """Heads as texts; a month may stand there as a date or as 202609."""
    texts = head_texts(list(row))
    return tuple(
        f"{month:%Y年%m月}" if not isinstance(cell, str) and (month := month_of(cell)) else text
        for cell, text in zip(row, texts, strict=True)
    )


def _understood(grid: Grid, header: Header, choice: Mapping[str, str]) -> PayHead | None:
    columns = [_column(index, text, choice) for index, text in enumerate(header.texts) if text]
    who = next((column for column in columns if column.key == "id"), None)
    if who is None or (header.last_row > header.first_row and not _is_divided(grid, header, who.index)):
        return None
    settled = tuple(_settled(columns, choice, grid, header.last_row + 1))
    is_payroll = any(column.key in {*COMPONENTS, "gross", DOUBTFUL} for column in settled)
    return PayHead(header.first_row, header.last_row, settled) if is_payroll else None


def _is_divided(grid: Grid, header: Header, who: int) -> bool:
    """Whether two rows are one head: nobody's number below, or groups of columns above the heads; else it is a title or data."""
    below = grid.cell(header.last_row, who)
    if any(read_wage(cell)[0] is not None for cell in grid.rows[header.last_row]):
        return False
    above = head_texts(grid.rows[header.first_row])
    return is_blank(below) or (not typed(below).isascii() and any(GROUP.fullmatch(text) for text in above))


def _settled(columns: Sequence[PayColumn], choice: Mapping[str, str], grid: Grid, top: int) -> Iterator[PayColumn]:
    """The columns held against each other: one head a fact, and what only another column can decide."""
    has_months = any(column.month and column.key in {*MONEY, DOUBTFUL} for column in columns)
    has_parts = any(column.key in {*DEDUCTIONS, "absence"} for column in columns)
    owner: dict[tuple[str, date | None], int] = {}
    for column in sorted(columns, key=lambda each: (each.plain not in choice, each.index)):
        owner.setdefault((column.key, column.month), column.index)
    for column in columns:
        key, is_chosen = column.key, column.plain in choice
        if key in ONCE and owner[key, column.month] != column.index:
            key = DOUBTFUL if key == "gross" else IGNORE
        elif not is_chosen and has_months and not column.month and key in {*OF_A_MONTH, DOUBTFUL}:
            key = DOUBTFUL if key in COMPONENTS else IGNORE
        elif key == DEDUCTED_IN_ALL:
            key = IGNORE if has_parts or "net" not in {each.key for each in columns} else "other_deduction"
        elif not is_chosen and key == "absence":
            key = _absence(column, owner)
        elif key == DOUBTFUL and ("gross", column.month) in owner and "加班" not in column.header:
            key = UNKNOWN  # the sum over the components is compared row by row: a missing one is seen there
        if key in {UNKNOWN, DOUBTFUL} and not _holds_amounts(grid, top, column.index):
            key = IGNORE
        if key in DEDUCTIONS and not is_chosen and _holds_words(grid, top, column.index):
            key = IGNORE  # whether somebody is insured
        sample = _sample(grid, top, column.index) if key in {*OF_A_MONTH, UNKNOWN, DOUBTFUL} else ""
        yield replace(column, key=key, sample=sample)


def _sample(grid: Grid, top: int, index: int) -> str:
    return next((typed(cell) for row in range(top, len(grid.rows)) if not is_blank(cell := grid.cell(row, index))), "")


def _absence(column: PayColumn, owner: Mapping[tuple[str, date | None], int]) -> str:
    """Left of 应发 it lowers it, right of it the rest is deducted; without 应发 a person must say."""
    gross = owner.get(("gross", column.month))
    if gross is None:
        return DOUBTFUL
    if column.index > gross:
        return "other_deduction"
    return "absence" if ("basic", column.month) in owner else IGNORE


def _holds_amounts(grid: Grid, top: int, index: int) -> bool:
    """Whether a number other than 0 stands in the column."""
    cells = (grid.cell(row, index) for row in range(top, len(grid.rows)))
    return any(bool(cell) if is_number(cell) else isinstance(cell, str) and bool(read_wage(cell)[0]) for cell in cells)


def _holds_words(grid: Grid, top: int, index: int) -> bool:
    """Whether something stands in the column and none of it is a number."""
    cells = [cell for row in range(top, len(grid.rows)) if not is_blank(cell := grid.cell(row, index))]
    return bool(cells) and all(read_wage(cell)[0] is None and not is_number(cell) for cell in cells)
