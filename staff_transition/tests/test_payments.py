"""Paying what was settled: batches of two people, the bank's file and answer, nobody twice, the ways back after payment."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessRecord, Role, User
from common.emptying import deletes_allowed
from common.models import StoredFile
from common.refusals import NotYours
from common.xlsx import MEDIA_TYPE as XLSX
from law.models import Parameter
from law.parameters import book_of
from law.seed import shipped
from law.working import Line, ParameterUse
from staff_transition.actions import adjustments, confirmations, payments
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.rosters import lock_roster, relock_worker, reopen_worker, unlock_roster
from staff_transition.actions.workers import change_worker
from staff_transition.errors import (
    AccountAsLocked,
    AlreadyLocked,
    AlreadyReopened,
    AlreadySent,
    AnswerIsOld,
    AnswerOfAnother,
    BatchIsHeldUp,
    BatchIsOver,
    CheckedAlready,
    DayOutOfReach,
    DecidedOtherwise,
    NobodyToPay,
    NotLocked,
    NotLockedYet,
    NotPaid,
    NotReopened,
    OwnAccount,
    OwnBatch,
    OwnReturn,
    PaidBeforeLastDay,
    PaperIsStopped,
    PayDayOutOfReach,
    SettlementIsBeingPaid,
    SupplementIsCounted,
    SupplementIsPaid,
    VoucherMissing,
    WorkerIsBeingPaid,
)
from staff_transition.examining import examine
from staff_transition.figures import staff_figures
from staff_transition.models import (
    AccountCheck,
    Adjustment,
    LockedSettlement,
    Objection,
    Payment,
    PaymentBatch,
    SchemeStep,
    Worker,
)
from staff_transition.papers import CERTIFICATE, sign_off
from staff_transition.payable import accounts, holds, payable
from staff_transition.roster.bankreturn import read_result
from staff_transition.rules.person import Local
from staff_transition.rules.settlement import tax_of_more
from staff_transition.rules.tax import table_of
from staff_transition.tests.files import person, sheets, xlsx
from staff_transition.tests.fixtures import make_worker, pay_day, second_of

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def test_a_batch_is_made_approved_sent_and_closed_on_the_pages(settled, college, client):
    client.force_login(college.cast.hr)
    make = reverse("staff:payment-make", args=[college.cleaning.pk])
    assert "29,573.50" in client.get(make).content.decode()
    assert client.post(make, {"pay_on": pay_day().isoformat()}).status_code == 302
    assert "没有可以办理的人" in client.post(make, {"pay_on": pay_day().isoformat()}).content.decode()  # clicked twice
    batch = PaymentBatch.objects.get()
    payment = Payment.objects.get()
    assert (payment.gross, payment.net, payment.tax) == (Decimal("29573.50"), Decimal("29573.50"), Decimal(0))
    assert client.post(reverse("staff:payment-approve", args=[batch.pk])).status_code == 403
    client.force_login(college.cast.finance)
    assert client.post(reverse("staff:payment-bank", args=[batch.pk])).status_code == 409  # not approved yet
    assert client.post(reverse("staff:payment-approve", args=[batch.pk])).status_code == 302
    answer = client.post(reverse("staff:payment-bank", args=[batch.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    row = [cell.value for cell in sheet[2]]
    assert row[1:5] == [settled.worker.name, settled.worker.bank_account, None, 29573.5]
    assert sheet["C2"].data_type == "s"
    assert AccessRecord.objects.filter(kind="export", subject__contains="银行付款文件").count() == 1
    results = reverse("staff:payment-results", args=[batch.pk])
    form = {"paid_on": timezone.localdate().isoformat(), "voucher": "记-128", f"p{payment.pk}-result": "failed"}
    assert "请写明原因" in client.post(results, form).content.decode()
    assert client.post(results, form | {f"p{payment.pk}-failure": "户名不符"}).status_code == 302
    batch.refresh_from_db()
    payment.refresh_from_db()
    assert (batch.state, payment.state, payment.failure) == ("closed", "failed", "户名不符")
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "户名不符" in page
    assert settled.worker.bank_account not in page
    again = payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)  # the failed one may be paid again
    assert again.number == 2
    assert client.get(reverse("staff:payments")).status_code == 200


@pytest.fixture
def returned_by_bank(sent, college, client):
    """Upload rows as the bank's answer; gives the address of the page that shows what they say."""
    client.force_login(college.cast.finance)

    def upload(*rows):
        file = SimpleUploadedFile("回单.xlsx", sheets({"结果": rows}))
        return client.post(reverse("staff:payment-return", args=[sent.pk]), {"file": file}).url

    return upload


def test_the_banks_answer_is_shown_and_recorded_as_a_whole_only_after_a_look(sent, returned_by_bank, client):
    one, other = sent.payments.select_related("worker")
    page = returned_by_bank(
        ["代发结果"], ["户名", "账号", "金额", "处理状态", "失败原因"], ["向桂珍", one.account, float(one.net), "失败", "户名不符"],
        ["向桂珍", one.account, 100, "成功", ""], ["丙", "6217000346468509999", "29,573.50元", "成功", ""], ["丁", "", 5, "成功", ""],
        ["戊", "6217000346468509998", None, "成功", ""], [other.worker.name, other.account, float(other.net), "成功", ""],
    )  # fmt: skip
    said = client.get(page).content.decode()
    for words in (
        "对上 2 笔：已付 1 笔，失败 1 笔",
        "2 行对不上（账号和金额都要一致）：第 4、5 行",
        "没有账号或金额",
        "失败：户名不符",
    ):
        assert words in said, words
    assert {row.state for row in sent.payments.all()} == {"pending"}
    form = {"paid_on": timezone.localdate().isoformat(), "voucher": "记-9", "early_reason": "提前办结", "seen": 1}
    assert "对上 2 笔，您看到的是 1 笔" in client.post(page, form).content.decode()
    assert client.post(page, form | {"seen": 2}).status_code == 302
    assert [(row.state, row.voucher, row.failure) for row in sent.payments.all()] == [
        ("failed", "", "户名不符"), ("paid", "记-9", ""),
    ]  # fmt: skip


def test_a_file_that_is_no_answer_of_a_bank_is_refused_in_words(sent, returned_by_bank, college, client):
    assert "对上 0 笔" in client.get(returned_by_bank(["无"])).content.decode()
    url = reverse("staff:payment-return", args=[sent.pk])
    assert "请选择银行回单文件" in client.post(url).content.decode()
    assert "请" in client.post(url, {"file": SimpleUploadedFile("回单.xlsx", PNG)}).content.decode()
    mine = returned_by_bank(["无"])
    client.force_login(second_of(Role.FINANCE))
    assert client.get(mine).status_code == 404


