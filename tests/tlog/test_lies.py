"""Packages signed by the organisation's own key that contradict themselves: every lie is found at its step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

import pytest

from lianze.tlog import (
    SM3,
    JsonValue,
    checkpoint_of,
    leaf_hash,
    package_json,
    package_write,
    set_proof,
    sign_checkpoint,
)
from lianze.tlog.figure_check import value_at
from lianze.tlog.package import EvidenceFile, Figure, Hit, HonestTime, ListedEntry, Measure, PackageContents
from lianze.tlog.package_write import render_package
from lianze.tlog.verdict import Outcome
from lianze.tlog.verify import Trust, examine_package
from tests.tlog.sample import (
    CITY_KEY,
    FACTS,
    HEAD_AT,
    LOG,
    LOG_KEY,
    MINUTES_HASH,
    NOW,
    STRANGER,
    Fact,
    sample_contents,
    sample_tree,
)

Lie: TypeAlias = Callable[[PackageContents], PackageContents]


def refusal(contents: PackageContents) -> tuple[str, str]:
    """Name of the step that refuses the package, and its reason."""
    last = examine_package(render_package(contents, [LOG]), NOW, Trust((LOG_KEY, CITY_KEY))).steps[-1]
    assert last.outcome is Outcome.REFUSED
    return last.name, last.reason


def entry(at: int, **changes: object) -> Lie:
    """Change one listed entry; the leaves stay."""

    def lie(contents: PackageContents) -> PackageContents:
        changed: ListedEntry = replace(contents.entries[at], **changes)  # type: ignore[arg-type]
        return replace(contents, entries=(*contents.entries[:at], changed, *contents.entries[at + 1 :]))

    return lie


def figure(name: str, **changes: object) -> Lie:
    """Change one figure."""

    def lie(contents: PackageContents) -> PackageContents:
        figures = [
            replace(one, **changes) if one.id == name else one  # type: ignore[arg-type]
            for one in contents.figures
        ]
        return replace(contents, figures=tuple(figures))

    return lie


def head(**changes: object) -> Lie:
    """Change the log's head and sign it anew."""

    def lie(contents: PackageContents) -> PackageContents:
        changed = replace(checkpoint_of(contents.checkpoint), **changes)  # type: ignore[arg-type]
        return replace(contents, checkpoint=sign_checkpoint(changed, [LOG]))

    return lie


def whole(**changes: object) -> Lie:
    return lambda contents: replace(contents, **changes)  # type: ignore[arg-type]


