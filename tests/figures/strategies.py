"""Random ledgers and random figures over the registers of `cast`, full of edges: first and last days, guests without
an id, numbers that are none, withdrawn entries, text that looks like SQL."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st

from lianze.ledger.states import EntryState, Part
from lianze.pack.definitions import Condition, Figure
from tests.figures.cast import Office

DAYS = [date(2022, 12, 31), date(2023, 1, 1), date(2023, 3, 31), date(2023, 4, 1), date(2023, 6, 30)]
DAYS += [date(2023, 7, 1), date(2023, 11, 15), date(2023, 12, 31), date(2024, 1, 1)]
KINDS = ["study.full", "study.small", "studying", "talk", ""]
PLACES = ["", "会议室", "it's", "100%", "%(start)s", "{}", "村"]
NUMBERS = ["80.6", "0.000001", "-0.5", "007", "12", "abc", "1.2.3", "1e3", ".5", "5.", "-", "", "3.1234567"]
CAPACITIES = ["principal", "member", "staff", ""]
PEOPLE = ["wang", "li", "zhao", "chen", "sun", "张三", "李四"]
QUANTITIES = [None, Decimal(0), Decimal("0.5"), Decimal(3), Decimal("-1.25")]
Fields = dict[str, st.SearchStrategy[object]]


def states(office: Office, findings: list[UUID]) -> st.SearchStrategy[EntryState]:
    """An entry of the register `meeting`, perhaps linked to some of `findings`."""
    days, maybe = st.sampled_from(DAYS), st.sampled_from([None, *DAYS])
    data: Fields = {
        "area": st.sampled_from([*NUMBERS, 5]),
        "paid": st.booleans(),
        "place": st.sampled_from(PLACES),
        "themes": st.lists(st.sampled_from("abc"), max_size=2),
    }
    parts = st.builds(
        lambda role, who, capacity, position: office.part(role, who, capacity, position),
        st.sampled_from(["host", "guest"]),
        st.sampled_from(PEOPLE),
        st.sampled_from(CAPACITIES),
        st.sampled_from(["yes", "no", ""]),
    )
    links = st.lists(st.sampled_from(findings), max_size=2, unique=True) if findings else st.just([])
    return st.builds(
        EntryState,
        register=st.just("meeting"),
        title=st.just("会"),
        happened_on=days,
        ended_on=maybe,
        done_on=maybe,
        kind=st.sampled_from(KINDS),
        unit_id=st.sampled_from([None, *office.units.values()]),
        owner_id=st.sampled_from([None, *office.people.values()]),
        level=st.sampled_from(["", "a", "b"]),
        state=st.sampled_from(["open", "closed"]),
        quantity=st.sampled_from(QUANTITIES),
        data=st.fixed_dictionaries({}, optional=data),
        parts=st.lists(parts, max_size=4).map(lambda found: tuple[Part, ...](found)),
        links=links.map(lambda found: tuple(("about", target) for target in found)),
        withdrawn=st.sampled_from([False, False, False, True]),
    )


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    """One or two of these."""
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(
        lambda found: tuple[str, ...](found)
    )


def conditions() -> st.SearchStrategy[Condition]:
    """Any condition that the registers allow."""
    negate = st.booleans()
    values: dict[str, st.SearchStrategy[tuple[str, ...]]] = {
        "kind": some("study.", "study.full", "talk", "studying"),
        "level": some("a", "b"),
        "state": some("open", "closed"),
        "unit": some("office", "section", "branch"),
        "owner": some("wang", "sun"),
        "quantity": some("0.5", "3"),
        "place": some(*PLACES[1:]),
        "paid": some("true", "false"),
        "themes": some("a", "b", "c"),
        "area": some("80.6", "12", "abc"),
    }
    limit = st.sampled_from([None, Decimal(0), Decimal("0.5"), Decimal("80.6"), Decimal(12)])
    by_value = [st.builds(Condition, field=st.just(f), values=v, negate=negate) for f, v in values.items()]
    filled = st.builds(
        Condition, field=st.sampled_from([*values, "done_on"]), set=st.sampled_from([None, True, False]), negate=negate
    )
    limited = st.builds(
        Condition, field=st.sampled_from(["quantity", "area"]), at_least=limit, at_most=limit, negate=negate
    )
    capacity = some("principal", "member", "staff")
    owner = st.builds(Condition, field=st.just("owner"), capacity=capacity, negate=negate)
    participant = st.builds(
        Condition,
        participant=st.sampled_from(["host", "guest"]),
        capacity=st.just(()) | capacity,
        values=st.just(()) | some("yes", "no"),
        set=st.sampled_from([None, True, False]),
        negate=negate,
    )
    link = st.builds(
        Condition,
        link=st.just("about"),
        register=st.sampled_from(["", "finding"]),
        kind=st.just(()) | some("own", "other"),
        state=st.just(()) | some("open", "closed"),
        set=st.sampled_from([None, False]),
        negate=negate,
    )
    return st.one_of(*by_value, filled, limited, owner, participant, link)


def figures() -> st.SearchStrategy[Figure]:
    """Any figure over the register `meeting`; ids are given later."""
    population = st.sampled_from(["", "all", "leaders"])
    measures: list[Fields] = [
        {"measure": st.just("count")},
        {"measure": st.just("sum"), "of": st.sampled_from(["quantity", "area"])},
        {
            "measure": st.just("distinct"),
            "of": st.sampled_from(["kind", "place", "level", "owner", "unit", "themes", "paid", "area", "quantity"]),
        },
        {"measure": st.just("distinct"), "of": st.sampled_from(["@guest", "@host"]), "population": population},
        {"measure": st.just("participations"), "of": st.sampled_from(["guest", "host"]), "population": population},
        {"measure": st.just("share"), "base": st.lists(conditions(), max_size=2).map(tuple)},
        {
            "measure": st.just("coverage"),
            "of": st.sampled_from(["guest", "host"]),
            "population": st.sampled_from(["all", "leaders"]),
        },
        {"measure": st.just("least_per"), "every": st.sampled_from(["year", "half_year", "quarter", "month"])},
    ]
    rules: list[Fields] = [
        {"period": st.sampled_from(["happened", "done", "as_of", "any"])},
        {"period": st.just("since"), "since": st.sampled_from(["2023-04-01", "2020-01-01"])},
    ]
    common: Fields = {
        "id": st.just(""),
        "title": st.just("数"),
        "title_en": st.just("Number"),
        "counted_in": st.just("次"),
        "register": st.just("meeting"),
        "where": st.lists(conditions(), max_size=2).map(tuple),
        "by": st.sampled_from(["", "unit"]),
    }
    return st.one_of(*(st.builds(Figure, **common, **measure, **rule) for measure in measures for rule in rules))
