"""A scheme for 环卫 on the sample roster, from the file to the last payment, by the pages that people use."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from common.models import Job, StoredFile
from demo import college as demo
from programme.models import Service
from staff_transition.actions.rosters import unlock_roster
from staff_transition.bundles import bundle_job
from staff_transition.models import (
    Confirmation,
    Disposition,
    LeaveYear,
    LockedSettlement,
    Payment,
    PaymentBatch,
    TransitionScheme,
    Worker,
)
from staff_transition.tests.files import sheets
from staff_transition.tests.fixtures import seen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def cast(transactional_db):
    """The demo college, its cleaning roster opened again."""
    from accounts.models import User

    demo.build()
    people = {user.username: user for user in User.objects.all()}
    unlock_roster(Service.objects.get(name="校园环境卫生"), by=people["hejy"], reason="按方案重新测算")
    return people


def payroll() -> bytes:
    """Twelve months of wages of everybody in the service, a column a month."""
    months = [f"{2026 if month > 0 else 2025}年{month or 12}月" for month in range(1, 13)]
    rows = [["姓名", "身份证号", *months]]
    for worker in Worker.objects.live().filter(service__name="校园环境卫生"):
        wage = float(worker.average_wage or worker.monthly_wage or 2400)
        rows.append([worker.name, worker.id_number, *[wage] * 12])
    return sheets({"工资": rows})


def test_from_the_payroll_to_the_last_payment(cast, client, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: date(2027, 1, 20))
    service = Service.objects.get(name="校园环境卫生")
    of_service = [service.pk]

    # the officer: wages, schemes, adoption
    client.force_login(cast["zhouyt"])
    file = SimpleUploadedFile("工资.xlsx", payroll(), XLSX)
    answer = client.post(reverse("staff:payroll"), {"file": file})
    assert "找不到人" in client.get(answer.url).content.decode()
    assert client.post(answer.url, seen(client, answer.url)).status_code == 302
    assert "3 个安置方案比较" in client.get(reverse("staff:scheme-compare", args=of_service)).content.decode()
    scheme = TransitionScheme.objects.get(service=service, name="受保护的接收，其余协商")
    adopt = reverse("staff:scheme-adopt", args=[scheme.pk])
    assert client.post(adopt, {"reason": "校长办公会第 2 次"} | seen(client, adopt)).status_code == 302
    assert (
        Disposition.objects.filter(worker__service=service).count()
        == Worker.objects.live().filter(service=service).count()
    )
    step = scheme.steps.get(key="offers")
    url = reverse("staff:scheme-step", args=[step.pk])
    done = {"responsible": "人事处", "done_on": "2027-01-15", "evidence": "送达回证 38 份"} | seen(client, url)
    assert client.post(url, done).status_code == 302

    # what the roster's file does not say
    of_cleaning = Worker.objects.filter(service=service)
    of_cleaning.update(cumulative_service_years=Decimal(12), leave_taken_days=Decimal(5), leave_taken_year=2027)
    LeaveYear.objects.bulk_create(LeaveYear(worker=each, year=2025, taken_days=Decimal(10)) for each in of_cleaning)

    # HR: lock, links, scan
    client.force_login(cast["hejy"])
    assert (
        client.post(
            reverse("staff:roster-lock", args=of_service), {"reason": "逐人核对", "is_checked": "on"}
        ).status_code
        == 302
    )
    kept = list(LockedSettlement.objects.live().filter(worker__service=service).select_related("worker"))
    owed = [each for each in kept if each.total > 0]
    assert owed
    assert any("÷ 12" in line["formula"] for each in owed for line in each.content["lines"])
    one, other = owed[:2]
    page = client.post(reverse("staff:link-make", args=[one.worker_id, "confirm"])).content.decode()
    address = page.split('value="http://testserver')[1].split('"')[0]
    scan = SimpleUploadedFile("签字.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    assert client.post(reverse("staff:scan", args=[other.worker_id]), {"scan": scan}).status_code == 302

    # the worker: confirms on the phone
    client.logout()
    client.post(address, {"digits": one.worker.id_tail})
    click = {"confirm": "confirm", "digest": one.digest}
    assert "您已于" in client.post(address, click, follow=True).content.decode()
    assert Confirmation.objects.count() == 2

    # the officer: all papers
    client.force_login(cast["zhouyt"])
    assert client.post(reverse("staff:bundle", args=[scheme.pk])).status_code == 302
    job = Job.objects.get(kind="staff.bundle")
    result = bundle_job(job)
    assert result["made"] > len(owed)
    assert StoredFile.objects.get(pk=result["file"]).is_sealed

    # HR makes the batch, finance approves, sends and records it
    client.force_login(cast["hejy"])
    assert client.post(reverse("staff:payment-make", args=of_service), {"pay_on": "2027-01-31"}).status_code == 302
    batch = PaymentBatch.objects.get()
    client.force_login(cast["luojp"])
    assert client.post(reverse("staff:payment-approve", args=[batch.pk])).status_code == 302
    assert client.post(reverse("staff:payment-bank", args=[batch.pk])).content.startswith(b"PK")
    payments = list(Payment.objects.filter(batch=batch))
    assert sum((each.gross for each in payments), Decimal(0)) == sum((each.total for each in owed), Decimal(0))
    form = {"paid_on": "2027-01-20", "voucher": "记-15"} | {f"p{each.pk}-result": "paid" for each in payments}
    assert client.post(reverse("staff:payment-results", args=[batch.pk]), form).status_code == 302
    batch.refresh_from_db()
    assert batch.state == PaymentBatch.State.CLOSED
    assert not LockedSettlement.objects.live().filter(worker__service=service, total__gt=0).exclude(
        worker__in=Payment.objects.filter(state="paid").values("worker")
    ).exists()  # fmt: skip
