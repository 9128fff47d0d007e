"""Emptying the whole database, as the demo college and the tests do, past the triggers that keep rows from being deleted."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def deletes_allowed() -> Iterator[None]:
    """SQLite empties a table by DELETE, which those triggers refuse; PostgreSQL truncates, which they do not see."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _, sql in triggers:
                cursor.execute(sql)
