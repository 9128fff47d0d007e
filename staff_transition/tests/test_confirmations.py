"""The worker's own yes or no: links, objections, scans; and the advice that stands behind."""

import io
from datetime import date
from importlib import import_module

import docx
import openpyxl
import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessRecord, College, Role
from common.fields import mask_id_number
from common.models import StoredFile
from common.refusals import NotYours
from common.triggers import lifted
from law.models import SpecialDay
from staff_transition import papers
from staff_transition.actions import confirmations
from staff_transition.actions.consultations import save_consultation
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.rosters import lock_roster, unlock_roster
from staff_transition.errors import (
    AlreadyConfirmed,
    CertificateTooEarly,
    LinkIsOver,
    NoCertificate,
    NothingLocked,
    PaperIsStopped,
    WrongDigits,
)
from staff_transition.models import (
    Confirmation,
    Consultation,
    LockedSettlement,
    Objection,
    Worker,
    WorkerLink,
)
from staff_transition.tests.fixtures import make_worker, second_of
from staff_transition.views.confirmations import _own_page

NOBODY = AnonymousUser()  # who is signed in in the worker's own browser
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def token(settled, college):
    return confirmations.make_link(settled.worker, "confirm", by=college.cast.hr)


def own(token, name="own"):
    return reverse(f"staff:{name}", args=[token])


def let_in(client, token, worker, name="own"):
    return client.post(own(token, name), {"digits": worker.id_tail}, follow=True)


# the link


def test_a_link_shows_nothing_before_the_digits_and_opening_it_uses_nothing_up(settled, token, client):
    worker = settled.worker
    for _ in range(3):  # a chat app, a mail scanner, the person
        page = client.get(own(token)).content.decode()
        assert "身份证末四位" in page
        assert worker.name not in page
        assert "29,573.50" not in page
    page = let_in(client, token, worker).content.decode()
    for words in (worker.name, "29,573.50", "贰万玖仟伍佰柒拾叁元伍角", "2,688.50", "劳动合同法"):
        assert words in page, words
    assert WorkerLink.objects.get().is_open


def test_a_confirmation_is_shown_to_whom_its_answer_never_reached(settled, token, client):
    let_in(client, token, settled.worker)
    click = {"confirm": "confirm", "digest": settled.digest}
    answer = client.post(own(token), click, follow=True)
    made = Confirmation.objects.get()
    assert (made.digest, made.link.worker) == (settled.digest, settled.worker)
    again = client.post(own(token), click, follow=True)  # the first answer was lost on the way
    second_browser = let_in(Client(), token, settled.worker)
    for page in (answer, again, client.get(own(token)), second_browser):
        words = page.content.decode()
        assert "您已于" in words
        assert "确认 29,573.50 元" in words
        assert 'name="confirm"' not in words
        assert 'name="object"' not in words
    assert Confirmation.objects.count() == 1


def test_after_the_confirmation_hr_makes_a_link_to_read(settled, token, college, client):
    confirmations.confirm(confirmations.find_link(token, "confirm"), settled.digest, by=NOBODY, address=None)
    client.force_login(college.cast.hr)
    assert "生成查看链接" in client.get(settled.worker.get_absolute_url()).content.decode()
    fresh = confirmations.make_link(settled.worker, "confirm", by=college.cast.hr)
    client.logout()
    page = let_in(client, fresh, settled.worker).content.decode()
    assert "您已于" in page
    assert 'name="confirm"' not in page


def test_an_open_link_shows_that_the_signed_sheet_is_there(settled, token, college, client):
    scan = StoredFile.keep("签字.png", PNG, "image/png", college.cast.hr, sealed=True)
    confirmations.confirm_on_paper(settled.worker, scan, by=college.cast.hr)
    let_in(client, token, settled.worker)
    page = client.post(own(token), {"confirm": "confirm", "digest": settled.digest}, follow=True).content.decode()
    assert "已经确认过" in page
    assert "（签字件）" in page


