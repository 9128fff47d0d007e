"""What every form of the house refuses, whatever its room."""

from datetime import date

import pytest
from django import forms

from common.forms import EARLIEST, Form, believable


class Dated(Form):
    day = forms.DateField()


class Worded(Form):
    words = forms.CharField()


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "0225-01-01", "1929-12-31"])
def test_a_day_that_nobody_means_is_refused_with_the_reason(text):
    form = Dated({"day": text})
    assert not form.is_valid()
    assert "请核对年份" in str(form.errors["day"])


def test_the_days_of_a_working_life_are_taken():
    for day in (EARLIEST, date(2026, 2, 28), date(2050, 1, 1)):
        believable(day)
        assert Dated({"day": day.isoformat()}).is_valid()


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x7f", "\x85"])
def test_a_control_sign_is_refused_in_every_text(sign):
    form = Worded({"words": f"劳务{sign}公司"})
    assert not form.is_valid()
    assert "控制字符" in str(form.errors["words"])
    assert Worded({"words": "第一行\r\n\t第二行"}).is_valid()
