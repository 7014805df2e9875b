"""An office that recorded entries of one kind only: its report names no act of another kind, and praises nothing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from lianze.figures.results import ORGANISATION, FigureResult
from lianze.pack import load_builtin
from lianze.pack.definitions import Condition, Figure, Outline, Sentence
from lianze.reports.compose import compose
from lianze.reports.facts import Facts, Item
from lianze.reports.typeset import model

PACK = load_builtin()
OUTLINE = PACK.outlines["annual"]
TEXTS = dict.fromkeys(("year", "last_year", "next_year", "organisation", "short", "superior", "date"), "")
# Word of an act → kinds of entries that are such an act (“register/kind”, a family ends in “.”, a register in “/”).
ACTS: Mapping[str, tuple[str, ...]] = {
    "第一议题": ("activity/study.first_topic",),
    "集中学习": ("activity/study.collective", "activity/study.branch"),
    "中心组": ("activity/study.centre_group",),
    "研讨": ("activity/study.",),
    "培训": ("activity/study.training",),
    "宣讲": ("activity/study.promotion",),
    "辅导": ("activity/study.briefing",),
    "读书班": ("activity/study.reading_class",),
    "朗诵": ("activity/event.recitation",),
    "自学": (),
    "主题教育": ("document/plan.theme", "activity/study.briefing", "activity/lecture.theme", "activity/research.theme", "review/theme",
              "finding/theme.", "measure/", "document/list."),
    "检视": ("review/theme",),
    "对照检查": ("finding/theme.member",),
    "党员大会": ("activity/branch.general",),
    "主题党日": ("activity/branch.clean_day",),
    "志愿服务": ("activity/branch.volunteer",),
    "清扫": ("activity/branch.cleaning",),
    "三会一课": (),
    "党课": ("activity/lecture.",),
    "谈话": ("activity/talk.",),
    "四种形态": ("activity/talk.",),
    "调研": ("activity/research.", "document/plan.grassroots", "document/plan.research", "document/report.research"),
    "慰问": ("activity/visit.condolence",),
    "家访": ("activity/visit.home",),
    "家属": (),
    "警示教育": ("activity/education.film", "activity/education.base"),
    "典型案例": ("activity/education.case",),
    "纪律教育": ("activity/education.", "activity/lecture.integrity"),
    "倡议": ("activity/education.initiative",),
    "承诺书": ("document/promise.family",),
    "政治生态": ("review/ecology", "finding/ecology", "measure/"),
    "政治生态分析": ("review/ecology",),
    "民主生活会": ("activity/life.democratic",),
    "组织生活会": ("activity/life.organisation",),
    "亲自": ("activity/lead.",),
    "听取汇报": ("activity/meeting.hearing",),
    "专题会议": ("activity/meeting.special",),
    "列席": ("activity/meeting.",),
    "节前": ("activity/meeting.holiday",),
    "座谈会": ("activity/meeting.seminar",),
    "纪检组": ("activity/notice.discipline", "activity/meeting."),
    "集体研究": ("decision/",),
    "集体决策": ("decision/",),
    "酝酿": ("decision/",),
    "联签": ("expense/",),
    "经费": ("expense/",),
    "自查": ("review/",),
    "排查": ("review/",),
    "评议": ("opinion/",),
    "接受群众监督": ("opinion/",),
    "述责述廉": ("document/statement.duty",),
    "制度废改立": ("document/rule.",),
    "专项整治": ("document/plan.campaign",),
    "整改方案": ("document/plan.rectification",),
    "廉政档案": ("archive/personal",),
    "部署进行分解": ("duty/task.superior",),
    "不直接分管": (),
}  # fmt: skip
# How well something was done is nothing that anybody records.
PRAISE = re.compile(
    "轻车简从|直达现场|环环相扣|有计划|逐项改进|学以促干|相互配合|相互制约|既挂帅|常抓不懈|深入|扎实|有力|显著|明显|认真|切实|严格|严管"
    "|逐级|逐件|逐间|按期|及时|从严|紧盯|亮点|成效|全面(?!领导)|圆满|始终|经常性"
)
FROM_ENTRIES = ("register", "checklists")
KINDS = [(register.id, kind.id) for register in PACK.registers.values() for kind in (register.kind or ())] + [
    (register.id, "") for register in PACK.registers.values() if not register.kind
]


def may_be(where: tuple[Condition, ...], kind: str) -> bool:
    """Whether entries of the kind may meet the conditions."""
    named = [condition for condition in where if condition.field == "kind"]
    return all(any(fits(value, kind) for value in one.values) != one.negate for one in named)


def fits(value: str, kind: str) -> bool:
    return kind == value or (value.endswith(".") and kind.startswith(value))


def has_value(figure: Figure, register: str, kind: str) -> bool:
    """Whether entries of one kind may give the figure a value; people, units and norms are all there."""
    if figure.source == "checklists":
        return has_value(PACK.figures[figure.looked], register, kind)
    if figure.source != "register" or figure.measure == "norm":
        return True
    return figure.register == register and may_be(figure.base if figure.measure == "share" else figure.where, kind)


def results_of(register: str, kind: str) -> Iterator[FigureResult]:
    """What an office has whose only entries are of this kind; “none found” where their look allows it."""
    for figure in PACK.figures.values():
        for scope in (ORGANISATION, "unit:A"):
            value = has_value(figure, register, kind)
            looked = PACK.figures.get(figure.looked)
            none = looked is not None and has_value(looked, register, kind)
            status = "value" if value else "none_found" if none else "no_record"
            number = {"value": Decimal(1), "none_found": Decimal(0), "no_record": None}[status]
            yield FigureResult(figure.id, scope, number, figure.counted_in, "", "", 1, status)  # type: ignore[arg-type]


def said(register: str, kind: str) -> list[str]:
    """The report's headings and paragraphs without what entries themselves say."""

    def items(sentence: Sentence) -> list[Item]:
        return [Item("unit:A", {"unit": "办公室"})] if sentence.each == "unit" else []

    facts = Facts(TEXTS, {(one.figure, one.scope): one for one in results_of(register, kind)}, items)
    blocks = compose(OUTLINE, facts, None).blocks
    runs = [
        block.runs + block.body if isinstance(block, model.Heading) else block.runs
        for block in blocks
        if isinstance(block, model.Paragraph) or (isinstance(block, model.Heading) and block.level == 3)
    ]
    return [model.plain_text(one) for one in runs]


