"""The papers of a plan, from its frozen version alone: 请示, the plan, 分类汇总表, 测算表 (per person and summary)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from common.fingerprint import fingerprint
from common.money import words
from documents.registry import Paper, Source
from plans import incomplete, permissions
from plans.errors import NothingFrozen
from plans.incomplete import LeftOut, missing_for
from plans.models import OutsourcingPlan, PlanVersion
from plans.rules.comparison import words_of_months
from staff_transition.figures import WorkingRow, as_plain, left_out
from staff_transition.models import Category

BANDS = (("y0", 0, 1), ("y1", 1, 5), ("y5", 5, 10), ("y10", 10, 15), ("y15", 15, 200))


def newest(plan_id: int) -> PlanVersion:
    """The version last submitted. Raises NothingFrozen."""
    found = (
        PlanVersion.objects.select_related("plan__service__unit", "by").filter(plan=plan_id).order_by("-number").first()
    )
    if found is None:
        raise NothingFrozen
    return found


def may_make(user: Any, plan_id: int) -> bool:
    plan = OutsourcingPlan.objects.select_related("service").filter(pk=plan_id).first()
    return plan is not None and permissions.may_edit(user, plan)


def _source(title: str, context: Callable[[PlanVersion], dict[str, Any]]) -> Callable[[int], Source]:
    def source(plan_id: int) -> Source:
        version = newest(plan_id)
        name, printed = version.content["service"]["name"], context(version)
        return Source(
            title.format(name=name),
            printed,
            f"方案 V{version.number}",
            fingerprint(
                [version.digest, as_plain(printed)]
            ),  # another telephone, or words added since, are another paper
            version.plan.service.unit,
        )

    return source


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _yuan(text: str) -> str:
    return f"{Decimal(text):,.2f}"


def _lock(staff: Mapping[str, Any]) -> str:
    return (
        f"　　{staff['locked_at'][:10]} 人事处 {staff['locked_by']} 锁定" if staff["is_locked"] else "　　人事处未锁定"
    )


def _day(version: PlanVersion) -> date:
    return timezone.localtime(version.at).date()


def qingshi(version: PlanVersion) -> dict[str, Any]:
    """请示: reason, request points with figures and words, as the plan says them."""
    content = version.content
    service, terms = content["service"], content["terms"]
    leader = version.plan.drafter
    return {
        "unit": service["unit"],
        "signer": "",
        "title": f"关于{service['name']}服务外包的请示",
        "addressee": "学校",
        "parts": _parts(content),
        "attachments": attachments(content),
        "day": _day(version),
        "contact": leader.name,
        "phone": version.plan.service.unit.number_to_call,
        "terms": terms,
    }


def _parts(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    terms, service = content["terms"], content["service"]
    reason = next(section["text"] for section in content["sections"] if section["key"] == "background").splitlines()
    scope = "；".join(
        f"{each['label']} {Decimal(each['value']).normalize():,f} {each['unit']}"
        for each in content["figures"]
        if each["section"] == "scope"
    )
    total = Decimal(terms["term_price"])
    price = (
        f"合同年价不超过 {_yuan(terms['contract_price'])} 元，合同期 {terms['contract_years']} 年，总价不超过 {total:,.2f} 元"
        f"（人民币{words(total)}）。采购方式为{content['method']['label']}。资金来源：{terms['funding']}。"
    )
    return [
        {"heading": "一、理由", "paragraphs": [text for text in reason if text.strip()]},
        {"heading": "二、外包范围", "paragraphs": [f"{service['name']}，包括：{scope}。"]},
        {"heading": "三、价格、期限和采购方式", "paragraphs": [price, *_comparison(content)]},
        {"heading": "四、人员安置", "paragraphs": [_staff(content)]},
    ]


def _comparison(content: Mapping[str, Any]) -> list[str]:
    found = content["comparison"]
    if found is None:
        return []
    saving = Decimal(found["self_run"]) - Decimal(found["outsourced"])
    verb = "节约" if saving >= 0 else "增加"
    return [
        f"{content['costs']['year']} 年自行管理费用 {_yuan(content['costs']['total'])} 元；与继续自行管理相比，{len(found['years'])} 年合计"
        f"{verb} {abs(saving):,.2f} 元，{_payback(found['payback_months'])}。"
        + ("其中安置费用还不完整，见第四部分。" if incomplete.left_out(content["people"]) else "")
    ]


def _payback(months: int | None) -> str:
    if not months:  # nothing to say in months: it does not come back, or nothing was spent
        return "一次性安置费用在比较期内收不回" if months is None else "没有一次性安置费用"
    return f"一次性安置费用的回收期为 {words_of_months(months)}"


def _staff(content: Mapping[str, Any]) -> str:
    staff = content["staff"]
    if not staff["headcount"]:
        return "本项目没有外聘员工，不涉及人员安置。"
    total = Decimal(staff["settlement_total"])
    ways = "、".join(f"{way} {count} 人" for way, count in staff["by_disposition"].items())
    return (
        f"涉及外聘员工 {staff['headcount']} 人：{ways}。依法应付 {total:,.2f} 元（人民币{words(total)}），"
        f"应付 {staff['people_paid']} 人，逐人算法见附件。{_caveat(incomplete.left_out(content['people']))}"
    )


def _caveat(left: LeftOut) -> str:
    """What the sum does not hold, in a paper; "" where it is whole."""
    return f"以上金额还不完整：{left}；补齐资料后另行核定。" if left else ""


def attachments(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """附件：1.… with the papers of the staff where there are people, then the plan's own attachments."""
    name = content["service"]["name"]
    names = [f"{name}服务外包方案"]
    if content["staff"]["headcount"]:
        tables = ("分类汇总表", "经济补偿测算汇总表", "经济补偿测算表（一人一页）")
        names += [f"{name}外聘员工{table}" for table in tables]
    names += [each["name"].rpartition(".")[0] or each["name"] for each in content["attachments"]]
    if len(names) == 1:
        return [{"mark": "附件：", "name": names[0]}]
    return [
        {"mark": f"{'附件：' if index == 1 else '　　　'}{index}.", "name": each} for index, each in enumerate(names, 1)
    ]


