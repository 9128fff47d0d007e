"""An import from upload to done: preview, corrections, all or nothing, again, at once, broken off."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.history import record
from common.models import Job, StoredFile
from common.refusals import NotYours
from documents.models import Document
from programme.models import Campus, Service
from staff_transition import importing
from staff_transition.actions import imports as actions
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.rosters import lock_roster
from staff_transition.actions.withdrawals import brought, withdraw_import
from staff_transition.errors import (
    AlreadyLocked,
    ChangedMeanwhile,
    ColumnsContradict,
    ImportHasErrors,
    ImportNotReady,
    NamesUnknown,
    NobodyToImport,
    NobodyToWithdraw,
    NoUnit,
)
from staff_transition.forms.people import NamesForm
from staff_transition.importing import read_import, write_import
from staff_transition.matching import SET_ASIDE
from staff_transition.models import (
    LeaveYear,
    RememberedColumns,
    RememberedName,
    Roster,
    RosterImport,
    RosterIssue,
    Worker,
)
from staff_transition.tests.files import HEADS, PEOPLE, csv_bytes, person, xlsx
from staff_transition.tests.fixtures import make_worker

State = RosterImport.State


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """Most tests here are about the database: the file is read without the child process, which test_files tries."""
    from staff_transition import examining
    from staff_transition.roster.workbook import read_book

    monkeypatch.setattr(examining, "read_book_safely", read_book)


def checked(college, rows=PEOPLE, *, by=None, content=None, kind="xlsx", name="花名册.xlsx") -> RosterImport:
    by = by or college.cast.officer
    made = actions.keep_roster(name, content or xlsx(rows), kind, by=by, begin=False)
    read_import(made, by=by, report=lambda step, doing: None)
    made.refresh_from_db()
    return made


def imported(college, rows=PEOPLE, *, good_rows_only=False, by=None, **how) -> RosterImport:
    by = by or college.cast.officer
    made = checked(college, rows, by=by, **how)
    actions.confirm_import(made, by=by, good_rows_only=good_rows_only, begin=False)
    write_import(made, by=by)
    made.refresh_from_db()
    return made


def test_a_clean_file_becomes_workers_with_everything_it_says(college):
    done = imported(college)
    assert (done.state, done.result["new"]) == (State.DONE, 4)
    worker = Worker.objects.get(name="向桂珍")
    assert (worker.service, worker.campus, worker.team) == (college.cleaning, college.campuses[0], "环卫")
    assert (worker.sex, worker.birth_date, worker.category) == ("F", date(1979, 11, 6), "CONTRACT")
    assert (worker.hired_on, worker.contract_to, worker.is_open_ended) == (date(2016, 3, 15), date(2027, 12, 31), False)
    assert (worker.monthly_wage, worker.average_wage, worker.is_insured) == (
        Decimal("2650.00"),
        Decimal("2688.50"),
        True,
    )
    assert (worker.id_number, worker.phone) == ("420922197911061849", "13800001234")
    assert (worker.pinyin, worker.sort_key) == ("xgz", "xiang gui zhen")
    assert Roster.objects.get().service == college.cleaning


def test_every_row_has_one_history_entry_with_person_and_reason(college):
    imported(college)
    entries = Worker.history.all()
    assert entries.count() == 4
    assert {(entry.history_user, entry.history_change_reason) for entry in entries} == {
        (college.cast.officer, "导入 花名册.xlsx")
    }


def test_numbers_of_persons_are_plain_in_no_table(college):
    imported(college)
    with connection.cursor() as cursor:
        for table in ("worker", "historicalworker", "rosterimport", "historicalrosterimport", "rosterissue"):
            cursor.execute(f"SELECT * FROM staff_transition_{table}")
            text = str(cursor.fetchall())
            assert "420922197911061849" not in text
            assert "13800001234" not in text
            assert PEOPLE[0]["银行卡号"] not in text


def test_nothing_is_written_on_errors_unless_the_good_rows_are_chosen(college):
    rows = [PEOPLE[0], PEOPLE[1] | {"月工资（元）": "二千四", "性别": "男"}, PEOPLE[2]]
    made = checked(college, rows)
    assert (made.result["counts"]["bad"], made.result["counts"]["errors"], made.result["counts"]["good"]) == (1, 2, 2)
    with pytest.raises(ImportHasErrors, match="还有 2 处错误"):
        actions.confirm_import(made, by=college.cast.officer, good_rows_only=False, begin=False)
    assert not Worker.objects.exists()
    actions.confirm_import(made, by=college.cast.officer, good_rows_only=True, begin=False)
    write_import(made, by=college.cast.officer)
    assert sorted(Worker.objects.values_list("name", flat=True)) == ["向桂珍", "邓友才"]
    issues = RosterIssue.objects.open()
    assert sorted((issue.code, issue.person, issue.row, issue.service) for issue in issues) == [
        ("sex_contradicts_id", "熊爱萍", 4, college.cleaning),
        ("wage_text", "熊爱萍", 4, college.cleaning),
    ]


def test_a_later_file_that_names_the_person_again_closes_the_issue(college):
    imported(college, [PEOPLE[0], PEOPLE[1] | {"月工资（元）": "二千四"}], good_rows_only=True)
    imported(college, PEOPLE[:2], name="改好的花名册.xlsx")
    issue = RosterIssue.objects.get()
    assert issue.resolved_at is not None
    assert "改好的花名册.xlsx" in issue.resolution
    assert issue.history.count() == 2


def test_an_issue_that_comes_again_is_open_once(college):
    rows = [PEOPLE[0], PEOPLE[1] | {"月工资（元）": "二千四"}]
    imported(college, rows, good_rows_only=True)
    imported(college, [PEOPLE[0] | {"岗位": "班长"}, rows[1]], good_rows_only=True)
    assert RosterIssue.objects.open().count() == 1
    assert RosterIssue.objects.count() == 2


def test_importing_again_updates_by_number_and_shows_old_and_new_before(college):
    imported(college)
    rows = [
        PEOPLE[0] | {"月工资（元）": 2800, "姓名": "向桂贞"},
        PEOPLE[1],
        person("新来的", "420902197708150429", "女"),
    ]
    made = checked(college, rows)
    result = made.result
    assert (result["new"], result["changed"], result["unchanged"], result["left_out"]) == (1, 1, 1, 2)
    comparison = made.stored.content["comparison"]
    assert comparison["changed"][0][4] == [["name", "向桂珍", "向桂贞"], ["monthly_wage", "2650.00", "2800.00"]]
    assert sorted(each[1] for each in comparison["left_out"]) == ["欧阳 娜", "邓友才"]
    actions.confirm_import(made, by=college.cast.officer, good_rows_only=False, begin=False)
    write_import(made, by=college.cast.officer)
    worker = Worker.objects.get(name="向桂贞")
    assert (worker.monthly_wage, worker.revision, worker.pinyin) == (Decimal("2800.00"), 2, "xgz")
    assert Worker.objects.count() == 5


def test_only_changed_people_get_a_history_entry(college):
    imported(college)
    imported(college, [PEOPLE[0] | {"月工资（元）": 2800}, *PEOPLE[1:]])
    assert Worker.history.count() == 5
    new, old = Worker.objects.get(name="向桂珍").history.all()
    assert [change.field for change in new.diff_against(old).changes] == ["monthly_wage"]


def test_a_blank_cell_erases_nothing(college):
    imported(college)
    made = checked(
        college, [{key: value for key, value in each.items() if key not in ("联系电话", "备注")} for each in PEOPLE]
    )
    assert made.result["unchanged"] == 4


def test_a_new_last_day_ends_an_open_ended_contract_and_back(college):
    imported(college, [PEOPLE[0] | {"合同终止日期": "无固定期限"}])
    assert Worker.objects.get().is_open_ended
    imported(college, [PEOPLE[0]])
    worker = Worker.objects.get()
    assert (worker.is_open_ended, worker.contract_to) == (False, date(2027, 12, 31))
    imported(college, [PEOPLE[0] | {"合同终止日期": "无固定期限"}])
    worker.refresh_from_db()
    assert (worker.is_open_ended, worker.contract_to) == (True, None)


def test_a_person_who_moves_to_another_service_is_moved(college):
    imported(college, [PEOPLE[0]])
    imported(college, [PEOPLE[0] | {"班组": "绿化", "校区": "南校区"}])
    worker = Worker.objects.get()
    assert (worker.service.name, worker.campus.name) == ("绿化", "南校区")


def test_a_person_who_left_may_come_back_as_a_new_row(college):
    imported(college, [PEOPLE[0]])
    Worker.objects.update(left_on=date(2026, 1, 1))
    imported(college, [PEOPLE[0]])
    assert Worker.objects.count() == 2
    assert Worker.objects.live().count() == 1


def test_confirming_twice_imports_once(college):
    made = checked(college)
    actions.confirm_import(made, by=college.cast.officer, good_rows_only=False, begin=False)
    with pytest.raises(ImportNotReady, match="正在导入"):
        actions.confirm_import(made, by=college.cast.officer, good_rows_only=False, begin=False)
    assert write_import(made, by=college.cast.officer)["new"] == 4
    assert write_import(made, by=college.cast.officer) == {}  # delivered again: nothing to do
    assert Worker.objects.count() == 4


def test_a_roster_that_changed_after_the_preview_is_shown_again(college):
    made = checked(college)
    imported(college, PEOPLE[:1])
    actions.confirm_import(made, by=college.cast.officer, good_rows_only=False, begin=False)
    with pytest.raises(ChangedMeanwhile):
        write_import(made, by=college.cast.officer)
    made.refresh_from_db()
    assert (made.state, made.result["new"], made.result["unchanged"]) == (State.CHECKED, 3, 1)
    assert "有了变化" in made.error
    actions.confirm_import(made, by=college.cast.officer, good_rows_only=False, begin=False)
    write_import(made, by=college.cast.officer)
    assert Worker.objects.count() == 4


def test_a_locked_roster_refuses_changes_and_leaves_nothing_half_done(college):
    imported(college)
    lock_roster(college.cleaning, by=college.cast.hr, reason="核对完毕")
    made = checked(
        college, [PEOPLE[0] | {"月工资（元）": 2800}, person("新来的", "420902197708150429", "女", 班组="绿化")]
    )
    actions.confirm_import(made, by=college.cast.officer, good_rows_only=False, begin=False)
    with pytest.raises(AlreadyLocked, match=r"环卫.*何静怡"):
        write_import(made, by=college.cast.officer)
    assert Worker.objects.count() == 4
    made.refresh_from_db()
    assert (made.state, "已由何静怡" in made.error) == (State.CHECKED, True)


def test_unchanged_people_of_a_locked_roster_do_not_hold_up_the_others(college):
    imported(college)
    lock_roster(college.cleaning, by=college.cast.hr, reason="核对完毕")
    imported(college, [*PEOPLE, person("新来的", "420902197708150429", "女", 班组="绿化")])
    assert Worker.objects.count() == 5


def test_an_import_killed_in_the_middle_leaves_nothing_and_can_go_on(college, monkeypatch):
    made = checked(college)
    actions.confirm_import(made, by=college.cast.officer, good_rows_only=False, begin=False)

    def killed(*args, **kwargs):
        raise SystemExit

    monkeypatch.setattr(importing, "_settle_issues", killed)
    with pytest.raises(SystemExit):
        write_import(made, by=college.cast.officer)
    assert not Worker.objects.exists()
    assert not Worker.history.exists()
    assert not Roster.objects.exists()
    monkeypatch.undo()
    write_import(made, by=college.cast.officer)
    assert Worker.objects.count() == 4


# teams and campuses


def test_unknown_teams_and_campuses_are_asked_for_and_remembered(college):
    rows = [each | {"班组": "勤杂", "校区": "老校区"} for each in PEOPLE]
    made = checked(college, rows)
    assert made.result["unknown_names"] == "班组“勤杂”（4 人）、校区“老校区”（4 人）"
    with pytest.raises(NamesUnknown):
        actions.confirm_import(made, by=college.cast.officer, good_rows_only=True, begin=False)
    property_service = college.services["物业"]
    answers = {"team": {"勤杂": property_service.pk}, "campus": {"老校区": college.campuses[2].pk}}
    actions.answer_names(made, answers, by=college.cast.officer)
    made.refresh_from_db()
    assert (made.state, made.round) == (State.READING, 2)
    read_import(made, by=college.cast.officer, report=lambda step, doing: None)
    assert made.result["unknown_names"] == ""
    again = checked(college, rows)
    assert again.result["unknown_names"] == ""
    assert RememberedName.objects.count() == 2


def test_rows_whose_team_or_campus_is_unknown_have_an_error_at_their_cell(college):
    rows = [PEOPLE[0], PEOPLE[1] | {"班组": "勤杂"}, PEOPLE[2] | {"班组": "勤杂"}, PEOPLE[3] | {"校区": "老校区"}]
    made = checked(college, rows)
    found = [(each.row, each.header, each.code) for each in made.stored.findings if each.is_error]
    assert found == [(4, "班组", "team_unknown"), (5, "班组", "team_unknown"), (6, "校区", "campus_unknown")]
    result = made.result
    assert (result["counts"]["good"], result["counts"]["bad"], result["new"]) == (1, 3, 1)


def test_people_of_a_team_may_be_left_out_by_choice_and_are_thought_over(college):
    rows = [PEOPLE[0], PEOPLE[1] | {"班组": "勤杂", "身份证号": "4209"}, PEOPLE[2] | {"班组": "勤杂"}]
    made = checked(college, rows)
    actions.answer_names(made, {"team": {"勤杂": SET_ASIDE}, "campus": {}}, by=college.cast.officer)
    made.refresh_from_db()
    read_import(made, by=college.cast.officer, report=lambda step, doing: None)
    assert (made.result["unknown_names"], made.result["counts"]["errors"]) == ("", 0)
    assert (made.result["counts"]["good"], made.result["new"], made.result["aside"]["team"]) == (1, 1, {"勤杂": 2})
    assert not RememberedName.objects.exists()
    again = NamesForm(made, college.cast.officer)
    assert again["team-0"].value() == SET_ASIDE
    actions.confirm_import(made, by=college.cast.officer, good_rows_only=False, begin=False)
    assert write_import(made, by=college.cast.officer)["issues"] == 0
    assert Worker.objects.get().name == PEOPLE[0]["姓名"]


def test_a_file_without_teams_is_asked_once_and_not_remembered(college):
    heads = [head for head in HEADS if head not in ("班组", "校区")]
    made = checked(college, content=xlsx(PEOPLE, heads))
    assert made.result["unknown_teams"] == {"": 4}
    actions.answer_names(
        made, {"team": {"": college.cleaning.pk}, "campus": {"": college.campuses[0].pk}}, by=college.cast.officer
    )
    made.refresh_from_db()
    read_import(made, by=college.cast.officer, report=lambda step, doing: None)
    assert made.result["unknown_names"] == ""
    assert not RememberedName.objects.exists()


@pytest.mark.parametrize(("campus", "team"), [("西区", "环卫班"), ("西校区", "环卫组"), ("西", "环 卫")])
def test_short_forms_of_campuses_and_teams_are_understood(college, campus, team):
    imported(college, [PEOPLE[0] | {"校区": campus, "班组": team}])
    worker = Worker.objects.get()
    assert (worker.campus.name, worker.service.name) == ("西校区", "环卫")
    assert worker.team == team


def test_of_two_services_of_a_kind_the_one_at_the_campus_is_taken(college):
    Service.objects.filter(pk=college.cleaning.pk).update(name="东区环卫")  # its scope is at the eastern campus
    Service.objects.create(name="南区环卫", category=college.cleaning.category, unit=college.cast.logistics)
    made = checked(college, [PEOPLE[0], PEOPLE[1] | {"校区": "西校区"}])
    assert made.result["unknown_teams"] == {"环卫": 1}  # nobody is known to work at the western campus
    assert made.result["new"] == 1


def test_another_units_person_is_an_error_of_the_row(college):
    from accounts.models import Unit

    other = Service.objects.create(
        name="保安", category=college.cleaning.category, unit=Unit.objects.create(name="保卫处")
    )
    make_worker(college, service=other, name=PEOPLE[0]["姓名"], id_number=PEOPLE[0]["身份证号"], birth_date=None)
    made = checked(college)
    assert [(each.code, each.row) for each in made.stored.findings if each.is_error] == [("id_elsewhere", 3)]
    assert made.result["counts"]["good"] == 3


def test_a_wage_below_the_local_minimum_is_a_hint(college):
    from law.models import Parameter

    Parameter.objects.create(
        key="min_wage_monthly", place="孝感市孝南区", value=2130, since=date(2025, 12, 1), source="鄂政办发〔2025〕44号"
    )
    made = checked(college, [PEOPLE[0] | {"月工资（元）": 2000, "近12个月平均工资": 2000}])
    assert "wage_below_minimum" in {each.code for each in made.stored.findings}
    assert not made.result["counts"]["errors"]


# columns


def test_corrected_columns_are_read_again_and_remembered(college):
    heads = [head.replace("岗位", "工作内容") for head in HEADS]
    content = xlsx([each | {"工作内容": "清扫"} for each in PEOPLE], heads)
    made = checked(college, content=content)
    signature = made.stored.sheets[0]["signature"]
    actions.correct_columns(made, signature, {6: "post"}, by=college.cast.officer)
    made.refresh_from_db()
    read_import(made, by=college.cast.officer, report=lambda step, doing: None)
    assert made.stored.people[0].values["post"] == "清扫"
    assert RememberedColumns.objects.get().signature == signature
    assert checked(college, content=content).stored.people[0].values["post"] == "清扫"


def test_one_field_cannot_come_from_two_columns(college):
    made = checked(college)
    with pytest.raises(ColumnsContradict, match="姓名"):
        actions.correct_columns(
            made, made.stored.sheets[0]["signature"], {3: "name", 6: "name"}, by=college.cast.officer
        )


# who, and in what state


@pytest.mark.parametrize("role", ["head", "finance", "reviewer", "leader", "procurement", "admin", "contractor"])
def test_others_do_not_import(college, role):
    with pytest.raises(NotYours):
        actions.upload_roster(SimpleUploadedFile("a.xlsx", xlsx()), by=getattr(college.cast, role))


def test_a_person_without_a_unit_is_told(college):
    college.cast.officer.unit = None
    with pytest.raises(NoUnit):
        actions.upload_roster(SimpleUploadedFile("a.xlsx", xlsx()), by=college.cast.officer)


def test_hr_imports_for_the_unit_whose_people_they_are(college):
    done = imported(college, by=college.cast.hr)
    assert done.unit == college.cast.logistics
    assert Worker.objects.count() == 4


def test_what_is_given_up_forgets_what_it_read_and_cannot_be_imported(college):
    made = checked(college)
    actions.discard_import(made, by=college.cast.officer)
    made.refresh_from_db()
    assert made.reading is None
    with pytest.raises(ImportNotReady, match="已放弃"):
        actions.confirm_import(made, by=college.cast.officer, good_rows_only=False, begin=False)


def test_a_file_without_one_good_row_imports_nobody(college):
    made = checked(college, [PEOPLE[0] | {"身份证号": None}])
    with pytest.raises(NobodyToImport):
        actions.confirm_import(made, by=college.cast.officer, good_rows_only=True, begin=False)


def test_a_file_without_people_says_so(college):
    made = checked(college, [])
    assert made.state == State.UNREADABLE
    assert "没有找到花名册" in made.error


# in the background


def test_upload_reads_in_the_background_and_confirm_writes_there(college, django_capture_on_commit_callbacks):
    officer = college.cast.officer
    with django_capture_on_commit_callbacks(execute=True):
        made = actions.upload_roster(SimpleUploadedFile("花名册.xlsx", xlsx()), by=officer)
    made.refresh_from_db()
    assert (made.state, made.job.state, made.job.done) == (State.CHECKED, Job.State.DONE, 3)
    with django_capture_on_commit_callbacks(execute=True):
        actions.confirm_import(made, by=officer, good_rows_only=False)
    made.refresh_from_db()
    assert (made.state, made.job.result["new"]) == (State.DONE, 4)
    assert made.file.read() == xlsx() or made.file.size > 0


def test_a_refused_write_is_told_and_can_be_confirmed_again(college, django_capture_on_commit_callbacks):
    officer = college.cast.officer
    imported(college, PEOPLE[:1])
    lock_roster(college.cleaning, by=college.cast.hr, reason="核对完毕")
    made = checked(college)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            actions.confirm_import(made, by=officer, good_rows_only=False)
        made.refresh_from_db()
        assert (made.state, made.job.state) == (State.CHECKED, Job.State.FAILED)
        assert "已由何静怡" in made.error


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_write_it_once(college):
    officer = college.cast.officer
    made = [checked(college), checked(college)]
    for each in made:
        actions.confirm_import(each, by=officer, good_rows_only=False, begin=False)
    refused = []

    def write(each):
        try:
            write_import(each, by=officer)
        except ChangedMeanwhile as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(each,)) for each in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Worker.objects.count() == 4
    assert len(refused) == 1
    assert sorted(RosterImport.objects.values_list("state", flat=True)) == [State.CHECKED, State.DONE]


def queries_of_writing(college, people):
    """What writing an import asks the database, without the batches of rows it inserts."""
    rows = [person(f"员工{number}", _number(number), "男") for number in people]
    made = checked(college, content=csv_bytes(rows), kind="csv", name="名册.csv")
    actions.confirm_import(made, by=college.cast.officer, good_rows_only=False, begin=False)
    with CaptureQueriesContext(connection) as captured:
        write_import(made, by=college.cast.officer)
    return [query["sql"].split()[0] for query in captured if not query["sql"].startswith("INSERT")]


def test_a_large_file_takes_as_many_queries_as_a_small_one(college):
    imported(college)
    assert len(queries_of_writing(college, range(3))) == len(queries_of_writing(college, range(10, 310)))
    assert Worker.objects.count() == 307


def _number(index: int) -> str:
    from staff_transition.roster.identity import check_sign

    first_17 = f"42090219770815{index * 2 + 1:03d}"
    return first_17 + check_sign(first_17)


def test_names_that_look_like_formulas_are_stored_as_typed(college):
    def change(book):
        cell = book.active["D3"]
        cell.value, cell.data_type = '=HYPERLINK("http://x","张三")', "s"

    imported(college, content=xlsx(PEOPLE, change=change))
    assert Worker.objects.filter(name='=HYPERLINK("http://x","张三")').exists()


def test_the_original_comes_back_byte_for_byte(college):
    content = xlsx()
    assert checked(college, content=content).file.read() == content


def test_campuses_are_not_made_up(college):
    imported(college)
    assert Campus.objects.count() == 5


# taking a mistaken import back


def test_a_mistaken_import_is_taken_back_as_if_nobody_had_been_here(college):
    make_worker(college, 7)
    done = imported(college)
    officer = college.cast.officer
    assert withdraw_import(done, by=officer, reason="导错了部门的表") == 4
    assert Worker.objects.count() == 1  # who was here before stays
    gone = Worker.history.filter(history_type="-")
    assert {(each.history_user, each.history_change_reason) for each in gone} == {
        (officer, "撤回导入 花名册.xlsx：导错了部门的表")
    }
    assert done.history.order_by("-history_id").first().history_change_reason == "撤回新增的 4 人：导错了部门的表"
    call_command("verify_history")
    with pytest.raises(NobodyToWithdraw):
        withdraw_import(done, by=officer, reason="再撤一次")
    again = imported(college, name="对的.xlsx")
    assert again.result["new"] == 4


@pytest.mark.parametrize(
    ("hang", "why"),
    [
        (lambda who, by: set_dispositions([who.pk], "NEGOTIATED", by=by, last_day=date(2026, 12, 31)), "去向"),
        (lambda who, by: LeaveYear.objects.create(worker=who, year=2025, taken_days=Decimal(3)), "年休假"),
        (lambda who, by: record(who, by, "改岗位", "post"), "导入以后改过"),
        (lambda who, by: Document.objects.create(
            kind="staff-over-age", title="超龄用工协议", subject_id=who.pk, source="员工资料", digest="0" * 64, unit=by.unit, made_by=by,
            file=StoredFile.keep("a.docx", b"x", "application/octet-stream", by)), "文书"),
    ],
)  # fmt: skip
def test_on_whom_something_hangs_stays_and_is_named(college, hang, why):
    done, officer = imported(college), college.cast.officer
    who = Worker.objects.get(name="向桂珍")
    hang(who, officer)
    ((held, said),) = brought(done).held
    assert held == who
    assert why in said
    assert withdraw_import(done, by=officer, reason="导错了表") == 3
    assert list(Worker.objects.all()) == [who]


def test_only_the_people_of_this_very_import_go(college):
    first = imported(college, PEOPLE[:2])
    second = imported(college, PEOPLE)  # the same name, two people known by then
    assert second.result["new"] == 2
    withdraw_import(second, by=college.cast.officer, reason="导错了表")
    assert len(brought(first).free) == Worker.objects.count() == 2


def test_what_an_import_changed_or_a_lock_holds_stays(college):
    done = imported(college)
    officer = college.cast.officer
    with pytest.raises(NotYours):
        withdraw_import(done, by=college.cast.finance, reason="x")
    Worker.objects.update(category="CONTRACT")
    lock_roster(college.cleaning, by=college.cast.hr, reason="核对完毕")
    with pytest.raises(AlreadyLocked):
        withdraw_import(done, by=officer, reason="x")
    assert Worker.objects.count() == 4
    waiting = checked(college, name="待确认.xlsx")
    with pytest.raises(ImportNotReady):
        withdraw_import(waiting, by=officer, reason="x")


def test_issues_follow_the_people_whom_the_import_is_taken_back_of(college):
    """Its own errors hold nothing back any more; an error that it answered by naming the person is open again."""
    wrong = {**PEOPLE[0], "身份证号": "42092219791106184X"}
    first = imported(college, [wrong, PEOPLE[1]], good_rows_only=True)
    second = imported(
        college, [PEOPLE[0], {**PEOPLE[2], "身份证号": "42092219791106184X"}], good_rows_only=True, name="第二份.xlsx"
    )
    assert not RosterIssue.objects.open().filter(roster_import=first).exists()
    assert RosterIssue.objects.open().filter(roster_import=second).exists()
    withdraw_import(second, by=college.cast.officer, reason="导错了表")
    assert RosterIssue.objects.open().filter(roster_import=first).exists()
    assert not RosterIssue.objects.open().filter(roster_import=second).exists()


def test_the_page_of_an_import_leads_to_taking_it_back(college, client):
    done = imported(college)
    client.force_login(college.cast.officer)
    url = reverse("staff:import-withdraw", args=[done.pk])
    assert url in client.get(done.get_absolute_url()).content.decode()
    assert "撤回 4 人" in client.get(url).content.decode()
    assert "请写明理由" in client.post(url, {"reason": ""}).content.decode()
    assert Worker.objects.count() == 4
    assert client.post(url, {"reason": "导错了表"}).status_code == 302
    page = client.get(done.get_absolute_url()).content.decode()
    assert "撤回新增的 4 人：导错了表" in page
