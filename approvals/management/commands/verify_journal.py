"""Check that no act was changed or removed and that every flow stands where its acts lead."""

from typing import Any

from approvals.actions import hash_of, replayed
from approvals.models import Flow
from approvals.registry import KINDS
from approvals.rules.flow import ActRefused
from common.verifying import Faults, VerifyCommand


class Command(VerifyCommand):
    help = "Verify the journal of all approvals. Exit 0: sound; 1: something was changed outside the program."

    line = "审批 {flow}：{what}"
    summary = "查了 {flows} 件审批，{faults} 处不符。"

    def look(self) -> tuple[dict[str, int], Faults]:
        flows = list(Flow.objects.prefetch_related("acts__seat", "acts__by"))
        return {"flows": len(flows)}, [fault for flow in flows for fault in faults_of(flow)]


def faults_of(flow: Flow) -> list[dict[str, Any]]:
    """What does not fit in one flow, in words."""
    found, previous = [], ""
    acts = list(flow.acts.all())
    for number, act in enumerate(acts, 1):
        if act.sequence != number or act.previous_hash != previous:
            found.append(f"第 {number} 条意见缺失或者次序被改")
        if act.hash != hash_of(act):
            found.append(f"第 {number} 条意见被改过")
        previous = act.hash
    try:
        state = replayed(flow, acts)
        if (state.status, state.round, state.step.key if state.step else "") != (flow.status, flow.round, flow.step):
            found.append("状态与意见记录不一致")
    except ActRefused as refusal:
        found.append(f"意见记录走不通（{refusal.why}）")
    found += KINDS[flow.kind].faults(flow) if flow.kind in KINDS else []
    return [{"flow": flow.pk, "what": what} for what in found]
