"""Figures in a text that came from a draft, held against what the draft would say today."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

CLAUSE = re.compile(r"[，。；！？\n]")
FIGURE = re.compile(r"([0-9][0-9,.]*)\s?([\w%]?)")


@dataclass(frozen=True)
class Moved:
    """A clause whose figures the data no longer gives; no `new` where the data says nothing of it any more."""

    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.old} → {self.new or '现在没有这一项'}"


def moved(text: str, drafted: str, today: str) -> tuple[Moved, ...]:
    """Clauses of the draft that `text` came from, whose figures it still holds and the draft of `today` does not.

    Where the text says the clause as it is today, and no longer as it was, it has been put right; a clause that fell away
    altogether is looked for word by word, as its figures may stand for something else.
    """
    said, held, found = _clauses(text), figures(text), []
    for old, new in _pairs(_clauses(drafted), _clauses(today)):
        gone = (figures(old) - figures(new)) & held
        if gone and (old in said or (new and new not in text)):
            found.append(Moved(old, new))
    return tuple(found)


def _pairs(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Each clause that is no longer there, with what became of it: the same words around other figures, else the nearest, else ""."""
    gone, come = (
        [clause for clause in one if clause not in other] for one, other in ((before, after), (after, before))
    )
    same: dict[int, str] = {}
    for index, old in enumerate(gone):
        if found := next((new for new in come if _words(new) == _words(old)), ""):
            same[index] = found
            come.remove(found)
    for index, old in enumerate(gone):
        if index not in same and (near := get_close_matches(old, come, n=1)):
            same[index] = near[0]
            come.remove(near[0])
        yield old, same.get(index, "")


def _words(clause: str) -> str:
    return FIGURE.sub(r"#\2", clause)


def figures(text: str) -> set[str]:
    """Amounts by themselves, small numbers with the sign that follows: 38 人 is not 38 元."""
    return {
        number if "," in number or "." in number else number + unit
        for number, unit in ((number.rstrip(",."), unit) for number, unit in FIGURE.findall(text))
    }


def _clauses(text: str) -> list[str]:
    return [clause.strip() for clause in CLAUSE.split(text) if clause.strip()]
