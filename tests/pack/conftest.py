"""A small sound pack, written to a folder, that each test breaks in one place."""

from pathlib import Path

import pytest

from lianze.domain.errors import Invalid, Problem
from lianze.pack import Pack, load_pack

SOUND = {
    "pack.toml": """
id = "small"
version = "1"
title = "小"
title_en = "Small"
listed_areas = ["finance"]
""",
    "vocabularies.toml": """
[[vocabulary]]
id = "measure_word"
title = "量词"
title_en = "Words"
choice = [
  { id = "次", title = "次", title_en = "times" },
  { id = "场", title = "场", title_en = "events", same_as = "次" },
  { id = "人次", title = "人次", title_en = "person-times" },
  { id = "人", title = "人", title_en = "people" },
  { id = "天", title = "天", title_en = "days" },
  { id = "㎡", title = "㎡", title_en = "m2" },
  { id = "%", title = "%", title_en = "%" },
]

[[vocabulary]]
id = "capacity"
title = "身份"
title_en = "Capacity"
choice = [{ id = "principal", title = "主要负责人", title_en = "Principal" }]

[[vocabulary]]
id = "holiday"
title = "节日"
title_en = "Holiday"
choice = [{ id = "spring", title = "春节", title_en = "Spring Festival" }]

[[vocabulary]]
id = "rank"
title = "职级"
title_en = "Rank"
choice = [{ id = "chief", title = "正处", title_en = "Chief" }]

[[vocabulary]]
id = "area"
title = "事项"
title_en = "Area"
choice = [{ id = "finance", title = "财务", title_en = "Finance" }]
""",
    "registers/talk.toml": """
id = "talk"
title = "谈话"
title_en = "Talks"
source = "测试"
counted_in = "次"
key = ["title", "happened_on"]
columns = ["happened_on", "title", "@talker"]
filters = ["kind", "state"]

[[kind]]
id = "reminder.one"
title = "提醒谈话"
title_en = "Reminder"

[[kind]]
id = "visit"
title = "家访"
title_en = "Visit"
counted_in = "人次"

[[field]]
name = "title"
title = "主题"
title_en = "Topic"
type = "text"

[[field]]
name = "happened_on"
title = "日期"
title_en = "Date"
type = "date"

[[field]]
name = "days"
title = "天数"
title_en = "Days"
type = "decimal"
counted_in = "天"
minimum = 1

[[field]]
name = "done_on"
title = "完成日期"
title_en = "Done"
type = "date"

[[participant]]
role = "talker"
title = "谈话人"
title_en = "Talker"

[[link]]
relation = "after"
to = "talk"
title = "前次"
title_en = "After"

[[state]]
id = "open"
title = "未办"
title_en = "Open"

[[state]]
id = "done"
title = "已办"
title_en = "Done"
final = true

[[transition]]
id = "finish"
start = ["open"]
to = "done"
title = "办结"
title_en = "Finish"
sets = "done_on"
needs = ["title", "@talker", ">after", "evidence"]
roles = ["clerk"]
""",
    "figures/talk.toml": """
[[population]]
id = "leaders"
title = "领导"
title_en = "Leaders"
capacity = ["principal"]

[[figure]]
id = "talk.count"
title = "谈话次数"
title_en = "Talks"
measure = "count"
counted_in = "次"
register = "talk"
where = [{ field = "kind", values = ["reminder."] }, { participant = "talker", capacity = ["principal"] }]

[[figure]]
id = "talk.days"
title = "谈话天数"
title_en = "Days"
measure = "sum"
counted_in = "天"
register = "talk"
of = "days"
looked = "talk.count"

[[figure]]
id = "talk.unit"
title = "各科室谈话"
title_en = "By unit"
measure = "count"
counted_in = "场"
register = "talk"
where = [{ field = "kind", values = ["reminder.one"] }]
by = "unit"

[[figure]]
id = "office.allowed"
title = "核定面积"
title_en = "Allowed"
measure = "norm"
counted_in = "㎡"
source = "people"
of = "office"
population = "leaders"
""",
    "rules.toml": """
[[role]]
id = "clerk"
title = "经办人"
title_en = "Clerk"
scope = "organisation"
actions = ["read", "record"]

[[norm]]
id = "office"
title = "面积"
title_en = "Area"
counted_in = "㎡"
source = "测试"
mark = "S"
valid_from = "2014-11-24"
value = [{ key = "chief", value = 24 }]

[[check]]
id = "units"
title = "相符"
title_en = "Agree"
formula = "talk.unit = talk.count"

[[duty]]
id = "talk.yearly"
title = "每年谈话"
title_en = "Yearly"
source = "测试"
mark = "S"
who = "leaders"
every = "year"
at_least = 1
register = "talk"
of = "@talker"

[[holiday]]
id = "spring"
calendar = "lunar"
month = 1
day = 1

[[days_off]]
id = "spring.2023"
holidays = ["spring"]
first = "2023-01-21"
last = "2023-01-27"
source = "测试"

[[checklist]]
id = "car"
title = "公车"
title_en = "Cars"
source = "测试"
[[checklist.aspect]]
title = "使用"
items = ["有登记"]

[[mechanism]]
id = "S01"
title = "谈话"
title_en = "Talks"
registers = ["talk"]
kinds = ["reminder."]
figures = ["talk.count"]
duties = ["talk.yearly"]
""",
    "outlines/annual.toml": """
id = "annual"
title = "{organisation}{year}年报告"
title_en = "Report"
addressee = ""

[[section]]
id = "one"
level = 1
title = "工作"

[[section.paragraph]]
lead = "1.谈话。"
sentence = [
  "全年谈话{talk.count}次。",
  { text = "{unit}谈话{talk.unit@unit}次。", each = "unit" },
  { text = "{title}。", each = "talk", where = [{ field = "state", values = ["open"] }] },
  { text = "没有谈话。", when_none = "talk.days" },
]
""",
}


class Folder:
    """A pack folder on disk that tests change by replacing text."""

    def __init__(self, path: Path, files: dict[str, str]) -> None:
        self.path = path
        for name, text in files.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.lstrip("\n"), encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        file = self.path / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old} is not in {name}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def load(self, *above: Path) -> Pack:
        return load_pack([self.path, *above])

    def problems(self, *above: Path) -> list[Problem]:
        """What is wrong; empty when the pack is sound."""
        try:
            load_pack([self.path, *above])
        except Invalid as error:
            return error.problems
        return []


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The sound pack, fresh for every test."""
    return Folder(tmp_path / "small", SOUND)
