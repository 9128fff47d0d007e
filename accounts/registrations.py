"""What this room adds to the rail and the first steps."""

from accounts import first_steps, menu


def register() -> None:
    menu.add(menu.Entry("我的", "开始使用", "list-check", "accounts:first-steps", 5))
    menu.add(menu.Entry("资料", "人员和权限", "person-gear", "accounts:people", 70))
    menu.add(menu.Entry("资料", "部门", "diagram-3", "accounts:units", 72))
    menu.add(menu.Entry("资料", "学校资料", "building", "accounts:college", 74))
    menu.add(menu.Entry("资料", "访问记录", "clock-history", "accounts:access-records", 80))
    for order, title, why, view_name, missing in (
        (10, "学校资料", "校名印在公文上，所在省决定查哪里的参数。", "college", _missing_college),
        (15, "部门", "人员归在部门下，后勤处的人只看本部门的项目。", "units", _missing_units),
        (
            20,
            "人员和角色",
            "每个环节都要有人：经办、后勤处负责人、人事、财务、法务、校领导。",
            "people",
            _missing_people,
        ),
    ):
        first_steps.add(first_steps.Step(order, title, why, f"accounts:{view_name}", missing))


def _missing_college() -> str:
    from accounts.models import College

    college = College.current()
    if college is None:
        return "还没有校名"
    return "" if college.province else "没有填所在省，参数查不到"


def _missing_units() -> str:
    from accounts.models import Unit

    return "" if Unit.objects.exists() else "还没有部门"


def _missing_people() -> str:
    from accounts.models import Role, RoleHolding

    needed = (Role.OFFICER, Role.LOGISTICS_HEAD, Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER)
    held = set(RoleHolding.objects.filter(user__is_active=True).values_list("role", flat=True))
    lacking = [Role(role).label for role in needed if role not in held]
    return f"还没有{'、'.join(lacking)}" if lacking else ""
