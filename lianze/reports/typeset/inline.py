"""Runs inside paragraphs: prose, and figures as content controls numbered through the document."""

from __future__ import annotations

from dataclasses import dataclass, field

from lianze.reports.typeset.model import FigureRun, Inlines
from lianze.reports.typeset.tags import render_figure
from lianze.reports.typeset.wordxml import text_run


@dataclass(slots=True)
class Inliner:
    """Renders runs, and remembers the figures of one document in the order they were met."""

    figures: list[FigureRun] = field(default_factory=list)

    def render(self, runs: Inlines, properties: str = "") -> str:
        """The runs in reading order, all with the same run properties."""
        return "".join(
            self.render_figure(run, properties) if isinstance(run, FigureRun) else text_run(run.text, properties)
            for run in runs
        )

    def render_figure(self, run: FigureRun, properties: str) -> str:
        """One figure; control ids count from 1."""
        self.figures.append(run)
        return render_figure(run, len(self.figures), properties)
