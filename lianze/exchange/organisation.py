"""The sheets about the organisation, written first, since every entry names units and people."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from lianze.domain.errors import Refused
from lianze.exchange.drafts import Draft, DraftSheet
from lianze.exchange.faults import CellProblem, cell_problem
from lianze.exchange.organisation_changes import State, changes_of
from lianze.exchange.outcome import SheetReport
from lianze.exchange.people import unpadded
from lianze.exchange.person_codes import PersonCodes
from lianze.exchange.resolving import several
from lianze.ledger.org_states import AppointmentState, PersonState, PortfolioState, UnitState
from lianze.ledger.upsert import Pen, Tally
from lianze.ledger.write_org import write_appointments, write_people, write_portfolios, write_units
from lianze.org.directory import read_directory
from lianze.pack.definitions import Pack
from lianze.pack.shown import Fault


class OrganisationImport:
    """Writes the organisation's sheets in their order; faults are gathered, and what they touch isn't written."""

    def __init__(self, pen: Pen, pack: Pack, problems: list[CellProblem]) -> None:
        self.pen = pen
        self.pack = pack
        self.problems = problems
        self.directory = read_directory(pen.organisation_id, pack)
        # Names in faulty rows: who stands there is known to the office, and isn't told again as unknown.
        self.excused: set[str] = set()
        # The rows of the sheet that is being written, with what they ask for.
        self.asked: list[tuple[Draft, State]] = []

    def write(self, sheet: DraftSheet) -> SheetReport:
        """One sheet."""
        writers: dict[str, Callable[[DraftSheet], Tally]] = {
            "unit": self.units,
            "person": self.people,
            "appointment": self.appointments,
            "portfolio": self.portfolios,
        }
        for draft in sheet.drafts:
            self.require_filled(sheet, draft)
        before, self.asked = self.directory, []
        tally = writers[sheet.plan.id](sheet)
        self.directory = read_directory(self.pen.organisation_id, self.pack)
        changes = changes_of(sheet.plan, self.asked, before, self.directory) if tally.changed else []
        return SheetReport(sheet.name, tally.added, tally.changed, tally.unchanged, changes=tuple(changes))

    def require_filled(self, sheet: DraftSheet, draft: Draft) -> None:
        """Notes what must be filled and isn't, and an end before its start."""
        for column in sheet.plan.columns:
            if column.field.required and draft.values.get(column.key) is None and column.key not in draft.faulty:
                self.fault(sheet, draft, column.key, f"未填“{column.title}” / must be given")
        for first, last in (("start_on", "end_on"), ("joined_on", "left_on"), ("created_on", "closed_on")):
            start, end = day(draft, first), day(draft, last)
            if start and end and end < start:
                self.fault(sheet, draft, last, f"{end}早于开始的{start} / lies before its start")

    def units(self, sheet: DraftSheet) -> Tally:
        """机构."""
        self.require_once(sheet, ("code",))
        self.require_once(sheet, ("name",))
        here = {text(draft, "code") for draft in sheet.drafts}
        known = here | {unit.code for unit in self.directory.units.values()}
        # Names that units outside this sheet bear.
        taken = {unit.name: unit.code for unit in self.directory.units.values() if unit.code not in here}
        for draft in sheet.drafts:
            if text(draft, "parent") and text(draft, "parent") not in known:
                self.fault(sheet, draft, "parent", f"没有编码为“{text(draft, 'parent')}”的机构 / no unit of that code")
            if (name := text(draft, "name")) in taken:
                self.fault(sheet, draft, "name", f"已有编码为“{taken[name]}”的机构叫“{name}” / the name is taken")
        states = []
        for order, draft in enumerate(sheet.drafts, 1):
            if self.excuse(draft, "name", "code"):
                continue
            state = UnitState(
                text(draft, "code"),
                text(draft, "name"),
                text(draft, "kind"),
                text(draft, "parent"),
                order,
                day(draft, "created_on"),
                day(draft, "closed_on"),
            )
            states.append(state)
            self.asked.append((draft, state))
        try:
            return write_units(self.pen, states)
        except Refused as error:
            self.problems.append(cell_problem(sheet.name, -1, None, "上级编码", "parent", str(error)))
            return Tally()

    def people(self, sheet: DraftSheet) -> Tally:
        """人员."""
        self.require_once(sheet, ("code",))
        codes, states = PersonCodes(self.directory, sheet.drafts), []
        for draft in sheet.drafts:
            unit_id, joined_on = self.unit(sheet, draft), day(draft, "joined_on")
            code = codes.code_of(draft, unit_id)
            if isinstance(code, Fault):
                self.fault(sheet, draft, "code", code.sentence)
            if self.excuse(draft, "name", "code") or unit_id is None or joined_on is None or isinstance(code, Fault):
                continue
            state = PersonState(
                code,
                unpadded(text(draft, "name")),
                unit_id,
                joined_on,
                day(draft, "left_on"),
                day(draft, "party_member_since"),
                text(draft, "note"),
            )
            states.append(state)
            self.asked.append((draft, state))
        return write_people(self.pen, states)

    def appointments(self, sheet: DraftSheet) -> Tally:
        """任职."""
        self.require_once(sheet, ("person", "post", "unit", "capacity", "rank", "start_on"))
        states = []
        for draft in sheet.drafts:
            person_id, unit_id, start_on = self.person(sheet, draft), self.unit(sheet, draft), day(draft, "start_on")
            if draft.faulty or person_id is None or unit_id is None or start_on is None:
                continue
            post, capacity, rank = (text(draft, key) for key in ("post", "capacity", "rank"))
            state = AppointmentState(person_id, post, unit_id, capacity, rank, start_on, day(draft, "end_on"))
            states.append(state)
            self.asked.append((draft, state))
        return write_appointments(self.pen, states)

    def portfolios(self, sheet: DraftSheet) -> Tally:
        """分工."""
        self.require_once(sheet, ("person", "area", "unit", "start_on"))
        states = []
        for draft in sheet.drafts:
            person_id, unit_id, start_on = self.person(sheet, draft), self.unit(sheet, draft), day(draft, "start_on")
            if not text(draft, "area") and not text(draft, "unit") and not draft.faulty:
                self.fault(sheet, draft, "area", "“事项”和“分管机构”至少填一项 / give an area or a unit")
            if draft.faulty or person_id is None or start_on is None:
                continue
            area, document = text(draft, "area"), text(draft, "document")
            state = PortfolioState(person_id, area, unit_id, start_on, day(draft, "end_on"), document)
            states.append(state)
            self.asked.append((draft, state))
        return write_portfolios(self.pen, states)

    def unit(self, sheet: DraftSheet, draft: Draft) -> UUID | None:
        """The unit that a row names; None when it names none or the fault is noted."""
        name = text(draft, "unit")
        found = self.directory.unit_named(name) if name else None
        if name and found is None:
            self.unknown(sheet, draft, "unit", f"没有叫“{name}”的机构，请先在“机构”表中登记 / no such unit", name)
        return found

    def person(self, sheet: DraftSheet, draft: Draft) -> UUID | None:
        """The one person that a row names by name or number."""
        name = unpadded(text(draft, "person"))
        found = self.directory.people_named(name)
        if len(found) > 1:
            self.fault(sheet, draft, "person", several(name, found, self.directory).sentence)
        elif name and not found:
            self.unknown(sheet, draft, "person", f"没有叫“{name}”的人员，请先在“人员”表中登记 / no such person", name)
        return found[0] if len(found) == 1 else None

    def unknown(self, sheet: DraftSheet, draft: Draft, key: str, sentence: str, name: str) -> None:
        """A name that isn't in the directory; not told where its own row is at fault."""
        if name in self.excused:
            draft.faulty.add(key)
        else:
            self.fault(sheet, draft, key, sentence)

    def excuse(self, draft: Draft, *keys: str) -> bool:
        """Whether the row is faulty; the names in it are then excused elsewhere."""
        if draft.faulty:
            self.excused.update(text(draft, key) for key in keys)
        return bool(draft.faulty)

    def require_once(self, sheet: DraftSheet, keys: tuple[str, ...]) -> None:
        """Notes rows that say the same thing twice."""
        seen: dict[tuple[object, ...], int] = {}
        for draft in sheet.drafts:
            place = tuple(draft.values.get(key) for key in keys)
            if all(value is None for value in place) or draft.faulty & set(keys):
                continue
            if place in seen:
                self.fault(sheet, draft, keys[0], f"与第{seen[place] + 1}行重复 / the same as an earlier row")
            seen.setdefault(place, draft.row)

    def fault(self, sheet: DraftSheet, draft: Draft, key: str, sentence: str) -> None:
        """Notes a fault of one row."""
        self.problems.append(sheet.problem(draft, key, sentence))


def text(draft: Draft, key: str) -> str:
    """The text in a column; "" for an empty cell."""
    value = draft.values.get(key)
    return value if isinstance(value, str) else ""


def day(draft: Draft, key: str) -> date | None:
    """The day in a column."""
    value = draft.values.get(key)
    return value if isinstance(value, date) else None
