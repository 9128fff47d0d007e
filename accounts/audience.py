"""Who may open a page: declared on the view, enforced by one middleware, listed by one test.

A view without a declared audience is refused to everybody and fails tests/test_access.py, so that nobody can forget.
The audience is about the role; which records a person reaches is the queryset's `visible_to`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from accounts.models import STAFF_ROLES, Role, User

View = TypeVar("View", bound=Callable[..., Any])


class SignedIn(HttpRequest):
    """A request behind an audience that leaves strangers out: its user is a person."""

    user: User  # type: ignore[assignment]


STRANGERS = "strangers"  # also people who are not signed in
ANYBODY = tuple(sorted(Role.values))  # every signed-in person
STAFF = tuple(sorted(STAFF_ROLES))  # everybody but the contractors


def audience(*roles: str) -> Callable[[View], View]:
    """Declare who may open the view: roles of accounts.models.Role, or STRANGERS for public pages."""
    unknown = set(roles) - set(Role.values) - {STRANGERS}
    if unknown or not roles:
        raise ValueError(f"audience of unknown roles: {sorted(unknown)}")

    def declare(view: View) -> View:
        view.audience = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare
