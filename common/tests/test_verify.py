"""After a restore `verify` finds what did not come back."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from common.management.commands.verify_history import wanted_triggers
from common.models import StoredFile
from common.triggers import in_place, lifted


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
    """A migration that makes one names it in its room's AppConfig, with its fingerprints on SQLite and on PostgreSQL as this
    test shows them; one that rebuilds a table (SQLite) renews its triggers."""
    assert in_place() == {name: {print_} for name, print_ in wanted_triggers().items()}


NAME = "staff_transition_payment_kept"
HOLLOW = {  # statements that leave the right name where it refuses nothing
    "postgresql": {
        "disabled": (f"ALTER TABLE staff_transition_payment DISABLE TRIGGER {NAME}",),
        "for replicas alone": (f"ALTER TABLE staff_transition_payment ENABLE REPLICA TRIGGER {NAME}",),
        "a session that obeys none": ("SET LOCAL session_replication_role = replica",),
        "a hollow function": (
            "CREATE OR REPLACE FUNCTION staff_transition_refuse() RETURNS trigger AS $$ BEGIN RETURN OLD; END $$ LANGUAGE plpgsql",
        ),
        "never": (
            f"DROP TRIGGER {NAME} ON staff_transition_payment",
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON staff_transition_payment FOR EACH ROW WHEN (false) "
            "EXECUTE FUNCTION staff_transition_refuse('a payment is never deleted')",
        ),
        "on another table": (
            f"DROP TRIGGER {NAME} ON staff_transition_payment",
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON staff_transition_offer FOR EACH ROW "
            "EXECUTE FUNCTION staff_transition_refuse('a payment is never deleted')",
        ),
    },
    "sqlite": {
        "gone": (f"DROP TRIGGER {NAME}",),
        "never": (
            f"DROP TRIGGER {NAME}",
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON staff_transition_payment FOR EACH ROW WHEN 0 "
            "BEGIN SELECT RAISE(ABORT, 'a payment is never deleted'); END",
        ),
        "on another table": (
            f"DROP TRIGGER {NAME}",
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON staff_transition_offer FOR EACH ROW "
            "BEGIN SELECT RAISE(ABORT, 'a payment is never deleted'); END",
        ),
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "UPDATE common_storedfile SET sha256 = '{0.sha256}', size = {0.size}, content = '{0.content.name}'",
            "SHA-256",
        ),
        ("UPDATE common_storedfile SET name = 'x'", "文件名"),
        ("DELETE FROM common_storedfile", "被删除"),
    ],
)
def test_a_kept_file_is_not_pointed_at_another_and_verify_tells_it(kept, capsys, change, said):
    one, other = kept[1], kept[3]
    change = f"{change.format(other)} WHERE id = {one.pk}"
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    with lifted(), connection.cursor() as cursor:
        cursor.execute(change)
    assert run(capsys, "verify_files")[0] == 0  # what is there is whole
    code, report = run(capsys, "verify_history")
    assert code == 1
    assert said in report


@pytest.mark.parametrize("how", HOLLOW[connection.vendor])
def test_verify_finds_a_trigger_that_is_there_and_refuses_nothing(db, capsys, how):
    assert run(capsys, "verify_history")[0] == 0
    with connection.cursor() as cursor:
        for statement in HOLLOW[connection.vendor][how]:
            cursor.execute(statement)
    code, report = run(capsys, "verify_history")
    assert code == 1
    assert f"触发器 {NAME}：" in report


def test_verify_finds_a_trigger_that_no_migration_made(db, capsys):
    act = {
        "sqlite": "BEGIN SELECT 1; END",
        "postgresql": "FOR EACH ROW EXECUTE FUNCTION staff_transition_refuse('x')",
    }
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TRIGGER quiet BEFORE UPDATE ON accounts_user {act[connection.vendor]}")
    code, report = run(capsys, "verify_history")
    assert code == 1
    assert "触发器 quiet：不是程序建的" in report


@pytest.mark.parametrize("index", ["id_index", "id_tail_index"])
def test_verify_finds_a_row_that_its_own_number_no_longer_finds(worker, capsys, index):
    assert run(capsys, "verify_sealed")[0] == 0
    type(worker).objects.filter(pk=worker.pk).update(**{index: ""})
    code, report = run(capsys, "verify_sealed")
    assert code == 1
    assert f"外聘员工 {worker.pk} {worker}：{index} 与原文不符" in report


def test_another_index_key_and_another_field_key_are_told_apart(worker, capsys, settings):
    settings.INDEX_KEY = b"k" * 32
    assert "与原文不符" in run(capsys, "verify_sealed")[1]
    settings.FIELD_KEYS = [b"k" * 32]
    report = run(capsys, "verify_sealed")[1]
    assert "解不开 staff_transition.worker.id_number" in report
    assert "与原文不符" not in report


def test_what_is_sealed_anew_opens_with_the_new_key_alone_and_verify_stays_content(batch, kept, capsys, settings):
    """Frozen settlements, payments and the history are sealed too; two rows share a file."""
    StoredFile.keep("又一次.csv", kept[1].read(), "text/csv", None, sealed=True)
    payment = batch.payments.get()
    account, content = payment.account, payment.settlement.content
    old, new = settings.FIELD_KEYS, b"n" * 32
    settings.FIELD_KEYS = [new, *old]
    assert "2 个文件" in run(capsys, "reseal")[1]
    settings.FIELD_KEYS = [new]
    payment.refresh_from_db()
    assert (payment.account, payment.settlement.content) == (account, content)
    assert [each.read() for each in kept] == [b"content %d" % n for n in range(4)]
    code, report = run(capsys, "verify")
    assert (code, report.splitlines()[-1]) == (0, "全部正常。")
    with pytest.raises(DatabaseError), transaction.atomic():
        type(payment).objects.update(account="x")


def test_sealing_anew_with_a_key_missing_changes_nothing(batch, capsys, settings):
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = [b"n" * 32]
    with pytest.raises(CommandError, match="FIELD_KEYS"):
        run(capsys, "reseal")
    settings.FIELD_KEYS = old
    assert run(capsys, "verify")[0] == 0
