"""Fixtures that other rooms' tests may ask for too: two services, campuses, a worker, a roster file on its way in."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import RoleHolding, User
from programme.models import Campus, Category, ScopeItem, Service
from staff_transition.models import RosterImport, RosterIssue, Worker
from staff_transition.names import pinyin_of


@pytest.fixture
def college(cast) -> SimpleNamespace:
    """The cast's logistics unit with the five services of the demo and its five campuses."""
    names = ("东校区", "西校区", "南校区", "医学分院", "师范学院")
    campuses = [
        Campus.objects.create(name=name, order=order, district="孝感市孝南区") for order, name in enumerate(names)
    ]
    services = {
        category.name: Service.objects.create(
            name=category.name, category=category, unit=cast.logistics, officer=cast.officer
        )
        for category in Category.objects.all()
    }
    ScopeItem.objects.create(
        service=services["环卫"], campus=campuses[0], content="道路清扫", quantity=100, unit="平方米"
    )
    return SimpleNamespace(cast=cast, campuses=campuses, services=services, cleaning=services["环卫"])


def make_worker(college, number: int = 1, **fields) -> Worker:
    """A worker of the cleaning service, woman, hired 2016-03-15; `number` makes the identity number differ."""
    from staff_transition.roster.identity import check_sign

    first_17 = f"42090219820315{number * 2 % 1000:03d}"
    values = {
        "service": college.cleaning, "campus": college.campuses[0], "team": "环卫", "name": "向桂珍", "sex": "F",
        "birth_date": date(1982, 3, 15), "id_number": first_17 + check_sign(first_17), "post": "清扫工",
        "category": "CONTRACT", "hired_on": date(2016, 3, 15), "monthly_wage": Decimal("2650.00"),
        "average_wage": Decimal("2688.50"), "is_insured": True, "phone": "13800001234",
        "bank_account": "6217000346468509048",
    } | fields  # fmt: skip
    if "leave_taken_days" in values:
        values.setdefault("leave_taken_year", 2026)
    worker = Worker(**values)
    worker.pinyin, worker.sort_key = pinyin_of(worker.name)
    worker.save()
    return worker


def pay_day() -> date:
    """The last day of `settled`; today once that is over."""
    return max(date(2026, 12, 31), timezone.localdate())


def seen(client, url: str) -> dict[str, str]:
    """What a form sends along of the version that its page showed."""
    return {"revision": client.get(url).context["form"]["revision"].value()}


def second_of(role: str, name: str = "另一人") -> User:
    """One more person of a role, for what needs two."""
    person = User.objects.create_user(f"second-{role}", name=name)
    RoleHolding.objects.create(user=person, role=role)
    return person


@pytest.fixture
def worker(college) -> Worker:
    return make_worker(college)


@pytest.fixture
def roster_import(college) -> RosterImport:
    """A small roster with one error, read and waiting for a decision."""
    from staff_transition.actions.imports import keep_roster
    from staff_transition.importing import read_import
    from staff_transition.tests.files import PEOPLE, xlsx

    rows = [PEOPLE[0], PEOPLE[1] | {"月工资（元）": "二千四"}, PEOPLE[2]]
    made = keep_roster("花名册.xlsx", xlsx(rows), "xlsx", by=college.cast.officer, begin=False)
    read_import(made, by=college.cast.officer, report=lambda step, doing: None)
    return made


@pytest.fixture
def roster_issue(roster_import, college) -> RosterIssue:
    return RosterIssue.objects.create(
        roster_import=roster_import, service=college.cleaning, person="熊爱萍", sheet="花名册", row=5, column="月工资（元）",
        code="wage_text", message="L5 “二千四”不是数字。请写 2400。",
    )  # fmt: skip


@pytest.fixture
def payroll(college):
    """A payroll file that the officer has uploaded."""
    from common.models import StoredFile
    from common.uploads import KINDS
    from staff_transition.tests.files import sheets

    content = sheets({"2026年9月": [["身份证号", "姓名", "应发工资"]]})
    return StoredFile.keep("工资表.xlsx", content, KINDS["xlsx"].media_type, college.cast.officer, sealed=True)


