"""What a worker confirmed and the link he did it by are neither changed nor deleted, whoever reaches the database, and have a history.

A link may end, once; wrong digits are counted upwards, without an entry. The rows that are there get their entry.
"""

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from common.history import begin_history
from common.triggers import allow, refuse

CONFIRMATION, LINK = "staff_transition_confirmation", "staff_transition_workerlink"
MADE = "worker_id, settlement_id, purpose, token_hash, made_by_id, made_at, expires_at"
REFUSALS = (
    ("staff_transition_confirmation_frozen", CONFIRMATION, "UPDATE", "", "a confirmation is never changed"),
    ("staff_transition_confirmation_kept", CONFIRMATION, "DELETE", "", "a confirmation is never deleted"),
    ("staff_transition_workerlink_frozen", LINK, f"UPDATE OF {MADE}", "", "a link is never changed"),
    ("staff_transition_workerlink_ended", LINK, "UPDATE OF ended_at", "OLD.ended_at IS NOT NULL", "a link that ended stays so"),
    ("staff_transition_workerlink_counted", LINK, "UPDATE OF attempts", "NEW.attempts < OLD.attempts", "attempts stay counted"),
    ("staff_transition_workerlink_kept", LINK, "DELETE", "", "a link is never deleted"),
)


def begin(apps, schema_editor):
    begin_history(apps, "staff_transition", "WorkerLink", at="made_at", by="made_by_id")
    begin_history(apps, "staff_transition", "Confirmation", at="at", by="recorded_by_id")


def forbid_changes(apps, schema_editor):
    refuse(schema_editor, REFUSALS)


def allow_changes(apps, schema_editor):
    allow(schema_editor, REFUSALS)


class Migration(migrations.Migration):

    dependencies = [
        ('common', '0004_stored_files_are_kept'),
        ("staff_transition", "0023_nothing_withdrawn_is_paid"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalConfirmation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, verbose_name='确认的内容')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='确认时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='地址')),
                ('unpriced', models.JSONField(null=True, verbose_name='没有计入的')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('link', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff_transition.workerlink', verbose_name='链接')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('scan', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='common.storedfile', verbose_name='签字扫描件')),
                ('settlement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff_transition.lockedsettlement', verbose_name='结算')),
            ],
            options={
                'verbose_name': 'historical 本人确认',
                'verbose_name_plural': 'historical 本人确认',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalWorkerLink',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('confirm', '本人确认'), ('certificate', '打印证明')], max_length=12, verbose_name='用途')),
                ('token_hash', models.CharField(db_index=True, max_length=64, verbose_name='令牌摘要')),
                ('made_at', models.DateTimeField(blank=True, editable=False, verbose_name='生成时间')),
                ('expires_at', models.DateTimeField(verbose_name='失效时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='用完或作废时间')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='生成人')),
                ('settlement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff_transition.lockedsettlement', verbose_name='结算')),
                ('worker', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff_transition.worker', verbose_name='员工')),
            ],
            options={
                'verbose_name': 'historical 本人链接',
                'verbose_name_plural': 'historical 本人链接',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunPython(forbid_changes, allow_changes),
    ]
