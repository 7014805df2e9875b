"""What a plain number is: claim, or a rule's, a plan's, a name's number. Ordered rules; the first that speaks wins.

Each rule returns a reason code, which is shown to people beside the number; `RULES` lists them in order.
"""

from collections.abc import Callable

from lianze.claims.place import Place, Ruling
from lianze.claims.ruling_durations import duration
from lianze.claims.ruling_names import (
    named_rule,
    one,
    pointing_back,
    without_measure_word_in_digits,
    without_measure_word_in_hanzi,
    without_value,
)
from lianze.claims.ruling_standards import obliged, planned, set_by_rule
from lianze.claims.shapes import MentionClass

RULES: tuple[Callable[[Place], Ruling], ...] = (
    without_value,
    pointing_back,
    without_measure_word_in_hanzi,
    named_rule,
    duration,
    planned,
    one,
    set_by_rule,
    obliged,
    without_measure_word_in_digits,
)


def class_of(place: Place) -> tuple[MentionClass, str]:
    """Class and reason code of a plain number; a claim where no rule objects."""
    for rule in RULES:
        ruling = rule(place)
        if ruling:
            return ruling
    return "claim", "counted"
