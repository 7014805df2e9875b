"""Which duties an actor may know of: as with figures, every restricted register they are about must be open to them."""

from lianze.ledger.actions import Desk
from lianze.pack.definitions import Duty, Pack


def is_open(desk: Desk, duty: Duty) -> bool:
    """Whether the actor may know of the duty at all."""
    known = any(register.id == duty.register for register in desk.open_registers)
    return known and not restricted_about(duty, desk.pack) & desk.hidden_registers


def restricted_about(duty: Duty, pack: Pack) -> set[str]:
    """The restricted registers that the duty is about, its own or by a link."""
    links = {rule.relation: rule.to for rule in pack.registers[duty.register].link}
    about = {links[condition.link] for condition in (*duty.base, *duty.where) if condition.link}
    return {name for name in about | {duty.register} if pack.registers[name].restricted}
