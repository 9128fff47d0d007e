"""Pages that belong to no room: where a person lands, and what is shown when something breaks."""

import logging
import secrets

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import menu
from accounts.audience import ANYBODY, STRANGERS, SignedIn, audience
from accounts.models import Role

logger = logging.getLogger(__name__)

LANDING = {  # the first page that a role opens, where its day begins; the first role in this order decides
    Role.LEADER: "approvals:inbox",
    Role.HR: "approvals:inbox",
    Role.FINANCE: "approvals:inbox",
    Role.REVIEWER: "approvals:inbox",
    Role.OFFICER: "programme:board",
    Role.LOGISTICS_HEAD: "programme:board",
    Role.PROCUREMENT: "approvals:inbox",
    Role.ADMIN: "accounts:first-steps",
    Role.CONTRACTOR: "contractors:mine",
}


@audience(*ANYBODY)
def home(request: SignedIn) -> HttpResponse:
    """Send a person to the page their role begins the day with."""
    offered = {entry.view_name for entry in menu.entries_for(request.user)}
    for role, view_name in LANDING.items():
        if role in request.user.roles and view_name in offered:
            return redirect(view_name)
    return redirect("accounts:me")


@audience(STRANGERS)
def alive(request: HttpRequest) -> HttpResponse:
    """For the load balancer: the process answers and so does its database. config.middleware.Alive calls it first."""
    try:
        with connection.cursor() as cursor:  # a connection that was kept may lead to a database that is gone
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError) as error:
        logger.warning("the database does not answer: %s", error)
        return HttpResponse("no database", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a number that stands in the log too, and no word about the inside."""
    number = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}".upper()
    logger.error("server error %s at %s", number, request.path)
    return render(request, "500.html", {"number": number}, status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form lost its ticket: the page stood open across a sign-in, or the browser keeps no cookies."""
    return render(request, "403_csrf.html", status=403)
