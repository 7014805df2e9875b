"""Whatever the text: offsets point at what was read, mentions do not overlap, and no value leaks into a fingerprint."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from lianze.claims.binding import fingerprint_of
from lianze.claims.check import check_reading
from lianze.claims.reading import read_text
from lianze.claims.scan import tokens
from lianze.claims.terms import load_terms

PIECES = st.sampled_from(
    [
        *"一二三十百千万亿两几数多余第每各共其中含，。；：、（）()《》“”%㎡X×0123456789０９.-~至 年月日次人名个项条份场元天",
        "2023年",
        "一是",
        "其中",
        "三会一课",
        "一会一课",
        "每季度",
        "人次",
        "万元",
        "㎡",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_offsets_point_at_the_unchanged_text(text: str) -> None:
    checked = check_reading(read_text(text), load_terms())
    last = (0, 0)
    for mention in checked.mentions:
        block = checked.blocks[mention.block]
        assert block.text[mention.start : mention.end] == mention.raw
        assert mention.start < mention.end
        assert last <= (mention.block, mention.start)
        last = (mention.block, mention.end)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_relations_name_mentions_that_exist(text: str) -> None:
    checked = check_reading(read_text(text), load_terms())
    for relation in checked.relations:
        assert relation.members
        assert all(0 <= member < len(checked.mentions) for member in relation.members)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_tokens_never_overlap(text: str) -> None:
    at = 0
    for token in tokens(text):
        assert token.start >= at
        at = token.end


@given(st.integers(1, 999), st.integers(1, 999))
def test_fingerprint_does_not_depend_on_the_value(first: int, second: int) -> None:
    prints = set()
    for number in (first, second):
        checked = check_reading(read_text(f"（一）教育\n主要领导开展廉政谈话{number}次。"), load_terms())
        mention = next(m for m in checked.mentions if m.cls == "claim")
        prints.add(fingerprint_of(mention, checked.blocks[mention.block], load_terms()))
    assert len(prints) == 1
    assert not re.search(r"\d", prints.pop())
