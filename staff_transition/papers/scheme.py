"""The papers of an adopted scheme, from its people and steps: the scheme itself, the letters to union and agencies, the report."""

from collections import Counter
from collections.abc import Collection, Iterable, Sized
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from common.numerals import document_date, heading_numeral
from staff_transition.blocking import blocked_among
from staff_transition.errors import NAMED
from staff_transition.facts import Setting, agencies_of
from staff_transition.figures import total_of
from staff_transition.grounds import meaning_of
from staff_transition.mass import staff_of
from staff_transition.models import ExitCheck, SchemeStep, Worker
from staff_transition.papers.facts import SchemeFacts, in_full
from staff_transition.papers.person import own_note, reason_told
from staff_transition.rules.grounds import GROUNDS, LAYOFFS, RETURNS, UNILATERAL, Ending
from staff_transition.rules.procedure import UNION_LETTER
from staff_transition.scenarios import Bench
from staff_transition.tally import ZERO, Way

ILL = (ExitCheck.SUSPECTED, ExitCheck.DISEASE)  # what the check before leaving found (LCL_42)
LAYOFF_STEPS = (
    "union-letter",
    "explain",
    "report",
    "union-result",
    "notice",
    "certificate",
    "payment",
    "list",
    "files",
)
ORDER = tuple(GROUNDS)  # of the law


def _sum(people: Iterable[dict[str, Any]]) -> Decimal:
    return total_of(each["total"] for each in people)


def _money(severance: Decimal, notice: Decimal, other: Decimal) -> str:
    """Each amount under its own name, and the sum in figures and words."""
    named = ((severance, "经济补偿"), (notice, "代通知金"), (other, "未休年休假等其他款项"))
    parts = "，".join(f"{name} {amount:,.2f} 元" for amount, name in named if amount or name == "经济补偿")
    return f"{parts}，合计{in_full(severance + notice + other)}"


def union_letter(facts: SchemeFacts) -> dict[str, Any]:
    """D13: of whom the union has not heard yet, of everybody once it has; each under the own reason and article (LCL_43)."""
    told = facts.named_in(SchemeStep.objects.done(UNION_LETTER).filter(scheme=facts.scheme))
    open_ = {worker.pk for worker, locked in facts.kept if locked.ground_code in UNILATERAL}
    step = facts.scheme.steps.filter(key="union-result").order_by("-round").first()
    return {
        **facts.of_college(), **_reasoned(facts, open_ - told or open_),
        "notice_on": step.due_on if step else facts.scheme.last_day,
    }  # fmt: skip


def union_result(facts: SchemeFacts) -> dict[str, Any]:
    """D13b: to the last opinion, about those of whom it was asked."""
    step = SchemeStep.objects.done("union-answer").filter(scheme=facts.scheme).last()
    facts.need(step, "工会书面意见", "人员安置办理清单")
    answer = f"{document_date(step.done_on)}，{step.evidence}" if step and step.done_on else ""
    return {**facts.of_college(), **_reasoned(facts, facts.named_in([step]) if step else None), "answer": answer}


def _reasoned(facts: SchemeFacts, among: Collection[int] | None) -> dict[str, Any]:
    """Whom the college ends alone, in the order of the law: who shares ground and reason stands together, numbered through."""
    people, service = facts.people(UNILATERAL, among), facts.scheme.service.name
    notes = {worker.pk: own_note(getattr(worker, "disposition", None)) for worker, _ in facts.kept}
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for each in sorted(people, key=lambda each: ORDER.index(each["ground"])):
        told = reason_told(each["ground"], notes[each["worker"]], service)
        groups.setdefault((each["ground"], told), []).append(each)
    unsaid = [each["name"] for (_, told), members in groups.items() if not told for each in members]
    if unsaid:
        facts.missing.append(f"{_named(unsaid)}的事实和依据（去向的“说明”）")
    numbers = count(1)
    return {
        "service": service, "people": people, "sum": _sum(people),
        "groups": [
            {
                "reason": f"{told}（{GROUNDS[code].articles[0]}，{len(members)} 人）",
                "people": [each | {"number": next(numbers)} for each in members],
                "is_last": place == len(groups),
            }
            for place, ((code, told), members) in enumerate(groups.items(), 1)
        ],
    }  # fmt: skip


