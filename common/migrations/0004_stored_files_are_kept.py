"""A kept file is neither changed nor deleted, whoever reaches the database, and has a history: its row alone says which bytes count.

The rows that are there get their entry.
"""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from common.history import begin_history
from common.triggers import allow, refuse

FILE = "common_storedfile"
REFUSALS = (
    ("common_storedfile_frozen", FILE, "UPDATE", "", "a kept file is never changed"),
    ("common_storedfile_kept", FILE, "DELETE", "", "a kept file is never deleted"),
)


def begin(apps, schema_editor):
    begin_history(apps, "common", "StoredFile", at="uploaded_at", by="uploaded_by_id")


def forbid_changes(apps, schema_editor):
    refuse(schema_editor, REFUSALS)


def allow_changes(apps, schema_editor):
    allow(schema_editor, REFUSALS)


class Migration(migrations.Migration):

    dependencies = [
        ('common', '0003_sent_forms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalStoredFile',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(max_length=255, verbose_name='文件名')),
                ('content', models.TextField(max_length=200, verbose_name='内容')),
                ('sha256', models.CharField(db_index=True, editable=False, max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveIntegerField(verbose_name='字节')),
                ('media_type', models.CharField(max_length=100, verbose_name='类型')),
                ('is_sealed', models.BooleanField(default=False, editable=False, verbose_name='加密存放')),
                ('uploaded_at', models.DateTimeField(blank=True, editable=False, verbose_name='上传时间')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ],
            options={
                'verbose_name': 'historical 文件',
                'verbose_name_plural': 'historical 文件',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunPython(forbid_changes, allow_changes),
    ]