FIRST = sample_contents().entries[0]
EARLIER = sample_contents().earlier[0]
TITLE_CHANGED = (FIRST.content or "").replace("记录 ", "纪录 ")
EXTRA = Figure("x", "x", "次", Measure.COUNT, "", date(2024, 1, 1), date(2025, 1, 1), "1", (Hit("nobody/1"),))
LIES: dict[str, tuple[Lie, str, str]] = {
    "changed content": (entry(0, content=TITLE_CHANGED), "entries", "leaf.content"),
    "changed salt": (entry(0, salt=bytes(32)), "entries", "leaf.content"),
    "content as no JSON": (entry(0, content="x"), "entries", "leaf.content"),
    "another date than the content": (entry(0, happened_on=date(2024, 3, 1)), "entries", "entry.field"),
    "another time than the content": (
        entry(0, recorded_at=FIRST.recorded_at - timedelta(days=1)),
        "entries",
        "entry.field",
    ),
    "another register": (entry(0, register="review"), "entries", "entry.field"),
    "another id": (entry(0, id="activity/9"), "entries", "entry.field"),
    "another revision": (entry(0, revision=2), "entries", "entry.field"),
    "evidence dropped": (entry(0, evidence=()), "entries", "entry.field"),
    "evidence invented": (entry(0, evidence=(bytes(32), MINUTES_HASH)), "entries", "entry.field"),
    "salt without content": (entry(0, content=None), "entries", "shape"),
    "leaf swapped while withheld": (entry(3, leaf=bytes(32)), "inclusion", "proof.inclusion"),
    "leaf at another index": (entry(3, leaf_index=11), "inclusion", "proof.inclusion"),
    "leaf beyond the log": (entry(6, leaf_index=99), "inclusion", "proof.index"),
    "first revision left out": (
        lambda contents: replace(contents, entries=(*contents.entries[:1], *contents.entries[2:])),
        "entries",
        "entry.first",
    ),
    "same revision twice": (
        lambda contents: replace(contents, entries=(*contents.entries, replace(FIRST, leaf_index=20))),
        "entries",
        "shape",
    ),
    "recorded after the head": (
        entry(3, recorded_at=NOW + timedelta(days=9)),
        "entries",
        "entry.time",
    ),
    "proof of fewer nodes": (
        lambda contents: replace(contents, proof=contents.proof[:-1]),
        "inclusion",
        "proof.length",
    ),
    "proof of more nodes": (
        lambda contents: replace(contents, proof=(*contents.proof, bytes(32))),
        "inclusion",
        "proof.length",
    ),
    "head of another size": (head(size=40), "inclusion", "proof.length"),
    "head with another root": (head(root=bytes(32)), "inclusion", "proof.inclusion"),
    "head of another hash function": (head(hasher=SM3), "checkpoint", "checkpoint.hash"),
    "head younger than the package": (head(at=NOW), "checkpoint", "time.order"),
    "head signed by another key of that name": (
        lambda contents: replace(contents, checkpoint=sign_checkpoint(checkpoint_of(contents.checkpoint), [STRANGER])),
        "checkpoint",
        "note.stranger",
    ),
    "witness forged": (
        lambda contents: replace(
            contents,
            checkpoint=replace(
                contents.checkpoint,
                signatures=(
                    contents.checkpoint.signatures[0],
                    replace(contents.checkpoint.signatures[1], value=bytes(64)),
                ),
            ),
        ),
        "checkpoint",
        "note.signature",
    ),
    "earlier head with a wrong root": (
        whole(earlier=(replace(EARLIER, root=bytes(32)),)),
        "succession",
        "proof.consistency",
    ),
    "earlier heads of one size": (whole(earlier=(EARLIER, EARLIER)), "succession", "proof.size"),
    "count too high": (figure("activities", value="4"), "figures", "figure.value"),
    "count said to be unknown": (figure("activities", value=None), "figures", "figure.value"),
    "an entry counted twice": (
        figure("activities", value="4", hits=(*[Hit(f"activity/{at}") for at in (1, 2, 3)], Hit("activity/1"))),
        "figures",
        "figure.hit",
    ),
    "sum too high": (figure("attendance", value="51"), "figures", "figure.value"),
    "sum off by a millionth": (figure("spent", value="12.500001"), "figures", "figure.value"),
    "contribution other than the content": (
        figure(
            "attendance", value="51", hits=(Hit("activity/1", "13"), Hit("activity/2", "30"), Hit("activity/3", "8"))
        ),
        "figures",
        "figure.tie",
    ),
    "contribution of the first, not the latest revision": (
        figure("attendance", value="3", hits=(Hit("activity/2", "3"),)),
        "figures",
        "figure.tie",
    ),
    "contribution without quantity": (figure("attendance", hits=(Hit("activity/1"),)), "figures", "figure.hit"),
    "distinct count too high": (figure("areas", value="3"), "figures", "figure.value"),
    "distinct count without keys": (figure("areas", hits=(Hit("finding/1"),)), "figures", "figure.hit"),
    "share rounded up": (figure("on_activities", value="66.8"), "figures", "figure.value"),
    "share of an unlisted figure": (figure("on_activities", share_of=("x", "areas")), "figures", "figure.hit"),
    "share of a median": (figure("on_activities", share_of=("areas", "median_delay")), "figures", "figure.hit"),
    "share without parts": (figure("on_activities", share_of=None), "figures", "figure.hit"),
    "share where there is nothing to divide by": (
        figure("on_activities", share_of=("areas", "complaints")),
        "figures",
        "figure.value",
    ),
    "figure of an unlisted entry": (
        lambda contents: replace(contents, figures=(*contents.figures, EXTRA)),
        "figures",
        "figure.entry",
    ),
    "figure twice": (
        lambda contents: replace(contents, figures=(*contents.figures, contents.figures[0])),
        "figures",
        "figure.twice",
    ),
    "evidence file unaccounted for": (
        lambda contents: replace(
            contents, evidence=(*contents.evidence, EvidenceFile(bytes(32), "x", "text/plain", 1))
        ),
        "evidence",
        "evidence.list",
    ),
    "evidence file not listed": (whole(evidence=()), "evidence", "evidence.list"),
    "evidence file with other content": (
        whole(evidence=(EvidenceFile(MINUTES_HASH, "x", "text/plain", 3, b"abc"),)),
        "evidence",
        "evidence.hash",
    ),
    "evidence file of another size": (
        whole(evidence=(replace(sample_contents().evidence[0], size=1),)),
        "evidence",
        "evidence.hash",
    ),
    "period that ends before it starts": (
        lambda contents: replace(contents, header=replace(contents.header, end=contents.header.start)),
        "manifest",
        "shape",
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_a_signed_lie_is_found(name: str) -> None:
    lie, step, reason = LIES[name]
    assert refusal(lie(sample_contents())) == (step, reason)


class Withdrawn(Fact):
    """A fact whose entry was withdrawn."""

    def content(self) -> dict[str, JsonValue]:
        content = super().content()
        state = content["state"]
        assert isinstance(state, dict)
        return {**content, "state": {**state, "withdrawn": True}}


def test_a_withdrawn_entry_does_not_count() -> None:
    first = FACTS[0]
    facts = [Withdrawn(first.id, first.happened_on, first.recorded_at, 1, first.quantity, None, True), *FACTS[1:]]
    assert refusal(sample_contents(facts)) == ("figures", "figure.withdrawn")


def test_contents_that_are_canonical_by_one_reader_only_are_refused() -> None:
    """A commitment to sloppy JSON is still a commitment, but what it says could be read in two ways."""
    contents = sample_contents()
    text, salt = (FIRST.content or "").replace('":"', '": "', 1), FIRST.salt or b""
    sloppy = replace(FIRST, content=text, leaf=leaf_hash(text.encode(), salt)[1])
    entries = (sloppy, *contents.entries[1:])
    tree = sample_tree(entries)
    lied = replace(contents, entries=entries, proof=tuple(set_proof(tree, [one.leaf_index for one in entries])))
    assert refusal(head(root=tree.root())(lied)) == ("entries", "json.spelling")


def test_a_proof_for_another_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = package_json.proof_json
    monkeypatch.setattr(package_write, "proof_json", lambda size, *rest: honest(size + 1, *rest))
    assert refusal(sample_contents()) == ("inclusion", "proof.size")


def test_an_entry_recorded_in_the_very_second_of_the_head_is_in_time() -> None:
    contents = entry(3, recorded_at=HEAD_AT.replace(microsecond=999_999))(sample_contents())
    assert examine_package(render_package(contents, [LOG]), NOW, Trust((LOG_KEY, CITY_KEY))).exit_code == 0


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", {"a": [1, {"b/c": 2, "~": 3}]}),
        ("/a/0", 1),
        ("/a/1/b~1c", 2),
        ("/a/1/~0", 3),
        ("/a/2", None),
        ("/a/-", None),
    ],
)
def test_a_json_pointer_finds_its_value_or_none(pointer: str, value: JsonValue) -> None:
    assert value_at({"a": [1, {"b/c": 2, "~": 3}]}, pointer) == value


def test_a_second_signature_by_a_stranger_on_the_manifest_is_refused() -> None:
    package = render_package(sample_contents(), [LOG, STRANGER])
    last = examine_package(package, NOW, Trust((LOG_KEY,))).steps[-1]
    assert (last.name, last.reason) == ("signature", "note.stranger")


def test_honest_time_told_otherwise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def embellished(*_: object) -> tuple[object, ...]:
        return (HonestTime("activity", "学习活动", 3, 0, 0), HonestTime("expense", "支出", 1, 0, 0))

    monkeypatch.setattr(package_write, "compute_honest_time", embellished)
    assert refusal(sample_contents()) == ("honest-time", "honest-time")