def test_results_of_any_number_of_people_are_recorded(settled, college, client, settings):
    """A form of thousands of fields is refused by the server before anybody reads it: by hand it is one page at a time."""
    unlock_roster(college.cleaning, by=college.cast.hr, reason="加人")
    more = [make_worker(college, number, bank_account=f"62170003464685{number:05d}") for number in range(2, 35)]
    set_dispositions([each.pk for each in more], "NEGOTIATED", by=college.cast.officer, last_day=date(2026, 12, 31))
    lock_roster(college.cleaning, by=college.cast.hr, reason="已核对")
    batch = sent_to_the_bank(college)
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 70
    client.force_login(college.cast.finance)
    url = reverse("staff:payment-results", args=[batch.pk])
    rows = [payment for payment, _ in client.get(url).context["form"].rows]
    form = {"paid_on": timezone.localdate().isoformat()}
    form |= {f"p{row.pk}-result": "failed" for row in rows} | {f"p{row.pk}-failure": "户名不符" for row in rows}
    assert client.post(url, form).status_code == 302
    assert batch.payments.filter(failure="户名不符").count() == len(rows) == 30
    assert len(client.get(url).context["form"].rows) == 4


def test_nobody_approves_the_own_batch(settled, college):
    batch = payments.make_batch(college.cleaning, pay_day(), by=college.cast.finance)
    with pytest.raises(OwnBatch):
        payments.approve_batch(batch, by=college.cast.finance)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentBatch.objects.filter(pk=batch.pk).update(approved_by=college.cast.finance)
    other = second_of(Role.FINANCE)
    payments.approve_batch(batch, by=other)
    with pytest.raises(BatchIsOver):
        payments.approve_batch(batch, by=other)


def test_an_approved_batch_is_taken_back_with_a_reason_and_a_sent_one_is_not(settled, batch, college, client):
    payments.approve_batch(batch, by=college.cast.finance)
    client.force_login(college.cast.hr)
    url = reverse("staff:payment-withdraw", args=[batch.pk])
    assert "请写明理由" in client.post(url, {"reason": ""}).content.decode()
    assert client.post(url, {"reason": "预算调整"}).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, Payment.objects.get().state) == ("withdrawn", "withdrawn")
    second = payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)
    payments.approve_batch(second, by=college.cast.finance)
    payments.send_batch(second, by=college.cast.finance, address=None)
    with pytest.raises(BatchIsOver):
        payments.withdraw_batch(second, by=college.cast.hr, reason="x")


def test_the_database_pays_nobody_twice(settled, batch):
    payment = Payment.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            batch=batch, worker=payment.worker, settlement=settled, gross=1, tax=0, net=1, account="6217"
        )


def test_what_is_being_paid_does_not_move(settled, batch, college):
    with pytest.raises(SettlementIsBeingPaid):
        unlock_roster(college.cleaning, by=college.cast.hr, reason="再改改")
    payments.withdraw_batch(batch, by=college.cast.hr, reason="名单有误")
    unlock_roster(college.cleaning, by=college.cast.hr, reason="再改改")
    with pytest.raises(NotLockedYet):
        payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)
    lock_roster(college.cleaning, by=college.cast.hr, reason="已核对")
    assert payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr).payments.count() == 1


def test_who_has_no_account_is_kept_back_and_named(settled, college):
    Worker.objects.filter(pk=settled.worker_id).update(bank_account="")
    found = payable(college.cleaning)
    assert [(each.worker.name, why) for each, why in found.kept_back] == [(settled.worker.name, "没有银行卡号")]
    with pytest.raises(NobodyToPay):
        payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)


def test_the_sums_of_list_batch_and_settlements_are_one(settled, college):
    batch = payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)
    assert sum(payment.gross for payment in batch.payments.all()) == sum(
        each.total for each in LockedSettlement.objects.live()
    )


def test_a_result_lies_between_the_batch_and_today_has_a_voucher_and_cannot_be_recorded_by_others(
    settled, batch, college
):
    payments.approve_batch(batch, by=college.cast.finance)
    payments.send_batch(batch, by=college.cast.finance, address=None)
    payment = Payment.objects.get()
    late = payments.Result(True, timezone.localdate() + timedelta(days=1), "记-1")
    early = payments.Result(True, timezone.localdate(batch.made_at) - timedelta(days=1), "记-1")
    for wrong in (late, early):
        with pytest.raises(DayOutOfReach):
            record(batch, {payment.pk: wrong}, by=college.cast.finance)
    with pytest.raises(VoucherMissing):
        record(batch, {payment.pk: payments.Result(True)}, by=college.cast.finance)
    with pytest.raises(NotYours):
        record(batch, {payment.pk: payments.Result(True)}, by=college.cast.hr)
    record(batch, {payment.pk: payments.Result(True, voucher="记-1")}, by=college.cast.finance)
    payment.refresh_from_db()
    assert (payment.state, payment.paid_on) == ("paid", timezone.localdate())
    assert payment.history.first().history_user == college.cast.finance


@pytest.fixture
def sent(two, college):
    """A batch of two people that the bank has."""
    return sent_to_the_bank(college)


def sent_to_the_bank(college):
    made = payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)
    payments.approve_batch(made, by=college.cast.finance)
    payments.send_batch(made, by=college.cast.finance, address=None)
    return made


@pytest.fixture
def two(settled, college):
    """`settled` and a second person of the same service, both locked."""
    unlock_roster(college.cleaning, by=college.cast.hr, reason="加一人")
    other = make_worker(college, 2, name="熊爱萍", bank_account="6217000346468501111")
    set_dispositions([other.pk], "NEGOTIATED", by=college.cast.officer, last_day=date(2026, 12, 31))
    lock_roster(college.cleaning, by=college.cast.hr, reason="已核对")
    return Worker.objects.get(pk=settled.worker_id), other


def paid(number="记-1"):
    return payments.Result(True, timezone.localdate(), number)


def record(batch, results, *, by):
    """Recorded before the last day of `settled`, so with the reason that this takes."""
    return payments.record_results(batch, results, by=by, early_reason="本人申请提前办结")


def record_paid(batch, *rows, by):
    return record(batch, {row.pk: paid() for row in rows}, by=by)


def rows_of(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]


# the bank's file and answer


def test_the_bank_file_never_holds_who_is_decided_already_and_the_second_one_asks_why(sent, college, client):
    one, other = sent.payments.select_related("worker")
    client.force_login(college.cast.finance)
    url = reverse("staff:payment-bank", args=[sent.pk])
    page = client.post(url)
    assert "同一份文件交银行两次会付两次款" in page.content.decode()
    assert rows_of(client.post(url, {"reason": "银行没有收到"})) == [one.worker.name, other.worker.name]
    record_paid(sent, one, by=college.cast.finance)
    assert rows_of(client.post(url, {"reason": "银行没有收到"})) == [other.worker.name]
    assert AccessRecord.objects.filter(kind="export", subject__contains="（再次）", reason="银行没有收到").count() == 2
    with pytest.raises(AlreadySent):
        payments.send_batch(sent, by=college.cast.finance, address=None)
    assert "再次下载银行文件" in client.get(sent.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("成功", True), ("交易成功", True), ("00-成功", True), ("已付款", True), ("处理成功。", True), ("已入账", True),
        ("失败", False), ("不成功", False), ("户名不符", False), ("退票", False), ("已拒绝", False),
        ("未成功", None), ("退汇成功", None), ("冲正成功", None), ("已付款后退回", None), ("受理成功", None), ("部分成功", None),
        ("处理中", None), ("成功失败", None), ("未付", None), ("", None),
    ],
)  # fmt: skip
def test_only_plain_words_of_the_bank_mean_paid(said, expected):
    assert read_result(said) is expected


