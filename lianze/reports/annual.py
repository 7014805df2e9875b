"""The annual report of an organisation: figures read, text composed, pages set."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from lianze.domain.periods import Period, year_until
from lianze.figures.compute import compute_figures
from lianze.figures.opening import is_open
from lianze.figures.output import JsonCell, figures_as_json
from lianze.figures.results import FigureResult
from lianze.figures.select import matching_entries
from lianze.ledger.actions import Desk
from lianze.ledger.read import visible_entries
from lianze.org.directory import Directory, read_directory
from lianze.pack.definitions import Outline, Sentence
from lianze.reports.annex import TITLE as ANNEX_TITLE
from lianze.reports.annex import timeliness_annex
from lianze.reports.compose import Composition, compose, texts_of
from lianze.reports.facts import Facts, Item, LeftOut
from lianze.reports.running import running_outline
from lianze.reports.sentences import fill
from lianze.reports.typeset import model
from lianze.reports.typeset.docx import render_docx
from lianze.rules import Subject

Json = JsonCell | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True)
class AnnualReport:
    """A report as DOCX bytes, the figures printed in it, the sentences and parts left out, and recorded figures printed nowhere.

    `period` is what it tells: of a year that is not over, up to the day asked for.
    """

    period: Period
    docx: bytes
    blocks: tuple[model.Block, ...]
    printed: tuple[FigureResult, ...]
    left_out: tuple[LeftOut, ...]
    unprinted: tuple[FigureResult, ...]

    def as_json(self, written: Sequence[Path]) -> dict[str, Json]:
        """`{"files", "until", "figures", "left_out", "unprinted"}`; the last two are what the report does not say."""
        figures: list[Json] = [dict(figure) for figure in figures_as_json(self.printed, self.period)]
        left: list[Json] = [
            {
                "section": one.section,
                "text": one.text,
                "reason": one.reason,
                "figures": list(one.figures),
                "is_part": one.is_part,
            }
            for one in self.left_out
        ]
        unprinted: list[Json] = [dict(figure) for figure in figures_as_json(self.unprinted, self.period)]
        files: list[Json] = [str(path) for path in written]
        until = self.period.last_day.isoformat()
        return {"files": files, "until": until, "figures": figures, "left_out": left, "unprinted": unprinted}


def make_report(
    desk: Desk,
    outline: Outline,
    year: int,
    signed_on: date,
    checkpoint: model.CheckpointMark | None = None,
    until: date | None = None,
) -> AnnualReport:
    """The report of a year up to `until`, without it up to the desk's day. Refused unless the desk's actor may write reports."""
    desk.require("report", Subject(desk.organisation.path))
    period = year_until(year, until or desk.actor.day)
    composition = compose_report(desk, outline, period, signed_on)
    document = model.Document(
        blocks=composition.blocks,
        subject=f"{desk.pack.id} {desk.pack.version}",
        author=desk.organisation.name,
        checkpoint=checkpoint,
    )
    docx = render_docx(document, desk.now)
    printed, unprinted = tuple(composition.printed.values()), tuple(composition.unprinted.values())
    return AnnualReport(period, docx, document.blocks, printed, tuple(composition.left_out), unprinted)


def title_of(desk: Desk, outline: Outline, period: Period, signed_on: date) -> str:
    """What the report's file is called: its title with the organisation's short name."""
    outline = running_outline(outline) if period.is_cut else outline
    office = desk.organisation
    short = office.short_name or office.name
    return fill(outline.title, texts_of(short, short, office.superior_name, period, signed_on))


def compose_report(
    desk: Desk,
    outline: Outline,
    period: Period,
    signed_on: date,
    directory: Directory | None = None,
    known: Sequence[FigureResult] | None = None,
) -> Composition:
    """The report's text, from one reading of all figures; what rests on a register that the desk's actor may not know of is
    left out with the reason `hidden`: making a report gives nobody sight of it. `known`: all results of the period, where
    they were read already."""
    organisation = desk.organisation
    outline = running_outline(outline) if period.is_cut else outline
    directory = directory or read_directory(organisation.id, desk.pack)
    results = compute_figures(organisation.id, desk.pack, period, directory) if known is None else known
    hidden = {result.figure for result in results if not is_open(desk, desk.pack.figures[result.figure], result)}
    facts = Facts(
        texts=texts_of(organisation.name, organisation.short_name, organisation.superior_name, period, signed_on),
        results={(result.figure, result.scope): result for result in results if result.figure not in hidden},
        items=lambda sentence: read_items(desk, sentence, directory, period),
    )
    annexes = timeliness_annex(desk, period, directory) if outline.timeliness_annex else ()
    note = model.AttachmentNote((ANNEX_TITLE,)) if annexes else None
    composition = compose(outline, facts, model.Signature(organisation.name, signed_on), note, annexes)
    composition.unprinted = {
        key: result
        for key, result in composition.unprinted.items()
        if desk.pack.figures[result.figure].source == "register"  # checklists and people are no records that get lost
    }
    composition.left_out = [
        replace(left, reason="hidden") if hidden.intersection(left.figures) else left for left in composition.left_out
    ]
    return composition


def read_items(desk: Desk, sentence: Sentence, directory: Directory, period: Period) -> list[Item]:
    """What a sentence repeats over: the units of the kinds it names, or the entries that meet its conditions."""
    if sentence.each == "unit":
        kinds = [value for condition in sentence.where if condition.field == "kind" for value in condition.values]
        units = directory.units_on(period.last_day, kinds)
        return [Item(f"unit:{unit.code}", {"unit": unit.name}) for unit in units]
    found = matching_entries(
        sentence.each, sentence.where, sentence.period, desk.organisation.id, desk.pack, period, directory
    )
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(id__in=found)
    by_id = {row.id: row for row in rows}
    entries = [by_id[entry_id] for entry_id in found if entry_id in by_id]
    return [
        Item("organisation", {"title": entry.title, **{key: str(value) for key, value in entry.data.items()}})
        for entry in entries
    ]
