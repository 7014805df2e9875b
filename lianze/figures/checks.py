"""The pack's checks: relations between figures, with the arithmetic written out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lianze.figures.results import ORGANISATION, FigureResult
from lianze.ledger.exact import plain
from lianze.pack.definitions import Check, Pack
from lianze.pack.faults.formulas import Formula, parse_formula

# How a relation is read, in Chinese and English.
RELATIONS = {"=": ("=", "="), ">=": ("不少于", "is at least"), "<=": ("不多于", "is at most")}
Verdict = Literal["holds", "broken", "no_record"]


@dataclass(frozen=True)
class CheckResult:
    """Whether a check holds in one scope. `arithmetic` names each figure with its value, and the sum where it differs;
    `arithmetic_en` says the same in English.

    A figure without a record counts as zero beside others that have one, and is named as such; with no record at all,
    or of a share, there is nothing to check.
    """

    check: str
    scope: str
    verdict: Verdict
    title: str
    title_en: str
    arithmetic: str
    arithmetic_en: str
    figures: tuple[str, ...]


Known = Mapping[tuple[str, str], FigureResult]


def compute_checks(pack: Pack, results: Sequence[FigureResult]) -> list[CheckResult]:
    """Every check of the pack, a check by unit once a unit, over the figures already computed."""
    known = {(result.figure, result.scope): result for result in results}
    scopes: dict[str, list[str]] = {}
    for figure, scope in known:
        scopes.setdefault(figure, []).append(scope)
    formulas = ((check, parse_formula(check.formula)) for check in pack.checks.values())
    return [
        found
        for check, formula in formulas
        if formula is not None
        for found in check_scopes(check, formula, known, scopes)
    ]


def check_scopes(
    check: Check, formula: Formula, known: Known, scopes: Mapping[str, list[str]]
) -> Iterator[CheckResult]:
    """One check in each of its scopes, which are those of its figures."""
    for scope in dict.fromkeys(scope for name in formula.figures for scope in scopes.get(name, ())):
        if (scope != ORGANISATION) == (check.by == "unit"):
            terms = [known.get((name, scope)) for name in formula.figures]
            yield check_terms(check, scope, formula, [term for term in terms if term is not None])


def check_terms(check: Check, scope: str, formula: Formula, terms: list[FigureResult]) -> CheckResult:
    """One check in one scope, `terms` being the figures of the formula in its order."""
    complete = len(terms) == len(formula.figures)
    recorded = complete and any(term.value is not None for term in terms)
    if not recorded or any(term.is_share and term.value is None for term in terms):
        verdict: Verdict = "no_record"
    else:
        verdict = "holds" if holds(formula, terms) else "broken"
    chinese, english = (arithmetic(formula, terms, words) if complete else "" for words in (False, True))
    return CheckResult(check.id, scope, verdict, check.title, check.title_en, chinese, english, formula.figures)


def value_of(term: FigureResult) -> Decimal:
    """What a figure adds."""
    return Decimal(0) if term.value is None else term.value


def total_of(formula: Formula, terms: list[FigureResult]) -> Decimal:
    """The right side."""
    signed = zip(formula.right, terms[1:], strict=True)
    return sum((sign * value_of(term) for (sign, _), term in signed), Decimal(0))


def holds(formula: Formula, terms: list[FigureResult]) -> bool:
    """Whether the left side stands to the right side as the formula says."""
    left, right = value_of(terms[0]), total_of(formula, terms)
    return {"=": left == right, ">=": left >= right, "<=": left <= right}[formula.relation]


def arithmetic(formula: Formula, terms: list[FigureResult], english: bool) -> str:
    """The formula in words and numbers: `集中学习 22次 = 中心组学习 7次 + 其他学习 14次（合计 21）`."""
    words = f"{shown(terms[0], english)} {RELATIONS[formula.relation][english]} "
    for i, ((sign, _), term) in enumerate(zip(formula.right, terms[1:], strict=True)):
        words += (" - " if sign < 0 else " + " if i else "") + shown(term, english)
    if len(terms) > 2 and not holds(formula, terms):
        total = plain(total_of(formula, terms))
        words += f" (together {total})" if english else f"（合计 {total}）"
    return words


def shown(term: FigureResult, english: bool) -> str:
    """A figure with its value."""
    title = (term.title_en or term.title) if english else term.title
    if term.value is None:
        return f"{title} (no record, counts as 0)" if english else f"{title} 无记录（按0计）"
    return f"{title} {plain(term.value)}" + (f" {term.counted_in}" if english else term.counted_in)