def plan_paper(version: PlanVersion) -> dict[str, Any]:
    """The plan itself, with its version and fingerprint printed."""
    content = version.content
    return {
        "title": content["title"],
        "number": version.number,
        "day": _day(version),
        "digest": version.digest,
        "drafter": version.plan.drafter.name,
        "sections": [
            {"label": section["label"], "paragraphs": [text for text in section["text"].splitlines() if text.strip()]}
            for section in content["sections"]
            if section["text"].strip()
        ],
        "scope": [
            {
                "content": item["content"],
                "campus": item["campus"],
                "quantity": f"{Decimal(item['quantity']).normalize():,f}",
                "unit": item["unit"],
            }
            for item in content["scope"]
        ],
        "years": [
            {
                key: year[key] if key == "year" else Decimal(year[key])
                for key in ("year", "self_run", "contract", "supervision", "settlement", "saving")
            }
            for year in (content["comparison"] or {"years": []})["years"]
        ],
        "ways": [{"label": way, "count": count} for way, count in content["staff"]["by_disposition"].items()],
        "note": _caveat(incomplete.left_out(content["people"])),
    }


def classification(version: PlanVersion) -> dict[str, Any]:
    """外聘员工分类汇总表; its sums equal the frozen figures."""
    content, people = version.content, version.content["people"]
    order = [str(label) for _, label in Category.choices]
    kinds = sorted(
        {person["category"] or "未填" for person in people}, key=lambda kind: order.index(kind) if kind in order else 99
    )
    rows = [
        _classified(kind, [person for person in people if (person["category"] or "未填") == kind]) for kind in kinds
    ]
    ways = "；".join(f"{way} {count} 人" for way, count in content["staff"]["by_disposition"].items())
    return {
        "service": content["service"]["name"],
        "unit": content["service"]["unit"],
        "day": date.fromisoformat(content["staff"]["computed_on"]),
        "lock": _lock(content["staff"]),
        "rows": rows,
        "total": _classified("合计", people),
        "ways": ways or "—",
        "note": _caveat(incomplete.left_out(people)),
    }


def _classified(label: str, people: list[Mapping[str, Any]]) -> dict[str, Any]:
    def count(holds: Callable[[Mapping[str, Any]], bool]) -> int:
        return sum(holds(person) for person in people)

    amounts = [Decimal(person["total"]) for person in people if person["total"] is not None]
    return {
        "label": label,
        "people": len(people),
        "women": count(lambda p: p["sex"] == "F"),
        "from_50": count(lambda p: p["age"] is not None and p["age"] >= 50),
        **{key: count(lambda p, low=low, high=high: low <= p["service_years"] < high) for key, low, high in BANDS},  # type: ignore[misc]
        "insured": count(lambda p: p["is_insured"] is True),
        "near": count(lambda p: p["is_near_retirement"]),
        "protected": count(lambda p: p["is_protected"]),
        "paid": sum(amount > 0 for amount in amounts),
        "amount": sum(amounts, Decimal("0.00")),
    }