def test_nobody_confirms_or_objects_from_a_browser_that_is_signed_in(settled, token, college, client):
    client.force_login(college.cast.hr)
    page = let_in(client, token, settled.worker).content.decode()
    assert "只能由本人在自己的手机上提交" in page
    assert 'name="confirm"' not in page
    page = client.post(own(token), {"confirm": "confirm", "digest": settled.digest}, follow=True).content.decode()
    assert "不能代本人确认" in page
    client.post(own(token), {"object": "object", "text": "代写的异议"})
    assert not Confirmation.objects.exists()
    assert not Objection.objects.exists()


def confirmed_page(settled, client, **figures):
    """The page with other figures in the frozen content, which the trigger lets only the database's owner write."""
    content = settled.content | {"figures": settled.content["figures"] | figures}
    LockedSettlement.objects.filter(pk=settled.pk).update(withdrawn_at=timezone.now())
    made = LockedSettlement.objects.create(
        worker=settled.worker, number=2, content=content, digest="1" * 64, severance=0, total=content["figures"]["total"],
        tax=0, computed_at=timezone.now(), computed_by=settled.computed_by,
    )  # fmt: skip
    token = confirmations.make_link(settled.worker, "confirm", by=settled.computed_by)
    before = let_in(client, token, settled.worker).content.decode()
    after = client.post(own(token), {"confirm": "confirm", "digest": made.digest}, follow=True).content.decode()
    return before, after, Confirmation.objects.get()


def test_an_incomplete_sum_says_what_is_not_in_it_and_the_confirmation_remembers(settled, college, client):
    missing = ["已休年休假天数", "月工资（不含加班）"]
    before, after, made = confirmed_page(settled, client, unpriced=missing)
    assert before.count("已休年休假天数”、“月工资（不含加班）") == 2  # beside the sum and beside the button
    assert before.count("确认不等于放弃") == 2
    assert "确认已算出的 29,573.50 元" in before
    assert "确认不等于放弃" in after
    assert made.unpriced == missing
    client.force_login(college.cast.hr)
    assert "页面写明没有计入：已休年休假天数" in client.get(settled.worker.get_absolute_url()).content.decode()


def test_who_is_paid_nothing_is_not_asked_to_confirm_zero_yuan(settled, client):
    before, after, made = confirmed_page(settled, client, total="0.00")
    assert "确认去向和计算（没有应付金额）" in before
    assert "0.00 元</button>" not in before
    assert "银行卡" not in after
    assert made.unpriced == ["累计工龄", "2025 年已休年假天数"]


def test_what_was_not_shown_cannot_be_confirmed(settled, token, client):
    let_in(client, token, settled.worker)
    page = client.post(own(token), {"confirm": "confirm", "digest": "0" * 64})
    assert "过期或者停用" in page.content.decode()
    assert not Confirmation.objects.exists()


def test_five_wrong_digits_end_the_link(settled, token, client):
    for left in (4, 3, 2, 1):
        page = client.post(own(token), {"digits": "0000"}).content.decode()
        assert f"末四位不对，还可以输 {left} 次" in page
    over = client.post(own(token), {"digits": "0000"})
    assert over.status_code == 410
    assert "过期或者停用" in over.content.decode()
    assert "<form" not in over.content.decode()
    assert client.post(own(token), {"digits": settled.worker.id_tail}).status_code == 410
    assert WorkerLink.objects.get().attempts == 5


def test_digits_as_a_phone_types_them_and_too_few_cost_no_attempt(settled, token, client):
    page = client.post(own(token), {"digits": "12"}).content.decode()
    assert "请输入身份证号的最后四位，您输入了 2 位。" in page
    assert WorkerLink.objects.get().attempts == 0
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in settled.worker.id_tail)
    assert "29,573.50" in client.post(own(token), {"digits": f" {wide} "}, follow=True).content.decode()


