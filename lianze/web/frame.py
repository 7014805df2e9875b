"""What every page's frame shows: who is logged in where, and the pages there are for them."""

from dataclasses import dataclass

from django.http import HttpRequest

from lianze.ledger.actions import Desk
from lianze.ledger.places import open_registers
from lianze.rules import Subject, refusal
from lianze.web.language import CHOICES, both, is_english


@dataclass(frozen=True)
class Place:
    """A link of the navigation."""

    name: str
    title: str
    start: str


def frame(request: HttpRequest) -> dict[str, object]:
    """Template context of every page."""
    desk: Desk | None = getattr(request, "desk", None)
    other = "zh-hans" if is_english() else "en"
    return {
        "desk": desk,
        "may_read": bool(desk and open_registers(desk)),
        "places": places(desk) if desk else [],
        "page_language": "en" if is_english() else "zh-Hans",
        "other_language": other,
        "other_language_title": CHOICES[other],
        "english": is_english(),
    }


def places(desk: Desk) -> list[Place]:
    """The navigation, without what the account may not use at all."""
    found = [] if landing(desk) else [Place("workbench", both("工作台", "Workbench"), "/")]
    if open_registers(desk):
        found += [
            Place("registers", both("台账", "Registers"), "/registers/"),
            Place("duties", both("责任", "Duties"), "/duties/"),
            Place("figures", both("数据", "Figures"), "/figures/"),
            Place("timeline", both("时间轴", "Timeline"), "/timeline/"),
            Place("calendar", both("日历", "Calendar"), "/calendar/"),
            Place("organisation", both("单位", "Organisation"), "/organisation/"),
        ]
    if may(desk, "report"):
        found.append(Place("report", both("报告", "Report"), "/report/"))
    if open_registers(desk):
        found.append(Place("check", both("核数", "Check"), "/check/"))
    if may(desk, "import"):
        found.append(Place("import", both("导入", "Import"), "/import/"))
    if works_elsewhere(desk):
        found.append(Place("place", both("换单位", "Change place"), "/place/"))
    if may(desk, "administer"):
        found.append(Place("members", both("账号", "Accounts"), "/accounts/"))
    if may(desk, "secure"):
        found.append(Place("grants", both("角色", "Roles"), "/roles/"))
    if may(desk, "audit"):
        found.append(Place("audit", both("审计", "Audit"), "/audit/"))
    return found


# What an administrator does, and the page for it.
LANDINGS = {"secure": "grants", "administer": "members", "audit": "audit"}


def landing(desk: Desk) -> str:
    """The first page of who reads no register but does one of the administrators' work; "" for everybody else."""
    if open_registers(desk):
        return ""
    return next((page for action, page in LANDINGS.items() if may(desk, action)), "")


def may(desk: Desk, action: str) -> bool:
    """Whether the account may do `action` in its organisation as a whole."""
    return refusal(action, desk.actor, Subject(desk.organisation.path), desk.pack) is None


def works_elsewhere(desk: Desk) -> bool:
    """Whether some role of the account reaches beyond the organisation it sits in."""
    held = [grant for grant in desk.actor.grants if grant.is_held(desk.actor.day) and grant.role in desk.pack.roles]
    subtree = any("subtree" in (desk.pack.roles[g.role].scope, desk.pack.roles[g.role].read_scope) for g in held)
    return subtree or len({grant.organisation_path for grant in held}) > 1
