"""The annual outline: the source's structure, every claim it makes as a figure, no number by hand."""

import csv
import re
from pathlib import Path

from lianze.pack import load_builtin
from lianze.pack.definitions import Sentence
from lianze.pack.sentence_parts import stretches_of, tokens_of

MAPPING = Path(__file__).parents[1] / "data" / "source-figures.tsv"
OUTLINE = load_builtin().outlines["annual"]
SENTENCES = [s for section in OUTLINE.section for paragraph in section.paragraph for s in paragraph.sentence]


def figures_of(sentence: Sentence) -> set[str]:
    """Figures a sentence prints or rests on."""
    tokens = {token.partition("@")[0] for token in re.findall(r"\{([^{}]+)\}", sentence.text)}
    return tokens | set(sentence.when) | {sentence.when_none}


def test_it_has_three_parts_and_part_one_has_five_sections() -> None:
    assert [section.level for section in OUTLINE.section] == [0, 1, 2, 2, 2, 2, 2, 1, 1]
    leads = [sum(1 for p in section.paragraph if p.lead) for section in OUTLINE.section if section.level == 2]
    assert leads == [4, 4, 0, 3, 2]


def test_every_claim_of_the_source_report_has_its_figure_in_some_sentence() -> None:
    with MAPPING.open(encoding="utf-8") as file:
        claimed = {row["figure"] for row in csv.DictReader(file, delimiter="\t") if row["figure"]}
    printed = set().union(*map(figures_of, SENTENCES))
    assert claimed - printed == set()


def test_no_digit_stands_in_the_prose() -> None:
    prose = "".join(re.sub(r"\{[^{}]*\}", "", sentence.text) for sentence in SENTENCES)
    assert [char for char in prose if char.isdigit()] == []


def test_problems_come_from_open_findings_and_next_steps_from_duties() -> None:
    repeated = {sentence.each: sentence for sentence in SENTENCES if sentence.each not in ("", "unit")}
    problem, step = repeated["finding"], repeated["duty"]
    assert [c.values for c in problem.where] == [("main",), ("open", "rectifying", "extended")]
    assert [c.values for c in step.where] == [("next_step",)]


def test_what_was_not_found_is_only_said_of_what_somebody_looked_for() -> None:
    figures = load_builtin().figures
    zeros = {sentence.when_none for sentence in SENTENCES if sentence.when_none}
    assert {"office.findings", "allowance.findings", "passive.findings"} <= zeros
    assert all(figures[figure].looked for figure in zeros)


def test_no_sentence_makes_one_figure_wait_for_another_that_is_independent() -> None:
    """Figures outside brackets must all have records: more than one only where the second is part of what the first counts."""
    together = {
        "holiday.kinds", "holiday.meetings", "formalism.aspects", "formalism.items", "formalism.findings",
        "passive.situations", "passive.checks",
    }  # fmt: skip
    for sentence in SENTENCES:
        fixed = set(tokens_of("".join(s for s in stretches_of(sentence.text) if isinstance(s, str))))
        figures = {token for token in fixed if "." in token}
        assert len(figures) <= 1 or figures <= together, sentence.text
