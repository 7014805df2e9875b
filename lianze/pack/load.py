"""Reads pack folders into one layered, checked `Pack`."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from lianze.domain.errors import Invalid, Problem
from lianze.pack import definitions as d
from lianze.pack.build import Origin, build
from lianze.pack.check import problems_of
from lianze.pack.files import hash_of, parse_file, read_files
from lianze.pack.layer import Layer, merge

BUILTIN = Path(__file__).parent / "builtin"

# TOML array name → shape, for every file of a pack but pack.toml, registers/ and outlines/.
TABLES: dict[str, type] = {
    "figure": d.Figure,
    "population": d.Population,
    "duty": d.Duty,
    "holiday": d.Holiday,
    "days_off": d.DaysOff,
    "checklist": d.Checklist,
    "norm": d.Norm,
    "check": d.Check,
    "role": d.Role,
    "vocabulary": d.Vocabulary,
    "mechanism": d.Mechanism,
    "addition": d.Addition,
}
# pack.toml: key → what it must be.
HEAD: dict[str, type] = {
    "id": str,
    "version": str,
    "title": str,
    "title_en": str,
    "extends": str,
    "listed_areas": list,
    "area_source": str,
}
NEEDED = ("id", "version", "title", "title_en")


@cache
def load_builtin(name: str = "cn-integrity") -> d.Pack:
    """The built-in pack `name`."""
    return load_pack([BUILTIN / name])


def load_pack(folders: Sequence[Path]) -> d.Pack:
    """One pack from `folders`, the lowest layer first. Raises Invalid with every fault of every file at once."""
    problems: list[Problem] = []
    files = [read_files(folder, problems) for folder in folders]
    layers = [Layer(folder.name) for folder in folders]
    for layer, found in zip(layers, files, strict=True):
        for file in found:
            # terms.toml belongs to the number check, which reads it without the rest of the pack.
            if file.name != "terms.toml":
                load_file(layer, file.name, file.content, problems)
    pack, places = merge(layers, hash_of(files), problems)
    # Definitions that could not be read would only be reported again as references that lead nowhere.
    if not problems:
        problems.extend(problems_of(pack, places))
    if problems:
        raise Invalid(problems)
    return pack


def load_file(layer: Layer, name: str, content: bytes, problems: list[Problem]) -> None:
    """Adds the tables of one file to `layer`."""
    place = f"{layer.name}/{name}"
    parsed = parse_file(place, content, problems)
    if parsed is None:
        return
    text, tables = parsed
    origin = Origin(place, text)
    if name == "pack.toml":
        load_head(layer, tables, origin, problems)
    elif name.startswith("registers/"):
        layer.add(build(d.Register, tables, origin, (), problems), origin, ())
    elif name.startswith("outlines/"):
        layer.add(build(d.Outline, tables, origin, (), problems), origin, ())
    else:
        load_tables(layer, tables, origin, problems)


def load_head(layer: Layer, tables: dict[str, object], origin: Origin, problems: list[Problem]) -> None:
    """The pack's own id, version, titles, what it extends, and the areas kept from the principal."""
    layer.head = tables
    for key, value in tables.items():
        if key not in HEAD:
            problems.append(origin.problem((key,), f"未知的键“{key}”，可用：{'、'.join(HEAD)} / unknown key {key}"))
        elif not isinstance(value, HEAD[key]):
            problems.append(origin.problem((key,), f"“{key}”类型不对 / expected {HEAD[key].__name__}"))
    for key in NEEDED:
        if not tables.get(key):
            problems.append(origin.problem((), f"缺少“{key}” / missing key {key}"))


def load_tables(layer: Layer, tables: dict[str, object], origin: Origin, problems: list[Problem]) -> None:
    """Adds every array of tables of a file."""
    for key, rows in tables.items():
        if key not in TABLES or not isinstance(rows, list):
            known = "、".join(TABLES)
            problems.append(origin.problem((key,), f"未知的表“{key}”，可用：{known} / unknown table {key}"))
            continue
        for i, row in enumerate(rows):
            layer.add(build(TABLES[key], row, origin, (key, i), problems), origin, (key, i))


def folders_under(folder: Path, over: str = "") -> list[Path]:
    """The layers that `folder` stands on, lowest first: the built-in pack `over`, or the one its `extends` names.

    Raises Invalid when there is no built-in pack of that name.
    """
    named = over or extends_of(folder)
    if not named:
        return [folder]
    builtin = sorted(path.name for path in BUILTIN.iterdir() if (path / "pack.toml").is_file())
    if named not in builtin:
        sentence = f"没有内置制度包“{named}”，可用：{'、'.join(builtin)} / no such built-in pack: {named}"
        raise Invalid([Problem(f"{folder.name}/pack.toml [extends]", "pack", sentence)])
    return [BUILTIN / named, folder]


def extends_of(folder: Path) -> str:
    """What pack.toml says it extends; empty when it says nothing or can't be read, which loading reports."""
    unheard: list[Problem] = []
    head = next((file for file in read_files(folder, unheard) if file.name == "pack.toml"), None)
    parsed = parse_file("pack.toml", head.content, unheard) if head else None
    named = parsed[1].get("extends", "") if parsed else ""
    return named if isinstance(named, str) else ""
