"""Acts are never changed, whoever reaches the database: a trigger refuses UPDATE (on PostgreSQL DELETE too). Going back drops it.

SQLite keeps DELETE open because Django's test runner empties tables by it; a removed act breaks the hash chain instead.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER approvals_act_append_only BEFORE UPDATE ON approvals_act
BEGIN SELECT RAISE(ABORT, 'an opinion is never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION approvals_act_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'an opinion is never changed'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER approvals_act_append_only BEFORE UPDATE OR DELETE ON approvals_act
FOR EACH ROW EXECUTE FUNCTION approvals_act_append_only();
"""


def forbid_changes(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE, params=None)


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION approvals_act_append_only CASCADE", params=None)
    else:
        schema_editor.execute("DROP TRIGGER approvals_act_append_only", params=None)


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial")]
    operations = [migrations.RunPython(forbid_changes, allow_changes)]
