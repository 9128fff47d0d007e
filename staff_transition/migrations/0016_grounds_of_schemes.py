"""A rule of a scheme may name the ground itself; a disposition knows whether a scheme set it or a person did."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff_transition", "0015_facts_of_leave_pay_and_retirement")]

    operations = [
        operation
        for prefix in ("", "historical")
        for operation in (
            migrations.AddField(
                model_name=f"{prefix}schemerule",
                name="ground",
                field=models.CharField(blank=True, max_length=32, verbose_name="法定事由"),
            ),
            migrations.AddField(
                model_name=f"{prefix}disposition",
                name="is_by_scheme",
                field=models.BooleanField(default=False, verbose_name="由方案设定"),
            ),
        )
    ]
