"""The list of workers: filters, search and order, all of it in the URL. The classification's figures lead here."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, Value
from django.db.models.functions import Replace
from django.utils import timezone

from common.fields import blind_index
from common.forms import Form
from programme.models import Campus, Service
from staff_transition import permissions
from staff_transition.bands import AGE_BANDS, BY_KEY, FROM_50, SERVICE_BANDS, Window, born_within, hired_within
from staff_transition.models import Category, DispositionKind, FemaleCategory, Sex, Worker
from staff_transition.models.workers import WorkerQuerySet
from staff_transition.roster.cells import half_width, squeeze
from staff_transition.roster.checks import protected_kind
from staff_transition.rules.retirement import births_near

NONE = "none"
ORDERS = {
    "name": ("sort_key", "pk"), "-name": ("-sort_key", "-pk"), "hired": ("hired_on", "pk"), "-hired": ("-hired_on", "pk"),
    "wage": ("monthly_wage", "pk"), "-wage": ("-monthly_wage", "pk"),
    "service": ("service__category__order", "service__name", "campus__order", "sort_key", "pk"),
}  # fmt: skip
NEEDS = {
    "category": "没有用工形式", "wage": "没有工资", "disposition": "没有去向", "protected": "备注涉及受保护情形，未登记",
    "insured": "没有社保情况",
}  # fmt: skip
FIRST = "不限"


def _choices(pairs: Any, first: str) -> list[tuple[str, str]]:
    return [("", first), *pairs]


class WorkerFilter(Form):
    """Reads the query string; a value that is no choice is dropped, never an error page."""

    q = forms.CharField(label="搜索", required=False, max_length=50, widget=forms.TextInput(
        attrs={"type": "search", "placeholder": "姓名、拼音首字母、身份证末四位"}))  # fmt: skip
    service = forms.ModelChoiceField(
        Service.objects.none(), label="服务项目", required=False, empty_label="全部服务项目"
    )
    campus = forms.ModelChoiceField(Campus.objects.none(), label="校区", required=False, empty_label="全部校区")
    category = forms.ChoiceField(
        label="用工形式", required=False, choices=_choices([*Category.choices, (NONE, "未填")], "全部用工形式")
    )
    disposition = forms.ChoiceField(
        label="去向", required=False, choices=_choices([(NONE, "未定"), *DispositionKind.choices], "全部去向")
    )
    needs = forms.ChoiceField(label="待补", required=False, choices=_choices(NEEDS.items(), "资料是否齐全"))
    sex = forms.ChoiceField(label="性别", required=False, choices=_choices(Sex.choices, FIRST))
    age = forms.ChoiceField(
        label="年龄",
        required=False,
        choices=_choices([(band.key, band.label) for band in (*AGE_BANDS, FROM_50)], FIRST),
    )
    years = forms.ChoiceField(
        label="工龄", required=False, choices=_choices([(band.key, band.label) for band in SERVICE_BANDS], FIRST)
    )
    insured = forms.ChoiceField(
        label="社保", required=False, choices=_choices([("1", "已参保"), ("0", "未参保")], FIRST)
    )
    protected = forms.ChoiceField(label="受保护情形", required=False, choices=_choices([("1", "有受保护情形")], FIRST))
    near = forms.ChoiceField(
        label="临近退休", required=False, choices=_choices([("1", "距退休不足 5 年且工龄满 15 年")], FIRST)
    )
    left = forms.ChoiceField(label="在册", required=False, choices=_choices([("1", "已离开")], "在册"))
    sort = forms.ChoiceField(label="排序", required=False, choices=_choices([(key, key) for key in ORDERS], "name"))

    SHOWN = ("service", "campus", "category", "disposition", "needs")  # the others come from the classification's links

    def __init__(self, query: Any, user: Any):
        super().__init__(query)
        self.user = user
        self.fields["service"].queryset = Service.objects.visible_to(user).only("name")  # type: ignore[attr-defined]
        self.fields["campus"].queryset = Campus.objects.all()  # type: ignore[attr-defined]
        if not permissions.may_search_by_tail(user):
            self.fields["q"].widget.attrs["placeholder"] = "姓名、拼音首字母、身份证号"
        self.is_valid()

    def workers(self, day: date | None = None) -> WorkerQuerySet:
        """The workers that the query means, among those the person may see, in its order."""
        chosen = self.cleaned_data
        workers = Worker.objects.visible_to(self.user)
        workers = workers.exclude(left_on=None) if chosen.get("left") else workers.live()
        for name, condition in self._conditions(day or timezone.localdate()).items():
            if chosen.get(name):
                workers = workers.filter(condition(chosen[name]))
        if chosen.get("q"):
            workers = found(workers, chosen["q"], with_tail=permissions.may_search_by_tail(self.user))
        return workers.order_by(*ORDERS[chosen.get("sort") or "name"])

    def _conditions(self, day: date) -> dict[str, Any]:
        return {
            "service": lambda service: Q(service=service),
            "campus": lambda campus: Q(campus=campus),
            "category": lambda key: Q(category="" if key == NONE else key),
            "disposition": lambda key: Q(disposition=None) if key == NONE else Q(disposition__kind=key),
            "needs": _needs,
            "sex": lambda key: Q(sex=key),
            "age": lambda key: within("birth_date", born_within(BY_KEY[key], day)),
            "years": lambda key: within("hired_on", hired_within(BY_KEY[key], day)),
            "insured": lambda key: Q(is_insured=key == "1"),
            "protected": lambda key: Q(pk__in=Worker.objects.protected_on(day).values("pk")),
            "near": lambda key: near_retirement(day),
        }

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters as (parameter, words), for showing and dropping them."""
        chips = []
        for name, value in self.cleaned_data.items():
            if value and name != "sort":
                words = dict(getattr(self.fields[name], "choices", ())).get(value) if isinstance(value, str) else value
                chips.append((name, f"{self.fields[name].label}：{words or value}"))
        return chips


