"""Constraints that many tables have alike."""

from django.db.models import CheckConstraint, F, Q


def runs_forward(first: str, last: str, *, name: str, message: str) -> CheckConstraint:
    """The day `last` is open or not before the day `first`; `message` is what a person reads who enters another."""
    return CheckConstraint(
        condition=Q(**{last: None}) | Q(**{f"{last}__gte": F(first)}), name=name, violation_error_message=message
    )
