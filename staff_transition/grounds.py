"""What a disposition means in law, and whom it fits. Pure.

The amounts follow from the ground in rules/; here stands only what the person who chooses must be told.
"""

from dataclasses import dataclass

from staff_transition.rules.entitlement import OVER_AGE
from staff_transition.rules.grounds import GROUNDS
from staff_transition.rules.settlement import label_of

__all__ = ["CHOSEN_BY_HAND", "MEANINGS", "fits", "ground_of", "label_of"]

EMPLOYEES = frozenset({"CONTRACT", "NO_WRITTEN_CONTRACT", "PART_TIME", "PUBLIC_POST", ""})
EVERYBODY = EMPLOYEES | OVER_AGE | {"DISPATCH", "STUDENT", "ESTABLISHED"}


@dataclass(frozen=True)
class Meaning:
    """The ground (severance-rules.md §3) that a disposition stands for."""

    ground: str
    label: str
    basis: str  # law and article, as staff write it
    effect: str  # what is owed and what to watch, in one sentence
    fits: frozenset[str]  # categories of employment; "" is not classified yet


MEANINGS = {
    "TRANSFER_CONTINUOUS": Meaning(
        "TRANSFER_CONTINUOUS", "承接单位接收，工龄连续计算", "劳动合同法实施条例第十条",
        "现在不付经济补偿；须签三方协议写明首次入职日期，本校工龄随人转到承接单位。",
        EMPLOYEES,
    ),
    "TRANSFER_BOUGHT_OUT": Meaning(
        "TRANSFER_BOUGHT_OUT", "承接单位接收，本校结清工龄", "劳动合同法第三十六条、第四十六条第二项；实施条例第十条",
        "按本校工作年限付清经济补偿，承接单位从零计算。",
        EMPLOYEES,
    ),
    "MOVED_TO_OTHER_POST": Meaning(
        "", "变更岗位，用工关系继续", "劳动合同法第三十五条",
        "须协商一致并书面变更合同或协议，不付经济补偿。",
        EVERYBODY,
    ),
    "NEGOTIATED": Meaning(
        "NEGOTIATED_EMPLOYER", "单位提出，协商一致解除", "劳动合同法第三十六条、第四十六条第二项",
        "按工作年限付经济补偿；须本人同意并签协议。",
        EMPLOYEES,
    ),
    "NOFAULT_40_3": Meaning(
        "NOFAULT_40_3", "客观情况重大变化，协商变更不成", "劳动合同法第四十条第三项、第四十六条第三项",
        "付经济补偿，未提前三十日书面通知的加一个月工资；外包未必被认定为客观情况重大变化，有违法解除风险。",
        EMPLOYEES,
    ),
    "EXPIRY": Meaning(
        "EXPIRY_NOT_RENEWED", "合同期满，单位不续订", "劳动合同法第四十四条第一项、第四十六条第五项",
        "按 2008 年以后的年限付经济补偿；第二次到期或满十年的，本人可要求无固定期限合同。",
        EMPLOYEES,
    ),
    "RETIREMENT": Meaning(
        "RETIRE_AGE", "达到法定退休年龄", "劳动合同法第四十四条第二项；实施条例第二十一条",
        "不付经济补偿；2025 年起退休年龄逐步延迟，须按本人出生年月核对。",
        EMPLOYEES | {"OVER_AGE_NO_PENSION", "ESTABLISHED", "DISPATCH"},
    ),
    "END_OF_LABOUR_SERVICE": Meaning(
        "PENSION_44_2", "劳务关系终止", "劳动合同法第四十四条第二项",
        "没有劳动关系，不付经济补偿；按协议结清报酬。",
        OVER_AGE | {"STUDENT"},
    ),
    "RETURNED_TO_AGENCY": Meaning(
        "", "退回劳务派遣单位", "劳动合同法第六十五条；劳务派遣暂行规定第十二条",
        "经济补偿由派遣单位承担，协议约定由本校承担的除外；“用工成本高”不是法定退回理由。",
        frozenset({"DISPATCH"}),
    ),
    "OTHER_END": Meaning(
        "", "按所选的法定事由", "所选事由的条文",
        "辞职、被迫解除、过失解除、医疗期满、不能胜任、裁员、任务完成、死亡等，付不付、付多少由法定事由定。",
        EVERYBODY,
    ),
}  # fmt: skip

# what a person may be given by hand: not what only published cases state, nor what stands for a risk
CHOSEN_BY_HAND = tuple(
    code for code in GROUNDS
    if code not in {
        "UNLAWFUL_87", "UNSPECIFIED_N", "NO_WRITTEN_CONTRACT_82", "ANNUAL_LEAVE_SETTLEMENT", "TAX_ONLY", "MOVED_TO_OTHER_POST",
        "RETURNED_TO_AGENCY",
    }
)  # fmt: skip


def ground_of(kind: str) -> str:
    """The ground code that a disposition means; "" where nothing ends."""
    return MEANINGS[kind].ground


def fits(kind: str, category: str) -> bool:
    return category in MEANINGS[kind].fits
