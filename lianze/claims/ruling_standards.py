"""Numbers that somebody set: what is planned, and what a rule allows, asks for or lists.

A rule gives class and reason, or None where it has nothing to say.
"""

import re

from lianze.claims.place import Place, Ruling

OPENING = 8  # characters at a sentence's beginning that say what all of it is about
_SHORTENED = re.compile(r"压缩|缩短|压减|提速|由")
_WEIGHT = re.compile(
    r"(?:纳入|计入)[^。；]{0,12}(?:考核|绩效|考评|评价)[^。；]{0,10}(?:占|权重|比重)[^。；由从]{0,6}\Z|权重[^，。]{0,4}\Z"
)
_RATE = re.compile(r"按照?(?:不低于|不高于)?\s?\Z")
_MODIFIES = re.compile(r"(?:以上|以下|以内|及以上|及以下)(?:的|[\u4e00-\u9fff])")
_OWN_MARKS = re.compile(r"[，,、；;]?\s?(?:自评|自查|实得|得分|得|扣)")  # 责任制落实情况（30分，自评29分）
_TIME = ("小时", "天", "日", "周", "个工作日", "工作日", "个月", "年", "分钟")
_MEASURED = frozenset(
    ("小时", "天", "个工作日", "个月", "年", "岁", "元", "万元", "亿元", "分", "%", "平方米", "㎡", "公里")
)
_ASK = re.compile(r"要求|规定|应|须|确保|明确|制度|坚持|按|保证|原则|务必|严格执行|严格落实|办法|标准")
_DONE = re.compile(r"了|已|共|累计|合计|总计|实现|实际|达[到]?")
_FUTURE_YEAR = re.compile(r"(20[0-9]{2})\s?学?年")
_NO_LIMIT = ("不", "适", "超", "审", "认", "确", "约")  # 超编制, 审定额: what was audited, agreed or granted, no 定额
_ASKED_FOR = re.compile(r"(?:要求|规定|应有|应达|核定)的\Z")  # 离学校要求的4学时差一半
_PLANNED_TO = re.compile(r"将|计划|拟|要|力争|打算|预计|安排|目标|争取|确保|继续|年，?(?:重点|抓好|着力|做好)")


def planned(p: Place) -> Ruling:
    """2024年将开展检查4次: lies ahead, said by its section, its sentence, its clause or a later year."""
    sentence = p.frame.sentence_before(p.token.start)
    ahead = p.block.planned_from is not None and p.token.start >= p.block.planned_from
    if ahead and not re.search(r"已|今年以来|截至", sentence):
        return "plan", "plan_section"
    if _is_about_what_comes(p, sentence) and not re.search(r"已", p.before):
        return "plan", "plan_sentence"
    for match in p.terms.pattern("plans.clause").finditer(p.before):
        rest = p.before[match.start() :]
        if not _DONE.search(rest) and p.before[match.start() - 1 : match.start()] not in ("原", "按", "《", "照"):
            return "plan", "plan_word"
    year = _FUTURE_YEAR.search(sentence)
    if year and p.report_year and int(year[1]) > p.report_year and _PLANNED_TO.search(sentence):
        return "plan", "later_year"
    return None


def _is_about_what_comes(p: Place, sentence: str) -> bool:
    """明年 at a sentence's beginning is about all of it; farther in (剩余2个延至明年；形成报告9篇) only as far as `；`."""
    ahead = p.terms.pattern("plans.sentence")
    segment = sentence[max(0, p.frame.segment_start(p.token.start) - p.token.start + len(sentence)) :]
    return bool(ahead.search(sentence[:OPENING]) or ahead.search(segment))


def set_by_rule(p: Place) -> Ruling:
    """时限为5日, 编制3辆, 处级以上: a limit, rate, threshold or list that a rule sets."""
    before, after = p.before, p.after
    marks = list(p.terms.pattern("standards.before").finditer(before))
    found = marks[-1] if marks else None
    if found and _limits_other_things(found[0], before[found.end() :], p.quantity.counted_in):
        found = None
    if found and found[0] == "编制" and re.match(r"[^数名额共有为0-9《]*[\u4e00-\u9fff]", before[found.end() :]):
        found = None  # 编制方案12个, 编制床位2000张: drawn up, or in place; 编制3辆 is what is allowed
    if found and not _DONE.search(before[found.end() :]) and not before[: found.start()].endswith(_NO_LIMIT):
        return "standard", "set_by_rule"
    if _ASKED_FOR.search(before) or p.terms.words("standards.after").at(after, 0):
        return "standard", "threshold"
    thing = p.quantity.counted_in
    if thing == "分" and not before and _OWN_MARKS.match(p.frame.text, p.quantity.measure_end):
        return "standard", "set_by_rule"
    if thing in _MEASURED and p.quantity.comparison in ("over", "least", "less", "most") and after.startswith("的"):
        return "standard", "threshold"  # 超过24小时的工单: what is told apart by it
    if thing == "%" and (_RATE.search(before) or _WEIGHT.search(p.frame.sentence_before(p.token.start))):
        return "standard", "rate"
    if (
        thing != "%"
        and _MODIFIES.match(after)
        and thing in ("元", "万元", "分", "年", "岁", "级", "人", "名", "平方米", "㎡", "亿元")
    ):
        return "standard", "threshold"
    if thing == "分" and (p.quantity.comparison in ("least", "most", "less") or re.match(r"[（(]?(?:为|制)", after)):
        return "standard", "threshold"
    if thing in ("种", "类", "条", "项", "大类", "个") and _is_listed_by_rule(p):
        return "standard", "listed_by_rule"
    return None


def _limits_other_things(word: str, between: str, thing: str) -> bool:
    """期限过长57份, 满分388人: a limit of time is told in time, one of marks in marks."""
    if word in ("时限", "期限"):
        return thing not in _TIME or bool(_SHORTENED.search(between))
    return word in ("满分", "及格线", "合格线") and thing not in ("分", "%", "")


def _is_listed_by_rule(p: Place) -> bool:
    """24种…具体表现形式: the heads of rules' own lists, near after the number, or a rule named right before."""
    head = re.split(r"[，。；、]", p.after, maxsplit=1)[0][:24]
    if p.terms.pattern("standards.heads").search(head):
        return True
    compared = p.terms.pattern("standards.compared").search(p.before)
    return (
        bool(compared)
        and not p.terms.pattern("relations.found").search(p.before)
        and p.quantity.counted_in in ("种", "类")
    )


def obliged(p: Place) -> Ruling:
    """不少于4次 under a rule is the rule's; with a mark of the past it is a claim with a lower bound."""
    if p.quantity.comparison not in ("least", "most") or p.quantity.counted_in in ("%", "分"):
        return None
    wording = p.quantity.qualifiers[-1] if p.quantity.qualifiers else ""
    if not wording.startswith(("不", "至", "最", "控")):
        return None
    if _DONE.search(p.before):
        return None
    if _ASK.search(p.frame.sentence_before(p.token.start)):
        return "standard", "obligation"
    return None
