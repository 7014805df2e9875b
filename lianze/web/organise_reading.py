"""What was typed for a task, as values, and the plan that it comes to."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from lianze.exchange.people import split_names, unpadded
from lianze.ledger.org_plans import Plan, Planner
from lianze.ledger.org_states import AppointmentState, PersonState, PortfolioState, UnitState
from lianze.ledger.states import NO_DAY, EntryState
from lianze.org.directory import Directory
from lianze.org.models import Appointment, Person, Portfolio, Record
from lianze.pack import Pack
from lianze.web.controls import Typed, given
from lianze.web.organise_tasks import Task
from lianze.web.posting import Reading, field_value, person_named
from lianze.web.shown import title_among

Values = Mapping[str, object]
SPANS = (("start_on", "end_on"), ("joined_on", "left_on"), ("created_on", "closed_on"))


def read_values(
    task: Task, typed: Typed, row: Record | None, pack: Pack, directory: Directory, today: date
) -> tuple[dict[str, object], dict[str, list[str]]]:
    """(value by field, faults by field)."""
    reading = Reading(EntryState("", "", NO_DAY))
    values: dict[str, object] = {}
    for field in task.fields:
        if field.name == "relatives":
            values["relatives"] = read_people(typed, directory, reading)
            continue
        value = values[field.name] = field_value(field, typed, pack, directory, reading)
        if value is None and field.required and field.name not in reading.faults:
            reading.fault(field.name, f"请填写“{field.title}” / {field.title_en} must be given")
    check_days(values, row, reading, today)
    check_names(values, row, directory, reading)
    if "area" in values and values["area"] is None and values["unit"] is None and not reading.faults:
        reading.fault("area", "“事项”和“分管机构”至少填一项 / give an area or a unit")
    if values.get("post") and "joined_on" in values and not values["capacity"]:
        reading.fault("capacity", "填了职务的，请选择身份 / choose the capacity of the post")
    return values, reading.faults


def read_people(typed: Typed, directory: Directory, reading: Reading) -> tuple[str, ...]:
    """Ids, as text, of people named by name or code."""
    found = []
    for text in given(typed, "relatives"):
        for named in split_names(text, lambda known: bool(directory.people_named(known))):
            person = person_named(named.name, directory)
            if isinstance(person, UUID):
                found.append(str(person))
            else:
                reading.fault("relatives", person)
    return tuple(dict.fromkeys(found))


def check_days(values: Values, row: Record | None, reading: Reading, today: date) -> None:
    """An end before its start, and a unit closed ahead of the day."""
    for first, last in SPANS:
        start = values[first] if first in values else getattr(row, first, None)
        end = values.get(last)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            reading.fault(last, f"{end}早于开始的{start} / lies before the start, {start}")
    closed_on, new = values.get("closed_on"), values.get("start_on")
    if isinstance(closed_on, date) and closed_on > today:
        reading.fault("closed_on", "还没有到这一天，请到时再办理 / that day has not come: close it then")
    if isinstance(row, Appointment) and isinstance(new, date) and "person" not in values:
        check_transfer(row, new, reading)


def check_transfer(row: Appointment, new: date, reading: Reading) -> None:
    """The new post begins while the old one is held."""
    if new <= row.start_on:
        reading.fault("start_on", f"应晚于原职务的起日{row.start_on} / must be after the old post began")
    elif row.end_on is not None and row.end_on < new:
        reading.fault("start_on", f"原职务{row.end_on}已经终止，请用“任职” / the old post had ended: appoint anew")


def check_names(values: Values, row: Record | None, directory: Directory, reading: Reading) -> None:
    """Codes and names that somebody or something else bears."""
    name, code = values.get("name"), values.get("code")
    if "unit_kind" in values:
        others = [unit for unit in directory.units.values() if row is None or unit.id != row.id]
        if any(unit.name == name for unit in others):
            reading.fault("name", f"已有叫“{name}”的机构 / a unit of that name exists")
        if code and any(unit.code == code for unit in others):
            reading.fault("code", f"编码“{code}”已被使用 / the code is taken")
    elif "joined_on" in values:
        check_person(str(name or ""), str(code or ""), row, directory, reading)


def check_person(name: str, code: str, row: Record | None, directory: Directory, reading: Reading) -> None:
    """A namesake is told apart by a code that nobody else has."""
    others = [person for person in directory.people.values() if row is None or person.id != row.id]
    twins = [person for person in others if person.name == unpadded(name)]
    if twins and not code:
        known = "、".join(f"{p.code}（{directory.units[p.unit_id].name}）" for p in twins)
        sentence = (
            f"已有同名的“{name}”：{known}。同一个人不必再建；确是另一个人，请填写编号以区别 /"
            f" {name} is there already: {known}. If this is somebody else, give a code to tell them apart"
        )
        reading.fault("code", sentence)
    if code and (taken := next((person for person in others if person.code == code), None)):
        reading.fault("code", f"编号“{code}”已是“{taken.name}”的 / the code is {taken.name}'s")


def plan_of(kind: str, act: str, values: Values, row: Record | None, planner: Planner, pack: Pack) -> Plan:
    """The rows that the task writes."""
    match (kind, act):
        case ("unit", "close") if row is not None:
            return planner.close_unit(row.id, day(values, "closed_on"), uuid(values, "to"))
        case ("unit", _):
            days = maybe_day(values, "created_on"), maybe_day(values, "closed_on")
            state = UnitState(text(values, "code"), text(values, "name"), text(values, "unit_kind"), "", 0, *days)
            return planner.unit(row.id if row else None, state, uuid(values, "parent"))
        case ("person", "leave") if row is not None:
            return planner.leave(row.id, day(values, "left_on"))
        case ("person", _):
            return person_plan(values, row, planner, pack)
        case ("post", _):
            return planner.post(row.id if row else None, appointment_of(values, UUID(int=0), NO_DAY))
        case ("appointment", _):
            return appointment_plan(act, values, row, planner)
    return portfolio_plan(act, values, row, planner)


def person_plan(values: Values, row: Record | None, planner: Planner, pack: Pack) -> Plan:
    """Somebody new, with their first post where one is given, or somebody's description."""
    known = row if isinstance(row, Person) else None
    relatives = values.get("relatives")
    plan = planner.person(
        known.id if known else None,
        PersonState(
            text(values, "code") or (known.code if known else ""),
            unpadded(text(values, "name")),
            required_id(values, "unit"),
            day(values, "joined_on"),
            maybe_day(values, "left_on"),
            maybe_day(values, "party_member_since"),
            text(values, "note"),
            relatives if isinstance(relatives, tuple) else (),
        ),
    )
    if known is not None or not text(values, "capacity"):
        return plan
    title = title_among(pack.vocabularies["capacity"].choice, text(values, "capacity"))
    held = {**values, "post": text(values, "post") or title}
    return plan + planner.appoint(appointment_of(held, plan.changes[0].id, day(values, "joined_on")))


