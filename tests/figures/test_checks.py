"""Relations between figures, with their arithmetic."""

from collections.abc import Callable

import pytest

from lianze.figures.checks import CheckResult, compute_checks
from lianze.figures.compute import compute_figures
from lianze.pack import Pack
from tests.figures.ask import figure
from tests.figures.cast import YEAR, Office, meeting

pytestmark = pytest.mark.django_db
KINDS = {"study": "study.", "talk": "talk", "own": "studying"}


def checked(office: Office, pack: Callable[..., Pack], formula: str, by: str = "") -> list[CheckResult]:
    """The check over the figures all, study, talk, own (by unit, if the check is)."""
    extra = {"by": '"unit"'} if by else {}
    asked = [figure("count", id='"all"', title='"全部"', **extra)]
    asked += [
        figure(
            "count", id=f'"{name}"', title=f'"{name}数"', where=f'[{{ field = "kind", values = ["{kind}"] }}]', **extra
        )
        for name, kind in KINDS.items()
    ]
    texts = [f'[[figure]]\ntitle_en = "n"\n{text}' for text in asked]
    check = f'[[check]]\nid = "c"\ntitle = "核对"\ntitle_en = "Check"\nformula = "{formula}"\nby = "{by}"'
    known = pack(*texts, check)
    return compute_checks(known, compute_figures(office.id, known, YEAR))


@pytest.mark.parametrize(
    ("formula", "verdict", "arithmetic"),
    [
        ("all = study + talk + own", "holds", "全部 4次 = study数 2次 + talk数 1次 + own数 1次"),
        ("all = study + talk", "broken", "全部 4次 = study数 2次 + talk数 1次（合计 3）"),
        ("all = study", "broken", "全部 4次 = study数 2次"),
        ("all >= study", "holds", "全部 4次 不少于 study数 2次"),
        ("study >= all", "broken", "study数 2次 不少于 全部 4次"),
        ("talk <= study", "holds", "talk数 1次 不多于 study数 2次"),
        ("study = all - talk - own", "holds", "study数 2次 = 全部 4次 - talk数 1次 - own数 1次"),
    ],
)
def test_a_relation_says_whether_it_holds_and_how(
    office: Office, pack: Callable[..., Pack], formula: str, verdict: str, arithmetic: str
) -> None:
    """study · study · talk · own study"""
    office.write(*(meeting("03-01", kind=kind) for kind in ("study.full", "study.small", "talk", "studying")))
    [result] = checked(office, pack, formula)
    assert (result.verdict, result.arithmetic) == (verdict, arithmetic)


def test_an_empty_ledger_proves_nothing(office: Office, pack: Callable[..., Pack]) -> None:
    """(empty ledger)"""
    [result] = checked(office, pack, "all = study + talk")
    assert result.verdict == "no_record"


def test_a_figure_without_a_record_counts_as_none_beside_others(office: Office, pack: Callable[..., Pack]) -> None:
    """one study, no talk"""
    office.write(meeting("03-01"))
    [result] = checked(office, pack, "all = study + talk")
    assert (result.verdict, result.arithmetic) == ("holds", "全部 1次 = study数 1次 + talk数 无记录（按0计）")


def test_a_check_by_unit_is_made_in_every_unit(office: Office, pack: Callable[..., Pack]) -> None:
    """office: study, talk · finance: own study"""
    office.write(
        meeting("03-01", unit_id=office.units["office"]),
        meeting("03-01", unit_id=office.units["office"], kind="talk"),
        meeting("03-01", unit_id=office.units["finance"], kind="studying"),
    )
    results = checked(office, pack, "all = study + talk", by="unit")
    assert {result.scope: result.verdict for result in results} == {
        "unit:office": "holds",
        "unit:finance": "broken",
        "unit:branch": "no_record",
    }
