"""Case files of this room: severance and retirement, read into the rules' own dataclasses and compared."""

from common.casefiles import Kind, add
from staff_transition.cases.disputed import readings
from staff_transition.cases.retirement import run as run_retirement
from staff_transition.cases.severance import run as run_severance


def register() -> None:
    add(Kind("severance", "经济补偿", run_severance, readings))
    add(Kind("retirement", "法定退休年龄", run_retirement))
