"""Encrypted text at rest, and a blind index to look it up by.

AES-256-GCM with a random nonce; the model and field name are authenticated with it, so that a value copied into
another column or table does not decrypt. Keys: settings.FIELD_KEYS (first one encrypts) and INDEX_KEY.
"""

import base64
import hashlib
import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

VERSION = b"\x01"
NONCE_BYTES = 12


class Undecryptable(Exception):
    """A stored value was not written with any of FIELD_KEYS, or was moved from another field."""


def encrypt(text: str, context: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(settings.FIELD_KEYS[0]).encrypt(nonce, text.encode(), context.encode())
    return base64.b64encode(VERSION + nonce + sealed).decode()


def decrypt(stored: str, context: str) -> str:
    raw = base64.b64decode(stored)
    if raw[:1] != VERSION:
        raise Undecryptable(context)
    nonce, sealed = raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
    for key in settings.FIELD_KEYS:
        try:
            return AESGCM(key).decrypt(nonce, sealed, context.encode()).decode()
        except InvalidTag:
            continue
    raise Undecryptable(context)


def blind_index(value: str) -> str:
    """Keyed hash of a normalised value: equal values have equal indexes, and the index tells nothing without the key."""
    return hmac.new(settings.INDEX_KEY, value.encode(), hashlib.sha256).hexdigest() if value else ""


class EncryptedTextField(models.TextField):
    """Text that is plain in Python and sealed in the database. Empty stays empty. Cannot be filtered: use BlindIndexField."""

    @property
    def context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value, self.context) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value, self.context) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in ("isnull",):
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.context} is encrypted and cannot be filtered by {lookup_name}: use its blind index")


class BlindIndexField(models.CharField):
    """Blind index of another field of the same row, computed at every save and bulk_create."""

    def __init__(self, *args: Any, source: str = "", **kwargs: Any):
        self.source = source
        kwargs.update(max_length=64, editable=False, blank=True, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for computed in ("max_length", "editable", "blank", "default"):
            kwargs.pop(computed, None)
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        value = blind_index(getattr(instance, self.source) or "")
        setattr(instance, self.attname, value)
        return value


def mask_id_number(number: str) -> str:
    """420902********1234: first six and last four digits."""
    return f"{number[:6]}{'*' * max(len(number) - 10, 0)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def mask_phone(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else "*" * len(number)


def mask_account(number: str) -> str:
    return f"**** {number[-4:]}" if number else ""