@pytest.fixture
def adjustment(worker, college):
    from staff_transition.actions.adjustments import add_adjustment
    from staff_transition.models import Adjustment

    made = Adjustment(
        worker=worker, kind="AGREED_EXTRA", amount=Decimal("3000.00"), reason="协商补助一个月生活费", evidence="谈话记录 3 号"
    )  # fmt: skip
    return add_adjustment(made, by=college.cast.officer)


@pytest.fixture
def scheme(worker, college):
    """A scheme of one rule: everybody by agreement, the end of March 2027."""
    from staff_transition.actions.schemes import save_scheme
    from staff_transition.models import SchemeRule, TransitionScheme

    made = TransitionScheme(service=college.cleaning, name="全部协商解除", last_day=date(2027, 3, 31))
    return save_scheme(made, [SchemeRule(kind="NEGOTIATED")], by=college.cast.officer, reason="拟定")


@pytest.fixture
def scheme_step(scheme, college):
    from staff_transition.actions.schemes import adopt_scheme

    adopt_scheme(scheme, by=college.cast.officer, reason="会议决定")
    return scheme.steps.first()


@pytest.fixture
def settled(worker, college):
    """The worker's result, frozen by HR's lock: 29,573.50 yuan."""
    from accounts.models import College
    from law.models import Parameter
    from staff_transition.actions.dispositions import set_dispositions
    from staff_transition.actions.rosters import lock_roster
    from staff_transition.models import LockedSettlement

    College.objects.update_or_create(pk=1, defaults={"name": "测试学院", "province": "湖北省"})
    Parameter.objects.create(
        key="min_wage_monthly", place="孝感市孝南区", value=Decimal(1970), since=date(2025, 12, 1), source="鄂政办发〔2025〕44号"
    )  # fmt: skip
    set_dispositions([worker.pk], "NEGOTIATED", by=college.cast.officer, last_day=date(2026, 12, 31))
    lock_roster(college.cleaning, by=college.cast.hr, reason="已核对")
    return LockedSettlement.objects.get()


@pytest.fixture
def batch(settled, college):
    from staff_transition.actions.payments import make_batch

    return make_batch(college.cleaning, pay_day(), by=college.cast.hr)


@pytest.fixture
def objection(settled):
    from staff_transition.models import Objection

    return Objection.objects.create(settlement=settled, text="入职日期早了一年")


@pytest.fixture
def signed(settled, college):
    """The worker's confirmation on paper."""
    from common.models import StoredFile
    from staff_transition.actions.confirmations import confirm_on_paper

    scan = StoredFile.keep("签字.png", b"\x89PNG\r\n\x1a\n", "image/png", college.cast.hr, sealed=True)
    return confirm_on_paper(settled.worker, scan, by=college.cast.hr)


@pytest.fixture
def consultation(worker, college):
    from staff_transition.actions.consultations import save_consultation
    from staff_transition.models import Consultation

    made = Consultation(
        question="2008 年以前的年限怎么算？", asked_on=date(2026, 10, 8), adviser="市仲裁院 李某", switches=["pre2008_method"],
        grounds=["NEGOTIATED_EMPLOYER"],
    )  # fmt: skip
    return save_consultation(made, [worker], by=college.cast.officer)


@pytest.fixture
def pack(worker, college, contract):
    from staff_transition.actions.dispositions import set_dispositions
    from staff_transition.actions.takeovers import send_pack

    set_dispositions([worker.pk], "TRANSFER_CONTINUOUS", by=college.cast.officer, last_day=date(2027, 3, 31))
    contract.pk, contract.number, contract.service = None, "HT-2026-02", college.cleaning
    contract.save()
    return send_pack(college.cleaning, contract.contractor, by=college.cast.hr, address=None)
