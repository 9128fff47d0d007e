"""Who may open each page of this room; tests/test_access.py holds the code against it."""

from accounts.audience import ANYBODY, STRANGERS
from accounts.models import Role


def about(roles, kwargs=None, *fixtures):
    """One line of a room's table: who may open the page, and how to build its address."""
    return {"roles": roles} | ({"kwargs": kwargs, "fixtures": list(fixtures)} if kwargs else {})


def of_unit(cast):
    return {"pk": cast.logistics.pk}


def of_person(cast):
    return {"pk": cast.officer.pk}


ACCESS = {
    "accounts:sign-in": {"roles": [STRANGERS]},
    "accounts:demo-sign-in": {"roles": [STRANGERS], "kwargs": lambda cast: {"username": "zhouyt"}},
    "accounts:sign-out": {"roles": ANYBODY},
    "accounts:password": {"roles": ANYBODY},
    "accounts:me": {"roles": ANYBODY},
    "accounts:setup": {"roles": [STRANGERS]},
    **{
        f"accounts:{name}": {"roles": [Role.ADMIN]}
        for name in ("first-steps", "college", "units", "people", "person-add", "people-paste")
    },
    "accounts:access-records": {"roles": [Role.ADMIN, Role.HR, Role.REVIEWER]},
    **{f"accounts:{name}": {"roles": [Role.ADMIN], "kwargs": of_unit} for name in ("unit", "unit-remove")},
    **{f"accounts:{name}": {"roles": [Role.ADMIN], "kwargs": of_person} for name in ("person", "person-password")},
    "accounts:large-text": {"roles": ANYBODY},
}
