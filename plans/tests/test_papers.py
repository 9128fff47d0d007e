"""The papers of a plan are filled from its frozen version and say what it says."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from docx import Document as Docx

from documents.actions import produce
from documents.errors import NotForYou
from plans import actions
from plans.errors import NothingFrozen
from staff_transition.models import Worker


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


def test_a_later_change_does_not_reach_a_paper_of_the_version(frozen, college, worker):
    Worker.objects.filter(pk=worker.pk).update(average_wage=Decimal(9999))
    assert "29,573.50" in words_of(produce("severance-summary", frozen.pk, by=college.cast.officer))


def test_the_sums_of_the_tables_are_the_frozen_figures(frozen, college):
    summary = words_of(produce("severance-summary", frozen.pk, by=college.cast.officer))
    assert summary.count("29,573.50") >= 3  # the line, the severance sum, the total
    table = words_of(produce("classification", frozen.pk, by=college.cast.officer))
    assert "劳动合同制" in table
    assert "人民币贰万玖仟伍佰柒拾叁元伍角" in table


def test_a_persons_sheet_shows_the_working_and_a_masked_number(frozen, college, worker):
    sheet = words_of(produce("severance-person", frozen.pk, by=college.cast.officer))
    assert "2016-03-15 至 2026-12-31 = 10 年 9 个月 17 天，余数满 6 个月计 1 年" in sheet
    assert "劳动合同法 47" in sheet
    assert worker.id_number not in sheet
    assert worker.id_number[:6] in sheet
    assert "；不含未休年休假（缺累计工龄）" in sheet
    assert "应付合计不含未休年休假（缺累计工龄）、2025 年未休年休假（缺2025 年已休年假天数" in sheet


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
