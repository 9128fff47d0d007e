"""Every article the rules cite, one spelling each: "find usages" of LCL_47_2 answers "where is the triple cap?".

`text` is what the pop-over shows: the wording where it was read in a copy of the official text (trust T), a faithful
short form elsewhere (S: secondary copy, K: not seen). `since` is the day this wording came into force.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Article:
    code: str
    law: str  # short name, as staff write it
    place: str  # 第四十七条第一款
    text: str
    since: date | None = None
    trust: str = "T"

    def __str__(self) -> str:
        return f"《{self.law}》{self.place}" if self.place else self.law


ARTICLES: dict[str, Article] = {}


def article(code: str, law: str, place: str, text: str, since: date | None = None, trust: str = "T") -> Article:
    """Register an article. Raises ValueError when a code is taken: two spellings of one article would hide each other."""
    if code in ARTICLES:
        raise ValueError(f"article {code} is registered twice")
    ARTICLES[code] = Article(code, law, place, text, since, trust)
    return ARTICLES[code]


LABOUR_CONTRACT_LAW = "劳动合同法"
LCL_SINCE = date(2008, 1, 1)

LCL_47_1 = article(
    "LCL_47_1",
    LABOUR_CONTRACT_LAW,
    "第四十七条第一款",
    "经济补偿按劳动者在本单位工作的年限，每满一年支付一个月工资的标准向劳动者支付。六个月以上不满一年的，按一年计算；"
    "不满六个月的，向劳动者支付半个月工资的经济补偿。",
    LCL_SINCE,
)
LCL_47_2 = article(
    "LCL_47_2",
    LABOUR_CONTRACT_LAW,
    "第四十七条第二款",
    "劳动者月工资高于用人单位所在直辖市、设区的市级人民政府公布的本地区上年度职工月平均工资三倍的，向其支付经济补偿的"
    "标准按职工月平均工资三倍的数额支付，向其支付经济补偿的年限最高不超过十二年。",
    LCL_SINCE,
)
LCL_47_3 = article(
    "LCL_47_3",
    LABOUR_CONTRACT_LAW,
    "第四十七条第三款",
    "本条所称月工资是指劳动者在劳动合同解除或者终止前十二个月的平均工资。",
    LCL_SINCE,
)
