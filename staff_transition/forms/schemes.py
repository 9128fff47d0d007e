"""A scheme, its rules in order, the steps of its checklist."""

from datetime import date
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils import timezone

from common.forms import ROWS, ModelForm, ReasonForm, YuanField
from staff_transition.grounds import CHOSEN_BY_HAND, label_of
from staff_transition.models import DispositionKind, SchemeRule, SchemeStep, TransitionScheme
from staff_transition.rules.grounds import OWN_ENDS

DECIDED = [code for code in CHOSEN_BY_HAND if code not in OWN_ENDS]  # by the college, so a scheme can say it


def not_over(day: date) -> date:
    """Raises ValidationError for a day that is past: a scheme is about what is to come."""
    if day < timezone.localdate():
        raise forms.ValidationError("最后工作日已经过去，请写今天或者以后的日期。")
    return day


class SchemeForm(ModelForm):
    budget = YuanField(
        label="预算额度（元）", required=False, help_text="生成人员安置方案时要有；填了就按月对照是否超出。"
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = TransitionScheme
        fields = ("name", "last_day", "budget", "note")
        widgets = {"last_day": forms.DateInput(), "note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"last_day": "当天上班，计入工龄；下面没写日期的规则都用这一天。"}

    def clean_last_day(self) -> date:
        return not_over(self.cleaned_data["last_day"])


class AdoptForm(ReasonForm):
    revision = forms.CharField(widget=forms.HiddenInput)


class SchemeBudgetForm(ModelForm):
    """What may still be said of a scheme that is adopted."""

    budget = YuanField(
        label="预算额度（元）", required=False, help_text="生成人员安置方案时要有：写进资金来源，按月对照是否超出。"
    )
    reason = forms.CharField(label="理由", max_length=200, help_text="如 财务处〔2026〕3 号批复的额度。")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = TransitionScheme
        fields = ("budget", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class SchemeRuleForm(ModelForm):
    ground = forms.ChoiceField(
        label="法定事由", required=False, choices=[("", "按去向"), *((code, label_of(code)) for code in DECIDED)]
    )

    class Meta:
        model = SchemeRule
        fields = ("who", "category", "campus", "min_years", "kind", "ground", "last_day")
        widgets = {"last_day": forms.DateInput()}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "不限"), *self.fields["who"].choices[1:]]  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", "不限"), *self.fields["category"].choices[1:]]  # type: ignore[attr-defined]
        self.fields["campus"].empty_label = "全部校区"  # type: ignore[attr-defined]
        self.fields["min_years"].required = False

    def clean_last_day(self) -> date | None:
        day = self.cleaned_data["last_day"]
        return not_over(day) if day else None

    def clean_min_years(self) -> int:
        return self.cleaned_data["min_years"] or 0

    def clean_ground(self) -> str:
        ground = self.cleaned_data["ground"]
        if self.cleaned_data.get("kind") == DispositionKind.OTHER_END and not ground:
            raise forms.ValidationError("请选法定事由。")
        return ground


# of places, not of rows: what another person saved meanwhile makes no row of this page unknown
RulesFormSet = forms.formset_factory(SchemeRuleForm, extra=1, can_delete=True, **ROWS)


def rules_formset(data: Any, scheme: TransitionScheme) -> Any:
    """The rules of the scheme, filled in."""
    kept = scheme.rules.all() if scheme.pk else ()
    return RulesFormSet(
        data, prefix="rules", initial=[model_to_dict(rule, SchemeRuleForm.Meta.fields) for rule in kept]
    )


def rules_of(formset: Any) -> list[SchemeRule]:
    """The rows that stay, in their order, as new rules."""
    rows = [form for form in formset if form.cleaned_data.get("kind") and not form.cleaned_data.get("DELETE")]
    return [SchemeRule(**{name: row.cleaned_data[name] for name in SchemeRuleForm.Meta.fields}) for row in rows]


class SchemeStepForm(ModelForm):
    attachment = forms.FileField(label="附件", required=False, help_text="扫描件或照片，PDF、图片、docx、xlsx。")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = SchemeStep
        fields = ("responsible", "done_on", "evidence")
        widgets = {"done_on": forms.DateInput()}
        help_texts = {"done_on": "还没办结的留空。", "evidence": "如 工会复函〔2027〕3 号、会议纪要第 2 期。"}
