"""Case files: worked cases of the school's counsel, checked against the calculators by `manage.py check_cases`.

Each room registers the kinds it can compute; the format of every kind is in docs/cases.md.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any


class BadCaseFile(Exception):
    """The file cannot be used as it is: an unknown key, a value of the wrong shape. Says which case and key."""


@dataclass(frozen=True)
class Outcome:
    """One case: what its author expects, what the calculator says, and the working for the reader of a mismatch."""

    id: str
    expected: Mapping[str, Any]
    got: Mapping[str, Any]
    passed: bool
    working: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A calculator that case files can be put to. `run` raises BadCaseFile.

    `readings` says of a disputed case which choice gives which figure, one line each; empty where nothing can be said.
    """

    name: str
    label: str
    run: Callable[[Mapping[str, Any]], Iterable[Outcome]]
    readings: Callable[[Mapping[str, Any]], Iterable[str]] = lambda case: ()


KINDS: dict[str, Kind] = {}


def add(kind: Kind) -> None:
    KINDS[kind.name] = kind


def known_keys(where: str, given: Mapping[str, Any], known: Iterable[str]) -> None:
    """Raise BadCaseFile for a key that nobody reads: a misspelt fact would change the answer in silence."""
    if unknown := sorted(set(given) - set(known)):
        raise BadCaseFile(f"{where}：不认识的键 {'、'.join(unknown)}")


def mapping(where: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadCaseFile(f"{where}：应是对象")
    return value


def decimal(where: str, value: Any) -> Decimal | None:
    """A decimal from a string or a number; None for null."""
    if value is None:
        return None
    try:
        number = None if isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise BadCaseFile(f"{where}：{value!r} 不是数")
    return number


def day(where: str, value: Any) -> date | None:
    """A day in ISO form; None for null."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadCaseFile(f"{where}：{value!r} 不是日期（YYYY-MM-DD）") from None


def is_equal(expected: Any, got: Any, tolerance: Decimal) -> bool:
    """Money and counts compared as decimals within `tolerance`, everything else as it is."""
    if isinstance(got, Decimal | int) and not isinstance(got, bool):
        try:
            return abs(Decimal(str(expected)) - got) <= tolerance
        except InvalidOperation:
            return False
    return bool(expected == got)
