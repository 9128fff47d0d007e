"""How figures, dates and small parts are written, everywhere the same."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from common import fields
from common.money import WAN, words
from common.numerals import heading_numeral

register = template.Library()
NONE = "—"
MINUS = "−"  # U+2212, as wide as a digit


def grouped(number: Decimal | int, places: int) -> str:
    return f"{number:,.{places}f}".replace("-", MINUS)


@register.filter
def yuan(amount: Decimal | None) -> str:
    """1,234.50; — for none; the unit stands in the table head."""
    return NONE if amount is None else grouped(amount, 2)


@register.filter
def wan(amount: Decimal | None) -> str:
    """Plain 万元 figure with two places, for documents and tables whose head says 万元."""
    return NONE if amount is None else grouped(amount / WAN, 2)


@register.filter
def number(value: Decimal | int | None) -> str:
    """A quantity: thousands separators, no needless zeros."""
    if value is None:
        return NONE
    value = Decimal(value).normalize()
    return grouped(value, max(-int(value.as_tuple().exponent), 0))


@register.filter
def amount(value: Decimal | None) -> SafeString:
    """万元 for summaries, the yuan on hover, focus or tap."""
    if value is None:
        return mark_safe(NONE)
    return format_html(
        '<span class="amount" tabindex="0" data-yuan="{} 元"><data value="{}">{}</data><span class="unit">万元</span></span>',
        grouped(value, 2), value, grouped(value / WAN, 2),
    )  # fmt: skip


@register.filter
def daxie(value: Decimal | None) -> str:
    return "" if value is None else words(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """2026-11-23, for tables."""
    return NONE if value is None else f"{_local(value):%Y-%m-%d}"


@register.filter
def short_day(value: date | datetime | None) -> str:
    """11-23 within this year, with the year otherwise."""
    if value is None:
        return NONE
    value = _local(value)
    return f"{value:%m-%d}" if value.year == timezone.localdate().year else f"{value:%Y-%m-%d}"


@register.filter
def moment(value: datetime | None) -> str:
    """11-23 15:04 within this year."""
    return NONE if value is None else f"{short_day(value)} {_local(value):%H:%M}"


@register.filter
def full_moment(value: datetime | None) -> str:
    """2026-11-23 15:04, for what is printed and kept: a sheet in the archive is read in other years."""
    return NONE if value is None else f"{_local(value):%Y-%m-%d %H:%M}"


@register.filter
def numeral(value: int) -> str:
    return heading_numeral(value)


@register.simple_tag
def due(deadline: date | None, soon: int = 3) -> SafeString:
    """A deadline with its distance: red when late, amber within `soon` days."""
    if deadline is None:
        return mark_safe(NONE)
    left = (deadline - timezone.localdate()).days
    if left < 0:
        return status("bad", "exclamation-circle-fill", f"逾期 {-left} 天")
    kind, icon = ("warn", "clock") if left <= soon else ("", "calendar")
    return status(kind, icon, f"{short_day(deadline)}，余 {left} 天")


@register.simple_tag
def status(kind: str, icon: str, word: str, tint: bool = False) -> SafeString:
    """Icon and word in the status ink; `tint` only where an act is awaited."""
    return format_html(
        '<span class="status {}{}"><i class="bi bi-{}" aria-hidden="true"></i>{}</span>',
        kind, " tint" if tint else "", icon, word,
    )  # fmt: skip


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def person(user: Any) -> SafeString:
    """Surname ring, name, post."""
    if user is None:
        return mark_safe(NONE)
    return format_html('<span class="person"><i aria-hidden="true">{}</i>{}<small>{}</small></span>',
                       user.name[:1], user.name, user.title)  # fmt: skip


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """The page's query string with some parameters changed; an empty value drops one. Page numbers start again."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.filter
def masked_id(value: str) -> str:
    return fields.mask_id_number(value or "") or NONE


@register.filter
def masked_phone(value: str) -> str:
    return fields.mask_phone(value or "") or NONE


@register.filter
def masked_account(value: str) -> str:
    return fields.mask_account(value or "") or NONE


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
