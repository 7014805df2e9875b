"""Reports whose numbers are annotated with the figure they speak of, held against the sample year's figures.

The sample's values are kept in sample_facts.tsv (exported once); synonyms, sections and contexts come from the pack of today.
"""

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from lianze.claims.check import check_reading
from lianze.claims.shapes import Block, Checked, FigureFact, Mention, Reading, Verdict
from lianze.claims.terms import load_terms
from lianze.pack.load import load_builtin
from tests.claims.annotated import Annotated, Expected

REPORTS = Path(__file__).parent / "binding_reports.txt"
FRESH_REPORT = Path(__file__).parent / "binding_fresh.txt"
FACTS = Path(__file__).parent / "sample_facts.tsv"


class BindingScore(NamedTuple):
    """`auto` bindings made, `right` ones of them; `coverable` numbers a figure covers, `bound` of them automatically."""

    auto: int
    right: int
    coverable: int
    bound: int
    faults: list[str]
    unbound: list[str]

    @property
    def precision(self) -> float:
        """Share of automatic bindings that are right."""
        return self.right / max(1, self.auto)


def load_facts() -> list[FigureFact]:
    """The sample year's figures with the pack's words."""
    figures = load_builtin("cn-integrity").figures
    facts = []
    for row in FACTS.read_text(encoding="utf-8").splitlines()[1:]:
        code, scope, name, value, counted_in, hits, covered, share, parts = row.split("\t")
        figure = figures[code]
        facts.append(
            FigureFact(
                code, figure.title, counted_in, Decimal(value) if value else None, figure.synonyms or (figure.title,),
                figure.section, figure.actor, figure.context, figure.forbid, scope, figure.register, int(hits),
                covered == "1", (), _parts(parts), share == "1", name,
            )
        )  # fmt: skip
    return facts


def _parts(text: str) -> tuple[tuple[str, Decimal], ...]:
    pairs = (part.split(":") for part in text.split())
    return tuple((name, Decimal(value)) for name, value in pairs)


def load_reports(path: Path = REPORTS) -> list[Annotated]:
    """The reports annotated with nothing but figures; `Expected.figures` is "-" where no figure covers a number."""
    reports: list[Annotated] = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.startswith("= "):
            reports.append(Annotated(row[2:], [], []))
        elif row and not row.startswith("#"):
            line = len(reports[-1].blocks) + 1
            text = ""
            for piece in row.split("{"):
                marked, closed, rest = piece.rpartition("}")
                raw, _, figures = marked.partition("|")
                if closed:
                    start = len(text)
                    reports[-1].expected.append(
                        Expected(line, start, start + len(raw), raw, "?", "", None, None, figures)
                    )
                text += raw + rest
            reports[-1].blocks.append(Block(line, text))
    return reports


def check(report: Annotated, facts: list[FigureFact]) -> Checked:
    """The report against the facts."""
    return check_reading(Reading(tuple(report.blocks)), load_terms(), facts)


def score_bindings(report: Annotated, facts: list[FigureFact]) -> BindingScore:
    """An unmarked number may not be bound automatically at all, except a frequency or one marked as nothing."""
    checked = check(report, facts)
    names = {(fact.figure, fact.scope): fact.scope_name for fact in facts}
    auto = right = bound = 0
    faults, unbound, met = [], [], set()
    for mention, verdict in zip(checked.mentions, checked.verdicts, strict=True):
        if verdict is None or verdict.binding.state != "auto":
            continue
        one = next((e for e in report.expected if e.line == mention.line and e.start <= mention.start < e.end), None)
        scope = names[verdict.binding.figure, verdict.binding.scope]
        figure = f"{verdict.binding.figure}@{scope}" if scope else verdict.binding.figure
        auto += 1
        if one and figure in one.figures.split("|"):
            right, bound = right + 1, bound + 1
            met.add((one.line, one.start))
        else:
            faults.append(_told(report, mention, verdict, figure, one))
    for one in report.expected:
        if one.figures not in ("", "-") and (one.line, one.start) not in met:
            state = next((v and (v.binding.state, v.binding.figure, v.binding.score, m.noun) for m, v in
                          zip(checked.mentions, checked.verdicts, strict=True) if m.line == one.line and m.start == one.start), None)  # fmt: skip
            text = report.blocks[one.line - 1].text
            unbound.append(f"{text[max(0, one.start - 14) : one.end + 4]} {one.figures}: {state}")
    return BindingScore(auto, right, sum(e.figures not in ("", "-") for e in report.expected), bound, faults, unbound)


def _told(report: Annotated, mention: Mention, verdict: Verdict, figure: str, one: Expected | None) -> str:
    text = report.blocks[mention.line - 1].text[max(0, mention.start - 20) : mention.measure_end + 6]
    return f"{report.title} {mention.line}: {text} → {figure} ({verdict.binding.score}), not {one.figures if one else 'any'}"
