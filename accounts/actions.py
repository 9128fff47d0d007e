"""Keeping the college, its units and its people; the first admin."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from accounts import setup
from accounts.errors import AlreadySetUp, LastAdmin, UnitInUse, WrongSetupCode
from accounts.models import College, Role, RoleHolding, Unit, User
from common.history import record
from common.refusals import NotYours, require

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without signs that are read wrongly


def first_password() -> str:
    """A password to hand over: twelve signs, changed at the first sign-in."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def _require_admin(by: Any) -> None:
    require(by.has_role(Role.ADMIN), NotYours, act="管理部门和人员")


@transaction.atomic
def make_first_admin(college_name: str, username: str, name: str, password: str, *, code: str) -> User:
    """The first person, who then lets in all others. Raises AlreadySetUp, WrongSetupCode."""
    require(setup.is_needed(), AlreadySetUp)
    require(setup.is_setup_code(code), WrongSetupCode)
    person = User.objects.create_user(username, password=password, name=name, is_staff=True, is_superuser=True)
    RoleHolding.objects.create(user=person, role=Role.ADMIN)
    college = College.current() or College(pk=1)
    college.name = college_name
    record(college, person, "首次设置")
    return person


@transaction.atomic
def save_college(college: College, *, by: Any) -> College:
    _require_admin(by)
    record(college, by, "修改学校资料")
    return college


@transaction.atomic
def save_unit(unit: Unit, *, by: Any) -> Unit:
    _require_admin(by)
    record(unit, by, "修改部门")
    return unit


@transaction.atomic
def remove_unit(unit: Unit, *, by: Any) -> None:
    """Delete a unit that nothing refers to. Raises NotYours, UnitInUse."""
    _require_admin(by)
    try:
        unit.delete()
    except ProtectedError:
        raise UnitInUse(unit=unit) from None


@transaction.atomic
def save_person(person: User, roles: Iterable[str], *, by: Any, reason: str) -> str:
    """Write a person with the roles. A new one gets a first password, which is returned once; "" otherwise.

    Raises NotYours, LastAdmin.
    """
    _require_admin(by)
    wanted, password = set(roles), ""
    if person.pk is None:
        password = first_password()
        person.set_password(password)
        person.must_change_password = True
    is_admin = Role.ADMIN in wanted and person.is_active
    person.is_staff = person.is_superuser = is_admin
    record(person, by, reason)
    held = {holding.role: holding for holding in person.role_holdings.all()}
    for role in wanted - set(held):
        record(RoleHolding(user=person, role=role), by, reason)
    for role in set(held) - wanted:
        held[role]._history_user = by  # type: ignore[attr-defined]
        held[role].delete()
    others = RoleHolding.objects.filter(role=Role.ADMIN, user__is_active=True)
    require(others.exists(), LastAdmin, name=person.name)
    return password


@transaction.atomic
def reset_password(person: User, *, by: Any) -> str:
    """A new first password, returned once; every session of the person ends with the old one. Raises NotYours."""
    _require_admin(by)
    password = first_password()
    person.set_password(password)
    person.must_change_password = True
    record(person, by, "重设密码", "password", "must_change_password")
    return password


@dataclass(frozen=True)
class Row:
    """One line pasted from a spreadsheet: what it means, or what is wrong with it."""

    number: int
    username: str
    name: str
    unit: Unit | None
    post: str
    roles: tuple[str, ...]
    error: str = ""

    @property
    def role_labels(self) -> str:
        return "、".join(str(Role(role).label) for role in self.roles)


COLUMNS = ("用户名", "姓名", "部门", "职务", "角色")
ROLE_BY_LABEL = {
    name: str(value) for value, label in Role.choices for name in (str(label), *str(label).split("/"))
}  # 法务 alone is 法务/审计/纪检


def read_people(text: str) -> list[Row]:
    """Lines as a spreadsheet copies them (tab-separated): user name, name, unit, post, roles joined by 、. A head line is skipped."""
    units = {unit.name: unit for unit in Unit.objects.all()} | {
        unit.short_name: unit for unit in Unit.objects.exclude(short_name="")
    }
    taken = set(User.objects.values_list("username", flat=True))
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells) or cells[0] == COLUMNS[0]:
            continue
        row = _row(number, [*cells, "", "", "", ""][:5], units, taken)
        taken.add(row.username)
        rows.append(row)
    return rows


def _row(number: int, cells: list[str], units: dict[str, Unit], taken: set[str]) -> Row:
    username, name, unit, post, roles = cells
    labels = [label for label in roles.replace("，", "、").replace(",", "、").split("、") if label]
    unknown = [label for label in labels if label not in ROLE_BY_LABEL]
    errors = []
    if not username or not name:
        errors.append("用户名和姓名都要填。")
    elif username.lower() in taken:
        errors.append(f"用户名 {username} 已经有人用了，或者在表里重复。")
    elif not all(sign in ALPHABET + "01lio._-" for sign in username.lower()):
        errors.append("用户名只用小写字母、数字和 . _ -，如 zhouyt。")
    if unit and unit not in units:
        errors.append(f"没有“{unit}”这个部门，请先建部门。")
    if unknown:
        errors.append(f"没有“{'、'.join(unknown)}”这个角色；角色有{'、'.join(map(str, Role.labels))}。")
    return Row(
        number,
        username.lower(),
        name,
        units.get(unit),
        post,
        tuple(dict.fromkeys(ROLE_BY_LABEL[label] for label in labels if label in ROLE_BY_LABEL)),
        "".join(errors),
    )


@transaction.atomic
def add_people(rows: Iterable[Row], *, by: Any) -> list[tuple[User, str]]:
    """All of them or nobody; returns each with the first password. The rows have been checked."""
    made = []
    for row in rows:
        person = User(username=row.username, name=row.name, unit=row.unit, post=row.post)
        made.append((person, save_person(person, row.roles, by=by, reason="成批建立")))
    return made
