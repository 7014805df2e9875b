"""What the rows behind a figure say beside their titles, so that the figure can be checked on paper: what each of them
adds, and how the figure follows from that."""

from collections.abc import Sequence
from decimal import Decimal

from lianze.figures.results import FigureResult, TraceRow
from lianze.figures.titles import Title, apart_title, subject_title
from lianze.ledger.exact import plain
from lianze.org.directory import Directory
from lianze.pack.definitions import Figure, Pack

ADDED_UP = ("sum", "participations", "norm")
# More different values than this are not listed again below the rows.
MANY = 30


def adds_heading(figure: Figure, pack: Pack) -> Title | None:
    """What the column is called that says what each row adds; None where every row simply counts as one."""
    if figure.measure == "norm":
        return "标准", "Norm"
    if figure.measure not in (*ADDED_UP, "distinct", "coverage"):
        return None
    return subject_title(figure.of, pack.registers.get(figure.register), pack)


def adds_of(row: TraceRow, figure: Figure, pack: Pack, directory: Directory) -> Title:
    """What one row adds, with its measure word; ("", "") for nothing to tell."""
    if row.quantity is not None:
        number = format(plain(row.quantity), ",f")
        if figure.measure in ADDED_UP:
            return f"{number} {figure.counted_in}", f"{number} {figure.counted_in}"
        return f"{number} 人", f"{number} people" if row.quantity != 1 else "1 person"
    titles = [apart_title(value, figure, pack, directory) for value in row.values]
    return "、".join(chinese for chinese, _ in titles), ", ".join(english for _, english in titles)


def closing_of(
    rows: Sequence[TraceRow], figure: Figure, result: FigureResult, pack: Pack, directory: Directory
) -> Title | None:
    """How the figure follows from `rows`, in a sentence. They may be a part of those that stand behind it."""
    if not rows or adds_heading(figure, pack) is None:
        return None
    if figure.measure in ADDED_UP:
        return sum_told(rows, result)
    if figure.measure == "coverage":
        return (
            "每人只算一次，并且只算应覆盖的人，所以各行之和可以大于覆盖的人数",
            "Each person counts once, and only who is to be reached; the rows together may be more than the people reached",
        )
    if any(row.quantity is not None for row in rows):
        return (
            "同一人多次出现只算一次，所以各行之和可以大于这个数",
            "Whoever occurs several times counts once; the rows together may be more than the figure",
        )
    return apart_told(rows, figure, result, pack, directory)


def sum_told(rows: Sequence[TraceRow], result: FigureResult) -> Title:
    """What the rows add up to, and whether that is the figure."""
    total = sum((row.quantity or Decimal(0) for row in rows), Decimal(0))
    number = f"{format(plain(total), ',f')} {result.counted_in}"
    if len(rows) == result.hits and total == result.value:
        return f"以上各行相加：{number}，就是这个数", f"The rows add up to {number}: the figure"
    return (
        f"以上各行相加：{number}；其余的行不在这里，所以还不是整个数",
        f"The rows shown add up to {number}; others are not shown here, so that this is not yet the figure",
    )


def apart_told(
    rows: Sequence[TraceRow], figure: Figure, result: FigureResult, pack: Pack, directory: Directory
) -> Title:
    """The different values that the rows have."""
    values = dict.fromkeys(value for row in rows for value in row.values)
    titles = [apart_title(value, figure, pack, directory) for value in values]
    if len(rows) < result.hits or len(titles) > MANY:
        return "相同的只算一次", "The same value counts once"
    chinese, english = "、".join(c for c, _ in titles), ", ".join(e for _, e in titles)
    return (
        f"相同的只算一次，不同的有 {len(titles)} 个：{chinese}",
        f"The same value counts once; different: {len(titles)} ({english})",
    )
