"""What is owed by whom and taxed how: lines for what the college pays in an agency's stead and after a work injury;
allowances that the minimum wage must be paid without."""

from django.db import migrations, models

ADJUSTMENTS = [
    ("OWED_WAGES", "拖欠工资"), ("OVERTIME", "加班费"), ("SHORTFALL", "最低工资差额"), ("DEPOSIT", "退还押金"),
    ("EARLIER_YEARS", "以前用人单位年限的补偿"), ("AGREED_EXTRA", "协商另行补助"), ("MEDICAL", "医疗补助费"),
    ("LEAVE", "未休年休假工资"), ("AGENCY", "承担派遣单位的补偿"), ("INJURY_JOB", "一次性伤残就业补助金"),
    ("INJURY_MEDICAL", "一次性工伤医疗补助金"),
]  # fmt: skip
COMPONENTS = ("basic", "overtime", "bonus", "allowance", "hardship")


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
