"""Words of a closed list: employment category, sex, insured or not; and free text with its limits."""

import re
from datetime import date
from decimal import Decimal

from staff_transition.roster.cells import BLANKS, Cell, half_width, is_blank, says_nothing, squeeze, typed
from staff_transition.roster.findings import Note, hint
from staff_transition.roster.identity import FEMALE, MALE

CATEGORY_WORDS = {
    "CONTRACT": "劳动合同制 合同制 劳动合同 合同工 劳动合同工 已签合同 已签劳动合同 签订劳动合同 固定期限 无固定期限 固定期限合同 "
    "无固定期限合同 全日制 全日制合同 编外聘用 编外合同 合同制工人 合同制员工",
    "NO_WRITTEN_CONTRACT": "未签合同 未签 无合同 没签合同 未签劳动合同 未签订劳动合同 无书面合同 无劳动合同 临时工 临时 临时用工 "
    "临聘 事实劳动关系",
    "PART_TIME": "非全日制 非全日制用工 小时工 钟点工 计时工",
    "DISPATCH": "劳务派遣 派遣 派遣工 劳务派遣工 派遣制 派遣用工 劳务派遣制 派遣员工",
    "REHIRED_PENSIONER": "退休返聘 返聘 退休聘用 退休人员返聘 返聘人员 退休返聘人员",
    "OVER_AGE_NO_PENSION": "超龄 超龄人员 超龄用工 超龄劳动者 超龄未退休 超龄未享受养老待遇",
    "STUDENT": "勤工助学 学生 勤工俭学 学生勤工助学 学生助学",
    "PUBLIC_POST": "公益性岗位 公益岗 公益岗位 公岗",
    "ESTABLISHED": "事业编制 在编 编内 事业编 在编人员 正式工",
}
CATEGORIES = {word: code for code, words in CATEGORY_WORDS.items() for word in words.split()}
USUAL_WORDS = "、".join(words.split()[0] for words in CATEGORY_WORDS.values())
CYCLE_WORDS = {
    "每日": 1,
    "日结": 1,
    "每周": 7,
    "按周": 7,
    "周结": 7,
    "半月": 15,
    "每半月": 15,
    "每月": 30,
    "按月": 30,
    "月结": 30,
}
SEXES = {"男": MALE, "女": FEMALE, "男性": MALE, "女性": FEMALE, "M": MALE, "F": FEMALE, "MALE": MALE, "FEMALE": FEMALE}
FEMALE_CATEGORY_WORDS = {"female50": re.compile(r"50|工人"), "female55": re.compile(r"55|管理|技术|干部")}
MOST_DAYS = 366  # between two paydays
YES = frozenset(
    {
        "是",
        "有",
        "已",
        "已参保",
        "参保",
        "已参加",
        "已缴",
        "已购买",
        "已买",
        "正常参保",
        "√",
        "✓",
        "✔",
        "Y",
        "YES",
        "1",
        "TRUE",
        "对",
    }
)
NO = frozenset(
    {
        "否",
        "没有",
        "未",
        "未参保",
        "未参加",
        "未缴",
        "未购买",
        "没买",
        "未买",
        "不参保",
        "×",
        "✗",
        "X",
        "N",
        "NO",
        "0",
        "FALSE",
        "无",
    }
)


def read_category(cell: Cell) -> tuple[str, Note | None]:
    """The code of models.Category; ("", hint) for a blank, which the office classifies later."""
    if says_nothing(cell):
        return "", hint("category_missing", "用工形式没有填，导入后请在员工页上分类；没有分类算不出金额。")
    word = squeeze(half_width(typed(cell))).strip("（）()")
    if code := CATEGORIES.get(word):
        return code, None
    if word.startswith("劳务"):
        text = f"用工形式“{word}”分不清是劳务派遣还是退休返聘。请写明其中一种。"
        return "", Note("category_unclear", text)
    return "", Note("category_unknown", f"用工形式“{word[:20]}”不认识。请改为：{USUAL_WORDS}。")


def read_sex(cell: Cell) -> tuple[str, Note | None]:
    if says_nothing(cell):
        return "", None
    word = squeeze(half_width(typed(cell))).upper()
    if sex := SEXES.get(word):
        return sex, None
    return "", hint("sex_unclear", f"性别“{word[:10]}”看不懂，已按身份证号。")


