"""The papers of one person, from the frozen result: agreement, notice, certificate, three-party agreement and their like."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from common.numerals import document_date, document_span, heading_numeral
from contractors.models import Contract
from law.articles.labour_contract import LCL_40
from staff_transition.facts import Known, Setting, person_of
from staff_transition.figures import service_words
from staff_transition.models import Category, ContractTerm, Offer, Worker
from staff_transition.papers.facts import Facts, PersonFacts, in_full, period, step_done
from staff_transition.rules.contracts import outlasts_a_month
from staff_transition.rules.flags import THINKING_DAYS, is_concrete
from staff_transition.rules.grounds import (
    AFTER_AN_OFFER,
    BY_CIRCUMSTANCES,
    DEATH,
    HANDED_OVER,
    IN_THE_PERSON,
    NO_BENEFIT,
    NO_FAULT,
    NOT_VOLUNTARY,
    UNILATERAL,
)
from staff_transition.rules.months import DAY, plain
from staff_transition.rules.notice import NOTICE_DAYS
from staff_transition.rules.procedure import UNION_DAYS
from staff_transition.rules.service import span_of

REASONS = {
    "NOFAULT_40_1": "您医疗期满后不能从事原工作，也不能从事另行安排的工作",
    "NOFAULT_40_2": "您不能胜任工作，经过培训或者调整工作岗位仍不能胜任（{note}）",
    "NOFAULT_40_3": "劳动合同订立时所依据的客观情况发生重大变化，致使合同无法履行，经协商未能就变更达成协议",
    "FAULT_39": "您有《中华人民共和国劳动合同法》第三十九条规定的情形（{note}）", "LAYOFF_41": "本单位依法裁减人员",
    "EXPIRY_NOT_RENEWED": "{expired}，本单位不再续订", "EXPIRY_LOWER_TERMS": "{expired}，双方未能就续订达成一致",
    "EXPIRY_EMPLOYEE_REFUSED": "{expired}，您不同意按不低于原合同的条件续订", "RETIRE_AGE": "您于{age_day}达到法定退休年龄",
    "PENSION_44_2": "您已开始依法享受基本养老保险待遇", "TASK_DONE": "约定的工作任务已经完成（{note}）",
    "BANKRUPT_44_4": "本单位被依法宣告破产（{note}）", "DISSOLUTION_44_5": "本单位被撤销、关闭或者提前解散（{note}）",
    "NO_CONTRACT_REFUSED_1M": "经本单位书面通知，您未与本单位订立书面劳动合同（{note}）",
    "NO_CONTRACT_REFUSED_1Y": "经本单位书面通知，您未与本单位订立书面劳动合同（{note}）",
}  # fmt: skip


def agreement(facts: PersonFacts) -> dict[str, Any]:
    """D18. The offer must have been in writing three days ago at least, the account known, nothing left uncounted."""
    facts.require_unblocked()
    worker, locked = facts.worker, facts.locked
    facts.missing += [f"{what}（员工资料，否则有一项没有算进去）" for what in locked.figures.unpriced]
    offer, step = worker.offers.filter(kind=Offer.Kind.AGREED_END).first(), step_done(worker, "offers", facts.code)
    if offer and offer.answer == Offer.Answer.REFUSED:
        facts.missing.append(f"新的书面要约（{offer.offered_on} 提出的，本人不同意；员工页“书面要约”）")
    offered = offer.offered_on if offer else step.done_on if step else None
    if locked.total:
        facts.need(worker.bank_account, "银行卡号", "员工资料")
    facts.need(offered, "书面提出方案的日期", "员工页“书面要约”，或者办理清单“逐人书面提出方案”")
    if offered and timezone.localdate() < offered + timedelta(days=THINKING_DAYS):
        facts.missing.append(f"三日考虑时间（{offered} 提出，{offered + timedelta(days=THINKING_DAYS)} 起可签）")
    return {
        **facts.of_college(), **facts.parties(), **facts.person(), **facts.money(), "contract": facts.contract(),
        "phone": worker.phone or "　　　　　　", "tax": facts.need(locked.tax, "个人所得税", "参数与依据"), "net": locked.net,
        "offered": document_date(offered) if offered else "",
        "basis": "第三十六条、第四十六条第二项" if locked.severance else "第三十六条",
        "because": facts.not_paid_because(), "clauses": _clauses(facts, worker.bank_name),
    }  # fmt: skip


def _clauses(facts: PersonFacts, bank: str) -> list[str]:
    """What is agreed beside the amounts, numbered from three: nothing is said of money or insurance that is not there."""
    covered = "社会保险缴至解除当月" if facts.is_insured() else "用工期间的社会保险依法另行办理，不因本协议免除"
    paid = f"上列款项在乙方办结工作交接时支付，转入乙方账户：{facts.worker.bank_account}（{bank or '开户行以本人银行卡为准'}）。"
    clauses = [
        *([paid] if facts.locked.total else []),
        f"甲方在解除当日出具解除劳动合同证明，并在十五日内为乙方办理{facts.moved_on()}；{covered}。",
        "乙方在解除当日前办结工作交接，归还工具、钥匙和甲方财物。",
        "双方对用工期间的劳动报酬、加班费、年休假、社会保险和经济补偿已充分了解；除法律另有规定外，"
        + ("就上述款项不再另行主张。" if facts.locked.total else "没有其他未了的款项。"),
        "本协议自双方签字盖章之日起生效，一式两份，各执一份。因履行发生争议的，可以向劳动人事争议仲裁委员会申请仲裁。",
    ]  # fmt: skip
    return [f"{heading_numeral(number)}、{text}" for number, text in enumerate(clauses, 3)]


def notice(facts: PersonFacts) -> dict[str, Any]:
    """D19. A unilateral end states that the union was told before; thirty days' notice or a month's wage."""
    facts.require_unblocked()
    worker, code = facts.worker, facts.code
    union = f"离职手续的办理，请联系人事处，电话 {facts.college.contact_phone if facts.college else ''}。"
    if code in UNILATERAL:
        told = facts.held.facts.union_letter
        facts.need(told, "工会意见", "人员安置办理清单“把解除理由书面告知工会”")
        union = f"本单位已于{document_date(told)}把理由书面告知工会。" if told else ""
        ready = told + timedelta(days=UNION_DAYS) if told else None
        if ready and (worker.notice_date or timezone.localdate()) < ready:
            facts.missing.append(f"告知工会满十五日（{ready} 起可以通知本人，湖北省实施工会法办法第二十五条第二款）")
    words, served = _notice_days(facts) if code in NO_FAULT else ("", "")
    context = {
        **facts.of_college(), **facts.person(), **facts.money(), "contract": facts.contract(), "verb": facts.verb,
        "reason": _reason(facts), "articles": facts.articles(), "notice": words, "union": union, "served": served,
        "not_in_total": facts.not_in_total(), "because": facts.not_paid_because(), "moved_on": facts.moved_on(),
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
    shown = document_date(served)
    said = f"本通知于{shown}书面送达，距最后工作日 {days} 日，"
    later = f"；晚于{shown}的，请告知人事处重新核算代通知金"
    return said + ("不足三十日，另付代通知金。" if is_paid else "已提前三十日通知。"), later


def _reason(facts: PersonFacts) -> str:
    """The fact that ends the contract, only where what is registered bears it out."""
    code, note = facts.code, own_note(facts.held.disposition)
    words = facts.need(REASONS.get(code), "解除（终止）的事由", "去向")
    if not words:
        return ""
    if "{note}" in words:
        facts.need(note, "事实和依据", "去向的“说明”")
    age_day, last_day = facts.held.facts.age_day, facts.locked.figures.last_day
    if code == "RETIRE_AGE" and (age_day is None or last_day is None or age_day > last_day):
        facts.missing.append("已到法定退休年龄的出生日期和退休类别（员工资料）")
    if code == "RETIRE_AGE" and facts.held.facts.is_early:
        words = "您书面选择于{age_day}弹性提前退休"
    if code == "PENSION_44_2" and not facts.worker.pension_drawn:
        facts.missing.append("已领养老金（员工资料）")
    if code in AFTER_AN_OFFER:
        _require_other_post(facts)
    expired = _expired(facts) if "{expired}" in words else ""
    return words.format(note=note, expired=expired, age_day=document_date(age_day) if age_day else "")


def own_note(disposition: Any) -> str:
    """What was written about this person; a scheme's note names the scheme, no fact about anybody."""
    return "" if getattr(disposition, "is_by_scheme", False) else getattr(disposition, "note", "").rstrip("。")


