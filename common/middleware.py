"""The one place where a refusal becomes a page."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.refusals import DomainError, refusal_in

logger = logging.getLogger(__name__)


class Refusals:
    """Render what means a refusal with its own status; everything else is a bug and stays a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        refusal = refusal_in(error)
        if refusal is None:
            return None
        if refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR:  # the server's fault: for the admin's log too
            logger.error("%s: %s", request.path, refusal)
        return refusal_page(request, refusal)


def refusal_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The refusal as a page, or as a notice inside the page for htmx."""
    template = "parts/refusal.html" if request.headers.get("HX-Request") else "refusal.html"
    return render(request, template, {"refusal": error}, status=error.status)
