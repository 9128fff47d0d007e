"""Schemes side by side: who a rule takes, what a date costs, what the law asks for when; adopting; the checklist."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import College
from common.forms import UNSEEN
from common.history import newest_entry, version_of
from common.refusals import NotYours
from law.articles.labour_contract import LCL_41, LCL_43
from law.articles.regulations import UNION_HB_25_2
from law.models import Parameter
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.rosters import doubts_before_lock, lock_roster
from staff_transition.actions.schemes import (
    adopt_scheme,
    adoption_of,
    copy_scheme,
    save_scheme,
    save_step,
    set_budget,
    withdraw_scheme,
)
from staff_transition.actions.workers import change_worker
from staff_transition.curve_chart import chart_of
from staff_transition.errors import (
    AdoptionMoved,
    AlreadyLocked,
    DayInFuture,
    DispositionIsBarred,
    SchemeIsEmpty,
    SchemeIsOver,
    SchemeLeavesPeople,
)
from staff_transition.facts import Setting, people
from staff_transition.figures import settlement_of, staff_figures
from staff_transition.models import (
    Disposition,
    PolicyChoice,
    ProtectedCondition,
    SchemeRule,
    SchemeStep,
    TransitionScheme,
    Worker,
)
from staff_transition.papers.facts import SchemeFacts
from staff_transition.papers.scheme import scheme_paper
from staff_transition.registrations import board_lines
from staff_transition.rules.flags import blocks
from staff_transition.rules.person import PersonFacts, Segment
from staff_transition.rules.policy import SWITCHES, Policy
from staff_transition.rules.procedure import duties, earliest_last_day
from staff_transition.rules.scheme import Situation, cheapest, is_mass, most_together, scheme_flags, steps
from staff_transition.scenarios import Bench, outcomes
from staff_transition.takeover import takeover_of
from staff_transition.tests.files import PEOPLE
from staff_transition.tests.fixtures import make_worker, seen
from staff_transition.tests.test_imports import imported

T = date(2027, 3, 31)
days = st.dates(date(1990, 1, 1), date(2026, 1, 1))


@pytest.fixture
def here(college):
    College.objects.update_or_create(pk=1, defaults={"name": "测试学院", "province": "湖北省"})
    Parameter.objects.create(
        key="min_wage_monthly", place="孝感市孝南区", value=Decimal(1970), since=date(2025, 12, 1), source="鄂政办发〔2025〕44号"
    )  # fmt: skip
    return college


def scheme_of(here, name, *rules, last_day=T, **more):
    made = TransitionScheme(service=here.cleaning, name=name, last_day=last_day, **more)
    rows = [SchemeRule(**rule) for rule in rules]
    return save_scheme(made, rows, by=here.cast.officer, reason="拟定")


def by_key(last_day, *grounds, is_mass=False, **more):
    return {duty.key: duty for duty in duties(last_day, grounds, is_mass=is_mass, **more)}


# the law's calendar


def test_an_end_without_fault_needs_the_union_first_and_thirty_days():
    found = by_key(T, "NOFAULT_40_3")
    assert found["notice"].due == date(2027, 3, 1)
    assert found["union-letter"].due == date(2027, 2, 14)  # fifteen days before the notice
    assert found["union-letter"].articles == (LCL_43, *found["union-letter"].articles[1:])
    assert UNION_HB_25_2 in found["union-letter"].articles
    assert found["union-answer"].due == date(2027, 2, 21)
    assert found["certificate"].due == T
    assert found["list"].due == date(2027, 4, 7)
    assert found["files"].due == date(2027, 4, 15)
    assert found["kept"].due == date(2029, 3, 31)


def test_a_layoff_is_explained_thirty_days_and_reported_fifteen_days_before():
    found = by_key(T, "LAYOFF_41", is_mass=True)
    assert (found["explain"].due, found["report"].due) == (date(2027, 3, 1), date(2027, 3, 16))
    assert LCL_41 in found["report"].articles


def test_an_agreement_asks_for_no_union_letter_and_no_report_whatever_its_size():
    found = by_key(T, "NEGOTIATED_EMPLOYER", is_mass=True)
    assert not found.keys() & {"union-letter", "notice", "report", "explain"}
    assert "agreements" in found


def test_a_transfer_asks_for_the_three_party_agreement_and_for_proof_afterwards():
    found = by_key(T, "TRANSFER_CONTINUOUS")
    assert (found["three-party"].due, found["shown"].due) == (T, date(2027, 4, 30))
    assert not found["shown"].is_statutory


def test_who_stays_starts_no_papers():
    assert not any(duty.is_statutory for duty in duties(T, ["MOVED_TO_OTHER_POST"], is_mass=False))


def test_who_works_on_for_the_contractor_is_neither_certified_nor_reported_as_unemployed():
    found = by_key(T, "TRANSFER_CONTINUOUS")
    assert not found.keys() & {"certificate", "payment", "list"}
    assert found.keys() >= {"three-party", "wages", "files", "kept"}  # leave is owed whoever goes on
    assert "WAGE_RULES_9" in {article.code for article in by_key(T, "RESIGN_37")["wages"].articles}
    assert by_key(T, "TRANSFER_BOUGHT_OUT").keys() >= {"certificate", "payment"}
    assert "list" not in by_key(T, "TRANSFER_BOUGHT_OUT")
    assert "list" in by_key(T, "TRANSFER_CONTINUOUS", "NEGOTIATED_EMPLOYER")


def test_a_return_to_the_agency_asks_the_college_for_no_certificate_money_list_or_files():
    found = by_key(T, "RETURNED_TO_AGENCY", has_hazard=True)
    assert {key for key, duty in found.items() if duty.is_statutory} - set(by_key(T)) == {"exit-check"}
    assert not found.keys() & {"certificate", "payment", "wages", "list", "files", "kept"}
    assert by_key(T, "RETURNED_TO_AGENCY", "NEGOTIATED_EMPLOYER") == by_key(T, "NEGOTIATED_EMPLOYER")


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.sets(st.sampled_from(["NOFAULT_40_3", "LAYOFF_41", "NEGOTIATED_EMPLOYER"])),
)
def test_on_the_earliest_last_day_no_statutory_deadline_has_passed(today, grounds):
    day = earliest_last_day(today, grounds, is_mass=True)
    assert all(duty.due >= today for duty in duties(day, grounds, is_mass=True) if duty.is_statutory)
    before = duties(day - timedelta(days=1), grounds, is_mass=True)
    assert day == today or any(duty.due < today for duty in before if duty.is_statutory)


@pytest.mark.parametrize(
    ("people", "staff", "mass"),
    [(20, 5000, True), (19, 5000, False), (19, 190, True), (19, 191, False), (1, 10, True), (0, 0, False)],
)
def test_a_mass_layoff_begins_with_twenty_people_or_a_tenth(people, staff, mass):
    assert is_mass(people, staff) is mass


def test_people_of_one_programme_are_counted_within_three_months_of_each_other():
    march, june, july = date(2027, 3, 31), date(2027, 6, 28), date(2027, 6, 29)
    assert most_together({march: 12}, {june: 8}) == 20  # ninety days, both counted
    assert most_together({march: 12}, {july: 8}) == 12
    assert most_together({march: 3, july: 4}, {june: 8}) == 12
    assert most_together({}, {june: 8}) == 0


# what a date costs


def facts_of(first, ground="NEGOTIATED_EMPLOYER", segments=()):
    return PersonFacts(ground, category="CONTRACT", first_day=first, segments=segments, average=Decimal(3000))


def test_a_day_over_the_half_year_is_a_step():
    found = steps(facts_of(date(2020, 4, 1)), Policy(), date(2027, 1, 1), date(2027, 12, 31))
    assert [(step.day, step.months) for step in found] == [
        (date(2027, 1, 1), Decimal(7)), (date(2027, 4, 1), Decimal("7.5")), (date(2027, 9, 30), Decimal(8)),
    ]  # fmt: skip


@given(days, days, st.sampled_from(["segmented", "unified", "higher"]), st.sampled_from(["ceil", "floor", "art47"]))
def test_more_service_never_pays_less(first, other, method, fraction):
    policy = Policy(pre2008_method=method, pre2008_fraction=fraction)
    found = steps(facts_of(min(first, other)), policy, date(2026, 6, 1), date(2028, 6, 1))
    assert [step.months for step in found] == sorted(step.months for step in found)


def test_a_step_of_either_count_is_a_step_where_the_higher_one_is_paid():
    facts = facts_of(date(1992, 3, 1))
    found = {
        method: {step.day for step in steps(facts, Policy(pre1996_method=method), date(2027, 1, 1), date(2027, 12, 31))}
        for method in ("segmented", "unified", "higher")
    }
    assert found["segmented"] != found["unified"]
    assert found["higher"] == found["segmented"] | found["unified"]


@given(days, st.sampled_from(sorted(SWITCHES["pre2008_method"].options)))
def test_the_steps_say_the_months_of_every_day_between_them(first, method):
    from staff_transition.rules.grounds import GROUNDS
    from staff_transition.rules.service import counted

    facts, policy = facts_of(first), Policy(pre2008_method=method)
    found = steps(facts, policy, date(2027, 1, 1), date(2027, 3, 31))
    for offset in range(0, 90, 7):
        day = date(2027, 1, 1) + timedelta(days=offset)
        said = next(step.months for step in reversed(found) if step.day <= day)
        assert counted(replace(facts, last_day=day), GROUNDS["NEGOTIATED_EMPLOYER"], policy).years == said


@given(st.permutations([
    Segment(date(2010, 1, 1), date(2014, 5, 31), employer="甲"), Segment(date(2014, 6, 1), date(2019, 9, 9), employer="乙"),
    Segment(date(2020, 1, 1), employer="本校"),
]))  # fmt: skip
def test_the_order_in_which_facts_were_entered_changes_nothing(segments):
    facts = facts_of(date(2020, 1, 1), segments=tuple(segments))
    expected = facts_of(date(2020, 1, 1), segments=tuple(sorted(segments, key=lambda each: each.first_day)))
    span = (date(2027, 1, 1), date(2027, 12, 31))
    assert steps(facts, Policy(), *span) == steps(expected, Policy(), *span)


def test_a_ground_that_owes_nothing_has_no_steps():
    assert steps(facts_of(date(2020, 4, 1), "RESIGN_37"), Policy(), date(2027, 1, 1), date(2027, 12, 31)) == ()


def test_of_equally_cheap_days_the_latest_is_named():
    points = [(date(2027, 1, 1), Decimal(5)), (date(2027, 2, 1), Decimal(3)), (date(2027, 3, 1), Decimal(3))]
    assert cheapest(points) == (date(2027, 3, 1), Decimal(3))
    assert cheapest([]) is None


# schemes of real rows


def test_three_schemes_side_by_side(here):
    protected = make_worker(here, 1)
    ProtectedCondition.objects.create(worker=protected, kind="PREGNANCY", since=date(2026, 10, 1))
    for number in (2, 3):
        make_worker(here, number, average_wage=Decimal(3000), notice_date=date(2027, 3, 1))
    make_worker(here, 4, category="REHIRED_PENSIONER", pension_drawn=True)
    rest = {"kind": "END_OF_LABOUR_SERVICE"}
    a = scheme_of(here, "全部协商解除", {"kind": "NEGOTIATED"}, rest, budget=Decimal(50000))
    b = scheme_of(here, "全部接收", {"kind": "TRANSFER_CONTINUOUS"}, rest)
    c = scheme_of(
        here, "受保护的接收", {"who": "shielded", "kind": "TRANSFER_CONTINUOUS"}, {"kind": "NOFAULT_40_3"}, rest
    )
    one, two, three, now = outcomes(here.cleaning, [a, b, c])
    # 2016-03-15 to 2027-03-31 is eleven years and 17 days: 11.5 months
    negotiated = Decimal("2688.50") * Decimal("11.5") + Decimal(34500) * 2
    assert (one.name, one.total, one.risk) == ("全部协商解除", negotiated, negotiated * 2)
    assert (two.total, two.carried, two.risk) == (Decimal("0.00"), negotiated, Decimal("0.00"))
    assert (three.severance, three.carried) == (Decimal(69000), Decimal("2688.50") * Decimal("11.5"))
    assert (three.latest_notice, three.shielded) == (date(2027, 3, 1), 0)
    assert (three.unknown, three.notice) == (0, Decimal("0.00"))  # notice served thirty days before
    assert (one.ended, one.is_mass) == (3, True)  # three of the four people registered
    assert [month.is_within for month in one.months] == [False]
    assert now.undecided


@pytest.mark.parametrize(("ground", "shielded", "why"), [("LAYOFF_41", 1, "protected"), ("FAULT_39", 0, "fault-item")])
def test_article_42_shields_nobody_from_an_end_for_fault(here, ground, shielded, why):
    ProtectedCondition.objects.create(worker=make_worker(here), kind="PREGNANCY", since=date(2026, 10, 1))
    scheme = scheme_of(here, "解除", {"kind": "OTHER_END", "ground": ground})
    outcome = Bench(here.cleaning).outcome(scheme)
    assert (outcome.shielded, [flag.code for _, flag in outcome.blocked]) == (shielded, [why])


def test_a_scheme_agrees_with_the_settlement_of_each_person(here):
    worker = make_worker(here)
    scheme = scheme_of(here, "全部协商解除", {"kind": "NEGOTIATED"})
    said = Bench(here.cleaning).outcome(scheme).total
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    setting = Setting()
    person = people(Worker.objects.filter(pk=worker.pk), setting, timezone.localdate())[0]
    assert said == settlement_of(person, setting).total == staff_figures(here.cleaning).settlement_total


def test_an_adopted_scheme_counts_the_dispositions_as_they_have_been_set_since(here):
    worker, moved = make_worker(here, 1), make_worker(here, 2, campus=here.campuses[1])
    scheme = scheme_of(
        here, "接收", {"campus": here.campuses[1], "kind": "MOVED_TO_OTHER_POST"}, {"kind": "TRANSFER_CONTINUOUS"}
    )
    drafted = Bench(here.cleaning).outcome(scheme)
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    scheme.refresh_from_db()
    assert Bench(here.cleaning).outcome(scheme).total == drafted.total == staff_figures(here.cleaning).settlement_total
    set_dispositions([worker.pk], "NEGOTIATED", by=here.cast.officer, last_day=T)
    (now,) = outcomes(here.cleaning, [scheme])
    assert now.by_kind == {"协商解除（单位提出）": 1, "转岗": 1}
    assert now.total == staff_figures(here.cleaning).settlement_total == Decimal("30917.75")
    assert Bench(here.cleaning).curve(scheme, T, T).at(T) == now.total
    assert f"（{now.total:,.2f} 元）" in scheme_paper(SchemeFacts(scheme))["money"]
    make_worker(here, 3, name="后来的人")
    assert Bench(here.cleaning).outcome(scheme).undecided == ("后来的人",)
    assert Disposition.objects.get(worker=moved).last_day is None


def test_a_rule_may_name_the_ground_itself(here, client):
    worker = make_worker(here, notice_date=date(2027, 3, 1))
    client.force_login(here.cast.officer)
    form = {
        "name": "裁员", "last_day": T.isoformat(), "rules-TOTAL_FORMS": "1", "rules-INITIAL_FORMS": "0", "rules-0-min_years": "",
        "rules-0-kind": "OTHER_END", "rules-0-ground": "",
    }  # fmt: skip
    add = reverse("staff:scheme-add", args=[here.cleaning.pk])
    assert "请选法定事由" in client.post(add, form).content.decode()
    assert "DEATH_44_3" not in client.get(add).content.decode()  # nothing that a scheme decides
    page = client.post(add, form | {"rules-0-ground": "LAYOFF_41"}, follow=True).content.decode()
    assert "其余全部 → 其他解除或终止（经济性裁员）" in page
    scheme = copy_scheme(TransitionScheme.objects.get(), by=here.cast.officer)
    drafted = Bench(here.cleaning).outcome(scheme)
    assert drafted.is_mass
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    held = Disposition.objects.get(worker=worker)
    assert (held.kind, held.ground, held.is_by_scheme) == ("OTHER_END", "LAYOFF_41", True)
    assert drafted.total == staff_figures(here.cleaning).settlement_total == Decimal("30917.75")
    assert {"union-letter", "explain", "report"} <= set(scheme.steps.values_list("key", flat=True))


def test_conditions_are_read_in_order_and_must_fit(here):
    young = make_worker(here, 1, hired_on=date(2025, 1, 1))
    old = make_worker(here, 2, hired_on=date(2005, 1, 1))
    man = make_worker(here, 3, sex="M", birth_date=date(1963, 1, 15))
    sent = make_worker(here, 4, category="DISPATCH")
    scheme = scheme_of(
        here, "混合", {"who": "past_age", "kind": "RETIREMENT"}, {"min_years": 15, "kind": "TRANSFER_CONTINUOUS"},
        {"campus": here.campuses[1], "kind": "MOVED_TO_OTHER_POST"}, {"kind": "NEGOTIATED"},
    )  # fmt: skip
    given_to = {worker.pk: rule.kind if rule else None for worker, rule in Bench(here.cleaning).assigned(scheme)}
    assert given_to == {young.pk: "NEGOTIATED", old.pk: "TRANSFER_CONTINUOUS", man.pk: "RETIREMENT", sent.pk: None}
    with pytest.raises(SchemeLeavesPeople):
        adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    assert not Disposition.objects.exists()


def test_the_curve_climbs_at_the_half_years_and_names_whose_step_it_is(here):
    worker = make_worker(here, hired_on=date(2016, 3, 15))
    scheme = scheme_of(here, "全部协商解除", {"kind": "NEGOTIATED"})
    curve = Bench(here.cleaning).curve(scheme, date(2027, 1, 1), date(2027, 12, 31))
    assert curve.points == (
        (date(2027, 1, 1), Decimal("29573.50")), (date(2027, 3, 15), Decimal("30917.75")), (date(2027, 9, 14), Decimal("32262.00")),
    )  # fmt: skip
    assert curve.names[date(2027, 3, 15)] == (worker.name,)
    assert curve.cheapest(curve.first, None) == (date(2027, 3, 14), Decimal("29573.50"))
    assert curve.at(T) == Decimal("30917.75")
    assert [day for day, _ in curve.lows] == [date(2027, 3, 14), date(2027, 9, 13)]


def test_the_cheapest_day_is_a_lawful_one(here, client):
    """The statutory steps before it must still be possible, and a contract that is to run out must have run out."""
    today = timezone.localdate()
    ends = today + timedelta(days=60)
    for number in (1, 2):
        make_worker(
            here,
            number,
            hired_on=today - timedelta(days=700),
            contract_to=ends,
            fixed_terms_count=1,
            last_month_wage=Decimal(2650),
        )
    no_fault = scheme_of(here, "无过失", {"kind": "NOFAULT_40_3"}, last_day=today + timedelta(days=20))
    expiry = scheme_of(here, "到期", {"kind": "EXPIRY"}, last_day=today + timedelta(days=20))
    bench = Bench(here.cleaning)
    for scheme in (no_fault, expiry):
        outcome = bench.outcome(scheme)
        curve = bench.curve(scheme, today + timedelta(days=1), today + timedelta(days=365))
        first, _ = curve.cheapest(curve.first, None)
        lawful, _ = curve.cheapest(outcome.earliest, outcome.latest)
        assert first < outcome.earliest <= lawful
        assert not any(
            flag.code in {"not-expired", "expired-and-working"} for flag in _blocks_on(bench, scheme, lawful)
        )
    assert outcome.earliest == ends
    assert any(
        flag.code == "expired-and-working" for flag in _blocks_on(bench, expiry, outcome.latest + timedelta(days=1))
    )
    client.force_login(here.cast.officer)
    page = client.get(
        reverse("staff:scheme-compare", args=[here.cleaning.pk]) + f"?scheme={expiry.pk}"
    ).content.decode()
    for words in (f"依法可以选的日期里，最低 {lawful}", f"{ends} 至 {outcome.latest}", "这一天依法不能选"):
        assert words in page, words
    Worker.objects.filter(pk=make_worker(here, 3).pk).update(contract_to=ends + timedelta(days=90))
    apart = Bench(here.cleaning)
    assert not apart.outcome(expiry).has_lawful_day
    assert "没有依法可以选的日期" in _sentence(apart, expiry, today)
    assert "没有共同的日期" in client.get(reverse("staff:scheme-compare", args=[here.cleaning.pk])).content.decode()


def _blocks_on(bench, scheme, day):
    return [
        flag for way in bench.ways(scheme) for flag in blocks(bench.facts(way._replace(last_day=day)))
    ]  # fmt: skip


def _sentence(bench, scheme, today):
    curve = bench.curve(scheme, today + timedelta(days=1), today + timedelta(days=365))
    return chart_of(curve, bench.outcome(scheme), scheme.last_day).sentence


def test_a_protected_state_that_only_a_remark_speaks_of_is_counted_before_the_adoption(here, client):
    worker = make_worker(here, 1, remark="孕期（7月）", last_month_wage=Decimal(2650))
    make_worker(here, 2, remark="身体健康")
    scheme = scheme_of(here, "无过失", {"kind": "NOFAULT_40_3"})
    outcome = Bench(here.cleaning).outcome(scheme)
    assert outcome.unregistered == len(doubts_before_lock(here.cleaning).protected) == 1
    said = next(flag for flag in outcome.flags if flag.code == "unregistered")
    assert said.amount == Decimal("61835.50")  # 2N of the one
    agreed = Bench(here.cleaning).outcome(scheme_of(here, "协商", {"kind": "NEGOTIATED"}))
    assert (
        next(flag for flag in agreed.flags if flag.code == "unregistered").amount is None
    )  # nothing that the state would stop
    compare, adopt = (
        reverse("staff:scheme-compare", args=[here.cleaning.pk]),
        reverse("staff:scheme-adopt", args=[scheme.pk]),
    )
    client.force_login(here.cast.finance)
    page = client.get(compare).content.decode()
    assert "另有 1 人备注涉及，没有登记" in page
    assert worker.name not in page.split("哪天解除")[0]  # of whom is not for everybody
    client.force_login(here.cast.hr)
    assert "1 人的备注涉及孕期、医疗期、工伤等" in client.get(adopt).content.decode()
    ProtectedCondition.objects.create(worker=worker, kind="PREGNANCY", since=date(2026, 10, 1))
    assert Bench(here.cleaning).outcome(scheme).unregistered == 0


def test_a_new_minimum_wage_is_a_step_too(here):
    make_worker(here, average_wage=Decimal(1800))
    Parameter.objects.create(
        key="min_wage_monthly", place="孝感市孝南区", value=Decimal(2000), since=date(2027, 2, 1), source="新标准"
    )
    curve = Bench(here.cleaning).curve(
        scheme_of(here, "协商", {"kind": "NEGOTIATED"}), date(2027, 1, 1), date(2027, 2, 28)
    )
    assert curve.points == ((date(2027, 1, 1), Decimal(21670)), (date(2027, 2, 1), Decimal(22000)))


def test_schemes_take_the_same_queries_for_three_people_and_for_thirty(here, django_assert_max_num_queries):
    scheme = scheme_of(here, "协商", {"who": "not_shielded", "kind": "NEGOTIATED"}, {"kind": "TRANSFER_CONTINUOUS"})
    for numbers in (range(1, 4), range(4, 31)):
        for number in numbers:
            make_worker(here, number)
        with django_assert_max_num_queries(25):
            outcomes(here.cleaning, TransitionScheme.objects.filter(pk=scheme.pk).prefetch_related("rules"))


def test_what_a_total_does_not_hold_is_said(here, client):
    make_worker(here, 1, average_wage=None)
    make_worker(here, 2, cumulative_service_years=None)
    scheme = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    outcome = Bench(here.cleaning).outcome(scheme)
    assert outcome.missing == {"12 个月平均工资（应发）": 1}
    assert outcome.unpriced["累计工龄"] == 1
    assert outcome.unknown == 1
    client.force_login(here.cast.officer)
    for name, args in (("scheme-compare", [here.cleaning.pk]), ("scheme-adopt", [scheme.pk])):
        page = client.get(reverse(f"staff:{name}", args=args)).content.decode()
        assert "1 人算不出来：缺12 个月平均工资（应发）" in page
        assert "1 人有一项没有算：缺累计工龄" in page


def test_what_is_not_known_is_never_shown_as_nothing(here, client):
    """Nobody's wage is known: no sum, no risk, no curve reads 0.00; of two people one known, the other is counted beside it."""
    worker = make_worker(here, 1, average_wage=None)
    ended, taken = (
        scheme_of(here, "协商", {"kind": "NEGOTIATED"}),
        scheme_of(here, "接收", {"kind": "TRANSFER_CONTINUOUS"}),
    )
    one, two, _ = outcomes(here.cleaning, [ended, taken])
    assert (one.severance, one.total, one.risk, one.unrisked) == (None, None, None, 1)
    assert (two.total, two.carried, two.uncarried) == (Decimal("0.00"), None, 1)
    alone = Bench(here.cleaning).outcome(scheme_of(here, "无过失", {"kind": "NOFAULT_40_3"}))
    assert "0.00" not in next(flag.text for flag in alone.flags if flag.code == "union")
    client.force_login(here.cast.officer)
    compare = reverse("staff:scheme-compare", args=[here.cleaning.pk]) + f"?scheme={ended.pk}"
    page = client.get(compare).content.decode()
    assert "1 人的金额都算不出来" in page
    assert '<svg class="chart curve"' not in page
    make_worker(here, 2)
    bench = Bench(here.cleaning)
    one, two, _ = outcomes(here.cleaning, [ended, taken], bench)
    assert (one.total, one.risk, one.unrisked) == (Decimal("30917.75"), Decimal("61835.50"), 1)
    assert (two.carried, two.uncarried) == (Decimal("30917.75"), 1)
    curve = bench.curve(ended, T, T)
    assert (curve.at(T), curve.people, curve.unknown) == (Decimal("30917.75"), 2, 1)
    page = client.get(compare).content.decode()
    for words in ("不含算不出来的 1 人", '61,835.50<span class="sub">1 人算不出来'):
        assert words in page, words
    set_dispositions([worker.pk], "TRANSFER_CONTINUOUS", by=here.cast.officer, last_day=T)
    found = takeover_of(here.cleaning)
    assert (found.people[0].carried, found.uncarried) == (None, 1)


