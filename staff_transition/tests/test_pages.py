"""The pages: what is shown, hidden, kept; each through the browser's own requests."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AccessRecord, Unit
from common.forms import UNSEEN
from common.models import Job
from programme.registry import board
from staff_transition.actions import imports as actions
from staff_transition.actions.rosters import lock_roster
from staff_transition.importing import write_import
from staff_transition.models import Disposition, ProtectedCondition, Roster, RosterImport, RosterIssue, Worker
from staff_transition.tests.files import PEOPLE, xlsx
from staff_transition.tests.fixtures import make_worker


@pytest.fixture
def page(client, college):
    """Get or post as one of the cast: page("hr", "staff:workers", …)."""

    def page(who, name, *args, data=None, query="", **extra):
        client.force_login(getattr(college.cast, who))
        url = reverse(name, args=args) + query
        return client.get(url, **extra) if data is None else client.post(url, data, **extra)

    return page


def text(response) -> str:
    return response.content.decode()


# the list


def test_the_list_takes_the_same_queries_for_three_and_for_three_hundred(client, college, django_assert_num_queries):
    client.force_login(college.cast.hr)
    url = reverse("staff:workers")
    for number in range(3):
        make_worker(college, number)
    with django_assert_num_queries(15):
        client.get(url)
    Worker.objects.bulk_create(
        Worker(
            service=college.cleaning,
            campus=college.campuses[0],
            name=f"员工{number}",
            id_number=f"N{number}",
            hired_on=date(2020, 1, 1),
        )
        for number in range(300)
    )
    with django_assert_num_queries(15):
        response = client.get(url)
    assert len(response.context["page"].object_list) == 50


def test_numbers_are_masked_on_every_page(page, worker):
    for name, args in (("staff:workers", ()), ("staff:worker", (worker.pk,)), ("staff:worker-edit", (worker.pk,))):
        for who in ("officer", "hr"):
            body = text(page(who, name, *args))
            for secret in (worker.id_number, worker.phone, worker.bank_account):
                assert secret not in body, name


def test_readers_see_no_buttons_to_change(page, worker):
    for who in ("leader", "reviewer", "finance", "head"):
        body = text(page(who, "staff:workers")) + text(page(who, "staff:worker", worker.pk))
        assert "修改资料" not in body
        assert "设定选中者的去向" not in body
        assert "导入花名册" not in body


def test_an_empty_list_says_why_and_which_filter_to_drop(page, worker):
    assert "去掉一个" in text(page("hr", "staff:workers", query="?q=没有这个人"))
    Worker.objects.all().delete()
    assert "还没有外聘员工" in text(page("leader", "staff:workers"))


def test_a_name_is_escaped(page, college):
    make_worker(college, name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in text(page("hr", "staff:workers"))


# one worker


def test_another_units_worker_is_not_found(page, college, worker):
    college.cast.officer.unit = Unit.objects.create(name="保卫处")
    college.cast.officer.save()
    for name in ("staff:worker", "staff:worker-edit"):
        assert page("officer", name, worker.pk).status_code == 404


def form_of(worker, **changes):
    names = (
        "name",
        "sex",
        "birth_date",
        "service_id",
        "campus_id",
        "team",
        "post",
        "category",
        "hired_on",
        "monthly_wage",
        "average_wage",
    )
    data = {name.removesuffix("_id"): getattr(worker, name) for name in names}
    return data | {"is_insured": "true", "reason": "核对合同", "revision": worker.revision} | changes


def test_a_worker_is_changed_and_the_page_tells_old_and_new(page, worker):
    response = page("officer", "staff:worker-edit", worker.pk, data=form_of(worker, post="班长"))
    assert response.status_code == 302
    worker.refresh_from_db()
    assert (worker.post, worker.id_number[:14], worker.phone) == ("班长", "42090219820315", "13800001234")
    body = text(page("officer", "staff:worker", worker.pk))
    assert "岗位：清扫工 → 班长" in body
    assert "核对合同" in body


def test_the_later_of_two_windows_is_told_and_keeps_its_text(page, worker):
    page("hr", "staff:worker-edit", worker.pk, data=form_of(worker, post="班长"))
    body = text(page("officer", "staff:worker-edit", worker.pk, data=form_of(worker, post="组长", revision=1)))
    assert "何静怡在" in body
    assert 'value="组长"' in body
    worker.refresh_from_db()
    assert worker.post == "班长"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": ""}, "请写明为什么改"),
        ({"id_number": "420902198203150028"}, "校验码不符"),
        ({"bank_account": "6.2E+18"}, "已经丢失"),
        ({"hired_on": "2050-01-01"}, "晚于今天"),
        ({"hired_on": "2099-01-01"}, "请核对年份"),
        ({"contract_from": "2025-01-02", "contract_to": "2025-01-01"}, "合同终止日期早于起始日期"),
        ({"service": 999999}, "有效的选项"),
    ],
)
def test_what_cannot_be_saved_is_said_at_the_field(page, worker, changes, said):
    response = page("officer", "staff:worker-edit", worker.pk, data=form_of(worker, **changes))
    assert response.status_code == 200
    assert said in text(response)
    worker.refresh_from_db()
    assert worker.revision == 1


def test_a_number_is_shown_in_full_for_a_reason_only(page, worker):
    body = text(page("hr", "staff:worker-reveal", worker.pk, data={"field": "id_number", "reason": ""}))
    assert worker.id_number not in body
    assert not AccessRecord.objects.exists()
    body = text(
        page(
            "hr",
            "staff:worker-reveal",
            worker.pk,
            data={"field": "id_number", "reason": "核对证件"},
            headers={"HX-Request": "true"},
        )
    )
    assert worker.id_number in body
    assert "<html" not in body
    assert AccessRecord.objects.get().reason == "核对证件"


def test_finance_sees_accounts_but_no_identity_number(page, worker):
    body = text(page("finance", "staff:worker-reveal", worker.pk, data={"field": "id_number", "reason": "x"}))
    assert worker.id_number not in body
    assert worker.bank_account in text(
        page("finance", "staff:worker-reveal", worker.pk, data={"field": "bank_account", "reason": "付款"})
    )


def test_a_protected_condition_is_registered_changed_and_taken_back(page, worker):
    data = {"kind": "PREGNANCY", "since": "2026-10-01", "evidence": "孕检单", "reason": "本人提交"}
    assert page("hr", "staff:fact-add", worker.pk, "protected", data=data).status_code == 302
    condition = ProtectedCondition.objects.get()
    assert "孕检单" in text(page("hr", "staff:worker", worker.pk))
    fact = (worker.pk, "protected", condition.pk)
    first = {"revision": page("hr", "staff:fact-change", *fact).context["form"]["revision"].value()}
    page("hr", "staff:fact-change", *fact, data=data | first | {"until": "2027-08-01"})
    condition.refresh_from_db()
    assert condition.until == date(2027, 8, 1)
    late = page("hr", "staff:fact-change", *fact, data=data | first | {"until": "2027-09-01"})  # from a second tab
    assert "已经改过这里" in text(late)
    assert 'value="2027-09-01"' in text(late)
    condition.refresh_from_db()
    assert condition.until == date(2027, 8, 1)
    seen = {"revision": late.context["form"]["revision"].value()}  # told once, the person may go on
    assert "截止日早于起始日" in text(
        page("hr", "staff:fact-change", *fact, data=data | seen | {"until": "2026-01-01"})
    )
    page("hr", "staff:fact-remove", *fact, data={"reason": "登记错人"} | seen)
    assert not ProtectedCondition.objects.exists()
    assert "登记错人" in text(page("hr", "staff:worker", worker.pk))


def test_a_fact_of_another_worker_is_not_found(page, worker, college):
    other = make_worker(college, 2)
    condition = ProtectedCondition.objects.create(worker=other, kind="NURSING", since=date(2026, 1, 1))
    assert page("hr", "staff:fact-change", worker.pk, "protected", condition.pk).status_code == 404


def test_a_remark_about_pregnancy_asks_to_be_registered(page, college):
    worker = make_worker(college, remark="孕期")
    assert "还没有登记" in text(page("hr", "staff:worker", worker.pk))


def test_a_locked_roster_offers_no_change_and_refuses_one(page, worker, college):
    lock_roster(college.cleaning, by=college.cast.hr, reason="核对完毕")
    assert "修改资料" not in text(page("officer", "staff:worker", worker.pk))
    opened_before = form_of(worker, post="班长")
    assert "已由何静怡" in text(page("officer", "staff:worker-edit", worker.pk, data=opened_before))


def test_after_the_lock_only_what_changes_no_amount_can_be_changed(page, worker, college):
    lock_roster(college.cleaning, by=college.cast.hr, reason="核对完毕")
    assert "只能改电话、银行卡" in text(page("officer", "staff:worker-edit", worker.pk))
    data = form_of(worker, post="班长", bank_name="工商银行", locked="1")
    assert page("officer", "staff:worker-edit", worker.pk, data=data).status_code == 302
    worker.refresh_from_db()
    assert (worker.bank_name, worker.post) == ("工商银行", "清扫工")


# dispositions


def test_the_selected_get_a_disposition_with_its_ground_explained(page, worker, college):
    other = make_worker(college, 2)
    query = f"?id={worker.pk}&id={other.pk}"
    opened = page("officer", "staff:dispositions", query=query)
    body = text(opened)
    assert "设定 2 人的去向" in body
    assert "劳动合同法第三十六条" in body
    data = {"kind": "NEGOTIATED", "last_day": "2026-12-31", "expected": "2"}
    assert UNSEEN in text(page("officer", "staff:dispositions", query=query, data=data))
    assert not Disposition.objects.exists()
    data["revision"] = opened.context["form"]["revision"].value()
    assert page("officer", "staff:dispositions", query=query, data=data).status_code == 302
    assert Disposition.objects.count() == 2
    assert "单位提出，协商一致解除" in text(page("officer", "staff:worker", worker.pk))


def test_all_that_a_filter_means_and_a_changed_number_is_told(page, worker, college):
    make_worker(college, 2, category="DISPATCH")
    query = "?all=1&category=CONTRACT"
    assert "设定 1 人的去向" in text(page("officer", "staff:dispositions", query=query))
    make_worker(college, 3)
    body = text(
        page(
            "officer",
            "staff:dispositions",
            query=query,
            data={"kind": "NEGOTIATED", "expected": "1", "revision": "0/-"},
        )
    )
    assert "您选中时有 1 人，现在符合条件的是 2 人" in body
    assert not Disposition.objects.exists()


def test_another_ground_needs_its_reason(page, worker):
    data = {"kind": "EXPIRY", "ground": "NEGOTIATED_EMPLOYER", "expected": "1"}
    assert "请写明依据" in text(page("hr", "staff:dispositions", query=f"?id={worker.pk}", data=data))


def test_ids_of_others_select_nobody(page, worker, college):
    college.cast.officer.unit = Unit.objects.create(name="保卫处")
    college.cast.officer.save()
    assert "没有选中任何人" in text(page("officer", "staff:dispositions", query=f"?id={worker.pk}&id=x"))


# rosters, issues, classification, export


def test_the_rosters_page_says_what_holds_back_and_locks_with_a_reason(page, worker, roster_issue, college):
    body = text(page("hr", "staff:rosters"))
    assert "复核并锁定" in body
    yes = {"reason": "核对完毕", "is_checked": "on"}
    assert "还有 1 处待改正" in text(page("hr", "staff:roster-lock", college.cleaning.pk, data=yes))
    page("hr", "staff:issue-resolve", roster_issue.pk, data={"reason": "此人已离开"})
    assert page("hr", "staff:roster-lock", college.cleaning.pk, data=yes).status_code == 302
    assert Roster.objects.get().is_locked
    assert "复核并锁定" not in text(page("officer", "staff:rosters"))
    page("hr", "staff:roster-unlock", college.cleaning.pk, data={"reason": "补一人"})
    assert not Roster.objects.get().is_locked


def test_what_is_in_doubt_is_listed_and_looked_at_before_the_lock(page, college):
    spoken_of = make_worker(college, name="孙孕", remark="孕期，2027 年 2 月预产")
    registered = make_worker(college, 2, name="钱登记", remark="工伤")
    registered.protected_conditions.create(kind="WORK_INJURY", since=date(2026, 9, 1))
    body = text(page("hr", "staff:roster-lock", college.cleaning.pk))
    assert "1 人的备注涉及孕期、医疗期、工伤等" in body
    assert spoken_of.get_absolute_url() in body
    assert registered.get_absolute_url() not in body
    assert "2 人的结算有待补项" in body
    assert "逐人核对后，再勾选" in text(
        page("hr", "staff:roster-lock", college.cleaning.pk, data={"reason": "核对完毕"})
    )
    assert not Roster.objects.exclude(locked_at=None).exists()
    page("hr", "staff:roster-lock", college.cleaning.pk, data={"reason": "核对完毕", "is_checked": "on"})
    reason = Roster.objects.get().history.first().history_change_reason
    assert reason == "核对完毕（已逐人核对：备注涉及受保护情形而没有登记 1 人，有待补项 2 人）"


def test_issues_open_and_closed(page, roster_issue):
    assert "熊爱萍" in text(page("officer", "staff:issues"))
    page("officer", "staff:issue-resolve", roster_issue.pk, data={"reason": "此人已离开"})
    assert "没有待改正的错误" in text(page("officer", "staff:issues"))
    assert "此人已离开" in text(page("officer", "staff:issues", query="?closed=1"))
    assert RosterIssue.objects.get().resolved_by.username == "zhouyt"


def test_the_classification_page_and_its_workbook_agree(page, worker):
    assert f"?service={worker.service_id}" in text(page("leader", "staff:classification")).replace(
        "&amp;", "&"
    ).replace("category=CONTRACT&", "")
    response = page("leader", "staff:classification-file")
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
    assert rows[-2][:3] == ("合计", 1, 1)
    assert "filename*=UTF-8''" in response.headers["Content-Disposition"]


def test_an_export_asks_for_its_purpose_and_is_written_down(page, worker):
    assert "请写明用途" in text(page("officer", "staff:export", data={"reason": ""}))
    response = page("officer", "staff:export", data={"reason": "核对", "is_full": "on"})  # not his to ask
    assert worker.id_number not in str(list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values))
    response = page("hr", "staff:export", data={"reason": "上报", "is_full": "on"})
    assert worker.id_number in str(list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values))
    assert [record.reason for record in AccessRecord.objects.order_by("pk")] == ["核对", "上报"]


def test_the_board_knows_how_many_people_a_service_has(worker, college):
    lines = [source([college.cleaning.pk]) for source in board.lines]
    assert any(line.get(college.cleaning.pk) and line[college.cleaning.pk].people == 1 for line in lines)


# the import


def test_a_whole_import_in_the_browser(page, college, django_capture_on_commit_callbacks):
    rows = [PEOPLE[0], PEOPLE[1] | {"月工资（元）": "二千四"}, PEOPLE[2]]
    with django_capture_on_commit_callbacks(execute=True):
        response = page("officer", "staff:import", data={"file": SimpleUploadedFile("花名册.xlsx", xlsx(rows))})
    made = RosterImport.objects.get()
    assert response.url == made.get_absolute_url()
    body = text(page("officer", "staff:import-check", made.pk))
    assert "1 行有 1 处错误，尚未写入任何数据。" in body
    assert "L4 “二千四”不是数字。请写 2400。" in body
    assert "只导入 2 人" in body
    assert PEOPLE[1]["身份证号"] not in body
    with django_capture_on_commit_callbacks(execute=True):
        page("officer", "staff:import-confirm", made.pk, data={"good_rows_only": "1"})
    assert "已导入：新增 2 人" in text(page("officer", "staff:import-check", made.pk))
    assert Worker.objects.count() == 2


def test_a_file_that_cannot_be_read_is_told_above_the_form(page, college):
    body = text(
        page(
            "officer", "staff:import", data={"file": SimpleUploadedFile("花名册.xls", b"<html><table></table></html>")}
        )
    )
    assert "网页格式" in body
    assert "请选择花名册文件" in text(page("officer", "staff:import", data={"sent": "1"}))


def test_the_preview_pages_through_many_rows_and_filters(page, college, roster_import):
    body = text(page("officer", "staff:import-check", roster_import.pk, query="?rows=all"))
    assert "外聘员工花名册（标题行，不导入）" in body
    assert "向桂珍" in body
    assert 'class="rowno">3<' in body
    only_errors = text(page("officer", "staff:import-check", roster_import.pk))
    assert 'class="rowno">4<' in only_errors
    assert 'class="rowno">3<' not in only_errors


def test_a_cell_of_the_preview_is_shown_in_full_and_written_down(page, roster_import):
    data = {"sheet": "0", "row": "4", "column": "5"}
    assert PEOPLE[1]["身份证号"] in text(page("officer", "staff:import-reveal", roster_import.pk, data=data))
    assert PEOPLE[1]["身份证号"] not in AccessRecord.objects.get().subject
    assert page("officer", "staff:import-reveal", roster_import.pk, data=data | {"row": "999"}).status_code == 404


def test_original_and_marked_copy_can_be_downloaded(page, roster_import):
    original = page("officer", "staff:import-original", roster_import.pk)
    assert original.content == roster_import.file.read()
    marked = page("officer", "staff:import-marked", roster_import.pk)
    assert openpyxl.load_workbook(io.BytesIO(marked.content)).active["R4"].value.startswith("L4 ")
    assert "%E6%A0%87%E6%B3%A8" in marked.headers["Content-Disposition"]
    assert AccessRecord.objects.filter(kind="export").count() == 2


def test_another_units_import_is_not_found(page, roster_import, college):
    college.cast.officer.unit = Unit.objects.create(name="保卫处")
    college.cast.officer.save()
    for name in ("check", "original", "marked", "changes", "progress"):
        assert page("officer", f"staff:import-{name}", roster_import.pk).status_code == 404


def test_columns_are_corrected_on_the_page(page, roster_import, django_capture_on_commit_callbacks):
    columns = roster_import.stored.sheets[0]["columns"]
    data = {f"column-{column['index']}": column["field"] for column in columns} | {"column-6": "", "sheet": "花名册"}
    with django_capture_on_commit_callbacks(execute=True):
        assert page("officer", "staff:import-columns", roster_import.pk, data=data).status_code == 302
    roster_import.refresh_from_db()
    assert "post" not in roster_import.stored.people[0].values
    twice = data | {"column-6": "name"}
    response = page("officer", "staff:import-columns", roster_import.pk, data=twice)
    assert (response.status_code, "选了两列" in text(response)) == (409, True)


def test_unknown_teams_are_asked_on_the_page(page, college, django_capture_on_commit_callbacks):
    rows = [each | {"班组": "勤杂"} for each in PEOPLE[:2]]
    with django_capture_on_commit_callbacks(execute=True):
        page("officer", "staff:import", data={"file": SimpleUploadedFile("花名册.xlsx", xlsx(rows))})
    made = RosterImport.objects.get()
    body = text(page("officer", "staff:import-check", made.pk))
    assert "班组“勤杂”（2 人）" in body
    assert "还有 1 个班组没有对应，选好后才能导入" in body
    assert 'href="#names"' in body
    assert "都没有错误" not in body
    assert "选填" not in body
    assert "导入 2 人" not in body
    assert "请选一个" in text(page("officer", "staff:import-names", made.pk, data={"team-0": ""}))
    with django_capture_on_commit_callbacks(execute=True):
        page("officer", "staff:import-names", made.pk, data={"team-0": college.services["物业"].pk})
    assert "导入 2 人" in text(page("officer", "staff:import-check", made.pk))


def test_changes_are_shown_field_by_field_with_numbers_masked(page, roster_import, college):
    actions.confirm_import(roster_import, by=college.cast.officer, good_rows_only=True, begin=False)
    write_import(roster_import, by=college.cast.officer)
    rows = [PEOPLE[0] | {"岗位": "班长", "银行卡号": "6217000000000000001"}]
    again = actions.keep_roster("新.xlsx", xlsx(rows), "xlsx", by=college.cast.officer, begin=False)
    from staff_transition.importing import read_import

    read_import(again, by=college.cast.officer, report=lambda step, doing: None)
    body = text(page("officer", "staff:import-changes", again.pk))
    assert "<del>清扫工</del> <ins>班长</ins>" in body
    assert "**** 0001" in body
    assert "6217000000000000001" not in body
    assert "邓友才" in body  # not in the new file


def test_progress_polls_while_it_works_and_then_loads_the_page_anew(page, roster_import):
    assert page("officer", "staff:import-progress", roster_import.pk).headers["HX-Refresh"] == "true"
    job = Job.objects.create(
        kind="x", key="x", title="读取", started_by=roster_import.uploaded_by, state=Job.State.FAILED, error="出错"
    )
    RosterImport.objects.update(state=RosterImport.State.READING, job=job)
    assert "再试一次" in text(page("officer", "staff:import-progress", roster_import.pk))


def test_giving_up_is_asked_first_and_writes_nothing(page, roster_import):
    asked = text(page("officer", "staff:import-discard", roster_import.pk))
    assert f"放弃导入 {roster_import.file.name}？" in asked
    assert RosterImport.objects.get().state == RosterImport.State.CHECKED
    page("officer", "staff:import-discard", roster_import.pk, data={})
    assert "已放弃" in text(page("officer", "staff:import-check", roster_import.pk))
    assert page("officer", "staff:import-discard", roster_import.pk).status_code == 302  # nothing left to ask
    assert not Worker.objects.exists()


def test_the_template_names_this_colleges_campuses(page, college):
    response = page("officer", "staff:import-template")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book["选项"]["A2"].value == "东校区"
    assert book["选项"]["B2"].value == "环卫"


def test_the_later_of_two_dispositions_is_told_and_keeps_what_he_chose(page, worker, college):
    query = f"?id={worker.pk}"
    seen = page("officer", "staff:dispositions", query=query).context["form"]["revision"].value()
    data = {"expected": "1", "last_day": "2026-12-31", "revision": seen}
    assert page("hr", "staff:dispositions", query=query, data=data | {"kind": "NEGOTIATED"}).status_code == 302
    told = page("officer", "staff:dispositions", query=query, data=data | {"kind": "TRANSFER_CONTINUOUS"})
    assert "何静怡在" in text(told)
    assert "现在：协商解除（单位提出），最后工作日 2026-12-31" in text(told)
    assert told.context["form"]["kind"].value() == "TRANSFER_CONTINUOUS"
    assert Disposition.objects.get().kind == "NEGOTIATED"
    again = data | {"kind": "TRANSFER_CONTINUOUS", "revision": told.context["form"]["revision"].value()}
    assert page("officer", "staff:dispositions", query=query, data=again).status_code == 302


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_nobody_means_is_refused_and_no_page_breaks(page, worker, day):
    query = f"?id={worker.pk}"
    data = {"expected": "1", "kind": "NEGOTIATED", "last_day": day}
    assert "请核对年份" in text(page("officer", "staff:dispositions", query=query, data=data))
    assert page("officer", "staff:settlement", worker.pk).status_code == 200
