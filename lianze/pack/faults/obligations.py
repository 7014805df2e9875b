"""Faults of duties, holidays, norms and checklists."""

from lianze.domain.periods import COMMON_YEAR, MONTHS_IN
from lianze.pack import definitions as d
from lianze.pack.faults.conditions import check_conditions
from lianze.pack.faults.scene import Scene, is_day, listed, repeated
from lianze.pack.faults.words import Words

# Who owes a duty: the organisation once, every unit, every unit of a kind, or everybody of a population.
BODIES = ("organisation", "unit")
# How often: sub-periods of a year, before each holiday of the calendar, or at each meeting or event it belongs to.
OCCASIONS = ("holiday", "occasion")
UNCONFIRMED = ("M", "?")
# Days that every year has: February has 28, a lunar month 29.
LONGEST_MONTH = {"solar": 28, "lunar": 29}
SOLAR_TERMS = (
    *("小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至"),
    *("小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至"),
)


def check_duty(scene: Scene, duty: d.Duty) -> None:
    """Who owes it, how often, and which entries satisfy it."""
    kinds = scene.choices_of("unit_kind")
    if duty.who not in BODIES and duty.who not in kinds and duty.who not in scene.pack.populations:
        known = listed([*BODIES, *kinds, *scene.pack.populations])
        scene.say(duty, ("who",), f"没有责任主体“{duty.who}”，可用：{known} / nobody is called {duty.who}")
    if duty.every not in (*MONTHS_IN, *OCCASIONS):
        scene.say(duty, ("every",), f"“{duty.every}”应为 {listed([*MONTHS_IN, *OCCASIONS])} / not a frequency")
    elif duty.every == "holiday" and not scene.pack.holidays:
        scene.say(duty, ("every",), "制度包没有节日，须写 [[holiday]] / the pack has no holidays: add [[holiday]]")
    if duty.base and duty.every != "occasion":
        scene.say(duty, ("base",), "base 只用于 every = occasion / base goes with occasions only")
    if duty.due and duty.every != "year":
        scene.say(duty, ("due",), "due 只用于 every = year / due goes with every = year only")
    if duty.due and not is_day(f"{COMMON_YEAR}-{duty.due}"):
        sentence = f"“{duty.due}”应为每年都有的月、日，如 01-31 / a month and day that every year has, as 01-31"
        scene.say(duty, ("due",), sentence)
    if duty.at_least < 1:
        scene.say(duty, ("at_least",), "次数至少为 1 / at least one")
    register = scene.pack.registers.get(duty.register)
    if register is None:
        scene.say(duty, ("register",), f"没有台账“{duty.register}” / no such register: {duty.register}")
    else:
        check_conditions(scene, duty, ("where",), register, duty.where)
        check_conditions(scene, duty, ("base",), register, duty.base)
        check_credit(scene, duty, register)
    check_confirmed(scene, duty)


def check_credit(scene: Scene, duty: d.Duty, register: d.Register) -> None:
    """Where people owe it, somebody in the entry is who it counts for; units need an entry's unit."""
    people = [field.name for field in register.field if field.type == "person"]
    units = {"unit", *scene.choices_of("unit_kind")}
    known = [*people, *(f"@{part.role}" for part in register.participant)]
    if duty.who in scene.pack.populations:
        if duty.of not in known:
            sentence = f"who 是人员时，of 须写记录算在谁名下，可用：{listed(known)} / of names whom an entry counts for"
            scene.say(duty, ("of",), sentence)
    elif duty.of and duty.who in BODIES:
        scene.say(duty, ("of",), "of 只用于人员的责任 / of goes with duties of people only")
    elif duty.who in units and all(field.name != "unit" for field in register.field):
        sentence = f"台账 {register.id} 没有字段“unit”，记录不能算到机构 / entries of {register.id} have no unit"
        scene.say(duty, ("who",), sentence)


def check_holiday(scene: Scene, holiday: d.Holiday) -> None:
    """It is a holiday of the vocabulary, and its day can be computed."""
    if holiday.id not in scene.choices_of("holiday"):
        scene.say(holiday, ("id",), f"词表 holiday 中没有“{holiday.id}” / not in the vocabulary holiday")
    most = LONGEST_MONTH.get(holiday.calendar)
    if most is None and holiday.term not in SOLAR_TERMS:
        scene.say(holiday, ("term",), f"应为二十四节气之一：{'、'.join(SOLAR_TERMS)} / not a solar term")
    if most is not None and not (1 <= holiday.month <= 12 and 1 <= holiday.day <= most):
        scene.say(holiday, ("day",), f"每年都有的月、日，日不超过 {most} / a month and day that every year has")
    if holiday.days < 1 or holiday.days_before < 0:
        scene.say(holiday, ("days",), "放假天数：当日起至少 1 天，之前不为负 / at least one day off, none below zero")


def check_days_off(scene: Scene, span: d.DaysOff) -> None:
    """Its holidays are there, and it ends no sooner than it begins."""
    for i, name in enumerate(span.holidays):
        if name not in scene.pack.holidays:
            known = listed(scene.pack.holidays)
            scene.say(span, ("holidays", i), f"没有节日“{name}”，可用：{known} / no such holiday: {name}")
    if not span.holidays:
        scene.say(span, ("holidays",), "至少写一个节日 / at least one holiday")
    if not (is_day(span.first) and is_day(span.last) and span.first <= span.last):
        scene.say(span, ("first",), "首日、末日应为日期（如 2027-10-01），末日不早于首日 / two dates, in order")


def check_norm(scene: Scene, words: Words, norm: d.Norm) -> None:
    """Its word, its days, its values."""
    if (fault := words.fault(norm.counted_in)) is not None:
        scene.say(norm, ("counted_in",), fault)
    if not is_day(norm.valid_from):
        scene.say(norm, ("valid_from",), f"“{norm.valid_from}”不是日期（如 2023-01-31） / not a date")
    if norm.valid_until and not (is_day(norm.valid_until) and norm.valid_until > norm.valid_from):
        scene.say(norm, ("valid_until",), "失效日须晚于生效日 / must be a date after valid_from")
    if not norm.value:
        scene.say(norm, ("value",), "标准没有数值 / the norm has no value")
    for i, value in enumerate(norm.value):
        if value.value < 0:
            scene.say(norm, ("value", i, "value"), "标准不能为负 / a limit is not below zero")
    for i, key in repeated(value.key for value in norm.value):
        scene.say(norm, ("value", i, "key"), f"“{key}”重复 / “{key}” is there twice")
    check_confirmed(scene, norm)


def check_confirmed(scene: Scene, rule: d.Duty | d.Norm) -> None:
    """What nobody has confirmed is shipped switched off; everything says where it comes from."""
    if rule.enabled and rule.mark in UNCONFIRMED:
        sentence = f"标记为“{rule.mark}”的规定未经核实，应写 enabled = false / not confirmed: switched off until it is"
        scene.say(rule, ("mark",), sentence)
    if not rule.source.strip():
        scene.say(rule, ("source",), "须写明依据 / the rule it comes from must be named")


def check_checklist(scene: Scene, checklist: d.Checklist) -> None:
    """At least one aspect; no item twice."""
    if not checklist.aspect:
        scene.say(checklist, ("aspect",), "清单没有内容 / the checklist is empty")
    items = [item for aspect in checklist.aspect for item in aspect.items]
    for _, item in repeated(items):
        scene.say(checklist, ("aspect",), f"“{item}”重复 / this item is there twice")
