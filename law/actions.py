"""Entering the dated figures of the law. A frozen result keeps the figures it was computed with, whatever is entered later."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Role
from common.history import record
from common.refusals import NotYours, require
from law.errors import NoSuchKey
from law.models import Parameter, PlaceTier, SpecialDay
from law.parameters import KEYS


def may_keep(user: Any) -> bool:
    return user.has_role(Role.ADMIN)


def _require_keeper(by: Any) -> None:
    require(may_keep(by), NotYours, act="修改参数", who="系统管理员")


@transaction.atomic
def save_parameter(parameter: Parameter, *, by: Any) -> Parameter:
    """Enter or correct one value with its source; the value before it ends the day before. Raises NotYours, NoSuchKey."""
    _require_keeper(by)
    require(parameter.key in KEYS, NoSuchKey)
    record(parameter, by, f"录入参数，来源：{parameter.source}"[:100])
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
    years = {day.year for day, _, _ in days}
    for year in years:
        SpecialDay.objects.filter(day__year=year).delete()
    SpecialDay.objects.bulk_create(SpecialDay(day=day, is_working=works, name=name) for day, works, name in days)
    return len(days)
