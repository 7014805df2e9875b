"""The words around a claim that speak for or against a figure, read once for all figures."""

import re
from typing import NamedTuple

from lianze.claims.context import is_counted, is_met, people_in
from lianze.claims.frame import Frame
from lianze.claims.shapes import Block, Mention
from lianze.claims.terms import Terms

AT = 12  # characters after the measure word in which a forbidden word counts
NEAR = 120  # characters before the number in which context words are looked for
ACTORS = (
    "main_leader", "members", "deputies", "section_heads", "party_group", "branch", "party_members", "staff", "discipline",
)  # fmt: skip
_MARKS = str.maketrans("", "", "“”‘’「」《》 \u3000\u00a0")
_NEXT_ITEM = re.compile(r"[、和及与][^、和及与]{0,14}?[0-9０-９一二三四五六七八九十两]|^[0-9０-９]")
_LEAD = re.compile(
    r"(?:其中|同时|此外|另外?|据统计|今年以来|今年|全年|一年来|截至目前|目前|期间|本年度|年内|20\d\d年|[一二三四五六七八九]是|[:：])*"
)
_EARLIER = re.compile(r"去年|上年(?!度?[^，。；]{0,8}(?:考核|反馈|检查|问题))|上一年|往年|同期为|前[一两三]年")
_EXAMPLES = re.compile(
    r"(?:《[^《》]{1,60}》[、和与]?)++等(?=[\u4e00-\u9fff])"
)  # 修订《A》《B》等制度: examples narrow nothing
_SEVERAL = re.compile(
    r"近[一二三四五六七八九两\d]{1,2}年|[两二三四五六七八九十]年(?:来|间)?(?:共|合计|累计|总)|历年|以来累计|20\d\d年(?:以来|至|-)"
)
_ONLY = re.compile(r"^[，,、：:（(]*(?:其中)?[，,、：:]*(?:其他|其余|由)?|[共讲作开展了]+$")
_THIS_YEAR = re.compile(r"今年|本年|目前|今年以来|截至")
_FROM = re.compile(r"(?:由|从)[^，。；]{0,12}\Z")
_CHANGED = re.compile(r"[^，。；0-9]{0,6}(?:增|减|降|升|提高|提升|压缩|缩短|上升|下降|扩大|精简)")
_INSPECTED = re.compile(
    r"度?[^，。；0-9]{0,10}(?:考核|检查)[^，。；0-9]{0,6}反馈"
)  # 2023年度考核反馈: of this year's work
_YEAR = re.compile(r"(20[0-9]{2})\s?年")


class Around(NamedTuple):
    """`own` is the clause from the number before this one on; `doers` are the kinds of people who act in the clause,
    `subjects` those of the last clause with any since `；`.

    `near` is the sentence about the number, `led_by` the sentence up to it, `far` the paragraph. `somebody`: the paragraph so far, or its heading, names people of some kind. `sentence` is where the sentence begins,
    `inherited` the noun of the number before in it. `elsewhere`: another body's number. `not_this_year`: another year's, or
    that of several years.
    """

    noun: str
    clause: str
    own: str
    at_number: str
    before: str
    near: str
    led_by: str
    far: str
    actor: str
    doers: frozenset[str]
    subjects: frozenset[str]
    somebody: bool
    inherited: str
    sentence: int
    elsewhere: bool
    not_this_year: bool


def plain(text: str) -> str:
    """The text without quotation marks and blanks: “三公”经费 and 三公经费 are the same words."""
    return text.translate(_MARKS)


