"""Enumerations: a number against the list that stands before it, after it, or is counted out by 一是, 二是 …"""

import re
from collections.abc import Iterator

from lianze.claims.numerals import value_of
from lianze.claims.paragraph import Paragraph, is_plain, shown, value
from lianze.claims.shapes import Mention, Relation

LIST_LENGTH = 80  # characters looked back for a list
_UNITS = re.compile(r"(?:内设机构|科室|部门|处室|支部|党支部|股室|单位|乡镇|街道|镇街|县区|区县)\Z")
_ITEM = re.compile(r"[\u4e00-\u9fffA-Za-z“”《》（）·]{1,14}\Z")


def lists_in(paragraph: Paragraph) -> Iterator[Relation]:
    """Relations of all three kinds; a list whose ends are unclear gives none."""
    for place, mention in paragraph.all:
        if mention.low is None or not is_plain(mention) or (not mention.counted_in and mention.reason != "announced"):
            continue
        counts = (
            _before(paragraph, mention) or _after(paragraph, mention) or _counted_out(paragraph, place, mention)
            or _by_scope(paragraph, mention) or _festivals(paragraph, mention) or _pointed_back(paragraph, place, mention)
        )  # fmt: skip
        if counts:
            yield _relation(place, mention, counts)


def _relation(place: int, mention: Mention, counts: set[int]) -> Relation:
    stated = int(value(mention))
    if stated in counts:
        return Relation("enumeration", (place,), f"{stated} = {stated}", "ok", "与所列项数相符 / as many as are listed")
    listed = max(counts)
    words = f"写明{stated}，列出{listed} / {stated} stated, {listed} listed"
    return Relation("enumeration", (place,), f"{shown(value(mention))} ≠ {listed}", "broken", words)


def _is_aspect(paragraph: Paragraph, mention: Mention) -> bool:
    after = paragraph.after(mention)[:10]
    if mention.counted_in in ("种", "类", "大类", "方面"):
        return True
    if paragraph.terms.family(mention.counted_in) not in ("thing", "unit"):
        return False
    head = re.match(r"(?:突出|主要|重点)?([\u4e00-\u9fff]{2,4})", after)
    return bool(head) and bool(
        paragraph.terms.words("relations.aspects").at(after, 0)
        or re.match(r"(?:内设)?(?:科室|部门|处室|支部|党支部|股室|乡镇|街道|县区)", after)
    )


def _before(paragraph: Paragraph, mention: Mention) -> set[int]:
    """思想、政治、作风3个方面: how many items stand right before the number. More than one count where 和 is unclear."""
    if not _is_aspect(paragraph, mention):
        return set()
    lead = paragraph.clause(mention)[-LIST_LENGTH:].rstrip("等“")
    if paragraph.clause(mention).endswith("等") or "、" not in lead or re.search("[0-9０-９]", lead):
        return set()
    items = lead.split("、")
    last = re.split(r"(?<=[\u4e00-\u9fff”])(?:和|与|及|以及)(?=[\u4e00-\u9fff“])", items[-1])
    middle = items[1:-1] + last
    if not _even([*items[1:-1], *last] if len(last) > 1 else items[1:]):
        return set()
    if not all(_ITEM.match(item) for item in middle) or (
        paragraph.terms.pattern("verbs.cut").search(items[-1][2:]) and len(last) == 1
    ):
        return set()
    count = len(items) - 1 + len(last)
    return {count} if len(last) == 1 else {count, len(items)}


