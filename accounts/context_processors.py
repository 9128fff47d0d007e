"""What every page of the shell needs: the college, the rail, the person's preferences."""

from functools import cache
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts import menu
from accounts.models import College


def shell(request: HttpRequest) -> dict[str, Any]:
    """Lazy but for strangers: error pages and htmx parts do not pay for the rail."""
    if not getattr(request, "user", None) or not request.user.is_authenticated or request.headers.get("HX-Request"):
        return {"college": College.current}
    return {"college": College.current, "rail": cache(lambda: _rail(request))}


def _rail(request: HttpRequest) -> list[tuple[str, list[dict[str, Any]]]]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    app = here.partition(":")[0]
    lines: list[dict[str, Any]] = []
    for entry in menu.entries_for(request.user):
        count = entry.count(request.user) if entry.count else None
        lines.append(
            {
                "entry": entry,
                "url": reverse(entry.view_name),
                "is_here": entry.view_name == here,
                "is_near": entry.view_name.partition(":")[0] == app,
                "number": count[0] if count else None,
                "late": bool(count and count[1]),
            }
        )
    if not any(line["is_here"] for line in lines):  # a record's page marks the entry whose address its own begins with
        near = [line for line in lines if line["is_near"]]
        above = [line for line in near if request.path.startswith(line["url"])] or near[:1]
        if above:
            max(above, key=lambda line: len(line["url"]))["is_here"] = True
    return [(group, list(each)) for group, each in groupby(lines, key=lambda line: line["entry"].group)]
