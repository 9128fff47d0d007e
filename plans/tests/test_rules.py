"""Comparing costs, finding what is missing, telling two versions apart."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.rules.comparison import Assumptions, CostLine, compare, payback, words_of_months
from plans.rules.completeness import Draft, missing
from plans.rules.difference import difference, paragraph_changes, runs_of
from plans.rules.figures import figures, moved
from plans.rules.sections import SECTIONS

COSTS = (CostLine("wages", "工资", Decimal(1_231_200)), CostLine("materials", "材料", Decimal(392_000)))
money = st.decimals("0", "10000000", places=2)


def given_(**changes) -> Assumptions:
    return Assumptions(**({
        "base_year": 2025, "first_year": 2027, "years": 3, "wage_growth": Decimal(5), "other_growth": Decimal(2),
        "contract_price": Decimal(1_536_000), "price_growth": Decimal(0), "supervision": Decimal(60_000), "settlement": Decimal(0),
    } | changes))  # fmt: skip


def test_costs_grow_from_the_year_they_were_entered_for():
    first = compare(COSTS, given_()).years[0]
    assert first.lines == (("工资", Decimal("1357398.00")), ("材料", Decimal("407836.80")))  # 1.05² and 1.02²
    assert first.saving == Decimal("1765234.80") - Decimal(1_596_000)


def test_the_settlement_is_paid_once_and_comes_back_in_months():
    comparison = compare(COSTS, given_(settlement=Decimal("513601.00")))
    assert [year.settlement for year in comparison.years] == [Decimal("513601.00"), 0, 0]
    # two years of saving do not suffice; the third pays the rest in four months
    assert comparison.payback_months == 28
    assert words_of_months(comparison.payback_months) == "2 年 4 个月"


def test_what_never_pays_back_is_said():
    dear = compare(COSTS, given_(contract_price=Decimal(9_000_000), settlement=Decimal(1)))
    assert dear.payback_months is None
    assert words_of_months(None) == "期内收不回"
    assert words_of_months(compare(COSTS, given_()).payback_months) == "没有一次性费用"


@given(
    amounts=st.lists(money, min_size=1, max_size=5), price=money, settlement=money, years=st.integers(1, 8),
    growth=st.decimals("-10", "20", places=2),
)  # fmt: skip
def test_every_sum_is_the_sum_of_its_cells(amounts, price, settlement, years, growth):
    costs = [CostLine("wages", f"费用{n}", amount) for n, amount in enumerate(amounts)]
    comparison = compare(costs, given_(years=years, contract_price=price, settlement=settlement, wage_growth=growth))
    for year in comparison.years:
        assert year.self_run == sum(amount for _, amount in year.lines)
        assert year.outsourced == year.contract + year.supervision + year.settlement
    assert comparison.years[-1].cumulative == comparison.self_run - comparison.outsourced == comparison.saving


@given(money, money, st.integers(1, 8))
def test_a_larger_settlement_never_pays_back_sooner(one, more, years):
    def months(settlement):
        return compare(COSTS, given_(settlement=settlement, years=years)).payback_months

    small, large = months(one), months(one + more)
    assert large is None or (small is not None and small <= large)


def test_a_comparison_needs_a_year():
    with pytest.raises(ValueError, match="year"):
        compare(COSTS, given_(years=0))
    assert payback([]) == 0


def draft(**changes) -> Draft:
    return Draft(**({
        "texts": {section.key: "写了" for section in SECTIONS}, "has_scope": True, "has_costs": True, "contract_price": Decimal(1),
        "method": "CONSULTATION", "proposed_method": "", "method_reason": "", "funding": "专项", "headcount": 1, "unknown_people": 0,
        "undecided": 0, "open_errors": 0,
    } | changes))  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "what", "where"),
    [
        ({"texts": {section.key: " " if section.key == "risk" else "x" for section in SECTIONS}}, "“风险和稳定评估”还没有写", "risk"),
        ({"has_scope": False}, "服务范围没有数量", "scope"),
        ({"has_costs": False}, "没有现在的年度费用，比不出成本", "costs"),
        ({"contract_price": None}, "没有填合同年价上限", "comparison"),
        ({"method": ""}, "没有选采购方式", "method"),
        ({"proposed_method": "OPEN_TENDER"}, "采购方式与规则建议不同，要写理由", "method"),
        ({"funding": ""}, "没有写资金来源", "comparison"),
        ({"open_errors": 3}, "花名册还有 3 处待改正", "issues"),
        ({"undecided": 2, "unknown_people": 2}, "2 人去向未定", "people"),
        ({"undecided": 2, "unknown_people": 3}, "1 人的金额还算不出来", "people"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_with_its_place(changes, what, where):
    assert missing(draft()) == ()
    assert (what, where) in [(each.what, each.where) for each in missing(draft(**changes))]


def test_what_a_draft_leaves_to_the_writer_must_be_written():
    texts = draft().texts | {"risk": "一是人员稳定：涉及 38 人（请写：由谁牵头）。"}
    (found,) = missing(draft(texts=texts))
    assert (found.what, found.where, found.is_text) == ("“风险和稳定评估”还有“请写”的地方没有写", "risk", True)


def test_figures_that_moved_hold_the_plan_back():
    (found,) = missing(draft(moved={"staff": moved("应付 26 人。", "应付 26 人。", "应付 27 人。")}))
    assert (found.what, found.where) == ("“人员安置”里的数变了：应付 26 人 → 应付 27 人", "staff")


def test_the_last_section_may_stay_empty():
    texts = {section.key: "" if section.key == "other" else "x" for section in SECTIONS}
    assert missing(draft(texts=texts)) == ()


DRAFT = "涉及外聘员工 38 人：劳动合同制 20 人；劳务派遣 18 人。\n依法应付 1,176,229.59 元，应付 26 人，回收期 2 年 11 个月。"
TODAY = (
    "涉及外聘员工 38 人：劳动合同制 18 人；劳务派遣 20 人。\n依法应付 1,215,805.71 元，应付 26 人，回收期 3 年 1 个月。"
)
NEW = ["涉及外聘员工 38 人：劳动合同制 20 人", "劳务派遣 18 人", "依法应付 1,176,229.59 元", "回收期 2 年 11 个月"]


@pytest.mark.parametrize(
    ("text", "old"),
    [
        (DRAFT, NEW),
        (TODAY, []),
        (f"先说一句。{TODAY}再说一句。", []),
        ("一次性要付1,176,229.59元，由学校安排。", NEW[2:3]),  # rewritten, the figure is still the old one
        ("依法应付 1,176,229.00 元。", []),  # a figure of the writer's own
        ("每月 20 日前付款，18 元一份。", []),  # small numbers count with what they number
        ("依法应付 1,215,805.71 元；劳动合同制 20 人。", NEW[:1]),  # half put right
        (f"{DRAFT}\n依法应付 1,215,805.71 元。", NEW),  # the new one beside the old
        ("", []),
    ],
)
def test_a_text_is_held_against_what_its_draft_would_say_today(text, old):
    assert [each.old for each in moved(text, DRAFT, TODAY)] == old


def test_a_clause_that_fell_away_is_named_where_it_still_stands():
    (found,) = moved("甲 3 人；乙 4 人。", "甲 3 人；乙 4 人。", "甲 3 人。")
    assert str(found) == "乙 4 人 → 现在没有这一项"
    assert not moved("甲 3 人，共 4 人次。", "甲 3 人；乙 4 人。", "甲 3 人。")
    assert figures("38人，5% 和 1,000.50，共 7 项") == {"38人", "5%", "1,000.50", "7项"}


def test_a_clause_whose_words_changed_too_is_named_while_it_stands():
    drafted = "一次性安置 10.00 元（另有 1 人有一项未计入），请落实。"
    assert [each.old for each in moved(drafted, drafted, "一次性安置 20.00 元；另有 1 人有一项未计入，请落实。")] == [
        "一次性安置 10.00 元（另有 1 人有一项未计入）"
    ]


drafts = st.lists(
    st.sampled_from(["甲 3 人", "乙 4 人", "丙 1,000.00 元", "丁 3 年", "。", "共 34 人"]), max_size=8
).map("；".join)


@given(drafts, drafts, drafts)
def test_neither_todays_draft_nor_one_that_did_not_move_is_ever_held_back(text, drafted, today):
    assert not moved(text, drafted, drafted)
    assert not moved(today, drafted, today)
    assert not moved(text, "", today)


@given(st.text(max_size=60), st.text(max_size=60))
def test_runs_give_back_both_texts(old, new):
    runs = runs_of(old, new)
    assert "".join(words for kind, words in runs if kind != "ins") == old
    assert "".join(words for kind, words in runs if kind != "del") == new


def test_unchanged_paragraphs_are_counted_and_changed_ones_shown():
    changes, unchanged = paragraph_changes("一\n绿地 96,900 平方米\n三", "一\n绿地 92,300 平方米\n三")
    assert unchanged == 2
    assert changes[0] == (("same", "绿地 "), ("del", "96,900"), ("ins", "92,300"), ("same", " 平方米"))


def content(value, text, files=()):
    return {
        "figures": [{"key": "price", "label": "合同年价", "unit": "元", "section": "comparison", "value": value}],
        "sections": [{"key": "risk", "label": "风险", "text": text}, {"key": "staff", "label": "人员", "text": "同"}],
        "attachments": [{"name": name, "sha256": name} for name in files],
    }  # fmt: skip


def test_numbers_come_with_their_change_and_percent():
    change = difference(content("1584000.00", "甲"), content("1536000.00", "乙", ["新.pdf"]))
    number = change.numbers[0]
    assert number.change == Decimal("-48000.00")
    assert round(number.percent, 2) == Decimal("-3.03")
    assert (change.same_sections, change.added_files) == (("人员",), ("新.pdf",))
    assert difference(content("1", "甲"), content("1.00", "甲")).is_empty


def test_a_number_that_is_new_or_gone_has_no_change():
    change = difference(content(None, "x"), content("5", "x"))
    assert change.numbers[0].change is None
