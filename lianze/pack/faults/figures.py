"""Faults of figures: what they count must be there, and must be counted in the word the figure says."""

from lianze.domain.periods import MONTHS_IN
from lianze.pack import definitions as d
from lianze.pack.faults.conditions import check_conditions
from lianze.pack.faults.cycles import cycle_from
from lianze.pack.faults.people import check_source
from lianze.pack.faults.scene import ID, Scene, is_day, listed
from lianze.pack.faults.words import Words, words_counted

# Keys that a measure cannot do without.
NEEDS: dict[str, tuple[str, ...]] = {
    "sum": ("of",),
    "distinct": ("of",),
    "participations": ("of",),
    "share": ("base",),
    "coverage": ("of", "population"),
    "least_per": ("every",),
    "norm": ("of", "population"),
    "items": ("of", "looked"),
}
ENTRIES = ("count", "least_per")
DATE_OF = {"happened": "happened_on", "since": "happened_on", "done": "done_on"}


def check_figure(scene: Scene, words: Words, figure: d.Figure) -> None:
    """Everything about one figure."""
    if not ID.fullmatch(figure.id):
        scene.say(figure, ("id",), f"“{figure.id}”不是合法的标识 / not a well-formed id")
    for key in NEEDS.get(figure.measure, ()):
        if not getattr(figure, key):
            scene.say(figure, ("measure",), f"{figure.measure} 须写“{key}” / this measure needs {key}")
    check_terms(scene, figure)
    check_word(scene, words, figure)
    if figure.measure == "norm":
        check_norm(scene, words, figure)
    elif figure.measure == "items":
        if figure.of.partition("#")[0] not in scene.pack.checklists:
            scene.say(figure, ("of",), f"没有清单“{figure.of}” / no such checklist: {figure.of}")
    elif figure.source == "register":
        check_entries(scene, words, figure)
    else:
        check_source(scene, words, figure)


def check_terms(scene: Scene, figure: d.Figure) -> None:
    """Period, split, scope and the figure that shows somebody looked."""
    if figure.every and figure.every not in MONTHS_IN:
        scene.say(figure, ("every",), f"“{figure.every}”应为 {listed(MONTHS_IN)} / not a sub-period")
    if figure.by not in ("", "unit"):
        scene.say(figure, ("by",), f"“{figure.by}”应为空或 unit / either empty or unit")
    if (figure.period == "since") != bool(figure.since) or (figure.since and not is_day(figure.since)):
        scene.say(figure, ("since",), "period = since 须写 since 日期（如 2020-01-01） / since needs a date")
    if figure.population and figure.population not in scene.pack.populations:
        scene.say(figure, ("population",), f"没有人群“{figure.population}” / no such population: {figure.population}")
    if figure.unit_kind and figure.unit_kind not in scene.choices_of("unit_kind"):
        scene.say(
            figure, ("unit_kind",), f"没有机构类别“{figure.unit_kind}” / no such kind of unit: {figure.unit_kind}"
        )
    if figure.looked and figure.looked not in scene.pack.figures:
        scene.say(figure, ("looked",), f"没有数据项“{figure.looked}” / no such figure: {figure.looked}")
    looked = {known.id: (known.looked,) for known in scene.pack.figures.values() if known.looked}
    if cycle := cycle_from(figure.id, looked):
        scene.say(figure, ("looked",), f"looked 成环：{' → '.join(cycle)} / these look at each other in a circle")


def check_word(scene: Scene, words: Words, figure: d.Figure) -> None:
    """The measure word exists and is the one the measure yields, where the measure alone decides it."""
    if (fault := words.fault(figure.counted_in)) is not None:
        scene.say(figure, ("counted_in",), fault)
        return
    fixed = {"share": "%", "coverage": "%", "participations": "人次"}.get(figure.measure, "")
    if figure.measure == "distinct" and figure.of.startswith("@"):
        fixed = "人"
    if fixed and not words.is_same(fixed, figure.counted_in):
        scene.say(figure, ("counted_in",), f"{figure.measure} 的量词应为“{fixed}” / this measure is counted in {fixed}")


def check_entries(scene: Scene, words: Words, figure: d.Figure) -> None:
    """A figure over the entries of a register."""
    register = scene.pack.registers.get(figure.register)
    if register is None:
        known = listed(scene.pack.registers)
        scene.say(
            figure, ("register",), f"没有台账“{figure.register}”，可用：{known} / no such register: {figure.register}"
        )
        return
    check_conditions(scene, figure, ("where",), register, figure.where)
    check_conditions(scene, figure, ("base",), register, figure.base)
    names = {field.name for field in register.field}
    if (needed := DATE_OF.get(figure.period, "")) and needed not in names:
        scene.say(figure, ("period",), f"台账 {register.id} 没有“{needed}” / {register.id} has no {needed}")
    check_of(scene, words, figure, register)
    if figure.measure in ENTRIES:
        for word in sorted(words_counted(register, figure.where)):
            if not words.is_same(word, figure.counted_in):
                sentence = f"所数记录的量词是“{word}”，不是“{figure.counted_in}” / these entries are counted in {word}"
                scene.say(figure, ("counted_in",), sentence)


def check_of(scene: Scene, words: Words, figure: d.Figure, register: d.Register) -> None:
    """The field or role that is summed or told apart."""
    if figure.measure not in ("sum", "distinct", "participations", "coverage"):
        return
    roles = {participant.role for participant in register.participant}
    role = figure.of.removeprefix("@")
    people = figure.measure in ("participations", "coverage") or figure.of.startswith("@")
    field = next((known for known in register.field if known.name == figure.of), None)
    if people and role not in roles and not (field and field.type == "person"):
        scene.say(
            figure,
            ("of",),
            f"台账 {register.id} 没有参与角色“{role}”，可用：{listed(roles)} / {register.id} has no role {role}",
        )
    elif not people and field is None and figure.of not in ("kind", "state"):
        scene.say(figure, ("of",), f"台账 {register.id} 没有字段“{figure.of}” / {register.id} has no field {figure.of}")
    elif figure.measure == "sum" and field is not None:
        if field.type not in ("integer", "decimal"):
            scene.say(figure, ("of",), f"“{figure.of}”不是数，不能求和 / only a number can be summed")
        elif not words.is_same(field.counted_in, figure.counted_in):
            sentence = (
                f"“{field.title}”以“{field.counted_in}”计，不是“{figure.counted_in}” / counted in {field.counted_in}"
            )
            scene.say(figure, ("counted_in",), sentence)


def check_norm(scene: Scene, words: Words, figure: d.Figure) -> None:
    """The norm that is summed over people: there, in the same word, keyed by ranks."""
    norm = scene.pack.norms.get(figure.of)
    if norm is None:
        scene.say(figure, ("of",), f"没有标准“{figure.of}” / no such norm: {figure.of}")
        return
    if not words.is_same(norm.counted_in, figure.counted_in):
        scene.say(figure, ("counted_in",), f"标准以“{norm.counted_in}”计 / the norm is counted in {norm.counted_in}")
    ranks = scene.choices_of("rank")
    for i, value in enumerate(norm.value):
        if value.key not in ranks:
            scene.say(norm, ("value", i, "key"), f"词表 rank 中没有“{value.key}” / no such rank: {value.key}")
