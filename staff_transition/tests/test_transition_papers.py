"""The papers of a staff transition: what the law wants in them, what stops them, and the ZIP of a whole scheme."""

import io
import zipfile
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document as Docx

from accounts.models import AccessRecord, College, Role, Unit
from common.history import version_of
from common.models import Job, StoredFile
from common.numerals import document_date
from conftest import add_person
from contractors.models import Contract, Contractor
from documents import actions
from documents.errors import FactMissing, NotForYou
from documents.models import Document
from law.models import Parameter
from staff_transition.actions import payments
from staff_transition.actions.adjustments import add_adjustment, confirm_adjustment
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.rosters import doubts_before_lock, lock_roster
from staff_transition.actions.schemes import adopt_scheme, save_scheme, save_step
from staff_transition.bundles import begin_bundle, bundle_job, member, safe
from staff_transition.errors import NothingLocked, PaperIsStopped
from staff_transition.facts import Known, Setting, person_of
from staff_transition.frozen import locked_from
from staff_transition.models import (
    Adjustment,
    ContractTerm,
    Disposition,
    InsurancePeriod,
    LeaveYear,
    LockedSettlement,
    Offer,
    ProtectedCondition,
    SchemeRule,
    ServicePeriod,
    TransitionScheme,
    Worker,
)
from staff_transition.papers import PAPERS, needs_certificate, papers_of, papers_of_scheme
from staff_transition.papers.person import REASONS, reason_told
from staff_transition.papers.scheme import CONDITIONS
from staff_transition.rules.grounds import (
    AGREED,
    BY_CIRCUMSTANCES,
    DEATH,
    GROUNDS,
    NOT_CERTIFIED,
    TERMINATED,
    TRANSFERS,
    UNILATERAL,
    Ending,
)
from staff_transition.rules.person import PersonFacts as EmploymentFacts
from staff_transition.tests.fixtures import make_worker

LAST_DAY = date(2027, 3, 31)


@pytest.fixture
def here(college):
    College.objects.update_or_create(pk=1, defaults={
        "name": "测试学院", "province": "湖北省", "address": "孝感市某路 1 号", "representative": "高某", "contact_phone": "0712-1",
    })  # fmt: skip
    Parameter.objects.create(
        key="min_wage_monthly", place="孝感市孝南区", value=Decimal(1970), since=date(2025, 12, 1), source="鄂政办发〔2025〕44号"
    )  # fmt: skip
    return college


def finish(scheme, key, by, day=None, evidence=""):
    """The open step of this key is done, as the page does it."""
    step = scheme.steps.get(key=key, done_on=None)
    step.done_on, step.evidence = day or timezone.localdate(), evidence or f"{key} 的材料"
    save_step(step, by=by, revision=version_of(step))


def adopted(here, *rules, steps=(), budget=Decimal(500_000)):
    """A scheme adopted, steps done, the roster locked."""
    scheme = TransitionScheme(service=here.cleaning, name="方案", last_day=LAST_DAY, budget=budget)
    save_scheme(scheme, [SchemeRule(**rule) for rule in rules], by=here.cast.officer, reason="拟定")
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    for key in steps:
        finish(scheme, key, here.cast.officer, timezone.localdate() - timedelta(days=5))
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    return scheme


def texts(document: Document) -> str:
    made = Docx(io.BytesIO(document.file.read()))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in made.paragraphs] + cells)


def paper(key, subject, by):
    return texts(actions.produce(f"staff-{key}", subject, by=by))


def keys_of(worker):
    """The papers of the person's end, by the facts as they stand."""
    facts = person_of(Worker.objects.get(pk=worker.pk), Known.of(worker), Setting(), timezone.localdate()).facts
    return [each.key for each in papers_of(facts, facts.ground)]


def contracted(here, number=1, **fields):
    values = {
        "contract_from": date(2025, 1, 1), "contract_to": date(2027, 12, 31), "cumulative_service_years": Decimal(11),
        "leave_taken_days": Decimal(2), "leave_taken_year": 2027, "wage_without_overtime": Decimal(2610),
    }  # fmt: skip
    worker = make_worker(here, number, **(values | fields))
    LeaveYear.objects.create(worker=worker, year=2026, taken_days=Decimal(10))
    return worker


def runs_on(request, here):
    """The contractor's contract of the cleaning service, beyond the last day."""
    contract = request.getfixturevalue("contract")
    Contract.objects.update(service=here.cleaning, last_day=date(2029, 12, 31))
    return contract


@pytest.mark.parametrize("ground", sorted(GROUNDS))
def test_every_ground_has_the_papers_of_its_end_and_a_notice_has_its_reason(ground):
    found = {each.key for each in papers_of(EmploymentFacts(ground, category="CONTRACT"), ground)}
    is_noticed = ground in UNILATERAL | TERMINATED - {DEATH}
    assert (ground in REASONS) is ("staff-notice" in found) is is_noticed
    assert ("staff-agreement" in found) is (ground in AGREED)
    assert ("staff-three-party" in found) is (ground in TRANSFERS)
    assert ("staff-certificate" in found) is (ground not in NOT_CERTIFIED)


def test_an_agreement_says_who_proposed_what_is_paid_and_when(here):
    worker = contracted(here)
    adopted(here, {"kind": "NEGOTIATED"}, steps=("offers",))
    text = paper("agreement", worker.pk, here.cast.officer)
    for words in (
        "由甲方提出、乙方同意", "第三十六条、第四十六条第二项", "30,917.75", "叁万零玖佰壹拾柒元柒角伍分", worker.id_number,
        worker.bank_account,
        "办结工作交接时支付", "自2025年1月1日至2027年12月31日", "2027年3月31日", "三日的考虑时间", "法定代表人：高某",
    ):  # fmt: skip
        assert words in text, words
    assert Document.objects.get().is_personal
    assert Document.objects.get().file.is_sealed


def test_an_agreement_offered_yesterday_or_without_an_account_is_stopped_with_the_list(here):
    worker = contracted(here, bank_account="", contract_from=None, contract_to=None, cumulative_service_years=None)
    scheme = adopted(here, {"kind": "NEGOTIATED"}, steps=("offers",))
    scheme.steps.filter(key="offers").update(done_on=timezone.localdate() - timedelta(days=1))
    College.objects.update(address="")
    with pytest.raises(FactMissing) as refusal:
        paper("agreement", worker.pk, here.cast.officer)
    for words in (
        "累计工龄（员工资料，否则有一项没有算进去）", "学校地址（学校资料，由系统管理员填）", "银行卡号（员工资料）",
        "劳动合同期限（员工资料）", "三日考虑时间",
    ):  # fmt: skip
        assert words in str(refusal.value), words
    assert not Document.objects.exists()


