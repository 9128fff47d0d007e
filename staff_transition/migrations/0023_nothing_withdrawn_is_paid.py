"""No payment is made of a withdrawn settlement, and no settlement is withdrawn under a live payment, whoever reaches the database.

PostgreSQL's trigger on the payment holds the settlement (FOR SHARE), so that of two at once the second sees the first.
"""

from django.db import migrations

SETTLEMENT, PAYMENT = "staff_transition_lockedsettlement", "staff_transition_payment"
LIVE = "('pending', 'paid')"
PAID = f"EXISTS (SELECT 1 FROM {PAYMENT} WHERE settlement_id = NEW.id AND state IN {LIVE})"
WITHDRAWN = f"EXISTS (SELECT 1 FROM {SETTLEMENT} WHERE id = NEW.settlement_id AND withdrawn_at IS NOT NULL)"
STANDS, UNPAID = "staff_transition_payment_stands", "staff_transition_lockedsettlement_unpaid"
TRIGGERS = (  # name, table, event, when, what PostgreSQL holds first, what must not be, what is said
    (
        STANDS, PAYMENT, "INSERT", f"NEW.state IN {LIVE}", f"PERFORM 1 FROM {SETTLEMENT} WHERE id = NEW.settlement_id FOR SHARE;",
        WITHDRAWN, "a withdrawn settlement is never paid",
    ),
    (
        UNPAID, SETTLEMENT, "UPDATE OF withdrawn_at", "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL", "", PAID,
        "a settlement that is being paid is never withdrawn",
    ),
)  # fmt: skip


def forbid(apps, schema_editor):
    for name, table, event, when, hold, wrong, said in TRIGGERS:
        if schema_editor.connection.vendor == "postgresql":
            body = f"BEGIN {hold} IF {wrong} THEN RAISE EXCEPTION '{said}'; END IF; RETURN NEW; END"
            function = f"CREATE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql"
            schema_editor.execute(function, params=None)
            rows, act = f"FOR EACH ROW WHEN ({when})", f"EXECUTE FUNCTION {name}()"
        else:
            rows, act = f"FOR EACH ROW WHEN {when} AND {wrong}", f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} {rows} {act}", params=None)


def allow(apps, schema_editor):
    for name, *_ in TRIGGERS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {name} CASCADE", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER {name}", params=None)


class Migration(migrations.Migration):
    dependencies = [("staff_transition", "0022_proof_of_what_the_worker_did")]
    operations = [migrations.RunPython(forbid, allow)]
