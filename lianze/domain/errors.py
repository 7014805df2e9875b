"""What can be wrong, as values with their place, and the exceptions that carry them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault a person can mend: where it is, what is wrong, what is expected.

    `place` is readable by people (file, sheet, row, column, field); `line` counts from 1, 0 where there is none.
    """

    place: str
    rule: str
    sentence: str
    line: int = 0

    def __str__(self) -> str:
        where = f"{self.place}:{self.line}" if self.line else self.place
        return f"{where}: {self.sentence}"


class LianzeError(Exception):
    """Base of every error this project raises on purpose."""


class Refused(LianzeError):
    """An action that may not be done; the message is the reason in words."""


class Stale(Refused):
    """A change made from a version that is no longer the latest."""


class Invalid(LianzeError):
    """Input with faults; `problems` holds all of them at once, never only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class NotFound(LianzeError):
    """Nothing of that name that the asker may see."""