def test_a_success_with_a_reason_of_failure_beside_it_is_for_a_person(db):
    assert read_result("成功", "账户已销户，退汇") is None


def test_a_payment_and_its_reversal_in_one_file_are_for_a_person(sent, college, client):
    one = sent.payments.first()
    lines = [["账号", "金额", "状态"], [one.account, float(one.net), "成功"], [one.account, float(one.net), "失败"]]
    upload = SimpleUploadedFile("回单.xlsx", sheets({"结果": lines}))
    file = payments.keep_return(upload, by=college.cast.finance)
    found = payments.reconcile(sent, file, by=college.cast.finance)
    assert (found.results, len(found.unclear)) == ({}, 2)


def answer(batch, *rows, by):
    """What the bank says of the rows, kept: the same words are the same bytes."""
    lines = [["账号", "金额", "状态"], *([row.account, float(row.net), said] for row, said in rows)]
    return payments.keep_return(SimpleUploadedFile("回单.xlsx", sheets({"结果": lines})), by=by)


@pytest.fixture
def failed_again(sent, college):
    """Of two people one was paid, the other's payment failed and is in a second batch; the bank has both batches."""
    finance = college.cast.finance
    one, other = sent.payments.all()
    file = answer(sent, (one, "失败"), by=finance)
    assert payments.reconcile(sent, file, by=finance).results
    record(sent, {one.pk: payments.Result(False, failure="户名不符"), other.pk: paid()}, by=finance)
    batch = payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)
    payments.approve_batch(batch, by=finance)
    payments.send_batch(batch, by=finance, address=None)
    batch.refresh_from_db()
    return SimpleNamespace(batch=batch, one=one, other=other, file=file, finance=finance)


def test_an_answer_that_was_there_before_the_batch_is_none_to_it(failed_again):
    again = StoredFile.keep("又一份.xlsx", failed_again.file.read(), XLSX, failed_again.finance, sealed=True)
    for file in (failed_again.file, again):
        with pytest.raises(AnswerIsOld):
            payments.record_return(
                failed_again.batch, file, by=failed_again.finance, paid_on=pay_day(), voucher="记-3", seen=1
            )
    assert failed_again.batch.payments.get().state == "pending"


def test_an_answer_to_another_batch_is_refused_though_a_line_fits(failed_again, client):
    case = failed_again
    theirs = answer(case.batch, (case.one, "失败"), (case.other, "成功"), by=case.finance)
    with pytest.raises(AnswerOfAnother, match="1 笔是环卫第 1 批的付款"):
        payments.reconcile(case.batch, theirs, by=case.finance)
    client.force_login(case.finance)
    page = client.get(reverse("staff:payment-return-check", args=[case.batch.pk, theirs.pk]))
    assert "只留这一批的行" in page.content.decode()
    mine = answer(case.batch, (case.one, "成功"), by=case.finance)
    assert [each.is_paid for each in payments.reconcile(case.batch, mine, by=case.finance).results.values()] == [True]


def test_the_later_of_two_different_results_is_told_and_nothing_of_it_is_written(sent, college, client):
    one, other = sent.payments.all()
    record_paid(sent, one, by=college.cast.finance)
    client.force_login(college.cast.finance)
    form = {
        "paid_on": timezone.localdate().isoformat(), "voucher": "记-2", f"p{one.pk}-result": "failed", f"p{one.pk}-failure": "户名不符",
        f"p{other.pk}-result": "paid",
    }  # fmt: skip
    page = client.post(reverse("staff:payment-results", args=[sent.pk]), form).content.decode()
    assert "已由别人登记为“已付”" in page
    assert [row.state for row in sent.payments.all()] == ["paid", "pending"]
    with pytest.raises(DecidedOtherwise):
        record(sent, {one.pk: payments.Result(False, failure="x")}, by=college.cast.finance)
    assert record_paid(sent, one, other, by=college.cast.finance) == 1  # the same again is no quarrel


def test_another_voucher_or_day_for_what_is_recorded_is_no_result_dropped_in_silence(sent, college):
    one = sent.payments.first()
    record_paid(sent, one, by=college.cast.finance)
    yesterday = timezone.localdate() - timedelta(days=1)
    for other in (paid("记-2"), payments.Result(True, yesterday, "记-1")):
        with pytest.raises(DecidedOtherwise):
            record(sent, {one.pk: other}, by=college.cast.finance)


def test_money_that_came_before_the_last_day_has_its_reason(sent, college):
    row = sent.payments.first()
    with pytest.raises(PaidBeforeLastDay, match="到账日期以后，没有登记"):
        payments.record_results(sent, {row.pk: paid()}, by=college.cast.finance)
    record_paid(sent, row, by=college.cast.finance)
    sent.refresh_from_db()
    assert sent.early_reason == "本人申请提前办结"
    assert sent.history.filter(early_reason="本人申请提前办结").first().history_user == college.cast.finance


# who is held back


def again_in(college, worker, **fields):
    """The worker left and was imported again into another service, locked there."""
    Worker.objects.filter(pk=worker.pk).update(left_on=date(2026, 12, 31))
    service = college.services["绿化"]
    new = make_worker(college, service=service, id_number=worker.id_number, **fields)
    set_dispositions([new.pk], "NEGOTIATED", by=college.cast.officer, last_day=date(2027, 3, 31))
    return service, new


def test_one_identity_is_not_paid_twice_for_the_same_years_through_a_second_row(batch, settled, college, client):
    payments.approve_batch(batch, by=college.cast.finance)
    payments.send_batch(batch, by=college.cast.finance, address=None)
    record_paid(batch, batch.payments.get(), by=college.cast.finance)
    service, _ = again_in(college, settled.worker)
    client.force_login(college.cast.hr)
    assert "以前付过，年限重叠" in client.get(reverse("staff:roster-lock", args=[service.pk])).content.decode()
    lock_roster(service, by=college.cast.hr, reason="已核对")
    with pytest.raises(NobodyToPay):
        payments.make_batch(service, date(2027, 3, 31), by=college.cast.hr)
    why = payable(service).kept_back[0][1]
    assert "“环卫”" in why
    assert f"{timezone.localdate()} 付过" in why


