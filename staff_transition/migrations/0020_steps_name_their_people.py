"""Steps that are done name the people they were done for, so that who comes later is asked for again.

Of the steps done before nobody wrote down for whom: those whose disposition was set by the day of the step are taken to be named,
on the ground that they have now. Whoever was set after it is asked for again at the next change of a disposition. Going back
takes the further steps away.
"""

from django.db import migrations, models
from django.utils import timezone

WHY = "升级补记：办结时涉及的人"


def name_people(apps, schema_editor):
    given = apps.get_model("staff_transition", "Disposition")
    changed = []
    for step in apps.get_model("staff_transition", "SchemeStep").objects.exclude(done_on=None).select_related("scheme"):
        held = given.objects.filter(worker__service=step.scheme.service_id)
        step.people = {
            str(each.worker_id): each.ground or each.kind
            for each in held.order_by("worker") if timezone.localdate(each.set_at) <= step.done_on
        }
        if step.people:
            step.save(update_fields=["people"])
            changed.append(step)
    _entries(apps, changed, "~", WHY)


def forget_further(apps, schema_editor):
    further = apps.get_model("staff_transition", "SchemeStep").objects.filter(round__gt=1)
    _entries(apps, further, "-", "退回以前的版本：补充的步骤没有了")
    further.delete()


def _entries(apps, steps, act, why):
    history = apps.get_model("staff_transition", "HistoricalSchemeStep")
    names = [field.attname for field in history._meta.concrete_fields if not field.attname.startswith("history_")]
    history.objects.bulk_create(
        [
            history(
                **{name: getattr(step, name) for name in names}, history_date=timezone.now(), history_type=act,
                history_change_reason=why,
            )
            for step in steps
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("staff_transition", "0019_wage_ledger"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='schemestep',
            name='scheme_step_once',
        ),
        migrations.AddField(
            model_name='historicalschemestep',
            name='people',
            field=models.JSONField(default=dict, editable=False, verbose_name='涉及的人'),
        ),
        migrations.AddField(
            model_name='historicalschemestep',
            name='round',
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='第几次'),
        ),
        migrations.AddField(
            model_name='schemestep',
            name='people',
            field=models.JSONField(default=dict, editable=False, verbose_name='涉及的人'),
        ),
        migrations.AddField(
            model_name='schemestep',
            name='round',
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='第几次'),
        ),
        migrations.AddConstraint(
            model_name='schemestep',
            constraint=models.UniqueConstraint(fields=('scheme', 'key', 'round'), name='scheme_step_once'),
        ),
        migrations.RunPython(name_people, forget_further),
    ]
