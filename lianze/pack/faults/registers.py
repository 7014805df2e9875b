"""Faults of a register: names, kinds, fields, what a workbook could not tell apart, links, columns."""

from lianze.domain.columns import ENTRY_COLUMNS
from lianze.pack import definitions as d
from lianze.pack.build import Path
from lianze.pack.faults.conditions import kind_faults
from lianze.pack.faults.fields import check_field
from lianze.pack.faults.requirements import check_requirements
from lianze.pack.faults.scene import ID, NAME, Scene, listed, repeated
from lianze.pack.faults.states import check_states
from lianze.pack.faults.words import Words

# Headers that every sheet has besides a register's own (docs/workbook.md).
SHEET_HEADERS = ("编号", "类型", "状态", "佐证")


def check_register(scene: Scene, words: Words, register: d.Register) -> None:
    """Everything about one register."""
    check_ids(scene, register)
    check_kinds(scene, words, register)
    for i, field in enumerate(register.field):
        check_field(scene, words, register, field, ("field", i))
    check_headers(scene, register)
    check_shown(scene, register)
    for i, overview in enumerate(register.overview):
        check_overview(scene, register, overview, ("overview", i))
    for i, participant in enumerate(register.participant):
        check_participant(scene, register, participant, ("participant", i, "kinds"))
    for i, link in enumerate(register.link):
        if link.to not in scene.pack.registers:
            scene.say(register, ("link", i, "to"), f"没有台账“{link.to}” / no such register: {link.to}")
    if register.ahead_days < 0:
        scene.say(register, ("ahead_days",), "不能小于0 / cannot be less than 0")
    check_states(scene, register)
    check_requirements(scene, register)


def check_ids(scene: Scene, register: d.Register) -> None:
    """Well-formed ids, each only once."""
    if not NAME.fullmatch(register.id):
        scene.say(register, ("id",), f"“{register.id}”应为小写字母、数字、下划线 / lower case, digits and _ only")
    parts: tuple[tuple[str, str, list[str]], ...] = (
        ("kind", "id", [kind.id for kind in register.kind]),
        ("field", "name", [field.name for field in register.field]),
        ("participant", "role", [participant.role for participant in register.participant]),
        ("link", "relation", [link.relation for link in register.link]),
        ("state", "id", [state.id for state in register.state]),
        ("overview", "id", [overview.id for overview in register.overview]),
        ("transition", "id", [step.id for step in register.transition]),
        ("requirement", "id", [asked.id for asked in register.requirement]),
    )
    for array, key, names in parts:
        pattern = ID if array == "kind" else NAME
        for i, name in enumerate(names):
            if not pattern.fullmatch(name):
                scene.say(register, (array, i, key), f"“{name}”不是合法的标识 / {name} is not a well-formed id")
        for i, name in repeated(names):
            scene.say(register, (array, i, key), f"“{name}”重复 / “{name}” is there twice")


def check_kinds(scene: Scene, words: Words, register: d.Register) -> None:
    """Measure words of the register and its kinds; no kind is also the beginning of another's family."""
    if (fault := words.fault(register.counted_in)) is not None:
        scene.say(register, ("counted_in",), fault)
    for i, kind in enumerate(register.kind):
        if kind.counted_in and (fault := words.fault(kind.counted_in)) is not None:
            scene.say(register, ("kind", i, "counted_in"), fault)
    for i, title in repeated(kind.title for kind in register.kind):
        scene.say(register, ("kind", i, "title"), f"类型名“{title}”重复，无法区分 / can't be told apart")
    if register.kind_required and not register.kind:
        scene.say(register, ("kind_required",), "没有类型，应写 kind_required = false / there are no kinds to require")


def check_participant(scene: Scene, register: d.Register, participant: d.Participant, path: Path) -> None:
    """The kinds a role is asked for are there; one that every entry must have is asked for with every kind."""
    for kind in participant.kinds:
        for sentence in kind_faults(register, kind):
            scene.say(register, path, sentence)
    if participant.required and participant.kinds:
        scene.say(register, path, "必填的角色不能写 kinds / a required role is asked for with every kind")


def check_headers(scene: Scene, register: d.Register) -> None:
    """No header of the sheet leads to two columns."""
    owner: dict[str, Path] = dict.fromkeys(SHEET_HEADERS, ())
    for array in ("field", "participant", "link"):
        for i, column in enumerate(getattr(register, array)):
            for header in dict.fromkeys((column.title, *column.aliases)):
                if header in owner:
                    sentence = f"表头“{header}”已用于另一列 / {header} already heads another column"
                    scene.say(register, (array, i, "title"), sentence)
                owner[header] = (array, i)


def check_shown(scene: Scene, register: d.Register) -> None:
    """Columns, filters and the key name fields, `@roles` or the columns that every entry has."""
    known = {field.name for field in register.field} | {"number", "kind", "state"}
    roles = {f"@{participant.role}" for participant in register.participant}
    for key, names in (("columns", register.columns), ("filters", register.filters), ("key", register.key)):
        # The default key must not be a fault of registers that were never asked about theirs.
        allowed = known | roles | (set(ENTRY_COLUMNS) if key == "key" else set())
        for name in names:
            if name not in allowed:
                scene.say(register, (key,), f"没有“{name}”这一列，可用：{listed(allowed)} / no such column: {name}")
        for _, name in repeated(names):
            scene.say(register, (key,), f"“{name}”重复 / “{name}” is there twice")


def check_overview(scene: Scene, register: d.Register, overview: d.Overview, path: Path) -> None:
    """Two different filters that hold one of a list or a unit: nobody is counted by person."""
    listed_fields = {field.name for field in register.field if field.type in ("choice", "unit")}
    known = {name for name in register.filters if name in listed_fields or name in ("kind", "state")}
    for key in ("rows", "columns"):
        name = getattr(overview, key)
        if name not in known:
            scene.say(
                register, (*path, key), f"“{name}”不是可作一览图的筛选项，可用：{listed(known)} / not such a filter"
            )
    if overview.rows == overview.columns:
        scene.say(register, (*path, "columns"), "行与列相同 / rows and columns are the same")
    if overview.kind and all(kind.id != overview.kind for kind in register.kind):
        scene.say(register, (*path, "kind"), f"没有类型“{overview.kind}” / no such kind: {overview.kind}")
    if overview.not_final and not any(state.final for state in register.state):
        scene.say(register, (*path, "not_final"), "没有办结状态 / no state is final")
