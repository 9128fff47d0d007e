"""The tables of this room: services, what they consist of and cost, and the evidence for changing them."""

from programme.models.evidence import Evidence, EvidenceFile, Finding, Measure
from programme.models.services import Campus, Category, CostItem, CostKind, ScopeItem, Service, ServiceQuerySet, Stage

__all__ = [
    "Campus",
    "Category",
    "CostItem",
    "CostKind",
    "Evidence",
    "EvidenceFile",
    "Finding",
    "Measure",
    "ScopeItem",
    "Service",
    "ServiceQuerySet",
    "Stage",
]
