"""What only a real browser shows: the leader's phone, text that survives, pages that fit and speak to everybody."""

import io
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from pypdf import PdfReader

from accounts.models import User
from approvals.models import Act, Flow
from law.articles import ARTICLES
from plans.actions import submit_plan
from plans.models import PlanSection
from staff_transition.actions.confirmations import make_link
from staff_transition.actions.rosters import lock_roster
from staff_transition.models import Confirmation, LeaveYear, LockedSettlement, Objection, WageMonth, Worker
from staff_transition.rules.months import add_months
from tests.browser import CHROMIUM, DESKTOP, PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture
def flow(college, plan) -> Flow:
    """The plan of the cleaning service, waiting for the head of logistics."""
    submit_plan(plan, by=college.cast.officer)
    return Flow.objects.get(kind="plan")


def test_two_taps_approve_on_a_phone(visit, college, flow):
    with visit(college.cast.head, PHONE) as page:
        page.goto("/approvals/")
        page.get_by_text("环卫服务外包方案（V1）").click()
        page.get_by_role("button", name="同意", exact=True).click()
        page.wait_for_url("**/approvals/")
        assert page.get_by_text("已同意：环卫服务外包方案").is_visible()
    assert Act.objects.get().opinion == "同意。"


def test_the_sheet_to_sign_is_one_page(visit, college, plan, worker):
    for month in range(12):
        WageMonth.objects.create(worker=worker, month=add_months(date(2025, 11, 1), month), basic=Decimal(2700))
    Worker.objects.filter(pk=worker.pk).update(
        hired_on=date(1999, 3, 1), contract_from=date(2025, 6, 1), contract_to=date(2026, 6, 30)
    )
    for year in (2023, 2024, 2025):
        LeaveYear.objects.create(worker=worker, year=year, taken_days=Decimal(0))
    with visit(college.cast.hr) as page:
        page.goto(f"/staff/{worker.pk}/settlement/")
        pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        text = unicodedata.normalize("NFKC", pages[0].extract_text())  # Chromium writes some signs as radicals
    assert len(pages) == 1
    for words in ("入职 1999-03-01", "工作年限 27 年 10 个月 0 天", "2,700.00 元", "本人签字"):
        assert words in text, words


def test_a_double_tap_is_one_decision(visit, college, flow):
    with visit(college.cast.head, PHONE) as page:
        page.goto(flow.get_absolute_url())
        page.get_by_role("button", name="同意", exact=True).dblclick()
        page.wait_for_url("**/approvals/")
    assert Act.objects.count() == 1


def test_a_return_without_words_puts_the_cursor_into_the_opinion(visit, college, flow):
    with visit(college.cast.head, PHONE) as page:
        page.goto(flow.get_absolute_url())
        page.get_by_role("button", name="退回").click()
        assert page.evaluate("document.activeElement.name") == "opinion"
        assert not Act.objects.exists()
        assert page.get_by_text("请写明意见").is_visible()
        page.get_by_role("button", name="请修改后再报。").click()
        assert not page.get_by_text("请写明意见").count()  # what is written is no longer asked for
        assert not page.locator(".is-invalid").count()
        page.get_by_role("button", name="退回").click()
        page.wait_for_url("**/approvals/")
    assert Act.objects.get().opinion == "请修改后再报。"


def test_a_cut_network_keeps_the_opinion_and_a_second_try_arrives(visit, college, flow):
    with visit(college.cast.head, PHONE) as page:
        page.goto(flow.get_absolute_url())
        page.get_by_role("textbox", name="意见").fill("同意，尽快实施。")
        page.context.set_offline(True)
        page.get_by_role("button", name="同意", exact=True).click()
        page.get_by_text("没有送到").wait_for()
        page.context.set_offline(False)
        page.get_by_role("button", name="同意", exact=True).click()
        page.wait_for_url("**/approvals/")
        page.errors.clear()  # the refused request is in the console
    assert Act.objects.get().opinion == "同意，尽快实施。"


