from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from common import jobs
from common.management.commands import work
from common.models import Job
from common.refusals import DomainError

calls: list[int] = []


@pytest.fixture(autouse=True)
def counting_handler():
    calls.clear()

    @jobs.handler("count")
    def count(job):
        calls.append(job.pk)
        jobs.progress(job, 1, 2, "一半")
        return {"counted": len(calls)}

    @jobs.handler("refuse")
    def refuse(job):
        raise DomainError

    @jobs.handler("break")
    def break_down(job):
        raise ZeroDivisionError

    yield
    for kind in ("count", "refuse", "break"):
        del jobs.HANDLERS[kind]


def start(kind, cast, callbacks, key="k"):
    with callbacks(execute=True):
        job = jobs.start(kind, key, cast.officer, "试一试")
    job.refresh_from_db()
    return job


def test_the_same_key_twice_does_the_work_once(cast, django_capture_on_commit_callbacks):
    first = start("count", cast, django_capture_on_commit_callbacks)
    second = start("count", cast, django_capture_on_commit_callbacks)
    assert first.pk == second.pk
    assert len(calls) == 1
    assert (second.state, second.result, second.percent) == (Job.State.DONE, {"counted": 1}, 50)


def test_a_refusal_is_told_in_words_and_a_bug_by_number(cast, django_capture_on_commit_callbacks, caplog):
    refused = start("refuse", cast, django_capture_on_commit_callbacks, "a")
    broken = start("break", cast, django_capture_on_commit_callbacks, "b")
    assert refused.error == DomainError().text
    number = broken.error.split("编号 ")[1][:8]
    assert number in caplog.text
    assert "ZeroDivision" not in broken.error


def test_a_failed_job_can_be_started_again(cast, django_capture_on_commit_callbacks):
    job = start("refuse", cast, django_capture_on_commit_callbacks)
    Job.objects.filter(pk=job.pk).update(kind="count")
    assert start("count", cast, django_capture_on_commit_callbacks).state == Job.State.DONE


def test_a_job_of_a_dead_worker_is_given_back_once(cast, django_capture_on_commit_callbacks):
    job = Job.objects.create(kind="count", key="dead", title="t", started_by=cast.officer, state=Job.State.RUNNING)
    assert jobs.revive_stale() == 0
    Job.objects.update(heartbeat_at=timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.revive_stale() == 1
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert jobs.revive_stale() == 0


def test_a_job_that_kills_its_worker_is_given_up_after_the_third_and_can_be_tried_again(
    cast, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    class Killed(BaseException):
        """What `deliver` never sees: the process is gone, and the job stands as running."""

    killer = Mock(side_effect=Killed)
    monkeypatch.setitem(jobs.HANDLERS, "count", killer)
    assert start("count", cast, django_capture_on_commit_callbacks).state == Job.State.RUNNING
    for revived in (1, 1, 0):
        Job.objects.update(heartbeat_at=timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1))
        with django_capture_on_commit_callbacks(execute=True):
            assert jobs.revive_stale() == revived
    job = Job.objects.get()
    assert killer.call_count == jobs.MOST_CLAIMS == 3
    assert (job.state, job.is_over, job.finished_at is None) == (Job.State.FAILED, True, False)
    assert job.error.split("编号 ")[1][:8] in caplog.text
    monkeypatch.setitem(jobs.HANDLERS, "count", lambda job: {})
    assert start("count", cast, django_capture_on_commit_callbacks).state == Job.State.DONE


def test_a_sign_of_life_from_the_future_is_none(cast, django_capture_on_commit_callbacks):
    """The clock was an hour fast and was set back."""
    job = Job.objects.create(kind="count", key="dead", title="t", started_by=cast.officer, state=Job.State.RUNNING)
    Job.objects.update(heartbeat_at=timezone.now() + timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.revive_stale() == 1
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_a_job_that_waits_long_for_its_turn_is_not_given_up(cast, django_capture_on_commit_callbacks):
    Job.objects.create(kind="count", key="k", title="t", started_by=cast.officer, claims=jobs.MOST_CLAIMS)
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.revive_stale() == 1


def test_a_job_that_never_came_into_the_queue_is_delivered_later(cast, django_capture_on_commit_callbacks, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(jobs, "deliver", Mock(enqueue=Mock(side_effect=OperationalError("disk full"))))
        job = start("count", cast, django_capture_on_commit_callbacks)
    assert job.state == Job.State.QUEUED
    Job.objects.update(heartbeat_at=timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.revive_stale() == 1
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_looking_for_stale_jobs_survives_whatever_goes_wrong(monkeypatch, caplog):
    away = OperationalError("the connection is closed")
    monkeypatch.setattr(jobs, "revive_stale", Mock(side_effect=[away, ZeroDivisionError, 2]))
    monkeypatch.setattr(work, "close_old_connections", Mock())
    assert [work.look_once() for _ in range(3)] == [0, 0, 2]
    assert work.close_old_connections.call_count == 3
    assert "the connection is closed" in caplog.text


def test_the_worker_waits_for_a_database_that_is_away(monkeypatch, caplog):
    runs = Mock(side_effect=[OperationalError("starting up"), InterfaceError("closed"), None])
    monkeypatch.setattr(work.db_worker.Command, "handle", runs)
    monkeypatch.setattr(work.Command, "look_after_jobs", Mock())
    monkeypatch.setattr(work, "close_old_connections", Mock())
    monkeypatch.setattr(work, "AWAY", 0)
    work.Command().handle()
    assert runs.call_count == 3
    assert "starting up" in caplog.text
