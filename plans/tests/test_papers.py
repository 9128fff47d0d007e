"""The papers of a plan are filled from its frozen version and say what it says."""

import io
import shutil
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document as Docx
from pypdf import PdfReader

from accounts.models import College, Unit
from documents.actions import produce
from documents.errors import NotForYou
from documents.pdf import to_pdf
from plans import actions
from plans.errors import NothingFrozen
from plans.incomplete import left_out
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.models import Adjustment, LeaveYear, ServicePeriod, Worker
from staff_transition.tests.fixtures import make_worker


def words_of(document) -> str:
    opened = Docx(io.BytesIO(document.file.read()))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in opened.paragraphs] + cells)


@pytest.fixture
def frozen(plan, college):
    actions.submit_plan(plan, by=college.cast.officer)
    return plan


def test_before_a_version_is_frozen_there_is_nothing_to_print(plan, college):
    with pytest.raises(NothingFrozen):
        produce("qingshi", plan.pk, by=college.cast.officer)


def test_the_request_says_the_amounts_in_figures_and_words(frozen, college):
    document = produce("qingshi", frozen.pk, by=college.cast.officer, number="楚云职院后〔2026〕12号")
    text = words_of(document)
    assert "关于环卫服务外包的请示" in text
    assert "楚云职院后〔2026〕12号\t签发人：" in text
    assert "总价不超过 4,608,000.00 元（人民币肆佰陆拾万捌仟元整）" in text
    assert "依法应付 29,573.50 元（人民币贰万玖仟伍佰柒拾叁元伍角）" in text
    assert "妥否，请批示。" in text
    assert "附件：1.环卫服务外包方案" in text
    assert "4.环卫外聘员工经济补偿测算表（一人一页）" in text  # where “逐人算法见附件” leads


def test_a_later_change_does_not_reach_a_paper_of_the_version(frozen, college, worker):
    Worker.objects.filter(pk=worker.pk).update(average_wage=Decimal(9999))
    assert "29,573.50" in words_of(produce("severance-summary", frozen.pk, by=college.cast.officer))


def test_the_sums_of_the_tables_are_the_frozen_figures(frozen, college):
    summary = words_of(produce("severance-summary", frozen.pk, by=college.cast.officer))
    assert summary.count("29,573.50") >= 3  # the line, the severance sum, the total
    table = words_of(produce("classification", frozen.pk, by=college.cast.officer))
    assert "劳动合同制" in table
    assert "人民币贰万玖仟伍佰柒拾叁元伍角" in table


@pytest.mark.parametrize(
    ("unit", "college_phone", "said"), [("8288", "8000", "8288"), ("", "8000", "8000"), ("", "", "　　　　")]
)
def test_a_paper_names_the_units_telephone_else_the_colleges_else_leaves_room(
    frozen, college, unit, college_phone, said
):
    College.objects.update(contact_phone=college_phone)
    Unit.objects.filter(pk=college.cleaning.unit_id).update(phone=unit)
    assert f"电话：{said}）" in words_of(produce("qingshi", frozen.pk, by=college.cast.officer))
    again = produce("qingshi", frozen.pk, by=college.cast.officer)
    assert produce("qingshi", frozen.pk, by=college.cast.officer) == again
    Unit.objects.filter(pk=college.cleaning.unit_id).update(phone="9999")
    assert "电话：9999）" in words_of(produce("qingshi", frozen.pk, by=college.cast.officer))


@pytest.mark.parametrize("paper", ["qingshi", "plan", "classification", "severance-summary"])
def test_no_paper_calls_a_sum_whole_that_is_not(frozen, college, paper):
    said = "以上金额还不完整：另有 1 人有一项未计入（缺累计工龄、2025 年已休年假天数）；补齐资料后另行核定。"
    text = words_of(produce(paper, frozen.pk, by=college.cast.officer))
    assert said in text
    assert ("待补" in text.replace(said, "")) == (
        paper == "severance-summary"
    )  # there in the column of what is missing


@pytest.mark.parametrize("paper", ["qingshi", "plan", "classification", "severance-summary"])
def test_of_a_whole_sum_no_paper_says_more(plan, college, worker, paper):
    LeaveYear.objects.create(worker=worker, year=2025, taken_days=Decimal(5))
    Worker.objects.filter(pk=worker.pk).update(
        cumulative_service_years=Decimal(11),
        wage_without_overtime=Decimal(2610),
        leave_taken_days=Decimal(5),
        leave_taken_year=2026,
    )
    version = actions.submit_plan(plan, by=college.cast.officer)
    assert not left_out(version.content["people"])
    text = words_of(produce(paper, plan.pk, by=college.cast.officer))
    assert "不完整" not in text
    assert "待补" not in text


