"""The parameters and holiday arrangements known when this version was made, put in once; the admin's rows stay as they are.

Sources: law/data/parameters.json names a paper for each value; law/data/special-days.json holds the State Council's
yearly arrangements 2004–2026 as listed by the chinesecalendar package 1.11.0.
"""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from common.history import create_many
from law.models import Parameter, SpecialDay

DATA = Path(__file__).parent / "data"


def seed(**signal: Any) -> None:
    """Insert what is not there yet. Idempotent; runs after every migrate."""
    known = set(Parameter.objects.values_list("key", "place", "since"))
    create_many((row for row in shipped() if (row.key, row.place, row.since) not in known), None, "随程序带来")
    entered = {day.year for day in SpecialDay.objects.dates("day", "year")}
    create_many((day for day in special_days() if day.day.year not in entered), None, "随程序带来")


def special_days() -> Iterator[SpecialDay]:
    """The arrangements that ship with this version, unsaved."""
    for year, days in json.loads((DATA / "special-days.json").read_text(encoding="utf-8")).items():
        for month_day, working, name in days:
            yield SpecialDay(day=date.fromisoformat(f"{year}-{month_day}"), is_working=bool(working), name=name)


def shipped() -> list[Parameter]:
    """The parameters that ship with this version, unsaved."""
    return [_parameter(row) for row in json.loads((DATA / "parameters.json").read_text(encoding="utf-8"))]


def _parameter(row: dict[str, Any]) -> Parameter:
    days = {key: date.fromisoformat(row[key]) if row[key] else None for key in ("since", "until")}
    return Parameter(**row | days | {"value": Decimal(row["value"])})
