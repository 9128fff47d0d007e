"""Whether a grade of lost capacity comes from the work here: articles 42 and 45 ask. Nothing is known of anybody until HR says it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff_transition", "0020_steps_name_their_people")]

    operations = [
        migrations.AddField(
            model, "is_work_disability", models.BooleanField(blank=True, null=True, verbose_name="在本校因工致残")
        )
        for model in ("worker", "historicalworker")
    ]