def test_a_certificate_states_what_the_regulation_asks_for_and_no_remark(here):
    worker = contracted(here, remark="经常迟到")
    adopted(here, {"kind": "NEGOTIATED"})
    text = paper("certificate", worker.pk, here.cast.hr)
    for words in (
        "劳动合同期限：自2025年1月1日至2027年12月31日",
        "2027年3月31日",
        "工作岗位：清扫工",
        "11 年 0 个月",
        "非因本人意愿中断就业",
    ):
        assert words in text, words
    assert "迟到" not in text


def test_a_certificate_does_not_tell_an_illness_by_the_item_of_its_article(here):
    ended_alone(here, ("甲一", "NOFAULT_40_1", "医疗期满"), ("乙二", "NOFAULT_40_3", "协商不成"))
    cited = {
        name: paper("certificate", Worker.objects.get(name=name).pk, here.cast.hr).partition("第四十条")[2][:3]
        for name in ("甲一", "乙二")
    }
    assert cited["乙二"] == "第三项"
    assert not cited["甲一"].startswith("第")


def test_a_notice_does_not_take_the_name_of_the_scheme_for_a_fact_about_the_person(here):
    worker = contracted(here, notice_date=date(2027, 3, 1))
    adopted(here, {"kind": "OTHER_END", "ground": "NOFAULT_40_2"}, steps=("union-letter",))
    with pytest.raises(FactMissing, match="事实和依据（去向的“说明”）"):
        paper("notice", worker.pk, here.cast.officer)


def test_an_unsigned_worker_gets_a_certificate_that_says_so(here):
    worker = make_worker(here, category="NO_WRITTEN_CONTRACT")
    adopted(here, {"kind": "NEGOTIATED"})
    assert "未订立书面劳动合同" in paper("certificate", worker.pk, here.cast.hr)


def test_a_hazard_post_without_exit_check_gets_no_certificate(here):
    worker = contracted(here, is_hazard_post=True)
    adopted(here, {"kind": "NEGOTIATED"})
    assert keys_of(worker) == [
        "staff-exit-check", "staff-agreement", "staff-certificate",
    ]  # fmt: skip
    assert "第三十五条" in paper("exit-check", worker.pk, here.cast.hr)
    for each in ("agreement", "certificate"):
        with pytest.raises(PaperIsStopped, match="没有离岗体检"):
            paper(each, worker.pk, here.cast.hr)
    Worker.objects.update(exit_check_on=date(2026, 11, 2), exit_check_result="CLEAR")
    assert "特此证明" in paper("certificate", worker.pk, here.cast.hr)


def test_a_notice_without_fault_waits_for_the_union(here):
    worker = contracted(here, last_month_wage=Decimal(2650), notice_date=date(2027, 3, 20))
    scheme = adopted(here, {"kind": "NOFAULT_40_3"})
    with pytest.raises(FactMissing, match=r"把解除理由书面告知工会.*另行安排岗位的书面要约"):
        paper("notice", worker.pk, here.cast.officer)
    Offer.objects.create(
        worker=worker,
        kind="OTHER_POST",
        offered_on=date(2026, 11, 1),
        post="门卫",
        monthly_pay=Decimal(2650),
        answer_by=date(2026, 11, 5),
        answer="REFUSED",
        answered_on=date(2026, 11, 5),
    )
    finish(scheme, "union-letter", here.cast.officer, evidence="工会函〔2027〕1 号")
    text = paper("notice", worker.pk, here.cast.officer)
    for words in (
        "解除劳动合同通知书",
        "客观情况发生重大变化",
        "依据《劳动合同法》第四十条第三项、《劳动合同法》第四十六条第三项，",
        "于2027年3月20日书面送达，距最后工作日 11 日，不足三十日，另付代通知金",
        "晚于2027年3月20日的，请告知人事处",
        "2027年3月20日",
        "2,650.00",
        "告知工会",
        "送达回证",
        "一年内",
    ):
        assert words in text, words


def test_a_notice_may_not_be_served_before_the_union_had_fifteen_days(here):
    told = timezone.localdate() - timedelta(days=5)
    ready = told + timedelta(days=15)
    worker = contracted(here, last_month_wage=Decimal(2650), notice_date=ready)
    Offer.objects.create(
        worker=worker, kind="OTHER_POST", offered_on=date(2026, 11, 1), post="门卫", monthly_pay=Decimal(2650),
        answer_by=date(2026, 11, 5),
    )  # fmt: skip
    adopted(here, {"kind": "NOFAULT_40_3"}, steps=("union-letter",))
    Worker.objects.filter(pk=worker.pk).update(notice_date=ready - timedelta(days=1))
    with pytest.raises(PaperIsStopped, match=f"满 15 日即 {ready} 起才可以通知"):
        paper("notice", worker.pk, here.cast.officer)
    Worker.objects.filter(pk=worker.pk).update(notice_date=ready)
    text = paper("notice", worker.pk, here.cast.officer)
    assert f"已于{document_date(told)}把理由书面告知工会" in text
    assert "已提前三十日通知" in text
    Worker.objects.filter(pk=worker.pk).update(notice_date=LAST_DAY)
    with pytest.raises(FactMissing, match="与代通知金相符的书面通知日期"):
        paper("notice", worker.pk, here.cast.officer)


REASONED = {  # the ground, what is registered, the sentence; without it what is missing
    "EXPIRY_NOT_RENEWED": ({"contract_to": LAST_DAY}, "劳动合同于2027年3月31日期满，本单位不再续订",
        {"contract_to": date(2027, 2, 15)}, "合同到期后仍在工作"),
    "RETIRE_AGE": (
        {"birth_date": date(1970, 3, 15), "female_category": "female50", "pension_drawn": False},
        "您于2020年3月15日达到法定退休年龄", {"female_category": ""}, "出生日期和退休类别",
    ),
    "PENSION_44_2": ({"pension_drawn": True}, "享受基本养老保险待遇", {"pension_drawn": None}, "已领养老金（员工资料）"),
    "TASK_DONE": ({}, "任务已经完成（会议纪要第 3 期）", None, ""),
    "NO_CONTRACT_REFUSED_1Y": (
        {"hired_on": date(2026, 5, 1), "contract_from": None, "contract_to": None, "category": "NO_WRITTEN_CONTRACT"},
        "终止与您的劳动合同", None, "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ground", "case"), REASONED.items(), ids=REASONED)
