"""Who may open each page of this room; tests/test_access.py holds the code against it."""

from accounts.models import Role
from accounts.tests.access import about

# Written out here and not taken from permissions.py: who widens a role there must say so here too.
READERS = (
    Role.OFFICER, Role.LOGISTICS_HEAD, Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER, Role.PROCUREMENT,
)  # fmt: skip
EDITORS = (Role.OFFICER,)


def of_plan(cast, plan, **more):
    return {"pk": plan.pk}


ACCESS = {
    "plans:plans": about(READERS),
    "plans:start": about(EDITORS),
    "plans:plan": about(READERS, of_plan, "plan"),
    **{f"plans:{name}": about(EDITORS, of_plan, "plan") for name in ("terms", "attach", "submit")},
    **{
        f"plans:{name}": about(EDITORS, lambda cast, plan: {"pk": plan.pk, "key": "risk"}, "plan")
        for name in ("section", "autosave", "keep")
    },
    "plans:file": about(READERS, lambda cast, plan: {"pk": plan.pk, "file": 1}, "plan"),
    "plans:detach": about(EDITORS, lambda cast, plan: {"pk": plan.pk, "file": 1}, "plan"),
    "plans:version": about(READERS, lambda cast, plan: {"pk": plan.pk, "number": 1}, "plan"),
    "plans:diff": about(READERS, of_plan, "plan"),
}
