"""The papers of a staff transition: of one person from the frozen result, of a scheme from its people and steps.

A fact that a paper must state and that is not known stops the paper, with a list of what is missing and where it is entered.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import College
from common.fingerprint import fingerprint
from common.money import words as in_words
from common.refusals import require
from contractors.models import Contract
from documents.errors import FactMissing
from documents.registry import Paper, Source
from staff_transition import permissions
from staff_transition.blocking import blocked, blocked_among
from staff_transition.errors import CertificateTooEarly, NoCertificate, PaperIsStopped
from staff_transition.facts import Known, Setting, person_of
from staff_transition.figures import as_plain, left_out
from staff_transition.frozen import Locked, locked_from
from staff_transition.models import (
    Category,
    ContractTerm,
    ExitCheck,
    LockedSettlement,
    Offer,
    Payment,
    PaymentBatch,
    SchemeStep,
    TransitionScheme,
    Worker,
)
from staff_transition.rules.entitlement import judged
from staff_transition.rules.flags import THINKING_DAYS
from staff_transition.rules.grounds import GROUNDS
from staff_transition.rules.months import Span, elapsed
from staff_transition.rules.notice import NOTICE_DAYS
from staff_transition.rules.person import PersonFacts as EmploymentFacts
from staff_transition.rules.person import Segment
from staff_transition.rules.procedure import AGREED, NO_FAULT, TRANSFERS, UNILATERAL, UNION_DAYS
from staff_transition.rules.service import counting, former, span_of
from staff_transition.scenarios import Bench

ILL = (ExitCheck.SUSPECTED, ExitCheck.DISEASE)  # what the check before leaving found (LCL_42)
NAMED = 5  # people named in a list of what is missing
DEATH = "DEATH_44_3"
TERMINATED = frozenset({  # 终止; on every other ground the contract is 解除
    "EXPIRY_NOT_RENEWED", "EXPIRY_LOWER_TERMS", "EXPIRY_EMPLOYEE_REFUSED", "RETIRE_AGE", "PENSION_44_2", "TASK_DONE", DEATH,
    "BANKRUPT_44_4", "DISSOLUTION_44_5", "NO_CONTRACT_REFUSED_1M", "NO_CONTRACT_REFUSED_1Y",
})  # fmt: skip
NO_BENEFIT = frozenset({DEATH, "PENSION_44_2", "RETIRE_AGE"})  # nobody is left who could be unemployed
NOT_VOLUNTARY = frozenset(GROUNDS) - {"RESIGN_37", "NEGOTIATED_EMPLOYEE"} - NO_BENEFIT
REASONS = {
    "NOFAULT_40_1": "您医疗期满后不能从事原工作，也不能从事另行安排的工作",
    "NOFAULT_40_2": "您不能胜任工作，经过培训或者调整工作岗位仍不能胜任（{note}）",
    "NOFAULT_40_3": "劳动合同订立时所依据的客观情况发生重大变化，致使合同无法履行，经协商未能就变更达成协议",
    "FAULT_39": "您有《中华人民共和国劳动合同法》第三十九条规定的情形（{note}）", "LAYOFF_41": "本单位依法裁减人员",
    "EXPIRY_NOT_RENEWED": "{expired}，本单位不再续订", "EXPIRY_LOWER_TERMS": "{expired}，双方未能就续订达成一致",
    "EXPIRY_EMPLOYEE_REFUSED": "{expired}，您不同意按不低于原合同的条件续订", "RETIRE_AGE": "您于 {age_day} 达到法定退休年龄",
    "PENSION_44_2": "您已开始依法享受基本养老保险待遇", "TASK_DONE": "约定的工作任务已经完成（{note}）",
    "BANKRUPT_44_4": "本单位被依法宣告破产（{note}）", "DISSOLUTION_44_5": "本单位被撤销、关闭或者提前解散（{note}）",
    "NO_CONTRACT_REFUSED_1M": "经本单位书面通知，您未与本单位订立书面劳动合同（{note}）",
    "NO_CONTRACT_REFUSED_1Y": "经本单位书面通知，您未与本单位订立书面劳动合同（{note}）",
}  # fmt: skip
AFTER_AN_OFFER = frozenset({"NOFAULT_40_1", "NOFAULT_40_3"})  # the sentence says that another post was offered
ENDS_NOTHING_HERE = frozenset({"TRANSFER_CONTINUOUS", "MOVED_TO_OTHER_POST", "RETURNED_TO_AGENCY"})
NO_LABOUR = frozenset({"REHIRED_PENSIONER", "OVER_AGE_NO_PENSION", "STUDENT"})


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
        return {"college": self.need(college and college.name, "学校名称", "学校信息"), "today": timezone.localdate()}

    def parties(self) -> dict[str, Any]:
        college = self.college
        return {
            "address": self.need(college and college.address, "学校地址", "学校信息"),
            "representative": self.need(college and college.representative, "法定代表人", "学校信息"),
        }


def step_done(worker: Worker, key: str) -> SchemeStep | None:
    """The finished step of the adopted scheme of the worker's service."""
    return SchemeStep.objects.filter(
        key=key, done_on__isnull=False, scheme__service=worker.service_id, scheme__withdrawn_at=None,
        scheme__adopted_at__isnull=False,
    ).first()  # fmt: skip


