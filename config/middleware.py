"""What is answered before any other rule of the site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config import views


class Alive:
    """/alive/ for probes: they ask the process itself, by its address and without TLS.

    Neither the redirect to HTTPS nor the check of the host's name may stand before it; it tells nothing but "ok".
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return views.alive(request) if request.path_info == "/alive/" else self.get_response(request)
