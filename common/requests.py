"""What a request says of itself, read with care: where it comes from, and whole numbers in its query string."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

WHOLE = re.compile(r"[0-9]{1,18}")  # str.isdigit() also takes ² and ５, and a database key has 63 bits


def address_of(request: HttpRequest) -> str | None:
    """The visitor's address. Behind PROXIES proxies each adds whom it saw on the right of X-Forwarded-For.

    What stands further to the left was written by the visitor and proves nothing.
    """
    seen = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    forwarded = seen[-settings.PROXIES] if 0 < settings.PROXIES <= len(seen) else ""
    for address in (forwarded, request.META.get("REMOTE_ADDR") or ""):
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            continue
    return None


def whole_number(text: str | None) -> int | None:
    """The number that a parameter says; None for whatever cannot be the number of a row."""
    return int(text) if text and WHOLE.fullmatch(text) else None
