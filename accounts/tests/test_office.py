"""The admin's pages: the first day, units, people, passwords, records."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts import setup
from accounts.actions import read_people, save_person
from accounts.errors import LastAdmin
from accounts.models import College, Role, Unit, User

SETUP = {"college": "某某学院", "name": "许海", "username": "xuhai", "password": "an-honest-secret-7"}


def test_the_first_person_needs_the_setup_code(db, client, capsys):
    assert client.get("/sign-in/").url == reverse("accounts:setup")
    url = reverse("accounts:setup")
    assert '<div class="form">' in client.get(url).content.decode()  # the column that the stylesheet knows
    assert "安装码不对" in client.post(url, SETUP | {"code": "00000000"}).content.decode()
    assert not User.objects.exists()
    call_command("setup_code")
    code = re.search(r"[0-9A-F]{8}", capsys.readouterr().out)[0]
    assert client.post(url, SETUP | {"code": code.lower()}).url == reverse("accounts:first-steps")
    person = User.objects.get()
    assert person.roles == {Role.ADMIN}
    assert College.current().name == "某某学院"
    assert client.get(url).url == reverse("accounts:sign-in")
    call_command("setup_code")
    assert capsys.readouterr().out == ""


def test_a_weak_first_password_is_refused(db, client):
    page = client.post(
        reverse("accounts:setup"), SETUP | {"password": "12345678", "code": setup.setup_code()}
    ).content.decode()
    assert "is-invalid" in page
    assert not User.objects.exists()


def test_the_first_steps_say_what_is_missing_and_who_does_it(cast, client):
    client.force_login(cast.admin)
    page = client.get(reverse("accounts:first-steps")).content.decode()
    assert "没有填所在省" in page
    assert "还没有校区" in page
    assert "由经办人、人事办理" in page


def form(**changes):
    return {"username": "lijb", "name": "李经办", "post": "科员", "is_active": "on", "roles": ["officer"]} | changes


def test_a_new_person_gets_a_first_password_that_must_be_changed(cast, client):
    client.force_login(cast.admin)
    page = client.post(reverse("accounts:person-add"), form(unit=cast.logistics.pk)).content.decode()
    password = re.findall(r"<code>([a-z0-9-]{14})</code>", page)[0]
    person = User.objects.get(username="lijb")
    assert person.check_password(password)
    assert person.must_change_password
    assert person.roles == {Role.OFFICER}


def test_roles_come_and_go_with_their_history(cast, client):
    client.force_login(cast.admin)
    url = reverse("accounts:person", args=[cast.officer.pk])
    client.post(url, form(username="zhouyt", name="周雨桐", unit=cast.logistics.pk, roles=["officer", "hr"]))
    assert User.objects.get(pk=cast.officer.pk).roles == {Role.OFFICER, Role.HR}
    client.post(url, form(username="zhouyt", name="周雨桐", unit=cast.logistics.pk, roles=["hr"]))
    assert User.objects.get(pk=cast.officer.pk).roles == {Role.HR}


def test_the_last_admin_stays(cast, client):
    with pytest.raises(LastAdmin):
        save_person(cast.admin, [], by=cast.admin, reason="x")
    client.force_login(cast.admin)
    url = reverse("accounts:person", args=[cast.admin.pk])
    sent = form(username="xuhai", name="许海", roles=["admin"])
    sent.pop("is_active")
    assert "唯一的系统管理员" in client.post(url, sent).content.decode()
    assert User.objects.get(pk=cast.admin.pk).is_active


def test_a_reset_password_ends_the_persons_sessions(cast, client, django_user_model):
    from django.test import Client

    theirs = Client()
    theirs.force_login(cast.officer)
    client.force_login(cast.admin)
    client.post(reverse("accounts:person-password", args=[cast.officer.pk]))
    assert theirs.get("/me/").status_code == 302


TABLE = "用户名\t姓名\t部门\t职务\t角色\nlijb\t李经办\t后勤保障处\t科员\t经办人\nwanghr\t王人事\t人事处\t\t人事、财务"


def test_people_are_pasted_from_a_spreadsheet_all_or_nobody(cast, client):
    client.force_login(cast.admin)
    url = reverse("accounts:people-paste")
    bad = TABLE + "\nzhouyt\t重名\t后勤保障处\t\t经办人\nx\t某人\t没有的处\t\t经办人\ny\t某人\t\t\t皇帝"
    page = client.post(url, {"text": bad, "confirm": "1"}).content.decode()
    for said in ("用户名 zhouyt 已经有人用了", "没有“没有的处”这个部门", "没有“皇帝”这个角色"):
        assert said in page
    assert not User.objects.filter(username="lijb").exists()
    assert "建立 2 人" in client.post(url, {"text": TABLE}).content.decode()
    assert "初始密码" in client.post(url, {"text": TABLE, "confirm": "1"}).content.decode()
    assert User.objects.get(username="wanghr").roles == {Role.HR, Role.FINANCE}


@pytest.mark.parametrize("role", ["法务", "审计", "纪检", "法务/审计/纪检", "法务、审计"])
def test_a_role_is_known_by_each_of_its_names(cast, role):
    (row,) = read_people(f"a1\t甲\t法务处\t\t{role}")
    assert (row.error, row.roles, row.role_labels) == ("", (Role.REVIEWER,), "法务/审计/纪检")


def test_everything_wrong_with_a_line_is_said_at_once(cast, client):
    (row,) = read_people("zhouyt\t重名\t没有的处\t\t皇帝")
    for said in ("用户名 zhouyt 已经有人用了", "没有“没有的处”这个部门", "没有“皇帝”这个角色"):
        assert said in row.error
    client.force_login(cast.admin)
    page = client.post(reverse("accounts:people-paste"), {"text": "a1\t甲\t法务处\t\t法务、人事"}).content.decode()
    assert "法务/审计/纪检、人事" in page


def test_a_name_twice_in_the_table_is_an_error(cast):
    assert "重复" in read_people("a1\t甲\na1\t乙")[1].error


def test_a_unit_with_people_is_not_deleted(cast, client):
    client.force_login(cast.admin)
    client.post(reverse("accounts:unit-remove", args=[cast.logistics.pk]))
    assert Unit.objects.filter(pk=cast.logistics.pk).exists()
    client.post(reverse("accounts:units"), {"name": "保卫处", "order": "9"})
    client.post(reverse("accounts:unit-remove", args=[Unit.objects.get(name="保卫处").pk]))
    assert not Unit.objects.filter(name="保卫处").exists()


def test_records_of_access_are_listed(cast, client):
    client.force_login(cast.officer)
    client.get("/people/")
    client.force_login(cast.hr)
    page = client.get(reverse("accounts:access-records"), {"kind": "refused"}).content.decode()
    assert "/people/" in page
    assert "周雨桐" in page


def test_the_college_is_described(cast, client):
    client.force_login(cast.admin)
    client.post(reverse("accounts:college"), {"name": "新名", "province": "湖北省"})
    assert College.current().province == "湖北省"
    client.post(reverse("accounts:college"), {"name": "新名", "province": "湖北"})
    assert College.current().province == "湖北省"  # no figure is entered under any other name
