"""Who may open each page of this room; tests/test_access.py holds the code against it."""

from accounts.audience import STRANGERS
from accounts.models import Role
from accounts.tests.access import about

# Written out here and not taken from permissions.py: who widens a role there must say so here too.
READERS = (Role.OFFICER, Role.LOGISTICS_HEAD, Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER)
EXPORTERS = (Role.OFFICER, Role.LOGISTICS_HEAD, Role.HR, Role.FINANCE, Role.REVIEWER)
IMPORTERS = EDITORS = (Role.OFFICER, Role.HR)
CONSULTANTS = (Role.OFFICER, Role.HR, Role.REVIEWER)
LOCKERS = LINKERS = (Role.HR,)
REVEALERS = PAYERS = (Role.HR, Role.FINANCE)
APPROVERS_OF_PAYMENTS = (Role.FINANCE,)
SEE_PAYMENTS = (Role.HR, Role.FINANCE, Role.REVIEWER)


def of_worker(cast, worker, **more):
    return {"pk": worker.pk, **more}


def of_row(name):
    """The address of the one row that the fixture of that name makes."""
    return lambda cast, **made: {"pk": made[name].pk}


def of_payment(cast, batch):
    return {"pk": batch.payments.get().pk}


def of_import(cast, roster_import):
    return {"pk": roster_import.pk}


def of_service(cast, college):
    return {"pk": college.cleaning.pk}


ACCESS = {
    "staff:workers": about(READERS),
    "staff:export": about(EXPORTERS),
    "staff:dispositions": about(EDITORS),
    "staff:classification": about(READERS),
    "staff:classification-file": about(READERS),
    "staff:rosters": about(READERS),
    "staff:roster-lock": about(LOCKERS, of_service, "college"),
    "staff:roster-unlock": about(LOCKERS, of_service, "college"),
    "staff:worker-unlock": about(LOCKERS, of_worker, "worker"),
    "staff:worker-lock": about(LOCKERS, of_worker, "worker"),
    "staff:settlements": about(READERS),
    "staff:settlement": about(READERS, of_worker, "worker"),
    "staff:schemes": about(READERS),
    "staff:scheme-compare": about(READERS, of_service, "college"),
    "staff:scheme-export": about(READERS, of_service, "college"),
    "staff:scheme-add": about(EDITORS, of_service, "college"),
    "staff:scheme": about(READERS, of_row("scheme"), "scheme"),
    **{f"staff:scheme-{name}": about(EDITORS, of_row("scheme"), "scheme") for name in ("edit", "copy", "adopt", "withdraw", "leaving")},
    **{f"staff:{name}": about(EDITORS, of_row("scheme"), "scheme") for name in ("bundle", "bundle-progress", "bundle-file")},
    "staff:scheme-step": about(EDITORS, of_row("scheme_step"), "scheme_step"),
    "staff:scheme-step-file": about(READERS, of_row("scheme_step"), "scheme_step"),
    "staff:consultations": about(READERS),
    "staff:consultation-add": about(CONSULTANTS),
    "staff:consultation": about(READERS, of_row("consultation"), "consultation"),
    "staff:consultation-edit": about(CONSULTANTS, of_row("consultation"), "consultation"),
    "staff:consultation-file": about(READERS, of_row("consultation"), "consultation"),
    "staff:own": {"roles": [STRANGERS], "kwargs": lambda cast: {"token": "x"}},
    "staff:own-certificate-file": {"roles": [STRANGERS], "kwargs": lambda cast: {"token": "x"}},
    "staff:own-certificate": {"roles": [STRANGERS], "kwargs": lambda cast: {"token": "x"}},
    "staff:objections": about(LINKERS),
    "staff:objection-answer": about(LINKERS, of_row("objection"), "objection"),
    "staff:links-make": about(LINKERS, of_service, "college"),
    "staff:link-make": about(LINKERS, lambda cast, worker: of_worker(cast, worker, purpose="confirm"), "worker"),
    "staff:scan": about(LINKERS, of_worker, "worker"),
    "staff:scan-file": about(LINKERS, of_row("signed"), "signed"),
    "staff:payments": about(SEE_PAYMENTS),
    "staff:payment-accounts": about(SEE_PAYMENTS),
    "staff:account-check": about(PAYERS, of_worker, "worker"),
    **{f"staff:{name}": about(APPROVERS_OF_PAYMENTS, of_payment, "batch") for name in ("payment-returned", "payment-return-approve")},
    "staff:payment-make": about(PAYERS, of_service, "college"),
    "staff:payment-batch": about(SEE_PAYMENTS, of_row("batch"), "batch"),
    "staff:payment-withdraw": about(PAYERS, of_row("batch"), "batch"),
    **{
        f"staff:payment-{name}": about(APPROVERS_OF_PAYMENTS, of_row("batch"), "batch")
        for name in ("approve", "bank", "results", "return")
    },
    "staff:payment-return-check": about(
        APPROVERS_OF_PAYMENTS, lambda cast, batch, payroll: {"pk": batch.pk, "file": payroll.pk}, "batch", "payroll"
    ),
    "staff:takeover": about(LINKERS, of_service, "college"),
    "staff:takeover-file": about(LINKERS, of_row("pack"), "pack"),
    "staff:takeover-receive": about(LINKERS, of_row("pack"), "pack"),
    "staff:policy": about(READERS),
    "staff:policy-choose": about(LOCKERS, lambda cast: {"key": "cap_scope"}),
    "staff:issues": about(READERS),
    "staff:issue-resolve": about(EDITORS, lambda cast, roster_issue: {"pk": roster_issue.pk}, "roster_issue"),
    "staff:import": about(IMPORTERS),
    "staff:import-template": about(IMPORTERS),
    **{
        f"staff:import-{name}": about(IMPORTERS, of_import, "roster_import")
        for name in (
            "check", "progress", "columns", "names", "confirm", "retry", "discard", "changes", "original", "marked", "reveal",
            "withdraw",
        )
    },
    "staff:payroll": about(IMPORTERS),
    "staff:payroll-check": about(IMPORTERS, of_row("payroll"), "payroll"),
    "staff:payroll-marked": about(IMPORTERS, of_row("payroll"), "payroll"),
    "staff:facts-marked": about(IMPORTERS, of_row("payroll"), "payroll"),
    "staff:facts": about(IMPORTERS),
    "staff:facts-check": about(IMPORTERS, of_row("payroll"), "payroll"),
    "staff:facts-export": about(IMPORTERS),
    "staff:ledger-export": about(IMPORTERS),
    "staff:adjustment-add": about(EDITORS, of_worker, "worker"),
    "staff:adjustment-confirm": about(LOCKERS, of_row("adjustment"), "adjustment"),
    "staff:adjustment-withdraw": about(EDITORS, of_row("adjustment"), "adjustment"),
    "staff:worker": about(READERS, of_worker, "worker"),
    "staff:worker-ledger": about(READERS, of_worker, "worker"),
    "staff:worker-edit": about(EDITORS, of_worker, "worker"),
    "staff:worker-reveal": about(REVEALERS, of_worker, "worker"),
    "staff:fact-add": about(EDITORS, lambda cast, worker: of_worker(cast, worker, kind="protected"), "worker"),
    "staff:fact-change": about(EDITORS, lambda cast, worker: of_worker(cast, worker, kind="period", fact=1), "worker"),
    "staff:fact-remove": about(EDITORS, lambda cast, worker: of_worker(cast, worker, kind="protected", fact=1), "worker"),
}  # fmt: skip
