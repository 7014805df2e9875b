"""The number check as one function: blocks in, everything known about their numbers out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lianze.claims.blocks import with_sections
from lianze.claims.extract import read_mentions
from lianze.claims.implied import read_implied
from lianze.claims.relations import read_relations
from lianze.claims.report_year import report_year
from lianze.claims.shapes import Binding, Checked, FigureFact, Reading
from lianze.claims.spacing import close_spaces, reopen
from lianze.claims.tables import back, tell_tables
from lianze.claims.terms import Terms
from lianze.claims.verdicts import put_off, read_verdicts


def check_reading(
    reading: Reading,
    terms: Terms,
    facts: Sequence[FigureFact] | None = None,
    remembered: Mapping[str, Sequence[Binding]] | None = None,
    year: int = 0,
) -> Checked:
    """Check a document against itself and, where `facts` are given, against the year's figures.

    `remembered` holds what people accepted or refused before, by fingerprint. Without facts there are no verdicts.
    `year` is the facts' year, 0 where it does not matter: against another year's records nothing is judged.
    """
    closed = [close_spaces(block) for block in reading.blocks]
    told = replace(reading, blocks=tuple(block for block, _ in closed))
    checked = _check(told, terms, facts, remembered or {}, year)
    return reopen(checked, reading.blocks, [places for _, places in closed])


def _check(
    reading: Reading,
    terms: Terms,
    facts: Sequence[FigureFact] | None,
    remembered: Mapping[str, Sequence[Binding]],
    year: int,
) -> Checked:
    blocks = with_sections(reading.blocks, terms)
    told, places = tell_tables(blocks, terms)
    mentions = read_mentions(told, terms)
    homes = back(mentions, blocks, places)
    kept = [mention for mention in homes if mention]
    relations = tuple(read_relations(blocks, kept, terms))
    checked = Checked(tuple(blocks), tuple(kept), relations, (), reading.unread, (), report_year(blocks), year)
    if facts is None:
        return checked
    judged = zip(homes, read_verdicts(told, mentions, facts, remembered, terms), strict=True)
    verdicts = [verdict for mention, verdict in judged if mention]
    if checked.is_of_other_year:
        return replace(checked, verdicts=tuple(verdict and put_off(verdict) for verdict in verdicts))
    return replace(checked, verdicts=tuple(verdicts), implied=tuple(read_implied(blocks, facts, terms)))


def unmentioned(checked: Checked, facts: Sequence[FigureFact]) -> list[FigureFact]:
    """Figures that the ledger holds and the report does not speak of."""
    said = {(v.binding.figure, v.binding.scope) for v in checked.verdicts if v is not None}
    return [fact for fact in facts if fact.value and (fact.figure, fact.scope) not in said]