def test_the_reason_of_article_38_counts_in_the_comparison_as_on_the_page(here):
    worker = make_worker(here, hired_on=date(2003, 3, 15))
    set_dispositions(
        [worker.pk],
        "OTHER_END",
        by=here.cast.officer,
        last_day=T,
        ground="FORCED_RESIGNATION_38_OTHER",
        forced_reason="FRAUD",
    )
    alone = staff_figures(here.cleaning).severance_total
    assert Bench(here.cleaning).present().severance == alone
    assert alone == Decimal("2688.50") * Decimal("19.5")  # nobody paid for fraud before 2008


def test_only_those_whom_the_college_ends_alone_are_the_risk_of_a_missing_letter(here):
    make_worker(here, 1, notice_date=date(2027, 3, 1))
    make_worker(here, 2, campus=here.campuses[1])
    rules = ({"campus": here.campuses[0], "kind": "NOFAULT_40_3"}, {"kind": "NEGOTIATED"})
    outcome = Bench(here.cleaning).outcome(scheme_of(here, "混合", *rules))
    said = next(flag for flag in outcome.flags if flag.code == "union")
    assert said.amount * 2 == outcome.risk


def test_a_locked_result_stands_in_the_comparison_and_after_its_people_left(here):
    worker = make_worker(here)
    scheme = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    frozen = staff_figures(here.cleaning)
    PolicyChoice.objects.create(
        key="last_day", option="exclusive", reason="试", set_by=here.cast.hr, set_at=timezone.now()
    )
    Parameter.objects.create(
        key="min_wage_monthly", place="孝感市孝南区", value=Decimal(5000), since=date(2027, 1, 1), source="新标准"
    )
    assert Bench(here.cleaning).outcome(scheme).total == frozen.settlement_total
    Worker.objects.filter(pk=worker.pk).update(left_on=T)
    after = staff_figures(here.cleaning)
    assert (after.settlement_total, after.headcount, after.data_digest) == (
        frozen.settlement_total, 1, frozen.data_digest,
    )  # fmt: skip
    Worker.objects.filter(pk=worker.pk).update(left_on=T - timedelta(days=30))  # left alone, before the end
    assert staff_figures(here.cleaning).headcount == 0


