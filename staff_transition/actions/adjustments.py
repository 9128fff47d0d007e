"""Lines added by hand: entered by one person, confirmed by another, taken back with a reason; never edited."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from common.history import record
from common.refusals import NotYours, require
from staff_transition import permissions
from staff_transition.actions import settlements
from staff_transition.actions.holding import hold
from staff_transition.actions.rosters import require_open_to
from staff_transition.actions.workers import held
from staff_transition.errors import AdjustmentIsOver, OwnAdjustment
from staff_transition.models import Adjustment
from staff_transition.payable import is_paid


@transaction.atomic
def add_adjustment(adjustment: Adjustment, *, by: Any) -> Adjustment:
    """Enter a line for a worker; it counts once another person has confirmed it. Raises NotYours, AlreadyLocked.

    A locked roster takes no line but of who is paid already: that one becomes a supplement of its own. Two equal lines are two
    payments that somebody means, and a second person confirms each; a form that is sent again is known by common.once.
    """
    _hold(adjustment, by)
    adjustment.made_by, adjustment.made_at = by, timezone.now()
    record(adjustment, by, adjustment.reason)
    return adjustment


@transaction.atomic
def confirm_adjustment(adjustment: Adjustment, *, by: Any) -> Adjustment:
    """The second pair of eyes: HR, and never the person who entered it. Raises NotYours, OwnAdjustment, AdjustmentIsOver."""
    adjustment = _live(adjustment, by)
    require(permissions.may_confirm_adjustment(by), NotYours, act="复核这一项", who=permissions.HR_OFFICE)
    require(adjustment.made_by_id != by.pk, OwnAdjustment)  # type: ignore[attr-defined]
    require(adjustment.confirmed_at is None, AdjustmentIsOver, state="复核")
    paid = _hold(adjustment, by)
    adjustment.confirmed_by, adjustment.confirmed_at = by, timezone.now()
    adjustment.supplement = settlements.supplement(adjustment, by=by) if paid else None
    record(adjustment, by, "复核", "confirmed_by", "confirmed_at", "supplement")
    return adjustment


@transaction.atomic
def withdraw_adjustment(adjustment: Adjustment, *, by: Any, reason: str) -> Adjustment:
    """Take the line back; the row stays. Raises NotYours, AlreadyLocked, AdjustmentIsOver, SupplementIsPaid, SupplementIsCounted."""
    adjustment = _live(adjustment, by)
    if _hold(adjustment, by) and adjustment.confirmed_at:
        settlements.withdraw_supplement(adjustment, by=by, reason=reason)
    adjustment.withdrawn_at = timezone.now()
    record(adjustment, by, reason, "withdrawn_at")
    return adjustment


def _hold(adjustment: Adjustment, by: Any) -> bool:
    """The worker for this transaction alone; whether he is paid already, so that the lock stands and the line is one more."""
    worker = held(adjustment.worker, by, is_open=False)
    paid = is_paid(worker)
    if not paid:
        require_open_to([worker])
    return paid


def _live(adjustment: Adjustment, by: Any) -> Adjustment:
    """The line after its worker, in the order that all acts share: a batch may be taking it up."""
    hold([adjustment.worker_id], by)  # type: ignore[attr-defined]
    found = Adjustment.objects.select_for_update(of=("self",), no_key=True).select_related("worker__service", "made_by")
    adjustment = found.get(pk=adjustment.pk)
    require(adjustment.withdrawn_at is None, AdjustmentIsOver, state="撤销")
    return adjustment
