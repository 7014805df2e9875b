"""Of two different numbers for one figure at most the better named one binds by itself."""

from decimal import Decimal

import pytest

from lianze.claims.rivals import without_rivals
from lianze.claims.shapes import Binding, Mention


def _states(*told: tuple[int, int, int]) -> list[str]:
    """(value, score, sentence) of each number; all are bound to the same figure."""
    mentions = [
        Mention(0, 1, at, at + 1, str(value), "claim", "counted", Decimal(value))
        for at, (value, _, _) in enumerate(told)
    ]
    bindings = [Binding("f", "talk.count", "auto", score) for _, score, _ in told]
    found = without_rivals(mentions, bindings, [sentence for *_, sentence in told])
    return [binding.state for binding in found if binding]


@pytest.mark.parametrize(
    ("told", "states"),
    [
        ([(12, 60, 0), (3, 57, 0)], ["suggested", "suggested"]),
        ([(12, 68, 0), (3, 60, 0)], ["auto", "suggested"]),
        ([(12, 60, 0), (3, 57, 40)], ["auto", "auto"]),
        ([(12, 60, 0), (3, 52, 40)], ["auto", "suggested"]),
        ([(12, 60, 0), (12, 44, 0)], ["auto", "auto"]),
        ([(12, 60, 0), (12, 60, 40), (3, 68, 40)], ["suggested", "suggested", "auto"]),
    ],
)
def test_a_rival_must_lead_and_in_one_sentence_lead_clearly(
    told: list[tuple[int, int, int]], states: list[str]
) -> None:
    assert _states(*told) == states