def test_a_scheme_for_a_day_that_is_past_is_refused(here, client):
    make_worker(here)
    client.force_login(here.cast.officer)
    data = {
        "name": "晚了", "last_day": "2020-12-31", "rules-TOTAL_FORMS": "1", "rules-INITIAL_FORMS": "0",
        "rules-0-kind": "NEGOTIATED", "rules-0-order": "1",
    }  # fmt: skip
    page = client.post(reverse("staff:scheme-add", args=[here.cleaning.pk]), data)
    assert "最后工作日已经过去" in page.content.decode()
    assert not TransitionScheme.objects.exists()


# acts


def test_adopting_sets_everybody_and_begins_the_checklist(here, client):
    worker = make_worker(here, is_hazard_post=True)
    scheme = scheme_of(here, "全部协商解除", {"kind": "NEGOTIATED"})
    client.force_login(here.cast.officer)
    adopt = reverse("staff:scheme-adopt", args=[scheme.pk])
    unseen = client.post(adopt, {"reason": "校长办公会第 9 次"}).content.decode()
    assert UNSEEN in unseen
    assert not Disposition.objects.exists()
    page = client.post(adopt, {"reason": "校长办公会第 9 次"} | seen(client, adopt), follow=True)
    assert "改变 1 人的去向" in page.content.decode()
    disposition = Disposition.objects.get(worker=worker)
    assert (disposition.kind, disposition.last_day, disposition.note) == ("NEGOTIATED", T, "方案“全部协商解除”")
    keys = set(scheme.steps.values_list("key", flat=True))
    assert {"certificate", "agreements", "files", "exit-check", "congress"} <= keys
    assert "union-letter" not in keys
    line = board_lines([here.cleaning.pk])[here.cleaning.pk]
    assert (line.people, line.deadline) == (1, T - timedelta(days=120))
    assert line.next_step.startswith("安置：花名册")


