"""Chinese names in pinyin, for search (zs → 张三) and for the order of lists.

Some surnames are read otherwise than the sign usually is: the table below goes before the dictionary.
"""

from functools import lru_cache

from staff_transition.roster.cells import squeeze

SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "朴": "piao", "盖": "ge", "乐": "yue",
    "任": "ren", "缪": "miao", "覃": "qin", "翟": "zhai", "冼": "xian", "洗": "xian", "燕": "yan", "华": "hua", "宁": "ning",
    "员": "yun", "黑": "he", "种": "chong", "折": "she", "逄": "pang", "隗": "wei", "那": "na", "么": "yao", "句": "gou",
    "祭": "zhai", "訾": "zi", "应": "ying", "卜": "bu", "葛": "ge", "纪": "ji", "车": "che", "召": "shao", "秘": "bi",
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "令狐": "ling hu", "宇文": "yu wen",
    "尉": "wei", "晟": "cheng", "郇": "xun", "瞿": "qu", "褚": "chu", "柏": "bai", "石": "shi", "都": "du", "占": "zhan",
}  # fmt: skip


def pinyin_of(name: str) -> tuple[str, str]:
    """Initials (zs) and syllables (zhang san) of a name, in small letters; other signs stand for themselves."""
    plain = squeeze(name)
    surname = next((plain[:length] for length in (2, 1) if plain[:length] in SURNAMES), "")
    syllables = SURNAMES[surname].split() if surname else []
    syllables += [_syllable(sign) for sign in plain[len(surname) :] if sign.isalnum()]
    return "".join(syllable[:1] for syllable in syllables)[:50], " ".join(syllables)[:400]


@lru_cache(maxsize=8192)
def _syllable(sign: str) -> str:
    from pypinyin import lazy_pinyin  # slow to import: only where a name is stored

    return lazy_pinyin(sign)[0].lower()
