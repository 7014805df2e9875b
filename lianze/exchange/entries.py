"""Rows of the registers' sheets become entries: recognised, linked, validated and compared with the ledger."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from uuid import UUID

from lianze.exchange.attachments import Attachments
from lianze.exchange.differences import MOST_CHANGES, EntryTexts, RowChange
from lianze.exchange.drafts import Draft, DraftSheet
from lianze.exchange.faults import CellProblem
from lianze.exchange.identity import Identities, read_identities
from lianze.exchange.outcome import SheetReport
from lianze.exchange.people import LISTED
from lianze.exchange.resolving import Resolver
from lianze.exchange.states import StateMaker
from lianze.ledger.actions import Desk
from lianze.ledger.models import Entry
from lianze.ledger.rows import read_states
from lianze.ledger.states import EntryState
from lianze.ledger.validate import Validator, parts_with_capacities
from lianze.ledger.write_many import Amendment
from lianze.org.directory import Directory
from lianze.pack.definitions import Register
from lianze.pack.group_words import group_pattern
from lianze.pack.shown import Fault
from lianze.rules.transitions import first_state

CHUNK = 500


@dataclass
class Row:
    """One row on its way: `own` is what it says, `id` the entry it means."""

    sheet: DraftSheet
    maker: StateMaker
    draft: Draft
    own: EntryState
    id: UUID


@dataclass
class Outcome:
    """What one sheet asks of the ledger."""

    title: str
    new: list[tuple[UUID, EntryState]]
    amended: list[Amendment]
    unchanged: int = 0
    withdrawn: int = 0

    changes: list[RowChange] = field(default_factory=list)

    def take(self, row: Row, before: EntryState | None, after: EntryState, version: int, texts: EntryTexts) -> None:
        """One row without faults; `before` is None for a new entry."""
        if before is None:
            self.new.append((row.id, after))
        elif before.withdrawn:
            self.withdrawn += 1
        elif before == after:
            self.unchanged += 1
        else:
            self.amended.append(Amendment(row.id, before, after, version))
            if len(self.changes) < MOST_CHANGES:
                self.changes.append(RowChange(row.draft.row + 1, before.title, texts.changes(before, after)))

    def report(self) -> SheetReport:
        """The sheet in numbers, and what changes."""
        counts = (len(self.new), len(self.amended), self.unchanged, self.withdrawn)
        return SheetReport(self.title, *counts, changes=tuple(self.changes))


class EntryImport:
    """The rows of every register's sheet. Call `recognise` for all sheets before `compare`: links may lead anywhere."""

    def __init__(self, desk: Desk, directory: Directory, excused: set[str], problems: list[CellProblem]) -> None:
        self.desk = desk
        self.organisation_id = desk.organisation.id
        self.pack = desk.pack
        self.directory = directory
        self.resolver = Resolver(directory, excused, group_pattern(desk.pack))
        self.problems = problems
        self.identities: dict[str, Identities] = {}
        self.registers_of: dict[UUID, str] = {}

    def identities_of(self, register: str) -> Identities:
        """The entries of a register, read once."""
        if register not in self.identities:
            found = self.identities[register] = read_identities(self.organisation_id, self.pack.registers[register])
            self.registers_of.update(dict.fromkeys(found.versions, register))
        return self.identities[register]

    def texts(self, register: Register) -> EntryTexts:
        """The entries of a register in words, once all rows are recognised."""

        def numbers(linked: str) -> dict[UUID, str]:
            return {known.id: number for number, known in self.identities_of(linked).by_number.items()}

        return EntryTexts(register, self.pack, self.directory, cache(numbers))

    def recognise(self, sheet: DraftSheet, register: Register) -> list[Row]:
        """Every row with the entry it means, in the order of the sheet; rows that mean none are at fault."""
        maker = StateMaker(sheet, register, self.resolver, self.problems)
        identities = self.identities_of(register.id)
        states = [(draft, maker.state(draft)) for draft in sheet.drafts]
        rows: list[Row] = []
        for draft, own in sorted(states, key=lambda known: not known[1].number):
            found = identities.claim(own, f"“{sheet.name}”第{draft.row + 1}行")
            if isinstance(found, Fault):
                self.problems.append(sheet.problem(draft, "number", found.sentence))
            else:
                self.registers_of[found] = register.id
                rows.append(Row(sheet, maker, draft, own, found))
        return sorted(rows, key=lambda row: row.draft.row)

    def compare(
        self, rows: list[Row], register: Register, files: Attachments, step: Callable[[int], None]
    ) -> Iterator[tuple[Row, EntryState | None, EntryState, int]]:
        """Each row with what the ledger has of it (None: nothing), what it asks for, and the ledger's version.

        Faults are noted on the way; `step` is told how many rows each piece had.
        """
        versions = self.identities_of(register.id).versions
        validator = Validator(register, self.pack, self.directory, self.desk.actor.day)
        for chunk in pieces(rows):
            known = self.read_known([row.id for row in chunk if row.id in versions])
            for row in chunk:
                before = known.get(row.id)
                after = self.asked(row, before, register, files)
                self.validate(row, after, validator)
                yield row, before, after, versions.get(row.id, 0)
            step(len(chunk))

    def read_known(self, ids: list[UUID]) -> dict[UUID, EntryState]:
        """The states of entries that the ledger has. Where their links lead is known from then on, since those that the
        sheet has no column for stay."""
        if not ids:
            return {}
        own = Entry.objects.filter(organisation_id=self.organisation_id)
        states = read_states(self.organisation_id, list(own.filter(id__in=ids)))
        targets = [target for state in states.values() for _, target in state.links if target not in self.registers_of]
        for start in range(0, len(targets), CHUNK):
            self.registers_of.update(own.filter(id__in=targets[start : start + CHUNK]).values_list("id", "register"))
        return states

    def asked(self, row: Row, before: EntryState | None, register: Register, files: Attachments) -> EntryState:
        """The whole state that a row asks for."""
        links, handed = set(self.links(row, register)), dict(files.of(row.sheet, row.draft))
        if before is None:
            state = row.own
        else:
            given = {link.relation for link in register.link if f">{link.relation}" in row.sheet.positions}
            links.update((relation, target) for relation, target in before.links if relation not in given)
            handed = dict(before.attachments) | handed
            state = row.maker.over(before, row.own)
        return replace(
            state,
            state=state.state or first_state(register),
            parts=parts_with_capacities(state.parts, state.happened_on, self.resolver.capacity_on),
            links=tuple(sorted(links, key=lambda found: (found[0], str(found[1])))),
            attachments=tuple(sorted(handed.items())),
        )

    def links(self, row: Row, register: Register) -> Iterator[tuple[str, UUID]]:
        """The entries that a row's link columns name by number."""
        for link in register.link:
            text = row.draft.values.get(key := f">{link.relation}")
            if not isinstance(text, str):
                continue
            numbers = self.identities_of(link.to).by_number
            for number in dict.fromkeys(piece.strip() for piece in LISTED.split(text)):
                target = numbers.get(number)
                if target is not None:
                    yield link.relation, target.id
                elif number:
                    title = self.pack.registers[link.to].title
                    sentence = f"“{title}”中没有编号为“{number}”的记录 / no entry of that number there"
                    self.problems.append(row.sheet.problem(row.draft, key, sentence))

    def validate(self, row: Row, state: EntryState, validator: Validator) -> None:
        """Notes what is wrong with an entry, but nothing twice about one cell or a column that is missing whole."""
        draft, sheet = row.draft, row.sheet
        for problem in validator.problems(state, self.registers_of):
            if problem.rule not in draft.faulty and problem.rule not in sheet.missing:
                self.problems.append(sheet.problem(draft, problem.rule, problem.sentence))


def pieces(rows: list[Row]) -> Iterable[list[Row]]:
    """Rows in pieces of a size that a query can name."""
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
