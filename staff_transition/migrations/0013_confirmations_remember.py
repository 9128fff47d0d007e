"""What a confirmation did not cover; which link and which form an objection came from. Rows from before stay without."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff_transition', '0012_payments_are_frozen'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='confirmation',
            name='unpriced',
            field=models.JSONField(null=True, verbose_name='没有计入的'),
        ),
        migrations.AddField(
            model_name='historicalobjection',
            name='link',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff_transition.workerlink', verbose_name='链接'),
        ),
        migrations.AddField(
            model_name='historicalobjection',
            name='token',
            field=models.UUIDField(editable=False, null=True, verbose_name='表单令牌'),
        ),
        migrations.AddField(
            model_name='objection',
            name='link',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='staff_transition.workerlink', verbose_name='链接'),
        ),
        migrations.AddField(
            model_name='objection',
            name='token',
            field=models.UUIDField(editable=False, null=True, verbose_name='表单令牌'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.UniqueConstraint(condition=models.Q(('token', None), _negated=True), fields=('token',), name='objection_once_per_form'),
        ),
    ]
