"""What a lock froze is never changed, whoever reaches the database: only the withdrawal may be written. Going back drops it."""

from django.db import migrations

FROZEN = "worker_id, number, content, digest, severance, total, tax, computed_at, computed_by_id"
SQLITE = f"""
CREATE TRIGGER staff_transition_lockedsettlement_frozen BEFORE UPDATE OF {FROZEN} ON staff_transition_lockedsettlement
BEGIN SELECT RAISE(ABORT, 'a frozen settlement is never changed'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION staff_transition_lockedsettlement_frozen() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'a frozen settlement is never changed'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER staff_transition_lockedsettlement_frozen BEFORE UPDATE OF {FROZEN} ON staff_transition_lockedsettlement
FOR EACH ROW EXECUTE FUNCTION staff_transition_lockedsettlement_frozen();
"""


def forbid_changes(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE, params=None)


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION staff_transition_lockedsettlement_frozen CASCADE", params=None)
    else:
        schema_editor.execute("DROP TRIGGER staff_transition_lockedsettlement_frozen", params=None)


class Migration(migrations.Migration):
    dependencies = [("staff_transition", "0004_settlements")]
    operations = [migrations.RunPython(forbid_changes, allow_changes)]
