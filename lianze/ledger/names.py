"""How names sound: people are found by pinyin or its initials, and sorted as offices sort them."""

import re

from pypinyin import lazy_pinyin

COMPOUND = ("尉迟", "澹台", "万俟", "长孙", "单于", "欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "令狐", "宇文")
# Surnames that are read otherwise than the character usually is.
READINGS = {
    "澹台": "tan tai",
    "单于": "chan yu",
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "朴": "piao",
    "区": "ou",
    "查": "zha",
    "盖": "ge",
    "乐": "yue",
    "黑": "he",
    "翟": "zhai",
    "重": "chong",
    "繁": "po",
    "覃": "qin",
    "员": "yun",
    "宓": "fu",
    "折": "she",
    "秘": "bi",
    "种": "chong",
    "缪": "miao",
    "洗": "xian",
    "召": "shao",
    "祭": "zhai",
    "隗": "wei",
}
LETTERS = re.compile(r"[a-z0-9]+")


def syllables_of(name: str) -> list[str]:
    """The syllables of a name, the surname in its own reading, in lower-case letters."""
    # A name in Latin letters has no surname of one character.
    length = 0 if name[:1].isascii() else 2 if name[:2] in COMPOUND else 1
    surname, given = name[:length], name[length:]
    sounds = READINGS.get(surname, "").split() or lazy_pinyin(surname)
    return LETTERS.findall(" ".join([*sounds, *lazy_pinyin(given)]).lower())


def pinyin_of(name: str) -> str:
    """zeng xiaoming → “zeng xiao ming”."""
    return " ".join(syllables_of(name))[:200]


def initials_of(name: str) -> str:
    """曾晓明 → “zxm”."""
    return "".join(syllable[0] for syllable in syllables_of(name))[:40]