def appointment_plan(act: str, values: Values, row: Record | None, planner: Planner) -> Plan:
    """A post taken up, ended, changed for another, put right, or never held."""
    if not isinstance(row, Appointment):
        return planner.appoint(appointment_of(values, required_id(values, "person"), day(values, "start_on")))
    match act:
        case "end":
            return planner.end(row, day(values, "end_on"))
        case "withdraw":
            return planner.withdraw(row)
        case "transfer":
            return planner.transfer(row, appointment_of(values, row.person_id, day(values, "start_on")))
    state = appointment_of(values, required_id(values, "person"), day(values, "start_on"))
    return planner.amend_appointment(row, state)


def portfolio_plan(act: str, values: Values, row: Record | None, planner: Planner) -> Plan:
    """Somebody put in charge, the end of it, its correction, or that it never was."""
    known = row if isinstance(row, Portfolio) else None
    if known is not None and act == "end":
        return planner.end(known, day(values, "end_on"))
    if known is not None and act == "withdraw":
        return planner.withdraw(known)
    days = day(values, "start_on"), maybe_day(values, "end_on")
    state = PortfolioState(
        required_id(values, "person"), text(values, "area"), uuid(values, "unit"), *days, text(values, "document")
    )
    return planner.portfolio(known, state)


def appointment_of(values: Values, person_id: UUID, start_on: date) -> AppointmentState:
    """The post that is meant, from its first day."""
    return AppointmentState(
        person_id,
        text(values, "post"),
        required_id(values, "unit"),
        text(values, "capacity"),
        text(values, "rank"),
        start_on,
        maybe_day(values, "end_on"),
    )


def text(values: Values, name: str) -> str:
    """A text; "" for none."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def uuid(values: Values, name: str) -> UUID | None:
    """A person or unit."""
    value = values.get(name)
    return value if isinstance(value, UUID) else None


def required_id(values: Values, name: str) -> UUID:
    """A person or unit that the form made sure of."""
    value = values[name]
    if not isinstance(value, UUID):
        raise TypeError(name)
    return value


def maybe_day(values: Values, name: str) -> date | None:
    """A day."""
    value = values.get(name)
    return value if isinstance(value, date) else None


def day(values: Values, name: str) -> date:
    """A day that the form made sure of."""
    value = values[name]
    if not isinstance(value, date):
        raise TypeError(name)
    return value
