import pytest
from django.urls import reverse

from accounts.models import AccessRecord, College, User

SIGN_IN = "/sign-in/"


def sign_in(client, username, password="demo-2026", **extra):
    return client.post(SIGN_IN, {"username": username, "password": password, **extra})


def test_signing_in_by_user_name_in_any_case(client, cast):
    assert sign_in(client, " ZhouYT").status_code == 302


def test_failures_say_how_many_tries_are_left_and_then_wait(client, cast):
    assert "还可再试 4 次" in sign_in(client, "zhouyt", "wrong").content.decode()
    for _ in range(3):
        sign_in(client, "zhouyt", "wrong")
    response = sign_in(client, "zhouyt", "wrong")
    assert response.status_code == 429
    assert "15 分钟" in response.content.decode()
    assert sign_in(client, "zhouyt").status_code == 429
    assert sign_in(client, "hejy").status_code == 302  # another person at the same address is not punished


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_next_never_leads_away(client, cast, target):
    assert sign_in(client, "zhouyt", next=target).url == reverse("home")


def test_changing_the_password_ends_other_sessions_only(client, cast):
    other = type(client)()
    for each in (client, other):
        each.force_login(cast.officer)
    new = {"old_password": "demo-2026", "new_password1": "xinmima-8848", "new_password2": "xinmima-8848"}
    assert client.post("/password/", new).status_code == 302
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


def test_a_first_password_must_be_changed_before_anything_else(client, cast):
    User.objects.filter(pk=cast.officer.pk).update(must_change_password=True)
    client.force_login(cast.officer)
    assert client.get("/me/").url == "/password/"
    assert client.get("/password/").status_code == 200


def test_one_click_sign_in_exists_in_demo_mode_only(client, cast, settings):
    assert client.post("/sign-in/zhouyt/").status_code == 403
    settings.DEMO = True
    assert client.post("/sign-in/zhouyt/").status_code == 403  # a real college, whatever the setting says
    College.objects.update(is_demo=True)
    assert "以此身份登录" in client.get(SIGN_IN).content.decode()
    assert client.post("/sign-in/zhouyt/").status_code == 302


def test_a_refused_page_says_who_may_see_it_and_is_recorded(client, cast):
    client.force_login(cast.officer)
    response = client.get("/admin/")
    assert response.status_code == 403
    assert "系统管理员" in response.content.decode()
    assert AccessRecord.objects.get().subject == "/admin/"


def test_a_next_that_is_no_path_leads_home(client, cast):
    client.force_login(cast.officer)
    for target in ("abc", "https://elsewhere.example/", "//elsewhere.example/"):
        answer = client.post("/large-text/", {"next": target})
        assert (answer.status_code, answer.url) == (302, "/me/"), target


def test_signing_in_is_no_change_of_the_person(client, cast):
    before = cast.officer.history.count()
    client.force_login(cast.officer)  # sends the signal of every sign-in
    cast.officer.refresh_from_db()
    assert cast.officer.last_login is not None
    assert cast.officer.history.count() == before


def test_large_text_is_kept_with_the_person(client, cast):
    client.force_login(cast.leader)
    client.post("/large-text/", {"next": "/me/"})
    assert 'data-text="large"' in client.get("/me/").content.decode()


def test_posting_without_a_token_is_refused(cast):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.officer)
    assert strict.post("/large-text/").status_code == 403


def test_pages_load_nothing_from_outside_and_no_inline_script(client, cast):
    client.force_login(cast.officer)
    response = client.get("/me/")
    assert "'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
    assert "https://" not in response.content.decode()
