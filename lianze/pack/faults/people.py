"""Figures over the organisation's own tables, and the populations they and coverages refer to."""

from lianze.pack import definitions as d
from lianze.pack.faults.scene import Scene, listed
from lianze.pack.faults.words import Words

# Source → what a condition may ask about, with the vocabulary its values come from (empty: free text).
COLUMNS: dict[str, dict[str, str]] = {
    "people": {"capacity": "capacity", "rank": "rank", "party_member": "", "unit": "", "unit_kind": "unit_kind"},
    "portfolios": {"area": "area", "listed": "", "capacity": "capacity", "principal": "", "unit": ""},
    "units": {"kind": "unit_kind", "name": "", "code": ""},
    "appointments": {"capacity": "capacity", "rank": "rank", "post": "", "unit": "", "unit_kind": "unit_kind"},
    "checklists": {},
}
# Source → what its rows are counted in.
WORD = {"people": "人", "units": "个", "appointments": "人次", "portfolios": "项", "checklists": "个"}


def check_source(scene: Scene, words: Words, figure: d.Figure) -> None:
    """A figure over people, units or appointments."""
    columns = COLUMNS[figure.source]
    for i, condition in enumerate(figure.where):
        if condition.participant or condition.link or condition.field not in columns:
            sentence = f"{figure.source} 只能按 {listed(columns)} 筛选 / only these can be asked about"
            scene.say(figure, ("where", i), sentence)
            continue
        vocabulary = columns[condition.field]
        for value in condition.values:
            if vocabulary and value not in scene.choices_of(vocabulary):
                scene.say(figure, ("where", i, "values"), f"词表 {vocabulary} 中没有“{value}” / not in that vocabulary")
    if figure.measure == "count" and not words.is_same(WORD[figure.source], figure.counted_in):
        scene.say(figure, ("counted_in",), f"{figure.source} 以“{WORD[figure.source]}”计 / counted in another word")


def check_population(scene: Scene, population: d.Population) -> None:
    """Capacities and the kind of unit are there."""
    for capacity in population.capacity:
        if capacity not in scene.choices_of("capacity"):
            scene.say(population, ("capacity",), f"词表 capacity 中没有“{capacity}” / no such capacity")
    if population.unit_kind and population.unit_kind not in scene.choices_of("unit_kind"):
        scene.say(population, ("unit_kind",), f"词表 unit_kind 中没有“{population.unit_kind}” / no such kind of unit")
