"""Looking up dated parameters: a whole table as one immutable value, so that rules stay pure and bulk work needs one query.

A place may have a row of its own (孝南区 1,650 元), or follow another from a date on (孝南区 is in 湖北省/三档), because
the province sets tiers and names the districts of each in an annex. A value that nobody entered is missing: nothing
takes the nearest one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from law.working import ParameterUse

IIT_LEVELS = range(1, 8)  # steps of the yearly tax table (综合所得), keys iit_rate_1 … and iit_upto_1 …


class ParameterMissing(Exception):
    """No value of `key` holds at `place` on `day`. The page that shows it links to where the admin enters it."""

    def __init__(self, key: str, label: str, place: str, day: date):
        self.key, self.label, self.place, self.day = key, label, place, day
        super().__init__(
            f"缺少参数：{label}（{place or '全国'}，{day:%Y-%m-%d}）。请系统管理员在“参数与依据”里录入并注明来源。"
        )


@dataclass(frozen=True)
class Row:
    """One value from `since` (None: always until then) to `until` (None: still in force), both days included."""

    key: str
    place: str
    value: Decimal
    unit: str
    since: date | None
    until: date | None
    source: str
    trust: str = ""
    data_year: int | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Follow:
    """From `since` on, `place` takes the values of `tier` (for keys that have no row of its own that day)."""

    place: str
    tier: str
    since: date
    source: str


class ParameterBook:
    """All rows in force, indexed by key and place. Immutable once built."""

    def __init__(self, rows: Iterable[Row], follows: Iterable[Follow] = (), labels: dict[str, str] | None = None):
        self._rows: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            self._rows.setdefault((row.key, row.place), []).append(row)
        self._follows: dict[str, list[Follow]] = {}
        for follow in follows:
            self._follows.setdefault(follow.place, []).append(follow)
        self._labels = labels or {}

    def label(self, key: str) -> str:
        return self._labels.get(key, key)

    def on(self, key: str, place: str, day: date) -> ParameterUse:
        """The value of `key` that holds at `place` on `day`. Raises ParameterMissing."""
        row = self._newest(key, place, day)
        note = ""
        if row is None and (follow := self._follow(place, day)):
            row = self._newest(key, follow.tier, day)
            note = f"{place}适用{follow.tier.replace('/', '')}：{follow.source}；"
        if row is None:
            raise ParameterMissing(key, self.label(key), place, day)
        return ParameterUse(
            key, self.label(key), row.value, row.unit, row.place, row.since, note + row.source, row.trust, row.data_year
        )

    def find(self, key: str, place: str, day: date) -> ParameterUse | None:
        """Like `on`, with None for a missing value: for rules that have a lawful answer without it."""
        try:
            return self.on(key, place, day)
        except ParameterMissing:
            return None

    def series(self, key: str, place: str) -> tuple[Row, ...]:
        """Every row of `key` at `place`, oldest first, whatever the day: for rules that look back over years."""
        return tuple(sorted(self._rows.get((key, place), []), key=lambda row: row.since or date.min))

    def _newest(self, key: str, place: str, day: date) -> Row | None:
        rows = [row for row in self._rows.get((key, place), []) if row.holds_on(day)]
        return max(rows, key=lambda row: row.since or date.min, default=None)

    def _follow(self, place: str, day: date) -> Follow | None:
        follows = [follow for follow in self._follows.get(place, []) if follow.since <= day]
        return max(follows, key=lambda follow: follow.since, default=None)