def test_every_page_of_the_worker_names_hrs_telephone(settled, token, college, client):
    College.objects.update(contact_phone="0712-2850000")
    for page in (client.get(own(token)), let_in(client, token, settled.worker), client.get(own("x" * 32))):
        assert "0712-2850000" in page.content.decode()


def test_an_expired_link_a_replaced_one_and_one_of_a_withdrawn_result_are_over(settled, college, client, monkeypatch):
    with monkeypatch.context() as short:
        short.setattr(confirmations, "VALID_DAYS", 0)
        expired = confirmations.make_link(settled.worker, "confirm", by=college.cast.hr)
    assert client.get(own(expired)).status_code == 410
    second = confirmations.make_link(settled.worker, "confirm", by=college.cast.hr)
    third = confirmations.make_link(settled.worker, "confirm", by=college.cast.hr)
    assert client.get(own(second)).status_code == 410
    assert client.get(own(third)).status_code == 200
    unlock_roster(college.cleaning, by=college.cast.hr, reason="更正入职日期")
    assert client.get(own(third)).status_code == 410
    with pytest.raises(NothingLocked):
        confirmations.make_link(settled.worker, "confirm", by=college.cast.hr)


def test_the_token_itself_is_kept_nowhere(settled, token):
    assert token not in str([*WorkerLink.objects.values(), *WorkerLink.history.values()])


@pytest.fixture
def agreed(settled, token, college):
    """Two links, of which the first ended and the second confirmed."""
    link = confirmations.find_link(confirmations.make_link(settled.worker, "confirm", by=college.cast.hr), "confirm")
    return confirmations.confirm(link, settled.digest, by=NOBODY, address="10.0.0.1")


