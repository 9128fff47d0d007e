"""What the IT admin relies on: the probe, the modes of files, a start that can be stopped."""

import os
import re
import shutil
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


def test_every_setting_stands_in_the_table_of_the_operations_page():
    read = re.findall(r'env_\w+\(\s*"(\w+)"', (settings.BASE_DIR / "config" / "settings.py").read_text())
    table = (settings.BASE_DIR / "docs" / "operations.md").read_text().partition("## Settings")[2]
    assert len(read) > 10
    assert [name for name in read if f"`{name}`" not in table] == []


def test_stopping_make_run_stops_the_server_and_the_worker(tmp_path):
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(FAKE_PYTHON)
    python.chmod(0o755)
    (tmp_path / "bin").mkdir()
    for name in ("Makefile", "bin/serve"):
        shutil.copy(settings.BASE_DIR / name, tmp_path / name)
    pids = tmp_path / "pids"
    command = ["make", "--old-file=.venv/runtime", "--old-file=var/env", "run"]
    make = subprocess.Popen(command, cwd=tmp_path, env=os.environ | {"PIDS": str(pids)}, stdout=subprocess.DEVNULL)
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2)
    make.terminate()
    make.wait(10)
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids.read_text().split()))


def wait_until(happened, seconds=10):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)
