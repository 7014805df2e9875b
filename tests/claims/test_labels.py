"""What a number counts, in words that can be read by themselves."""

from dataclasses import replace

import pytest

from lianze.claims.extract import read_mentions
from lianze.claims.labels import label_of
from lianze.claims.shapes import Block
from lianze.claims.terms import load_terms


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("召开廉政谈话12次。", "廉政谈话"),
        ("全年处分5人。", "处分"),
        ("给予党纪处分3人。", "党纪处分"),
        ("全年谈话分别为5人。", "谈话"),
        ("聚焦不担当情形，开展“躺平式”干部排查1次。", "“躺平式”干部排查"),
        ("经常性开展纪律教育，全年11次。", "经常性开展纪律教育，全年"),
        ("八是会前酝酿的事项占96%。", "会前酝酿的事项"),
        ("任务完成率为75%。", "任务完成率"),
        (
            "班子成员、分管领导、科室负责人逐级开展提醒谈话，两级合计4次。",
            "…成员、分管领导、科室负责人逐级开展提醒谈话，两级",
        ),
    ],
)
def test_a_label_says_what_is_counted(text: str, label: str) -> None:
    block = Block(1, text)
    claims = [mention for mention in read_mentions([block], load_terms()) if mention.cls == "claim"]
    found = label_of(claims[-1], block)
    assert found == label or (label.startswith("…") and found.startswith("…") and found.endswith(label[-4:]))


def test_a_thing_that_is_its_own_measure_word_is_not_said_twice() -> None:
    block = Block(1, "春节期间走访4县1区。")
    mention = replace(read_mentions([block], load_terms())[0], noun="县", counted_in="县")
    assert label_of(mention, block) == ""