def test_the_checklist_follows_the_dispositions_as_they_are_set(here):
    one, two = make_worker(here, 1), make_worker(here, 2)
    scheme = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    before = dict(scheme.steps.values_list("key", "due_on"))
    assert not before.keys() & {"union-letter", "notice", "explain"}
    own = {"by": here.cast.officer, "note": "事实和依据"}
    set_dispositions([one.pk], "OTHER_END", last_day=date(2027, 6, 30), ground="LAYOFF_41", **own)
    for key, due in {
        "explain": date(2027, 5, 31),
        "report": date(2027, 6, 15),
        "union-letter": date(2027, 6, 15),
    }.items():
        assert scheme.steps.get(key=key).due_on == due, key
    assert scheme.steps.get(key="certificate").due_on == T  # the first end
    assert scheme.steps.get(key="files").due_on == date(2027, 7, 15)  # fifteen days after the last
    letter = scheme.steps.get(key="union-letter")
    letter.done_on, letter.evidence = timezone.localdate(), "工函〔2026〕1 号"
    save_step(letter, by=here.cast.officer, revision=version_of(letter))
    set_dispositions([one.pk], "OTHER_END", last_day=date(2026, 12, 31), ground="RESIGN_37", **own)
    now = dict(scheme.steps.values_list("key", "due_on"))
    assert now == before | {"union-letter": date(2027, 6, 15)}  # what was done stays, resigning asks for nothing
    removed = SchemeStep.history.filter(scheme=scheme.pk, history_type="-")
    assert set(removed.values_list("key", flat=True)) == {"explain", "report", "union-answer", "union-result"}
    assert removed.first().history_change_reason == "去向改变：其他解除或终止"
    entries = SchemeStep.history.count()
    set_dispositions([two.pk], "NEGOTIATED", by=here.cast.officer, last_day=T, note="同样的去向")
    assert SchemeStep.history.count() == entries