MONEY = ("base", "severance", "notice", "other", "total", "tax")


def severance_summary(version: PlanVersion) -> dict[str, Any]:
    """经济补偿测算汇总表: the sums are those of the rounded lines."""
    content = version.content
    rows = [
        {
            "number": index,
            "name": person["name"],
            "category": person["category"],
            "disposition": person["disposition"] or "未定",
            "years": person["years"] or "",
        }
        | {key: _money(person[key]) for key in MONEY}
        | {"other_text": _other(person)}
        for index, person in enumerate(content["people"], 1)
    ]
    return {
        "service": content["service"]["name"],
        "unit": content["service"]["unit"],
        "day": date.fromisoformat(content["staff"]["computed_on"]),
        "lock": _lock(content["staff"]),
        "rows": rows,
        "sum": {key: _sum(rows, key) for key in MONEY[1:]},
        "note": _caveat(incomplete.left_out(content["people"])),
    }


def _other(person: Mapping[str, Any]) -> str:
    """What is owed beside severance and notice pay; leave and the like wait there for what is not known."""
    known = _money(person["other"])
    if not missing_for(person):
        return "—" if known is None else f"{known:,.2f}"
    return f"{known:,.2f}，另有待补" if known else "待补"


def _sum(rows: Iterable[Mapping[str, Any]], key: str) -> Decimal:
    return sum((row[key] for row in rows if row[key] is not None and row["total"] is not None), Decimal("0.00"))


def severance_people(version: PlanVersion) -> dict[str, Any]:
    """经济补偿测算表: a page for each person."""
    content = version.content
    return {"service": content["service"]["name"], "people": [_sheet(person) for person in content["people"]]}


def _sheet(person: Mapping[str, Any]) -> dict[str, Any]:
    total, net = _money(person["total"]), _money(person["net"])
    left = "、".join(left_out(WorkingRow(**step) for step in person["working"]))
    return {
        "name": person["name"],
        "id": person["id_masked"],
        "category": person["category"] or "未填",
        "post": f"{person['campus']} {person['post']}",
        "hired": person["hired_on"],
        "last_day": person["last_day"] or "未定",
        "disposition": person["disposition"] or "未定",
        "ground": person["ground"] or "未定",
        "service": person.get("service") or "未定",  # what was frozen before these were kept has neither
        "average": "未填" if (average := _money(person.get("average"))) is None else f"{average:,.2f} 元",
        "total": "待补" if total is None else f"{total:,.2f}",
        "net": "待补" if net is None else f"{net:,.2f}",
        "words": f"资料不全：{'、'.join(person['missing'])}"
        if total is None
        else f"人民币{words(total)}" + ("；不含“待补”的项目" if left else ""),
        "note": f"应付合计不含{left}，补齐资料后另行核定。" if left else "本表按冻结时的资料和参数计算。",
        "working": [
            {
                "number": index,
                "label": step["label"],
                "formula": "。".join(part.rstrip("。") for part in (step["formula"], step.get("note")) if part),
                "articles": step["articles"],
                "result": step["result"] or "待补",
            }
            for index, step in enumerate(person["working"], 1)
        ],
    }


PAPERS = (
    Paper("qingshi", "请示", "qingshi.docx", _source("关于{name}服务外包的请示", qingshi), may_make, is_official=True),
    Paper("plan", "外包方案", "plan.docx", _source("{name}服务外包方案", plan_paper), may_make),
    Paper(
        "classification",
        "外聘员工分类汇总表",
        "classification.docx",
        _source("{name}外聘员工分类汇总表", classification),
        may_make,
    ),
    Paper(
        "severance-summary",
        "经济补偿测算汇总表",
        "severance-summary.docx",
        _source("{name}外聘员工经济补偿测算汇总表", severance_summary),
        may_make,
        is_personal=True,
    ),
    Paper(
        "severance-person",
        "经济补偿测算表（一人一页）",
        "severance-person.docx",
        _source("{name}外聘员工经济补偿测算表", severance_people),
        may_make,
        is_personal=True,
    ),
)