def test_a_notice_says_only_what_the_facts_bear_out(here, ground, case):
    about, sentence, otherwise, missing = case
    worker = contracted(here, **({"hired_on": date(2022, 3, 1)} | about))
    set_dispositions(
        [worker.pk], "OTHER_END", by=here.cast.hr, last_day=LAST_DAY, ground=ground, note="会议纪要第 3 期。"
    )
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    if ground == "NO_CONTRACT_REFUSED_1Y":
        with pytest.raises(PaperIsStopped, match="没有书面通知订立合同"):
            paper("notice", worker.pk, here.cast.officer)
        Offer.objects.create(worker=worker, kind="SIGNING", offered_on=date(2026, 5, 20))
    assert sentence in paper("notice", worker.pk, here.cast.officer)
    assert "终止劳动合同证明书" in paper("certificate", worker.pk, here.cast.officer)
    if otherwise:
        Worker.objects.update(**otherwise)
        with pytest.raises((FactMissing, PaperIsStopped), match=missing):
            paper("notice", worker.pk, here.cast.officer)


def test_a_contract_that_ran_out_within_the_month_is_ended_in_words(here):
    """The choice allows it (解释一 34: no longer than a month), so the notice can be printed."""
    worker = contracted(here, hired_on=date(2022, 3, 1), contract_to=date(2027, 3, 10))
    set_dispositions([worker.pk], "EXPIRY", by=here.cast.hr, last_day=LAST_DAY)
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    text = paper("notice", worker.pk, here.cast.officer)
    assert "劳动合同于2027年3月10日期满，您继续工作至2027年3月31日，本单位不再续订" in text


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2027, 3, 30), "期满，依法续延至2027年3月31日，本单位"),
        (date(2027, 3, 9), "期满，依法续延至2027年3月10日，您继续工作至2027年3月31日，本单位"),
    ],
)
def test_a_contract_that_the_law_carried_on_is_ended_in_words(here, until, words):
    worker = contracted(here, hired_on=date(2022, 3, 1), contract_to=date(2026, 6, 30))
    ProtectedCondition.objects.create(worker=worker, kind="NURSING", since=date(2026, 3, 1), until=until)
    set_dispositions([worker.pk], "EXPIRY", by=here.cast.hr, last_day=LAST_DAY)
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    assert f"劳动合同于2026年6月30日{words}" in paper("notice", worker.pk, here.cast.officer)


def test_an_agreement_where_nothing_is_owed_cites_why_and_pays_nothing(here):
    worker = contracted(here, category="PART_TIME", hours_per_day=Decimal(4), days_per_week=6, paid_by_hour=True, pay_cycle_days=15,
                        is_insured=False, bank_account="")  # fmt: skip
    adopted(here, {"kind": "NEGOTIATED"}, steps=("offers",))
    text = paper("agreement", worker.pk, here.cast.officer)
    for words in ("第三十六条，就解除劳动合同", "甲方不支付经济补偿：非全日制用工", "第七十一条", "没有其他未了的款项",
        "办理档案转移手续；",
                  "用工期间的社会保险依法另行办理，不因本协议免除"):  # fmt: skip
        assert words in text, words
    for words in ("第四十六条", "零元", "下列款项", "社会保险缴至"):
        assert words not in text, words


def test_a_second_agreement_says_which_it_replaces(here):
    worker = contracted(here)
    scheme = adopted(here, {"kind": "NEGOTIATED"}, steps=("offers",))
    assert "取代" not in paper("agreement", worker.pk, here.cast.officer)
    scheme.steps.filter(key="offers").update(done_on=timezone.localdate() - timedelta(days=9))
    text = paper("agreement", worker.pk, here.cast.officer)
    assert f"本协议取代甲方于{document_date(timezone.localdate())}提供的协议文本" in text
    assert Document.objects.count() == 2


def test_only_the_papers_that_somebody_needs_are_offered(here, client):
    contracted(here)
    scheme = adopted(here, {"kind": "NEGOTIATED"})
    assert [each.key for each in papers_of_scheme(scheme)] == ["staff-scheme"]
    client.force_login(here.cast.officer)
    page = client.get(scheme.get_absolute_url()).content.decode()
    assert "工会征求意见函" not in page
    Disposition.objects.update(kind="OTHER_END", ground="LAYOFF_41")
    assert [each.key for each in papers_of_scheme(scheme)] == [
        "staff-scheme", "staff-union-letter", "staff-union-result", "staff-layoff-report",
    ]  # fmt: skip


def test_a_layoff_report_names_the_cause_the_insurance_and_the_steps(here):
    worker = contracted(here, leave_taken_days=Decimal(0), is_insured=None)  # the roster says nothing, the months do
    InsurancePeriod.objects.create(worker=worker, kind="ALL", first_month=date(2016, 4, 1))
    contracted(here, 2, is_insured=False, name="乙二")
    scheme = TransitionScheme(service=here.cleaning, name="裁减", last_day=LAST_DAY)
    save_scheme(scheme, [SchemeRule(kind="NOFAULT_40_3")], by=here.cast.officer, reason="拟定")
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    set_dispositions(
        Worker.objects.values_list("pk", flat=True),
        "OTHER_END",
        by=here.cast.hr,
        last_day=LAST_DAY,
        ground="LAYOFF_41",
        note="纪要",
    )
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    finish(scheme, "explain", here.cast.officer, evidence="会议记录")
    with pytest.raises(FactMissing, match="本校职工总数（参数与依据）"):
        paper("layoff-report", scheme.pk, here.cast.officer)
    Parameter.objects.create(
        key="college_staff_total", place="", value=Decimal(1600), since=date(2026, 1, 1), source="人事处年报"
    )
    text = paper("layoff-report", scheme.pk, here.cast.officer)
    assert readers_of(Document.objects.get(), here) == {"officer", "hr"}  # whole identity numbers
    for words in ("现有职工 1600 人", "占全校职工的 0.1%", worker.id_number):
        assert words in text, words
    for words in ("勾选一项并附证明", "参保 1 人、未参保 1 人", "2027年3月1日", "说明情况", f"{document_date(timezone.localdate())}办结",
                  "自2025年1月1日至2027年12月31日", worker.name,
                  "经济补偿 61,835.50 元，未休年休假等其他款项 480.00 元，合计人民币陆万贰仟叁佰壹拾伍元伍角（62,315.50 元），"
                  "由学校承担"):  # fmt: skip
        assert words in text, words