def finish(step, by, day=None):
    step.done_on, step.evidence = day or timezone.localdate(), "工函〔2026〕1 号"
    return save_step(step, by=by, revision=version_of(step))


def test_who_comes_after_the_letter_is_told_of_by_a_further_one(here, client):
    one, two, three = (make_worker(here, number, notice_date=date(2027, 2, 1)) for number in (1, 2, 3))
    scheme = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    set_dispositions([one.pk], "NOFAULT_40_3", by=here.cast.officer, last_day=T)
    letters = scheme.steps.filter(key="union-letter").order_by("round")
    finish(letters.get(), here.cast.officer, timezone.localdate() - timedelta(days=1))
    finish(scheme.steps.get(key="decision"), here.cast.officer)
    assert letters.count() == 1
    (told,) = people(Worker.objects.filter(pk=one.pk), Setting(), T)
    assert told.facts.union_letter == timezone.localdate() - timedelta(days=1)
    day = date(2027, 4, 30)
    set_dispositions([two.pk, three.pk], "NOFAULT_40_3", by=here.cast.officer, last_day=day)
    first, second = letters
    assert (first.people, first.done_on is not None) == ({str(one.pk): "NOFAULT_40_3"}, True)
    assert (second.round, second.title, second.done_on) == (2, "把解除理由书面告知工会（补充）", None)
    assert set(second.people) == {str(two.pk), str(three.pk)}
    assert second.due_on == by_key(day, "NOFAULT_40_3")["union-letter"].due  # counted from their own day
    assert scheme.steps.filter(key="decision").count() == 1  # the scheme's own, whoever comes later
    (late,) = people(Worker.objects.filter(pk=two.pk), Setting(), T)
    assert late.facts.union_letter is None
    client.force_login(here.cast.officer)
    page = client.get(scheme.get_absolute_url()).content.decode()
    assert f"为{two.name}、{three.name} 2 人" in page or f"为{three.name}、{two.name} 2 人" in page
    set_dispositions([three.pk], "NEGOTIATED", by=here.cast.officer, last_day=day)
    assert set(letters.last().people) == {str(two.pk)}  # nobody is told of who is agreed with
    finish(letters.last(), here.cast.officer)
    (late,) = people(Worker.objects.filter(pk=two.pk), Setting(), T)
    assert late.facts.union_letter == timezone.localdate()
    set_dispositions([two.pk], "NEGOTIATED", by=here.cast.officer, last_day=day)
    set_dispositions([two.pk], "NOFAULT_40_3", by=here.cast.officer, last_day=day)
    assert letters.count() == 2  # told of on this ground already


def test_a_further_step_goes_when_nobody_needs_it_and_stays_late_while_somebody_does(here):
    one, two = make_worker(here, 1, notice_date=date(2027, 2, 1)), make_worker(here, 2)
    scheme = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    own = {"by": here.cast.officer, "note": "事实和依据", "ground": "LAYOFF_41"}
    set_dispositions([one.pk], "OTHER_END", last_day=T, **own)
    for key in ("union-letter", "explain", "report"):
        finish(scheme.steps.get(key=key), here.cast.officer)
    set_dispositions([two.pk], "OTHER_END", last_day=timezone.localdate() + timedelta(days=10), **own)
    further = scheme.steps.filter(round=2)
    assert {"union-letter", "explain", "report"} == set(further.values_list("key", flat=True))
    assert SchemeStep.objects.pending().filter(due_on__lt=timezone.localdate(), round=2).exists()
    set_dispositions([two.pk], "NEGOTIATED", by=here.cast.officer, last_day=T)
    assert not further.exists()
    assert SchemeStep.history.filter(round=2, history_type="-").count() == 3


def test_the_union_answers_about_those_of_whom_it_was_told(here):
    one, two = (make_worker(here, number, notice_date=date(2027, 2, 1)) for number in (1, 2))
    scheme = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    set_dispositions([one.pk], "NOFAULT_40_3", by=here.cast.officer, last_day=T)
    finish(scheme.steps.get(key="union-letter"), here.cast.officer)
    set_dispositions([two.pk], "NOFAULT_40_3", by=here.cast.officer, last_day=T)
    finish(scheme.steps.get(key="union-answer"), here.cast.officer)
    first, second = scheme.steps.filter(key="union-answer").order_by("round")
    assert (set(first.people), set(second.people)) == ({str(one.pk)}, {str(two.pk)})
    first.done_on = None  # ticked by mistake: one step for both again
    save_step(first, by=here.cast.officer, revision=version_of(first))
    assert scheme.steps.filter(key="union-answer").count() == 1


def test_steps_done_before_are_taken_to_name_who_was_set_by_then(here):
    one, two = (make_worker(here, number, notice_date=date(2027, 2, 1)) for number in (1, 2))
    scheme = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    set_dispositions([one.pk, two.pk], "NOFAULT_40_3", by=here.cast.officer, last_day=T)
    letter = finish(scheme.steps.get(key="union-letter"), here.cast.officer)
    SchemeStep.objects.update(people={})
    SchemeStep.history.update(people={})
    Disposition.objects.filter(worker=two).update(set_at=timezone.now() + timedelta(days=1))
    migration = import_module("staff_transition.migrations.0020_steps_name_their_people")
    migration.name_people(apps, None)
    letter.refresh_from_db()
    assert letter.people == {str(one.pk): "NOFAULT_40_3"}
    assert newest_entry(letter).people == letter.people
    set_dispositions([two.pk], "NOFAULT_40_3", by=here.cast.officer, last_day=T, note="再设一次")
    assert scheme.steps.filter(key="union-letter").count() == 2
    migration.forget_further(apps, None)
    assert scheme.steps.filter(key="union-letter").count() == 1


def two_services(here):
    """Cleaning is settled by agreement, greening handed over; one person each."""
    greening = here.services["绿化"]
    first, second = make_worker(here, 1), make_worker(here, 2, service=greening)
    adopt_scheme(scheme_of(here, "协商", {"kind": "NEGOTIATED"}), by=here.cast.officer, reason="会议决定")
    other = TransitionScheme(service=greening, name="接收", last_day=T)
    save_scheme(other, [SchemeRule(kind="TRANSFER_CONTINUOUS")], by=here.cast.officer, reason="拟定")
    adopt_scheme(other, by=here.cast.officer, reason="会议决定")
    return first, second, here.cleaning.schemes.get(), other


def test_who_moves_to_another_service_takes_the_steps_along_at_once(here):
    first, second, cleaning, greening = two_services(here)
    keys = {scheme: set(scheme.steps.values_list("key", flat=True)) for scheme in (cleaning, greening)}
    assert "agreements" in keys[cleaning] - keys[greening]
    change_worker(first, {"service": greening.service}, by=here.cast.hr, reason="班组合并", revision=first.revision)
    assert not cleaning.steps.filter(key__in=["agreements", "certificate"]).exists()
    assert {"agreements", "three-party"} <= set(greening.steps.values_list("key", flat=True))
    assert SchemeStep.history.filter(key="agreements").first().history_change_reason == f"{first.name}：班组合并"
    second.refresh_from_db()
    change_worker(second, {"is_hazard_post": True}, by=here.cast.hr, reason="岗位核对", revision=second.revision)
    assert greening.steps.filter(key="exit-check").exists()


