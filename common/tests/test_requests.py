"""Where a request comes from, and numbers that people type into an address."""

import pytest

from common.requests import address_of, whole_number


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "1.1.1.1, 203.0.113.7", "203.0.113.7"),  # the visitor wrote the left one
        (2, "1.1.1.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "10.0.0.2", "127.0.0.1"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "<script>", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_the_outermost_trusted_proxy_saw(rf, settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    assert address_of(rf.get("/", HTTP_X_FORWARDED_FOR=forwarded)) == address


@pytest.mark.parametrize("text", ["", None, "²", "５", "-1", "1.5", "1" * 25, " 1", "1\n"])
def test_what_is_no_number_of_a_row_is_none(text):
    assert whole_number(text) is None


def test_a_number_of_a_row_is_read():
    assert whole_number("007") == 7
