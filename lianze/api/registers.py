"""Who one is, the registers and their definitions, people and units: what is needed to fill in an entry."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from ninja import Router, Schema

from lianze.api.answers import COMMON
from lianze.api.auth import ApiRequest, Token
from lianze.api.entries import told
from lianze.figures.opening import require_reading
from lianze.ledger.places import find_register, open_registers, read_units, record_refusal
from lianze.org.models import Person

router = Router(tags=["organisation"])


class Me(Schema):
    """The account, where it works and what the token is for."""

    username: str
    display_name: str
    organisation: str
    person: str | None
    scopes: list[str]
    expires_at: str


class RegisterLine(Schema):
    """A register; `record_refusal` says why the asker may not record in it, null when they may."""

    id: str
    title: str
    title_en: str
    restricted: bool
    record_refusal: str | None


class UnitOut(Schema):
    """An internal section, branch or group."""

    id: str
    code: str
    name: str
    parent: str | None


class PersonOut(Schema):
    """Somebody of the organisation."""

    id: str
    code: str
    name: str
    unit: str
    joined_on: str
    left_on: str | None


@router.get("/me", auth=Token(), response={200: Me, **COMMON})
def get_me(request: ApiRequest) -> HttpResponse:
    """Who the token acts as."""
    desk, token = request.desk, request.auth
    return told(
        {
            "username": token.account.username,
            "display_name": token.account.display_name,
            "organisation": desk.organisation.code,
            "person": str(desk.actor.person_id) if desk.actor.person_id else None,
            "scopes": token.scopes,
            "expires_at": token.expires_at.isoformat(),
        }
    )


@router.get("/registers", auth=Token("read"), response={200: list[RegisterLine], **COMMON})
def list_registers(request: ApiRequest) -> HttpResponse:
    """The registers that the asker may know of."""
    desk = request.desk
    return told(
        [
            {
                "id": register.id,
                "title": register.title,
                "title_en": register.title_en,
                "restricted": register.restricted,
                "record_refusal": record_refusal(desk, register),
            }
            for register in open_registers(desk)
        ]
    )


@router.get("/registers/{register_id}", auth=Token("read"), response={200: dict[str, Any], **COMMON})
def get_register(request: ApiRequest, register_id: str) -> HttpResponse:
    """A register's whole definition, as its pack gives it; links only to registers that the asker may know of."""
    desk = request.desk
    definition = asdict(find_register(desk, register_id))
    known = {found.id for found in open_registers(desk)}
    definition["link"] = [link for link in definition["link"] if link["to"] in known]
    for field in definition["field"]:
        field["minimum"], field["maximum"] = (
            str(v) if v is not None else None for v in (field["minimum"], field["maximum"])
        )
    return told(definition)


@router.get("/units", auth=Token("read"), response={200: list[UnitOut], **COMMON})
def list_units(request: ApiRequest) -> HttpResponse:
    """The organisation's units, in its own order."""
    require_reading(request.desk)
    return told(
        [
            {"id": str(u.id), "code": u.code, "name": u.name, "parent": str(u.parent_id) if u.parent_id else None}
            for u in read_units(request.desk)
        ]
    )


@router.get("/people", auth=Token("read"), response={200: list[PersonOut], **COMMON})
def list_people(request: ApiRequest) -> HttpResponse:
    """The organisation's people, by code."""
    require_reading(request.desk)
    rows = Person.objects.filter(organisation_id=request.desk.organisation.id).order_by("code")
    return told(
        [
            {
                "id": str(person.id),
                "code": person.code,
                "name": person.name,
                "unit": str(person.unit_id),
                "joined_on": person.joined_on.isoformat(),
                "left_on": person.left_on.isoformat() if person.left_on else None,
            }
            for person in rows
        ]
    )
