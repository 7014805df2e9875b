"""Every endpoint, what is sent to it, and the rule it must follow. A test holds this list against the addresses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.permissions import expected as rule
from tests.permissions.expected import Rule, anybody, figure, figure_out, of_entry, of_place, of_register, reader, reads

Sent = Mapping[str, object] | None


@dataclass(frozen=True)
class Endpoint:
    """`address` has the names that the try fills in: {register} {entry} {step} {sha256} {unit} {person} {figure} {account}
    {grant} {token}. `by` register or entry: tried for each kind of register. `own`: about the asker alone."""

    route: str
    method: str
    address: str
    rule: Rule
    sent: Sent = None
    by: str = ""
    public: bool = False
    own: bool = False


def web(route: str, method: str, address: str, rule: Rule, sent: Sent = None, **more: bool) -> Endpoint:
    """A page; whether it goes by register shows in its address."""
    by = "register" if any(f"{{{name}}}" in address for name in ("register", "entry", "figure")) else ""
    return Endpoint(route, method, address, rule, sent, by, **more)


NOBODY: Callable[..., str] = lambda case: rule.HIDDEN  # noqa: E731
WHY = {"version": "1", "why": "试"}
LEAVE = {"left_on": "2023-06-30", "confirmed": "1", "seen": "1"}
KEPT = {"fingerprint": "试", "figure": "study.collective.count", "decision": "refuse"}
PAGES = [
    web("workbench", "GET", "/", anybody),
    web("worklist", "GET", "/due/late/", reader),
    web("login", "GET", "/login/", anybody, public=True, own=True),
    web("second-step", "GET", "/login/second/", anybody, own=True),
    web("second-step", "POST", "/login/second/", anybody, {"code": "0"}, own=True),
    web("openid_connect_login", "GET", "/login/with/office/", NOBODY, public=True, own=True),
    web("openid_connect_callback", "GET", "/login/with/office/back/", NOBODY, public=True, own=True),
    web("logout", "POST", "/logout/", anybody, {}, public=True, own=True),
    web("language", "POST", "/language/", anybody, {"language": "en"}, public=True, own=True),
    web("password", "GET", "/account/", anybody, own=True),
    web("password", "POST", "/account/", anybody, {"old": "x", "new": "y"}, own=True),
    web("protection", "GET", "/account/protection/", anybody, own=True),
    web("protection-totp", "GET", "/account/protection/totp/", anybody, own=True),
    web("protection-totp", "POST", "/account/protection/totp/", anybody, {"code": "0"}, own=True),
    web("protection-qr", "GET", "/account/protection/totp/code.svg", NOBODY, own=True),
    web("protection-key", "GET", "/account/protection/key/", anybody, own=True),
    web("protection-key", "POST", "/account/protection/key/", anybody, {"name": "k"}, own=True),
    web("protection-remove", "POST", "/account/protection/1/remove/", anybody, {"owner": "x"}, own=True),
    web("protection-codes", "GET", "/account/protection/codes/", NOBODY, own=True),
    web("protection-codes", "POST", "/account/protection/codes/", NOBODY, {}, own=True),
    web("protection-codes-file", "GET", "/account/protection/codes.txt", NOBODY, own=True),
    web("protection-codes-new", "POST", "/account/protection/codes/new/", anybody, {}, own=True),
    web("protection-link", "POST", "/account/protection/link/office/", NOBODY, {}, own=True),
    web("protection-unlink", "POST", "/account/protection/unlink/1/", anybody, {"owner": "x"}, own=True),
    web("tokens", "GET", "/account/tokens/", anybody, own=True),
    web("tokens", "POST", "/account/tokens/", anybody, {"name": "t", "scope": "read", "days": "3"}, own=True),
    web("token-revoke", "POST", "/account/tokens/{token}/revoke/", NOBODY, {}, own=True),
    web("calendar-feeds", "GET", "/account/calendar/", anybody, own=True),
    web("calendar-feeds", "POST", "/account/calendar/", anybody, {"name": "n"}, own=True),
    web("calendar-feed-revoke", "POST", "/account/calendar/{token}/end/", NOBODY, {}, own=True),
    web("place", "GET", "/place/", anybody, own=True),
    web("place", "POST", "/place/", anybody, {"organisation": "{code}"}),
    web("members", "GET", "/accounts/", of_place("administer")),
    web("members", "POST", "/accounts/", of_place("administer"), {"username": "n", "password": "a-long-password-2"}),
    web("member", "POST", "/accounts/{account}/", of_place("administer"), {}),
    web("grants", "GET", "/roles/", of_place("secure")),
    web("grants", "POST", "/roles/", of_place("secure"), {"username": "nobody", "role": "clerk"}),
    web("unlock", "POST", "/roles/unlock/", of_place("secure"), {"username": "{username}"}),
    web("second-reset", "POST", "/roles/second-factor/", of_place("secure"), {"username": "{username}"}),
    web("grant-end", "POST", "/roles/{grant}/end/", of_place("secure"), {}),
    web("audit", "GET", "/audit/", of_place("audit")),
    web("audit-export", "GET", "/audit/list.xlsx", of_place("audit")),
    web("figures", "GET", "/figures/?year=2023", reader),
    web("figure", "GET", "/figures/{figure}/?year=2023", figure),
    web("figure-materials", "GET", "/figures/{figure}/materials.zip?year=2023", figure_out),
    web("duties", "GET", "/duties/?year=2023", reader),
    web("duty", "GET", "/duties/branch.general/?year=2023", reader),
    web("duties-export", "GET", "/duties/matrix.xlsx?year=2023", of_place("export")),
    web("timeline", "GET", "/timeline/", anybody),
    web("calendar", "GET", "/calendar/", anybody),
    web("calendar-export", "GET", "/calendar/export.ics", anybody),
    web("calendar-feed", "GET", "/calendar/lianze_secret.ics", NOBODY, public=True, own=True),
    web("organisation", "GET", "/organisation/", reader),
    web("organisation-person", "GET", "/organisation/person/{person}/", reader),
    web("organisation-unit", "GET", "/organisation/unit/{unit}/", reader),
    web("organisation-people", "GET", "/organisation/people/", of_place("organise")),
    web("organisation-people", "POST", "/organisation/people/", of_place("organise"), {}),
    web("people-template", "GET", "/organisation/people/template.xlsx", of_place("organise")),
    web("organisation-new", "GET", "/organisation/person/new/", of_place("organise")),
    web(
        "organisation-new", "POST", "/organisation/unit/new/", of_place("organise"), {"name": "新科", "confirmed": "1"}
    ),
    web("organisation-change", "GET", "/organisation/unit/{unit}/change/", of_place("organise")),
    web("organisation-change", "POST", "/organisation/person/{person}/leave/", of_place("organise"), LEAVE),
    web("report", "GET", "/report/?year=2023", of_place("report")),
    web("report-file", "GET", "/report/annual.docx?year=2023", of_place("report")),
    web("check", "GET", "/check/", reader),
    web("check", "POST", "/check/", reader, {"text": "全年开展学习3次", "year": "2023"}),
    web("check-keep", "POST", "/check/decide/", of_place("report"), KEPT),
    web("import", "GET", "/import/", of_place("import")),
    web("import", "POST", "/import/", of_place("import"), {}),
    web("import-check", "GET", "/import/check/", of_place("import")),
    web("import-confirm", "POST", "/import/confirm/", of_place("import"), {}),
    web("import-drop", "POST", "/import/drop/", of_place("import"), {}),
    web("import-faults", "GET", "/import/faults.xlsx", of_place("import")),
    web("template", "GET", "/import/template.xlsx", of_place("import")),
    web("setup-people", "GET", "/setup/people.xlsx", NOBODY, public=True, own=True),
    web("setup", "GET", "/setup/", NOBODY, public=True, own=True),
    web("setup", "POST", "/setup/", NOBODY, {}, public=True, own=True),
    web("people", "GET", "/people/?q=a", anybody),
    web("search", "GET", "/search/?q=a", anybody),
    web("registers", "GET", "/registers/", anybody),
    web("entry-list", "GET", "/registers/{register}/", of_register("read")),
    web("overview", "GET", "/registers/{register}/overview/", of_register("read")),
    web("entry-new", "GET", "/registers/{register}/new/", of_register("record")),
    web("entry-new", "POST", "/registers/{register}/new/", of_register("record"), {}),
    web("entry-fields", "POST", "/registers/{register}/fields/", of_register("read"), {}),
    web("entry-files", "POST", "/registers/{register}/files/", of_register("record"), {}),
    web("entry-find", "GET", "/registers/{register}/find/?q=a", of_register("read")),
    web(
        "bulk",
        "POST",
        "/registers/{register}/bulk/",
        rule.bulk,
        {"entry": "{entry}", "action": "withdraw", "why": "试", "confirmed": "1"},
    ),
    web("entries-done", "GET", "/registers/{register}/done/", of_register("read")),
    web("filter-save", "POST", "/registers/{register}/filters/", of_register("read"), {"name": "n"}),
    web(
        "filter-rename", "POST", "/registers/{register}/filters/rename/", of_register("read"), {"name": "n", "to": "m"}
    ),
    web("filter-forget", "POST", "/registers/{register}/filters/forget/", of_register("read"), {"name": "n"}),
    web("entry-export", "GET", "/registers/{register}/export.csv?unit={unit}", of_register("export")),
    web("entry-export", "GET", "/registers/{register}/export.xlsx?unit={unit}", of_register("export")),
    web("entry-export", "GET", "/registers/{register}/export.csv?unit={unit}&fields=all", of_register("export")),
    web("entry-print", "GET", "/registers/{register}/print/?unit={unit}", of_register("export")),
    web("list-materials", "GET", "/registers/{register}/materials.zip?unit={unit}", of_register("export")),
    web("entry", "GET", "/entries/{entry}/", reads),
    web("entry-amend", "GET", "/entries/{entry}/amend/", of_entry("amend")),
    web("entry-amend", "POST", "/entries/{entry}/amend/", of_entry("amend"), WHY),
    web("entry-withdraw", "POST", "/entries/{entry}/withdraw/", of_entry("withdraw"), WHY),
    web("entry-step", "POST", "/entries/{entry}/step/{step}/", of_entry("transition"), WHY),
    web("evidence", "GET", "/entries/{entry}/evidence/{sha256}/", reads),
    web("evidence-page", "GET", "/entries/{entry}/evidence/{sha256}/page.png", reads),
    web("api-docs", "GET", "/api/", anybody, own=True),
    web("api-description", "GET", "/api/openapi.json", anybody, own=True),
]
REGISTER = "/api/registers/{register}"
ENTRY = REGISTER + "/entries/{entry}"
BODY = {"version": 1, "why": "试"}
CALLS = [
    web("get_me", "GET", "/api/me", anybody),
    web("list_registers", "GET", "/api/registers", anybody),
    web("get_register", "GET", REGISTER, of_register("read")),
    web("list_units", "GET", "/api/units", reader),
    web("list_people", "GET", "/api/people", reader),
    web("list_entries", "GET", REGISTER + "/entries", of_register("read")),
    web("record_entry", "POST", REGISTER + "/entries", of_register("record"), {}),
    web("get_entry", "GET", ENTRY, reads),
    web("amend_entry", "PUT", ENTRY, of_entry("amend"), {}),
    web("withdraw_entry", "POST", ENTRY + "/withdraw", of_entry("withdraw"), BODY),
    web("take_step", "POST", ENTRY + "/transitions", of_entry("transition"), {**BODY, "step": "{step}"}),
    web("get_history", "GET", ENTRY + "/history", reads),
    web("list_evidence", "GET", ENTRY + "/evidence", reads),
    web("attach_evidence", "POST", ENTRY + "/evidence", of_entry("amend"), {}),
    web("download_evidence", "GET", ENTRY + "/evidence/{sha256}", reads),
    web("list_figures", "GET", "/api/figures?year=2023", reader),
    web("list_duties", "GET", "/api/duties?year=2023", reader),
    web("get_trace", "GET", "/api/figures/{figure}/trace?year=2023", figure),
]
# Addresses that lead elsewhere or to nothing.
ELSEWHERE = {"favicon.ico", r"^[\s\S]*$", "api-root"}
