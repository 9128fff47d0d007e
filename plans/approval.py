"""A plan as a subject of approval: HR's guard, and what the decision page shows."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from approvals.models import Act, Flow
from approvals.registry import SubjectKind
from plans.actions import KIND, ended
from plans.content import digest_of
from plans.errors import RosterHasOpenErrors, StaffDataMoved, StaffNotLocked
from plans.incomplete import left_out
from plans.models import OutsourcingPlan, PlanVersion
from plans.rules.difference import Difference, difference
from staff_transition.figures import staff_figures
from staff_transition.models import Objection, SchemeStep, TransitionScheme
from staff_transition.permissions import READERS

SHOWN_CHANGES = 5


GUARDS = {"staff_data": "人事处环节", "staff_kept": "本环节"}


def guard(plan: OutsourcingPlan, key: str, by: Any) -> None:
    """HR's step and those after it: the roster locked, no open errors, the same data as the version froze.

    So a roster that is opened again holds the plan up until HR locks the same data, or the plan is sent back.
    Raises StaffNotLocked, RosterHasOpenErrors, StaffDataMoved.
    """
    if key not in GUARDS:
        return
    figures = staff_figures(plan.service)
    if figures.open_errors:
        raise RosterHasOpenErrors(service=plan.service, count=figures.open_errors, step=GUARDS[key])
    if figures.headcount and not figures.is_locked:
        raise StaffNotLocked(service=plan.service, step=GUARDS[key])
    version = plan.versions.order_by("-number")[0]
    if figures.data_digest != version.content["staff"]["data_digest"]:
        raise StaffDataMoved(number=version.number)


def decision_context(flow: Flow, user: Any) -> dict[str, Any]:
    """The figures of the frozen version, and what changed since this reader, or anybody, saw it last."""
    version = PlanVersion.objects.select_related("plan").get(plan=flow.object_id, number=flow.version)
    content = version.content
    before = seen_before(flow, user)
    changes = difference(before.content, content) if before else None
    terms, staff = content["terms"], content["staff"]
    return {
        "version": version, "content": content, "before": before, "changes": changes,
        "shown_changes": changes.numbers[:SHOWN_CHANGES] if changes else (), "count_changes": _count(changes),
        "term_price": Decimal(terms["term_price"]), "contract_price": Decimal(terms["contract_price"]),
        "self_run": Decimal(content["costs"]["total"]), "settlement": Decimal(staff["settlement_total"]),
        "left_out": left_out(content["people"]), **transition(version.plan.service_id, user),
        "open_objections": Objection.objects.open().filter(settlement__worker__service=version.plan.service_id).count(),
    }  # fmt: skip


def transition(service: int, user: Any) -> dict[str, Any]:
    """The scheme that was adopted and its duties that are late, as they stand today; links for who may open them."""
    adopted = TransitionScheme.objects.live().filter(service=service, adopted_at__isnull=False).first()
    late = SchemeStep.objects.pending().filter(scheme__service=service, due_on__lt=timezone.localdate())
    return {"scheme": adopted, "late_steps": list(late), "may_see_staff": user.has_role(*READERS)}


def seen_before(flow: Flow, user: Any) -> PlanVersion | None:
    """The version on which this person acted last; else the one before."""
    own = Act.objects.filter(flow__kind=KIND, flow__object_id=flow.object_id, flow__version__lt=flow.version, by=user)
    number = own.order_by("-flow__version").values_list("flow__version", flat=True).first() or flow.version - 1
    return PlanVersion.objects.filter(plan=flow.object_id, number=number).first()


def _count(changes: Difference | None) -> str:
    if changes is None or changes.is_empty:
        return ""
    return f"{len(changes.numbers)} 处数字、{sum(len(text.paragraphs) for text in changes.texts)} 处文字"


def faults(flow: Flow) -> list[str]:
    """What does not fit between a flow and the version it is about: changed content, or another version under its name."""
    version = PlanVersion.objects.filter(plan=flow.object_id, number=flow.version).first()
    if version is None:
        return [f"方案 V{flow.version} 不见了"]
    if digest_of(version.content) != version.digest:
        return [f"方案 V{flow.version} 的内容被改过"]
    return [] if version.digest == flow.digest else [f"方案 V{flow.version} 的指纹与审批的不一致"]


PLAN = SubjectKind(
    key=KIND,
    label="外包方案",
    load=lambda pk: OutsourcingPlan.objects.select_related("service").get(pk=pk),
    url=lambda pk: reverse("plans:plan", args=[pk]),
    part="plans/parts/decision.html",
    details="plans/parts/decision_details.html",
    context=decision_context,
    guard=guard,
    on_end=ended,
    faults=faults,
    sheet="plans/parts/sheet.html",
)
