"""A first text for a section, built from the data already there; the officer goes on from it."""

from typing import TYPE_CHECKING

from plans.rules.comparison import words_of_months
from plans.rules.completeness import TO_FILL
from programme.board import scope_summaries

if TYPE_CHECKING:
    from plans.content import Working


def draft_of(key: str, working: "Working") -> str:
    """A paragraph or two for the section; "" where the data says nothing about it."""
    make = {
        "background": _background, "scope": _scope, "comparison": _comparison, "staff": _staff, "method": _method,
        "schedule": _schedule, "risk": _risk,
    }.get(key)  # fmt: skip
    return make(working) if make else ""


def _background(working: "Working") -> str:
    from programme.models import Evidence

    service = working.plan.service
    lines = [f"根据学校后勤社会化改革的部署，{service.unit}拟将{service.name}交由社会力量承担。"]
    found = list(Evidence.objects.filter(services=service).prefetch_related("findings"))
    if found:
        said = "；".join(f"{each.title}（{each.counts}）" for each in found)
        lines.append(f"前期开展的调研有：{said}。")
    if problems := [finding.text for each in found for finding in each.findings.all()]:
        lines.append(f"反映的主要问题：{'；'.join(problems)}。")
    return "\n".join(lines)


def _scope(working: "Working") -> str:
    totals: dict[str, str] = {}
    for figure in _scope_totals(working):
        totals[figure[0]] = f"{figure[0]} {figure[1]:,f} {figure[2]}"
    summary = scope_summaries([working.plan.service_id]).get(working.plan.service_id, "")
    return f"外包范围为{summary}，包括：{'；'.join(totals.values())}。" if totals else ""


def _scope_totals(working: "Working") -> list[tuple[str, object, str]]:
    sums: dict[tuple[str, str], object] = {}
    for item in working.scope:
        key = (item.content, item.unit)
        sums[key] = sums.get(key, 0) + item.quantity.normalize()  # type: ignore[operator]
    return [(content, total, unit) for (content, unit), total in sums.items()]


def _comparison(working: "Working") -> str:
    comparison, plan = working.comparison, working.plan
    if comparison is None:
        return ""
    verb = "节约" if comparison.saving >= 0 else "增加"
    return (
        f"{working.base_year} 年自行管理费用 {working.self_run:,.2f} 元。外包后合同年价不超过 {plan.contract_price:,.2f} 元，"
        f"另需监管费用每年 {plan.supervision:,.2f} 元，一次性安置 {working.staff.settlement_total:,.2f} 元{_caveat(working)}。"
        f"{plan.compared_years} 年合计{verb} {abs(comparison.saving):,.2f} 元，一次性费用的回收期："
        f"{words_of_months(comparison.payback_months)}。\n工资和社保按年增 {plan.wage_growth.normalize():f}%、其他费用按年增 "
        f"{plan.other_growth.normalize():f}%、合同价按年增 {plan.price_growth.normalize():f}% 计算。"
    )


def _staff(working: "Working") -> str:
    staff = working.staff
    if not staff.headcount:
        return "本项目没有外聘员工，不涉及人员安置。"
    kinds = "；".join(f"{kind} {count} 人" for kind, count in staff.by_category.items())
    ways = "；".join(f"{way} {count} 人" for way, count in staff.by_disposition.items())
    return (
        f"涉及外聘员工 {staff.headcount} 人：{kinds}。\n拟安置去向：{ways}。\n"
        f"依法应付 {staff.settlement_total:,.2f} 元，其中经济补偿 {staff.severance_total:,.2f} 元，"
        f"应付 {staff.people_paid} 人{_caveat(working)}。"
        "受劳动合同法第四十二条保护的人员，不以第四十条、第四十一条解除。"
    )


def _caveat(working: "Working") -> str:
    """What the settlement's sum does not hold; "" where it is whole."""
    return f"；还不完整：{working.left_out}" if working.left_out else ""


def _method(working: "Working") -> str:
    plan, proposal = working.plan, working.proposal
    label = plan.get_method_display() if plan.method else proposal.label if proposal else ""
    if not label:
        return ""
    return f"合同期 {plan.contract_years} 年，一年一签，考核合格方可续签。采购方式：{label}。"


def _schedule(working: "Working") -> str:
    return (
        "方案批准后 15 日内完成采购需求；采购结束后 30 日内签订合同；进场前 30 日完成人员安置协商和三方协议；"
        f"{working.plan.first_year} 年起由承接单位提供服务，学校按月考核。"
    )


def _risk(working: "Working") -> str:
    """What nothing here records is left to the writer: a text must not claim talks that nobody held."""
    return (
        f"一是人员稳定：涉及 {working.staff.headcount} 人{TO_FILL}：逐人测算和面谈到了哪一步，工作专班由谁牵头，信访和舆情由谁负责）。"
        "二是服务中断：合同要约定过渡期和应急接管。三是用工风险：合同要明确承接单位用工主体责任，学校不直接管理其员工。"
    )