def contract_words(worker: Worker) -> str:
    """The term as a certificate must state it (REG_24): the latest registered contract's, else the roster's; "" unknown."""
    latest = worker.contract_terms.exclude(kind=ContractTerm.Kind.OVER_AGE).last()
    if latest is not None:
        return f"自 {latest.first_day} " + (f"至 {latest.last_day}" if latest.last_day else "起的无固定期限劳动合同")
    if worker.category == Category.NO_WRITTEN_CONTRACT:
        return "未订立书面劳动合同"
    if worker.contract_from is None:
        return ""
    if worker.is_open_ended:
        return f"自 {worker.contract_from} 起的无固定期限劳动合同"
    return f"自 {worker.contract_from} 至 {worker.contract_to}" if worker.contract_to else ""


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

    def own_service(self) -> Span:
        """The time in this unit alone."""
        last_day = self.locked.figures.last_day
        return elapsed(self.locked.figures.hired_on, last_day) if last_day else Span()

    def earlier(self) -> str:
        """Former employers whose years count too, with their days; "" where there are none."""
        return former(self.service(), self.locked.figures.hired_on)

    def articles(self, first_only: bool = False) -> str:
        articles = GROUNDS[self.code].articles if self.code in GROUNDS else ()
        return "、".join(str(article) for article in (articles[:1] if first_only else articles))

    @property
    def verb(self) -> str:
        return "终止" if self.code in TERMINATED else "解除"


def agreement(facts: PersonFacts) -> dict[str, Any]:
    """D18. The offer must have been in writing three days ago at least, the account known, nothing left uncounted."""
    facts.require_unblocked()
    worker, locked = facts.worker, facts.locked
    facts.missing += [f"{what}（员工资料，否则有一项没有算进去）" for what in locked.figures.unpriced]
    offer, step = worker.offers.filter(kind=Offer.Kind.AGREED_END).first(), step_done(worker, "offers")
    if offer and offer.answer == Offer.Answer.REFUSED:
        facts.missing.append(f"新的书面要约（{offer.offered_on} 提出的，本人不同意；员工页“书面要约”）")
    offered = offer.offered_on if offer else step.done_on if step else None
    facts.need(offered, "书面提出方案的日期", "员工页“书面要约”，或者办理清单“逐人书面提出方案”")
    if offered and timezone.localdate() < offered + timedelta(days=THINKING_DAYS):
        facts.missing.append(f"三日考虑时间（{offered} 提出，{offered + timedelta(days=THINKING_DAYS)} 起可签）")
    return {
        **facts.of_college(), **facts.parties(), **facts.person(), **facts.money(), "contract": facts.contract(),
        "phone": worker.phone or "　　　　　　", "tax": facts.need(locked.tax, "个人所得税", "参数与依据"), "net": locked.net,
        "account": facts.need(worker.bank_account, "银行卡号", "员工资料"), "bank": worker.bank_name or "开户行以本人银行卡为准",
        "offered": f"{offered}",
    }  # fmt: skip


