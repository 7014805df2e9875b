from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The pairs of neighbouring characters of a title, in capitals as the comparison is. Fills itself for entries that are
# there, and keeps itself: no writer can forget it.
PAIRS = """
CREATE FUNCTION title_pairs(title text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(upper(title), i, 2)), '{}')
    FROM generate_series(1, length(upper(title)) - 1) i
$$"""
# Without it the planner takes every part of a title for rare, and reads a whole table for the latest few with a common word.
STATISTICS = "CREATE STATISTICS entry_title_capitals ON (upper(title::text)) FROM entry"
INDEX = "CREATE INDEX entry_title_pairs ON entry USING gin (title_pairs(title))"


def add_pairs(_: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(PAIRS)
        schema_editor.execute(INDEX)
        schema_editor.execute(STATISTICS)


def drop_pairs(_: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP STATISTICS entry_title_capitals")
        schema_editor.execute("DROP INDEX entry_title_pairs")
        schema_editor.execute("DROP FUNCTION title_pairs")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_indexes_of_pages")]
    operations = [migrations.RunPython(add_pairs, drop_pairs)]
