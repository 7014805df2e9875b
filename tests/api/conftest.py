"""A small office with accounts and tokens: the tree of the permission tests, tried from within."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from lianze.pack import Pack, load_builtin
from tests.permissions.tree import Tree, plant


@pytest.fixture(autouse=True)
def quick(tmp_path: Path) -> Iterator[None]:
    """Passwords hashed quickly, evidence in a folder of its own."""
    before = settings.PASSWORD_HASHERS, settings.EVIDENCE
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EVIDENCE = tmp_path / "evidence"
    yield
    settings.PASSWORD_HASHERS, settings.EVIDENCE = before


@pytest.fixture
def pack() -> Pack:
    return load_builtin()


@pytest.fixture
def tree(db: None, pack: Pack) -> Tree:
    return plant(pack)


def secret_of(tree: Tree, role: str) -> str:
    """The token of the account with that role."""
    return next(holder.secret for holder in tree.holders if holder.role == role)


def client_of(tree: Tree, role: str) -> Client:
    """A program with that token."""
    return Client(headers={"Authorization": f"Bearer {secret_of(tree, role)}"})
