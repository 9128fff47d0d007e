"""What pages tell of the past: every act with who, when and why, and no more of a person than the page itself shows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from common.history import newest_entry, record, version_of
from staff_transition.actions import confirmations, payments
from staff_transition.actions.rosters import lock_roster, unlock_roster
from staff_transition.actions.workers import add_fact, change_worker, remove_fact
from staff_transition.history import SHOWN, batch_events, scheme_events, sources_of, timeline
from staff_transition.models import ProtectedCondition, WageMonth, Worker
from staff_transition.tests.fixtures import make_worker
from staff_transition.tests.test_lists import listed


def told(page) -> str:
    return "\n".join(
        f"{each.who} {each.title} {each.about() if callable(each.about) else each.about} {each.changes} {each.reason}" for each in page
    )  # fmt: skip


def change(worker, by, reason="更正", **changes):
    worker.refresh_from_db()
    return change_worker(worker, changes, by=by, reason=reason, revision=worker.revision)


def test_each_number_is_masked_as_its_kind_is_everywhere(worker, college):
    change(worker, college.cast.hr, phone="13912345678", bank_account="6217000346468500001")
    text = told(timeline(worker, college.cast.hr, None))
    assert "'138****1234', '139****5678'" in text
    assert "'**** 9048', '**** 0001'" in text
    assert "6217" not in text


@pytest.mark.parametrize("name", ["leader", "finance", "head"])
def test_health_stays_with_those_who_need_it(worker, college, client, name):
    change(worker, college.cast.hr, reason="确诊矽肺", exit_check_result="DISEASE", is_hazard_post=True)
    change(worker, college.cast.hr, reason="鉴定书到了", disability_grade=5)
    change(worker, college.cast.hr, reason="备注更正", remark="尘肺")
    add_fact(
        ProtectedCondition(worker=worker, kind="OCCUPATIONAL", since=date(2026, 1, 1)),
        by=college.cast.hr,
        reason="诊断证明",
    )
    wage = WageMonth(worker=worker, month=date(2026, 1, 1), basic=Decimal(2000))
    add_fact(wage, by=college.cast.hr, reason="工资表")
    wage.is_abnormal = True
    record(wage, college.cast.hr, "住院", "is_abnormal")
    secrets = ("矽肺", "鉴定书", "尘肺", "诊断证明", "住院", "病假、停工")
    reader = getattr(college.cast, name)
    client.force_login(reader)
    pages = [
        client.get(reverse(page, args=[worker.pk])).content.decode() for page in ("staff:worker", "staff:settlement")
    ]
    for text in (told(timeline(worker, reader, None)), *pages):
        assert not any(secret in text for secret in secrets)
    assert "职业病'" not in told(timeline(worker, reader, None))  # the result of the check before leaving
    text = told(timeline(worker, college.cast.officer, None))
    assert all(secret in text for secret in (*secrets, "职业病'"))


def test_words_about_health_are_sealed_at_rest_and_in_the_history(worker, college, consultation):
    change(worker, college.cast.hr, remark="尘肺")
    condition = ProtectedCondition(worker=worker, kind="OCCUPATIONAL", since=date(2026, 1, 1), evidence="诊断证明")
    add_fact(condition, by=college.cast.hr, reason="登记")
    consultation.refresh_from_db()
    assert consultation.question.startswith("2008 年以前")
    with connection.cursor() as cursor:
        for name, column in (("worker", "remark"), ("protectedcondition", "evidence"), ("consultation", "question")):
            for table in (f"staff_transition_{name}", f"staff_transition_historical{name}"):
                cursor.execute(f"SELECT {column} FROM {table} WHERE {column} <> ''")
                rows = cursor.fetchall()
                assert rows, table
                assert not any(words in row[0] for row in rows for words in ("尘肺", "诊断证明", "2008")), table
    assert listed(college, "needs=protected") == []  # registered
    condition.delete()
    worker.refresh_from_db()
    change(worker, college.cast.hr, remark="住院")
    assert listed(college, "needs=protected") == [worker.name]  # read, not searched
    assert Worker.objects.filter(remark="").count() == 0
    with pytest.raises(TypeError):
        Worker.objects.filter(remark="住院")


def test_locking_results_and_the_workers_word_are_part_of_the_history(settled, college):
    worker, hr = settled.worker, college.cast.hr
    token = confirmations.make_link(worker, "confirm", by=hr)
    link = confirmations.find_link(token, "confirm")
    objection = confirmations.object_to(link, "我有尘肺，入职早了一年", by=AnonymousUser(), address=None)
    confirmations.answer_objection(objection, "已核对", by=hr)
    unlock_roster(college.cleaning, by=hr, reason="补登工资")
    lock_roster(college.cleaning, by=hr, reason="再次核对")
    text = told(timeline(worker, college.cast.officer, None))
    for words in (
        "何静怡 锁定花名册 环卫 () 再次核对", "何静怡 解锁花名册 环卫 () 补登工资", "何静怡 撤回结算 第 1 次，29,573.50 元 () 补登工资",
        "何静怡 锁定结算 第 2 次，29,573.50 元", "生成本人确认链接", "本人 提出异议", "何静怡 答复异议",
    ):  # fmt: skip
        assert words in text, words
    assert "尘肺" not in text


def test_payments_are_told_to_those_who_see_payments(batch, settled, college):
    payments.approve_batch(batch, by=college.cast.finance)
    text = told(timeline(settled.worker, college.cast.finance, None))
    assert "登记付款 向桂珍 29,573.50 元" in text
    assert "付款" not in told(timeline(settled.worker, college.cast.officer, None))
    text = told(batch_events(batch, None))
    assert "罗建平 修改" in text
    assert "('状态', '待复核', '已复核')" in text


def test_a_removed_fact_says_which_one_it_was(worker, college):
    for month, wage in ((1, 2000), (2, 2100)):
        row = WageMonth(worker=worker, month=date(2026, month, 1), basic=Decimal(wage))
        add_fact(row, by=college.cast.hr, reason="工资表")
        remove_fact(row, by=college.cast.hr, reason="录错了", revision=version_of(row))
    text = told(timeline(worker, college.cast.hr, None))
    assert "删除逐月工资 2026-01 2,000.00 元 () 录错了" in text
    assert "删除逐月工资 2026-02 2,100.00 元 () 录错了" in text


def test_a_clock_that_was_fast_does_not_say_what_came_later(worker, college):
    change(worker, college.cast.hr, average_wage=Decimal(2500))
    Worker.history.filter(id=worker.pk).update(history_date=timezone.now() + timedelta(hours=1))
    change(worker, college.cast.officer, average_wage=Decimal(2600))
    assert newest_entry(worker).history_user == college.cast.officer
    assert sources_of(worker)["average"].startswith("周雨桐")


def test_older_events_are_on_further_pages(worker, college, client):
    for number in range(SHOWN + 3):
        change(worker, college.cast.hr, reason=f"第 {number} 次", team=f"{number} 班")
    client.force_login(college.cast.hr)
    url = reverse("staff:worker", args=[worker.pk])
    first, second = client.get(url).content.decode(), client.get(url, {"log": 2}).content.decode()
    assert "?log=2" in first
    assert "第 0 次" not in first
    assert "第 0 次" in second


def test_a_scheme_and_the_rosters_show_who_did_what_and_why(scheme_step, college, client):
    client.force_login(college.cast.leader)
    page = client.get(scheme_step.scheme.get_absolute_url()).content.decode()
    assert "会议决定" in page
    assert "登记方案规则：其余全部 → 协商解除" in page
    assert "采用时间" in told(scheme_events(scheme_step.scheme, None))
    lock_roster(college.cleaning, by=college.cast.hr, reason="核对完毕")
    unlock_roster(college.cleaning, by=college.cast.hr, reason="补一个人")
    page = client.get(reverse("staff:rosters")).content.decode()
    assert "核对完毕" in page
    assert "补一个人" in page


def test_a_batch_of_many_costs_no_more_queries_than_one_of_few(batch, college, client, django_assert_max_num_queries):
    client.force_login(college.cast.finance)
    with django_assert_max_num_queries(41):
        assert "经过" in client.get(batch.get_absolute_url()).content.decode()


def test_the_check_of_a_new_account_stands_in_the_timeline_of_the_worker(settled, college):
    change(settled.worker, college.cast.officer, bank_account="6217000346468500001")
    settled.worker.refresh_from_db()
    payments.check_account(settled.worker, by=college.cast.hr, how="持卡当面核对", revision=settled.worker.revision)
    assert "何静怡 与本人核对银行卡号 **** 0001 () 持卡当面核对" in told(
        timeline(settled.worker, college.cast.hr, None)
    )


def test_a_worker_who_moved_keeps_the_locks_of_the_roster_he_came_from(worker, college):
    other = college.services["绿化"]
    lock_roster(college.cleaning, by=college.cast.hr, reason="环卫已核")
    unlock_roster(college.cleaning, by=college.cast.hr, reason="调人")
    make_worker(college, 2, service=other)
    lock_roster(other, by=college.cast.hr, reason="以前的绿化")
    unlock_roster(other, by=college.cast.hr, reason="再开")
    change(worker, college.cast.hr, service=other)
    lock_roster(other, by=college.cast.hr, reason="绿化已核")
    text = told(timeline(worker, college.cast.hr, None))
    assert "环卫已核" in text
    assert "绿化已核" in text
    assert "以前的绿化" not in text  # before he came
