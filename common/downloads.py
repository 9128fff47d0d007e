"""Files that leave the server: right names in every browser, never sniffed, never opened inside the page."""

import re
from urllib.parse import quote

from django.http import HttpResponse

UNSAFE = re.compile(r'[\x00-\x1f"\\/:*?<>|]')
LONGEST = 120


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A download named `name`: UTF-8 for browsers that know it, an ASCII form for the others."""
    name = safe_name(name)
    plain = re.sub(r"[^\x20-\x7e]", "_", name)
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def safe_name(name: str) -> str:
    """A file name without path characters, cut before the extension when it is too long."""
    name = UNSAFE.sub("_", name).strip(" .") or "file"
    stem, dot, extension = name.rpartition(".")
    return f"{stem[: LONGEST - len(extension) - 1]}{dot}{extension}" if dot else name[:LONGEST]
