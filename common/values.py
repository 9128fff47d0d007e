"""Plain values that nobody changes after they are made."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """A dataclass that is frozen for the type checker alone.

    `dataclass(frozen=True)` stores each field through `object.__setattr__` and takes four times as long to make; one
    settlement makes forty values, a comparison of schemes a million. mypy refuses every assignment to a field.
    """
    return dataclass(unsafe_hash=True)(cls)
