"""Every endpoint is tried as every role in every relation, held against the rules, and kept as a page of the docs."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from lianze.org.actors import read_actor
from lianze.pack import Pack, load_builtin
from lianze.pack.definitions import Figure, Register
from tests.permissions.endpoints import CALLS, ELSEWHERE, PAGES, Endpoint
from tests.permissions.expected import HIDDEN, LOGIN, Case
from tests.permissions.page import render_table
from tests.permissions.tree import RELATIONS, Holder, Tree, plant
from tests.permissions.trying import Sessions, names_of, sessions, try_call, try_page, undone, with_cookie

PAGE = Path(__file__).parents[2] / "docs" / "generated" / "permissions.md"
WRITE = "LIANZE_WRITE_PERMISSIONS"


@pytest.fixture(autouse=True)
def quick(tmp_path: Path) -> Iterator[None]:
    """Passwords hashed quickly, evidence in a folder of its own, a key of second factors."""
    before = settings.PASSWORD_HASHERS, settings.EVIDENCE, settings.SECOND_FACTOR_KEY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EVIDENCE = tmp_path / "evidence"
    settings.SECOND_FACTOR_KEY = "tests"
    yield
    settings.PASSWORD_HASHERS, settings.EVIDENCE, settings.SECOND_FACTOR_KEY = before


def test_every_address_is_tried() -> None:
    """A new page or endpoint fails here until it says which rule it follows."""
    assert set(names_in(get_resolver().url_patterns)) - ELSEWHERE == {one.route for one in (*PAGES, *CALLS)}


def names_in(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Names of all addresses; the address itself where it has none."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_in(pattern.url_patterns)
        else:
            yield pattern.name or str(pattern.pattern)


@pytest.mark.django_db
def test_the_page_says_what_each_role_may_and_the_rules_say_the_same() -> None:
    pack = load_builtin()
    tree = plant(pack)
    known = sessions(tree)
    cells: dict[tuple[str, str, str, str], str] = {}
    wrong: list[str] = []
    for endpoint, register in rows(tree):
        for holder in tree.holders:
            found, wanted = tried(tree, pack, endpoint, register, holder, known)
            if found != wanted:
                wrong.append(
                    f"{endpoint.method} {endpoint.address} {register.id} {holder.role}: {found}, rules say {wanted}"
                )
            cells[endpoint.method, endpoint.address, register.id if endpoint.by else "", holder.role] = found
        found = stranger(tree, pack, endpoint, register)
        if (found == LOGIN) == endpoint.public:
            wrong.append(f"{endpoint.method} {endpoint.address}: a stranger gets {found}")
        cells[endpoint.method, endpoint.address, register.id if endpoint.by else "", ""] = found
    assert not wrong, "\n".join(wrong)
    text = render_table(cells, tree, pack)
    if os.environ.get(WRITE):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text, f"run the test with {WRITE}=1 and look at what changed"


def rows(tree: Tree) -> Iterator[tuple[Endpoint, Register]]:
    """Endpoints that go by register once for each kind of it."""
    for endpoint in (*PAGES, *CALLS):
        for register in tree.registers if endpoint.by else tree.registers[:1]:
            yield endpoint, register


def tried(
    tree: Tree, pack: Pack, endpoint: Endpoint, register: Register, holder: Holder, known: Sessions
) -> tuple[str, str]:
    """What came of it in each relation, and what the rules say."""
    found = wanted = ""
    for relation in RELATIONS[:1] if endpoint.own else RELATIONS:
        organisation = tree.organisations[relation]
        actor = read_actor(holder.account, tree.organisations["own"], timezone.localdate())
        wanted += endpoint.rule(Case(actor, organisation, register, tree.units[relation], pack))
        names = {**names_of(tree, register, relation), "figure": figure_of(pack, register.id).id}
        with undone():
            found += one_try(endpoint, holder, relation, names, known)
    return found, wanted


def one_try(endpoint: Endpoint, holder: Holder, relation: str, names: dict[str, str], known: Sessions) -> str:
    """The request, from the place itself where one may go there, else from home; a page without anything of the place in
    its address can then not be asked for it at all."""
    if endpoint in CALLS:
        return try_call(Client(headers={"Authorization": f"Bearer {holder.secret}"}), endpoint, names)
    cookie, is_there = known[holder.role, relation]
    client = with_cookie(cookie)
    if not is_there and not endpoint.own and "{entry}" not in endpoint.address and endpoint.route != "place":
        return HIDDEN
    return try_page(client, endpoint, names)


def stranger(tree: Tree, pack: Pack, endpoint: Endpoint, register: Register) -> str:
    """What somebody gets who is not logged in."""
    names = {**names_of(tree, register, "own"), "figure": figure_of(pack, register.id).id}
    with undone():
        return (try_call if endpoint in CALLS else try_page)(Client(), endpoint, names)


@cache
def known_figures() -> tuple[Figure, ...]:
    return tuple(figure for figure in load_builtin().figures.values() if figure.by == "" and not figure.looked)


def figure_of(pack: Pack, register_id: str) -> Figure:
    """A figure about that register alone."""
    own = (f for f in known_figures() if f.register == register_id and not any(c.register for c in (*f.where, *f.base)))
    return next(own, next(figure for figure in pack.figures.values() if figure.register == register_id))
