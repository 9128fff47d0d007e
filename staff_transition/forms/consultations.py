"""A consultation with what it bears on; people are named as they are spoken of."""

import re
from typing import Any

from django import forms

from common.forms import ModelForm, OnceMixin
from staff_transition.models import Consultation, Worker
from staff_transition.rules.grounds import GROUNDS
from staff_transition.rules.policy import SWITCHES

NAME = re.compile(
    r"^(?P<name>.*?)(?:(?P<tail>\d{3}[\dXx])|#(?P<key>\d{1,9}))?$"
)  # 张三1849, or #69 as a link fills it in


class ConsultationForm(OnceMixin, ModelForm):
    people = forms.CharField(
        label="涉及人员", required=False, max_length=1000,
        help_text="姓名，用顿号隔开；有同名的在姓名后加身份证末四位，如 张三1849。",
    )  # fmt: skip
    grounds = forms.MultipleChoiceField(
        label="涉及的事由", required=False, choices=[(code, ground.label) for code, ground in GROUNDS.items()],
        widget=forms.SelectMultiple(attrs={"size": 5}), help_text="按住 Ctrl 可选几项。",
    )  # fmt: skip
    switches = forms.MultipleChoiceField(
        label="涉及的计算口径", required=False, choices=[(key, switch.question) for key, switch in SWITCHES.items()],
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)
    attachment = forms.FileField(
        label="附件", required=False, help_text="书面答复、录音整理等，PDF、图片、docx、xlsx。"
    )

    field_order = (
        "question",
        "asked_on",
        "adviser",
        "answered_on",
        "advice",
        "people",
        "grounds",
        "switches",
        "attachment",
    )

    class Meta:
        model = Consultation
        fields = ("question", "asked_on", "adviser", "answered_on", "advice", "grounds", "switches")
        widgets = {
            "question": forms.Textarea(attrs={"rows": 3}), "advice": forms.Textarea(attrs={"rows": 5}),
            "asked_on": forms.DateInput(), "answered_on": forms.DateInput(),
        }  # fmt: skip
        help_texts = {"adviser": "单位和姓名，如 市劳动人事争议仲裁院 李某。", "answered_on": "还没答复的留空。"}

    def __init__(self, user: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.pk:
            self.initial["people"] = "、".join(worker.name for worker in self.instance.workers.all())

    def clean_people(self) -> list[Worker]:
        """Raises ValidationError that says which name is nobody's, and which is several people's."""
        found, problems = [], []
        kept = {worker.name: worker for worker in self.instance.workers.all()} if self.instance.pk else {}
        for text in filter(None, re.split(r"[、,，;；\s]+", self.cleaned_data["people"])):
            match = NAME.match(text)
            name, tail, key = (match["name"], match["tail"], match["key"]) if match else (text, None, None)
            same = [
                worker for worker in Worker.objects.visible_to(self.user).filter(name=name)
                if (tail is None or worker.id_tail == tail.upper()) and (key is None or worker.pk == int(key))
            ]  # fmt: skip
            if len(same) > 1 and text in kept:
                same = [kept[text]]
            if len(same) == 1:
                found.append(same[0])
            else:
                problems.append(f"“{text}”有 {len(same)} 人，请加身份证末四位" if same else f"花名册里没有“{text}”")
        if problems:
            raise forms.ValidationError("；".join(problems) + "。")
        return found
