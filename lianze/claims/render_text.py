"""The number check for a terminal: counts on top, then what asks for attention, then every claim."""

from collections.abc import Iterator

from lianze.claims import wording as w
from lianze.claims.labels import label_of
from lianze.claims.paragraph import shown
from lianze.claims.shapes import Checked, Mention, Relation, Verdict

_DOUBTFUL = frozenset(("contradicted", "short_of_records", "no_records"))


def render_text(checked: Checked, english: bool, everything: bool = False) -> str:
    """Lines of plain text. `everything` also lists the numbers that are no claims, with their reasons."""
    lines = [
        *_head(checked, english),
        *_relations(checked, english),
        *_claims(checked, english),
        *_implied(checked, english),
    ]
    if everything:
        lines += _others(checked, english)
    return "\n".join(lines)


def _head(checked: Checked, english: bool) -> Iterator[str]:
    claims = [m for m in checked.mentions if m.cls == "claim"]
    judged = [v for m, v in zip(checked.mentions, checked.verdicts, strict=False) if v and m.cls == "claim"]
    open_claims = len(claims) - sum(v.code not in ("no_figure", "not_checked") for v in judged)
    broken = sum(relation.status == "broken" for relation in checked.relations)
    if checked.is_of_other_year:
        yield w.other_year(checked, english)
    soft = sum(relation.status == "soft" for relation in checked.relations)
    if english:
        yield f"{len(checked.mentions)} numbers, {len(claims)} of them claims; {open_claims} not checked against records."
        yield f"{len(checked.relations)} relations: {broken} do not hold, {soft} to look at."
    else:
        yield f"全文数字{len(checked.mentions)}处，其中数据{len(claims)}处；未与台账核对{open_claims}处。"
        yield f"数字之间的关系{len(checked.relations)}处：不符{broken}处，请留意{soft}处。"
    for verdict in ("confirmed", "within_wording", "contradicted", "short_of_records", "no_records"):
        count = sum(v.code == verdict for v in judged)
        if count:
            yield f"  {w.word(w.VERDICTS, verdict, english)} {count}"
    if checked.report_year and not checked.records_year:
        yield w.own_year(checked.report_year, english)
    for words in checked.unread:
        yield f"  {'not read: ' if english else '未读：'}{w.in_language(words, english)}"


def _relations(checked: Checked, english: bool) -> Iterator[str]:
    order = {"broken": 0, "soft": 1, "ok": 2}
    if checked.relations:
        yield ""
        yield "Relations" if english else "关系"
    for relation in sorted(checked.relations, key=lambda one: order[one.status]):
        yield _relation(checked, relation, english)


def _relation(checked: Checked, relation: Relation, english: bool) -> str:
    lines = list(dict.fromkeys(checked.mentions[place].line for place in relation.members))
    where = (", " if english else "、").join(map(str, lines[:3])) + ("…" if len(lines) > 3 else "")
    status = w.word(w.STATUSES, relation.status, english)
    place = f"line {where}" if english else f"第{where}段"
    return f"  [{status}] {place}  {relation.formula}  {w.in_language(relation.explanation, english)}"


def _claims(checked: Checked, english: bool) -> Iterator[str]:
    verdicts = checked.verdicts or (None,) * len(checked.mentions)
    claims = [place for place, mention in enumerate(checked.mentions) if mention.cls == "claim"]
    doubtful = [place for place in claims if (verdict := verdicts[place]) is not None and verdict.code in _DOUBTFUL]
    rest = [place for place in claims if place not in doubtful]
    for places, chinese, title in ((doubtful, "请核对", "Please check"), (rest, "数据", "Claims")):
        if places:
            yield ""
            yield title if english else chinese
        for place in places:
            yield _claim(checked, place, verdicts[place], english)


def _claim(checked: Checked, place: int, verdict: Verdict | None, english: bool) -> str:
    mention = checked.mentions[place]
    where = f"line {mention.line}" if english else f"第{mention.line}段"
    computed = ""
    if verdict and verdict.computed is not None:
        computed = f"  {'records' if english else '台账'} {shown(verdict.computed)}"
    words = w.verdict_words(verdict, english)
    number = f"[{place}] " if verdict else ""
    label = label_of(mention, checked.blocks[mention.block])
    said = f"{label} {w.stated_words(mention)}".lstrip()
    return f"  {number}{where}  {said}{computed}  {words}"


def _implied(checked: Checked, english: bool) -> Iterator[str]:
    if checked.implied:
        yield ""
        yield "Said without a number" if english else "不写数字的说法"
    for one in checked.implied:
        place = f"line {one.line}" if english else f"第{one.line}段"
        yield f"  {place}  {one.raw}  {w.word(w.VERDICTS, one.verdict, english)}"


def _others(checked: Checked, english: bool) -> Iterator[str]:
    yield ""
    yield "Numbers that are no claims" if english else "不作为数据的数字"
    for mention in checked.mentions:
        if mention.cls != "claim":
            yield f"  {_place(mention, english)}  {mention.raw}  {_class(mention, english)}"


def _place(mention: Mention, english: bool) -> str:
    return f"line {mention.line}:{mention.start}" if english else f"第{mention.line}段{mention.start}字"


def _class(mention: Mention, english: bool) -> str:
    words, reason = w.word(w.CLASSES, mention.cls, english), w.word(w.REASONS, mention.reason, english)
    return f"{words} ({reason})" if english else f"{words}（{reason}）"
