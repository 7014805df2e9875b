"""Schemas, vectors and the two format documents agree with the program."""

import io
import json
import re
import zipfile
from pathlib import Path

import jsonschema_rs
import pytest

from lianze.tlog.reasons import REASONS
from lianze.tlog.verify import STEPS
from tests.tlog.sample import sample_package
from tests.tlog.vectors import FOLDER, vectors

DOCS = FOLDER.parent
SCHEMAS = sorted(path.name for path in (DOCS / "schemas").glob("*.json"))


def member(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sample_package())) as archive:
        return archive.read(name)


def validator(name: str) -> "jsonschema_rs.Draft202012Validator":
    return jsonschema_rs.Draft202012Validator(json.loads((DOCS / "schemas" / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_member_of_the_sample_fits_its_schema(name: str) -> None:
    assert validator(name).is_valid(json.loads(member(name)))


def places(value: object) -> list[dict[str, object]]:
    """Every object in a JSON value."""
    if isinstance(value, dict):
        return [value, *(one for inner in value.values() for one in places(inner))]
    return [one for inner in value for one in places(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_schema_lets_an_unknown_member_through(name: str) -> None:
    check = validator(name)
    for at in range(len(places(json.loads(member(name))))):
        value = json.loads(member(name))
        places(value)[at]["unknown"] = 1
        assert not check.is_valid(value)


def test_every_json_member_has_a_schema() -> None:
    with zipfile.ZipFile(io.BytesIO(sample_package())) as archive:
        assert [name for name in sorted(archive.namelist()) if name.endswith(".json")] == SCHEMAS


@pytest.mark.parametrize("name", sorted(vectors()))
def test_the_vectors_beside_the_documents_are_what_the_program_makes(name: str) -> None:
    """After a deliberate change of format: python -m tests.tlog.vectors"""
    assert (FOLDER / name).read_bytes() == vectors()[name]


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_step_and_every_reason_is_documented() -> None:
    package, log = text_of("package-format.md"), text_of("log-format.md")
    for name in ["container", *(name for name, _ in STEPS)]:
        assert f"`{name}`" in package
    documented = set(re.findall(r"`([a-z-]+(?:\.[a-z-]+)?)`", package + log))
    assert set(REASONS) - documented == set()


@pytest.mark.parametrize("name", ["package-format.md", "log-format.md"])
def test_links_of_the_documents_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", text_of(name)):
        assert (DOCS / target).exists(), target


def test_no_document_names_a_machine() -> None:
    for path in [*DOCS.glob("*-format.md"), *(DOCS / "schemas").iterdir(), *FOLDER.glob("*.json")]:
        assert "/work/" not in Path(path).read_text(encoding="utf-8")
