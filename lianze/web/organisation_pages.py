"""The page of one person and of one unit: what they are and were, what can be done, and the history of it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from lianze.domain.errors import NotFound, Refused
from lianze.ledger.actions import Desk
from lianze.ledger.org_plans import Planner
from lianze.ledger.org_rows import columns_of, json_of_columns
from lianze.ledger.places import open_registers
from lianze.org.models import Appointment, Portfolio, Post, Record
from lianze.rules import Subject, refusal
from lianze.web.language import one_language
from lianze.web.organise_words import Words
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest


@dataclass(frozen=True)
class Line:
    """A post, an appointment or a portfolio, with what can be done to it. `may_end`: it runs, and no end is set yet."""

    row: Record
    subject: str
    texts: dict[str, str]
    name: str
    charge: str
    is_on: bool
    is_ahead: bool = False
    may_end: bool = False


def organise_refusal(desk: Desk) -> str | None:
    """Why the actor may not change the organisation, in the reader's language; None when it may."""
    reason = refusal("organise", desk.actor, Subject(desk.organisation.path), desk.pack)
    return one_language(reason) if reason else None


def require_reader(desk: Desk) -> None:
    """Refused for who may read no register here."""
    if not open_registers(desk):
        raise Refused("您的角色不能查看单位情况 / none of your roles may read the organisation")


def person(request: DeskRequest, row_id: UUID) -> HttpResponse:
    """One person: posts, portfolios, and what is known of them."""
    desk = request.desk
    require_reader(desk)
    planner = Planner(directory_of(request))
    found = planner.directory.people.get(row_id)
    if found is None:
        raise NotFound("没有这个人 / no such person")
    reason = organise_refusal(desk)
    words = Words(desk, planner.directory, keeps_back=reason is not None)
    posts = [line(words, "appointment", row, desk) for row in planner.appointments if row.person_id == row_id]
    charges = [line(words, "portfolio", row, desk) for row in planner.directory.portfolios if row.person_id == row_id]
    # Withdrawn ones are in no list but the history.
    held = Appointment.objects.filter(organisation_id=desk.organisation.id, person_id=row_id)
    charged = Portfolio.objects.filter(organisation_id=desk.organisation.id, person_id=row_id)
    ids = [row_id, *held.values_list("id", flat=True), *charged.values_list("id", flat=True)]
    context = {
        "here": "organisation",
        "person": found,
        "unit": planner.directory.units.get(found.unit_id),
        "texts": words.texts("person", json_of_columns(columns_of(found))),
        "posts": posts,
        "charges": charges,
        "has_left": found.left_on is not None and found.left_on < desk.actor.day,
        "history": words.history(ids),
        "refusal": reason,
    }
    return render(request, "web/organisation_person.html", context)


def unit(request: DeskRequest, row_id: UUID) -> HttpResponse:
    """One unit: its people, posts and what stands under it."""
    desk = request.desk
    require_reader(desk)
    planner = Planner(directory_of(request))
    directory = planner.directory
    found = directory.units.get(row_id)
    if found is None:
        raise NotFound("没有这个机构 / no such unit")
    reason = organise_refusal(desk)
    words = Words(desk, directory, keeps_back=reason is not None)
    posts = [line(words, "post", post, desk) for post in planner.posts if post.unit_id == row_id]
    context = {
        "here": "organisation",
        "unit": found,
        "texts": words.texts("unit", json_of_columns(columns_of(found))),
        "people": [one for one in directory.present_on(desk.actor.day) if one.unit_id == row_id],
        "below": [one for one in directory.units_on(desk.actor.day) if one.parent_id == row_id],
        "posts": posts,
        "holders": holders_of(planner, posts, desk),
        "is_closed": found.closed_on is not None and found.closed_on < desk.actor.day,
        "history": words.history([row_id, *(one.row.id for one in posts)]),
        "refusal": reason,
    }
    return render(request, "web/organisation_unit.html", context)


def line(words: Words, subject: str, row: Appointment | Portfolio | Post, desk: Desk) -> Line:
    """One row in words."""
    columns = json_of_columns(columns_of(row))
    texts, day = words.texts(subject, columns), desk.actor.day
    is_on = isinstance(row, Post) or (row.end_on is None or row.end_on >= day)
    is_ahead = not isinstance(row, Post) and row.start_on > day
    may_end = not isinstance(row, Post) and not is_ahead and row.end_on is None
    return Line(row, subject, texts, words.name(subject, columns), words.charge(columns), is_on, is_ahead, may_end)


def holders_of(planner: Planner, posts: list[Line], desk: Desk) -> list[tuple[Line, str, list[str]]]:
    """Each post with its capacity and rank, and the names of who holds it today."""
    people, day = planner.directory.people, desk.actor.day
    held = [row for row in planner.appointments if row.start_on <= day and (row.end_on is None or day <= row.end_on)]
    return [
        (
            one,
            " · ".join([*one.texts.values()][2:]),
            [people[r.person_id].name for r in held if r.post_id == one.row.id],
        )
        for one in posts
    ]
