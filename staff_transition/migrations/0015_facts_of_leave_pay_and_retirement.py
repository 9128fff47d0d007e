"""What is owed by whom and taxed how: lines for what the college pays in an agency's stead and after a work injury;
allowances that the minimum wage must be paid without; leave that says of which year it is, and when none is owed;
what people pay of their own out of the lump sum; retirement earlier than
the statutory age, at the worker's own choice.

Going back forgets the year.
"""

from django.db import migrations, models
from django.utils import timezone

ADJUSTMENTS = [
    ("OWED_WAGES", "拖欠工资"), ("OVERTIME", "加班费"), ("SHORTFALL", "最低工资差额"), ("DEPOSIT", "退还押金"),
    ("EARLIER_YEARS", "以前用人单位年限的补偿"), ("AGREED_EXTRA", "协商另行补助"), ("MEDICAL", "医疗补助费"),
    ("LEAVE", "未休年休假工资"), ("AGENCY", "承担派遣单位的补偿"), ("INJURY_JOB", "一次性伤残就业补助金"),
    ("INJURY_MEDICAL", "一次性工伤医疗补助金"),
]  # fmt: skip
COMPONENTS = ("basic", "overtime", "bonus", "allowance", "hardship")

EXCLUSIONS = [
    ("HOLIDAYS", "带薪寒暑假多于年休假"), ("PERSONAL", "不扣工资的事假累计 20 天以上"), ("SICK", "病假累计 2、3、4 个月以上"),
    ("REFUSED", "已安排，本人书面提出不休"),
]  # fmt: skip
LEAVE_IS_OF_ANY_YEAR = {
    "leaveyear": {"ordering": ("-year",), "verbose_name": "年休假", "verbose_name_plural": "年休假"},
    "historicalleaveyear": {
        "get_latest_by": ("history_date", "history_id"), "ordering": ("-history_date", "-history_id"),
        "verbose_name": "historical 年休假", "verbose_name_plural": "historical 年休假",
    },
}  # fmt: skip


def give_the_leave_its_year(apps, schema_editor):
    """The days taken belong to the year in which they were entered, as the history tells; never to a later one."""
    Worker = apps.get_model("staff_transition", "Worker")
    HistoricalWorker = apps.get_model("staff_transition", "HistoricalWorker")
    for worker in Worker.objects.exclude(leave_taken_days=None).only("leave_taken_days").iterator():
        entered = timezone.now()
        for days, at in (
            HistoricalWorker.objects.filter(id=worker.pk).order_by("-history_date", "-history_id")
            .values_list("leave_taken_days", "history_date")
        ):  # fmt: skip
            if days != worker.leave_taken_days:
                break
            entered = at
        Worker.objects.filter(pk=worker.pk).update(leave_taken_year=timezone.localtime(entered).year)


class Migration(migrations.Migration):
    dependencies = [("staff_transition", "0014_revisions_of_schemes_and_consultations")]

    operations = [
        *(
            migrations.AlterField(
                model, "kind", models.CharField(choices=ADJUSTMENTS, max_length=16, verbose_name="项目")
            )
            for model in ("adjustment", "historicaladjustment")
        ),
        *(
            migrations.AddField(
                model,
                "hardship",
                models.DecimalField(decimal_places=2, default=0, max_digits=10, verbose_name="夜班、高温等津贴"),
            )
            for model in ("wagemonth", "historicalwagemonth")
        ),
        *(migrations.AlterModelOptions(model, options) for model, options in LEAVE_IS_OF_ANY_YEAR.items()),
        *(
            migrations.AddField(
                model,
                "exclusion",
                models.CharField(blank=True, choices=EXCLUSIONS, default="", max_length=8, verbose_name="不另付的情形"),
                preserve_default=False,
            )
            for model in ("leaveyear", "historicalleaveyear")
        ),
        *(
            operation
            for model in ("worker", "historicalworker")
            for operation in (
                migrations.AlterField(
                    model,
                    "leave_taken_days",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="已休年假（天）"
                    ),
                ),
                migrations.AddField(
                    model,
                    "leave_taken_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="已休年假的年度"),
                ),
            )
        ),
        *(
            migrations.AddField(
                model,
                "own_contributions",
                models.DecimalField(
                    blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="从补偿中缴的个人社保公积金"
                ),
            )
            for model in ("worker", "historicalworker")
        ),
        *(
            migrations.AddField(model, name, field)
            for model in ("worker", "historicalworker")
            for name, field in (
                ("early_on", models.DateField(blank=True, null=True, verbose_name="弹性提前退休日期")),
                ("early_told_on", models.DateField(blank=True, null=True, verbose_name="书面告知提前退休的日期")),
                (
                    "contribution_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="养老保险累计缴费（月）"),
                ),
            )
        ),
        migrations.AddConstraint(
            "worker",
            models.CheckConstraint(
                condition=models.Q(own_contributions=None) | models.Q(own_contributions__gte=0),
                name="worker_contributions_not_negative",
                violation_error_message="个人缴费不能为负。",
            ),
        ),
        migrations.RunPython(give_the_leave_its_year, migrations.RunPython.noop),
        migrations.AddConstraint(
            "worker",
            models.CheckConstraint(
                condition=models.Q(leave_taken_days=None, leave_taken_year=None)
                | (~models.Q(leave_taken_days=None) & ~models.Q(leave_taken_year=None)),
                name="worker_leave_has_its_year",
                violation_error_message="已休年假的天数和年度要一起填。",
            ),
        ),
        migrations.RemoveConstraint("wagemonth", "wage_month_not_negative"),
        migrations.AddConstraint(
            "wagemonth",
            models.CheckConstraint(
                condition=models.Q(**{f"{name}__gte": 0 for name in COMPONENTS}),
                name="wage_month_not_negative",
                violation_error_message="工资不能为负。",
            ),
        ),
    ]
