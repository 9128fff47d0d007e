"""Constraints that many tables have alike."""

import operator
from collections.abc import Iterator
from typing import Any

from django.db.models import CheckConstraint, F, Model, Q

COMPARISONS = {
    "": operator.eq, "exact": operator.eq, "gte": operator.ge, "gt": operator.gt, "lte": operator.le, "lt": operator.lt,
    "day": lambda value, day: value.day == day,
}  # fmt: skip


def runs_forward(first: str, last: str, *, name: str, message: str) -> CheckConstraint:
    """The day `last` is open or not before the day `first`; `message` is what a person reads who enters another."""
    return CheckConstraint(
        condition=Q(**{last: None}) | Q(**{f"{last}__gte": F(first)}), name=name, violation_error_message=message
    )


def broken_by(row: Model) -> Iterator[str]:
    """What the check constraints of its table say against an unsaved row, without asking the database for each."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, CheckConstraint) and _holds(constraint.condition, row) is False:
            yield str(constraint.get_violation_error_message())


def _holds(condition: Any, row: Model) -> bool | None:
    """A Q or a lookup with its value, as the database sees it, where a comparison with null is neither true nor false."""
    if isinstance(condition, Q):
        answers = [_holds(child, row) for child in condition.children]
        if condition.connector == Q.OR:
            answer = True if True in answers else None if None in answers else False
        else:
            answer = False if False in answers else None if None in answers else True
        return answer if answer is None or not condition.negated else not answer
    lookup, other = condition
    path, _, comparison = lookup.partition("__")
    value, other = getattr(row, path), getattr(row, other.name) if isinstance(other, F) else other  # type: ignore[attr-defined]
    if comparison in ("", "exact") and other is None:
        return value is None
    return None if value is None or other is None else COMPARISONS[comparison](value, other)
