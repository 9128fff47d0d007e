"""Building the demo college with the same actions that people use, in the order in which they would."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction

from accounts.models import College, RoleHolding, Unit, User
from approvals import actions as approvals
from approvals.actions import Decision
from approvals.models import Flow
from common.emptying import deletes_allowed
from common.history import create_many, record, record_many
from common.models import StoredFile
from common.refusals import DomainError
from common.uploads import KINDS as UPLOADS
from common.xlsx import Column, Sheet, workbook
from contractors.actions import save_contract, save_contractor
from contractors.models import Contract, Contractor, ContractorContact
from demo import facts
from demo.people import PART_TIME, invented
from law.models import PlaceTier
from plans import actions as plans
from plans.content import Working
from plans.drafting import draft_of
from plans.models import OutsourcingPlan
from plans.rules.sections import SECTIONS
from programme.actions import evidence as evidence_actions
from programme.actions.services import save_campus, save_service
from programme.models import Campus, Category, CostItem, Evidence, Finding, Measure, ScopeItem, Service
from staff_transition.actions import schemes
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.imports import confirm_import, keep_roster
from staff_transition.actions.intakes import bring_in
from staff_transition.actions.rosters import lock_roster
from staff_transition.importing import read_import, write_import
from staff_transition.intakes import PAYROLL
from staff_transition.models import SchemeRule, TransitionScheme, Worker
from staff_transition.rules.months import add_months

ROSTER = Path(__file__).parent / "data" / "roster-sample.xlsx"
SYSTEM = "演示学校"
PAYROLL_FROM = date(2025, 11, 1)
LAST_DAY, NEXT_LAST_DAY = date(2026, 12, 31), date(2027, 3, 31)  # of 环卫 and of what follows it
TO_CONTRACTOR = 15  # of the contract workers of a service, the first in the list go over with their years
KINDS = {  # kind of employment → disposition, for all but the contract workers
    "NO_WRITTEN_CONTRACT": "NEGOTIATED", "PART_TIME": "NEGOTIATED", "DISPATCH": "RETURNED_TO_AGENCY", "ESTABLISHED": "MOVED_TO_OTHER_POST",
    "REHIRED_PENSIONER": "END_OF_LABOUR_SERVICE", "OVER_AGE_NO_PENSION": "END_OF_LABOUR_SERVICE", "STUDENT": "END_OF_LABOUR_SERVICE",
    "PUBLIC_POST": "MOVED_TO_OTHER_POST",
}  # fmt: skip


class RealWork(DomainError):
    message = "数据库里有真实的学校（{what}），没有动它。"
    remedy = "演示学校请建在另一个数据库里：设 DATABASE_URL 或 DATA_DIR。"


def is_empty() -> bool:
    return not User.objects.exists() and College.current() is None


def require_no_real_work() -> None:
    """Raises RealWork unless the database is empty or holds the demo college and nobody else."""
    if is_empty():
        return
    college = College.current()
    if college is None or not college.is_demo:
        raise RealWork(what=college or "已有用户")
    known = {username for username, *_ in facts.PEOPLE}
    if stranger := User.objects.exclude(username__in=known).first():
        raise RealWork(what=f"用户 {stranger.name}")


def build(workers: int = 0) -> None:
    """The demo college from nothing: what was there of it is wiped first. Raises RealWork."""
    require_no_real_work()
    if not is_empty():
        with deletes_allowed():
            call_command("flush", interactive=False, verbosity=0)
    with transaction.atomic():
        cast = _people()
        _places(cast["xuhai"])
        services = _services(cast["zhouyt"])
        _evidence(cast, services)
        _contract(cast, services["物业"])
    _roster(cast["zhouyt"])
    _payroll(cast["zhouyt"])
    _hours(cast["zhouyt"])
    with transaction.atomic():
        if workers:
            create_many(invented(workers, list(services.values()), list(Campus.objects.all())), cast["zhouyt"], SYSTEM)
        _decide_people(cast, services["环卫"])
        _schemes(cast, services["环卫"], LAST_DAY)
        _decide_people(cast, services["绿化"])
        schemes.adopt_scheme(
            _schemes(cast, services["绿化"], NEXT_LAST_DAY), by=cast["zhouyt"], reason="处务会讨论，先按此方案测算报批"
        )
        _plan_for_the_leader(cast, services["环卫"])
        _plan_with_hr(cast, services["绿化"])


def _people() -> dict[str, User]:
    College.objects.create(pk=1, is_demo=True, **facts.COLLEGE)
    units = {name: Unit.objects.create(name=name, order=order) for order, name in enumerate(facts.UNITS)}
    cast = {}
    for username, name, unit, post, roles in facts.PEOPLE:
        is_admin = "admin" in roles
        person = User.objects.create_user(
            username,
            password=facts.PASSWORD,
            name=name,
            unit=units.get(unit),
            post=post,
            is_staff=is_admin,
            is_superuser=is_admin,
        )
        create_many([RoleHolding(user=person, role=role) for role in roles], None, SYSTEM)
        cast[username] = person
    return cast


def _places(admin: User) -> None:
    for order, name in enumerate(facts.CAMPUSES):
        save_campus(Campus(name=name, district=facts.DISTRICT, order=order), by=admin)
    tier, since, source = facts.TIER
    record(PlaceTier(place=facts.DISTRICT, tier=tier, since=since, source=source), admin, SYSTEM)


def _services(officer: User) -> dict[str, Service]:
    campuses, made = list(Campus.objects.all()), {}
    for category in Category.objects.filter(name__in=facts.SERVICES):
        name, scope, costs = facts.SERVICES[category.name]
        service = Service(
            name=name, category=category, unit=officer.unit, officer=officer, started_on=date(facts.YEAR, 9, 28)
        )
        if category.name == "水泵维护":
            service.officer = None
        if category.name == "物业":
            service.mode = Service.Mode.PARTLY
        rows: list[Any] = [
            ScopeItem(campus=campus, content=content, quantity=quantity, unit=unit)
            for content, unit, quantities in scope
            for campus, quantity in zip(campuses, quantities, strict=True)
        ]
        rows += [
            CostItem(year=facts.YEAR - 1, kind=kind, amount=amount, source="演示值") for kind, amount in costs.items()
        ]
        made[category.name] = save_service(
            service, [(row, False) for row in rows], by=officer, reason="立项", revision=None
        )
    return made


def _evidence(cast: dict[str, User], services: dict[str, Service]) -> None:
    officer, people = cast["zhouyt"], {person.name: person for person in cast.values()}
    held = []
    for kind, title, begin, end, audience, partner, counts in facts.EVIDENCE:
        one = Evidence(
            unit=officer.unit, kind=kind, title=title, held_from=date(facts.YEAR, *begin), held_to=end and date(facts.YEAR, *end),
            audience=audience, partner=partner, **counts,
        )  # fmt: skip
        held.append(evidence_actions.save_evidence(one, list(services.values()), by=officer, reason="登记调研"))
    for index, area, text, category, measures in facts.FINDINGS:
        finding = Finding(evidence=held[index], area=area, text=text, service=services.get(category or ""))
        evidence_actions.add_finding(finding, by=officer)
        for words, owner, due, state, result in measures:
            measure = Measure(finding=finding, text=words, owner=people.get(owner), due_on=date(*due))
            measure.owner_name = "" if measure.owner else owner
            evidence_actions.add_measure(measure, by=officer)
            if state:
                evidence_actions.close_measure(measure, state, by=officer, result=result, today=date(*due))


def _contract(cast: dict[str, User], service: Service) -> None:
    officer = cast["zhouyt"]
    company = save_contractor(Contractor(**facts.CONTRACTOR), [], by=officer, reason="登记承包商")
    record(
        ContractorContact(contractor=company, name="江珊", post="项目经理", user=cast["jiangs"]), officer, "登记联系人"
    )
    save_contract(
        Contract(service=service, contractor=company, **facts.CONTRACT), by=officer, reason="登记合同", revision=None
    )


def _roster(officer: User) -> None:
    """The office's own file, through the same import as on the page."""
    made = keep_roster(ROSTER.name, ROSTER.read_bytes(), "xlsx", by=officer, begin=False)
    read_import(made, by=officer, report=lambda step, doing: None)
    made.refresh_from_db()
    write_import(confirm_import(made, by=officer, good_rows_only=False, begin=False), by=officer)


