"""Two people at once, as only PostgreSQL lets them: SQLite has one writer at a time.

The first act is kept open until the second one waits for it, which is when a row read too early is the wrong row.
"""

import io
import threading
import time
from contextlib import suppress
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.models import StoredFile
from common.refusals import Crossed, DomainError, refusal_in
from common.xlsx import MEDIA_TYPE as XLSX
from staff_transition.actions import adjustments, confirmations, imports, intakes, payments
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.rosters import lock_roster, relock_worker, reopen_worker, unlock_roster
from staff_transition.actions.schemes import adopt_scheme
from staff_transition.actions.withdrawals import withdraw_import
from staff_transition.actions.workers import add_fact, change_worker, record_leaving
from staff_transition.errors import AlreadyConfirmed, AlreadyLocked, LinkIsOver, WrongDigits
from staff_transition.importing import read_import, write_import
from staff_transition.intakes import FACTS
from staff_transition.models import (
    Adjustment,
    Confirmation,
    InsurancePeriod,
    LeaveYear,
    LockedSettlement,
    Payment,
    PaymentBatch,
    Roster,
    RosterImport,
    Worker,
)
from staff_transition.models.confirmations import MOST_ATTEMPTS
from staff_transition.payable import LIVE
from staff_transition.tests.files import PEOPLE, person, sheets, xlsx
from staff_transition.tests.fixtures import make_worker, pay_day

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
    pytest.mark.django_db(transaction=True),
]
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
PATIENCE = 300  # looks at whether the second act waits, a hundredth of a second apart


