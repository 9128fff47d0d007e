"""The rail: each room adds its entries in AppConfig.ready(); a person sees those whose page they may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver, reverse

GROUPS = ("我的", "项目", "人员", "采购与合同", "资料")


@dataclass(frozen=True)
class Entry:
    """One line of the rail. `count` gives the figure behind it for a person: (number, is it late?) or None."""

    group: str
    label: str
    icon: str  # a bootstrap-icons name
    view_name: str
    order: int
    count: Callable[[Any], tuple[int, bool] | None] | None = None
    on_phone: str = ""  # label in the phone's bottom bar, "" when it has no place there


ENTRIES: list[Entry] = []


def add(entry: Entry) -> None:
    ENTRIES.append(entry)
    ENTRIES.sort(key=lambda each: (GROUPS.index(each.group), each.order))


def audience_of_name(view_name: str) -> frozenset[str]:
    """The audience that the view behind a URL name declares."""
    resolver = get_resolver()
    match = resolver.resolve(reverse(view_name))
    return getattr(match.func, "audience", frozenset())


def entries_for(user: Any) -> list[Entry]:
    return [entry for entry in ENTRIES if user.roles & audience_of_name(entry.view_name)]
