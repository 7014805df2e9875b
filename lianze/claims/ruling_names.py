"""Numbers that are part of a name or of a word: 三重一大, 这三项, 一起, 五项制度, 12388.

A rule gives class and reason, or None where it has nothing to say.
"""

import re

from lianze.claims.place import HAN, Place, Ruling
from lianze.claims.ruling_standards import planned

_HELD_OR_MADE = frozenset(
    ["次", "场", "期", "堂", "轮", "份", "篇", "条", "件", "节", "起", "人", "名", "户", "家", "例"]
)
_RANK = re.compile(r"(?<![目此之以日会课事])前\s?\Z")
_HOTLINE = re.compile(r"1[12]0|119|122|12[0-9]{3}|9[56][0-9]{3}")
_DEFINITE = re.compile(r"(?:这|上述|以上|以下|该|此|那|前述|下列|如下|所述|其余|另外)\Z")
_ADDS_UP = re.compile(r"(?:合计|共计|总计|相加|之和|均|都|皆)")
_AMONG = re.compile(
    r"(?:到|赴|深入|走访|覆盖|对|在|涉及|辐射|组织|惠及|联合|前往|向|抽查|检查|调研|督导|指导)[^，。；]{0,8}\Z"
)
_SO_MANY_ONES = re.compile(r"[两三四五六七八九十]个一(?!级|线)")  # 开展“五个一”活动：上一堂党课，签一份承诺书
_NEVER = re.compile(r"(?:[未没无]|没有)[\u4e00-\u9fff]{0,4}\Z")  # 半年未开展一次教育
_RATIO_BEFORE = re.compile(r"比(?:例|值)?[”\"]?(?:约|为|达)*\Z")  # 师生比1∶12.3
_RATIO_AFTER = re.compile(r"\s?[:：∶比]\s?[0-9]")
_RATIO_SECOND = re.compile(r"比(?:例|值)?[”\"]?(?:约|为|达)*[0-9.]{1,6}\s?[:：∶比]\s?\Z")
_ZEROS = re.compile(r"(?:零[\u4e00-\u9fff]{2,4}[、和])+\Z")
_BASES = frozenset("百千万")
_NEARLY = re.compile(r"[近上约逾超数几]\Z")
_PLACES = re.compile(r"[一二两三四五六七八九十0-9]{1,3}(?:县|区|市|镇|乡|村|街道|社区|校|企|院|所|站|州|旗|局|部|办)")


def without_value(p: Place) -> Ruling:
    """A numeral that no value can be read from is part of a word, or residue where it is long."""
    if p.quantity.low is None:
        return ("garbled", "too_long") if len(p.token.raw) > 12 else ("name", "word")
    return None


def pointing_back(p: Place) -> Ruling:
    """这三项工作, 上述5个单位, 两所合计: points back at what was already told."""
    if p.token.kind == "hanzi" and p.quantity.counted_in and _DEFINITE.search(p.before):
        return "name", "points_back"
    if p.token.kind == "hanzi" and p.token.raw != "一" and _ADDS_UP.match(p.after):
        return "name", "points_back"
    if p.quantity.counted_in in ("名", "位") and _RANK.search(p.before):
        return "ordinal", "rank"
    return None


def without_measure_word_in_hanzi(p: Place) -> Ruling:
    """A Chinese numeral without a measure word is part of a word, unless places are counted (四县一区).

    So is 百 of 百元收入成本, 万 of 万元产值能耗: what a rate is told by, 万 of 单位：万元, and 百 of 百场宣讲.
    """
    if p.token.raw in _BASES and not p.quantity.comparison and not _NEARLY.search(p.before):
        return "name", "word"
    if p.token.kind != "hanzi" or p.quantity.counted_in in p.terms.hanzi:
        return None
    if p.token.raw == "零" and _says_zero(p):
        return planned(p) or ("claim", "zero_said")
    if p.quantity.counted_in in p.terms.bare and _two_places(p):
        return ("claim", "places") if _AMONG.search(p.before) else ("name", "places_of_a_region")
    if p.quantity.counted_in and p.quantity.low is not None and p.quantity.low >= 10 and len(p.token.raw) > 1:
        return None
    return "name", "word"


