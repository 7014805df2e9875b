"""What the records say of each claim. The tone is 一致 / 与台账不符 / 台账无记录 / 未核, never “false”."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from lianze.claims.around import Around, lone_actor, read_around
from lianze.claims.binding import Remembered, bind, follows_outline
from lianze.claims.frame import Frame
from lianze.claims.narrowing import tells_part_of_year
from lianze.claims.paragraph import shown
from lianze.claims.report_year import report_year
from lianze.claims.rivals import without_rivals
from lianze.claims.scoring import Hints
from lianze.claims.shapes import Binding, Block, FigureFact, Mention, Verdict, VerdictCode
from lianze.claims.terms import Terms
from lianze.claims.tolerance import Outcome, compare
from lianze.claims.year_figures import Figures

MAY_CONTRADICT = ("auto", "confirmed")


def read_verdicts(
    blocks: Sequence[Block],
    mentions: Sequence[Mention],
    facts: Sequence[FigureFact],
    remembered: Remembered,
    terms: Terms,
) -> Iterator[Verdict | None]:
    """One verdict for each claim and each frequency, None for every other mention."""
    by_key = {(fact.figure, fact.scope): fact for fact in facts}
    figures = Figures(facts, terms)
    read = _read_around(blocks, mentions, figures)
    bindings = _read_bindings(blocks, mentions, read, figures, remembered)
    sentences = [around.sentence if around else -1 for around in read]
    for mention, binding in zip(mentions, without_rivals(mentions, bindings, sentences), strict=True):
        if binding is None:
            yield None
        else:
            fact = by_key.get((binding.figure, binding.scope))
            yield verdict_of(_with_value(mention), blocks[mention.block], binding, fact, terms)


def _read_bindings(
    blocks: Sequence[Block],
    mentions: Sequence[Mention],
    read: Sequence[Around | None],
    figures: Figures,
    remembered: Remembered,
) -> list[Binding | None]:
    claims = [(m, blocks[m.block], around) for m, around in zip(mentions, read, strict=True) if around]
    sections, part_of_year = follows_outline(claims, figures), tells_part_of_year(blocks)
    last, sentence = ("", ""), (-1, -1)
    result: list[Binding | None] = []
    for mention, around in zip(mentions, read, strict=True):
        if around is None:
            result.append(None)
            continue
        mention = _with_value(mention)
        block = blocks[mention.block]
        if sentence != (sentence := (mention.block, around.sentence)):
            last = ("", "")
        binding = bind(mention, block, figures, remembered, around, Hints(sections, last, part_of_year))
        if binding.state in MAY_CONTRADICT:
            last = (binding.figure, binding.scope)
        result.append(binding)
    return result


def _with_value(mention: Mention) -> Mention:
    """每季度 without a number says once."""
    if mention.cls == "frequency" and mention.low is None:
        return replace(mention, low=Decimal(1), high=Decimal(1), counted_in="次")
    return mention


def _read_around(blocks: Sequence[Block], mentions: Sequence[Mention], figures: Figures) -> list[Around | None]:
    year = report_year(blocks)
    earlier: Mention | None = None
    nearest: Mention | None = None
    frame, framed = Frame(""), -1
    result: list[Around | None] = []
    for mention in mentions:
        if mention.cls != "frequency" and (mention.cls != "claim" or mention.low is None):
            result.append(None)
            continue
        if framed != mention.block:
            frame, framed = Frame(blocks[mention.block].text), mention.block
        before = earlier if earlier is not None and earlier.block == mention.block else None
        told = nearest if nearest and _goes_straight_on(nearest, mention, blocks[mention.block].text) else before
        result.append(read_around(mention, blocks[mention.block], frame, told, figures.terms, year))
        nearest = mention
        earlier = replace(mention, noun=before.noun) if before and _says_no_noun(mention, figures) else mention
    return result


def _goes_straight_on(earlier: Mention, mention: Mention, text: str) -> bool:
    """接待31批次、246人次: nothing between the two but a comma, so the second is of what the first is of, a verb though it be."""
    if earlier.block != mention.block or len(earlier.noun) < 2 or earlier.counted_in == mention.counted_in:
        return False
    return not text[earlier.measure_end : mention.start].strip("、，,（( ")


def _says_no_noun(mention: Mention, figures: Figures) -> bool:
    """修订7项, 经济科3项, 高17项: the thing counted was said with the number before."""
    noun = mention.noun.lstrip("已未")
    return (
        len(noun) < 2
        or noun in figures.units
        or bool(lone_actor(noun, figures.terms))
        or noun in figures.terms.words("verbs.cut")
    )


def verdict_of(mention: Mention, block: Block, binding: Binding, fact: FigureFact | None, terms: Terms) -> Verdict:
    """The verdict on one claim under a binding. Only an automatic or confirmed binding may say “contradicted”."""
    if fact is None or binding.state in ("none", "refused"):
        return Verdict("no_figure", binding, mention.low, rule="没有对应的数据项 / no such figure")
    if mention.cls == "frequency":
        return _frequency(mention, binding, fact)
    if fact.value is None or (not fact.value and not fact.hits and not fact.covered):
        code: VerdictCode = "no_records" if binding.state in MAY_CONTRADICT else "not_checked"
        return Verdict(
            code,
            binding,
            mention.low,
            fact.value,
            rule="登记簿没有本期记录，也没有检查覆盖 / nothing recorded in the period, and no review looked",
        )
    computed = fact.value * 100 if fact.share else fact.value
    outcome = _compared(mention, block, computed, terms)
    stated = mention.low if mention.low is not None else Decimal(0)
    if fact.share or fact.places:
        computed = rounded_beside(computed, stated, fact.places)
    difference = stated - computed
    caveats = (outcome.note,) if outcome.note else ()
    code = _code(mention, binding, fact, outcome, difference)
    if code == "not_checked":
        caveats = (*caveats, "对应关系待确认 / which figure is meant waits for a person")
    return Verdict(code, binding, mention.low, computed, difference, outcome.rule, fact.entry_ids, caveats)


def rounded_beside(computed: Decimal, stated: Decimal, places: int) -> Decimal:
    """The ledger's value as it is told: with the figure's decimals, or with the text's where it writes more."""
    written = max(places, -int(stated.as_tuple().exponent), 0)
    return computed if -int(computed.as_tuple().exponent) <= written else round(computed, written)