def read_insured(cell: Cell) -> tuple[bool | None, Note | None]:
    return _yes_or_no(cell, hint("insured_unclear", "看不出是否参加社保"))


def read_pension(cell: Cell) -> tuple[bool | None, Note | None]:
    return _yes_or_no(cell, hint("pension_unclear", "看不出是否已领养老金"))


def read_paid_by_hour(cell: Cell) -> tuple[bool | None, Note | None]:
    return _yes_or_no(cell, hint("paid_by_hour_unclear", "看不出是否按小时计酬"))


def read_cycle(cell: Cell) -> tuple[int | None, Note | None]:
    """Whole days from one payday to the next, as a number or as the office says it."""
    if says_nothing(cell):
        return None, None
    text = squeeze(half_width(typed(cell))).removesuffix("天").removesuffix(".0")
    days = int(text) if re.fullmatch(r"\d{1,3}", text) else CYCLE_WORDS.get(text)
    if days and days <= MOST_DAYS:
        return days, None
    return None, Note(
        "pay_cycle_invalid", f"几天发一次工资“{typed(cell)[:20]}”看不懂。请写整天数，如 15；按月发的写 30。"
    )


def _yes_or_no(cell: Cell, unclear: Note) -> tuple[bool | None, Note | None]:
    if is_blank(cell):
        return None, None
    if isinstance(cell, bool):
        return cell, None
    word = squeeze(half_width(typed(cell))).upper()
    if word in YES:
        return True, None
    if word in NO:
        return False, None
    return None, unclear._replace(text=f"“{word[:20]}”{unclear.text}，先按未填。请写是或否。")


def read_female_category(cell: Cell) -> tuple[str, Note | None]:
    """The original retirement age of a woman's post, by its age or by its kind; never guessed from the post."""
    if says_nothing(cell):
        return "", None
    word = squeeze(half_width(typed(cell)))
    meant = [key for key, words in FEMALE_CATEGORY_WORDS.items() if words.search(word)]
    if len(meant) == 1:
        return meant[0], None
    text = f"女职工退休类别“{word[:20]}”不认识。请写 50（工人岗）或 55（管理、技术岗）；男职工留空。"
    return "", Note("female_category_unknown", text)


def read_number(cell: Cell, label: str, most: int, places: int = 1) -> tuple[Decimal | None, Note | None]:
    """Years or days with one place at most, yuan with two: a further one would be rounded over a threshold of the law."""
    if says_nothing(cell):
        return None, None
    text = re.sub(r"(年|天|日|元|小时)$", "", squeeze(half_width(typed(cell))).replace(",", ""))
    if isinstance(cell, date) or not re.fullmatch(r"-?\d+(\.\d+)?", text):
        return None, Note("number_invalid", f"{label}“{typed(cell)[:20]}”不是数字。请只写数字，如 12 或 12.5。")
    value = Decimal(text)
    if not 0 <= value <= most:
        return None, Note("number_out_of_range", f"{label} {text} 不可能（0 至 {most}）。请核对。")
    tidy = round(value, places)
    if abs(tidy - value) > Decimal("0.000001"):
        return None, Note(
            "number_places", f"{label} {text} 多于{'一两'[places - 1]}位小数。请写到{'一两'[places - 1]}位小数。"
        )
    return tidy, None


def read_text(cell: Cell, label: str, longest: int) -> tuple[str, Note | None]:
    """Free text as typed, without the blanks around it."""
    text = typed(cell)
    if len(text) > longest:
        return "", Note("text_too_long", f"{label}有 {len(text)} 个字，最多 {longest} 个。请缩短。")
    return text, None


def read_name(cell: Cell) -> tuple[str, list[Note]]:
    """A person's name, kept as typed: people are called NA, and some names hold a blank or a dot."""
    name, note = read_text(cell, "姓名", 50)
    notes = [note] if note else []
    if is_blank(cell):
        notes.append(Note("name_missing", "这一行没有姓名。请补上姓名；不是人员的，请删掉整行。"))
    elif isinstance(cell, str) and cell != name:
        notes.append(hint("name_tidied", f"姓名“{name}”前后的空格已去掉。"))
    if any(blank in name for blank in BLANKS):
        notes.append(hint("name_has_blank", f"姓名“{name}”中间有空格，按原样导入，查重时不计空格。"))
    if name and any(sign.isdigit() for sign in name):
        notes.append(hint("name_has_digits", f"姓名“{name}”里有数字，请核对。"))
    return name, notes
