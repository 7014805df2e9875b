"""What may follow, and everything that is missing, said at once."""

from dataclasses import replace
from datetime import date

from lianze.pack import Pack
from lianze.rules.transitions import Standing, first_state, is_final, step_problems, steps_from

DAY = date(2023, 6, 1)
READY = Standing("open", {"title": "自律意识有待提升"}, links={"by": 1}, evidence=1)


def test_an_entry_starts_in_the_first_state_and_only_final_ones_are_closed(pack: Pack) -> None:
    register = pack.registers["finding"]
    assert first_state(register) == "open"
    assert first_state(replace(register, state=())) == ""
    assert [is_final(register, state) for state in ("open", "solved", "closed", "unknown")] == [
        False,
        False,
        True,
        False,
    ]


def test_only_the_steps_out_of_the_state_follow(pack: Pack) -> None:
    register = pack.registers["finding"]
    assert [[step.id for step in steps_from(register, s)] for s in ("open", "solved", "closed")] == [
        ["solve"],
        ["close"],
        ["reopen"],
    ]


def test_a_step_that_lacks_nothing_has_no_problem(pack: Pack) -> None:
    assert step_problems(pack.registers["finding"], "solve", READY, DAY, "") == []


def test_everything_that_is_missing_is_said_at_once(pack: Pack) -> None:
    bare = Standing("closed", {"title": ""})
    problems = step_problems(pack.registers["finding"], "solve", bare, None, "")
    assert [problem.rule for problem in problems] == ["state", "done_on", "title", ">by", "evidence"]
    assert "只能从“未整改”办理" in problems[0].sentence
    assert "措施" in problems[3].sentence


def test_a_reason_of_blanks_is_no_reason(pack: Pack) -> None:
    register = pack.registers["finding"]
    closed = replace(READY, state="closed")
    assert [p.rule for p in step_problems(register, "reopen", closed, None, "  ")] == ["reason"]
    assert step_problems(register, "reopen", closed, None, "复查发现反弹") == []


def test_an_unknown_step_is_named(pack: Pack) -> None:
    (problem,) = step_problems(pack.registers["finding"], "vanish", READY, DAY, "")
    assert "vanish" in problem.sentence
