"""Each fault is found, alone, with the file and line where it stands."""

import pytest

from tests.pack.conftest import Folder

TALK, FIGURES, RULES, WORDS, ANNUAL = (
    "registers/talk.toml",
    "figures/talk.toml",
    "rules.toml",
    "vocabularies.toml",
    "outlines/annual.toml",
)
PICTURE = 'filters = ["kind", "state", "owner"]\noverview = [{ id = "a", title = "图", title_en = "A", rows = "kind", columns = "%s" }]'
# What is asked of entries: name, keys of the requirement, part of the sentence.
ASKED = """filters = ["kind", "state"]
requirement = [{ id = "a", title = "规", title_en = "A", source = "规定", %s }]"""
REQUIREMENTS = {
    "requirement of two things": (
        'order = ["happened_on", "done_on"], apart = ["talker", "talker"]',
        "last、turnout、apart、order、needs 之一",
    ),
    "requirement of nothing": ('kinds = ["visit"]', "last、turnout、apart、order、needs 之一"),
    "advice for a state": (
        'order = ["happened_on", "done_on"], advice = true, states = ["done"]',
        "advice 不写 states",
    ),
    "order of one day": ('order = ["done_on"]', "至少写两个"),
    "order of no date": ('order = ["title", "done_on"]', "没有日期字段“title”"),
    "need of a requirement": ('needs = ["@host", "mood"]', "没有字段或角色“@host”"),
    "state of a requirement": ('order = ["happened_on", "done_on"], states = ["lost"]', "没有状态“lost”"),
    "kind of a requirement": ('order = ["happened_on", "done_on"], kinds = ["warn."]', "没有以“warn.”开头的类型"),
    "field of a requirement": ('order = ["happened_on", "done_on"], field = "mood", values = ["a"]', "没有字段“mood”"),
    "values without a field": ('order = ["happened_on", "done_on"], values = ["a"]', "须同时写"),
    "role that speaks last": ('last = { role = "host", capacity = ["principal"] }', "没有角色“host”"),
    "capacity that speaks last": ('last = { role = "talker", capacity = ["boss"] }', "没有“boss”"),
    "nobody who speaks last": ('last = { role = "talker", capacity = [] }', "没有写 capacity"),
    "population of a turnout": (
        'turnout = { roles = ["talker"], population = "bosses", share = "1/2" }',
        "没有人群“bosses”",
    ),
    "share of a turnout": ('turnout = { roles = ["talker"], population = "leaders", share = "3/2" }', "不是份额"),
    "turnout of no role": ('turnout = { roles = [], population = "leaders", share = "1/2" }', "没有写角色"),
    "position of a turnout": (
        'turnout = { roles = ["talker"], population = "leaders", share = "1/2", positions = ["for"] }',
        "没有表态“for”",
    ),
}
# name: file, text replaced, by what, part of the sentence.
FAULTS = {
    "kind of a condition": (FIGURES, 'values = ["reminder."]', 'values = ["warning."]', "没有以“warning.”开头的类型"),
    "kind named in full": (FIGURES, '["reminder.one"]', '["reminder.two"]', "没有类型“reminder.two”"),
    "field of a condition": (FIGURES, 'field = "kind", values = ["reminder."]', 'field = "kin"', "没有字段“kin”"),
    "capacity": (FIGURES, '"talker", capacity = ["principal"]', '"talker", capacity = ["boss"]', "没有“boss”"),
    "participant of a condition": (FIGURES, 'participant = "talker"', 'participant = "host"', "没有参与角色“host”"),
    "two subjects": (FIGURES, '{ participant = "talker"', '{ link = "after", participant = "talker"', "之一"),
    "register of a figure": (FIGURES, 'register = "talk"\nof', 'register = "tlak"\nof', "没有台账“tlak”"),
    "field that is summed": (FIGURES, 'of = "days"', 'of = "hours"', "没有字段“hours”"),
    "text that is summed": (FIGURES, 'of = "days"', 'of = "title"', "不能求和"),
    "looked": (FIGURES, 'looked = "talk.count"', 'looked = "talk.looks"', "没有数据项“talk.looks”"),
    "days summed into times": (FIGURES, 'counted_in = "天"', 'counted_in = "次"', "以“天”计"),
    "visits counted as talks": (FIGURES, '"reminder.one"', '"visit"', "所数记录的量词是“人次”"),
    "unknown measure word": (FIGURES, 'counted_in = "天"', 'counted_in = "日"', "不是量词表"),
    "missing of": (FIGURES, 'of = "days"\n', "", "须写“of”"),
    "population": (FIGURES, 'population = "leaders"', 'population = "bosses"', "没有人群“bosses”"),
    "norm": (FIGURES, 'of = "office"', 'of = "offices"', "没有标准“offices”"),
    "population's capacity": (FIGURES, 'capacity = ["principal"]\n', 'capacity = ["boss"]\n', "没有“boss”"),
    "sub-period": (FIGURES, 'by = "unit"', 'by = "unit"\nevery = "week"', "“week”应为"),
    "since without a date": (FIGURES, 'by = "unit"', 'by = "unit"\nperiod = "since"', "须写 since"),
    "rank of a norm": (RULES, 'key = "chief"', 'key = "king"', "没有“king”"),
    "negative limit": (RULES, "value = 24", "value = -1", "不能为负"),
    "impossible day": (RULES, '"2014-11-24"', '"2014-11-31"', "不是日期"),
    "unconfirmed norm": (RULES, 'mark = "S"\nvalid', 'mark = "M"\nvalid', "未经核实"),
    "unlike kinds in a check": (RULES, "talk.unit = talk.count", "talk.days = talk.count", "不能相加或比较"),
    "unreadable formula": (RULES, "talk.unit = talk.count", "talk.unit == talk.count", "应写作"),
    "figure of a check": (RULES, "= talk.count", "= talk.counts", "没有数据项“talk.counts”"),
    "check by unit": (RULES, 'formula = "talk.unit', 'by = "unit"\nformula = "talk.unit', "不按科室计"),
    "check of itself": (RULES, "talk.unit = talk.count", "talk.unit = talk.unit", "等式成环"),
    "action of a role": (RULES, '["read", "record"]', '["read", "erase"]', "没有操作“erase”"),
    "restricted register": (RULES, 'scope = "organisation"', 'scope = "own"\nrestricted = ["talk"]', "不是受限台账"),
    "excluded role": (RULES, 'scope = "organisation"', 'scope = "own"\nexcludes = ["x"]', "没有另一角色"),
    "who owes": (RULES, 'who = "leaders"', 'who = "everybody"', "没有责任主体"),
    "how often": (RULES, 'every = "year"', 'every = "decade"', "“decade”应为"),
    "whose talk it is": (RULES, 'of = "@talker"', 'of = "@talked_to"', "of 须写记录算在谁名下"),
    "whose, of an organisation": (RULES, 'who = "leaders"', 'who = "organisation"', "of 只用于人员"),
    "occasions of a year": (RULES, 'of = "@talker"', 'of = "@talker"\nbase = [{ field = "title" }]', "base 只用于"),
    "day of a yearly duty": (RULES, 'every = "year"', 'every = "year"\ndue = "02-30"', "“02-30”应为每年都有的月、日"),
    "leap day of a yearly duty": (
        RULES,
        'every = "year"',
        'every = "year"\ndue = "02-29"',
        "“02-29”应为每年都有的月、日",
    ),
    "day without its nought": (RULES, 'every = "year"', 'every = "year"\ndue = "1-31"', "“1-31”应为每年都有的月、日"),
    "day of a quarterly duty": (RULES, 'every = "year"', 'every = "quarter"\ndue = "01-31"', "due 只用于"),
    "holiday of the vocabulary": (
        RULES,
        'calendar = "lunar"',
        'calendar = "lunar"\nmonth = 1\nday = 1\n[[holiday]]\nid = "summer"\ncalendar = "lunar"',
        "词表 holiday 中没有“summer”",
    ),
    "day of a holiday": (RULES, 'calendar = "lunar"', 'calendar = "lunar"\ndays = 0', "至少 1 天"),
    "thirtieth of a lunar month": (RULES, "month = 1\nday = 1", "month = 1\nday = 30", "日不超过 29"),
    "solar term": (RULES, 'calendar = "lunar"', 'calendar = "term"\nterm = "清名"', "二十四节气之一"),
    "days off of a holiday": (RULES, 'holidays = ["spring"]', 'holidays = ["sprung"]', "没有节日“sprung”"),
    "days off backwards": (RULES, 'last = "2023-01-27"', 'last = "2023-01-20"', "末日不早于首日"),
    "empty checklist": (RULES, '[[checklist.aspect]]\ntitle = "使用"\nitems = ["有登记"]\n', "", "清单没有内容"),
    "figure of a mechanism": (RULES, 'figures = ["talk.count"]', 'figures = ["talk.c"]', "没有“talk.c”"),
    "kind of a mechanism": (RULES, 'kinds = ["reminder."]', 'kinds = ["warn."]', "没有类型“warn.”"),
    "empty mechanism": (RULES, 'registers = ["talk"]\nkinds = ["reminder."]\n', "", "没有任何台账或表"),
    "target of a link": (TALK, 'to = "talk"', 'to = "talks"', "没有台账“talks”"),
    "state of a step": (TALK, 'to = "done"', 'to = "dead"', "没有状态“dead”"),
    "unreachable state": (
        TALK,
        "final = true",
        'final = true\n[[state]]\nid = "lost"\ntitle = "失"\ntitle_en = "L"',
        "无法到达",
    ),
    "date of a step": (TALK, 'sets = "done_on"', 'sets = "days"', "没有日期字段“days”"),
    "date taken by a step": (TALK, 'sets = "done_on"', 'sets = "done_on"\ntakes = "days"', "没有日期字段“days”"),
    "date taken for nothing": (TALK, 'sets = "done_on"', 'takes = "done_on"', "takes 须与另一日期字段的 sets"),
    "date emptied by a step": (TALK, 'sets = "done_on"', 'clears = ["days"]', "没有日期字段“days”"),
    "date filled and emptied": (
        TALK,
        'sets = "done_on"',
        'sets = "done_on"\nclears = ["done_on"]',
        "不能既填又清空",
    ),
    "number counted by a step": (TALK, 'sets = "done_on"', 'sets = "done_on"\ncounts = "days"', "没有整数字段“days”"),
    "same and second person": (
        TALK,
        'sets = "done_on"',
        'sets = "done_on"\nsecond_person = true\nsame_person = true',
        "不能与 second_person",
    ),
    "need of a step": (TALK, '"@talker", ">after"', '"@host", ">after"', "没有“@host”"),
    "role of a step": (TALK, 'roles = ["clerk"]', 'roles = ["king"]', "没有角色“king”"),
    "column": (TALK, '"@talker"]', '"@host"]', "没有“@host”这一列"),
    "filter": (TALK, '["kind", "state"]', '["kind", "stat"]', "没有“stat”这一列"),
    "picture of people": (TALK, 'filters = ["kind", "state"]', PICTURE % "owner", "不是可作一览图的筛选项"),
    "picture of one thing": (TALK, 'filters = ["kind", "state"]', PICTURE % "kind", "行与列相同"),
    "picture of no kind": (TALK, 'filters = ["kind", "state"]', PICTURE % 'state", kind = "nosuch', "没有类型“nosuch”"),
    "doubled kind": (TALK, 'id = "visit"', 'id = "reminder.one"', "“reminder.one”重复"),
    "doubled header": (TALK, 'title = "谈话人"', 'title = "主题"', "表头“主题”"),
    "reserved header": (TALK, 'title = "谈话人"', 'title = "佐证"', "表头“佐证”"),
    "kind of a role": (TALK, 'title_en = "Talker"', 'title_en = "Talker"\nkinds = ["warn."]', "以“warn.”开头的类型"),
    "required role of some kinds": (
        TALK,
        'title_en = "Talker"',
        'title_en = "Talker"\nrequired = true\nkinds = ["visit"]',
        "必填的角色",
    ),
    "column of another type": (TALK, 'type = "date"', 'type = "text"', "类型应为 date"),
    "choice without choices": (
        TALK,
        'type = "decimal"\ncounted_in = "天"\nminimum = 1',
        'type = "choice"',
        "choices 或",
    ),
    "limits the wrong way": (TALK, "minimum = 1", "minimum = 9\nmaximum = 3", "下限大于上限"),
    "ill-formed id": (TALK, 'id = "visit"', 'id = "Visit"', "不是合法的标识"),
    "chain of equivalents": (WORDS, 'id = "次", title = "次"', 'id = "次", same_as = "人", title = "次"', "等同于"),
    "doubled choice": (WORDS, 'id = "场"', 'id = "人"', "“人”重复"),
    "listed area": ("pack.toml", '["finance"]', '["money"]', "“money”不在词表"),
    "running title without its day": (
        ANNUAL,
        'addressee = ""',
        'addressee = ""\nrunning = { title = "半年" }',
        "须写明截至哪一天",
    ),
    "digit of a running year": (ANNUAL, 'addressee = ""', 'addressee = ""\nrunning = { none = "到6月，" }', "数字“6”"),
    "token of a running year": (
        ANNUAL,
        'addressee = ""',
        'addressee = ""\nrunning = { none = "{unit}" }',
        "既非可用标记",
    ),
    "running word twice": (
        ANNUAL,
        'addressee = ""',
        'addressee = ""\nrunning = { words = [{ term = "年", instead = "" }, { term = "年", instead = "今" }] }',
        "“年”重复",
    ),
    "running word of nothing": (
        ANNUAL,
        'addressee = ""',
        'addressee = ""\nrunning = { words = [{ term = "", instead = "今" }] }',
        "没有写要替换的词",
    ),
    "token": (ANNUAL, "{talk.count}", "{talk.counted}", "既非可用标记也非数据项"),
    "token out of place": (ANNUAL, "全年谈话", "{unit}全年谈话", "既非可用标记"),
    "unit value outside of units": (ANNUAL, "{talk.count}", "{talk.unit@unit}", "each = "),
    "unit value of no unit figure": (ANNUAL, "{talk.unit@unit}", "{talk.count@unit}", "each = "),
    "half a brace": (ANNUAL, "全年谈话", "全年{谈话", "花括号"),
    "digit": (ANNUAL, "全年谈话", "全年谈话3次，", "数字“3”"),
    "full-width digit": (ANNUAL, "全年谈话", "全年谈话３次，", "数字“３”"),
    "circled digit": (ANNUAL, "全年谈话", "①全年谈话", "数字“①”"),
    "digit of a year in prose": (ANNUAL, "全年谈话", "2023年谈话", "数字“2023”"),
    "digit inside a heading": (ANNUAL, "1.谈话。", "1.谈话3次。", "数字“3”"),
    "when": (ANNUAL, 'each = "unit"', 'each = "unit", when = ["x"]', "没有数据项“x”"),
    "when none": (ANNUAL, 'when_none = "talk.days"', 'when_none = "talk.day"', "没有数据项“talk.day”"),
    "when full": (ANNUAL, 'when_none = "talk.days"', 'when_full = ["talk.day"]', "没有数据项“talk.day”"),
    "full of what is no share": (ANNUAL, 'when_none = "talk.days"', 'when_full = ["talk.days"]', "谈不上百分之百"),
    "each": (ANNUAL, 'each = "unit"', 'each = "person"', "“person”应为"),
    "zero that nobody looked for": (ANNUAL, 'when_none = "talk.days"', 'when_none = "talk.count"', "没有 looked"),
    "bracket left open": (ANNUAL, "谈话{talk.count}次。", "谈话[{talk.count}次。", "方括号不成对"),
    "brackets in brackets": (ANNUAL, "谈话{talk.count}次。", "[谈话[{talk.count}次]]。", "方括号不成对或套用"),
    "part outside brackets": (ANNUAL, "谈话{talk.count}次。", "谈话|{talk.count}次。", "在方括号之外"),
    "part without a figure": (ANNUAL, "谈话{talk.count}次。", "谈话[{talk.count}次|，很多]。", "都要有数据项"),
    "where without each": (ANNUAL, 'each = "unit"', 'where = [{ field = "kind" }]', "没有可筛选的"),
    "units chosen by name": (
        ANNUAL,
        'each = "unit"',
        'each = "unit", where = [{ field = "name" }]',
        "只能按 unit_kind",
    ),
    "where of a sentence": (ANNUAL, '["open"]', '["opened"]', "没有状态“opened”"),
    "unknown key": (RULES, 'scope = "organisation"', 'scope = "organisation"\ncolour = "red"', "未知的键“colour”"),
    "unknown table": (RULES, "[[norm]]", "[[nrom]]", "未知的表“nrom”"),
    "missing key": (RULES, 'source = "测试"\nmark = "S"\nwho', 'mark = "S"\nwho', "缺少“source”"),
    "wrong type": (RULES, "at_least = 1", 'at_least = "one"', "不是 int"),
    "not one of the choices": (RULES, 'scope = "organisation"', 'scope = "world"', "不在可选值中"),
    "enormous limit": (RULES, "value = 24", "value = -1" + "0" * 400, "不能为负"),
    "not a finite number": (RULES, "value = 24", "value = nan", "不是 Decimal"),
} | {
    name: (TALK, 'filters = ["kind", "state"]', ASKED % keys, sentence)
    for name, (keys, sentence) in REQUIREMENTS.items()
}


