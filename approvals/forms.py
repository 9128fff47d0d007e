"""The decision as a form: what the person presses, writes and saw."""

import uuid
from typing import Any

from django import forms

from approvals.actions import Decision
from approvals.models import Flow
from approvals.rules.flow import Kind
from common.forms import Form

PHRASES = ("同意。", "同意，请校长办公会审定。", "请按法务意见落实。", "请修改后再报。")


class DecisionForm(Form):
    """The button that was pressed decides: what arrives without one, from Enter or an old browser, is no decision."""

    kinds: tuple[Kind, ...] = (Kind.APPROVE, Kind.RETURN)
    not_pressed = "没有提交：请按“同意”或“退回”。"

    kind = forms.CharField(required=False)
    opinion = forms.CharField(
        label="意见", required=False, max_length=1000,
        widget=forms.Textarea(attrs={
            "rows": 2, "placeholder": "意见（退回时必填）", "data-kept": "", "data-needed": "return",
            "data-words": "请写明意见，经办人才知道改什么。",
        }),
    )  # fmt: skip
    has_reservation = forms.BooleanField(label="同意，但保留意见（会醒目显示给后面的人）", required=False)
    to = forms.ChoiceField(label="退给谁", required=False)
    meeting_name = forms.CharField(label="会议名称", required=False, max_length=50)
    meeting_held_on = forms.DateField(label="会议日期", required=False, widget=forms.DateInput)
    meeting_minutes = forms.CharField(label="纪要文号", required=False, max_length=50)
    seen_digest = forms.CharField(widget=forms.HiddenInput)
    seen_step = forms.CharField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, flow: Flow, place: str, *args: Any, **kwargs: Any):
        initial = {"seen_digest": flow.digest, "seen_step": place, "token": uuid.uuid4()}
        super().__init__(*args, initial=initial, **kwargs)
        keys = [step["key"] for step in flow.steps]
        seen = (self.data.get("seen_step", "") if self.is_bound else place).partition(":")[
            2
        ]  # what was sent is held against it
        earlier = flow.steps[: keys.index(seen)] if seen in keys else []
        choices = [("", f"经办人 {flow.drafter.name}"), *((step["key"], step["label"]) for step in earlier)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        self.is_meeting = bool(seen in keys and flow.step_of(seen).get("is_meeting"))
        for name in ("meeting_name", "meeting_held_on", "meeting_minutes") if self.is_meeting else ():
            field = self.fields[name]
            words = f"同意要写{field.label}，会议开过、纪要印发后再登记。"
            field.required = Kind.APPROVE in self.kinds and (not self.is_bound or self.data.get("kind") == Kind.APPROVE)
            field.error_messages["required"] = words
            field.widget.attrs |= {"data-needed": Kind.APPROVE.value, "data-words": words}

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind not in self.kinds:
            self.add_error(None, self.not_pressed)
        return str(kind)

    @property
    def decision(self) -> Decision:
        data = self.cleaned_data
        held_on = data["meeting_held_on"]
        return Decision(
            kind=data["kind"], opinion=data["opinion"], seen_digest=data["seen_digest"], seen_step=data["seen_step"],
            to=data["to"] if data["kind"] == Kind.RETURN else "",
            has_reservation=data["has_reservation"] and data["kind"] == Kind.APPROVE,
            meeting={"name": data["meeting_name"], "held_on": str(held_on or ""), "minutes": data["meeting_minutes"]},
            token=str(data["token"]),
        )  # fmt: skip


class RejectionForm(DecisionForm):
    """不同意，终止: on a page of its own, so that no slip beside 退回 ends the matter."""

    kinds = (Kind.REJECT,)
    not_pressed = "没有提交：请按“不同意，终止”。"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["opinion"].widget.attrs |= {"placeholder": "为什么不同意（必填）", "data-needed": Kind.REJECT.value}
