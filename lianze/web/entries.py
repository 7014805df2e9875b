"""One entry's page: what it says, who took part, what it is linked to, what may be done with it and why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from lianze.ledger.actions import Desk
from lianze.ledger.models import Entry, Link, Revision
from lianze.ledger.places import Names, names_in, open_registers, record_refusal
from lianze.ledger.read import read_entry, visible_entries
from lianze.ledger.requirements import kept_of
from lianze.ledger.rows import read_states
from lianze.ledger.states import EntryState
from lianze.ledger.subjects import hands_in, people_about, subject_of
from lianze.org.directory import Directory
from lianze.pack.definitions import LinkRule, Register, Transition
from lianze.rules import Subject, may_see_notes, refusal
from lianze.rules.transitions import asked_day, is_final, is_plan, pending_field, steps_confirming, steps_from
from lianze.web.audit import append_look
from lianze.web.columns import FREE_TEXT, is_late
from lianze.web.history import hands_of, history_of, linked_in, read_revisions
from lianze.web.language import both, named, one_language
from lianze.web.proof import read_proof
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest
from lianze.web.shown import field_text, kind_text, part_text, state_text, value_of
from lianze.web.stepping import Tried, day_title, reasons_of_step


@dataclass(frozen=True)
class Step:
    """A step that may follow, with every reason why it may not be taken now.

    `day_title` is what the day is called that is given with it, "" where none is; `day` what stands there first.
    """

    step: Transition
    reasons: list[str]
    day_title: str
    day: str
    why: str
    faults: Mapping[str, list[str]]

    @property
    def other_faults(self) -> list[str]:
        """What is wrong and is about no control."""
        return self.faults.get("", [])


@dataclass(frozen=True)
class Related:
    """Entries that one relation leads to or comes from."""

    title: str
    entries: list[Entry]


def page(request: DeskRequest, entry_id: UUID, tried: Tried | None = None) -> HttpResponse:
    """The entry's page; with a step that was `tried` and not taken, what is wrong with what was typed."""
    desk = request.desk
    entry = read_entry(desk.organisation, entry_id, desk.actor, desk.pack)
    register = desk.pack.registers[entry.register]
    linked = read_linked(desk, entry)
    state = read_states(desk.organisation.id, [entry], {entry.id: linked.out})[entry.id]
    revisions = read_revisions(desk, entry)
    about = people_about(entry, [(part.role, part.person_id) for part in state.parts], desk.pack)
    subject = subject_of(desk.organisation, entry, hands_in(hands_of(revisions), desk.pack), about)
    append_look(request, register.id, f"{named(register)} {entry.title}")
    notes = may_see_notes(desk.actor, subject, desk.pack)
    known = read_known(desk, linked, revisions)
    directory = directory_of(request)
    names = names_in(directory)
    unit = names.units.get(entry.unit_id, "") if entry.unit_id else ""
    steps = steps_of(desk, register, entry, state, replace(subject, unit_name=unit), directory, tried)
    context = {
        "here": "registers",
        "entry": entry,
        "register": register,
        "kind": kind_text(register, entry.kind),
        "state": state_text(register, entry.state),
        "is_final": is_final(register, entry.state),
        "late": is_late(entry, desk.actor.day),
        "facts": facts_of(desk, register, entry, names, notes),
        "parts": parts_of(register, state, names),
        "related": related_of(desk, register, linked, known),
        "files": sorted(state.attachments) if notes else [],
        "notes": notes,
        "kept": kept_of(state, register, desk.pack, directory),
        "unconfirmed": is_unconfirmed(register, entry, revisions),
        "steps": steps,
        "tried": tried,
        "tried_faults": faults_elsewhere(steps, tried),
        "pending": pending_text(register, entry),
        "unfinished": unfinished_of(desk, register, entry, linked, known),
        "amend_refusal": withdrawn_reason(entry) or reason_for(desk, "amend", replace(subject, unit_name=unit)),
        "withdraw_refusal": withdrawn_reason(entry) or reason_for(desk, "withdraw", replace(subject, unit_name=unit)),
        "next_links": next_links(desk, register, entry),
        "history": history_of(desk, register, revisions, names, known) if notes else [],
        "proof": read_proof(desk, revisions),
        "record_refusal": record_refusal(desk, register),
        "is_new": request.GET.get("recorded") == register.id,
    }
    return render(request, "web/entry.html", context, status=422 if tried else 200)


def reason_for(desk: Desk, action: str, subject: Subject) -> str:
    """Why `action` may not be done, in the reader's language; empty when it may."""
    reason = refusal(action, desk.actor, subject, desk.pack)
    return one_language(reason) if reason else ""


def withdrawn_reason(entry: Entry) -> str:
    """That nothing more happens to a withdrawn entry."""
    return both("这条记录已撤回", "The entry is withdrawn") if entry.withdrawn else ""


def facts_of(desk: Desk, register: Register, entry: Entry, names: Names, notes: bool) -> list[tuple[str, str]]:
    """The filled fields with their titles. Without `notes` no free text is shown."""
    found = []
    for field in register.field:
        text = field_text(field, value_of(entry, field.name), desk.pack, names)
        if text and field.name != "title" and (notes or field.type not in FREE_TEXT):
            found.append((named(field), text))
    return found


def parts_of(register: Register, state: EntryState, names: Names) -> list[tuple[str, str]]:
    """Who took part, by role, in speaking order."""
    found = []
    for rule in register.participant:
        people = [part_text(part, rule, names) for part in state.parts if part.role == rule.role]
        if people:
            count = both(f"（{len(people)}人）", f" ({len(people)})") if len(people) > 1 else ""
            found.append((named(rule) + count, both("、", ", ").join(people)))
    return found


