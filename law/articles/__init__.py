"""Every article the rules cite, one spelling each: "find usages" of LCL_47_2 answers "where is the triple cap?".

`text` is what the pop-over shows: the wording where it was read in a copy of the official text (trust T), a faithful
short form elsewhere (S: secondary copy, K: not seen). `since` is the day this wording came into force. The articles
stand in one module per law or group of laws and are registered by importing this package.
"""

from collections.abc import Iterable
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
    short: str = ""  # 47 第一款, for the narrow column of a working

    def __str__(self) -> str:
        return f"《{self.law}》{self.place}" if self.place else self.law

    @property
    def brief(self) -> str:
        return f"{self.law} {self.short or self.place}".strip()


ARTICLES: dict[str, Article] = {}


def cited(articles: Iterable[Article]) -> str:
    """劳动合同法 36、46(二)、实施条例 27: a law is named once for what is cited from it in a row."""
    found, law = [], ""
    for each in articles:
        found.append(each.brief if each.law != law else each.brief.removeprefix(law).strip())
        law = each.law
    return "、".join(found)


def article(
    code: str, law: str, place: str, short: str, text: str, since: date | None = None, trust: str = "T"
) -> Article:
    """Register an article. Raises ValueError when a code is taken: two spellings of one article would hide each other."""
    if code in ARTICLES:
        raise ValueError(f"article {code} is registered twice")
    ARTICLES[code] = Article(code, law, place, text, since, trust, short)
    return ARTICLES[code]


from law.articles import (  # noqa: E402, F401
    interpretations,
    labour_contract,
    leave,
    old_rules,
    procedure,
    procurement,
    regulations,
    retirement,
    tax,
)