def test_an_expired_session_does_not_take_the_opinion(visit, college, flow):
    with visit(college.cast.head, PHONE) as page:
        page.goto(flow.get_absolute_url())
        page.get_by_role("textbox", name="意见").fill("写了很久的意见")
        Session.objects.all().delete()
        page.get_by_role("button", name="同意", exact=True).click()
        page.wait_for_url("**/sign-in/**")
        page.get_by_label("用户名").fill("zhengga")
        page.get_by_label("密码").fill("demo-2026")
        page.get_by_role("button", name="登录").click()
        page.goto(flow.get_absolute_url())
        assert page.get_by_role("textbox", name="意见").input_value() == "写了很久的意见"
    assert not Act.objects.exists()


def test_after_a_refused_decision_the_second_attempt_is_as_safe_as_the_first(visit, college, flow):
    with visit(college.cast.head, PHONE) as page:
        page.goto(flow.get_absolute_url())
        Flow.objects.update(digest="b" * 64)
        page.get_by_role("button", name="同意", exact=True).click()
        page.get_by_text("您看的是旧版本").wait_for()
        page.errors.clear()  # the refusal's status is in the console
        page.get_by_role("button", name="同意，请校长办公会审定。").click()  # the phrases are there again
        page.get_by_role("textbox", name="意见").fill("第二次写的意见")
        page.context.set_offline(True)
        page.get_by_role("button", name="同意", exact=True).click()
        page.get_by_text("没有送到").wait_for()
        page.context.set_offline(False)
        page.errors.clear()
        page.reload()
        assert page.get_by_role("textbox", name="意见").input_value() == "第二次写的意见"
        page.get_by_role("button", name="同意", exact=True).click()
        page.wait_for_url("**/approvals/")
    assert Act.objects.get().opinion == "第二次写的意见"


def test_enter_decides_nothing_and_a_rejection_asks_on_its_own_page(visit, college, flow):
    flow.steps[0]["is_meeting"] = True
    flow.save(update_fields=["steps"])
    with visit(college.cast.head, PHONE) as page:
        page.goto(flow.get_absolute_url())
        page.get_by_role("button", name="同意。", exact=True).click()
        page.get_by_label("会议日期").fill("2026-11-27")
        page.get_by_label("纪要文号").fill("校办〔2026〕12号")
        page.get_by_label("会议名称").fill("校长办公会")
        page.get_by_label("会议名称").press("Enter")
        page.wait_for_timeout(500)
        page.get_by_text("更多").click()
        page.get_by_role("link", name="不同意，终止").click()
        page.get_by_label("会议名称").fill("校长办公会")
        page.get_by_label("意见").fill("今年不做")
        page.get_by_label("会议名称").press("Enter")
        page.wait_for_timeout(500)
        assert not Act.objects.exists()
        page.get_by_role("button", name="不同意，终止").click()
        page.wait_for_url("**/approvals/")
    act = Act.objects.get()
    assert (act.kind, act.opinion, act.meeting["name"]) == ("reject", "今年不做", "校长办公会")


NO_SUBMITTER = "delete SubmitEvent.prototype.submitter"  # as browsers before 2022


@pytest.mark.parametrize(("button", "kind"), [("同意", "approve"), ("退回", "return")])
def test_an_old_browser_sends_the_button_that_was_pressed(visit, college, flow, button, kind):
    with visit(college.cast.head, PHONE) as page:
        page.add_init_script(NO_SUBMITTER)
        page.goto(flow.get_absolute_url())
        page.get_by_role("textbox", name="意见").fill("请按最新数字改")
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_url("**/approvals/")
    assert Act.objects.get().kind == kind


def test_an_old_browser_sends_the_name_of_a_button_with_the_form(visit, college):
    with visit(college.cast.admin) as page:
        page.add_init_script(NO_SUBMITTER)
        page.goto("/people/paste/")
        page.get_by_role("textbox").first.fill("王新来\twangxl\t\t经办人\t后勤保障处")
        sent = []
        page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
        page.evaluate("document.querySelector('main form button:not([type=button])').name = 'confirm'")
        page.locator("main form button[name=confirm]").click()
        page.wait_for_load_state()
    assert "confirm" in sent[0]