def test_a_student_is_not_sent_to_arbitration(here):
    worker = make_worker(here, category="STUDENT")
    adopted(here, {"kind": "END_OF_LABOUR_SERVICE"})
    text = paper("service-end", worker.pk, here.cast.officer)
    assert "向人民法院起诉" in text
    assert "仲裁" not in text


def test_earlier_employers_years_stand_in_the_papers_as_in_the_settlement(here, request):
    runs_on(request, here)
    worker = contracted(here, leave_taken_days=Decimal(0))
    ServicePeriod.objects.create(
        worker=worker, employer="甲物业", first_day=date(2009, 9, 1), last_day=date(2016, 3, 14)
    )
    ServicePeriod.objects.create(
        worker=worker, employer="乙公司", first_day=date(2008, 1, 1), last_day=date(2009, 8, 31), is_paid=True
    )
    adopted(here, {"kind": "TRANSFER_CONTINUOUS"})
    text = paper("three-party", worker.pk, here.cast.officer)
    assert (
        "工作年限 17 年 7 个月 0 天（含合并计算的甲物业 2009年9月1日至2016年3月14日），合并计算为在丙方的工作年限"
        in text
    ), text[150:600]
    assert "2016年3月15日首次在甲方用工" in text
    assert (
        "甲方另向乙方付清未休年休假 480.00 元，合计人民币肆佰捌拾元整（480.00 元），代扣个人所得税 0.00 元，实付 480.00 元，"
        "在乙方办结工作交接时支付。"
    ) in text
    assert "乙公司" not in text
    kept = LockedSettlement.objects.get()
    old = {key: value for key, value in kept.content.items() if key != "service"}
    assert locked_from(old).service == ()
    assert [each.employer for each in locked_from(kept.content).service] == ["甲物业", "本校"]


def test_a_certificate_keeps_this_units_years_apart_from_the_joined_ones(here):
    worker = contracted(here)
    ServicePeriod.objects.create(
        worker=worker, employer="甲物业", first_day=date(2009, 9, 1), last_day=date(2016, 3, 14)
    )
    adopted(here, {"kind": "NEGOTIATED"})
    text = paper("certificate", worker.pk, here.cast.hr)
    assert "至2027年3月31日，11 年 0 个月。依照《中华人民共和国劳动合同法实施条例》第十条" in text
    assert "甲物业 2009年9月1日至2016年3月14日；合并后共 17 年 7 个月 0 天。" in text


def test_a_buy_out_names_severance_and_the_rest_apart_and_cites_the_ground_that_ends(here, request):
    runs_on(request, here)
    worker = contracted(here, leave_taken_days=Decimal(0))
    adopted(here, {"kind": "TRANSFER_BOUGHT_OUT"})
    text = paper("three-party", worker.pk, here.cast.officer)
    for words in (
        "经济补偿 30,917.75 元，结清乙方至最后工作日的工作年限 11 年 0 个月 17 天", "另支付未休年休假 480.00 元；",
        "合计人民币叁万壹仟叁佰玖拾柒元柒角伍分（31,397.75 元）", "丙方的工作年限自接收之日起重新计算",
    ):  # fmt: skip
        assert words in text, words
    assert "经济补偿 31,397.75" not in text
    assert "上列款项即《协商解除劳动合同协议书》所列款项，不重复支付；支付时间和个人所得税以该协议书为准。" in text
    text = paper("certificate", worker.pk, here.cast.hr)
    assert "解除的依据：《劳动合同法》第三十六条。" in text
    assert "失业" not in text  # works on the next day
    assert "非因本人意愿" not in text


def test_a_second_letter_names_those_of_whom_the_union_has_not_heard(here):
    told, later = (
        contracted(here, number, name=name, notice_date=date(2027, 2, 1)) for number, name in ((1, "甲一"), (2, "乙二"))
    )
    scheme = TransitionScheme(service=here.cleaning, name="方案", last_day=LAST_DAY)
    save_scheme(scheme, [SchemeRule(kind="NEGOTIATED")], by=here.cast.officer, reason="拟定")
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")

    def finished(key):
        finish(scheme, key, here.cast.officer, timezone.localdate() - timedelta(days=5))

    for worker in (told, later):
        Offer.objects.create(
            worker=worker, kind="OTHER_POST", offered_on=date(2026, 11, 1), post="门卫", monthly_pay=Decimal(2700),
            answer_by=date(2026, 11, 10),
        )  # fmt: skip
        set_dispositions([worker.pk], "NOFAULT_40_3", by=here.cast.officer, last_day=LAST_DAY)
        if worker == told:
            finished("union-letter")
            finished("union-answer")
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    text = paper("union-letter", scheme.pk, here.cast.officer)
    assert ("乙二" in text, "甲一" in text) == (True, False)
    text = paper("union-result", scheme.pk, here.cast.officer)
    assert ("乙二" in text, "甲一" in text) == (False, True)
    assert "把理由书面告知工会" in paper("notice", told.pk, here.cast.officer)
    with pytest.raises(FactMissing, match="工会意见"):
        paper("notice", later.pk, here.cast.officer)
    finished("union-letter")
    text = paper("union-letter", scheme.pk, here.cast.officer)
    assert ("乙二" in text, "甲一" in text) == (True, True)  # the union has heard of both: the whole list
    assert "把理由书面告知工会" in paper("notice", later.pk, here.cast.officer)


def test_a_buy_out_of_severance_alone_says_it_in_words(here, request):
    runs_on(request, here)
    worker = contracted(here)
    adopted(here, {"kind": "TRANSFER_BOUGHT_OUT"})
    text = paper("three-party", worker.pk, here.cast.officer)
    assert "支付经济补偿人民币叁万零玖佰壹拾柒元柒角伍分（30,917.75 元），结清乙方" in text
    assert "另支付" not in text


