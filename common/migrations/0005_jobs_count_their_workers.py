"""How many workers took a job since the click: one that kills each is given up after the third."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('common', '0004_stored_files_are_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='job',
            name='claims',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='领取次数'),
        ),
    ]
