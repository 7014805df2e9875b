"""What a verifier found: one outcome a step, and from them an exit code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

EXIT_PROVED: Final = 0
EXIT_REFUSED: Final = 1
EXIT_DOUBT: Final = 3  # 2 is what command lines use for wrong arguments


class Outcome(StrEnum):
    """What became of a step."""

    PROVED = "proved"
    OPEN = "open"  # there was nothing to check, and nobody asked for it
    DOUBT = "doubt"  # could not be decided with what was given
    REFUSED = "refused"


@dataclass(frozen=True)
class Step:
    """Number and name of a step as in `verify`'s docstring, its outcome, and numbers or names for a sentence.

    `reason` is an error code where the step was refused, or says which kind of doubt.
    """

    number: int
    name: str
    outcome: Outcome
    detail: Mapping[str, str | int] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Verdict:
    """All steps that were reached. A refused step is the last."""

    steps: tuple[Step, ...]

    @property
    def exit_code(self) -> int:
        """0 proved, 1 refused, 3 consistent in itself but something is left in doubt."""
        outcomes = {step.outcome for step in self.steps}
        if Outcome.REFUSED in outcomes:
            return EXIT_REFUSED
        return EXIT_DOUBT if Outcome.DOUBT in outcomes else EXIT_PROVED