def test_after_a_death_the_next_of_kin_receive_the_certificate_and_nobody_a_notice(here):
    worker = contracted(here)
    set_dispositions([worker.pk], "OTHER_END", by=here.cast.hr, last_day=LAST_DAY, ground="DEATH_44_3", note="死亡证明")
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    assert keys_of(worker) == ["staff-certificate"]
    text = paper("certificate", worker.pk, here.cast.hr)
    for words in (
        "终止劳动合同证明书",
        "第四十四条第三项",
        "近亲属（关系：　　）签收：",
        "第十七条申领丧葬补助金和抚恤金",
    ):
        assert words in text, words
    for words in ("解除", "失业", "本人签收"):
        assert words not in text, words


def test_nobody_of_article_42_is_returned_to_the_agency(here):
    plain = make_worker(here, 1, category="DISPATCH", name="甲一")
    shielded = make_worker(here, 2, category="DISPATCH", name="乙二")
    for each in (plain, shielded):
        ContractTerm.objects.create(worker=each, first_day=date(2025, 1, 1), signatory="甲人力公司")
    set_dispositions([plain.pk, shielded.pk], "RETURNED_TO_AGENCY", by=here.cast.hr, last_day=LAST_DAY)
    scheme = TransitionScheme(service=here.cleaning, name="退回", last_day=LAST_DAY)
    save_scheme(scheme, [SchemeRule(kind="RETURNED_TO_AGENCY")], by=here.cast.officer, reason="拟定")
    TransitionScheme.objects.update(adopted_at=timezone.now(), adopted_by=here.cast.officer)
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    ProtectedCondition.objects.create(
        worker=shielded, kind="PREGNANCY", since=date(2026, 10, 1)
    )  # learnt of afterwards
    with pytest.raises(
        FactMissing, match="乙二的其他去向（受劳动合同法第四十二条保护，劳务派遣暂行规定第十三条不得退回"
    ):
        paper("return-letter", scheme.pk, here.cast.officer)


def test_an_item_that_waits_for_a_fact_is_named_beside_the_total(here):
    worker = contracted(here, hired_on=date(2022, 3, 1), contract_to=LAST_DAY, cumulative_service_years=None)
    set_dispositions([worker.pk], "EXPIRY", by=here.cast.hr, last_day=LAST_DAY)
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    text = paper("notice", worker.pk, here.cast.officer)
    assert "上列合计不含未休年休假（缺累计工龄）、" in text
    assert "2026 年未休年休假（缺累计工龄）" in text
    assert "补齐资料后另行核定支付。" in text


def test_an_agreement_takes_the_day_of_the_own_offer_and_stops_at_a_refusal(here):
    worker = contracted(here)
    offered = timezone.localdate() - timedelta(days=4)
    offer = Offer.objects.create(worker=worker, kind="AGREED_END", offered_on=offered)
    adopted(here, {"kind": "NEGOTIATED"})
    assert f"{document_date(offered)}书面提出" in paper("agreement", worker.pk, here.cast.officer)
    offer.answer, offer.answered_on = "REFUSED", timezone.localdate()
    offer.save()
    for each in ("agreement", "certificate"):
        with pytest.raises(PaperIsStopped, match="本人不同意协商解除"):
            paper(each, worker.pk, here.cast.officer)


def test_each_agency_gets_a_letter_with_its_own_people(here):
    sent = [
        make_worker(here, number, category="DISPATCH", name=name)
        for number, name in enumerate(("甲一", "乙二", "丙三"), 1)
    ]
    scheme = adopted(here, {"kind": "RETURNED_TO_AGENCY"})
    shown = doubts_before_lock(here.cleaning)
    assert [each.name for each in shown.without_agency] == [
        each.name for each in sorted(sent, key=lambda each: each.sort_key)
    ]
    with pytest.raises(FactMissing, match="的劳务派遣单位（员工页“劳动合同”的签约单位）"):
        paper("return-letter", scheme.pk, here.cast.officer)
    for worker, agency in zip(sent, ("甲人力公司", "乙人力公司", "甲人力公司"), strict=True):
        ContractTerm.objects.create(worker=worker, first_day=date(2025, 1, 1), signatory=agency)
    text = paper("return-letter", scheme.pk, here.cast.officer)
    assert text.count("关于退回劳务派遣人员的函") == 2
    for words in ("甲人力公司：", "乙人力公司：", "下列 2 名", "下列 1 名"):
        assert words in text, words


def test_each_is_returned_on_the_own_day(here):
    """It stands in the sentence only where all of an agency share it."""
    sent = [
        make_worker(here, number, category="DISPATCH", name=name)
        for number, name in enumerate(("甲一", "乙二", "丙三"), 1)
    ]
    for worker, agency in zip(sent, ("甲人力公司", "乙人力公司", "甲人力公司"), strict=True):
        ContractTerm.objects.create(worker=worker, first_day=date(2025, 1, 1), signatory=agency)
    scheme = TransitionScheme(service=here.cleaning, name="方案", last_day=LAST_DAY)
    save_scheme(scheme, [SchemeRule(kind="RETURNED_TO_AGENCY")], by=here.cast.officer, reason="拟定")
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    set_dispositions([sent[0].pk], "RETURNED_TO_AGENCY", by=here.cast.hr, last_day=date(2027, 2, 28))
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    made = Docx(io.BytesIO(actions.produce("staff-return-letter", scheme.pk, by=here.cast.officer).file.read()))
    said = "".join(paragraph.text for paragraph in made.paragraphs)
    assert "拟按名单所列日期将下列 2 名" in said
    assert "拟于2027年3月31日将下列 1 名" in said
    days = {row.cells[1].text: row.cells[-1].text for table in made.tables for row in table.rows[1:-1]}
    assert days == {"甲一": "2027年2月28日", "乙二": "2027年3月31日", "丙三": "2027年3月31日"}


def test_a_certificate_names_the_latest_registered_contract(here):
    worker = contracted(here, contract_from=None, contract_to=None)
    ContractTerm.objects.create(worker=worker, first_day=date(2022, 1, 1), last_day=date(2024, 12, 31))
    ContractTerm.objects.create(worker=worker, first_day=date(2025, 1, 1), signed_on=date(2025, 1, 1))
    adopted(here, {"kind": "NEGOTIATED"})
    assert "自2025年1月1日起的无固定期限劳动合同" in paper("certificate", worker.pk, here.cast.hr)


