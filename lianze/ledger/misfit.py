"""What does not fit in a ledger, said so that the office can find it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lianze.domain.errors import LianzeError
from lianze.ledger.field_titles import FieldTitles, title_of
from lianze.tlog import JsonValue, render_canonical

TITLES = {
    "entry": ("记录", "entry"),
    "organisation": ("单位", "organisation"),
    "unit": ("机构", "unit"),
    "person": ("人员", "person"),
    "post": ("职务", "post"),
    "appointment": ("任职", "appointment"),
    "portfolio": ("分工", "portfolio"),
    "account": ("账号", "account"),
    "grant": ("授权", "grant"),
    "keys": ("日志密钥", "keys of the log"),
}
SHOWN = 60
State = Mapping[str, JsonValue]


class Misfit(LianzeError):
    """The first thing that does not fit. `code` is stable; the message is “中文 / English”.

    `leaf` is the index of the leaf at fault and `subject_id` the entry or other row, None where it is not about one.
    """

    def __init__(
        self, code: str, chinese: str, english: str, *, leaf: int | None = None, subject_id: UUID | None = None
    ) -> None:
        super().__init__(f"{chinese} / {english}")
        self.code = code
        self.leaf = leaf
        self.subject_id = subject_id


@dataclass(frozen=True)
class Named:
    """A row as a person would look for it."""

    subject: str
    subject_id: UUID
    title: str = ""

    def chinese(self) -> str:
        kind = TITLES.get(self.subject, (self.subject, self.subject))[0]
        return f"{kind}“{self.title}”（{self.subject_id}）" if self.title else f"{kind} {self.subject_id}"

    def english(self) -> str:
        kind = TITLES.get(self.subject, (self.subject, self.subject))[1]
        return f"{kind} “{self.title}” ({self.subject_id})" if self.title else f"{kind} {self.subject_id}"


def title_in(document: JsonValue) -> str:
    """The title or name that a revision's document gives its subject."""
    state = document.get("state") if isinstance(document, dict) else None
    if not isinstance(state, dict):
        return ""
    found = state.get("title") or state.get("name") or state.get("code") or state.get("username") or ""
    return str(found)[:SHOWN]


def difference(table: State, log: State, titles: FieldTitles, register: str = "") -> tuple[str, str]:
    """The first field in which two states differ, and what both say, in Chinese and English."""
    register = register or str(table.get("register", ""))
    for name in sorted({*table, *log}):
        here, there = table.get(name), log.get(name)
        if render_canonical(here) == render_canonical(there):
            continue
        if name == "data" and isinstance(here, dict) and isinstance(there, dict):
            return difference(here, there, titles, register)
        chinese, english = title_of(register, name, titles)
        return (
            f"{chinese}：表中为 {shown(here)}，日志为 {shown(there)}",
            f"{english} is {shown(here, 'empty')} in the table, {shown(there, 'empty')} in the log",
        )
    return "", ""


def shown(value: JsonValue, empty: str = "空") -> str:
    """A value, cut to a length that fits a line."""
    text = empty if value in (None, "") else render_canonical(value).decode()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
