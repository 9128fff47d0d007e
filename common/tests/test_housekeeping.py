"""What only grows is cleared, and what is still of use stays."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from common.management.commands.housekeeping import KEPT
from common.models import Job, SentForm


def test_housekeeping_clears_what_is_over_and_nothing_else(cast, capsys):
    now = timezone.now()
    old = now - KEPT - timedelta(hours=1)
    for number, moment in enumerate((now - timedelta(hours=1), now + timedelta(hours=1))):
        Session.objects.create(session_key=f"s{number}", expire_date=moment)
    for number, moment in enumerate((old, now)):
        SentForm.objects.create(key=f"f{number}", model="accounts.User", made=1)
        SentForm.objects.filter(key=f"f{number}").update(at=moment)
    for status, started, finished in (
        ("SUCCESSFUL", old, old), ("FAILED", old, old), ("RUNNING", old, None),  # the last one's worker was killed
        ("SUCCESSFUL", old, now), ("RUNNING", now, None), ("READY", None, None),
    ):  # fmt: skip
        row = {"args_kwargs": {}, "task_path": "common.jobs.deliver", "backend_name": "default", "run_after": old}
        DBTaskResult.objects.create(status=status, started_at=started, finished_at=finished, **row)
    DBTaskResult.objects.update(enqueued_at=old)
    job = Job.objects.create(kind="x", key="x", title="t", started_by=cast.officer, state=Job.State.DONE)
    Job.objects.update(finished_at=old)  # the same key again is the same work: it stays
    for cleared in ((1, 1, 3), (0, 0, 0)):
        call_command("housekeeping")
        assert capsys.readouterr().out.split("\n")[:3] == [
            f"{what}：清掉 {count} 条"
            for what, count in zip(("过期的登录", "提交过的表单", "后台队列"), cleared, strict=True)
        ]
        assert Session.objects.get().session_key == "s1"
        assert SentForm.objects.get().key == "f1"
        assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "RUNNING", "SUCCESSFUL"]
        assert Job.objects.get() == job