def test_the_union_letter_lists_the_people_and_the_result_waits_for_the_answer(here):
    contracted(here, last_month_wage=Decimal(2650), notice_date=date(2027, 2, 1))
    scheme = adopted(here, {"kind": "NOFAULT_40_3"})
    text = paper("union-letter", scheme.pk, here.cast.officer)
    for words in ("第四十三条", "第二十五条第二款", "七日内", "向桂珍", "2027年3月1日", "30,917.75"):
        assert words in text, words
    with pytest.raises(FactMissing, match="工会书面意见"):
        paper("union-result", scheme.pk, here.cast.officer)
    with pytest.raises(FactMissing, match="没有按这些事由锁定的人"):
        paper("layoff-report", scheme.pk, here.cast.officer)


def ended_alone(here, *cases):
    """One person on each ground, the scheme's own rule being 40(3); the roster locked."""
    scheme = TransitionScheme(service=here.cleaning, name="方案", last_day=LAST_DAY, budget=Decimal(500_000))
    people = [
        contracted(here, number, name=name, last_month_wage=Decimal(2650))
        for number, (name, _, _) in enumerate(cases, 1)
    ]
    save_scheme(scheme, [SchemeRule(kind="NOFAULT_40_3")], by=here.cast.officer, reason="拟定")
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    for worker, (_, ground, note) in zip(people, cases, strict=True):
        if ground:
            set_dispositions([worker.pk], "OTHER_END", by=here.cast.hr, last_day=LAST_DAY, ground=ground, note=note)
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    return scheme


@pytest.mark.parametrize("key", ["union-letter", "union-result"])
def test_each_person_stands_under_the_own_reason_and_article_before_the_union(here, key):
    scheme = ended_alone(
        here, ("甲一", "NOFAULT_40_1", "医疗期满"), ("乙二", "FAULT_39", "连续旷工三日"), ("丙三", "FAULT_39", "盗卖工具"),
        ("丁四", "LAYOFF_41", "纪要"), ("戊五", "", ""), ("己六", "", ""),
    )  # fmt: skip
    if key == "union-result":
        for each in ("union-letter", "union-answer"):
            finish(scheme, each, here.cast.officer, evidence="工会函 3 号")
    made = Docx(io.BytesIO(actions.produce(f"staff-{key}", scheme.pk, by=here.cast.officer).file.read()))
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    said = [row[0] if len(set(row)) == 1 else tuple(row[:2]) for row in rows[1:-2]]
    assert said == [
        "有《中华人民共和国劳动合同法》第三十九条规定的情形（盗卖工具）（《劳动合同法》第三十九条，1 人）", ("1", "丙三"),
        "有《中华人民共和国劳动合同法》第三十九条规定的情形（连续旷工三日）（《劳动合同法》第三十九条，1 人）", ("2", "乙二"),
        "医疗期满后不能从事原工作，也不能从事另行安排的工作（《劳动合同法》第四十条第一项，1 人）", ("3", "甲一"),
        "因环卫改由社会单位承接，劳动合同订立时所依据的客观情况发生重大变化，致使合同无法履行，经协商未能就变更达成协议"
        "（《劳动合同法》第四十条第三项，2 人）", ("4", "己六"), ("5", "戊五"),
        "因环卫改由社会单位承接，本单位依法裁减人员（《劳动合同法》第四十一条，1 人）", ("6", "丁四"),
    ]  # fmt: skip
    assert "改由社会单位承接" not in "".join(paragraph.text for paragraph in made.paragraphs)
    assert rows[-1][0].startswith("以上共 6 人。")
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in made.tables[0].rows][-3:] == [
        True,
        True,
        None,
    ]
    assert readers_of(Document.objects.get(), here) == {"officer", "hr", "reviewer"}  # of somebody's illness


def test_the_union_is_told_no_reason_that_nobody_wrote_down(here):
    scheme = ended_alone(here, ("甲一", "FAULT_39", "旷工三日"))
    Disposition.objects.update(note="")
    with pytest.raises(FactMissing, match="甲一的事实和依据（去向的“说明”）"):
        paper("union-letter", scheme.pk, here.cast.officer)


@pytest.mark.parametrize("ground", sorted(UNILATERAL))
def test_the_reason_of_every_end_by_the_college_can_be_told(ground):
    told = reason_told(ground, "考核记录", "环卫")
    assert told
    assert not set("您{}") & set(told)
    assert ("环卫改由社会单位承接" in told) is (ground in BY_CIRCUMSTANCES)


def test_a_three_party_agreement_says_who_pays_for_the_years(here, request):
    worker = contracted(here)
    adopted(here, {"kind": "TRANSFER_CONTINUOUS"})
    with pytest.raises(FactMissing, match=f"承接单位：{LAST_DAY} 以后仍在执行的合同（承包商与合同）"):
        paper("three-party", worker.pk, here.cast.officer)
    contract = runs_on(request, here)
    text = paper("three-party", worker.pk, here.cast.officer)
    for words in (
        contract.contractor.name,
        "2016年3月15日",
        "11 年 0 个月 17 天",
        "甲方现在不支付经济补偿",
        "2,688.50",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("change", "missing"),
    [({"ended_on": date(2026, 6, 30)}, "承接单位："), ({"last_day": LAST_DAY}, "承接单位："), (None, "合同有新绿物业、楚天绿化有限公司")],
)  # fmt: skip
def test_the_contractor_is_the_one_whose_contract_runs_beyond_the_last_day(here, request, change, missing):
    worker, contract = contracted(here), runs_on(request, here)
    adopted(here, {"kind": "TRANSFER_CONTINUOUS"})
    other = Contractor.objects.create(name="新绿物业", uscc="91420902MA49QT6C3B")
    later = Contract.objects.create(
        service=here.cleaning, contractor=other, number="HT-2", title="环卫", yearly_amount=1,
        first_day=date(2026, 10, 1), last_day=date(2029, 12, 31),
    )  # fmt: skip
    if change:
        Contract.objects.filter(pk=later.pk).update(**change)
        assert contract.contractor.name in paper("three-party", worker.pk, here.cast.officer)
        Contract.objects.filter(pk=contract.pk).update(**change)
    with pytest.raises(FactMissing, match=missing):
        paper("three-party", worker.pk, here.cast.officer)


