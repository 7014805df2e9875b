"""An organisation's own pack over the built-in one: what it adds, changes and may not do."""

from pathlib import Path

import pytest

from lianze.domain.errors import Invalid
from lianze.pack import load_pack
from lianze.pack.load import BUILTIN, folders_under
from tests.pack.conftest import Folder

OFFICE = {
    "pack.toml": """
id = "office"
version = "2"
title = "某单位"
title_en = "An office"
extends = "cn-integrity"
listed_areas = ["finance", "audit"]
""",
    "registers/gift.toml": """
id = "gift"
title = "礼品登记台账"
title_en = "Gifts handed in"
source = "本单位礼品登记制度"
counted_in = "件"
kind_required = false
key = ["title", "happened_on"]

[[field]]
name = "title"
title = "礼品名称"
title_en = "Gift"
type = "text"

[[field]]
name = "happened_on"
title = "上交日期"
title_en = "Handed in on"
type = "date"

[[field]]
name = "amount"
title = "估价"
title_en = "Value"
type = "decimal"
counted_in = "元"
""",
    "registers/activity.toml": """
id = "activity"
title = "活动台账"
title_en = "Activities"
source = "本单位"
counted_in = "次"
extend = true

[[kind]]
id = "event.quiz"
title = "廉洁知识竞赛"
title_en = "Quiz"
""",
    "figures.toml": """
[[figure]]
id = "gift.count"
title = "上交礼品"
title_en = "Gifts handed in"
measure = "count"
counted_in = "件"
register = "gift"

[[figure]]
id = "gift.value"
title = "上交礼品估价"
title_en = "Their value"
measure = "sum"
counted_in = "元"
register = "gift"
of = "amount"

[[figure]]
id = "quiz.count"
title = "知识竞赛"
title_en = "Quizzes"
measure = "count"
counted_in = "次"
register = "activity"
where = [{ field = "kind", values = ["event.quiz"] }]
""",
    "additions.toml": """
[[addition]]
outline = "annual"
section = "education"

[[addition.paragraph]]
sentence = ["全年上交礼品{gift.count}件，估价{gift.value}元。"]
""",
    "words.toml": """
[[vocabulary]]
id = "measure_word"
title = "量词"
title_en = "Words"
extend = true
choice = [{ id = "台", title = "台", title_en = "machines" }]
""",
    "duties.toml": """
[[duty]]
id = "branch.lecture"
title = "支部党课"
title_en = "Branch lecture"
source = "本单位党课制度"
mark = "S"
who = "organisation"
every = "half_year"
at_least = 1
register = "activity"
where = [{ field = "kind", values = ["branch.lecture"] }]
""",
}


@pytest.fixture
def office(tmp_path: Path) -> Folder:
    """A layer that adds a register, figures, a kind, a sentence and a word, and changes a frequency."""
    return Folder(tmp_path / "office", OFFICE)


def test_the_layer_adds_and_changes_without_touching_the_rest(office: Folder) -> None:
    below = load_pack([BUILTIN / "cn-integrity"])
    pack = load_pack(folders_under(office.path))
    assert (pack.id, pack.version, pack.listed_areas) == ("office", "2", ("finance", "audit"))
    assert set(pack.registers) - set(below.registers) == {"gift"}
    assert set(pack.figures) - set(below.figures) == {"gift.count", "gift.value", "quiz.count"}
    assert pack.registers["activity"].kind[-1].id == "event.quiz"
    assert len(pack.registers["activity"].kind) == len(below.registers["activity"].kind) + 1
    assert pack.registers["activity"].field == below.registers["activity"].field
    assert (pack.duties["branch.lecture"].every, pack.duties["branch.lecture"].enabled) == ("half_year", True)
    assert pack.duties["branch.general"] == below.duties["branch.general"]
    assert pack.hash != below.hash


def test_the_added_sentence_ends_its_section(office: Folder) -> None:
    pack = load_pack(folders_under(office.path))
    section = next(section for section in pack.outlines["annual"].section if section.id == "education")
    assert "{gift.count}" in section.paragraph[-1].sentence[-1].text


FAULTS = {
    "sentence": ("additions.toml", "{gift.value}", "{gift.worth}", "gift.worth", "[addition.0.sentence"),
    "section": ("additions.toml", '"education"', '"educations"', "没有这一节", "[addition.0]"),
    "kind": ("registers/activity.toml", '"event.quiz"', '"event.recitation"', "“event.recitation”重复", "[kind.0.id]"),
    "word": ("words.toml", '{ id = "台"', '{ id = "天"', "“天”重复", "[vocabulary.0.choice.0.id]"),
    "extended register": ("registers/gift.toml", 'counted_in = "件"', 'counted_in = "件"\nextend = true', "可扩展", ""),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_placed_in_the_layer_that_made_it(office: Folder, name: str) -> None:
    file, old, new, sentence, key = FAULTS[name]
    office.replace(file, old, new)
    with pytest.raises(Invalid) as caught:
        load_pack(folders_under(office.path))
    problem = next(problem for problem in caught.value.problems if sentence in problem.sentence)
    assert problem.place.startswith(f"office/{file}"), str(problem)
    assert key.rstrip("]").removesuffix(".sentence") in problem.place.replace("paragraph.0.", "")
    assert problem.line > 0


def test_only_a_built_in_pack_can_be_extended(office: Folder) -> None:
    for name in ("nothing", "../cn-integrity", "/"):
        office.replace("pack.toml", 'extends = "', f'extends = "{name}" # "')
        with pytest.raises(Invalid, match="没有内置制度包"):
            folders_under(office.path)
        office.write("pack.toml", OFFICE["pack.toml"])


def test_what_it_stands_over_can_be_said_from_outside(office: Folder) -> None:
    office.replace("pack.toml", 'extends = "cn-integrity"\n', "")
    assert folders_under(office.path) == [office.path]
    assert folders_under(office.path, "cn-integrity") == [BUILTIN / "cn-integrity", office.path]
