"""Seal everything with the first of FIELD_KEYS, so that the others can be retired."""

import base64
from typing import Any

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from common.fields import EncryptedTextField, Undecryptable, seal, sealed_columns, unseal
from common.models import FileUnreadable, StoredFile
from common.triggers import lifted

AT_ONCE = 500


class Command(BaseCommand):
    help = (
        "Write every sealed value and file anew with the first of FIELD_KEYS; all of them still have to open what is there. "
        "For a stopped service. All columns change or none; started again it does its work once more."
    )

    def handle(self, **_: Any) -> None:
        try:
            with lifted():  # frozen rows are written too: what they say stays the same
                values = sum(_column(model, field) for model, field in sealed_columns())
            files = sum(_file(each) for each in _sealed_files())
        except (Undecryptable, FileUnreadable) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{values} 个值和 {files} 个文件已用新密钥重新加密。运行 verify 无误后，可以去掉旧的 FIELD_KEYS。"
        )


def _column(model: Any, field: EncryptedTextField) -> int:
    """Past the ORM, which would write the history's columns and blind indexes too."""
    names = (model._meta.db_table, model._meta.pk.column, field.column)
    table, key, column = map(connection.ops.quote_name, names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {column} FROM {table} WHERE {column} <> ''")  # noqa: S608 (names of the models)
        rows = cursor.fetchall()
        for begin in range(0, len(rows), AT_ONCE):
            anew = [(_anew(text, field.context), pk) for pk, text in rows[begin : begin + AT_ONCE]]
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", anew)  # noqa: S608
    return len(rows)


def _anew(text: str, context: str) -> str:
    return base64.b64encode(seal(unseal(base64.b64decode(text), context), context)).decode()


def _sealed_files() -> list[StoredFile]:
    """One row for each file on the disk."""
    return list({each.content.name: each for each in StoredFile.objects.filter(is_sealed=True)}.values())


def _file(stored: StoredFile) -> int:
    path = str(stored.content.name)
    stored.content.storage.save(path, ContentFile(seal(stored.read(), path)))
    return 1
