"""The papers of a staff transition: which there are, who may make them, which an end needs.

`facts` gathers what they state, `person`, `scheme` and `payment` say it.
"""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from common.refusals import require
from documents.errors import FactMissing
from documents.registry import Paper, Source
from staff_transition import permissions
from staff_transition.errors import CertificateTooEarly, NoCertificate
from staff_transition.facts import Known, Setting, ground_code, person_of
from staff_transition.frozen import locked_from
from staff_transition.models import Category, Disposition, LockedSettlement, PaymentBatch, TransitionScheme, Worker
from staff_transition.papers import person, scheme
from staff_transition.papers.facts import PersonFacts, SchemeFacts, digest_of
from staff_transition.papers.payment import sign_off
from staff_transition.rules.entitlement import judged
from staff_transition.rules.grounds import (
    AGREED,
    DEATH,
    GROUNDS,
    LAYOFFS,
    NOT_CERTIFIED,
    RETURNS,
    TERMINATED,
    TRANSFERS,
    UNILATERAL,
)
from staff_transition.rules.person import PersonFacts as EmploymentFacts

PAST_AGE = frozenset({"REHIRED_PENSIONER", "OVER_AGE_NO_PENSION"})
END_IS_CONFIRMED = PAST_AGE | {"STUDENT"}  # no labour contract is ended: both sides confirm the end


def _of_person(title: str, context: Callable[[PersonFacts], dict[str, Any]]) -> Callable[[int], Source]:
    def source(worker_id: int) -> Source:
        worker = Worker.objects.select_related("service__unit", "campus", "disposition").get(pk=worker_id)
        kept = LockedSettlement.objects.live().filter(worker=worker).first()
        if kept is None:
            raise FactMissing(what="锁定的结算（花名册与锁定）")
        facts = PersonFacts(worker, kept)
        found = context(facts)
        facts.done()
        return Source(
            f"{title}_{worker.name}", found, f"结算第 {kept.number} 次", digest_of(found), worker.service.unit
        )

    return source


def _over_age_source(worker_id: int) -> Source:
    worker = Worker.objects.select_related("service__unit", "campus").get(pk=worker_id)
    found = person.over_age(worker)
    return Source(f"超龄用工协议_{worker.name}", found, "员工资料", digest_of(found), worker.service.unit)


def _of_scheme(title: str, context: Callable[[SchemeFacts], dict[str, Any]]) -> Callable[[int], Source]:
    def source(scheme_id: int) -> Source:
        adopted = TransitionScheme.objects.select_related("service__unit").get(pk=scheme_id)
        facts = SchemeFacts(adopted)
        found = context(facts)
        facts.done()
        name = f"{adopted.service.name}{title}"
        return Source(name, found, "采用的安置方案", digest_of(found), adopted.service.unit)

    return source


def may_make_for_worker(user: Any, worker_id: int) -> bool:
    worker = Worker.objects.visible_to(user).filter(pk=worker_id).select_related("service").first()
    return worker is not None and permissions.may_edit(user, worker)


def may_make_for_scheme(user: Any, scheme_id: int) -> bool:
    found = TransitionScheme.objects.visible_to(user).filter(pk=scheme_id).select_related("service").first()
    return found is not None and permissions.may_edit_service(user, found.service)


def may_make_for_batch(user: Any, batch_id: int) -> bool:
    return permissions.may_make_payments(user) and PaymentBatch.objects.visible_to(user).filter(pk=batch_id).exists()


def _personal(key: str, label: str, source: Callable[[int], Source]) -> Paper:
    return Paper(
        f"staff-{key}",
        label,
        f"transition/{key}.docx",
        source,
        may_make_for_worker,
        is_personal=True,
        readers=permissions.READ_PERSONS_PAPERS,
    )


def _person(key: str, label: str, context: Callable[[PersonFacts], dict[str, Any]]) -> Paper:
    return _personal(key, label, _of_person(label, context))


def _scheme(
    key: str, label: str, context: Callable[[SchemeFacts], dict[str, Any]], readers: tuple[str, ...] = ()
) -> Paper:
    return Paper(
        f"staff-{key}",
        label,
        f"transition/{key}.docx",
        _of_scheme(label, context),
        may_make_for_scheme,
        is_personal=True,
        readers=readers,
    )


