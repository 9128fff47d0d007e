"""Submitting and deciding, as the database decides it; the inbox and the decision page."""

import json
import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from approvals import actions
from approvals.actions import Decision
from approvals.errors import (
    AlreadyDecided,
    AlreadyRunning,
    MeetingRequired,
    Moved,
    NoSuchStep,
    NotYourStep,
    OpinionRequired,
    OwnDraft,
)  # fmt: skip
from approvals.models import Act, Flow, Route, Seat
from approvals.routes import applicable, due_on
from approvals.tests.fixtures import DIGEST, NotLockedYet
from approvals.views import grouped
from common.refusals import NotYours
from conftest import add_person
from law.book import ParameterBook, Row
from law.calendar import WorkCalendar

TOKEN = "00000000-0000-4000-8000-000000000000"
APPROVE = Decision("approve", "", DIGEST)


def decide(flow, by, kind="approve", opinion="", **more):
    flow.refresh_from_db()
    return actions.decide(flow, Decision(kind, opinion, DIGEST, **more), by=by)


def test_each_office_in_turn_and_the_subject_is_told_at_the_end(flow, cast, subject):
    decide(flow, cast.head)
    decide(flow, cast.hr)
    assert subject.ends == []
    act = decide(flow, cast.leader, opinion="同意，尽快实施。")
    flow.refresh_from_db()
    assert (flow.status, flow.step, subject.ends) == ("approved", "", ["approved"])
    assert [each.opinion for each in flow.acts.all()] == ["同意。", "同意。", "同意，尽快实施。"]
    assert act.previous_hash == flow.acts.get(sequence=2).hash


def test_the_wrong_office_is_told_whose_turn_it_is(flow, cast):
    with pytest.raises(NotYourStep, match="现在是“后勤处”环节"):
        decide(flow, cast.hr)
    assert not Act.objects.exists()


def test_the_head_of_another_unit_has_no_seat(flow, cast):
    stranger = add_person("other", "别处长", cast.hr.unit, Role.LOGISTICS_HEAD)
    with pytest.raises(NotYourStep):
        decide(flow, stranger)


def test_nobody_approves_the_own_draft_even_in_the_right_role(flow, cast):
    cast.officer.role_holdings.create(role=Role.LOGISTICS_HEAD)
    with pytest.raises(OwnDraft):
        decide(flow, type(cast.officer).objects.get(pk=cast.officer.pk))


def test_a_guard_keeps_the_step_until_its_condition_holds(flow, cast, subject):
    decide(flow, cast.head)
    subject.refuses = True
    with pytest.raises(NotLockedYet):
        decide(flow, cast.hr)
    decide(flow, cast.hr, "return", "先锁定花名册")  # sending back needs no lock
    assert subject.ends == ["returned"]


@pytest.mark.parametrize("kind", ["return", "reject"])
def test_returning_and_rejecting_need_an_opinion(flow, cast, kind):
    with pytest.raises(OpinionRequired):
        decide(flow, cast.head, kind, "  ")


def test_a_reservation_needs_words_and_stands_out(flow, cast, client):
    with pytest.raises(OpinionRequired, match="保留意见"):
        decide(flow, cast.head, has_reservation=True)
    decide(flow, cast.head, opinion="3 人不得用第四十条", has_reservation=True)
    client.force_login(cast.hr)
    page = client.get(flow.get_absolute_url()).content.decode()
    assert "1 条保留意见" in page
    assert "3 人不得用第四十条" in page


def test_a_signature_refers_to_the_version_seen(flow, cast):
    with pytest.raises(Moved):
        actions.decide(flow, replace(APPROVE, seen_digest="b" * 64), by=cast.head)


def test_a_return_to_an_earlier_step_opens_fresh_seats_and_keeps_old_opinions(flow, cast):
    decide(flow, cast.head)
    decide(flow, cast.hr)
    with pytest.raises(NoSuchStep):
        decide(flow, cast.leader, "return", "x", to="leader")
    decide(flow, cast.leader, "return", "金额再核", to="head")
    flow.refresh_from_db()
    assert (flow.step, flow.round, flow.status) == ("head", 2, "running")
    decide(flow, cast.head)
    assert flow.acts.filter(step="head").count() == 2
    assert Flow.objects.waiting_for(cast.hr).exists()
    assert not Flow.objects.waiting_for(cast.head).exists()


