"""The source report: what is known of each of its numbers comes out of the check."""

import re
from decimal import Decimal

import pytest

from lianze.claims.shapes import Checked
from tests.claims import source

CHECKED = source.check(source.text())
ENUMERATED = {"43": 5, "97": 3, "115": 5, "127": 3}
HANZI = dict(enumerate("零一二三四五六七八九十"))
FREQUENCIES = {"hearing.least_per_half_year", "research.village.least_per_quarter"}


def test_every_numeral_is_found_with_its_class() -> None:
    missing = [
        (row["n"], row["raw"], row["type"])
        for row in source.numbers().values()
        if not any(
            m.line == int(row["line"])
            and m.start < int(row["end"])
            and int(row["start"]) < m.end
            and m.cls == row["type"]
            for m in CHECKED.mentions
        )
    ]
    assert missing == []


def test_nothing_else_is_called_a_claim() -> None:
    claims = {(row["line"], row["start"]) for row in source.numbers().values() if row["type"] == "claim"}
    assert {(str(m.line), str(m.start)) for m in CHECKED.mentions if m.cls == "claim"} == claims


@pytest.mark.parametrize("row", source.claims("hard"), ids=lambda row: f"n{row['n']}")
def test_hard_claim_has_its_value_and_measure_word(row: source.Row) -> None:
    mention = source.find(CHECKED, row)
    assert (mention.raw, mention.low, mention.counted_in) == (row["raw"], Decimal(row["value"]), row["measure"])


def _members(checked: Checked, formula: str) -> set[int]:
    places = {(m.line, m.start): at for at, m in enumerate(checked.mentions)}
    rows = [source.numbers()[n] for n in re.findall(r"n(\d+)", formula)]
    return {places[int(row["line"]), int(row["start"])] for row in rows}


@pytest.mark.parametrize("row", source.relations("must"), ids=lambda row: row["id"])
def test_relation_that_must_hold_is_found_and_holds(row: source.Row) -> None:
    members = _members(CHECKED, row["formula"])
    found = [relation for relation in CHECKED.relations if set(relation.members) == members]
    assert [relation.status for relation in found] == ["ok"]


@pytest.mark.parametrize("row", source.relations("-"), ids=lambda row: row["id"])
def test_trap_is_never_raised(row: source.Row) -> None:
    members = _members(CHECKED, row["formula"])
    assert not any(members <= set(relation.members) for relation in CHECKED.relations)


def test_both_anomalies_of_the_text_are_flagged_and_nothing_is_broken() -> None:
    soft = [relation.kind for relation in CHECKED.relations if relation.status == "soft"]
    assert soft == ["set_phrase", "placeholder", "garbled"]
    assert not any(relation.status == "broken" for relation in CHECKED.relations)


def _holds(values: dict[str, Decimal]) -> bool:
    """Whether all relations of source-relations.tsv that must hold do hold with these values."""
    for row in source.relations("must"):
        left, sign, right = re.fullmatch(r"(.+?) (<=|>=|=) (.+)", row["formula"]).groups()  # type: ignore[union-attr]
        first, second = (_sum(side, values) for side in (left, right))
        if not {"=": first == second, "<=": first <= second, ">=": first >= second}[sign]:
            return False
    return True


def _sum(side: str, values: dict[str, Decimal]) -> Decimal:
    return sum(
        (Decimal(ENUMERATED[name[1:]]) if name[0] == "e" else values[name[1:]] for name in side.split(" + ")),
        Decimal(0),
    )


def _edits() -> list[tuple[source.Row, Decimal, bool]]:
    """Every claim made one more, one less, twice and ten more: (row, new value, still harmless)."""
    values = {n: Decimal(row["value"]) for n, row in source.numbers().items() if re.fullmatch(r"[\d.]+", row["value"])}
    result = []
    for n, row in source.numbers().items():
        if row["type"] != "claim":
            continue
        old = values[n]
        for new in sorted({old + 1, old - 1, old * 2, old + 10} - {old}):
            if new >= 0 and (row["raw"].isascii() or 0 < new <= 10):
                result.append((row, new, _holds({**values, n: new})))
    return result


def test_edits_that_break_a_relation_are_flagged_and_no_others() -> None:
    wrong = []
    edits = _edits()
    for row, new, harmless in edits:
        written = f"{new.normalize():f}" if row["raw"].isascii() else HANZI[int(new)]
        checked = source.check(source.edited(row, written))
        if harmless is any(relation.status == "broken" for relation in checked.relations):
            wrong.append((row["n"], row["raw"], written, harmless))
    assert wrong == []
    assert sum(not harmless for _, _, harmless in edits) >= 56
    assert sum(harmless for _, _, harmless in edits) >= 97


def _bound() -> dict[str, tuple[str, str]]:
    """The figure each claim is bound to, by n; the values given are none, so they cannot have chosen it."""
    checked = source.check(source.text(), source.facts({}))
    result = {}
    for row in source.numbers().values():
        if row["type"] in ("claim", "frequency"):
            place = checked.mentions.index(source.find(checked, row))
            verdict = checked.verdicts[place]
            assert verdict is not None
            if verdict.binding.state == "auto":
                result[row["n"]] = (verdict.binding.figure, verdict.binding.scope)
    return result


def test_every_hard_claim_binds_by_itself() -> None:
    bound = _bound()
    assert [row["n"] for row in source.claims("hard") if row["n"] not in bound] == []
    assert bound["14"] == ("study.collective.count", "")
    assert bound["24"] == ("theme.unit.closed", "")
    assert bound["26"] == ("theme.member.findings", "")
    assert bound["59"] == ("talk.reminder.by_others", "")
    assert bound["137"] == ("risk.unit.high", "联络科")
    assert bound["141"] == ("risk.post.high", "")
    assert len({bound[row["n"]] for row in source.claims("hard")}) == 47


def test_a_ledger_that_agrees_contradicts_nothing_and_any_edit_of_one_is_contradicted() -> None:
    bound = _bound()
    stated = {bound[row["n"]]: Decimal(row["value"]) + (1 if row["n"] == "111" else 0) for row in source.claims("hard")}
    facts = source.facts(stated)
    agreed = source.check(source.text(), facts)
    assert not [v for v in agreed.verdicts if v and v.code == "contradicted"]
    for row in source.claims("hard"):
        if row["n"] == "111":
            continue  # 超过60天 bears out 61 and more
        for step in (1, -1):
            value = str(Decimal(row["value"]) + step) if row["raw"].isascii() else HANZI[int(row["value"]) + step]
            if value in ("0", "零") and not row["raw"].isascii():
                continue
            checked = source.check(source.edited(row, value), facts)
            codes = [v.code for v in checked.verdicts if v]
            assert "contradicted" in codes, (row["n"], value)
