"""What the room above fills in: which procurement method its rules propose for a plan."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from law.working import Line


@dataclass(frozen=True)
class Proposal:
    """A method (code of OutsourcingPlan.Method) with its reasons; "" where a parameter is missing, which `lines` says."""

    method: str
    label: str
    lines: tuple[Line, ...]


Proposer = Callable[[Decimal, date], Proposal]  # yuan over the whole term
_proposers: list[Proposer] = []


def method_proposal(proposer: Proposer) -> None:
    _proposers.append(proposer)


def proposed(amount: Decimal | None, today: date) -> Proposal | None:
    """The proposal for this amount; None without an amount or without a room that proposes."""
    if amount is None or not _proposers:
        return None
    return _proposers[-1](amount, today)
