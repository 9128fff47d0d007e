"""What a plan still lacks before it can be submitted, and where it is filled in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from plans.rules.figures import Moved
from plans.rules.sections import SECTIONS, Section

TO_FILL = "（请写"  # begins what a draft leaves to the writer


@dataclass(frozen=True)
class Draft:
    """What the check looks at."""

    texts: dict[str, str]
    has_scope: bool
    has_costs: bool
    contract_price: Decimal | None
    method: str
    proposed_method: str
    method_reason: str
    funding: str
    headcount: int
    unknown_people: int  # whose amount cannot be computed
    undecided: int  # without disposition
    open_errors: int
    moved: dict[str, tuple[Moved, ...]] = field(default_factory=dict)  # section → figures that the data no longer gives


@dataclass(frozen=True)
class Missing:
    what: str
    where: str  # a section key, or scope, costs, people, issues
    is_text: bool = False  # of the section's text, not of the plan's terms


def missing(draft: Draft) -> tuple[Missing, ...]:
    """Everything that stands against submitting, in the order of the plan."""
    found = [
        Missing(f"“{section.label}”{what}", section.key, is_text=True)
        for section in SECTIONS
        for what in _of_text(draft, section)
    ]
    differs = bool(draft.method and draft.proposed_method) and draft.method != draft.proposed_method
    checks = (
        (not draft.has_scope, "服务范围没有数量", "scope"),
        (not draft.has_costs, "没有现在的年度费用，比不出成本", "costs"),
        (draft.contract_price is None, "没有填合同年价上限", "comparison"),
        (not draft.method, "没有选采购方式", "method"),
        (differs and not draft.method_reason.strip(), "采购方式与规则建议不同，要写理由", "method"),
        (not draft.funding.strip(), "没有写资金来源", "comparison"),
        (draft.open_errors > 0, f"花名册还有 {draft.open_errors} 处待改正", "issues"),
        (draft.undecided > 0, f"{draft.undecided} 人去向未定", "people"),
        (draft.unknown_people > draft.undecided, f"{draft.unknown_people - draft.undecided} 人的金额还算不出来", "people"),
    )  # fmt: skip
    return (*found, *(Missing(what, where) for stands, what, where in checks if stands))


def _of_text(draft: Draft, section: Section) -> Iterator[str]:
    text = draft.texts.get(section.key, "")
    if section.is_required and not text.strip():
        yield "还没有写"
    if TO_FILL in text:
        yield "还有“请写”的地方没有写"
    if moved := draft.moved.get(section.key):
        yield f"里的数变了：{'；'.join(map(str, moved))}"
