"""The sample year's office, loaded from its sheets as text: the people, posts and entries every web test works with."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from lianze.exchange import sample
from lianze.ledger.org_states import AppointmentState, PersonState, PortfolioState, UnitState
from lianze.ledger.states import NO_DAY, Author, EntryState
from lianze.ledger.upsert import Pen
from lianze.ledger.validate import with_capacities
from lianze.ledger.write import write_new
from lianze.ledger.write_org import (
    create_organisation,
    write_appointments,
    write_people,
    write_portfolios,
    write_units,
)
from lianze.org.directory import Directory, read_directory
from lianze.org.keys import new_id
from lianze.org.models import Organisation
from lianze.pack import Pack, load_builtin
from lianze.pack.choosing import Options
from lianze.pack.definitions import Register
from lianze.rules.transitions import first_state
from lianze.web.posting import read_typed

AUTHOR = Author("样例")
FOLDER = Path(sample.__file__).parent
SEPARATED = ("choices",)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one sheet."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def make_office(code: str = "yunlan", parent_path: str = "", with_entries: bool = True) -> Organisation:
    """The office with its people, and the sample year's entries."""
    now = datetime(2024, 1, 2, 8, tzinfo=UTC)
    pack = load_builtin()
    organisation = create_organisation(
        code, "云澜市归国华侨联合会", "云澜市侨联", "市委、市纪委", parent_path, now, AUTHOR
    )
    pen = Pen(organisation.id, AUTHOR, "", now)
    write_directory(pen, pack)
    if with_entries:
        write_entries(organisation, pack, now)
    return organisation


def write_directory(pen: Pen, pack: Pack) -> None:
    """Units, people, posts and areas."""
    kinds = Options(pack.vocabularies["unit_kind"].choice)
    write_units(
        pen,
        [
            UnitState(r["编码"], r["名称"], kinds.find(r["类别"]) or "", r.get("上级编码", ""), order)
            for order, r in enumerate(rows("unit"))
        ],
    )
    known = read_directory(pen.organisation_id, pack)
    write_people(
        pen,
        [
            PersonState(
                r["编号"],
                r["姓名"],
                unit_of(known, r["所在机构"]),
                day(r["入职日期"]) or date.min,
                day(r["离职日期"]),
                day(r["入党日期"]),
            )
            for r in rows("person")
        ],
    )
    known = read_directory(pen.organisation_id, pack)
    capacity, rank = Options(pack.vocabularies["capacity"].choice), Options(pack.vocabularies["rank"].choice)
    write_appointments(
        pen,
        [
            AppointmentState(
                known.people_named(r["姓名"])[0],
                r["职务"],
                unit_of(known, r["所在机构"]),
                capacity.find(r["身份"]) or "",
                rank.find(r["职级"]) or "",
                day(r["起"]) or date.min,
                day(r["止"]),
            )
            for r in rows("appointment")
        ],
    )
    areas = Options(pack.vocabularies["area"].choice)
    write_portfolios(
        pen,
        [
            PortfolioState(
                known.people_named(r["姓名"])[0],
                areas.find(r["事项"]) or "" if r["事项"] else "",
                unit_of(known, r["分管机构"]) if r["分管机构"] else None,
                day(r["起"]) or date.min,
                day(r["止"]),
                r.get("文件", ""),
            )
            for r in rows("portfolio")
        ],
    )


def unit_of(directory: Directory, name: str) -> UUID:
    found = directory.unit_named(name)
    assert found is not None, name
    return found


def write_entries(organisation: Organisation, pack: Pack, now: datetime) -> None:
    """Every register's rows, read the way a form's fields are, links last."""
    directory = read_directory(organisation.id, pack)
    numbers: dict[tuple[str, str], UUID] = {}
    wanted: list[tuple[UUID, Register, dict[str, str], EntryState]] = []
    for register in pack.registers.values():
        for row in rows(register.id):
            entry_id = new_id()
            numbers[register.id, row["编号"]] = entry_id
            wanted.append((entry_id, register, row, state_in(row, register, pack, directory)))
    ready = [
        (entry_id, replace(with_capacities(state, directory), links=links_in(row, register, numbers)))
        for entry_id, register, row, state in wanted
    ]
    write_new(organisation.id, ready, AUTHOR, "", now)


def state_in(row: dict[str, str], register: Register, pack: Pack, directory: Directory) -> EntryState:
    """One row's entry."""
    kinds = Options(register.kind)
    typed = {"kind": [kinds.find(row.get("类型", "")) or ""]}
    typed |= {field.name: [row.get(field.title, "")] for field in register.field}
    typed |= {f"@{part.role}": [row.get(part.title, "")] for part in register.participant}
    reading = read_typed(typed, register, pack, directory, EntryState(register.id, "", NO_DAY))
    assert not reading.faults, (register.id, row["编号"], reading.faults)
    state = Options(register.state).find(row.get("状态", "")) or first_state(register)
    return replace(reading.state, number=row["编号"], state=state)


def links_in(
    row: dict[str, str], register: Register, numbers: dict[tuple[str, str], UUID]
) -> tuple[tuple[str, UUID], ...]:
    """The row's links, by the numbers of their targets."""
    return tuple(
        (link.relation, numbers[link.to, number])
        for link in register.link
        for number in row.get(link.title, "").split("、")
        if number
    )
