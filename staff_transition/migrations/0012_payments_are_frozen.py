"""What was frozen or paid is neither changed nor deleted, whoever reaches the database; settlements learn the account of their lock.

A payment's amounts, person, settlement and account never change; what the bank said changes once, and a paid one only becomes
returned. PostgreSQL's TRUNCATE and a dropped trigger stay possible to whoever owns the tables: `verify_settlements` finds what
they did.
"""

from django.db import migrations

SETTLEMENT, PAYMENT = "staff_transition_lockedsettlement", "staff_transition_payment"
CHECK = "staff_transition_accountcheck"
FROZEN = "worker_id, number, content, digest, severance, total, tax, computed_at, computed_by_id, account, supplements_id"
PAID = "batch_id, worker_id, settlement_id, is_supplement, gross, tax, net, account, bank_name"
DECIDED = "OLD.state <> 'pending'"
BACKWARDS = f"OLD.state <> NEW.state AND {DECIDED} AND NOT (OLD.state = 'paid' AND NEW.state = 'returned')"
RETURN = "returned_on, return_reason, returned_by_id, return_approved_by_id"
TRIGGERS = (  # name, table, event, when, what is said
    ("lockedsettlement_frozen", SETTLEMENT, f"UPDATE OF {FROZEN}", "", "a frozen settlement is never changed"),
    ("lockedsettlement_kept", SETTLEMENT, "DELETE", "", "a frozen settlement is never deleted"),
    ("payment_frozen", PAYMENT, f"UPDATE OF {PAID}", "", "what a payment pays to whom is never changed"),
    ("payment_decided", PAYMENT, "UPDATE OF state", BACKWARDS, "a decided payment does not go back"),
    ("payment_said", PAYMENT, "UPDATE OF paid_on, voucher, failure", DECIDED, "what the bank said is never changed"),
    ("payment_returned", PAYMENT, f"UPDATE OF {RETURN}", "OLD.state = 'returned'", "a return is never changed"),
    ("payment_kept", PAYMENT, "DELETE", "", "a payment is never deleted"),
    ("accountcheck_frozen", CHECK, "UPDATE", "", "a check is never changed"),
    ("accountcheck_kept", CHECK, "DELETE", "", "a check is never deleted"),
)
REFUSE = "staff_transition_refuse"


def know_the_account(apps, schema_editor):
    """The account that the worker's history has at the moment of the lock."""
    settlements = apps.get_model("staff_transition", "LockedSettlement").objects
    history = apps.get_model("staff_transition", "HistoricalWorker").objects.order_by("-history_date", "-history_id")
    for each in settlements.only("worker_id", "computed_at"):
        then = history.filter(id=each.worker_id, history_date__lte=each.computed_at).first()
        if then and then.bank_account:
            settlements.filter(pk=each.pk).update(account=then.bank_account)


def forbid(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        function = f"{SETTLEMENT}_frozen"
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE", params=None)
        body = "BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END"
        schema_editor.execute(f"CREATE FUNCTION {REFUSE}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql", params=None)
    for name, table, event, when, said in TRIGGERS:
        act = (
            f"EXECUTE FUNCTION {REFUSE}('{said}')" if is_postgresql else f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
        rows = f"FOR EACH ROW {f'WHEN ({when})' if when else ''}"
        if not is_postgresql:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS staff_transition_{name}", params=None)
        schema_editor.execute(f"CREATE TRIGGER staff_transition_{name} BEFORE {event} ON {table} {rows} {act}", params=None)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {REFUSE} CASCADE", params=None)
        return
    for name, *_ in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER staff_transition_{name}", params=None)


class Migration(migrations.Migration):
    dependencies = [("staff_transition", "0011_payments_and_supplements")]
    operations = [
        migrations.RunPython(know_the_account, migrations.RunPython.noop),
        migrations.RunPython(forbid, allow),
    ]
