"""Services, the board, evidence and measures."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from common.refusals import NotYours, Stale
from programme.actions import evidence as evidence_actions
from programme.actions import services as actions
from programme.board import lanes, scope_summaries
from programme.errors import InUse, MeasureIsClosed, NotANeighbour
from programme.models import CostItem, Evidence, Measure, ScopeItem, Service, Stage


def form(service, **changes):
    """What the browser sends for a service with one scope row and one cost row."""
    management = {
        f"{prefix}-{name}": value
        for prefix in ("scope", "cost")
        for name, value in (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0), ("MAX_NUM_FORMS", 1000))
    }
    return management | {
        "name": "校园环境卫生", "category": service.category_id, "mode": "self_run", "revision": service.revision,
        "scope-0-content": "绿地保洁", "scope-0-campus": service.scope_items.first().campus_id, "scope-0-quantity": "921.5",
        "scope-0-unit": "平方米", "cost-0-year": "2025", "cost-0-kind": "wages", "cost-0-amount": "12.5万", "cost-0-source": "决算",
    } | changes  # fmt: skip


def test_a_service_is_saved_with_its_rows_in_one_go(college, client):
    client.force_login(college.cast.officer)
    response = client.post(reverse("programme:service-edit", args=[college.cleaning.pk]), form(college.cleaning))
    assert response.status_code == 302
    college.cleaning.refresh_from_db()
    assert (college.cleaning.name, college.cleaning.revision) == ("校园环境卫生", 2)
    assert college.cleaning.scope_items.get(content="绿地保洁").quantity == Decimal("921.50")
    assert college.cleaning.cost_items.get().amount == Decimal("125000.00")
    assert college.cleaning.history.first().history_user == college.cast.officer


def test_a_wrong_row_is_said_at_its_cell_and_nothing_is_written(college, client):
    client.force_login(college.cast.officer)
    sent = form(college.cleaning, **{"cost-0-amount": "十二万", "scope-0-quantity": "0"})
    page = client.post(reverse("programme:service-edit", args=[college.cleaning.pk]), sent).content.decode()
    assert "“十二万”不是金额" in page
    assert "数量要大于 0" in page
    assert 'value="绿地保洁"' in page
    assert not CostItem.objects.exists()
    assert ScopeItem.objects.count() == 1


def test_the_later_of_two_saves_is_told_and_keeps_its_text(college, client):
    client.force_login(college.cast.officer)
    url = reverse("programme:service-edit", args=[college.cleaning.pk])
    sent = form(college.cleaning)
    client.post(url, sent)
    page = client.post(url, sent | {"note": "第二个标签页写的"}).content.decode()
    assert "周雨桐在" in page
    assert "第二个标签页写的" in page
    assert Service.objects.get(pk=college.cleaning.pk).note == ""


def test_saving_without_the_right_revision_is_refused_by_the_action(college):
    with pytest.raises(Stale):
        actions.save_service(college.cleaning, [], by=college.cast.officer, reason="x", revision=7)


def test_an_officer_of_another_unit_finds_no_service(college, client):
    stranger = college.cast.officer
    stranger.unit = None
    stranger.save()
    client.force_login(stranger)
    assert client.get(college.cleaning.get_absolute_url()).status_code == 404
    with pytest.raises(NotYours):
        actions.save_service(college.cleaning, [], by=stranger, reason="x", revision=1)


def test_by_hand_a_stage_moves_one_step_and_by_the_rooms_above_any(college):
    cast, service = college.cast, college.cleaning
    with pytest.raises(NotANeighbour, match="不能直接改为“采购”"):
        actions.move_stage(service, Stage.PROCUREMENT, by=cast.officer, reason="x", is_by_hand=True)
    actions.move_stage(service, Stage.PLANNING, by=cast.officer, reason="开始起草", is_by_hand=True)
    actions.move_stage(service, Stage.PROCUREMENT, by=cast.leader, reason="方案通过")
    service.refresh_from_db()
    assert service.stage == Stage.PROCUREMENT
    assert service.history.first().history_change_reason == "方案通过"
    with pytest.raises(NotYours):
        actions.move_stage(service, Stage.TRANSITION, by=cast.leader, reason="x", is_by_hand=True)


def test_a_service_with_people_is_not_deleted(college, worker):
    with pytest.raises(InUse, match="已有外聘员工"):
        actions.remove_service(college.cleaning, by=college.cast.officer, reason="登记错了")
    actions.remove_service(college.services["绿化"], by=college.cast.officer, reason="登记错了")
    assert not Service.objects.filter(name="绿化").exists()


def test_the_board_has_all_stages_and_sums_what_is_known(college):
    CostItem.objects.create(service=college.cleaning, year=2025, kind="wages", amount=Decimal(100))
    CostItem.objects.create(service=college.cleaning, year=2024, kind="wages", amount=Decimal(900))
    CostItem.objects.create(service=college.services["绿化"], year=2024, kind="wages", amount=Decimal(30))
    CostItem.objects.create(service=college.services["绿化"], year=2024, kind="materials", amount=Decimal(4))
    found = lanes(Service.objects.with_cost().select_related("category"), date(2026, 11, 25))
    assert [lane.stage for lane in found] == list(Stage)
    costs = {card.service.name: card.service.yearly_cost for card in found[0].cards}
    assert (costs["环卫"], costs["绿化"], costs["物业"]) == (100, 34, None)  # the newest year of each
    assert found[0].cost == Decimal(134)
    assert found[1].cost is None


def test_a_scope_is_summed_by_its_largest_unit(college):
    for campus in college.campuses[1:]:
        ScopeItem.objects.create(service=college.cleaning, campus=campus, content="清扫", quantity=69675, unit="平方米")
    assert scope_summaries([college.cleaning.pk]) == {college.cleaning.pk: "五校区 27.88 万平方米"}


def test_the_board_costs_the_same_queries_for_many_services(college, client, django_assert_max_num_queries, measure):
    client.force_login(college.cast.officer)
    url = reverse("programme:board")
    with django_assert_max_num_queries(40) as few:
        assert "整改：加盖雨棚" in client.get(url).content.decode()
    Service.objects.bulk_create(
        Service(name=f"项目{number}", category=college.cleaning.category, unit=college.cast.logistics)
        for number in range(300)
    )
    with django_assert_max_num_queries(len(few)):
        client.get(url)
    with django_assert_max_num_queries(len(few)):
        assert "下一页" in client.get(reverse("programme:services")).content.decode()


def test_the_list_leaves_as_a_workbook(college, client):
    from openpyxl import load_workbook

    client.force_login(college.cast.officer)
    response = client.get(reverse("programme:services"), {"file": 1})
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert rows[0][0] == "名称"
    assert len(rows) == 6


SURVEY = {
    "kind": "survey",
    "title": "问卷",
    "held_from": "2026-10-12",
    "sent": "150",
    "returned": "150",
    "valid": "148",
}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"valid": "151"}, "有效 ≤ 收回 ≤ 发放"),
        ({"returned": ""}, "问卷要填收回数"),
        ({"held_to": "2026-10-01"}, "结束日期早于开始日期"),
        ({"kind": "petition", "received": "5", "settled": "6"}, "办结件数不能多于收到件数"),
    ],
)
def test_counts_that_cannot_be_are_said(college, client, changes, said):
    client.force_login(college.cast.officer)
    page = client.post(reverse("programme:evidence-add"), SURVEY | changes).content.decode()
    assert said in page
    assert not Evidence.objects.exists()


def test_the_database_keeps_the_counts_too(college):
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(
            unit=college.cast.logistics, kind="survey", title="x", held_from=date(2026, 1, 1), sent=1, returned=2
        )


def test_a_paper_is_judged_by_its_content_and_comes_back_whole(college, client):
    client.force_login(college.cast.officer)
    bad = io.BytesIO(b"<svg onload='x'>")
    bad.name = "../../photo.png"
    page = client.post(reverse("programme:evidence-add"), SURVEY | {"upload": bad}).content.decode()
    assert "不是可以上传的文件" in page
    good = io.BytesIO(b"%PDF-1.7 minutes")
    good.name = "../座谈记录.pdf"
    client.post(reverse("programme:evidence-add"), SURVEY | {"upload": good, "services": [college.cleaning.pk]})
    paper = Evidence.objects.get().files.get()
    assert paper.file.name == "座谈记录.pdf"
    response = client.get(reverse("programme:evidence-file", args=[paper.pk]))
    assert response.content == b"%PDF-1.7 minutes"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_counts_that_a_kind_does_not_have_are_dropped(college, client):
    client.force_login(college.cast.officer)
    client.post(reverse("programme:evidence-add"), SURVEY | {"kind": "forum", "participants": "30"})
    assert Evidence.objects.get().counts == "人数 30"


def test_the_person_responsible_closes_a_measure_once(measure, college):
    today = timezone.localdate()
    with pytest.raises(NotYours):
        evidence_actions.close_measure(measure, "done", by=college.cast.hr, result="x", today=today)
    evidence_actions.close_measure(measure, "done", by=college.cast.officer, result="雨棚已装", today=today)
    with pytest.raises(MeasureIsClosed):
        evidence_actions.close_measure(measure, "dropped", by=college.cast.officer, result="x", today=today)
    assert Measure.objects.get().done_on == today


def test_a_measure_needs_somebody(college, client, measure):
    client.force_login(college.cast.officer)
    url = reverse("programme:measure-add", args=[measure.finding_id])
    page = client.post(url, {"text": "修", "due_on": "2026-12-01"}).content.decode()
    assert "请选一位责任人" in page
    assert client.post(url, {"text": "修", "due_on": "2026-12-01", "owner_name": "王师盛"}).status_code == 302


def test_a_campus_gets_its_district(college, client):
    client.force_login(college.cast.admin)
    client.post(reverse("programme:campuses"), {"name": "北校区", "district": "孝感市云梦县", "order": "9"})
    assert "孝感市云梦县" in client.get(reverse("programme:campuses")).content.decode()
