"""The files that bring facts of many people in: the payroll's and the workbook of facts. One flow, two readers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from staff_transition.fact_book import BOOK
from staff_transition.roster.fact_tables import read_facts
from staff_transition.roster.payroll import read_payroll
from staff_transition.roster.people_sheet import Reading
from staff_transition.roster.workbook import Book


@dataclass(frozen=True)
class Intake:
    """One kind of file: its page, the words on it, and how the file is read."""

    url: str  # of the page; its second step is called the same with -check
    file: str  # 工资表
    about: str
    help: str
    read: Callable[[Book, date, Mapping[str, str]], Reading]  # the file, today, what a person said that heads mean

    @property
    def title(self) -> str:
        return f"导入{self.file}"

    @property
    def check_url(self) -> str:
        return f"{self.url}-check"

    @property
    def marked_url(self) -> str:
        return f"{self.url}-marked"


PAYROLL = Intake(
    "staff:payroll", "工资表", "最近十二个月的应发工资是补偿基数的依据；财务或人事导出的表就可以",
    "须有身份证号列，和“应发”列（每月一行、每月一张工作表）或各月份的列；"
    "有出勤、扣款、实发、发放日期、支付凭证的，一并读入工资台账。先核对，确认后才写入。", read_payroll,
)  # fmt: skip
FACTS = Intake(
    "staff:facts", "员工事实", f"{'、'.join(table.title for table in BOOK)}，一行一条；先下载工作簿，补填后再传",
    "一张工作表一类事实，列名与下载的工作簿相同。空格子就是没有；少一列，那一项不动。文件里没有的行不会删除。",
    lambda book, today, _choice: read_facts(book, BOOK, today),
)  # fmt: skip