def test_the_import_says_that_the_years_of_a_person_were_paid(payment, college):
    worker = payment.worker
    Worker.objects.filter(pk=worker.pk).update(left_on=date(2026, 12, 31))
    for hired_on, expected in ((worker.hired_on, 1), (date(2027, 1, 1), 0)):
        row = person(worker.name, worker.id_number, "女", 入职时间=hired_on)
        found = examine(xlsx([row]), "xlsx", by=college.cast.officer, unit=college.cast.logistics)
        said = [each for each in found.reading.findings if each.code == "paid_before"]
        assert len(said) == expected
        assert all("“环卫”" in each.message and not each.is_error for each in said)


def test_a_later_stretch_of_the_same_person_is_paid(batch, settled, college):
    service, _ = again_in(college, settled.worker, hired_on=date(2027, 1, 1))
    lock_roster(service, by=college.cast.hr, reason="已核对")
    assert len(payable(service).ready) == 1


def change_account(worker, number, by):
    worker.refresh_from_db()
    return change_worker(worker, {"bank_account": number}, by=by, reason="本人换卡", revision=worker.revision)


def test_who_entered_an_account_is_told_whatever_the_clock_said(settled, college):
    cast, worker = college.cast, settled.worker
    change_account(worker, "6222020000000001234", cast.officer)
    Worker.history.filter(id=worker.pk).update(history_date=timezone.now() + timedelta(hours=1))
    change_account(worker, "6222020000000005678", cast.hr)
    worker.refresh_from_db()
    with pytest.raises(OwnAccount):
        payments.check_account(worker, by=cast.hr, how="电话", revision=worker.revision)


def test_an_account_changed_after_the_lock_is_paid_only_after_a_second_person_checked_it(settled, college, client):
    cast, worker = college.cast, settled.worker
    change_account(worker, "6222020000000001234", cast.hr)
    why = payable(college.cleaning).kept_back[0][1]
    assert "**** 9048 → **** 1234" in why
    assert cast.hr.name in why
    worker.refresh_from_db()
    with pytest.raises(OwnAccount):
        payments.check_account(worker, by=cast.hr, how="电话", revision=worker.revision)
    with pytest.raises(NotYours):
        payments.check_account(worker, by=cast.officer, how="电话", revision=worker.revision)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountCheck.objects.create(
            worker=worker, account="1", changed_by=cast.hr, checked_by=cast.hr, checked_at=timezone.now(), how="x"
        )
    client.force_login(cast.finance)
    url = reverse("staff:account-check", args=[worker.pk])
    assert "**** 9048 → **** 1234" in client.get(url).content.decode()
    assert client.post(url, {"how": "打 138 电话核对", "revision": worker.revision - 1}).status_code == 200
    assert client.post(url, {"how": "打 138 电话核对", "revision": worker.revision}).status_code == 302
    with pytest.raises(AccountAsLocked):
        payments.check_account(worker, by=second_of(Role.HR), how="电话", revision=worker.revision)
    batch = payments.make_batch(college.cleaning, pay_day(), by=cast.hr)
    page = client.get(batch.get_absolute_url()).content.decode()
    for words in ("1 人的银行卡号在第一次锁定以后改过", "**** 9048 → **** 1234", cast.hr.name, "打 138 电话核对"):
        assert words in page, words


def test_an_account_changed_again_after_the_check_or_by_hand_is_held_back_anew(settled, college):
    worker = settled.worker
    change_account(worker, "6222020000000001234", college.cast.officer)
    worker.refresh_from_db()
    payments.check_account(worker, by=college.cast.finance, how="电话", revision=worker.revision)
    assert payable(college.cleaning).ready
    Worker.objects.filter(pk=worker.pk).update(bank_account="6222020000000009999")
    assert "查不到是谁" in payable(college.cleaning).kept_back[0][1]


def test_an_account_that_nobody_knows_who_entered_takes_two_people(settled, college, client):
    cast, worker = college.cast, settled.worker
    Worker.objects.filter(pk=worker.pk).update(bank_account="6222020000000009999")
    assert payable(college.cleaning).kept_back[0][1].endswith("查不到是谁），须两人分别与本人核对")
    payments.check_account(worker, by=cast.hr, how="电话", revision=worker.revision)
    with pytest.raises(CheckedAlready):
        payments.check_account(worker, by=cast.hr, how="又一次", revision=worker.revision)
    assert payable(college.cleaning).kept_back[0][1].endswith("须再有一人与本人核对")
    payments.check_account(worker, by=cast.finance, how="当面", revision=worker.revision)
    assert payable(college.cleaning).ready
    batch = payments.make_batch(college.cleaning, pay_day(), by=cast.hr)
    client.force_login(cast.finance)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert cast.hr.name in page
    assert cast.finance.name in page


def one_by_one(service, worker, by):
    reopen_worker(worker, by=by, reason="核对资料")
    change_account(worker, "6222020000000001234", by)
    relock_worker(worker, by=by, reason="已核对")


def all_together(service, worker, by):
    unlock_roster(service, by=by, reason="核对资料")
    change_account(worker, "6222020000000001234", by)
    lock_roster(service, by=by, reason="已核对")


@pytest.mark.parametrize("around", [one_by_one, all_together])
def test_opening_and_locking_again_vouches_for_no_account(around, settled, college, client):
    cast, worker = college.cast, settled.worker
    around(college.cleaning, worker, cast.hr)
    assert "**** 9048 → **** 1234" in payable(college.cleaning).kept_back[0][1]
    with pytest.raises(NobodyToPay):
        payments.make_batch(college.cleaning, pay_day(), by=cast.hr)
    worker.refresh_from_db()
    payments.check_account(worker, by=cast.finance, how="电话", revision=worker.revision)
    batch = payments.make_batch(college.cleaning, pay_day(), by=cast.hr)
    client.force_login(cast.finance)
    assert "**** 9048 → **** 1234" in client.get(batch.get_absolute_url()).content.decode()


def test_who_had_no_result_at_the_lock_brings_no_account_along_either(settled, college):
    cast = college.cast
    unlock_roster(college.cleaning, by=cast.hr, reason="加一人")
    other = make_worker(college, 2, bank_account="6217000346468501111", average_wage=None)
    set_dispositions([other.pk], "NEGOTIATED", by=cast.officer, last_day=date(2026, 12, 31))
    lock_roster(college.cleaning, by=cast.hr, reason="已核对")
    reopen_worker(other, by=cast.hr, reason="补工资")
    other.refresh_from_db()
    changes = {"average_wage": Decimal("2688.50"), "bank_account": "6222020000000001234"}
    change_worker(other, changes, by=cast.hr, reason="补工资", revision=other.revision)
    relock_worker(other, by=cast.hr, reason="已核对")
    why = {each.worker_id: why for each, why in payable(college.cleaning).kept_back}
    assert "**** 1111 → **** 1234" in why[other.pk]