def test_who_works_on_past_the_age_has_an_agreement_of_his_own(here, client):
    worker = make_worker(
        here, category="OVER_AGE_NO_PENSION", birth_date=date(1960, 1, 15), sex="M", pension_drawn=False
    )
    with pytest.raises(FactMissing, match="用工期限（起止日）（员工页“劳动合同”"):
        paper("over-age", worker.pk, here.cast.officer)
    ContractTerm.objects.create(
        worker=worker, kind=ContractTerm.Kind.OVER_AGE, first_day=date(2026, 12, 1), last_day=date(2027, 11, 30)
    )
    client.force_login(here.cast.officer)
    assert "超龄用工协议</button>" in client.get(worker.get_absolute_url()).content.decode()
    text = paper("over-age", worker.pk, here.cast.officer)
    for words in (
        "自2026年12月1日至2027年11月30日",
        "工伤保险",
        "每月 2,650.00 元",
        "约定的终止条件出现",
        "向人民法院起诉",
    ):
        assert words in text, words
    Worker.objects.filter(pk=worker.pk).update(birth_date=date(1980, 1, 15))
    with pytest.raises(FactMissing, match="没有到的签劳动合同"):
        paper("over-age", worker.pk, here.cast.officer)


def test_a_pensioner_signs_one_of_the_four_ends(here):
    worker = make_worker(here, category="REHIRED_PENSIONER", pension_drawn=True)
    adopted(here, {"kind": "END_OF_LABOUR_SERVICE"})
    assert keys_of(worker) == ["staff-service-end"]
    text = paper("service-end", worker.pk, here.cast.officer)
    for words in ("退休返聘", "勾选一项", "无经济补偿", "向人民法院起诉"):
        assert words in text, words


def test_what_is_paid_at_the_end_of_a_service_stands_in_words(here):
    worker = make_worker(here, category="REHIRED_PENSIONER", pension_drawn=True)
    extra = Adjustment(
        worker=worker, kind="AGREED_EXTRA", amount=Decimal("1500.50"), reason="补助", evidence="会议纪要 7 号"
    )
    confirm_adjustment(add_adjustment(extra, by=here.cast.officer), by=here.cast.hr)
    adopted(here, {"kind": "END_OF_LABOUR_SERVICE"})
    text = paper("service-end", worker.pk, here.cast.officer)
    assert "1,500.50 元，合计人民币壹仟伍佰元零伍角（1,500.50 元），算法见测算表。" in text


@pytest.mark.parametrize(
    ("birth", "expected"),
    [(date(1973, 1, 15), ["staff-agreement", "staff-certificate"]), (date(1969, 1, 15), ["staff-service-end"])],
)
def test_who_is_called_over_age_and_is_not_past_it_leaves_as_an_employee(here, birth, expected):
    worker = contracted(here, category="OVER_AGE_NO_PENSION", birth_date=birth, female_category="female55")
    set_dispositions(
        [worker.pk], "OTHER_END", by=here.cast.hr, last_day=LAST_DAY, ground="NEGOTIATED_EMPLOYER", note="协商一致"
    )
    scheme = TransitionScheme.objects.create(
        service=here.cleaning, name="方案", last_day=LAST_DAY, made_by=here.cast.hr
    )
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    assert keys_of(worker) == expected
    assert needs_certificate(LockedSettlement.objects.get()) is ("staff-certificate" in expected)
    job = begin_bundle(scheme, by=here.cast.officer)
    with zipfile.ZipFile(io.BytesIO(StoredFile.objects.get(pk=bundle_job(job)["file"]).read())) as package:
        listed = "".join(package.namelist()) + package.read("没有生成的.txt").decode("utf-8-sig")
    assert ("证明书" in listed) is ("staff-certificate" in expected)
    assert ("用工终止确认书" in listed) is ("staff-service-end" in expected)


def test_a_scheme_with_people_who_cannot_be_worked_out_is_no_paper_yet(here):
    contracted(here, average_wage=None)
    scheme = TransitionScheme(service=here.cleaning, name="方案", last_day=LAST_DAY, budget=Decimal(500_000))
    save_scheme(scheme, [SchemeRule(kind="NEGOTIATED")], by=here.cast.officer, reason="拟定")
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    with pytest.raises(FactMissing, match="1 人的12 个月平均工资"):
        paper("scheme", scheme.pk, here.cast.officer)


def test_the_scheme_itself_as_a_paper(here):
    contracted(here, leave_taken_days=Decimal(0))
    scheme = adopted(here, {"kind": "NEGOTIATED"})
    scheme.steps.filter(key="freeze").update(due_on=timezone.localdate() - timedelta(days=9))
    text = paper("scheme", scheme.pk, here.cast.officer)
    for words in (
        "劳动合同制 1 人",
        "（一）单位提出，协商一致解除 1 人（劳动合同法第三十六条、第四十六条第二项）：学校书面提出",
        "学校按工作年限支付经济补偿。",
        "住房公积金",
        "不得以停发工资、调离岗位等方式迫使本人签字",
        "附件：1.外聘员工分类汇总表　2.外聘员工经济补偿测算汇总表",
        "经济补偿 30,917.75 元，未休年休假等其他款项 480.00 元，合计人民币叁万壹仟叁佰玖拾柒元柒角伍分（31,397.75 元），应付 1 人",
        "社会稳定风险评估",
        "2027年4月15日",
        "额度 500,000.00 元，能够支付上列总额",
        "已过期，未办",
        f"{here.cleaning.unit}　　人事处",
    ):
        assert words in text, words
    assert "后勤处" not in text
    scheme.steps.filter(key="blocks").update(done_on=date(2026, 11, 2), evidence="核对表")
    assert "已于2026年11月2日逐人核对" in paper("scheme", scheme.pk, here.cast.officer)
    TransitionScheme.objects.update(budget=Decimal(30_000))
    assert "额度 30,000.00 元，不足 1,397.75 元，须先追加预算" in paper("scheme", scheme.pk, here.cast.officer)
    TransitionScheme.objects.update(budget=None)
    with pytest.raises(FactMissing, match="预算额度（安置方案页“预算和说明”）"):
        paper("scheme", scheme.pk, here.cast.officer)