def layoff_report(facts: SchemeFacts) -> dict[str, Any]:
    """D16: the numbers, each under its name, and the list with whole identity numbers."""
    step = facts.step("explain", "说明情况、听取意见的日期")
    numbers = {worker.pk: worker.id_number for worker, _ in facts.kept}
    people = [each | {"id_number": numbers[each["worker"]]} for each in facts.people(LAYOFFS)]
    if unknown := [each["name"] for each in people if not each["id_number"]]:
        facts.missing.append(f"{_named(unknown)}的身份证号（员工资料）")
    staff = staff_of(Setting().book, timezone.localdate())
    facts.need(staff.use, "本校职工总数", "参数与依据")
    figures = [locked.figures for _, locked in facts.kept if locked.ground_code in LAYOFFS]
    headcount = Worker.objects.live().filter(service=facts.scheme.service).count()
    return {
        **facts.of_college(), "service": facts.scheme.service.name, "people": people, "sum": _sum(people), "headcount": headcount,
        "money": _money(*(total_of(getattr(each, name) for each in figures) for name in ("severance", "notice", "other"))),
        "day": _day(people), "share": _share(people, headcount), "staff": staff.people,
        "share_of_all": _share(people, staff.people),
        "explained": document_date(step.done_on) if step and step.done_on else "", "steps": _steps(facts, LAYOFF_STEPS),
        "insured": "、".join(f"{label} {count} 人" for label, count in Counter(each["insured"] for each in people).items()),
    }  # fmt: skip


def _share(people: Sized, whole: int) -> str:
    return f"{len(people) * 100 / whole:.1f}%" if whole else "—"


def return_letter(facts: SchemeFacts) -> dict[str, Any]:
    """D26: one letter to each agency, the party to the people's latest contract. People of LCL_42 may not be returned."""
    people = facts.people(RETURNS)
    held = [worker for worker, locked in facts.kept if locked.ground_code in RETURNS]
    stopped = blocked_among(Worker.objects.filter(pk__in=[worker.pk for worker in held]))
    if shielded := [worker.name for worker in held if worker.pk in stopped or worker.exit_check_result in ILL]:
        facts.missing.append(
            f"{_named(shielded)}的其他去向（受劳动合同法第四十二条保护，劳务派遣暂行规定第十三条不得退回；去向）"
        )
    agencies = agencies_of(each["worker"] for each in people)
    unknown = [each["name"] for each in people if each["worker"] not in agencies]
    if unknown:
        facts.missing.append(f"{_named(unknown)}的劳务派遣单位（员工页“劳动合同”的签约单位）")
    return {
        **facts.of_college(),
        "letters": [
            {"agency": agency, "people": sent, "day": _day(sent)}
            for agency in sorted(set(agencies.values()))
            if (sent := [each for each in people if agencies.get(each["worker"]) == agency])
        ],
    }  # fmt: skip


def _day(people: Iterable[dict[str, Any]]) -> str:
    """The last day in the sentence where all share it; each has the own one in the list."""
    days = {each["last_day"] for each in people}
    return f"于{days.pop()}" if len(days) == 1 else "按名单所列日期"


def _named(names: list[str]) -> str:
    return "、".join(names[:NAMED]) + (f"等 {len(names)} 人" if len(names) > NAMED else "")


def _steps(facts: SchemeFacts, keys: Collection[str] = ()) -> list[dict[str, str]]:
    """The checklist in print: what is done with its day, what is late marked as such."""
    today, found = timezone.localdate(), facts.scheme.steps.exclude(key="kept")
    return [
        {"title": step.title, "due": document_date(step.due_on), "who": step.responsible, "state": _state(step, today)}
        for step in (found.filter(key__in=keys) if keys else found)
    ]  # fmt: skip


def _state(step: SchemeStep, today: date) -> str:
    if step.done_on:
        return f"{document_date(step.done_on)}办结"
    return "已过期，未办" if step.due_on < today else "待办"


def _funding(budget: Decimal | None, total: Decimal | None) -> str:
    """The money set aside, held against what is owed."""
    if budget is None or total is None:
        return ""
    short = total - budget
    held = f"不足 {short:,.2f} 元，须先追加预算" if short > 0 else "能够支付上列总额"
    return f"从学校预算列支，额度 {budget:,.2f} 元，{held}"


