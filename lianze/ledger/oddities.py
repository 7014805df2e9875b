"""What is typed wrongly more often than it is so: shown before it is written, and written when confirmed."""

from collections.abc import Iterator
from datetime import date, timedelta

from lianze.org.directory import Directory

AHEAD = timedelta(days=366)
LONGEST_NAME = 20


def doubled_names(before: Directory, after: Directory) -> Iterator[str]:
    """Newcomers with a number of their own who bear the name of somebody else."""
    for person in after.people.values():
        twins = [after.people[twin] for twin in after.people_named(person.name) if twin != person.id]
        if twins and person.id not in before.people:
            known = "、".join(twin.code for twin in twins)
            yield (
                f"“{person.name}”（{person.code}）与{known}同名：是同一人的，请用原来的编号；确是另一个人，再确认 /"
                f" {person.name} ({person.code}) has the name of {known}: if it is the same person, use that number"
            )


def oddities(directory: Directory, today: date) -> Iterator[str]:
    """People who join more than a year from `today`, and names too long for a name."""
    for person in directory.people.values():
        if person.joined_on > today + AHEAD:
            yield (
                f"“{person.name}”的入职日期{person.joined_on}在一年以后，年份是否写错？ /"
                f" {person.name} joins on {person.joined_on}, more than a year ahead: is the year right?"
            )
        if len(person.name) > LONGEST_NAME:
            yield (
                f"姓名“{person.name}”超过{LONGEST_NAME}个字，是否填错了栏？ /"
                f" the name {person.name} is longer than {LONGEST_NAME} characters: does it belong here?"
            )