def test_who_is_held_back_costs_the_same_queries_for_one_and_for_more(two, college, django_assert_num_queries):
    change_account(two[0], "6222020000000001234", college.cast.officer)
    with django_assert_num_queries(23):
        payable(college.cleaning)


def test_what_stops_the_end_holds_the_money_back_until_the_end_has_come(settled, college, monkeypatch):
    Worker.objects.filter(pk=settled.worker_id).update(is_hazard_post=True)
    assert [why for _, why in payable(college.cleaning).kept_back] == [
        "没有离岗体检，这样办不了；办结或者改去向以后再付"
    ]
    monkeypatch.setattr(timezone, "localdate", lambda *args: settled.last_day + timedelta(days=1))
    assert [each.pk for each in payable(college.cleaning).ready] == [settled.pk]


def test_an_open_objection_holds_the_row_back_until_it_is_answered(settled, objection, college):
    assert payable(college.cleaning).kept_back[0][1] == "本人提出的异议还没有答复"
    confirmations.answer_objection(objection, "已核对", by=college.cast.hr)
    assert payable(college.cleaning).ready


def test_what_came_up_after_the_batch_was_made_stops_the_approval(settled, batch, college):
    objection = Objection.objects.create(settlement=settled, text="入职日期早了一年")
    with pytest.raises(BatchIsHeldUp, match="异议"):
        payments.approve_batch(batch, by=college.cast.finance)
    confirmations.answer_objection(objection, "已核对", by=college.cast.hr)
    change_account(settled.worker, "6222020000000001234", college.cast.officer)
    with pytest.raises(BatchIsHeldUp, match="制表后改过"):
        payments.approve_batch(batch, by=college.cast.finance)


def test_what_came_up_after_the_approval_stops_the_banks_file_and_stands_on_the_page(settled, batch, college, client):
    payments.approve_batch(batch, by=college.cast.finance)
    Objection.objects.create(settlement=settled, text="入职日期早了一年")
    client.force_login(college.cast.finance)
    assert "制表以后有 1 处不能付" in client.get(batch.get_absolute_url()).content.decode()
    with pytest.raises(BatchIsHeldUp, match="没有给文件"):
        payments.send_batch(batch, by=college.cast.finance, address=None)
    batch.refresh_from_db()
    assert batch.state == "approved"


def test_two_people_with_one_account_are_named_before_they_are_paid(two, college, client):
    change_account(two[1], two[0].bank_account, college.cast.officer)
    worker = Worker.objects.get(pk=two[1].pk)
    payments.check_account(worker, by=college.cast.finance, how="本人说是丈夫的卡", revision=worker.revision)
    client.force_login(college.cast.hr)
    make = client.get(reverse("staff:payment-make", args=[college.cleaning.pk])).content.decode()
    batch = payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)
    for page in (make, client.get(batch.get_absolute_url()).content.decode()):
        assert "不同的人用同一个银行卡号" in page


def test_the_page_of_a_new_batch_names_the_steps_that_are_still_open(scheme_step, college, client):
    client.force_login(college.cast.hr)
    make = reverse("staff:payment-make", args=[college.cleaning.pk])
    steps = SchemeStep.objects.before_payment()
    page = client.get(make).content.decode()
    assert f"办理清单还有 {steps.count()} 步没有办结" in page
    assert scheme_step.title in page
    assert "付清经济补偿" not in page  # what this very page does
    assert "两年" not in page  # what comes after the end
    steps.update(done_on=timezone.localdate(), evidence="纪要")
    assert "步没有办结" not in client.get(make).content.decode()


def test_rows_without_the_workers_word_or_with_open_items_are_marked(settled, college, client):
    client.force_login(college.cast.hr)
    assert settled.unpriced  # 累计工龄 is not known
    page = client.get(reverse("staff:payment-make", args=[college.cleaning.pk])).content.decode()
    assert "本人还没有确认的" in page
    assert "还有待补项目的" in page
    batch = payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "本人没有确认" in page
    assert f"另有待补：{settled.unpriced[0]}" in page


def test_a_batch_has_a_day_that_can_be_and_says_why_it_is_early(settled, college, client):
    today = timezone.localdate()
    for day in (today - timedelta(days=1), today + timedelta(days=400)):
        with pytest.raises(PayDayOutOfReach):
            payments.make_batch(college.cleaning, day, by=college.cast.hr)
    LockedSettlement.objects.update(withdrawn_at=timezone.now())
    unlock_roster(college.cleaning, by=college.cast.hr, reason="改日期")
    last_day = today + timedelta(days=60)
    set_dispositions([settled.worker_id], "NEGOTIATED", by=college.cast.officer, last_day=last_day)
    lock_roster(college.cleaning, by=college.cast.hr, reason="已核对")
    with pytest.raises(PaidBeforeLastDay, match=str(last_day)):
        payments.make_batch(college.cleaning, today, by=college.cast.hr)
    client.force_login(college.cast.hr)
    form = {"pay_on": today.isoformat(), "early_reason": "本人申请提前办结"}
    answer = client.post(reverse("staff:payment-make", args=[college.cleaning.pk]), form)
    assert "本人申请提前办结" in client.get(answer.url).content.decode()


# the sheet to sign


def test_a_failed_row_shows_its_failure_and_is_in_no_sum_of_the_sheet(sent, college):
    one, other = sent.payments.all()
    whole = sign_off(sent.pk).context["sum"]
    assert whole["net"] == one.net + other.net
    results = {one.pk: paid("记-7"), other.pk: payments.Result(False, timezone.localdate(), "记-7", "户名不符")}
    record(sent, results, by=college.cast.finance)
    other.refresh_from_db()
    assert (other.voucher, other.paid_on) == ("", None)
    context = sign_off(sent.pk).context
    assert [row["voucher"] for row in context["rows"]] == ["记-7", "未付：户名不符"]
    assert context["sum"]["net"] == one.net


def test_a_batch_taken_back_leaves_nothing_to_sign(batch, college):
    payments.withdraw_batch(batch, by=college.cast.hr, reason="名单有误")
    context = sign_off(batch.pk).context
    assert (context["sum"]["net"], context["rows"][0]["voucher"]) == (0, "已撤回")


def test_the_sums_of_a_batch_say_where_its_money_stands(sent, college, client):
    one, other = sent.payments.all()
    record(sent, {one.pk: paid(), other.pk: payments.Result(False, failure="户名不符")}, by=college.cast.finance)
    client.force_login(college.cast.hr)
    sums = client.get(sent.get_absolute_url()).context["sums"]
    assert (sums["paid"], sums["pending"], sums["back"]) == (one.net, 0, other.net)
    assert sums["net"] == sums["paid"] + sums["pending"] + sums["back"]


# who has no result while colleagues are paid


