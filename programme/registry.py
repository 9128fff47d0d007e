"""What rooms above add to the board and to a service's page, filled in their AppConfig.ready().

The programme knows nothing of workers, plans or contracts; they tell it what to show of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class BoardLine:
    """What a card shows of a room above for one service."""

    people: int | None = None  # contract workers in the service
    next_step: str = ""  # 待陈立群审批，已 2 天
    deadline: date | None = None  # of next_step; late ones are summed up in the notice
    responsible: str = ""
    undecided: str = ""  # what of the service's plans nobody has approved yet


@dataclass(frozen=True)
class Panel:
    """One tab of a service's page. `count` gives the figure behind its label, `url` where it leads."""

    order: int
    label: str
    url: Callable[[Any], str]  # of the service
    count: Callable[[Any], int | None]


@dataclass
class Registry:
    lines: list[Callable[[Iterable[int]], dict[int, BoardLine]]] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)

    def board_line(self, of_services: Callable[[Iterable[int]], dict[int, BoardLine]]) -> None:
        """Add a source of board lines: service ids in, lines by id out, in a fixed number of queries."""
        self.lines.append(of_services)

    def undecided(self, service: int) -> list[str]:
        """What nobody has approved yet, in words."""
        found = [line for of_services in self.lines if (line := of_services([service]).get(service))]
        return [line.undecided for line in found if line.undecided]

    def panel(self, panel: Panel) -> None:
        self.panels.append(panel)
        self.panels.sort(key=lambda each: each.order)


board = Registry()