def _payroll(officer: User) -> None:
    """Twelve months of wages at everybody's average, through the same import as on the page."""
    months = [add_months(PAYROLL_FROM, number) for number in range(12)]
    columns = (
        Column("姓名"),
        Column("身份证号", width=22),
        *(Column(f"{month:%Y年%m月}", "amount") for month in months),
    )
    paid = Worker.objects.exclude(average_wage=None)
    rows = [[worker.name, worker.id_number, *[worker.average_wage] * len(months)] for worker in paid]
    content = workbook([Sheet("工资", columns, rows)])
    file = StoredFile.keep("工资表 2025-11 至 2026-10.xlsx", content, UPLOADS["xlsx"].media_type, officer, sealed=True)
    bring_in(PAYROLL, file, by=officer)


def _hours(officer: User) -> None:
    """What the roster does not say of part-timers and their pay hangs on."""
    held = list(Worker.objects.filter(category="PART_TIME"))
    for worker in held:
        for field, value in PART_TIME.items():
            setattr(worker, field, value)
    record_many(held, tuple(PART_TIME), officer, SYSTEM)


def _decide_people(cast: dict[str, User], service: Service) -> None:
    officer = cast["zhouyt"]
    for category, kind in KINDS.items():
        if keys := list(_of(service, category)):
            set_dispositions(keys, kind, by=officer, last_day=LAST_DAY)
    keys = list(_of(service, "CONTRACT"))
    for kind, part in (("TRANSFER_CONTINUOUS", keys[:TO_CONTRACTOR]), ("NEGOTIATED", keys[TO_CONTRACTOR:])):
        if part:
            set_dispositions(part, kind, by=officer, last_day=LAST_DAY)


