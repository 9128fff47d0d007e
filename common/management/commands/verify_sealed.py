"""Check that FIELD_KEYS open what is sealed in the database, and that every blind index is the one of its value."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from common.fields import BlindIndexField, Undecryptable, blind_index, sealed_columns
from common.verifying import Faults, VerifyCommand


class Command(VerifyCommand):
    help = (
        "Open every sealed value of the database and work out its blind index. "
        "Exit 0: all open and fit; 1: FIELD_KEYS or INDEX_KEY do not fit, or a value is damaged."
    )
    summary = "查了 {columns} 列加密内容，{faults} 处不符。"

    def look(self) -> tuple[dict[str, int], Faults]:
        columns = sealed_columns()
        faults: Faults = []
        for model, field in columns:
            try:
                for _ in model._base_manager.values_list(field.name).iterator():
                    pass
            except Undecryptable as error:
                faults.append({"column": field.context, "what": str(error)})
        closed = {model for model, field in columns if any(fault["column"] == field.context for fault in faults)}
        for model in apps.get_models():
            if model not in closed:
                faults += _of_indexes(model)
        return {"columns": len(columns)}, faults


def _of_indexes(model: Any) -> Iterator[dict[str, Any]]:
    """Rows that the index does not find under their own value: who is paid twice is looked for by it."""
    indexes = [field for field in model._meta.concrete_fields if isinstance(field, BlindIndexField)]
    for row in model._base_manager.order_by("pk").iterator() if indexes else ():
        for field in indexes:
            if getattr(row, field.attname) != blind_index(getattr(row, field.source) or ""):
                what = f"{model._meta.verbose_name} {row.pk} {row}：{field.name} 与原文不符，按原文查不到这一行"
                yield {"column": f"{model._meta.label_lower}.{field.name}", "row": row.pk, "what": what}