def reason_told(code: str, note: str, service: str) -> str:
    """The reason of an end by the college alone as others read it; "" where the fact that it rests on is not written down.

    The outsourcing is the reason of those alone whose ground is what became of the college.
    """
    words = REASONS[code].replace("您", "")
    if "{note}" in words and not note:
        return ""
    return (f"因{service}改由社会单位承接，" if code in BY_CIRCUMSTANCES else "") + words.format(note=note)


def _require_other_post(facts: PersonFacts) -> None:
    offers = [each for each in facts.held.facts.offers if each.kind == Offer.Kind.OTHER_POST]
    facts.need(
        any(map(is_concrete, offers)) or None, "另行安排岗位的书面要约（岗位、月工资、答复期限）", "员工页“书面要约”"
    )
    if agreed := next((each for each in offers if each.answer == Offer.Answer.ACCEPTED), None):
        facts.missing.append(f"新的去向（{agreed.offered_on} 提出的岗位本人已同意；去向）")


def _expired(facts: PersonFacts) -> str:
    """The contract ran out on the last day, or before it: work went on for no more than a month, or the law kept it alive.

    The month is the one that the choice of the ground allows too: until it is over, either side may still end (I1_34).
    """
    held, last_day = facts.held.facts, facts.locked.figures.last_day
    named, ends = held.contract_to, held.contract_end
    if named is None or ends is None or last_day is None or ends > last_day or outlasts_a_month(ends + DAY, last_day):
        facts.missing.append(
            f"与最后工作日 {last_day} 一致的合同终止日期（现在是 {named or '未填'}；员工页“劳动合同”或去向）"
        )
        return ""
    words = f"劳动合同于{document_date(named)}期满"
    words += f"，依法续延至{document_date(ends)}" if ends > named else ""
    return words + (f"，您继续工作至{document_date(last_day)}" if ends < last_day else "")


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
    person = facts.person()
    day = person["last_day"] = facts.ended_on or timezone.localdate()
    return {
        **facts.of_college(), **person, "today": max(timezone.localdate(), day),  # never of a day before the end
        "contract": facts.contract(), "verb": facts.verb,
        "years": f"{own.months // 12} 年 {own.months % 12} 个月", "earlier": joined,
        "articles": str(LCL_40) if facts.code in IN_THE_PERSON else facts.articles(first_only=True),  # its item tells of an illness
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
    years = service_words(facts.service(), facts.locked.figures.hired_on, document_span)
    return {
        **facts.of_college(), **person, "campus": worker.campus.name, "method": _method(facts, years) + facts.not_in_total(),
        "contractor": _contractor(facts),
        "average": facts.need(facts.locked.average or worker.average_wage, "12 个月平均工资", "员工资料"),
    }  # fmt: skip


def _contractor(facts: PersonFacts) -> str:
    """Who does the service on the day after the last: by the one contractor whose contract runs beyond it and was not ended."""
    last_day = facts.locked.figures.last_day or timezone.localdate()
    running = Contract.objects.running().filter(service=facts.worker.service_id, last_day__gt=last_day)
    names = sorted(set(running.values_list("contractor__name", flat=True)))
    if len(names) > 1:
        facts.missing.append(f"唯一的承接单位（{last_day} 以后仍在执行的合同有{'、'.join(names)}；承包商与合同）")
        return ""
    return facts.need(names[0] if names else "", f"承接单位：{last_day} 以后仍在执行的合同", "承包商与合同")


def _method(facts: PersonFacts, years: str) -> str:
    """What becomes of the years, every amount under its own name, and their sum in words (documents that bind)."""
    total, named = facts.locked.total or Decimal(0), _named(facts, without="severance")
    if facts.code in HANDED_OVER:
        return (
            f"乙方至最后工作日的工作年限 {years}，合并计算为在丙方的工作年限，甲方现在不支付经济补偿；"
            "今后丙方依法应当支付经济补偿的，由丙方按合并后的年限支付。"
        ) + (
            f"甲方另向乙方付清{named}，合计{in_full(total)}，{_tax(facts)}，在乙方办结工作交接时支付。" if named else ""
        )
    settled = f"结清乙方至最后工作日的工作年限 {years}"
    if not facts.locked.severance:
        said = f"甲方不支付经济补偿：{facts.not_paid_because()}"
    elif named:
        said = f"甲方向乙方支付经济补偿 {facts.locked.severance:,.2f} 元，{settled}"
    else:
        said = f"甲方向乙方支付经济补偿{in_full(total)}，{settled}"
    said += f"；另支付{named}；合计{in_full(total)}。" if named else "。"
    if total:
        said += "上列款项即《协商解除劳动合同协议书》所列款项，不重复支付；支付时间和个人所得税以该协议书为准。"
    return f"{said}丙方的工作年限自接收之日起重新计算。"


def _named(facts: PersonFacts, without: str = "") -> str:
    """The amounts that are owed, each under its own name."""
    owed = [line for line in facts.locked.lines if line.owed and line.amount and line.key != without]
    return "、".join(f"{line.label} {line.amount:,.2f} 元" for line in owed)


def _tax(facts: PersonFacts) -> str:
    tax, net = facts.locked.tax, facts.locked.net
    return "个人所得税依法代扣" if tax is None else f"代扣个人所得税 {tax:,.2f} 元，实付 {net:,.2f} 元"


def service_end(facts: PersonFacts) -> dict[str, Any]:
    facts.require_unblocked()
    total = facts.locked.total
    settled = f"另付{_named(facts)}，合计{in_full(total)}，算法见测算表。" if total else "无经济补偿。"
    is_student = facts.worker.category == Category.STUDENT
    dispute = (
        "因本次用工发生争议的，双方协商解决，协商不成的向人民法院起诉" if is_student  # 人社部令第56号 is for people past the age
        else "因劳动报酬、休息休假、劳动安全卫生、工伤发生争议的，可以申请仲裁；其他争议向人民法院起诉"
    )  # fmt: skip
    return {
        **facts.of_college(), **facts.person(), "category": facts.worker.get_category_display() or "", "settled": settled,
        "dispute": dispute,
    }  # fmt: skip


def over_age(worker: Worker) -> dict[str, Any]:
    """D29, for who works on past the age: from the rows as they stand, since nothing ends and nothing is locked."""
    facts = Facts()
    term = worker.contract_terms.filter(kind=ContractTerm.Kind.OVER_AGE).last()
    age_day = person_of(worker, Known.of(worker), Setting(), timezone.localdate()).facts.age_day
    if age_day is None or age_day > timezone.localdate():
        facts.missing.append("已到法定退休年龄的出生日期和退休类别（员工资料；没有到的签劳动合同）")
    facts.need(term and term.last_day, "用工期限（起止日）", "员工页“劳动合同”，怎么订的选“超龄用工协议”")
    found = {
        **facts.of_college(), **facts.parties(), "name": worker.name, "phone": worker.phone or "　　　　　　", "hired": worker.hired_on,
        "id_number": facts.need(worker.id_number, "身份证号", "员工资料"), "post": facts.need(worker.post, "岗位", "员工资料"),
        "place": worker.campus.name, "hours": _hours(worker), "pay": facts.need(worker.monthly_wage, "月工资", "员工资料"),
        "term": period(term.first_day, term.last_day) if term and term.last_day else "",
    }  # fmt: skip
    facts.done()
    return found


def _hours(worker: Worker) -> str:
    if worker.hours_per_day and worker.days_per_week:
        return f"每日 {plain(worker.hours_per_day)} 小时，每周 {plain(worker.days_per_week)} 日"
    return "每日　　小时，每周　　日"  # written in by hand: the roster asks part-timers alone


def exit_check(facts: PersonFacts) -> dict[str, Any]:
    return {**facts.of_college(), **facts.person()}
