"""Forms in the house's look, and refusals shown above the form so that nothing typed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from unicodedata import category
from uuid import uuid4

from django import forms
from django.db import OperationalError
from django.forms.renderers import TemplatesSetting
from django.utils import timezone
from django.utils.html import format_html

from common.history import version_of
from common.money import parse_yuan
from common.refusals import DomainError, Stale, refusal_in


class Renderer(TemplatesSetting):
    """Every form field is drawn by one template: label, control, error, help, in this order."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"


EARLIEST = date(1930, 1, 1)  # somebody's birth
YEARS_AHEAD = 30


def believable(day: date) -> None:
    """A day that people here can mean: a slip of the finger (0225, 9999) stops every calculation that meets it."""
    latest = timezone.localdate().year + YEARS_AHEAD
    if not EARLIEST <= day <= date(latest, 12, 31):
        raise forms.ValidationError(f"{day} 不在 {EARLIEST.year} 年到 {latest} 年之间，请核对年份。")


def readable(text: str) -> None:
    """A text that every paper and file can hold: a control sign, pasted from somewhere, is seen by nobody and breaks them."""
    if isinstance(text, str) and any(category(sign) == "Cc" and sign not in "\t\r\n" for sign in text):
        raise forms.ValidationError("文字里有看不见的控制字符，多半是粘贴带来的。请删掉这段，直接输入。")


ROWS: Any = {
    "max_num": 100,
    "absolute_max": 100,
    "validate_max": True,
}  # of a formset: more is no page that a person filled in


class RefusalsMixin:
    """`with form.refusals(): action(…)` turns a refusal into an error above the form; the page is drawn again."""

    data: Any

    @contextmanager
    def refusals(self) -> Iterator[None]:
        try:
            yield
        except (DomainError, OperationalError) as error:
            refusal = refusal_in(error)
            if refusal is None:
                raise
            self.add_error(None, refusal.text)  # type: ignore[attr-defined]
            self._see(refusal)

    def _see(self, refusal: DomainError) -> None:
        """Who was told that others saved meanwhile has seen it: the page that is drawn again may be saved."""
        if "revision" in refusal.facts and "revision" in self.fields:  # type: ignore[attr-defined]
            self.data = self.data.copy()
            self.data[self.add_prefix("revision")] = refusal.facts["revision"]  # type: ignore[attr-defined]


UNSEEN = "这一页没有带上您看到的版本，没有保存。请重新打开本页再填。"


class ControlsMixin:
    """Bootstrap's classes on every control, `is-invalid` on those in error, aria links to error and help."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if seen := self.fields.get("revision"):  # type: ignore[attr-defined]
            seen.required, seen.error_messages["required"] = self._has_object, UNSEEN
        for field in self.fields.values():  # type: ignore[attr-defined]
            widget = field.widget
            if isinstance(widget, (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)):
                css = "form-check-input"
            else:
                css = "form-select" if isinstance(widget, forms.Select) else "form-control"
            widget.attrs.setdefault("class", css)
            if isinstance(field, forms.CharField):
                field.validators.append(readable)
            if isinstance(field, forms.DateField):
                field.validators.append(believable)
            if isinstance(widget, forms.DateInput):
                widget.input_type = "date"
                widget.format = "%Y-%m-%d"

    @property
    def _has_object(self) -> bool:
        """Whether what the form changes exists already: who changes it must say which version was seen."""
        return True

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        self._mark_invalid()

    def _mark_invalid(self) -> None:
        for name in self.errors:  # type: ignore[attr-defined]
            if name in self.fields:  # type: ignore[attr-defined]
                attrs = self.fields[name].widget.attrs  # type: ignore[attr-defined]
                if "is-invalid" not in attrs.get("class", ""):
                    attrs["class"] = f"{attrs.get('class', '')} is-invalid"

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with a field that nobody sees stands above the form."""
        if field in self.fields and self.fields[field].widget.is_hidden:  # type: ignore[attr-defined]
            self.cleaned_data.pop(field, None)  # type: ignore[attr-defined]
            field = None
        super().add_error(field, error)  # type: ignore[misc]
        if getattr(self, "_errors", None) is not None:
            self._mark_invalid()


class OnceMixin(forms.Form):
    """The hidden token by which common.once knows a form that is sent again."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)


class Form(RefusalsMixin, ControlsMixin, forms.Form):
    """Base of the house's plain forms."""


class ModelForm(RefusalsMixin, ControlsMixin, forms.ModelForm):
    """Base of the house's model forms. One with a hidden `revision` is filled with what the person sees."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "revision" in self.fields and self._has_object:
            self.initial["revision"] = version_of(self.instance)

    @property
    def _has_object(self) -> bool:
        return self.instance.pk is not None

    def _see(self, refusal: DomainError) -> None:
        """Beside each field that differs stands what the other person saved."""
        super()._see(refusal)
        stored = type(self.instance)._default_manager.filter(pk=self.instance.pk).first()
        if stored is None or not isinstance(refusal, Stale):
            return
        for name, typed in self.cleaned_data.items():
            if name in (self._meta.fields or ()) and getattr(stored, name) != typed:
                self[name].help_text = format_html("现在保存的是：{}", _shown(stored, name))


def _shown(row: Any, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, (list, dict)):
        return "另外的几项"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(getattr(row, f"get_{name}_display", lambda: value)() or "空")


class SeenForm(Form):
    """A click on a page that shows what it will do: `revision` is the fingerprint of that."""

    revision = forms.CharField(widget=forms.HiddenInput)


class ReasonForm(Form):
    """Why an act is done: asked for whatever the history must explain."""

    reason = forms.CharField(
        label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=500,
        error_messages={"required": "请写明理由，会记入操作记录。"},
    )  # fmt: skip


class YuanField(forms.DecimalField):
    """An amount as people type it (12.5万, 3,200元); gives yuan with two places."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "data-yuan-input": ""})

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return parse_yuan(str(value))
        except ValueError:
            raise forms.ValidationError(
                f"“{value}”不是金额。请填数字，最多两位小数，如 3200、3,200.50 或 12.5万。"
            ) from None
