"""What a paper states: gathered from the frozen result, the rows as they stand and the finished steps, and what is missing for it.

A fact that a paper must state and that is not known stops the paper, with a list of what is missing and where it is entered.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import College
from common.fingerprint import fingerprint
from common.money import words
from common.numerals import document_date, document_span
from documents.errors import FactMissing
from staff_transition.blocking import blocked
from staff_transition.errors import PaperIsStopped
from staff_transition.facts import Known, Setting, is_insured, person_of
from staff_transition.figures import as_plain, left_out
from staff_transition.frozen import Locked, locked_from
from staff_transition.models import (
    Category,
    ContractTerm,
    InsurancePeriod,
    LockedSettlement,
    SchemeStep,
    TransitionScheme,
    Worker,
)
from staff_transition.payable import SETTLE_ANEW, is_paid
from staff_transition.rules.grounds import GROUNDS, TERMINATED
from staff_transition.rules.months import Span, elapsed
from staff_transition.rules.person import Segment
from staff_transition.rules.service import counting, former

INSURED = {None: "未登记", True: "参保", False: "未参保"}


def in_full(amount: Decimal) -> str:
    """人民币叁佰元整（300.00 元）: an amount that binds, in words and figures."""
    return f"人民币{words(amount)}（{amount:,.2f} 元）"


class Facts:
    """Gathers what a paper states, and what is missing for it; `done` raises FactMissing with the whole list."""

    def __init__(self) -> None:
        self.missing: list[str] = []
        self.college = College.current()

    def need(self, value: Any, what: str, where: str) -> Any:
        if value in (None, ""):
            self.missing.append(f"{what}（{where}）")
        return value

    def done(self) -> None:
        if self.missing:
            raise FactMissing(what="、".join(self.missing))

    def of_college(self) -> dict[str, Any]:
        college = self.college
        return {
            "college": self.need(college and college.name, "学校名称", "学校资料，由系统管理员填"),
            "today": timezone.localdate(),
        }

    def parties(self) -> dict[str, Any]:
        college = self.college
        return {
            "address": self.need(college and college.address, "学校地址", "学校资料，由系统管理员填"),
            "representative": self.need(college and college.representative, "法定代表人", "学校资料，由系统管理员填"),
        }


def step_done(worker: Worker, key: str, ground: str) -> SchemeStep | None:
    """The finished step of the adopted scheme of the worker's service that names him with this ground."""
    steps = SchemeStep.objects.done(key).filter(scheme__service=worker.service_id)
    return next((step for step in steps if step.people.get(str(worker.pk)) == ground), None)


def contract_words(worker: Worker) -> str:
    """The term as a certificate must state it (REG_24): the latest registered contract's, else the roster's; "" unknown."""
    latest = worker.contract_terms.exclude(kind=ContractTerm.Kind.OVER_AGE).last()
    if latest is not None:
        return period(latest.first_day, latest.last_day)
    if worker.category == Category.NO_WRITTEN_CONTRACT:
        return "未订立书面劳动合同"
    if worker.contract_from is None:
        return ""
    if not worker.is_open_ended and worker.contract_to is None:
        return ""
    return period(worker.contract_from, None if worker.is_open_ended else worker.contract_to)


def period(first_day: date, last_day: date | None) -> str:
    """自2025年1月1日至2027年12月31日; open-ended without a last day."""
    if last_day is None:
        return f"自{document_date(first_day)}起的无固定期限劳动合同"
    return f"自{document_span(first_day, last_day)}"


