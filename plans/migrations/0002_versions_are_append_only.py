"""A frozen version is never changed, whoever reaches the database: a trigger refuses UPDATE. Going back drops it."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER plans_planversion_append_only BEFORE UPDATE ON plans_planversion
BEGIN SELECT RAISE(ABORT, 'a frozen version is never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION plans_planversion_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'a frozen version is never changed'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER plans_planversion_append_only BEFORE UPDATE OR DELETE ON plans_planversion
FOR EACH ROW EXECUTE FUNCTION plans_planversion_append_only();
"""


def forbid_changes(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE, params=None)


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION plans_planversion_append_only CASCADE", params=None)
    else:
        schema_editor.execute("DROP TRIGGER plans_planversion_append_only", params=None)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [migrations.RunPython(forbid_changes, allow_changes)]
