"""manage.py import_roster: its exit codes, its JSON, and that it does what the buttons do."""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from programme.models import Service
from staff_transition.models import RosterImport, RosterIssue, Worker
from staff_transition.tests.files import PEOPLE, csv_bytes, sheet, xlsx


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command on bytes; gives the exit code and what it printed."""

    def run(content: bytes, *options: str, name: str = "roster.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        code = 0
        try:
            call_command("import_roster", str(path), *options)
        except SystemExit as exit_:
            code = exit_.code
        out = capsys.readouterr()
        return code, json.loads(out.out) if "--json" in options and out.out else out.out, out.err

    return run


BAD = [PEOPLE[0], PEOPLE[1] | {"月工资（元）": "二千四"}, PEOPLE[2]]


def test_a_dry_run_on_an_empty_database_reads_and_hints(db, run):
    code, result, _ = run(xlsx(BAD), "--dry-run", "--json")
    assert code == 1
    assert list(result) == ["workers", "errors", "hints", "skipped_sheets"]
    assert result["workers"] == 3
    assert result["errors"] == [
        {
            "sheet": "花名册",
            "row": 4,
            "column": "月工资（元）",
            "code": "wage_text",
            "message": "L4 “二千四”不是数字。请写 2400。",
        }
    ]
    assert {hint["code"] for hint in result["hints"]} == {"team_unknown", "campus_unknown"}
    assert not RosterImport.objects.exists()


def test_good_rows_exit_zero(db, run):
    code, result, _ = run(xlsx(PEOPLE[:3]), "--dry-run", "--json")
    assert (code, result["errors"]) == (0, [])


def test_it_imports_as_the_only_officer(college, run):
    code, out, _ = run(xlsx(PEOPLE))
    assert code == 0
    assert "新增 4 人" in out
    assert Worker.objects.count() == 4
    assert Worker.history.first().history_user == college.cast.officer
    assert RosterImport.objects.get().state == RosterImport.State.DONE


def test_errors_write_nothing_unless_the_good_rows_are_asked_for(college, run):
    code, result, _ = run(xlsx(BAD), "--json")
    assert (code, result["workers"], Worker.objects.count(), RosterImport.objects.count()) == (1, 3, 0, 0)
    code, _, _ = run(xlsx(BAD), "--json", "--good-rows-only")
    assert (code, Worker.objects.count(), RosterIssue.objects.open().count()) == (1, 2, 1)


def test_a_dry_run_writes_nothing(college, run):
    code, out, _ = run(xlsx(PEOPLE), "--dry-run")
    assert (code, Worker.objects.exists()) == (0, False)
    assert "没有写入任何数据" in out


def test_an_unknown_team_is_an_error_once_there_are_services(college, run):
    code, result, _ = run(xlsx([each | {"班组": "勤杂"} for each in PEOPLE]), "--json")
    assert code == 1
    assert [(error["code"], error["row"], error["column"]) for error in result["errors"]] == [
        ("team_unknown", row, "班组") for row in (3, 4, 5, 6)
    ]
    assert "4 人" in result["errors"][0]["message"]
    assert not Worker.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "空"), (b"<html>", "网页格式"), (b"\x89PNG", "图片"), (xlsx([]), "没有找到花名册"), (b"%PDF-1.7", "PDF")],
)
def test_an_unreadable_file_exits_two_and_says_why(db, run, content, said):
    code, result, err = run(content, "--json", "--dry-run")
    assert code == 2
    assert said in result["unreadable"]
    assert said in err
    assert result["workers"] == 0


def test_a_missing_file_exits_two(db, capsys):
    with pytest.raises(SystemExit) as caught:
        call_command("import_roster", "/nowhere/roster.xlsx", "--dry-run")
    assert caught.value.code == 2
    assert "打不开文件" in capsys.readouterr().err


def test_one_sheet_and_the_names_of_the_skipped(college, run):
    def change(book):
        sheet(book.create_sheet("南校区"), [PEOPLE[3]])
        book.create_sheet("空白")

    content = xlsx(PEOPLE[:3], change=change)
    assert run(content, "--json", "--dry-run")[1]["skipped_sheets"] == ["空白"]
    _, result, _ = run(content, "--json", "--dry-run", "--sheet", "南校区")
    assert (result["workers"], result["skipped_sheets"]) == (1, ["花名册", "空白"])
    code, result, _ = run(content, "--json", "--dry-run", "--sheet", "没有")
    assert (code, "“南校区”" in result["unreadable"]) == (2, True)


def test_gb18030_is_read(college, run):
    code, result, _ = run(csv_bytes(encoding="gb18030"), "--json", name="花名册.csv")
    assert (code, result["workers"]) == (0, 4)


def test_the_acting_person_must_be_known(college, run):
    code, result, _ = run(xlsx(PEOPLE), "--json", "--by", "nobody")
    assert (code, "没有用户“nobody”" in result["unreadable"]) == (2, True)
    assert run(xlsx(PEOPLE), "--json", "--by", "hejy")[0] == 0
    assert Worker.history.first().history_user == college.cast.hr


def test_a_person_who_may_not_import_is_refused(college, run):
    code, _, err = run(xlsx(PEOPLE), "--by", "chenlq")
    assert code == 2
    assert "您不能导入花名册" in err
    assert not Worker.objects.exists()
    assert Service.objects.count() == 5


def test_it_runs_as_a_program(db):
    """As the IT admin runs it: a process of its own, a real exit code."""
    done = subprocess.run(
        [sys.executable, "manage.py", "import_roster", "--help"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert b"--good-rows-only" in done.stdout
