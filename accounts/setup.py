"""The first person of a new installation: whoever started the program holds its setup code."""

import hashlib
import hmac

from django.conf import settings

from accounts.models import User


def is_needed() -> bool:
    """Nobody can sign in yet."""
    return not User.objects.exists()


def setup_code() -> str:
    """Eight signs that only somebody with access to the server can read off; the same until the key changes."""
    return hmac.new(settings.SECRET_KEY.encode(), b"first admin", hashlib.sha256).hexdigest()[:8].upper()


def is_setup_code(given: str) -> bool:
    return hmac.compare_digest(given.strip().upper().encode(), setup_code().encode())