def beside(first, second):
    """What each of the two gave or raised: `second` begins when `first` is done and not yet committed."""
    is_done, said = threading.Event(), {}

    def _first():
        with transaction.atomic():
            said["first"] = first()
            is_done.set()
            for _ in range(PATIENCE):
                with connection.cursor() as cursor:
                    cursor.execute(WAITING)
                    if cursor.fetchone()[0] or "second" in said:
                        break
                time.sleep(0.01)

    def _second():
        is_done.wait()
        said["second"] = second()

    def told(name, act):
        try:
            act()
        except Exception as error:
            said[name] = error
        finally:
            is_done.set()
            connections.close_all()

    threads = [threading.Thread(target=told, args=each) for each in (("first", _first), ("second", _second))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return said["first"], said["second"]


def faults():
    out = io.StringIO()
    with suppress(CommandError, SystemExit):
        call_command("verify_history", stdout=out, stderr=out)
    return [line for line in out.getvalue().splitlines() if line and not line.startswith("核对了")]


@pytest.fixture
def room(settled, college):
    return SimpleNamespace(college=college, cast=college.cast, service=college.cleaning, worker=settled.worker)


def locked(room):
    return lock_roster(room.service, by=room.cast.hr, reason="核对完毕")


def opened(room):
    return unlock_roster(room.service, by=room.cast.hr, reason="更正")


def with_account(room, number="6222020000000001234", by=None, **more):
    worker = Worker.objects.get(pk=room.worker.pk)
    changes = {"bank_account": number} | more
    return change_worker(worker, changes, by=by or room.cast.hr, reason="本人换卡", revision=worker.revision)


def with_fact(room):
    fact = InsurancePeriod(worker=room.worker, kind="PENSION", first_month=date(2025, 1, 1))
    return add_fact(fact, by=room.cast.officer, reason="补登")


def reopened(room):
    return reopen_worker(room.worker, by=room.cast.hr, reason="更正")


def relocked(room):
    return relock_worker(room.worker, by=room.cast.hr, reason="核对完毕")


def set_(room):
    return set_dispositions([room.worker.pk], "NEGOTIATED", by=room.cast.officer, last_day=date(2026, 11, 30))


def adopted(room):
    return adopt_scheme(room.scheme, by=room.cast.officer, reason="会议决定")


def left(room):
    return record_leaving(room.service, by=room.cast.officer, reason="到期离开")


def paid(room):
    batch, finance = batched(room), room.cast.finance
    payments.approve_batch(batch, by=finance)
    payments.send_batch(batch, by=finance, address=None)
    result = payments.Result(True, timezone.localdate(), "记-1")
    payments.record_results(batch, {batch.payments.get().pk: result}, by=finance, early_reason="本人申请")


def entered(room):
    line = Adjustment(worker=room.worker, kind="AGREED_EXTRA", amount=Decimal(1000), reason="补发", evidence="会议纪要")
    room.line = adjustments.add_adjustment(line, by=room.cast.officer)


def confirmed(room):
    return adjustments.confirm_adjustment(room.line, by=room.cast.hr)


def taken_back(room):
    return adjustments.withdraw_adjustment(room.line, by=room.cast.hr, reason="录错了")


def batched(room):
    return payments.make_batch(room.service, pay_day(), by=room.cast.hr)


def read(room):
    """A roster file that says something new of a colleague's account and of the worker's remark."""
    other = make_worker(room.college, 2, name="熊爱萍", bank_account="6217000346468501111")
    rows = [
        person(other.name, other.id_number, "女", 银行卡号="6217000346468501129"),
        person(room.worker.name, room.worker.id_number, "女", 银行卡号=room.worker.bank_account, 备注="住东区"),
    ]
    room.file = imports.keep_roster("花名册.xlsx", xlsx(rows), "xlsx", by=room.cast.officer, begin=False)
    read_import(room.file, by=room.cast.officer, report=lambda *_: None)
    imports.confirm_import(room.file, by=room.cast.officer, good_rows_only=True, begin=False)


def imported(room):
    return write_import(RosterImport.objects.get(pk=room.file.pk), by=room.cast.officer)


def brought(room):
    rows = [["姓名", "身份证号", "年度", "已休（天）"], [room.worker.name, room.worker.id_number, 2024, 3]]
    file = intakes.keep_file(FACTS, SimpleUploadedFile("事实.xlsx", sheets({"休假": rows}), XLSX), by=room.cast.hr)
    return intakes.bring_in(FACTS, file, by=room.cast.hr)


PAIRS = {  # first, second, what stands before both
    "a fact while the roster is locked": (locked, with_fact, (opened,)),
    "the lock while a fact is entered": (with_fact, locked, (opened,)),
    "an account while the roster is locked": (locked, with_account, (opened,)),
    "the lock while an account is changed": (with_account, locked, (opened,)),
    "the opening while an account is changed": (with_account, opened, (reopened,)),
    "an account while the roster is opened": (opened, with_account, (reopened,)),
    "one lock while a fact is entered": (with_fact, relocked, (reopened,)),
    "a fact while one is locked": (relocked, with_fact, (reopened,)),
    "an adoption while a disposition is set": (set_, adopted, (opened,)),
    "a disposition while a scheme is adopted": (adopted, set_, (opened,)),
    "leaving while an account is changed": (with_account, left, ()),
    "an account while people leave": (left, with_account, ()),
    "a line is taken back while a batch is made": (batched, taken_back, (paid, entered, confirmed)),
    "a batch while a line is taken back": (taken_back, batched, (paid, entered, confirmed)),
    "a line is confirmed while a batch is made": (batched, confirmed, (opened, entered, locked)),
    "a batch while a line is confirmed": (confirmed, batched, (paid, entered)),
    "an import while an account is changed": (with_account, imported, (opened, read)),
    "an account while a file is imported": (imported, with_account, (opened, read)),
    "facts from a file while one is locked": (relocked, brought, (reopened,)),
    "one lock while facts come from a file": (brought, relocked, (reopened,)),
}


@pytest.mark.parametrize(("first", "second", "before"), PAIRS.values(), ids=PAIRS)
def test_two_acts_at_once_are_two_acts_one_after_the_other(first, second, before, room, scheme, monkeypatch):
    room.scheme = scheme
    for act in before:
        act(room)
    if left in (first, second):
        monkeypatch.setattr("staff_transition.actions.workers.timezone.localdate", lambda *_: date(2027, 12, 31))
    told = beside(lambda: first(room), lambda: second(room))
    for said in told:
        assert not isinstance(said, Exception) or isinstance(said, DomainError), said
    assert faults() == []
    for act, said in zip((first, second), told, strict=True):
        if act is with_account and not isinstance(said, Exception):
            assert Worker.objects.get(pk=room.worker.pk).bank_account == said.bank_account
        if act is brought and not isinstance(said, Exception):  # before the lock, so that the result holds it
            frozen = LockedSettlement.objects.standing().get()
            assert LeaveYear.history.get().history_date < frozen.computed_at
    assert not Payment.objects.filter(state__in=LIVE).exclude(settlement__withdrawn_at=None).exists()


def test_an_import_is_not_taken_back_out_of_a_roster_that_is_being_locked(room):
    opened(room)
    room.file = imports.keep_roster("误导.xlsx", xlsx([PEOPLE[2]]), "xlsx", by=room.cast.officer, begin=False)
    read_import(room.file, by=room.cast.officer, report=lambda *_: None)
    imports.confirm_import(room.file, by=room.cast.officer, good_rows_only=True, begin=False)
    done = imported(room)
    assert done["new"] == 1

    def withdrawn():
        return withdraw_import(RosterImport.objects.get(pk=room.file.pk), by=room.cast.officer, reason="导错了表")

    first, second = beside(lambda: locked(room), withdrawn)
    assert not isinstance(first, Exception), first
    assert isinstance(second, AlreadyLocked), second
    assert Worker.objects.filter(name="邓友才").exists()


def test_the_database_itself_pays_nothing_that_is_being_withdrawn(room):
    """Past the acts: two statements that know nothing of each other."""
    taken = LockedSettlement.objects.get()
    batch = PaymentBatch.objects.create(
        service=room.service, number=1, pay_on=pay_day(), made_by=room.cast.hr, made_at=timezone.now()
    )

    def withdrawn():
        return LockedSettlement.objects.filter(pk=taken.pk).update(withdrawn_at=timezone.now())

    def made():
        values = {"gross": 1, "tax": 0, "net": 1, "account": "6217"}
        return Payment.objects.create(batch=batch, worker=room.worker, settlement=taken, **values)

    assert isinstance(beside(withdrawn, made)[1], DatabaseError)
    LockedSettlement.objects.filter(pk=taken.pk).update(withdrawn_at=None)
    assert isinstance(beside(made, withdrawn)[1], DatabaseError)


ACTS = {  # act, what stands before it
    "locking": (locked, (opened,)), "opening": (opened, ()), "opening one": (reopened, ()), "locking one": (relocked, (reopened,)),
    "an account": (with_account, ()), "a fact": (with_fact, (opened,)), "a disposition": (set_, (opened,)),
    "an adoption": (adopted, (opened,)), "leaving": (left, ()), "a batch": (batched, ()), "a line": (entered, (opened,)),
    "confirming a line": (confirmed, (opened, entered)), "taking a line back": (taken_back, (opened, entered)),
    "an import": (imported, (opened, read)), "facts from a file": (brought, (opened,)),
}  # fmt: skip
ORDER = ("roster", "worker", "transitionscheme")


@pytest.mark.parametrize(("act", "before"), ACTS.values(), ids=ACTS)
def test_every_act_holds_in_one_order(act, before, room, scheme):
    """A deadlock needs two orders; which pair of acts meets is then no matter."""
    room.scheme = scheme
    for each in before:
        each(room)
    with CaptureQueriesContext(connection) as captured:
        act(room)
    locking = [each["sql"] for each in captured if "FOR NO KEY UPDATE" in each["sql"]]
    held = list(
        dict.fromkeys(sql.split('FROM "')[1].split('"')[0].removeprefix("staff_transition_") for sql in locking)
    )
    in_order = [name for name in held if name in ORDER]
    assert in_order[:2] == ["roster", "worker"]
    assert in_order == [name for name in ORDER if name in held]
    assert all(
        "ORDER BY" in sql for sql in locking if any(f'FROM "staff_transition_{name}"' in sql for name in ORDER[:2])
    )
    assert not [each["sql"] for each in captured if "FOR UPDATE" in each["sql"]]


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(room):
    token = confirmations.make_link(room.worker, "confirm", by=room.cast.hr)
    link, said, ready = confirmations.find_link(token, "confirm"), [], threading.Barrier(12)

    def guess():
        ready.wait()
        try:
            confirmations.check_digits(link, "0000")
        except DomainError as refusal:
            said.append(type(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    link.refresh_from_db()
    assert (link.attempts, said.count(WrongDigits), said.count(LinkIsOver)) == (MOST_ATTEMPTS, MOST_ATTEMPTS - 1, 8)
    with pytest.raises(LinkIsOver):
        confirmations.check_digits(link, room.worker.id_tail)


@pytest.mark.parametrize("is_scan_first", [True, False])
def test_a_link_and_a_signed_scan_at_once_are_one_confirmation(room, is_scan_first):
    link = confirmations.find_link(confirmations.make_link(room.worker, "confirm", by=room.cast.hr), "confirm")
    confirmations.check_digits(link, room.worker.id_tail)
    scan = StoredFile.keep("签字.pdf", b"%PDF-1.4", "application/pdf", room.cast.hr, sealed=True)

    def by_link():
        return confirmations.confirm(link, link.settlement.digest, by=AnonymousUser(), address=None)

    def on_paper():
        return confirmations.confirm_on_paper(room.worker, scan, by=room.cast.hr)

    both = (on_paper, by_link) if is_scan_first else (by_link, on_paper)
    first, second = beside(*both)
    assert isinstance(first, Confirmation)
    assert isinstance(second, AlreadyConfirmed)
    assert Confirmation.objects.count() == 1


def test_what_the_database_gives_up_is_told_and_not_a_fault(college):
    """Two transactions that take two rosters crosswise."""
    one, other = (Roster.objects.create(service=each) for each in list(college.services.values())[:2])
    met, lost = threading.Barrier(2), []

    def cross(first, then):
        try:
            with transaction.atomic():
                Roster.objects.select_for_update().get(pk=first.pk)
                met.wait()
                Roster.objects.select_for_update().get(pk=then.pk)
        except OperationalError as error:
            lost.append(refusal_in(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=cross, args=each) for each in ((one, other), (other, one))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [type(each) for each in lost] == [Crossed]
