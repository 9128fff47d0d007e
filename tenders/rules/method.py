"""Which procurement method the amount asks for. Law: 政府采购法 第二条, 第二十六条, 第二十七条; the figures are the province's."""

from decimal import Decimal

from law.articles.procurement import GPL_2, GPL_26, GPL_27
from law.working import Line, ParameterUse
from plans.registry import Proposal

LABELS = {"OPEN_TENDER": "公开招标", "CONSULTATION": "竞争性磋商", "COLLEGE_OWN": "校内采购"}


def proposal(amount: Decimal, limit: ParameterUse | None, open_limit: ParameterUse | None) -> Proposal:
    """The method for `amount` yuan over the whole term. Without a figure that decides nothing is proposed, and said why.

    At or above the open-tender figure: open tender. At or above the procurement limit: competitive consultation, which suits
    services with detailed requirements. Below the limit: the college's own rules.
    """
    if limit is not None and amount < limit.value:
        formula = f"{amount:,.2f} < 采购限额 {limit.value:,.2f}，不属政府采购限额以上，按校内采购办法"
        return _proposal("COLLEGE_OWN", Line("method", "采购方式", formula, (GPL_2,), parameters=(limit,)))
    if open_limit is not None and amount >= open_limit.value:
        formula = f"{amount:,.2f} ≥ 公开招标数额 {open_limit.value:,.2f}，应公开招标"
        return _proposal("OPEN_TENDER", Line("method", "采购方式", formula, (GPL_27, GPL_26), parameters=(open_limit,)))
    if limit is not None and open_limit is not None:
        formula = f"采购限额 {limit.value:,.2f} ≤ {amount:,.2f} < 公开招标数额 {open_limit.value:,.2f}，可用竞争性磋商"
        return _proposal("CONSULTATION", Line("method", "采购方式", formula, (GPL_26,), parameters=(limit, open_limit)))
    lacking = "、".join(
        label for label, use in (("采购限额标准", limit), ("公开招标数额标准", open_limit)) if use is None
    )
    formula = f"缺本省{lacking}，不能建议采购方式；请系统管理员在“参数与依据”里按集中采购目录及标准录入"
    return Proposal("", "", (Line("method", "采购方式", formula, (GPL_27,)),))


def _proposal(code: str, line: Line) -> Proposal:
    return Proposal(code, LABELS[code], (line,))