def notice(facts: PersonFacts) -> dict[str, Any]:
    """D19. A unilateral end states that the union was told before; thirty days' notice or a month's wage."""
    facts.require_unblocked()
    worker, code = facts.worker, facts.code
    union = f"离职手续和社会保险转移的办理，请联系人事处，电话 {facts.college.contact_phone if facts.college else ''}。"
    if code in UNILATERAL:
        letter = step_done(worker, "union-letter")
        facts.need(letter, "工会意见", "人员安置办理清单“把解除理由书面告知工会”")
        union = f"本单位已于 {letter.done_on} 把理由书面告知工会。" if letter else ""
        ready = letter.done_on + timedelta(days=UNION_DAYS) if letter and letter.done_on else None
        if ready and (worker.notice_date or timezone.localdate()) < ready:
            facts.missing.append(f"告知工会满十五日（{ready} 起可以通知本人，湖北省实施工会法办法第二十五条第二款）")
    words, served = _notice_days(facts) if code in NO_FAULT else ("", "")
    context = {
        **facts.of_college(), **facts.person(), **facts.money(), "contract": facts.contract(), "verb": facts.verb,
        "reason": _reason(facts), "articles": facts.articles(), "notice": words, "union": union, "served": served,
        "not_in_total": facts.not_in_total(),
    }  # fmt: skip
    return context | ({"today": worker.notice_date} if worker.notice_date else {})


def _notice_days(facts: PersonFacts) -> tuple[str, str]:
    """Article 40: the day of service, how long before the end it is, and what follows if it is served later."""
    served, last_day = facts.worker.notice_date, facts.locked.figures.last_day
    facts.need(served, "书面通知日期", "员工资料")
    if served is None or last_day is None:
        return "", ""
    days, is_paid = (last_day - served).days, bool(facts.locked.figures.notice)
    if is_paid is (days >= NOTICE_DAYS):
        facts.missing.append(f"与代通知金相符的书面通知日期（现在是 {served}，提前 {days} 日；解锁后更正，再锁定）")
    said = f"本通知于 {served} 书面送达，距最后工作日 {days} 日，"
    later = f"；晚于 {served} 的，请告知人事处重新核算代通知金"
    return said + ("不足三十日，另付代通知金。" if is_paid else "已提前三十日通知。"), later


def _reason(facts: PersonFacts) -> str:
    """The fact that ends the contract, only where what is registered bears it out."""
    code, disposition = facts.code, facts.held.disposition
    words = facts.need(REASONS.get(code), "解除（终止）的事由", "去向")
    if not words:
        return ""
    is_own = not getattr(
        disposition, "is_by_scheme", False
    )  # a scheme's note names the scheme, no fact about the person
    note = getattr(disposition, "note", "") if is_own else ""
    if "{note}" in words:
        facts.need(note, "事实和依据", "去向的“说明”")
    age_day, last_day = facts.held.facts.age_day, facts.locked.figures.last_day
    if code == "RETIRE_AGE" and (age_day is None or last_day is None or age_day > last_day):
        facts.missing.append("已到法定退休年龄的出生日期和退休类别（员工资料）")
    if code == "PENSION_44_2" and not facts.worker.pension_drawn:
        facts.missing.append("已领养老金（员工资料）")
    if code in AFTER_AN_OFFER:
        _require_other_post(facts)
    expired = _expired(facts) if "{expired}" in words else ""
    return words.format(note=note.rstrip("。"), expired=expired, age_day=age_day)


def _require_other_post(facts: PersonFacts) -> None:
    offers = [each for each in facts.known.offers if each.kind == Offer.Kind.OTHER_POST]
    facts.need(offers or None, "另行安排岗位的书面要约", "员工页“书面要约”")
    if agreed := next((each for each in offers if each.answer == Offer.Answer.ACCEPTED), None):
        facts.missing.append(f"新的去向（{agreed.offered_on} 提出的岗位本人已同意；去向）")


def _expired(facts: PersonFacts) -> str:
    """The contract ran out on the last day, or before it and article 45 kept it alive until then."""
    ends, last_day = facts.held.facts.contract_to, facts.locked.figures.last_day
    if ends and ends == last_day:
        return f"劳动合同于 {ends} 期满"
    if ends and last_day and ends < last_day and _is_extended(facts, ends, last_day):
        return f"劳动合同于 {ends} 期满，依法续延至 {last_day}"
    facts.missing.append(
        f"与最后工作日 {last_day} 一致的合同终止日期（现在是 {ends or '未填'}；员工页“劳动合同”或去向）"
    )
    return ""


def _is_extended(facts: PersonFacts, ends: date, last_day: date) -> bool:
    """A state of LCL_42 that held when the contract ran out is over by the last day, or an office in the union ends on it."""
    over = (each.since <= ends <= each.until <= last_day for each in facts.known.conditions if each.until)
    return facts.worker.union_office_until == last_day or any(over)


