"""A result as plain data and back: what HR's lock keeps, what a page, a paper and a payment read afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from common.fingerprint import fingerprint
from law.articles import ARTICLES, Article
from law.working import FactUse, Line, ParameterUse
from staff_transition.facts import Person, Setting, extra_of
from staff_transition.figures import (
    PersonFigures,
    as_plain,
    day_from,
    decimal_from,
    figures_from,
    person_figures,
    settlement_of,
    working_rows,
)
from staff_transition.models import Adjustment, LockedSettlement, Worker
from staff_transition.rules.person import Segment
from staff_transition.rules.service import counting
from staff_transition.rules.settlement import added, formula_of, tax_of_more


def content_of(person: Person, setting: Setting, today: date) -> dict[str, Any] | None:
    """The frozen form of one person's result; None where the total is not known."""
    found = settlement_of(person, setting)
    if found is None or found.total is None:
        return None
    return as_plain({
        "figures": asdict(person_figures(person, setting, today)), "lines": _plain_lines(found.lines), "policy": asdict(setting.policy),
        "ground": found.ground.code, "base": found.base.amount if found.base else None, "is_screened": found.is_screened,
        "first_day": person.facts.first_day, "contract_from": person.facts.contract_from, "contract_to": person.facts.contract_to,
        "average": person.facts.average,
        "service": [asdict(each) for each in counting(person.facts, setting.policy) or ()],
    })  # fmt: skip


def content_of_more(
    adjustment: Adjustment, worker: Worker, first: LockedSettlement, earlier: Sequence[LockedSettlement], setting: Setting
) -> dict[str, Any]:  # fmt: skip
    """The frozen form of one line that is owed beside a paid result: that line and its tax, which counts the whole lump sum."""
    frozen = locked_from(first.content)
    before = [line for kept in (first, *earlier) for line in locked_from(kept.content).lines]
    notice = frozen.figures.notice if first.content["policy"].get("tax_plus_one") == "yes" else None
    line = added(extra_of(adjustment))
    local = setting.local(worker.campus.district, first.last_day)
    found = tax_of_more(before, line, notice, worker.own_contributions, local, frozen.ground_code)
    tax, lines = found.amount, (line, found.line)
    total = line.amount or Decimal(0)
    figures = replace(
        frozen.figures, years=None, base=None, severance=Decimal("0.00"), notice=None, other=total, total=total, tax=tax,
        net=None if tax is None else total - tax, missing=(), unpriced=(), working=working_rows(lines),
    )  # fmt: skip
    return as_plain({
        **first.content, "figures": asdict(figures), "base": None, "is_screened": False,
        "lines": _plain_lines(lines),
    })  # fmt: skip


def _plain_lines(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [{**asdict(line), "articles": [article.code for article in line.articles]} for line in lines]


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content, whatever the order of its keys."""
    return fingerprint(content)


@dataclass(frozen=True)
class Locked:
    """A frozen result as pages and papers read it: the names are those of rules.settlement.Settlement."""

    figures: PersonFigures
    lines: tuple[Line, ...]
    ground_code: str
    is_screened: bool
    average: Decimal | None = (
        None  # of twelve months, before floor and ceiling; None where it was not frozen or not known
    )
    service: tuple[Segment, ...] = ()  # what counts, earlier employers included; empty where it was not frozen

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article of the working, each once."""
        return tuple({article.code: article for line in self.lines for article in line.articles}.values())

    @property
    def total(self) -> Decimal | None:
        return self.figures.total

    @property
    def severance(self) -> Decimal | None:
        return self.figures.severance

    @property
    def years(self) -> Decimal | None:
        return self.figures.years

    @property
    def tax(self) -> Decimal | None:
        return self.figures.tax

    @property
    def net(self) -> Decimal | None:
        return self.figures.net

    @property
    def ground_label(self) -> str:
        return self.figures.ground

    @property
    def severance_formula(self) -> str:
        return formula_of(self.lines)

    @property
    def blocking(self) -> tuple[()]:
        return ()


def locked_from(content: Mapping[str, Any]) -> Locked:
    """Raises KeyError when the content is none."""
    return Locked(
        figures_from(content["figures"]), tuple(line_from(each) for each in content["lines"]), content["ground"],
        content["is_screened"], decimal_from(content.get("average")),
        tuple(segment_from(each) for each in content.get("service", ())),
    )  # fmt: skip


def segment_from(plain: Mapping[str, Any]) -> Segment:
    days = {name: day_from(plain[name]) for name in ("first_day", "last_day")}
    return Segment(**{**plain, **days})


def line_from(plain: Mapping[str, Any]) -> Line:
    articles = tuple(ARTICLES[code] for code in plain["articles"])
    parameters = tuple(
        ParameterUse(**{**use, "value": Decimal(use["value"]), "since": day_from(use["since"])})
        for use in plain["parameters"]
    )
    facts = tuple(FactUse(**each) for each in plain["facts"])
    return Line(**{
        **plain, "articles": articles, "parameters": parameters, "facts": facts, "amount": decimal_from(plain["amount"]),
    })  # fmt: skip
