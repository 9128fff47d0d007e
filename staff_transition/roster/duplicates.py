"""One person twice: the same identity number across all sheets, and the same name (blanks aside) where a number is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from staff_transition.roster.findings import Note, hint
from staff_transition.roster.people import Person, RowReader


def check_duplicates(people: Iterable[Person], readers: Mapping[str, RowReader]) -> None:
    """Mark every row after the first with its number; the first too when the names differ, because then nobody knows who."""
    by_number: dict[str, list[Person]] = defaultdict(list)
    by_name: dict[str, list[Person]] = defaultdict(list)
    by_account: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if number := person.id_number or (person.masked_id and person.masked_id + person.plain_name):
            by_number[number].append(person)
        if person.plain_name:
            by_name[person.plain_name].append(person)
        if account := person.values.get("bank_account"):
            by_account[account].append(person)
    for same in by_number.values():
        if len(same) > 1:
            _same_number(same, readers)
    for same in by_name.values():
        if len(same) > 1:
            _same_name(same, readers)
    for same in by_account.values():
        if len({person.plain_name for person in same}) > 1:
            _same_account(same, readers)


def _same_number(same: list[Person], readers: Mapping[str, RowReader]) -> None:
    first = same[0]
    if len({person.plain_name for person in same}) > 1:
        for person in same:
            other = _other(same, person)
            text = f"身份证号与{_place(other, person)}的“{other.name}”相同，姓名却不同。请对照证件改正其中一个。"
            readers[person.sheet].note(person, "id_number", Note("id_duplicate", text))
        return
    for person in same[1:]:
        text = f"与{_place(first, person)}是同一个人（身份证号相同）。请删掉多余的一行。"
        readers[person.sheet].note(person, "id_number", Note("id_duplicate", text))


def _same_name(same: list[Person], readers: Mapping[str, RowReader]) -> None:
    """Two rows of one name of which one has no usable number: perhaps one person."""
    for person in same:
        if not (person.id_number or person.masked_id):
            text = f"姓名与{_place(_other(same, person), person)}相同，这一行的身份证号不能用，可能是同一个人，请核对。"
            readers[person.sheet].note(person, "name", hint("name_maybe_twice", text))


def _same_account(same: list[Person], readers: Mapping[str, RowReader]) -> None:
    for person in same[1:]:
        text = f"银行卡号与{_place(same[0], person)}的“{same[0].name}”相同，请核对，以免付错人。"
        readers[person.sheet].note(person, "bank_account", hint("account_shared", text))


def _other(same: list[Person], person: Person) -> Person:
    return same[1] if same[0] is person else same[0]


def _place(person: Person, seen_from: Person) -> str:
    sheet = f"工作表“{person.sheet}”" if person.sheet != seen_from.sheet else ""
    return f"{sheet}第 {person.row} 行"
