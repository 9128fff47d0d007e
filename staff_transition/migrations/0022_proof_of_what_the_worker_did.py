"""A disposition names its item of article 39 too; an offer may be the notice to sign or the worker's own proposal; a year without
leave may be one without twelve months in a row. No row changes.
"""

from django.db import migrations, models

ITEMS = [
    ("CONDITIONS", "未按约定提供劳动保护或者劳动条件"), ("FORCED_LABOUR", "暴力、威胁强迫劳动"), ("UNLAWFUL_RULES", "规章制度违法损害权益"),
    ("FRAUD", "欺诈、胁迫致合同无效"), ("PROBATION", "（一）试用期间不符合录用条件"), ("RULES", "（二）严重违反规章制度"),
    ("NEGLECT", "（三）严重失职、营私舞弊"), ("SECOND_JOB", "（四）兼职造成严重影响"), ("INVALID", "（五）欺诈、胁迫致合同无效"),
    ("CRIME", "（六）被追究刑事责任"),
]  # fmt: skip
OFFERS = [
    ("AGREED_END", "协商解除"), ("OTHER_POST", "另外的岗位"), ("RENEWAL", "续订合同"), ("TRANSFER", "承接单位接收"),
    ("SIGNING", "订立合同"), ("OWN_END", "本人提出解除"),
]  # fmt: skip
EXCLUSIONS = [
    ("HOLIDAYS", "带薪寒暑假多于年休假"), ("PERSONAL", "不扣工资的事假累计 20 天以上"), ("SICK", "病假累计 2、3、4 个月以上"),
    ("REFUSED", "已安排，本人书面提出不休"), ("SHORT", "连续工作不满 12 个月"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("staff_transition", "0021_grades_say_whether_they_come_from_the_work")]

    operations = [
        operation
        for prefix in ("", "historical")
        for operation in (
            migrations.AlterField(
                model_name=f"{prefix}disposition",
                name="forced_reason",
                field=models.CharField(
                    blank=True, choices=ITEMS, max_length=14, verbose_name="第三十八、三十九条的哪一项"
                ),
            ),
            migrations.AlterField(
                model_name=f"{prefix}offer",
                name="kind",
                field=models.CharField(choices=OFFERS, max_length=10, verbose_name="提出什么"),
            ),
            migrations.AlterField(
                model_name=f"{prefix}leaveyear",
                name="exclusion",
                field=models.CharField(blank=True, choices=EXCLUSIONS, max_length=8, verbose_name="不另付的情形"),
            ),
        )
    ]
