"""Guides lead somewhere, name what there is, and say the same things in both languages."""

from pathlib import Path

import pytest

from tests.docs.pages import (
    LINK,
    ROOT,
    VARIABLE,
    Named,
    anchors_of,
    calls_of,
    command_of,
    every_option,
    lone_options_of,
    options_of,
    other_language,
    pages,
    text_of,
    variables_of,
)

# Whom the product is made for reads these; the formats and the log are for whoever builds on it.
GUIDES = [ROOT / "README.md", *(ROOT / "docs" / f"{name}.md" for name in ("workbook", "installation", "operation"))]
GUIDES.append(ROOT / "docs" / "number-check.md")
BOTH = [*GUIDES, *map(other_language, GUIDES)]


def called(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", pages(), ids=called)
def test_links_lead_to_files_and_headings_that_are_there(page: Path) -> None:
    broken = []
    for target, anchor in LINK.findall(text_of(page)):
        to = (page.parent / target).resolve() if target else page
        if "://" not in target and not (to.exists() and (not anchor or anchor in anchors_of(to))):
            broken.append(f"{target}#{anchor}")
    assert broken == []


@pytest.mark.parametrize("page", pages(), ids=called)
def test_commands_and_options_exist(page: Path) -> None:
    text = text_of(page)
    unknown = [named for named in sorted(calls_of(text), key=str) if not is_there(named)]
    assert (unknown, lone_options_of(text) - every_option()) == ([], set())


def is_there(named: Named) -> bool:
    command = command_of(tuple(named.command.split()))
    return command is not None and (not named.option or named.option in options_of(command))


@pytest.mark.parametrize("guide", GUIDES, ids=called)
def test_a_guide_names_the_same_in_both_languages(guide: Path) -> None:
    english, chinese = text_of(guide), text_of(other_language(guide))
    assert variables_of(english) == variables_of(chinese)
    assert calls_of(english) == calls_of(chinese)
    assert lone_options_of(english) == lone_options_of(chinese)


@pytest.mark.parametrize("guide", BOTH, ids=called)
def test_a_guide_leads_to_the_other_language(guide: Path) -> None:
    begin = text_of(guide).partition("\n## ")[0]
    assert other_language(guide).name in [target for target, _ in LINK.findall(begin)]


def test_the_chinese_readme_leads_to_chinese_guides() -> None:
    targets = {target for target, _ in LINK.findall(text_of(ROOT / "README.zh-CN.md"))}
    missing = [called(page) for page in map(other_language, GUIDES[1:]) if called(page) not in targets]
    assert missing == []
    assert targets.isdisjoint(map(called, GUIDES[1:]))


def test_every_variable_that_is_read_is_explained() -> None:
    read = {name for file in (ROOT / "lianze").rglob("*.py") for name in VARIABLE.findall(text_of(file))}
    assert read - variables_of(text_of(ROOT / "docs" / "operation.md")) == set()


def test_a_wrong_command_is_seen_in_every_kind_of_code() -> None:
    text = "```\nlianze improt x\n```\n    /opt/lianze/bin/lianze log verfy # …\n`LIANZE_DATA=x lianze trace --yaer 1 | cat`"
    assert {named for named in calls_of(text) if not is_there(named)} == {
        Named("improt"),
        Named("log verfy"),
        Named("trace", "--yaer"),
    }
