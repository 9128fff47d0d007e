"""Payments that come back, supplements, accounts checked by a second person. SQLite rebuilds the tables: 0012 renews their triggers."""

from importlib import import_module

import common.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def as_before(apps, schema_editor):
    """Going back, last of all: the trigger that the rebuilt table has lost."""
    import_module("staff_transition.migrations.0005_settlements_are_frozen").forbid_changes(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('staff_transition', '0010_contracts_and_offers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, as_before),
        migrations.CreateModel(
            name='AccountCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', common.fields.EncryptedTextField(verbose_name='银行卡号')),
                ('changed_at', models.DateTimeField(null=True, verbose_name='改卡号的时间')),
                ('checked_at', models.DateTimeField(verbose_name='核对时间')),
                ('how', models.CharField(max_length=500, verbose_name='怎么核对的')),
            ],
            options={
                'verbose_name': '银行卡号核对',
                'verbose_name_plural': '银行卡号核对',
                'ordering': ('-checked_at',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='lockedsettlement',
            name='settlement_one_live_per_worker',
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='payment_once_per_worker',
        ),
        migrations.AddField(
            model_name='adjustment',
            name='supplement',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adjustment', to='staff_transition.lockedsettlement', verbose_name='补充结算'),
        ),
        migrations.AddField(
            model_name='historicaladjustment',
            name='supplement',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff_transition.lockedsettlement', verbose_name='补充结算'),
        ),
        migrations.AddField(
            model_name='historicalpayment',
            name='is_supplement',
            field=models.BooleanField(default=False, verbose_name='补充结算'),
        ),
        migrations.AddField(
            model_name='historicalpayment',
            name='return_approved_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='退汇复核人'),
        ),
        migrations.AddField(
            model_name='historicalpayment',
            name='return_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='退汇原因'),
        ),
        migrations.AddField(
            model_name='historicalpayment',
            name='returned_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='退汇登记人'),
        ),
        migrations.AddField(
            model_name='historicalpayment',
            name='returned_on',
            field=models.DateField(null=True, verbose_name='退汇日期'),
        ),
        migrations.AddField(
            model_name='historicalpaymentbatch',
            name='early_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='早于最后工作日付款的理由'),
        ),
        migrations.AddField(
            model_name='lockedsettlement',
            name='account',
            field=common.fields.EncryptedTextField(blank=True, default='', verbose_name='锁定时的银行卡号'),
        ),
        migrations.AddField(
            model_name='lockedsettlement',
            name='supplements',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supplemented_by', to='staff_transition.lockedsettlement', verbose_name='补充的是哪一份'),
        ),
        migrations.AddField(
            model_name='payment',
            name='is_supplement',
            field=models.BooleanField(default=False, verbose_name='补充结算'),
        ),
        migrations.AddField(
            model_name='payment',
            name='return_approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='退汇复核人'),
        ),
        migrations.AddField(
            model_name='payment',
            name='return_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='退汇原因'),
        ),
        migrations.AddField(
            model_name='payment',
            name='returned_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='退汇登记人'),
        ),
        migrations.AddField(
            model_name='payment',
            name='returned_on',
            field=models.DateField(null=True, verbose_name='退汇日期'),
        ),
        migrations.AddField(
            model_name='paymentbatch',
            name='early_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='早于最后工作日付款的理由'),
        ),
        migrations.AlterField(
            model_name='adjustment',
            name='kind',
            field=models.CharField(choices=[('OWED_WAGES', '拖欠工资'), ('OVERTIME', '加班费'), ('SHORTFALL', '最低工资差额'), ('DEPOSIT', '退还押金'), ('EARLIER_YEARS', '以前用人单位年限的补偿'), ('AGREED_EXTRA', '协商另行补助'), ('MEDICAL', '医疗补助费'), ('LEAVE', '未休年休假工资')], max_length=16, verbose_name='项目'),
        ),
        migrations.AlterField(
            model_name='historicaladjustment',
            name='kind',
            field=models.CharField(choices=[('OWED_WAGES', '拖欠工资'), ('OVERTIME', '加班费'), ('SHORTFALL', '最低工资差额'), ('DEPOSIT', '退还押金'), ('EARLIER_YEARS', '以前用人单位年限的补偿'), ('AGREED_EXTRA', '协商另行补助'), ('MEDICAL', '医疗补助费'), ('LEAVE', '未休年休假工资')], max_length=16, verbose_name='项目'),
        ),
        migrations.AlterField(
            model_name='historicalpayment',
            name='state',
            field=models.CharField(choices=[('pending', '待付'), ('paid', '已付'), ('failed', '付款失败'), ('withdrawn', '已撤回'), ('returned', '已退汇')], default='pending', max_length=10, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='state',
            field=models.CharField(choices=[('pending', '待付'), ('paid', '已付'), ('failed', '付款失败'), ('withdrawn', '已撤回'), ('returned', '已退汇')], default='pending', max_length=10, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='lockedsettlement',
            constraint=models.UniqueConstraint(condition=models.Q(('supplements', None), ('withdrawn_at', None)), fields=('worker',), name='settlement_one_live_per_worker'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('is_supplement', False), ('state__in', ['pending', 'paid'])), fields=('worker',), name='payment_once_per_worker', violation_error_message='此人已在另一批里。'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['pending', 'paid'])), fields=('settlement',), name='payment_once_per_settlement', violation_error_message='这份结算已在另一批里。'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('return_approved_by__isnull', False), ('returned_by__isnull', False), ('returned_on__isnull', False), models.Q(('return_reason', ''), _negated=True)), _connector='OR'), name='payment_return_is_approved'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('return_approved_by', None), models.Q(('return_approved_by', models.F('returned_by')), _negated=True), _connector='OR'), name='payment_return_needs_two_people'),
        ),
        migrations.AddField(
            model_name='accountcheck',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='改卡号的人'),
        ),
        migrations.AddField(
            model_name='accountcheck',
            name='checked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核对人'),
        ),
        migrations.AddField(
            model_name='accountcheck',
            name='worker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_checks', to='staff_transition.worker', verbose_name='员工'),
        ),
        migrations.AddConstraint(
            model_name='accountcheck',
            constraint=models.CheckConstraint(condition=models.Q(('changed_by', None), models.Q(('changed_by', models.F('checked_by')), _negated=True), _connector='OR'), name='account_check_needs_two_people'),
        ),
    ]