@dataclass(frozen=True)
class Linked:
    """Relation and other end of the links out and back."""

    out: Sequence[tuple[str, UUID]]
    back: Sequence[tuple[str, UUID]]


def read_linked(desk: Desk, entry: Entry) -> Linked:
    """The entry's links, in one query."""
    own = Q(entry_id=entry.id) | Q(target_id=entry.id)
    rows = Link.objects.filter(own, organisation_id=desk.organisation.id)
    links = list(rows.values_list("entry_id", "relation", "target_id"))
    out = [(relation, target) for start, relation, target in links if start == entry.id]
    return Linked(out, [(relation, start) for start, relation, target in links if target == entry.id])


def read_known(desk: Desk, linked: Linked, revisions: list[Revision]) -> dict[UUID, Entry]:
    """Entries at the other ends, now or in a revision, as far as the actor may know of them."""
    wanted = {found for _, found in (*linked.out, *linked.back)} | linked_in(revisions)
    seen = visible_entries(desk.organisation, desk.actor, desk.pack).filter(id__in=wanted)
    return {found.id: found for found in seen} if wanted else {}


def related_of(desk: Desk, register: Register, linked: Linked, known: Mapping[UUID, Entry]) -> list[Related]:
    """Entries linked to and from, as far as the actor may know of them."""
    out, back = pairs(linked.out), pairs(linked.back)
    related = [Related(named(rule), entries_of(out.get(rule.relation, []), known)) for rule in register.link]
    for other in desk.pack.registers.values():
        for rule in other.link:
            if rule.to == register.id:
                entries = [e for e in entries_of(back.get(rule.relation, []), known) if e.register == other.id]
                title = both(f"{other.title}（{rule.title}）", f"{other.title_en} ({rule.title_en})")
                related.append(Related(title, entries))
    return [found for found in related if found.entries]


def pairs(rows: Iterable[tuple[str, UUID]]) -> dict[str, list[UUID]]:
    """Ids by relation."""
    found: dict[str, list[UUID]] = {}
    for relation, entry_id in rows:
        found.setdefault(relation, []).append(entry_id)
    return found


def entries_of(ids: list[UUID], known: Mapping[UUID, Entry]) -> list[Entry]:
    """Those that may be seen, latest first."""
    return sorted((known[found] for found in ids if found in known), key=lambda e: (e.happened_on, e.id), reverse=True)


def steps_of(
    desk: Desk,
    register: Register,
    entry: Entry,
    state: EntryState,
    subject: Subject,
    directory: Directory,
    tried: Tried | None = None,
) -> list[Step]:
    """The steps out of the entry's state. The day and the reason are asked for beside the button; what else is missing
    keeps it shut."""
    found = []
    for step in steps_from(register, entry.state):
        reasons = [withdrawn_reason(entry)] if entry.withdrawn else []
        reasons += reasons_of_step(desk, register, state, subject, step, directory)
        title = day_title(register, step) if asked_day(step) else ""
        day = "" if is_plan(register, step) else desk.actor.day.isoformat()
        if tried is not None and tried.step == step.id:
            found.append(Step(step, reasons, title, tried.day, tried.why, tried.faults))
        else:
            found.append(Step(step, reasons, title, day, "", {}))
    return found


def faults_elsewhere(steps: Sequence[Step], tried: Tried | None) -> list[str]:
    """What is wrong with a step that was tried and whose form is not on the page."""
    if tried is None or any(one.step.id == tried.step and not one.reasons for one in steps):
        return []
    return [fault for found in tried.faults.values() for fault in found]


def pending_text(register: Register, entry: Entry) -> str:
    """What waits for an answer in the entry's state, as “申请延期至 2024-06-30”; empty where nothing does."""
    name = pending_field(register, entry.state)
    day = value_of(entry, name) if name else None
    title = next((named(known) for known in register.field if known.name == name), "")
    return f"{title} {day}" if day else ""


def is_unconfirmed(register: Register, entry: Entry, revisions: Sequence[Revision]) -> bool:
    """Whether the entry stands where a second person leads, and none did: it came so from a workbook."""
    confirming = {step.id for step in steps_confirming(register, entry.state)}
    return bool(confirming) and not any(revision.action in confirming for revision in revisions)


def unfinished_of(
    desk: Desk, register: Register, entry: Entry, linked: Linked, known: Mapping[UUID, Entry]
) -> list[Entry]:
    """Entries that point to this one and are not closed, where a step from here would close it: to look at first."""
    if not any(is_final(register, step.to) for step in steps_from(register, entry.state)):
        return []
    pointing = entries_of(list(dict.fromkeys(found for _, found in linked.back)), known)
    return [
        other for other in pointing if not other.withdrawn and is_unfinished(desk.pack.registers[other.register], other)
    ]


def is_unfinished(register: Register, entry: Entry) -> bool:
    """Whether its register can close entries, and this one is not closed."""
    return any(state.final for state in register.state) and not is_final(register, entry.state)


def next_links(desk: Desk, register: Register, entry: Entry) -> list[tuple[Register, LinkRule]]:
    """What can be recorded straight from here: entries of other registers that point to this one."""
    if entry.withdrawn:
        return []
    return [
        (other, rule)
        for other in open_registers(desk)
        if record_refusal(desk, other) is None
        for rule in other.link
        if rule.to == register.id
    ]
