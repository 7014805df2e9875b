"""From an outline and a year's figures to the text of a report. Pure: every number printed is a figure handed in.

A sentence, or a part of one in brackets, is printed when every figure it rests on has a value; otherwise it is left out, and told in
`left_out` with the reason. What is recorded and printed nowhere is told in `unprinted`. No zero is printed that nobody looked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from lianze.domain.periods import Period
from lianze.figures.results import ORGANISATION, FigureResult
from lianze.pack.definitions import Outline, Paragraph, Section, Sentence
from lianze.reports.facts import Facts, Item, Key, LeftOut
from lianze.reports.sentences import fill, runs_of, say, words_of
from lianze.reports.typeset import model
from lianze.reports.typeset.numbering import chinese_numeral, number_headings


@dataclass
class Composition:
    """The report's blocks, what was left out, and figures, each once, in order: those printed, and those that have a value but
    stand in nothing that was printed."""

    blocks: tuple[model.Block, ...] = ()
    left_out: list[LeftOut] = field(default_factory=list)
    printed: dict[Key, FigureResult] = field(default_factory=dict)
    unprinted: dict[Key, FigureResult] = field(default_factory=dict)


def compose(
    outline: Outline,
    facts: Facts,
    signature: model.Signature | None,
    note: model.AttachmentNote | None = None,
    annexes: Sequence[model.Block] = (),
) -> Composition:
    """The whole report: text, note of annexes, signature, annexes."""
    composition = Composition()
    blocks: list[model.Block] = [model.Title((fill(outline.title, facts.texts),))]
    if outline.addressee:
        names = fill(outline.addressee, facts.texts)
        if names:
            blocks.append(model.Addressee((names,)))
    sections = [block for section in outline.section for block in section_blocks(section, facts, composition)]
    blocks.extend(without_empty_headings(sections))
    blocks.extend(block for block in (note, signature) if block is not None)
    blocks.extend(annexes)
    composition.blocks = number_headings(blocks)
    composition.unprinted = {key: one for key, one in composition.unprinted.items() if key not in composition.printed}
    return composition


def without_empty_headings(blocks: Sequence[model.Block]) -> list[model.Block]:
    """The blocks without headings that no text stands under: a heading alone reads like a duty not done."""
    kept: list[model.Block] = []
    deepest = 0  # level of the next heading down the page that is kept; 0 when text follows
    needed = False
    for block in reversed(blocks):
        if not isinstance(block, model.Heading) or block.body:
            needed, deepest = True, 0
        elif needed or deepest > block.level:
            needed, deepest = False, block.level
        else:
            continue
        kept.append(block)
    return kept[::-1]


def section_blocks(section: Section, facts: Facts, composition: Composition) -> Iterator[model.Block]:
    """A heading (unless level 0) and its paragraphs; a paragraph nothing is left of is not printed."""
    if section.level:
        yield model.Heading(section.level, (model.Run(fill(section.title, facts.texts)),))
    waiting = ""
    for paragraph in section.paragraph:
        sentences = [s for sentence in paragraph.sentence for s in render(sentence, section, facts, composition)]
        # What goes on under a heading takes it over where nothing is left of the paragraph that it opened.
        waiting = paragraph.lead or waiting
        if sentences:
            yield paragraph_block(paragraph, sentences, fill(waiting, facts.texts))
            waiting = ""


def paragraph_block(paragraph: Paragraph, sentences: list[model.Inlines], lead: str) -> model.Block:
    """Sentences as one paragraph, numbered 一是、二是 where the outline asks, opened by the heading `lead` if there is one."""
    if paragraph.numbered and len(sentences) > 1:
        numbered = [(model.Run(f"{chinese_numeral(i)}是"), *runs) for i, runs in enumerate(sentences, 1)]
        sentences = numbered
    runs = tuple(run for sentence in sentences for run in sentence)
    if lead:
        return model.Heading(3, (model.Run(lead),), body=runs)
    return model.Paragraph(runs)


def render(sentence: Sentence, section: Section, facts: Facts, composition: Composition) -> Iterator[model.Inlines]:
    """The sentence as often as it repeats; what cannot be said is noted in `left_out`."""
    items = facts.items(sentence) if sentence.each else [Item(ORGANISATION, {})]
    if not items:
        composition.left_out.append(LeftOut(section.title, words_of(sentence.text, facts.texts), "no_record", ()))
    for item in items:
        said = say(sentence, section.title, item, facts)
        composition.left_out += said.left_out
        composition.printed.update((key, facts.results[key]) for key in said.printed)
        composition.unprinted.update(
            (key, facts.results[key]) for key in said.figures if facts.status_of(key) == "value"
        )
        if said.text:
            yield tuple(runs_of(said.text, item, facts))


def texts_of(
    organisation_name: str, short_name: str, superior_name: str, period: Period, signed_on: date
) -> dict[str, str]:
    """The tokens every outline may use."""
    year = period.start.year
    return {
        "organisation": organisation_name,
        "short": short_name,
        "superior": superior_name,
        "year": str(year),
        "last_year": str(year - 1),
        "next_year": str(year + 1),
        "date": day_text(signed_on),
        "until": day_text(period.last_day),
    }


def day_text(day: date) -> str:
    """A day as reports write it."""
    return f"{day.year}年{day.month}月{day.day}日"
