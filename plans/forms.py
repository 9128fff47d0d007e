"""Forms of this room: shape and fields."""

from typing import Any

from django import forms

from accounts.models import Role, User
from common.forms import Form, ModelForm, YuanField
from plans.models import OutsourcingPlan
from programme.models import Service


class StartForm(Form):
    service = forms.ModelChoiceField(Service.objects.none(), label="服务项目", empty_label=None)

    def __init__(self, user: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        live = OutsourcingPlan.objects.exclude(state=OutsourcingPlan.State.REJECTED).values("service")
        free = Service.objects.visible_to(user).exclude(pk__in=live)
        self.fields["service"].queryset = free  # type: ignore[attr-defined]


class TermsForm(ModelForm):
    contract_price = YuanField(label="合同年价上限", required=False, help_text="元，可以写 153.6万。")
    supervision = YuanField(label="监管费用（每年）", help_text="学校派人监管、考核的费用。")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = OutsourcingPlan
        fields = [
            "title", "contract_years", "first_year", "contract_price", "supervision", "funding", "method", "method_reason",
            "compared_years", "wage_growth", "other_growth", "price_growth",
        ]  # fmt: skip
        help_texts = {
            "wage_growth": "%，自己做时工资和社保每年涨多少。", "other_growth": "%", "price_growth": "%，合同价每年涨多少。",
            "method_reason": "与规则建议相同的不用写。", "funding": "如“2027 年后勤专项”。",
        }  # fmt: skip

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class SeenDraftForm(Form):
    """Which text the person saw, and what drafting said beside it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    draft = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean_draft(self) -> str:
        return _lines(self.cleaned_data["draft"])


class SectionForm(SeenDraftForm):
    text = forms.CharField(
        label="内容", required=False, max_length=20_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "data-section-text": ""}),
    )  # fmt: skip

    def clean_text(self) -> str:
        return _lines(self.cleaned_data["text"])


def _lines(text: str) -> str:
    """As it is kept: a browser sends both signs of a line's end."""
    return text.replace("\r\n", "\n")


class AttachForm(Form):
    upload = forms.FileField(label="附件", help_text="PDF、照片、Word 或 Excel，最大 20 MB。")


class SubmitForm(Form):
    answer = forms.CharField(
        label="对上次退回的答复", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回过的方案：每条意见怎么改的。",
    )  # fmt: skip
    copies = forms.ModelMultipleChoiceField(
        User.objects.none(), label="抄送", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="只看进度和结果，不用办理。",
    )  # fmt: skip

    def __init__(self, user: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True).exclude(role_holdings__role=Role.CONTRACTOR).exclude(pk=user.pk)
        self.fields["copies"].queryset = staff.distinct()  # type: ignore[attr-defined]
