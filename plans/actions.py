"""Starting a plan, saving it piece by piece, submitting a frozen version, and what the approval's end does to it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from approvals import actions as approvals
from approvals.models import Flow
from approvals.rules.flow import Status
from common.history import create_many, record, require_fresh
from common.models import StoredFile
from common.refusals import NotYours, require
from common.uploads import KINDS
from plans import permissions
from plans.content import Working, content_of, digest_of
from plans.errors import Incomplete, NotADraft, SectionIsStale
from plans.models import OutsourcingPlan, PlanFile, PlanSection, PlanVersion
from plans.rules.figures import moved
from plans.rules.sections import SECTIONS
from programme.actions import move_stage
from programme.models import Service, Stage
from programme.permissions import may_edit as may_edit_service

KIND = "plan"
SHOWN = 4  # missing items named in a refusal


@transaction.atomic
def start_plan(service: Service, *, by: Any) -> OutsourcingPlan:
    """Begin the plan of a service, or give the one that is there. Raises NotYours."""
    mine = by.has_role(*permissions.EDITORS) and may_edit_service(by, service)
    require(mine, NotYours, act="起草这个项目的方案", who="本部门经办人")
    held = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    live = OutsourcingPlan.objects.filter(service=held).exclude(state=OutsourcingPlan.State.REJECTED)
    if found := live.first():
        return found
    year = timezone.localdate().year + 1
    plan = OutsourcingPlan(service=held, title=f"{held.name}服务外包方案", drafter=by, first_year=year)
    record(plan, by, "开始起草")
    create_many([PlanSection(plan=plan, key=section.key, saved_by=by) for section in SECTIONS], by, "开始起草")
    if held.stage == Stage.PROPOSED:
        move_stage(held, Stage.PLANNING, by=by, reason="开始起草方案")
    return plan


def _held(plan: OutsourcingPlan, by: Any) -> OutsourcingPlan:
    """The plan for this transaction alone, a draft that this person may change."""
    held = OutsourcingPlan.objects.select_for_update(of=("self",)).select_related("service").get(pk=plan.pk)
    require(permissions.may_edit(by, held), NotYours, act="修改这份方案", who="本部门经办人")
    require(held.is_draft, NotADraft, state=held.get_state_display())
    return held


@transaction.atomic
def save_section(plan: OutsourcingPlan, key: str, text: str, *, by: Any, revision: int, draft: str = "") -> PlanSection:
    """Save the text of one section; `draft`: what drafting said on the page where it was written.

    The text goes by that draft once it holds no figure of an earlier one that this draft does not give.
    Raises NotYours, NotADraft, SectionIsStale when somebody saved other text meanwhile.
    """
    section = _section(_held(plan, by), key)
    if section.text == text:
        return section
    if section.revision != revision:
        at = f"{timezone.localtime(section.saved_at):%m-%d %H:%M}"
        raise SectionIsStale(who=section.saved_by, at=at)
    section.text, section.revision, section.saved_by = text, section.revision + 1, by
    if draft and not moved(text, section.draft, draft):
        section.draft = draft
    record(section, by, "修改方案", "text", "draft", "revision", "saved_by", "saved_at")
    return section


@transaction.atomic
def keep_figures(plan: OutsourcingPlan, key: str, draft: str, *, by: Any, revision: int) -> None:
    """Let the figures of a section stand although `draft`, which the person saw, has others. Raises NotYours, NotADraft, Stale."""
    section = _section(_held(plan, by), key)
    require_fresh(section, revision)
    found = "；".join(map(str, moved(section.text, section.draft, draft)))
    section.kept_draft = draft
    record(section, by, f"核对过，照写：{found}", "kept_draft")


def _section(held: OutsourcingPlan, key: str) -> PlanSection:
    return held.sections.select_for_update(of=("self",)).get(key=key)


@transaction.atomic
def save_terms(plan: OutsourcingPlan, changes: dict[str, Any], *, by: Any, revision: int) -> OutsourcingPlan:
    """Save title, price, assumptions, method, funding. Raises NotYours, NotADraft, Stale."""
    held = _held(plan, by)
    require_fresh(held, revision)
    changed = [name for name, value in changes.items() if getattr(held, name) != value]
    if changed:
        for name in changed:
            setattr(held, name, changes[name])
        held.revision += 1
        record(held, by, "修改方案", *changed, "revision")
    return held


@transaction.atomic
def attach(plan: OutsourcingPlan, upload: tuple[str, str, bytes], *, by: Any) -> PlanFile:
    """Add an attachment: (name, kind of common.uploads, content)."""
    held = _held(plan, by)
    name, kind, content = upload
    made = PlanFile.objects.create(plan=held, file=StoredFile.keep(name, content, KINDS[kind].media_type, by))
    record(held, by, f"加上附件：{made.file.name}", "state")  # changes nothing: the plan's history names the file
    return made


@transaction.atomic
def detach(plan: OutsourcingPlan, pk: int, *, by: Any) -> None:
    """Take an attachment out of the draft; versions keep its fingerprint, the file itself stays."""
    held = _held(plan, by)
    for each in held.files.select_related("file").filter(pk=pk):
        record(held, by, f"去掉附件：{each.file.name}", "state")
        each.delete()


@transaction.atomic
def submit_plan(plan: OutsourcingPlan, *, by: Any, answer: str = "", copies: Iterable[User] = ()) -> PlanVersion:
    """Freeze the next version and send it on its way. Raises NotYours, NotADraft, Incomplete, and what submitting refuses."""
    held = _held(plan, by)
    working = Working(held)
    lacking = working.missing
    require(not lacking, Incomplete, count=len(lacking), what="、".join(each.what for each in lacking[:SHOWN]))
    content = content_of(working)
    number = (held.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    version = PlanVersion.objects.create(
        plan=held, number=number, content=content, digest=digest_of(content), answer=answer, by=by, at=timezone.now()
    )
    staff = working.staff
    about = f"{staff.headcount} 人，安置 {staff.settlement_total:,.2f} 元" if staff.headcount else "不涉及人员"
    about += "（还不完整）" if working.left_out else ""
    approvals.submit(
        KIND, held.pk, by=by, version=number, digest=version.digest, title=held.title, amount=working.term_price,
        about=about + (f"；退回后第 {number} 次报" if number > 1 else ""), copies=copies,
    )  # fmt: skip
    held.state = OutsourcingPlan.State.IN_APPROVAL
    record(held, by, f"提交 V{number}", "state")
    move_stage(held.service, Stage.APPROVAL, by=by, reason=f"方案 V{number} 提交审批")
    return version


def ended(plan: OutsourcingPlan, flow: Flow, by: Any) -> None:
    """What the end of an approval does to the plan and its service; runs inside the decision's transaction."""
    state, stage, reason = {
        Status.APPROVED: (OutsourcingPlan.State.APPROVED, Stage.PROCUREMENT, "方案通过"),
        Status.REJECTED: (OutsourcingPlan.State.REJECTED, Stage.PROPOSED, "方案未获同意"),
        Status.RETURNED: (OutsourcingPlan.State.DRAFT, Stage.PLANNING, "方案退回修改"),
        Status.WITHDRAWN: (OutsourcingPlan.State.DRAFT, Stage.PLANNING, "方案撤回"),
    }[Status(flow.status)]
    held = OutsourcingPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    held.state = state
    record(held, by, reason, "state")
    move_stage(held.service, stage, by=by, reason=reason)
