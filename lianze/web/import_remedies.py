"""Where a fault of a workbook is mended: the page, file or field beside which that is done."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from lianze.exchange.fault_list import FaultLine
from lianze.ledger.actions import Desk
from lianze.ledger.places import open_registers
from lianze.rules import Subject, refusal
from lianze.web.language import both, named


@dataclass(frozen=True)
class Remedy:
    """A link to where the fault is mended."""

    title: str
    address: str


class Remedies:
    """What one desk may do about faults."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @cached_property
    def may_organise(self) -> bool:
        """Whether units and people can be added right away."""
        return refusal("organise", self.desk.actor, Subject(self.desk.organisation.path), self.desk.pack) is None

    @cached_property
    def registers(self) -> dict[str, str]:
        """Titles of the registers that may be looked into."""
        return {register.id: named(register) for register in open_registers(self.desk)}

    def of(self, line: FaultLine) -> Remedy | None:
        """The link beside one fault; None where the workbook itself is all there is to mend."""
        column, rule = line.column, line.problem.rule
        if rule in ("number", "state") and line.plan is not None and line.plan.register is not None:
            return self.of_register(line.plan.register.id)
        if rule == "header" or (column is not None and column.options.options):
            return Remedy(both("看空白工作簿", "See the empty workbook"), reverse("template"))
        if rule == "evidence":
            return Remedy(both("补选佐证文件", "Choose the evidence too"), "#again")
        if line.problem.is_unknown:
            return self.of_somebody("unit" if column and column.field.type == "unit" else "person")
        if rule.startswith(">") and line.plan is not None and line.plan.register is not None:
            targets = {f">{link.relation}": link.to for link in line.plan.register.link}
            return self.of_register(targets.get(rule, ""))
        return None

    def of_somebody(self, kind: str) -> Remedy:
        """The form for a unit or person who is not there; who may not add them looks them up."""
        if not self.may_organise:
            return Remedy(both("查对机构和人员", "Look up units and people"), reverse("organisation"))
        title = both("新建机构", "Add the unit") if kind == "unit" else both("新增人员", "Add the person")
        return Remedy(title, reverse("organisation-new", args=[kind]))

    def of_register(self, register_id: str) -> Remedy | None:
        """The list in which numbers and states are looked up."""
        title = self.registers.get(register_id)
        if title is None:
            return None
        return Remedy(both(f"打开“{title}”", f"Open {title}"), reverse("entry-list", args=[register_id]))
