"""What a disposition means in law, which grounds it may carry, and whom it fits. Pure.

The amounts follow from the ground in rules/; here stands what the person who chooses must be told, and what may be chosen.
"""

from dataclasses import dataclass, replace

from staff_transition.rules.entitlement import OVER_AGE
from staff_transition.rules.grounds import GROUNDS
from staff_transition.rules.settlement import label_of

__all__ = ["CHOSEN_BY_HAND", "MEANINGS", "fits", "ground_of", "label_of", "may_carry", "meaning_of"]

EMPLOYEES = frozenset({"CONTRACT", "NO_WRITTEN_CONTRACT", "PART_TIME", "PUBLIC_POST", ""})
EVERYBODY = EMPLOYEES | OVER_AGE | {"DISPATCH", "STUDENT", "ESTABLISHED"}


@dataclass(frozen=True)
class Meaning:
    """The ground that a disposition stands for.

    `others` are the grounds that may be chosen instead: those that make the name of the disposition no lie, since lists show
    its name while amounts and papers follow the ground. A ground that no disposition names can be given to nobody.
    """

    ground: str  # "" where it must be chosen
    label: str
    basis: str  # law and article, as staff write it
    effect: str  # what is owed and what to watch, in one sentence
    fits: frozenset[str]  # categories of employment; "" is not classified yet
    others: frozenset[str] = frozenset()


MEANINGS = {
    "TRANSFER_CONTINUOUS": Meaning(
        "TRANSFER_CONTINUOUS", "承接单位接收，工龄连续计算", "劳动合同法实施条例第十条；劳动争议解释（一）第四十六条",
        "现在不付经济补偿；须签三方协议写明首次入职日期，本校工龄随人转到承接单位。",
        EMPLOYEES,
    ),
    "TRANSFER_BOUGHT_OUT": Meaning(
        "TRANSFER_BOUGHT_OUT", "承接单位接收，本校结清工龄", "劳动合同法第三十六条、第四十六条第二项；实施条例第十条",
        "按本校工作年限付清经济补偿，承接单位从零计算。",
        EMPLOYEES,
    ),
    "MOVED_TO_OTHER_POST": Meaning(
        "MOVED_TO_OTHER_POST", "变更岗位，用工关系继续", "劳动合同法第三十五条",
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
        frozenset({"NOFAULT_40_1", "NOFAULT_40_2"}),
    ),
    "EXPIRY": Meaning(
        "EXPIRY_NOT_RENEWED", "合同期满，单位不续订", "劳动合同法第四十四条第一项、第四十六条第五项",
        "按 2008 年以后的年限付经济补偿；第二次到期或满十年的，本人可要求无固定期限合同。",
        EMPLOYEES,
        frozenset({"EXPIRY_LOWER_TERMS", "EXPIRY_EMPLOYEE_REFUSED", "TASK_DONE"}),
    ),
    "RETIREMENT": Meaning(
        "RETIRE_AGE", "达到法定退休年龄", "劳动合同法第四十四条第二项；实施条例第二十一条",
        "不付经济补偿；2025 年起退休年龄逐步延迟，须按本人出生年月核对。",
        EMPLOYEES | {"OVER_AGE_NO_PENSION", "ESTABLISHED", "DISPATCH"},
        frozenset({"PENSION_44_2"}),
    ),
    "END_OF_LABOUR_SERVICE": Meaning(
        "PENSION_44_2", "劳务关系终止", "劳动合同法第四十四条第二项",
        "没有劳动关系，不付经济补偿；按协议结清报酬。",
        OVER_AGE | {"STUDENT"},
    ),
    "RETURNED_TO_AGENCY": Meaning(
        "RETURNED_TO_AGENCY", "退回劳务派遣单位", "劳动合同法第六十五条第二款；劳务派遣暂行规定第十二条",
        "经济补偿由派遣单位承担，协议约定由本校承担的除外；“用工成本高”不是法定退回理由。",
        frozenset({"DISPATCH"}),
    ),
    "OTHER_END": Meaning(
        "", "按所选的法定事由", "所选事由的条文",
        "辞职、被迫解除、过失解除、医疗期满、不能胜任、裁员、任务完成、死亡等，付不付、付多少由法定事由定。",
        EVERYBODY,
        frozenset({  # not the transfers: who goes to the contractor stands on its list under a name that says so
            "NEGOTIATED_EMPLOYER", "NEGOTIATED_EMPLOYEE", "RESIGN_37", "FORCED_RESIGNATION_38_WAGE", "FORCED_RESIGNATION_38_SI",
            "FORCED_RESIGNATION_38_OTHER", "FAULT_39", "NOFAULT_40_1", "NOFAULT_40_2", "NOFAULT_40_3", "LAYOFF_41",
            "EXPIRY_NOT_RENEWED", "EXPIRY_LOWER_TERMS", "EXPIRY_EMPLOYEE_REFUSED", "TASK_DONE", "BANKRUPT_44_4",
            "DISSOLUTION_44_5", "PENSION_44_2", "RETIRE_AGE", "DEATH_44_3", "NO_CONTRACT_REFUSED_1M", "NO_CONTRACT_REFUSED_1Y",
        }),
    ),
}  # fmt: skip

# what a person may choose beside the ground that the disposition means, in the order of the law
CHOSEN_BY_HAND = tuple(code for code in GROUNDS if any(code in meaning.others for meaning in MEANINGS.values()))


def ground_of(kind: str) -> str:
    """The ground code that a disposition means; "" where it must be chosen."""
    return MEANINGS[kind].ground


def may_carry(kind: str, ground: str) -> bool:
    """Whether the disposition may be given on this ground."""
    return bool(ground) and (ground == ground_of(kind) or ground in MEANINGS[kind].others)


def meaning_of(kind: str, ground: str) -> Meaning:
    """What the disposition means on the ground that it was given: another one than its own speaks for itself."""
    meaning = MEANINGS[kind]
    if ground not in GROUNDS or ground == meaning.ground:
        return meaning
    chosen = GROUNDS[ground]
    basis = "、".join(str(article) for article in chosen.articles)
    return replace(meaning, ground=ground, label=chosen.label, basis=basis, effect=f"{chosen.why}。")


def fits(kind: str, category: str) -> bool:
    return category in MEANINGS[kind].fits