@pytest.fixture
def unknown(settled, college):
    """A second person whose wage was not known at the lock, while the first one is in a batch."""
    unlock_roster(college.cleaning, by=college.cast.hr, reason="加一人")
    worker = make_worker(college, 2, name="熊爱萍", bank_account="6217000346468501111", average_wage=None)
    set_dispositions([worker.pk], "NEGOTIATED", by=college.cast.officer, last_day=date(2026, 12, 31))
    lock_roster(college.cleaning, by=college.cast.hr, reason="已核对")
    sent_to_the_bank(college)
    return worker


def test_who_could_not_be_worked_out_at_the_lock_is_opened_alone_and_paid_in_a_later_batch(unknown, college, client):
    cast, wage = college.cast, {"average_wage": Decimal("2688.50")}
    [account] = accounts(type(college.cleaning).objects.all())
    assert (account.unsettled, account.is_even) == ([unknown], True)
    client.force_login(cast.hr)
    for name, kwargs in (("payment-accounts", {}), ("payment-make", {"pk": college.cleaning.pk})):
        assert unknown.name in client.get(reverse(f"staff:{name}", kwargs=kwargs)).content.decode()
    with pytest.raises(AlreadyLocked, match="锁定"):
        change_worker(unknown, wage, by=cast.officer, reason="工资表", revision=unknown.revision)
    assert (
        "请写明理由" in client.post(reverse("staff:worker-unlock", args=[unknown.pk]), {"reason": ""}).content.decode()
    )
    assert client.post(reverse("staff:worker-unlock", args=[unknown.pk]), {"reason": "补工资"}).status_code == 302
    assert not staff_figures(college.cleaning).is_locked  # an approval waits until he is locked again
    unknown.refresh_from_db()
    change_worker(unknown, wage, by=cast.officer, reason="工资表", revision=unknown.revision)
    assert client.post(reverse("staff:worker-lock", args=[unknown.pk]), {"reason": "已核对"}).status_code == 302
    assert staff_figures(college.cleaning).is_locked
    assert [each.worker for each in payable(college.cleaning).ready] == [unknown]
    unknown.refresh_from_db()
    with pytest.raises(AlreadyLocked):
        change_worker(unknown, {"average_wage": Decimal(9)}, by=cast.officer, reason="x", revision=unknown.revision)
    payments.make_batch(college.cleaning, pay_day(), by=cast.hr)
    with pytest.raises(WorkerIsBeingPaid):
        reopen_worker(unknown, by=cast.hr, reason="x")
    call_command("verify")


def test_who_was_owed_nothing_at_the_lock_gets_what_is_found_later(settled, college):
    cast = college.cast
    unlock_roster(college.cleaning, by=cast.hr, reason="加一人")
    worker = make_worker(college, 2, name="熊爱萍", cumulative_service_years=5, leave_taken_days=10)
    set_dispositions([worker.pk], "MOVED_TO_OTHER_POST", by=cast.officer, last_day=date(2026, 12, 31))
    lock_roster(college.cleaning, by=cast.hr, reason="已核对")
    sent_to_the_bank(college)
    with pytest.raises(AlreadyLocked):
        more(worker, college, "OWED_WAGES", "500.00")
    reopen_worker(worker, by=cast.hr, reason="查出拖欠工资")
    more(Worker.objects.get(pk=worker.pk), college, "OWED_WAGES", "500.00")
    relock_worker(worker, by=cast.hr, reason="已核对")
    assert LockedSettlement.objects.live().get(worker=worker).total >= 500


def test_only_hr_opens_one_person_and_only_in_a_locked_roster(unknown, college):
    with pytest.raises(NotYours):
        reopen_worker(unknown, by=college.cast.officer, reason="x")
    with pytest.raises(NotReopened):
        relock_worker(unknown, by=college.cast.hr, reason="x")
    reopen_worker(unknown, by=college.cast.hr, reason="x")
    with pytest.raises(AlreadyReopened):
        reopen_worker(unknown, by=college.cast.hr, reason="x")
    other = make_worker(college, 3, service=college.services["绿化"])
    with pytest.raises(NotLocked):
        reopen_worker(other, by=college.cast.hr, reason="x")


# the ways back


@pytest.fixture
def payment(batch, college):
    """One person, paid."""
    payments.approve_batch(batch, by=college.cast.finance)
    payments.send_batch(batch, by=college.cast.finance, address=None)
    record_paid(batch, batch.payments.get(), by=college.cast.finance)
    return batch.payments.get()


def test_a_transfer_that_came_back_frees_the_person_after_a_second_look(payment, college, client):
    cast, today = college.cast, timezone.localdate()
    client.force_login(cast.finance)
    url = reverse("staff:payment-returned", args=[payment.pk])
    late = {"returned_on": (today + timedelta(days=1)).isoformat(), "reason": "账户已销户"}
    assert "没有保存" in client.post(url, late).content.decode()
    assert client.post(url, late | {"returned_on": today.isoformat()}).status_code == 302
    with pytest.raises(NobodyToPay):  # entered is not approved
        payments.make_batch(college.cleaning, pay_day(), by=cast.hr)
    with pytest.raises(OwnReturn):
        payments.approve_return(payment, by=cast.finance)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(state="returned")
    client.force_login(second_of(Role.FINANCE))
    assert "账户已销户" in client.get(payment.batch.get_absolute_url()).content.decode()
    assert client.post(reverse("staff:payment-return-approve", args=[payment.pk])).status_code == 302
    payment.refresh_from_db()
    assert (payment.state, payment.returned_on) == ("returned", today)
    assert sign_off(payment.batch_id).context["rows"][0]["voucher"] == "已退汇：账户已销户"
    with pytest.raises(NotPaid):
        payments.register_return(payment, today, by=cast.finance, reason="x")
    assert payments.make_batch(college.cleaning, pay_day(), by=cast.hr).payments.count() == 1


def test_a_returned_payment_needs_the_entry_of_one_and_the_approval_of_another(payment, college):
    with pytest.raises(NotPaid):
        payments.approve_return(payment, by=college.cast.finance)
    with pytest.raises(NotYours):
        payments.register_return(payment, timezone.localdate(), by=college.cast.hr, reason="x")


def more(worker, college, kind="AGREED_EXTRA", amount="3000.00"):
    line = Adjustment(worker=worker, kind=kind, amount=Decimal(amount), reason="补发", evidence="会议纪要 7 号")
    adjustments.add_adjustment(line, by=college.cast.officer)
    return adjustments.confirm_adjustment(line, by=college.cast.hr)


