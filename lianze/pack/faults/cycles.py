"""Circles among references."""

from collections.abc import Mapping, Sequence


def cycle_from(start: str, edges: Mapping[str, Sequence[str]]) -> list[str]:
    """A way from `start` along `edges` back to it, both ends named; empty when there is none."""
    came: dict[str, str] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for there in edges.get(here, ()):
            if there == start:
                way = [start, here]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1] if here != start else [start, start]
            if there not in came:
                came[there] = here
                waiting.append(there)
    return []
