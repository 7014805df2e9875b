"""The page of an entry's form: empty, filled in, or with what is wrong beside each field."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from lianze.ledger.actions import Desk
from lianze.ledger.filters import parse_id
from lianze.ledger.media import PROGRAM_NAMES
from lianze.ledger.models import Entry
from lianze.ledger.places import names_in
from lianze.ledger.read import visible_entries
from lianze.org.directory import Directory
from lianze.pack.definitions import Register
from lianze.web.controls import Layout, Typed, layout_of
from lianze.web.doubts import NO_DOUBTS, Doubts
from lianze.web.entries import read_known, read_linked
from lianze.web.history import Version, history_of, read_revisions
from lianze.web.language import both, named, one_language
from lianze.web.owed import owed_words
from lianze.web.posting import split_typed
from lianze.web.prefill import last_entry
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest
from lianze.web.sent import ALSO
from lianze.web.steps import version_of
from lianze.web.uploads import tokens_of

# Where typing starts on a form that nothing is wrong with.
FIRST_FOCUS = "title"


@dataclass(frozen=True)
class Faulty:
    """A place of the form with what is wrong there; `id` is what a link to it ends in."""

    name: str
    id: str
    title: str
    sentences: list[str]


def form_page(
    request: DeskRequest,
    register: Register,
    directory: Directory,
    typed: Typed,
    faults: dict[str, list[str]],
    entry: Entry | None = None,
    attached: tuple[tuple[str, str], ...] = (),
    is_stale: bool = False,
    doubts: Doubts = NO_DOUBTS,
) -> HttpResponse:
    """The form. `is_stale`: saved elsewhere since it was opened; shows what that changed, and `faults` are what both sides
    changed, which is saved over when sent again. `doubts`: asked about once, and saved when sent again."""
    desk = request.desk
    readable = {name: [one_language(sentence) for sentence in found] for name, found in faults.items()}
    layout = make_layout(desk, register, directory, split_typed(typed, register, directory), readable)
    faulty = faulty_controls(layout, readable)
    kind = (typed.get("kind") or [""])[0]
    context = {
        "here": "registers",
        "register": register,
        "layout": layout,
        "entry": entry,
        "version": (not is_stale and request.POST.get("version")) or (entry.version if entry else 0),
        "meanwhile": read_meanwhile(request, register, entry) if entry and is_stale else [],
        "why": request.POST.get("why", ""),
        "also": request.POST.get(ALSO, ""),
        "also_faults": readable.get(ALSO, []),
        "faulty": faulty,
        "other_faults": other_faults(layout, readable),
        "doubts": doubts,
        "focus": (faulty[0].name if faulty else "") if faults or doubts else FIRST_FOCUS,
        "has_faults": bool(faults) and not is_stale,
        "has_conflicts": bool(faults) and is_stale,
        "owed": "" if entry else owed_words(request, register),
        "last": None if entry else last_entry(desk, register, kind),
        "populations": [(p.id, named(p)) for p in desk.pack.populations.values()],
        "attached": tokens_of(request.user.id, attached),
        "limit_bytes": settings.EVIDENCE_LIMIT_BYTES,
        "limit": settings.EVIDENCE_LIMIT_BYTES // 1024**2,
        "programs": PROGRAM_NAMES,
        "draft": draft_of(request, register, entry.id if entry else None),
    }
    return render(request, "web/entry_form.html", context, status=422 if faults or is_stale or doubts else 200)


def faulty_controls(layout: Layout, faults: dict[str, list[str]]) -> list[Faulty]:
    """The places with faults, in the page's order."""
    also = both("同样内容的其他日期", "The same on other days")
    places = [(c.name, c.id, c.title) for c in (*layout.open, *layout.folded)]
    places += [(ALSO, ALSO, also), ("files", "files", both("佐证材料", "Evidence"))]
    return [Faulty(name, place, title, faults[name]) for name, place, title in places if faults.get(name)]


def other_faults(layout: Layout, faults: dict[str, list[str]]) -> list[str]:
    """What is wrong with the whole, or with what the form does not show."""
    shown = {one.name for one in faulty_controls(layout, faults)}
    return [sentence for name, found in faults.items() if name not in shown for sentence in found]


def draft_of(request: DeskRequest, register: Register, entry_id: UUID | None = None) -> str:
    """What the browser keeps a draft under, and forgets it by once it is saved; "" where none may stay on a machine."""
    return "" if register.restricted else f"{request.user.id}:{entry_id or register.id}"


def read_meanwhile(request: DeskRequest, register: Register, entry: Entry) -> list[Version]:
    """What was saved since the form was opened, the latest first."""
    shown = version_of(request)
    desk, revisions = request.desk, read_revisions(request.desk, entry)
    known = read_known(desk, read_linked(desk, entry), revisions)
    history = history_of(desk, register, revisions, names_in(directory_of(request)), known)
    return [version for version in history if version.number > shown]


def make_layout(
    desk: Desk, register: Register, directory: Directory, typed: Typed, faults: dict[str, list[str]]
) -> Layout:
    """The controls, with the titles of the entries linked to."""
    wanted = [parse_id(text) for name, texts in typed.items() if name.startswith(">") for text in texts]
    rows = visible_entries(desk.organisation, desk.actor, desk.pack).filter(id__in=[w for w in wanted if w])
    titles = {str(entry_id): title for entry_id, title in rows.values_list("id", "title")} if any(wanted) else {}
    return layout_of(register, desk.pack, directory, typed, faults, titles)
