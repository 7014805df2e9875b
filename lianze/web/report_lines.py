"""A report's blocks as lines of a page: text, and figures that lead to their pages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lianze.reports.typeset import model
from lianze.reports.typeset.numbering import heading_label

LinkTo = Callable[[model.FigureRun], str]


@dataclass(frozen=True)
class Piece:
    """A stretch of text; with `link` it is a figure."""

    text: str
    link: str = ""
    title: str = ""


@dataclass(frozen=True)
class Line:
    """One block. `kind`: title, addressee, h1–h4, text, note, signature, annex or table; `lead` opens a text in bold."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    lead: str = ""
    heads: tuple[str, ...] = ()
    rows: list[list[str]] = field(default_factory=list)


def lines_of(blocks: Iterable[model.Block], link_to: LinkTo) -> Iterator[Line]:
    """The report in order."""
    for block in blocks:
        if isinstance(block, model.Heading):
            yield heading(block, link_to)
        elif isinstance(block, model.Paragraph):
            yield Line("text", pieces(block.runs, link_to))
        elif isinstance(block, model.Table):
            rows = [[model.plain_text(cell) for cell in row] for row in block.rows]
            yield Line("table", heads=tuple(column.title for column in block.columns), rows=rows)
        else:
            yield plain(block)


def heading(block: model.Heading, link_to: LinkTo) -> Line:
    """A heading of its own, or one that opens its paragraph."""
    label = heading_label(block.level, block.number) if block.number else ""
    title = label + model.plain_text(block.runs)
    if block.body:
        return Line("text", pieces(block.body, link_to), title)
    return Line(f"h{block.level}", (Piece(title),))


def plain(block: model.Block) -> Line:
    """What holds no figures."""
    match block:
        case model.Title():
            return Line("title", (Piece("".join(block.lines)),))
        case model.Addressee():
            return Line("addressee", (Piece("、".join(block.names) + "："),))
        case model.AttachmentNote():
            return Line("note", (Piece("附件：" + "、".join(block.names)),))
        case model.Signature():
            day = block.signed_on
            return Line("signature", (Piece(f"{block.organisation}　{day.year}年{day.month}月{day.day}日"),))
        case model.Annex():
            return Line("annex", (Piece(block.label),))
    return Line("text")


def pieces(runs: model.Inlines, link_to: LinkTo) -> tuple[Piece, ...]:
    """Runs as pieces."""
    return tuple(
        Piece(run.text, link_to(run), run.title) if isinstance(run, model.FigureRun) else Piece(run.text)
        for run in runs
    )
