"""The log without its database: leaves checked, appends at growing sizes, a package of 10,000 entries."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median

from bench.rows import Row
from lianze.tlog import (
    Checkpoint,
    Frontier,
    JsonValue,
    Tree,
    leaf_hash,
    load_canonical,
    public_key_of,
    render_canonical,
    set_proof,
    sign_checkpoint,
)
from lianze.tlog.package import Figure, Header, Hit, ListedEntry, Measure, PackageContents, PackRef
from lianze.tlog.package_write import render_package
from lianze.tlog.signers import ED25519, PrivateKey
from lianze.tlog.verify import Trust, examine_package

LEAVES = 20_000
ENTRIES = 10_000
SIZES = (1_000, 10_000, 100_000, 1_000_000)
AT = datetime(2026, 12, 31, tzinfo=UTC)
ORIGIN = "lianze/bench"
SALT = bytes(range(32))


def revision(number: int) -> dict[str, JsonValue]:
    """An activity with ten participants, about 1.4 kB of canonical JSON."""
    parts: list[JsonValue] = [[f"attend-{at}", f"0198-{at:04}-7000", "", "", ""] for at in range(10)]
    state: dict[str, JsonValue] = {
        "register": "activity",
        "title": "召开党风廉政建设专题会议，传达学习上级会议精神，研究部署重点工作",
        "happened_on": "2026-03-01",
        "quantity": "12",
        "amount": None,
        "data": {"place": "三楼会议室", "note": "研究部署，逐项落实。" * 10},
        "parts": parts,
        "links": [],
        "attachments": [],
        "withdrawn": False,
    }
    return {
        "subject": "entry",
        "id": f"0198-{number:06}",
        "revision": 1,
        "author": "张三",
        "recorded_at": "2026-03-02T01:00:00+00:00",
        "why": "",
        "state": state,
    }


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The quickest of some runs."""
    taken: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def leaves_row() -> Row:
    """Checking stored leaves from their rows: canonical JSON, commitment, leaf, and the growing root."""
    rows = [revision(at) for at in range(LEAVES)]
    expected = [leaf_hash(render_canonical(row), SALT) for row in rows]

    def verify() -> None:
        frontier = Frontier()
        for row, known in zip(rows, expected, strict=True):
            if leaf_hash(render_canonical(row), SALT) != known:
                raise AssertionError
            frontier.append(known[1])

    def baseline() -> None:
        for row in rows:
            hashlib.sha256(render_canonical(row)).digest()

    ours, alone = seconds(verify), seconds(baseline)
    return {
        "name": "leaves verified per second",
        "value": f"{LEAVES / ours:,.0f}/s",
        "baseline": f"{LEAVES / alone:,.0f}/s canonical JSON + SHA-256",
        "ratio": round(alone / ours, 2),
        "note": "aim ≥ 0.6; higher is better",
    }


def append_rows() -> list[Row]:
    """One append as the ledger does it, bytes in and bytes out, at growing sizes of the log."""
    costs: list[float] = []
    frontier = Frontier()
    leaf = hashlib.sha256(b"leaf").digest()
    for size in SIZES:
        while frontier.size < size:
            frontier.append(leaf)
        costs.append(append_cost(frontier.to_bytes(), leaf))
    return [
        {
            "name": f"append at {size:,} leaves",
            "value": f"{cost * 1e6:.1f} µs",
            "baseline": f"{costs[0] * 1e6:.1f} µs at {SIZES[0]:,}",
            "ratio": round(cost / costs[0], 2),
            "note": "aim: does not grow; lower is better",
        }
        for size, cost in zip(SIZES[1:], costs[1:], strict=True)
    ]


def append_cost(state: bytes, leaf: bytes, appends: int = 5_000) -> float:
    """Seconds of one load, append and store, median of five."""

    def once() -> float:
        stored, start = state, time.perf_counter()
        for _ in range(appends):
            frontier = Frontier.from_bytes(stored)
            frontier.append(leaf)
            stored = frontier.to_bytes()
        return (time.perf_counter() - start) / appends

    return median(once() for _ in range(5))


def big_package() -> tuple[bytes, Trust]:
    """10,000 entries, all shown, among 50,000 leaves; a count and a sum over all of them."""
    signer = PrivateKey(ORIGIN, ED25519, ED25519.make_private())
    entries: list[ListedEntry] = []
    for at in range(ENTRIES):
        text = render_canonical(revision(at))
        leaf = leaf_hash(text, SALT)[1]
        recorded = datetime(2026, 3, 2, 1, tzinfo=UTC)
        entries.append(
            ListedEntry(f"0198-{at:06}", "activity", 1, date(2026, 3, 1), recorded, at * 5, leaf, text.decode(), SALT)
        )
    said = {one.leaf_index: one.leaf for one in entries}
    tree = Tree(said.get(at) or hashlib.sha256(b"%d" % at).digest() for at in range(ENTRIES * 5))
    year = (date(2026, 1, 1), date(2027, 1, 1))
    count = Figure("n", "n", "次", Measure.COUNT, "", *year, str(ENTRIES), tuple(Hit(one.id) for one in entries))
    hits = tuple(Hit(one.id, "12") for one in entries)
    total = Figure("q", "q", "人次", Measure.SUM, "", *year, str(12 * ENTRIES), hits, "/state/quantity")
    packs = (PackRef("cn-integrity", "1", bytes(32)),)
    header = Header("bench", "bench", ORIGIN, *year, AT, 480, "lianze", tree.hasher, packs)
    key = public_key_of(signer)
    contents = PackageContents(
        header=header,
        checkpoint=sign_checkpoint(Checkpoint(ORIGIN, tree.size, tree.root(), AT), [signer]),
        keys=(key,),
        registers={"activity": "activity"},
        figures=(count, total),
        entries=tuple(entries),
        proof=tuple(set_proof(tree, [one.leaf_index for one in entries])),
    )
    return render_package(contents, [signer]), Trust((key,))


def package_row() -> Row:
    """Verifying the big package against reading and hashing the same canonical JSON."""
    package, trust = big_package()
    texts = [render_canonical(revision(at)) for at in range(ENTRIES)]
    if examine_package(package, AT + timedelta(hours=1), trust).exit_code:
        raise AssertionError

    def baseline() -> None:
        for text in texts:
            hashlib.sha256(render_canonical(load_canonical(text))).digest()

    ours = seconds(lambda: examine_package(package, AT + timedelta(hours=1), trust))
    alone = seconds(baseline)
    return {
        "name": f"package of {ENTRIES:,} entries verified",
        "value": f"{ours:.2f} s, {len(package) / 1e6:.1f} MB",
        "baseline": f"{alone:.2f} s to read and hash the same JSON",
        "ratio": round(ours / alone, 2),
        "note": "all eleven steps; lower is better",
    }


def run() -> list[Row]:
    """All rows."""
    return [leaves_row(), *append_rows(), package_row()]
