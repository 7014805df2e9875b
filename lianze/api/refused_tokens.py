"""Requests whose token does not hold, in the audit list: at most a line a minute for each address, with how many more there
were, so that nobody can flood it. Counted in each server process by itself; what is counted last is written with the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from lianze.ledger.audit import append_audit
from lianze.ledger.tokens import find_token, program_fault

WINDOW = timedelta(minutes=1)
MOST_ADDRESSES = 200
ACTION = "token_refused"
MANY = "*"  # stands for all addresses beyond those that are remembered


@dataclass
class Window:
    """A minute of one address: when its line was written, and how many requests came since."""

    written_at: datetime
    more: int = 0


windows: dict[str, Window] = {}
lock = Lock()


def note_refused(secret: str, asked: str, address: str, now: datetime) -> None:
    """Notes one such request; `asked` is its method and path."""
    with lock:
        place = address if address in windows or len(windows) < MOST_ADDRESSES else MANY
        window = windows.get(place)
        is_due = window is None or now - window.written_at >= WINDOW
        if window is not None and not is_due:
            window.more += 1
        late = take_late(now, place)
        if is_due:
            windows[place] = Window(now)
    for other, more in late:
        append_audit(None, ACTION, f"另有{more}次 / {more} more", other, now, who="?")
    if is_due:
        write_line(secret, asked, place, window.more if window else 0, now)


def take_late(now: datetime, here: str) -> list[tuple[str, int]]:
    """Forgets the minutes of other addresses that are over; those with requests that no line tells of."""
    over = [place for place, window in windows.items() if place != here and now - window.written_at >= WINDOW]
    return [(place, more) for place in over if (more := windows.pop(place).more)]


def write_line(secret: str, asked: str, address: str, more: int, now: datetime) -> None:
    """The line: in the list of the account whose token it was, else in nobody's."""
    token = find_token(secret)
    chinese, _, english = (program_fault(token, now) or "").partition(" / ")
    chinese += f"；此前另有{more}次" if more else ""
    english += f"; {more} more before" if more else ""
    account = token.account if token else None
    append_audit(account, ACTION, f"API {asked} {chinese} / {english}", address, now, who="?")
