"""Encrypted text at rest, and a blind index to look it up by.

AES-256-GCM with a random nonce; the model and field name are authenticated with it, so that a value copied into
another column or table does not decrypt. Keys: settings.FIELD_KEYS (first one encrypts) and INDEX_KEY.
"""

import base64
import hashlib
import hmac
import json
import os
import zlib
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.lookups import Exact

VERSION = b"\x01"
NONCE_BYTES = 12
SEAL_BYTES = len(VERSION) + NONCE_BYTES + 16  # what sealing adds: version, nonce and GCM's tag


class Undecryptable(Exception):
    """A stored value was not written with any of FIELD_KEYS, or was moved from another field."""

    def __init__(self, context: str):
        super().__init__(f"FIELD_KEYS 与存入的内容不符，解不开 {context}。请放回存入时用的 FIELD_KEYS（var/env）。")


def seal(content: bytes, context: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(settings.FIELD_KEYS[0]).encrypt(nonce, content, context.encode())


def unseal(raw: bytes, context: str) -> bytes:
    if raw[:1] != VERSION:
        raise Undecryptable(context)
    nonce, sealed = raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
    for key in settings.FIELD_KEYS:
        try:
            return AESGCM(key).decrypt(nonce, sealed, context.encode())
        except InvalidTag:
            continue
    raise Undecryptable(context)


def encrypt(text: str, context: str) -> str:
    return base64.b64encode(seal(text.encode(), context)).decode()


def decrypt(stored: str, context: str) -> str:
    return unseal(base64.b64decode(stored), context).decode()


def blind_index(value: str) -> str:
    """Keyed hash of a normalised value: equal values have equal indexes, and the index tells nothing without the key."""
    return hmac.new(settings.INDEX_KEY, value.encode(), hashlib.sha256).hexdigest() if value else ""


class IsEmpty(Exact):
    """The one comparison that a sealed text can answer: empty stays empty in the database."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise TypeError(f"{self.lhs.output_field.context} is encrypted and cannot be compared: use its blind index")
        return self.rhs


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
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        if lookup_name == "exact":
            return IsEmpty
        raise TypeError(f"{self.context} is encrypted and cannot be filtered by {lookup_name}: use its blind index")


class EncryptedJSONField(EncryptedTextField):
    """A JSON value, packed and sealed: for what is kept whole and shown again, never searched."""

    _pyi_private_set_type: Any  # what django-stubs reads: any JSON value
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        packed = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), level=3)
        return base64.b64encode(seal(packed, self.context)).decode()

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return json.loads(zlib.decompress(unseal(base64.b64decode(value), self.context))) if value else None

    def to_python(self, value: Any) -> Any:
        return value


def sealed_columns() -> list[tuple[Any, EncryptedTextField]]:
    """Every column that is sealed, with its model, the histories' too."""
    columns = ((model, field) for model in apps.get_models() for field in model._meta.concrete_fields)
    return [(model, field) for model, field in columns if isinstance(field, EncryptedTextField)]


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
    """420902************: the region alone. Beside the date of birth the last four would make the number whole, and they are
    the secret of the worker's own link."""
    return f"{number[:6]}{'*' * (len(number) - 6)}" if len(number) > 10 else "*" * len(number)


def mask_phone(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else "*" * len(number)


def mask_account(number: str) -> str:
    return f"**** {number[-4:]}" if number else ""


MASKS = {"id_number": mask_id_number, "phone": mask_phone, "bank_account": mask_account, "account": mask_account}


def masked(field: str, number: str) -> str:
    """The number of an encrypted field as its kind is masked everywhere; of a kind that has no mask nothing shows."""
    return MASKS.get(field, lambda text: "*" * len(text))(number)
