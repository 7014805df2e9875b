"""Whether a number means less than the whole that a figure counts: a part of the year, of the people, of the things.

女党员9名 is no number of 党员, 上半年谈话12次 none of the year's. Such a number is suggested at most, never bound by itself.
"""

import re
from collections.abc import Sequence

from lianze.claims.around import ACTORS, Around, plain
from lianze.claims.shapes import Block, FigureFact, Mention
from lianze.claims.terms import Terms

_MONTHS = r"(?<![0-9])(?:[1-9]|1[01])(?:\s?月份?)?\s?[-—–－~～至到]{1,2}\s?(?:20\d\d\s?年)?(?:[1-9]|1[01])\s?月份?"
_PART_OF_YEAR = re.compile(
    rf"{_MONTHS}|上半年|下半年|季度|当月|(?<![0-9])(?:1[01]|[1-9])\s?月份?|学年|学期|20\d\d\s?年?\s?[-—–－~～至]{{1,2}}\s?20\d\d"
)  # up to December is the year
_TITLE = re.compile(
    rf"{_MONTHS}|上半年|前?[一二三四1-4]季度|学年|学期|[^0-9](?:1[01]|[1-9])月份|20\d\d\s?年?\s?[-—–－~～至]{{1,2}}\s?20\d\d"
)
TITLE_LENGTH = 60  # a longer first paragraph is text; what it begins with still says which time is told
_OPENING = 24
PARTS = frozenset(("main_leader", "members", "deputies", "section_heads", "discipline"))
_OWN_NAME = re.compile(r"^[\u4e00-\u9fff]{1,4}(?=党组|党委|机关)")
_SPEAKER = re.compile(
    r"本人|(?<!自)我(?![局会院校们委市县区镇乡所处办站省党司厅部组队分集公单机国方军场馆行厂矿社台园])"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def tells_part_of_year(blocks: Sequence[Block]) -> bool:
    """2023年上半年工作总结, 2022—2023学年…报告: title or opening words say that the report is not about a whole year."""
    for block in blocks[:6]:
        if block.section:
            break
        length = TITLE_LENGTH if len(block.text) <= TITLE_LENGTH else _OPENING
        if _TITLE.search(block.text[:length]):
            return True
    return False


def is_part_of_year(mention: Mention, block: Block) -> bool:
    """Said of some months, or under a heading that does."""
    if mention.cls == "frequency":
        return False
    return bool(_PART_OF_YEAR.search(mention.period) or _TITLE.search(block.heading))


def is_narrowed(word: str, fact: FigureFact, around: Around, terms: Terms) -> bool:
    """Whether words between the last number and this one single something out that the figure does not know."""
    if not fact.actor and _parts_acting(around) - _kinds_named(fact, terms):
        return True
    if _made_by_others(around, terms):
        return True
    if _SPEAKER.search(around.near) and "主要领导" not in fact.actor:
        return True
    if not _names_its_campaign(fact, around, terms):
        return True
    return bool(_HAN.search(_left_over(word, fact, around, terms)))


def _made_by_others(around: Around, terms: Terms) -> bool:
    """督促…完善制度9项. A number without a verb of its own (指导支部开展主题党日120次，警示教育20次) goes on with the one before."""
    goes_on = not terms.pattern("verbs.cut").search(around.own)
    said = around.near if goes_on else around.before
    said = terms.pattern("narrowing.not_made").sub("，", said)
    return bool(terms.pattern("narrowing.made_others").search(said))


def _names_its_campaign(fact: FigureFact, around: Around, terms: Terms) -> bool:
    """A figure of one campaign (主题教育) is meant only where the paragraph or its heading names the campaign."""
    named = terms.pattern("narrowing.campaigns").search(fact.title)
    return named is None or named[0] in around.far


def _parts_acting(around: Around) -> frozenset[str]:
    """Who of the office acts in the clause, or, where it names nobody, in the one before that does, as far as `；`."""
    return PARTS & (around.doers or around.subjects)


def _kinds_named(fact: FigureFact, terms: Terms) -> set[str]:
    words = "，".join((*fact.synonyms, *fact.context))
    return {kind for kind in PARTS if terms.pattern(f"actors.{kind}").search(words)}


def _left_over(word: str, fact: FigureFact, around: Around, terms: Terms) -> str:
    """What remains of the number's own words without the figure's, and without verbs, offices and time."""
    said = around.own
    at = said.rfind(word)
    if at >= 0:
        said = said[:at]
    elif word.startswith(said):
        said = ""
    if around.noun.endswith(word) and around.noun not in around.own:
        said += around.noun[: -len(word)]
    for whole in terms.pattern("narrowing.whole").finditer(around.own):
        said = said[said.rfind(whole[0]) + len(whole[0]) :]  # 与8个股室、6个下属单位层层签订: with all of them
    known = (word, plain(fact.scope_name), fact.scope, *fact.synonyms, *fact.context)
    for one in sorted(filter(None, known), key=len, reverse=True):
        said = said.replace(one, "，")
    for kind in ACTORS if fact.actor else ():
        said = terms.pattern(f"actors.{kind}").sub("，", said)
    said = terms.pattern("verbs.cut").sub("，", _OWN_NAME.sub("", said))  # verbs first: 讲授 is one word, 讲 another
    return terms.pattern("narrowing.neutral").sub("，", said)