REFUSED = {
    "another time": "UPDATE staff_transition_confirmation SET at = '2020-01-01'",
    "another address": "UPDATE staff_transition_confirmation SET address = NULL",
    "unsaid": "DELETE FROM staff_transition_confirmation",
    "another token": "UPDATE staff_transition_workerlink SET token_hash = 'x' WHERE ended_at IS NULL",
    "open for longer": "UPDATE staff_transition_workerlink SET expires_at = '2030-01-01' WHERE ended_at IS NULL",
    "revived": "UPDATE staff_transition_workerlink SET ended_at = NULL WHERE id = (SELECT min(id) FROM staff_transition_workerlink)",
    "attempts given back": "UPDATE staff_transition_workerlink SET attempts = attempts - 1 WHERE attempts = 1",
    "a link gone": "DELETE FROM staff_transition_workerlink WHERE ended_at IS NOT NULL",
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses_to_change_what_a_worker_said_and_by_which_link(agreed, what):
    with pytest.raises(WrongDigits):
        confirmations.check_digits(agreed.link, "0000")
    with pytest.raises(DatabaseError, match=r"never|stay"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(REFUSED[what])


FORGED = """
INSERT INTO staff_transition_workerlink (worker_id, settlement_id, purpose, token_hash, made_by_id, made_at, expires_at, attempts)
SELECT worker_id, settlement_id, 'certificate', 'x', made_by_id, made_at, '2030-01-01', 0 FROM staff_transition_workerlink
WHERE ended_at IS NULL
"""


@pytest.mark.parametrize("how", [*(how for how in REFUSED.values() if "attempts" not in how), FORGED])
def test_verify_finds_a_confirmation_or_a_link_touched_behind_the_triggers(agreed, how, capsys):
    call_command("verify_history")
    with lifted(), connection.cursor() as cursor:
        if "SET ended_at = NULL" in how:  # one alone can live
            cursor.execute("UPDATE staff_transition_workerlink SET ended_at = made_at WHERE ended_at IS NULL")
        cursor.execute(how)
    capsys.readouterr()
    with pytest.raises(SystemExit):
        call_command("verify_history")
    assert ("本人确认" if "confirmation" in how else "本人链接") in capsys.readouterr().out


def test_what_was_there_before_the_history_gets_its_entry(agreed, college, capsys):
    for model in (Confirmation, WorkerLink, StoredFile, SpecialDay):
        model.history.all().delete()
    for room, name in (
        ("staff_transition", "0024_confirmations_and_links_are_kept"), ("common", "0004_stored_files_are_kept"),
        ("law", "0003_the_calendar_has_a_history"),
    ):  # fmt: skip
        import_module(f"{room}.migrations.{name}").begin(apps, None)
    call_command("verify_history")
    assert {each.history_user for each in WorkerLink.history.all()} == {college.cast.hr}
    assert Confirmation.history.get().history_date == agreed.at


def test_an_objection_becomes_a_task_and_its_answer_is_seen_behind_the_link(settled, token, college, client):
    let_in(client, token, settled.worker)
    assert "请写明哪里不对" in client.post(own(token), {"object": "object", "text": ""}).content.decode()
    client.post(own(token), {"object": "object", "text": "我是 2015 年来的"})
    objection = Objection.objects.get()
    client.force_login(college.cast.hr)
    assert "我是 2015 年来的" in client.get(reverse("staff:objections")).content.decode()
    answer = reverse("staff:objection-answer", args=[objection.pk])
    assert client.post(answer, {"answer": "请带 2015 年的工资条来"}).status_code == 302
    assert "已经答复" in client.post(answer, {"answer": "再答一次"}).content.decode()
    client.logout()
    assert "请带 2015 年的工资条来" in let_in(client, token, settled.worker).content.decode()


def test_a_confirmation_sent_together_with_an_objection_asks_which_it_is(settled, token, client):
    let_in(client, token, settled.worker)
    both = {"confirm": "confirm", "digest": settled.digest, "text": "我是 2015 年来的"}
    page = client.post(own(token), both).content.decode()
    assert "没有确认：您写了异议，还没有提交" in page
    assert "我是 2015 年来的</textarea>" in page
    assert not Confirmation.objects.exists()
    assert not Objection.objects.exists()
    client.post(own(token), both | {"text": " \n"})
    assert Confirmation.objects.exists()


def test_an_open_objection_and_its_answer_are_said_above_the_amount_as_long_as_they_matter(settled, token, client):
    assert "您的异议" not in let_in(client, token, settled.worker).content.decode()
    client.post(own(token), {"object": "object", "text": "我是 2015 年来的"}, follow=True)
    page = client.get(own(token)).content.decode()
    assert 0 < page.find("您的异议已经送到，人事处还没有答复") < page.find("应付合计")
    Objection.objects.update(answered_at=timezone.now(), answer="请带 2015 年的工资条来")
    page = client.get(own(token)).content.decode()
    assert 0 < page.find("人事处答复了您的异议") < page.find("应付合计")


def test_who_has_read_it_leaves_and_the_digits_are_asked_for_again(settled, token, client):
    assert "看完了，退出" in let_in(client, token, settled.worker).content.decode()
    page = client.post(own(token), {"leave": "leave"}, follow=True).content.decode()
    assert "身份证末四位" in page
    assert "29,573.50" not in page
    assert "身份证末四位" in client.get(own(token)).content.decode()


def test_the_worker_sees_to_which_card_the_money_goes(settled, token, client):
    Worker.objects.filter(pk=settled.worker_id).update(bank_account="6222020200012345678")
    page = let_in(client, token, settled.worker).content.decode()
    assert "**** 5678" in page
    assert "6222020200012345678" not in page
    page = client.post(own(token), {"confirm": "confirm", "digest": settled.digest}, follow=True).content.decode()
    assert "银行卡 **** 5678" in page
    Worker.objects.filter(pk=settled.worker_id).update(bank_account="")
    assert "还没有登记，请告诉人事处" in client.get(own(token)).content.decode()


def test_who_is_taken_over_sees_the_years_that_are_carried(settled, token, client):
    earlier = {"first_day": "2009-09-01", "last_day": "2016-03-14", "employer": "甲物业"}
    own_years = settled.content["service"]
    settled.content |= {"ground": "TRANSFER_CONTINUOUS", "service": [own_years[0] | earlier, *own_years]}
    link = WorkerLink.objects.select_related("worker").get()
    link.settlement = settled
    page = render_to_string("staff_transition/own.html", _own_page(link))
    assert "17 年 4 个月 0 天（含甲物业 2009年9月1日至2016年3月14日）" in page


def test_an_objection_whose_answer_was_lost_is_recorded_once(settled, token, client):
    let_in(client, token, settled.worker)
    form = {"object": "object", "text": "我是 2015 年来的", "token": "00000000-0000-4000-8000-000000000000"}
    for _ in range(2):
        assert client.post(own(token), form).status_code == 302
    assert Objection.objects.count() == 1
    client.post(own(token), form | {"text": "工资也不对"})  # other words from the same form are said, never swallowed
    assert Objection.objects.count() == 2
    assert form["token"] in client.get(own(token)).content.decode()


def test_objections_end_with_the_limit_of_a_link_and_with_the_confirmation(settled, token, college, client):
    let_in(client, token, settled.worker)
    for number in range(confirmations.MOST_OBJECTIONS + 1):
        page = client.post(own(token), {"object": "object", "text": f"第 {number} 条"}).content.decode()
    assert "已经从这个链接提出 5 条异议" in page
    assert "第 5 条" in page  # what was written stays
    assert Objection.objects.count() == confirmations.MOST_OBJECTIONS
    fresh = confirmations.make_link(settled.worker, "confirm", by=college.cast.hr)
    link = confirmations.find_link(fresh, "confirm")
    confirmations.confirm(link, settled.digest, by=NOBODY, address=None)
    with pytest.raises(AlreadyConfirmed):
        confirmations.object_to(link, "还有一句", by=NOBODY, address=None)


def test_an_objection_sent_after_the_session_or_the_link_ended_keeps_its_words(settled, token, college, client):
    said = {"object": "object", "text": "我是 2015 年来的"}
    page = client.post(own(token), said).content.decode()
    assert "身份证末四位" in page
    page = client.post(own(token), {"digits": settled.worker.id_tail, "text": said["text"]}).content.decode()
    assert "我是 2015 年来的</textarea>" in page
    confirmations.make_link(settled.worker, "confirm", by=college.cast.hr)
    over = client.post(own(token), said)
    assert over.status_code == 410
    assert "我是 2015 年来的</textarea>" in over.content.decode()
    assert not Objection.objects.exists()


def test_the_signed_sheet_is_registered_once_and_kept_sealed(settled, college, client):
    client.force_login(college.cast.hr)
    url = reverse("staff:scan", args=[settled.worker_id])
    assert client.post(url, {"scan": SimpleUploadedFile("签字.png", PNG)}).status_code == 302
    made = Confirmation.objects.get()
    assert made.scan.is_sealed
    assert client.get(reverse("staff:scan-file", args=[made.pk])).content == PNG
    assert "已经确认过" in client.post(url, {"scan": SimpleUploadedFile("签字.png", PNG)}).content.decode()
    assert "已确认" in client.get(settled.worker.get_absolute_url()).content.decode()
    bad = client.post(url, {"scan": SimpleUploadedFile("签字.png", b"MZ" + b"0" * 50)})
    assert "不是可以上传的文件" in bad.content.decode()


def test_every_signed_sheet_can_be_taken_out_whatever_was_locked_again(signed, college, client):
    worker, hr = signed.settlement.worker, college.cast.hr
    unlock_roster(college.cleaning, by=hr, reason="补登工资")
    client.force_login(hr)
    first = reverse("staff:scan-file", args=[signed.pk])
    page = client.get(worker.get_absolute_url()).content.decode()
    assert first in page
    assert "这次结算已撤回" in page
    lock_roster(college.cleaning, by=hr, reason="再次核对")
    scan = StoredFile.keep("签字.png", PNG + b"2", "image/png", hr, sealed=True)
    second = confirmations.confirm_on_paper(worker, scan, by=hr)
    assert client.get(first).content.startswith(b"\x89PNG")
    assert client.get(reverse("staff:scan-file", args=[second.pk])).content == PNG + b"2"


@pytest.fixture
def certified(settled, monkeypatch):
    """The worker's end on its last day, with everything known that a certificate must state."""
    Worker.objects.filter(pk=settled.worker_id).update(contract_from=date(2016, 3, 15), contract_to=date(2026, 12, 31))
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2026, 12, 31))
    settled.worker.refresh_from_db()
    return settled