def within(field: str, window: Window) -> Q:
    after, until = window
    condition = Q(**{f"{field}__isnull": False})
    if after:
        condition &= Q(**{f"{field}__gt": after})
    return condition & Q(**{f"{field}__lte": until}) if until else condition


def near_retirement(day: date) -> Q:
    """Shielded by age on `day` (LCL_42(5)): less than five years to go, hired fifteen years ago. A woman's post must be known."""
    is_near = within("birth_date", births_near("male60", day)) & Q(sex=Sex.MALE)
    for category in FemaleCategory.values:
        is_near |= within("birth_date", births_near(category, day)) & Q(sex=Sex.FEMALE, female_category=category)
    return is_near & within("hired_on", hired_within(BY_KEY["15-"], day))


def _needs(key: str) -> Q:
    if key == "protected":  # a remark is sealed: it is read, not searched
        unregistered = Worker.objects.filter(protected_conditions=None).exclude(remark="").values_list("pk", "remark")
        return Q(pk__in=[pk for pk, remark in unregistered if protected_kind(remark)])
    return {
        "category": Q(category=""), "wage": Q(monthly_wage=None, average_wage=None), "disposition": Q(disposition=None),
        "insured": Q(is_insured=None),
    }[key]  # fmt: skip


def found(workers: WorkerQuerySet, text: str, *, with_tail: bool) -> WorkerQuerySet:
    """By name, pinyin (zs, zhangsan), whole identity number, or its last four signs where the person may."""
    plain = squeeze(half_width(text)).upper()
    if re.fullmatch(r"\d{17}[\dX]", plain):
        return workers.filter(id_index=blind_index(plain))
    if with_tail and re.fullmatch(r"\d{3}[\dX]", plain):
        return workers.filter(id_tail_index=blind_index(plain))
    if plain.isascii() and plain.isalpha():
        sound = plain.lower()
        syllables = Replace("sort_key", Value(" "), Value(""))
        return workers.annotate(sound=syllables).filter(Q(pinyin__contains=sound) | Q(sound__startswith=sound))
    return workers.annotate(plain_name=Replace("name", Value(" "), Value(""))).filter(
        plain_name__contains=squeeze(text)
    )
