"""Days as a calendar file that phones, Outlook and WPS read (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

PRODUCT = "-//Lianze//Lianze//ZH"
REFRESH = timedelta(hours=6)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DueDay:
    """A whole day in the calendar. `uid` stays the same as long as it is the same matter; `address` leads to it."""

    uid: str
    day: date
    title: str
    text: str
    address: str


def render_calendar(name: str, days: Iterable[DueDay], now: datetime) -> bytes:
    """The file; `now` (UTC) is when it was made. Nothing in it takes up anybody's time or rings."""
    from icalendar import Calendar, Event, vDuration  # slow to load, and seldom asked for

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    for one in days:
        event = Event()
        event.add("uid", f"{one.uid}@lianze")
        event.add("dtstamp", now)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + ONE_DAY)
        event.add("summary", one.title)
        if one.text:
            event.add("description", one.text)
        event.add("url", one.address)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