def test_the_certificate_says_what_the_paper_says_and_can_be_taken_away(certified, college, client):
    token = confirmations.make_link(certified.worker, "certificate", by=college.cast.hr)
    for _ in range(2):
        page = let_in(client, token, certified.worker, "own-certificate").content.decode()
        assert certified.worker.id_number not in page
    answer = client.get(own(token, "own-certificate-file"))
    paper = [each.text for each in docx.Document(io.BytesIO(answer.content)).paragraphs]
    masked = mask_id_number(certified.worker.id_number)
    for text in filter(None, paper):
        assert text.replace(certified.worker.id_number, masked).strip() in page
    assert "2026年12月31日" in paper[-6:]
    assert "10 年 9 个月" in page
    assert "非因本人意愿中断就业。" in page
    record = AccessRecord.objects.get(kind="export")
    assert ("证明书" in record.subject, record.user, record.reason) == (True, None, "本人经链接下载")
    assert client.get(own(token)).status_code == 410  # a certificate's link confirms nothing
    client.logout()
    assert "身份证末四位" in client.get(own(token, "own-certificate-file")).content.decode()


def test_the_certificate_keeps_the_date_of_its_first_look_on_the_screen_and_in_the_file(
    certified, college, client, monkeypatch
):
    token = confirmations.make_link(certified.worker, "certificate", by=college.cast.hr)
    page = client.post(own(token, "own-certificate-file"), {"digits": certified.worker.id_tail})
    assert page.url == own(token, "own-certificate")  # a file leaves the page that asked for the digits standing
    first = client.get(page.url).context["paragraphs"]
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2027, 1, 14))
    assert "2026年12月31日" in first
    assert client.get(page.url).context["paragraphs"] == first
    paper = docx.Document(io.BytesIO(client.get(own(token, "own-certificate-file")).content))
    assert "2026年12月31日" in [each.text for each in paper.paragraphs]


