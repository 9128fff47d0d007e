"""What only a real browser shows: the leader's phone, text that survives, pages that fit and speak to everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session

from approvals.models import Act, Flow
from plans.actions import submit_plan
from plans.models import PlanSection
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
        page.get_by_role("button", name="请修改后再报。").click()
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


def editor(page, plan):
    page.goto(f"/plans/{plan.pk}/sections/risk/")
    return page.get_by_label("内容")


def text_of(plan):
    return PlanSection.objects.get(plan=plan, key="risk").text


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
