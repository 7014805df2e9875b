"""Rules of the house that no reviewer should have to remember: one writer, time as an argument, every statement about
records names the organisation."""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from lianze.domain.periods import year_period
from lianze.exchange.package import package_contents
from lianze.exchange.package_entries import Wanted
from lianze.figures.compute import compute_figures
from lianze.figures.trace import trace
from lianze.ledger import actions, log_sql, rows_sql
from lianze.ledger.checkpoints import make_checkpoint
from lianze.ledger.erase import erase
from lianze.ledger.read import read_entry, visible_entries
from lianze.ledger.states import EntryState
from lianze.ledger.subjects import read_subject, read_subjects
from lianze.ledger.write import read_entry_state
from lianze.org.directory import read_directory
from tests.ledger.office import Office, make_office

PACKAGE = Path(actions.__file__).parents[1]
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
WRITING = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save", "delete", "_raw_delete"}
STATEMENT = re.compile(r"\s*(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|COPY\s)", re.IGNORECASE)
CLOCK = {"now", "today", "utcnow"}
# What looks like writing a row outside the ledger, and what it is.
ELSEWHERE = {
    ("claims/render_docx.py", "save"): "a DOCX file",
    ("reports/typeset/checkpoint.py", "save"): "a picture",
    ("org/account_models.py", "save"): "the audit list, which may only be added to, refuses anything else here",
    ("reports/numbercheck.py", "create"): "the number check's own memory of decisions, no record of the office",
    ("web/accounts.py", "save"): "somebody's own password, which is no part of the log",
    ("web/saved.py", "update_or_create"): "saved filters, the web's own",
    ("web/saved.py", "update"): "saved filters, the web's own",
    ("web/saved.py", "delete"): "saved filters, the web's own",
    ("web/protection.py", "save"): "a picture",
    ("web/calendar_feed.py", "save"): "a picture",
    ("web/single_sign_on.py", "get_or_create"): "somebody's own link to an identity provider, no part of the log",
    ("web/single_sign_on.py", "delete"): "somebody's own link to an identity provider, no part of the log",
    ("web/second_factors.py", "save"): "second factors as allauth keeps them: credentials, no part of the log",
    ("web/second_factors.py", "delete"): "second factors as allauth keeps them: credentials, no part of the log",
}
RECORDS = (
    "entry|participation|link|evidence|attachment|revision|checkpoint|log_head|unit|person|post|appointment|portfolio"
)
ABOUT_RECORDS = re.compile(rf'(?:FROM|JOIN|UPDATE|INTO|COPY)\s+"?(?:{RECORDS})"?[\s(]')


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a method in a module, with the method's name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def is_writing(name: str, call: ast.Call) -> bool:
    """Whether a call may write rows; `update` only of a query, since dictionaries have it too."""
    if name == "update":
        receiver = ast.unparse(call.func)
        return any(word in receiver for word in ("objects", "filter(", "manager"))
    return name in WRITING


def test_only_the_ledger_writes_rows() -> None:
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in MODULES
        if "ledger" not in path.relative_to(PACKAGE).parts
        for name, call in calls(path)
        if is_writing(name, call)
    }
    assert found == set(ELSEWHERE)


def test_only_the_ledger_has_statements_that_write() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in MODULES
        if "ledger" not in path.relative_to(PACKAGE).parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and STATEMENT.match(node.value)
    ]
    assert found == []


def test_only_one_place_appends_leaves() -> None:
    """`insert_leaves` is called by `lianze.ledger.log` alone, revisions are created nowhere else."""
    callers = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if "insert_leaves(" in path.read_text(encoding="utf-8") or "Revision(" in path.read_text(encoding="utf-8")
    }
    assert callers <= {"ledger/log.py", "ledger/log_sql.py", "ledger/models.py"}


def test_nothing_below_web_api_and_cli_asks_for_the_time() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path in MODULES
        if path.relative_to(PACKAGE).parts[0] not in ("web", "api", "cli")
        for name, call in calls(path)
        if name in CLOCK or ast.unparse(call.func) == "time.time"
    ]
    assert found == []


def names_organisation(sql: str) -> bool:
    """Whether a statement about records says whose: where it looks, or in the columns that it fills."""
    if not ABOUT_RECORDS.search(sql):
        return True
    asked = sql if sql.lstrip().startswith(("INSERT", "COPY")) else "".join(re.split(r"\sWHERE\s", sql, maxsplit=1)[1:])
    return "organisation_id" in asked


def test_the_check_of_statements_can_fail() -> None:
    assert not names_organisation('SELECT "entry"."organisation_id" FROM "entry" WHERE "entry"."id" = 1')
    assert not names_organisation('UPDATE "revision" SET "why" = 1 WHERE "revision"."leaf_index" = 1')
    assert not names_organisation('SELECT "log_head"."frontier" FROM "log_head" FOR UPDATE')
    assert names_organisation('SELECT 1 FROM "entry" WHERE "entry"."organisation_id" = 1')


def statements_of(work: Callable[[], object]) -> list[str]:
    """Everything that `work` sends to the database."""
    sent: list[str] = []

    def keep(execute: Callable[..., object], sql: str, *rest: object) -> object:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(keep):
        work()
    return sent


def read_everything(office: Office) -> None:
    """Every way the ledger reads."""
    desk = office.desk()
    directory = read_directory(office.id, desk.pack)
    period = year_period(2023)
    rows = list(visible_entries(office.organisation, desk.actor, desk.pack))
    for entry in rows:
        read_entry(office.organisation, entry.id, desk.actor, desk.pack)
        read_entry_state(office.id, entry.id)
        read_subject(office.organisation, entry, desk.pack)
    read_subjects(office.organisation, rows, desk.pack)
    for result in compute_figures(office.id, desk.pack, period, directory):
        trace(result.figure, result.scope, office.id, desk.pack, period, directory)
    assert office.verify().misfit is None
    package_contents(desk, 2023, make_checkpoint(office.organisation, office.later()), Wanted())


def write_everything(office: Office) -> None:
    """Every way the ledger writes."""
    other = make_office("other")
    state = EntryState("activity", "学习", date(2023, 3, 1), kind="study.collective", unit_id=office.units["BGS"])
    entry_id = actions.record(office.desk(), [state])[0]
    actions.amend(office.desk(), entry_id, state, 1, "改")
    actions.withdraw(office.desk(), entry_id, 2, "撤")
    erase(office.desk(), office.entries["三月学习"], ["title"], "擦")
    office.change("四月学习", attachments=())
    assert other.verify().misfit is None


@pytest.mark.parametrize("work", [read_everything, write_everything])
def test_every_statement_about_records_names_the_organisation(office: Office, work: Callable[[Office], None]) -> None:
    sent = statements_of(lambda: work(office))
    assert len(sent) > 50
    wrong = [sql for sql in sent if not names_organisation(sql)]
    assert only_about_all_organisations(wrong) == []


def only_about_all_organisations(wrong: Sequence[str]) -> list[str]:
    """Without the one question that is about all of them: whether anybody still names a file of the shared store."""
    return [sql for sql in wrong if not ('FROM "evidence"' in sql and '"sha256" = ' in sql and "LIMIT 1" in sql)]


def test_statements_written_out_name_the_organisation() -> None:
    for text in (log_sql.READ, log_sql.UPDATE):
        assert names_organisation(text)
    assert "organisation_id" in log_sql.COLUMNS
    for columns in (rows_sql.ENTRY, rows_sql.PARTICIPATION, rows_sql.LINK, rows_sql.ATTACHMENT):
        assert "organisation_id" in columns