class PersonFacts(Facts):
    """One worker and the frozen result."""

    def __init__(self, worker: Worker, kept: LockedSettlement):
        super().__init__()
        self.worker, self.kept = worker, kept
        self.locked: Locked = locked_from(kept.content)
        self.code = self.locked.ground_code
        self.known, self.setting = Known.of(worker), Setting()
        self.held = person_of(
            worker, self.known, self.setting, timezone.localdate()
        )  # as it stands now, after the lock

    def require_unblocked(self, *, is_owed: bool = False) -> None:
        """Raises PaperIsStopped. A paper that `is_owed` once the end is there waits for the exit check alone (LCL_50, HEALTH_35)."""
        today, last_day = timezone.localdate(), self.locked.figures.last_day
        if self.kept.is_left_late and not is_paid(self.worker):  # who is paid cannot be opened alone any more
            why = f"{self.worker.left_on} 才离开，晚于结算的最后工作日 {last_day}；{SETTLE_ANEW}。"
            raise PaperIsStopped(name=self.worker.name, why=why)
        found = blocked(self.held, today)
        if is_owed and last_day and last_day < today:
            found = tuple(flag for flag in found if flag.code == "exit-check")
        if found:
            raise PaperIsStopped(name=self.worker.name, why="".join(f"{flag.title}，{flag.text}" for flag in found))

    def person(self) -> dict[str, Any]:
        worker, figures = self.worker, self.locked.figures
        return {
            "name": worker.name,
            "id_number": self.need(worker.id_number, "身份证号", "员工资料"),
            "post": self.need(worker.post, "岗位", "员工资料"),
            "hired": figures.hired_on,
            "last_day": self.need(figures.last_day, "最后工作日", "去向"),
        }

    def contract(self) -> str:
        return self.need(contract_words(self.worker), "劳动合同期限", "员工资料")

    def is_insured(self) -> bool:
        """Whether a pension is paid for to the end. Unknown is no yes."""
        day = self.locked.figures.last_day or timezone.localdate()
        return is_insured(self.worker, self.known.insurance, day) is True

    def moved_on(self) -> str:
        """What the college moves on within fifteen days (LCL_50_1): insurance only where there is one."""
        return "档案和社会保险关系转移手续" if self.is_insured() else "档案转移手续"

    def not_paid_because(self) -> str:
        """Why no severance is owed, with the articles, as the working says it; "" where it is owed."""
        if self.locked.severance:
            return ""
        owed = next((line for line in self.locked.lines if line.key == "owed"), None)
        return (
            f"{owed.formula}（{'、'.join(str(each) for each in owed.articles)}）" if owed else self.locked.ground_label
        )

    def money(self) -> dict[str, Any]:
        items = [
            {"label": line.label, "formula": line.formula, "amount": line.amount}
            for line in self.locked.lines if line.owed and line.amount
        ]  # fmt: skip
        return {"items": items, "total": self.locked.total}

    def not_in_total(self) -> str:
        """What is owed beside the total once its facts are there; "" where nothing is left out."""
        items = "、".join(left_out(self.locked.lines))
        return f"上列合计不含{items}，补齐资料后另行核定支付。" if items else ""

    def service(self) -> tuple[Segment, ...]:
        """The segments that count: as frozen, or from the facts, which the lock holds fast, where they were not."""
        return self.locked.service or counting(self.held.facts, self.setting.policy) or ()

    @property
    def ended_on(self) -> date | None:
        """The last day that was frozen, or the later one on which somebody who is paid already left in fact."""
        return self.worker.left_on if self.kept.is_left_late else self.locked.figures.last_day

    def own_service(self) -> Span:
        """The time in this unit alone."""
        last_day = self.ended_on
        return elapsed(self.locked.figures.hired_on, last_day) if last_day else Span()

    def earlier(self) -> str:
        """Former employers whose years count too, with their days; "" where there are none."""
        return former(self.service(), self.locked.figures.hired_on, document_span)

    def articles(self, first_only: bool = False) -> str:
        articles = GROUNDS[self.code].articles if self.code in GROUNDS else ()
        return "、".join(str(article) for article in (articles[:1] if first_only else articles))

    @property
    def verb(self) -> str:
        return "终止" if self.code in TERMINATED else "解除"


class SchemeFacts(Facts):
    """An adopted scheme with the frozen results of its people."""

    def __init__(self, scheme: TransitionScheme):
        super().__init__()
        self.scheme = scheme
        live = LockedSettlement.objects.live().filter(worker__service=scheme.service)
        self.kept = [
            (each.worker, locked_from(each.content))
            for each in live.select_related("worker__disposition").order_by("worker__sort_key", "worker__pk")
            if not each.is_left_early
        ]  # fmt: skip
        self.need(scheme.adopted_at, "采用的方案", "人员安置")

    def people(self, grounds: Iterable[str], among: Collection[int] | None = None) -> list[dict[str, Any]]:
        """On these grounds; of `among` alone where it is given."""
        wanted = set(grounds)
        held = [
            (worker, locked) for worker, locked in self.kept
            if locked.ground_code in wanted and (among is None or worker.pk in among)
        ]  # fmt: skip
        if not held:
            self.missing.append("名单（没有按这些事由锁定的人，花名册与锁定）")
        insurance: dict[int, list[InsurancePeriod]] = defaultdict(list)
        for row in InsurancePeriod.objects.filter(worker__in=[worker.pk for worker, _ in held]):
            insurance[row.worker_id].append(row)  # type: ignore[attr-defined]
        today = timezone.localdate()
        return [
            {
                "worker": worker.pk, "ground": locked.ground_code, "name": worker.name, "post": worker.post or "—",
                "hired": document_date(locked.figures.hired_on),
                "years": f"{locked.figures.service_years} 年", "total": locked.total, "contract": contract_words(worker) or "—",
                "last_day": document_date(locked.figures.last_day) if locked.figures.last_day else "—",
                "insured": INSURED[is_insured(worker, insurance[worker.pk], locked.figures.last_day or today)],
            }
            for worker, locked in held
        ]  # fmt: skip

    def named_in(self, steps: Iterable[SchemeStep]) -> set[int]:
        """Whom the steps name with the ground that is frozen."""
        named = [step.people for step in steps]
        return {
            worker.pk
            for worker, locked in self.kept
            if any(each.get(str(worker.pk)) == locked.ground_code for each in named)
        }

    def step(self, key: str, what: str) -> SchemeStep | None:
        step = self.scheme.steps.filter(key=key).order_by("-round").first()
        self.need(step and step.done_on, what, "人员安置办理清单")
        return step


def digest_of(context: dict[str, Any]) -> str:
    """SHA-256 of what is printed, the day of printing left out."""
    printed = as_plain({key: value for key, value in context.items() if key != "today"})
    return fingerprint(printed)
