"""What changed between two frozen versions: numbers first, then words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

TOKEN = re.compile(r"[0-9][0-9,.]*|.", re.DOTALL)
SAME, DELETED, INSERTED = "same", "del", "ins"


@dataclass(frozen=True)
class NumberChange:
    """One figure of the plan; None where a version does not have it."""

    label: str
    unit: str
    section: str
    old: Decimal | None
    new: Decimal | None

    @property
    def change(self) -> Decimal | None:
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def percent(self) -> Decimal | None:
        return None if self.change is None or not self.old else self.change / self.old * 100


@dataclass(frozen=True)
class TextChange:
    """One section: its changed paragraphs as runs of (same | del | ins, text), and how many stayed as they were."""

    key: str
    label: str
    paragraphs: tuple[tuple[tuple[str, str], ...], ...]
    unchanged: int


@dataclass(frozen=True)
class Difference:
    numbers: tuple[NumberChange, ...]
    same_numbers: int
    texts: tuple[TextChange, ...]
    same_sections: tuple[str, ...]
    added_files: tuple[str, ...]
    removed_files: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.numbers or self.texts or self.added_files or self.removed_files)


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    """Of two contents as plans.content freezes them."""
    before, after = (_figures(content) for content in (old, new))
    keys = [*after, *(key for key in before if key not in after)]
    numbers = [_number(before.get(key), after.get(key)) for key in keys]
    changed = tuple(number for number in numbers if number.old != number.new)
    texts, same = _texts(old["sections"], new["sections"])
    was, now = ({each["sha256"]: each["name"] for each in content["attachments"]} for content in (old, new))
    return Difference(
        changed, len(numbers) - len(changed), texts, same,
        tuple(now[key] for key in now if key not in was), tuple(was[key] for key in was if key not in now),
    )  # fmt: skip


def _figures(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {each["key"]: each for each in content["figures"]}


def _number(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> NumberChange:
    known = new or old or {}
    values = [None if each is None or each["value"] is None else Decimal(each["value"]) for each in (old, new)]
    return NumberChange(known["label"], known["unit"], known["section"], *values)


def _texts(
    old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]]
) -> tuple[tuple[TextChange, ...], tuple[str, ...]]:
    before = {section["key"]: section["text"] for section in old}
    changed, same = [], []
    for section in new:
        was = before.get(section["key"], "")
        if was == section["text"]:
            same.append(section["label"])
        else:
            paragraphs, unchanged = paragraph_changes(was, section["text"])
            changed.append(TextChange(section["key"], section["label"], paragraphs, unchanged))
    return tuple(changed), tuple(same)


def paragraph_changes(old: str, new: str) -> tuple[tuple[tuple[tuple[str, str], ...], ...], int]:
    """Changed paragraphs as runs, and the number of unchanged ones."""
    before, after = old.splitlines(), new.splitlines()
    changes, unchanged = [], 0
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            unchanged += j - i
            continue
        for index in range(max(j - i, m - k)):
            was = before[i + index] if i + index < j else ""
            now = after[k + index] if k + index < m else ""
            if runs := runs_of(was, now):
                changes.append(runs)
    return tuple(changes), unchanged


def runs_of(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Runs that turn `old` into `new`: joining same and del gives the old, same and ins the new. A number changes whole."""
    before, after, runs = TOKEN.findall(old), TOKEN.findall(new), []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append((SAME, "".join(before[i:j])))
            continue
        if j > i:
            runs.append((DELETED, "".join(before[i:j])))
        if m > k:
            runs.append((INSERTED, "".join(after[k:m])))
    return tuple(runs)