def test_what_is_found_owed_after_the_payment_is_a_settlement_of_its_own(payment, settled, college, client):
    worker, before = settled.worker, settled.content
    with pytest.raises(SettlementIsBeingPaid, match="进入付款"):
        unlock_roster(college.cleaning, by=college.cast.hr, reason="补发")
    line = more(worker, college)
    added = line.supplement
    assert (added.supplements, added.number, added.total, added.net) == (
        settled,
        2,
        Decimal("3000.00"),
        Decimal("3000.00"),
    )
    assert [each["amount"] for each in added.content["lines"] if each["owed"]] == ["3000.00"]
    settled.refresh_from_db()
    assert settled.content == before
    assert LockedSettlement.objects.live().get() == settled
    client.force_login(college.cast.hr)
    assert "补充结算第 2 次" in client.get(worker.get_absolute_url()).content.decode()
    batch = payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)
    row = batch.payments.get()
    assert (row.net, row.is_supplement, row.account) == (Decimal("3000.00"), True, payment.account)
    with pytest.raises(NobodyToPay):
        payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)
    with pytest.raises(SupplementIsPaid):
        adjustments.withdraw_adjustment(line, by=college.cast.hr, reason="写错")
    payments.withdraw_batch(batch, by=college.cast.hr, reason="写错")
    adjustments.withdraw_adjustment(line, by=college.cast.hr, reason="写错")
    assert not payable(college.cleaning).ready
    call_command("verify_settlements")


def test_a_supplement_whose_tax_a_later_one_counts_is_not_taken_back_before_it(payment, settled, college):
    first, wages, second = (
        more(settled.worker, college, kind, amount)
        for kind, amount in (("AGREED_EXTRA", "3000.00"), ("OWED_WAGES", "100.00"), ("AGREED_EXTRA", "1000.00"))
    )
    with pytest.raises(SupplementIsCounted, match="后面第 4 次"):
        adjustments.withdraw_adjustment(first, by=college.cast.hr, reason="写错")
    adjustments.withdraw_adjustment(wages, by=college.cast.hr, reason="写错")  # taxed as wages: nothing counts it
    adjustments.withdraw_adjustment(second, by=college.cast.hr, reason="写错")
    adjustments.withdraw_adjustment(first, by=college.cast.hr, reason="写错")


def test_a_supplement_stands_beside_the_sums_and_counts_its_person_once(payment, settled, college, client):
    more(settled.worker, college)
    [account] = accounts(type(college.cleaning).objects.all())
    assert (account.owed.people, account.owed.settlements, account.is_even) == (1, 2, True)
    client.force_login(college.cast.hr)
    for url in (
        f"{reverse('staff:settlements')}?service={college.cleaning.pk}",
        reverse("staff:settlement", args=[settled.worker_id]),
    ):
        page = client.get(url).content.decode()
        assert "补充结算" in page
        assert "32,573.50" in page


def test_who_was_paid_and_then_left_early_stays_in_the_sums_and_is_told(payment, settled, college, client):
    Worker.objects.filter(pk=settled.worker_id).update(left_on=date(2026, 12, 1))
    assert staff_figures(college.cleaning).settlement_total == settled.total
    client.force_login(college.cast.finance)
    page = client.get(reverse("staff:payment-accounts")).content.decode()
    assert "可能多付" in page
    assert settled.worker.name in page


def leave(worker, day, by):
    worker.refresh_from_db()
    return change_worker(worker, {"left_on": day}, by=by, reason="登记离开", revision=worker.revision)


def test_who_stayed_beyond_the_frozen_day_is_settled_anew_before_the_money_and_the_papers(settled, college):
    cast, worker = college.cast, settled.worker
    Worker.objects.update(contract_from=date(2016, 3, 15), is_open_ended=True)
    leave(worker, date(2027, 6, 30), cast.hr)
    assert payable(college.cleaning).kept_back[0][1].startswith("2027-06-30 才离开，晚于结算的最后工作日 2026-12-31")
    [account] = accounts(type(college.cleaning).objects.all())
    assert (account.held.amount, account.is_even) == (settled.total, True)
    with pytest.raises(PaperIsStopped, match="晚于结算的最后工作日"):
        CERTIFICATE.source(worker.pk)
    reopen_worker(worker, by=cast.hr, reason="干到六月")
    leave(worker, None, cast.hr)
    set_dispositions([worker.pk], "NEGOTIATED", by=cast.officer, last_day=date(2027, 6, 30))
    worker.refresh_from_db()
    relock_worker(worker, by=cast.hr, reason="已核对")
    leave(worker, date(2027, 6, 30), cast.hr)
    [again] = payable(college.cleaning).ready
    assert again.total > settled.total
    CERTIFICATE.source(worker.pk)


def test_who_was_paid_and_stayed_longer_is_told_and_certified_to_the_day_of_leaving(payment, settled, college, client):
    Worker.objects.update(contract_from=date(2016, 3, 15), is_open_ended=True)
    leave(settled.worker, date(2027, 6, 30), college.cast.hr)
    client.force_login(college.cast.finance)
    page = client.get(reverse("staff:payment-accounts")).content.decode()
    assert "可能少付" in page
    assert "2027-06-30 离开，结算到 2026-12-31" in re.sub(r"<[^>]+>", "", page)
    said = CERTIFICATE.source(settled.worker_id).context
    assert (said["last_day"], said["years"]) == (date(2027, 6, 30), "11 年 3 个月")
    assert "少付" not in str(payable(college.cleaning).kept_back)


def test_a_line_after_the_lock_waits_for_the_payment(settled, college):
    with pytest.raises(AlreadyLocked):
        more(settled.worker, college)


def test_wages_paid_later_are_taxed_as_wages_and_a_lump_sum_with_what_was_paid_before(payment, settled, college):
    wages = more(settled.worker, college, "OWED_WAGES", "5000.00").supplement
    assert (wages.tax, wages.net) == (Decimal(0), Decimal("5000.00"))
    annual = ParameterUse("annual", "年平均工资", Decimal(10000), "yuan", "孝感市", None, "统计公报")
    local = Local(annual_wage=annual, tax_table=table_of(book_of(shipped()), date(2026, 12, 31)))
    before = [
        Line("severance", "经济补偿", "", amount=Decimal(29500), owed=True),
        Line("tax", "个人所得税", "", amount=Decimal(0)),
    ]
    first = tax_of_more(
        before, Line("agreed", "补助", "", amount=Decimal(3000), owed=True), None, None, local, "NEGOTIATED"
    )
    assert first.amount == Decimal("75.00")  # (32,500 − 3 × 10,000) × 3 %
    before += [Line("agreed", "补助", "", amount=Decimal(3000), owed=True), first.line]
    second = tax_of_more(
        before, Line("medical", "医疗补助费", "", amount=Decimal(1000), owed=True), None, None, local, "NEGOTIATED"
    )
    assert second.amount == Decimal("30.00")  # the 75 withheld are not asked for again


