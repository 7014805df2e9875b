"""Whatever stands in a pack folder, loading either gives a pack or says what is wrong; it never crashes."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lianze.domain.errors import Invalid
from lianze.pack import load_pack
from lianze.pack.load import TABLES
from tests.pack.conftest import SOUND, Folder

KEYS = st.sampled_from(
    [
        "id",
        "title",
        "title_en",
        "source",
        "counted_in",
        "kind",
        "field",
        "name",
        "type",
        "required",
        "choices",
        "vocabulary",
        "minimum",
        "participant",
        "role",
        "link",
        "relation",
        "to",
        "state",
        "transition",
        "start",
        "columns",
        "measure",
        "register",
        "of",
        "where",
        "base",
        "period",
        "since",
        "every",
        "by",
        "population",
        "looked",
        "values",
        "capacity",
        "at_least",
        "formula",
        "scope",
        "actions",
        "section",
        "paragraph",
        "sentence",
        "text",
        "when",
        "each",
        "mark",
        "value",
        "key",
        "extend",
    ]
)
SCALARS = st.one_of(
    st.text(max_size=6),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.booleans(),
    st.sampled_from(
        ["talk", "talk.count", "kind", "unit", "{talk.count}", "{", "次", "天", "S", "count", "2023-01-01"]
    ),
)


def render_value(value: object) -> str:
    """TOML of a scalar, list or inline table."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        escaped = "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in value)
        return f'"{escaped}"'
    if isinstance(value, list):
        return "[" + ", ".join(map(render_value, value)) + "]"
    assert isinstance(value, dict)
    return "{ " + ", ".join(f"{key} = {render_value(inner)}" for key, inner in value.items()) + " }"


VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=8
)
ROWS = st.dictionaries(KEYS, VALUES, max_size=6)
FILES = st.tuples(st.sampled_from([*TABLES, "unknown"]), st.lists(ROWS, min_size=1, max_size=3))


def assert_loads_or_tells(files: dict[str, str]) -> None:
    """Loads `files`; only Invalid, with at least one problem, may come out."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Folder(Path(temporary) / "small", files)
        try:
            load_pack([folder.path])
        except Invalid as error:
            assert error.problems
            assert all(str(problem) for problem in error.problems)


@settings(deadline=None)
@given(FILES)
def test_random_tables_never_crash(file: tuple[str, list[dict[str, object]]]) -> None:
    table, rows = file
    text = "".join(f"[[{table}]]\n" + "".join(f"{k} = {render_value(v)}\n" for k, v in row.items()) for row in rows)
    assert_loads_or_tells({**SOUND, "more.toml": text or "\n"})


@settings(deadline=None)
@given(ROWS, st.sampled_from(["registers/talk.toml", "outlines/annual.toml", "pack.toml"]))
def test_random_registers_outlines_and_heads_never_crash(row: dict[str, object], name: str) -> None:
    assert_loads_or_tells(
        {**SOUND, name: "".join(f"{key} = {render_value(value)}\n" for key, value in row.items()) or "\n"}
    )


@settings(deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.integers(0, 10_000), st.text(max_size=3))
def test_a_sound_pack_with_one_slip_never_crashes(name: str, at: int, slip: str) -> None:
    text = SOUND[name]
    at %= len(text)
    assert_loads_or_tells({**SOUND, name: text[:at] + slip + text[at + len(slip) :]})


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_random_bytes_never_crash(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Folder(Path(temporary) / "small", SOUND)
        (folder.path / "more.toml").write_bytes(content)
        assert all("more.toml" in problem.place for problem in folder.problems())
