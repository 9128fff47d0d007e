"""What the columns of a roster are called, and which of the user's columns means what."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from staff_transition.roster.cells import column_letters, half_width, squeeze
from staff_transition.roster.fields import FIELDS, IGNORE

NOT_THESE = re.compile(
    r"紧急|家属|配偶|介绍人|年限|工龄|年龄|合计|总额|总计|年收入|年工资|年薪|实发|实领|是否签|社保基数|签名"
)
EXACT = {squeeze(half_width(word)).lower(): field.key for field in FIELDS for word in field.synonyms.split()}
LONGEST_HEAD = 25
AVERAGE = re.compile(r"平均|月均")

CERTAIN, LIKELY, NONE, DOUBLE, CHOSEN = "certain", "likely", "none", "double", "chosen"


@dataclass(frozen=True)
class Column:
    """One column of the user's table and what it is taken for."""

    index: int
    header: str  # the user's own words, white space removed; two rows joined by /
    field: str  # a key of FIELDS, or IGNORE
    certainty: str
    samples: tuple[str, ...] = ()

    @property
    def letters(self) -> str:
        return column_letters(self.index)

    @property
    def factor(self) -> int:
        """What amounts of this column are multiplied by: 10,000 where the head says 万元."""
        return 10_000 if "万元" in self.header else 1

    @property
    def question(self) -> str:
        """What the person should check although the column is understood; "" for nothing."""
        if self.field == "hired_on" and "参加工作" in self.header:
            return "“参加工作”通常从第一份工作算起，不一定是到本校的日期，请确认"
        if self.field == "average_wage" and "应发" not in self.header:
            return "请确认是应发，不是实发"
        return ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "index": self.index, "header": self.header, "field": self.field, "certainty": self.certainty,
            "samples": list(self.samples),
        }  # fmt: skip


def plain_head(text: str) -> str:
    """A head without white space, units, brackets and marks, for comparing."""
    text = squeeze(half_width(text)).lower()
    text = re.sub(r"[(\[【〔][^)\]】〕]*[)\]】〕]", "", text)
    return re.sub(r"^[*:;,.、·/]+|[*:;,.、·/]+$", "", text)


def meaning_of(header: str) -> tuple[str, str]:
    """Which field a head means, and how certain that is."""
    head = plain_head(header)
    if not head or len(head) > LONGEST_HEAD:
        return IGNORE, NONE
    whole = squeeze(half_width(header)).lower()  # with its brackets: 月工资（不含加班） is no 月工资
    if key := EXACT.get(whole):
        return key, CERTAIN
    if "不含加班" in whole:
        return (IGNORE, NONE) if AVERAGE.search(whole) else ("wage_without_overtime", LIKELY)
    if key := EXACT.get(head) or EXACT.get(head.replace("/", "")):
        return key, CERTAIN
    if NOT_THESE.search(head):
        return IGNORE, NONE
    if "/" in head and (key := EXACT.get(head.rpartition("/")[2])):
        return key, CERTAIN
    for field in sorted(FIELDS, key=lambda each: each.key != "average_wage"):  # 平均工资 before 工资
        if field.pattern and re.search(field.pattern, head.replace("/", "")):
            return field.key, LIKELY
    return IGNORE, NONE


def match_columns(headers: Sequence[str]) -> tuple[Column, ...]:
    """Every non-empty head with its meaning; of two heads for one field the more certain, then the first, wins."""
    guesses = [(index, header, *meaning_of(header)) for index, header in enumerate(headers) if header]
    taken: dict[str, int] = {}
    for index, _, key, _certainty in sorted(guesses, key=lambda guess: (guess[3] != CERTAIN, guess[0])):
        if key:
            taken.setdefault(key, index)
    owner = {index: key for key, index in taken.items()}
    return tuple(_column(index, header, key, certainty, owner) for index, header, key, certainty in guesses)


def _column(index: int, header: str, key: str, certainty: str, owner: dict[int, str]) -> Column:
    mine = owner.get(index, IGNORE)
    if key and not mine:
        return Column(index, header, IGNORE, DOUBLE)
    return Column(index, header, mine, certainty if mine == key else LIKELY)


def chosen_columns(headers: Sequence[str], choice: Mapping[int, str]) -> tuple[Column, ...]:
    """The columns as a person said: `choice` is the field by column index, everything else is guessed as before."""
    guessed = {column.index: column for column in match_columns(headers)}
    meant = set(choice.values()) - {IGNORE}
    columns = []
    for index, column in guessed.items():
        if index in choice:
            columns.append(Column(index, column.header, choice[index], CHOSEN))
        elif column.field in meant:
            columns.append(Column(index, column.header, IGNORE, DOUBLE))
        else:
            columns.append(column)
    return tuple(columns)


def is_roster(columns: Sequence[Column]) -> bool:
    """A header of people: a name column and one of ID, hire date, wage; two heads certain, or any sentence would do."""
    keys = {column.field for column in columns}
    certain = sum(column.certainty in (CERTAIN, CHOSEN) for column in columns)
    return "name" in keys and certain >= 2 and bool(keys & {"id_number", "hired_on", "monthly_wage", "average_wage"})


def signature(headers: Sequence[str]) -> str:
    """What makes two tables the same table to the person: the heads in their order."""
    return hashlib.sha256("|".join(plain_head(header) for header in headers).encode()).hexdigest()