def certificate(facts: PersonFacts) -> dict[str, Any]:
    """D20: contract term, day, post, years (REG_24); the reason neutral; voluntary or not for the unemployment fund.

    It is owed after a death too (LCL_50): the next of kin receive it, for the funeral grant and the pension account.
    """
    facts.require_unblocked(is_owed=True)
    own, earlier = facts.own_service(), facts.earlier()
    joined = (
        f"依照《中华人民共和国劳动合同法实施条例》第十条，下列单位的工作年限与在本单位的合并计算：{earlier}；"
        f"合并后共 {span_of(facts.service())}。"
        if earlier else ""
    )  # fmt: skip
    day = facts.locked.figures.last_day or timezone.localdate()
    return {
        **facts.of_college(), **facts.person(), "today": max(timezone.localdate(), day),  # never of a day before the end
        "contract": facts.contract(), "verb": facts.verb,
        "years": f"{own.months // 12} 年 {own.months % 12} 个月", "earlier": joined,
        "articles": facts.articles(first_only=True),
        "voluntary": "非因本人意愿中断就业。" if facts.code in NOT_VOLUNTARY else "",
        "copies": _copies(facts.code),
        "receipt": "近亲属（关系：　　）签收：　　　" if facts.code == DEATH else "本人签收：　　　　　",
    }  # fmt: skip


def _copies(code: str) -> str:
    """For whom the copies are, and which benefit may be claimed with them."""
    if code == DEATH:
        return (
            "（本证明一式三份：近亲属、本单位档案、社会保险经办机构各一份。参加基本养老保险的人因病或者非因工死亡的，遗属可以依照"
            "《中华人民共和国社会保险法》第十七条申领丧葬补助金和抚恤金；因工死亡的，依照《工伤保险条例》办理。）"
        )
    if code in NO_BENEFIT:
        return "（本证明一式三份：本人、本单位档案、社会保险经办机构各一份。）"
    return "（本证明一式四份：本人、本单位档案、社会保险经办机构、失业保险经办机构各一份。符合条件的可以申领失业保险待遇。）"


def three_party(facts: PersonFacts) -> dict[str, Any]:
    """D28: who pays for the years is written down, one way or the other; the years are those that the settlement counts."""
    facts.require_unblocked()
    worker, person = facts.worker, facts.person()
    contract = (
        Contract.objects.filter(service=worker.service_id).order_by("-first_day").select_related("contractor").first()
    )
    years = f"{span_of(facts.service())}"
    if earlier := facts.earlier():
        years += f"（含合并计算的{earlier}）"
    return {
        **facts.of_college(), **person, "campus": worker.campus.name, "method": _method(facts, years) + facts.not_in_total(),
        "contractor": facts.need(contract and contract.contractor.name, "承接单位", "承包商与合同"),
        "average": facts.need(facts.locked.average or worker.average_wage, "12 个月平均工资", "员工资料"),
    }  # fmt: skip


def _method(facts: PersonFacts, years: str) -> str:
    """What becomes of the years, and every amount under its own name."""
    total, owed = facts.locked.total, [line for line in facts.locked.lines if line.owed and line.amount]
    named = "、".join(f"{line.label} {line.amount:,.2f} 元" for line in owed if line.key != "severance")
    if facts.code == "TRANSFER_CONTINUOUS":
        return (
            f"乙方至最后工作日的工作年限 {years}，合并计算为在丙方的工作年限，甲方现在不支付经济补偿；"
            "今后丙方依法应当支付经济补偿的，由丙方按合并后的年限支付。"
        ) + (f"甲方另向乙方付清{named}。" if named else "")
    said = f"甲方向乙方支付经济补偿 {facts.locked.severance:,.2f} 元，结清乙方至最后工作日的工作年限 {years}"
    said += f"；另支付{named}；合计人民币{in_words(total or Decimal(0))}（{total:,.2f} 元）。" if named else "。"
    return f"{said}丙方的工作年限自接收之日起重新计算。"


def service_end(facts: PersonFacts) -> dict[str, Any]:
    facts.require_unblocked()
    total = facts.locked.total
    settled = f"另付 {total:,.2f} 元，算法见测算表。" if total else "无经济补偿。"
    return {
        **facts.of_college(), **facts.person(), "category": facts.worker.get_category_display() or "", "settled": settled,
    }  # fmt: skip


def exit_check(facts: PersonFacts) -> dict[str, Any]:
    return {**facts.of_college(), **facts.person()}


