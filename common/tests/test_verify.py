"""After a restore `verify` finds what did not come back."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from common.management.commands.verify_history import triggers
from common.models import StoredFile


def run(capsys, *command) -> tuple[int, str]:
    code = 0
    try:
        call_command(*command)
    except SystemExit as exit_:
        code = exit_.code
    return code, capsys.readouterr().out


@pytest.fixture
def kept(db) -> list[StoredFile]:
    return [StoredFile.keep(f"{n}.csv", b"content %d" % n, "text/csv", None, sealed=n % 2 == 1) for n in range(4)]


def test_verify_files_names_every_file_that_did_not_come_back_whole(kept, capsys, settings):
    assert run(capsys, "verify_files") == (0, "查了 4 个文件，0 个不能使用。\n")
    missing, truncated, changed, _ = (Path(each.content.path) for each in kept)
    missing.unlink()
    truncated.write_bytes(truncated.read_bytes()[:-1])
    changed.write_bytes(b"content 9")
    settings.FIELD_KEYS = [b"k" * 32]
    code, report = run(capsys, "verify_files", "--json")
    assert code == 1
    whys = [fault["what"][:4] for fault in json.loads(report)["faults"]]
    assert whys == ["在服务器", "不完整（", "内容与存", "解不开密"]


def test_verify_files_says_how_far_it_is(kept, capsys, monkeypatch):
    monkeypatch.setattr("common.management.commands.verify_files.SAY_EVERY", 2)
    call_command("verify_files", "--json")
    said = capsys.readouterr()
    assert "已查 2 / 4 个文件" in said.err
    assert json.loads(said.out) == {"files": 4, "faults": []}


def test_verify_runs_all_checks_and_goes_on_after_the_first_that_fails(kept, capsys):
    code, report = run(capsys, "verify")
    assert code == 0
    assert all(
        each in report for each in ("个文件", "件审批", "份锁定的结算", "列加密内容", "行与修改记录", "全部正常")
    )
    Path(kept[0].content.path).unlink()
    code, report = run(capsys, "verify")
    assert code == 1
    assert all(each in report for each in ("找不到了", "件审批", "份锁定的结算", "有不正常的地方"))


def test_the_rooms_name_every_trigger_that_the_migrations_make(db):
    """A migration that makes one names it in its room's AppConfig; one that rebuilds a table (SQLite) renews it."""
    assert triggers() == {name for app in apps.get_app_configs() for name in getattr(app, "triggers", ())}