@pytest.mark.parametrize("large", [False, True])
def test_a_meeting_step_shows_what_is_decided_on_the_first_screen(visit, college, flow, large):
    flow.steps[0]["is_meeting"] = True
    flow.save(update_fields=["steps"])
    worker = college.cleaning.workers.get()
    lock_roster(college.cleaning, by=college.cast.hr, reason="核对完毕")
    Objection.objects.create(settlement=LockedSettlement.objects.get(worker=worker), text="入职日期早一年")
    User.objects.filter(pk=college.cast.head.pk).update(large_text=large)
    with visit(college.cast.head, PHONE) as page:
        page.goto(flow.get_absolute_url())
        bar = page.locator(".decide .pair").bounding_box()
        assert bar["height"] < 100
        for words in ("万元", "涉及", "条员工本人异议还没有答复"):
            shown = page.locator(f".decision-page :text('{words}')").first.bounding_box()
            assert shown["y"] + shown["height"] < bar["y"], words
        page.get_by_role("button", name="同意", exact=True).click()
        assert page.evaluate("document.activeElement.name") == "meeting_name"
        assert page.get_by_text("同意要写会议日期").is_visible()
        assert not Act.objects.exists()
        page.get_by_label("会议名称").fill("校长办公会")
        page.get_by_label("会议日期").fill("2026-12-02")
        page.get_by_label("纪要文号").fill("校办〔2026〕12号")
        page.get_by_role("button", name="同意", exact=True).click()
        page.wait_for_url("**/approvals/")
    assert Act.objects.get().meeting["minutes"] == "校办〔2026〕12号"


@pytest.fixture
def address(settled, college) -> str:
    return f"/staff/own/{make_link(settled.worker, 'confirm', by=college.cast.hr)}/"


def behind_the_link(page, address, worker):
    page.goto(address)
    page.get_by_label("身份证末四位").fill(worker.id_tail)
    page.get_by_role("button", name="继续").click()
    page.get_by_text("怎么算的").wait_for()


def test_the_workers_objection_survives_a_cut_network_and_a_lost_session(visit, settled, address):
    with visit(None, PHONE) as page:
        behind_the_link(page, address, settled.worker)
        page.get_by_label("哪里不对").fill("我是 2015 年来的")
        page.context.set_offline(True)
        page.get_by_role("button", name="不对，提出异议").click()
        page.locator("[data-offline]:visible").wait_for()
        page.context.set_offline(False)
        page.context.clear_cookies()  # the browser has forgotten who this is
        page.errors.clear()
        behind_the_link(page, address, settled.worker)
        assert page.get_by_label("哪里不对").input_value() == "我是 2015 年来的"
        page.get_by_role("button", name="不对，提出异议").click()
        page.get_by_text("人事处还没有答复").first.wait_for()
        assert page.get_by_label("哪里不对").input_value() == ""
    assert Objection.objects.get().text == "我是 2015 年来的"


def test_an_objection_whose_answer_was_lost_is_not_offered_again(visit, settled, address):
    with visit(None, PHONE) as page:
        behind_the_link(page, address, settled.worker)
        page.get_by_label("哪里不对").fill("我是 2015 年来的")

        def lose_the_answer(route):
            if route.request.method != "POST":
                return route.fallback()
            route.fetch(max_redirects=0)
            return route.abort()

        page.route("**/staff/own/**", lose_the_answer)
        page.get_by_role("button", name="不对，提出异议").click()
        page.locator("[data-offline]:visible").wait_for()
        page.unroute("**/staff/own/**")
        page.errors.clear()
        page.get_by_role("button", name="不对，提出异议").click()  # the same form again
        page.get_by_text("人事处还没有答复").first.wait_for()
        page.reload()
        assert page.get_by_label("哪里不对").input_value() == ""
    assert Objection.objects.count() == 1


def test_a_written_objection_is_never_dropped_by_a_confirmation(visit, settled, address):
    with visit(None, PHONE) as page:
        behind_the_link(page, address, settled.worker)
        page.get_by_label("哪里不对").fill("我是 2015 年来的")
        page.get_by_role("button", name="我已核对").click()
        page.get_by_text("没有确认：您写了异议").wait_for()
        assert page.get_by_label("哪里不对").input_value() == "我是 2015 年来的"
        assert not Confirmation.objects.exists()
        page.get_by_role("button", name="不对，提出异议").click()
        page.get_by_text("人事处还没有答复").first.wait_for()
    assert Objection.objects.get().text == "我是 2015 年来的"


