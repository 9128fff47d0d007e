"""Fixtures that other rooms' tests may ask for too: a survey, and a measure that follows from it."""

from datetime import date

import pytest

from programme.models import Evidence, Finding, Measure


@pytest.fixture
def evidence(college) -> Evidence:
    return Evidence.objects.create(
        unit=college.cast.logistics, kind="survey", title="学生生活服务问卷", held_from=date(2026, 10, 12),
        held_to=date(2026, 10, 19), sent=150, returned=150, valid=150,
    )  # fmt: skip


@pytest.fixture
def measure(evidence, college) -> Measure:
    """An open measure of the cleaning service, due long ago."""
    finding = Finding.objects.create(
        evidence=evidence, area="后勤社会化", text="南校区收集点没有雨棚", service=college.cleaning
    )
    return Measure.objects.create(
        finding=finding, text="加盖雨棚", owner=college.cast.officer, due_on=date(2026, 1, 31)
    )