def test_the_drafter_alone_withdraws_and_only_while_it_runs(flow, cast, subject):
    with pytest.raises(NotYours):
        actions.withdraw(flow, by=cast.head, reason="x")
    actions.withdraw(flow, by=cast.officer, reason="补充材料")
    with pytest.raises(AlreadyDecided):
        decide(flow, cast.head)
    with pytest.raises(AlreadyDecided):
        actions.withdraw(flow, by=cast.officer, reason="x")
    assert subject.ends == ["withdrawn"]


def again(cast, version=2):
    return actions.submit(
        "test", cast.logistics.pk, by=cast.officer, version=version, digest=DIGEST, title="方案", amount=None
    )


def test_one_subject_is_under_way_once(flow, cast):
    with pytest.raises(AlreadyRunning):
        again(cast)
    decide(flow, cast.head, "return", "改")
    assert again(cast).round == 1


def test_the_same_click_twice_is_one_act(flow, cast):
    first = actions.decide(flow, APPROVE, by=cast.head)
    assert actions.decide(flow, APPROVE, by=cast.head) == first
    assert Act.objects.count() == 1


def test_the_late_one_is_told_who_did_what(flow, cast):
    other = add_person("deputy", "孙副处长", cast.logistics, Role.LOGISTICS_HEAD)
    page = actions.place(flow)
    decide(flow, cast.head)
    with pytest.raises(AlreadyDecided, match="郑国安已在"):
        decide(flow, other, seen_step=page)


def test_a_meeting_step_asks_for_the_meeting(flow, cast):
    flow.steps[0]["is_meeting"] = True
    flow.save(update_fields=["steps"])
    with pytest.raises(MeetingRequired):
        decide(flow, cast.head, meeting={"name": "校长办公会"})
    act = decide(
        flow, cast.head, meeting={"name": "校长办公会", "held_on": "2026-12-02", "minutes": "校办〔2026〕12号"}
    )
    assert act.meeting["minutes"] == "校办〔2026〕12号"


def test_the_page_of_a_meeting_step_calls_its_fields_required_for_consent_alone(flow, cast, client):
    flow.steps[0]["is_meeting"] = True
    flow.save(update_fields=["steps"])
    client.force_login(cast.head)
    page = client.get(flow.get_absolute_url()).content.decode()
    assert "会议名称 <span" not in page  # the word 选填 beside it
    sent = {"seen_digest": DIGEST, "seen_step": "1:head", "token": TOKEN}
    page = client.post(
        flow.get_absolute_url(), sent | {"kind": "approve", "meeting_name": "校长办公会"}
    ).content.decode()
    assert "同意要写会议日期" in page
    assert not Act.objects.exists()
    client.post(flow.get_absolute_url(), sent | {"kind": "return", "opinion": "先补纪要"})
    assert Act.objects.get().kind == "return"


def test_who_comes_late_is_not_sent_to_refresh_the_opinion_away(flow, cast, client):
    decide(flow, cast.head, kind="approve")
    client.force_login(cast.head)
    sent = {
        "seen_digest": DIGEST,
        "seen_step": "1:head",
        "token": TOKEN,
        "kind": "approve",
        "opinion": "写了很久的意见",
    }
    page = client.post(flow.get_absolute_url(), sent).content.decode()
    assert "这一步已经办过" in page
    assert "写了很久的意见" in page
    assert "要用的请先复制" in page
    assert "请刷新" not in page


