"""What is said beside a number is true of it, and is said in the reader's language."""

import re
from decimal import Decimal

import pytest

from lianze.claims.check import check_reading
from lianze.claims.reading import read_text
from lianze.claims.render_docx import notes_of
from lianze.claims.render_text import render_text
from lianze.claims.shapes import FigureFact
from lianze.claims.terms import load_terms
from lianze.claims.wording import rule_words, verdict_words

TALKS = FigureFact("talk.count", "提醒谈话", "次", Decimal(4), ("提醒谈话",), hits=4)
TWIN = FigureFact("talk.twin", "提醒谈话", "次", Decimal(5), ("提醒谈话",), hits=5)
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("facts", [[TALKS], [TALKS, TWIN]], ids=["contradicted", "waiting for a person"])
@pytest.mark.parametrize("english", [False, True])
def test_a_number_that_differs_is_never_called_equal(facts: list[FigureFact], english: bool) -> None:
    checked = check_reading(read_text("全年开展提醒谈话9次。"), load_terms(), facts)
    verdict = checked.verdicts[0]
    said = verdict_words(verdict, english) + rule_words(verdict, english)
    assert not re.search("相等|same|equal", said), said
    assert bool(HAN.search(said)) is not english


def test_a_loose_wording_says_what_it_asks_for_in_the_readers_language() -> None:
    checked = check_reading(read_text("全年开展提醒谈话近5次。"), load_terms(), [TALKS])
    assert rule_words(checked.verdicts[0], english=False) == "近、接近：略小于所写数"
    assert "a little less" in rule_words(checked.verdicts[0], english=True)


@pytest.mark.parametrize(
    "text",
    [
        "排查风险7项，其中高风险6项，中风险1项。",
        "排查风险8项，其中高风险6项，中风险1项。",
        "处分10人，其中党纪处分8人，政务处分5人。",
        "处分10人，其中党纪处分8人。",
        "处分334人次（320人），其中党纪处分315人、组织处理5人。",
        "参训200余人，其中党员210人。",
        "查找问题5个，制定整改措施4条。",
        "查找出5个问题，已完成整改6个问题。",
        "核定面积105㎡，实际使用面积80㎡。",
        "从思想、政治、作风3个方面分析原因。",
        "从思想、政治、作风4个方面分析原因。",
        "教职工231人，其中党员208人，占教职工总数的91.04%。",
        "教职工231人，其中党员208人，占教职工总数的90.04%。",
        "三公经费支出431万元，比上年433万元减少3万元。",
        "差错率从0.2%降至0.8%。",
        "落实“一会一课”制度。",
        "贯彻党的XX大精神。",
        "全年共开展廉政谈话12次。\n全年共开展廉政谈话13次。",
    ],
)
def test_every_relation_is_explained_in_both_languages(text: str) -> None:
    for relation in check_reading(read_text(text), load_terms()).relations:
        chinese, slash, english = relation.explanation.rpartition(" / ")
        assert slash and HAN.search(chinese) and not HAN.search(re.sub("“[^”]*”", "", english)), relation


def test_english_answer_has_chinese_only_where_it_quotes_the_report() -> None:
    text = "查找问题5个，制定整改措施4条，其中制度2条、机制3条。"
    lines = render_text(check_reading(read_text(text), load_terms()), english=True).split("\n")
    assert not [line for line in lines if "does not hold" in line and HAN.search(line)]


def test_a_comment_in_english_has_chinese_only_in_what_the_report_counts() -> None:
    text = "全年开展提醒谈话近5次，查找问题5个，制定整改措施4条。"
    checked = check_reading(read_text(text), load_terms(), [TALKS])
    said = [
        line for notes in notes_of(checked, english=True).values() for note in notes for line in note.text.split("\n")
    ]
    quoted = [mention.noun for mention in checked.mentions]
    told = [line for line in said if not any(line.startswith(noun) for noun in quoted)]
    assert any(line.startswith("does not hold: 4 < 5") for line in told)
    assert not [line for line in told if HAN.search(line.replace("近, 接近", ""))]
