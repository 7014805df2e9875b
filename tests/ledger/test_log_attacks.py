"""Attacks on a ledger behind the program's back, each found and named by verification."""

from pathlib import Path

import pytest

from lianze.ledger.evidence import path_of
from lianze.ledger.models import Evidence, Revision
from lianze.org.keys import new_id
from tests.ledger.office import Office, is_postgresql, leaf_of, make_office, rewrite_head, sign, sql


def test_an_honest_ledger_fits(office: Office) -> None:
    sign(office)
    found = office.verify()
    assert found.misfit is None
    assert [step.name for step in found.steps] == [
        "keys",
        "checkpoints",
        "leaves",
        "head",
        "succession",
        "rows",
        "evidence",
    ]
    assert found.size == Revision.objects.filter(organisation_id=office.id).count()


@pytest.mark.parametrize(
    ("column", "value", "word"),
    [
        ("title", "三月大会", "三月学习"),
        ("kind", "talk", "类型"),
        ("state", "closed", "状态"),
        ("quantity", 5_000_000, "数量"),
        ("data", '{"place": "会议室", "hours": 3}', "hours"),
        ("data", '{"place": "会议室", "hours": true}', "hours"),
        ("withdrawn", True, "撤回"),
        ("version", 2, "版本"),
        ("author_id", "00000000-0000-0000-0000-000000000009", "记录人"),
    ],
)
def test_a_changed_field_is_named(office: Office, column: str, value: str | int, word: str) -> None:
    cast = (
        "::jsonb"
        if column == "data" and is_postgresql()
        else "::uuid"
        if column == "author_id" and is_postgresql()
        else ""
    )
    if column == "author_id" and not cast:
        value = str(value).replace("-", "")
    changed = f"UPDATE entry SET {column} = %s{cast} WHERE organisation_id = %s AND id = %s"
    assert sql(changed, value, office.id, office.entries["三月学习"]) == 1
    code, sentence = office.misfit()
    assert code == "row.changed"
    assert word in sentence
    assert str(office.entries["三月学习"]) in sentence


