"""What people may do to workers, dispositions and rosters; each refusal for its own reason, nothing half done."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessRecord, Role
from common.history import version_of
from common.refusals import NotYours, Stale
from staff_transition import permissions
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.rosters import lock_roster, resolve_issue, unlock_roster
from staff_transition.actions.workers import add_fact, change_worker, remove_fact, reveal
from staff_transition.blocking import blocked_among
from staff_transition.errors import (
    AlreadyLocked,
    DispositionDoesNotFit,
    DispositionIsBarred,
    GroundContradicts,
    GroundMissing,
    IdNumberTaken,
    IssueIsResolved,
    NobodySelected,
    NotLocked,
    RosterHasErrors,
    RosterIsEmpty,
    RosterIsUnclassified,
    SelectionChanged,
)
from staff_transition.grounds import CHOSEN_BY_HAND, MEANINGS, fits, ground_of, may_carry, meaning_of
from staff_transition.models import (
    Category,
    Disposition,
    DispositionKind,
    Offer,
    ProtectedCondition,
    Roster,
    ServicePeriod,
    Worker,
)
from staff_transition.papers import AGREEMENT, SIGN_OFF
from staff_transition.rules.grounds import GROUNDS, Ending
from staff_transition.templatetags.staff import short_kind
from staff_transition.tests.fixtures import make_worker, seen

OTHERS = ["head", "finance", "reviewer", "leader", "procurement", "admin", "contractor"]


def lock(college):
    return lock_roster(college.cleaning, by=college.cast.hr, reason="核对完毕")


# one worker


def test_a_change_is_recorded_with_person_and_reason(worker, college):
    changed = change_worker(
        worker,
        {"post": "班长", "monthly_wage": Decimal("2800.00")},
        by=college.cast.officer,
        reason="岗位调整",
        revision=1,
    )
    assert (changed.post, changed.revision) == ("班长", 2)
    entry = worker.history.first()
    assert (entry.history_user, entry.history_change_reason) == (college.cast.officer, "岗位调整")


def test_saving_without_a_change_writes_nothing(worker, college):
    change_worker(worker, {"post": worker.post}, by=college.cast.officer, reason="x", revision=1)
    assert worker.history.count() == 1
    worker.refresh_from_db()
    assert worker.revision == 1


def test_the_later_of_two_saves_is_told(worker, college):
    change_worker(worker, {"post": "班长"}, by=college.cast.hr, reason="x", revision=1)
    with pytest.raises(Stale, match="何静怡"):
        change_worker(worker, {"post": "组长"}, by=college.cast.officer, reason="y", revision=1)
    worker.refresh_from_db()
    assert worker.post == "班长"


@pytest.mark.parametrize("role", OTHERS)
def test_others_do_not_change_a_worker(worker, college, role):
    with pytest.raises(NotYours):
        change_worker(worker, {"post": "班长"}, by=getattr(college.cast, role), reason="x", revision=1)


def test_an_officer_of_another_unit_does_not_change_a_worker(worker, college):
    college.cast.officer.unit = college.cast.hr.unit
    with pytest.raises(NotYours):
        change_worker(worker, {"post": "班长"}, by=college.cast.officer, reason="x", revision=1)


def test_a_locked_roster_refuses_every_change(worker, college):
    lock(college)
    fact = ProtectedCondition(worker=worker, kind="PREGNANCY", since=date(2026, 10, 1))
    for act in (
        lambda: change_worker(worker, {"post": "班长"}, by=college.cast.officer, reason="x", revision=1),
        lambda: add_fact(fact, by=college.cast.hr, reason="x"),
        lambda: set_dispositions([worker.pk], DispositionKind.NEGOTIATED, by=college.cast.officer, last_day=None),
    ):
        with pytest.raises(AlreadyLocked, match="何静怡"):
            act()
    assert not ProtectedCondition.objects.exists()
    assert not Disposition.objects.exists()


def test_a_corrected_number_is_found_by_its_new_index(worker, college):
    change_worker(worker, {"id_number": "420902197708150429"}, by=college.cast.hr, reason="证件号录错", revision=1)
    worker.refresh_from_db()
    from common.fields import blind_index

    assert (worker.id_index, worker.id_tail_index) == (blind_index("420902197708150429"), blind_index("0429"))


def test_two_live_people_never_share_a_number(worker, college):
    other = make_worker(college, 2, name="另一人")
    with pytest.raises(IdNumberTaken, match="向桂珍"):
        change_worker(other, {"id_number": worker.id_number}, by=college.cast.hr, reason="x", revision=1)


@pytest.mark.parametrize(
    "fields",
    [
        {"hired_on": date(1980, 1, 1)},
        {"contract_from": date(2025, 1, 2), "contract_to": date(2025, 1, 1)},
        {"is_open_ended": True, "contract_to": date(2027, 1, 1)},
        {"left_on": date(2016, 3, 14)},
        {"monthly_wage": Decimal("-1.00")},
    ],
)
def test_the_database_keeps_the_promises(college, fields):
    with pytest.raises(IntegrityError):
        make_worker(college, **fields)


def test_the_same_number_twice_alive_is_refused_by_the_database(worker, college):
    with pytest.raises(IntegrityError):
        make_worker(college, name="另一人")


def test_history_holds_no_plain_number(worker):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone, bank_account FROM staff_transition_historicalworker")
        assert worker.id_number not in str(cursor.fetchall())
    assert worker.history.first().id_number == worker.id_number


def test_nobody_is_moved_into_a_service_whose_roster_is_locked(worker, college):
    other = college.services["绿化"]
    make_worker(college, 2, service=other)
    lock_roster(other, by=college.cast.hr, reason="核对完毕")
    with pytest.raises(AlreadyLocked, match="绿化"):
        change_worker(worker, {"service": other}, by=college.cast.hr, reason="调动", revision=worker.revision)
    assert Worker.objects.get(pk=worker.pk).service == college.cleaning


def test_a_number_in_full_is_for_who_needs_it_and_is_written_down(worker, college):
    assert reveal(worker, "id_number", by=college.cast.hr, reason="核对证件") == worker.id_number
    assert reveal(worker, "bank_account", by=college.cast.finance, reason="付款") == worker.bank_account
    records = AccessRecord.objects.order_by("pk")
    assert [(record.user, record.reason) for record in records] == [
        (college.cast.hr, "核对证件"),
        (college.cast.finance, "付款"),
    ]
    assert worker.id_number not in "".join(record.subject for record in records)
    for person, field in (
        (college.cast.finance, "id_number"),
        (college.cast.officer, "id_number"),
        (college.cast.leader, "bank_account"),
    ):
        with pytest.raises(NotYours):
            reveal(worker, field, by=person, reason="x")


class Only:
    """Somebody who holds one role."""

    unit_id = 1

    def __init__(self, role):
        self.role = role

    def has_role(self, *roles):
        return self.role in roles


@pytest.mark.parametrize(
    ("may", "roles"),  # written out: what is no page of its own and is told apart inside one
    [
        (lambda user: permissions.may_reveal(user, "id_number"), {"hr"}),
        (lambda user: permissions.may_reveal(user, "phone"), {"hr"}),
        (lambda user: permissions.may_reveal(user, "bank_account"), {"hr", "finance"}),
        (lambda user: permissions.may_see_health(user, SimpleNamespace(unit_id=1)), {"officer", "hr", "reviewer"}),
        (lambda user: permissions.may_see_health(user, SimpleNamespace(unit_id=2)), {"hr", "reviewer"}),
        (permissions.may_lock, {"hr"}),
        (permissions.may_confirm_adjustment, {"hr"}),
        (permissions.may_choose_policy, {"hr"}),
        (permissions.may_link, {"hr"}),
        (permissions.may_make_payments, {"hr", "finance"}),
        (permissions.may_approve_payments, {"finance"}),
        (lambda user: user.has_role(*AGREEMENT.readers), {"officer", "hr"}),
        (lambda user: user.has_role(*SIGN_OFF.readers), {"hr", "finance"}),
    ],
)
def test_who_may_what_inside_a_page(may, roles):
    assert {role for role in Role.values if may(Only(role))} == roles


def test_a_fact_entered_by_mistake_can_be_taken_back_and_is_still_in_the_history(worker, college):
    fact = add_fact(ServicePeriod(worker=worker, employer="原物业公司", first_day=date(2010, 1, 1), last_day=date(2016, 3, 14)),
                    by=college.cast.hr, reason="工资流水")  # fmt: skip
    remove_fact(fact, by=college.cast.hr, reason="登记错人", revision=version_of(fact))
    assert not ServicePeriod.objects.exists()
    assert [(entry.history_type, entry.history_change_reason) for entry in ServicePeriod.history.all()] == [
        ("-", "登记错人"),
        ("+", "工资流水"),
    ]


# dispositions


def test_a_disposition_means_its_ground(worker, college):
    assert (
        set_dispositions([worker.pk], DispositionKind.NEGOTIATED, by=college.cast.officer, last_day=date(2026, 12, 31))
        == 1
    )
    disposition = Disposition.objects.get()
    assert (disposition.ground, disposition.is_ground_chosen, disposition.set_by) == (
        "NEGOTIATED_EMPLOYER",
        False,
        college.cast.officer,
    )


def test_setting_it_again_changes_only_what_differs(worker, college):
    other = make_worker(college, 2)
    set_dispositions([worker.pk], DispositionKind.NEGOTIATED, by=college.cast.officer, last_day=None)
    assert (
        set_dispositions([worker.pk, other.pk], DispositionKind.NEGOTIATED, by=college.cast.officer, last_day=None) == 1
    )
    assert Disposition.history.count() == 2
    assert set_dispositions([worker.pk, other.pk], DispositionKind.NOFAULT_40_3, by=college.cast.hr, last_day=None) == 2
    assert Disposition.history.filter(history_type="~", history_user=college.cast.hr).count() == 2


def test_a_chosen_ground_is_marked_as_chosen(worker, college):
    set_dispositions(
        [worker.pk],
        DispositionKind.NOFAULT_40_3,
        by=college.cast.hr,
        last_day=None,
        ground="NOFAULT_40_2",
        note="两次考核不合格",
    )
    disposition = Disposition.objects.get()
    assert (disposition.ground, disposition.is_ground_chosen) == ("NOFAULT_40_2", True)


@pytest.mark.parametrize(
    ("kind", "ground"),
    [
        ("TRANSFER_CONTINUOUS", "NEGOTIATED_EMPLOYER"),
        ("NEGOTIATED", "TRANSFER_CONTINUOUS"),
        ("OTHER_END", "TRANSFER_BOUGHT_OUT"),
        ("RETIREMENT", "NOFAULT_40_2"),
        ("MOVED_TO_OTHER_POST", "DEATH_44_3"),
        ("OTHER_END", "UNLAWFUL_87"),
        ("OTHER_END", "NO_SUCH"),
    ],
)
def test_a_ground_that_contradicts_its_disposition_is_refused_whatever_the_way_in(worker, college, kind, ground):
    with pytest.raises(GroundContradicts, match=r"不能以“.+”为法定事由，没有设定"):
        set_dispositions([worker.pk], kind, by=college.cast.hr, last_day=date(2026, 12, 31), ground=ground, note="x")
    assert not Disposition.objects.exists()


def test_a_disposition_that_does_not_fit_the_kind_of_employment_is_refused_for_all(worker, college):
    dispatched = make_worker(college, 2, name="派遣工", category="DISPATCH")
    with pytest.raises(DispositionDoesNotFit, match="派遣工等 1 人"):
        set_dispositions([worker.pk, dispatched.pk], DispositionKind.NEGOTIATED, by=college.cast.officer, last_day=None)
    assert not Disposition.objects.exists()
    with pytest.raises(DispositionDoesNotFit, match="向桂珍"):
        set_dispositions([worker.pk], DispositionKind.RETURNED_TO_AGENCY, by=college.cast.officer, last_day=None)


@pytest.mark.parametrize(
    ("kind", "is_barred"),
    [("NOFAULT_40_3", True), ("EXPIRY", True), ("NEGOTIATED", False), ("TRANSFER_CONTINUOUS", False)],
)
def test_a_protected_person_is_shielded_from_article_40_and_expiry_only(worker, college, kind, is_barred):
    ProtectedCondition.objects.create(worker=worker, kind="PREGNANCY", since=date(2026, 10, 1))
    if is_barred:
        with pytest.raises(DispositionIsBarred, match=r"向桂珍（.*）等 1 人的去向法律不允许，没有设定"):
            set_dispositions([worker.pk], kind, by=college.cast.hr, last_day=date(2026, 12, 31))
    else:
        set_dispositions([worker.pk], kind, by=college.cast.hr, last_day=date(2026, 12, 31))


def test_protection_that_is_over_bars_nothing(worker, college):
    ProtectedCondition.objects.create(
        worker=worker, kind="MEDICAL_PERIOD", since=date(2026, 1, 1), until=date(2026, 12, 30)
    )
    set_dispositions([worker.pk], "NOFAULT_40_3", by=college.cast.hr, last_day=date(2026, 12, 31))


FORBIDDEN = {  # what the facts say, the disposition, the reason given
    "a woman a year too young": (
        {"birth_date": date(1977, 3, 15), "female_category": "female50"}, {"kind": "RETIREMENT"}, "还没有到法定退休年龄"
    ),
    "ten years and expiry": ({"contract_to": date(2026, 12, 31)}, {"kind": "EXPIRY"}, "连续工作满十年"),
    "two terms and expiry": (
        {"hired_on": date(2022, 1, 1), "fixed_terms_count": 2, "contract_to": date(2026, 12, 31)}, {"kind": "EXPIRY"}, "两次固定期限",
    ),
    "no term to expire": ({"hired_on": date(2022, 1, 1), "is_open_ended": True}, {"kind": "EXPIRY"}, "无固定期限合同不会到期"),
    "expired long ago": (
        {"hired_on": date(2022, 1, 1), "contract_to": date(2025, 12, 31)}, {"kind": "EXPIRY"}, "合同到期后仍在工作"
    ),
    "near retirement": (
        {"hired_on": date(2010, 3, 1), "birth_date": date(1979, 3, 15), "female_category": "female50"},
        {"kind": "NOFAULT_40_3"}, "不得用第 40、41 条解除",
    ),
    "a union officer": ({"union_office_until": date(2028, 6, 30)}, {"kind": "NOFAULT_40_3"}, "工会任职期间"),
    "an occupational disease": ({"exit_check_result": "DISEASE"}, {"kind": "NOFAULT_40_3"}, "离岗体检有异常"),
    "grade three": (
        {"disability_grade": 3}, {"kind": "OTHER_END", "ground": "NOFAULT_40_1", "note": "鉴定"}, "一至四级不得解除"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("about", "disposition", "why"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_only_a_changed_fact_cures_is_refused_when_it_is_set_and_at_the_lock(college, about, disposition, why):
    worker = make_worker(college, **about)
    disposition = {"last_day": date(2026, 12, 31)} | disposition
    with pytest.raises(DispositionIsBarred, match=f"向桂珍（{why}.*）等 1 人的去向法律不允许，没有设定。.+"):
        set_dispositions([worker.pk], by=college.cast.hr, **disposition)
    assert not Disposition.objects.exists()
    Disposition.objects.create(  # set before its fact was entered
        worker=worker, set_by=college.cast.hr, set_at=timezone.now(),
        **({"ground": ground_of(disposition["kind"])} | disposition),
    )  # fmt: skip
    with pytest.raises(DispositionIsBarred, match=f"向桂珍（{why}.*没有锁定"):
        lock(college)
    assert not Roster.objects.filter(locked_at__isnull=False).exists()


def test_five_are_named_the_others_counted_and_nobody_is_set(college):
    young = [make_worker(college, number, name=f"员工{number}", female_category="female50") for number in range(1, 8)]
    old = make_worker(college, 9, birth_date=date(1970, 1, 1), female_category="female50")
    keys = [worker.pk for worker in (*young, old)]
    with pytest.raises(DispositionIsBarred) as refusal:
        set_dispositions(keys, "RETIREMENT", by=college.cast.officer, last_day=date(2026, 12, 31))
    assert str(refusal.value).count("还没有到法定退休年龄") == 5
    assert "等 7 人的去向法律不允许，没有设定。" in str(refusal.value)
    assert not Disposition.objects.exists()


def test_a_last_day_left_open_is_judged_as_of_today(college):
    worker = make_worker(college, female_category="female50")
    with pytest.raises(DispositionIsBarred, match="还没有到法定退休年龄"):
        set_dispositions([worker.pk], "RETIREMENT", by=college.cast.officer, last_day=None)


CURABLE = {
    "exit-check": ({"is_hazard_post": True}, {"kind": "NEGOTIATED"}),
    "no-renewal-offer": (
        {"hired_on": date(2022, 1, 1), "contract_to": date(2026, 12, 31)},
        {"kind": "OTHER_END", "ground": "EXPIRY_EMPLOYEE_REFUSED", "note": "口头拒绝"},
    ),
    "refused": ({}, {"kind": "NEGOTIATED"}),
}


@pytest.mark.parametrize(
    ("code", "about", "disposition"), [(code, *each) for code, each in CURABLE.items()], ids=CURABLE
)
def test_what_a_later_step_cures_holds_back_papers_and_money_alone(college, code, about, disposition):
    worker = make_worker(college, **about)
    if code == "refused":
        Offer.objects.create(
            worker=worker,
            kind="AGREED_END",
            offered_on=date(2026, 11, 1),
            answer="REFUSED",
            answered_on=date(2026, 11, 3),
        )
    set_dispositions([worker.pk], by=college.cast.hr, last_day=date(2026, 12, 31), **disposition)
    lock(college)
    assert [flag.code for flag in blocked_among(Worker.objects.filter(pk=worker.pk)).get(worker.pk, ())] == [code]
    other = make_worker(college, 2)
    assert blocked_among(Worker.objects.filter(pk=other.pk)).get(other.pk, ()) == ()


def test_setting_and_asking_take_the_same_queries_for_three_people_and_for_thirty(
    college, django_assert_max_num_queries
):
    for numbers in (range(1, 4), range(4, 31)):
        for number in numbers:
            make_worker(college, number)
        keys = list(Worker.objects.values_list("pk", flat=True))
        with django_assert_max_num_queries(33):
            set_dispositions(keys, "NEGOTIATED", by=college.cast.officer, last_day=date(2027, 3, numbers[0]))
        with django_assert_max_num_queries(16):
            assert blocked_among(Worker.objects.all()) == {}


@pytest.mark.parametrize("role", ["head", "finance", "reviewer", "leader"])
def test_readers_do_not_set_dispositions(worker, college, role):
    with pytest.raises(NotYours):
        set_dispositions([worker.pk], "NEGOTIATED", by=getattr(college.cast, role), last_day=None)


def test_nobody_and_a_changed_selection_are_told(worker, college):
    with pytest.raises(NobodySelected):
        set_dispositions([], "NEGOTIATED", by=college.cast.officer, last_day=None)
    with pytest.raises(NobodySelected):  # not visible is not selected
        set_dispositions([worker.pk], "NEGOTIATED", by=college.cast.contractor, last_day=None)
    with pytest.raises(SelectionChanged, match="2 人，现在符合条件的是 1 人"):
        set_dispositions([worker.pk], "NEGOTIATED", by=college.cast.officer, last_day=None, expected=2)


def test_three_hundred_people_get_three_hundred_history_entries(college):
    workers = [make_worker(college, number, name=f"员工{number}", id_number=f"X{number}") for number in range(300)]
    set_dispositions([worker.pk for worker in workers], "NEGOTIATED", by=college.cast.officer, last_day=None)
    assert Disposition.history.count() == 300
    set_dispositions(
        [worker.pk for worker in workers], "NEGOTIATED", by=college.cast.officer, last_day=None, note="改说明"
    )
    assert Disposition.history.count() == 600


def test_who_moves_to_another_post_has_no_last_day_and_no_leave_is_paid_out(worker, college, client):
    client.force_login(college.cast.officer)
    data = {
        "kind": "MOVED_TO_OTHER_POST",
        "last_day": "2026-12-31",
        "note": "转岗",
        "expected": "1",
    }
    url = f"{reverse('staff:dispositions')}?id={worker.pk}"
    assert client.post(url, data | seen(client, url)).status_code == 302
    disposition = Disposition.objects.get()
    assert (disposition.last_day, disposition.ground) == (None, "MOVED_TO_OTHER_POST")


def test_every_kind_of_disposition_has_a_meaning_and_fits_somebody():
    assert set(MEANINGS) == set(DispositionKind.values)
    for kind in DispositionKind.values:
        assert any(fits(kind, category) for category in Category.values)
        assert MEANINGS[kind].effect.endswith("。")
        assert may_carry(kind, ground_of(kind)) is (kind != "OTHER_END")


def test_of_every_ground_it_is_decided_whether_a_person_may_be_given_it():
    given = {ground for ground in GROUNDS for kind in MEANINGS if may_carry(kind, ground)}
    assert given == {code for code, ground in GROUNDS.items() if ground.ending is not Ending.NOT_GIVEN}
    assert set(CHOSEN_BY_HAND) <= given <= set(GROUNDS)


@pytest.mark.parametrize("kind", sorted(set(MEANINGS) - {"OTHER_END"}))
def test_the_page_cites_the_articles_of_the_ground(kind):
    meaning = MEANINGS[kind]
    for article in GROUNDS[meaning.ground].articles:
        assert article.place in meaning.basis
    assert meaning_of(kind, "") is meaning_of(kind, meaning.ground) is meaning
    chosen = meaning_of("OTHER_END", "RESIGN_37")
    assert (chosen.label, chosen.basis, chosen.effect) == (
        "劳动者辞职",
        "《劳动合同法》第三十七条",
        "劳动者自行辞职，不付。",
    )


# the roster


def test_hr_locks_and_unlocks_with_a_reason(worker, college):
    roster = lock(college)
    assert (roster.is_locked, roster.locked_by) == (True, college.cast.hr)
    with pytest.raises(AlreadyLocked):
        lock(college)
    unlock_roster(college.cleaning, by=college.cast.hr, reason="补一个人")
    assert not Roster.objects.get().is_locked
    with pytest.raises(NotLocked):
        unlock_roster(college.cleaning, by=college.cast.hr, reason="x")
    assert [entry.history_change_reason for entry in roster.history.all()][:2] == ["补一个人", "核对完毕"]


@pytest.mark.parametrize("role", ["officer", *OTHERS])
def test_only_hr_locks(worker, college, role):
    with pytest.raises(NotYours):
        lock_roster(college.cleaning, by=getattr(college.cast, role), reason="x")
    with pytest.raises(NotYours):
        unlock_roster(college.cleaning, by=getattr(college.cast, role), reason="x")


def test_a_roster_with_open_errors_cannot_be_locked(worker, roster_issue, college):
    with pytest.raises(RosterHasErrors, match="还有 1 处待改正"):
        lock(college)
    assert not Roster.objects.filter(locked_at__isnull=False).exists()
    resolve_issue(roster_issue, by=college.cast.officer, reason="此人已离开")
    lock(college)


def test_an_error_without_a_service_holds_back_every_roster_of_its_unit(worker, roster_issue, college):
    type(roster_issue).objects.update(service=None)
    with pytest.raises(RosterHasErrors):
        lock(college)


def test_an_empty_or_unclassified_roster_cannot_be_locked(college):
    with pytest.raises(RosterIsEmpty):
        lock(college)
    make_worker(college, category="")
    with pytest.raises(RosterIsUnclassified, match="还有 1 人"):
        lock(college)


def test_an_issue_is_resolved_once_by_who_may(roster_issue, college):
    with pytest.raises(NotYours):
        resolve_issue(roster_issue, by=college.cast.leader, reason="x")
    resolve_issue(roster_issue, by=college.cast.hr, reason="不是本校人员")
    with pytest.raises(IssueIsResolved, match="何静怡"):
        resolve_issue(roster_issue, by=college.cast.hr, reason="x")


def test_protection_holds_on_its_first_and_last_day(worker):
    today = timezone.localdate()
    ProtectedCondition.objects.create(worker=worker, kind="NURSING", since=today, until=today)
    assert list(Worker.objects.protected_on(today)) == [worker]
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        assert not Worker.objects.protected_on(day).exists()


@pytest.mark.parametrize(
    ("role", "count"),
    [
        ("officer", 1),
        ("head", 1),
        ("hr", 2),
        ("finance", 2),
        ("reviewer", 2),
        ("leader", 2),
        ("procurement", 0),
        ("admin", 0),
        ("contractor", 0),
    ],
)
def test_who_sees_which_workers(worker, college, role, count):
    from accounts.models import Unit
    from programme.models import Service

    other = Service.objects.create(
        name="保安", category=college.cleaning.category, unit=Unit.objects.create(name="保卫处")
    )
    make_worker(college, 2, service=other)
    assert Worker.objects.visible_to(getattr(college.cast, role)).count() == count


@pytest.mark.parametrize(
    ("ground", "owes"),
    [("DEATH_44_3", False), ("FORCED_RESIGNATION_38_WAGE", True), ("RESIGN_37", False), ("LAYOFF_41", True)],
)
def test_every_ground_of_the_law_can_be_given_by_hand(college, worker, client, ground, owes):
    client.force_login(college.cast.officer)
    url = f"{reverse('staff:dispositions')}?id={worker.pk}&from=worker"
    form = {"kind": "OTHER_END", "last_day": "2026-12-31", "ground": "", "note": "", "expected": "1"}
    assert "请选法定事由" in client.post(url, form).content.decode()
    assert client.post(url, form | {"ground": ground, "note": "依据某某文件"} | seen(client, url)).status_code == 302
    disposition = Disposition.objects.get()
    assert (disposition.kind, disposition.ground, disposition.is_ground_chosen) == ("OTHER_END", ground, True)
    page = client.get(reverse("staff:settlement", args=[worker.pk])).content.decode()
    assert ("应付" in page) or not owes
    own = client.get(worker.get_absolute_url()).content.decode()
    assert f"<dt>去向</dt><dd>{short_kind(GROUNDS[ground].label)}</dd>" in own  # not “其他解除或终止”


def test_another_ground_does_not_go_round_the_protection(college, worker):
    ProtectedCondition.objects.create(worker=worker, kind="PREGNANCY", since=timezone.localdate() - timedelta(days=3))
    with pytest.raises(DispositionIsBarred):
        set_dispositions([worker.pk], "OTHER_END", by=college.cast.officer, last_day=None, ground="LAYOFF_41", note="x")
    with pytest.raises(GroundMissing):
        set_dispositions([worker.pk], "OTHER_END", by=college.cast.officer, last_day=None)
