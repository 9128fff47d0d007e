"""Amounts in figures and words, against the published forms and each other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.money import parse_yuan, read_words, to_fen, words

amounts = st.integers(min_value=0, max_value=10**14 - 1).map(lambda fen: Decimal(fen) / 100)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("12000.01", "壹万贰仟元零壹分"),
        ("100000", "壹拾万元整"),
        ("0.01", "壹分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("0", "零元整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1050000000", "壹拾亿零伍仟万元整"),
    ],
)
def test_words_follow_the_house_form(amount, text):
    assert words(Decimal(amount)) == text


@pytest.mark.parametrize("amount", ["-5", "1000000000000"])
def test_words_refuse_what_no_paper_can_carry(amount):
    with pytest.raises(ValueError):
        words(Decimal(amount))


@given(amounts)
def test_words_read_back_as_the_same_amount(amount):
    assert read_words(words(amount)) == amount


@pytest.mark.parametrize("text", ["", "拾伍元整", "壹亿伍仟元整", "壹佰零", "伍角分", "壹元整整", "ABC"])
def test_other_spellings_are_refused(text):
    with pytest.raises(ValueError):
        read_words(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3,200元", "3200.00"),
        ("0.32万", "3200.00"),
        ("￥3 200.5", "3200.50"),
        ("１２.５万元", "125000.00"),
        ("-2", "-2.00"),
    ],
)
def test_amounts_are_read_as_people_type_them(text, amount):
    assert parse_yuan(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["二千四", "3o", "1.234", "", "元", "1e5", "=1+1", "1" + "0" * 26])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError):
        parse_yuan(text)


def test_rounding_is_half_up():
    assert to_fen(Decimal("3083.345")) == Decimal("3083.35")
