"""Check that FIELD_KEYS open what is sealed in the database."""

from django.apps import apps

from common.fields import EncryptedTextField, Undecryptable
from common.verifying import Faults, VerifyCommand


class Command(VerifyCommand):
    help = "Open every sealed value of the database. Exit 0: all open; 1: FIELD_KEYS do not fit, or a value is damaged."
    summary = "查了 {columns} 列加密内容，{faults} 列解不开。"

    def look(self) -> tuple[dict[str, int], Faults]:
        columns = [
            (model, field) for model in apps.get_models() for field in model._meta.concrete_fields
            if isinstance(field, EncryptedTextField)
        ]  # fmt: skip
        faults: Faults = []
        for model, field in columns:
            try:
                for _ in model._base_manager.values_list(field.name).iterator():
                    pass
            except Undecryptable as error:
                faults.append({"column": field.context, "what": str(error)})
        return {"columns": len(columns)}, faults
