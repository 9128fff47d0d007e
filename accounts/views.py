"""Signing in and out, one's own password and preferences."""

from axes.helpers import get_failure_limit
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import setup
from accounts.audience import ANYBODY, STRANGERS, SignedIn, audience
from accounts.forms import PasswordForm, PreferencesForm, SignInForm
from accounts.models import College, User
from accounts.redirects import back_to
from common.history import record


class SignIn(LoginView):
    """Django's own sign-in in the house's look; in demo mode the demo people stand beside the form."""

    template_name = "accounts/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        left = tries_left(self.request)
        if left is not None and form.cleaned_data.get("username"):
            form.add_error("password", f"还可再试 {left} 次，之后需等 {settings.SIGN_IN_WAIT_MINUTES} 分钟。")
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(demo_people=demo_people(), **kwargs)


@sensitive_post_parameters("password")
@audience(STRANGERS)
def sign_in(request: HttpRequest) -> HttpResponseBase:
    if setup.is_needed():
        return redirect("accounts:setup")
    return SignIn.as_view()(request)


def is_demo() -> bool:
    """Demo mode in a database that `manage.py demo` built: the setting alone opens no door into real work."""
    college = College.current() if settings.DEMO else None
    return college is not None and college.is_demo


def demo_people() -> list[User]:
    """The people of the demo college; none outside demo mode, and none where a real college works."""
    if not is_demo():
        return []
    return list(User.objects.filter(is_active=True).prefetch_related("role_holdings").order_by("pk")[:14])


def tries_left(request: HttpRequest) -> int | None:
    """How many more failures this name may have from this address before it is locked out; None before the first."""
    attempt = AccessAttempt.objects.filter(
        username=getattr(request, "axes_username", None) or request.POST.get("username", ""),
        ip_address=getattr(request, "axes_ip_address", None),
    ).first()
    return attempt and max(get_failure_limit(request, {}) - attempt.failures_since_start, 0)


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict[str, str]) -> HttpResponse:
    """What axes shows when a name has failed too often from one address."""
    return render(request, "accounts/locked_out.html", {"minutes": settings.SIGN_IN_WAIT_MINUTES}, status=429)


@require_POST
@audience(STRANGERS)
def demo_sign_in(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as one of the demo people with one click. Does not exist outside demo mode."""
    if not is_demo():
        return HttpResponseForbidden()
    person = get_object_or_404(User, username=username, is_active=True)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return back_to(request, "home")


@require_POST
@audience(*ANYBODY)
def sign_out(request: SignedIn) -> HttpResponse:
    logout(request)
    return redirect("accounts:sign-in")


@sensitive_post_parameters()
@audience(*ANYBODY)
def password(request: SignedIn) -> HttpResponse:
    """Change one's own password: every other session of the person ends, this one goes on."""
    form = PasswordForm(request.user, request.POST or None)
    if form.is_valid():
        person = form.save(commit=False)
        person.must_change_password = False
        person.save(update_fields=["password", "must_change_password"])
        update_session_auth_hash(request, person)
        messages.success(request, "密码已改，其他地方的登录都已退出。")
        return redirect("accounts:me")
    return render(request, "accounts/password.html", {"form": form})


@audience(*ANYBODY)
def me(request: SignedIn) -> HttpResponse:
    """Who I am here, my roles, large text and density."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "设置已保存。")
        return redirect("accounts:me")
    return render(request, "accounts/me.html", {"form": form})


@require_POST
@audience(*ANYBODY)
def toggle_large_text(request: SignedIn) -> HttpResponse:
    """大字版 on or off, for the person and not for the page."""
    request.user.large_text = not request.user.large_text
    record(request.user, request.user, "大字版", "large_text")
    return back_to(request, "accounts:me")
