"""占 …%: a percentage against its part and base, at the decimals it is stated with."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from lianze.claims.paragraph import Paragraph, Placed, is_plain, shown, value
from lianze.claims.shapes import Relation

_SHARE = re.compile(r"占(?:比|到|了|整改|总|全|其|问题|同期|的|[\u4e00-\u9fff]){0,14}(?:的|比|为|约|达)?\s?\Z")
_SUBJECT = re.compile(
    r"([\u4e00-\u9fff“”]{1,16}?)(?:分别|约|均)?占(?:比|到|了|的|总|全|其|比例|比重)?[\u4e00-\u9fff]{0,14}\Z"
)
_SAYS_NOTHING = frozenset(("其中", "约", "均", "各", "分别", "共", "已", "合计", "总数", "数量"))
_RATE = re.compile(
    r"(整改|完成|办结|销号|参与|参训|优秀|合格|覆盖|签订|满意|到会|参会|结案|化解|兑现|落实)率(?:达|为|达到|约为|是)?\s?\Z"
)

_IN_TIME = re.compile(r"(?:按期|按时|及时|如期|限时|限期|到期|首次|一次|当日)[\u4e00-\u9fff]{2}率[^率]{0,4}\Z")


def shares_in(paragraph: Paragraph) -> Iterator[Relation]:
    """One relation for each percentage whose base the sentence names; the others stay unchecked."""
    for at, placed in enumerate(paragraph.counted):
        mention = placed[1]
        if mention.counted_in != "%" or mention.cls != "claim":
            continue
        clause = paragraph.clause(mention)
        rate = _RATE.search(clause)
        if not rate and not _SHARE.search(clause):
            continue
        earlier = [p for p in paragraph.counted[max(0, at - 10) : at] if p[1].counted_in != "%"]
        near = [p for p in earlier if paragraph.same_sentence(p[1], mention)]
        if not near or mention.start - near[-1][1].measure_end > 30 or not paragraph.same_segment(near[-1][1], mention):
            continue
        part = near[-1] if rate else _spoken_of(paragraph, near, clause)
        if part is None:
            continue
        others = [p for p in near if p is not part]
        relation = _best(paragraph, placed, part, others, rate[1] if rate else "", bool(rate) and _is_narrower(clause))
        if relation:
            yield relation


def _spoken_of(paragraph: Paragraph, near: list[Placed], clause: str) -> Placed | None:
    """The part that a share names: 第一种形态占81.6% is of the number of 第一种形态, 药占比 of no number said before."""
    subject = _SUBJECT.match(clause)
    if subject is None or subject[1] in _SAYS_NOTHING or subject[1] in near[-1][1].noun:
        return near[-1]
    name = subject[1].removeprefix("其中")
    named = [p for p in near if name in p[1].noun or name in paragraph.clause(p[1])[-12:]]
    return named[-1] if named else None


def _is_narrower(clause: str) -> bool:
    """按期办结率 is of what was due, not of all that came in."""
    return bool(_IN_TIME.search(clause))


def _best(
    paragraph: Paragraph, share: Placed, part: Placed, earlier: list[Placed], rate: str, narrower: bool
) -> Relation | None:
    """The base that bears the percentage out; where none does, the only possible base, else nothing is said."""
    bases = [p for p in earlier if paragraph.alike(p[1], part[1]) and value(p[1]) >= value(part[1]) and value(p[1])]
    for base in reversed(bases):
        relation = _relation(share, part, base)
        if relation.status == "ok":
            return relation
    if narrower:
        return None
    said = paragraph.clause(part[1]) + paragraph.after(part[1])[:8]
    if rate and not re.search(f"(?<![不未没]){rate}", said):
        return None  # 抽检1860批次，不合格31批次，合格率98.33%: the part is the rest
    if paragraph.terms.pattern("wording.subset").search(paragraph.clause(part[1])):
        bases = bases[-1:]
    return _relation(share, part, bases[0]) if len(bases) == 1 else None


def _relation(share: Placed, part: Placed, base: Placed) -> Relation:
    exact = value(part[1]) * 100 / value(base[1])
    stated = value(share[1])
    places = -int(stated.as_tuple().exponent)
    step = Decimal(1).scaleb(-max(0, places))
    rounded = exact.quantize(step, ROUND_HALF_UP)
    formula = f"{shown(value(part[1]))} / {shown(value(base[1]))} = {rounded}%"
    members = (share[0], part[0], base[0])
    loose = not all(is_plain(m) for m in (share[1], part[1], base[1])) or "万" in part[1].raw + base[1].raw
    if abs(rounded - stated) <= (step if loose else 0):
        return Relation("share", members, formula, "ok", "占比相符 / the share agrees")
    if loose or abs(exact - stated) <= step:
        return Relation(
            "share",
            members,
            formula,
            "soft",
            f"写明{shown(stated)}%，按约数计为{rounded}% / {shown(stated)}% stated, about {rounded}% computed",
        )
    return Relation(
        "share",
        members,
        formula,
        "broken",
        f"写明{shown(stated)}%，计算为{rounded}% / {shown(stated)}% stated, {rounded}% computed",
    )
