"""The registers: what there is, and one register's list with filter, totals, order and pages."""

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import render

from lianze.domain.periods import year_period
from lianze.ledger.actions import Desk
from lianze.ledger.filters import NOT_FINAL, Filter, filtered, names_of, parse_filter
from lianze.ledger.paging import SIZE, SORTS, parse_sort, read_page
from lianze.ledger.places import find_register, names_in, open_registers, record_refusal, units_in
from lianze.ledger.read import visible_entries
from lianze.org.directory import Directory
from lianze.pack.choosing import options_of
from lianze.pack.definitions import Register
from lianze.web.audit import append_look
from lianze.web.columns import Column, columns_of, read_lines
from lianze.web.language import both, named
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest
from lianze.web.saved import read_saved
from lianze.web.totals import read_totals


@dataclass(frozen=True)
class Head:
    """A column's head. `order` is what a click on it asks for; empty where the list cannot be put in that order."""

    column: Column
    order: str
    direction: str


@dataclass(frozen=True)
class Select:
    """One choice of the filter."""

    name: str
    title: str
    options: list[tuple[str, str]]
    chosen: str


def index(request: DeskRequest) -> HttpResponse:
    """All registers that may be known of, each with its latest entry."""
    desk = request.desk
    registers = open_registers(desk)
    lines = [(register, record_refusal(desk, register)) for register in registers]
    return render(request, "web/registers.html", {"lines": lines, "here": "registers"})


def entry_list(request: DeskRequest, register_id: str) -> HttpResponse:
    """One register's list."""
    desk = request.desk
    register = find_register(desk, register_id)
    asked = parse_filter(register, request.GET.dict())
    rows = filtered(visible_entries(desk.organisation, desk.actor, desk.pack), register, asked, desk.organisation.id)
    totals = read_totals(rows, register, desk.pack)
    sort = request.GET.get("sort", "")
    order = parse_sort(sort, rows, totals.is_small)
    page = read_page(totals.narrowed(rows), order, request.GET.get("after", ""))
    append_look(request, register.id, named(register))
    directory = directory_of(request)
    choices, people = selects(desk, register, asked, directory), people_options(directory)
    context = {
        "here": "registers",
        "register": register,
        "asked": asked,
        "selects": choices,
        "people": people,
        "asked_words": filter_words(choices, people, asked),
        "totals": totals,
        "heads": [head_of(column, page.sort) for column in columns_of(register)],
        "lines": read_lines(desk, register, page.entries, names_in(directory)),
        "opens": "title" if "title" in register.columns else register.columns[0],
        "page": page,
        "is_first": not request.GET.get("after"),
        "page_number": page_number(request),
        "page_count": -(-totals.count // SIZE) if totals.is_small else 0,
        "record_refusal": record_refusal(desk, register),
        "sort_refused": page.sort != sort and sort.lstrip("-") in SORTS,
        "years": years_ahead(asked, desk.actor.day.year),
        "saved": read_saved(
            request, register, {choice.name: {value for value, _ in choice.options} for choice in choices}
        ),
    }
    return render(request, "web/entry_list.html", context)


def page_number(request: DeskRequest) -> int:
    """Which page of the list it is, as the link to it says: pages go by key, and know nothing of those before."""
    text = request.GET.get("page", "")
    return int(text) if request.GET.get("after") and text.isdigit() and len(text) < 7 else 1


def filter_words(choices: list[Select], people: list[tuple[str, str]], asked: Filter) -> str:
    """The filter as a line of text, for paper."""
    colon = both("：", ": ")
    found = [f"{one.title}{colon}{dict(one.options).get(one.chosen, '')}" for one in choices if one.chosen]
    if asked.person:
        found.append(both("涉及人员", "Person involved") + colon + dict(people).get(str(asked.person), ""))
    found += [both(f"自{asked.start}", f"from {asked.start}")] if asked.start else []
    found += [both(f"至{asked.end}", f"to {asked.end}")] if asked.end else []
    found += [f"“{asked.text}”"] if asked.text else []
    found += [both("含已撤回", "withdrawn too")] if asked.withdrawn else []
    return both("，", ", ").join(found)


def years_ahead(asked: Filter, this: int) -> list[tuple[int, str]]:
    """This year and the two before with the filter narrowed to each, where no days are asked for."""
    if asked.start or asked.end:
        return []
    days = [(year, year_period(year)) for year in range(this, this - 3, -1)]
    return [(year, replace(asked, start=found.start, end=found.last_day).query) for year, found in days]


def head_of(column: Column, sort: str) -> Head:
    """A column's head: clicking turns the order round."""
    here = sort.lstrip("-") == column.name
    order = column.name if column.is_sortable else ""
    if order and here and not sort.startswith("-"):
        order = f"-{column.name}"
    direction = ("descending" if sort.startswith("-") else "ascending") if here else ""
    return Head(column, order, direction)


def selects(desk: Desk, register: Register, asked: Filter, directory: Directory) -> list[Select]:
    """The choices of the register's filter."""
    found = [
        Select(
            name,
            select_title(register, name),
            select_options(desk, register, name, directory),
            asked.chosen.get(name, ""),
        )
        for name in names_of(register)
    ]
    return [select for select in found if select.options]


def select_title(register: Register, name: str) -> str:
    """What the choice is about."""
    fixed = {"kind": both("类型", "Kind"), "state": both("状态", "State")}
    return fixed.get(name) or next((named(field) for field in register.field if field.name == name), name)


def select_options(desk: Desk, register: Register, name: str, directory: Directory) -> list[tuple[str, str]]:
    """What can be chosen for the field `name`."""
    if name == "kind":
        return [(kind.id, named(kind)) for kind in register.kind]
    if name == "state":
        return [*not_final(register), *((state.id, named(state)) for state in register.state)]
    field = next((field for field in register.field if field.name == name), None)
    if field is None:
        return []
    if field.type == "unit":
        return [(str(unit.id), unit.name) for unit in units_in(directory)]
    if field.type == "person":
        return people_options(directory)
    if field.type == "boolean":
        return [("yes", both("是", "yes")), ("no", both("否", "no"))]
    return [(choice.id, named(choice)) for choice in options_of(field, desk.pack).options]


def not_final(register: Register) -> list[tuple[str, str]]:
    """The choice of everything not closed, where some states are."""
    if not any(state.final for state in register.state):
        return []
    return [(NOT_FINAL, both("未办结（全部）", "Not closed (all)"))]


def people_options(directory: Directory) -> list[tuple[str, str]]:
    """Everybody of the organisation, as offices sort them; at most 500."""
    people = sorted(directory.people.values(), key=lambda person: (person.pinyin, person.code))
    return [(str(person.id), directory.called(person.id)) for person in people[:500]]
