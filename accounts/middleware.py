"""Enforces the declared audience of every view."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.audience import STRANGERS
from accounts.models import AccessRecord, Role
from common.requests import address_of

ADMIN_SITE = "admin"
ALLOWED_BEFORE_PASSWORD = ("accounts:password", "accounts:sign-out", "accounts:large-text")


class Audience:
    """Strangers go to the sign-in page, people of another role get a page that says who may see it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:  # nothing of it is found in the browser after signing out
            response.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        allowed = audience_of(request, view)
        if STRANGERS in allowed:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.roles & allowed:
            return refuse(request, allowed)
        here = request.resolver_match.view_name if request.resolver_match else ""
        if request.user.must_change_password and here not in ALLOWED_BEFORE_PASSWORD:
            return redirect("accounts:password")
        return None


def audience_of(request: HttpRequest, view: Any) -> frozenset[str]:
    """The declared audience; Django's admin site belongs to the system admin; nothing declared means nobody."""
    if request.resolver_match and request.resolver_match.app_name == ADMIN_SITE:
        return frozenset({Role.ADMIN})
    return getattr(view, "audience", frozenset())


def refuse(request: HttpRequest, allowed: frozenset[str]) -> HttpResponse:
    AccessRecord.write(AccessRecord.Kind.REFUSED, request.user, request.path, address=address_of(request))
    who = "、".join(Role(role).label for role in Role.values if role in allowed)
    return render(request, "403.html", {"who": who, "home": reverse("home")}, status=403)
