"""The workbook of facts: down, filled in, up again. What comes back unchanged changes nothing."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import AccessRecord
from common.fields import mask_id_number
from common.refusals import NotYours
from programme.models import Service
from staff_transition.actions.intakes import bring_in, export_facts, keep_file, look_at
from staff_transition.actions.rosters import lock_roster
from staff_transition.errors import AlreadyLocked, FileHasErrors, NobodyToImport
from staff_transition.fact_book import BOOK, MODELS, TABLES, fact_book
from staff_transition.intakes import FACTS
from staff_transition.models import ContractTerm, InsurancePeriod, LeaveYear, Roster, ServicePeriod, Worker
from staff_transition.roster.fact_tables import read_facts
from staff_transition.roster.limited import read_book_safely
from staff_transition.roster.marked import RED
from staff_transition.roster.workbook import read_book
from staff_transition.tests.files import sheets
from staff_transition.tests.fixtures import make_worker, seen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHO = ["姓名", "身份证号"]
PERIOD = [*WHO, "用人单位", "第一天", "最后一天"]


@pytest.fixture
def here(college):
    return college


def kept(content, by, name="事实.xlsx"):
    return keep_file(FACTS, SimpleUploadedFile(name, content, XLSX), by=by)


def with_facts(worker):
    """One fact of each kind, or two."""
    ServicePeriod.objects.create(
        worker=worker, employer="=某物业公司", first_day=date(2012, 1, 1), last_day=date(2016, 3, 14), is_paid=True,
        paid_amount=Decimal("8000.50"), paid_on=date(2016, 3, 20), is_licensed=False, cause="SAME_POST",
    )  # fmt: skip
    ServicePeriod.objects.create(worker=worker, employer="本校", first_day=date(2016, 3, 15))
    ContractTerm.objects.create(
        worker=worker, first_day=date(2024, 1, 1), signed_on=date(2024, 1, 5), evidence="合同 7 号"
    )
    InsurancePeriod.objects.create(worker=worker, kind="CASH", first_month=date(2020, 5, 1), base=Decimal(300))
    LeaveYear.objects.create(worker=worker, year=2025, taken_days=Decimal("2.5"), evidence="考勤表")


def histories():
    return sum(model.history.count() for model in MODELS.values())


def exported(here, by, is_full):
    return export_facts(here.cleaning, by=by, is_full=is_full, reason="核对", address=None)


# down


def test_a_sheet_a_kind_with_heads_lists_and_cells_that_do_not_act(here):
    worker = make_worker(here)
    with_facts(worker)
    content = exported(here, here.cast.hr, True)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["工作经历", "劳动合同", "社保记录", "年休假"]
    heads = [cell.value for cell in book["工作经历"][1]]
    assert heads[:5] == PERIOD
    row = dict(zip(heads, book["工作经历"][2], strict=True))
    assert (row["用人单位"].value, row["用人单位"].data_type) == ("=某物业公司", "s")
    assert row["第一天"].value.date() == date(2012, 1, 1)
    assert (row["补偿金额"].value, row["补偿金额"].number_format) == (8000.5, "#,##0.00")
    assert (row["变动原因"].value, row["用人单位依法登记"].value) == ("原岗位不变，换了签约单位", "否")
    assert row["身份证号"].value == worker.id_number
    lists = [each.formula1 for each in book["劳动合同"].data_validations.dataValidation]
    assert lists == ['"新订、续订,协商延长,到期自动续延,换签约单位,超龄用工协议"']
    assert book["社保记录"]["D2"].number_format == "yyyy-mm"
    assert b"<f>" not in b"".join(
        zipfile.ZipFile(io.BytesIO(content)).read(f"xl/worksheets/sheet{n}.xml") for n in range(1, 5)
    )


def test_the_lists_fit_into_a_cells_validation_and_the_keys_cover_what_must_be_unique():
    for table in BOOK:
        for column in table.columns:
            assert len(",".join(column.words)) <= 255
    for kind, model in MODELS.items():
        assert all({*TABLES[kind].key, "worker"} == set(each.fields) for each in model._meta.total_unique_constraints)


def test_who_has_no_fact_has_a_row_to_fill_in_that_says_nothing(here):
    worker = make_worker(here)
    content = exported(here, here.cast.officer, False)
    page = openpyxl.load_workbook(io.BytesIO(content))["劳动合同"]
    assert [cell.value for cell in page[2]][:3] == ["向桂珍", mask_id_number(worker.id_number), None]
    found = look_at(FACTS, kept(content, here.cast.officer), by=here.cast.officer)
    assert (found.new, found.changed, found.findings, found.unknown) == ([], [], [], [])


def test_taking_the_workbook_is_written_down_and_whole_numbers_are_hrs(here, client):
    make_worker(here)
    url, data = reverse("staff:facts-export"), {"service": here.cleaning.pk, "is_full": "on", "reason": "补登合同"}
    client.force_login(here.cast.officer)
    assert client.post(url, data)["Content-Type"] == XLSX  # the officer's form has no such box
    client.force_login(here.cast.hr)
    assert client.post(url, data).status_code == 200
    said = list(AccessRecord.objects.filter(kind="export").order_by("pk").values_list("user", "subject", "reason"))
    assert said == [
        (here.cast.officer.pk, f"员工事实 {here.cleaning} 1 人（号码已遮挡）", "补登合同"),
        (here.cast.hr.pk, f"员工事实 {here.cleaning} 1 人（完整号码）", "补登合同"),
    ]
    with pytest.raises(NotYours):
        exported(here, here.cast.officer, True)
    for person in (here.cast.finance, here.cast.head):
        with pytest.raises(NotYours):
            exported(here, person, False)
    foreign = Service.objects.create(name="别处", category=here.cleaning.category, unit=here.cast.hr.unit)
    client.force_login(here.cast.officer)
    assert "请选择" in client.post(url, data | {"service": foreign.pk}).content.decode()


# round trip


@pytest.mark.parametrize(("people", "is_full"), [(3, True), (1, False)])  # a name and a mask alone must fit one person
def test_what_was_downloaded_changes_nothing_when_it_comes_back(here, people, is_full):
    for number in range(people):
        with_facts(make_worker(here, number))
    content, before = exported(here, here.cast.hr, is_full), histories()
    found = look_at(FACTS, kept(content, here.cast.hr), by=here.cast.hr)
    assert (found.new, found.changed, found.findings, found.unknown, found.skipped) == ([], [], [], [], [])
    assert sum(found.unchanged.values()) == 5 * people
    assert bring_in(FACTS, kept(content, here.cast.hr), by=here.cast.hr) == 0
    assert histories() == before


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
day = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def maybe(values):
    return st.none() | values


def yuan(most):
    return st.decimals(0, most, places=2)


FACTS_OF_ANY_SHAPE = st.one_of(
    st.builds(
        ServicePeriod, employer=text.filter(str.strip), first_day=day, last_day=maybe(day), is_paid=st.booleans(),
        paid_amount=maybe(yuan(99_999_999)), paid_on=maybe(day), is_own_motion=st.booleans(), post=text, manager=text, payer=text,
        is_licensed=st.sampled_from([None, True, False]), cause=st.sampled_from(["", *ServicePeriod.Cause.values]), evidence=text,
    ),
    st.builds(
        ContractTerm, kind=st.sampled_from(ContractTerm.Kind.values), first_day=day, last_day=maybe(day), signed_on=maybe(day),
        signatory=text, evidence=text,
    ),
    st.builds(
        InsurancePeriod, kind=st.sampled_from(InsurancePeriod.Kind.values), first_month=day, last_month=maybe(day),
        base=maybe(yuan(99_999_999)), payer=text, evidence=text,
    ),
    st.builds(
        LeaveYear, year=st.integers(1950, 2099), taken_days=st.decimals(0, 365, places=1), evidence=text,
    ),
)  # fmt: skip
KIND_OF = {model: kind for kind, model in MODELS.items()}


@given(fact=FACTS_OF_ANY_SHAPE)
@example(
    ServicePeriod(
        employer='=HYPERLINK("x")', first_day=date(2020, 1, 1), post=" a\n b ", manager="无", payer="-", cause=""
    )
)
@settings(suppress_health_check=list(HealthCheck), max_examples=60)
def test_any_fact_is_read_back_as_it_was_written(monkeypatch, fact):
    kind, worker = KIND_OF[type(fact)], Worker(pk=1, name="向桂珍", id_number="420922197911061849")
    fact.worker_id = 1
    if not TABLES["period"].columns[0].plain(getattr(fact, "employer", "x")):
        return  # nothing but signs that a workbook cannot hold: no employer
    monkeypatch.setattr(f"{fact_book.__module__}.facts_of", lambda each, pks: [fact] if each == kind else [])
    reading = read_facts(read_book(fact_book([worker], is_full=True), "xlsx"), BOOK, date(2026, 11, 25))
    assert not reading.findings
    (line,) = reading.lines
    assert line.kind == kind
    assert line.values == {column.name: column.plain(getattr(fact, column.name)) for column in TABLES[kind].columns}


# up


def test_new_changed_and_unchanged_rows_are_told_apart_and_written_with_their_source(here, client):
    worker = make_worker(here)
    with_facts(worker)
    number = worker.id_number
    content = sheets({
        "经历": [["2026 年补登"], PERIOD, ["向桂珍", number, "某物业公司", date(2012, 1, 1), "2016年3月13日"],
               ["向桂珍", number, "老物业", "2010.5.1", date(2011, 12, 31)]],
        "休假": [[*WHO, "年度", "已休(天)", "证明材料"], ["向桂珍", number, "2024年", 3, "请假条"], ["向桂珍", number, 2025, 2.5, None]],
        "说明": [["随便写写"]],
    })  # fmt: skip
    client.force_login(here.cast.officer)
    answer = client.post(reverse("staff:facts"), {"file": SimpleUploadedFile("补登.xlsx", content, XLSX)})
    page = client.get(answer.url).content.decode()
    assert "用人单位 =某物业公司 → 某物业公司" in page
    assert "最后一天 2016-03-14 → 2016-03-13" in page
    assert "工作表“说明”" in page
    found = look_at(FACTS, kept(content, here.cast.officer), by=here.cast.officer)
    assert found.counts == [("工作经历", 1, 1, 0), ("年休假", 1, 0, 1)]
    assert client.post(answer.url, seen(client, answer.url)).status_code == 302
    first, earlier = ServicePeriod.objects.order_by("-first_day")[1:3]
    assert (first.last_day, first.paid_amount) == (
        date(2016, 3, 13),
        Decimal("8000.50"),
    )  # a column that is missing is left alone
    assert first.evidence == "补登.xlsx 经历 第 3 行"
    assert (earlier.employer, earlier.evidence) == ("老物业", "补登.xlsx 经历 第 4 行")
    assert LeaveYear.objects.get(year=2024).evidence == "请假条"
    assert ServicePeriod.objects.count() == 3
    assert earlier.history.get().history_change_reason == "导入 补登.xlsx"
    assert earlier.history.get().history_user == here.cast.officer
    assert LeaveYear.objects.get(year=2025).evidence == "考勤表"  # an empty cell of evidence is no change
    assert not LeaveYear.objects.get(year=2025).history.filter(history_type="~").exists()


@pytest.mark.parametrize(
    ("cells", "code", "said"),
    [
        (["公司", None, None], "fact_missing", "D2 没有写“第一天”"),
        ([None, date(2012, 1, 1), None], "fact_missing", "C2 没有写“用人单位”"),
        (["公司", "2012年2月30日", None], "date_invalid", "不存在"),
        (["公司", 2012.1, None], "date_ambiguous", "请写成 2012-01-01"),
        (["公司", date(2012, 1, 1), date(2011, 1, 1)], "fact_refused", "第 2 行 最后一天早于第一天"),
        (["公" * 51, date(2012, 1, 1), None], "fact_refused", "50"),
    ],
)
def test_a_spoiled_period_is_named_at_its_cell_and_nothing_is_written(here, cells, code, said):
    worker = make_worker(here)
    good = ["向桂珍", worker.id_number, "好公司", date(2013, 1, 1), "至今"]
    content = sheets({"经历": [PERIOD, ["向桂珍", worker.id_number, *cells], good]})
    found = look_at(FACTS, kept(content, here.cast.officer), by=here.cast.officer)
    assert [each.code for each in found.errors] == [code]
    assert said in found.errors[0].message
    with pytest.raises(FileHasErrors):
        bring_in(FACTS, kept(content, here.cast.officer), by=here.cast.officer)
    assert not ServicePeriod.objects.exists()


@pytest.mark.parametrize(
    ("heads", "cells", "code", "said"),
    [
        (["险种", "起始月", "缴费基数或每月补贴"], ["医保", "2020-05", 3000], "fact_word", "C2 “医保”不认识。请写：养老／五险"),
        (["险种", "起始月", "缴费基数或每月补贴"], ["养老", "2023年13月", 3000], "date_invalid", "2018-03 这样的月份"),
        (["险种", "起始月", "缴费基数或每月补贴"], ["养老", "2020-05", "三千"], "fact_number", "E2 “三千”不是数字"),
        (["险种", "起始月", "缴费基数或每月补贴"], ["养老", "2020-05", -1], "fact_negative", "E2 -1 是负数"),
        (["险种", "起始月", "缴费基数或每月补贴"], ["养老", "2020-05", 1234567890.5], "fact_refused", "E2 "),
        (["年度", "已休（天）"], [24, 3], "fact_year", "C2 “24”不是年份。请写四位数"),
        (["年度", "已休（天）"], [2024, 3.25], "fact_places", "最多 1 位"),
        (["年度", "已休（天）"], [2024, True], "fact_number", "不是数字"),
        (["用人单位", "第一天", "用人单位依法登记"], ["公司", "2012-1-1", "也许"], "fact_word", "请写 是 或 否"),
        (["用人单位", "第一天", "已付过经济补偿"], ["公司", "2012-1-1", "是"], "fact_refused", "请写金额和支付日期"),
    ],
)  # fmt: skip
def test_a_spoiled_cell_says_what_to_write(here, heads, cells, code, said):
    worker = make_worker(here)
    good = ["向桂珍", worker.id_number, "好公司", date(2013, 1, 1), None]
    content = sheets({"表": [[*WHO, *heads], ["向桂珍", worker.id_number, *cells]], "经历": [PERIOD, good]})
    found = look_at(FACTS, kept(content, here.cast.officer), by=here.cast.officer)
    assert [(each.code, each.row) for each in found.errors] == [(code, 2)]
    assert said in found.errors[0].message
    assert len(found.new) == 1  # the good row is read all the same


def test_a_file_with_errors_comes_back_marked_and_a_mended_one_is_written_whole(here, client):
    worker = make_worker(here)
    rows = [
        PERIOD,
        ["向桂珍", worker.id_number, "公司", "2012年2月30日", None],
        ["向桂珍", worker.id_number, "好公司", date(2013, 1, 1), None],
    ]
    client.force_login(here.cast.officer)
    upload = {"file": SimpleUploadedFile("补登.xlsx", sheets({"经历": rows}), XLSX)}
    url = client.post(reverse("staff:facts"), upload).url
    page = client.get(url).content.decode()
    assert "下载标好的原表" in page
    assert "写入 1 条" not in page
    assert "没有写入任何数据" in client.post(url, seen(client, url)).content.decode()
    assert not ServicePeriod.objects.exists()
    marked = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}marked/").content))["经历"]
    assert marked["D2"].fill.fgColor.rgb == RED
    assert marked["D2"].value == "2012年2月30日"
    assert "不存在" in str([cell.value for cell in marked[2]])
    assert AccessRecord.objects.filter(subject__contains="标注原表").exists()


def test_what_was_registered_between_the_look_and_the_click_is_told(here, client):
    worker = make_worker(here)
    year = LeaveYear.objects.create(worker=worker, year=2024, taken_days=1)
    client.force_login(here.cast.officer)
    file = kept(
        sheets({"休假": [[*WHO, "年度", "已休（天）"], ["向桂珍", worker.id_number, 2024, 3]]}), here.cast.officer
    )
    url = reverse("staff:facts-check", args=[file.pk])
    first = seen(client, url)
    LeaveYear.objects.filter(pk=year.pk).update(taken_days=2)
    told = client.post(url, first)
    assert "登记的资料有了变化" in told.content.decode()
    assert "2.0 → 3.0" in told.content.decode()
    year.refresh_from_db()
    assert year.taken_days == 2
    again = {"revision": told.context["form"]["revision"].value()}
    assert client.post(url, again).status_code == 302
    year.refresh_from_db()
    assert year.taken_days == 3


def test_broken_and_uncalculated_cells_are_said(here):
    worker = make_worker(here)
    rows = [
        [*WHO, "年度", "已休（天）"],
        ["向桂珍", worker.id_number, 2024, "=1+1"],
        ["向桂珍", 1.5, 2023, 1],
        ["向桂珍", None, 2022, 1],
    ]
    found = look_at(FACTS, kept(sheets({"休假": rows}), here.cast.officer), by=here.cast.officer)
    assert {(each.row, each.code) for each in found.errors} == {
        (2, "formula_uncalculated"),
        (3, "id_lost_digits"),
        (4, "id_missing"),
    }


def test_months_and_open_ends_in_the_forms_people_write(here):
    worker = make_worker(here)
    rows = [[*WHO, "险种", "起始月", "截止月"], ["向桂珍", worker.id_number, "五险", "2020年5月", "在缴"],
            ["向桂珍", worker.id_number, "养老", date(2018, 3, 12), "2020-04"]]  # fmt: skip
    file = kept(sheets({"社保": rows}), here.cast.officer)
    assert bring_in(FACTS, file, by=here.cast.officer) == 2
    assert set(InsurancePeriod.objects.values_list("kind", "first_month", "last_month")) == {
        ("ALL", date(2020, 5, 1), None), ("PENSION", date(2018, 3, 1), date(2020, 4, 1)),
    }  # fmt: skip


def test_one_fact_twice_is_an_error_unless_both_say_the_same(here):
    worker = make_worker(here)
    first, second = ["向桂珍", worker.id_number, 2024, 3], ["向桂珍", worker.id_number, 2024, 4]
    content = sheets({"休假": [[*WHO, "年度", "已休（天）"], first, first, second]})
    found = look_at(FACTS, kept(content, here.cast.officer), by=here.cast.officer)
    assert [(each.row, each.code) for each in found.errors] == [(4, "fact_double")]
    assert "休假 第 2 行" in found.errors[0].message
    LeaveYear.objects.create(worker=worker, year=2024, taken_days=3)
    found = look_at(FACTS, kept(content, here.cast.officer), by=here.cast.officer)
    assert ([each.row for each in found.errors], found.changed, found.unchanged["leave"]) == ([4], [], 2)


def test_a_place_that_is_registered_twice_is_changed_on_the_page_alone(here):
    worker = make_worker(here)
    for employer in ("甲", "乙"):
        ServicePeriod.objects.create(worker=worker, employer=employer, first_day=date(2012, 1, 1))
    row = ["向桂珍", worker.id_number, "丙", date(2012, 1, 1), None]
    found = look_at(FACTS, kept(sheets({"经历": [PERIOD, row]}), here.cast.officer), by=here.cast.officer)
    assert [each.code for each in found.errors] == ["fact_unclear"]
    assert "登记了 2 条" in found.errors[0].message


# whose, when


def test_after_the_lock_nothing_is_brought_in(here, client):
    worker = make_worker(here)
    content = sheets({"休假": [[*WHO, "年度", "已休（天）"], ["向桂珍", worker.id_number, 2024, 3]]})
    file = kept(content, here.cast.officer)
    lock_roster(here.cleaning, by=here.cast.hr, reason="核对完毕")
    with pytest.raises(AlreadyLocked):
        bring_in(FACTS, file, by=here.cast.officer)
    client.force_login(here.cast.officer)
    url = reverse("staff:facts-check", args=[file.pk])
    assert "已由" in client.post(url, seen(client, url)).content.decode()
    assert not LeaveYear.objects.exists()


def test_people_of_another_unit_are_unknown_and_files_of_another_person_refused(here):
    foreign = Service.objects.create(name="别处", category=here.cleaning.category, unit=here.cast.hr.unit)
    mine, theirs = make_worker(here), make_worker(here, 2, name="熊爱萍", service=foreign)
    masked = ["熊爱萍", mask_id_number(theirs.id_number), 2023, 3]
    rows = [["向桂珍", mine.id_number, 2024, 3], ["熊爱萍", theirs.id_number, 2024, 3], masked]
    content = sheets({"休假": [[*WHO, "年度", "已休（天）"], *rows]})
    found = look_at(FACTS, kept(content, here.cast.officer), by=here.cast.officer)
    assert (found.people, len(found.new), [line.who.name for line in found.unknown]) == (1, 1, ["熊爱萍", "熊爱萍"])
    assert len(look_at(FACTS, kept(content, here.cast.hr), by=here.cast.hr).new) == 3
    with pytest.raises(NotYours):
        bring_in(FACTS, kept(content, here.cast.officer), by=here.cast.hr)
    only = kept(sheets({"休假": [[*WHO, "年度", "已休（天）"], rows[1]]}), here.cast.officer)
    with pytest.raises(NobodyToImport):
        bring_in(FACTS, only, by=here.cast.officer)


def test_a_masked_number_that_fits_two_people_is_nobodys(here):
    one = make_worker(here)
    make_worker(here, 2)
    rows = [[*WHO, "年度", "已休（天）"], [one.name, mask_id_number(one.id_number), 2024, 3]]
    found = look_at(FACTS, kept(sheets({"休假": rows}), here.cast.hr), by=here.cast.hr)
    assert (found.people, len(found.unknown)) == (0, 1)


def queries(act):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        act()
    return len(caught)


def test_the_number_of_queries_does_not_grow_with_the_rows(here):
    counts = []
    Roster.objects.create(service=here.cleaning)
    for many in (2, 12):
        Worker.objects.all().delete()
        for number in range(1, many + 1):
            with_facts(make_worker(here, number))
        content = exported(here, here.cast.hr, True)
        ServicePeriod.objects.filter(last_day=None).delete()
        LeaveYear.objects.update(taken_days=1)
        file = kept(content, here.cast.hr)
        counts.append((
            queries(lambda: exported(here, here.cast.hr, True)),
            queries(lambda file=file: look_at(FACTS, file, by=here.cast.hr)),
            queries(lambda file=file: bring_in(FACTS, file, by=here.cast.hr)),
        ))  # fmt: skip
        assert ServicePeriod.objects.filter(last_day=None).count() == many
        assert set(LeaveYear.objects.values_list("taken_days", flat=True)) == {Decimal("2.5")}
    assert counts[0] == counts[1]
    assert counts[0][1] <= 7


def test_the_reader_in_the_child_process_reads_the_same(here):
    worker = make_worker(here)
    with_facts(worker)
    content = exported(here, here.cast.hr, True)
    assert read_facts(read_book_safely(content, "xlsx"), BOOK, date(2026, 11, 25)).people == {
        (worker.id_number, "向桂珍")
    }


def test_the_pages_are_linked_where_people_look(here, client):
    client.force_login(here.cast.hr)
    assert reverse("staff:facts") in client.get(reverse("staff:workers")).content.decode()
    assert reverse("staff:facts-export") in client.get(reverse("staff:facts")).content.decode()
    assert reverse("staff:facts-export") not in client.get(reverse("staff:payroll")).content.decode()
