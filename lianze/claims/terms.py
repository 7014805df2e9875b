"""The pack's words for reading numbers (terms.toml), loaded into sets that answer in one look-up."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lianze.domain.errors import Invalid, Problem

BUILTIN = Path(__file__).parent.parent / "pack" / "builtin" / "cn-integrity" / "terms.toml"


_NUMERAL = re.compile("[一二两双三四五六七八九十]")


class Words:
    """A set of words that finds the longest one at a place, or around it. Cost per look-up: number of distinct lengths."""

    __slots__ = ("lengths", "words")

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.lengths = tuple(sorted({len(word) for word in self.words}, reverse=True))

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def at(self, text: str, start: int) -> str:
        """The longest word that begins at `start`, or ""."""
        for length in self.lengths:
            if text[start : start + length] in self.words:
                return text[start : start + length]
        return ""

    def before(self, text: str, end: int) -> str:
        """The longest word that ends at `end`, or ""."""
        for length in self.lengths:
            if end >= length and text[end - length : end] in self.words:
                return text[end - length : end]
        return ""

    def around(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The longest word that holds text[start:end] whole."""
        for length in self.lengths:
            for first in range(max(0, end - length), start + 1):
                if text[first : first + length] in self.words:
                    return first, first + length
        return None

    def pattern(self) -> re.Pattern[str]:
        """A regex that finds any of them, longest first."""
        if not self.words:
            return re.compile(r"(?!)")
        return re.compile("|".join(re.escape(word) for word in sorted(self.words, key=lambda w: (-len(w), w))))


@dataclass(frozen=True, slots=True)
class Partition:
    """Parts that leave nothing over; what the marks mean stands in terms.toml."""

    members: tuple[str, ...]
    of: Words
    not_in: tuple[str, ...]
    exclusive: bool
    bare: bool
    all_named: bool
    people_overlap: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """One pack's words. `lists` holds every list by its dotted key, `found` the same as regexes made on first use."""

    families: dict[str, str]
    measures: Words
    hanzi: Words
    one: Words
    bare: Words
    implied: tuple[tuple[str, str], ...]
    heads: tuple[tuple[str, str], ...]
    lists: dict[str, Words]
    partitions: tuple[Partition, ...]
    tolerance: dict[str, str]
    patterns: dict[str, re.Pattern[str]]
    frames: dict[str, str]

    def slip_at(self, text: str, start: int) -> tuple[str, str] | None:
        """(as written, as it ought to be) where a set phrase stands at `start` with another numeral in its frame."""
        for length in (4, 5, 6, 7):
            written = text[start : start + length]
            right = self.frames.get(_NUMERAL.sub("#", written))
            if right and written != right and written not in self.lists["names.phrases"]:
                return written, right
        return None

    def words(self, key: str) -> Words:
        """The list under the dotted key, for instance "names.phrases"."""
        return self.lists[key]

    def pattern(self, key: str) -> re.Pattern[str]:
        """The list as one regex."""
        if key not in self.patterns:
            self.patterns[key] = self.lists[key].pattern()
        return self.patterns[key]

    def family(self, measure: str) -> str:
        """Measure words of one family count the same kind of thing."""
        return self.families.get(measure, measure)


@cache
def load_terms(path: Path = BUILTIN) -> Terms:
    """Read a terms file; Invalid with file and reason where it does not parse or a table is missing."""
    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
        return _build(data)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Invalid([Problem(str(path), "terms.unreadable", str(error))]) from error
    except KeyError as error:
        raise Invalid([Problem(str(path), "terms.missing", f"no table or list {error}")]) from error


def _by_noun(nouns: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """(noun, measure word), longest nouns first."""
    pairs = ((noun, measure) for measure, words in nouns.items() for noun in words.split())
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _partition(table: dict[str, str]) -> Partition:
    marks = {name: bool(table.get(name)) for name in ("exclusive", "bare", "all_named", "people_overlap")}
    return Partition(
        tuple(table["members"].split()),
        Words(table.get("of", "").split()),
        tuple(table.get("not_in", "").split()),
        **marks,
    )


def _build(data: dict[str, dict[str, str]]) -> Terms:
    implied = data["measures"].pop("implied")
    assert isinstance(implied, dict)  # noqa: S101  TOML sub-table; the rest of [measures] are strings
    heads = data["tables"].pop("counted")
    assert isinstance(heads, dict)  # noqa: S101  the same for [tables]
    groups = {name: text.split() for name, text in data["measures"].items()}
    hanzi, one, bare = groups.pop("hanzi"), groups.pop("one"), groups.pop("bare")
    families = {word: name for name, words in groups.items() if name != "other" for word in words}
    words = {word for group in groups.values() for word in group}
    partitions = data.pop("partitions")
    return Terms(
        families=families,
        measures=Words(words),
        hanzi=Words(hanzi),
        one=Words(one),
        bare=Words(bare),
        implied=_by_noun(implied),
        heads=_by_noun(heads),
        lists={
            f"{table}.{key}": Words(text.split())
            for table, lists in data.items()
            if table not in ("measures", "tolerance")
            for key, text in lists.items()
        },
        partitions=tuple(map(_partition, partitions)),
        tolerance=data["tolerance"],
        patterns={},
        frames={_NUMERAL.sub("#", phrase): phrase for phrase in data["names"]["fixed"].split()},
    )