def _of_person(title: str, context: Callable[[PersonFacts], dict[str, Any]]) -> Callable[[int], Source]:
    def source(worker_id: int) -> Source:
        worker = Worker.objects.select_related("service__unit", "campus", "disposition").get(pk=worker_id)
        kept = LockedSettlement.objects.live().filter(worker=worker).first()
        if kept is None:
            raise FactMissing(what="锁定的结算（花名册与锁定）")
        facts = PersonFacts(worker, kept)
        found = context(facts)
        facts.done()
        return Source(f"{title}_{worker.name}", found, f"结算第 {kept.number} 次", _digest(found), worker.service.unit)

    return source


def _digest(context: dict[str, Any]) -> str:
    """SHA-256 of what is printed, the day of printing left out."""
    printed = as_plain({key: value for key, value in context.items() if key != "today"})
    return fingerprint(printed)


# papers of a scheme


class SchemeFacts(Facts):
    """An adopted scheme with the frozen results of its people."""

    def __init__(self, scheme: TransitionScheme):
        super().__init__()
        self.scheme = scheme
        live = LockedSettlement.objects.live().filter(worker__service=scheme.service).select_related("worker")
        self.kept = [
            (each.worker, locked_from(each.content))
            for each in live.order_by("worker__sort_key", "worker__pk") if not each.is_left_early
        ]  # fmt: skip
        self.need(scheme.adopted_at, "采用的方案", "人员安置")

    def people(self, grounds: Iterable[str]) -> list[dict[str, Any]]:
        wanted = set(grounds)
        held = [(worker, locked) for worker, locked in self.kept if locked.ground_code in wanted]
        if not held:
            self.missing.append("名单（没有按这些事由锁定的人，花名册与锁定）")
        return [
            {
                "worker": worker.pk, "name": worker.name, "post": worker.post or "—", "hired": str(locked.figures.hired_on),
                "years": f"{locked.figures.service_years} 年", "total": locked.total,
            }
            for worker, locked in held
        ]  # fmt: skip

    def step(self, key: str, what: str) -> SchemeStep | None:
        step = self.scheme.steps.filter(key=key).first()
        self.need(step and step.done_on, what, "人员安置办理清单")
        return step


def _sum(people: Iterable[dict[str, Any]]) -> Decimal:
    return sum((each["total"] for each in people), Decimal("0.00"))


def union_letter(facts: SchemeFacts) -> dict[str, Any]:
    people = facts.people(UNILATERAL)
    step = facts.scheme.steps.filter(key="union-result").first()
    codes = sorted({locked.ground_code for _, locked in facts.kept if locked.ground_code in UNILATERAL})
    articles = "、".join(str(GROUNDS[code].articles[0]) for code in codes)
    return {
        **facts.of_college(), "service": facts.scheme.service.name, "people": people, "sum": _sum(people), "articles": articles,
        "notice_on": step.due_on if step else facts.scheme.last_day,
    }  # fmt: skip


def union_result(facts: SchemeFacts) -> dict[str, Any]:
    people, step = facts.people(UNILATERAL), facts.step("union-answer", "工会书面意见")
    answer = f"{step.done_on}，{step.evidence}" if step and step.done_on else ""
    return {
        **facts.of_college(),
        "service": facts.scheme.service.name,
        "people": people,
        "sum": _sum(people),
        "answer": answer,
    }


def layoff_report(facts: SchemeFacts) -> dict[str, Any]:
    people, step = facts.people({"LAYOFF_41"}), facts.step("explain", "说明情况、听取意见的日期")
    headcount = Worker.objects.live().filter(service=facts.scheme.service).count()
    return {
        **facts.of_college(), "service": facts.scheme.service.name, "people": people, "sum": _sum(people), "headcount": headcount,
        "last_day": facts.scheme.last_day, "share": f"{len(people) * 100 / headcount:.1f}%" if headcount else "—",
        "explained": str(step.done_on) if step and step.done_on else "",
    }  # fmt: skip


