"""Check that every row is what its history says, and that the triggers which keep rows from change are those of the migrations."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Max

from common.triggers import in_place
from common.verifying import Faults, VerifyCommand

VENDORS = ("sqlite", "postgresql")  # in this order a room's AppConfig gives the fingerprints of its triggers


class Command(VerifyCommand):
    help = (
        "Hold every row against the newest entry of its history, and each trigger against what the migrations made. "
        "Exit 0: sound; 1: something was changed, added or removed outside the program."
    )
    line = "{about}：{what}"
    summary = "核对了 {rows} 行与修改记录、{triggers} 个触发器，{faults} 处不符。"

    def look(self) -> tuple[dict[str, int], Faults]:
        wanted = wanted_triggers()
        faults: Faults = list(_of_triggers(wanted))
        count = 0
        for model in apps.get_models():
            if hasattr(model._meta, "simple_history_manager_attribute"):
                rows, found = _held_against_history(model)
                count, faults = count + rows, [*faults, *found]
        return {"rows": count, "triggers": len(wanted)}, faults


def wanted_triggers() -> dict[str, str]:
    """What the migrations made, as the rooms name it: name → fingerprint on this database."""
    column = VENDORS.index(connection.vendor)
    named = (getattr(app, "triggers", {}) for app in apps.get_app_configs())
    return {name: prints[column] for triggers in named for name, prints in triggers.items()}


def _of_triggers(wanted: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Those that are gone, disabled or other than the migrations made them, and those that no migration made."""
    found = in_place()
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            yield _fault(f"触发器 {name}", "不在，或者停用了")
        elif name not in wanted:
            yield _fault(f"触发器 {name}", "不是程序建的")
        elif found[name] != {wanted[name]}:
            yield _fault(f"触发器 {name}", "与程序建的不一样")


def _fault(about: str, what: str, **keys: Any) -> dict[str, Any]:
    return {"about": about, "what": what, **keys}


def _held_against_history(model: Any) -> tuple[int, Iterable[dict[str, Any]]]:
    """How many rows there are, and those that differ from the newest entry of their history.

    Newest is the one written last: a clock may have gone back. Columns that the history leaves out are not looked at.
    """
    history, key = model.history.model, model._meta.pk.attname
    fields = [field for field in history.tracked_fields if field.attname != key]
    columns = [field.attname for field in fields]
    last = history.objects.order_by().values(key).annotate(last=Max("history_id")).values("last")
    entries = history.objects.filter(history_id__in=last)
    said = {pk: (act, values) for pk, act, *values in entries.values_list(key, "history_type", *columns)}
    rows = {pk: values for pk, *values in model._base_manager.values_list("pk", *columns)}
    faults = [
        _fault(f"{model._meta.verbose_name} {pk} {_named(model, pk) if pk in rows else ''}".strip(), what, row=pk)
        for pk in sorted(rows.keys() | said.keys())
        if (what := _difference(fields, rows.get(pk), *said.get(pk, ("", []))))
    ]
    return len(rows), [*faults, *_of_links(model, entries)]


def _difference(fields: list[Any], row: list[Any] | None, act: str, values: list[Any]) -> str:
    """What the row is against its newest entry, in words; empty where the two agree."""
    if row is None:
        return "" if act == "-" else "被删除"
    if act in ("", "-"):
        return "没有登记过" if not act else "已删除的又出现了"
    changed = [field for field, now, then in zip(fields, row, values, strict=True) if now != then]
    return f"{'、'.join(str(field.verbose_name) for field in changed)}与修改记录不一致" if changed else ""


def _named(model: Any, pk: Any) -> str:
    return str(model._base_manager.get(pk=pk))


def _of_links(model: Any, entries: Any) -> Iterator[dict[str, Any]]:
    """Rows whose links to others (many to many) are not those of the newest entry."""
    history = model.history.model
    for field in history._history_m2m_fields:
        pair = (field.m2m_column_name(), field.m2m_reverse_name())
        now = set(field.remote_field.through.objects.values_list(*pair))
        alive = entries.exclude(history_type="-").values("history_id")
        then = set(getattr(history, field.name).model.objects.filter(history__in=alive).values_list(*pair))
        for pk in sorted({pk for pk, _ in now ^ then}):
            yield _fault(f"{model._meta.verbose_name} {pk}", f"{field.verbose_name}与修改记录不一致", row=pk)
