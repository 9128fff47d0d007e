from types import SimpleNamespace

import pytest

from common.fields import BlindIndexField, Undecryptable, blind_index, decrypt, encrypt, mask_id_number, mask_phone


def test_sealed_text_opens_again_and_differs_each_time():
    first, second = (encrypt("420902197708150426", "worker.id") for _ in range(2))
    assert first != second
    assert "420902" not in first
    assert decrypt(first, "worker.id") == decrypt(second, "worker.id") == "420902197708150426"


def test_a_value_moved_to_another_field_does_not_open():
    with pytest.raises(Undecryptable):
        decrypt(encrypt("420902197708150426", "worker.id"), "worker.account")


def test_an_old_key_still_opens_after_a_new_one_is_put_first(settings):
    sealed = encrypt("secret", "x")
    settings.FIELD_KEYS = [b"n" * 32, *settings.FIELD_KEYS]
    assert decrypt(sealed, "x") == "secret"
    settings.FIELD_KEYS = [b"n" * 32]
    with pytest.raises(Undecryptable):
        decrypt(sealed, "x")


def test_blind_index_is_equal_for_equal_values_only():
    assert blind_index("a") == blind_index("a") != blind_index("b")
    assert blind_index("") == ""


def test_blind_index_field_follows_its_source():
    field = BlindIndexField(source="id_number")
    field.attname = "id_index"
    row = SimpleNamespace(id_number="420902197708150426")
    assert field.pre_save(row, add=True) == blind_index("420902197708150426") == row.id_index


def test_masks_show_no_more_than_they_must():
    assert mask_id_number("420902197708150426") == "420902************"
    assert mask_id_number("1234567890") == "**********"
    assert mask_phone("13812341234") == "138****1234"
