"""Entering the dated figures of the law. A frozen result keeps the figures it was computed with, whatever is entered later."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import Role
from common.history import create_many, record
from common.refusals import NotYours, require
from law.errors import NoSuchKey, NothingPending, OwnParameter
from law.models import Parameter, PlaceTier, SpecialDay
from law.parameters import KEYS

ARRANGED = "录入放假安排"


def may_keep(user: Any) -> bool:
    return user.has_role(Role.ADMIN)


def may_confirm(user: Any) -> bool:
    return user.has_role(Role.ADMIN, Role.HR)


def _require_keeper(by: Any) -> None:
    require(may_keep(by), NotYours, act="修改参数", who="系统管理员")


@transaction.atomic
def save_parameter(parameter: Parameter, *, by: Any) -> Parameter:
    """Enter or correct one value with its source; the value before it ends the day before.

    A value that jumps beyond settings.PARAMETER_JUMP_PERCENT from the one before it waits, unused, for a second person.
    Raises NotYours, NoSuchKey.
    """
    _require_keeper(by)
    require(parameter.key in KEYS, NoSuchKey)
    parameter.entered_by, parameter.confirmed_by = by, None
    parameter.is_pending = is_jump(parameter)
    record(parameter, by, f"录入参数，来源：{parameter.source}"[:100])
    return parameter


def is_jump(parameter: Parameter) -> bool:
    """Whether the value lies further from its neighbours, or from what stood in its row, than a typing slip should go."""
    same = Parameter.objects.filter(key=parameter.key, place=parameter.place, is_pending=False)
    stored = same.filter(pk=parameter.pk).values_list("value", flat=True).first() if parameter.pk else None
    near = [stored]
    if parameter.since:
        others = same.exclude(pk=parameter.pk).order_by("-since")
        near.append(others.filter(since__lt=parameter.since).values_list("value", flat=True).first())
    limit = Decimal(settings.PARAMETER_JUMP_PERCENT) / 100
    return any(before and abs(parameter.value - before) / before > limit for before in near)


@transaction.atomic
def confirm_parameter(parameter: Parameter, *, by: Any) -> Parameter:
    """The second pair of eyes on a jump: the value is used from now on. Raises NotYours, OwnParameter, NothingPending."""
    require(may_confirm(by), NotYours, act="复核参数", who="系统管理员或人事处")
    parameter = Parameter.objects.select_for_update(of=("self",)).get(pk=parameter.pk)
    require(parameter.is_pending, NothingPending)
    require(parameter.entered_by_id != by.pk, OwnParameter)  # type: ignore[attr-defined]
    parameter.is_pending, parameter.confirmed_by = False, by
    record(parameter, by, "复核参数", "is_pending", "confirmed_by")
    return parameter


@transaction.atomic
def save_tier(tier: PlaceTier, *, by: Any) -> PlaceTier:
    """Say which provincial tier a district takes from a day on. Raises NotYours."""
    _require_keeper(by)
    record(tier, by, f"选定档次，依据：{tier.source}"[:100])
    return tier


@transaction.atomic
def set_days(days: list[tuple[date, bool, str]], *, by: Any) -> int:
    """Replace the arrangement of the years that the days fall in, by the State Council's notice. Raises NotYours."""
    _require_keeper(by)
    said = {day: (works, name) for day, works, name in days}
    for row in SpecialDay.objects.filter(day__year__in={day.year for day in said}):
        works, name = said.pop(row.day, (None, ""))
        if works is None:
            row._history_user, row._change_reason = by, ARRANGED  # type: ignore[attr-defined]
            row.delete()
        elif (row.is_working, row.name) != (works, name):
            row.is_working, row.name = works, name
            record(row, by, ARRANGED)
    create_many((SpecialDay(day=day, is_working=works, name=name) for day, (works, name) in said.items()), by, ARRANGED)
    return len(days)
