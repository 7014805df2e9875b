"""What the text itself gives away: slips in set phrases, leftovers of templates, one quantity said twice."""

from collections.abc import Iterator

from lianze.claims.paragraph import is_plain, shown, value
from lianze.claims.shapes import Mention, Relation

LEFTOVERS = (
    ("placeholder", "有未填写的占位符", "placeholders never filled in"),
    ("garbled", "有抓取或排版残留字符", "residue of a web page or of typesetting"),
)


def slips_in(mentions: list[Mention]) -> Iterator[Relation]:
    """一会一课 where 三会一课 is meant: soft, because a person knows better."""
    for place, mention in enumerate(mentions):
        if mention.reason == "slip":
            right = mention.qualifiers[0]
            yield Relation(
                "set_phrase",
                (place,),
                f"{mention.raw} ~ {right}",
                "soft",
                f"疑为“{right}”之误 / perhaps a slip for “{right}”",
            )


def leftovers_in(mentions: list[Mention]) -> Iterator[Relation]:
    """Placeholders never filled in, and residue of a web page: one relation each."""
    for cls, chinese, english in LEFTOVERS:
        members = tuple(place for place, mention in enumerate(mentions) if mention.cls == cls)
        if members:
            kinds = "、".join(dict.fromkeys(mentions[place].raw[:20] for place in members))
            yield Relation(cls, members, kinds, "soft", f"{chinese}（{len(members)}处） / {english} ({len(members)})")


def restated_in(mentions: list[Mention]) -> Iterator[Relation]:
    """The same total said twice: same noun of at least four characters, measure word, actor, scope and period."""
    first: dict[tuple[str, ...], int] = {}
    for place, mention in enumerate(mentions):
        if mention.cls != "claim" or len(mention.noun) < 4 or not is_plain(mention) or not _is_total(mention):
            continue
        key = (mention.noun, mention.counted_in, mention.actor, mention.scope, mention.period)
        if key not in first:
            first[key] = place
            continue
        other = mentions[first[key]]
        same = value(other) == value(mention)
        formula = f"{shown(value(other))} {'=' if same else '≠'} {shown(value(mention))}"
        words = "前后一致 / said twice, alike" if same else "同一数字前后不一 / the same number said twice, differently"
        yield Relation("restated", (first[key], place), formula, "ok" if same else "broken", words)


def _is_total(mention: Mention) -> bool:
    return bool(mention.period) and any(word[0] in "共合累总一" for word in mention.qualifiers)
