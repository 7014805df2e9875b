"""Names in an import that are nobody's of the organisation: kept as guests, and asked about before they are counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lianze.ledger.states import EntryState
from lianze.org.directory import Directory
from lianze.pack.definitions import Register
from lianze.pack.spelling import folded

MOST_NAMED, MOST_PLACES = 40, 4


@dataclass
class Outsiders:
    """Where each guest is named for the first time."""

    directory: Directory
    places: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def note(self, sheet: str, row: int, register: Register, before: EntryState | None, after: EntryState) -> None:
        """The guests of one row (from 0) that the ledger does not have in that entry yet."""
        known = {(part.role, part.outside_name) for part in before.parts} if before else set()
        titles = {rule.role: (rule.title, rule.title_en) for rule in register.participant}
        for part in after.parts:
            if part.outside_name and (part.role, part.outside_name) not in known:
                title, title_en = titles[part.role]
                place = (f"{sheet}第{row + 1}行“{title}”", f"{sheet} row {row + 1}, {title_en}")
                self.places.setdefault(part.outside_name, []).append(place)

    def doubts(self) -> Iterator[str]:
        """One for each likely slip of the pen, then one for all other guests."""
        own = names_by_spelling(self.directory)
        others: list[tuple[str, str]] = []
        for name, places in self.places.items():
            has_left = folded(name) in own
            near = near_among(name, own)
            told, told_en = listed(places, MOST_PLACES if near else 1)
            if near:
                yield (
                    f"“{name}”不是本单位人员，按外单位人员登记（{told}）；是否应为{'、'.join(near)}？ /"
                    f" {name} is nobody of this office and is kept as a guest ({told_en}): is it {', '.join(near)}?"
                )
            elif has_left:
                others.append((f"{name}（{told}；那天不在本单位）", f"{name} ({told_en}; not here that day)"))
            else:
                others.append((f"{name}（{told}）", f"{name} ({told_en})"))
        if others:
            untold = max(len(others) - MOST_NAMED, 0)
            more, more_en = (f"等{len(others)}人", f" and {untold} more") if untold else ("", "")
            yield (
                f"不是本单位人员，按外单位人员登记：{'、'.join(o[0] for o in others[:MOST_NAMED])}{more} /"
                f" nobody of this office, kept as guests: {', '.join(o[1] for o in others[:MOST_NAMED])}{more_en}"
            )


def names_by_spelling(directory: Directory) -> dict[str, str]:
    """Everybody's name by how it is compared."""
    return {folded(person.name): person.name for person in directory.people.values()}


def near_names(name: str, directory: Directory) -> list[str]:
    """Names of the organisation's people that are one character from `name`, which is nobody's."""
    return near_among(name, names_by_spelling(directory))


def near_among(name: str, own: Mapping[str, str]) -> list[str]:
    """Those of the names one character from `name`; none where it is one of them."""
    spelling = folded(name)
    return [] if spelling in own else [title for other, title in own.items() if is_near(spelling, other)]


def listed(places: list[tuple[str, str]], most: int) -> tuple[str, str]:
    """The first places, and how many there are, in Chinese and English."""
    told, told_en = "、".join(place for place, _ in places[:most]), "; ".join(place for _, place in places[:most])
    if len(places) <= most:
        return told, told_en
    return f"{told}等{len(places)}处", f"{told_en} and {len(places) - most} more"


def is_near(one: str, other: str) -> bool:
    """Whether two different names are one character apart: another, one more or one less."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 2:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest = (one[start + 1 :], other[start + 1 :]), (one[start:], other[start + 1 :]), (one[start + 1 :], other[start:])
    return any(a == b for a, b in rest)