def test_the_sound_pack_is_sound(folder: Folder) -> None:
    assert folder.problems() == []


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_found_in_its_file(folder: Folder, name: str) -> None:
    file, old, new, sentence = FAULTS[name]
    folder.replace(file, old, new)
    found = [problem for problem in folder.problems() if sentence in problem.sentence]
    assert found, [str(problem) for problem in folder.problems()]
    assert file in found[0].place


def test_every_fault_is_told_at_once(folder: Folder) -> None:
    folder.replace(FIGURES, 'register = "talk"\nof', 'register = "tlak"\nof')
    folder.replace(TALK, 'to = "done"', 'to = "dead"')
    folder.replace(ANNUAL, "全年谈话", "全年谈话3次，")
    told = "\n".join(map(str, folder.problems()))
    assert all(part in told for part in ("tlak", "dead", "数字“3”"))


def test_figures_that_look_at_each_other_in_a_circle_are_refused(folder: Folder) -> None:
    folder.replace(FIGURES, 'by = "unit"', 'by = "unit"\nlooked = "talk.days"')
    folder.replace(FIGURES, 'looked = "talk.count"', 'looked = "talk.unit"')
    circles = [problem.sentence for problem in folder.problems() if "looked 成环" in problem.sentence]
    assert len(circles) == 2
    assert "talk.days → talk.unit → talk.days" in circles[0]


def test_a_table_of_people_has_no_entries_to_ask_about(folder: Folder) -> None:
    where = 'measure = "count"\nwhere = [{ participant = "talker" }]\ncounted_in = "人"\nsource = "people"'
    folder.replace(FIGURES, 'measure = "norm"\ncounted_in = "㎡"\nsource = "people"\nof = "office"', where)
    assert any("people 只能按" in problem.sentence for problem in folder.problems())


def test_equivalent_words_may_be_compared(folder: Folder) -> None:
    """talk.unit is counted in 场, talk.count in 次: the pack says that both count the same."""
    folder.replace(WORDS, ', same_as = "次"', "")
    assert any("不能相加或比较" in problem.sentence for problem in folder.problems())