@pytest.mark.django_db(transaction=True)
def test_two_hands_at_once_make_one_decision(subject, cast):
    other = add_person("deputy", "孙副处长", cast.logistics, Role.LOGISTICS_HEAD)
    flow = again(cast, 1)
    ready, outcomes = threading.Barrier(4), []

    def act(person, token):
        ready.wait()
        try:
            actions.decide(
                Flow.objects.get(pk=flow.pk), Decision("approve", "", DIGEST, "1:head", token=token), by=person
            )
            outcomes.append("done")
        except (AlreadyDecided, NotYourStep) as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connections.close_all()

    people = [(cast.head, "1"), (cast.head, "2"), (other, "3"), (other, "4")]
    threads = [threading.Thread(target=act, args=pair) for pair in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("done") == 1
    assert Act.objects.count() == 1
    assert Flow.objects.get().step == "hr"


def test_an_opinion_cannot_be_changed_in_the_database(flow, cast):
    act = decide(flow, cast.head)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Act.objects.filter(pk=act.pk).update(opinion="改成别的")
    act.refresh_from_db()
    assert act.opinion == "同意。"


def verify(capsys):
    code = 0
    try:
        call_command("verify_journal", "--json")
    except SystemExit as exit_:
        code = exit_.code
    return code, json.loads(capsys.readouterr().out)


def test_the_journal_shows_a_state_that_was_set_by_hand(flow, cast, capsys):
    decide(flow, cast.head)
    assert verify(capsys) == (0, {"flows": 1, "faults": []})
    Flow.objects.filter(pk=flow.pk).update(status="approved")
    code, report = verify(capsys)
    assert code == 1
    assert report["faults"][0]["what"] == "状态与意见记录不一致"


def test_the_journal_shows_an_act_that_was_changed(flow, cast, capsys):
    decide(flow, cast.head)
    if connection.vendor != "sqlite":
        pytest.skip("the trigger of PostgreSQL cannot be dropped inside a test's transaction")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER approvals_act_append_only")
        cursor.execute("UPDATE approvals_act SET opinion = 'x'")
    assert "第 1 条意见被改过" in [fault["what"] for fault in verify(capsys)[1]["faults"]]


# routes


def test_a_step_over_a_threshold_applies_above_it_or_when_the_threshold_is_unknown():
    steps = [{"key": "party", "label": "党委会", "over": "college_major_amount"}]
    today = date(2026, 11, 25)
    book = ParameterBook([Row("college_major_amount", "", Decimal(4_000_000), "元", None, None, "党委〔2024〕3号")])
    assert applicable(steps, Decimal(3_999_999), book, today) == []
    assert "4,000,000" in applicable(steps, Decimal(4_000_000), book, today)[0]["why"]
    assert "还没有录入" in applicable(steps, Decimal(1), ParameterBook([]), today)[0]["why"]


def test_deadlines_count_working_days_and_fall_back_to_weekdays():
    holiday = WorkCalendar.of([(date(2026, 10, 1), False), (date(2026, 10, 2), False)])
    assert due_on(date(2026, 9, 30), 1, holiday) == date(2026, 10, 5)
    assert due_on(date(2031, 1, 3), 1, holiday) == date(2031, 1, 6)  # a Friday, no calendar yet


def test_the_default_route_is_there_and_a_second_seed_adds_none(db):
    from approvals.routes import seed

    seed()
    assert [step["label"] for step in Route.objects.get(kind="plan").steps][-1] == "党委会"


# pages


def test_the_inbox_groups_by_deadline():
    wednesday = date(2026, 11, 25)
    flows = [
        Flow(title=str(day), due_on=day) for day in (date(2026, 11, 24), date(2026, 11, 29), date(2026, 11, 30), None)
    ]
    assert [name for name, _ in grouped(flows, wednesday)] == ["已过期限", "本周内", "下周", "以后"]


def test_two_taps_approve(flow, cast, client):
    client.force_login(cast.head)
    inbox = client.get(reverse("approvals:inbox")).content.decode()
    assert "校园环境卫生外包方案（V1）" in inbox
    page = client.get(flow.get_absolute_url())
    form = page.context["form"]
    sent = {name: form.initial[name] for name in ("seen_digest", "seen_step", "token")} | {
        "kind": "approve",
        "opinion": "",
    }
    assert client.post(flow.get_absolute_url(), sent).url == reverse("approvals:inbox")
    done = client.get(reverse("approvals:inbox"), {"box": "done"}).content.decode()
    assert "校园环境卫生外包方案" in done
    assert client.post(flow.get_absolute_url(), sent).url == reverse("approvals:inbox")  # the same click once more
    assert Act.objects.count() == 1


def test_what_was_typed_survives_a_refusal(flow, cast, client):
    client.force_login(cast.hr)
    decide(flow, cast.head)
    sent = {
        "kind": "return",
        "opinion": "人数对不上",
        "seen_digest": "c" * 64,
        "seen_step": "1:hr",
        "token": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
    }
    page = client.post(flow.get_absolute_url(), sent).content.decode()
    assert "您看的是旧版本" in page
    assert "人数对不上" in page


def test_a_flow_is_not_found_by_those_it_does_not_concern(flow, cast, client):
    client.force_login(cast.procurement)
    assert client.get(flow.get_absolute_url()).status_code == 404
    client.force_login(cast.reviewer)
    assert client.get(flow.get_absolute_url()).status_code == 200


def test_copies_are_read_along(subject, cast, client):
    flow = actions.submit(
        "test",
        cast.logistics.pk,
        by=cast.officer,
        version=1,
        digest=DIGEST,
        title="方案",
        amount=None,
        copies=[cast.procurement],
    )
    client.force_login(cast.procurement)
    assert "方案（V1）" in client.get(reverse("approvals:inbox"), {"box": "copied"}).content.decode()
    assert client.get(flow.get_absolute_url()).status_code == 200


def test_the_sheet_prints_every_opinion(flow, cast, client):
    decide(flow, cast.head, opinion="同意上报。")
    client.force_login(cast.officer)
    page = client.get(reverse("approvals:sheet", args=[flow.pk])).content.decode()
    assert "同意上报。" in page
    assert "肆佰陆拾万捌仟元整" in page


def test_the_inbox_costs_the_same_queries_for_many(subject, cast, client, django_assert_max_num_queries):
    client.force_login(cast.head)
    again(cast, 1)
    with django_assert_max_num_queries(40) as few:
        client.get(reverse("approvals:inbox"))
    now = timezone.now()
    flows = Flow.objects.bulk_create(
        Flow(kind="test", object_id=1000 + n, title="方案", version=1, digest=DIGEST, steps=[], drafter=cast.officer,
             submitted_at=now, arrived_at=now, step="head", amount=1)
        for n in range(120)
    )  # fmt: skip
    Seat.objects.bulk_create(
        Seat(flow=each, round=1, step="head", index=0, role=Role.LOGISTICS_HEAD, unit=cast.logistics) for each in flows
    )
    with django_assert_max_num_queries(len(few)):
        assert "下一页" in client.get(reverse("approvals:inbox")).content.decode()


def sent_from(client, address, **words):
    """The page's own hidden fields and what the person pressed and wrote."""
    form = client.get(address).context["form"]
    return {name: form.initial[name] for name in ("seen_digest", "seen_step", "token")} | {"opinion": "同意。"} | words


@pytest.mark.parametrize("kind", [None, "", "reject", "withdraw"])
def test_the_decision_page_decides_nothing_without_one_of_its_buttons(flow, cast, client, kind):
    client.force_login(cast.head)
    address = flow.get_absolute_url()
    sent = sent_from(client, address) | ({} if kind is None else {"kind": kind})
    page = client.post(address, sent).content.decode()
    assert "没有提交：请按“同意”或“退回”" in page
    assert page.index("<button hidden") < page.index('name="kind"')  # what Enter presses where no script runs
    assert not Act.objects.exists()


def test_a_rejection_has_a_page_of_its_own_and_needs_its_button_and_a_reason(flow, cast, client):
    flow.steps[0]["is_meeting"] = True
    flow.save(update_fields=["steps"])
    client.force_login(cast.head)
    address = reverse("approvals:reject", args=[flow.pk])
    assert address in client.get(flow.get_absolute_url()).content.decode()
    page = client.post(address, sent_from(client, address)).content.decode()
    assert "没有提交" in page
    assert f"<b>{flow}</b>" in page  # a phone shows no crumbs
    assert "没有提交" in client.post(address, sent_from(client, address, kind="approve")).content.decode()
    page = client.post(address, sent_from(client, address, kind="reject", opinion="")).content.decode()
    assert "不同意要写明意见" in page
    assert not Act.objects.exists()
    minutes = {"meeting_name": "校长办公会", "meeting_held_on": "2026-11-27", "meeting_minutes": "校办〔2026〕12号"}
    said = sent_from(client, address, kind="reject", opinion="今年不做", **minutes)
    assert client.post(address, said).url == reverse("approvals:inbox")
    act = Act.objects.get()
    assert (act.kind, act.opinion, act.meeting["minutes"]) == ("reject", "今年不做", "校办〔2026〕12号")
    assert "现在不由您办理" in client.get(address).content.decode()


def test_a_lost_answer_is_repeated_before_the_next_step_of_the_same_person_asks_for_its_meeting(flow, cast, client):
    flow.steps[1] |= {"role": Role.LOGISTICS_HEAD, "own_unit": True, "is_meeting": True, "guard": ""}
    flow.save(update_fields=["steps"])
    client.force_login(cast.head)
    address = flow.get_absolute_url()
    sent = sent_from(client, address, kind="approve")
    for _ in range(2):  # the answer to the first was lost
        assert client.post(address, sent).url == reverse("approvals:inbox")
    minutes = {"meeting_name": "校长办公会", "meeting_held_on": "2026-11-27", "meeting_minutes": "校办〔2026〕12号"}
    page = client.post(address, sent | minutes).content.decode()
    assert "这一步已经办过" in page  # other words are never swallowed under the old token
    assert "这一步已经办过" in client.post(address, sent | {"opinion": "再加一句"}).content.decode()
    assert 'name="meeting_minutes"' not in page  # it is the form of the step that was seen
    assert Act.objects.count() == 1
    assert client.post(address, sent_from(client, address, kind="approve", **minutes)).status_code == 302
    assert Act.objects.get(sequence=2).meeting["minutes"] == "校办〔2026〕12号"
