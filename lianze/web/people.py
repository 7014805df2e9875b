"""The people picker's suggestions: by name, pinyin or initials; whole populations at once; which of
pasted names are people, and which are nearly."""

from datetime import date

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from lianze.ledger.filters import parse_day
from lianze.org.models import Person
from lianze.web.controls import near_guests
from lianze.web.remembered import directory_of
from lianze.web.requests import DeskRequest

MOST = 12
LONGEST = 40


def suggest(request: DeskRequest) -> HttpResponse:
    """JSON `{"found": [{"value", "text"}]}`: `value` is typed into the form, the code where a name is not unique."""
    desk = request.desk
    day = parse_day(request.GET.get("on", "")) or timezone.localdate()
    if group := request.GET.get("population", ""):
        return JsonResponse({"found": population(request, group, day)})
    if names := request.GET.getlist("name"):
        known = directory_of(request).names
        return JsonResponse({"found": [{"value": name, "text": name} for name in names if name in known]})
    if guests := request.GET.getlist("near"):
        near = near_guests(guests, directory_of(request))
        return JsonResponse({"found": [{"value": name, "near": people} for name, people in near.items()]})
    text = request.GET.get("q", "")[:LONGEST].strip().lower().replace(" ", "")
    if not text:
        return JsonResponse({"found": []})
    rows = Person.objects.filter(organisation_id=desk.organisation.id, joined_on__lte=day)
    rows = rows.filter(Q(left_on__isnull=True) | Q(left_on__gte=day))
    sounds = Q(initials__startswith=text) | Q(pinyin__startswith=text[:1], initials__contains=text[:1])
    close = rows.filter(Q(name__contains=text) | Q(code__iexact=text) | sounds).select_related("unit")
    found = [person for person in close.order_by("pinyin", "code")[:200] if is_meant(person, text)]
    return JsonResponse({"found": [as_json(person, found) for person in found[:MOST]]})


def is_meant(person: Person, text: str) -> bool:
    """Whether the text is part of the name, the code, the initials' or the pinyin's beginning."""
    joined = person.pinyin.replace(" ", "")
    return (
        text in person.name
        or text == person.code.lower()
        or person.initials.startswith(text)
        or joined.startswith(text)
    )


def as_json(person: Person, among: list[Person]) -> dict[str, str]:
    """One suggestion."""
    twins = [other for other in among if other.name == person.name]
    value = person.name if len(twins) == 1 else person.code
    return {
        "value": value,
        "text": f"{person.name}　{person.unit.name}" + ("" if len(twins) == 1 else f"　{person.code}"),
    }


def population(request: DeskRequest, group: str, day: date) -> list[dict[str, str]]:
    """Everybody of one of the pack's populations that day."""
    desk = request.desk
    known = desk.pack.populations.get(group)
    if known is None:
        return []
    directory = directory_of(request)
    people = directory.population(known, day)
    names = directory.names
    return [{"value": p.name if len(names[p.name]) == 1 else p.code, "text": directory.called(p.id)} for p in people]
