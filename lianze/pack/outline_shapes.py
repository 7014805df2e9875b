"""What a report says, in order: outline, sections, paragraphs, sentences. Each dataclass is one TOML table."""

from dataclasses import dataclass

from lianze.pack.figure_shapes import Condition, PeriodRule


@dataclass(frozen=True)
class Sentence:
    """One sentence of the report.

    `{figure}` and `{figure@unit}` are figure tokens. It is left out when a figure in it, or in `when`, has no record; a part in
    brackets stands or falls by its own figures (`sentence_parts`);
    `when_none` prints it only when that figure is “none found”, `when_full` only when each of these shares is 100 %. `each` repeats it: `unit`, or a register id with
    `where`, `period`, for its entries (tokens `{title}` and data keys).
    """

    text: str
    when: tuple[str, ...] = ()
    when_full: tuple[str, ...] = ()
    when_none: str = ""
    each: str = ""
    where: tuple[Condition, ...] = ()
    period: PeriodRule = "happened"


@dataclass(frozen=True)
class Paragraph:
    """Sentences set as one paragraph; `lead` is its opening heading of level 3 (`1.…`)."""

    sentence: tuple[Sentence, ...] = ()
    lead: str = ""
    numbered: bool = False


@dataclass(frozen=True)
class Section:
    """A heading of level 1 or 2 (level 0: none) and what stands under it."""

    id: str
    level: int
    title: str = ""
    title_en: str = ""
    paragraph: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Addition:
    """Paragraphs that a layered pack adds at the end of a section of an outline below it."""

    outline: str
    section: str
    paragraph: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Word:
    """`term` of the outline's texts, and what is said instead while the year runs."""

    term: str
    instead: str


@dataclass(frozen=True)
class Running:
    """What changes in the report of a year that is not over. `{until}` is the last day told.

    title  instead of the outline's; "" for that one with （截至{until}）
    none   opens each sentence that says that nothing was found
    words  replaced wherever they stand, longer terms first
    """

    title: str = ""
    none: str = ""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Outline:
    """A report: title, addressee, sections; `running` for a year that is not over."""

    id: str
    title: str
    title_en: str
    addressee: str
    section: tuple[Section, ...] = ()
    timeliness_annex: bool = False
    running: Running = Running()
