"""Who may do what here. Reading is the querysets' `visible_to`."""

from typing import Any

from accounts.models import Role
from contractors.models import READS_ALL

READERS = READS_ALL
KEEPERS = (Role.OFFICER, Role.LOGISTICS_HEAD, Role.PROCUREMENT)
KEEPER_OFFICE = "后勤处经办人或采购与招标办"


def may_keep(user: Any) -> bool:
    return user.has_role(*KEEPERS)
