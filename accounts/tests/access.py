"""Who may open each page of this room; tests/test_access.py holds the code against it."""

from accounts.audience import ANYBODY, STRANGERS

ACCESS = {
    "accounts:sign-in": {"roles": [STRANGERS]},
    "accounts:demo-sign-in": {"roles": [STRANGERS], "kwargs": lambda cast: {"username": "zhouyt"}},
    "accounts:sign-out": {"roles": ANYBODY},
    "accounts:password": {"roles": ANYBODY},
    "accounts:me": {"roles": ANYBODY},
    "accounts:large-text": {"roles": ANYBODY},
}
