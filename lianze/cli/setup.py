"""`lianze setup`: the first run in a terminal; the page at /setup/ asks the same."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

import click

from lianze.cli.asking import ask, ask_lines, ask_password
from lianze.cli.failing import fail, fail_with
from lianze.cli.init import make_data_folder, make_tables
from lianze.cli.language import choose, one_language
from lianze.cli.office import faults_told, read_pack, start, today

if TYPE_CHECKING:
    from lianze.ledger.first_run import FirstRun

PEOPLE = "人员，每行“姓名 机构”，如“李明 {0}”；领导等不属于科室的只写姓名，如“王刚”，先放在“{0}”，以后可改；空行结束"
PEOPLE_EN = "People, a line “name section”, as “李明 {0}”; leaders without one by name alone, kept in “{0}” for now; an empty line ends"
HAS_ACCOUNT = "there is an account; lianze init adds offices, lianze account open lets somebody in again"


def password_question() -> str:
    """With the rule, told before it is broken."""
    from lianze.org.passwords import password_rule

    rule = one_language(password_rule())
    return choose(f"密码（{rule}）", f"Password ({rule})")


def tell_code() -> NoReturn:
    """For another server than `lianze serve`: the code that its /setup/ page asks for."""
    from lianze.ledger.setup_code import make_setup_code

    click.echo(make_setup_code())
    raise SystemExit(0)


def ask_office() -> "FirstRun":
    """The questions, each answer looked at as it is typed, so that nothing typed is lost."""
    from lianze.ledger import first_run
    from lianze.org.passwords import password_faults

    name = ask(choose("单位全称", "Organisation"), lambda typed: [] if typed else [first_run.NAMELESS])
    short_name = ask(choose("简称（可不填）", "Short name (may be left out)"), nothing)
    superior = ask(choose("报告主送机关（可不填）", "Reports to (may be left out)"), nothing)
    sections = ask_lines(
        choose("内设机构，每行一个，空行结束", "Sections, one a line; an empty line ends"), section_faults
    )
    units = list(dict.fromkeys(sections)) or [short_name or name]
    known: set[str] = set()

    def person_faults(line: str) -> list[str]:
        ((person, section),) = first_run.read_people(line)
        if person in known:
            return [first_run.twice(person)]
        fault = first_run.section_fault(person, section, units)
        if fault is None:
            known.add(person)
        return [fault] if fault else []

    people = ask_lines(choose(PEOPLE.format(units[0]), PEOPLE_EN.format(units[0])), person_faults)
    return first_run.FirstRun(
        name=name,
        short_name=short_name,
        superior=superior,
        sections=units if sections else [],
        people=first_run.read_people("\n".join(people)),
        username=ask(choose("第一个账号的用户名", "User name of the first account"), first_run.username_faults),
        password=ask_password(password_question(), password_faults),
    )


def section_faults(line: str) -> list[str]:
    """Why a line is not one section."""
    from lianze.ledger.first_run import sections_fault

    return [fault] if (fault := sections_fault(line)) else []


def nothing(typed: str) -> list[str]:
    """Any answer will do."""
    del typed
    return []


@click.command(
    help=choose("首次设置：单位、机构、人员、第一个账号", "First run: organisation, sections, people, account.")
)
@click.option(
    "--code", is_flag=True, help=choose("只给出网页设置所需的一次性设置码", "only print the page's one-time code")
)
def setup_command(code: bool) -> None:
    """Asks, and makes all of it or nothing."""
    start()
    with faults_told():
        from django.conf import settings

        from lianze.ledger.first_run import (
            codes_given,
            has_account,
            make_office,
            problems_of,
            separation_of,
            uppermost,
        )

        make_data_folder(settings.DATA)
        make_tables()
        if has_account():
            fail(choose("已有账号；用 lianze init 增加单位，无人能登录时用 lianze account open", HAS_ACCOUNT))
        if code:
            tell_code()
        if uppermost() is not None:
            fail(
                choose("已有单位；运行 lianze serve，打开它给出的地址建立第一个账号", "lianze serve, open its address")
            )
        pack = read_pack()
        asked = ask_office()
        if problems := problems_of(asked):
            fail_with(problems)
        organisation = make_office(asked, pack, today(), datetime.now(UTC))
        if codes := codes_given(organisation, pack):
            click.echo(choose("人员编号：", "Numbers of people: ") + choose("、", ", ").join(codes))
        for gap in separation_of(pack, today()):
            click.echo(one_language(gap), err=True)
        click.echo(choose("已建立。运行 lianze serve 打开网页。", "Made. lianze serve opens the pages."))
