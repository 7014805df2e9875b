"""The cast of the rules' tests: five people of one office, and a pack of one open and one restricted register."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from lianze.pack import Pack
from lianze.pack import definitions as d
from lianze.rules import Actor, HeldGrant, Subject

DAY = date(2023, 6, 1)
CITY, OFFICE, CHILD, SIBLING = "0001", "00010001", "000100010001", "00010002"


class CAST:
    """Fixed ids, so that a failure names somebody."""

    wang = UUID(int=1)  # clerk
    li = UUID(int=2)  # section head
    zhao = UUID(int=3)  # principal
    chen = UUID(int=4)  # discipline group
    sun = UUID(int=5)  # staff
    section = UUID(int=11)
    other_section = UUID(int=12)


def register(name: str, restricted: bool = False) -> d.Register:
    """A register whose closing needs a second person and whose opening a reason."""
    steps = (
        d.Transition("solve", ("open",), "solved", "整改", "Solve", sets="done_on", needs=("title", ">by", "evidence")),
        d.Transition("close", ("solved",), "closed", "销号", "Close", second_person=True, roles=("principal", "clerk")),
        d.Transition("reopen", ("closed",), "open", "重新打开", "Reopen", reason=True),
    )
    return d.Register(
        name,
        "问题",
        "Findings",
        "测试",
        "个",
        restricted=restricted,
        field=(d.Field("title", "内容", "Content", "text"), d.Field("done_on", "完成日期", "Done", "date")),
        link=(d.LinkRule("by", "measure", "措施", "Measures"),),
        state=(
            d.State("open", "未整改", "Open"),
            d.State("solved", "已整改", "Solved"),
            d.State("closed", "已销号", "Closed", final=True),
        ),
        transition=steps,
    )


ENTRY = ("read", "record", "amend", "withdraw", "transition")
ROLES = (
    d.Role("clerk", "经办人", "Clerk", "organisation", actions=(*ENTRY, "report", "freeze"), excludes=("auditor",)),
    d.Role("section_head", "科室负责人", "Head", "unit", read_scope="organisation", actions=ENTRY),
    d.Role(
        "principal",
        "主要负责人",
        "Principal",
        "organisation",
        actions=(*ENTRY, "import", "freeze"),
        restricted=("archive",),
    ),
    d.Role("superior", "上级单位", "Superior", "subtree", actions=("read", "export")),
    d.Role("staff", "干部", "Staff", "own", actions=("read", "record", "amend")),
    d.Role("secadmin", "安全管理员", "Security", "subtree", actions=("secure",)),
    d.Role("auditor", "审计管理员", "Auditor", "organisation", actions=("audit",)),
)


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Two registers, seven roles."""
    registers = {"finding": register("finding"), "archive": register("archive", restricted=True)}
    roles = {role.id: role for role in ROLES}
    return Pack("t", "1", "试", "T", "", registers, {}, {}, {}, {}, {}, {}, {}, {}, roles, {}, {}, {}, (), "")


def actor(person: UUID, *roles: str, path: str = OFFICE, units: tuple[UUID, ...] = ()) -> Actor:
    """A person whose account has the same id, holding `roles` at `path` since the year began."""
    grants = tuple(HeldGrant(role, path, date(2023, 1, 1)) for role in roles)
    return Actor(person, path, DAY, person, frozenset(units), grants)


def finding(**changes: object) -> Subject:
    """A finding of the section that Wang recorded; `changes` are fields of Subject."""
    known = Subject(OFFICE, "finding", CAST.section, author_id=CAST.wang, author_person_id=CAST.wang)
    return replace(known, **changes)  # type: ignore[arg-type]