def test_an_import_that_moves_people_takes_the_steps_along(here):
    first, _, cleaning, greening = two_services(here)
    row = PEOPLE[0] | {"班组": "绿化", "姓名": first.name, "身份证号": first.id_number}
    imported(here, [row], by=here.cast.hr)
    first.refresh_from_db()
    assert first.service == greening.service
    assert not cleaning.steps.filter(key="agreements").exists()
    assert greening.steps.filter(key="agreements").exists()


def test_a_letter_to_the_union_is_about_those_alone_whose_end_was_decided_then(here):
    one, two = make_worker(here, 1), make_worker(here, 2)
    scheme = scheme_of(here, "裁减", {"kind": "OTHER_END", "ground": "LAYOFF_41"})
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    own = {"by": here.cast.officer, "last_day": T, "note": "事实和依据"}
    set_dispositions([two.pk], "NEGOTIATED", **own)
    told = timezone.localdate() - timedelta(days=20)
    letter = scheme.steps.get(key="union-letter")
    letter.done_on, letter.evidence = told, "工函〔2026〕1 号"
    save_step(letter, by=here.cast.officer, revision=version_of(letter))
    set_dispositions([two.pk], "OTHER_END", ground="FAULT_39", **own)

    def letters():
        return {person.worker.pk: person.facts.union_letter for person in people(Worker.objects.all(), Setting(), told)}

    assert letters() == {one.pk: told, two.pk: None}
    set_dispositions([one.pk], "OTHER_END", ground="LAYOFF_41", **own | {"last_day": T + timedelta(days=30)})
    assert letters()[one.pk] == told  # the same reason on another day
    set_dispositions([one.pk], "OTHER_END", ground="FAULT_39", **own)
    assert letters()[one.pk] is None


def test_the_checklist_of_a_replaced_scheme_is_left_alone(here):
    make_worker(here)
    first, second = (
        scheme_of(here, "协商", {"kind": "NEGOTIATED"}),
        scheme_of(here, "接收", {"kind": "TRANSFER_CONTINUOUS"}),
    )
    adopt_scheme(first, by=here.cast.officer, reason="会议决定")
    keys = set(first.steps.values_list("key", flat=True))
    adopt_scheme(second, by=here.cast.officer, reason="改")
    assert set(first.steps.values_list("key", flat=True)) == keys
    assert "three-party" in set(second.steps.values_list("key", flat=True)) - keys


def test_two_schemes_of_one_programme_are_one_mass_layoff(here, client):
    Parameter.objects.create(
        key="college_staff_total", place="", value=Decimal(2310), since=date(2026, 1, 1), source="人事处年报"
    )
    greening = here.services["绿化"]
    for number in range(1, 25):
        service = here.cleaning if number <= 12 else greening
        make_worker(here, number, service=service, notice_date=date(2027, 3, 1))
    first = scheme_of(here, "甲", {"kind": "NOFAULT_40_3"})
    second = TransitionScheme(service=greening, name="乙", last_day=T)
    save_scheme(second, [SchemeRule(kind="NOFAULT_40_3")], by=here.cast.officer, reason="拟定")
    adopt_scheme(first, by=here.cast.officer, reason="会议决定")
    assert not Bench(here.cleaning).outcome(first).is_mass  # twelve of 2,310
    assert not first.steps.filter(key__in=["explain", "report"]).exists()
    drafted = Bench(greening).outcome(second)
    assert (drafted.ended, drafted.together, drafted.is_mass) == (12, 24, True)
    adopt_scheme(second, by=here.cast.officer, reason="会议决定")
    assert Bench(here.cleaning).outcome(first).is_mass
    for scheme in (first, second):
        assert scheme.steps.filter(key__in=["explain", "report"]).count() == 2, scheme
    client.force_login(here.cast.hr)
    page = client.get(reverse("staff:scheme-compare", args=[greening.pk])).content.decode()
    for words in (
        "职工总数 2,310 人（2026-01-01 起，人事处年报）",
        "90 日内各项目合计 24 人达到裁员人数",
        "本项目 12 人",
    ):
        assert words in page, words


def test_a_copy_asked_for_twice_by_one_page_is_one(here, client):
    make_worker(here)
    scheme = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    client.force_login(here.cast.officer)
    token = {"token": str(client.get(reverse("staff:scheme-compare", args=[here.cleaning.pk])).context["token"])}
    copied = {client.post(reverse("staff:scheme-copy", args=[scheme.pk]), token).url for _ in range(3)}
    assert len(copied) == 1
    assert TransitionScheme.objects.count() == 2


def test_the_next_adopted_scheme_replaces_the_first_and_keeps_what_was_done(here):
    make_worker(here)
    first = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    adopt_scheme(first, by=here.cast.officer, reason="会议决定")
    with pytest.raises(SchemeIsOver):
        adopt_scheme(first, by=here.cast.officer, reason="再点一次")
    with pytest.raises(SchemeIsOver):
        save_scheme(first, [SchemeRule(kind="NEGOTIATED")], by=here.cast.officer, reason="改")
    second = copy_scheme(first, by=here.cast.officer)
    assert second.name == "协商（2）"
    adopt_scheme(second, by=here.cast.officer, reason="会议改变")
    first.refresh_from_db()
    assert first.adopted_at is None
    withdraw_scheme(first, by=here.cast.officer, reason="不用了")
    assert not TransitionScheme.objects.live().filter(pk=first.pk).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        TransitionScheme.objects.filter(pk=first.pk).update(adopted_at=timezone.now(), withdrawn_at=None)


def test_a_ground_chosen_by_hand_outlives_an_adoption_and_counts_as_it_stands(here, client):
    dead, gone, refused, other = (make_worker(here, number, name=f"员工{number}") for number in range(1, 5))
    own = {"by": here.cast.officer, "note": "证明材料"}
    set_dispositions([dead.pk], "OTHER_END", last_day=date(2026, 11, 20), ground="DEATH_44_3", **own)
    set_dispositions([gone.pk], "OTHER_END", last_day=date(2026, 12, 15), ground="FORCED_RESIGNATION_38_WAGE", **own)
    set_dispositions([refused.pk], "TRANSFER_CONTINUOUS", last_day=T, **own)
    scheme = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    bench = Bench(here.cleaning)
    drafted = bench.outcome(scheme)
    assert drafted.by_kind == {"其他解除或终止": 2, "协商解除（单位提出）": 2}
    assert {way.worker.name for way in drafted.kept} == {"员工1", "员工2"}
    assert "too-soon" not in {flag.code for flag in drafted.flags}  # a death is no plan
    assert bench.curve(scheme, T, T).at(T) == Decimal("30917.75") * 2 + Decimal("29573.50")
    client.force_login(here.cast.officer)
    page = client.get(reverse("staff:scheme-adopt", args=[scheme.pk])).content.decode()
    for words in (
        "2 人的去向保留不变", "员工1：其他解除或终止（死亡），最后工作日 2026-11-20", "1 人现在的去向会被替换",
        "承接单位接收（工龄连续），最后工作日 2027-03-31 → 协商解除（单位提出），最后工作日 2027-03-31：员工3",
    ):  # fmt: skip
        assert words in page, words
    assert adopt_scheme(scheme, by=here.cast.officer, reason="会议决定") == 2
    assert Disposition.objects.get(worker=dead).ground == "DEATH_44_3"
    assert Disposition.objects.get(worker=gone).note == "证明材料"
    assert "2 人的去向不是按规则设定的" in client.get(scheme.get_absolute_url()).content.decode()
    assert Bench(here.cleaning).outcome(scheme).total == drafted.total == staff_figures(here.cleaning).settlement_total
    second = scheme_of(here, "接收", {"kind": "OTHER_END", "ground": "LAYOFF_41"})
    adopt_scheme(second, by=here.cast.officer, reason="改")
    adopt_scheme(
        copy_scheme(scheme, by=here.cast.officer), by=here.cast.officer, reason="改回"
    )  # a scheme's ground is no hand's
    assert Disposition.objects.get(worker=other).kind == "NEGOTIATED"


