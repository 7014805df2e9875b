"""Relations between figures: `a = b + c`, `a >= b`, `a <= b`. Only what is counted alike may be added or compared."""

import re
from dataclasses import dataclass

from lianze.pack import definitions as d
from lianze.pack.faults.cycles import cycle_from
from lianze.pack.faults.scene import Scene
from lianze.pack.faults.words import Words

FORMULA = re.compile(r"\s*([a-z][a-z0-9_.]*)\s*(>=|<=|=)\s*([a-z][a-z0-9_.]*(?:\s*[+-]\s*[a-z][a-z0-9_.]*)*)\s*")
TERM = re.compile(r"([+-]?)\s*([a-z][a-z0-9_.]*)")


@dataclass(frozen=True)
class Formula:
    """`left` stands to the sum of `right`, each with its sign, in `relation`."""

    left: str
    relation: str
    right: tuple[tuple[int, str], ...]

    @property
    def figures(self) -> tuple[str, ...]:
        return (self.left, *(name for _, name in self.right))


def parse_formula(text: str) -> Formula | None:
    """The formula that `text` says; None when it says none."""
    match = FORMULA.fullmatch(text)
    if match is None:
        return None
    terms = tuple((-1 if sign == "-" else 1, name) for sign, name in TERM.findall(match.group(3)))
    return Formula(match.group(1), match.group(2), terms)


def check_formula(scene: Scene, words: Words, check: d.Check) -> None:
    """The formula can be read, its figures are there and counted alike, and it is no circle."""
    formula = parse_formula(check.formula)
    if formula is None:
        scene.say(check, ("formula",), "应写作 a = b + c、a >= b 或 a <= b / expected a = b + c, a >= b or a <= b")
        return
    if check.by not in ("", "unit"):
        scene.say(check, ("by",), f"“{check.by}”应为空或 unit / either empty or unit")
    known = [scene.pack.figures[name] for name in formula.figures if name in scene.pack.figures]
    for name in formula.figures:
        if name not in scene.pack.figures:
            scene.say(check, ("formula",), f"没有数据项“{name}” / no such figure: {name}")
    for figure in known:
        if not words.is_same(known[0].counted_in, figure.counted_in):
            sentence = f"“{known[0].counted_in}”与“{figure.counted_in}”不能相加或比较 / {known[0].counted_in} and {figure.counted_in} never add"
            scene.say(check, ("formula",), sentence)
        if check.by == "unit" and figure.by != "unit":
            scene.say(check, ("by",), f"“{figure.id}”不按科室计 / this figure has no value a unit")
    if cycle := cycle_from(formula.left, sums_of(scene)) if formula.relation == "=" else []:
        scene.say(check, ("formula",), f"等式成环：{' → '.join(cycle)} / these equations go in a circle")


def sums_of(scene: Scene) -> dict[str, tuple[str, ...]]:
    """Every figure that some equation defines, with the figures it is made of."""
    edges: dict[str, tuple[str, ...]] = {}
    for check in scene.pack.checks.values():
        formula = parse_formula(check.formula)
        if formula is not None and formula.relation == "=":
            edges[formula.left] = (*edges.get(formula.left, ()), *formula.figures[1:])
    return edges