def test_the_database_pays_one_settlement_and_one_worker_once(payment, settled, college):
    added = more(settled.worker, college).supplement
    batch = payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)
    values = {"batch": batch, "worker": settled.worker, "gross": 1, "tax": 0, "net": 1, "account": "6217"}
    for again in ({"settlement": added, "is_supplement": True}, {"settlement": settled}, {"settlement": added}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Payment.objects.create(**values, **again)


def test_the_database_neither_pays_what_is_withdrawn_nor_withdraws_what_is_paid(batch, settled, college):
    with pytest.raises(DatabaseError, match="never withdrawn"), transaction.atomic():
        LockedSettlement.objects.update(withdrawn_at=timezone.now())
    payments.withdraw_batch(batch, by=college.cast.hr, reason="写错")
    LockedSettlement.objects.update(withdrawn_at=timezone.now())
    values = {"batch": batch, "worker": settled.worker, "gross": 1, "tax": 0, "net": 1, "account": "6217"}
    with pytest.raises(DatabaseError, match="never paid"), transaction.atomic():
        Payment.objects.create(settlement=settled, **values)
    assert holds([LockedSettlement.objects.get()], {}) == {settled.pk: "的结算已撤回"}


# what nobody changes by hand


@pytest.mark.parametrize(
    "change",
    [
        {"net": 1}, {"gross": 1}, {"tax": 1}, {"account": "6222"}, {"bank_name": "别的银行"}, {"worker": 0}, {"state": "pending"},
        {"state": "failed", "failure": "x"}, {"state": "withdrawn"}, {"voucher": "记-2"}, {"paid_on": date(2020, 1, 1)},
    ],
)  # fmt: skip
def test_the_database_refuses_to_change_what_was_paid(payment, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.update(**change)


@pytest.mark.parametrize("table", ["payment", "lockedsettlement"])
def test_the_database_refuses_to_delete_what_was_frozen_or_paid(payment, table):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM staff_transition_{table}")
    assert Payment.objects.exists()


def test_verify_settlements_is_content_with_what_the_program_does(payment, settled, college, capsys):
    more(settled.worker, college)
    call_command("verify_settlements")
    assert "查了 2 份锁定的结算、1 笔付款，0 处不符" in capsys.readouterr().out


SPOILED = {
    "金额与结算不一致": "UPDATE staff_transition_payment SET gross = gross + 1, net = net + 1",
    "银行卡号与修改记录不一致": "UPDATE staff_transition_payment SET account = ''",
    "：被删除": "DELETE FROM staff_transition_payment",
    "里银行卡号变过": "UPDATE staff_transition_historicalpayment SET account = '' WHERE history_type = '+'",
    "没有这样的办理": "UPDATE staff_transition_historicalpayment SET state = 'paid' WHERE history_type = '+'",
    "里复核人不是办理的人": "UPDATE staff_transition_historicalpaymentbatch SET history_user_id = made_by_id",
    "结算已撤回，付款还有效": "UPDATE staff_transition_lockedsettlement SET withdrawn_at = '2026-12-01'",
    "内容残缺": "UPDATE staff_transition_lockedsettlement SET content = '{}'",
    "经济补偿与内容不一致": 'UPDATE staff_transition_lockedsettlement SET content = \'{"figures": {"severance": "x"}}\'',
    "第 1 次结算：被删除": "UPDATE staff_transition_lockedsettlement SET number = 2",
}


@pytest.mark.parametrize("what", SPOILED)
def test_verify_finds_what_was_done_behind_the_triggers(payment, capsys, what):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("payment", "lockedsettlement"):
                cursor.execute(f"ALTER TABLE staff_transition_{table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'staff_transition_%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(SPOILED[what])
    with pytest.raises(SystemExit):
        call_command("verify")
    said = capsys.readouterr().out
    assert what in said
    assert "触发器 staff_transition_payment_kept：不在，或者停用了" in said


BY_HAND = {  # what no trigger refuses
    "付款失败原因": ("payment", "SET state = 'failed', failure = 'x'"),
    "到账日期": ("payment", "SET state = 'paid', paid_on = '2026-11-30', voucher = 'x'"),
    "复核人": ("paymentbatch", "SET state = 'approved', approved_by_id = (SELECT max(id) FROM accounts_user)"),
    "锁定时间": ("roster", "SET locked_at = NULL, locked_by_id = NULL"),
    "入职": ("worker", "SET hired_on = '2001-01-01'"),
    "银行卡号": ("worker", "SET bank_account = ''"),
    "最后工作日": ("disposition", "SET last_day = '2030-12-31'"),
    "没有登记过": ("historicalworker", ""),
}


@pytest.mark.parametrize("what", BY_HAND)
def test_verify_finds_what_was_changed_by_hand_past_the_program(batch, capsys, what):
    call_command("verify_history")
    table, change = BY_HAND[what]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE staff_transition_{table} {change}" if change else f"DELETE FROM staff_transition_{table}"
        )
    capsys.readouterr()
    with pytest.raises(SystemExit):
        call_command("verify_history")
    assert what.removeprefix("付款") in capsys.readouterr().out


def test_rows_that_earlier_versions_wrote_past_their_history_get_an_entry_and_no_others(batch, settled, capsys):
    make_up = import_module("staff_transition.migrations.0017_the_history_is_whole").make_up_entries
    Parameter.history.all().delete()
    LockedSettlement.history.all().delete()
    User.objects.filter(pk=batch.made_by_id).update(large_text=True)
    make_up(apps, None)
    call_command("verify_history")
    call_command("verify_settlements")
    assert LockedSettlement.history.get().history_user == settled.computed_by
    User.objects.filter(pk=batch.made_by_id).update(name="x", large_text=False)
    make_up(apps, None)
    with pytest.raises(SystemExit):
        call_command("verify_history")
    assert "姓名、大字版与修改记录不一致" in capsys.readouterr().out


def test_emptying_the_database_leaves_the_triggers_behind(payment):
    with deletes_allowed():
        pass
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM staff_transition_payment")


# owed against paid


def test_owed_is_paid_and_under_way_and_held_back_and_left(sent, two, college, client):
    one, other = sent.payments.all()
    results = {one.pk: paid(), other.pk: payments.Result(False, failure="户名不符")}
    record(sent, results, by=college.cast.finance)
    second = payments.make_batch(college.cleaning, pay_day(), by=college.cast.hr)
    payments.withdraw_batch(second, by=college.cast.hr, reason="名单有误")
    Objection.objects.create(settlement=other.settlement, text="少算一年")
    [account] = accounts(type(college.cleaning).objects.all())
    assert account.is_even
    assert (account.owed.people, account.owed.amount) == (2, one.gross + other.gross)
    assert (account.paid.amount, account.in_batches.people, account.ready.people) == (one.gross, 0, 0)
    assert account.held.amount == other.gross
    Worker.objects.filter(pk=other.worker_id).update(left_on=date(2026, 12, 1))
    [account] = accounts(type(college.cleaning).objects.all())
    assert (account.left.people, account.held.people, account.is_even) == (1, 0, True)
    client.force_login(college.cast.reviewer)
    page = client.get(reverse("staff:payment-accounts")).content.decode()
    assert "相符" in page
    assert "不符</span>" not in page
