"""Faults of a report's outline: tokens that lead nowhere, and digits that no record stands behind."""

import re
import unicodedata

from lianze.pack import definitions as d
from lianze.pack.build import Path
from lianze.pack.faults.conditions import check_conditions
from lianze.pack.faults.scene import Scene, repeated
from lianze.pack.sentence_parts import TOKEN, bracket_fault

# The number of a level-3 heading, which is typed as part of it.
HEADING_NUMBER = re.compile(r"^[0-9]{1,2}[.．]")
EVERYWHERE = ("year", "last_year", "next_year", "organisation", "short", "superior", "date", "until")
OF_ENTRIES = ("title", "unit", "number")


def check_outline(scene: Scene, outline: d.Outline) -> None:
    """Everything about one outline."""
    check_text(scene, outline, ("title",), outline.title, set(EVERYWHERE))
    check_text(scene, outline, ("addressee",), outline.addressee, set(EVERYWHERE))
    for i, section in enumerate(outline.section):
        path: Path = ("section", i)
        if section.level not in (0, 1, 2):
            scene.say(outline, (*path, "level"), "级别应为 0、1、2 / the level is 0, 1 or 2")
        check_text(scene, outline, (*path, "title"), section.title, set(EVERYWHERE))
        for j, paragraph in enumerate(section.paragraph):
            check_paragraph(scene, outline, (*path, "paragraph", j), paragraph)
    check_running(scene, outline, outline.running)
    for i, name in repeated(section.id for section in outline.section):
        scene.say(outline, ("section", i, "id"), f"节“{name}”重复 / this section is there twice")


def check_running(scene: Scene, outline: d.Outline, running: d.Running) -> None:
    """What is said instead while the year runs keeps to what may be said at all."""
    check_text(scene, outline, ("running", "title"), running.title, set(EVERYWHERE))
    check_text(scene, outline, ("running", "none"), running.none, set(EVERYWHERE))
    if running.title and "{until}" not in running.title:
        scene.say(outline, ("running", "title"), "标题须写明截至哪一天：{until} / the title must name the day: {until}")
    for i, word in enumerate(running.words):
        check_text(scene, outline, ("running", "words", i, "term"), word.term, set(EVERYWHERE))
        check_text(scene, outline, ("running", "words", i, "instead"), word.instead, set(EVERYWHERE))
        if not word.term:
            scene.say(outline, ("running", "words", i, "term"), "没有写要替换的词 / no term to replace")
    for i, name in repeated(word.term for word in running.words):
        scene.say(outline, ("running", "words", i, "term"), f"“{name}”重复 / “{name}” is there twice")


def check_paragraph(scene: Scene, outline: d.Outline, path: Path, paragraph: d.Paragraph) -> None:
    """The opening heading and every sentence."""
    lead = HEADING_NUMBER.sub("", paragraph.lead)
    check_text(scene, outline, (*path, "lead"), lead, set(EVERYWHERE))
    if not paragraph.sentence:
        scene.say(outline, path, "段落没有句子 / the paragraph has no sentence")
    for i, sentence in enumerate(paragraph.sentence):
        check_sentence(scene, outline, (*path, "sentence", i), sentence)


def check_sentence(scene: Scene, outline: d.Outline, path: Path, sentence: d.Sentence) -> None:
    """What it repeats over, what it depends on, its tokens and its prose."""
    tokens = set(EVERYWHERE)
    register = scene.pack.registers.get(sentence.each)
    if sentence.each == "unit":
        tokens.add("unit")
        check_units(scene, outline, path, sentence)
    elif register is not None:
        tokens |= {field.name for field in register.field} | set(OF_ENTRIES)
        check_conditions(scene, outline, (*path, "where"), register, sentence.where)
    elif sentence.each:
        scene.say(outline, (*path, "each"), f"“{sentence.each}”应为 unit 或台账 / expected unit or a register")
    elif sentence.where:
        scene.say(outline, (*path, "where"), "没有 each 就没有可筛选的 / without each there is nothing to choose")
    for figure in (*sentence.when, *sentence.when_full, sentence.when_none):
        if figure and figure not in scene.pack.figures:
            scene.say(outline, (*path, "when"), f"没有数据项“{figure}” / no such figure: {figure}")
    none = scene.pack.figures.get(sentence.when_none)
    if none is not None and not none.looked:
        fault = f"“{none.id}”没有 looked，永远不会是“查过没有” / {none.id} has no looked, so it is never “none found”"
        scene.say(outline, (*path, "when_none"), fault)
    check_full(scene, outline, path, sentence)
    check_text(scene, outline, (*path, "text"), sentence.text, tokens, each=sentence.each)
    if (wrong := bracket_fault(sentence.text)) is not None:
        scene.say(outline, (*path, "text"), wrong)


def check_full(scene: Scene, outline: d.Outline, path: Path, sentence: d.Sentence) -> None:
    """Only a share can be 100 %."""
    for name in sentence.when_full:
        figure = scene.pack.figures.get(name)
        if figure is not None and figure.measure not in ("share", "coverage"):
            fault = f"“{name}”不是比例或覆盖面，谈不上百分之百 / {name} is no share or coverage, so it is never full"
            scene.say(outline, (*path, "when_full"), fault)


def check_units(scene: Scene, outline: d.Outline, path: Path, sentence: d.Sentence) -> None:
    """A sentence for each unit may choose units by kind only."""
    kinds = scene.choices_of("unit_kind")
    for condition in sentence.where:
        if condition.field != "kind" or not condition.values or not kinds.issuperset(condition.values):
            fault = "units 只能按 unit_kind 的类别筛选 / units are chosen by their kind only"
            scene.say(outline, (*path, "where"), fault)


def check_text(scene: Scene, outline: d.Outline, path: Path, text: str, tokens: set[str], each: str = "") -> None:
    """Tokens lead somewhere; outside of them there is neither a digit nor a brace."""
    for token in TOKEN.findall(text):
        if token not in tokens and (fault := token_fault(scene, token, each)) is not None:
            scene.say(outline, path, fault)
    prose = TOKEN.sub("", text)
    if "{" in prose or "}" in prose:
        scene.say(outline, path, "花括号不成对 / a brace without its other half")
    if digits := "".join(char for char in prose if is_digit(char)):
        scene.say(outline, path, f"正文中有数字“{digits}”，数字只能来自数据项 / {digits}: no figure stands behind it")


def token_fault(scene: Scene, token: str, each: str) -> str | None:
    """Why `token` is neither a known word nor a figure that has a value here."""
    name, at, scope = token.partition("@")
    figure = scene.pack.figures.get(name)
    if figure is None:
        return f"“{{{token}}}”既非可用标记也非数据项 / {token} is neither a token that may stand here nor a figure"
    if at and (scope != "unit" or each != "unit" or figure.by != "unit"):
        return f'“{{{token}}}”只在 each = "unit" 且按科室计的数据项中可用 / a value a unit needs both'
    return None


def is_digit(char: str) -> bool:
    """Whether a reader takes it for a figure: ASCII, full-width, circled, superscript; 三 and 〇 are words."""
    return unicodedata.category(char) in ("Nd", "No")
