"""What may be approved: each room above registers its kind of subject; approvals knows nothing else of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _nothing(*args: Any, **kwargs: Any) -> None:
    return None


def _no_faults(flow: Any) -> list[str]:
    return []


@dataclass(frozen=True)
class SubjectKind:
    """One kind of subject (方案).

    `load(pk)` gives the subject. `guard(subject, key, by)` raises a DomainError where a step's guard does not hold.
    `on_end(subject, flow, by)` runs inside the transaction when the flow ends; `faults(flow)` says for verify_journal what does not
    fit between the flow and what was frozen for it. `part` is the template of the figures on
    the decision page, `details` that of what follows the objections, `sheet` that of further rows of the 审批单; all get
    `context(flow, user)`.
    """

    key: str
    label: str
    load: Callable[[int], Any]
    url: Callable[[int], str]
    part: str
    details: str
    context: Callable[[Any, Any], dict[str, Any]]
    guard: Callable[[Any, str, Any], None] = _nothing
    on_end: Callable[[Any, Any, Any], None] = _nothing
    faults: Callable[[Any], list[str]] = _no_faults
    sheet: str = ""


KINDS: dict[str, SubjectKind] = {}


def subject(kind: SubjectKind) -> None:
    KINDS[kind.key] = kind
