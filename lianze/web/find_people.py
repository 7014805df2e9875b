"""Search by name: whoever the words name leads to each register's list of what they take part in or answer for.

Only links: what is found there is decided by the list itself, and nothing is counted by person.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from lianze.ledger.actions import Desk
from lianze.ledger.places import open_registers
from lianze.org.directory import Directory
from lianze.pack.definitions import Register
from lianze.web.language import named

# Namesakes told at once.
MOST = 5


@dataclass(frozen=True)
class PersonFound:
    """A person whom the words name, with the lists that are narrowed to them."""

    name: str
    lists: list[tuple[str, str]]


def read_people(desk: Desk, directory: Directory, text: str) -> list[PersonFound]:
    """Everybody whose whole name or code is one of the words."""
    words = text.split()
    found = dict.fromkeys(person for word in words for person in directory.people_named(word))
    registers = [register for register in open_registers(desk) if has_people(register)]
    return [
        PersonFound(
            directory.called(person),
            [
                (named(register), f"{reverse('entry-list', args=[register.id])}?{urlencode({'person': str(person)})}")
                for register in registers
            ],
        )
        for person in list(found)[:MOST]
    ]


def has_people(register: Register) -> bool:
    """Whether people can stand in its entries."""
    return bool(register.participant) or any(field.type == "person" for field in register.field)