def test_a_locked_roster_takes_no_scheme_and_others_may_not_touch_it(here):
    make_worker(here)
    scheme = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    with pytest.raises(NotYours):
        adopt_scheme(scheme, by=here.cast.finance, reason="x")
    with pytest.raises(SchemeIsEmpty):
        save_scheme(scheme, [], by=here.cast.officer, reason="x")
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    with pytest.raises(AlreadyLocked):
        adopt_scheme(scheme, by=here.cast.officer, reason="x")
    scheme.refresh_from_db()
    assert scheme.adopted_at is None
    assert not scheme.steps.exists()


def test_a_step_is_done_with_a_day_and_a_proof(here, scheme_step, client):
    client.force_login(here.cast.officer)
    url = reverse("staff:scheme-step", args=[scheme_step.pk])
    today = timezone.localdate()
    first = seen(client, url)
    page = client.post(url, {"responsible": "人事处", "done_on": today.isoformat(), "evidence": ""} | first)
    assert "办结的要写明证明材料" in page.content.decode()
    page = client.post(
        url, {"responsible": "人事处", "done_on": (today + timedelta(days=1)).isoformat(), "evidence": "纪要"} | first
    )
    assert "办结日晚于今天" in page.content.decode()
    picture = SimpleUploadedFile("纪要.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    data = {
        "responsible": "人事处 何静怡",
        "done_on": today.isoformat(),
        "evidence": "纪要第 2 期",
        "attachment": picture,
    } | first
    assert client.post(url, data).status_code == 302
    scheme_step.refresh_from_db()
    assert (scheme_step.done_on, scheme_step.file.is_sealed) == (today, True)
    answer = client.get(reverse("staff:scheme-step-file", args=[scheme_step.pk]))
    assert answer.content.startswith(b"\x89PNG")
    page = client.get(scheme_step.scheme.get_absolute_url()).content.decode()
    assert "纪要第 2 期" in page
    assert SchemeStep.history.filter(id=scheme_step.pk).count() == 2
    late = client.post(
        url, {"responsible": "人事处", "done_on": "", "evidence": ""} | first
    )  # from a page opened before
    assert "周雨桐在" in late.content.decode()
    assert "现在保存的是：纪要第 2 期" in late.content.decode()
    scheme_step.refresh_from_db()
    assert scheme_step.evidence == "纪要第 2 期"
    scheme_step.done_on = today + timedelta(days=3)
    with pytest.raises(DayInFuture):
        save_step(scheme_step, by=here.cast.officer, revision=version_of(scheme_step))


def test_a_scheme_is_drafted_compared_and_exported_on_the_pages(here, client):
    make_worker(here)
    client.force_login(here.cast.officer)
    form = {
        "name": "混合", "last_day": T.isoformat(), "budget": "5万", "note": "", "rules-TOTAL_FORMS": "2", "rules-INITIAL_FORMS": "0",
        "rules-0-who": "shielded", "rules-0-kind": "TRANSFER_CONTINUOUS", "rules-1-kind": "NEGOTIATED", "rules-1-min_years": "",
    }  # fmt: skip
    page = client.post(reverse("staff:scheme-add", args=[here.cleaning.pk]), form, follow=True).content.decode()
    for words in (
        "30,917.75",
        "受第四十二条保护的 → 承接单位接收（工龄连续）",
        "其余全部 → 协商解除",
        "额度内",
        "上 2 次台阶",
    ):
        assert words in page, words
    scheme = TransitionScheme.objects.get()
    assert scheme.budget == Decimal(50000)
    edit = reverse("staff:scheme-edit", args=[scheme.pk])
    assert "混合" in client.get(edit).content.decode()
    assert UNSEEN in client.post(edit, form).content.decode()
    empty = {**form, "rules-TOTAL_FORMS": "0"} | seen(client, edit)
    assert "方案还没有规则" in client.post(edit, empty).content.decode()
    answer = client.get(reverse("staff:scheme-export", args=[here.cleaning.pk]))
    assert answer.content.startswith(b"PK")
    assert "1 个拟定" in client.get(reverse("staff:schemes")).content.decode()


def test_the_later_of_two_who_edit_a_scheme_is_told_and_keeps_what_he_typed(here, client):
    make_worker(here)
    scheme = scheme_of(here, "全部协商解除", {"kind": "NEGOTIATED"})
    edit = reverse("staff:scheme-edit", args=[scheme.pk])
    client.force_login(here.cast.officer)
    page = client.get(edit)
    form = {
        "name": "全部协商解除", "last_day": T.isoformat(), "note": "", "revision": page.context["form"]["revision"].value(),
        "rules-TOTAL_FORMS": "2", "rules-INITIAL_FORMS": "1", "rules-0-kind": "NEGOTIATED", "rules-0-min_years": "0",
        "rules-1-kind": "", "rules-1-min_years": "0",
    }  # fmt: skip
    assert 'name="revision"' in page.content.decode()
    first = form | {"note": "先存的<b>", "rules-0-kind": "TRANSFER_CONTINUOUS"}
    assert client.post(edit, first).status_code == 302
    told = client.post(edit, form | {"note": "后存的", "rules-1-kind": "TRANSFER_BOUGHT_OUT"})
    assert "周雨桐在" in told.content.decode()
    assert "后存的" in told.content.decode()
    assert "现在保存的是：先存的&lt;b&gt;" in told.content.decode()
    assert "现在保存的：其余全部 → 承接单位接收（工龄连续）" in told.content.decode()
    assert told.context["rules"][1]["kind"].value() == "TRANSFER_BOUGHT_OUT"
    scheme.refresh_from_db()
    assert scheme.note == "先存的<b>"
    again = form | {"note": "后存的", "revision": told.context["form"]["revision"].value()}
    assert client.post(edit, again).status_code == 302
    rule = scheme.rules.get()
    assert [entry.kind for entry in rule.history.all()] == ["NEGOTIATED", "TRANSFER_CONTINUOUS", "NEGOTIATED"]


def test_a_thousand_rows_are_refused_before_they_are_drawn(here, client):
    client.force_login(here.cast.officer)
    form = {"name": "x", "last_day": T.isoformat(), "rules-TOTAL_FORMS": "1000", "rules-INITIAL_FORMS": "0"}
    answer = client.post(reverse("staff:scheme-add", args=[here.cleaning.pk]), form)
    assert answer.status_code == 200
    assert len(answer.context["rules"].forms) == 100
    assert answer.context["rules"].non_form_errors()


def test_every_scheme_of_a_comparison_can_be_adopted_from_it(here, client):
    make_worker(here)
    one, two = scheme_of(here, "甲", {"kind": "NEGOTIATED"}), scheme_of(here, "乙", {"kind": "TRANSFER_CONTINUOUS"})
    url = reverse("staff:scheme-compare", args=[here.cleaning.pk])
    client.force_login(here.cast.officer)
    page = client.get(url).content.decode()
    assert all(reverse("staff:scheme-adopt", args=[each.pk]) in page for each in (one, two))
    adopt_scheme(two, by=here.cast.hr, reason="会议")
    page = client.get(url).content.decode()
    assert reverse("staff:scheme-adopt", args=[one.pk]) in page
    assert reverse("staff:scheme-adopt", args=[two.pk]) not in page
    client.force_login(here.cast.leader)
    assert "/adopt/" not in client.get(url).content.decode()