@pytest.mark.parametrize("change", [{"category": "DISPATCH"}, {"left_on": date(2026, 12, 1)}])
def test_whose_end_needs_no_certificate_gets_none_behind_any_link(certified, college, client, change):
    token = confirmations.make_link(certified.worker, "certificate", by=college.cast.hr)
    Worker.objects.filter(pk=certified.worker_id).update(**change)
    page = let_in(client, token, certified.worker, "own-certificate")
    assert "不用开解除（终止）劳动合同证明书" in page.content.decode()
    assert client.get(own(token, "own-certificate-file")).status_code == 409
    with pytest.raises(NoCertificate):
        confirmations.make_link(Worker.objects.get(), "certificate", by=college.cast.hr)


def test_who_is_taken_over_with_all_years_needs_no_certificate(certified):
    content = certified.content | {"ground": "TRANSFER_CONTINUOUS"}
    assert not papers.needs_certificate(LockedSettlement(worker=certified.worker, content=content))


def test_no_certificate_before_the_last_day_nor_without_its_facts(certified, college, client, monkeypatch):
    token = confirmations.make_link(certified.worker, "certificate", by=college.cast.hr)
    Worker.objects.update(is_hazard_post=True)
    page = let_in(client, token, certified.worker, "own-certificate").content.decode()
    assert "证明书还缺资料" in page
    assert "员工资料" not in page
    with pytest.raises(PaperIsStopped, match="没有离岗体检"):
        confirmations.make_link(certified.worker, "certificate", by=college.cast.hr)
    Worker.objects.update(is_hazard_post=False)
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2026, 12, 30))
    assert "从最后工作日 2026-12-31 起" in client.get(own(token, "own-certificate")).content.decode()
    with pytest.raises(CertificateTooEarly):
        confirmations.make_link(certified.worker, "certificate", by=college.cast.hr)
    source = papers.CERTIFICATE.source(certified.worker_id)  # HR prepares the paper; it is not dated before the end
    assert source.context["today"] == date(2026, 12, 31)


