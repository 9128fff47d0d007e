"""What this room adds to the rail and the first steps."""

from accounts import first_steps, menu


def register() -> None:
    menu.add(menu.Entry("资料", "参数与依据", "book", "law:parameters", 30))
    first_steps.add(
        first_steps.Step(
            40, "本地参数", "最低工资、平均工资、采购限额按年录入，写明来源文件。", "law:parameters", _missing
        )
    )


def _missing() -> str:
    """Places of campuses are the programme's; here: is any local average or tier entered at all."""
    from law.models import Parameter, PlaceTier

    lacking = []
    if not Parameter.objects.filter(key="local_avg_wage_monthly").exists():
        lacking.append("本市职工平均工资")
    if not PlaceTier.objects.exists():
        lacking.append("区县适用哪一档最低工资")
    if not Parameter.objects.filter(key="college_major_amount").exists():
        lacking.append("“三重一大”金额界限")
    return f"还没有录入{'、'.join(lacking)}" if lacking else ""
