"""其中, 含, 包括 and bracketed lists: parts against their total."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from lianze.claims.paragraph import Paragraph, Placed, is_plain, shown, value
from lianze.claims.partitions import Split, split_of, unannounced
from lianze.claims.shapes import Mention, Relation, RelationStatus

MOST_PARTS = 40  # numbers looked at inside one pair of brackets
PART_LENGTH = 22  # characters between one part and the next; more of them say something new

_NEW = re.compile(
    r"[，：、]?(?:并|同时|另|还|此外|共|累计|全年|今年|目前|已制定|制定|提出|落实|形成|分别制定|以上|合计)"
)
_CHANGE = re.compile(r"(?:比|较|同比|环比)[^，。；0-9]{0,10}(?:增|减|降|升|多|少|提)[^，。；0-9]{0,3}\Z")
_NOT_PART = re.compile(r"占|同比|较(?=上|去|同|20)|比上年|增长|下降|减少|提高|人均|平均")


def parts_in(paragraph: Paragraph) -> Iterator[Relation]:
    """One relation for each total that is followed by its parts."""
    taken = paragraph.parts
    for at, (place, mention) in enumerate(paragraph.counted):
        if place in taken or at == 0:
            continue
        lead = paragraph.between(paragraph.counted[at - 1][1], mention)
        subset = paragraph.terms.pattern("wording.subset").search(lead[-24:])
        if subset and not re.search(r"[；;]", lead[lead.find(subset[0]) :]):
            total = _total(paragraph, at, taken)
            parts = _parts(paragraph, at, total[1]) if total else []
            if total and parts:
                taken.update(part for part, _ in parts)
                yield sum_relation(paragraph, total, parts, _twin(paragraph, total, at))
        elif re.fullmatch(r".{0,12}[（(：:]", lead[: lead.rfind("（") + 1] or lead[: lead.rfind("(") + 1] or "x"):
            yield from _bracketed(paragraph, at, taken)


def unannounced_in(paragraph: Paragraph) -> Iterator[Relation]:
    """Parts of a partition beside their total, without 其中."""
    for total, parts, split in unannounced(paragraph):
        paragraph.parts.update(place for place, _ in parts)
        yield sum_relation(paragraph, total, parts, None, split)


def _total(paragraph: Paragraph, at: int, taken: set[int]) -> Placed | None:
    """The nearest number before that counts the same kind of thing and is no part itself."""
    part, aspects = paragraph.counted[at][1], paragraph.terms.words("relations.aspects")
    for place, mention in reversed(paragraph.counted[max(0, at - 5) : at]):
        between = paragraph.between(mention, part)
        if "；" in between or len(re.findall("[。！？]", between)) > 1:
            return None
        if place in taken or not paragraph.alike(mention, part) or mention.counted_in == "%":
            continue
        if _CHANGE.search(paragraph.clause(mention)):
            continue  # 213条，比上年增加87条，其中院领导9条: the parts are of the 213
        if aspects.at(mention.noun, 0) and not aspects.at(part.noun, 0):
            continue  # 问题73个，涉及11个类别，其中制度类29个: the parts are problems, not kinds of them
        return place, mention
    return None


def _parts(paragraph: Paragraph, at: int, total: Mention) -> list[Placed]:
    """The numbers from `at` on that go on counting the total's things."""
    result: list[Placed] = []
    last: Mention | None = None
    listed = False
    for place, mention in paragraph.counted[at:]:
        if last is not None:
            lead = paragraph.between(last, mention)
            if mention.counted_in == "%" or _NOT_PART.search(lead[-8:]):
                continue
            if not _goes_on(paragraph, lead, mention, total) or (listed and _leaves_list(lead)):
                break
            listed = listed or lead.startswith("、")
        if not paragraph.alike(mention, total):
            break
        result.append((place, mention))
        last = mention
    return result


def _leaves_list(lead: str) -> bool:
    """A29个、B38个、其他6个，已整改65个: after 、 a comma goes on only to what is left over."""
    return bool(re.match(r"[，,](?!其[他余]|另)", lead))


def _goes_on(paragraph: Paragraph, lead: str, mention: Mention, total: Mention) -> bool:
    if re.search(r"[；。！？;]|^[^（(]*[)）]", lead) or len(lead) > PART_LENGTH:
        return False
    tail = re.split(r"(?=[，,])", lead)[-1]
    if _NEW.match(tail):
        return False
    counter = paragraph.terms.pattern("relations.measures")
    return not (counter.search(mention.noun) and not counter.search(total.noun))


def _bracketed(paragraph: Paragraph, at: int, taken: set[int]) -> Iterator[Relation]:
    """95个单位（乡镇街道30个、市直65个）: two or more like numbers in the brackets after a total."""
    place, total = paragraph.counted[at - 1]
    end = paragraph.frame.clause_end(paragraph.counted[at][1].start)
    inside = [(p, m) for p, m in paragraph.counted[at : at + MOST_PARTS] if m.start < end]
    if paragraph.text[end : end + 1] not in ("）", ")") or len(inside) < 2:
        return
    if place in taken or not all(paragraph.alike(m, total) for _, m in inside):
        return
    if sum(value(m) for _, m in inside) == value(total):
        taken.update(p for p, _ in inside)
        yield sum_relation(paragraph, (place, total), inside)


def sum_relation(
    paragraph: Paragraph, total: Placed, parts: Sequence[Placed], twin: Placed | None = None, split: Split | None = None
) -> Relation:
    """The parts against their total, or against its `twin` in brackets where they add up to no more than that."""
    amount = sum((value(part) for _, part in parts), Decimal(0))
    split = split or split_of(paragraph, total[1], [part for _, part in parts])
    loose = not all(is_plain(m) for _, m in (total, *parts))
    status, words = _judge(amount, value(total[1]), len(parts), split)
    if status != "ok" and twin is not None and amount <= value(twin[1]):
        status, words, total = "ok", "与括号内的合计相符 / agrees with the total in brackets", twin
    if loose and status == "broken":
        status, words = "soft", "数字为约数，无法精确核对 / the numbers are not exact"
    sign = "=" if amount == value(total[1]) else "≥" if amount < value(total[1]) else "<"
    formula = f"{shown(value(total[1]))} {sign} " + " + ".join(shown(value(part)) for _, part in parts)
    return Relation("sum", (total[0], *(place for place, _ in parts)), formula, status, words)


def _judge(amount: Decimal, total: Decimal, count: int, split: Split) -> tuple[RelationStatus, str]:
    if amount == total:
        return "ok", "分项之和等于总数 / the parts add up to the total"
    if amount < total:
        if split.exhaustive:
            words = f"分项应当穷尽，之和{shown(amount)}小于总数{shown(total)}"
            return (
                "broken",
                f"{words} / the parts leave nothing over, yet add up to {shown(amount)}, less than {shown(total)}",
            )
        return "ok", "分项未列全 / not all parts are named"
    chinese = f"分项之和{shown(amount)}大于总数{shown(total)}"
    english = f"the parts add up to {shown(amount)}, more than {shown(total)}"
    if split.exclusive or count == 1:
        return "broken", f"{chinese} / {english}"
    return "soft", f"{chinese}，分项可能有重叠 / {english}; perhaps they overlap"


def _twin(paragraph: Paragraph, total: Placed, at: int) -> Placed | None:
    """The second total in brackets: 213名（217人次）."""
    for place, mention in paragraph.counted[max(0, at - 3) : at]:
        if mention.start > total[1].start and paragraph.text[total[1].measure_end : mention.start] in ("（", "("):
            return place, mention
    return None