@pytest.mark.parametrize(("register", "kind"), KINDS, ids=lambda part: part or "-")
def test_the_report_names_no_act_of_another_kind(register: str, kind: str) -> None:
    text = "\n".join(said(register, kind))
    for word, allowed in ACTS.items():
        if word in text:
            name = f"{register}/{kind}"
            assert any(name == one or (one[-1] in "./" and name.startswith(one)) for one in allowed), (word, text)


def test_every_act_is_told_by_some_kind_that_may_tell_it() -> None:
    """A word that no sentence holds any more guards nothing; those without a kind must never be said at all."""
    prose = "".join(s.text for section in OUTLINE.section for p in section.paragraph for s in p.sentence)
    assert [word for word, allowed in ACTS.items() if allowed and word not in prose] == []


def praise_in(outline: Outline) -> list[str]:
    return [
        found
        for section in outline.section
        for paragraph in section.paragraph
        for text in (paragraph.lead, *(sentence.text for sentence in paragraph.sentence))
        for found in PRAISE.findall(text)
    ]


def test_nothing_is_praised() -> None:
    assert praise_in(OUTLINE) == []


def test_praise_would_be_seen() -> None:
    section = OUTLINE.section[0]
    worse = replace(section.paragraph[0], lead="轻车简从到基层。")
    assert praise_in(replace(OUTLINE, section=(replace(section, paragraph=(worse,)),))) == ["轻车简从"]
