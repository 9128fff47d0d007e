"""The small cast of people that every test knows, and settings that make tests quick."""

from types import SimpleNamespace

import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from accounts.models import College, Role, RoleHolding, Unit, User
from common.emptying import deletes_allowed
from common.history import create_many

pytest_plugins = [
    "tests.browser",
    "programme.tests.fixtures",
    "approvals.tests.fixtures",
    "documents.tests.fixtures",
    "contractors.tests.fixtures",
    "staff_transition.tests.fixtures",
    "plans.tests.fixtures",
]


# no test is timed: a busy machine proves nothing about the code
hypothesis_settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("untimed")

_empty_after_a_test = TransactionTestCase._fixture_teardown


def _empty_past_the_triggers(case: TransactionTestCase) -> None:
    with deletes_allowed():
        _empty_after_a_test(case)


TransactionTestCase._fixture_teardown = _empty_past_the_triggers


@pytest.fixture(autouse=True)
def quick_settings(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def add_person(username: str, name: str, unit: Unit | None, *roles: str, **fields: object) -> User:
    person = User.objects.create_user(username, password="demo-2026", name=name, unit=unit, **fields)
    create_many([RoleHolding(user=person, role=role) for role in roles], None, "登记人员")
    return person


@pytest.fixture
def cast(db) -> SimpleNamespace:
    """One person per role, named by what they are: cast.officer, cast.hr, cast.leader …"""
    College.objects.create(pk=1, name="楚云职业技术学院", short_name="楚云职院", document_mark="楚云职院后")
    names = ("后勤保障处", "人事处", "财务处", "法务处", "校领导", "采购与招标办", "信息中心")
    logistics, hr, finance, legal, leaders, procurement, it = (
        Unit.objects.create(name=name, order=order) for order, name in enumerate(names)
    )
    return SimpleNamespace(
        logistics=logistics,
        officer=add_person("zhouyt", "周雨桐", logistics, Role.OFFICER),
        head=add_person("zhengga", "郑国安", logistics, Role.LOGISTICS_HEAD, post="后勤处长"),
        hr=add_person("hejy", "何静怡", hr, Role.HR),
        finance=add_person("luojp", "罗建平", finance, Role.FINANCE),
        reviewer=add_person("qinwt", "秦文涛", legal, Role.REVIEWER),
        leader=add_person("chenlq", "陈立群", leaders, Role.LEADER, post="副校长"),
        procurement=add_person("fangzy", "方志远", procurement, Role.PROCUREMENT),
        admin=add_person("xuhai", "许海", it, Role.ADMIN, is_staff=True, is_superuser=True),
        contractor=add_person("jiangs", "江珊", None, Role.CONTRACTOR),
    )