def _even(items: list[str]) -> bool:
    """Items of one list are built alike; unlike lengths mean that a verb or a second list is among them."""
    lengths = [len(item) for item in items]
    return bool(lengths) and max(lengths) - min(lengths) <= max(2, min(lengths) // 2)


_OPENS = re.compile(r"[\u4e00-\u9fff]{0,10}(?:[：:（(]|，?(?:分别是|分别为|即|包括))")


def _after(paragraph: Paragraph, mention: Mention) -> set[int]:
    """3个科室（办公室、经济科、联络科）."""
    opened = _OPENS.match(paragraph.text, mention.measure_end, mention.measure_end + 24)
    if opened is None or not (_is_aspect(paragraph, mention) or _UNITS.search(mention.noun)):
        return set()
    rest = re.split(r"[，。；：）)（(]", paragraph.text[opened.end() : opened.end() + LIST_LENGTH], maxsplit=1)[0]
    if "、" not in rest or "等" in rest or re.search(r"[0-9一二三]是", rest):
        return set()
    items = rest.split("、")
    last = re.split(r"和|与|及", items[-1])
    if not _even(items[:-1] + last) or not all(_ITEM.match(item) for item in items):
        return set()
    return {len(items), len(items) - 1 + len(last)}


_FEAST = re.compile(r"[\u4e00-\u9fff]{0,4}(?:节日|节点|节假日|假期)")


def _festivals(paragraph: Paragraph, mention: Mention) -> set[int]:
    """元旦、春节、五一等3个节日: a list that 等 leaves open may be shorter than its number, never longer."""
    if not _FEAST.match(mention.noun):
        return set()
    lead = paragraph.clause(mention)[-LIST_LENGTH:]
    items = re.split(r"[、和与及]+", re.sub(r"[“”\s]", "", lead).removesuffix("等"))
    names = [paragraph.terms.pattern("relations.festivals").findall(item) for item in items]
    if len(items) < 3 or any(len(found) != 1 for found in names):
        return set()
    is_open = lead.rstrip().endswith("等")
    return set() if is_open and len(items) <= value(mention) else {len(items)}


def _pointed_back(paragraph: Paragraph, place: int, mention: Mention) -> set[int]:
    """一是 … 四是 …。以上五项工作: nothing points back to more than was counted out; fewer may be some of them."""
    near = paragraph.clause(mention)[-3:]
    if not near.endswith(("以上", "上述")) or not paragraph.terms.pattern("relations.announced").match(mention.noun):
        return set()
    items = [
        other for other in paragraph.mentions[max(0, place - 60) : place] if other.reason in ("list_item", "heading")
    ]
    last = items[-1] if items else None
    if last is None or last.reason == "heading" or not 0 <= mention.block - last.block <= 1:
        return set()
    numbers = [value_of(item.raw[:-1].removeprefix("其")) for item in items if item.reason == "list_item"]
    count = int(numbers[-1][0]) if numbers[-1] else 0
    run = [number and int(number[0]) for number in numbers[-count:]]
    return {count} if count >= 2 and run == list(range(1, count + 1)) and value(mention) >= count else set()


_FIRST = re.compile(r"[^。；：]{0,30}[。：:]?\Z")


def _counted_out(paragraph: Paragraph, place: int, mention: Mention) -> set[int]:
    """采取三项措施：一是 … 二是 … 三是: the highest marker of the run that begins right after."""
    head = re.split(r"[，。；：、]", paragraph.text[mention.measure_end : mention.measure_end + 12], maxsplit=1)[0]
    if paragraph.terms.family(mention.counted_in) in ("occasion", "visit", "person") or not paragraph.terms.pattern(
        "relations.announced"
    ).search(head):
        return set()
    count = 0
    for other in paragraph.mentions[place + 1 :]:
        if other.block - mention.block > 12 or other.reason == "heading":
            break
        if other.reason != "list_item":
            continue
        number = value_of(other.raw[:-1].removeprefix("其"))
        if number is None or int(number[0]) != count + 1:
            break
        if count == 0 and not _follows(paragraph, mention, other):
            return set()
        count += 1
    return {count} if count >= 2 else set()


def _follows(paragraph: Paragraph, mention: Mention, first: Mention) -> bool:
    if first.block != mention.block:
        return first.block == mention.block + 1 and first.start <= 2 and len(paragraph.text) - mention.end <= 30
    return bool(_FIRST.fullmatch(paragraph.text[mention.measure_end : first.start][:60]))


def _by_scope(paragraph: Paragraph, mention: Mention) -> set[int]:
    """内设机构3个，办公室…；经济科…；联络科…: units that lead the parallel clauses right after."""
    if not _UNITS.search(mention.noun) or mention.cls != "claim":
        return set()
    end = min(paragraph.frame.sentence_end(mention.start), mention.end + 600)
    scopes: list[str] = []
    for _, other in paragraph.counted:
        if mention.start < other.start < end and other.scope and other.scope not in scopes:
            scopes.append(other.scope)
    if len(scopes) < 2 or paragraph.text[mention.measure_end : mention.measure_end + 30].find(scopes[0]) not in range(
        1, 4
    ):
        return set()
    segments = paragraph.text[mention.start : end].count("；") + 1
    return {len(scopes)} if segments == len(scopes) and "等" not in paragraph.after(mention) else set()