def test_who_leaves_a_borrowed_phone_leaves_no_words_behind(visit, settled, address):
    with visit(None, PHONE) as page:
        behind_the_link(page, address, settled.worker)
        page.get_by_label("哪里不对").fill("我是 2015 年来的")
        page.get_by_role("button", name="看完了，退出").click()
        behind_the_link(page, address, settled.worker)
        assert page.get_by_label("哪里不对").input_value() == ""


def test_large_text_is_at_hand_on_a_phone(visit, college):
    with visit(college.cast.leader, PHONE) as page:
        page.goto("/approvals/")
        page.get_by_role("button", name="大字").click()
        page.locator("html[data-text=large]").wait_for()
        page.get_by_role("button", name="标准字").click()
        page.locator("html:not([data-text])").wait_for()


def test_without_pop_ups_the_articles_stand_at_the_foot_of_the_page(visit, settled, address):
    """A browser before 2023: no rule of its own hides [popover], and :popover-open is no selector."""

    def as_old(route):
        answer = route.fetch()
        old = (
            answer.text().replace(":popover-open", ":no-such-state") + "[popover] { display: block; position: static; }"
        )
        route.fulfill(response=answer, body=old)

    with visit(None, PHONE) as page:
        page.route("**/theme*.css", as_old)
        behind_the_link(page, address, settled.worker)
        texts = page.locator(".law-text")
        assert texts.count() > 1
        assert (
            texts.evaluate_all("all => all.map(each => getComputedStyle(each).position)") == ["static"] * texts.count()
        )
        amounts = page.locator("form").last.bounding_box()
        assert texts.first.bounding_box()["y"] > amounts["y"]


def test_the_worker_confirms_on_a_phone_and_sees_it_again_after_a_reload(visit, settled, address):
    with visit(None, PHONE) as page:
        behind_the_link(page, address, settled.worker)
        page.get_by_role("button", name="不对，提出异议").click()  # nothing written: the cursor goes there
        assert page.evaluate("document.activeElement.name") == "text"
        assert page.get_by_text("请写明哪里不对").is_visible()
        page.get_by_role("button", name="我已核对").click()
        page.get_by_text("您已于").wait_for()
        assert page.evaluate("window.scrollY") == 0  # where it says so
        page.reload()
        assert page.get_by_text("您已于").is_visible()


