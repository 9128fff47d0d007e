"""The cost of each last day as a step line in SVG coordinates, with the cheapest lawful and the planned day marked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from staff_transition.scenarios import Curve
from staff_transition.tally import Outcome

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 960, 240, 56, 16, 16, 28
WAN = 10_000
LINES = 4  # of the grid
CLOSE = 300  # labels nearer than this would cover each other
ROOM = 28  # under the lowest amount, for its label


@dataclass(frozen=True)
class Mark:
    x: int
    y: int
    kind: str  # plan, low
    text: str
    text_x: int
    text_y: int
    anchor: str


@dataclass(frozen=True)
class Chart:
    """`sentence` says in words what the line shows, for readers who do not see it."""

    width: int
    height: int
    left: int
    right: int
    baseline: int
    path: str
    grid: tuple[tuple[int, str], ...]  # y, 万元
    months: tuple[tuple[int, str], ...]  # x, label
    marks: tuple[Mark, ...]
    sentence: str


def chart_of(curve: Curve, outcome: Outcome, planned: date) -> Chart:
    amounts = [amount for _, amount in curve.points]
    low, high = min(amounts), max(amounts)
    span = (high - low) or Decimal(WAN)
    days = max((curve.last - curve.first).days, 1)

    def x(day: date) -> int:
        return LEFT + (day - curve.first).days * (WIDTH - LEFT - RIGHT) // days

    def y(amount: Decimal) -> int:
        return int(HEIGHT - BOTTOM - ROOM - (amount - low) / span * (HEIGHT - BOTTOM - ROOM - TOP))

    path = f"M{x(curve.first)} {y(curve.points[0][1])}"
    for day, amount in curve.points[1:]:
        path += f" H{x(day)} V{y(amount)}"
    path += f" H{WIDTH - RIGHT}"
    grid = tuple(
        (y(low + span * index / LINES), f"{(low + span * index / LINES) / WAN:,.1f}") for index in range(LINES + 1)
    )
    months = tuple((x(day), f"{day.month} 月" if day.month > 1 else f"{day.year} 年") for day in _firsts(curve))
    marks, low_mark = [], None
    if found := curve.cheapest(outcome.earliest, outcome.latest):
        low_mark = _mark("low", x(found[0]), y(found[1]), f"{found[0]:%m-%d}　{found[1]:,.2f} 元，最低")
        marks.append(low_mark)
        sentence = f"依法可以选的日期里，最低 {found[0]}，{found[1]:,.2f} 元。"
    else:
        sentence = f"{curve.first} 到 {curve.last} 没有依法可以选的日期。"
    if curve.first <= planned <= curve.last:
        at = curve.at(planned)
        more = at - found[1] if found and outcome.allows(planned) else None
        words = f"，多 {more:,.2f}" if more else "" if more is not None else "，依法不能选"
        is_close = low_mark and abs(x(planned) - low_mark.x) < CLOSE and abs(y(at) - low_mark.y) < ROOM
        marks.append(
            _mark("plan", x(planned), y(at), f"计划 {planned:%m-%d}　{at:,.2f} 元{words}", -10 if is_close else 20)
        )
        said = "这一天依法不能选" if more is None else f"比最低多 {more:,.2f} 元"
        sentence += f"计划 {planned}，{at:,.2f} 元，{said}。"
    if curve.unknown:
        sentence += f"不含算不出来的 {curve.unknown} 人。"
    rises = len(curve.points) - 1
    sentence += f"从 {curve.first} 到 {curve.last} 上 {rises} 次台阶。"
    return Chart(WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM, path, grid, months, tuple(marks), sentence)


def _mark(kind: str, x: int, y: int, text: str, below: int = 20) -> Mark:
    is_right = x > WIDTH * 2 // 3
    return Mark(x, y, kind, text, x - 8 if is_right else x + 8, y + below, "end" if is_right else "start")


def _firsts(curve: Curve) -> list[date]:
    found, year, month = [], curve.first.year, curve.first.month
    while (day := date(year + month // 12, month % 12 + 1, 1)) <= curve.last:
        found.append(day)
        year, month = day.year, day.month
    return found