def return_letter(facts: SchemeFacts) -> dict[str, Any]:
    """D26: one letter to each agency, the party to the people's latest contract. People of LCL_42 may not be returned."""
    people = facts.people({"RETURNED_TO_AGENCY"})
    held = [worker for worker, locked in facts.kept if locked.ground_code == "RETURNED_TO_AGENCY"]
    stopped = blocked_among(Worker.objects.filter(pk__in=[worker.pk for worker in held]))
    if shielded := [worker.name for worker in held if worker.pk in stopped or worker.exit_check_result in ILL]:
        facts.missing.append(
            f"{_named(shielded)}的其他去向（受劳动合同法第四十二条保护，劳务派遣暂行规定第十三条不得退回；去向）"
        )
    terms = ContractTerm.objects.filter(worker__in=[each["worker"] for each in people]).exclude(signatory="")
    agencies = dict(terms.order_by("first_day").values_list("worker", "signatory"))
    unknown = [each["name"] for each in people if each["worker"] not in agencies]
    if unknown:
        facts.missing.append(f"{_named(unknown)}的劳务派遣单位（员工页“劳动合同”的签约单位）")
    return {
        **facts.of_college(), "last_day": facts.scheme.last_day,
        "letters": [
            {"agency": agency, "people": [each for each in people if agencies.get(each["worker"]) == agency]}
            for agency in sorted(set(agencies.values()))
        ],
    }  # fmt: skip


def _named(names: list[str]) -> str:
    return "、".join(names[:NAMED]) + (f"等 {len(names)} 人" if len(names) > NAMED else "")


def scheme_paper(facts: SchemeFacts) -> dict[str, Any]:
    """D15: from the scheme worked out as it stands; needs no lock."""
    scheme = facts.scheme
    bench = Bench(scheme.service)
    outcome = bench.outcome(scheme)
    categories: dict[str, int] = {}
    for worker in bench.workers:
        label = worker.get_category_display() or "未填"
        categories[label] = categories.get(label, 0) + 1
    budget = facts.need(scheme.budget, "预算额度", "安置方案页“预算和说明”")
    facts.missing += [f"{count} 人的{what}（员工资料、去向或者参数与依据）" for what, count in outcome.missing.items()]
    if outcome.undecided:
        facts.missing.append(f"{len(outcome.undecided)} 人的去向（人员安置）")
    checked = scheme.steps.filter(key="blocks", done_on__isnull=False).first()
    steps = [
        {"title": step.title, "due": str(step.due_on), "who": step.responsible} for step in scheme.steps.exclude(key="kept")
    ]  # fmt: skip
    return {
        **facts.of_college(), "service": scheme.service.name, "headcount": outcome.headcount, "last_day": scheme.last_day,
        "categories": "、".join(f"{label} {count} 人" for label, count in categories.items()) or "—",
        "ways": "、".join(f"{label} {count} 人" for label, count in outcome.by_kind.items()) or "—", "total": outcome.total,
        "paid": sum(month.people for month in outcome.months),
        "shielded": (
            f"{outcome.shielded} 人须改去向" if outcome.shielded
            else f"已于 {checked.done_on} 逐人核对，没有这样办的" if checked else "通知本人以前逐人核对，有这些情形的另行安排"
        ),
        "transfers": "接收人员由承接单位连续计算工龄或者由学校结清，以三方协议为准。" if outcome.has_transfers else "",
        "unpriced": "".join(f"另有 {count} 人有一项因缺{what}没有计入。" for what, count in outcome.unpriced.items()),
        "funding": f"从学校预算列支，额度 {budget:,.2f} 元" if budget is not None else "", "steps": steps,
        "phone": facts.need(facts.college and facts.college.contact_phone, "总机", "学校信息"),
    }  # fmt: skip


def _of_scheme(title: str, context: Callable[[SchemeFacts], dict[str, Any]]) -> Callable[[int], Source]:
    def source(scheme_id: int) -> Source:
        scheme = TransitionScheme.objects.select_related("service__unit").get(pk=scheme_id)
        facts = SchemeFacts(scheme)
        found = context(facts)
        facts.done()
        name = f"{scheme.service.name}{title}"
        return Source(name, found, "采用的安置方案", _digest(found), scheme.service.unit)

    return source