def _says_zero(p: Place) -> bool:
    """零投诉 beside other counts; 零报告制度 names a rule, 实现零投诉 an aim."""
    thing = p.terms.words("implied.zero_things").at(p.after, 0)
    lead = _ZEROS.sub("", p.before)
    aimed = p.terms.words("names.adherence").before(lead, len(lead))
    return bool(thing) and not aimed and not HAN.match(p.after[len(thing) : len(thing) + 1])


def _two_places(p: Place) -> bool:
    near = p.frame.text[max(0, p.token.start - 6) : p.quantity.measure_end + 6]
    return len(_PLACES.findall(near)) >= 2


def one(p: Place) -> Ruling:
    """一 with a measure word counts only what was held, given or made: 召开了一次…会议, 警示教育一次."""
    if p.token.raw != "一":
        return None
    if p.quantity.counted_in not in p.terms.one and p.quantity.counted_in != "人":
        return "name", "word"
    noun = p.after[:8]
    if p.terms.words("verbs.abstract").at(noun, 0):
        return "name", "rhetorical_one"
    if _NEVER.search(p.before) or _SO_MANY_ONES.search(p.frame.sentence_before(p.token.start)):
        return "name", "rhetorical_one"
    text = p.before.rstrip("了过")
    verb = p.terms.words("verbs.events").before(text, len(text))
    if verb == "上" and p.quantity.counted_in not in ("堂", "节", "课"):
        return "name", "rhetorical_one"
    if p.quantity.counted_in in ("起", "人") and not _is_case(p):
        return "name", "word"
    if verb and noun[:1] and (HAN.match(noun) or noun[0] in "“《"):
        return "claim", "counted"
    if not noun.rstrip("次") and _counted_before(p):
        return "claim", "counted"
    return "name", "rhetorical_one"


def _is_case(p: Place) -> bool:
    """一起 is otherwise “together”, 一人 part of a phrase: only cases and people dealt with are counted so."""
    return bool(
        re.search(r"查处|立案|处分|问责|约谈|处理|诫勉|问题|案件|移送|发生|通报|警告|开除|免职|其中", p.before[-14:])
    )


def _counted_before(p: Place) -> bool:
    """…教育一次, at the end of a clause."""
    return len(p.before) >= 3 and p.quantity.counted_in in _HELD_OR_MADE


def named_rule(p: Place) -> Ruling:
    """落实五项制度, 做到三个到位, 官僚主义十项措施: a Chinese numeral before a rule's own noun names the rule."""
    if p.token.kind != "hanzi" or p.quantity.counted_in not in ("个", "项", "条", "种", "张", "大类", "类", "点"):
        return None
    head = p.after[:8]
    ruled = p.terms.pattern("names.heads_of_rules").match(head)
    verb = re.search(r"([\u4e00-\u9fff]{2,4})了?“?\Z", p.before)
    if verb is not None:
        words = p.terms.words("names.adherence")
        if words.before(p.before, len(p.before)) and "了" not in verb[0][-1:]:
            return "name", "named_rule"
        if p.terms.words("verbs.cut").before(p.before.rstrip("了“"), len(p.before.rstrip("了“"))):
            return None
    return ("name", "named_rule") if ruled else None


def without_measure_word_in_digits(p: Place) -> Ruling:
    """An Arabic number without a measure word counts only where the sentence says that it counts."""
    if p.quantity.counted_in or p.token.kind == "fraction":
        return None
    if _HOTLINE.fullmatch(p.token.raw):
        return "name", "hotline"
    if _RATIO_BEFORE.search(p.before[-6:]) and _RATIO_AFTER.match(p.frame.text, p.token.end):
        return "claim", "ratio"
    if _RATIO_SECOND.search(p.frame.text, max(0, p.token.start - 14), p.token.start):
        return "claim", "ratio"
    if re.search(
        r"(?:共|计|为|达|达到|超|约|近|逾|得分|总数|人数|数量|分别|由|至|到|突破|增至|降至|率|[、和及])\Z",
        p.before.rstrip(),
    ) and not re.match(r"[A-Za-z:：/\-号级后]", p.after):
        return "claim", "counted_bare"
    return "name", "no_measure_word"
