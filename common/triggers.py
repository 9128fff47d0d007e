"""Triggers that refuse changes: how a migration makes them, and how the database has them now, which `verify_history` looks at."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

IN_PLACE = {  # name, how it was made; on PostgreSQL with the body of its function, and only where the session obeys it
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """
        SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true) || prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE NOT tgisinternal
        AND tgenabled IN ('A', CASE current_setting('session_replication_role') WHEN 'replica' THEN 'R' ELSE 'O' END)
    """,
}
Refusal = tuple[str, str, str, str, str]  # name, table, event, when, what is said


def refuse(schema_editor: Any, refusals: Iterable[Refusal]) -> None:
    """For a migration: triggers that let nobody do what `event` and `when` say."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        body = "BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END"
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION common_refuse() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql", params=None
        )
    for name, table, event, when, said in refusals:
        act = (
            f"EXECUTE FUNCTION common_refuse('{said}')"
            if is_postgresql
            else f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
        rows = f"FOR EACH ROW {f'WHEN ({when})' if when else ''}"
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} {rows} {act}", params=None)


def allow(schema_editor: Any, refusals: Iterable[Refusal]) -> None:
    """The way back."""
    for name, table, *_ in refusals:
        place = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {name}{place}", params=None)


def in_place() -> dict[str, set[str]]:
    """The triggers that the database has and obeys, by name, each as the fingerprint of how it was made.

    PostgreSQL knows a name once per table: whoever drops one may make a harmless one of its name elsewhere.
    """
    with connection.cursor() as cursor:
        cursor.execute(IN_PLACE[connection.vendor])
        found = defaultdict(set)
        for name, made in cursor.fetchall():
            found[name].add(hashlib.sha256(" ".join(made.split()).encode()).hexdigest()[:16])
    return dict(found)


@contextmanager
def lifted() -> Iterator[None]:
    """Nothing is refused inside, as whoever owns the tables can have it; afterwards all stand as before, also after a failure."""
    is_postgresql = connection.vendor == "postgresql"
    with transaction.atomic(), connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while checks of it are due
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
            )
        else:
            cursor.execute(IN_PLACE["sqlite"])
        found = cursor.fetchall()
        for name, *_ in found:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER" if is_postgresql else f"DROP TRIGGER {name}")
        yield
        for name, *made in found:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER" if is_postgresql else made[0])
