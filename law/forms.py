"""Forms of this room: shape and fields."""

import re
from datetime import date
from typing import Any

from django import forms

from common.forms import Form, ModelForm, believable
from law.models import Parameter, PlaceTier
from law.parameters import KEYS

DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\s*(休|班)\s*(.*)")


class ParameterForm(ModelForm):
    key = forms.ChoiceField(
        label="参数", choices=[(key, f"{known.label}（{known.unit}）") for key, known in KEYS.items()]
    )
    source_url = forms.URLField(label="网址", required=False, max_length=300, assume_scheme="https")

    class Meta:
        model = Parameter
        fields = ("key", "place", "value", "since", "until", "data_year", "source", "source_url")
        widgets = {"since": forms.DateInput, "until": forms.DateInput}
        help_texts = {
            "place": "如“孝感市孝南区”“孝感市”“湖北省”；全国的留空。", "since": "从哪一天起适用。", "until": "仍在用的留空。",
            "data_year": "统计数字填它说的是哪一年；标准类不填。", "source": "文件名和文号，如“鄂政办发〔2025〕44号”。",
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        known = KEYS.get(data.get("key") or "")
        if known and known.is_statistic and not data.get("data_year") and "data_year" not in self.errors:
            self.add_error("data_year", "统计数字要填数据年度。")
        if not data.get("since") and "since" not in self.errors:
            self.add_error("since", "请填从哪一天起适用。")
        return data


class TierForm(ModelForm):
    tier = forms.ChoiceField(
        label="档次", help_text="按已登记的各档标准选；没有要的那一档，先到上面录入它的标准，地区写成“湖北省/三档”。"
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        tiers = (
            Parameter.objects.filter(place__contains="/").order_by("place").values_list("place", flat=True).distinct()
        )
        self.fields["tier"].choices = [("", "请选择"), *((tier, tier) for tier in tiers)]  # type: ignore[attr-defined]

    class Meta:
        model = PlaceTier
        fields = ("place", "tier", "since", "source")
        widgets = {"since": forms.DateInput}
        help_texts = {
            "place": "如“孝感市孝南区”。",
            "source": "附件里列名的文件和文号。",
        }


class DaysForm(Form):
    text = forms.CharField(
        label="放假和调休", widget=forms.Textarea(attrs={"rows": 12, "placeholder": "2027-01-01 休 元旦\n2027-01-03 班 元旦"}),
        help_text="每行一天：日期、休或班、节日。同一年的旧安排会被替换。", max_length=20_000,
    )  # fmt: skip

    def clean_text(self) -> list[tuple[date, bool, str]]:
        """Each line as (day, is it worked, name); a wrong line is named."""
        days = []
        for number, line in enumerate(self.cleaned_data["text"].splitlines(), 1):
            if not line.strip():
                continue
            match = DAY.fullmatch(line.strip())
            try:
                day = date(int(match[1]), int(match[2]), int(match[3])) if match else None
            except ValueError:
                day = None
            if match is None or day is None:
                raise forms.ValidationError(f"第 {number} 行“{line.strip()}”看不懂。应像“2027-01-01 休 元旦”。")
            believable(day)
            days.append((day, match[4] == "班", match[5].strip()[:20]))
        if len({day for day, _, _ in days}) < len(days):
            raise forms.ValidationError("同一天写了两次。")
        return days