def read_around(
    mention: Mention, block: Block, frame: Frame, earlier: Mention | None, terms: Terms, report_year: int
) -> Around:
    """Everything that `binding` asks about; `earlier` is the claim before this one in the same paragraph, if any."""
    text = block.text
    before, after = frame.before(mention.start), frame.after(mention.measure_end)
    same_sentence = earlier is not None and earlier.start >= frame.sentence_start(mention.start)
    since = earlier.measure_end if earlier is not None and same_sentence else 0
    own = text[max(since, mention.start - len(before)) : mention.start]
    own = _EXAMPLES.sub("", own)
    if mention.reason == "respective":
        own = mention.noun
    start = max(frame.sentence_start(mention.start), mention.start - NEAR)
    lone = lone_actor(own, terms) if terms.family(mention.counted_in) in ("occasion", "visit") else ""
    following = _NEXT_ITEM.split(after, maxsplit=1)[0][:AT]
    inherited = plain(earlier.noun) if earlier is not None and same_sentence else ""
    noun = inherited if lone else plain(mention.noun)
    at_number = own if noun and noun in plain(own) else before
    far = block.heading + text[max(0, mention.start - 5 * NEAR) : mention.start]
    return Around(
        noun=noun,
        clause=plain(before + after),
        own=plain(own).lstrip("、，和及与；"),
        at_number=plain(at_number + following),
        before=plain(before),
        near=plain(text[start : mention.measure_end] + after),
        led_by=plain(
            text[max(start, start if terms.pattern("narrowing.many_sources").search(noun) else since) : mention.start]
        ),
        far=plain(far + text[mention.start : mention.measure_end + 40]),
        actor=lone or mention.actor,
        doers=frozenset([lone] if lone else (kind for kind in ACTORS if acts(kind, before, terms))),
        subjects=subjects_of(
            text[max(frame.segment_start(mention.start), mention.start - NEAR) : mention.start], terms
        ),
        somebody=bool(mention.actor) or any(terms.pattern(f"actors.{kind}").search(far) for kind in ACTORS[:4]),
        inherited=inherited,
        sentence=frame.sentence_start(mention.start),
        elsewhere=speaks_of_others(mention.start, frame, terms),
        not_this_year=_is_of_other_years(mention, frame, report_year),
    )


def lone_actor(own: str, terms: Terms) -> str:
    """提醒谈话47次，其中党组书记6次: the kind of people whose name is all that is said at the number."""
    said = _ONLY.sub("", plain(own))
    return next((kind for kind in ACTORS if said in terms.words(f"actors.{kind}")), "")


def acts(kind: str, clause: str, terms: Terms) -> bool:
    """Whether people of that kind do what the clause says: not after 与, 对, 约谈, who are talked to."""
    return any(
        not is_met(clause, match.start()) and not is_counted(clause, match.end())
        for match in people_in(kind, clause, terms)
    )


def subjects_of(segment: str, terms: Terms) -> frozenset[str]:
    """The kinds of people who act in the last clause that names any."""
    for clause in reversed(re.split(r"[，：:,（）]", segment)):
        found = frozenset(kind for kind in ACTORS if acts(kind, clause, terms))
        if found:
            return found
    return frozenset()


def _is_of_other_years(mention: Mention, frame: Frame, report_year: int) -> bool:
    """去年…9次, 近三年…, 由18次增加到…: said before in the sentence, and not taken back by 今年."""
    at = mention.start
    clause = frame.before(at)
    if _FROM.search(clause) and _CHANGED.match(frame.after(mention.measure_end)):
        return True
    years = [match[1] for match in _YEAR.finditer(clause) if not _INSPECTED.match(clause, match.end())]
    if report_year and years and all(int(year) < report_year for year in years):
        return True
    said = frame.text[max(frame.segment_start(at), at - NEAR) : at]
    other = max((m.start() for p in (_EARLIER, _SEVERAL) for m in p.finditer(said)), default=-1)
    return other > max((m.start() for m in _THIS_YEAR.finditer(said)), default=-1)


def speaks_of_others(at: int, frame: Frame, terms: Terms) -> bool:
    """全市…, 我组…: said of another body, as far as the next `；` or a subject of its own."""
    stretch = frame.text[max(frame.segment_start(at), at - NEAR) : at]
    found = False
    for piece in re.split(r"[，：:,]", stretch):
        lead = _LEAD.match(piece)
        head = piece[lead.end() if lead else 0 :]
        if terms.pattern("scopes.foreign").match(head):
            found = True
        elif found and (terms.pattern("scopes.own").match(head) or _names_an_actor(head, terms)):
            found = False
    return found


def _names_an_actor(head: str, terms: Terms) -> bool:
    return any(terms.pattern(f"actors.{kind}").match(head) for kind in ACTORS)
