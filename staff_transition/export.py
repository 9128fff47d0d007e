"""Lists that leave the system as workbooks: every text cell is text, numbers of persons masked unless asked in full."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from accounts.models import College
from common.fields import mask_account, mask_id_number, mask_phone
from common.xlsx import Column, Sheet, workbook
from staff_transition.classification import BY, Table
from staff_transition.models import Category, Sex, Worker
from staff_transition.models.workers import WorkerQuerySet
from staff_transition.tally import Outcome

COLUMNS = (  # the office's own form, then what the settlement needs besides
    Column("序号", "number", 6), Column("校区"), Column("班组"), Column("姓名"), Column("性别", width=6),
    Column("身份证号", width=22), Column("岗位"), Column("用工形式", width=14), Column("入职时间", "date"),
    Column("合同起始日期", "date", 13), Column("合同终止日期", "date", 13), Column("月工资（元）", "amount"),
    Column("近12个月平均工资", "amount", 16), Column("是否参加社保", width=12), Column("联系电话", width=14),
    Column("银行卡号", width=24), Column("开户行", width=16), Column("备注", width=24), Column("服务项目", width=16),
    Column("去向", width=22), Column("最后工作日", "date"), Column("上月工资", "amount"), Column("月工资（不含加班）", "amount", 16),
    Column("累计工龄（年）", "number", 14), Column("本年已休年假（天）", "number", 16), Column("女职工退休类别", width=24),
    Column("已领养老金", width=12), Column("从补偿中缴的个人社保公积金（元）", "amount", 24), Column("每天小时数", "number"),
    Column("每周天数", "number"), Column("按小时计酬"), Column("几天发一次工资", "number", 16),
)  # fmt: skip
YES_NO = {True: "是", False: "否", None: ""}
FULL_NAME = "外聘员工花名册"


def worker_export(workers: WorkerQuerySet, *, is_full: bool, by: Any) -> bytes:
    """The workers in the shape of the office's own roster, so that it can be filled in and imported again.

    Remarks speak of health: only of people about whom `by` may know.
    """
    found = workers.select_related("service", "campus", "disposition")
    told = set(Worker.objects.with_health_for(by).values_list("pk", flat=True))
    rows = [
        _row(number, worker, is_full, worker.pk in told)
        for number, worker in enumerate(found.iterator(chunk_size=2000), 1)
    ]
    return workbook([Sheet("外聘员工", COLUMNS, rows, title=FULL_NAME, above=(_made(),))])


def _row(number: int, worker: Any, is_full: bool, with_remark: bool) -> list[Any]:
    disposition = getattr(worker, "disposition", None)
    numbers = (worker.id_number, worker.phone, worker.bank_account)
    masks = (mask_id_number, mask_phone, mask_account)
    id_number, phone, account = numbers if is_full else (mask(text) for mask, text in zip(masks, numbers, strict=True))
    return [
        number, worker.campus.name, worker.team, worker.name, dict(Sex.choices).get(worker.sex, ""), id_number, worker.post,
        dict(Category.choices).get(worker.category, ""), worker.hired_on, worker.contract_from,
        "无固定期限" if worker.is_open_ended else worker.contract_to, worker.monthly_wage, worker.average_wage,
        YES_NO[worker.is_insured], phone, account, worker.bank_name, worker.remark if with_remark else "",
        worker.service.name,
        disposition.get_kind_display() if disposition else "", disposition.last_day if disposition else None,
        worker.last_month_wage, worker.wage_without_overtime, worker.cumulative_service_years,
        worker.leave_taken_days if worker.leave_taken_year == timezone.localdate().year else None,
        worker.get_female_category_display(), YES_NO[worker.pension_drawn], worker.own_contributions,
        worker.hours_per_day, worker.days_per_week, YES_NO[worker.paid_by_hour], worker.pay_cycle_days,
    ]  # fmt: skip


def _made() -> str:
    college = College.current()
    return f"{college or ''} {timezone.localdate():%Y年%m月%d日}导出"


def classification_export(tables: dict[str, Any]) -> bytes:
    by = BY[tables["by"]]
    return workbook(
        [
            _table_sheet("用工形式汇总", tables["table"], "外聘员工分类汇总表"),
            _table_sheet(f"按{by}", tables["cross"], f"外聘员工按{by}汇总表"),
        ]
    )


def _table_sheet(name: str, table: Table, title: str) -> Sheet:
    columns = (Column("用工形式", width=16), *(Column(head, "number", 14) for head in table.heads))
    rows = [[row.label, *(figure.count for figure in row.figures)] for row in (*table.rows, table.total)]
    return Sheet(
        name,
        columns,
        rows,
        title=title,
        above=(_made(), "单位：人"),
        below=("制表人：        后勤保障处：        人事处审核人：",),
    )


QUESTIONS = (
    ("经济补偿（元）", "severance"), ("代通知金（元）", "notice"), ("未休年休假和其他（元）", "other"), ("学校一次性支出（元）", "total"),
    ("承接单位将来可能承担（元）", "carried"), ("若全部被认定违法，2N（元）", "risk"),
)  # fmt: skip


def schemes_export(service: Any, outcomes: Sequence[Outcome]) -> bytes:
    """The comparison: rows are questions, columns are schemes."""
    columns = (Column("问题", width=28), *(Column(outcome.name, "amount", 22) for outcome in outcomes))
    rows = [[label, *(getattr(outcome, name) for outcome in outcomes)] for label, name in QUESTIONS]
    left_out = [f"“{each.name}”没有算进去的：{'；'.join(each.left_out)}。" for each in outcomes if each.left_out]
    people = [
        ["人数", *(outcome.headcount for outcome in outcomes)],
        ["资料不全", *(outcome.unknown for outcome in outcomes)],
    ]
    months = [
        [outcome.name, f"{month.month:%Y-%m}", month.people, month.severance, month.other, month.total, month.so_far]
        for outcome in outcomes for month in outcome.months
    ]  # fmt: skip
    by_month = (
        Column("方案", width=22), Column("月份"), Column("人数", "number"), Column("经济补偿", "amount"), Column("其他", "amount"),
        Column("合计", "amount"), Column("累计", "amount"),
    )  # fmt: skip
    heads = (Column("项目", width=28), *(Column(outcome.name, "number", 22) for outcome in outcomes))
    return workbook([
        Sheet("方案比较", columns, rows, title=f"{service.name}安置方案比较", above=(_made(),), below=left_out),
        Sheet("人数", heads, people, title=f"{service.name}安置方案人数"),
        Sheet("按月付款", by_month, months, title=f"{service.name}安置方案按月付款"),
    ])  # fmt: skip
