"""The demo college: built by the actions that people use, again and again the same, never over real work."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from accounts.models import Role, User
from approvals.models import Flow
from conftest import add_person
from demo import college
from demo.people import invented
from programme.models import Campus, Evidence, Measure, Service, Stage
from staff_transition.blocking import blocked_among
from staff_transition.models import Worker
from staff_transition.roster.identity import read_identity


@pytest.fixture
def built(transactional_db):
    college.build()


def test_the_college_stands_as_the_facts_say(built):
    assert {service.name: service.stage for service in Service.objects.all()} == {
        "校园环境卫生": Stage.APPROVAL, "绿化养护": Stage.APPROVAL, "学生公寓保洁": Stage.PROPOSED, "物业综合服务": Stage.PROPOSED,
        "水泵维护": Stage.PROPOSED,
    }  # fmt: skip
    assert Worker.objects.count() == 212
    assert Campus.objects.count() == 5
    survey = Evidence.objects.get(kind="survey")
    assert (survey.sent, survey.returned, survey.valid) == (150, 150, 150)
    assert Evidence.objects.get(kind="petition").settled == 5
    assert Measure.objects.filter(state="done").exists()
    assert blocked_among(Worker.objects.all()) == {}  # nobody in a disposition that the law forbids


def test_every_row_of_it_is_what_its_history_says(built):
    college.build()  # wiped and built again
    call_command("verify")


def test_one_plan_waits_for_the_leader_with_its_history(built):
    leader = User.objects.get(username="chenlq")
    flow = Flow.objects.waiting_for(leader).get()
    assert (flow.title, flow.version) == ("校园环境卫生服务外包方案", 2)
    assert flow.acts.filter(has_reservation=True).count() == 1
    assert Flow.objects.get(version=1, object_id=flow.object_id).status == "returned"


def test_there_is_one_person_for_each_role(built):
    assert {role for person in User.objects.all() for role in person.roles} == set(Role.values)


def test_building_again_gives_the_same_and_if_empty_leaves_it(built, capsys):
    def counts():
        return (Worker.objects.count(), Flow.objects.count(), User.objects.count(), Measure.objects.count())

    before = counts()
    call_command("demo", "--json")
    assert json.loads(capsys.readouterr().out)["built"] is True
    assert counts() == before
    call_command("demo", "--if-empty", "--json")
    assert json.loads(capsys.readouterr().out)["built"] is False


def test_real_work_is_never_touched(cast, capsys):
    with pytest.raises(SystemExit) as exit_:
        call_command("demo")
    assert exit_.value.code == 1
    assert "没有动它" in capsys.readouterr().err
    assert User.objects.filter(username="zhouyt").exists()


def test_a_stranger_in_the_demo_college_keeps_it_from_being_wiped(built):
    add_person("real", "真实的人", None, Role.OFFICER)
    with pytest.raises(college.RealWork, match="真实的人"):
        college.build()


def test_invented_people_have_their_own_valid_numbers(built):
    people = list(invented(3_000, list(Service.objects.all()), list(Campus.objects.all())))
    numbers = {worker.id_number for worker in people}
    assert len(numbers) == 3_000
    assert all(read_identity(worker.id_number, date(2026, 11, 25))[0].sex == worker.sex for worker in people[:200])