AGREEMENT = _person("agreement", "协商解除劳动合同协议书", person.agreement)
NOTICE = _person("notice", "解除（终止）劳动合同通知书", person.notice)
CERTIFICATE = _person("certificate", "解除（终止）劳动合同证明书", person.certificate)
THREE_PARTY = _person("three-party", "用工主体变更三方协议", person.three_party)
SERVICE_END = _person("service-end", "用工终止确认书", person.service_end)
EXIT_CHECK = _person("exit-check", "离岗职业健康检查告知书", person.exit_check)
OF_SCHEME = (
    _scheme("scheme", "人员安置方案", scheme.scheme_paper),
    _scheme("union-letter", "工会征求意见函", scheme.union_letter, permissions.READ_REASONS),
    _scheme("union-result", "处理结果告知工会函", scheme.union_result, permissions.READ_REASONS),
    _scheme("layoff-report", "裁减人员情况报告", scheme.layoff_report, permissions.READ_PERSONS_PAPERS),
    _scheme("return-letter", "退回劳务派遣人员函", scheme.return_letter),
)  # fmt: skip
NEEDED_FOR = {  # the grounds on which a paper of a scheme is needed; on all where it is not named
    "staff-union-letter": UNILATERAL, "staff-union-result": UNILATERAL, "staff-layoff-report": LAYOFFS,
    "staff-return-letter": RETURNS,
}  # fmt: skip
SIGN_OFF = Paper(
    "staff-sign-off",
    "经济补偿支付（签收）表",
    "transition/sign-off.docx",
    sign_off,
    may_make_for_batch,
    is_personal=True,
    readers=permissions.PAYERS,
)
OVER_AGE = _personal("over-age", "超龄用工协议", _over_age_source)
PAPERS = (AGREEMENT, NOTICE, CERTIFICATE, THREE_PARTY, SERVICE_END, EXIT_CHECK, OVER_AGE, *OF_SCHEME, SIGN_OFF)


def papers_at_work(facts: EmploymentFacts) -> tuple[Paper, ...]:
    """Which papers the employment itself needs, whether it ends or not."""
    return (OVER_AGE,) if judged(facts) in PAST_AGE else ()


def papers_of(facts: EmploymentFacts, ground: str) -> tuple[Paper, ...]:
    """Which papers the end of this person needs, in the order of signing; what the facts show decides, not the roster's word."""
    if judged(facts) in END_IS_CONFIRMED:
        return (SERVICE_END,)
    found: list[Paper] = [EXIT_CHECK] if facts.is_hazard_post else []
    if ground in AGREED:
        found.append(AGREEMENT)
    if ground in TRANSFERS:
        found.append(THREE_PARTY)
    if ground in UNILATERAL or ground in TERMINATED - {DEATH}:
        found.append(NOTICE)
    if ground in GROUNDS and ground not in NOT_CERTIFIED and facts.category != Category.DISPATCH:
        found.append(CERTIFICATE)
    return tuple(found)


def papers_of_scheme(adopted: TransitionScheme) -> tuple[Paper, ...]:
    """Which papers somebody in the scheme needs, by the dispositions as they are set."""
    held = Disposition.objects.filter(worker__service=adopted.service_id)
    used = {ground_code(each) for each in held.only("kind", "ground")}
    return tuple(paper for paper in OF_SCHEME if not (wanted := NEEDED_FOR.get(paper.key)) or used & wanted)


def needs_certificate(kept: LockedSettlement) -> bool:
    """Whether this end is one that the law wants certified (LCL_50), for somebody who stayed to it."""
    held = person_of(kept.worker, Known.of(kept.worker), Setting(), timezone.localdate())
    return CERTIFICATE in papers_of(held.facts, kept.content["ground"]) and not kept.is_left_early


def own_certificate(kept: LockedSettlement) -> Source:
    """What the worker may read and take away: the very content of the .docx, from the last day on.

    Raises NoCertificate, CertificateTooEarly, PaperIsStopped, FactMissing.
    """
    figures = locked_from(kept.content).figures
    require(needs_certificate(kept), NoCertificate, worker=kept.worker, disposition=figures.disposition)
    is_over = (
        figures.last_day is None or figures.last_day <= timezone.localdate()
    )  # none: the paper itself says what is missing
    require(is_over, CertificateTooEarly, day=figures.last_day)
    return CERTIFICATE.source(kept.worker_id)