def test_the_pages_behind_a_link_fit_a_phone_and_are_large_enough(visit, settled, address):
    small = """() => [...document.querySelectorAll('main *')].filter(e => e.offsetParent && [...e.childNodes].some(
        n => n.nodeType === 3 && n.data.trim()) && parseFloat(getComputedStyle(e).fontSize) < 16).map(e => e.outerHTML.slice(0, 90))"""
    low = """() => [...document.querySelectorAll('main :is(a, button, input:not([type=hidden]), summary)')].filter(
        e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 90))"""
    clipped = """() => [...document.querySelectorAll('.own .btn')].filter(
        e => e.scrollWidth > e.clientWidth).map(e => e.outerHTML.slice(0, 90))"""
    with visit(None, PHONE) as page:
        page.goto(address)
        for _ in range(2):
            for width in (390, 320):  # text as large as the phone is set to
                page.set_viewport_size({"width": width, "height": 844})
                page.evaluate("document.documentElement.style.fontSize = '130%'")
                assert page.evaluate(clipped) == []
            page.set_viewport_size({"width": 390, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
            page.evaluate("document.documentElement.style.fontSize = ''")
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
            assert page.evaluate(small) == []
            assert page.evaluate(low) == []
            found = Axe().run(page).response["violations"]
            assert [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found] == []
            behind_the_link(page, address, settled.worker) if page.get_by_label("身份证末四位").count() else None


def editor(page, plan):
    page.goto(f"/plans/{plan.pk}/sections/risk/")
    return page.get_by_label("内容")


def text_of(plan):
    return PlanSection.objects.get(plan=plan, key="risk").text


def test_the_amounts_of_the_first_scheme_are_on_a_phones_screen(visit, college, scheme):
    with visit(college.cast.officer, PHONE) as page:
        page.goto(f"/staff/schemes/of/{scheme.service_id}/")
        edges = page.eval_on_selector_all(
            ".compare tbody td:nth-child(2)", "cells => cells.map(cell => cell.getBoundingClientRect().right)"
        )
        assert max(edges) <= PHONE[0]


def test_typing_saves_itself(visit, college, plan):
    with visit(college.cast.officer) as page:
        editor(page, plan).fill("新的风险评估")
        page.get_by_text("已自动保存").wait_for()
    assert text_of(plan) == "新的风险评估"


def test_the_second_tab_is_told_and_both_texts_stay(visit, college, plan):
    with visit(college.cast.officer) as page:
        field = editor(page, plan)
        other = page.context.new_page()
        editor(other, plan).fill("另一个标签页写的")
        other.get_by_text("已自动保存").wait_for()
        field.fill("这个标签页写的")
        page.get_by_text("您的内容没有覆盖它").wait_for()
        assert page.get_by_text("另一个标签页写的").is_visible()
        assert text_of(plan) == "另一个标签页写的"
        page.get_by_role("button", name="用我的覆盖").click()
        page.get_by_text("已自动保存").wait_for()
        page.errors.clear()  # the 409 is in the console
    assert text_of(plan) == "这个标签页写的"


def test_text_typed_without_a_network_is_offered_again(visit, college, plan):
    with visit(college.cast.officer) as page:
        field = editor(page, plan)
        page.route("**/autosave/", lambda route: route.abort())
        field.fill("断网时写的")
        page.get_by_text("没有送到").wait_for()
        page.goto(plan.get_absolute_url())
        page.unroute("**/autosave/")
        editor(page, plan)
        page.get_by_role("button", name="恢复").click()
        page.get_by_text("已自动保存").wait_for()
        page.errors.clear()
    assert text_of(plan) == "断网时写的"


PAGES = {
    "officer": [
        "/services/",
        "/services/list/",
        "/evidence/",
        "/plans/",
        "/staff/",
        "/staff/imports/",
        "/contracts/",
        "/documents/",
    ],
    "hr": [
        "/approvals/",
        "/staff/settlements/",
        "/staff/classification/",
        "/staff/rosters/",
        "/staff/policy/",
        "/parameters/",
    ],
    "leader": ["/approvals/", "/services/", "/me/"],
    "admin": [
        "/first-steps/",
        "/people/",
        "/people/add/",
        "/people/paste/",
        "/units/",
        "/college/",
        "/campuses/",
        "/parameters/add/",
    ],
    "contractor": ["/contracts/mine/"],
}


CUT = """() => [...document.querySelectorAll(".table-scroll:has(.grid.stack)")]
    .filter(each => each.scrollWidth > each.clientWidth).map(each => each.innerText.slice(0, 80))"""


def test_stacked_tables_fit_a_phone_with_large_text(visit, college, flow, scheme_step, measure):
    """A table that is stacked shows each cell under the other: what runs off its frame is seen by nobody."""
    people = {"officer": [f"/plans/{flow.object_id}/"], "hr": [scheme_step.scheme.get_absolute_url()]}
    longest = max(ARTICLES, key=lambda code: len(ARTICLES[code].brief))
    scheme_step.scheme.steps.update(articles=[longest])
    User.objects.update(large_text=True)
    for role in ("officer", "hr", "admin"):
        with visit(getattr(college.cast, role), PHONE) as page:
            for address in (*PAGES[role], *people.get(role, ())):
                page.goto(address)
                assert page.evaluate("document.documentElement.dataset.text") == "large"
                assert page.evaluate(CUT) == [], address


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("role", PAGES)
def test_pages_fit_have_no_errors_and_pass_axe(visit, college, flow, contract, measure, role, size):
    pages = list(PAGES[role])
    if role == "officer":
        pages += [
            college.cleaning.get_absolute_url(),
            f"/services/{college.cleaning.pk}/edit/",
            f"/plans/{flow.object_id}/",
        ]
    if role == "hr":
        worker = college.cleaning.workers.get()
        pages += [worker.get_absolute_url(), f"/staff/{worker.pk}/settlement/", flow.get_absolute_url()]
    with visit(getattr(college.cast, role), size) as page:
        for address in pages:
            page.goto(address)
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, f"{address} is {wider} px too wide"
            found = Axe().run(page).response["violations"]
            assert [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found] == [], address
