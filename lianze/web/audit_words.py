"""What a line of the audit list is about, in words: roles, pages and filters by their titles, lines of long ago too."""

import re
from urllib.parse import parse_qsl

from lianze.org.models import AuditRecord
from lianze.pack import Pack
from lianze.pack.definitions import Register
from lianze.web.language import both, named, one_language

GRANTED = re.compile(r"(\S+) ([+-]) (\S+)(?: (\d{4}-\d\d-\d\d))?(?: (\d{4}-\d\d-\d\d))? ?")
ASKED = re.compile(r"(GET|HEAD|POST) (\S+) (.*)", re.DOTALL)
EXPORTED = re.compile(r"(.+?) (\S*=\S*)? ?(\d+)")
ACCOUNT = re.compile(r"([+*-]) (.+)")


def about_in_words(row: AuditRecord, pack: Pack) -> str:
    """The line's text; as it stands where nothing in it is known."""
    readers = {"granted": granted, "refused": refused, "exported": exported, "viewed": viewed, "account": account}
    reader = readers.get(row.action)
    return (reader(row.about, pack) if reader else "") or one_language(row.about)


def role_title(role: str, pack: Pack) -> str:
    """A role by its title."""
    return named(pack.roles[role]) if role in pack.roles else role


def granted(about: str, pack: Pack) -> str:
    """clerk + section_head 2026-11-23."""
    found = GRANTED.fullmatch(about)
    if found is None:
        return ""
    who, sign, role, start, end = found.groups()
    title = role_title(role, pack)
    if sign == "-":
        return both(f"终止 {who} 的“{title}”", f"Ended {title} of {who}")
    span = both(f"，自{start}起", f", from {start}") if start else ""
    until = both(f"至{end}", f" to {end}") if end else ""
    return both(f"授予 {who}“{title}”", f"Gave {title} to {who}") + span + until


def refused(about: str, pack: Pack) -> str:
    """GET /report/ and the reason; or the role that was not given."""
    if found := ASKED.fullmatch(about):
        method, address, reason = found.groups()
        page = page_title(address)
        did = both(f"提交“{page}”", f"Sent “{page}”") if method == "POST" else both(f"打开“{page}”", f"Opened “{page}”")
        return did + both("：", ": ") + one_language(reason)
    who, _, rest = about.partition(" ")
    role, _, reason = rest.partition(" ")
    if role not in pack.roles:
        return ""
    title = role_title(role, pack)
    return both(f"授予 {who}“{title}”：", f"Giving {title} to {who}: ") + one_language(reason)


def page_title(address: str) -> str:
    """A page by the first part of its address; the address where it has no name."""
    titles = {
        "registers": both("台账", "Registers"),
        "entries": both("台账记录", "An entry"),
        "duties": both("责任", "Duties"),
        "figures": both("数据", "Figures"),
        "report": both("报告", "Report"),
        "check": both("核数", "Check"),
        "timeline": both("时间轴", "Timeline"),
        "calendar": both("日历", "Calendar"),
        "organisation": both("单位", "Organisation"),
        "import": both("导入", "Import"),
        "accounts": both("账号", "Accounts"),
        "roles": both("角色", "Roles"),
        "audit": both("审计", "Audit"),
        "account": both("我的账号", "My account"),
        "place": both("换单位", "Change place"),
        "search": both("搜索", "Search"),
        "api": both("程序接口", "API"),
    }
    return titles.get(address.strip("/").partition("/")[0], address)


def exported(about: str, pack: Pack) -> str:
    """A register's title, the filter and how many entries; or an outline, its year and the form of the file."""
    outline, _, rest = about.partition(" ")
    if outline in pack.outlines:
        return f"{named(pack.outlines[outline])} {rest}"
    found = EXPORTED.fullmatch(about)
    registers = (r for r in pack.registers.values() if found and found[1] in (r.title, r.title_en))
    register = next(registers, None)
    if found is None or register is None:
        return ""
    parts = [filter_part(register, name, value) for name, value in parse_qsl(found[2] or "")]
    count = both(f"{found[3]} 条", f"{found[3]} entries")
    return both("，", ", ").join([named(register), *parts, count])


def viewed(about: str, pack: Pack) -> str:
    """A register's title in the language of whoever looked, and the entry's."""
    via, rest = ("API ", about[4:]) if about.startswith("API ") else ("", about)
    for register in pack.registers.values():
        for title in (register.title, register.title_en):
            if title and (rest == title or rest.startswith(f"{title} ")):
                return via + named(register) + rest[len(title) :]
    return ""


def filter_part(register: Register, name: str, value: str) -> str:
    """One condition of a filter, or that the file held more than the list."""
    if name == "fields":
        return both("全部字段", "all fields")
    titles = {
        "kind": both("类型", "kind"),
        "state": both("状态", "state"),
        "unit": both("按机构", "by unit"),
        "person": both("按人员", "by person"),
        "from": both("起", "from"),
        "to": both("止", "to"),
        "q": both("含", "with"),
    }
    choices = {kind.id: named(kind) for kind in register.kind} | {step.id: named(step) for step in register.state}
    title = titles.get(name, name)
    return title if name in ("unit", "person") else f"{title} {choices.get(value, value)}"


def account(about: str, pack: Pack) -> str:  # noqa: ARG001 (read like the others)
    """+ clerk, - clerk, * clerk."""
    found = ACCOUNT.fullmatch(about)
    if found is None:
        return ""
    done = {
        "+": both("建立或启用", "Made or opened"),
        "-": both("停用", "Closed"),
        "*": both("重设密码", "New password"),
    }
    return f"{done[found[1]]} {found[2]}"
