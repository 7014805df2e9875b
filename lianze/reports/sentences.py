"""One sentence of a report: whether it may be said, which of its parts, and in which words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lianze.figures.output import numeral
from lianze.figures.results import ORGANISATION
from lianze.pack.definitions import Sentence
from lianze.pack.sentence_parts import TOKEN, Part, Stretch, stretches_of, tokens_of
from lianze.reports.facts import Facts, Item, Key, LeftOut, key_of
from lianze.reports.typeset import model

# A comma that nothing follows any more.
_STRAY = re.compile(r"[，、；]+(?=[，、；。])|\A[，、；]+")


@dataclass(frozen=True)
class Said:
    """What is printed of a sentence ("" for nothing), the figures in it, and what is left out of it.

    `figures` are all figures that the sentence or its parts rest on, printed or not.
    """

    text: str
    printed: tuple[Key, ...]
    figures: tuple[Key, ...]
    left_out: tuple[LeftOut, ...]


def say(sentence: Sentence, section: str, item: Item, facts: Facts) -> Said:
    """The sentence for one item: whole, without some of its parts, or not at all."""
    texts = {**facts.texts, **item.texts}

    def keys_in(text: str) -> list[Key]:
        return [key_of(token, item) for token in tokens_of(text) if token not in texts]

    def left(text: str, reason: str, keys: Sequence[Key], is_part: bool) -> LeftOut:
        named = tuple(dict.fromkeys(figure for figure, _ in keys)) or sentence.when_full or sentence.when
        return LeftOut(section, words_of(text, texts), reason, named, is_part)

    stretches = stretches_of(sentence.text)
    parts = [part for stretch in stretches if not isinstance(stretch, str) for part in stretch]
    reasons = {part: reason_of(keys_in(part.text), facts) for part in parts}
    every = tuple(keys_in(sentence.text))
    fixed = keys_in("".join(stretch for stretch in stretches if isinstance(stretch, str)))
    reason = reason_to_leave_out(sentence, fixed, facts)
    if not reason and parts and not fixed and all(reasons.values()):
        reason = next(iter(reasons.values()))
    if reason:
        return Said("", (), every, (left("".join(map(joined, stretches)), reason, every, False),))
    text = _STRAY.sub("", "".join(standing(stretch, reasons) for stretch in stretches))
    begin = opening(stretches)
    missing = tuple(left(begin + part.text, reasons[part], keys_in(part.text), True) for part in parts if reasons[part])
    return Said(text, tuple(keys_in(text)), every, missing)


def standing(stretch: Stretch, reasons: Mapping[Part, str]) -> str:
    """The parts that may be said; the first of them takes the first one's comma."""
    if isinstance(stretch, str):
        return stretch
    kept = [part for part in stretch if not reasons[part]]
    leads = [stretch[0].lead, *(part.lead for part in kept[1:])]
    return "".join(lead + part.text for lead, part in zip(leads, kept, strict=False))


def joined(stretch: Stretch) -> str:
    """All parts."""
    return stretch if isinstance(stretch, str) else "".join(part.lead + part.text for part in stretch)


def opening(stretches: Sequence[Stretch]) -> str:
    """The first words of a sentence and “：”, so that a part is recognised by itself."""
    first = stretches[0] if isinstance(stretches[0], str) else ""
    clause = re.split("[，。；]", first, maxsplit=1)[0]
    return f"{clause}：" if clause else ""


def words_of(text: str, texts: Mapping[str, str]) -> str:
    """The words of what is left out, with … for its figures."""
    return TOKEN.sub(lambda match: texts.get(match.group(1), "…"), text)


def reason_of(keys: Sequence[Key], facts: Facts) -> str:
    """Why these figures cannot all be printed: no_record, none_found, not_yet or zero; "" when they can."""
    return next((status for key in keys if (status := facts.status_of(key)) != "value"), "")


def reason_to_leave_out(sentence: Sentence, needed: Sequence[Key], facts: Facts) -> str:
    """ "" when the sentence may be printed; else no_record, none_found, not_yet, zero, not_full or found."""
    full = [(figure, ORGANISATION) for figure in sentence.when_full]
    rests_on = [*needed, *((figure, ORGANISATION) for figure in sentence.when), *full]
    reason = reason_of([key for key in rests_on if key[0] != sentence.when_none], facts)
    if not reason and any(facts.results[key].value != 1 for key in full):
        reason = "not_full"
    if reason or not sentence.when_none:
        return reason
    status = facts.status_of((sentence.when_none, ORGANISATION))
    return "" if status == "none_found" else "found" if status == "value" else "no_record"


def runs_of(text: str, item: Item, facts: Facts) -> Iterator[model.Inline]:
    """Prose and figures, in order."""
    texts = {**facts.texts, **item.texts}
    at = 0
    for match in TOKEN.finditer(text):
        if match.start() > at:
            yield model.Run(text[at : match.start()])
        token = match.group(1)
        if token in texts:
            yield model.Run(texts[token])
        else:
            key = key_of(token, item)
            result = facts.results[key]
            yield model.FigureRun(numeral(result), key[0], key[1], result.title)
        at = match.end()
    if at < len(text):
        yield model.Run(text[at:])


def fill(text: str, texts: Mapping[str, str]) -> str:
    """`text` with its tokens replaced; a token without a text becomes nothing."""
    return TOKEN.sub(lambda match: texts.get(match.group(1), ""), text)
