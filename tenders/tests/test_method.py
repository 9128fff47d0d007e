"""The procurement method that an amount asks for."""

from datetime import date
from decimal import Decimal

import pytest

from law.articles.procurement import GPL_2, GPL_26, GPL_27
from law.working import ParameterUse
from tenders.rules.method import proposal

LIMIT, OPEN = (
    ParameterUse(key, key, Decimal(value), "元", "湖北省", date(2020, 1, 1), "目录及标准")
    for key, value in (("limit", 500_000), ("open", 4_000_000))
)


@pytest.mark.parametrize(
    ("amount", "method", "article"),
    [
        ("499999.99", "COLLEGE_OWN", GPL_2), ("500000", "CONSULTATION", GPL_26), ("3999999.99", "CONSULTATION", GPL_26),
        ("4000000", "OPEN_TENDER", GPL_27), ("4608000", "OPEN_TENDER", GPL_27),
    ],
)  # fmt: skip
def test_the_figure_itself_belongs_to_the_higher_band(amount, method, article):
    found = proposal(Decimal(amount), LIMIT, OPEN)
    assert found.method == method
    assert article in found.lines[0].articles


@pytest.mark.parametrize(
    ("limit", "open_limit", "amount", "lacking"),
    [(None, None, 1, "采购限额标准、公开招标数额标准"), (LIMIT, None, 600_000, "公开招标数额标准"), (None, OPEN, 600_000, "采购限额标准")],
)  # fmt: skip
def test_without_the_figure_that_decides_nothing_is_proposed(limit, open_limit, amount, lacking):
    found = proposal(Decimal(amount), limit, open_limit)
    assert found.method == ""
    assert lacking in found.lines[0].formula


def test_one_figure_is_enough_where_it_decides():
    assert proposal(Decimal(1), LIMIT, None).method == "COLLEGE_OWN"
    assert proposal(Decimal(5_000_000), None, OPEN).method == "OPEN_TENDER"
