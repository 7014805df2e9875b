"""The annex on honest time: for each register, how soon after it happened it was recorded. Information, never a score."""

from decimal import Decimal

from lianze.domain.periods import Period
from lianze.figures.timeliness import Timeliness, compute_timeliness
from lianze.ledger.actions import Desk
from lianze.ledger.exact import plain
from lianze.org.directory import Directory
from lianze.reports.typeset import model

TITLE = "记录及时情况"
COLUMNS = (
    model.Column("台账", 2.2),
    model.Column("记录数", align="right"),
    model.Column("7日内登记", align="right"),
    model.Column("8至30日登记", align="right"),
    model.Column("30日后登记", align="right"),
)


def timeliness_annex(desk: Desk, period: Period, directory: Directory) -> tuple[model.Block, ...]:
    """The note below the report's text and the annex itself; restricted registers are not in it."""
    rows = [
        row_of(found)
        for found in compute_timeliness(desk.organisation.id, desk.pack, period, directory)
        if not found.figure and found.entries and not desk.pack.registers[found.register].restricted
    ]
    return (model.Annex("附件"), model.Title((TITLE,)), model.Table(COLUMNS, tuple(rows)))


def row_of(found: Timeliness) -> tuple[model.Inlines, ...]:
    """One register."""
    shares = found.shares or (Decimal(0), Decimal(0), Decimal(0))
    cells = (found.title, str(found.entries), *(f"{format(plain(round(share * 100, 1)), 'f')}%" for share in shares))
    return tuple((model.Run(cell),) for cell in cells)
