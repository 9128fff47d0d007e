"""The list for the contractor: minimum data, a receipt, sent again when something changed, the floor of the labour price."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessRecord, College
from common.refusals import NotYours
from law.models import Parameter
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.rosters import lock_roster
from staff_transition.actions.takeovers import receive_pack, send_pack
from staff_transition.errors import DayInFuture, NobodyTakenOver, PackIsReceived, PackUnchanged, ReceivedBeforeMade
from staff_transition.models import (
    Disposition,
    LockedSettlement,
    Payment,
    PaymentBatch,
    ServicePeriod,
    TakeoverPack,
    Worker,
)
from staff_transition.takeover import takeover_of
from staff_transition.tests.fixtures import make_worker

LAST_DAY = date(2027, 3, 31)


@pytest.fixture
def here(college):
    College.objects.update_or_create(pk=1, defaults={"name": "测试学院", "province": "湖北省"})
    Parameter.objects.create(
        key="min_wage_monthly", place="孝感市孝南区", value=Decimal(1970), since=date(2025, 12, 1), source="鄂政办发〔2025〕44号"
    )  # fmt: skip
    return college


def test_the_floor_is_the_wages_and_what_the_carried_years_may_cost(here):
    carried, settled = make_worker(here, 1), make_worker(here, 2, monthly_wage=Decimal(3000), average_wage=None)
    stays = make_worker(here, 3)
    for worker, kind in ((carried, "TRANSFER_CONTINUOUS"), (settled, "TRANSFER_BOUGHT_OUT"), (stays, "NEGOTIATED")):
        set_dispositions([worker.pk], kind, by=here.cast.officer, last_day=LAST_DAY)
    found = takeover_of(here.cleaning)
    assert len(found.people) == 2
    assert [(each.monthly_wage, each.average_wage) for each in found.people] == [
        (Decimal("2650.00"), Decimal("2688.50")), (Decimal("3000.00"), None),
    ]  # fmt: skip
    assert found.monthly == Decimal("5688.50")  # of the averages, which the papers promise; else of what is known
    assert found.carried == Decimal("2688.50") * Decimal("11.5")
    assert [each.years for each in found.people if each.is_continuous] == ["11 年 0 个月 17 天"]


def test_the_words_of_the_years_are_those_that_are_carried(here):
    joined, left = make_worker(here, 1, hired_on=date(2018, 1, 1)), make_worker(here, 2, hired_on=date(2018, 1, 1))
    for worker, is_own_motion in ((joined, False), (left, True)):
        ServicePeriod.objects.create(
            worker=worker, employer="甲公司", first_day=date(2012, 1, 1), last_day=date(2017, 12, 31), is_own_motion=is_own_motion
        )  # fmt: skip
    set_dispositions([joined.pk, left.pk], "TRANSFER_CONTINUOUS", by=here.cast.officer, last_day=date(2026, 12, 31))
    found = {each.years: each.carried for each in takeover_of(here.cleaning).people}
    assert found == {
        "15 年 0 个月 0 天（含合并计算的甲公司 2012-01-01 至 2017-12-31）": Decimal("2688.50") * 15,
        "9 年 0 个月 0 天": Decimal("2688.50") * 9,
    }


def test_who_goes_to_the_contractor_is_told_by_the_ground_as_amounts_and_papers_are(here):
    makes = {"set_by": here.cast.officer, "set_at": timezone.now(), "last_day": LAST_DAY}  # rows older than the check
    Disposition.objects.create(worker=make_worker(here, 1), kind="NEGOTIATED", ground="TRANSFER_CONTINUOUS", **makes)
    Disposition.objects.create(
        worker=make_worker(here, 2), kind="TRANSFER_CONTINUOUS", ground="NEGOTIATED_EMPLOYER", **makes
    )
    (taken,) = takeover_of(here.cleaning).people
    assert (taken.is_continuous, taken.years) == (True, "11 年 0 个月 17 天")


def test_a_pack_holds_no_identity_number_and_is_sent_again_only_when_something_changed(here, pack, contract, client):
    client.force_login(here.cast.hr)
    answer = client.get(reverse("staff:takeover-file", args=[pack.pk]))
    cells = [
        str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows() for cell in row
    ]
    worker = Worker.objects.get()
    assert worker.name in cells
    assert not any(worker.id_number in cell or worker.bank_account in cell for cell in cells)
    assert AccessRecord.objects.filter(subject__contains="接收人员资料").count() == 2
    with pytest.raises(PackUnchanged):
        send_pack(here.cleaning, contract.contractor, by=here.cast.hr, address=None)
    page = reverse("staff:takeover", args=[here.cleaning.pk])
    assert "上次发出以后有变动" not in client.get(page).content.decode()
    Worker.objects.update(monthly_wage=Decimal(2800))
    assert "上次发出以后有变动" in client.get(page).content.decode()
    assert client.post(page, {"contractor": contract.contractor_id}).status_code == 302
    assert TakeoverPack.objects.count() == 2


def test_years_are_called_settled_when_they_are_paid(here, worker, contract, client):
    set_dispositions([worker.pk], "TRANSFER_BOUGHT_OUT", by=here.cast.officer, last_day=date(2026, 11, 30))
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    (taken,) = takeover_of(here.cleaning).people
    assert (taken.settled_on, taken.how) == (None, "由本校结清（未付）")
    pack = send_pack(here.cleaning, contract.contractor, by=here.cast.hr, address=None, without_contract="待签约")
    kept = LockedSettlement.objects.get()
    batch = PaymentBatch.objects.create(
        service=here.cleaning, number=1, pay_on=date(2026, 12, 1), made_by=here.cast.hr, made_at=timezone.now()
    )
    Payment.objects.create(
        batch=batch, worker=worker, settlement=kept, gross=kept.total, tax=0, net=kept.total, account="6217000346468509048",
        state="paid", paid_on=date(2026, 12, 1), voucher="1",
    )  # fmt: skip
    found = takeover_of(here.cleaning)
    assert [each.how for each in found.people] == ["由本校结清（已付 2026-12-01）"]
    assert found.digest != pack.digest
    client.force_login(here.cast.hr)
    answer = client.get(reverse("staff:takeover-file", args=[pack.pk]))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert "由本校结清（未付）" in rows[2]  # as it was handed over
    assert [each for each in rows[3] if each] == ["合计 1 人", 2650, 2688.5]
    assert (
        "由本校结清（已付 2026-12-01）"
        in client.get(reverse("staff:takeover", args=[here.cleaning.pk])).content.decode()
    )


def test_the_receipt_is_registered_once_and_not_in_the_future(here, pack, client):
    with pytest.raises(DayInFuture):
        receive_pack(pack, timezone.localdate() + timedelta(days=1), "江珊", by=here.cast.hr)
    with pytest.raises(ReceivedBeforeMade):
        receive_pack(pack, timezone.localdate() - timedelta(days=1), "江珊", by=here.cast.hr)
    with pytest.raises(NotYours):
        receive_pack(pack, timezone.localdate(), "江珊", by=here.cast.officer)
    client.force_login(here.cast.hr)
    url = reverse("staff:takeover-receive", args=[pack.pk])
    assert client.post(url, {"received_on": timezone.localdate().isoformat(), "receiver": "江珊"}).status_code == 302
    with pytest.raises(PackIsReceived):
        receive_pack(pack, timezone.localdate(), "江珊", by=here.cast.hr)
    form = {"received_on": timezone.localdate().isoformat(), "receiver": "江小珊"}
    assert "请写明为什么更正" in client.post(url, form).content.decode()
    assert client.post(url, form | {"reason": "签收人写错"}).status_code == 302
    pack.refresh_from_db()
    assert (pack.receiver, pack.history.first().history_change_reason) == ("江小珊", "更正签收：签收人写错")
    assert "已签收" in client.get(reverse("staff:takeover", args=[here.cleaning.pk])).content.decode()


def test_without_anybody_to_take_over_nothing_is_sent(here, worker, contract):
    with pytest.raises(NobodyTakenOver):
        send_pack(here.cleaning, contract.contractor, by=here.cast.hr, address=None)


def test_what_was_handed_over_is_encrypted_at_rest(pack):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM staff_transition_takeoverpack")
        assert "向桂珍" not in str(cursor.fetchone()[0])


def test_a_company_without_a_contract_gets_the_list_only_with_a_reason_on_record(here, worker, contract, client):
    set_dispositions([worker.pk], "TRANSFER_CONTINUOUS", by=here.cast.officer, last_day=LAST_DAY)
    client.force_login(here.cast.hr)
    url = reverse("staff:takeover", args=[here.cleaning.pk])  # the contract is one of the gardens
    refused = client.post(url, {"contractor": contract.contractor_id})
    assert "没有“环卫”的在执行合同" in refused.content.decode()
    assert not TakeoverPack.objects.exists()
    assert (
        client.post(url, {"contractor": contract.contractor_id, "without_contract": "中标，待签约"}).status_code == 302
    )
    assert "中标，待签约" in AccessRecord.objects.get(kind="export").reason
