"""Schemes and consultations know their revision, so that the later of two saves is told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff_transition", "0013_confirmations_remember")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="修订号"),
        )
        for model in ("consultation", "transitionscheme")
    ]
