"""What a reader has to say about a value: an error that keeps the row out, or a hint about what is legal but odd."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from staff_transition.roster.cells import address


class Note(NamedTuple):
    """About one value, in words that follow the cell's address: fact, then remedy."""

    code: str
    text: str
    is_error: bool = True


def hint(code: str, text: str) -> Note:
    return Note(code, text, is_error=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """A note at its place in the user's own file. `row` as Excel counts it; `column` from 0, None for the whole row."""

    sheet: str
    row: int
    column: int | None
    header: str
    code: str
    message: str
    is_error: bool

    @classmethod
    def at(cls, sheet: str, row: int, column: int | None, header: str, note: Note) -> "Finding":
        where = address(row, column)
        return cls(sheet, row, column, header, note.code, f"{where} {note.text}", note.is_error)

    def as_dict(self) -> dict[str, Any]:
        """The stable shape of the command's JSON."""
        return {
            "sheet": self.sheet, "row": self.row, "column": self.header, "code": self.code, "message": self.message,
        }  # fmt: skip

    def softened(self) -> "Finding":
        return replace(self, is_error=False)


def errors_of(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_error]


def hints_of(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.is_error]
