"""How a figure is counted, in words, from its definition."""

from lianze.figures.titles import source_title, subject_title, value_title
from lianze.pack import Pack
from lianze.pack.definitions import Condition, Figure, Register
from lianze.web.language import both, named
from lianze.web.shown import title_among


def explanation(figure: Figure, pack: Pack) -> list[str]:
    """Sentences: what is counted, of what, when, and which reading is taken."""
    lines = [measured(figure, pack), period_words(figure)]
    lines += [condition_words(condition, figure.register, pack) for condition in figure.where]
    if figure.base:
        lines.append(
            both("分母：", "Out of: ") + "；".join(condition_words(c, figure.register, pack) for c in figure.base)
        )
    if figure.population in pack.populations:
        lines.append(both("人员范围：", "People: ") + named(pack.populations[figure.population]))
    if figure.looked in pack.figures:
        looked = pack.figures[figure.looked]
        title, is_share = named(looked), looked.measure == "share"
        lines.append(
            both(
                f"没有记录时：{f'“{title}”为100%' if is_share else f'有“{title}”'}才算“未发现”，否则为“无记录”",
                f"Without entries it is “none found” only where “{title}” "
                f"{'is 100 %' if is_share else 'has records'}, else “no record”",
            )
        )
    reading = both(figure.reading, figure.reading_en or figure.reading)
    return lines + ([both("口径：", "Reading: ") + reading] if reading else [])


def measured(figure: Figure, pack: Pack) -> str:
    """What the measure does."""
    register = pack.registers.get(figure.register)
    source = both(*source_title(figure, pack))
    of = subject_words(figure.of, register, pack)
    words = {
        "count": both(f"数“{source}”的记录", f"Counts entries of “{source}”"),
        "sum": both(f"把“{source}”记录的“{of}”相加", f"Adds up “{of}” of entries of “{source}”"),
        "distinct": both(f"数“{source}”记录中不同的“{of}”", f"Counts the different “{of}” in “{source}”"),
        "participations": both(f"数“{source}”记录中“{of}”的人次", f"Counts people-times of “{of}” in “{source}”"),
        "share": both(
            f"符合条件的记录占“{source}”的比例", f"The share of entries of “{source}” that meet the conditions"
        ),
        "coverage": both(f"“{of}”覆盖了多少应覆盖的人", f"How many of the people are reached as “{of}”"),
        "least_per": both(
            f"各个已满的时段中，“{source}”记录数最少的一个",
            f"The smallest number of entries of “{source}” in any part of the year that is over",
        ),
        "norm": both("按人员和标准计算的限额", "The limit by people and norm"),
        "items": both("数清单中的条目", "Counts the items of a checklist"),
    }
    return words[figure.measure] + both(f"，单位：{figure.counted_in}", f", counted in {figure.counted_in}")


def subject_words(of: str, register: Register | None, pack: Pack) -> str:
    """The title of a field, a role, or an attribute of people and units."""
    return both(*subject_title(of, register, pack))


def every_words(figure: Figure) -> str:
    """What a figure's sub-period is called; "" where it has none."""
    return {
        "year": both("年", "year"),
        "half_year": both("半年", "half year"),
        "quarter": both("季度", "quarter"),
        "month": both("月", "month"),
    }.get(figure.every, "")


def period_words(figure: Figure) -> str:
    """Which entries belong to the year."""
    every = every_words(figure)
    words = {
        "happened": both("按发生日期计入当年", "By the day it happened"),
        "done": both("按完成日期计入当年", "By the day it was done"),
        "as_of": both("按年末（年度未结束的，按算到的那天）仍存在的计", "As it stands on the last day counted"),
        "since": both(f"自{figure.since}起累计", f"Since {figure.since}"),
        "any": both("截至年末的全部", "Everything up to the last day"),
    }[figure.period]
    return words + (both(f"，按每{every}分别数", f", each {every} by itself") if every else "")


def condition_words(condition: Condition, register_id: str, pack: Pack) -> str:
    """One condition, with titles for ids."""
    register = pack.registers.get(register_id)
    name = condition.field or (f"@{condition.participant}" if condition.participant else "")
    subject = subject_words(name, register, pack) or link_words(condition, register)
    said = both("不含：", "Not: ") if condition.negate else both("只计：", "Only: ")
    bounds = []
    if condition.values:
        bounds.append(
            "、".join(both(*value_title(value, condition.field, register, pack)) for value in condition.values)
        )
    if condition.set is not None:
        bounds.append(both("已填", "given") if condition.set else both("未填", "not given"))
    if condition.at_least is not None:
        bounds.append(f"≥ {condition.at_least}")
    if condition.at_most is not None:
        bounds.append(f"≤ {condition.at_most}")
    if condition.capacity and "capacity" in pack.vocabularies:
        choices = pack.vocabularies["capacity"].choice
        bounds.append("、".join(title_among(choices, one) for one in condition.capacity))
    return f"{said}{subject} {both('，', ', ').join(bounds)}".strip()


def link_words(condition: Condition, register: Register | None) -> str:
    """The title of a link."""
    links = register.link if register else ()
    return next((named(link) for link in links if link.relation == condition.link), "")