def test_an_adoption_says_what_it_replaces_and_is_refused_when_that_changed(here, client):
    make_worker(here)
    one, two = scheme_of(here, "甲", {"kind": "NEGOTIATED"}), scheme_of(here, "乙", {"kind": "TRANSFER_CONTINUOUS"})
    adopt = reverse("staff:scheme-adopt", args=[two.pk])
    client.force_login(here.cast.officer)
    page = client.get(adopt)
    assert "会替换现在采用的" not in page.content.decode()
    adopt_scheme(one, by=here.cast.hr, reason="会议")
    stale = {"reason": "校长办公会", "revision": page.context["form"]["revision"].value()}
    answer = client.post(adopt, stale)
    assert "现在采用的：甲" in answer.content.decode()
    assert "会替换现在采用的“甲”" in answer.content.decode()
    assert "校长办公会" in answer.content.decode()
    one.refresh_from_db()
    assert one.adopted_at
    knowing = stale | {"revision": answer.context["form"]["revision"].value()}
    assert client.post(adopt, knowing).status_code == 302
    one.refresh_from_db()
    assert one.adopted_at is None


def test_a_scheme_changed_after_the_page_was_opened_is_not_adopted_unseen(here):
    make_worker(here)
    scheme = scheme_of(here, "甲", {"kind": "NEGOTIATED"})
    seen = adoption_of(scheme)
    save_scheme(scheme, [SchemeRule(kind="TRANSFER_CONTINUOUS")], by=here.cast.hr, reason="改")
    with pytest.raises(AdoptionMoved):
        adopt_scheme(scheme, by=here.cast.officer, reason="会议", revision=seen)
    assert not Disposition.objects.exists()


# flags of the whole scheme


def situation(**changes):
    calm = Situation(
        last_day=T, today=date(2026, 11, 25), grounds=frozenset({"NEGOTIATED_EMPLOYER"}), ended=3, together=3, is_mass=False,
        total=Decimal(100), risk=Decimal(200), earliest=date(2026, 11, 25), latest_notice=None, union_told=False, undecided=0,
        unknown=0, budget=None, retiring=0, retiring_severance=Decimal(30), notice=Decimal(7),
        unregistered=0, unregistered_risk=None,
    )  # fmt: skip
    return replace(calm, **changes)


@pytest.mark.parametrize(
    ("changes", "code", "level", "amount"),
    [
        ({"unregistered": 1, "unregistered_risk": Decimal(9)}, "unregistered", "warn", Decimal(9)),
        ({"undecided": 2}, "undecided", "bad", None),
        ({"earliest": date(2027, 4, 10)}, "too-soon", "bad", Decimal(200)),
        ({"latest_notice": date(2026, 11, 24)}, "late-notice", "warn", Decimal(7)),
        ({"grounds": frozenset({"NOFAULT_40_3"})}, "union", "warn", Decimal(200)),
        ({"grounds": frozenset({"LAYOFF_41"}), "is_mass": True, "union_told": True}, "mass", "bad", Decimal(100)),
        ({"grounds": frozenset({"LAYOFF_41"}), "union_told": True}, "too-few", "bad", Decimal(200)),
        ({"grounds": frozenset({"NOFAULT_40_3"}), "is_mass": True, "union_told": True}, "mass", "warn", Decimal(100)),
        ({"is_mass": True}, "mass-agreed", "info", None),
        ({"ended": 10}, "group", "info", None),
        ({"retiring": 1}, "retiring", "warn", Decimal(30)),
        ({"unknown": 4}, "unknown", "warn", None),
        ({"budget": Decimal(60)}, "budget", "warn", Decimal(40)),
    ],
)
def test_each_flag_of_a_scheme_says_what_it_costs_and_how_grave_it_is(changes, code, level, amount):
    (flag,) = scheme_flags(situation(**changes))
    assert (flag.code, flag.level, flag.amount) == (code, level, amount)
    assert flag.text.endswith("。")


def test_the_flag_of_people_past_the_age_counts_their_severance_alone(here):
    make_worker(here, 1)
    make_worker(here, 2, birth_date=date(1966, 3, 15), female_category="female50", average_wage=Decimal(3000))
    one, _ = outcomes(here.cleaning, [scheme_of(here, "协商", {"kind": "NEGOTIATED"})])
    assert next(flag for flag in one.flags if flag.code == "retiring").amount == Decimal(34500)


def test_a_calm_scheme_raises_nothing_and_a_told_union_is_quiet():
    assert scheme_flags(situation()) == ()
    assert scheme_flags(situation(grounds=frozenset({"NOFAULT_40_3"}), union_told=True)) == ()


def test_the_page_of_the_comparison_shows_the_flags(here, client):
    for number in range(1, 12):
        make_worker(here, number)
    scheme_of(here, "协商", {"kind": "NEGOTIATED"}, budget=Decimal(10))
    client.force_login(here.cast.hr)
    page = client.get(reverse("staff:scheme-compare", args=[here.cleaning.pk])).content.decode()
    for words in ("超出预算额度", "可能成为集体争议", "人数较多"):
        assert words in page, words


def test_the_page_of_one_person_shows_the_steps_around_the_day(here, client):
    worker = make_worker(here)
    set_dispositions([worker.pk], "NEGOTIATED", by=here.cast.officer, last_day=T)
    client.force_login(here.cast.hr)
    page = client.get(reverse("staff:settlement", args=[worker.pk])).content.decode()
    for words in ("哪天解除，付多少", "2027-03-15", "2027-09-14", "现在在这一级"):
        assert words in page, words


def test_budget_and_note_of_an_adopted_scheme_are_set_with_a_reason_even_after_the_lock(here, client):
    make_worker(here)
    scheme = scheme_of(here, "协商", {"kind": "NEGOTIATED"})
    adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    lock_roster(here.cleaning, by=here.cast.hr, reason="已核对")
    client.force_login(here.cast.officer)
    url = reverse("staff:scheme-edit", args=[scheme.pk])
    page = client.get(url).content.decode()
    assert "预算和说明" in page
    assert "min_years" not in page
    assert "预算和说明" in client.get(scheme.get_absolute_url()).content.decode()
    form = {"budget": "50万", "note": "财务处已确认"} | seen(client, url)
    assert client.post(url, form).status_code == 200  # no reason
    assert client.post(url, form | {"reason": "财务处批复"}).url == scheme.get_absolute_url()
    scheme.refresh_from_db()
    assert (scheme.budget, scheme.note, scheme.last_day) == (Decimal(500_000), "财务处已确认", T)
    assert scheme.history.first().history_change_reason == "财务处批复"
    late = client.post(url, form | {"budget": "", "reason": "第二个标签页"}).content.decode()
    assert "现在保存的是：500000.00" in late
    scheme.refresh_from_db()
    assert scheme.budget == Decimal(500_000)
    assert scheme.rules.count() == 1
    with pytest.raises(NotYours):
        set_budget(scheme, by=here.cast.reviewer, reason="x", revision=scheme.revision)


def test_a_scheme_that_the_law_forbids_is_not_adopted_and_names_people_of_all_its_rules(here):
    make_worker(here, 1, name="甲一", contract_to=date(2027, 3, 31))
    make_worker(
        here,
        2,
        name="乙二",
        category="NO_WRITTEN_CONTRACT",
        birth_date=date(1979, 3, 15),
        female_category="female50",
        hired_on=date(2008, 3, 1),
    )
    scheme = scheme_of(here, "不行", {"kind": "EXPIRY", "category": "CONTRACT"}, {"kind": "NOFAULT_40_3"})
    with pytest.raises(DispositionIsBarred, match="没有采用") as refusal:
        adopt_scheme(scheme, by=here.cast.officer, reason="会议决定")
    for words in ("甲一（连续工作满十年，不得到期终止）", "乙二（不得用第 40、41 条解除）", "等 2 人"):
        assert words in str(refusal.value), words
    assert not Disposition.objects.exists()
    scheme.refresh_from_db()
    assert scheme.adopted_at is None
