"""Redirects that stay on this site, whatever the `next` of a form says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, otherwise: str, field: str = "next") -> HttpResponse:
    """Redirect to the posted `next` when it is a path of this site, to `otherwise` when not."""
    target = request.POST.get(field, "")
    # a word without a slash is no path: redirect() would look for a page of that name
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(target, None, require_https=request.is_secure())
    return redirect(target if safe else otherwise)
