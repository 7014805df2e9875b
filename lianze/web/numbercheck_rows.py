"""What the number check found, as lines of its page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from lianze.claims import wording as w
from lianze.claims.paragraph import shown
from lianze.claims.shapes import Checked, FigureFact, Mention, Verdict
from lianze.figures.results import ORGANISATION
from lianze.web.language import both, is_english

AROUND = 18  # characters of the text shown on either side of a number
OPEN = ("no_figure", "not_checked")
ALARMS = ("contradicted", "short_of_records", "no_records")


@dataclass(frozen=True)
class Count:
    """A number on top of the page."""

    title: str
    count: int
    is_alarm: bool


@dataclass(frozen=True)
class Row:
    """One claim. `before`, `raw` and `after` are the text; `link` and `title` the figure's, "" where there is none.

    `is_open`: the figure is only suggested. `is_ours`: Lianze wrote the number, so that nobody need say what it means.
    """

    line: int
    before: str
    raw: str
    after: str
    stated: str
    computed: str
    difference: str
    verdict: str
    rule: str
    is_alarm: bool
    title: str
    link: str
    figure: str
    scope: str
    fingerprint: str
    binding: str
    is_open: bool
    is_ours: bool


@dataclass(frozen=True)
class Relation:
    """Numbers that ought to agree. `is_fine`: nobody need look at them."""

    lines: str
    status: str
    is_alarm: bool
    is_fine: bool
    formula: str
    explanation: str


@dataclass(frozen=True)
class Said:
    """A claim without a numeral (未发现…, 均…), held against the figure that it names."""

    line: int
    raw: str
    verdict: str
    is_alarm: bool
    title: str
    link: str


@dataclass(frozen=True)
class Left:
    """A figure that the report does not mention."""

    title: str
    value: str
    link: str


def claims_of(checked: Checked) -> Iterator[tuple[Mention, Verdict | None]]:
    """The claims with what was found of each; statements of frequency where they were held against something."""
    verdicts = checked.verdicts or (None,) * len(checked.mentions)
    for mention, verdict in zip(checked.mentions, verdicts, strict=True):
        if mention.cls == "claim" or (mention.cls == "frequency" and verdict is not None):
            yield mention, verdict


def counts_of(checked: Checked) -> list[Count]:
    """How many claims got each verdict; what was not checked stands beside the others, as large as they."""
    codes = [verdict.code if verdict else "not_checked" for _, verdict in claims_of(checked)]
    known: Counter[str] = Counter("not_checked" if code in OPEN else code for code in codes)
    found = [Count(both("数据", "claims"), len(codes), False)]
    for code in ("confirmed", "within_wording", *ALARMS):
        if known[code] or code in ("confirmed", "contradicted"):
            found.append(Count(w.word(w.VERDICTS, code, is_english()), known[code], code in ALARMS and known[code] > 0))
    return [*found, Count(both("未核", "not checked"), known["not_checked"], False)]


def rows_of(checked: Checked, facts: Sequence[FigureFact], year: int | None) -> list[Row]:
    """One row a claim: what differs first, each part in the text's order."""
    titles = {(fact.figure, fact.scope): title_of(fact) for fact in facts}
    rows = [row_of(checked, mention, verdict, titles, year) for mention, verdict in claims_of(checked)]
    return sorted(rows, key=lambda row: not row.is_alarm)


def row_of(
    checked: Checked, mention: Mention, verdict: Verdict | None, titles: dict[tuple[str, str], str], year: int | None
) -> Row:
    """One claim."""
    text, english = checked.blocks[mention.block].text, is_english()
    binding = verdict.binding if verdict else None
    title = titles.get((binding.figure, binding.scope), "") if binding and binding.state != "refused" else ""
    return Row(
        line=mention.line,
        before=text[max(0, mention.start - AROUND) : mention.start],
        raw=text[mention.start : mention.end],
        after=text[mention.end : mention.end + AROUND],
        stated=w.stated_words(mention),
        computed=shown(verdict.computed) if verdict and verdict.computed is not None else "",
        difference=difference_of(verdict),
        verdict=w.verdict_words(verdict, english),
        rule=w.rule_words(verdict, english),
        is_alarm=verdict is not None and verdict.code in ALARMS,
        title=title,
        link=link_of(binding.figure, binding.scope, year) if binding and title and year else "",
        figure=binding.figure if binding else "",
        scope=binding.scope if binding else "",
        fingerprint=binding.fingerprint if binding else "",
        binding=w.word(w.BINDINGS, binding.state, english) if binding else "",
        is_open=binding is not None and binding.state == "suggested",
        is_ours=bool(mention.tag) and binding is not None and binding.state == "confirmed" and not binding.who,
    )


def difference_of(verdict: Verdict | None) -> str:
    """+2 or −1; nothing where the numbers are the same or there is only one."""
    if verdict is None or not verdict.difference:
        return ""
    return ("+" if verdict.difference > 0 else "−") + shown(abs(verdict.difference))


def title_of(fact: FigureFact) -> str:
    """A figure's title with the unit it is of."""
    return f"{fact.title} · {fact.scope_name}" if fact.scope_name else fact.title


def link_of(figure: str, scope: str, year: int) -> str:
    """The figure's page."""
    return reverse("figure", args=[figure]) + "?" + urlencode({"year": year, "scope": scope or ORGANISATION})


def relations_of(checked: Checked) -> list[Relation]:
    """The relations, those that do not hold first."""
    order = ("broken", "soft", "ok")
    found = []
    for relation in sorted(checked.relations, key=lambda one: order.index(one.status)):
        lines = dict.fromkeys(str(checked.mentions[place].line) for place in relation.members)
        status = w.word(w.STATUSES, relation.status, is_english())
        words = w.in_language(relation.explanation, is_english())
        is_alarm, is_fine = relation.status == "broken", relation.status == "ok"
        found.append(Relation("、".join(lines), status, is_alarm, is_fine, relation.formula, words))
    return found


def said_of(checked: Checked, facts: Sequence[FigureFact], year: int) -> list[Said]:
    """The claims without a numeral, in the text's order."""
    titles = {fact.figure: fact.title for fact in facts if not fact.scope}
    return [
        Said(
            one.line,
            one.raw,
            w.word(w.VERDICTS, one.verdict, is_english()),
            one.verdict in ALARMS,
            titles.get(one.figure, ""),
            link_of(one.figure, "", year),
        )
        for one in checked.implied
    ]


def left_of(facts: Sequence[FigureFact], year: int) -> list[Left]:
    """Figures that the ledger holds and the report does not mention."""
    return [Left(title_of(fact), value_of(fact), link_of(fact.figure, fact.scope, year)) for fact in facts]


def value_of(fact: FigureFact) -> str:
    """The value with its measure word; a share in per cent."""
    if fact.value is None:
        return ""
    return f"{shown(round(fact.value * 100, 1))} %" if fact.share else f"{shown(fact.value)} {fact.counted_in}"
