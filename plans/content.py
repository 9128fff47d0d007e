"""The whole content of a plan as data: what is frozen, compared, approved and printed."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone

from common.fingerprint import fingerprint
from plans.drafting import draft_of
from plans.incomplete import LeftOut, left_out
from plans.models import OutsourcingPlan
from plans.registry import Proposal, proposed
from plans.rules.comparison import Assumptions, Comparison, CostLine, compare
from plans.rules.completeness import Draft, Missing, missing
from plans.rules.figures import Moved, moved
from plans.rules.sections import SECTIONS
from programme.models import CostKind, Evidence
from staff_transition.figures import StaffFigures, as_plain, staff_figures

NEGOTIATED = "协商解除（单位提出）"


class Working:
    """A plan with everything that it draws on, read once: texts, scope, costs, people, comparison, what is missing."""

    def __init__(self, plan: OutsourcingPlan):
        self.plan, self.today = plan, timezone.localdate()
        self.sections = {section.key: section for section in plan.sections.all()}
        self.texts = {key: section.text for key, section in self.sections.items()}
        self.scope = list(plan.service.scope_items.select_related("campus"))
        newest = plan.service.cost_items.order_by("-year").first()
        self.base_year = newest.year if newest else None
        self.costs = [
            CostLine(item.kind, item.get_kind_display(), item.amount)
            for item in sorted(
                plan.service.cost_items.filter(year=self.base_year or 0),
                key=lambda item: CostKind.values.index(item.kind),
            )
        ]
        self.staff: StaffFigures = staff_figures(plan.service, self.today)
        self.comparison = self._comparison()
        self.proposal: Proposal | None = proposed(self.term_price, self.today)

    @property
    def term_price(self) -> Decimal | None:
        """The contract price over the whole term, which is what the leadership decides on."""
        price = self.plan.contract_price
        return None if price is None else price * self.plan.contract_years

    def _comparison(self) -> Comparison | None:
        plan = self.plan
        if self.base_year is None or plan.contract_price is None:
            return None
        return compare(
            self.costs,
            Assumptions(
                self.base_year, plan.first_year, plan.compared_years, plan.wage_growth, plan.other_growth, plan.contract_price,
                plan.price_growth, plan.supervision, self.staff.settlement_total,
            ),
        )  # fmt: skip

    @cached_property
    def left_out(self) -> LeftOut:
        """What the settlement's sum does not hold."""
        return left_out(vars(row) for row in self.staff.rows)

    @cached_property
    def moved(self) -> dict[str, tuple[Moved, ...]]:
        """Section → figures that its text still has from a draft and the data no longer gives, unless somebody let them stand."""
        found = {}
        for key, section in self.sections.items():
            today = draft_of(key, self) if section.draft else ""
            if section.draft and today != section.kept_draft:
                found[key] = moved(section.text, section.draft, today)
        return {key: each for key, each in found.items() if each}

    @property
    def missing(self) -> tuple[Missing, ...]:
        plan, staff = self.plan, self.staff
        return missing(
            Draft(
                self.texts, bool(self.scope), bool(self.costs), plan.contract_price, plan.method,
                self.proposal.method if self.proposal else "", plan.method_reason, plan.funding, staff.headcount, staff.unknown,
                staff.by_disposition.get("未定", 0), staff.open_errors, self.moved,
            )
        )  # fmt: skip

    @property
    def self_run(self) -> Decimal | None:
        """What the service costs now in a year."""
        return sum((cost.amount for cost in self.costs), Decimal(0)) if self.costs else None


def content_of(working: Working) -> dict[str, Any]:
    """Everything a version freezes, as plain JSON: numbers as strings, so that no digit is lost."""
    plan, service, staff = working.plan, working.plan.service, working.staff
    people = [asdict(row) for row in staff.rows]
    summary = {key: value for key, value in asdict(staff).items() if key != "rows"}
    return as_plain(
        {
            "title": plan.title,
            "service": {
                "name": service.name, "category": service.category.name, "unit": service.unit.name,
                "mode": service.get_mode_display(), "officer": service.officer.name if service.officer else "",
            },
            "sections": [
                {"key": section.key, "label": section.label, "text": working.texts.get(section.key, "")} for section in SECTIONS
            ],
            "scope": [
                {"content": item.content, "campus": item.campus.name, "quantity": item.quantity, "unit": item.unit}
                for item in working.scope
            ],
            "costs": {"year": working.base_year, "lines": [asdict(cost) for cost in working.costs], "total": working.self_run},
            "terms": {
                "contract_years": plan.contract_years, "contract_price": plan.contract_price, "term_price": working.term_price,
                "supervision": plan.supervision, "first_year": plan.first_year, "compared_years": plan.compared_years,
                "wage_growth": plan.wage_growth, "other_growth": plan.other_growth, "price_growth": plan.price_growth,
                "funding": plan.funding,
            },
            "comparison": asdict(working.comparison) if working.comparison else None,
            "method": {
                "code": plan.method, "label": plan.get_method_display() if plan.method else "", "reason": plan.method_reason,
                "proposed": working.proposal.label if working.proposal else "",
            },
            "staff": summary,
            "people": people,
            "evidence": [
                {"title": each.title, "kind": each.get_kind_display(), "held_from": each.held_from, "held_to": each.held_to,
                 "counts": each.counts}
                for each in Evidence.objects.filter(services=service)
            ],
            "attachments": [
                {"name": each.file.name, "sha256": each.file.sha256} for each in plan.files.select_related("file")
            ],
            "figures": figures(working),
        }
    )  # fmt: skip


def figures(working: Working) -> list[dict[str, Any]]:
    """The numbers that a reader compares between versions."""
    plan, staff, comparison = working.plan, working.staff, working.comparison
    found = [
        ("contract_price", "合同年价上限", "元", "comparison", plan.contract_price),
        ("term_price", "合同期总价上限", "元", "method", working.term_price),
        ("contract_years", "合同年限", "年", "method", Decimal(plan.contract_years)),
        ("self_run", "现在一年的费用", "元", "comparison", working.self_run),
        ("supervision", "监管费用（每年）", "元", "comparison", plan.supervision),
        ("settlement", "一次性安置", "元", "staff", staff.settlement_total),
        ("severance", "其中经济补偿", "元", "staff", staff.severance_total),
        ("headcount", "涉及人数", "人", "staff", Decimal(staff.headcount)),
        ("saving", "比较期内节约", "元", "comparison", comparison.saving if comparison else None),
        ("payback", "回收期", "个月", "comparison", _months(comparison)),
    ]
    found += [(f"to:{kind}", kind, "人", "staff", Decimal(count)) for kind, count in staff.by_disposition.items()]
    totals: dict[tuple[str, str], Decimal] = {}
    for item in working.scope:
        key = (item.content, item.unit)
        totals[key] = totals.get(key, Decimal(0)) + item.quantity
    found += [(f"scope:{name}:{unit}", name, unit, "scope", total) for (name, unit), total in totals.items()]
    return [
        {"key": key, "label": label, "unit": unit, "section": section, "value": value}
        for key, label, unit, section, value in found
    ]


def _months(comparison: Comparison | None) -> Decimal | None:
    months = comparison.payback_months if comparison else None
    return None if months is None else Decimal(months)


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content, whatever the order of its keys; the day of computing is not part of it."""
    staff = {key: value for key, value in content["staff"].items() if key != "computed_on"}
    return fingerprint({**content, "staff": staff})
