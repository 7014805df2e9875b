"""A workbook into the ledger: all of it or nothing, every fault at once.

1. `container` decides whether the file may be opened, `workbook` reads its sheets, `drafts` types their cells: no
   database, no lock. 2. Evidence files are copied beside the store. 3. In one transaction, with the organisation's log
   locked so that a second import waits: the organisation's sheets are written, rows are recognised, linked and
   validated; any fault ends it there. 4. Entries, revisions and leaves are written, evidence is moved into place, and
   all of it commits.

What was looked at first, in a dry run, is imported with that report's `ledger`: Stale where the ledger has moved on.
"""

import errno
import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from django.db import IntegrityError, OperationalError, transaction

from lianze.domain.errors import Refused, Stale
from lianze.exchange.attachments import Attachments
from lianze.exchange.columns import plans_of
from lianze.exchange.drafts import DraftSheet, drafts_of
from lianze.exchange.entries import EntryImport, Outcome
from lianze.exchange.faults import CellProblem, cell_problem
from lianze.exchange.organisation import OrganisationImport
from lianze.exchange.outcome import FaultyWorkbook, ImportReport, SheetReport
from lianze.exchange.outsiders import Outsiders
from lianze.exchange.steps import faults_of_row, unconfirmed
from lianze.exchange.workbook import Workbook, read_workbook
from lianze.ledger.actions import Desk
from lianze.ledger.evidence import in_place, sweep, write_evidence
from lianze.ledger.oddities import doubled_names
from lianze.ledger.organising import new_questions
from lianze.ledger.upsert import Pen
from lianze.ledger.write_many import write_all_new, write_amendments
from lianze.ledger.write_org import lock_organisation
from lianze.rules import Subject, refusal

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Tells nobody how far the import is."""
    del done, total


def import_workbook(
    desk: Desk,
    path: Path,
    *,
    evidence_folder: Path | None = None,
    progress: Progress = silent,
    dry_run: bool = False,
    ledger: str = "",
    is_sure: bool = True,
) -> ImportReport:
    """Imports an .xlsx. FaultyWorkbook holds every fault; Refused is a file that can't be read or an import that may not
    be, also one with doubts for whoever is not sure.

    `progress` is told steps done and steps in all, two a row. A dry run does everything and takes it back.
    """
    desk.require("import", Subject(desk.organisation.path))
    workbook = read_workbook(path, plans_of(desk.pack, importable(desk)))
    problems: list[CellProblem] = []
    sheets = [drafts_of(sheet, problems) for sheet in workbook.sheets]
    problems.extend(not_open(desk, sheets))
    files = Attachments(path, evidence_folder, problems)
    with room_told():
        try:
            sweep(desk.now)
            for sheet in sheets:
                files.find(sheet)
            if not problems:
                files.stage(sheets)
            importing = Import(desk, workbook, sheets, files, problems, f"导入 {path.name}", progress)
            return importing.run(dry_run, ledger, is_sure)
        finally:
            files.discard()


def importable(desk: Desk) -> list[str]:
    """The registers that the actor may import into. A sheet of any other is as though the pack had none of that name."""
    subjects = [Subject(desk.organisation.path, register) for register in desk.pack.registers]
    return [s.register for s in subjects if refusal("import", desk.actor, s, desk.pack) is None]


def not_open(desk: Desk, sheets: list[DraftSheet]) -> Iterator[CellProblem]:
    """The filled sheets about the organisation, for who may not organise it; empty ones are passed over."""
    reason = refusal("organise", desk.actor, Subject(desk.organisation.path), desk.pack)
    for sheet in sheets:
        if reason is not None and sheet.plan.register is None and sheet.drafts:
            yield cell_problem(sheet.name, -1, None, "", "permission", reason)


class Import:
    """One import, from typed rows on."""

    def __init__(
        self,
        desk: Desk,
        workbook: Workbook,
        sheets: list[DraftSheet],
        files: Attachments,
        problems: list[CellProblem],
        why: str,
        progress: Progress,
    ) -> None:
        self.desk = desk
        self.notes = workbook.notes
        self.sheets = sheets
        self.files = files
        self.problems = problems
        self.why = why[:500]
        self.progress = progress
        self.done, self.total = 0, 2 * sum(len(sheet.drafts) for sheet in sheets)
        self.doubts: list[str] = []

    def step(self, rows: int) -> None:
        """So many rows further."""
        self.done += rows
        self.progress(self.done, self.total)

    def run(self, dry_run: bool, ledger: str, is_sure: bool) -> ImportReport:
        """Everything that needs the database, in one transaction."""
        with ExitStack() as placed, transaction.atomic():
            self.progress(0, self.total)
            found = hashlib.sha256(lock_organisation(self.desk.organisation.id)).hexdigest()
            if ledger not in ("", found):
                raise Stale("检查以后台账有了变动，请再核对 / the ledger has changed since the check: look again")
            report = replace(self.write_all(), dry_run=dry_run, ledger=found)
            if report.doubts and not (dry_run or is_sure):
                raise Refused("请先核对需要留意的各处，再确认 / look at what is asked about, then confirm")
            if dry_run:
                transaction.set_rollback(True)
            else:
                placed.enter_context(in_place(self.files.staged.values()))
        return report

    def write_all(self) -> ImportReport:
        """Everything but the commit; FaultyWorkbook with every fault."""
        about, entries = self.organisation()
        outcomes = self.outcomes(entries)
        made = [outcome.report() for outcome in outcomes]
        if self.problems:
            raise FaultyWorkbook(sorted(self.problems, key=self.place), (*about, *made), self.notes, self.doubts)
        write_evidence(self.desk.organisation.id, self.files.staged.values(), self.desk.now)
        self.write(outcomes)
        for outcome in outcomes:
            if outcome.withdrawn:
                self.notes.append(
                    f"“{outcome.title}”有{outcome.withdrawn}行在台账中已撤回，未恢复 / withdrawn entries were left so"
                )
        return ImportReport((*about, *made), len(self.files.staged), tuple(self.notes), tuple(self.doubts))

    def organisation(self) -> tuple[list[SheetReport], EntryImport]:
        """Writes the organisation's sheets, so that entries can be held against them."""
        pen = Pen(self.desk.organisation.id, self.desk.author, self.why, self.desk.now)
        importing = OrganisationImport(pen, self.desk.pack, self.problems)
        before, reports = importing.directory, list[SheetReport]()
        for sheet in self.sheets:
            if sheet.plan.register is None:
                reports.append(importing.write(sheet))
                self.step(2 * len(sheet.drafts))
        after = importing.directory
        if any(report.added or report.changed for report in reports):
            self.doubts += [*doubled_names(before, after), *new_questions(before, after, self.desk)]
        entries = EntryImport(self.desk, after, importing.excused, self.problems)
        return reports, entries

    def outcomes(self, entries: EntryImport) -> list[Outcome]:
        """What every register's sheet asks of the ledger, once all rows of all sheets are recognised."""
        registers = [(sheet, sheet.plan.register) for sheet in self.sheets if sheet.plan.register is not None]
        recognised = [(sheet, register, entries.recognise(sheet, register)) for sheet, register in registers]
        found, outsiders = [], Outsiders(entries.directory)
        for sheet, register, rows in recognised:
            outcome, texts = Outcome(sheet.name, [], []), entries.texts(register)
            for row, before, after, version in entries.compare(rows, register, self.files, self.step):
                if not row.draft.faulty:
                    faults = faults_of_row(self.desk, register, row.id, before, after, version)
                    self.problems.extend(row.sheet.problem(row.draft, rule, sentence) for rule, sentence in faults)
                outsiders.note(sheet.name, row.draft.row, register, before, after)
                if not row.draft.faulty:
                    outcome.take(row, before, after, version, texts)
            self.doubts += unconfirmed(register, (state for _, state in outcome.new))
            found.append(outcome)
        self.doubts += outsiders.doubts()
        return found

    def write(self, outcomes: list[Outcome]) -> None:
        """New entries of all sheets first, since they may link to one another; then the changed ones."""
        organisation_id, author, now = self.desk.organisation.id, self.desk.author, self.desk.now
        new = [state for outcome in outcomes for state in outcome.new]
        amended = [amendment for outcome in outcomes for amendment in outcome.amended]
        write_all_new(organisation_id, new, author, self.why, now, self.step)
        write_amendments(organisation_id, amended, author, self.why, now, self.step)
        self.step(sum(outcome.unchanged + outcome.withdrawn for outcome in outcomes))

    def place(self, problem: CellProblem) -> tuple[int, int, int, str]:
        """Faults in the order of the workbook."""
        order = [sheet.name for sheet in self.sheets]
        return order.index(problem.sheet), problem.row, len(problem.column), problem.column


@contextmanager
def room_told() -> Iterator[None]:
    """Turns a full disk, and a database that somebody else keeps locked, into a reason in words."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise Refused("磁盘已满，佐证文件放不下；未导入任何数据 / disk full, nothing was imported") from error
        raise Refused(f"佐证文件无法读写：{error}；未导入任何数据 / cannot read or write evidence") from error
    except IntegrityError as error:
        raise Refused(f"与已有记录冲突；未导入任何数据：{error} / in conflict with what is there") from error
    except OperationalError as error:
        text = str(error).lower()
        if "locked" in text or "lock timeout" in text:
            raise Refused("另一个导入正在进行，请稍后再试；未导入任何数据 / another import is running") from error
        if "full" in text or "disk" in text or "no space" in text:
            raise Refused(f"磁盘已满或不可写；未导入任何数据：{error} / disk full, nothing was imported") from error
        raise
