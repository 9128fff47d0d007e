"""Money: CNY as Decimal, two places, rounded half up at the end of a line; figures and words (大写) from the same value.

Words follow 支付结算办法 (银发〔1997〕393号) annex 1; 票据法 art. 8 voids an instrument whose words and figures differ.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

FEN = Decimal("0.01")
WAN = 10_000
LIMIT = Decimal(10) ** 12  # 万亿 and above has no agreed spelling: refused
DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")


def to_fen(amount: Decimal) -> Decimal:
    """Round half up to two places, as every line of a settlement is rounded."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def words(amount: Decimal) -> str:
    """The amount in words, without the prefix 人民币. Raises ValueError below zero and from 10^12 on."""
    amount = to_fen(amount)
    if not 0 <= amount < LIMIT:
        raise ValueError(f"amount {amount} has no form in words")
    yuan, fen = divmod(int(amount * 100), 100)
    jiao, fen = divmod(fen, 10)
    if yuan == 0 and (jiao or fen):
        return (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[fen]}分" if fen else "")
    text = f"{_integer(yuan) or '零'}元"
    if jiao:
        text += ("零" if yuan % 10 == 0 else "") + f"{DIGITS[jiao]}角"
    elif fen:
        text += "零"
    return text + (f"{DIGITS[fen]}分" if fen else "" if jiao else "整")


def _integer(number: int) -> str:
    """House form: a group whose 仟 digit is zero takes 零 before it; so does one that follows an 亿 ending in zero."""
    text = ""
    for index in (2, 1, 0):
        group = number // WAN**index % WAN
        if group == 0:
            continue
        after_yi_zero = index == 1 and text and number // WAN**2 % 10 == 0
        skipped = index == 0 and text and number // WAN % WAN == 0
        if text and (group < 1000 or after_yi_zero or skipped):
            text += "零"
        text += _group(group) + GROUPS[index]
    return text


def _group(group: int) -> str:
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = group // 10**power % 10
        if digit == 0:
            gap = bool(text)
        else:
            text += ("零" if gap else "") + DIGITS[digit] + UNITS[power]
            gap = False
    return text


OTHER_SPELLINGS = str.maketrans("圆圓萬億貳陸參〇正兩两", "元元万亿贰陆叁零整贰贰")


def read_words(text: str) -> Decimal:
    """The amount that words mean, in the house form or any form banks accept. Raises ValueError for anything else."""
    plain = text.removeprefix("人民币").translate(OTHER_SPELLINGS).strip()
    match = re.fullmatch(r"(?:(.+)元)?(?:零?([零壹贰叁肆伍陆柒捌玖])角)?(?:零?([壹贰叁肆伍陆柒捌玖])分)?(整?)", plain)
    if not plain or not match or (match[3] and match[4]):
        raise ValueError(f"not an amount in words: {text}")
    yuan = _read_integer(match[1]) if match[1] else 0
    amount = Decimal(yuan) + sum(
        Decimal(DIGITS.index(digit)) * unit
        for digit, unit in ((match[2] or "零", Decimal("0.1")), (match[3] or "零", FEN))
    )
    if amount >= LIMIT or not _same_amount(plain, words(amount)):
        raise ValueError(f"not an amount in words: {text}")
    return amount


def _same_amount(given: str, house: str) -> bool:
    """Whether `given` is the house form but for the optional 零 and 整 that the annex allows."""

    def shape(form: str) -> str:
        form = form.removesuffix("整")
        form = re.sub(r"^零元(?=.)", "", form)  # 零元伍角 = 伍角
        form = re.sub(r"元零(?=.角)", "元", form)  # 零 after an empty 元 digit is optional before 角
        form = re.sub(r"^零(?=.分)", "", form)
        return re.sub(r"([佰拾])万零(?=.仟)", r"\1万", form)  # 零 after an empty 万 digit is optional before 仟

    return shape(given) == shape(house)


def _read_integer(text: str) -> int:
    total = section = digit = 0
    if text == "零":
        return 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in UNITS[1:]:
            section += digit * 10 ** UNITS.index(character)
            digit = 0
        elif character in GROUPS[1:]:
            unit = WAN ** GROUPS.index(character)
            total = (total + section + digit) * unit if character == "亿" else total + (section + digit) * unit
            section = digit = 0
        else:
            raise ValueError(f"not a number in words: {text}")
    return total + section + digit


def parse_yuan(text: str) -> Decimal:
    """An amount as people type it: 3,200 · 3200元 · ￥3,200.50 · 0.32万 · 12万元. Raises ValueError.

    A sum of at most two places is asked for: a third place would be rounded without the person knowing.
    """
    plain = text.translate(str.maketrans("０１２３４５６７８９．，－", "0123456789.,-"))
    plain = re.sub(r"[\s,¥￥]", "", plain)
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)(万元|万|元)?", plain)
    if not match:
        raise ValueError(f"not an amount: {text}")
    try:
        amount = Decimal(match[1]) * (WAN if (match[2] or "").startswith("万") else 1)
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {text}") from error
    if abs(amount) >= LIMIT:
        raise ValueError(f"too large: {text}")
    if amount != to_fen(amount):
        raise ValueError(f"more than two places: {text}")
    return to_fen(amount)