CONDITIONS = {  # of an end of this kind, as the scheme promises them
    Ending.HANDED_OVER: "签订三方协议，本校工作年限合并计算为在承接单位的工作年限",
    Ending.BOUGHT_OUT: "签订协商解除协议和三方协议，结清本校工作年限，承接单位从接收之日起重新计算",
    Ending.STAYS: "协商一致并书面变更劳动合同，用工关系和工作年限继续",
    Ending.AGREED: "学校书面提出，给本人三日以上考虑时间，本人同意并签订协议",
    Ending.OWN_WILL: "本人书面提出",
    Ending.FORCED: "本人依法提出解除",
    Ending.FAULT: "事实和证据清楚，事先把理由告知工会",
    Ending.NO_FAULT: "事先把理由告知工会，提前三十日书面通知本人或者另付一个月工资",
    Ending.LAYOFF: "提前三十日说明情况、听取意见，裁减方案向人力资源社会保障部门报告，依法优先留用",
    Ending.EXPIRY: "劳动合同期满，没有应当续延的情形",
    Ending.AGE: "达到法定退休年龄或者已享受基本养老保险待遇，逐人核对",
    Ending.EVENT: "法定的终止情形出现，有书面证明",
    Ending.DEATH: "向近亲属出具证明，依法办理待遇",
    Ending.RETURNED: "有法定或者派遣协议约定的退回情形，书面函告派遣单位，经济补偿由派遣单位依法承担",
}


def _ways(ways: Iterable[Way]) -> list[str]:
    """D15: what becomes of people, in the order of the law: how many, on which condition, by which article, paid or not."""
    held = Counter((ORDER.index(way.ground), way.kind) for way in ways if way.ground in GROUNDS)
    return [
        f"（{heading_numeral(number)}）{_way(kind, ORDER[place], people)}"
        for number, ((place, kind), people) in enumerate(sorted(held.items()), 1)
    ]


def _way(kind: str, code: str, people: int) -> str:
    meaning, ground = meaning_of(kind, code), GROUNDS[code]
    paid = "学校按工作年限支付经济补偿" if ground.owes else "学校不支付经济补偿"
    return f"{meaning.label} {people} 人（{meaning.basis}）：{CONDITIONS[ground.ending]}；{paid}。"


def scheme_paper(facts: SchemeFacts) -> dict[str, Any]:
    """D15: from the scheme worked out as it stands; needs no lock."""
    scheme = facts.scheme
    bench = Bench(scheme.service)
    outcome, ways = bench.outcome(scheme), bench.ways(scheme)
    categories: dict[str, int] = {}
    for worker in bench.workers:
        label = worker.get_category_display() or "未填"
        categories[label] = categories.get(label, 0) + 1
    budget = facts.need(scheme.budget, "预算额度", "安置方案页“预算和说明”")
    facts.missing += [f"{count} 人的{what}（员工资料、去向或者参数与依据）" for what, count in outcome.missing.items()]
    if outcome.undecided:
        facts.missing.append(f"{len(outcome.undecided)} 人的去向（人员安置）")
    checked = scheme.steps.filter(key="blocks", done_on__isnull=False).first()
    return {
        **facts.of_college(), "service": scheme.service.name, "headcount": outcome.headcount,
        "last_day": max((way.last_day for way in ways if way.last_day), default=scheme.last_day),
        "categories": "、".join(f"{label} {count} 人" for label, count in categories.items()) or "—",
        "ways": _ways(ways) or ["—"],
        "money": _money(outcome.severance or ZERO, outcome.notice or ZERO, outcome.other or ZERO),
        "paid": sum(month.people for month in outcome.months),
        "shielded": (
            f"{outcome.shielded} 人须改去向" if outcome.shielded
            else f"已于{document_date(checked.done_on)}逐人核对，没有这样办的" if checked and checked.done_on
            else "通知本人以前逐人核对，有这些情形的另行安排"
        ),
        "unpriced": "".join(f"另有 {count} 人有一项因缺{what}没有计入。" for what, count in outcome.unpriced.items()),
        "funding": _funding(budget, outcome.total), "steps": _steps(facts), "unit": f"{scheme.service.unit}",
        "phone": scheme.service.unit.number_to_call,
    }  # fmt: skip
