"""Frozen settlements get a history, a worker can be opened alone, and rows that earlier versions wrote past their history get an entry.

What is made up for is what the program or a migration is known to have written without an entry; any other difference is
left for `verify_history` to name.
"""

import common.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

WRITTEN_WITHOUT_ENTRY = (  # app, model, the columns that were written so
    ("law", "Parameter", ()),  # the seed wrote no history
    ("accounts", "RoleHolding", ()),  # the demo college neither
    ("accounts", "User", ("large_text",)),  # the switch of the page
    ("approvals", "Route", ("steps",)),  # approvals 0003
    ("documents", "Document", ("pdf_id",)),  # converted in the background
    ("staff_transition", "Worker", ("leave_taken_year",)),  # 0015 found the year out
)
WHY = "升级补记：以前的版本写入时没有留记录"


def make_up_entries(apps, schema_editor):
    for app, model, columns in WRITTEN_WITHOUT_ENTRY:
        _make_up(apps.get_model(app, model), apps.get_model(app, f"Historical{model}"), columns)
    _of_settlements(apps)


def _make_up(model, history, columns):
    """An entry for each row that has none, or whose newest one differs in these columns alone."""
    names = [field.attname for field in model._meta.concrete_fields if hasattr(history, field.attname)]
    newest = {entry.id: entry for entry in history.objects.order_by("history_id")}
    made = []
    for row in model.objects.order_by("pk"):
        entry = newest.get(row.pk)
        different = {name for name in names if entry and getattr(row, name) != getattr(entry, name)}
        if entry is None or (different and different.issubset(columns)):
            values = {name: getattr(row, name) for name in names}
            made.append(_entry(history, values, timezone.now(), "~" if entry else "+", WHY, None))
    history.objects.bulk_create(made, batch_size=500)


def _of_settlements(apps):
    """Frozen by whom and when, and taken back by whom and why, as the rows themselves say."""
    model = apps.get_model("staff_transition", "LockedSettlement")
    history = apps.get_model("staff_transition", "HistoricalLockedSettlement")
    names = [field.attname for field in model._meta.concrete_fields if hasattr(history, field.attname)]
    frozen, taken_back = [], []
    for row in model.objects.order_by("pk").defer("content").iterator():
        values = {name: getattr(row, name) for name in names}
        live = values | {"withdrawn_at": None, "withdrawn_by_id": None, "withdrawn_why": ""}
        frozen.append(_entry(history, live, row.computed_at, "+", WHY, row.computed_by_id))
        if row.withdrawn_at:
            why = row.withdrawn_why or WHY
            taken_back.append(_entry(history, values, row.withdrawn_at, "~", why, row.withdrawn_by_id))
    history.objects.bulk_create(frozen + taken_back, batch_size=500)


def _entry(history, values, at, act, why, user):
    return history(**values, history_date=at, history_type=act, history_change_reason=why, history_user_id=user)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_college_address'),
        ('approvals', '0003_later_steps_keep_the_staff_data'),
        ('documents', '0001_initial'),
        ('law', '0002_second_pair_of_eyes'),
        ('staff_transition', '0016_grounds_of_schemes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalworker',
            name='is_reopened',
            field=models.BooleanField(default=False, editable=False, verbose_name='单独解锁'),
        ),
        migrations.AddField(
            model_name='worker',
            name='is_reopened',
            field=models.BooleanField(default=False, editable=False, verbose_name='单独解锁'),
        ),
        migrations.CreateModel(
            name='HistoricalLockedSettlement',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='第几次')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('severance', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='经济补偿')),
                ('total', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='应付合计')),
                ('tax', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='个人所得税')),
                ('account', common.fields.EncryptedTextField(blank=True, default='', verbose_name='锁定时的银行卡号')),
                ('computed_at', models.DateTimeField(verbose_name='锁定时间')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='撤回时间')),
                ('withdrawn_why', models.CharField(blank=True, editable=False, max_length=500, verbose_name='撤回理由')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('computed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='锁定人')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supplements', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff_transition.lockedsettlement', verbose_name='补充的是哪一份')),
                ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤回人')),
                ('worker', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff_transition.worker', verbose_name='员工')),
            ],
            options={
                'verbose_name': 'historical 锁定的结算',
                'verbose_name_plural': 'historical 锁定的结算',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(make_up_entries, migrations.RunPython.noop),
    ]
