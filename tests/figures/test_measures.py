"""What each measure counts. Every test shows its ledger."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from lianze.domain.errors import NotFound
from lianze.figures.compute import compute_figures
from lianze.figures.trace import trace
from lianze.pack import Pack
from tests.figures.ask import ask, figure
from tests.figures.cast import YEAR, Office, meeting

pytestmark = pytest.mark.django_db
Make = Callable[..., Pack]


def test_count_leaves_withdrawn_entries_out(office: Office, pack: Make) -> None:
    """03-01 stands · 03-02 withdrawn · 03-03 stands"""
    office.write(meeting("03-01"), meeting("03-02", withdrawn=True), meeting("03-03"))
    result = ask(office, pack(figure("count")))
    assert (result.value, result.hits, result.status) == (Decimal(2), 2, "value")


def test_sum_of_a_column_is_exact_and_passes_over_what_has_no_value(office: Office, pack: Make) -> None:
    """quantity 0.1 · 0.2 · none"""
    office.write(*(meeting("03-01", quantity=q) for q in (Decimal("0.1"), Decimal("0.2"), None)))
    result = ask(office, pack(figure("sum", "天", of='"quantity"')))
    assert (result.value, result.hits) == (Decimal("0.3"), 2)


def test_sum_of_decimals_kept_as_text_is_exact(office: Office, pack: Make) -> None:
    """area 80.6 · -0.5 · 0.000001 · “abc” (no number) · 3 (a JSON number)"""
    office.write(*(meeting("03-01", data={"area": area}) for area in ("80.6", "-0.5", "0.000001", "abc", 3)))
    result = ask(office, pack(figure("sum", "㎡", of='"area"')))
    assert (result.value, result.hits) == (Decimal("83.100001"), 4)


def test_sum_with_entries_but_zero_in_all_is_a_value(office: Office, pack: Make) -> None:
    """quantity 0"""
    office.write(meeting("03-01", quantity=Decimal(0)))
    result = ask(office, pack(figure("sum", "天", of='"quantity"')))
    assert (result.value, result.status) == (Decimal(0), "value")


def test_distinct_values_of_a_field_leave_the_empty_one_out(office: Office, pack: Make) -> None:
    """place 东村 · 东村 · 西村 · "" · none"""
    places: list[dict[str, str]] = [{"place": p} for p in ("东村", "东村", "西村", "")]
    office.write(*(meeting("03-01", data=data) for data in [*places, {}]))
    result = ask(office, pack(figure("distinct", "个", of='"place"')))
    assert (result.value, result.hits) == (Decimal(2), 3)


def test_distinct_values_of_several_choices_count_each_choice(office: Office, pack: Make) -> None:
    """themes a,b · b,c · none chosen"""
    office.write(*(meeting("03-01", data={"themes": list(themes)}) for themes in ("ab", "bc", "")))
    result = ask(office, pack(figure("distinct", "个", of='"themes"')))
    assert (result.value, result.hits) == (Decimal(3), 2)


def test_distinct_people_count_guests_without_an_id_by_name(office: Office, pack: Make) -> None:
    """guests: wang, 张三 · wang, 张三, 李四 · (only a host)"""
    office.write(
        meeting("03-01", parts=(office.part("guest", "wang"), office.part("guest", "张三"))),
        meeting("03-02", parts=tuple(office.part("guest", who) for who in ("wang", "张三", "李四"))),
        meeting("03-03", parts=(office.part("host", "li"),)),
    )
    result = ask(office, pack(figure("distinct", "人", of='"@guest"')))
    assert (result.value, result.hits) == (Decimal(3), 2)


def test_participations_count_people_times_in_the_role(office: Office, pack: Make) -> None:
    """guests: wang, li · wang · none; a host is no guest"""
    office.write(
        meeting("03-01", parts=(office.part("guest", "wang"), office.part("guest", "li"), office.part("host", "li"))),
        meeting("03-02", parts=(office.part("guest", "wang"),)),
        meeting("03-03"),
    )
    result = ask(office, pack(figure("participations", "人次", of='"guest"')))
    assert (result.value, result.hits) == (Decimal(3), 2)


def test_share_keeps_both_its_numbers_and_traces_its_base(office: Office, pack: Make) -> None:
    """study closed · study open · study open · talk closed (not of the base)"""
    office.write(
        meeting("03-01", state="closed"),
        *(meeting("03-02", state="open") for _ in range(2)),
        meeting("03-03", kind="talk", state="closed"),
    )
    known = pack(
        figure(
            "share",
            "%",
            where='[{ field = "state", values = ["closed"] }]',
            base='[{ field = "kind", values = ["study."] }]',
        )
    )
    result = ask(office, known)
    assert (result.numerator, result.denominator, result.hits) == (Decimal(1), Decimal(3), 3)
    assert result.value == Decimal(1) / Decimal(3)
    rows = trace("f", "organisation", office.id, known, YEAR)
    assert [row.counted for row in rows] == [True, False, False]


def test_share_without_a_base_is_no_record_rather_than_nought_per_cent(office: Office, pack: Make) -> None:
    """(empty ledger)"""
    base = '[{ field = "kind", values = ["talk"] }]'
    result = ask(office, pack(figure("share", "%", base=base)))
    assert (result.value, result.status) == (None, "no_record")


def test_coverage_counts_people_of_the_population_once(office: Office, pack: Make) -> None:
    """guests: wang, 张三 (outside), sun (left in June) · wang · li; four people on the last day"""
    office.write(
        meeting("03-01", parts=tuple(office.part("guest", who) for who in ("wang", "张三", "sun"))),
        meeting("03-02", parts=(office.part("guest", "wang"),)),
        meeting("03-03", parts=(office.part("guest", "li"),)),
        meeting("03-04", parts=(office.part("guest", "张三"),)),
    )
    result = ask(office, pack(figure("coverage", "%", of='"guest"', population='"all"')))
    assert (result.value, result.numerator, result.denominator) == (Decimal("0.5"), Decimal(2), Decimal(4))
    assert (result.hits, result.population) == (3, 4)


def test_coverage_may_be_of_a_field_that_holds_a_person(office: Office, pack: Make) -> None:
    """owner wang · wang · sun (left) · none"""
    owners = [office.people["wang"], office.people["wang"], office.people["sun"], None]
    office.write(*(meeting("03-01", owner_id=owner) for owner in owners))
    result = ask(office, pack(figure("coverage", "%", of='"owner"', population='"leaders"')))
    assert (result.numerator, result.denominator, result.hits) == (Decimal(1), Decimal(2), 2)


def test_least_per_quarter_is_the_smallest_and_names_the_empty_ones(office: Office, pack: Make) -> None:
    """Q1: 2 · Q2: 1 · Q3: none · Q4: 1"""
    office.write(*(meeting(day) for day in ("01-01", "03-31", "04-01", "12-31")))
    result = ask(office, pack(figure("least_per", every='"quarter"')))
    assert (result.value, result.hits) == (Decimal(0), 4)
    assert [part.start for part in result.empty_sub_periods] == [date(2023, 7, 1)]


@pytest.mark.parametrize(("every", "value"), [("year", 4), ("half_year", 2), ("quarter", 1), ("month", 0)])
def test_least_per_any_sub_period(office: Office, pack: Make, every: str, value: int) -> None:
    """01-15 · 05-15 · 08-15 · 11-15"""
    office.write(*(meeting(day) for day in ("01-15", "05-15", "08-15", "11-15")))
    result = ask(office, pack(figure("least_per", every=f'"{every}"')))
    assert result.value == Decimal(value)


def test_by_unit_gives_every_unit_an_answer_and_the_organisation_none(office: Office, pack: Make) -> None:
    """office: 2 · finance: none · branch: none · without a unit: 1"""
    office.write(*(meeting("03-01", unit_id=unit) for unit in (office.units["office"], office.units["office"], None)))
    known = pack(figure("count", by='"unit"'))
    values = {code: ask(office, known, f"unit:{code}").value for code in office.units}
    assert values == {"office": Decimal(2), "finance": None, "branch": None}
    with pytest.raises(NotFound):
        trace("f", "organisation", office.id, known, YEAR)


def test_a_unit_s_coverage_is_about_its_own_people(office: Office, pack: Make) -> None:
    """office (wang, li, zhao): guests wang, chen · finance (chen): guest wang"""
    office.write(
        meeting(
            "03-01", unit_id=office.units["office"], parts=tuple(office.part("guest", w) for w in ("wang", "chen"))
        ),
        meeting("03-01", unit_id=office.units["finance"], parts=(office.part("guest", "wang"),)),
    )
    known = pack(figure("coverage", "%", of='"guest"', population='"all"', by='"unit"'))
    first, second = ask(office, known, "unit:office"), ask(office, known, "unit:finance")
    assert (first.numerator, first.denominator) == (Decimal(1), Decimal(3))
    assert (second.hits, second.value) == (0, None)


def test_people_units_and_appointments_come_from_the_directory(office: Office, pack: Make) -> None:
    """on 31 December: wang, li, zhao, chen; two sections and a branch; sun left on 30 June"""
    asked = {
        "people": figure("count", "人", "", id='"people"', source='"people"'),
        "leaders": figure("count", "人", "", id='"leaders"', source='"people"', population='"leaders"'),
        "party": figure(
            "count", "人", "", id='"party"', source='"people"', where='[{ field = "party_member", values = ["true"] }]'
        ),
        "sections": figure(
            "count", "个", "", id='"sections"', source='"units"', where='[{ field = "kind", values = ["section"] }]'
        ),
        "ended": figure("count", "人次", "", id='"ended"', source='"appointments"', period='"done"'),
        "held": figure("count", "人次", "", id='"held"', source='"appointments"', period='"as_of"'),
    }
    known = pack(*asked.values())
    values = {name: ask(office, known, figure=name).value for name in asked}
    wanted = {"people": 4, "leaders": 2, "party": 3, "sections": 2, "ended": 1, "held": 4}
    assert values == {name: Decimal(value) for name, value in wanted.items()}


NORM = """
[[norm]]
id = "area"
title = "面积"
title_en = "Area"
counted_in = "㎡"
source = "测试"
mark = "S"
valid_from = "{first}"
value = [{{ key = "chief", value = 24 }}, {{ key = "other", value = 9.5 }}]
"""


@pytest.mark.parametrize(("first", "value"), [("2014-01-01", Decimal("52.5")), ("2024-01-01", None)])
def test_norm_adds_the_limit_of_each_rank_while_it_is_valid(
    office: Office, pack: Make, first: str, value: Decimal | None
) -> None:
    """chief: wang · other: li, zhao, chen"""
    asked = figure("norm", "㎡", "", source='"people"', of='"area"', population='"all"')
    assert ask(office, pack(NORM.format(first=first), asked)).value == value


CHECKLIST = """
[[checklist]]
id = "list"
title = "清单"
title_en = "List"
source = "测试"
aspect = [{ title = "一", items = ["甲", "乙"] }, { title = "二", items = ["丙"] }]
"""


LOOKED = figure("count", id='"looked"', where='[{ field = "kind", values = ["talk"] }]')


@pytest.mark.parametrize(("of", "value"), [("list", 3), ("list#aspects", 2)])
def test_items_and_aspects_of_a_checklist_count_once_it_was_used(
    office: Office, pack: Make, of: str, value: int
) -> None:
    """two aspects, three items · nothing, then a talk, which shows that the list was used"""
    asked = figure("items", "个", "", source='"checklists"', of=f'"{of}"', looked='"looked"')
    before = ask(office, pack(CHECKLIST, LOOKED, asked))
    assert (before.value, before.hits, before.status) == (None, 0, "no_record")
    office.write(meeting("03-01", kind="talk"))
    after = ask(office, pack(CHECKLIST, LOOKED, asked))
    assert (after.value, after.hits, after.status) == (Decimal(value), value, "value")


@pytest.mark.parametrize(
    ("kinds", "status"), [((), "no_record"), (("talk",), "none_found"), (("study.full",), "value")]
)
def test_a_zero_says_none_found_only_where_somebody_looked(
    office: Office, pack: Make, kinds: tuple[str, ...], status: str
) -> None:
    """nothing · a talk, which shows that somebody looked · a study"""
    office.write(*(meeting("03-01", kind=kind) for kind in kinds))
    study = figure("count", where='[{ field = "kind", values = ["study."] }]', looked='"looked"')
    result = ask(office, pack(LOOKED, study))
    assert result.status == status
    assert result.value == {"no_record": None, "none_found": Decimal(0), "value": Decimal(1)}[status]


CLEAR = figure(
    "share",
    "%",
    id='"clear"',
    where='[{ field = "quantity", at_least = 2 }]',
    base='[{ field = "kind", values = ["talk"] }]',
)


@pytest.mark.parametrize(
    ("quantities", "status"), [((), "no_record"), ((2,), "none_found"), ((2, 1), "no_record"), ((1,), "no_record")]
)
def test_behind_a_share_all_must_have_looked(
    office: Office, pack: Make, quantities: tuple[int, ...], status: str
) -> None:
    """talks; one of less than 2 does not count as a look"""
    office.write(*(meeting("03-01", kind="talk", quantity=Decimal(number)) for number in quantities))
    study = figure("count", where='[{ field = "kind", values = ["study."] }]', looked='"clear"')
    assert ask(office, pack(CLEAR, study)).status == status


def test_a_figure_over_a_restricted_register_says_so(office: Office, pack: Make) -> None:
    """register finding is restricted, meeting is not"""
    known = pack(figure("count", "个", "finding"), figure("count", id='"open"'))
    assert ask(office, known).restricted
    assert not ask(office, known, figure="open").restricted


def test_a_figure_of_one_kind_of_unit_leaves_out_others_where_nothing_is_recorded(
    office: Office, pack: Callable[..., Pack]
) -> None:
    known = pack(
        'id = "f"\nmeasure = "count"\ncounted_in = "次"\nregister = "meeting"\nby = "unit"\nunit_kind = "section"'
    )

    def scopes() -> list[str]:
        return [result.scope for result in compute_figures(office.id, known, YEAR)]

    assert scopes() == ["unit:office", "unit:finance"]
    office.write(meeting("03-01", unit_id=office.units["branch"]))
    assert scopes() == ["unit:office", "unit:finance", "unit:branch"]
