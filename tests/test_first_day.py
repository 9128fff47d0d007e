"""A real college from an empty database to the printed 请示, through the pages alone."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts import setup
from accounts.models import Unit, User
from approvals.models import Flow
from documents.models import Document
from plans.models import OutsourcingPlan
from plans.rules.sections import SECTIONS
from programme.models import Campus, Category, Service
from staff_transition.models import RosterImport, Worker
from staff_transition.tests.fixtures import seen

ROSTER = Path(settings.BASE_DIR) / "demo" / "data" / "roster-sample.xlsx"
PEOPLE = (
    "zhou\t周经办\t后勤处\t科员\t经办人\nzheng\t郑处长\t后勤处\t处长\t后勤处负责人\nhe\t何人事\t人事处\t\t人事\n"
    "luo\t罗财务\t财务处\t\t财务\nqin\t秦法务\t法务处\t\t法务/审计/纪检\nchen\t陈校长\t校领导\t副校长\t校领导"
)


def posted(client, name, data, *args):
    """Post and follow; a page that shows the form again says what is wrong."""
    response = client.post(reverse(name, args=args), data)
    wrong = re.findall(r"role=\"alert\".*?</div></div>", response.content.decode(), re.DOTALL)
    assert response.status_code == 302, wrong
    return response


def signed_in(username) -> Client:
    person = User.objects.get(username=username)
    person.must_change_password = False
    person.save()
    client = Client()
    client.force_login(person)
    return client


def management(prefix, total):
    counts = {"TOTAL_FORMS": total, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    return {f"{prefix}-{name}": count for name, count in counts.items()}


@pytest.mark.django_db(transaction=True)
def test_a_college_gets_from_nothing_to_its_request(client):
    first = {"college": "某某职业技术学院", "name": "许海", "username": "xuhai", "password": "an-honest-secret-7"}
    posted(client, "accounts:setup", first | {"code": setup.setup_code()})
    posted(client, "accounts:college", {"name": "某某职业技术学院", "province": "湖北省", "document_mark": "某职院后"})
    for order, name in enumerate(("后勤处", "人事处", "财务处", "法务处", "校领导")):
        posted(client, "accounts:units", {"name": name, "order": order})
    assert (
        "初始密码" in client.post(reverse("accounts:people-paste"), {"text": PEOPLE, "confirm": "1"}).content.decode()
    )
    for order, name in enumerate(("东校区", "西校区", "南校区", "医学分院", "师范学院")):
        posted(client, "programme:campuses", {"name": name, "district": "孝感市孝南区", "order": order})
    tier = {"place": "孝感市孝南区", "tier": "湖北省/三档", "since": "2024-02-01", "source": "附件"}
    posted(client, "law:tier-add", tier)
    assert "还没有经办" not in client.get(reverse("accounts:first-steps")).content.decode()

    officer = signed_in("zhou")
    for category in Category.objects.all():
        rows = management("scope", 1) | management("cost", 1) | {
            "scope-0-content": "保洁", "scope-0-campus": Campus.objects.first().pk, "scope-0-quantity": "100", "scope-0-unit": "平方米",
            "cost-0-year": "2025", "cost-0-kind": "wages", "cost-0-amount": "120万",
        }  # fmt: skip
        posted(
            officer,
            "programme:service-add",
            {"name": category.name, "category": category.pk, "mode": "self_run"} | rows,
        )
    assert Service.objects.filter(unit=Unit.objects.get(name="后勤处")).count() == 5

    with ROSTER.open("rb") as file:
        posted(officer, "staff:import", {"file": file})
    made = RosterImport.objects.get()
    assert made.state == "checked"
    posted(officer, "staff:import-confirm", {}, made.pk)
    assert Worker.objects.count() == 212

    cleaning = Service.objects.get(name="环卫")
    for kind, category in (
        ("NEGOTIATED", "CONTRACT"), ("NEGOTIATED", "NO_WRITTEN_CONTRACT"), ("NEGOTIATED", "PART_TIME"), ("RETURNED_TO_AGENCY", "DISPATCH"),
        ("END_OF_LABOUR_SERVICE", "REHIRED_PENSIONER"),
    ):  # fmt: skip
        query = f"?all=1&service={cleaning.pk}&category={category}"
        url = reverse("staff:dispositions") + query
        answer = officer.post(url, {"kind": kind, "last_day": "2026-12-31"} | seen(officer, url))
        assert answer.status_code == 302, answer.content.decode()[:3000]

    for worker in Worker.objects.filter(service=cleaning, category="PART_TIME"):  # their pay hangs on it
        initial = officer.get(reverse("staff:worker-edit", args=[worker.pk])).context["form"].initial
        hours = {
            "hours_per_day": 3,
            "days_per_week": 5,
            "paid_by_hour": "true",
            "pay_cycle_days": 15,
            "reason": "核对考勤和工资表",
        }
        known = {name: value for name, value in initial.items() if value is not None and name not in {"is_open_ended"}}
        posted(officer, "staff:worker-edit", known | {"is_insured": str(worker.is_insured).lower()} | hours, worker.pk)

    posted(officer, "plans:start", {"service": cleaning.pk})
    plan = OutsourcingPlan.objects.get()
    terms = {
        "title": plan.title, "contract_years": 3, "first_year": 2027, "contract_price": "100万", "supervision": "3万",
        "funding": "后勤专项",
        "method": "CONSULTATION", "compared_years": 5, "wage_growth": 5, "other_growth": 2, "price_growth": 0, "revision": plan.revision,
    }  # fmt: skip
    posted(officer, "plans:terms", terms, plan.pk)
    for section in SECTIONS:
        posted(officer, "plans:section", {"text": f"{section.label}写好了。", "revision": 1}, plan.pk, section.key)
    posted(officer, "plans:submit", {}, plan.pk)
    assert Flow.objects.get().step == "logistics"
    posted(officer, "documents:make", {"number": "某职院后〔2026〕1号"}, "qingshi", plan.pk)
    assert Document.objects.get().title == "关于环卫服务外包的请示"
    assert plan.versions.get().content["staff"]["headcount"] == Worker.objects.filter(service=cleaning).count()
    assert plan.versions.get().at.date() >= date(2026, 1, 1)
