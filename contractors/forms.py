"""Forms of this room: shape and fields."""

from typing import Any

from django import forms
from django.forms import inlineformset_factory

from accounts.models import Role, User
from common.forms import ROWS, ModelForm, YuanField
from contractors.models import DIRECTION, Contract, Contractor, ContractorContact, Qualification
from programme.models import Service


class ContractorForm(ModelForm):
    class Meta:
        model = Contractor
        fields = ["name", "uscc", "legal_representative", "address", "is_legal_entity", "note"]


class ContactForm(ModelForm):
    class Meta:
        model = ContractorContact
        fields = ["name", "post", "phone", "user"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, role_holdings__role=Role.CONTRACTOR)
        self.fields["user"].queryset = people.distinct()  # type: ignore[attr-defined]


class QualificationForm(ModelForm):
    class Meta:
        model = Qualification
        fields = ["name", "number", "issued_by", "valid_to"]
        widgets = {"valid_to": forms.DateInput}


ContactFormSet = inlineformset_factory(
    Contractor, ContractorContact, form=ContactForm, extra=1, can_delete=True, **ROWS
)
QualificationFormSet = inlineformset_factory(
    Contractor, Qualification, form=QualificationForm, extra=1, can_delete=True, **ROWS
)


class ContractForm(ModelForm):
    yearly_amount = YuanField(label="年合同价", help_text="元，可以写 115万。")
    upload = forms.FileField(label="合同文本", required=False, help_text="PDF、照片或 Word，最大 20 MB。")
    college_does = forms.MultipleChoiceField(
        label="学校对承包商人员仍在做的", choices=DIRECTION.items(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="如实勾选：有一项就可能被认定为假外包、真派遣。",
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Contract
        fields = [
            "service",
            "contractor",
            "number",
            "title",
            "first_day",
            "last_day",
            "yearly_amount",
            "ended_on",
            "note",
            "college_does",
        ]
        widgets = {"first_day": forms.DateInput, "last_day": forms.DateInput, "ended_on": forms.DateInput}

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.visible_to(user)  # type: ignore[attr-defined]
