"""What came back with an entry's form: texts, further days and evidence, held against the register's rules."""

import re
from dataclasses import replace
from datetime import date

from lianze.domain.errors import Invalid, Refused
from lianze.ledger.linked import read_targets
from lianze.ledger.validate import problems_in
from lianze.org.directory import Directory
from lianze.pack.dates import NO_YEAR, parse_date
from lianze.pack.definitions import Register
from lianze.pack.shown import Fault
from lianze.web.posting import Reading, faults_by_control
from lianze.web.requests import DeskRequest
from lianze.web.uploads import kept_of, read_uploads

DATES = re.compile(r"[、，,;；\s]+")
ALSO = "also_on"


def typed_in(request: DeskRequest) -> dict[str, list[str]]:
    """What was typed, as lists of texts."""
    return {name: [str(text) for text in request.POST.getlist(name)] for name in request.POST}


def also_days(request: DeskRequest, reading: Reading) -> list[date]:
    """The further days typed; one without a year is of the first day's year."""
    days: list[date] = []
    for text in DATES.split(request.POST.get(ALSO, "").strip()):
        if not text:
            continue
        year = reading.state.happened_on.year
        day = parse_date(f"{year}-{text.replace('月', '-').strip('日号')}" if NO_YEAR.fullmatch(text) else text)
        if isinstance(day, Fault):
            reading.fault(ALSO, day.sentence)
        elif day != reading.state.happened_on and day not in days:
            days.append(day)
    return days


def check_also(
    request: DeskRequest, register: Register, directory: Directory, reading: Reading, days: list[date]
) -> None:
    """Notes at the further days what is wrong on them alone, and says on which day."""
    desk = request.desk
    for day in days:
        state = replace(reading.state, happened_on=day)
        for problem in problems_in(state, register, desk.pack, directory, day=desk.actor.day):
            # What is wrong on the first day too is told there.
            if problem.rule == "happened_on" or problem.rule not in reading.faults:
                reading.fault(ALSO, on_day(problem.sentence, day))


def on_day(sentence: str, day: date) -> str:
    """The sentence with the day that it is about, in both its languages."""
    if str(day) in sentence:
        return sentence
    chinese, slash, english = sentence.rpartition(" / ")
    return f"{day}：{chinese}{slash}{day}: {english}" if slash else f"{day}：{sentence}"


def finish_reading(request: DeskRequest, register: Register, directory: Directory, reading: Reading) -> None:
    """Adds the evidence handed in and everything that the register's rules say is wrong."""
    desk = request.desk
    attachments = dict.fromkeys(kept_of(request.user.id, request.POST.getlist("kept")))
    try:
        attachments |= dict.fromkeys(read_uploads(request))
    except Refused as error:
        reading.fault("files", str(error))
    reading.state = replace(reading.state, attachments=tuple(attachments))
    known = read_targets(desk, (target for _, target in reading.state.links))
    problems = problems_in(reading.state, register, desk.pack, directory, known, day=desk.actor.day)
    for name, found in faults_by_control(problems).items():
        # A value that could not be read counts as missing too; once is enough.
        if name not in reading.faults:
            reading.faults[name] = found


def add_faults(reading: Reading, error: Invalid | Refused) -> None:
    """The ledger's own answer, kept beside what was typed."""
    if isinstance(error, Invalid):
        reading.faults |= faults_by_control(error.problems)
    else:
        reading.fault("", str(error))