def test_links_for_everybody_leave_once_and_are_written_down(settled, college, client):
    client.force_login(college.cast.hr)
    answer = client.post(reverse("staff:links-make", args=[college.cleaning.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    addresses = [cell.value for row in sheet.iter_rows() for cell in row if "/own/" in str(cell.value)]
    assert len(addresses) == 1
    assert AccessRecord.objects.filter(kind="export", subject__contains="本人确认链接").exists()
    client.logout()
    assert client.get(addresses[0].replace("http://testserver", "")).status_code == 200


def test_a_page_made_for_one_worker_says_the_address_once(settled, college, client):
    client.force_login(college.cast.hr)
    page = client.post(reverse("staff:link-make", args=[settled.worker_id, "confirm"])).content.decode()
    assert "/staff/own/" in page
    assert "/staff/own/" not in client.get(settled.worker.get_absolute_url()).content.decode()


def test_two_confirmations_of_one_result_are_one(settled, token, college):
    link = confirmations.find_link(token, "confirm")
    made = confirmations.confirm(link, settled.digest, by=NOBODY, address=None)
    assert confirmations.confirm(link, settled.digest, by=NOBODY, address=None) == made
    fresh = confirmations.find_link(confirmations.make_link(settled.worker, "confirm", by=college.cast.hr), "confirm")
    with pytest.raises(AlreadyConfirmed):
        confirmations.confirm(fresh, settled.digest, by=NOBODY, address=None)
    with pytest.raises(LinkIsOver):
        confirmations.confirm(link, settled.digest, by=NOBODY, address=None)
    scan = StoredFile.keep("签字.png", PNG, "image/png", college.cast.hr, sealed=True)
    with pytest.raises(AlreadyConfirmed):
        confirmations.confirm_on_paper(settled.worker, scan, by=college.cast.hr)


# advice


def test_advice_stands_beside_the_switch_the_ground_and_the_person(consultation, college, client):
    client.force_login(college.cast.officer)
    edit = reverse("staff:consultation-edit", args=[consultation.pk])
    form = {
        "question": consultation.question, "asked_on": "2026-10-08", "adviser": "市仲裁院 李某", "answered_on": "2026-10-12",
        "advice": "分段计算，协商时取较高的。", "people": "向桂珍", "grounds": ["NEGOTIATED_EMPLOYER"], "switches": ["pre2008_method"],
        "revision": 1,
    }  # fmt: skip
    early = client.post(edit, form | {"answered_on": "2026-10-01"}).content.decode()
    assert "答复日期早于咨询日期" in early
    assert client.post(edit, form).status_code == 302
    assert "市仲裁院 李某 2026-10-12 的意见" in client.get(reverse("staff:policy")).content.decode()
    worker = Worker.objects.get()
    assert "分段计算" in client.get(worker.get_absolute_url()).content.decode()
    assert "分段计算" in client.get(consultation.get_absolute_url()).content.decode()
    assert Consultation.history.filter(id=consultation.pk).count() >= 2


def test_people_are_found_by_name_and_the_unclear_ones_are_named(worker, college, client):
    make_worker(college, 2)  # the same name
    client.force_login(college.cast.officer)
    form = {"question": "能否不付？", "asked_on": "2026-10-08", "adviser": "律师", "people": "向桂珍、王五"}
    page = client.post(reverse("staff:consultation-add"), form).content.decode()
    assert "“向桂珍”有 2 人，请加身份证末四位；花名册里没有“王五”" in page
    assert "能否不付？" in page
    answer = client.post(reverse("staff:consultation-add"), form | {"people": f"向桂珍{worker.id_tail}"})
    assert answer.status_code == 302
    assert list(Consultation.objects.get().workers.all()) == [worker]


def test_another_unit_sees_no_consultation_about_people_it_does_not_see(consultation, college):
    stranger = second_of(Role.OFFICER)
    assert not Consultation.objects.visible_to(stranger).exists()
    assert Consultation.objects.visible_to(college.cast.officer).exists()
    for name in ("head", "finance", "leader"):  # a text about a person may be about his health
        assert not Consultation.objects.visible_to(getattr(college.cast, name)).exists()
    assert Consultation.objects.visible_to(college.cast.reviewer).exists()


def test_a_text_about_one_person_stays_off_the_pages_of_others_on_the_same_ground(
    consultation, worker, college, client
):
    Consultation.objects.update(advice="向桂珍确诊职业病，不能按第四十条解除。", answered_on=date(2026, 10, 12))
    other = make_worker(college, 2, name="李四")
    set_dispositions([worker.pk, other.pk], "NEGOTIATED", by=college.cast.hr, last_day=date(2026, 12, 31))
    client.force_login(college.cast.hr)
    for name in ("staff:worker", "staff:settlement"):
        assert "确诊职业病" in client.get(reverse(name, args=[worker.pk])).content.decode()
        assert "确诊职业病" not in client.get(reverse(name, args=[other.pk])).content.decode()
    client.force_login(college.cast.leader)
    for name in ("staff:worker", "staff:settlement"):
        assert "确诊职业病" not in client.get(reverse(name, args=[worker.pk])).content.decode()
    assert client.get(consultation.get_absolute_url()).status_code == 404
    consultation.workers.clear()  # advice about nobody in particular is for every reader, on every page it bears on
    assert "确诊职业病" in client.get(reverse("staff:worker", args=[other.pk])).content.decode()


def test_general_advice_of_one_unit_is_read_but_not_changed_by_another(consultation, college, client):
    stranger = second_of(Role.OFFICER)
    consultation.workers.clear()
    client.force_login(stranger)
    assert client.get(consultation.get_absolute_url()).status_code == 200
    edit = reverse("staff:consultation-edit", args=[consultation.pk])
    assert client.get(edit).status_code == 403
    with pytest.raises(NotYours):
        save_consultation(consultation, [], by=stranger, revision=consultation.revision)


def test_the_later_of_two_answers_is_told_and_keeps_its_text(consultation, college, client):
    edit = reverse("staff:consultation-edit", args=[consultation.pk])
    form = {
        "question": consultation.question, "asked_on": "2026-10-08", "adviser": "市仲裁院 李某", "answered_on": "2026-10-12",
        "people": "向桂珍", "revision": consultation.revision,
    }  # fmt: skip
    client.force_login(college.cast.hr)
    assert client.post(edit, form | {"advice": "先到的答复"}).status_code == 302
    client.force_login(college.cast.officer)
    page = client.post(edit, form | {"advice": "后到的答复"})
    assert "何静怡在" in page.content.decode()
    assert "后到的答复" in page.content.decode()
    consultation.refresh_from_db()
    assert consultation.advice == "先到的答复"
    told = form | {"advice": "后到的答复", "revision": page.context["form"]["revision"].value()}
    assert client.post(edit, told).status_code == 302


def test_taking_an_attachment_is_written_down(consultation, college, client):
    consultation.file = StoredFile.keep("答复.pdf", b"%PDF-1", "application/pdf", college.cast.hr, sealed=True)
    consultation.save()
    client.force_login(college.cast.officer)
    assert client.get(reverse("staff:consultation-file", args=[consultation.pk])).status_code == 200
    assert "答复.pdf" in AccessRecord.objects.get().subject
