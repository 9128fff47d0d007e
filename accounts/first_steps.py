"""A real college's first day: what must be set up, in order, each step said to be done by looking at the data.

Rooms add their steps in AppConfig.ready(). A step can be left and taken up again; nothing stores "step 3 of 5".
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing to set up. `missing` says in words what is still lacking, "" when the step is done."""

    order: int
    title: str
    why: str
    view_name: str
    missing: Callable[[], str]


STEPS: list[Step] = []


def add(step: Step) -> None:
    STEPS.append(step)
    STEPS.sort(key=lambda each: each.order)
