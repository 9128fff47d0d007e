"""Small words for this room's templates."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from common.templatetags.parts import yuan
from law.articles import ARTICLES, Article, cited
from law.working import Line, ParameterUse
from staff_transition.figures import left_out
from staff_transition.grounds import label_of
from staff_transition.models import DispositionKind, SchemeStep, WageMonth, Worker
from staff_transition.rules.flags import Flag
from staff_transition.rules.ledger import DEDUCTIONS
from staff_transition.rules.wages import COMPONENTS

register = template.Library()

SELECTED = SafeString(" selected")


@register.filter
def field_of(form: Any, name: str) -> Any:
    return form[name]


@register.filter
def without(request: HttpRequest, name: str) -> str:
    """The page's address without one filter."""
    query = request.GET.copy()
    query.pop(name, None)
    query.pop("page", None)
    return f"?{query.urlencode()}"


@register.filter
def short_kind(label: str) -> str:
    """承接单位接收（工龄连续） without its brackets, for a key figure."""
    return label.partition("（")[0]


@register.filter
def or_ground(label: str, ground: str) -> str:
    """The disposition; where it is only “another end”, the ground that was chosen for it."""
    return ground if ground and label == DispositionKind.OTHER_END.label else label


@register.filter
def ground_label(code: str) -> str:
    return label_of(code)


@register.filter
def field_label(name: str) -> str:
    return str(Worker._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


register.filter("cited", cited)


@register.filter
def parameters_of(lines: Iterable[Line]) -> list[ParameterUse]:
    """The figures behind a working, each once."""
    return list(dict.fromkeys(use for line in lines for use in line.parameters))


@register.filter
def gross(values: Mapping[str, Any]) -> Any:
    """The wages due of one row of a payroll: the sum of its components."""
    return sum(values[name] for name in COMPONENTS)


@register.filter
def deductions(values: Any) -> list[str]:
    """What was deducted in a registered month or one row of a payroll: 个人社保 280.00; 0.00 where it is known that nothing was."""
    known = _amounts(values, DEDUCTIONS)
    return _in_words(known) or [yuan(amount) for amount in list(known.values())[:1]]


@register.filter
def due(month: WageMonth) -> list[str]:
    """The items of the wages due of a month."""
    return _in_words(_amounts(month, COMPONENTS))


def _amounts(values: Any, names: Iterable[str]) -> dict[str, Any]:
    get = values.get if isinstance(values, Mapping) else lambda name: getattr(values, name)
    return {name: amount for name in names if (amount := get(name)) is not None}


def _in_words(amounts: Mapping[str, Any]) -> list[str]:
    """Each that is not 0 under its name."""
    fields: Any = WageMonth._meta
    return [f"{fields.get_field(name).verbose_name} {yuan(amount)}" for name, amount in amounts.items() if amount]


@register.filter
def split(words: str) -> list[str]:
    return words.split(",")


@register.filter
def numbered(words: str) -> list[tuple[int, str]]:
    return list(enumerate(words.split(","), 1))


@register.filter
def value_of(query: Any, name: str) -> str:
    return query.get(name, "")


@register.filter
def options(field: Any) -> SafeString:
    """The options of a select, joined here: a template loop over hundreds of services takes longer than the table."""
    chosen = str(field.value() or "")
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if str(value) == chosen else "", label) for value, label in field.field.choices),
    )


@register.simple_tag
def article_of(code: str) -> Article:
    return ARTICLES[code]


@register.simple_tag
def articles_of(steps: Iterable[SchemeStep]) -> list[Article]:
    """Every article that the steps name, each once."""
    return [ARTICLES[code] for code in dict.fromkeys(code for step in steps for code in step.articles)]


@register.simple_tag
def articles_of_flags(flags: Iterable[Flag]) -> list[Article]:
    """Every article that the flags name, each once."""
    return list({article.code: article for flag in flags for article in flag.articles}.values())


@register.filter
def not_in_total(lines: Iterable[Line]) -> str:
    """What stands beside a total in which an item waits for a fact; "" where nothing does."""
    return "、".join(left_out(lines))
