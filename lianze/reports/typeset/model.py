"""What a report consists of, before anything is known of pages, fonts or XML.

Shapes only. Text may hold any character; whatever a DOCX file cannot carry is dropped when it is
rendered (see `wordxml.clean`), never here, so that the model equals what was written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Run:
    """Prose, and anything else that is not a computed number."""

    text: str


@dataclass(frozen=True, slots=True)
class FigureRun:
    """A computed number as printed: `text` is the numeral alone, its measure word belongs to the next run.

    `scope` says what the figure was computed over (organisation, period, …) in the caller's own
    spelling; neither `figure` nor `scope` may contain “|”.
    """

    text: str
    figure: str
    scope: str
    title: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be read back out of `figure|scope`."""
        if not self.figure or "|" in self.figure + self.scope:
            raise ValueError(f"a figure needs an id, and neither it nor its scope a bar: {self.figure!r}")


Inline = Run | FigureRun
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """One line is broken into a trapezium where it is too long; several lines are kept as given."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addressee:
    """主送机关, without its colon."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text, first line indented by two characters."""

    runs: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; with a `body` it opens that paragraph instead of standing alone.

    `number` is the position among its siblings, counted from 1, printed in the level's own way
    (一、 （一） 1. （1）); None prints no number. `numbering.number_headings` fills it in.
    """

    level: int
    runs: Inlines
    body: Inlines = ()
    number: int | None = None

    def __post_init__(self) -> None:
        """The standard knows four levels."""
        if not 1 <= self.level <= 4:
            raise ValueError(f"heading level {self.level}: there are four")


@dataclass(frozen=True, slots=True)
class AttachmentNote:
    """附件说明 below the body: the names of the annexes, in order."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期."""

    organisation: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class Annex:
    """The start of an annex on a page of its own; its Title follows as the next block."""

    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is relative to the other columns."""

    title: str
    width: float = 1.0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table as wide as the text; its head row repeats on every page.

    Each row holds as many cells as there are columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        """A ragged table is a fault of whoever made it, and Word would refuse the file."""
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table needs one cell for each of its columns")


Block = Title | Addressee | Paragraph | Heading | AttachmentNote | Signature | Annex | Table


@dataclass(frozen=True, slots=True)
class RedHead:
    """版头: the issuing organisation's mark, the document number and, on reports upward, who signed.

    `marks` are the lines above it (份号, 密级, 紧急程度), at most three.
    """

    mark: str
    number: str = ""
    signer: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记, at the foot of the last page."""

    printer: str
    printed_on: date
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckpointMark:
    """What ties the paper to the log: the checkpoint's fingerprint and what the QR code says."""

    fingerprint: str
    payload: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document; `subject` and `author` appear only in the file's properties."""

    blocks: tuple[Block, ...]
    subject: str = ""
    author: str = ""
    red_head: RedHead | None = None
    checkpoint: CheckpointMark | None = None
    imprint: Imprint | None = None
    page_numbers: bool = True


def plain_text(runs: Inlines) -> str:
    """The runs as a reader sees them."""
    return "".join(run.text for run in runs)


def with_number(heading: Heading, number: int) -> Heading:
    """The same heading at another position."""
    return replace(heading, number=number)
