"""The papers that rooms above offer: what is printed, from which data, who may print it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Source:
    """The data of one paper: plain values for the template, and what they come from."""

    title: str
    context: dict[str, Any]
    origin: str  # V3
    digest: str
    unit: Any  # accounts.Unit


@dataclass(frozen=True)
class Paper:
    """One kind of paper. `source(subject_id)` gives its data; `may_make(user, subject_id)` who prints it.

    `is_official`: an official document, whose number is typed by the office. `readers`: the roles that may read what was
    made, where it holds more than the pages show (a whole identity number); empty: everybody who sees the room's papers.
    """

    key: str
    label: str
    template: str  # name of a file in templates/docx
    source: Callable[[int], Source]
    may_make: Callable[[Any, int], bool]
    is_personal: bool = False
    is_official: bool = False
    readers: tuple[str, ...] = ()


PAPERS: dict[str, Paper] = {}


def paper(each: Paper) -> None:
    PAPERS[each.key] = each
