"""What must come of a request, said by the rules alone: from roles.toml through `lianze.rules`, never by the delivery."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from lianze.org.models import Organisation
from lianze.pack import Pack
from lianze.pack.definitions import Register
from lianze.rules import Actor, Subject, refusal, visibility_of
from lianze.rules.transitions import first_state, steps_from
from lianze.rules.visibility import reach_of

MAY, REFUSED, HIDDEN, LOGIN = "✓", "✗", "–", "→"


@dataclass(frozen=True)
class Case:
    """Who asks, where, about which register's entry."""

    actor: Actor
    organisation: Organisation
    register: Register
    unit_id: UUID
    pack: Pack

    @property
    def subject(self) -> Subject:
        """The entry, recorded by somebody else."""
        return Subject(self.organisation.path, self.register.id, self.unit_id)

    @property
    def known(self) -> set[str]:
        """The registers that may be read there."""
        path, reaches = self.organisation.path, visibility_of(self.actor, self.pack).reaches
        return {register for reach in reaches if reach.low <= path < reach.high for register in reach.registers}

    @property
    def is_reached(self) -> bool:
        """Whether any role carries anything there; everybody is at home in their own organisation."""
        path = self.organisation.path
        reaches = (
            reach_of(action, grant, self.actor, self.pack)
            for grant in self.actor.grants
            for action in self.pack.roles[grant.role].actions
        )
        return path == self.actor.organisation_path or any(r.low <= path < r.high for r in reaches if r is not None)


Rule = Callable[[Case], str]


def word(reason: str | None) -> str:
    """The rules' answer as one sign."""
    if reason is None:
        return MAY
    return HIDDEN if reason.startswith("没有这") else REFUSED


def anybody(case: Case) -> str:
    """Whoever is logged in, in their own organisation or one that a role reaches."""
    return MAY if case.is_reached else HIDDEN


def reader(case: Case) -> str:
    """Whoever may read some register there."""
    return HIDDEN if not case.is_reached else MAY if case.known else REFUSED


def figure(case: Case) -> str:
    """Readers, of figures whose registers they may know of."""
    return reader(case) if reader(case) != MAY else MAY if case.register.id in case.known else HIDDEN


def figure_out(case: Case) -> str:
    """Whoever may know of the figure, and export."""
    return figure(case) if figure(case) != MAY else of_place("export")(case)


def of_place(action: str) -> Rule:
    """Whoever may do it in the organisation as a whole."""
    return lambda case: (
        word(refusal(action, case.actor, Subject(case.organisation.path), case.pack)) if case.is_reached else HIDDEN
    )


def of_register(action: str) -> Rule:
    """Whoever may do it in the register, if only for the own unit; the register must be known."""

    def rule(case: Case) -> str:
        if case.register.id not in case.known:
            return HIDDEN
        own = replace(case.subject, author_id=case.actor.account_id, owner_id=case.actor.person_id)
        return word(refusal(action, case.actor, own, case.pack))

    return rule


def of_entry(action: str) -> Rule:
    """Whoever may do it to the entry."""

    def rule(case: Case) -> str:
        step = step_of(case.register) if action == "transition" else ""
        return word(refusal(action, case.actor, replace(case.subject, transition=step), case.pack))

    return rule


def step_of(register: Register) -> str:
    """The register's first step that needs nothing but a reason and a day."""
    return next(step.id for step in steps_from(register, first_state(register)) if not step.needs)


def reads(case: Case) -> str:
    """Whoever may see the entry."""
    return of_entry("read")(case)


def bulk(case: Case) -> str:
    """The register must be known; an entry that may not be withdrawn stays."""
    return HIDDEN if case.register.id not in case.known else of_entry("withdraw")(case)
