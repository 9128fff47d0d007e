"""What a log may not say, and what a person sees instead of a bare refusal."""

import io
import logging

from django.test import Client
from django.urls import reverse

TOKEN = "4DzSTJOkmcddF5LM8X2vS3b1ddq_7a1u"


def logged(monkeypatch) -> io.StringIO:
    """What the console of the running system gets: the handler of the settings, its stream caught."""
    written = io.StringIO()
    handlers = [each for each in logging.getLogger().handlers if type(each).__name__ == "StreamHandler"]
    assert handlers
    for each in handlers:
        monkeypatch.setattr(each, "stream", written)
    assert logging.getLogger("django").handlers == []  # Django's own would write the line unmasked
    return written


def test_a_links_token_stands_in_no_log_whatever_is_wrong_with_the_request(db, monkeypatch):
    written = logged(monkeypatch)
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("staff:own", args=[TOKEN]))  # 410
    client.get(reverse("staff:own-certificate", args=[TOKEN]))
    client.get(f"/own/{TOKEN}/")  # 404, and so on
    client.get(f"/staff/own/{TOKEN}/elsewhere/")
    client.get(f"/staff/{TOKEN}/")
    client.post(reverse("staff:own", args=[TOKEN]), {"digits": "1234"})  # CSRF
    lines = written.getvalue()
    assert lines.count("***") >= 6
    assert "Forbidden (CSRF" in lines
    assert TOKEN not in lines


def test_a_form_without_its_ticket_gets_a_page_in_chinese(db):
    page = Client(enforce_csrf_checks=True).post(reverse("staff:own", args=[TOKEN]), {"digits": "1234"})
    assert page.status_code == 403
    assert "没有提交，这一页放得太久了" in page.content.decode()
