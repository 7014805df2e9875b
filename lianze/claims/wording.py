"""What the number check says to people, in Chinese and English. Polite and exact: a number disagrees, nobody lies."""

from decimal import Decimal

from lianze.claims.paragraph import shown
from lianze.claims.shapes import Checked, Mention, Verdict

CLASSES = {
    "claim": ("数据", "claim"),
    "standard": ("标准", "standard"),
    "frequency": ("频次", "frequency"),
    "plan": ("计划", "plan"),
    "name": ("名称", "name"),
    "date": ("日期", "date"),
    "ordinal": ("序号", "ordinal"),
    "period": ("时段", "period"),
    "placeholder": ("占位符", "placeholder"),
    "garbled": ("残留字符", "garbled"),
}
REASONS = {
    "counted": ("有量词的数量", "a counted thing"),
    "counted_bare": ("共、达之后的数", "follows a word of counting"),
    "zero_said": ("“零”所计的事", "what 零 says there is none of"),
    "ratio": ("比例", "a ratio"),
    "respective": ("与“分别”前的名词依次对应", "one of several, each with its noun before 分别"),
    "implied_measure": ("由前面的名词得出量词", "counted in what its noun implies"),
    "listed": ("并列数，量词在后", "one of a list, measure word at its end"),
    "announced": ("后文逐项列出", "listed right after"),
    "places": ("到过的地方", "places gone to"),
    "places_of_a_region": ("辖区名称", "places that make up a region"),
    "set_by_rule": ("规定或核定的数", "set by a rule"),
    "threshold": ("界限", "a threshold"),
    "listed_by_rule": ("规定所列的种类", "kinds listed by a rule"),
    "rate": ("规定的比例", "a set rate or weight"),
    "obligation": ("要求达到的数", "an obligation"),
    "deadline": ("时限", "a deadline"),
    "age": ("年龄条件", "an age limit"),
    "every": ("多久一次", "how often"),
    "in_a_period": ("多久一次", "how often"),
    "plan_section": ("下一步打算中的数", "in the part on what comes next"),
    "plan_sentence": ("今后的事", "about the future"),
    "plan_word": ("计划中的数", "planned"),
    "later_year": ("以后年度", "a later year"),
    "set_phrase": ("固定提法", "a set phrase"),
    "named_rule": ("制度或提法的名称", "names a rule"),
    "in_title": ("文件名称中", "inside a document title"),
    "quoted": ("引号内的提法", "quoted"),
    "slip": ("疑为固定提法笔误", "perhaps a slip in a set phrase"),
    "document": ("文号", "document number"),
    "rank": ("名次", "a rank"),
    "hotline": ("热线号码", "a hotline"),
    "tagged": ("由廉责生成的数据项", "a figure that Lianze put there"),
    "code": ("编号、电话", "a code"),
    "word": ("词语的一部分", "part of a word"),
    "rhetorical_one": ("泛指的“一”", "“one” that counts nothing"),
    "points_back": ("回指前文", "points back"),
    "no_measure_word": ("没有量词", "no measure word"),
    "round_the_clock": ("全天候", "round the clock"),
    "span": ("一段时间", "a span of time"),
    "duration": ("时长", "a duration"),
    "date": ("日期", "a date"),
    "holiday": ("节日", "a holiday"),
    "ordinal": ("第几", "which one"),
    "circled": ("序号", "an item number"),
    "heading": ("标题序号", "heading number"),
    "list_item": ("分项序号", "list marker"),
    "placeholder": ("未填写", "never filled in"),
    "residue": ("抓取残留", "residue of a web page"),
    "too_long": ("过长的数字串", "too long for a number"),
}
VERDICTS = {
    "confirmed": ("一致", "agrees"),
    "within_wording": ("一致（按措辞）", "agrees within its wording"),
    "contradicted": ("与台账不符", "differs from the records"),
    "short_of_records": ("台账记录不足", "fewer records than stated"),
    "no_records": ("台账无记录", "no record"),
    "no_figure": ("未核（没有对应的数据项）", "not checked (no such figure)"),
    "not_checked": ("未核", "not checked"),
}
STATUSES = {"ok": ("相符", "holds"), "soft": ("请留意", "please look"), "broken": ("不符", "does not hold")}
BINDINGS = {
    "auto": ("自动", "automatic"),
    "suggested": ("建议", "suggested"),
    "confirmed": ("已确认", "confirmed"),
    "refused": ("已否定", "refused"),
    "none": ("无", "none"),
}
_UNKNOWN = ("其他", "other")


def word(table: dict[str, tuple[str, str]], code: str, english: bool) -> str:
    """The words for a code."""
    return table.get(code, _UNKNOWN)[1 if english else 0]


def verdict_words(verdict: Verdict | None, english: bool) -> str:
    """一致 / 与台账不符（多2） / 台账无记录 / 未核（原因）."""
    if verdict is None:
        return "not checked (no records given)" if english else "未核（未指定台账）"
    words = word(VERDICTS, verdict.code, english)
    if verdict.code in ("contradicted", "short_of_records") and verdict.difference is not None:
        return words + _difference(verdict.difference, english)
    if verdict.code == "not_checked":
        reasons = [in_language(one, english) for one in verdict.caveats or (verdict.rule,) if one]
        if not reasons:
            return words
        return f"{words} ({'; '.join(reasons)})" if english else f"{words}（{'；'.join(reasons)}）"
    return words


def rule_words(verdict: Verdict | None, english: bool) -> str:
    """What the number's wording asks of the records; "" where it was not held against them."""
    if verdict is None or verdict.code in ("no_figure", "not_checked"):
        return ""
    return in_language(verdict.rule, english)


def in_language(sentence: str, english: bool) -> str:
    """One half of a “中文 / English” sentence; the whole where there is only one."""
    chinese, slash, told = sentence.rpartition(" / ")
    return told if english or not slash else chinese


def _difference(difference: Decimal, english: bool) -> str:
    if not difference:
        return ""
    amount = shown(abs(difference))
    if english:
        return f" ({amount} {'more' if difference > 0 else 'fewer'})"
    return f"（{'多' if difference > 0 else '少'}{amount}）"


def other_year(checked: Checked, english: bool) -> str:
    """Said first where the report is about another year than the records."""
    told, held = checked.report_year, checked.records_year
    if english:
        return f"The report is about {told}, the records are of {held}: no number was held against them."
    return f"报告写的是{told}年，台账是{held}年：年度不同，数字一律未与台账核对。"


def own_year(year: int, english: bool) -> str:
    """Said where the report was held against nothing: which year it would be held against."""
    if english:
        return f"The report is about {year}; --year {year} also holds it against that year's records."
    return f"报告写的是{year}年；加 --year {year} 可与当年台账核对。"


def stated_words(mention: Mention) -> str:
    """The number with its measure word and looseness, for instance 1200条（余）."""
    low, high = shown(mention.low), shown(mention.high)
    number = low if low == high else f"{low}–{high}"
    loose = [w for w in mention.qualifiers if mention.comparison]
    return f"{number}{mention.counted_in}" + (f"（{'、'.join(loose[-1:])}）" if loose else "")
