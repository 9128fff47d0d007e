import logging
import threading
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections
from django_tasks_db.management.commands import db_worker

from common import jobs

MINUTE = 60
AWAY = 5  # seconds between two tries to reach the database
NO_ANSWER = (OperationalError, InterfaceError)  # restarted, unreachable, or locked for too long

logger = logging.getLogger(__name__)


class Command(db_worker.Command):
    help = "Do background work until stopped (SIGTERM ends after the current job). Waits for a database that is away."

    def handle(self, **options: Any) -> None:
        threading.Thread(target=self.look_after_jobs, daemon=True).start()
        pause = threading.Event()
        while True:
            try:
                return super().handle(**options)
            except NO_ANSWER as error:  # the job in hand is revived like that of a dead worker
                logger.warning("the database does not answer, trying again in %s seconds: %s", AWAY, error)
                close_old_connections()
                pause.wait(AWAY)

    def look_after_jobs(self) -> None:
        """Revive the jobs of workers that died, for as long as this one lives."""
        pause = threading.Event()
        while True:
            look_once()
            pause.wait(MINUTE)


def look_once() -> int:
    """How many jobs were revived. Whatever goes wrong is logged: a thread that died of it would be missed by nobody."""
    try:
        return jobs.revive_stale()
    except NO_ANSWER as error:
        logger.warning("the database does not answer, stale jobs are looked for in %s seconds: %s", MINUTE, error)
        return 0
    except Exception:
        logger.exception("stale jobs were not looked for; the next try is in %s seconds", MINUTE)
        return 0
    finally:
        close_old_connections()