@pytest.mark.parametrize(
    ("table", "column", "value", "word"),
    [
        ("participation", "outside_name", "别的单位吴某", "参加人员"),
        ("participation", "capacity", "member", "参加人员"),
        ("participation", "position", "反对", "参加人员"),
        ("link", "relation", "causes", "关联"),
        ("attachment", "name", "别的.txt", "佐证"),
    ],
)
def test_a_changed_participation_link_or_attachment_is_named(
    office: Office, table: str, column: str, value: str, word: str
) -> None:
    assert sql(f"UPDATE {table} SET {column} = %s WHERE organisation_id = %s", value, office.id)
    code, sentence = office.misfit()
    assert (code, word in sentence) == ("row.changed", True)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("organisation", "superior_name", "别的上级"),
        ("unit", "kind", "group"),
        ("person", "note", "改过"),
        ("post", "rank", "section_and_below"),
        ("appointment", "end_on", "2021-01-01"),
        ("portfolio", "area", "finance"),
        ("account", "display_name", "别人"),
        ("account_grant", "role", "secadmin"),
        ("account_grant", "end_on", "2030-01-01"),
    ],
)
def test_a_changed_row_about_the_organisation_is_named(office: Office, table: str, column: str, value: str) -> None:
    key = "id" if table == "organisation" else "organisation_id"
    assert sql(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", value, office.id)
    assert office.misfit()[0] == "row.changed"


@pytest.mark.parametrize("column", ["happened_on", "recorded_at", "changed_at"])
def test_a_changed_date_is_named(office: Office, column: str) -> None:
    """Back-dating: the entry says that it happened, or was recorded, earlier."""
    day = "2023-01-05" if column == "happened_on" else "2023-01-05 08:00:00"
    entry = office.entries["四月学习"]
    zone = "+00" if is_postgresql() and column != "happened_on" else ""
    assert sql(f"UPDATE entry SET {column} = %s WHERE organisation_id = %s AND id = %s", day + zone, office.id, entry)
    code, sentence = office.misfit()
    assert code == "row.changed"
    assert "四月学习" in sentence
    assert "2023-01-05" in sentence


def test_a_changed_date_of_a_revision_is_named(office: Office) -> None:
    leaf = leaf_of(office, "四月学习", 2)
    day = "2023-01-05 08:00:00" + ("+00" if is_postgresql() else "")
    sql("UPDATE revision SET recorded_at = %s WHERE organisation_id = %s AND leaf_index = %s", day, office.id, leaf)
    code, sentence = office.misfit()
    assert code == "revision.column"
    assert f"第 {leaf} 叶" in sentence


@pytest.mark.parametrize(
    ("column", "value"), [("author", "别人"), ("why", "别的理由"), ("action", "create"), ("subject", "unit")]
)
def test_a_changed_column_of_a_revision_is_named(office: Office, column: str, value: str) -> None:
    leaf = leaf_of(office, "五月谈话", 2)
    sql(f"UPDATE revision SET {column} = %s WHERE organisation_id = %s AND leaf_index = %s", value, office.id, leaf)
    assert office.misfit()[0] == "revision.column"


def test_a_rewritten_document_is_named(office: Office) -> None:
    leaf = leaf_of(office, "三月学习")
    edit = "UPDATE revision SET canonical = replace(canonical, %s, %s) WHERE organisation_id = %s AND leaf_index = %s"
    assert sql(edit, "会议室", "礼堂", office.id, leaf)
    code, sentence = office.misfit()
    assert code == "leaf.content"
    assert f"第 {leaf} 叶" in sentence


def test_emptied_content_without_an_erasure_is_named(office: Office) -> None:
    leaf = leaf_of(office, "五月谈话")
    edit = "UPDATE revision SET canonical = NULL, salt = NULL WHERE organisation_id = %s AND leaf_index = %s"
    sql(edit, office.id, leaf)
    assert office.misfit()[0] == "leaf.emptied"


def test_a_deleted_row_is_named_by_what_the_log_says_of_it(office: Office) -> None:
    entry = office.entries["五月谈话"]
    sql("DELETE FROM entry WHERE organisation_id = %s AND id = %s", office.id, entry)
    code, sentence = office.misfit()
    assert code == "row.missing"
    assert "五月谈话" in sentence
    assert str(entry) in sentence


@pytest.mark.parametrize("table", ["participation", "link", "attachment"])
def test_a_deleted_detail_is_named(office: Office, table: str) -> None:
    assert sql(f"DELETE FROM {table} WHERE organisation_id = %s", office.id)
    assert office.misfit()[0] == "row.changed"


def test_a_deleted_revision_is_named_by_its_place(office: Office) -> None:
    leaf = leaf_of(office, "四月学习")
    sql("DELETE FROM revision WHERE organisation_id = %s AND leaf_index = %s", office.id, leaf)
    code, sentence = office.misfit()
    assert code == "leaf.missing"
    assert f"第 {leaf} 叶" in sentence


def test_an_added_row_is_named(office: Office) -> None:
    columns = (
        "organisation_id, register, number, kind, title, unit_id, owner_id, happened_on, ended_on, due_on, done_on, "
        "state, level, quantity, amount, data, recorded_at, changed_at, author_id, version, withdrawn"
    )
    copy = f"INSERT INTO entry (id, {columns}) SELECT %s, {columns} FROM entry WHERE organisation_id = %s AND id = %s"
    added = new_id()
    assert sql(copy, added, office.id, office.entries["三月学习"]) == 1
    code, sentence = office.misfit()
    assert code == "row.added"
    assert str(added) in sentence


def test_an_added_participation_is_named(office: Office) -> None:
    columns = 'organisation_id, entry_id, person_id, outside_name, role, capacity, position, "order"'
    copy = (
        f"INSERT INTO participation (id, {columns}) SELECT %s, {columns} FROM participation WHERE organisation_id = %s"
    )
    sql(f'{copy} AND "order" = 1', new_id(), office.id)
    assert office.misfit()[0] == "row.changed"


def test_an_account_put_in_by_hand_is_named(office: Office) -> None:
    columns = "password, last_login, display_name, email, person_id, organisation_id, is_active, created_at, language"
    copy = f"INSERT INTO account (id, username, {columns}) SELECT %s, %s, {columns} FROM account WHERE organisation_id = %s"
    assert sql(copy, new_id(), "ghost", office.id) == 1
    code, sentence = office.misfit()
    assert (code, "ghost" in sentence) == ("row.added", True)


def test_a_deleted_account_is_named(office: Office) -> None:
    sql("DELETE FROM account WHERE organisation_id = %s", office.id)
    code, sentence = office.misfit()
    assert (code, "wang-office" in sentence) == ("row.missing", True)


def test_a_revision_added_at_the_end_is_named(office: Office) -> None:
    columns = "organisation_id, subject, action, author_id, author, recorded_at, why, canonical, salt, commitment, leaf"
    copy = (
        f"INSERT INTO revision (id, number, leaf_index, subject_id, {columns}) SELECT %s, 1, %s, %s, {columns} "
        "FROM revision WHERE organisation_id = %s AND leaf_index = %s"
    )
    last = Revision.objects.filter(organisation_id=office.id).count()
    assert sql(copy, new_id(), last, new_id(), office.id, leaf_of(office, "三月学习")) == 1
    assert office.misfit()[0] == "revision.column"


def test_reordered_revisions_are_named(office: Office) -> None:
    """Two leaves change places, and the head is rewritten to fit."""
    first, second = leaf_of(office, "三月学习"), leaf_of(office, "四月学习")
    sign(office)
    move = "UPDATE revision SET leaf_index = %s WHERE organisation_id = %s AND leaf_index = %s"
    for old, new in ((first, -1), (second, first), (-1, second)):
        sql(move, new, office.id, old)
    assert office.misfit()[0] == "head.differs"
    rewrite_head(office)
    assert office.misfit()[0] == "log.forked"


def test_reordered_participations_are_named(office: Office) -> None:
    turn = 'UPDATE participation SET "order" = 4 - "order" WHERE organisation_id = %s'
    sql(turn, office.id)
    assert office.misfit()[0] == "row.changed"


def test_gaps_in_the_order_of_participations_are_named(office: Office) -> None:
    sql('UPDATE participation SET "order" = "order" * 2 WHERE organisation_id = %s', office.id)
    assert office.misfit()[0] == "row.changed"


def test_a_swapped_evidence_file_is_named_with_its_entry(office: Office) -> None:
    file = path_of(bytes(Evidence.objects.get(organisation_id=office.id).sha256).hex())
    file.chmod(0o640)
    file.write_bytes("假签到表".encode())
    code, sentence = office.misfit()
    assert code == "evidence.changed"
    assert "签到.txt" in sentence
    assert "四月学习" in sentence


def test_a_missing_evidence_file_is_named(office: Office) -> None:
    path_of(bytes(Evidence.objects.get(organisation_id=office.id).sha256).hex()).unlink()
    assert office.misfit()[0] == "evidence.missing"


def test_an_evidence_hash_changed_in_the_table_is_named(office: Office) -> None:
    sql("UPDATE evidence SET sha256 = %s WHERE organisation_id = %s", bytes(32), office.id)
    assert office.misfit()[0] == "row.changed"


def test_a_row_moved_to_another_organisation_is_missed(office: Office) -> None:
    other = make_office("other")
    sql("UPDATE entry SET organisation_id = %s WHERE id = %s", other.id, office.entries["五月谈话"])
    assert office.misfit()[0] == "row.missing"
    assert other.misfit()[0] == "row.added"


def test_another_organisations_ledger_is_not_looked_at(office: Office) -> None:
    other = make_office("other")
    sql("UPDATE entry SET title = %s WHERE organisation_id = %s", "改", other.id)
    assert office.verify().misfit is None


def test_a_log_hashed_by_sm3_is_verified_too(own_folder: Path, db: None) -> None:
    office = make_office("sm", "sm3")
    sign(office)
    assert office.verify().misfit is None
    sql(
        "UPDATE entry SET title = %s WHERE organisation_id = %s AND id = %s",
        "改",
        office.id,
        office.entries["五月谈话"],
    )
    assert office.misfit()[0] == "row.changed"
