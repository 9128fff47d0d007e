"""What the IT admin relies on: the probe, the modes of files, a start that can be stopped."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.db import OperationalError

FAKE_PYTHON = """#!/bin/sh
case "$*" in
  *work|*gunicorn*) echo $$ >> "$PIDS"; exec sleep 60 ;;
esac
"""


def test_the_probe_is_answered_by_address_and_without_tls(client, db, settings, caplog):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["college.example"]
    response = client.get("/alive/", headers={"host": "10.0.0.5:8000"})
    assert (response.status_code, response.content) == (200, b"ok")
    assert caplog.text == ""
    assert client.get("/", headers={"host": "college.example"}).status_code == 301
    assert client.get("/", headers={"host": "10.0.0.5:8000"}).status_code == 400


def test_the_probe_says_when_the_database_is_away(client, db):
    with patch("config.views.connection.cursor", side_effect=OperationalError("refused")):
        assert client.get("/alive/").status_code == 503


def test_what_the_program_writes_is_for_its_own_account(tmp_path):
    made = tmp_path / "db.sqlite3"
    made.touch()
    assert made.stat().st_mode & 0o077 == 0


def test_stopping_bin_serve_stops_the_server_and_the_worker(tmp_path):
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(FAKE_PYTHON)
    python.chmod(0o755)
    (tmp_path / "bin").mkdir()
    shutil.copy(settings.BASE_DIR / "bin" / "serve", tmp_path / "bin")
    pids = tmp_path / "pids"
    serve = subprocess.Popen(
        [tmp_path / "bin" / "serve"], env=os.environ | {"PIDS": str(pids)}, stdout=subprocess.DEVNULL
    )
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2)
    serve.terminate()
    assert serve.wait(10) == 128 + signal.SIGTERM
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids.read_text().split()))


def wait_until(happened, seconds=10):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)
