"""Forms of this room: shape and fields."""

from typing import Any

from django import forms
from django.forms import inlineformset_factory

from accounts.models import Role, User
from common.forms import ROWS, Form, ModelForm, ReasonForm, YuanField
from law.models import Parameter, PlaceTier
from programme.models import Campus, CostItem, Evidence, Finding, Measure, ScopeItem, Service, Stage


class ServiceForm(ModelForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="修改理由", required=False, max_length=500, widget=forms.TextInput())

    class Meta:
        model = Service
        fields = ["name", "category", "officer", "mode", "started_on", "note"]
        widgets = {"started_on": forms.DateInput, "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.unit_id = self.instance.unit_id or user.unit_id
        officers = User.objects.filter(is_active=True, unit=self.instance.unit_id, role_holdings__role=Role.OFFICER)
        self.fields["officer"].queryset = officers.distinct()  # type: ignore[attr-defined]
        if not self.instance.pk:
            del self.fields["reason"]


class ScopeForm(ModelForm):
    class Meta:
        model = ScopeItem
        fields = ["content", "campus", "quantity", "unit"]


class CostForm(ModelForm):
    amount = YuanField(label="金额")

    class Meta:
        model = CostItem
        fields = ["year", "kind", "amount", "source"]


ScopeFormSet = inlineformset_factory(Service, ScopeItem, form=ScopeForm, extra=2, can_delete=True, **ROWS)
CostFormSet = inlineformset_factory(Service, CostItem, form=CostForm, extra=2, can_delete=True, **ROWS)


def changed_rows(*formsets: Any) -> list[tuple[Any, bool]]:
    """What the person added, changed (False) and removed (True), unsaved."""
    rows: list[tuple[Any, bool]] = []
    for formset in formsets:
        rows += [(row, False) for row in formset.save(commit=False)]
        rows += [(row, True) for row in formset.deleted_objects]
    return sorted(rows, key=lambda pair: not pair[1])  # a removed row frees its place for a new one


class StageForm(ReasonForm):
    to = forms.ChoiceField(label="改为", choices=Stage.choices)

    field_order = ("to", "reason")


class EvidenceForm(ModelForm):
    upload = forms.FileField(label="材料", required=False, help_text="PDF、照片、Word 或 Excel，最大 20 MB。")

    class Meta:
        model = Evidence
        fields = [
            "kind", "title", "held_from", "held_to", "place", "partner", "audience", "services", "sent", "returned", "valid",
            "participants", "received", "settled", "summary",
        ]  # fmt: skip
        widgets = {
            "held_from": forms.DateInput, "held_to": forms.DateInput, "services": forms.CheckboxSelectMultiple,
            "summary": forms.Textarea(attrs={"rows": 3}),
        }  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.unit_id = self.instance.unit_id or user.unit_id
        self.fields["services"].queryset = Service.objects.visible_to(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Counts that the kind has are asked for; those it does not have are dropped."""
        data = super().clean() or {}
        kind = data.get("kind") or ""
        wanted = Evidence.COUNTS[Evidence.Kind(kind)] if kind else ()
        for name in {count for counts in Evidence.COUNTS.values() for count in counts}:
            if name not in wanted:
                data[name] = None
            elif data.get(name) is None and name not in self.errors:
                self.add_error(name, f"{Evidence.Kind(kind).label}要填{self.fields[name].label}数。")
        return data


class FindingForm(ModelForm):
    class Meta:
        model = Finding
        fields = ["area", "text", "service"]
        widgets = {"area": forms.TextInput(attrs={"list": "areas"})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.visible_to(user)  # type: ignore[attr-defined]


class MeasureForm(ModelForm):
    class Meta:
        model = Measure
        fields = ["text", "owner", "owner_name", "due_on"]
        widgets = {"due_on": forms.DateInput}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True).exclude(role_holdings__role=Role.CONTRACTOR)
        self.fields["owner"].queryset = staff.distinct()  # type: ignore[attr-defined]


class CloseForm(Form):
    state = forms.ChoiceField(
        label="结果", choices=[(Measure.State.DONE, "已完成"), (Measure.State.DROPPED, "不再做")], widget=forms.RadioSelect
    )  # fmt: skip
    result = forms.CharField(
        label="说明", widget=forms.Textarea(attrs={"rows": 3}), max_length=500,
        error_messages={"required": "请写明怎样完成的，或者为什么不再做。"},
    )  # fmt: skip


class CampusForm(ModelForm):
    class Meta:
        model = Campus
        fields = ["name", "district", "order"]
        help_texts = {
            "district": "如“孝感市孝南区”。这里的最低工资标准按它查；参数里没有的区县可以先填，再到“参数与依据”里补。"
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["district"].widget.attrs["list"] = "districts"

    @property
    def districts(self) -> list[str]:
        """Places that already have parameters, offered while typing."""
        known = set(Parameter.objects.filter(key="min_wage_monthly").values_list("place", flat=True))
        known |= set(PlaceTier.objects.values_list("place", flat=True))
        return sorted(place for place in known if place and "/" not in place)
