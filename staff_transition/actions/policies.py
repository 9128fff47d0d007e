"""Choosing how the college reads a point that law or practice leaves open."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from common.history import record
from common.refusals import NotYours, require
from staff_transition import permissions
from staff_transition.errors import NoSuchOption
from staff_transition.models import PolicyChoice
from staff_transition.rules.policy import SWITCHES


@transaction.atomic
def choose(key: str, option: str, *, by: Any, reason: str) -> PolicyChoice:
    """Set one switch for the whole college, with the reason. Frozen versions keep what they were computed with.

    Raises NotYours, NoSuchOption.
    """
    require(permissions.may_choose_policy(by), NotYours, act="设定计算口径", who=permissions.HR_OFFICE)
    require(key in SWITCHES and option in SWITCHES[key].options, NoSuchOption)
    choice = PolicyChoice.objects.select_for_update(no_key=True).filter(key=key).first() or PolicyChoice(key=key)
    choice.option, choice.reason, choice.set_by, choice.set_at = option, reason, by, timezone.now()
    record(choice, by, reason)
    return choice
