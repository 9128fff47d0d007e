"""Every URL × every role and a stranger. A URL that no room declares in its tests/access.py fails the build."""

import importlib
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.audience import ANYBODY, STRANGERS
from accounts.models import AccessRecord, Role, RoleHolding, User

ROOMS = [name for name in settings.INSTALLED_APPS if "." not in name and (settings.BASE_DIR / name).is_dir()]
OWN = {"home": {"roles": ANYBODY}, "alive": {"roles": [STRANGERS]}}
NOT_OURS = {"admin"}  # Django's admin site: the system admin only, tested below by its own index


def declared() -> dict[str, dict]:
    table = dict(OWN)
    for room in ROOMS:
        try:
            table |= importlib.import_module(f"{room}.tests.access").ACCESS
        except ModuleNotFoundError:
            continue
    return table


def named_patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in NOT_OURS:
                yield from named_patterns(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            yield prefix + (pattern.name or str(pattern.pattern)), pattern


PATTERNS = dict(named_patterns(get_resolver()))
TABLE = declared()


def test_every_url_is_declared_and_every_declaration_has_a_url():
    assert set(PATTERNS) == set(TABLE)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_the_view_declares_the_audience_of_the_table(name):
    assert getattr(PATTERNS[name].callback, "audience", None) == frozenset(TABLE[name]["roles"])


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_nobody_else_gets_in_by_url(name, cast, client, request):
    kwargs = TABLE[name].get("kwargs", lambda cast: {})
    fixtures = {fixture: request.getfixturevalue(fixture) for fixture in TABLE[name].get("fixtures", [])}
    url = reverse(name, kwargs=kwargs(cast, **fixtures))
    allowed = set(TABLE[name]["roles"])
    response = client.get(url)
    if STRANGERS in allowed:
        assert response.status_code in (200, 302, 405, 410)  # 410: a worker's link that is over
        return
    assert response.status_code == 302
    assert response.url.startswith(reverse("accounts:sign-in"))
    for role in Role.values:
        person = User.objects.create_user(f"only-{role}", name="某人")
        RoleHolding.objects.create(user=person, role=role)
        client.force_login(person)
        for method in (client.get, client.post):
            status = method(url).status_code
            assert (status != 403) if role in allowed else (status == 403), (name, role, method.__name__, status)


@pytest.mark.parametrize("role", Role.values)
def test_the_admin_site_is_for_the_system_admin(role, cast, client):
    person = getattr(cast, {"logistics_head": "head"}.get(role, role))
    client.force_login(person)
    assert client.get("/admin/").status_code == (200 if role == Role.ADMIN else 403)


@pytest.mark.parametrize("text", ["²", "1" * 25, "-1", "x"])
@pytest.mark.parametrize(
    "address",
    [
        "staff:workers", "staff:settlements", "staff:issues", "staff:dispositions", "staff:consultation-add", "contractors:contracts",
        "programme:evidence-list", "programme:services", "plans:plans", "staff:classification",
    ],
)  # fmt: skip
def test_a_parameter_that_is_no_number_is_no_error(address, text, cast, client):
    client.force_login(cast.officer)
    names = ("service", "worker", "id", "campus", "category", "page")
    assert client.get(reverse(address), dict.fromkeys(names, text)).status_code == 200


def test_a_refused_access_keeps_the_visitors_address(cast, client, settings):
    settings.PROXIES = 1
    client.force_login(cast.contractor)
    client.get(reverse("staff:workers"), HTTP_X_FORWARDED_FOR="203.0.113.7")
    assert AccessRecord.objects.get().address == "203.0.113.7"


@pytest.mark.parametrize("name", ["staff:worker", "staff:worker-reveal", "staff:link-make", "staff:settlement", "home"])
def test_no_page_of_a_signed_in_person_stays_in_the_browser(name, cast, client, settled):
    client.force_login(cast.hr)
    args = {"home": [], "staff:link-make": [settled.worker_id, "confirm"]}.get(name, [settled.worker_id])
    ask = client.post if name in ("staff:worker-reveal", "staff:link-make") else client.get
    assert "no-store" in ask(reverse(name, args=args))["Cache-Control"]