def sign_off(batch_id: int) -> Source:
    """D21: line by line as in the bank's file; numbers whole, so the paper is personal. What did not arrive is in no sum."""
    batch = PaymentBatch.objects.select_related("service__unit").get(pk=batch_id)
    payments = list(batch.payments.select_related("worker").order_by("worker__sort_key", "pk"))
    rows = [
        {
            "number": number, "name": each.worker.name, "account": each.account, "bank": each.bank_name, "gross": each.gross,
            "tax": each.tax, "net": each.net, "voucher": _said(each),
        }
        for number, each in enumerate(payments, 1)
    ]  # fmt: skip
    arrives = [each for each in payments if each.state not in (Payment.State.FAILED, Payment.State.RETURNED)]
    context = {
        "service": batch.service.name, "batch": f"第 {batch.number} 批", "pay_on": batch.pay_on, "state": batch.get_state_display(),
        "rows": rows, "sum": {key: sum((getattr(each, key) for each in arrives), Decimal("0.00")) for key in ("gross", "tax", "net")},
    }  # fmt: skip
    return Source(
        f"{batch.service.name}经济补偿签收表第{batch.number}批",
        context,
        str(batch)[:30],
        _digest(context),
        batch.service.unit,
    )


def _said(payment: Payment) -> str:
    """What stands where the worker signs: the voucher of what was paid, or why nothing arrived."""
    if payment.state == Payment.State.FAILED:
        return f"未付：{payment.failure}"
    return f"已退汇：{payment.return_reason}" if payment.state == Payment.State.RETURNED else payment.voucher


def may_make_for_worker(user: Any, worker_id: int) -> bool:
    worker = Worker.objects.visible_to(user).filter(pk=worker_id).select_related("service").first()
    return worker is not None and permissions.may_edit(user, worker)


def may_make_for_scheme(user: Any, scheme_id: int) -> bool:
    scheme = TransitionScheme.objects.visible_to(user).filter(pk=scheme_id).select_related("service").first()
    return scheme is not None and permissions.may_edit_service(user, scheme.service)


def may_make_for_batch(user: Any, batch_id: int) -> bool:
    return permissions.may_make_payments(user) and PaymentBatch.objects.visible_to(user).filter(pk=batch_id).exists()


def _person(key: str, label: str, context: Callable[[PersonFacts], dict[str, Any]]) -> Paper:
    return Paper(
        f"staff-{key}",
        label,
        f"transition/{key}.docx",
        _of_person(label, context),
        may_make_for_worker,
        is_personal=True,
        readers=permissions.READ_PERSONS_PAPERS,
    )


def _scheme(key: str, label: str, context: Callable[[SchemeFacts], dict[str, Any]]) -> Paper:
    return Paper(
        f"staff-{key}",
        label,
        f"transition/{key}.docx",
        _of_scheme(label, context),
        may_make_for_scheme,
        is_personal=True,
    )


AGREEMENT = _person("agreement", "协商解除劳动合同协议书", agreement)
NOTICE = _person("notice", "解除（终止）劳动合同通知书", notice)
CERTIFICATE = _person("certificate", "解除（终止）劳动合同证明书", certificate)
THREE_PARTY = _person("three-party", "用工主体变更三方协议", three_party)
SERVICE_END = _person("service-end", "用工终止确认书", service_end)
EXIT_CHECK = _person("exit-check", "离岗职业健康检查告知书", exit_check)
OF_SCHEME = (
    _scheme("scheme", "人员安置方案", scheme_paper), _scheme("union-letter", "工会征求意见函", union_letter),
    _scheme("union-result", "处理结果告知工会函", union_result), _scheme("layoff-report", "裁减人员情况报告", layoff_report),
    _scheme("return-letter", "退回劳务派遣人员函", return_letter),
)  # fmt: skip
SIGN_OFF = Paper(
    "staff-sign-off",
    "经济补偿支付（签收）表",
    "transition/sign-off.docx",
    sign_off,
    may_make_for_batch,
    is_personal=True,
    readers=permissions.PAYERS,
)
PAPERS = (AGREEMENT, NOTICE, CERTIFICATE, THREE_PARTY, SERVICE_END, EXIT_CHECK, *OF_SCHEME, SIGN_OFF)


def papers_of(facts: EmploymentFacts, ground: str) -> tuple[Paper, ...]:
    """Which papers the end of this person needs, in the order of signing; what the facts show decides, not the roster's word."""
    if judged(facts) in NO_LABOUR:
        return (SERVICE_END,)
    found: list[Paper] = [EXIT_CHECK] if facts.is_hazard_post else []
    if ground in AGREED:
        found.append(AGREEMENT)
    if ground in TRANSFERS:
        found.append(THREE_PARTY)
    if ground in UNILATERAL or ground in TERMINATED - {DEATH}:
        found.append(NOTICE)
    if ground in GROUNDS and ground not in ENDS_NOTHING_HERE and facts.category != Category.DISPATCH:
        found.append(CERTIFICATE)
    return tuple(found)


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
