"""Layers of definitions, and how an upper layer changes a lower one."""

import dataclasses
from dataclasses import dataclass, field

from lianze.domain.errors import Problem
from lianze.pack import definitions as d
from lianze.pack.build import Origin, Path

Shape = (
    d.Register
    | d.Figure
    | d.Population
    | d.Duty
    | d.Holiday
    | d.DaysOff
    | d.Checklist
    | d.Norm
    | d.Check
    | d.Role
    | d.Vocabulary
    | d.Outline
    | d.Mechanism
)


@dataclass(frozen=True)
class Piece:
    """One table that went into a definition: `shape` as its file says it."""

    shape: object
    origin: Origin
    path: Path


# A definition that upper layers extend has several pieces, the lowest first.
Places = dict[tuple[type, str], list[Piece]]


@dataclass
class Layer:
    """What one folder defines, in file order."""

    name: str
    head: dict[str, object] = field(default_factory=dict)
    shapes: list[tuple[object, Origin, Path]] = field(default_factory=list)

    def add(self, shape: object | None, origin: Origin, path: Path) -> None:
        """Keeps `shape`; None stands for a table whose faults are already noted."""
        if shape is not None:
            self.shapes.append((shape, origin, path))


def merge(layers: list[Layer], pack_hash: str, problems: list[Problem]) -> tuple[d.Pack, Places]:
    """The layers as one pack, and where each definition stands."""
    known: dict[type, dict[str, Shape]] = {}
    places: Places = {}
    for layer in layers:
        seen: set[tuple[type, str]] = set()
        # Additions come last, so that they find the outline wherever its file stands in the layer.
        for shape, origin, path in sorted(layer.shapes, key=lambda known: isinstance(known[0], d.Addition)):
            if isinstance(shape, d.Addition):
                add_paragraphs(known, shape, origin, path, problems)
                places.setdefault((d.Outline, shape.outline), []).append(Piece(shape, origin, path))
                continue
            key = (type(shape), shape.id)  # type: ignore[attr-defined]
            if key in seen:
                problems.append(origin.problem(path, f"“{key[1]}”定义了两次 / defined twice in one pack"))
            seen.add(key)
            place(known, shape, problems, origin)  # type: ignore[arg-type]
            below = places.get(key, []) if getattr(shape, "extend", False) else []
            places[key] = [*below, Piece(shape, origin, path)]
    return assemble(layers, known, pack_hash), places


def place(known: dict[type, dict[str, Shape]], shape: Shape, problems: list[Problem], origin: Origin) -> None:
    """Adds or replaces `shape`; a register or vocabulary with `extend` is joined to the one below."""
    shelf = known.setdefault(type(shape), {})
    if isinstance(shape, d.Register | d.Vocabulary) and shape.extend:
        below = shelf.get(shape.id)
        if below is None:
            problems.append(origin.problem(("extend",), f"没有可扩展的“{shape.id}” / nothing of that id to extend"))
            return
        joined = {name: getattr(below, name) + getattr(shape, name) for name in JOINED[type(shape)]}
        shape = dataclasses.replace(below, **joined)
    shelf[shape.id] = shape


JOINED: dict[type, tuple[str, ...]] = {
    d.Register: (
        "kind",
        "field",
        "participant",
        "link",
        "state",
        "transition",
        "columns",
        "filters",
        "overview",
        "requirement",
    ),
    d.Vocabulary: ("choice",),
}


def add_paragraphs(
    known: dict[type, dict[str, Shape]], addition: d.Addition, origin: Origin, path: Path, problems: list[Problem]
) -> None:
    """Appends the paragraphs to the section they name."""
    outline = known.get(d.Outline, {}).get(addition.outline)
    if not isinstance(outline, d.Outline) or all(s.id != addition.section for s in outline.section):
        problems.append(origin.problem(path, "报告提纲中没有这一节 / the outline has no such section"))
        return
    sections = tuple(
        dataclasses.replace(s, paragraph=s.paragraph + addition.paragraph) if s.id == addition.section else s
        for s in outline.section
    )
    known[d.Outline][outline.id] = dataclasses.replace(outline, section=sections)


def assemble(layers: list[Layer], known: dict[type, dict[str, Shape]], pack_hash: str) -> d.Pack:
    """The pack; its head is the topmost layer's, the listed areas the last that names any."""
    head = layers[-1].head
    areas = next((layer.head for layer in reversed(layers) if "listed_areas" in layer.head), {})
    listed = areas.get("listed_areas", [])

    def shelf(shape: type) -> dict[str, object]:
        return dict(known.get(shape, {}))

    return d.Pack(
        id=str(head.get("id", "")),
        version=str(head.get("version", "")),
        title=str(head.get("title", "")),
        title_en=str(head.get("title_en", "")),
        hash=pack_hash,
        registers=shelf(d.Register),  # type: ignore[arg-type]
        figures=shelf(d.Figure),  # type: ignore[arg-type]
        populations=shelf(d.Population),  # type: ignore[arg-type]
        duties=shelf(d.Duty),  # type: ignore[arg-type]
        holidays=shelf(d.Holiday),  # type: ignore[arg-type]
        days_off=shelf(d.DaysOff),  # type: ignore[arg-type]
        checklists=shelf(d.Checklist),  # type: ignore[arg-type]
        norms=shelf(d.Norm),  # type: ignore[arg-type]
        checks=shelf(d.Check),  # type: ignore[arg-type]
        roles=shelf(d.Role),  # type: ignore[arg-type]
        vocabularies=shelf(d.Vocabulary),  # type: ignore[arg-type]
        outlines=shelf(d.Outline),  # type: ignore[arg-type]
        mechanisms=shelf(d.Mechanism),  # type: ignore[arg-type]
        listed_areas=tuple(str(area) for area in listed) if isinstance(listed, list) else (),
        area_source=str(areas.get("area_source", "")),
    )
