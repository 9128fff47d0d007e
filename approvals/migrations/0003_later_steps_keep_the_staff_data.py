"""Steps after HR's do not pass while the staff data is open again: added to routes that name no guard of their own there."""

from django.db import migrations


def guard_later_steps(apps, schema_editor):
    for route in apps.get_model("approvals", "Route").objects.filter(kind="plan"):
        is_after = False
        for step in route.steps:
            if is_after:
                step.setdefault("guard", "staff_kept")
            is_after = is_after or step.get("guard") == "staff_data"
        route.save(update_fields=["steps"])


class Migration(migrations.Migration):
    dependencies = [("approvals", "0002_acts_are_append_only")]
    operations = [migrations.RunPython(guard_later_steps, migrations.RunPython.noop)]