def test_the_scheme_names_the_ground_of_each_end_and_the_day_of_the_last(here):
    scheme = ended_alone(here, ("甲一", "FAULT_39", "旷工三日"), ("乙二", "LAYOFF_41", "纪要"), ("丙三", "", ""))
    Disposition.objects.filter(worker__name="丙三").update(last_day=date(2027, 4, 30))
    text = paper("scheme", scheme.pk, here.cast.officer)
    for words in (
        "（一）过失性解除 1 人（《劳动合同法》第三十九条）：事实和证据清楚，事先把理由告知工会；学校不支付经济补偿。",
        "（二）客观情况重大变化，协商变更不成 1 人", "（三）经济性裁员 1 人（《劳动合同法》第四十一条、", "2027年4月30日",
    ):  # fmt: skip
        assert words in text, words
    assert "其他解除或终止" not in text


def test_every_end_that_can_be_given_has_its_conditions():
    assert set(CONDITIONS) == set(Ending) - {Ending.NOT_GIVEN}


def test_the_sign_off_list_is_the_bank_file_line_by_line(here):
    worker = contracted(here)
    adopted(here, {"kind": "NEGOTIATED"})
    batch = payments.make_batch(here.cleaning, max(LAST_DAY, timezone.localdate()), by=here.cast.hr)
    text = paper("sign-off", batch.pk, here.cast.hr)
    for words in (worker.bank_account, worker.id_number, "30,917.75", "叁万零玖佰壹拾柒元柒角伍分"):
        assert words in text, words


def test_nothing_is_printed_before_the_lock_and_by_nobody_else(here, worker, client):
    set_dispositions([worker.pk], "NEGOTIATED", by=here.cast.officer, last_day=LAST_DAY)
    with pytest.raises(FactMissing, match="锁定的结算"):
        paper("certificate", worker.pk, here.cast.officer)
    with pytest.raises(NotForYou):
        paper("certificate", worker.pk, here.cast.finance)
    client.force_login(here.cast.officer)
    answer = client.post(
        reverse("documents:make", args=["staff-certificate", worker.pk]),
        {"back": worker.get_absolute_url()},
        follow=True,
    )
    assert "锁定的结算（花名册与锁定）" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == worker.get_absolute_url()
    away = client.post(
        reverse("documents:make", args=["staff-certificate", worker.pk]), {"back": "https://elsewhere.example/"}
    )
    assert away.url == reverse("documents:documents")


# the whole scheme


def test_the_zip_holds_a_folder_a_paper_and_says_what_is_missing(here, client):
    one, two = contracted(here, 1), contracted(here, 2)  # of one name
    contracted(here, 3, name="张/三", bank_account="")
    scheme = adopted(here, {"kind": "NEGOTIATED"}, steps=("offers",))
    job = begin_bundle(scheme, by=here.cast.officer)
    assert begin_bundle(scheme, by=here.cast.officer) == job
    result = bundle_job(job)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, result=result)
    file = StoredFile.objects.get(pk=result["file"])
    assert file.is_sealed
    package = zipfile.ZipFile(io.BytesIO(file.read()))
    names = package.namelist()
    assert "01 协商解除劳动合同协议书/协商解除劳动合同协议书_向桂珍.docx" in names
    assert "01 协商解除劳动合同协议书/协商解除劳动合同协议书_向桂珍（2）.docx" in names
    assert "02 解除（终止）劳动合同证明书/解除（终止）劳动合同证明书_张_三.docx" in names
    assert all(info.flag_bits & 0x800 for info in package.infolist() if not info.filename.isascii())
    left = package.read("没有生成的.txt").decode("utf-8-sig")
    assert "协商解除劳动合同协议书 张/三：公文缺资料" in left
    assert "银行卡号（员工资料）" in left
    client.force_login(here.cast.officer)
    page = client.get(scheme.get_absolute_url()).content.decode()
    assert "下载全部文书" in page
    assert client.get(reverse("staff:bundle-file", args=[scheme.pk])).content.startswith(b"PK")
    assert AccessRecord.objects.filter(subject__contains="安置文书.zip").exists()
    assert {one.name, two.name} == {"向桂珍"}
    Worker.objects.filter(name="张/三").update(bank_account="6217000346468509048")  # what the list asked for
    again = begin_bundle(scheme, by=here.cast.officer)
    assert again != job
    assert bundle_job(again)["left"] < result["left"]


def test_there_is_no_zip_before_the_lock(here, scheme):
    with pytest.raises(NothingLocked):
        begin_bundle(scheme, by=here.cast.officer)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a:b*c?", "a_b_c_"),
        ("阿·依古丽", "阿·依古丽"),
        ("", "未命名"),
        ("长" * 200, "长" * 80),
    ],
)
def test_a_name_stays_inside_its_folder(title, name):
    assert safe(title) == name


def test_doubles_are_numbered():
    names = Counter()
    assert [member("甲", "乙", names) for _ in range(3)] == ["甲/乙.docx", "甲/乙（2）.docx", "甲/乙（3）.docx"]


def test_every_paper_has_its_template():
    from django.conf import settings

    for each in PAPERS:
        assert (settings.BASE_DIR / "templates" / "docx" / each.template).exists()


def readers_of(document, here):
    return {
        name for name in ("officer", "hr", "head", "finance", "reviewer", "leader", "procurement")
        if Document.objects.visible_to(getattr(here.cast, name)).filter(pk=document.pk).exists()
    }  # fmt: skip


def test_a_paper_with_whole_numbers_is_read_by_those_alone_who_hand_it_over(here, client):
    worker = contracted(here)
    adopted(here, {"kind": "NEGOTIATED"})
    certificate = actions.produce("staff-certificate", worker.pk, by=here.cast.officer)
    batch = payments.make_batch(here.cleaning, LAST_DAY, by=here.cast.hr)
    sign_off = actions.produce("staff-sign-off", batch.pk, by=here.cast.hr)
    assert readers_of(certificate, here) == {"officer", "hr"}
    assert readers_of(sign_off, here) == {"hr", "finance"}
    elsewhere = Unit.objects.create(name="保卫处")
    both = add_person("both", "某人", elsewhere, Role.OFFICER, Role.LEADER)  # reads all as a leader, but not these
    assert not Document.objects.visible_to(both).exists()
    url = reverse("documents:download", args=[certificate.pk, "docx"])
    client.force_login(here.cast.leader)
    assert client.get(url).status_code == 404
    client.force_login(here.cast.officer)
    assert client.get(url, REMOTE_ADDR="192.0.2.9").status_code == 200
    assert AccessRecord.objects.get(kind="export").address == "192.0.2.9"
