"""Precision and recall of claims, and how often value and measure word are right, on annotated texts."""

from pathlib import Path
from typing import NamedTuple

from lianze.claims.check import check_reading
from lianze.claims.shapes import Mention, Reading
from lianze.claims.terms import load_terms
from tests.claims.annotated import Annotated, Expected, load_annotated


class Score(NamedTuple):
    """Counts over all texts; `faults` says each miss in words."""

    expected: int
    found: int
    hits: int
    values_right: int
    classes_right: int
    others: int
    faults: list[str]

    @property
    def precision(self) -> float:
        """Share of what was called a claim that is one."""
        return self.hits / max(1, self.found)

    @property
    def recall(self) -> float:
        """Share of the claims that were found."""
        return self.hits / max(1, self.expected)

    @property
    def values(self) -> float:
        """Share of hits whose value and measure word are right."""
        return self.values_right / max(1, self.hits)


def score(path: Path) -> Score:
    """Score one annotated file."""
    total = Score(0, 0, 0, 0, 0, 0, [])
    for report in load_annotated(path):
        one = score_report(report)
        total = Score(
            total.expected + one.expected,
            total.found + one.found,
            total.hits + one.hits,
            total.values_right + one.values_right,
            total.classes_right + one.classes_right,
            total.others + one.others,
            total.faults + one.faults,
        )
    return total


def score_report(report: Annotated) -> Score:
    """A mention meets an annotation where they overlap; what meets a “?” is not counted."""
    terms = load_terms()
    mentions = check_reading(Reading(tuple(report.blocks)), terms).mentions
    faults: list[str] = []
    hits = right = classes = others = found = 0
    for mention in mentions:
        met = [e for e in report.expected if _overlap(mention, e)]
        if mention.cls == "claim" and not any(e.cls == "?" for e in met):
            found += 1
            if not any(e.cls == "claim" for e in met):
                faults.append(f"{report.title} {mention.line}: not a claim: {_near(report, mention)} {mention.reason}")
    for one in report.expected:
        met_by = [m for m in mentions if _overlap(m, one)]
        claim = next((m for m in met_by if m.cls == "claim"), None)
        if one.cls == "claim":
            if claim is None:
                faults.append(
                    f"{report.title} {one.line}: missed {one.raw}{one.counted_in} {[(m.cls, m.reason) for m in met_by]}"
                )
                continue
            hits += 1
            if (claim.low, claim.high, claim.counted_in) == (one.low, one.high, one.counted_in):
                right += 1
            else:
                faults.append(
                    f"{report.title} {one.line}: {one.raw}{one.counted_in} read as {claim.low} {claim.counted_in}"
                )
        elif one.cls != "?":
            others += 1
            if _is_class(met_by, one.cls):
                classes += 1
            else:
                faults.append(
                    f"{report.title} {one.line}: {one.raw} is {one.cls}: {[(m.raw, m.cls, m.reason) for m in met_by]}"
                )
    expected = sum(one.cls == "claim" for one in report.expected)
    return Score(expected, found, hits, right, classes, others, faults)


def _is_class(met_by: list[Mention], cls: str) -> bool:
    """“no” is any class but claim, or no mention at all."""
    return all(m.cls != "claim" for m in met_by) if cls == "no" else any(m.cls == cls for m in met_by)


def _overlap(mention: Mention, one: Expected) -> bool:
    return mention.line == one.line and mention.start < one.end and one.start < mention.end


def _near(report: Annotated, mention: Mention) -> str:
    text = report.blocks[mention.block].text
    return text[max(0, mention.start - 10) : mention.measure_end + 8]
