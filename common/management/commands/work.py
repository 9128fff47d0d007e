import threading
from typing import Any

from django.db import close_old_connections
from django_tasks_db.management.commands import db_worker

from common import jobs

MINUTE = 60


class Command(db_worker.Command):
    help = "Do background work until stopped (SIGTERM ends after the current job). Revives jobs of workers that died."

    def handle(self, **options: Any) -> None:
        threading.Thread(target=self.look_after_jobs, daemon=True).start()
        super().handle(**options)

    def look_after_jobs(self) -> None:
        pause = threading.Event()
        while True:
            jobs.revive_stale()
            close_old_connections()
            pause.wait(MINUTE)
