"""What leaves as a workbook comes back the same: export → import changes nobody, and the next export is the first one."""

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.history import create_many
from demo.people import invented
from programme.models import Campus
from staff_transition.actions.imports import confirm_import, keep_roster
from staff_transition.export import worker_export
from staff_transition.importing import read_import, write_import
from staff_transition.models import Worker

PEOPLE = 40


def rows(content: bytes) -> list[tuple]:
    import io

    return [tuple(cell.value for cell in row) for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()]


@pytest.mark.django_db
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.integers(1, 5000))
def test_export_then_import_is_the_identity(college, first):
    Worker.objects.all().delete()
    officer = college.cast.officer
    create_many(invented(PEOPLE, list(college.services.values()), college.campuses, first), officer, "虚构")
    sent = worker_export(Worker.objects.order_by("sort_key", "pk"), is_full=True, by=college.cast.hr)
    made = keep_roster("名单.xlsx", sent, "xlsx", by=officer, begin=False)
    read_import(made, by=officer, report=lambda step, doing: None)
    made.refresh_from_db()
    assert made.result["counts"]["errors"] == 0, made.result
    assert (made.result["new"], made.result["changed"], made.result["unchanged"]) == (0, 0, PEOPLE)
    write_import(confirm_import(made, by=officer, good_rows_only=False, begin=False), by=officer)
    assert rows(worker_export(Worker.objects.order_by("sort_key", "pk"), is_full=True, by=college.cast.hr)) == rows(
        sent
    )
    assert Campus.objects.count() == len(college.campuses)
