from django.urls import path, register_converter

from staff_transition.intakes import FACTS, PAYROLL
from staff_transition.views import (
    adjustments,
    classification,
    confirmations,
    consultations,
    dispositions,
    imports,
    intakes,
    payments,
    policy,
    rosters,
    schemes,
    settlements,
    takeovers,
    workers,
)

app_name = "staff"


class OneOf:
    """A word out of a few."""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FactKind(OneOf):
    """The facts of a worker that are kept as rows of their own."""

    regex = "protected|period|wage|insurance|leave|contract|offer"


class LinkPurpose(OneOf):
    """What a worker's own link is for."""

    regex = "confirm|certificate"


register_converter(FactKind, "fact")
register_converter(LinkPurpose, "purpose")

urlpatterns = [
    path("", workers.workers, name="workers"),
    path("export/", workers.export, name="export"),
    path("dispositions/", dispositions.dispositions, name="dispositions"),
    path("classification/", classification.classification, name="classification"),
    path("classification/file/", classification.classification_file, name="classification-file"),
    path("settlements/", settlements.settlements, name="settlements"),
    path("schemes/", schemes.overview, name="schemes"),
    path("schemes/of/<int:pk>/", schemes.compare, name="scheme-compare"),
    path("schemes/of/<int:pk>/file/", schemes.export, name="scheme-export"),
    path("schemes/of/<int:pk>/new/", schemes.add, name="scheme-add"),
    path("schemes/<int:pk>/", schemes.scheme, name="scheme"),
    path("schemes/<int:pk>/edit/", schemes.edit, name="scheme-edit"),
    path("schemes/<int:pk>/leaving/", schemes.leaving, name="scheme-leaving"),
    path("schemes/<int:pk>/copy/", schemes.copy, name="scheme-copy"),
    path("schemes/<int:pk>/adopt/", schemes.adopt, name="scheme-adopt"),
    path("schemes/<int:pk>/withdraw/", schemes.withdraw, name="scheme-withdraw"),
    path("schemes/<int:pk>/papers/", schemes.bundle, name="bundle"),
    path("schemes/<int:pk>/papers/progress/", schemes.bundle_progress, name="bundle-progress"),
    path("schemes/<int:pk>/papers/file/", schemes.bundle_file, name="bundle-file"),
    path("schemes/steps/<int:pk>/", schemes.step, name="scheme-step"),
    path("schemes/steps/<int:pk>/file/", schemes.step_file, name="scheme-step-file"),
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/new/", consultations.add, name="consultation-add"),
    path("consultations/<int:pk>/", consultations.consultation, name="consultation"),
    path("consultations/<int:pk>/edit/", consultations.edit, name="consultation-edit"),
    path("consultations/<int:pk>/file/", consultations.file, name="consultation-file"),
    path("objections/", confirmations.objections, name="objections"),
    path("objections/<int:pk>/answer/", confirmations.answer, name="objection-answer"),
    path("own/<str:token>/", confirmations.own, name="own"),
    path("own/<str:token>/certificate/", confirmations.own_certificate, name="own-certificate"),
    path("own/<str:token>/certificate/file/", confirmations.own_certificate_file, name="own-certificate-file"),
    path("links/of/<int:pk>/", confirmations.make_links, name="links-make"),
    path("<int:pk>/link/<purpose:purpose>/", confirmations.make_link, name="link-make"),
    path("<int:pk>/scan/", confirmations.scan, name="scan"),
    path("confirmations/<int:pk>/scan/", confirmations.scan_file, name="scan-file"),
    path("payments/", payments.batches, name="payments"),
    path("payments/accounts/", payments.accounts, name="payment-accounts"),
    path("payments/accounts/<int:pk>/check/", payments.check_account, name="account-check"),
    path("payments/returns/<int:pk>/", payments.returned, name="payment-returned"),
    path("payments/returns/<int:pk>/approve/", payments.approve_return, name="payment-return-approve"),
    path("payments/of/<int:pk>/", payments.make, name="payment-make"),
    path("payments/<int:pk>/", payments.batch, name="payment-batch"),
    path("payments/<int:pk>/approve/", payments.approve, name="payment-approve"),
    path("payments/<int:pk>/withdraw/", payments.withdraw, name="payment-withdraw"),
    path("payments/<int:pk>/bank/", payments.bank_file, name="payment-bank"),
    path("payments/<int:pk>/results/", payments.results, name="payment-results"),
    path("payments/<int:pk>/return/", payments.bank_return, name="payment-return"),
    path("payments/<int:pk>/return/<int:file>/", payments.bank_return_check, name="payment-return-check"),
    path("takeovers/of/<int:pk>/", takeovers.takeover, name="takeover"),
    path("takeovers/<int:pk>/file/", takeovers.pack_file, name="takeover-file"),
    path("takeovers/<int:pk>/receive/", takeovers.receive, name="takeover-receive"),
    path("policy/", policy.policy, name="policy"),
    path("policy/<slug:key>/", policy.choose, name="policy-choose"),
    path("rosters/", rosters.rosters, name="rosters"),
    path("rosters/<int:pk>/lock/", rosters.lock, name="roster-lock"),
    path("rosters/<int:pk>/unlock/", rosters.unlock, name="roster-unlock"),
    path("<int:pk>/unlock/", rosters.reopen, name="worker-unlock"),
    path("<int:pk>/lock/", rosters.relock, name="worker-lock"),
    path("issues/", rosters.issues, name="issues"),
    path("issues/<int:pk>/resolve/", rosters.resolve, name="issue-resolve"),
    path("imports/", imports.upload, name="import"),
    path("imports/template/", imports.template, name="import-template"),
    path("imports/<int:pk>/", imports.check, name="import-check"),
    path("imports/<int:pk>/progress/", imports.progress, name="import-progress"),
    path("imports/<int:pk>/columns/", imports.columns, name="import-columns"),
    path("imports/<int:pk>/names/", imports.names, name="import-names"),
    path("imports/<int:pk>/confirm/", imports.confirm, name="import-confirm"),
    path("imports/<int:pk>/retry/", imports.retry, name="import-retry"),
    path("imports/<int:pk>/discard/", imports.discard, name="import-discard"),
    path("imports/<int:pk>/withdraw/", imports.withdraw, name="import-withdraw"),
    path("imports/<int:pk>/changes/", imports.changes, name="import-changes"),
    path("imports/<int:pk>/original/", imports.original, name="import-original"),
    path("imports/<int:pk>/marked/", imports.marked, name="import-marked"),
    path("imports/<int:pk>/reveal/", imports.reveal, name="import-reveal"),
    path("payroll/", intakes.upload, {"intake": PAYROLL}, name="payroll"),
    path("payroll/ledger/", intakes.export_ledger, name="ledger-export"),
    path("payroll/<int:pk>/", intakes.check, {"intake": PAYROLL}, name="payroll-check"),
    path("payroll/<int:pk>/marked/", intakes.marked, {"intake": PAYROLL}, name="payroll-marked"),
    path("facts/<int:pk>/marked/", intakes.marked, {"intake": FACTS}, name="facts-marked"),
    path("facts/", intakes.upload, {"intake": FACTS}, name="facts"),
    path("facts/<int:pk>/", intakes.check, {"intake": FACTS}, name="facts-check"),
    path("facts/export/", intakes.export, name="facts-export"),
    path("adjustments/<int:pk>/confirm/", adjustments.confirm, name="adjustment-confirm"),
    path("adjustments/<int:pk>/withdraw/", adjustments.withdraw, name="adjustment-withdraw"),
    path("<int:pk>/", workers.worker, name="worker"),
    path("<int:pk>/adjustment/", adjustments.add, name="adjustment-add"),
    path("<int:pk>/settlement/", settlements.settlement, name="settlement"),
    path("<int:pk>/ledger/", workers.ledger, name="worker-ledger"),
    path("<int:pk>/edit/", workers.edit, name="worker-edit"),
    path("<int:pk>/reveal/", workers.reveal, name="worker-reveal"),
    path("<int:pk>/<fact:kind>/", workers.add_fact, name="fact-add"),
    path("<int:pk>/<fact:kind>/<int:fact>/", workers.change_fact, name="fact-change"),
    path("<int:pk>/<fact:kind>/<int:fact>/remove/", workers.remove_fact, name="fact-remove"),
]