def _schemes(cast: dict[str, User], service: Service, last_day: date) -> TransitionScheme:
    """Three ways side by side; returns the mixed one."""
    others = [{"category": category, "kind": kind} for category, kind in KINDS.items()]
    agreed, taken = {"kind": "NEGOTIATED"}, {"kind": "TRANSFER_CONTINUOUS"}
    for name, rules in (
        ("全部协商解除", [*others, agreed]), ("全部由承接单位接收", [*others, taken]),
        ("受保护的接收，其余协商", [*others, {"who": "shielded", **taken}, agreed]),
    ):  # fmt: skip
        scheme = TransitionScheme(service=service, name=name, last_day=last_day)
        rows = [SchemeRule(**rule) for rule in rules]
        schemes.save_scheme(scheme, rows, by=cast["zhouyt"], reason="拟定，供比较")
    return scheme


def _of(service: Service, category: str) -> Any:
    return (
        Worker.objects.live()
        .filter(service=service, category=category)
        .order_by("sort_key", "pk")
        .values_list("pk", flat=True)
    )


def _drafted(cast: dict[str, User], service: Service, price: int, funding: str) -> OutsourcingPlan:
    officer = cast["zhouyt"]
    plan = plans.start_plan(service, by=officer)
    terms = {
        "contract_price": Decimal(price), "supervision": Decimal(60_000), "funding": funding, "method": "OPEN_TENDER",
        "first_year": facts.YEAR + 1,
    }  # fmt: skip
    plan = plans.save_terms(plan, terms, by=officer, revision=plan.revision)
    working = Working(plan)
    for section in SECTIONS:
        draft = draft_of(section.key, working)
        text = facts.TEXTS.get(section.key) or draft
        plans.save_section(plan, section.key, text, by=officer, revision=1, draft=draft)
    return plan


def _flow(plan: OutsourcingPlan) -> Flow:
    return Flow.objects.get(kind=plans.KIND, object_id=plan.pk, status="running")


def _act(flow: Flow, by: User, opinion: str, kind: str = "approve", **more: Any) -> None:
    flow.refresh_from_db()
    approvals.decide(flow, Decision(kind, opinion, flow.digest, **more), by=by)


def _plan_for_the_leader(cast: dict[str, User], service: Service) -> None:
    """Sent back once by finance, repaired, with one reservation, waiting for the leader."""
    officer = cast["zhouyt"]
    plan = _drafted(cast, service, 1_584_000, "由学校统筹解决")
    plans.submit_plan(plan, by=officer)
    lock_roster(service, by=cast["hejy"], reason="38 人已核，无未决错误")
    _act(_flow(plan), cast["zhengga"], "同意上报。")
    _act(_flow(plan), cast["hejy"], "花名册 38 人已核，无未决错误，已锁定。")
    _act(_flow(plan), cast["luojp"], "一次性费用未列资金来源，请核减合同年价后再报。", "return")
    plan.refresh_from_db()
    terms = {"contract_price": Decimal(1_536_000), "funding": "2027 年后勤专项“社会化改革”科目，财务处已确认额度"}
    plan = plans.save_terms(plan, terms, by=officer, revision=plan.revision)
    section = plan.sections.get(key="comparison")
    draft = draft_of("comparison", Working(plan))
    plans.save_section(plan, "comparison", draft, by=officer, revision=section.revision, draft=draft)
    plans.submit_plan(
        plan, by=officer, answer="合同年价压到 153.60 万元；资金来源已与财务处确认。", copies=[cast["fangzy"]]
    )
    for username, opinion, has_reservation in (
        ("zhengga", "同意上报。", False), ("hejy", "同意，人员资料没有变动。", False),
        ("luojp", "额度已落实，从 2027 年后勤专项列支。", False),
        ("qinwt", "连续工作满十五年、五年内退休的职工不得用第四十条解除；协商不成的须保留岗位，合同应写明承接义务。", True),
    ):  # fmt: skip
        _act(_flow(plan), cast[username], opinion, has_reservation=has_reservation)


def _plan_with_hr(cast: dict[str, User], service: Service) -> None:
    """Waiting at HR's step: the roster is not locked yet."""
    plan = _drafted(cast, service, 1_380_000, "2027 年后勤专项")
    plans.submit_plan(plan, by=cast["zhouyt"])
    _act(_flow(plan), cast["zhengga"], "同意上报。")


def sign_ins() -> list[str]:
    """What the person who started the demo needs to get in."""
    roles = {holding.user_id: holding.get_role_display() for holding in RoleHolding.objects.all()}
    return [f"{person.username}  {person.name}  {roles.get(person.pk, '')}" for person in User.objects.order_by("pk")]
