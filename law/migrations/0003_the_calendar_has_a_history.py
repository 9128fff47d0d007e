"""The working days of a year decide dates and sums: their rows get a history, those that are there their entry."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from common.history import begin_history


def begin(apps, schema_editor):
    begin_history(apps, "law", "SpecialDay")


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0002_second_pair_of_eyes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalSpecialDay',
            fields=[
                ('day', models.DateField(db_index=True, verbose_name='日期')),
                ('is_working', models.BooleanField(verbose_name='上班')),
                ('name', models.CharField(blank=True, max_length=20, verbose_name='节日')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 放假和调休',
                'verbose_name_plural': 'historical 放假和调休',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
