"""Which figures, and which rows behind them, an actor may know of."""

from uuid import UUID

from lianze.domain.errors import Refused
from lianze.figures.results import FigureResult, TraceRow
from lianze.ledger.actions import Desk
from lianze.ledger.places import open_registers
from lianze.ledger.read import visible_entries
from lianze.pack.definitions import Figure, Pack


def require_reading(desk: Desk) -> None:
    """Figures are for those who may read the ledger here."""
    if not open_registers(desk):
        raise Refused("您的角色不能查看台账，也就不能查看数据 / none of your roles may read the ledger")


def is_open(desk: Desk, figure: Figure, result: FigureResult | None = None) -> bool:
    """Whether the actor may know of the figure: every restricted register that it is about must be open to them."""
    if not desk.hidden_registers:
        return True
    looked = desk.pack.figures.get(figure.looked)
    named = {figure.register, *(condition.register for condition in (*figure.where, *figure.base))}
    named |= {looked.register} if looked else set()
    if result is not None and result.restricted and not is_restricted(named, desk.pack):
        return False
    return not named & desk.hidden_registers


def is_restricted(named: set[str], pack: Pack) -> bool:
    """Whether one of the registers named is restricted."""
    return any(pack.registers[name].restricted for name in named if name in pack.registers)


def seen_rows(desk: Desk, rows: list[TraceRow]) -> tuple[list[tuple[TraceRow, bool]], int]:
    """The rows with whether each is an entry to go to, and how many are left out because the actor may not see them."""
    registers = set(desk.pack.registers)
    ids = [UUID(row.id) for row in rows if row.register in registers]
    seen = visible_entries(desk.organisation, desk.actor, desk.pack).filter(id__in=ids)
    open_ids = {str(entry_id) for entry_id in seen.values_list("id", flat=True)}
    shown = [(row, row.id in open_ids) for row in rows if row.register not in registers or row.id in open_ids]
    return shown, len(rows) - len(shown)