def put_off(verdict: Verdict) -> Verdict:
    """The verdict in a report of another year than the records: what it may mean, and nothing said of the number."""
    binding = verdict.binding
    if binding.state == "auto":
        binding = replace(binding, state="suggested")
    if verdict.code == "no_figure":
        return verdict
    return Verdict(
        "not_checked", binding, verdict.stated, caveats=("报告年度与台账年度不同 / the report is about another year",)
    )


def _code(mention: Mention, binding: Binding, fact: FigureFact, outcome: Outcome, difference: Decimal) -> VerdictCode:
    if binding.state not in MAY_CONTRADICT:
        return "not_checked"
    if outcome.holds:
        return "within_wording" if mention.comparison and difference else "confirmed"
    if difference > 0 and not fact.covered:
        return "short_of_records"
    return "contradicted"


def _compared(mention: Mention, block: Block, computed: Decimal, terms: Terms) -> Outcome:
    """Under 分别 and 各 the number may hold for each of several: both readings are tried."""
    outcome = compare(mention, computed, terms)
    if outcome.holds or not any(word in ("分别", "各", "均") for word in mention.qualifiers):
        return outcome
    clause = Frame(block.text).before(mention.start)
    times = clause.count("、") + clause.count("和") + 1
    for count in range(2, max(2, times) + 1):
        if compare(mention, computed / count, terms).holds:
            return Outcome(
                True,
                f"分别、各：按{count}方各{shown(mention.low)}计 / 分别, 各: {shown(mention.low)} for each of {count}",
            )
    return outcome


def _frequency(mention: Mention, binding: Binding, fact: FigureFact) -> Verdict:
    """每季度1次: every sub-period holds as many; the empty ones are named."""
    stated = mention.low if mention.low is not None else Decimal(1)
    if not fact.parts or binding.state not in MAY_CONTRADICT:
        return Verdict(
            "not_checked", binding, stated, fact.value, rule="没有分期数 / no number for each part of the year"
        )
    short = tuple(f"{name}：{shown(count)}" for name, count in fact.parts if count < stated)
    computed = min(count for _, count in fact.parts)
    code: VerdictCode = "contradicted" if short and fact.covered else "short_of_records" if short else "confirmed"
    return Verdict(
        code,
        binding,
        stated,
        computed,
        stated - computed,
        "频次：每期不少于所写数 / how often: no less than the number in each part of the year",
        fact.entry_ids,
        short,
    )
