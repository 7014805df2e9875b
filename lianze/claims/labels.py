"""What a number counts, as words a reader recognises: for people, never for finding a figure."""

import re

from lianze.claims.frame import Frame
from lianze.claims.shapes import Block, Mention

LONGEST = 18  # characters of a label taken from the text
_ALONE = frozenset(("", "占", "两级", "全年"))  # nouns that say too little by themselves
_BEGIN = re.compile(r"^(?:[一二三四五六七八九十]{1,3}是|其中|同时|并|和|及|、|，)+")
_END = re.compile(r"(?:[了共达约近超为占至]|合计|累计|总计|至少|达到)+$")


def label_of(mention: Mention, block: Block) -> str:
    """The noun with its quotation marks whole; the clause before the number where the noun says too little."""
    noun = whole_quotes(mention, block.text)
    if noun == mention.counted_in:
        return ""
    if noun in _ALONE or (mention.counted_in == "%" and not noun.endswith("率")):
        return words_before(mention, block.text) or noun
    return noun


def whole_quotes(mention: Mention, text: str) -> str:
    """The noun, with the beginning of a quotation that only its end is in: “躺平式”干部排查."""
    noun = mention.noun
    if noun.count("”") <= noun.count("“"):
        return noun.rstrip("“")
    at = text.rfind(noun, 0, mention.measure_end + len(noun) + LONGEST)
    start = text.rfind("“", max(0, at - LONGEST), at) if at >= 0 else -1
    return text[start : at + len(noun)] if start >= 0 else noun.replace("”", "")


def words_before(mention: Mention, text: str) -> str:
    """The clause up to the number, and the one before it where that alone says too little (…纪律教育，全年11次)."""
    frame = Frame(text)
    start = frame.clause_start(mention.start)
    words = plain_words(text[start : mention.start])
    if len(words) < 4 and start > frame.sentence_start(mention.start):
        earlier = plain_words(text[frame.clause_start(start - 1) : start - 1])
        words = f"{earlier}，{words}" if words else earlier
    return words if len(words) <= LONGEST else "…" + words[-LONGEST:].lstrip("，、”")


def plain_words(text: str) -> str:
    """A clause without what only joins it to its number and to what stands before."""
    return _END.sub("", _BEGIN.sub("", text.strip(" \u3000")))