def test_a_persons_sheet_shows_the_working_and_a_masked_number(frozen, college, worker):
    sheet = words_of(produce("severance-person", frozen.pk, by=college.cast.officer))
    assert "2016-03-15 至 2026-12-31 = 10 年 9 个月 17 天，余数满 6 个月计 1 年" in sheet
    assert "劳动合同法 47" in sheet
    assert worker.id_number not in sheet
    assert worker.id_number[:6] in sheet
    assert "；不含“待补”的项目" in sheet
    assert "应付合计不含未休年休假（缺累计工龄）、2025 年未休年休假（缺2025 年已休年假天数" in sheet


def test_a_persons_sheet_shows_the_facts_that_the_signature_confirms(plan, college, worker):
    """Also of who is taken over and owed nothing now: hire, last day, the years carried on, the wage."""
    ServicePeriod.objects.create(
        worker=worker, employer="甲物业", first_day=date(2009, 9, 1), last_day=date(2016, 3, 14)
    )
    set_dispositions([worker.pk], "TRANSFER_CONTINUOUS", by=college.cast.officer, last_day=date(2026, 12, 31))
    actions.submit_plan(plan, by=college.cast.officer)
    sheet = words_of(produce("severance-person", plan.pk, by=college.cast.officer))
    for words in (
        "入职：2016-03-15　　最后工作日：2026-12-31　　工作年限：17 年 4 个月 0 天（含合并计算的甲物业 2009-09-01 至 2016-03-14）",
        "十二个月平均工资：2,688.50 元",
    ):  # fmt: skip
        assert words in sheet, words


def test_a_line_that_is_in_no_sum_says_so_on_paper_too(plan, college):
    make_worker(college, 2, category="DISPATCH", cumulative_service_years=Decimal(11), wage_without_overtime=Decimal(2610),
                leave_taken_days=Decimal(0))  # fmt: skip
    set_dispositions(
        Worker.objects.filter(category="DISPATCH").values_list("pk", flat=True), "RETURNED_TO_AGENCY", by=college.cast.officer,
        last_day=date(2026, 12, 31),
    )  # fmt: skip
    actions.submit_plan(plan, by=college.cast.officer)
    sheet = words_of(produce("severance-person", plan.pk, by=college.cast.officer))
    assert "由它支付，不在本校合计和付款里" in sheet


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_persons_sheet_is_one_page(plan, college, worker):
    """Also with every line that a working can have: years before 2008, three years of leave, months without a paper, lines by hand."""
    long = make_worker(college, 2, hired_on=date(1999, 3, 1), fixed_terms_count=1, contract_from=date(2025, 6, 1),
                       contract_to=date(2026, 6, 30))  # fmt: skip
    for year in (2023, 2024, 2025):
        LeaveYear.objects.create(worker=long, year=year, taken_days=Decimal(0))
    made_by, confirmed_by = college.cast.officer, college.cast.hr
    for kind in ("OWED_WAGES", "MEDICAL", "AGREED_EXTRA"):
        Adjustment.objects.create(
            worker=long, kind=kind, amount=Decimal(500), reason="核对后补付", evidence="核对单", made_by=made_by, made_at=timezone.now(),
            confirmed_by=confirmed_by, confirmed_at=timezone.now(),
        )  # fmt: skip
    set_dispositions([long.pk], "NEGOTIATED", by=college.cast.officer, last_day=date(2026, 12, 31))
    actions.submit_plan(plan, by=college.cast.officer)
    document = produce("severance-person", plan.pk, by=college.cast.officer)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(document.file.read()))).pages]
    assert len(pages) == 2
    assert all("本人签字" in page for page in pages)


def test_the_plan_prints_its_version_and_fingerprint(frozen, college):
    version = frozen.versions.get()
    text = words_of(produce("plan", frozen.pk, by=college.cast.officer))
    assert f"内容指纹（SHA-256）：{version.digest}" in text
    assert "一、背景和依据" in text


def test_only_the_drafting_office_prints(frozen, college, client):
    with pytest.raises(NotForYou):
        produce("qingshi", frozen.pk, by=college.cast.hr)
    client.force_login(college.cast.officer)
    page = client.get(frozen.get_absolute_url()).content.decode()
    assert reverse("documents:make", args=["qingshi", frozen.pk]) in page
