"""The tables of this room: workers and their facts, what becomes of them, the roster and its imports."""

from staff_transition.models.confirmations import Confirmation, Objection, WorkerLink
from staff_transition.models.consultations import Consultation
from staff_transition.models.dispositions import ITEMS, Disposition, DispositionKind, ForcedReason
from staff_transition.models.facts import Adjustment, ContractTerm, InsurancePeriod, LeaveYear, Offer, WageMonth
from staff_transition.models.imports import RememberedColumns, RememberedName, RosterImport, RosterIssue
from staff_transition.models.payments import AccountCheck, Payment, PaymentBatch
from staff_transition.models.policies import PolicyChoice
from staff_transition.models.rosters import Roster
from staff_transition.models.schemes import SchemeRule, SchemeStep, TransitionScheme
from staff_transition.models.settlements import LockedSettlement
from staff_transition.models.takeovers import TakeoverPack
from staff_transition.models.workers import (
    Category,
    ExitCheck,
    FemaleCategory,
    ProtectedCondition,
    ServicePeriod,
    Sex,
    Worker,
)

__all__ = [
    "ITEMS",
    "AccountCheck",
    "Adjustment",
    "Category",
    "Confirmation",
    "Consultation",
    "ContractTerm",
    "Disposition",
    "DispositionKind",
    "ExitCheck",
    "FemaleCategory",
    "ForcedReason",
    "InsurancePeriod",
    "LeaveYear",
    "LockedSettlement",
    "Objection",
    "Offer",
    "Payment",
    "PaymentBatch",
    "PolicyChoice",
    "ProtectedCondition",
    "RememberedColumns",
    "RememberedName",
    "Roster",
    "RosterImport",
    "RosterIssue",
    "SchemeRule",
    "SchemeStep",
    "ServicePeriod",
    "Sex",
    "TakeoverPack",
    "TransitionScheme",
    "WageMonth",
    "Worker",
    "WorkerLink",
]
