"""Every kind of every register is recorded through its form with no more than it must have."""

import pytest
from django.test import Client

from lianze.ledger.models import Entry
from lianze.org.models import Organisation
from lianze.pack import Pack, load_builtin
from lianze.pack.definitions import Field, Register
from lianze.pack.kinds import covers
from lianze.rules.requirements import needed_in
from tests.web.conftest import LogIn, first_of

TYPED = {"date": "2023-12-28", "unit": "办公室", "person": "苏念安", "boolean": "true", "integer": "1", "decimal": "1"}


def value_for(field: Field, pack: Pack) -> str:
    """Something that the field takes."""
    choices = field.choices or (pack.vocabularies[field.vocabulary].choice if field.vocabulary else ())
    if field.name == "happened_on":
        return "2023-12-28"
    return choices[0].title if choices else TYPED.get(field.type) or field.example or "试记一条"


def least(register: Register, kind: str, pack: Pack, office: Organisation) -> dict[str, str]:
    """What the form of this kind cannot do without."""
    asked = [f for f in register.field if f.required and (not f.kinds or covers(f.kinds, kind))]
    typed = {"kind": kind, **{field.name: value_for(field, pack) for field in asked}}
    typed |= {f"@{one.role}": "沈望川" for one in register.participant if one.required}
    people = ["贺明远", "陆青禾"]
    typed |= {name: people.pop() for name in sorted(needed_in(register, kind)) if name.startswith("@")}
    return typed | {f">{one.relation}": str(first_of(office, one.to).id) for one in register.link if one.required}


def record(client: Client, register: str, typed: dict[str, str]) -> Entry:
    """Records it; the entry."""
    assert client.get(f"/registers/{register}/new/?kind={typed['kind']}").status_code == 200
    answer = client.post(f"/registers/{register}/new/", typed)
    assert answer.status_code == 302, [fault for c in answer.context["layout"].open for fault in c.faults]
    return Entry.objects.get(id=answer.headers["Location"].split("/")[2])


@pytest.mark.parametrize("register", load_builtin().registers)
def test_every_kind_is_recorded_by_what_its_form_must_have(register: str, log_in: LogIn, office: Organisation) -> None:
    pack = load_builtin()
    definition = pack.registers[register]
    client = log_in("discipline" if definition.restricted else "clerk")
    made = [record(client, register, least(definition, kind.id, pack, office)) for kind in definition.kind]
    assert [entry.kind for entry in made] == [kind.id for kind in definition.kind]
