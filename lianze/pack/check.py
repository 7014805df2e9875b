"""Faults between definitions: references that lead nowhere, wrong measure words, cycles, digits in prose."""

from lianze.domain.errors import Problem
from lianze.pack.definitions import Pack
from lianze.pack.faults.bearers import check_areas, check_mechanism, check_role, check_vocabulary
from lianze.pack.faults.figures import check_figure
from lianze.pack.faults.formulas import check_formula
from lianze.pack.faults.obligations import check_checklist, check_days_off, check_duty, check_holiday, check_norm
from lianze.pack.faults.outlines import check_outline
from lianze.pack.faults.people import check_population
from lianze.pack.faults.registers import check_register
from lianze.pack.faults.scene import Scene
from lianze.pack.faults.words import Words, check_words
from lianze.pack.layer import Places


def problems_of(pack: Pack, places: Places) -> list[Problem]:
    """Every fault of the layered pack, in the order of its files' kinds."""
    scene = Scene(pack, places)
    words = Words(scene)
    for vocabulary in pack.vocabularies.values():
        check_vocabulary(scene, vocabulary)
    check_words(scene)
    check_areas(scene)
    for register in pack.registers.values():
        check_register(scene, words, register)
    for population in pack.populations.values():
        check_population(scene, population)
    check_rules(scene, words)
    for figure in pack.figures.values():
        check_figure(scene, words, figure)
    for check in pack.checks.values():
        check_formula(scene, words, check)
    for outline in pack.outlines.values():
        check_outline(scene, outline)
    for mechanism in pack.mechanisms.values():
        check_mechanism(scene, mechanism)
    return scene.problems


def check_rules(scene: Scene, words: Words) -> None:
    """Roles, checklists, norms, holidays and duties."""
    for role in scene.pack.roles.values():
        check_role(scene, role)
    for checklist in scene.pack.checklists.values():
        check_checklist(scene, checklist)
    for norm in scene.pack.norms.values():
        check_norm(scene, words, norm)
    for holiday in scene.pack.holidays.values():
        check_holiday(scene, holiday)
    for span in scene.pack.days_off.values():
        check_days_off(scene, span)
    for duty in scene.pack.duties.values():
        check_duty(scene, duty)
