"""One fingerprint for everything that is frozen: SHA-256 over canonical JSON."""

import hashlib
import json
from typing import Any


def fingerprint(plain: Any) -> str:
    """SHA-256 of plain JSON data, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
